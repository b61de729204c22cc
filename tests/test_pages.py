"""What is rendered from the miniature, to the letter, and the same every time."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rolebook.addresses import address_of, list_docs, page_addresses
from rolebook.pages import open_books, plan_pages
from rolebook.pages.signs import stairs
from rolebook.redirections import redirections
from tests.kit import EXPECTED, PROJECT, load_miniature
from tests.rendered import SETTINGS, digest, rendered_miniature
from tests.rendered import rendered as render


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    return rendered_miniature()


def test_the_miniature_renders_as_expected(rendered: dict[str, str]) -> None:
    expected = {path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8") for path in EXPECTED.rglob("*.md")}
    assert sorted(rendered) == sorted(expected), "if this is better, run `make bless`"
    for name, text in rendered.items():
        assert text == expected[name], f"{name}: if this is better, run `make bless`"


@pytest.mark.parametrize(("rank", "of"), [(1, 1), (1, 10), (10, 10), (2, 30)])
def test_stairs_have_a_step_for_each_level_and_those_climbed_are_higher(rank: int, of: int) -> None:
    heights = [int(height) for height in re.findall(r"v-(\d+)", stairs(rank, of).path)]
    assert len(heights) == of
    assert heights[:rank] == sorted(heights[:rank])
    assert min(heights[:rank]) > max(heights[rank:], default=0)


def test_every_language_has_every_page(rendered: dict[str, str]) -> None:
    trees: dict[str, set[str]] = {}
    for name in rendered:
        language, _, rest = name.partition("/")
        trees.setdefault(language, set()).add(rest)
    assert trees["en"] - {"not-found/index.md"} == trees["uk"] == trees["ar"]


def test_a_page_stands_where_it_is_planned() -> None:
    knowledge = load_miniature(PROJECT / "tests/site").knowledge
    for book in open_books(knowledge.catalog, knowledge.messages, SETTINGS, knowledge.docs):
        for path, make in plan_pages(book).items():
            assert make().path == path


def test_links_in_texts_are_checked_against_the_pages_that_are_rendered(rendered: dict[str, str]) -> None:
    catalog = load_miniature(PROJECT / "tests/site").knowledge.catalog
    promised = page_addresses(catalog, list_docs(catalog)[0])
    pages = {address_of(name.partition("/")[2]) for name in rendered if name.startswith("en/")} - {"/not-found/"}
    former = {redirection.former for redirection in redirections(catalog)}
    assert former < pages
    assert promised == pages - former | {"/"}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_hash_seed_renders_the_same(seed: str, rendered: dict[str, str]) -> None:
    code = "from tests.rendered import *; print(digest(rendered_miniature()))"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, check=True)
    assert done.stdout.decode().strip() == digest(rendered)


def test_a_text_without_translation_is_shown_in_its_own_language_and_the_page_says_so(rendered: dict[str, str]) -> None:
    page = rendered["uk/roles/lead/index.md"]
    assert '<div class="rb-notice rb-notice--missing" role="note">' in page
    assert 'lang="en" dir="ltr">Publish the plan two weeks ahead.</span>' in page


def test_an_outdated_text_is_shown_and_marked(rendered: dict[str, str]) -> None:
    page = rendered["uk/roles/lead/index.md"]
    assert '<div class="rb-notice rb-notice--outdated" role="note">' in page
    assert '<span class="rb-state rb-state--outdated"' in page


def test_a_complete_page_says_nothing_of_its_state(rendered: dict[str, str]) -> None:
    assert "rb-notice--missing" not in rendered["en/roles/adviser/index.md"]


def test_a_role_may_be_written_first_in_any_language(rendered: dict[str, str]) -> None:
    assert "# Механік " in rendered["uk/roles/mechanic/index.md"]
    assert "# Mechanic " in rendered["en/roles/mechanic/index.md"]


def test_a_text_of_the_interface_without_translation_is_marked_and_counted(miniature: Path) -> None:
    path = miniature / "locales/uk/ui.po"
    whole = path.read_text("utf-8")
    path.write_text(re.sub(r'(msgid "Key takeaways"\nmsgstr ).*', r'\1""', whole), "utf-8")
    page = render(load_miniature(miniature))["uk/roles/adviser/index.md"]
    assert '## <span class="rb-state rb-state--missing"' in page
    assert 'lang="en" dir="ltr">Key takeaways</span>' in page
    assert "rb-notice--missing" in page

"""A page is rendered again exactly when it would come out otherwise."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolebook import kept_renderings
from rolebook.loading import load
from rolebook.pages import Settings
from rolebook.pages.page import Page
from rolebook.pipeline import render
from rolebook.render import render_page
from rolebook.schema import Text, walk
from tests.kit import MINIATURE, TODAY, load_miniature, state_of
from tests.repository import commit

AFTER_ALL_REVIEWS = date(2030, 1, 1)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEBOOK_PROCESSES", "1")


def fields() -> list[str]:
    """List the keys of the model that hold texts and occur in the miniature."""
    entries = load_miniature(MINIATURE).knowledge.catalog.entries()
    leaves = (leaf for entry in entries for leaf in walk(entry.model) if isinstance(leaf.value, Text))
    return sorted({str(next(key for key in reversed(leaf.location) if isinstance(key, str))) for leaf in leaves})


def rewrite(root: Path, pattern: str, change: Callable[[str], str]) -> None:
    """Change every file that a pattern finds; at least one must become another."""
    paths = sorted(root.glob(pattern))
    former = [path.read_text("utf-8") for path in paths]
    for path, text in zip(paths, former, strict=True):
        path.write_text(change(text), "utf-8")
    assert former != [path.read_text("utf-8") for path in paths]


def assert_same_as_anew(root: Path, day: date = TODAY, settings: Settings | None = None) -> None:
    """Render with what is kept, and without; compare all that stands in docs/ then."""
    fresh = root.parent / "fresh"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".cache"))
    for one in (root, fresh):
        loaded = load(one, day)
        assert loaded.is_sound, loaded.findings
        render(loaded, settings or Settings())
    kept, anew = state_of(root / "docs"), state_of(fresh / "docs")
    assert {name for name in kept.keys() | anew.keys() if kept.get(name) != anew.get(name)} == set()


@pytest.mark.parametrize("field", fields())
def test_a_page_follows_each_text(miniature: Path, field: str) -> None:
    render(load_miniature(miniature), Settings())
    begins = re.compile(rf"^(\s*(?:- )?{field}:\s+(?:[>|]-?\s+)?(?:- )?[\"']?)(?=[^\s\"'>|])", re.MULTILINE)
    rewrite(miniature, "roles/**/*.yml", lambda text: begins.sub(r"\1Now ", text))
    assert_same_as_anew(miniature)


@pytest.mark.parametrize(
    "pattern", ["locales/uk/ui.po", "locales/ar/ui.po", "locales/uk/**/*.po", "locales/en/**/*.po"]
)
def test_a_page_follows_each_translation(miniature: Path, pattern: str) -> None:
    render(load_miniature(miniature), Settings())
    rewrite(miniature, pattern, lambda text: re.sub(r'^(msgstr(?:\[\d\])? ")(?=\w)', r"\1Q", text, flags=re.MULTILINE))
    assert_same_as_anew(miniature)


def test_a_page_follows_what_is_no_text(miniature: Path) -> None:
    render(load_miniature(miniature), Settings())
    rewrite(miniature, "roles/care/*.yml", lambda text: text.replace("reviewed: 2026-01-31", "reviewed: 2026-02-28"))
    assert_same_as_anew(miniature)


def test_a_page_follows_the_day_and_the_configuration(miniature: Path) -> None:
    render(load_miniature(miniature), Settings())
    assert_same_as_anew(miniature, AFTER_ALL_REVIEWS, Settings("https://github.com/your-organisation/rolebook"))


def test_a_page_follows_the_history(repository: Path) -> None:
    render(load_miniature(repository), Settings())
    rewrite(repository, "roles/care/lead.yml", lambda text: text.replace("Desk lead", "Head of the desk"))
    rewrite(repository, "locales/uk/roles/*.po", lambda text: text.replace('msgstr "', 'msgstr "О', 3))
    commit(repository, "Call the lead a head")
    assert_same_as_anew(repository)


def test_a_page_that_is_gone_or_was_written_over_is_made_again(miniature: Path) -> None:
    render(load_miniature(miniature), Settings())
    (miniature / "docs/uk/roles/lead/index.md").unlink()
    page = miniature / "docs/uk/skills/index.md"
    page.write_text(page.read_text("utf-8").replace("#", "##"), "utf-8")
    assert_same_as_anew(miniature)


def test_only_pages_that_show_a_text_are_rendered_again(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def noted(page: Page) -> str:
        rendered.append(page.path)
        return render_page(page)

    monkeypatch.setattr(kept_renderings, "render_page", noted)
    render(load_miniature(miniature), Settings())
    whole = len(rendered)
    rendered.clear()
    rewrite(miniature, "roles/care/adviser.yml", lambda text: text.replace("summary: ", "summary: Now ", 1))
    render(load_miniature(miniature), Settings())
    assert "en/roles/adviser/index.md" in rendered
    assert "en/skills/index.md" not in rendered
    assert len(rendered) < whole / 4

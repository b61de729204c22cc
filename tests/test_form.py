"""The form in the browser saves what was edited, and nothing else, on a branch of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rolebook import pipeline
from rolebook.form.config import decap_words
from rolebook.form.publish import MODULES
from rolebook.languages import Language
from rolebook.site.configuration import read_settings
from tests.conftest import quiet
from tests.kit import PROJECT, load_miniature
from tests.repository import commit, edit, git
from tests.web import form_served, serve_folder

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # a busy machine takes its time

ROLE = "roles/care/adviser.yml"
NEW_ROLE = """\
title: Нічна зміна
language: uk
track: specialist
level: 1
summary: Ви приймаєте дзвінки вночі.
owner: desk
reviewed: DAY
review_every_months: 12
status: draft
"""


@pytest.fixture(autouse=True)
def installed() -> None:
    if not MODULES.is_dir():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, but npm has not installed the form")
        pytest.skip("npm has not installed the form: run `make form`")


@contextmanager
def opened(browser: Browser, url: str, at: str = "roles-care/entries/adviser") -> Iterator[Page]:
    """Open the form; nothing may fail or be asked of anybody else."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if "//127.0.0.1:" not in request.url else None)
    page.goto(url)
    page.get_by_role("button", name=re.compile("Login|Увійти")).click()
    page.goto(f"{url}#/collections/{at}")
    yield page
    page.close()
    assert [text for text in wrong if not text.startswith(("data:", "blob:"))] == []


def save(page: Page) -> str:
    """Save, and give what the check then says."""
    page.get_by_role("button", name=re.compile("^(Publish|Опублікувати)$")).click()
    page.get_by_role("menuitem").first.click()
    said = page.locator(".rb-check pre")
    expect(said).to_contain_text("error")
    return said.inner_text()


def changed_lines(root: Path, branch: str) -> list[str]:
    """Give the lines that a branch's last commit took away and put in their place."""
    patch = git(root, "show", "--unified=0", "--format=", branch)
    return [line for line in patch.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_a_changed_and_an_added_duty_are_all_that_the_branch_holds(browser: Browser, repository: Path) -> None:
    with form_served(repository, "--branch", "edit/duties") as url, opened(browser, url) as page:
        page.get_by_role("button", name="Add duty", exact=True).click()
        page.get_by_label("Title").filter(visible=True).last.fill("Close each case")
        page.get_by_label("Text").filter(visible=True).last.fill(
            "Ask whether it helped: nobody leaves without an answer."
        )
        page.get_by_label("Summary").fill("You help people.")
        assert save(page).startswith("No errors, no warnings.")
        expect(page.locator("input[value=close-each-case]")).to_have_count(1)  # proposed, and there to be seen
        expect(page.locator(".rb-check ins").last).to_contain_text("nobody leaves without an answer")
    assert git(repository, "log", "--format=%s", "main..edit/duties") == f"Change {ROLE}"
    assert git(repository, "diff", "--name-only", "main", "edit/duties") == ROLE
    gone, *come = changed_lines(repository, "edit/duties")
    assert gone.startswith("-summary: You answer questions")
    assert come == [
        "+summary: You help people.",
        "+  - id: close-each-case",
        "+    title: Close each case",
        '+    text: "Ask whether it helped: nobody leaves without an answer."',
    ]


def test_people_see_titles_where_the_file_holds_ids_and_words_of_their_language(
    browser: Browser, repository: Path
) -> None:
    edit(
        repository, ROLE, "  - id: at-the-desk\n", "  - id: on-the-road\n    title: On the road\n  - id: at-the-desk\n"
    )
    commit(repository)
    with form_served(repository, "--language", "uk", "--branch", "edit/group") as url, opened(browser, url) as page:
        expect(page.get_by_role("button", name="Додати обов’язок", exact=True)).to_be_visible()
        for title in ("Слухання", "Телефон", "Старший зміни"):
            expect(page.get_by_text(title, exact=True).first).to_be_visible()
        page.get_by_text("A duty whose id", exact=False).first.locator("xpath=..").get_by_role("button").first.click()
        group = page.locator("select").first
        assert group.locator("option").all_inner_texts() == ["–", "On the road", "At the desk"]
        group.select_option("On the road")
        save(page)
    assert changed_lines(repository, "edit/group") == ["-    group: at-the-desk", "+    group: on-the-road"]


def test_the_form_is_no_wider_than_a_phone(browser: Browser, repository: Path) -> None:
    with form_served(repository) as url, opened(browser, url) as page:
        page.set_viewport_size({"width": 360, "height": 640})
        expect(page.get_by_label("Title").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_our_words_for_decap_are_words_that_it_uses(browser: Browser, repository: Path) -> None:
    with form_served(repository) as url, opened(browser, url) as page:
        phrases = page.evaluate("window.CMS.getLocale('en')")
    for code, words in {code: decap_words(Language(code)) for code in ("uk", "ru", "fi", "zh-Hant", "da")}.items():
        for path, text in words.items():
            original = reduce(dict.__getitem__, path.split("."), phrases)
            assert placeholders(text) == placeholders(original), (code, path)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\{\w+\}", text))


def test_what_is_open_in_the_repository_stays_as_it_is(browser: Browser, repository: Path) -> None:
    (repository / ROLE).write_text("# half done\n", "utf-8")
    with form_served(repository) as url, opened(browser, url) as page:
        expect(page.get_by_label("Title").first).to_have_value("Adviser & <guide>")
    assert (repository / ROLE).read_text("utf-8") == "# half done\n"
    assert git(repository, "branch", "--format=%(refname:short)") == "main"  # nothing was saved
    assert git(repository, "worktree", "list").count("\n") == 0


def test_a_new_role_in_another_language_gets_a_file_of_its_own(browser: Browser, repository: Path) -> None:
    with (
        form_served(repository, "--language", "uk", "--branch", "edit/new") as url,
        opened(browser, url, "roles-care/new") as page,
    ):
        page.get_by_label("Назва").filter(visible=True).fill("Нічна зміна")
        page.get_by_label("Короткий опис").fill("Ви приймаєте дзвінки вночі.")
        for label, choice in (("Трек", "Фаховий трек"), ("Рівень", "1 · "), ("Опис веде", "")):
            page.get_by_label(label).filter(visible=True).last.click()
            page.get_by_role("option", name=choice).first.click()
        assert save(page).startswith("No errors")
    path = "roles/care/nichna-zmina.yml"
    assert git(repository, "show", "--format=%s", "--name-only", "edit/new").split() == ["Add", path, path]
    written = git(repository, "show", f"edit/new:{path}")
    assert re.sub(r"\d{4}-\d\d-\d\d", "DAY", written) == NEW_ROLE.strip()


def test_new_things_get_ids_that_nothing_else_has_or_had(browser: Browser, repository: Path) -> None:
    with form_served(repository, "--branch", "edit/ids") as url:
        for title in ("Adviser", "Counsellor"):  # a role of another family, and a former name of that role
            with opened(browser, url, "roles-craft/new") as page:
                page.get_by_label("Title").filter(visible=True).fill(title)
                page.get_by_label("Summary").fill(f"You are the {title} of the workshop.")
                for label in ("Track", "Level", "Kept by"):
                    page.get_by_label(label).filter(visible=True).last.click()
                    page.get_by_role("option").first.click()
                said = save(page)
            assert "[id-clash]" not in said
            assert "[redirect-taken]" not in said
        with opened(browser, url, "vocabulary/entries/tools") as page:
            page.get_by_role("button", name="Add tool", exact=True).click()
            page.get_by_label("Title").filter(visible=True).last.fill("Telegraph")
            page.get_by_label("Purpose").filter(visible=True).last.fill("For talking over wires.")
            save(page)
            expect(page.locator("input[value=telegraph-2]")).to_have_count(1)
    added = git(repository, "diff", "--name-only", "--diff-filter=A", "main", "edit/ids").split()
    assert added == ["roles/craft/adviser-2.yml", "roles/craft/counsellor-2.yml"]


def test_a_list_whose_words_the_form_itself_shows_can_be_mended_in_it(browser: Browser, repository: Path) -> None:
    expert = "  - id: expert\n    title: Expert\n    meaning: Teaches it.\n"
    edit(repository, "roles/vocabulary/proficiency.yml", expert, "")
    commit(repository)
    at = "vocabulary/entries/proficiency"
    with form_served(repository, "--branch", "edit/mend") as url, opened(browser, url, at) as page:
        page.get_by_role("button", name="Add proficiency level", exact=True).click()
        page.get_by_label("Title").filter(visible=True).last.fill("Expert")
        page.get_by_label("Meaning").filter(visible=True).last.fill("Teaches it.")
        page.get_by_label("Id").filter(visible=True).last.fill("expert")  # its drop-down says the bare id
        expect(page.get_by_role("option", name="expert", exact=True)).to_have_count(1)
        page.keyboard.press("Enter")
        assert save(page).startswith("No errors")
    assert changed_lines(repository, "edit/mend") == [f"+{line}" for line in expert.splitlines()]


def test_nothing_is_begun_where_there_is_no_repository(miniature: Path) -> None:
    command = [sys.executable, str(PROJECT / "build_roles.py"), "edit", "--no-browser", "--root", str(miniature)]
    surroundings = os.environ | {"GIT_CEILING_DIRECTORIES": str(miniature.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 1
    assert "not a git repository" in done.stderr


def test_the_form_is_published_with_the_site_for_the_forge_that_is_named(
    browser: Browser, miniature: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = {"name": "github", "repo": "your-organisation/rolebook", "base_url": "https://sign-in.example.org"}
    monkeypatch.setattr(pipeline, "read_settings", lambda root: replace(read_settings(root), form=forge))
    pipeline.build(load_miniature(miniature), miniature / "site", quiet, "https://example.org/handbook/")
    with serve_folder(miniature / "site", "/handbook/") as url:
        for language in ("", "uk/", "ar/"):
            page = browser.new_page()
            page.goto(f"{url}{language}admin/")
            page.get_by_role("button", name=re.compile("GitHub")).wait_for()
            config = page.evaluate("fetch('form.json').then(answer => answer.json())")["config"]
            assert config["backend"] | forge == config["backend"]
            assert config["publish_mode"] == "editorial_workflow"
            page.goto(f"{url}{language}roles/adviser/")
            route = page.locator("a[href$='/admin/#/collections/roles-care/entries/adviser']")
            assert page.evaluate("link => link.href", route.element_handle()).startswith(f"{url}{language}admin/")
            page.close()

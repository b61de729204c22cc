"""With an attack in every text, nothing comes off in a browser, even without the policy of the pages."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from rolebook.form.publish import MODULES
from rolebook.pipeline import build
from tests.conftest import quiet
from tests.hostile.poison import BREAKER, came_off, poison, take_policy_out, watched
from tests.kit import copy_miniature, load_miniature
from tests.page_types import MINIATURE_PAGES
from tests.repository import commit, git
from tests.web import form_served, serve_folder

OTHERS = (
    *("changes/", "roles/adviser/history/", "skills/repairing/", "tools/phone/", "families/craft/", "no/such/page/"),
    *("roles/counsellor/", "data/"),
)
ATOM = frozenset(
    {"feed", "id", "title", "subtitle", "link", "updated", "author", "name", "entry", "content", "summary"}
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose newest commit put an attack into every text, and its site without the policy."""
    root = copy_miniature(tmp_path_factory.mktemp("poisoned") / "base")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    poison(root)
    commit(root, BREAKER)
    build(load_miniature(root), root / "site", quiet, "https://example.org/")
    take_policy_out(root / "site")
    return root


@pytest.fixture(scope="module")
def url(poisoned: Path) -> Iterator[str]:
    with serve_folder(poisoned / "site") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page, asked = watched(context)
    yield page
    context.close()
    assert asked == []


@pytest.mark.browser
def test_the_attack_would_come_off_if_it_came_through(browser: Browser, poisoned: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f'<title>a</title><p title="{BREAKER}">{BREAKER}', "utf-8")
    with serve_folder(tmp_path) as address:
        context = browser.new_context()
        page, asked = watched(context)
        page.goto(address, wait_until="networkidle")
        assert "fired" in came_off(page)
        assert asked
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "uk/", "ar/"])
def test_no_page_runs_what_a_text_says(language: str, page: Page, url: str) -> None:
    others = (
        "changes/",
        "roles/adviser/history/",
        "skills/repairing/",
        "tools/phone/",
        "families/craft/",
        "no/such/page/",
    )
    for address in (*MINIATURE_PAGES, *others, "roles/counsellor/"):
        page.goto(f"{url}{language}{address}", wait_until="networkidle")
        assert came_off(page) == [], address


@pytest.mark.browser
def test_scripts_of_the_site_run_nothing_that_a_text_says(page: Page, url: str) -> None:
    for language in ("", "uk/"):
        page.goto(f"{url}{language}?search=canary", wait_until="networkidle")
        expect(page.locator(".rb-search__found a").first).to_be_visible()
        assert came_off(page) == []
        page.goto(f"{url}{language}my-skills/?role=lead", wait_until="networkidle")
        page.locator("fieldset input").first.check()
        page.goto(f"{url}{language}roles/adviser/onboarding/", wait_until="networkidle")
        page.locator(".rb-tick").first.check()
        page.goto(f"{url}{language}families/care/", wait_until="networkidle")
        page.locator(".rb-box").first.hover()
        assert came_off(page) == []


@pytest.mark.browser
def test_an_address_makes_nothing_active(page: Page, url: str) -> None:
    for address in ("?search=", "paths/?from=", "compare/?roles=", "my-skills/?role=", "roles/adviser/#"):
        page.goto(f"{url}{address}{BREAKER.replace('#', '')}", wait_until="networkidle")
        assert came_off(page) == []


@pytest.mark.browser
def test_the_form_shows_attacks_as_words(browser: Browser, poisoned: Path, tmp_path: Path) -> None:
    if not MODULES.is_dir():
        pytest.skip("npm has not installed the form: run `make form`")
    with form_served(poisoned, "--branch", "edit/poison") as form:
        context = browser.new_context()
        page, asked = watched(context)
        page.goto(form)
        page.get_by_role("button", name="Login").click()
        for place in ("collections/roles-care", "collections/roles-care/entries/adviser", "collections/skills"):
            page.goto(f"{form}#/{place}", wait_until="networkidle")
            expect(page.get_by_text("canary()").or_(page.locator("input")).first).to_be_attached(timeout=60_000)
            page.wait_for_timeout(1000)
            assert came_off(page) == [], place
        context.close()
    assert asked == []


@pytest.mark.browser
def test_what_the_form_tells_of_changes_holds_attacks_as_words(browser: Browser, poisoned: Path) -> None:
    if not MODULES.is_dir():
        pytest.skip("npm has not installed the form: run `make form`")
    git(poisoned, "branch", "edit/clean", "HEAD~1")
    with form_served(poisoned, "--branch", "edit/clean") as form:
        tree = Path(git(poisoned, "worktree", "list", "--porcelain").split("worktree ")[-1].split("\n")[0])
        git(tree, "checkout", "--quiet", "main", "--", ".")
        context = browser.new_context()
        page, asked = watched(context)
        page.goto(form)
        page.locator(".rb-check button").first.click()
        expect(page.locator(".rb-check ins", has_text="canary()").first).to_be_attached(timeout=60_000)
        assert came_off(page) == []
        context.close()
        git(tree, "reset", "--quiet", "--hard")
    assert asked == []


def test_no_cell_is_a_formula_and_no_data_leaves_its_script(poisoned: Path) -> None:
    site = poisoned / "site"
    tables = sorted(site.rglob("*.csv"))
    assert tables
    for path in tables:
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), path
    described = 0
    for path in site.rglob("*.html"):
        for script in LexborHTMLParser(path.read_text("utf-8")).css("script[type='application/ld+json']"):
            assert BREAKER in json.loads(script.text())["name"]
            described += 1
    assert described


def test_a_feed_holds_attacks_as_words(poisoned: Path) -> None:
    feeds = sorted((poisoned / "site").glob("**/changes/*.xml"))
    assert feeds
    for path in feeds:
        nodes = ElementTree.parse(path).iter()  # noqa: S314 - we wrote it ourselves
        assert {node.tag.rpartition("}")[2] for node in nodes} <= ATOM

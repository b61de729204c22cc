"""`serve` shows each page as a build would make it, as soon as a file is saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rolebook.loading import Loaded
from rolebook.pipeline import open_preview
from rolebook.site.configuration import DEFAULT_CONFIG, EngineError
from rolebook.site.preview import Preview
from tests.kit import copy_miniature, load_miniature
from tests.web import site_served

ADDRESS = "https://example.org/handbook/"
_MADE_OF_ALL_PAGES = {"sitemap.xml"}
_MADE_FOR_THE_SEARCH = "pagefind"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the miniature being served, with its address."""
    root = copy_miniature(tmp_path / "base")
    with site_served(root) as url:
        yield root, url


def preview_of(loaded: Loaded, folder: Path) -> Preview:
    return open_preview(loaded, folder / "shown", ADDRESS)


def test_every_page_and_data_file_is_what_a_build_makes_of_it(built_miniature: Path, tmp_path: Path) -> None:
    preview = preview_of(load_miniature(copy_miniature(tmp_path / "base")), tmp_path)
    built = {path.relative_to(built_miniature).as_posix(): path.read_bytes() for path in built_miniature.rglob("*.*")}
    made = {name: preview.find(name) for name in built if not name.startswith(_MADE_FOR_THE_SEARCH)}
    assert {name for name, content in made.items() if content not in (None, built[name])} == set()
    missing = {name for name, content in made.items() if content is None}
    copied = {path.relative_to(tmp_path / "shown").as_posix() for path in (tmp_path / "shown").rglob("*.*")}
    assert missing - copied == _MADE_OF_ALL_PAGES


def test_what_is_no_file_of_the_site_is_not_found(miniature: Path, tmp_path: Path) -> None:
    preview = preview_of(load_miniature(miniature), tmp_path)
    assert preview.find("assets/rolebook.css") == (DEFAULT_CONFIG.parent / "overrides/assets/rolebook.css").read_bytes()
    for path in (
        "",
        "roles",
        "main.html",
        "../mkdocs.yml",
        "roles/nobody/index.html",
        "xx/index.html",
        "../base/mkdocs.yml",
        "roles/lead/index.md",
    ):
        assert preview.find(path) is None


def test_what_was_rendered_before_and_is_gone_is_not_found(miniature: Path, tmp_path: Path) -> None:
    left = miniature / "docs/en/roles/gone/index.md"
    left.parent.mkdir(parents=True)
    left.write_text("---\ngenerated: true\n---\n\n# Gone {: #gone }\n", "utf-8")
    assert preview_of(load_miniature(miniature), tmp_path).find("roles/gone/index.html") is None


def test_a_page_that_cannot_be_built_is_told(miniature: Path, tmp_path: Path) -> None:
    (miniature / "docs/en/about.md").write_text("# About\n\n[Nowhere](nowhere.md)\n", "utf-8")
    preview = preview_of(load_miniature(miniature), tmp_path)
    with pytest.raises(EngineError, match=r"nowhere\.md"):
        preview.find("about/index.html")
    assert preview.find("roles/lead/index.html")


@pytest.mark.browser
def test_a_saved_file_reloads_the_page_and_a_broken_one_leaves_it(page: Page, served: tuple[Path, str]) -> None:
    root, url = served
    role = root / "roles/care/lead.yml"
    text = role.read_text("utf-8")
    page.goto(f"{url}roles/lead/", wait_until="load")
    page.wait_for_timeout(1000)  # the page asks for news only after it has loaded
    role.write_text(text.replace("title: Desk lead", "title: Head of the desk"), "utf-8")
    expect(page.locator("h1")).to_contain_text("Head of the desk", timeout=30_000)
    role.write_text("title: 'never closed\n", "utf-8")
    page.wait_for_timeout(3000)
    page.reload()
    expect(page.locator("h1")).to_contain_text("Head of the desk")
    role.write_text(text, "utf-8")
    expect(page.locator("h1")).to_contain_text("Desk lead", timeout=30_000)


@pytest.mark.browser
def test_the_search_follows_when_the_whole_site_is_built(page: Page, served: tuple[Path, str]) -> None:
    _, url = served
    while not page.request.get(f"{url}pagefind/pagefind-entry.json").ok:
        page.wait_for_timeout(500)
    page.goto(f"{url}roles/lead")
    assert page.url == f"{url}roles/lead/"
    page.keyboard.press("/")
    page.locator(".rb-search__field").fill("adviser")
    expect(page.locator(".rb-search__found li").first).to_contain_text("adviser", ignore_case=True)

"""No page type has a fault that axe finds, light and dark, on a desktop and on a small phone."""

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from tests.page_types import HAS_ANSWERED, MINIATURE_PAGES, PAGES

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LANGUAGES = ("", "uk/", "ru/", "fi/", "zh-Hant/", "da/")
WIDTHS = {"phone": 320, "desktop": 1440}  # scrolled code gets its tab stop when the page is loaded


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def faults(page: Page, url: str) -> Iterator[str]:
    """Open a page, wait until its script has shown what the address asks for, and tell what axe finds in each guise."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": WIDTHS["phone"], "height": 900})
        page.goto(url)
        page.wait_for_function(HAS_ANSWERED)
        page.evaluate(AXE)
        for device, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            guise = f"{url} ({device}, {scheme})"
            for fault in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
                yield from (f"{guise}: {fault['id']}: {node['target'][0]}" for node in fault["nodes"])
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                yield f"{guise}: wider than the screen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_type_has_a_fault(page: Page, project_url: str, language: str) -> None:
    assert [fault for name in PAGES for fault in faults(page, f"{project_url}{language}{name}")] == []


def test_no_page_type_has_a_fault_from_right_to_left(page: Page, miniature_url: str) -> None:
    assert [fault for name in MINIATURE_PAGES for fault in faults(page, f"{miniature_url}ar/{name}")] == []


def test_a_fault_would_be_found(page: Page, project_url: str) -> None:
    page.goto(project_url)
    page.evaluate("document.querySelector('article').append(document.createElement('img'))")
    page.evaluate(AXE)
    assert page.evaluate("axe.run()")["violations"]

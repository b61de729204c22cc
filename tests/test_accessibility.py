"""No page type has a fault that axe finds, light and dark, on a desktop and on a small phone."""

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
PAGES = [
    "",
    "roles/",
    "roles/customer-service-officer/",
    "roles/customer-service-officer/onboarding/",
    "moves/customer-service-supervisor--process-improvement-specialist/",
    "families/operations/",
    "paths/",
    "paths/?from=customer-service-officer&to=customer-experience-manager",
    "paths/?from=account-manager",
    "paths/?from=account-manager&to=quality-analyst",
    "compare/?roles=customer-service-officer,customer-service-supervisor,quality-analyst",
    "my-skills/?role=customer-service-officer",
    "skills/",
    "skills/coaching/",
    "tools/",
    "tools/crm/",
    "tools/zendesk/",
    "levels/",
    "data/",
    "glossary/",
    "contribute/",
]
LANGUAGES = ("", "uk/", "ru/", "fi/", "zh-Hant/", "da/")
WIDTHS = {"desktop": 1440, "phone": 320}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=sorted(WIDTHS))
def page(request: pytest.FixtureRequest, browser: Browser, scheme: str) -> Iterator[Page]:
    size = {"width": WIDTHS[request.param], "height": 900}
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    yield page
    page.close()


def faults(page: Page, url: str) -> list[str]:
    """Open a page, wait until its script has shown what the address asks for, and tell what axe finds."""
    page.goto(url)
    page.locator(".rb-tool[hidden]").wait_for(state="hidden")
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    faults = [f"{fault['id']}: {node['target'][0]}" for fault in found for node in fault["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("wider than the screen")
    return [f"{url}: {fault}" for fault in faults]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_type_has_a_fault(page: Page, project_url: str, language: str) -> None:
    assert [fault for name in PAGES for fault in faults(page, f"{project_url}{language}{name}")] == []


def test_no_page_type_has_a_fault_from_right_to_left(page: Page, miniature_url: str) -> None:
    names = ("paths/?from=adviser&to=lead", "compare/?roles=adviser,lead", "my-skills/?role=lead", "families/care/")
    names += ("roles/adviser/", "moves/adviser--lead/", "tools/bell/", "data/")
    assert [fault for name in names for fault in faults(page, f"{miniature_url}ar/{name}")] == []


def test_a_fault_would_be_found(page: Page, project_url: str) -> None:
    page.goto(project_url)
    page.evaluate("document.querySelector('article').append(document.createElement('img'))")
    page.evaluate(AXE)
    assert page.evaluate("axe.run()")["violations"]

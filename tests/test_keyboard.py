"""Whoever has no mouse reaches everything, and always sees where they are."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.quality.loading import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PAGES = [
    "", "roles/", "roles/customer-service-officer/", "roles/customer-service-officer/onboarding/",
    "moves/customer-service-supervisor--process-improvement-specialist/", "families/operations/", "paths/",
    "paths/?from=customer-service-officer&to=customer-experience-manager",
    "compare/?roles=customer-service-officer,customer-service-supervisor", "my-skills/?role=customer-service-officer",
    "skills/", "skills/coaching/", "tools/crm/", "levels/", "data/", "translations/", "contribute/translate/",
]  # fmt: skip
HAS_ANSWERED = "() => !document.querySelector('.rb-tool[hidden]')"
STOPS = """() => [
  ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")
].filter(
  (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !one.disabled
    && (one.type !== "radio" || one.checked || !document.querySelector(`[name="${one.name}"]:checked`)
        && document.querySelector(`[name="${one.name}"]`) === one)
    && !one.closest(".md-select__inner, .md-skip, [hidden]")
).map((one, index) => (one.dataset.stop = index, one.outerHTML.slice(0, 120)))"""
WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const isAgain = "first" in at.dataset;
  document.querySelector("[data-first]") ?? (at.dataset.first = "");
  const shown = [at, ...(at.labels ?? []), at.querySelector("path")].filter(Boolean);
  if (at.matches(".md-option")) shown.push(at.nextElementSibling); // the theme shows the focus on the sign beside it
  const seen = shown.some((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
      || parseFloat(style.strokeWidth) >= 4;
    return marked && box.width > 8 && box.height > 8 && box.right > 0 && box.left < innerWidth && box.bottom > 0
      && box.top < innerHeight && style.visibility === "visible" && style.opacity > 0.5;
  });
  const hasOwnParts = at.type === "date"; // the browser marks day, month and year
  return { stop: at.dataset.stop, seen: seen || hasOwnParts, isAgain, html: at.outerHTML.slice(0, 120) };
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(reduced_motion="reduce")
    yield page
    page.close()


def walk(page: Page, url: str) -> list[str]:
    """Go through a whole page with the tab key; tell what was passed over and where one would be lost."""
    page.goto(url)
    page.wait_for_function(HAS_ANSWERED)
    page.wait_for_load_state("networkidle")
    stops = page.evaluate(STOPS)
    reached: set[str] = set()
    lost: list[str] = []
    for _ in range(len(stops) + 40):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None or at["isAgain"]:
            break
        reached.add(at["stop"])
        lost += [] if at["seen"] else [f"{url}: not seen: {at['html']}"]
    else:
        lost.append(f"{url}: no way out")
    return lost + [f"{url}: not reached: {stop}" for index, stop in enumerate(stops) if str(index) not in reached]


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_everything_and_one_sees_where(page: Page, project_url: str, name: str) -> None:
    page.set_viewport_size(DESKTOP)
    assert walk(page, f"{project_url}{name}") == []


@pytest.mark.parametrize("name", ["", "roles/customer-service-officer/", "glossary/", "paths/"])
def test_on_a_phone_too(page: Page, project_url: str, name: str) -> None:
    page.set_viewport_size(PHONE)
    assert walk(page, f"{project_url}uk/{name}") == []


def test_from_right_to_left_too(page: Page, miniature_url: str) -> None:
    page.set_viewport_size(DESKTOP)
    assert walk(page, f"{miniature_url}ar/paths/") == walk(page, f"{miniature_url}ar/roles/adviser/") == []


def test_the_first_stop_skips_what_stands_on_every_page(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}fi/roles/customer-service-officer/")
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_colours_are_switched_by_keyboard(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}uk/roles/")
    switch = page.get_by_role("radio", name="Увімкнути темні кольори")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    expect(page).to_have_url(f"{project_url}uk/roles/")


def test_the_language_is_switched_by_keyboard(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}roles/")
    page.get_by_role("button", name="Select language").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Suomi", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{project_url}fi/roles/")


@pytest.mark.parametrize(("language", "menu", "skills"), [("uk/", "Навігація", "Навички"), ("ar/", "تصفح", None)])
def test_the_drawer_of_a_phone_opens_and_closes_by_keyboard(
    page: Page, request: pytest.FixtureRequest, language: str, menu: str, skills: str | None
) -> None:
    url = request.getfixturevalue("project_url" if skills else "miniature_url")
    page.set_viewport_size(PHONE)
    page.goto(f"{url}{language}roles/")
    switch = page.locator("#__drawer")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(switch).to_be_focused()
    expect(switch).to_have_accessible_name(menu)
    links = page.locator(".md-sidebar--primary a.md-nav__link")
    expect(links.last).to_be_hidden()
    page.keyboard.press("Space")
    expect(links.last).to_be_visible()
    page.keyboard.press("Space")
    expect(links.last).to_be_hidden()

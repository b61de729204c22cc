"""What people set in their system is respected: less motion, and colours of their own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.test_accessibility import AXE, HAS_ANSWERED

pytestmark = pytest.mark.browser

PAGES = [
    "", "roles/customer-service-officer/", "roles/customer-service-officer/onboarding/", "families/operations/",
    "paths/?from=customer-service-officer&to=customer-experience-manager", "translations/",
    "compare/?roles=customer-service-officer,customer-service-supervisor", "my-skills/?role=customer-service-officer",
]  # fmt: skip
MOVING = """() => {
  const longest = (times) => Math.max(...times.split(",").map(parseFloat));
  const moves = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    const animated = style.animationName !== "none" && longest(style.animationDuration) > 0.01;
    return animated || style.transitionProperty !== "none" && longest(style.transitionDuration) > 0.01
      || style.scrollBehavior === "smooth";
  };
  return [...document.querySelectorAll("*")]
    .filter((one) => [null, "::before", "::after"].some((pseudo) => moves(one, pseudo)))
    .map((one) => one.outerHTML.slice(0, 100));
}"""
SHOWN = """(selector) => {
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  const seen = (...colours) => {
    for (const colour of colours) {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
    }
    const parts = [...brush.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part / 255);
    const [red, green, blue] = parts.map((part) => (part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = getComputedStyle(document.body).backgroundColor, ground = seen(behind);
  const stands = (colour) => {
    if (!colour || colour === "none") return false;
    const light = [ground, seen(behind, colour)].sort((one, other) => other - one);
    return (light[0] + 0.05) / (light[1] + 0.05) >= 3;
  };
  return [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => {
    const style = getComputedStyle(one), isDrawn = one instanceof SVGElement;
    if (isDrawn) return stands(style.stroke) || stands(style.fill);
    const edged = style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0;
    return edged && stands(style.borderTopColor) || stands(style.backgroundColor);
  });
}"""
DRAWN = [
    ("paths/", ".rb-box > path"),
    ("paths/", ".rb-edge"),
    ("paths/", ".rb-map__svg text"),
    ("paths/", ".rb-legend svg :is(path, rect)"),
    ("paths/", ".rb-button"),
    ("paths/", ".rb-form select"),
    ("roles/customer-service-officer/onboarding/", ".rb-button"),
    ("translations/", ".rb-bar"),
    ("translations/", ".rb-bar__translated"),
    ("roles/customer-service-officer/", ".rb-go a"),
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_those_who_ask_for_less_motion(page: Page, project_url: str, name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{project_url}{name}")
    page.wait_for_function(HAS_ANSWERED)
    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "selector"), DRAWN)
def test_what_is_drawn_stays_visible_in_colours_of_the_system(
    page: Page, project_url: str, name: str, selector: str, scheme: str
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{project_url}{name}")
    page.wait_for_function(HAS_ANSWERED)
    for chosen in ("default", "slate"):
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", chosen)
        shown = page.evaluate(SHOWN, selector)
        assert shown
        assert all(shown), chosen


@pytest.mark.parametrize("name", PAGES)
def test_words_can_be_read_in_colours_of_the_system(page: Page, project_url: str, name: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{project_url}{name}")
    page.wait_for_function(HAS_ANSWERED)
    page.evaluate(AXE)
    found = page.evaluate("axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})")["violations"]
    assert [node["target"] for fault in found for node in fault["nodes"]] == []


def test_marks_of_proficiency_are_signs_and_no_colours(page: Page, project_url: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{project_url}roles/customer-service-officer/")
    expect(page.locator(".rb-mark").first).to_contain_text("●")

"""The sites as people meet them, in a real Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rolebook.languages import Language
from tests.web import watch

pytestmark = pytest.mark.browser

LANGUAGES = {"en": "", "uk": "uk/", "ru": "ru/", "fi": "fi/", "zh-Hant": "zh-Hant/", "da": "da/"}
PAGES = [
    "", "roles/", "roles/customer-service-officer/", "roles/customer-service-officer/onboarding/",
    "roles/account-manager/", "skills/", "skills/communication/", "tools/", "tools/crm/", "levels/", "glossary/",
    "contribute/", "contribute/change-a-sentence/", "contribute/translate/", "translations/",
]  # fmt: skip
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_hire_is_two_taps_from_the_plan(page: Page, project_url: str, language: str) -> None:
    home = f"{project_url}{LANGUAGES[language]}"
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(home)
    page.locator(".rb-doors a[href*='#first-90-days']").click()
    page.locator("#first-90-days, .rb-head:has(#first-90-days)").last.locator(
        "xpath=following::ul[1]//a[contains(@href, 'customer-service-officer/')]"
    ).first.click()
    expect(page).to_have_url(re.compile(r"/roles/[a-z-]*customer-service-officer/onboarding/$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_in_its_language_without_a_complaint_or_a_third_party(
    page: Page, project_url: str, built_project: Path, language: str
) -> None:
    complaints = watch(page, project_url)
    for path in sorted(built_project.rglob("index.html")):
        name = path.parent.relative_to(built_project).as_posix().removeprefix(".")
        if next((code for code in LANGUAGES if name.partition("/")[0] == code), "en") == language:
            page.goto(f"{project_url}{name}/" if name else project_url)
            assert page.evaluate("document.documentElement.lang") == language
    page.wait_for_load_state("networkidle")
    assert complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_small_phone(page: Page, project_url: str, language: str) -> None:
    page.set_viewport_size(PHONE)
    for name in PAGES:
        page.goto(f"{project_url}{LANGUAGES[language]}{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


def test_a_right_to_left_page_is_mirrored_and_not_clipped(page: Page, miniature_url: str) -> None:
    page.set_viewport_size(PHONE)
    for name in ("", "roles/", "roles/adviser/", "roles/adviser/onboarding/", "skills/listening/", "levels/"):
        page.goto(f"{miniature_url}ar/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        right, left = page.locator("h1").evaluate(
            "e => [e.getBoundingClientRect().right, e.getBoundingClientRect().left]"
        )
        assert PHONE["width"] - right < 40
        assert left >= 0
    page.goto(f"{miniature_url}ar/roles/adviser/")
    assert page.locator("h1").evaluate("e => getComputedStyle(e).textAlign") in ("start", "right")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_switching_the_language_stays_on_the_same_page_below_a_sub_path(page: Page, miniature_url: str) -> None:
    complaints = watch(page, miniature_url)
    page.goto(f"{miniature_url}roles/adviser/", wait_until="networkidle")
    page.locator(".md-select .md-header__button").hover()
    page.get_by_role("link", name=Language("uk").name).click()
    expect(page).to_have_url(f"{miniature_url}uk/roles/adviser/")
    expect(page.locator("h1")).to_contain_text("Консультант & <провідник>")
    assert complaints == []


@pytest.mark.parametrize("path", ["", "ar/"])
def test_the_menu_of_languages_opens_inside_a_phone(page: Page, miniature_url: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{miniature_url}{path}")
    page.locator(".md-select .md-header__button").hover()
    menu = page.locator(".md-select__inner")
    expect(menu).to_be_visible()
    left, right = menu.evaluate("e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]")
    assert left >= 0
    assert right <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_unknown_address_offers_every_language(page: Page, miniature_url: str) -> None:
    page.goto(f"{miniature_url}uk/roles/no-such-role/deep/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator('.rb-offers li[lang="uk"] a').click()
    expect(page).to_have_url(f"{miniature_url}uk/")


def test_a_page_is_read_without_javascript(browser: Browser, project_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{project_url}uk/roles/customer-service-officer/")
    for section in ("takeaways", "duties", "skills", "tools", "career", "practices", "questions", "measures", "codes"):
        expect(page.locator(f"h2#{section}")).to_be_visible()
    context.close()


def test_the_link_for_a_suggestion_appears_when_one_comes_near_and_moves_nothing(
    page: Page, miniature_url: str
) -> None:
    for address, side in (("roles/adviser/", "right"), ("ar/roles/adviser/", "left")):
        page.goto(f"{miniature_url}{address}")
        link = page.locator("h3:visible + .rb-suggest").first
        heading = link.locator("xpath=preceding-sibling::h3")
        heading.scroll_into_view_if_needed()
        before = heading.bounding_box()
        expect(link).to_have_css("opacity", "0")
        heading.hover()
        expect(link).to_have_css("opacity", "1")
        assert heading.bounding_box() == before
        page.mouse.move(0, 0)
        link.focus()
        expect(link).to_have_css("opacity", "1")
        expect(link).to_have_accessible_name(re.compile(re.escape(heading.inner_text())))
        target, beside = link.bounding_box(), heading.bounding_box()
        assert target
        assert beside
        assert min(target["width"], target["height"]) >= 24
        middles = [box["x"] + box["width"] / 2 for box in (target, beside)]
        assert (middles[0] < middles[1]) == (side == "left")
        assert target["y"] + target["height"] <= beside["y"] + beside["height"] + 1


def test_on_a_touch_screen_every_link_for_a_suggestion_is_in_sight(browser: Browser, miniature_url: str) -> None:
    with browser.new_context(has_touch=True, is_mobile=True, viewport=PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{miniature_url}roles/adviser/")
        for link in page.locator(".rb-suggest").all():
            expect(link).to_have_css("opacity", "1")


def test_a_role_is_printed_without_what_only_serves_the_screen(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}roles/customer-service-officer/")
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-sidebar--primary", ".rb-crumbs", ".rb-foot"):
        expect(page.locator(hidden)).not_to_be_visible()
    expect(page.locator(".rb-suggest:visible")).to_have_count(0)
    expect(page.locator("h2#career")).to_be_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 3

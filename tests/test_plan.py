"""A plan of the first weeks is ticked off, taken along and shared out, in the browser alone."""

import re
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from rolebook.plans import plan_of
from tests.kit import MINIATURE, load_miniature
from tests.web import watch

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 390, "height": 800}, timezone_id="America/New_York").new_page()


def taken(page: Page, button: str, to: Path) -> str:
    """Press a button that gives a file, and give what the file holds."""
    with page.expect_download() as download:
        page.locator(button).click()
    download.value.save_as(to)
    return to.read_bytes().decode()


def unfold(page: Page) -> None:
    """Show the buttons that are seldom wanted."""
    page.locator(".rb-tool summary").click()


def test_a_plan_holds_what_level_and_family_share_but_for_what_the_role_replaces_or_leaves_out() -> None:
    catalog = load_miniature(MINIATURE).knowledge.catalog
    (phase,) = plan_of(catalog, catalog.roles["adviser"])
    told = [(item.model.id, item.model.text, item.entry.id) for item in phase.items]
    assert told == [
        ("badge", "Print the badge.", "1"),
        ("desk", "Sit down.", "adviser"),
        ("keys", "Hand over the <keys>.", "care"),
        ("first-call", "Take a call.", "adviser"),
    ]


def test_a_tick_is_there_again_when_the_page_is_opened_again_and_goes_when_all_are_deleted(
    page: Page, project_url: str
) -> None:
    complaints = watch(page, project_url)
    address = f"{project_url}uk/roles/customer-service-officer/onboarding/"
    page.goto(address)
    page.locator("#first-day-accounts-ready .rb-tick").check()
    expect(page.locator("[data-progress=first-day]")).to_contain_text("Зроблено 1 з 4")
    page.reload()
    expect(page.locator("#first-day-accounts-ready .rb-tick")).to_be_checked()
    assert page.locator("progress").get_attribute("value") == "1"
    page.on("dialog", lambda dialog: dialog.accept())
    unfold(page)
    page.locator("[data-delete]").click()
    expect(page.locator("#first-day-accounts-ready .rb-tick")).not_to_be_checked()
    assert page.evaluate("localStorage.getItem('rolebook.onboarding.customer-service-officer')") is None
    assert complaints == []


def test_ticks_move_to_another_browser_by_a_file_and_a_strange_file_changes_nothing(
    page: Page, browser: Browser, miniature_url: str, tmp_path: Path
) -> None:
    address = f"{miniature_url}roles/adviser/onboarding/"
    page.goto(address)
    page.locator("#first-day-keys .rb-tick").check()
    page.locator("input[type=date]").fill("2026-12-01")
    unfold(page)
    taken(page, "[data-export]", tmp_path / "adviser.json")
    (tmp_path / "strange.json").write_text('{"kind": "rolebook.onboarding", "role": "lead", "done": [], "start": ""}')
    other = browser.new_context().new_page()
    other.goto(address)
    other.locator("[data-import]").set_input_files(tmp_path / "adviser.json")
    expect(other.locator("#first-day-keys .rb-tick")).to_be_checked()
    expect(other.locator("input[type=date]")).to_have_value("2026-12-01")
    other.locator("[data-import]").set_input_files(tmp_path / "strange.json")
    expect(other.locator("#rb-plan [role=status]")).to_contain_text("no ticks for this plan")
    expect(other.locator("#first-day-keys .rb-tick")).to_be_checked()


def test_ticks_under_a_former_name_of_the_role_are_taken_over_and_go_with_the_others(
    page: Page, miniature_url: str
) -> None:
    kept = {"kind": "rolebook.onboarding", "version": 1, "role": "counsellor", "start": "", "done": ["first-day-keys"]}
    page.goto(f"{miniature_url}roles/adviser/onboarding/")
    page.evaluate("kept => localStorage.setItem('rolebook.onboarding.counsellor', JSON.stringify(kept))", kept)
    page.reload()
    expect(page.locator("#first-day-keys .rb-tick")).to_be_checked()
    page.on("dialog", lambda dialog: dialog.accept())
    unfold(page)
    page.locator("[data-delete]").click()
    page.reload()
    expect(page.locator("#first-day-keys .rb-tick")).not_to_be_checked()


def test_a_helper_sees_their_own_steps_at_an_address_of_their_own(page: Page, miniature_url: str) -> None:
    page.goto(f"{miniature_url}roles/adviser/onboarding/?for=manager")
    assert page.locator(".rb-step:visible").evaluate_all("steps => steps.map(step => step.id)") == ["first-day-keys"]
    page.locator("#rb-plan select").select_option("it")
    expect(page).to_have_url(re.compile(r"\?for=it$"))
    expect(page.locator("[data-progress=first-day]")).to_have_text("No task of this phase fits your choice.")


@pytest.mark.parametrize("language", ["", "uk/", "ru/", "fi/", "zh-Hant/", "da/"])
@pytest.mark.parametrize("start", ["2026-12-01", "2027-03-27"])
def test_the_calendar_is_valid_in_the_readers_language_and_leaves_weekends_free(
    page: Page, project_url: str, language: str, start: str, tmp_path: Path
) -> None:
    page.goto(f"{project_url}{language}roles/customer-service-officer/onboarding/")
    page.locator("input[type=date]").fill(start)
    text = taken(page, "[data-calendar]", tmp_path / "plan.ics")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [error for event in events for error in event.errors] == []
    assert len({event["UID"] for event in events}) == len(events) == page.locator(".rb-step, .rb-gate").count()
    days = [event.decoded("DTSTART") for event in events]
    first = date.fromisoformat(start)
    assert all(day.weekday() < 5 or day == first for day in days)
    assert min(days) == first
    assert (max(days) - first).days <= 89
    assert days == sorted(days)
    code = language.rstrip("/") or "en"
    assert {event["SUMMARY"].params["LANGUAGE"] for event in events} == {code}
    titles = {str(event["SUMMARY"]) for event in events}
    assert titles >= set(page.locator(".rb-step [data-text]").all_inner_texts())


def test_without_a_first_day_the_calendar_asks_for_it(page: Page, miniature_url: str) -> None:
    page.goto(f"{miniature_url}roles/adviser/onboarding/")
    page.locator("[data-calendar]").click()
    expect(page.locator("#rb-plan [role=status]")).to_contain_text("Choose the first day first")


def test_the_plan_can_be_read_where_no_script_runs(browser: Browser, miniature_url: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{miniature_url}roles/adviser/onboarding/")
    expect(page.get_by_text("Hand over the <keys>.")).to_be_visible()
    expect(page.locator("#rb-plan")).to_be_hidden()
    assert page.locator(".rb-tick:visible").count() == 0

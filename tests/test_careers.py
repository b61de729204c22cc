"""Maps, path finder, comparison and own skills in a real Chromium, in two languages and right to left."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import watch

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Site:
    """A site in one language, with roles that a direct path, a longer path and no path join."""

    url: str
    start: str
    end: str
    longer: tuple[str, ...]
    unreachable: tuple[str, str]


@pytest.fixture(params=["uk", "zh-Hant", "ar"])
def site(request: pytest.FixtureRequest) -> Site:
    language = request.param
    if language == "ar":
        url = request.getfixturevalue("miniature_url")
        return Site(f"{url}ar/", "adviser", "lead", ("adviser", "lead"), ("lead", "mechanic"))
    url = request.getfixturevalue("project_url")
    longer = ("customer-service-representative", "customer-service-officer", "senior-customer-service-officer")
    return Site(
        f"{url}{language}/",
        "customer-service-officer",
        "senior-customer-service-officer",
        longer,
        ("vp-customer-experience", "quality-analyst"),
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    complaints = watch(page, "http://127.0.0.1")
    yield page
    page.close()
    assert complaints == []


def title_of(page: Page, role: str) -> str:
    return page.locator(f"select[name=from] option[value={role}]").inner_text()


def test_the_path_finder_tells_a_path_with_its_moves_and_keeps_it_in_the_address(page: Page, site: Site) -> None:
    page.goto(f"{site.url}paths/")
    page.locator("select[name=from]").select_option(site.longer[0])
    expect(page).to_have_url(re.compile(rf"\?from={site.longer[0]}$"))
    expect(page.locator(".rb-result .rb-list > li")).not_to_have_count(0)
    page.locator("select[name=to]").select_option(site.longer[-1])
    hops = page.locator(".rb-result .rb-path >> nth=0").locator(".rb-move")
    expect(hops).to_have_count(len(site.longer) - 1)
    for role, hop in zip(site.longer[1:], hops.all(), strict=True):
        expect(hop.locator("[data-role]")).to_have_text(title_of(page, role))
        expect(hop.locator("[data-why]")).not_to_be_empty()
        expect(hop.locator(".rb-asks li")).not_to_have_count(0)
    expect(page.locator(".rb-result [data-months]").first).to_have_text(re.compile(r"^\d+–\d+$"))
    expect(page.locator("#rb-finder [role=status]")).to_have_text(page.locator(".rb-result h3").all_inner_texts()[0])
    page.go_back()
    expect(page).to_have_url(re.compile(rf"\?from={site.longer[0]}$"))
    expect(page.locator("select[name=to]")).to_have_value("")
    expect(page.locator(".rb-result .rb-path")).to_have_count(0)
    page.goto(f"{site.url}paths/?from={site.longer[0]}&to={site.longer[-1]}")
    expect(hops).to_have_count(len(site.longer) - 1)


def test_where_no_path_leads_the_nearest_role_is_told_with_what_is_missing(page: Page, site: Site) -> None:
    start, end = site.unreachable
    page.goto(f"{site.url}paths/?from={start}&to={end}")
    answer = page.locator(".rb-result .rb-path")
    expect(answer).to_have_count(1)
    expect(answer.locator("ol")).to_have_count(0)
    expect(answer.locator(".rb-asks li")).not_to_have_count(0)


def test_start_and_goal_that_are_one_role_are_told_so(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}paths/?from=account-manager&to=account-manager")
    expect(page.locator(".rb-result")).to_have_text("You are there already.")


def test_the_roles_within_reach_are_told_and_lead_on(page: Page, site: Site) -> None:
    page.goto(f"{site.url}paths/?from={site.start}")
    page.locator(".rb-result [data-show] >> nth=0").click()
    expect(page).to_have_url(re.compile(rf"\?from={site.start}&to="))
    expect(page.locator(".rb-result .rb-path h3").first).to_be_focused()


def test_a_role_in_the_address_that_does_not_exist_chooses_nothing(page: Page, site: Site) -> None:
    page.goto(f"{site.url}paths/?from=%3Cimg%20src=x%20onerror=alert(1)%3E&to={site.end}")
    expect(page.locator("#rb-finder")).to_be_visible()
    expect(page.locator("select[name=from]")).to_have_value("")
    expect(page.locator(".rb-result")).to_be_empty()


def test_the_map_lights_up_where_one_can_come_from_and_go(page: Page, site: Site) -> None:
    page.goto(f"{site.url}paths/")
    box = page.locator(f".rb-box[data-role={site.start}]")
    box.focus()
    lit = page.locator(".rb-edge.rb-lit")
    joined = page.locator(f".rb-edge[data-from={site.start}], .rb-edge[data-to={site.start}]")
    expect(lit).to_have_count(joined.count())
    expect(page.locator(f".rb-box.rb-lit[data-role={site.end}]")).to_have_count(1)
    box.blur()
    expect(lit).to_have_count(0)
    page.goto(f"{site.url}paths/?from={site.longer[0]}&to={site.longer[-1]}")
    expect(lit).to_have_count(len(site.longer) - 1)


def test_every_role_of_the_map_is_a_link_and_no_two_overlap(page: Page, site: Site) -> None:
    page.goto(f"{site.url}paths/")
    boxes = page.locator(".rb-box")
    places = boxes.evaluate_all(
        "all => all.map(e => { const r = e.querySelector('path').getBoundingClientRect(), t = e.querySelector('text')"
        ".getBoundingClientRect(); return [r.left, r.right, r.top, r.bottom, t.left, t.right] })"
    )
    roles = page.locator("select[name=from] option").count() - 1
    assert len(places) == roles
    for index, (left, right, top, bottom, text_left, text_right) in enumerate(places):
        assert left - 1 <= text_left
        assert text_right <= right + 1
        for other in places[index + 1 :]:
            assert right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
    boxes.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/roles/[a-z-]+/$"))


def test_a_right_to_left_map_begins_on_the_right(page: Page, miniature_url: str) -> None:
    def labels_then_boxes(path: str) -> tuple[float, float]:
        page.goto(f"{miniature_url}{path}paths/")
        middle = "e => e.getBoundingClientRect().left"
        return (
            page.locator(".rb-map__level").first.evaluate(middle),
            page.locator(".rb-box[data-role=adviser]").evaluate(middle),
        )

    label, box = labels_then_boxes("")
    assert label < box
    label, box = labels_then_boxes("ar/")
    assert label > box


def test_roles_are_compared_side_by_side_and_differences_alone(page: Page, site: Site) -> None:
    page.goto(f"{site.url}compare/?roles={site.start},{site.end}")
    table = page.locator(".rb-compare")
    expect(table.locator("thead th")).to_have_count(3)
    expect(table.locator("tbody")).to_have_count(3)
    rows = table.locator("tbody tr:visible")
    whole = rows.count()
    page.locator("[name=differences]").check()
    expect(page).to_have_url(re.compile(r"differences=yes$"))
    expect(table.locator("thead th")).to_have_count(3)  # it is made anew
    for row in rows.filter(has=page.locator("td")).all():
        assert len(set(row.locator("td").all_inner_texts())) > 1
    duties = [set(cell.locator("li").all_inner_texts()) for cell in table.locator("td:has(ul)").all()]
    assert not duties[0] & duties[1]
    assert rows.count() <= whole
    page.locator("[name=second]").select_option("")
    expect(table).to_have_count(0)
    page.go_back()
    expect(table.locator("thead th")).to_have_count(3)


def test_a_comparison_holds_three_roles_and_prints_without_its_form(page: Page, project_url: str) -> None:
    roles = "customer-service-officer,customer-service-supervisor,customer-support-manager"
    page.goto(f"{project_url}compare/?roles={roles}")
    expect(page.locator(".rb-compare thead th")).to_have_count(4)
    row = page.locator(".rb-compare tr", has=page.get_by_role("rowheader", name="Communication", exact=True))
    expect(row.locator("td")).to_have_text(
        ["●●●○ Practitioner, essential", "●●●○ Practitioner, essential", "●●●● Expert, essential"]
    )
    page.emulate_media(media="print")
    expect(page.locator(".rb-compare")).to_be_visible()
    expect(page.locator("#rb-compare form")).not_to_be_visible()


def test_own_skills_are_kept_in_the_browser_and_show_what_fits_and_what_is_missing(page: Page, site: Site) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    page.goto(f"{site.url}my-skills/?role={site.end}")
    results = page.locator("#rb-fit")
    expect(results.locator("[data-tier=first] li")).not_to_have_count(0)
    for radio in page.locator("fieldset input[value='4']").all():
        radio.check()
    expect(results.locator("[data-tier=fit] [data-role]")).not_to_have_count(0)
    expect(results.locator("[data-tier=first] [data-skill]")).to_have_count(0)
    expect(results.locator("[data-tier=have] [data-skill]")).not_to_have_count(0)
    page.reload()
    expect(page.locator("fieldset input[value='4']:checked")).to_have_count(page.locator("fieldset").count())
    page.locator("fieldset >> nth=0").locator("input[value='0']").check()
    page.reload()
    expect(page.locator("fieldset >> nth=0").locator("input[value='0']")).to_be_checked()
    assert sent == []


def test_own_skills_are_saved_deleted_and_loaded_again(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(f"{site.url}my-skills/")
    page.locator("fieldset input[value='2']").first.check()
    page.locator(".rb-tool summary").click()
    with page.expect_download() as download:
        page.locator("[data-export]").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert list(json.loads(saved.read_text("utf-8"))["ratings"].values()) == [2]
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-delete]").click()
    expect(page.locator("fieldset input:checked")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('rolebook.my-skills')") is None
    broken = tmp_path / "broken.json"
    broken.write_text('{"kind": "something else"}', "utf-8")
    said = page.locator("#rb-my-skills [role=status]")
    before = said.inner_text()
    page.locator("[data-import]").set_input_files(broken)
    expect(said).not_to_have_text(before)
    expect(page.locator("fieldset input:checked")).to_have_count(0)
    page.locator("[data-import]").set_input_files(saved)
    expect(page.locator("fieldset input[value='2']:checked")).to_have_count(1)


def test_answers_that_the_browser_does_not_keep_still_show_what_fits(page: Page, project_url: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(f"{project_url}my-skills/")
    for radio in page.locator("fieldset input[value='4']").all():
        radio.check()
    expect(page.locator("#rb-fit [data-tier=fit] [data-role]")).not_to_have_count(0)
    expect(page.locator("#rb-my-skills [role=status]")).to_contain_text("does not keep answers")


def test_damaged_answers_in_the_browser_count_as_none(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}my-skills/")
    damaged = json.dumps({"kind": "rolebook.my-skills", "ratings": {"communication": 9}})
    page.evaluate("damaged => localStorage.setItem('rolebook.my-skills', damaged)", damaged)
    page.reload()
    expect(page.locator("#rb-my-skills")).to_be_visible()
    expect(page.locator("fieldset input:checked")).to_have_count(0)


def test_an_answer_for_a_skill_that_was_renamed_since_is_kept(page: Page, miniature_url: str) -> None:
    page.goto(f"{miniature_url}my-skills/")
    kept = json.dumps({"kind": "rolebook.my-skills", "ratings": {"hearing": 3}})
    page.evaluate("kept => localStorage.setItem('rolebook.my-skills', kept)", kept)
    page.reload()
    expect(page.locator("fieldset[data-skill=listening] input[value='3']")).to_be_checked()


def test_without_javascript_every_role_within_reach_is_listed_with_the_way(browser: Browser, project_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{project_url}paths/")
    expect(page.locator("#rb-finder")).not_to_be_visible()
    officer = page.locator("#from-customer-service-officer")
    officer.locator("summary").click()
    expect(officer.get_by_role("link", name="Director of customer service")).to_be_visible()
    page.goto(f"{project_url}my-skills/")
    expect(page.locator("noscript").first).to_be_visible()
    expect(page.locator("fieldset").first).to_be_visible()
    context.close()


def test_a_move_is_printed_with_its_skills(page: Page, project_url: str) -> None:
    page.goto(f"{project_url}moves/customer-service-officer--senior-customer-service-officer/")
    page.emulate_media(media="print")
    expect(page.locator("#rises")).to_be_visible()
    expect(page.locator(".rb-actions").first).not_to_be_visible()
    assert b"%PDF" in page.pdf(format="A4")[:8]


@pytest.mark.parametrize("former", ["counsellor", "farrier"])
def test_an_address_with_a_roles_former_name_shows_the_role_of_today(
    page: Page, miniature_url: str, former: str
) -> None:
    today = {"counsellor": "adviser", "farrier": "mechanic"}[former]
    page.goto(f"{miniature_url}paths/?from={former}&to=lead")
    expect(page.locator(".rb-result h3").first).to_be_visible()
    assert page.locator("select[name=from]").input_value() == today
    page.goto(f"{miniature_url}compare/?roles={former},lead")
    expect(page.locator(".rb-compare thead th")).to_have_count(3)
    page.goto(f"{miniature_url}my-skills/?role={former}")
    expect(page.locator("#rb-my-skills select")).to_have_value(today)

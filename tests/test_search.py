"""The search finds what people type, by keyboard and with choices, and costs nothing before it is opened."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from rolebook.inflection import Inflection, joined, lemmas_of, stem
from rolebook.keywords import matches
from rolebook.languages import Language
from rolebook.loading import load
from rolebook.pages import open_books
from rolebook.pages.page import Settings
from rolebook.pages.search import KINDS, SearchPage, search_pages
from rolebook.pipeline import build
from rolebook.site.joined_index import one_index
from rolebook.site.pagefind import SearchError, index_of
from rolebook.site.said import read_said
from rolebook.site.search import SearchIndex
from tests.bases import DAY, make_base
from tests.kit import load_miniature
from tests.search_quality import LANGUAGES, TYPED, measure, weigh
from tests.test_accessibility import AXE
from tests.web import serve_folder, watch

browser_test = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def opened(page: Page, url: str, text: str = "") -> None:
    page.goto(url)
    page.keyboard.press("/")
    page.locator("dialog[open] input").wait_for()
    page.keyboard.type(text)


def shown(page: Page) -> list[str]:
    page.locator("dialog ol > li").first.wait_for()
    return page.locator("dialog ol > li > a").all_inner_texts()


# What is known of words


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("uk", "програмою", "програми"),
        ("ru", "навыков", "навык"),
        ("fi", "taidot", "taitojen"),
        ("da", "lederne", "leder"),
    ],
)
def test_forms_of_a_word_lead_to_each_other(code: str, one: str, other: str) -> None:
    language = Language(code)
    inflection = Inflection(language, lemmas_of([one, other], language, {}))
    assert stem(one, code) == stem(other, code) or other in inflection.others([one])


def test_a_compound_is_also_found_by_its_parts() -> None:
    language = Language("da")
    inflection = Inflection(language, lemmas_of(["kundeservicechef", "kundeservice", "chef"], language, {}))
    assert {*inflection.parts(["kundeservicechef"])} == {"kundeservice", "chef"}
    assert [*joined(["help", "desk"])] == ["helpdesk"]


def test_a_language_without_a_dictionary_is_searched_all_the_same() -> None:
    language = Language("ar")
    assert Inflection(language, lemmas_of(["عميل"], language, {})).others(["عميل"]) == []


def test_a_star_stands_for_one_part_of_an_address() -> None:
    assert matches("/roles/*/onboarding/", "/roles/lead/onboarding/")
    assert not matches("/roles/*/", "/roles/lead/onboarding/")


# What is made


def test_every_page_that_is_looked_for_is_in_the_index(built_miniature: Path) -> None:
    loaded = load_miniature(built_miniature.parent)
    known = loaded.knowledge
    for book in open_books(known.catalog, known.messages, Settings(), known.docs):
        names = json.loads((built_miniature / f"pagefind/names.{book.language.code}.json").read_text("utf-8"))
        assert len(names["pages"]) == len([*search_pages(book)])
        assert {kind for _, kind, *_ in names["pages"]} <= KINDS.keys()


def test_a_page_that_would_be_missing_is_told(built_miniature: Path, tmp_path: Path) -> None:
    known = load_miniature(built_miniature.parent).knowledge
    index = SearchIndex(open_books(known.catalog, known.messages, Settings(), known.docs)[0], tmp_path / "index")
    with pytest.raises(SearchError, match="/levels/"):
        read_said(SearchPage("/levels/", "page"), LexborHTMLParser("<article><p>No heading</p></article>"))
    with pytest.raises(SearchError, match="/levels/"):
        index.take(tmp_path, tmp_path)


def test_a_text_that_is_marked_as_old_says_the_same() -> None:
    notice = '<div class="rb-notice" role="note"><p>One text has changed.</p></div>\n\n'
    mark = '<span class="rb-state rb-state--outdated" title="Changed since it was translated">{}</span>'
    page, text = SearchPage("/levels/", "page"), "<article>\n{}<h1>Levels</h1><p>Two {} roles</p></article>"
    marked, plain = text.format(notice, mark.format("<em>quiet</em>")), text.format("", "<em>quiet</em>")
    assert read_said(page, LexborHTMLParser(marked)) == read_said(page, LexborHTMLParser(plain))


_FIND = """async ([folder, words]) => {
  const pagefind = await import(`/${folder}/pagefind.js`);
  await pagefind.options({ noWorker: true });
  const found = [await pagefind.filters()];
  for (const word of words) {
    const { results, filters } = await pagefind.search(word);
    const pages = await Promise.all(results.map((result) => result.data()));
    found.push([filters, results.map(({ score, words }, at) => [score, words, pages[at].url, pages[at].meta])]);
  }
  return found;
}"""


@browser_test
def test_an_index_made_in_parts_answers_as_one_that_is_made_at_once(
    page: Page, built_project: Path, tmp_path: Path
) -> None:
    files = sorted((built_project / "fi").rglob("index.html"))
    chosen = '<h1 data-pagefind-filter="third:{}"'
    pages = [(f"{at}", file.read_text().replace("<h1", chosen.format(at % 3), 1)) for at, file in enumerate(files)]
    at_once, parts = index_of(pages), [index_of(pages[at : at + 50]) for at in range(0, len(pages), 50)]
    for folder, index in (("whole", at_once), ("joined", one_index(parts))):
        for name, content in index.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_bytes(content)
    (tmp_path / "index.html").write_text('<!doctype html><html lang="fi">', "utf-8")
    words = ["perehdytys", "päällikkö", "paallikko", "asiakas", "24", "tiimi palaute", "zzz", "käyttö"]
    with serve_folder(tmp_path) as home:
        page.goto(home)
        whole, joined = (page.evaluate(_FIND, [folder, words]) for folder in ("whole", "joined"))
    assert [len(results) for _, results in whole[1:]] == [len(results) for _, results in joined[1:]]
    assert whole == joined
    assert sum(whole[0]["third"].values()) == len(files)
    assert sum(len(results) for _, results in whole[1:]) > 200


# How it is used


@browser_test
@pytest.mark.parametrize("way", ["click", "/", "Control+k"])
def test_it_opens_in_each_way_and_closes_to_where_one_was(page: Page, miniature_url: str, way: str) -> None:
    complaints = watch(page, miniature_url)
    page.goto(f"{miniature_url}roles/")
    if way == "click":
        page.locator(".rb-search-open").click()
    else:
        page.keyboard.press(way)
    expect(page.locator("dialog[open] input")).to_be_focused()
    if way == "click":
        page.locator("dialog [data-close]").click()
    else:
        page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".rb-search-open")).to_be_focused()
    assert complaints == []


@browser_test
def test_nothing_of_it_is_loaded_before_it_is_opened(page: Page, miniature_url: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda sent: loaded.append(sent.url))
    page.goto(f"{miniature_url}roles/", wait_until="networkidle")
    assert not [url for url in loaded if "pagefind" in url or "search-box" in url or "query" in url]


@browser_test
def test_a_slash_in_a_field_is_a_slash(page: Page, miniature_url: str) -> None:
    opened(page, f"{miniature_url}roles/", "a/b")
    expect(page.locator("dialog input")).to_have_value("a/b")


@browser_test
def test_results_come_as_one_types_and_are_counted_and_marked(page: Page, miniature_url: str) -> None:
    opened(page, f"{miniature_url}uk/roles/", "порадник")
    assert shown(page)[0] == page.locator("dialog ol > li > a").first.inner_text()
    expect(page.locator("dialog [role=status]")).to_have_text(re.compile(r"Знайдено \d+ сторін"))
    assert page.locator("dialog mark").count()


@browser_test
def test_arrow_keys_move_among_results_and_enter_opens_the_first(page: Page, miniature_url: str) -> None:
    opened(page, f"{miniature_url}roles/", "adviser")
    shown(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("dialog ol a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("dialog input")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{miniature_url}roles/adviser/")


@browser_test
def test_the_address_holds_the_search_and_brings_it_back(page: Page, miniature_url: str) -> None:
    opened(page, f"{miniature_url}roles/?kept=1", "adviser")
    shown(page)
    page.wait_for_url("**/roles/?kept=1&search=adviser")
    page.reload()
    expect(page.locator("dialog[open] input")).to_have_value("adviser")
    assert shown(page)
    page.keyboard.press("Escape")
    page.wait_for_url("**/roles/?kept=1")


@browser_test
def test_choices_narrow_results_down(page: Page, miniature_url: str) -> None:
    opened(page, f"{miniature_url}roles/", "adviser")
    shown(page)
    page.locator("dialog summary").click()
    page.locator("dialog select[name=kind]").select_option("skill")
    expect(page.locator("dialog ol > li").filter(has_not=page.locator("text=Skill"))).to_have_count(0)
    page.wait_for_url("**kind=skill")
    page.locator("dialog input").fill("")
    expect(page.locator("dialog [role=status]")).to_have_text(re.compile(r"\d+ pages? found"))


@browser_test
def test_a_misspelt_word_is_told_with_what_was_sought_instead(page: Page, project_url: str) -> None:
    opened(page, f"{project_url}roles/", "comunication")
    expect(page.locator("dialog [role=status]")).to_contain_text("There is no “comunication” here")
    assert "Communication" in shown(page)


@browser_test
def test_nothing_found_is_told_with_what_to_do(page: Page, miniature_url: str) -> None:
    opened(page, f"{miniature_url}roles/", "qqqqzzzz")
    expect(page.locator("dialog [role=status]")).to_contain_text("Nothing was found for “qqqqzzzz”")


@browser_test
def test_text_that_looks_like_markup_stays_text(page: Page, miniature: Path, miniature_url: str) -> None:
    opened(page, f"{miniature_url}roles/", "<img src=x onerror=alert(1)> adviser")
    shown(page)
    assert page.locator("dialog img, dialog script").count() == 0


@browser_test
def test_without_a_script_the_list_from_a_to_z_is_a_click_away(browser: Browser, miniature_url: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{miniature_url}uk/roles/adviser/")
    page.locator(".rb-search-open").click()
    page.wait_for_url(f"{miniature_url}uk/a-z/")
    page.close()


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("where", ["uk/roles/", "ar/roles/"])
def test_the_open_box_has_no_fault(page: Page, miniature_url: str, scheme: str, width: int, where: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, f"{miniature_url}{where}", "a" if where.startswith("ar") else "порадник")
    page.locator("dialog summary").click()
    page.locator("dialog [role=status]:not(:empty)").wait_for()
    page.evaluate(AXE)
    faults = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(fault["id"], node["target"][0]) for fault in faults for node in fault["nodes"]] == []
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")


# How well, and how cheaply


@browser_test
@pytest.mark.parametrize("language", LANGUAGES)
def test_nineteen_of_twenty_questions_are_answered_by_the_first_three(
    page: Page, project_url: str, language: str
) -> None:
    quality = measure(page, project_url, language)
    assert quality.asked >= 40
    assert quality.share >= 95, quality.missed


@browser_test
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_result_costs_less_than_250_kb(
    page: Page, project_url: str, built_project: Path, language: str
) -> None:
    assert weigh(page, project_url, built_project, language, TYPED[language]) < 250_000


@browser_test
def test_with_300_roles_the_first_result_costs_less_than_half_more(page: Page, tmp_path: Path) -> None:
    costs = []
    for size in (24, 300):
        root = make_base(tmp_path / str(size), size, ["en"])
        build(load(root, DAY), root / "site", lambda _: None)
        with serve_folder(root / "site") as home:
            costs.append(weigh(page, home, root / "site", "en", TYPED["en"]))
    assert costs[1] < 1.5 * costs[0]

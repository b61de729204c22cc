"""The page of translations leads a person from a number to the line that waits."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from rolebook.findings import Place
from rolebook.loading import Loaded
from rolebook.messages import Message
from rolebook.pages import Settings, open_books
from rolebook.pages.whereabouts import page_of
from tests.kit import load_miniature
from tests.rendered import render_all, rendered


def page(loaded: Loaded, language: str, settings: Settings | None = None) -> LexborHTMLParser:
    name = f"{language}/translations/index.md"
    if not settings:
        return LexborHTMLParser(rendered(loaded)[name])
    knowledge = loaded.knowledge
    books = open_books(knowledge.catalog, knowledge.messages, settings, knowledge.docs)
    return LexborHTMLParser(render_all(books)[name])


@pytest.mark.parametrize(
    ("repository", "prefix"),
    [
        ("https://github.com/bicycles/roles", "https://github.com/bicycles/roles/blob/main/"),
        ("https://gitlab.example.org/roles", "https://gitlab.example.org/roles/-/blob/main/"),
    ],
)
def test_a_number_leads_to_the_line_of_the_first_text_it_counts(miniature: Path, repository: str, prefix: str) -> None:
    html = page(load_miniature(miniature), "uk", Settings(repository))
    row = next(row for row in html.css(".rb-coverage tr") if "Старший зміни" in row.text())
    outdated = row.css("td")[1].css_first("a")
    path, _, line = str(outdated.attributes["href"]).removeprefix(prefix).partition("#L")
    assert outdated.text() == "1"
    text = (miniature / path).read_text("utf-8").split("\n")
    assert text[int(line) - 1] == 'msgctxt "lead.summary"'


def test_without_a_repository_or_a_file_there_is_nothing_to_follow(miniature: Path) -> None:
    (miniature / "locales/uk/roles/lead.po").unlink()
    loaded = load_miniature(miniature)
    assert "blob" not in page(loaded, "uk", Settings()).html  # type: ignore[operator]
    assert "locales/uk/roles/lead.po" not in page(loaded, "uk").html  # type: ignore[operator]


def test_a_text_that_waits_is_shown_in_its_own_language_with_its_page(miniature: Path) -> None:
    html = page(load_miniature(miniature), "uk")
    item = next(item for item in html.css(".rb-list ul li") if "You lead the advisers." in item.text())
    assert item.text().startswith("Застаріло")
    assert item.css_first("span[lang]").attributes["lang"] == "en"
    assert [a.attributes["href"] for a in item.css("a")][1] == "../roles/lead/"


@pytest.mark.parametrize(
    ("domain", "address", "expected"),
    [
        ("vocabulary", "families.care.onboarding.keys.text", "/roles/#first-90-days"),
        ("vocabulary", "families.care.summary", "/families/care/"),
        ("vocabulary", "families.gone.summary", ""),
        ("roles/adviser", "adviser.onboarding.first-day.goal", "/roles/adviser/onboarding/"),
        ("form", "Family.onboarding.label", ""),
        ("ui", "nav.roles", ""),
    ],
)
def test_a_text_is_seen_on_the_page_that_shows_it(domain: str, address: str, expected: str, miniature: Path) -> None:
    knowledge = load_miniature(miniature).knowledge
    known = knowledge.messages.sources.get((domain, address))
    message = known or Message(domain, address, "", "en", Place(""))
    assert page_of(knowledge.catalog, message) == expected


def test_bars_tell_every_state_in_shares_and_in_words(miniature: Path) -> None:
    html = page(load_miniature(miniature), "uk")
    for bar in html.css(".rb-bar"):
        shares = [float(re.sub(r"[^\d.]", "", str(part.attributes["style"]))) for part in bar.css("span[style]")]
        assert 99 < sum(shares) < 101
        assert "%" in bar.parent.css_first(".rb-meta").text()  # type: ignore[union-attr]


def test_what_is_nearly_whole_is_not_called_whole(miniature: Path) -> None:
    po = miniature / "locales/uk/ui.po"
    po.write_text(po.read_text("utf-8").replace('msgstr "Ролі"', 'msgstr ""', 1), "utf-8")
    row = page(load_miniature(miniature), "uk").css("#parts ~ table tbody tr, .rb-coverage tr")
    assert any("99%" in item.text() and "Кнопки" in item.text() for item in row)


def test_a_language_in_which_everything_was_written_says_so(miniature: Path) -> None:
    (miniature / "roles/craft/mechanic.yml").write_text(
        (miniature / "roles/craft/mechanic.yml").read_text("utf-8").replace("language: uk", "language: en"), "utf-8"
    )
    text = page(load_miniature(miniature), "en").text()
    assert "Every text was first written in this language" in text
    assert "Nothing: every text is translated" in text


def test_pages_written_by_hand_are_listed_while_they_wait(miniature: Path) -> None:
    assert not page(load_miniature(miniature), "uk").css(".rb-list a[href='..']")
    own = miniature / "docs/uk/index.md"
    own.write_text(own.read_text("utf-8").replace("---\n", "---\nlanguage: en\n", 1), "utf-8")
    text = page(load_miniature(miniature), "uk").text()
    assert "Інші сторінки" in text
    assert "index.md: Ще не перекладено; мова тексту: English" in text


def test_weblate_is_offered_where_it_is_named(miniature: Path) -> None:
    loaded = load_miniature(miniature)
    address = "https://weblate.example.org/projects/bicycles/"
    assert page(loaded, "en", Settings(weblate=address)).css(f'a[href="{address}"]')
    assert "Weblate" not in page(loaded, "en", Settings()).text()

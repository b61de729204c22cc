"""The guide says the same in every language, with pictures that `make screenshots` takes."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from rolebook.addresses import list_docs
from rolebook.catalog import load_catalog
from rolebook.languages import Language
from rolebook.messages import load_texts, load_translations
from rolebook.site.pictures import add_sizes
from tests.guide_screenshots import BLANK, PICTURES, picture_path
from tests.kit import PROJECT

GUIDE = "contribute/"
STATES = ("translated", "outdated", "missing", "unchecked")
LANGUAGES = [language.code for language in load_catalog(PROJECT)[0].languages]


def pages(language: str) -> dict[str, str]:
    folder = PROJECT / "docs" / language / GUIDE
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}


def pictures(text: str) -> list[str]:
    return re.findall(r"!\[[^\]]*\]\(([^)]*)\)", text)


def test_the_guide_has_the_same_pages_and_headings_in_every_language() -> None:
    docs, _ = list_docs(load_catalog(PROJECT)[0])
    guides = [{name: ids for name, ids in own.items() if name.startswith(GUIDE)} for own in docs.pages.values()]
    assert len(guides[0]) == 6
    assert all(guide == guides[0] for guide in guides)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_shows_the_same_pictures_in_its_own_language(language: str) -> None:
    shown = {name: pictures(text) for name, text in pages(language).items()}
    assert shown == {name: pictures(text) for name, text in pages("en").items()}
    assert {path for paths in shown.values() for path in paths} == {f"{name}.png" for name in PICTURES}
    kept = {path.stem for path in (PROJECT / "docs" / language / GUIDE).glob("*.png")}
    assert kept == set(PICTURES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_small_and_described(language: str) -> None:
    assert max(picture_path(language, name).stat().st_size for name in PICTURES) < 100_000
    assert all(len(alt) > 10 for text in pages(language).values() for alt in re.findall(r"!\[([^\]]*)\]", text))


def test_built_pages_tell_the_size_of_their_pictures(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(BLANK)
    html = '<img alt="a" src="a%20b.png"><img src="none.png"><img src="https://a.example/x.png">'
    first, *others = LexborHTMLParser(add_sizes(html, tmp_path)).css("img")
    assert (first.attributes["width"], first.attributes["height"]) == ("1", "1")
    assert not any("width" in other.attributes for other in others)


LINKS = {"index.md": ("foot.suggest", "foot.edit-form", "foot.edit-role", "foot.edit-source", "foot.edit-page")}
LINKS["review.md"] = ("diff.roles", "diff.attention", "diff.translations", "diff.before-after")
LINKS["propose-a-role.md"] = ("form.vocabulary",)
LINKS["translate.md"] = ("foot.edit-translation", "sheet.translation", "sheet.done", *(f"state.{s}" for s in STATES))
FIELDS = {
    "add-a-skill.md": (
        *(f"RequiredSkill.{key}.label" for key in ("skill", "proficiency", "importance", "why")),
        *(f"Skill.{key}.label" for key in ("title", "group", "definition", "rubric", "learning")),
    ),
    "propose-a-role.md": tuple(
        f"Role.{key}.label" for key in ("title", "track", "level", "summary", "owner", "status")
    ),
}
"""What each page names, by the addresses of these texts in the interface and in the form."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_fields_are_named_as_they_are_written(language: str) -> None:
    catalog = load_catalog(PROJECT)[0]
    messages = load_texts(catalog).with_files({language: load_translations(catalog, Language(language))[0]})
    named = [("ui", name, address) for name, addresses in LINKS.items() for address in addresses]
    named += [("form", name, address) for name, addresses in FIELDS.items() for address in addresses]
    words = {(name, messages.translate((domain, key), Language(language)).text) for domain, name, key in named}
    own = pages(language)
    unnamed = {(name, text) for name, text in words if not re.search(rf"\*\*{re.escape(text)}\W?\*\*", own[name])}
    assert unnamed == set()

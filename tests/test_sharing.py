"""What a page is called where a link to it is shared, kept or put on a home screen: in its language, and only in it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from rolebook.languages import Language
from tests.kit import PROJECT

LOCALES = {"en": "en_US", "uk": "uk_UA", "ru": "ru_RU", "fi": "fi_FI", "zh-Hant": "zh_TW", "da": "da_DK"}
ADDRESS = "https://rolebook.example.org/"
PAGES = ["", "roles/customer-service-officer/", "paths/", "contribute/", "skills/coaching/", "data/"]


def size(picture: Path) -> str:
    """Give a PNG's width and height, which stand at its beginning."""
    start = picture.read_bytes()[:24]
    return "x".join(str(int.from_bytes(start[at : at + 4])) for at in (16, 20))


def tree(language: str) -> str:
    return "" if language == "en" else f"{language}/"


def head(site: Path, address: str) -> tuple[LexborHTMLParser, dict[str, list[str]]]:
    """Give a page and what its meta elements say, by name."""
    page = LexborHTMLParser((site / address / "index.html").read_text("utf-8"))
    said: dict[str, list[str]] = {}
    for meta in page.css("head meta"):
        name = meta.attributes.get("property") or meta.attributes.get("name")
        said.setdefault(str(name), []).append(str(meta.attributes.get("content")))
    return page, said


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("name", PAGES)
def test_a_shared_page_is_shown_with_its_own_title_text_and_address(
    built_project: Path, language: str, name: str
) -> None:
    page, said = head(built_project, f"{tree(language)}{name}")
    manifest = json.loads((built_project / tree(language) / "manifest.webmanifest").read_text("utf-8"))
    title = page.css_first("title").text()
    assert said["og:site_name"] == [manifest["name"]]
    assert title == f"{said['og:title'][0]} - {manifest['name']}"
    assert said["og:description"] == said["description"] != [""]
    assert said["og:url"] == [page.css_first("link[rel=canonical]").attributes["href"]]
    assert said["og:url"] == [f"{ADDRESS}{tree(language)}{name}"]
    assert said["og:locale"] == [LOCALES[language]]
    assert sorted(said["og:locale:alternate"]) == sorted(set(LOCALES.values()) - {LOCALES[language]})
    assert said["og:type"] == ["website"]
    assert said["twitter:card"] == ["summary"]


@pytest.mark.parametrize("name", PAGES)
def test_no_language_is_shared_with_the_words_of_another(built_project: Path, name: str) -> None:
    told = [head(built_project, f"{tree(language)}{name}")[1] for language in LOCALES]
    assert len({said["og:description"][0] for said in told}) == len(LOCALES)


def test_what_is_shared_is_escaped(built_miniature: Path) -> None:
    _, said = head(built_miniature, "roles/adviser/")
    assert said["og:title"] == ["Adviser & <guide>"]
    assert unescape(said["og:title"][0]) == said["og:title"][0]


def test_pages_that_lead_on_or_do_not_exist_are_not_shared(built_miniature: Path) -> None:
    for path in ("404.html", "roles/counsellor/index.html"):
        assert "og:" not in (built_miniature / path).read_text("utf-8")


@pytest.mark.parametrize("language", LOCALES)
def test_each_language_has_a_manifest_whose_addresses_lead_to_its_own_start_and_to_icons(
    built_project: Path, language: str
) -> None:
    folder = built_project / tree(language)
    manifest = json.loads((folder / "manifest.webmanifest").read_text("utf-8"))
    assert (manifest["lang"], manifest["dir"]) == (language, Language(language).direction)
    assert (folder / manifest["start_url"] / "index.html").is_file()
    assert (folder / manifest["scope"]).resolve() == built_project.resolve()
    for icon in manifest["icons"]:
        path = folder / icon["src"]
        assert path.is_file()
        if path.suffix == ".png":
            assert size(path) == icon["sizes"]
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}


def test_a_manifest_is_written_in_its_language(built_miniature: Path, built_project: Path) -> None:
    manifests = [json.loads(path.read_text("utf-8")) for path in built_project.rglob("manifest.webmanifest")]
    assert len({manifest["description"] for manifest in manifests}) == len(LOCALES)
    arabic = json.loads((built_miniature / "ar/manifest.webmanifest").read_text("utf-8"))
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "zh-Hant/roles/"])
def test_the_browser_takes_the_manifest_and_colours_its_bar_like_the_header(
    browser: Browser, project_url: str, address: str
) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{project_url}{address}", wait_until="networkidle")
        answer = page.context.new_cdp_session(page).send("Page.getAppManifest")
        assert answer["errors"] == []
        assert answer["url"].endswith(f"{address.partition('/')[0] + '/' if address else ''}manifest.webmanifest")
        colour = page.locator(f"meta[name=theme-color][media*={scheme}]").get_attribute("content")
        shown = page.locator(".md-header").evaluate("header => getComputedStyle(header).backgroundColor")
        assert re.findall(r"\d+", shown) == [str(int(str(colour)[at : at + 2], 16)) for at in (1, 3, 5)]
        page.close()


def test_the_icons_are_of_the_sizes_that_phones_ask_for() -> None:
    assert size(PROJECT / "overrides/assets/apple-touch-icon.png") == "180x180"

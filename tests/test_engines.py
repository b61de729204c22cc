"""The rendered pages are a site under other engines as well: the same addresses and languages, no dead link."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from rolebook.inflection import words_of
from rolebook.pipeline import render
from rolebook.site.configuration import DEFAULT_CONFIG, read_settings
from rolebook.site.finish import NOT_FOUND_BUILT, NOT_FOUND_FILE
from rolebook.site.links import dead_links, links_of
from tests.kit import copy_miniature, load_miniature
from tests.web import serve_folder

ENGINES = {"properdocs": ("properdocs", "build", "-f", "mkdocs.yml"), "zensical": ("zensical-i18n", "build")}
LANGUAGES = {"en": "", "uk": "uk/", "ar": "ar/"}
_NAMES = {"en": "English", "uk": "Українська", "ar": "العربية"}
_NOT_IN_THE_MINIATURE = ("glossary.md", "contribute/index.md")
_HOOKS = "hooks:\n  - build_roles.py\n"


def configured(text: str) -> str:
    """Give this project's mkdocs.yml for the miniature, which has other languages and fewer pages, without the hook."""
    lines = [line for line in text.replace(_HOOKS, "").splitlines() if not line.endswith(_NOT_IN_THE_MINIATURE)]
    listed = [number for number, line in enumerate(lines) if "- {locale: " in line]
    spoken = [f"        - {{locale: {code}, name: {name}, default: {code == 'en'}}}" for code, name in _NAMES.items()]
    return "\n".join([*lines[: listed[0]], *spoken, *lines[listed[-1] + 1 :]]) + "\n"


@pytest.fixture(scope="module", params=ENGINES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature's site as another engine builds it from docs/ and mkdocs.yml alone."""
    root = copy_miniature(tmp_path_factory.mktemp(request.param) / "base")
    render(load_miniature(root), read_settings(root))
    shutil.copytree(DEFAULT_CONFIG.parent / "overrides", root / "overrides")
    (root / "mkdocs.yml").write_text(configured(DEFAULT_CONFIG.read_text("utf-8")), "utf-8")
    program, *arguments = ENGINES[request.param]
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not re.search("warning|error", done.stdout + done.stderr, re.IGNORECASE)
    return root / "site"


def pages_of(site: Path) -> set[str]:
    """Give the addresses of pages; each engine has 404.html where it likes."""
    paths = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return {path for path in paths if not path.endswith(NOT_FOUND_FILE)}


def test_pages_stand_at_the_same_addresses(site: Path, built_miniature: Path) -> None:
    assert pages_of(site) - {NOT_FOUND_BUILT} == pages_of(built_miniature)


def test_every_link_leads_somewhere(site: Path) -> None:
    assert dead_links(site, [links_of(site, sorted(pages_of(site)), "https://rolebook.example.org/")]) == []


def test_each_page_is_in_its_language(site: Path) -> None:
    for name in pages_of(site):
        code = name.partition("/")[0]
        tree = LexborHTMLParser((site / name).read_text("utf-8"))
        assert tree.root
        assert tree.root.attributes["lang"] == (code if code in LANGUAGES else "en"), name


def test_a_role_page_says_what_ours_says(site: Path, built_miniature: Path) -> None:
    for folder in LANGUAGES.values():
        for page in sorted((built_miniature / folder / "roles").glob("*/index.html")):
            name = page.relative_to(built_miniature)
            assert said(site / name) == said(page), name
            assert said(page), name


def said(page: Path) -> set[str]:
    """Give the words of a page's text, without what our own build adds to it and the theme's hidden words."""
    article = LexborHTMLParser(page.read_text("utf-8")).css_first("article")
    assert article
    for added in article.css(".rb-suggest, .headerlink, script, template, a.md-content__button, .md-source-file"):
        added.decompose()
    return set(words_of(article.text(separator=" ")))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_page_can_be_read_on_a_phone(page: Page, site: Path, language: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with serve_folder(site) as url:
        page.goto(f"{url}{LANGUAGES[language]}roles/lead/")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("h2").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == (
            "rtl" if language == "ar" else "ltr"
        )
    assert complaints == []

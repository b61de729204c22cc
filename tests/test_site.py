"""The built site: whole, linked, said in the right language, and never half published."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html import unescape as html_unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from rolebook.failures import BuildError
from rolebook.pages import Settings, open_books
from rolebook.pages.page import Texts
from rolebook.pipeline import build
from rolebook.site.links import dead_links, links_of
from rolebook.site.suggest import add_suggestions
from rolebook.site.swap import new_site
from tests.conftest import quiet
from tests.kit import MINIATURE, PROJECT, copy_miniature, load_miniature
from tests.rendered import SETTINGS


def html(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name).read_text("utf-8"))


@pytest.mark.parametrize(
    ("page", "language", "direction"),
    [("index.html", "en", "ltr"), ("uk/roles/lead/index.html", "uk", "ltr"), ("ar/index.html", "ar", "rtl")],
)
def test_every_page_names_its_language_and_direction(
    built_miniature: Path, page: str, language: str, direction: str
) -> None:
    root = html(built_miniature, page).css_first("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == (language, direction)


def leads_on(page: Path) -> bool:
    """Tell whether a page stands at a former address, so that nothing needs to lead to it."""
    return html(page.parent, page.name).css_first("meta[http-equiv=refresh]") is not None


def test_the_sitemap_names_every_page_in_every_language(built_miniature: Path) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = ElementTree.parse(built_miniature / "sitemap.xml")  # noqa: S314 - our own file
    urls = {url.findtext("s:loc", namespaces=space): url for url in tree.findall("s:url", space)}
    found = (page for page in built_miniature.rglob("index.html") if not leads_on(page))
    pages = {page.parent.relative_to(built_miniature).as_posix() for page in found}
    base = "https://example.org/handbook/"
    assert set(urls) == {base if page == "." else f"{base}{page}/" for page in pages}
    alternates = {
        link.get("hreflang"): link.get("href") for link in urls[f"{base}uk/roles/lead/"].findall("x:link", space)
    }
    assert alternates == {
        "en": f"{base}roles/lead/",
        "uk": f"{base}uk/roles/lead/",
        "ar": f"{base}ar/roles/lead/",
        "x-default": f"{base}roles/lead/",
    }


def test_every_page_names_its_canonical_address(built_miniature: Path) -> None:
    link = html(built_miniature, "uk/roles/lead/index.html").css_first("link[rel=canonical]")
    assert link.attributes["href"] == "https://example.org/handbook/uk/roles/lead/"


@pytest.mark.parametrize("language", ["", "uk/", "ar/"])
@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("roles/counsellor/", "../adviser/"),
        ("roles/counsellor/onboarding/", "../../adviser/onboarding/"),
        ("roles/farrier/onboarding/", "../../mechanic/"),
        ("moves/counsellor--lead/", "../adviser--lead/"),
        ("moves/farrier--smith/", "../../roles/mechanic/"),
        ("skills/hearing/", "../listening/"),
        ("tools/telegraph/", "../phone/"),
        ("tools/bell-400/", "../bell/"),
        ("families/trade/", "../craft/"),
    ],
)
def test_a_former_address_leads_on_in_every_language_below_a_sub_path(
    built_miniature: Path, language: str, former: str, today: str
) -> None:
    page = html(built_miniature, f"{language}{former}index.html")
    assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == f"0; url={today}"
    assert page.css_first(".rb-lead a").attributes["href"] == today
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    here = f"https://example.org/handbook/{language}{former}"
    assert [link.attributes["href"] for link in page.css("link[rel=canonical]")] == [urljoin(here, today)]


def test_the_404_page_speaks_the_default_language_and_offers_all(built_miniature: Path) -> None:
    page = html(built_miniature, "404.html")
    assert page.css_first("html").attributes["lang"] == "en"
    offers = {item.attributes["lang"]: item.css_first("a").attributes["href"] for item in page.css(".rb-offers li")}
    assert offers == {"en": "/handbook/", "uk": "/handbook/uk/", "ar": "/handbook/ar/"}
    assert not re.search(r'(href|src)="\.\.?/', (built_miniature / "404.html").read_text("utf-8"))


def test_titles_and_descriptions_are_escaped_wherever_a_page_prints_them(built_miniature: Path) -> None:
    page = html(built_miniature, "roles/adviser/index.html")
    assert page.css_first("title").text().startswith("Adviser & <guide>")
    assert page.css_first("h1").text().startswith("Adviser & <guide>")
    assert not page.css("guide")
    everywhere = "".join(path.read_text("utf-8") for path in built_miniature.rglob("*.html"))
    assert "<guide>" not in everywhere


def test_a_translated_site_name_is_text_and_nothing_else(miniature: Path) -> None:
    path = miniature / "locales/uk/ui.po"
    attack = 'msgctxt "site.name"\nmsgid "Rolebook"\nmsgstr "<svg onload=alert(1)>"'
    path.write_text(re.sub(r'msgctxt "site.name"\nmsgid .*\nmsgstr .*', attack, path.read_text("utf-8")), "utf-8")
    build(load_miniature(miniature), miniature / "site", quiet)
    assert "<svg onload" not in (miniature / "site/uk/index.html").read_text("utf-8")


def test_each_role_page_describes_an_occupation_for_machines(built_miniature: Path) -> None:
    script = html(built_miniature, "roles/adviser/index.html").css_first('script[type="application/ld+json"]')
    described = json.loads(script.text())
    assert (described["@type"], described["name"]) == ("Occupation", "Adviser & <guide>")
    assert described["occupationalCategory"][0]["codeValue"] == "4225.1"


def test_heading_ids_are_equal_in_all_languages(built_miniature: Path) -> None:
    def ids(name: str) -> list[str | None]:
        return [node.attributes.get("id") for node in html(built_miniature, name).css("article :is(h1, h2, h3)")]

    assert ids("roles/adviser/index.html") == ids("uk/roles/adviser/index.html") == ids("ar/roles/adviser/index.html")
    assert None not in ids("roles/adviser/index.html")


def test_the_foot_of_a_role_leads_to_its_file_its_translation_a_form_and_its_history(built_project: Path) -> None:
    links = [
        a.attributes["href"]
        for a in html(built_project, "uk/roles/customer-service-officer/index.html").css(".rb-foot a")
    ]
    assert [re.sub(r"\?.*|.*/rolebook/", "", str(link)) for link in links] == [
        "edit/main/roles/customer-service/customer-service-officer.yml",
        "edit/main/locales/uk/roles/customer-service-officer.po",
        "issues/new",
        "history/",
    ]


def asked(href: str | None) -> dict[str, str]:
    """Give what a link fills into the form of the forge."""
    return dict(parse_qsl(urlsplit(str(href)).query))


def test_every_section_of_every_page_leads_to_a_form_that_knows_page_section_and_file(built_miniature: Path) -> None:
    for path in built_miniature.rglob("index.html"):
        page = html(built_miniature, path.relative_to(built_miniature).as_posix())
        sections = page.css("article :is(h2, h3)[id]")
        links = page.css(".rb-head > :is(h2, h3)[id] + a.rb-suggest")
        assert len(links) == len(sections), path
        canonical = str(page.css_first("link[rel=canonical]").attributes["href"])
        for link, section in zip(links, sections, strict=True):
            filled = asked(link.attributes["href"])
            assert filled["template"] == "suggest.yml"
            assert filled["page"] == f"{canonical}#{section.attributes['id']}"
            assert filled["section"] in section.text()
            assert str(link.attributes["title"]).endswith(filled["section"])


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("uk/roles/adviser/", "roles/care/adviser.yml"),
        ("uk/roles/adviser/onboarding/", "roles/care/adviser.yml"),
        ("uk/moves/adviser--lead/", "roles/care/adviser.yml"),
        ("uk/families/care/", "roles/vocabulary/families.yml"),
        ("uk/levels/", "roles/vocabulary/levels.yml"),
        ("uk/", "docs/uk/index.md"),
        ("uk/paths/", None),
    ],
)
def test_a_page_s_foot_leads_to_a_form_that_names_its_file(built_miniature: Path, page: str, file: str | None) -> None:
    foot = html(built_miniature, f"{page}index.html").css("article .rb-foot a")
    filled = asked(foot[-1].attributes["href"])
    assert filled["page"] == f"https://example.org/handbook/{page}"
    assert filled.get("file") == file
    edited = [str(a.attributes["href"]) for a in foot[:-1]]
    assert [href.partition("/edit/main/")[2] for href in edited][:1] == ([file] if file else [])


def test_the_links_for_suggestions_are_in_no_contents_titles_or_data(built_miniature: Path) -> None:
    page = html(built_miniature, "roles/adviser/index.html")
    assert not page.css(".md-nav .rb-suggest, h1 .rb-suggest, h2 .rb-suggest, h3 .rb-suggest")
    assert not [link for link in page.css(".rb-suggest") if link.text()]
    words = "Suggest a change to"
    for place in ("title", "script[type='application/ld+json']", ".md-nav--secondary"):
        assert words not in str(page.css_first(place).html)


def test_a_heading_that_anyone_wrote_cannot_leave_the_link() -> None:
    knowledge = load_miniature(MINIATURE).knowledge
    github = replace(SETTINGS, repo_url="https://github.com/bicycles/handbook")
    texts = Texts(open_books(knowledge.catalog, knowledge.messages, github)[0], "roles/adviser/")
    made = add_suggestions('<h1 id="t">T</h1><h2 id="a">&lt;b onclick="x"&gt; &amp;page=1#"</h2></article>', texts, "")
    link = LexborHTMLParser(made).css_first("a.rb-suggest")
    assert asked(link.attributes["href"])["section"] == '<b onclick="x"> &page=1#"'
    assert set(link.attributes) == {"class", "href", "title", "aria-label"}


def test_gitlab_s_form_gets_the_same_in_its_description() -> None:
    address = SETTINGS.suggest("Change to: X", "https://example.org/x/#a", "roles/x.yml", "A & B")
    assert html_unescape(address).startswith("https://gitlab.example.org/bicycles/-/issues/new?")
    assert asked(html_unescape(address)) == {
        "issuable_template": "suggest",
        "issue[title]": "Change to: X",
        "issue[description]": "- Page: https://example.org/x/#a\n- Section: A & B\n- File: roles/x.yml",
    }


def test_without_a_repository_nothing_is_suggested(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rolebook.pipeline.read_settings", lambda _root: Settings())
    build(load_miniature(miniature), miniature / "site", quiet)
    everywhere = "".join(path.read_text("utf-8") for path in (miniature / "site").rglob("*.html"))
    assert "rb-suggest" not in everywhere
    assert "issues/new" not in everywhere


OTHER_LANGUAGES = ("uk", "ru", "fi", "zh-Hant", "da")


@pytest.mark.parametrize("language", ["", *OTHER_LANGUAGES])
def test_every_page_is_reached_from_the_start_page_in_three_clicks(built_project: Path, language: str) -> None:
    home = built_project / language / "index.html"
    reached, here = {home}, {home}
    for _ in range(3):
        here = {page for known in here for page in linked_from(known)} - reached
        reached |= here
    pages = {page for page in (built_project / language).rglob("index.html") if not leads_on(page)}
    if not language:
        pages = {page for page in pages if page.relative_to(built_project).parts[0] not in OTHER_LANGUAGES}
    assert {page.relative_to(built_project).as_posix() for page in pages - reached} == set()


def linked_from(page: Path) -> set[Path]:
    """Give the pages that a page links in its own language; those of others are linked from the root."""
    targets = (str(a.attributes.get("href") or "") for a in html(page.parent, page.name).css("a[href]"))
    paths = (re.split("[?#]", target)[0] for target in targets if not target.startswith(("http", "#", "/")))
    return {(page.parent / path / "index.html").resolve() for path in paths if path.endswith(("/", "."))}


def test_every_kind_of_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text('<p id="x"></p><a href="../#y">y</a><a href="../b/">b</a><img src="i.png">')
    (tmp_path / "index.html").write_text(
        '<i id="t"></i><i id="t"></i><a href="a/#x">fine</a><a href="a/#z">z</a><a href="../../out/">out</a>'
        '<a href="javascript:x">x</a><a href="/base/a/">fine</a><a href="/other/">other</a><a href="https://x.example">fine</a>'
    )
    settled = links_of(tmp_path, ["index.html", "a/index.html"], "https://example.org/base/")
    assert {(dead.page, dead.target) for dead in dead_links(tmp_path, [settled])} == {
        ("a/index.html", "/#y"),
        ("a/index.html", "/b/"),
        ("a/index.html", "/a/i.png"),
        ("index.html", "#t"),
        ("index.html", "/a/#z"),
        ("index.html", "../../out/"),
        ("index.html", "javascript:x"),
        ("index.html", "/other/"),
    }


def test_a_dead_link_in_a_hand_written_page_stops_the_build_and_the_former_site_stays(miniature: Path) -> None:
    site = miniature / "site"
    site.mkdir()
    (site / "index.html").write_text("former")
    page = miniature / "docs/en/index.md"
    page.write_text(page.read_text("utf-8") + '\n<a href="nowhere/">x</a>\n', "utf-8")
    with pytest.raises(BuildError, match=r"nowhere/ \(there is no such page or file\)"):
        build(load_miniature(miniature), site, quiet)
    assert (site / "index.html").read_text() == "former"
    assert [path.name for path in miniature.iterdir() if path.name.startswith(".site")] == []


def test_a_warning_of_the_engine_stops_the_build(miniature: Path) -> None:
    page = miniature / "docs/en/index.md"
    page.write_text(page.read_text("utf-8") + "\n[x](missing.md)\n", "utf-8")
    with pytest.raises(BuildError, match=r"missing\.md"):
        build(load_miniature(miniature), miniature / "site", quiet)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("site_name: a: b\n", "mkdocs.yml cannot be read"),
        ("- a list\n", "must hold keys"),
        ("extra: words\n", "must hold keys"),
        ("extra: {repository: 'git@forge.example:x/y'}\n", "must begin with https://"),
    ],
)
def test_a_broken_configuration_is_told_in_a_sentence(miniature: Path, text: str, words: str) -> None:
    (miniature / "mkdocs.yml").write_text(text, "utf-8")
    command = [sys.executable, str(PROJECT / "build_roles.py"), "build", "--root", str(miniature)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"SOURCE_DATE_EPOCH": "1780272000"})
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupted_build_leaves_the_former_site_whole(tmp_path: Path) -> None:
    final = tmp_path / "site"
    final.mkdir()
    (final / "index.html").write_text("former")
    with pytest.raises(KeyboardInterrupt), new_site(final) as building:
        (building / "index.html").write_text("half")
        raise KeyboardInterrupt
    assert (final / "index.html").read_text() == "former"
    assert list(tmp_path.iterdir()) == [final]


def test_mkdocs_alone_renders_first(tmp_path: Path) -> None:
    root = tmp_path / "base"
    copy_miniature(root)
    for name in ("mkdocs.yml", "build_roles.py"):
        shutil.copy(PROJECT / name, root)
    (root / "mkdocs.yml").write_text(
        (root / "mkdocs.yml").read_text("utf-8").replace("  - glossary.md\n  - contribute/index.md\n", ""), "utf-8"
    )
    for name in ("overrides", "rolebook"):
        (root / name).symlink_to(PROJECT / name)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1780272000", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    page = html(root / "site", "ar/roles/adviser/index.html")
    assert page.css_first("html").attributes["dir"] == "rtl"
    assert page.css_first("h1")


def test_mkdocs_alone_stops_at_an_error_with_the_findings(tmp_path: Path) -> None:
    root = copy_miniature(tmp_path / "base")
    for name in ("mkdocs.yml", "build_roles.py"):
        shutil.copy(PROJECT / name, root)
    for name in ("overrides", "rolebook"):
        (root / name).symlink_to(PROJECT / name)
    (root / "roles/care/lead.yml").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=root, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "There is no role called 'lead'" in done.stdout + done.stderr
    assert not (root / "site").exists()

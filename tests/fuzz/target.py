"""One case: a copy of the miniature with some files changed is loaded, and rendered where nothing is wrong in it."""

import csv
import io
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml
from selectolax.lexbor import LexborHTMLParser

from rolebook.catalog import salvage_catalog
from rolebook.loading import Loaded
from rolebook.pages import Settings, build_files, open_books
from rolebook.site.configuration import EngineError, read_settings
from tests.fuzz.strategies import MARKER
from tests.kit import copy_miniature, load_miniature
from tests.rendered import render_all

SLOW = ("ui.po", "form.po")
"""Translations of the program's own words: left out, because reading them takes longer than all the rest."""


def make_base(target: Path) -> Path:
    """Copy the miniature for changing it over and over, in two of its languages."""
    root = copy_miniature(target)
    (root / "locales/languages.yml").write_text("default: en\nlanguages: [en, uk]\n", "utf-8")
    for name in ("locales/ar", "docs/ar"):
        shutil.rmtree(root / name)
    for name in SLOW:
        for path in root.glob(f"locales/*/{name}"):
            path.unlink()
    (root / "locales/uk/ui.po").write_text(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=n%3;\\n"\n\nmsgctxt "moves.count"\nmsgid "{n} move"\n'
        'msgid_plural "{n} moves"\nmsgstr[0] "{n} a"\nmsgstr[1] "{n} b"\nmsgstr[2] "{n} c"\n',
        "utf-8",
    )
    return root


@contextmanager
def changed_files(root: Path, changes: Mapping[str, bytes]) -> Iterator[None]:
    """Write files, and bring back what was there before."""
    former = {name: (root / name).read_bytes() if (root / name).exists() else None for name in changes}
    for name, content in changes.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    try:
        yield
    finally:
        for name, content in former.items():
            if content is None:
                (root / name).unlink()
            else:
                (root / name).write_bytes(content)


def try_case(root: Path, changes: Mapping[str, bytes]) -> Loaded:
    """Load with some files changed; hold that findings have places, and pages of a sound base nothing active."""
    with changed_files(root, changes):
        loaded = load_miniature(root)
        for finding in loaded.findings:
            assert finding.message
            assert finding.place.line >= 1
            assert finding.place.column >= 1
        if loaded.knowledge.catalog.unread:
            salvage_catalog(root)
        try:
            settings = read_settings(root) if "mkdocs.yml" in changes else Settings(site_url="https://example.org/")
        except EngineError:
            settings = Settings()
        if loaded.is_sound:
            look_at_pages(loaded, settings)
    return loaded


def look_at_pages(loaded: Loaded, settings: Settings) -> None:
    """Render the default language, and look through everything that is made of it."""
    known = loaded.knowledge
    books = open_books(known.catalog, known.messages, settings, known.docs, today=known.today, keywords=known.keywords)
    for name, text in (*render_all(books[:1]).items(), *build_files(books[:1])):
        look_at(name, text)


def look_at(name: str, text: str) -> None:
    """Hold that nothing in a rendered file is active."""
    if name.endswith(".md"):
        _, front, body = text.split("---\n", 2)
        head = yaml.load(front, yaml.CSafeLoader)
        assert not set(f"{head['title']}{head['description']}") & set("<>\"'"), name
        assert "<" not in head.get("jsonld", ""), name
        json.loads(head.get("jsonld", "{}"))
        look_at_html(name, body)
    elif name.endswith((".json", ".webmanifest")):
        json.loads(text)
    elif name.endswith(".csv"):
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), (name, row)
    elif name.endswith(".xml"):
        assert not LexborHTMLParser(text).css("script"), name


def look_at_html(name: str, text: str) -> None:
    """Hold that HTML has no script but data, no handler, no address that runs, and asks nobody."""
    for node in LexborHTMLParser(text).css("*"):
        if node.tag == "script":
            assert node.attributes.get("type") == "application/ld+json", name
            json.loads(node.text())
        assert node.tag not in ("iframe", "object", "embed", "base"), name
        for attribute, value in node.attributes.items():
            assert not attribute.startswith("on"), (name, node.html)
            assert not (attribute in ("src", "srcset", "action", "data") and MARKER in (value or "")), (name, node.html)
            assert not (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:")), (
                name,
                value,
            )

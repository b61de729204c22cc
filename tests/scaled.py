"""A knowledge base of some hundred roles in English, made of the real one, and its site without the theme."""

import re
import shutil
from pathlib import Path

import yaml
from markdown import Markdown

from rolebook.pages import open_books
from rolebook.pages.page import Settings, Texts
from rolebook.pages.search import search_pages
from rolebook.pipeline import load, render
from rolebook.site.search import add_search
from rolebook.site.search_box import search_box
from tests.kit import PROJECT

TRADES = (
    *("Retail", "Travel", "Banking", "Insurance", "Hotel", "Energy", "Telecom", "Health", "Logistics", "Software"),
    *("Housing", "Leisure"),
)
"""Each gives every role once more, with the trade before its title: 312 roles in all."""
_PAGE = """<!doctype html><html lang="en" dir="ltr"><head><title>-</title></head><body><header><nav></nav></header>
<article>{}</article><script type="module" src="/assets/search.js"></script></body></html>"""


def scaled_site(root: Path, trades: tuple[str, ...]) -> Path:
    """Make the knowledge base below a folder, and its site, in which the search is all that works; give the site."""
    for name in ("roles", "docs/en", "locales/en"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("*.po"))
    (root / "locales/languages.yml").write_text("default: en\nlanguages:\n  - en\n", "utf-8")
    roles = [path for path in sorted((root / "roles").glob("*/*.yml")) if path.parent.name != "vocabulary"]
    for trade in trades:
        for path in roles:
            copy = path.with_stem(f"{path.stem}-{trade.lower()}")
            copy.write_text(_in_trade(path.read_text("utf-8"), trade), "utf-8")
    loaded = load(root)
    assert loaded.is_sound, loaded.findings[:3]
    render(loaded, Settings())
    known = loaded.knowledge
    book = open_books(known.catalog, known.messages, Settings(), known.docs, keywords=known.keywords)[0]
    site, box = root / "site", search_box(book)
    reader = Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"])
    for page in search_pages(book):
        name = page.address.strip("/")
        places = (root / f"docs/en/{name}/index.md", root / f"docs/en/{name}.md")
        source = next(path for path in places if path.is_file())
        text = re.sub(r"\A---\n.*?\n---\n", "", source.read_text("utf-8"), flags=re.DOTALL)
        target = site / name / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        html = _PAGE.format(reader.reset().convert(text))
        target.write_text(box.added_to(html, Texts(book, page.address[1:])), "utf-8")
    shutil.copytree(PROJECT / "overrides/assets", site / "assets")
    add_search(site, [book], root / "lemmas.json")
    return site


def _in_trade(text: str, trade: str) -> str:
    """Give a role's file as that of the same role in a trade, whose moves lead to roles of the trade."""
    role = yaml.safe_load(text)
    role["title"] = f"{trade} {role['title'].lower()}"
    role["aliases"] = [f"{trade} {name}" for name in role.get("aliases", [])] or None
    for move in role.get("moves", []):
        move["to"] = f"{move['to']}-{trade.lower()}"
    return yaml.safe_dump({key: value for key, value in role.items() if value}, allow_unicode=True, sort_keys=False)

"""A knowledge base whose every text is an attack, and a watch over the browser in which none may come off."""

import re
from functools import reduce
from pathlib import Path
from typing import Any

import polib
import yaml
from playwright.sync_api import BrowserContext, Page

from rolebook.messages import PLACEHOLDER
from rolebook.schema import Aliases, RichText
from tests.kit import load_miniature

HOST = "canary.example"
BREAKER = f"""'"></title></script><script>canary()</script><img src=//{HOST} onerror=canary()>"""
"""Leaves attributes, titles and scripts, and then runs in two ways; short enough for the shortest text."""
MARKDOWN = "{{7*7}}{% raw %} {: onclick=canary() } *[img]: x --8<-- 'a' `<b onclick=canary()>` &lt;img src=x&gt;"
FORMULA = f'=HYPERLINK("//{HOST}")'
WATCH = """
  window.fired = 0;
  window.canary = window.alert = window.confirm = window.prompt = () => { window.fired += 1; };
"""
_ARMED = """
  host => [...document.querySelectorAll("*")].filter(node =>
    [...node.attributes].some(({name, value}) =>
      name.startsWith("on") && value.includes("canary")
      || ["src", "srcset", "action", "formaction", "data", "poster"].includes(name) && value.includes(host)
      || value.trim().toLowerCase().startsWith("javascript:"))
    || node.tagName === "SCRIPT" && node.type !== "application/ld+json" && node.textContent.includes("canary")
  ).map(node => node.outerHTML.slice(0, 200))
"""


def poison(root: Path) -> None:
    """Put an attack into each text of roles and vocabulary, of translations and of the search."""
    catalog = load_miniature(root).knowledge.catalog
    files: dict[str, Any] = {}
    for entry in catalog.entries():
        data = files.setdefault(entry.file.path, _values(root / entry.file.path))
        for leaf in entry.texts():
            *way, last = leaf.location
            reduce(lambda inner, key: inner[key], way, data)[last] = _attack_for(leaf.value)
    for product in files["roles/vocabulary/products.yml"]["products"]:
        product |= {"name": BREAKER, "aliases": [BREAKER, FORMULA]}
    for name, data in files.items():
        (root / name).write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), "utf-8")
    for path in (root / "locales").rglob("*.po"):
        _poison_translations(path)
    words = {"pages": [{"page": "/roles/adviser/", "words": f"{BREAKER} canary"}]}
    (root / "locales/uk/search.yml").write_text(yaml.safe_dump(words), "utf-8")


def _values(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: S506 - makes texts alone


def _attack_for(text: str) -> str | list[str]:
    if isinstance(text, Aliases):
        return [BREAKER, FORMULA]
    return f"{FORMULA} {BREAKER} {MARKDOWN}" if isinstance(text, RichText) else BREAKER


def _poison_translations(path: Path) -> None:
    file = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
    for entry in file:
        attack = f"{BREAKER} {' '.join(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))}".strip()
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, attack)
        else:
            entry.msgstr = attack
    file.save(str(path))


def take_policy_out(site: Path) -> None:
    """Take away what would stop an attack that came through."""
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        path.write_text(re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", html), "utf-8")


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Open a page in which attacks are counted; give it with what was asked of the attackers' host."""
    context.add_init_script(WATCH)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url) if HOST in request.url.split("?")[0] else None)
    return page, asked


def came_off(page: Page) -> list[str]:
    """Give what came off in a page, and what only waits for a hand that moves."""
    return [*page.evaluate(_ARMED, HOST), *(["fired"] * page.evaluate("window.fired"))]

"""Write what phones and computers need to keep the site among their programs: one web app manifest a language."""

import json
from collections.abc import Mapping
from functools import partial

from rolebook.pages.page import Book, Plan, Texts

NAME = "manifest.webmanifest"
_ICONS = (
    {"src": "favicon.svg", "sizes": "any", "type": "image/svg+xml"},
    {"src": "icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "icon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
)


def plan_manifest(book: Book) -> Plan:
    """Give how the manifest of one language is made."""
    return {(f"{book.language.code}/{NAME}",): partial(_manifest, book)}


def _manifest(book: Book) -> tuple[str, ...]:
    """Make the manifest; its addresses hold wherever the site stands."""
    texts, language = Texts(book, ""), book.language
    name = texts.ui_bare("site.name")
    root = "" if language.code == book.catalog.default_language.code else "../"
    manifest = {
        "name": name,
        "short_name": name,
        "description": texts.ui_bare("site.summary"),
        "lang": language.code,
        "dir": language.direction,
        "start_url": "./",
        "scope": root or "./",
        "display": "minimal-ui",
        **_colours(book.settings.colours),
        "icons": [{**icon, "src": f"{root}assets/{icon['src']}"} for icon in _ICONS],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n",)


def _colours(colours: Mapping[str, str]) -> dict[str, str]:
    """Give the colours of the browser's bar and of the page while it loads, as far as the configuration names them."""
    meant = {"theme_color": colours.get("light"), "background_color": colours.get("page")}
    return {key: colour for key, colour in meant.items() if colour}

"""What the engine leaves to be done on built pages, one after the other; and 404.html and sitemap.xml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from rolebook.languages import Language

_HTML_TAG = re.compile(r"<html\b[^>]*>")
_RELATIVE = re.compile(r'\b(href|src)="(\.\.?(?:/[^"]*)?)"')
_CANONICAL = re.compile(r'\s*<link rel="canonical"[^>]*>')
_SHARED = re.compile(r'\s*<meta (?:property="og:|name="twitter:)[^>]*>')
_BASE = re.compile(r'("base": )"[^"]*"')
_SCOPE = re.compile(r'(__md_scope=new URL\()"[^"]*"')
_WORKER = re.compile(r'("search": )"\.\./([^"]*)"')
NO_INDEX = '<meta name="robots" content="noindex">'
NOT_FOUND = "not-found"
NOT_FOUND_FILE = "404.html"


def set_language(html: str, language: Language) -> str:
    """Write lang and dir on the html element, where the theme leaves dir out."""
    tag = f'<html lang="{language.code}" dir="{language.direction}" class="no-js">'
    return _HTML_TAG.sub(tag, html, count=1)


def at_any_depth(html: str, base: str) -> str:
    """Make a page for any address of the one made for not-found/: its links begin with the site's own path."""
    address = f"{base.rstrip('/')}/{NOT_FOUND}/"
    html = _RELATIVE.sub(lambda match: f'{match.group(1)}="{urljoin(address, match.group(2))}"', html)
    html = html.replace(f'"{address}"', f'"{base}"')  # the language switch leads to the page itself
    html = _SHARED.sub("", _CANONICAL.sub(f"\n      {NO_INDEX}", html))
    html = _BASE.sub(lambda match: f'{match.group(1)}"{base.rstrip("/") or "/"}"', html)
    html = _WORKER.sub(lambda match: f'{match.group(1)}"{base.rstrip("/")}/{match.group(2)}"', html)
    return _SCOPE.sub(lambda match: f'{match.group(1)}"{base}"', html)  # where the reader's choice of colours is kept


def write_sitemap(site: Path, trees: Mapping[str, Iterable[str]], default: Language, site_url: str) -> None:
    """List addresses, which are given by language from the root of its tree, with those of the other languages.

    The default language's address is also x-default.
    """
    pages: dict[str, dict[str, str]] = {}
    for code, addresses in trees.items():
        folder = "" if code == default.code else f"{code}/"
        for address in addresses:
            pages.setdefault(address, {})[code] = urljoin(site_url, f"{folder}{address[1:]}")
    body = "".join(_urls((pages[address] for address in sorted(pages)), default))
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n",
        "utf-8",
    )


def _urls(pages: Iterable[dict[str, str]], default: Language) -> Iterator[str]:
    for addresses in pages:
        alternates = dict(addresses)
        if default.code in addresses:
            alternates["x-default"] = addresses[default.code]
        links = "".join(
            f'    <xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>\n'
            for code, url in alternates.items()
        )
        for url in addresses.values():
            yield f"  <url>\n    <loc>{escape(url)}</loc>\n{links}  </url>\n"

"""What the engine leaves to be done on the built pages, one after the other; and 404.html and sitemap.xml."""

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from rolebook.languages import Language
from rolebook.site.pictures import add_sizes
from rolebook.site.policy import add_policy, trusted_scripts, write_headers
from rolebook.site.theme import mend_theme

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
Mender = Callable[[str, Language, str], str]


def _as_it_is(html: str, _language: Language, _address: str) -> str:
    return html


def finish_site(
    site: Path, languages: tuple[Language, ...], default: Language, site_url: str, mend: Mender = _as_it_is
) -> None:
    """Finish a built site in place; `mend` gives each page's HTML anew from itself, its language and its address.

    Pages that ask not to be found, as those do that lead on, are left as they are and stay out of the sitemap.
    """
    _make_404(site, urlsplit(site_url).path or "/")
    trusted = trusted_scripts((site / NOT_FOUND_FILE).read_text("utf-8"))
    hidden = set()
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        inside = page.relative_to(site)
        language = language_of(inside, languages, default)
        html = set_language(page.read_text("utf-8"), language)
        if NO_INDEX in html:
            hidden.add(page)
        else:
            html = add_sizes(mend(html, language, _address(inside.as_posix(), language, default)), page.parent)
        page.write_text(add_policy(mend_theme(html), trusted), "utf-8")
    write_headers(site)
    _make_sitemap(site, hidden, languages, default, site_url)


def language_of(page: Path, languages: tuple[Language, ...], default: Language) -> Language:
    """Tell a page's language from its path below the site."""
    first = page.parts[0]
    return next((language for language in languages if language.code == first), default)


def set_language(html: str, language: Language) -> str:
    """Write lang and dir on the html element, where the theme leaves dir out."""
    tag = f'<html lang="{language.code}" dir="{language.direction}" class="no-js">'
    return _HTML_TAG.sub(tag, html, count=1)


def _address(path: str, language: Language, default: Language) -> str:
    """Give a page's address in its language's tree, written from the root of the tree."""
    own = path if language.code == default.code else path.removeprefix(f"{language.code}/")
    return f"/{own.removesuffix('index.html')}"


def _make_404(site: Path, base: str) -> None:
    """Turn the page made for it into 404.html, which is served at any depth, so that its links begin with /."""
    source = site / NOT_FOUND / "index.html"
    html = source.read_text("utf-8")
    address = f"{base.rstrip('/')}/{NOT_FOUND}/"
    html = _RELATIVE.sub(lambda match: f'{match.group(1)}="{urljoin(address, match.group(2))}"', html)
    html = html.replace(f'"{address}"', f'"{base}"')  # the language switch leads to the page itself
    html = _SHARED.sub("", _CANONICAL.sub(f"\n      {NO_INDEX}", html))
    html = _BASE.sub(lambda match: f'{match.group(1)}"{base.rstrip("/") or "/"}"', html)
    html = _WORKER.sub(lambda match: f'{match.group(1)}"{base.rstrip("/")}/{match.group(2)}"', html)
    html = _SCOPE.sub(lambda match: f'{match.group(1)}"{base}"', html)  # where the reader's choice of colours is kept
    (site / NOT_FOUND_FILE).write_text(html, "utf-8")
    shutil.rmtree(site / NOT_FOUND)


def _make_sitemap(
    site: Path, hidden: Collection[Path], languages: tuple[Language, ...], default: Language, site_url: str
) -> None:
    """List every page but the hidden with its addresses in all languages; the default language's is also x-default."""
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    found = set(site.rglob("index.html")).difference(hidden)
    pages = sorted(page.parent.relative_to(site).as_posix() for page in found)
    trees: dict[str, dict[str, str]] = {}
    for page in pages:
        language = language_of(Path(page) / "index.html", languages, default)
        path = "" if page == "." else f"{page}/"
        own = path if language.code == default.code else path.removeprefix(f"{language.code}/")
        trees.setdefault(own, {})[language.code] = urljoin(site_url, path)
    body = "".join(_urls(trees.values(), default))
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n",
        "utf-8",
    )


def _urls(trees: Iterable[dict[str, str]], default: Language) -> Iterator[str]:
    for addresses in trees:
        alternates = dict(addresses)
        if default.code in addresses:
            alternates["x-default"] = addresses[default.code]
        links = "".join(
            f'    <xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>\n'
            for code, url in alternates.items()
        )
        for url in addresses.values():
            yield f"  <url>\n    <loc>{escape(url)}</loc>\n{links}  </url>\n"

"""What the engine leaves to be done on built pages, one after the other; and 404.html."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

from rolebook.addresses import source_of
from rolebook.languages import Language
from rolebook.memory import recall
from rolebook.pages.page import Book, Texts
from rolebook.site.engine import Engine
from rolebook.site.links import base_of
from rolebook.site.pictures import add_sizes
from rolebook.site.policy import add_policy, trusted_scripts
from rolebook.site.search_box import SearchBox, search_box
from rolebook.site.suggest import add_suggestions
from rolebook.site.theme import mend_theme

_HTML_TAG = re.compile(r"<html\b[^>]*>")
_RELATIVE = re.compile(r'\b(href|src)="(\.\.?(?:/[^"]*)?)"')
_CANONICAL = re.compile(r'\s*<link rel="canonical"[^>]*>')
_SHARED = re.compile(r'\s*<meta (?:property="og:|name="twitter:)[^>]*>')
_BASE = re.compile(r'("base": )"[^"]*"')
_SCOPE = re.compile(r'(__md_scope=new URL\()"[^"]*"')
_WORKER = re.compile(r'("search": )"\.\./([^"]*)"')
NO_INDEX = '<meta name="robots" content="noindex">'
NOT_FOUND_FILE = "404.html"
"""What hosts show where there is no page; the engine builds it as another one."""
NOT_FOUND_BUILT = "not-found/index.html"


@dataclass(frozen=True)
class Finisher:
    """Finishes the pages of a language that the engine built."""

    book: Book
    site: Path
    engine: Engine

    def finish(self, path: str, html: str) -> str:
        """Finish a page that was built for a path below the site.

        One that leads on, and is not to be found, gets no more than it needs.
        """
        html = set_language(html, self.book.language)
        if path == NOT_FOUND_BUILT:
            html = at_any_depth(html, self.base)
        elif NO_INDEX not in html:
            html = add_sizes(self._mended(html, path), (self.site / path).parent)
        return add_policy(mend_theme(html), self._trusted)

    def _mended(self, html: str, path: str) -> str:
        """Give a page with the search, and with links for suggestions where a repository is named."""
        texts = Texts(self.book, self.address(path)[1:])
        html = self._box.added_to(html, texts)
        return add_suggestions(html, texts, self.source(path)) if self.book.settings.repo_url else html

    def source(self, path: str) -> str:
        """Name the file a page comes from."""
        book = self.book
        return source_of(book.catalog, book.docs, book.language.code, self.address(path))

    def address(self, path: str) -> str:
        """Give a page's address in its language's tree, from the root of the tree."""
        is_root = self.book.language.code == self.book.catalog.default_language.code
        own = path if is_root else path.removeprefix(f"{self.book.language.code}/")
        return f"/{own.removesuffix('index.html')}"

    @cached_property
    def base(self) -> str:
        """Give the path of the site at its host."""
        return base_of(self.engine.site_url)

    @cached_property
    def _box(self) -> SearchBox:
        return search_box(self.book)

    @cached_property
    def _trusted(self) -> frozenset[str]:
        return recall((trusted_scripts, self.engine.made_of), lambda: trusted_scripts(self.engine.empty_page()))


def set_language(html: str, language: Language) -> str:
    """Write lang and dir on the html element, where the theme leaves dir out."""
    tag = f'<html lang="{language.code}" dir="{language.direction}" class="no-js">'
    return _HTML_TAG.sub(tag, html, count=1)


def at_any_depth(html: str, base: str) -> str:
    """Make a page for any address of the one made for not-found/: its links begin with the site's own path."""
    address = f"{base.rstrip('/')}/{NOT_FOUND_BUILT.removesuffix('index.html')}"
    html = _RELATIVE.sub(lambda match: f'{match.group(1)}="{urljoin(address, match.group(2))}"', html)
    html = html.replace(f'"{address}"', f'"{base}"')  # the language switch leads to the page itself
    html = _SHARED.sub("", _CANONICAL.sub(f"\n      {NO_INDEX}", html))
    html = _BASE.sub(lambda match: f'{match.group(1)}"{base.rstrip("/") or "/"}"', html)
    html = _WORKER.sub(lambda match: f'{match.group(1)}"{base.rstrip("/")}/{match.group(2)}"', html)
    return _SCOPE.sub(lambda match: f'{match.group(1)}"{base}"', html)  # where the reader's choice of colours is kept

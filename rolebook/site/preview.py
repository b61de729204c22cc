"""The site as it would be built now: each page is made when it is asked for, of what was loaded."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from rolebook.languages import Language
from rolebook.pages import Book, plan_files, plan_pages
from rolebook.pages.page import Page
from rolebook.render import render_page
from rolebook.site.configuration import open_configuration, own_theme
from rolebook.site.engine import Engine, Rendered, complaints_stop
from rolebook.site.finish import NOT_FOUND_BUILT, NOT_FOUND_FILE, Finisher

_PAGE = ".html"


class Preview:
    """What is made of one state of a knowledge base: pages, data files and our style sheets, by path below the site.

    Pictures are copied into the site's folder; what is made of all pages together, such as the search, is none of it.
    """

    def __init__(self, books: tuple[Book, ...], site: Path, site_url: str) -> None:
        rendered = {path: partial(_render, make) for book in books for path, make in plan_pages(book).items()}
        self._trees = {book.language.code: _PreviewTree(book, rendered, site, site_url) for book in books}
        self._default = self._trees[books[0].catalog.default_language.code]
        self._lock = threading.Lock()  # a browser asks for several at once, and the engine makes one at a time

    def find(self, path: str) -> bytes | None:
        """Give a file; None where there is no such. Raise EngineError where it cannot be built."""
        tree = self._trees.get(path.partition("/")[0]) or self._default
        with self._lock, complaints_stop():
            if path.endswith(_PAGE):
                return tree.page(path)
            return tree.file(path) or self._asset(path)

    def _asset(self, path: str) -> bytes | None:
        asset = (self._theme / path).resolve()
        return asset.read_bytes() if asset.is_relative_to(self._theme) and asset.is_file() else None

    @cached_property
    def _theme(self) -> Path:
        return own_theme(self._default.configuration())


def _render(make: Callable[[], Page]) -> str:
    return render_page(make())


@dataclass(frozen=True)
class _PreviewTree:
    """One language's part of a preview; its engine is set up when it is asked for first."""

    book: Book
    rendered: Rendered
    site: Path
    site_url: str

    def page(self, path: str) -> bytes | None:
        """Give a page by its path below the site; None where there is no such."""
        engine = self._finisher.engine
        source = engine.find(NOT_FOUND_BUILT if path == NOT_FOUND_FILE else path)
        return self._finisher.finish(source.path, engine.build(source)).encode() if source else None

    def file(self, path: str) -> bytes | None:
        """Give a data file by its path below the site; None where there is no such."""
        at, make = self._files.get(path, (0, None))
        return make()[at].encode() if make else None

    def configuration(self) -> MkDocsConfig:
        """Give MkDocs' configuration for building into the site's folder."""
        book = self.book
        return open_configuration(book.catalog.root, book.catalog, book.messages, self.site, self.site_url)

    @cached_property
    def _finisher(self) -> Finisher:
        pages = {*self.book.docs.paths, *self.rendered}
        engine = Engine(self.configuration(), self.book.language, self._default, pages, self.rendered)
        engine.copy_files()
        return Finisher(self.book, self.site, engine)

    @cached_property
    def _files(self) -> Mapping[str, tuple[int, Callable[[], tuple[str, ...]]]]:
        """Give for each path what makes its file, and which of those it makes this is."""
        own = f"{self._default.code}/"
        planned = plan_files(self.book).items()
        return {path.removeprefix(own): (at, make) for paths, make in planned for at, path in enumerate(paths)}

    @property
    def _default(self) -> Language:
        return self.book.catalog.default_language

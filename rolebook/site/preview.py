"""The site as it would be built now: each page is made when it is asked for, of what was loaded."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from rolebook.addresses import is_generated
from rolebook.languages import Language
from rolebook.pages import Book, build_files, plan_pages
from rolebook.pages.page import Page
from rolebook.render import render_page
from rolebook.site.configuration import open_configuration
from rolebook.site.engine import Engine, Rendered, complaints_stop
from rolebook.site.finish import NOT_FOUND_BUILT, NOT_FOUND_FILE, Finisher

_TEMPLATE = ".html"


class Preview:
    """What is made of one state of a knowledge base: pages, data files and our style sheets, by path below the site.

    Pictures are copied into the site's folder; what is made of all pages together, such as the search, is none of it.
    """

    def __init__(self, books: tuple[Book, ...], site: Path, site_url: str) -> None:
        rendered = {path: partial(_render, make) for book in books for path, make in plan_pages(book).items()}
        self._trees = {book.language.code: _PreviewTree(book, rendered, site, site_url) for book in books}
        self._default = books[0].catalog.default_language.code
        self._lock = threading.Lock()  # a browser asks for several at once, and the engine makes one at a time

    def find(self, path: str) -> bytes | None:
        """Give a file; None where there is no such. Raise EngineError where it cannot be built."""
        with self._lock, complaints_stop():
            tree = self._trees.get(path.partition("/")[0]) or self._trees[self._default]
            return tree.find(path)


def _render(make: Callable[[], Page]) -> str:
    return render_page(make())


@dataclass(frozen=True)
class _PreviewTree:
    """One language's part of a preview; its engine is set up when it is asked for first."""

    book: Book
    rendered: Rendered
    site: Path
    site_url: str

    def find(self, path: str) -> bytes | None:
        engine = self._finisher.engine
        if source := engine.find(NOT_FOUND_BUILT if path == NOT_FOUND_FILE else path):
            return self._finisher.finish(source.path, engine.build(source)).encode()
        asset = (engine.theme / path).resolve()
        if asset.is_relative_to(engine.theme) and asset.is_file() and asset.suffix != _TEMPLATE:
            return asset.read_bytes()
        own = path.removeprefix(f"{self.book.language.code}/")
        if is_generated(f"{self.book.language.code}/{own}") and path in self._files:  # all are made for the first
            return self._files[path].encode()
        return None

    @cached_property
    def _finisher(self) -> Finisher:
        book = self.book
        config = open_configuration(book.catalog.root, book.catalog, book.messages, self.site, self.site_url)
        engine = Engine(config, book.language, self._default, self.rendered)
        engine.copy_files()
        return Finisher(book, self.site, engine)

    @cached_property
    def _files(self) -> Mapping[str, str]:
        own = f"{self._default.code}/"
        return {path.removeprefix(own): text for path, text in build_files([self.book])}

    @property
    def _default(self) -> Language:
        return self.book.catalog.default_language

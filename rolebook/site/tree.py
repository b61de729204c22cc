"""Make the tree of one language: every page built, finished, its links and words read, and its search."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from selectolax.lexbor import LexborHTMLParser

from rolebook.catalog import Catalog
from rolebook.kept_files import CACHE
from rolebook.languages import Language
from rolebook.messages import Messages
from rolebook.pages.page import Book
from rolebook.program import digest, fingerprint
from rolebook.site.configuration import open_configuration
from rolebook.site.engine import Engine, Source, compile_templates, complaints_stop, copy_shared_files
from rolebook.site.finish import NO_INDEX, NOT_FOUND_BUILT, NOT_FOUND_FILE, Finisher
from rolebook.site.kept_pages import KeptPages, MadePage
from rolebook.site.links import Links, Settled, read_links
from rolebook.site.policy import write_headers
from rolebook.site.said import pack, read_said
from rolebook.site.search import FOLDER, Searchable, SearchIndex, join_indexes, make_index
from rolebook.site.sitemap import write_sitemap


@dataclass(frozen=True, slots=True)
class Tree:
    """What is to be known of a language's tree when it is made."""

    code: str
    listed: tuple[str, ...]
    """The addresses of its pages for the sitemap, from the root of the tree."""
    links: Settled
    index: Path
    """Where its search stands until those of all languages are joined."""
    site_url: str
    searchable: Searchable | None
    """What its search is still to be made of."""


@dataclass(frozen=True, slots=True)
class TreeMaker:
    """Makes the trees of a site, each by itself."""

    catalog: Catalog
    messages: Messages
    site: Path
    former: Path
    """The site that was made before, if any."""
    pages: frozenset[str] = frozenset()
    """Those of all languages, by their paths below docs/."""
    site_url: str = ""
    """Where the site will stand, where that is not what mkdocs.yml says."""

    def begin(self) -> None:
        """Copy and compile what the pages of all languages need; raise EngineError where that fails."""
        with complaints_stop():
            configuration = self._configuration()
            copy_shared_files(configuration)
            compile_templates(configuration)
        write_headers(self.site)

    def _configuration(self) -> MkDocsConfig:
        return open_configuration(self.catalog.root, self.catalog, self.messages, self.site, self.site_url)

    def make(self, book: Book) -> Tree:
        """Make the tree of a language; raise EngineError or SearchError where that fails."""
        with complaints_stop():
            return self._make(book)

    def _make(self, book: Book) -> Tree:
        root, code = self.catalog.root, book.language.code
        engine = Engine(self._configuration(), book.language, self.catalog.default_language, self.pages)
        engine.copy_files()
        finisher = Finisher(book, self.site, engine)
        index = self.site / f".{FOLDER}-{code}"
        maker = _PageMaker(finisher, SearchIndex(book, index))
        kept = KeptPages(root / CACHE / f"pages.{code}.sqlite", self.former)
        links, listed = Links(), []
        for source in engine.sources():
            page = maker.make_or_find(source, kept)
            kept.place(page, self.site)
            links.add(page.path, page.links)
            if page.is_listed:
                listed.append(finisher.address(page.path))
            if page.said:
                maker.search.add(finisher.address(page.path), page.said)
        engine.end()
        kept.write()
        searchable = maker.search.take(root / CACHE, self.former)
        return Tree(code, tuple(sorted(listed)), links.settle(), index, engine.site_url, searchable)

    def add_search(self, tree: Tree) -> Tree:
        """Make the search of a tree, where it has none yet; raise SearchError where that fails."""
        if not tree.searchable:
            return tree
        make_index(tree.searchable, self.catalog.root / CACHE, self.former)
        return replace(tree, searchable=None)


@dataclass(frozen=True)
class _PageMaker:
    """Makes the pages of a language: built by the engine, and finished."""

    finisher: Finisher
    search: SearchIndex

    def make_or_find(self, source: Source, kept: KeptPages) -> MadePage:
        """Give a page; one that our templates wrote is taken as it was made before, where nothing of it changed."""
        if not source.is_generated:
            return self._make(source)
        file = self.finisher.source(source.path)
        made_of = digest(self._made_of, source.path, source.text, repr(source.languages), file)
        page = kept.find(_published(source.path), made_of)
        if not page:
            page = self._make(source)
            kept.put(made_of, page)
        return page

    @cached_property
    def _made_of(self) -> bytes:
        """Name what every page is made of: the program, the theme, and the words of the interface."""
        words = (
            self.book.messages.translate(one.key, self.book.language) for one in self.book.messages.of_domain("ui")
        )
        return digest(fingerprint(), self.engine.made_of, repr(self.book.settings), *(word.text for word in words))

    def _make(self, source: Source) -> MadePage:
        html = self.finisher.finish(source.path, self.engine.build(source))
        path, tree = _published(source.path), LexborHTMLParser(html)
        links = read_links(path, tree, self.finisher.base)
        is_listed = path != NOT_FOUND_FILE and NO_INDEX not in html
        searched = self.search.page(self.finisher.address(path)) if is_listed else None
        return MadePage(path, html, links, is_listed, pack(read_said(searched, tree)) if searched else b"")

    @property
    def engine(self) -> Engine:
        """The engine that builds them."""
        return self.finisher.engine

    @property
    def book(self) -> Book:
        """The knowledge base in their language."""
        return self.finisher.book


def _published(path: str) -> str:
    """Give where a page is published that the engine builds for a path."""
    return NOT_FOUND_FILE if path == NOT_FOUND_BUILT else path


def join_trees(site: Path, trees: Iterable[Tree], default: Language) -> None:
    """Make one site of the trees of all languages."""
    made = list(trees)
    join_indexes([tree.index for tree in made], site / FOLDER)
    write_sitemap(site, {tree.code: tree.listed for tree in made}, default, made[0].site_url)

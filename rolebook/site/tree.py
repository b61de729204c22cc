"""Make the tree of one language: every page built, finished, its links and words read, and its search."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from selectolax.lexbor import LexborHTMLParser

from rolebook.addresses import source_of
from rolebook.catalog import Catalog
from rolebook.languages import Language
from rolebook.messages import Messages
from rolebook.pages.page import Book, Texts
from rolebook.site.configuration import open_configuration
from rolebook.site.engine import BuiltPage, Engine, complaints_stop, copy_shared_files
from rolebook.site.finish import NO_INDEX, NOT_FOUND, NOT_FOUND_FILE, at_any_depth, set_language, write_sitemap
from rolebook.site.links import Links, Settled
from rolebook.site.pictures import add_sizes
from rolebook.site.policy import add_policy, trusted_scripts, write_headers
from rolebook.site.search import FOLDER, SearchIndex, join_indexes
from rolebook.site.search_box import SearchBox, search_box
from rolebook.site.suggest import add_suggestions
from rolebook.site.theme import mend_theme

_NOT_FOUND_PAGE = f"{NOT_FOUND}/index.html"


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


@dataclass(frozen=True, slots=True)
class TreeMaker:
    """Makes the trees of a site, each by itself."""

    catalog: Catalog
    messages: Messages
    site: Path
    site_url: str = ""
    """Where the site will stand, where that is not what mkdocs.yml says."""

    def begin(self) -> None:
        """Copy what the pages of all languages need; raise EngineError where that fails."""
        with complaints_stop():
            copy_shared_files(self._configuration())

    def _configuration(self) -> MkDocsConfig:
        return open_configuration(self.catalog.root, self.catalog, self.messages, self.site, self.site_url)

    def make(self, book: Book) -> Tree:
        """Make the tree of a language; raise EngineError or SearchError where that fails."""
        with complaints_stop():
            return self._make(book)

    def _make(self, book: Book) -> Tree:
        root, language = self.catalog.root, book.language
        engine = Engine(self._configuration(), language, self.catalog.default_language)
        engine.copy_files()
        base = urlsplit(engine.site_url).path or "/"
        finisher = _Finisher(book, self.site, base, search_box(book), trusted_scripts(engine.empty_page()))
        links, search, listed = Links(engine.site_url), SearchIndex(book), []
        for built in engine.pages():
            page = finisher.finish(built)
            _write(self.site / page.path, page.html)
            tree = LexborHTMLParser(page.html)
            links.read(page.path, tree)
            if page.path != NOT_FOUND_FILE and NO_INDEX not in page.html:
                listed.append(finisher.address(page.path))
                search.read(listed[-1], tree)
        index = self.site / f".{FOLDER}-{language.code}"
        search.write(index, root / ".cache" / f"lemmas.{language.code}.json")
        return Tree(language.code, tuple(sorted(listed)), links.settle(), index, engine.site_url)


@dataclass(frozen=True, slots=True)
class _Finisher:
    """Does to the built pages of a language what the engine left to be done."""

    book: Book
    site: Path
    base: str
    box: SearchBox
    trusted: frozenset[str]

    def finish(self, built: BuiltPage) -> BuiltPage:
        """Give a page as it is published; a page that leads on, and is not to be found, stays as it is."""
        path, html = built.path, set_language(built.html, self.book.language)
        if path == _NOT_FOUND_PAGE:
            path, html = NOT_FOUND_FILE, at_any_depth(html, self.base)
        elif NO_INDEX not in html:
            html = add_sizes(self._mended(html, path), (self.site / path).parent)
        return BuiltPage(path, add_policy(mend_theme(html), self.trusted))

    def address(self, path: str) -> str:
        """Give a page's address in its language's tree, from the root of the tree."""
        book = self.book
        is_root = book.language.code == book.catalog.default_language.code
        own = path if is_root else path.removeprefix(f"{book.language.code}/")
        return f"/{own.removesuffix('index.html')}"

    def _mended(self, html: str, path: str) -> str:
        """Give a page with the search, and with links for suggestions where a repository is named."""
        book, address = self.book, self.address(path)
        texts = Texts(book, address[1:])
        html = self.box.added_to(html, texts)
        if not book.settings.repo_url:
            return html
        return add_suggestions(html, texts, source_of(book.catalog, book.docs, book.language.code, address))


def _write(path: Path, html: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, "utf-8")


def join_trees(site: Path, trees: Iterable[Tree], default: Language) -> None:
    """Make one site of the trees of all languages."""
    made = list(trees)
    join_indexes([tree.index for tree in made], site / FOLDER)
    write_sitemap(site, {tree.code: tree.listed for tree in made}, default, made[0].site_url)
    write_headers(site)
    (site / "sitemap.xml.gz").unlink(missing_ok=True)

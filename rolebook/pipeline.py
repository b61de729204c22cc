"""The way of the data, from files to a site: load everything, check everything, render, write, build.

Each step needs the one before whole; nothing is written while anything is wrong.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from rolebook.addresses import page_digests
from rolebook.catalog import salvage_catalog
from rolebook.comparison import WORK_TREE, Comparison, Revision, Side, compare_sides
from rolebook.day import today
from rolebook.failures import BuildError
from rolebook.files import FOLDERS
from rolebook.form.publish import FormError, put_form
from rolebook.generated import GENERATED
from rolebook.git import Repository, open_repository
from rolebook.history import History, read_history
from rolebook.kept_files import CACHE, KeptFiles
from rolebook.kept_renderings import outline, rendered_files
from rolebook.loading import Loaded, load
from rolebook.pages import Book, Settings, open_books, plan_pages
from rolebook.parallel import side_by_side
from rolebook.site.configuration import read_settings
from rolebook.site.links import DeadLink, Settled, dead_links, links_of
from rolebook.site.preview import Preview
from rolebook.site.swap import new_site
from rolebook.site.tree import Tree, TreeMaker, join_trees
from rolebook.worktree import committed_below
from rolebook.write import Written, write_file, write_tree

Progress = Callable[[str], None]
KEPT_HISTORY = CACHE / "history.json"
"""What is kept of comparing former states; it may be deleted at any time."""


def render(loaded: Loaded, settings: Settings) -> Written:
    """Write every generated page below docs/."""
    _need_own_cache(loaded.knowledge.catalog.root)
    return _render(_books(loaded, settings))


def _render(books: tuple[Book, ...]) -> Written:
    of_all = outline(books[0].catalog)
    return sum(side_by_side(lambda book: _write_language(book, of_all), books), Written())


def _write_language(book: Book, of_all: bytes) -> Written:
    root, code = book.catalog.root, book.language.code
    kept = KeptFiles(root / CACHE / f"renderings.{code}.sqlite", root / "docs")
    files = rendered_files(book, of_all, kept)
    written = write_tree(root / "docs", files, [root / "docs" / code / name for name in GENERATED])
    kept.write()
    return written


def _need_own_cache(root: Path) -> None:
    """Raise BuildError where what was kept came with the repository: it would be taken for what a build here made."""
    if came := committed_below(root, CACHE):
        raise BuildError(
            f"{came[0]} stands in the repository, where nobody may put what a build keeps: pages would be taken from "
            f"it unread. Take it out: git rm -r --cached {CACHE}, name it in .gitignore, delete the folder, and ask "
            "how it came there."
        )


def _history(root: Path) -> History:
    """Read the history; keep what it took long to compare, where a folder can be written, for the next time."""
    path = root / KEPT_HISTORY
    try:
        kept = path.read_bytes()
    except OSError:
        kept = b""
    history, to_keep = read_history(root, kept)
    if to_keep:
        with suppress(OSError):
            write_file(path, to_keep.decode())
    return history


def build(loaded: Loaded, final: Path, progress: Progress, site_url: str = "") -> Written:
    """Render, build beside, check every link, and swap the new site in."""
    catalog, messages = loaded.knowledge.catalog, loaded.knowledge.messages
    _need_own_cache(catalog.root)
    progress("Rendering pages and building the site")
    settings = read_settings(catalog.root)
    if site_url:
        settings = replace(settings, site_url=f"{site_url.rstrip('/')}/")
    books = _books(loaded, settings)
    of_all = outline(catalog)
    pages = frozenset(chain(loaded.knowledge.docs.paths, *map(plan_pages, books)))
    with new_site(final) as site:
        maker = TreeMaker(catalog, messages, site, final, pages, site_url)
        maker.begin()

        def make(book: Book) -> tuple[Written, Tree]:
            return _write_language(book, of_all), maker.make(book)

        def add_search(made: tuple[Written, Tree]) -> tuple[Written, Tree]:
            written, tree = made
            return written, maker.add_search(tree)

        made = side_by_side(make, books, add_search)
        trees = [tree for _, tree in made]
        join_trees(site, trees, catalog.default_language)
        settled = [tree.links for tree in trees]
        if settings.form:
            progress("Adding the form")
            settled.append(_put_form(site, books, trees[0].site_url))
        progress("Checking links")
        if dead := dead_links(site, settled):
            raise BuildError(_dead_words(dead))
    return sum((written for written, _ in made), Written())


def open_preview(loaded: Loaded, site: Path, site_url: str) -> Preview:
    """Give the site page by page, without building it; what no page says, such as styles, is put into a folder."""
    catalog, messages = loaded.knowledge.catalog, loaded.knowledge.messages
    settings = replace(read_settings(catalog.root), site_url=site_url)
    if not site.exists():
        TreeMaker(catalog, messages, site, site, site_url=site_url).begin()
    return Preview(_books(loaded, settings), site, site_url)


def _books(loaded: Loaded, settings: Settings) -> tuple[Book, ...]:
    known = loaded.knowledge
    history = _history(known.catalog.root)
    return open_books(
        known.catalog, known.messages, settings, known.docs, history, known.today, known.keywords, loaded.counts
    )


def _put_form(site: Path, books: tuple[Book, ...], site_url: str) -> Settled:
    """Put the form into a site, and give what its pages link to."""
    try:
        return links_of(site, put_form(site, books), site_url)
    except FormError as error:
        raise BuildError(f"{error} Or take extra.form out of mkdocs.yml.") from error


def _dead_words(dead: list[DeadLink]) -> str:
    lines = [f"  {link.page}: {link.target} ({link.reason})" for link in dead[:20]]
    more = [f"  … and {len(dead) - 20} more"] if len(dead) > 20 else []
    return "\n".join(["The site has dead links, so it was not published:", *lines, *more])


_COMPARED_SUFFIXES = (".yml", ".po", ".md")


def compare(root: Path, base: str, head: str | None = None) -> tuple[Comparison, Side, Side]:
    """Compare a revision with another one, or with the work tree, reading two trees and no history.

    Raises GitError where there is no repository or no such revision. Files with mistakes are compared as far as they
    can be read.
    """
    repository, day = open_repository(root), today()
    with TemporaryDirectory(prefix="rolebook-") as folder:
        before = _committed(repository, base, Path(folder) / "base", day)
        after = _side(root, day) if head is None else _committed(repository, head, Path(folder) / "head", day)
    return compare_sides(before, after), before, after


def _committed(repository: Repository, revision: str, folder: Path, day: date) -> Side:
    commit = repository.resolve(revision)
    folder.mkdir()
    left_out = repository.export(commit, FOLDERS, folder, _COMPARED_SUFFIXES)
    return _side(folder, day, Revision(revision, commit), left_out)


def _side(folder: Path, day: date, named: Revision = WORK_TREE, left_out: tuple[str, ...] = ()) -> Side:
    loaded = load(folder, day)
    catalog = loaded.knowledge.catalog
    salvaged = salvage_catalog(folder) if catalog.unread else catalog
    return Side(named, loaded.knowledge, loaded.findings, salvaged, page_digests(catalog), left_out)

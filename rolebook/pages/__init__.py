"""Make every page of the site, in every language, as frozen views that templates only print."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rolebook.addresses import Docs
from rolebook.catalog import Catalog
from rolebook.coverage import cover_all
from rolebook.history import NO_HISTORY, History
from rolebook.keywords import NO_KEYWORDS, Keywords
from rolebook.ladders import Ladders
from rolebook.messages import Messages
from rolebook.pages.a_z import a_z_page
from rolebook.pages.compare import compare_page
from rolebook.pages.data import data_files, data_page
from rolebook.pages.families import family_page
from rolebook.pages.history import changes_page, feed_file, history_page
from rolebook.pages.indexes import level_index, role_index, skill_index, tool_index
from rolebook.pages.manifest import manifest_file
from rolebook.pages.moves import move_page
from rolebook.pages.my_skills import my_skills_page
from rolebook.pages.not_found import not_found_page
from rolebook.pages.onboarding import onboarding_page
from rolebook.pages.page import Book, Page, Settings
from rolebook.pages.paths import paths_page
from rolebook.pages.redirects import redirect_page
from rolebook.pages.role import role_page
from rolebook.pages.translations import translations_page
from rolebook.pages.vocabulary import product_page, skill_page, tool_page
from rolebook.redirections import redirections

__all__ = ["Book", "Page", "Settings", "build_files", "build_pages", "open_books"]


def open_books(
    catalog: Catalog,
    messages: Messages,
    settings: Settings,
    docs: Docs | None = None,
    history: History = NO_HISTORY,
    today: date | None = None,
    keywords: Mapping[str, Keywords] | None = None,
) -> tuple[Book, ...]:
    """Give the knowledge base in each of its languages."""
    ladders, docs, coverage = Ladders(catalog), docs or Docs(), cover_all(catalog, messages)
    typed = keywords or {}
    return tuple(
        Book(
            catalog,
            messages,
            settings,
            language,
            ladders,
            docs,
            coverage,
            history,
            today,
            typed.get(language.code, NO_KEYWORDS),
        )
        for language in catalog.languages
    )


def build_pages(books: Iterable[Book]) -> Iterator[Page]:
    """Make all pages, language by language."""
    for book in books:
        yield from _pages_of(book)


def build_files(books: Iterable[Book]) -> Iterator[tuple[str, str]]:
    """Make all files that are no pages, by path below docs/, language by language."""
    for book in books:
        yield from data_files(book)
        yield from feed_file(book)
        yield from manifest_file(book)


def _pages_of(book: Book) -> Iterator[Page]:
    catalog = book.catalog
    yield role_index(book)
    yield skill_index(book)
    yield tool_index(book)
    yield level_index(book)
    yield paths_page(book)
    yield compare_page(book)
    yield my_skills_page(book)
    yield a_z_page(book)
    yield data_page(book)
    yield translations_page(book)
    yield changes_page(book)
    yield from (family_page(book, family) for family in catalog.families.values())
    yield from (move_page(book, step) for step in book.ladders.steps)
    for role in catalog.roles.values():
        yield role_page(book, role)
        if role.model.onboarding:
            yield onboarding_page(book, role)
        if book.history.of_role(role.id):
            yield history_page(book, role)
    yield from (skill_page(book, skill) for skill in catalog.skills.values())
    yield from (tool_page(book, tool) for tool in catalog.tools.values())
    yield from (product_page(book, product) for product in catalog.products.values())
    yield from (redirect_page(book, redirection) for redirection in redirections(catalog))
    if book.language.code == catalog.default_language.code:
        yield not_found_page(book)

"""Make every page of the site, in every language, as frozen views that templates only print."""

from collections.abc import Iterator

from rolebook.catalog import Catalog
from rolebook.messages import Messages
from rolebook.pages.indexes import level_index, role_index, skill_index, tool_index
from rolebook.pages.not_found import not_found_page
from rolebook.pages.onboarding import onboarding_page
from rolebook.pages.page import Book, Page, Settings
from rolebook.pages.role import role_page
from rolebook.pages.vocabulary import skill_page, tool_page

__all__ = ["Page", "Settings", "build_pages"]


def build_pages(catalog: Catalog, messages: Messages, settings: Settings) -> Iterator[Page]:
    """Make all pages, language by language."""
    for language in catalog.languages:
        yield from _pages_of(Book(catalog, messages, settings, language))


def _pages_of(book: Book) -> Iterator[Page]:
    catalog = book.catalog
    yield role_index(book)
    yield skill_index(book)
    yield tool_index(book)
    yield level_index(book)
    for role in catalog.roles.values():
        yield role_page(book, role)
        if role.model.onboarding:
            yield onboarding_page(book, role)
    yield from (skill_page(book, skill) for skill in catalog.skills.values())
    yield from (tool_page(book, tool) for tool in catalog.tools.values())
    if book.language.code == catalog.default_language.code:
        yield not_found_page(book)

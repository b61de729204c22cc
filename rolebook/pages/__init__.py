"""Make every page of the site, in every language, as frozen views that templates only print."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import TypeAlias

from rolebook.addresses import Docs, move_address
from rolebook.catalog import Catalog
from rolebook.coverage import Counts, cover_all
from rolebook.history import NO_HISTORY, History
from rolebook.keywords import NO_KEYWORDS, Keywords
from rolebook.ladders import Ladders
from rolebook.messages import Messages
from rolebook.pages.a_z import a_z_page
from rolebook.pages.compare import compare_page
from rolebook.pages.data import data_page, plan_data
from rolebook.pages.families import family_page
from rolebook.pages.history import changes_page, history_page, plan_feed
from rolebook.pages.indexes import level_index, role_index, skill_index, tool_index
from rolebook.pages.manifest import plan_manifest
from rolebook.pages.moves import move_page
from rolebook.pages.my_skills import my_skills_page
from rolebook.pages.not_found import not_found_page
from rolebook.pages.onboarding import onboarding_page
from rolebook.pages.page import Book, Page, Plan, Settings
from rolebook.pages.paths import paths_page
from rolebook.pages.redirects import redirect_page
from rolebook.pages.role import role_page
from rolebook.pages.translations import translations_page
from rolebook.pages.vocabulary import product_page, skill_page, tool_page
from rolebook.redirections import redirections

__all__ = ["Book", "Page", "Plan", "Settings", "build_files", "open_books", "plan_files", "plan_pages"]

Make: TypeAlias = Callable[[], Page]
_LISTS: Mapping[str, Callable[[Book], Page]] = {
    "/roles/": role_index,
    "/skills/": skill_index,
    "/tools/": tool_index,
    "/levels/": level_index,
    "/paths/": paths_page,
    "/compare/": compare_page,
    "/my-skills/": my_skills_page,
    "/a-z/": a_z_page,
    "/data/": data_page,
    "/translations/": translations_page,
    "/changes/": changes_page,
}
"""The pages that every knowledge base has, by their address."""


def open_books(
    catalog: Catalog,
    messages: Messages,
    settings: Settings,
    docs: Docs | None = None,
    history: History = NO_HISTORY,
    today: date | None = None,
    keywords: Mapping[str, Keywords] | None = None,
    counts: Counts | None = None,
) -> tuple[Book, ...]:
    """Give the knowledge base in each of its languages; texts are counted unless they were before."""
    ladders, docs = Ladders(catalog), docs or Docs()
    counts = counts or {one.language.code: one.counts for one in cover_all(catalog, messages)}
    typed = keywords or {}
    return tuple(
        Book(
            catalog,
            messages,
            settings,
            language,
            ladders,
            docs,
            counts,
            history,
            today,
            typed.get(language.code, NO_KEYWORDS),
        )
        for language in catalog.languages
    )


def plan_pages(book: Book) -> dict[str, Make]:
    """Give how each page of a language is made, by its path below docs/."""
    return {f"{book.language.code}{address}index.md": make for address, make in _by_address(book).items()}


def _by_address(book: Book) -> dict[str, Make]:
    catalog = book.catalog
    planned: dict[str, Make] = {address: partial(make, book) for address, make in _LISTS.items()}
    for family in catalog.families.values():
        planned[f"/families/{family.id}/"] = partial(family_page, book, family)
    for step in book.ladders.steps:
        planned[move_address(step)] = partial(move_page, book, step)
    for role in catalog.roles.values():
        planned[f"/roles/{role.id}/"] = partial(role_page, book, role)
        if role.model.onboarding:
            planned[f"/roles/{role.id}/onboarding/"] = partial(onboarding_page, book, role)
        if book.history.of_role(role.id):
            planned[f"/roles/{role.id}/history/"] = partial(history_page, book, role)
    for skill in catalog.skills.values():
        planned[f"/skills/{skill.id}/"] = partial(skill_page, book, skill)
    for tool in catalog.tools.values():
        planned[f"/tools/{tool.id}/"] = partial(tool_page, book, tool)
    for product in catalog.products.values():
        planned[f"/tools/{product.id}/"] = partial(product_page, book, product)
    for redirection in redirections(catalog):
        planned[redirection.former] = partial(redirect_page, book, redirection)
    if book.language.code == catalog.default_language.code:
        planned["/not-found/"] = partial(not_found_page, book)
    return planned


def plan_files(book: Book) -> Plan:
    """Give how all files of a language that are no pages are made."""
    return plan_data(book) | plan_feed(book) | plan_manifest(book)


def build_files(books: Iterable[Book]) -> Iterator[tuple[str, str]]:
    """Make all files that are no pages, by path below docs/, language by language."""
    for book in books:
        for paths, make in plan_files(book).items():
            yield from zip(paths, make(), strict=True)

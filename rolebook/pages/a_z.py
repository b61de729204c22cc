"""The list of everything from A to Z, for those who would rather look than search, or have no script."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import family_link, product_link, role_link, skill_link, tool_link
from rolebook.schema import Role, Skill, Tool


@dataclass(frozen=True, slots=True)
class NameView:
    """A name in the list, with what bears it; `other` is a name beside the title."""

    name: str
    link: Link
    kind: Markup
    other: Markup | None


@dataclass(frozen=True, slots=True)
class LetterView:
    """The names that begin with a letter, or in Chinese with a number of strokes."""

    id: str
    letter: str
    names: tuple[NameView, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything the page prints."""

    title: Markup
    intro: Markup
    letters: tuple[LetterView, ...]


def a_z_page(book: Book) -> Page:
    """List every title and every other name in the language's order."""
    texts = Texts(book, "a-z/")
    groups = texts.language.index(_names(texts), key=lambda one: one.name)
    letters = tuple(LetterView(f"letter-{at}", letter, tuple(names)) for at, (letter, names) in enumerate(groups, 1))
    return make_page(
        book,
        texts,
        template="a-z.md.j2",
        title=texts.ui_bare("a-z.title"),
        description=texts.ui_bare("a-z.intro"),
        view=ListView(texts.ui("a-z.title"), texts.ui("a-z.intro"), letters),
    )


def _names(texts: Texts) -> Iterator[NameView]:
    catalog = texts.book.catalog
    for family in catalog.families.values():
        yield NameView(texts.bare(family, "title"), family_link(texts, family.id), texts.ui("search.kind.family"), None)
    for role in catalog.roles.values():
        yield from _titled(texts, role, role_link(texts, role), "role")
    for skill in catalog.skills.values():
        yield from _titled(texts, skill, skill_link(texts, skill.id), "skill")
    for tool in catalog.tools.values():
        yield from _titled(texts, tool, tool_link(texts, tool.id), "tool")
    for product in catalog.products.values():
        link = product_link(texts, product.id)
        yield from _both(texts, product.model.name, product.model.aliases, link, "tool")


def _titled(texts: Texts, entry: Entry[Role] | Entry[Skill] | Entry[Tool], link: Link, kind: str) -> Iterator[NameView]:
    yield from _both(texts, texts.bare(entry, "title"), texts.other_names(entry), link, kind)


def _both(texts: Texts, title: str, names: tuple[str, ...], link: Link, kind: str) -> Iterator[NameView]:
    words = texts.ui(f"search.kind.{kind}")
    yield NameView(title, link, words, None)
    yield from (NameView(name, link, words, markup.plain(name)) for name in names if name != title)

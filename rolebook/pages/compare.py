"""The page that shows two or three roles side by side; the roles come with the address, so a script fills it."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import family_link
from rolebook.pages.paths import ChoiceGroup, role_choices


@dataclass(frozen=True, slots=True)
class CompareView:
    """Everything the page prints; `data` is where the script finds the roles."""

    title: Markup
    intro: Markup
    data: Markup
    choices: tuple[ChoiceGroup, ...]
    families: tuple[Link, ...]


def compare_page(book: Book) -> Page:
    """Make the page that compares roles."""
    texts = Texts(book, "compare/")
    view = CompareView(
        texts.ui("compare.title"),
        texts.ui("compare.intro"),
        texts.resolve("/data/"),
        role_choices(texts),
        tuple(family_link(texts, family) for family in book.catalog.families),
    )
    return make_page(
        book,
        texts,
        template="compare.md.j2",
        title=texts.ui_bare("compare.title"),
        description=texts.ui_bare("compare.intro"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.roles"), "/roles/"),),
        head={"module": "compare", "hide": ["toc"]},
    )

"""The page for an address that does not exist: in the default language, offering every language."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from rolebook import markup
from rolebook.pages.page import Book, Link, Page, Texts, make_page


@dataclass(frozen=True, slots=True)
class OfferView:
    """One language's words for what happened, and its home page."""

    code: str
    direction: str
    text: Markup
    home: Link


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """A title and the offers."""

    title: Markup
    offers: tuple[OfferView, ...]


def not_found_page(book: Book) -> Page:
    """Make the page once, in the default language; the site command turns it into 404.html."""
    texts = Texts(book, "not-found/")
    view = NotFoundView(texts.ui("not-found.title"), tuple(_offers(book, texts)))
    return make_page(
        book,
        texts,
        template="not-found.md.j2",
        title=texts.ui_bare("not-found.title"),
        description=texts.ui_bare("not-found.text"),
        view=view,
    )


def _offers(book: Book, texts: Texts) -> list[OfferView]:
    offers = []
    for language in book.catalog.languages:
        own = Texts(replace(book, language=language), texts.url)
        is_default = language.code == book.catalog.default_language.code
        home = own.resolve("/" if is_default else f"/{language.code}/")
        words = own.ui("not-found.home", language=markup.plain(language.name))
        offers.append(OfferView(language.code, language.direction, own.ui("not-found.text"), Link(words, home)))
    return offers

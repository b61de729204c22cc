"""The pages at former addresses: they say what stands there today, and lead on to it."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.ladders import Step
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.redirections import Redirection
from rolebook.schema import Product


@dataclass(frozen=True, slots=True)
class RedirectView:
    """Everything the page prints."""

    title: Markup
    text: Markup


def redirect_page(book: Book, redirection: Redirection) -> Page:
    """Make the page at a former address; browsers follow it by themselves, readers by its link."""
    texts = Texts(book, redirection.former[1:])
    link = Link(_name(texts, redirection), texts.resolve(redirection.current))
    words = texts.ui(f"redirect.{redirection.reason.value}", former=_code(redirection.former), today=_anchor(link))
    canonical = {"canonical": f"{book.site_url}{redirection.current[1:]}"} if book.site_url else {}
    return make_page(
        book,
        texts,
        template="redirect.md.j2",
        title=texts.ui_bare("redirect.title"),
        description=texts.ui_bare("redirect.title"),
        view=RedirectView(texts.ui("redirect.title"), words),
        head={"redirect": str(link.href), **canonical},
    )


def _code(address: str) -> Markup:
    return Markup('<code dir="ltr">{}</code>').format(markup.plain(address))


def _anchor(link: Link) -> Markup:
    return Markup('<a href="{}">{}</a>').format(link.href, link.words)


def _name(texts: Texts, redirection: Redirection) -> Markup:
    """Give the title of the page it leads to."""
    target = redirection.target
    if isinstance(target, Step):
        start, end = (texts.plain(role, "title") for role in (target.start, target.end))
        return texts.ui("move.title", start=start, end=end)
    if isinstance(target.model, Product):
        return markup.plain(target.model.name)
    title = texts.plain(target, "title")
    return texts.ui("onboarding.title", role=title) if redirection.is_onboarding else title

"""Put the search into every built page: in the header a link to the list from A to Z, which a script makes a button."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.pages.page import Book, Texts
from rolebook.render import render_part

_OPTION = re.compile(r'<(?:form|div) class="md-header__option"|</nav>')
_END = "</body>"
_LIST = "{list}"
"""Stands for the address of the list from A to Z; in texts, such brackets are written as character references."""
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M10 2a8 8 0 1 0 4.9 14.3l5.4 5.4 1.4-1.4-5.4-5.4A8 8 0 0 0 10 2m0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12"/>'
    "</svg>"
)


@dataclass(frozen=True, slots=True)
class SearchBox:
    """What the search puts into each page of a language; it is rendered once, with a place for what differs."""

    link: str
    box: str

    def added_to(self, html: str, texts: Texts) -> str:
        """Give a page with the way to the search in its header, and the box, which is not shown until it is opened."""
        header = html.find("<header")
        place = _OPTION.search(html, header) if header >= 0 else None
        if not place:
            return html
        link, box = (part.replace(_LIST, texts.resolve("/a-z/")) for part in (self.link, self.box))
        before, end, after = html.rpartition(_END)
        return f"{before[: place.start()]}{link}{before[place.start() :]}{box}{end}{after}"


def search_box(book: Book) -> SearchBox:
    """Render what the search puts into the pages of a language."""
    texts = Texts(book, "")
    named = Markup('title="{0}" aria-label="{0}"').format(texts.label("search.open"))
    words = {f"found-{category}": text for category, text in texts.plural_forms("search.found").items()}
    words |= {name: texts.ui_bare(f"search.{name}") for name in ("none", "instead", "failed")}
    return SearchBox(
        f'<a class="md-header__button md-icon rb-search-open" href="{_LIST}" {named}>{_ICON}</a>\n',
        render_part("search.html.j2", texts, words=words, list=Markup(_LIST)),  # noqa: S704 - ours
    )

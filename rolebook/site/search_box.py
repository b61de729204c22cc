"""Put the search into every built page: in the header a link to the list from A to Z, which a script makes a button."""

import re

from rolebook.pages.page import Texts
from rolebook.render import render_part

_OPTION = re.compile(r'<(?:form|div) class="md-header__option"|</nav>')
_END = "</body>"
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M10 2a8 8 0 1 0 4.9 14.3l5.4 5.4 1.4-1.4-5.4-5.4A8 8 0 0 0 10 2m0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12"/>'
    "</svg>"
)


def add_search_box(html: str, texts: Texts) -> str:
    """Add the way to the search to a page's header, and the box, which is not shown until it is opened."""
    header = html.find("<header")
    place = _OPTION.search(html, header) if header >= 0 else None
    if not place:
        return html
    href, name = texts.resolve("/a-z/"), texts.label("search.open")
    named = f'title="{name}" aria-label="{name}"'
    link = f'<a class="md-header__button md-icon rb-search-open" href="{href}" {named}>{_ICON}</a>\n'
    before, end, after = html.rpartition(_END)
    return f"{before[: place.start()]}{link}{before[place.start() :]}{_box(texts)}{end}{after}"


def _box(texts: Texts) -> str:
    words = {f"found-{category}": text for category, text in texts.plural_forms("search.found").items()}
    words |= {name: texts.ui_bare(f"search.{name}") for name in ("none", "instead", "failed")}
    return render_part("search.html.j2", texts, words=words, list=texts.resolve("/a-z/"))

"""Put links on built pages by which readers suggest a change: one at each heading, and a foot where a page has none.

They are put into the HTML, where they are no part of tables of contents, titles and searches, on generated and
hand-written pages alike, and whatever the engine. They need no script.
"""

import re
from html import escape

from selectolax.lexbor import LexborHTMLParser

from rolebook.pages.page import Link, Texts
from rolebook.pages.parts import suggest_link

_HEADING = re.compile(r'<h([1-6])\b[^>]* id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_FOOT = '<ul class="rb-foot">'
_END = "</article>"


def add_suggestions(html: str, texts: Texts, file: str) -> str:
    """Add the links to a page that comes from a file; a page without headings of its own stays as it is."""
    headings = list(_HEADING.finditer(html))
    title = next((_words(found) for found in headings if found.group(1) == "1"), "")
    if not title:
        return html
    html = _HEADING.sub(lambda found: _with_link(found, texts, title, file), html)
    return html if _FOOT in html else _with_foot(html, texts, title, file)


def _with_link(heading: re.Match[str], texts: Texts, title: str, file: str) -> str:
    if heading.group(1) == "1":
        return heading.group()  # the foot speaks of the whole page
    section = _words(heading)
    about = texts.ui_bare("foot.issue-title", role=title)
    page = f"{texts.address}#{heading.group(2)}"
    href = texts.book.settings.suggest(f"{about} · {section}", page, file, section)
    name = escape(texts.ui_bare("suggest.section", section=section))
    link = f'<a class="rb-suggest" href="{href}" title="{name}" aria-label="{name}"></a>'
    return f'<div class="rb-head">{heading.group()}{link}</div>'


def _with_foot(html: str, texts: Texts, title: str, file: str) -> str:
    settings = texts.book.settings
    links = [Link(texts.ui("foot.edit-page"), settings.edit(file))] if file else []
    links.append(suggest_link(texts, title, file))
    items = "".join(f'<li><a href="{link.href}">{link.words}</a></li>' for link in links)
    before, end, after = html.rpartition(_END)
    return f"{before}{_FOOT}{items}</ul>{end}{after}"


def _words(heading: re.Match[str]) -> str:
    """Give what a heading says, without what is only drawn."""
    fragment = LexborHTMLParser(heading.group(3))
    for drawn in fragment.css("[aria-hidden]"):
        drawn.decompose()
    return " ".join(fragment.body.text().split()) if fragment.body else ""

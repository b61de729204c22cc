"""Turn texts that anyone may have written into Markdown in which nothing is active.

Plain texts become character references for every sign that any Markdown dialect might read. Rich texts know
emphasis and links; markdown-it reads them, and only what is allowed here is written out again.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape as escape_html
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# All ASCII punctuation, which was found to neutralise links, attribute lists, tables, emoji, snippets, braces and
# autolinks in twenty Markdown extensions; but for what no dialect reads as a sign, so that pages stay legible:
# commas, hyphens inside words, and the full stop that ends a sentence.
_ACTIVE = re.compile(r"(?!(?<=\w)-(?=\w)|(?<=[^\W\d_]{2})\.(?=\s|$))[!-+\--/:-@\[-`{-~]")
# OWASP: what spreadsheets take for the beginning of a formula; with apostrophes before it, so that it can be undone
_FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")
_SPACES = re.compile(r"\s+")
_RICH = "*_[\\"
"""A text without any of these signs holds neither emphasis nor links."""
_PARAGRAPHS = re.compile(r"\n\s*\n")
CACHED = 2**15  # a text stands on several pages; this many hold all texts of one language
_PARSER = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
_PARSER.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]  # judged by is_safe_link, and reported

SAFE_SCHEMES = frozenset({"https", "mailto"})


@lru_cache(maxsize=CACHED)
def plain(text: str) -> Markup:
    """Write a text so that every Markdown engine and HTML shows it as it is, on one line."""
    return Markup(_ACTIVE.sub(lambda sign: f"&#{ord(sign.group())};", _SPACES.sub(" ", text)))  # noqa: S704


def attribute(text: str) -> str:
    """Write a text for front matter, which themes print into HTML unescaped."""
    return escape_html(_SPACES.sub(" ", text), quote=True)


def address(url: str) -> Markup:
    """Write the address of a link; what it may lead to is judged elsewhere."""
    return Markup(escape_html(url, quote=True))  # noqa: S704


def cell(text: str) -> str:
    """Write a text for a cell of a table, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def text_of_cell(written: str) -> str:
    """Give the text that `cell` wrote."""
    return written[1:] if written.startswith("'") and _FORMULA.match(written) else written


def paragraphs(text: str, resolve: Callable[[str], Markup]) -> tuple[Markup, ...]:
    """Write a rich text, paragraph by paragraph; `resolve` turns a link's target into one for this page."""
    return tuple(_inline(part, resolve) for part in _PARAGRAPHS.split(text.strip()) if part.strip())


@lru_cache(maxsize=CACHED)
def words(text: str) -> str:
    """Give a rich text without its markup, for descriptions and machines."""
    return _SPACES.sub(" ", _unmarked(text)).strip()


def spoken(text: str) -> list[str]:
    """Give the paragraphs of a rich text without their markup, with all spaces they were written with."""
    return [part.strip() for part in _PARAGRAPHS.split(_unmarked(text)) if part.strip()]


def _unmarked(text: str) -> str:
    return "".join(token.content for token in _tokens(text) if token.type == "text") if _has_markup(text) else text


def _has_markup(text: str) -> bool:
    return any(sign in text for sign in _RICH)


def links(text: str) -> Iterator[str]:
    """Go through the targets of a rich text's links."""
    for token in _tokens(text) if "](" in text else ():  # no link is written without it
        if token.type == "link_open":
            yield str(token.attrGet("href") or "")


def is_internal(target: str) -> bool:
    """Tell whether a target is a page of the site, written from its root."""
    return target.startswith("/") and not target.startswith("//")


def is_safe_link(target: str) -> bool:
    """Tell whether a target is a page of the site or of a scheme that cannot run anything."""
    if any(sign in target for sign in "\\\x00\t\n\r <>\"'`"):
        return False
    try:
        return is_internal(target) or (
            urlsplit(target).scheme in SAFE_SCHEMES and bool(urlsplit(target).path or urlsplit(target).netloc)
        )
    except ValueError:
        return False


@lru_cache(maxsize=CACHED)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(token for block in _PARSER.parseInline(text) for token in block.children or [])


def _inline(text: str, resolve: Callable[[str], Markup]) -> Markup:
    if not _has_markup(text):
        return plain(text)
    pieces: list[str] = []
    open_links: list[bool] = []
    tags = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}
    for token in _tokens(_SPACES.sub(" ", text)):
        if token.type == "link_open":
            target = str(token.attrGet("href") or "")
            open_links.append(is_safe_link(target))
            if open_links[-1]:
                pieces.append(f'<a href="{resolve(target)}">')
        elif token.type == "link_close":
            if open_links.pop():
                pieces.append("</a>")
        else:
            pieces.append(tags.get(token.type) or plain(token.content))
    return Markup("".join(pieces))  # noqa: S704 - made of escaped texts and the tags above

"""What finished pages say, for the search: read once, and kept packed."""

import json
import re
import zlib
from dataclasses import astuple, dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from rolebook.inflection import words_of
from rolebook.pages.search import SearchPage
from rolebook.site.pagefind import SearchError

_NO_WORDS = "nav, [aria-hidden], [role=note], .rb-foot, .rb-suggest, script, style, template, form, svg, .rb-hidden"
"""What of a page is nothing to be found by."""
_MARKS = ".rb-state"
_SPACES = re.compile(r"\s+")
_BESIDE = re.compile(r"</(?:dt|dd|th|td|span|a)>")
"""Elements after which Pagefind sees no end of a word."""
_HEADINGS = {"guide": "h2, h3", "role": "h3[id^=question-]"}
"""Headings that are what people ask, by kind of page."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says, for the search."""

    title: str
    headings: tuple[str, ...]
    """Those that are what people ask."""
    words: tuple[str, ...]
    """Each once."""
    body: str
    """As HTML, without what is nothing to be found by."""


def read_said(page: SearchPage, html: LexborHTMLParser) -> Said:
    """Read what a finished page says, and take apart what was parsed; raise SearchError where it has no title."""
    article, title = html.css_first("article"), html.css_first("article h1")
    if not article or not title:
        raise SearchError(f"The page {page.address} has no heading to be found by.")
    for unsaid in article.css(_NO_WORDS):
        unsaid.decompose()
    for marked in article.css(_MARKS):  # that a translation has become old does not change what the page says
        marked.unwrap()
    heading = _words(title.text())
    title.decompose()
    asked = article.css(_HEADINGS[page.kind]) if page.kind in _HEADINGS else ()
    headings = tuple(_words(one.text()) for one in asked)
    words = tuple(sorted({*words_of(article.text(separator=" "))}))
    return Said(heading, headings, words, _SPACES.sub(" ", _BESIDE.sub(r"\g<0> ", article.html or "")))


def pack(said: Said) -> bytes:
    """Make little of what a page says, to be kept."""
    return zlib.compress(json.dumps(astuple(said), ensure_ascii=False).encode(), 1)


def unpack(packed: bytes) -> Said:
    """Give what was packed."""
    title, headings, words, body = json.loads(zlib.decompress(packed))
    return Said(title, tuple(headings), tuple(words), body)


class SaidPages:
    """What the pages of a language say, packed; it is more than should be held, and stands in a file of its own."""

    def __init__(self, file: Path) -> None:
        self._file, self._end = file, 0
        self._parts: dict[str, tuple[int, int]] = {}
        """By address: where in the file a page's part begins, and how long it is."""

    def add(self, address: str, packed: bytes) -> None:
        """Take in what a page says."""
        with self._file.open("ab") as file:
            file.write(packed)
        self._parts[address] = self._end, len(packed)
        self._end += len(packed)

    def __contains__(self, address: str) -> bool:
        """Tell whether a page was taken in."""
        return address in self._parts

    def packed(self, address: str) -> bytes:
        """Give what a page says as it was taken in."""
        start, length = self._parts[address]
        with self._file.open("rb") as file:
            file.seek(start)
            return file.read(length)

    def __getitem__(self, address: str) -> Said:
        """Give what a page says."""
        return unpack(self.packed(address))

    def clear(self) -> None:
        """Delete the file."""
        self._file.unlink(missing_ok=True)


def _words(text: str) -> str:
    return " ".join(text.split())

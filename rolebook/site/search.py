"""The search of the built site: Pagefind's index of what pages say, what they are called, and the box in every header.

Pagefind is given each page's own part in a form of its own, so that the published pages carry nothing for it.
"""

import gzip
import json
import os
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from html import escape
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import icu
from selectolax.lexbor import LexborHTMLParser

from rolebook.garbage import uncollected
from rolebook.inflection import STEM_LENGTH, Inflection, joined, lemmas_of, words_of
from rolebook.pages.page import Book
from rolebook.pages.search import KINDS, SearchPage, facets, search_pages
from rolebook.program import digest, fingerprint
from rolebook.site.joined_index import ENTRY, one_index
from rolebook.site.kept_index import KeptIndex
from rolebook.site.pagefind import SearchError, index_of
from rolebook.write import write_file
from rolebook.writing import style_of

_DICTIONARIES = version("simplemma")
FOLDER = "pagefind"
"""Where the search stands in the site; Pagefind tells the addresses of pages by this name."""
_NO_WORDS = "nav, [aria-hidden], [role=note], .rb-foot, .rb-suggest, script, style, template, form, svg, .rb-hidden"
"""What of a page is nothing to be found by."""
_MARKS = ".rb-state"
_SPACES = re.compile(r"\s+")
_BESIDE = re.compile(r"</(?:dt|dd|th|td|span|a)>")
"""Elements after which Pagefind sees no end of a word."""
_HEADINGS = {"guide": "h2, h3", "role": "h3[id^=question-]"}
"""Headings that are what people ask, by kind of page."""
_UNUSED = (
    "pagefind-worker.js",
    "pagefind-ui.",
    "pagefind-modular-ui.",
    "pagefind-component-ui.",
    "pagefind-highlight.js",
)
"""How the names of files begin that no page loads."""
RANKING = {
    "ranking": {"metaWeights": {"title": 0.01, "names": 0.01, "every": 0.01}, "pageLength": 0.6},
    "named": 5,
    "heading": 0.5,
}
"""How results are ordered; found by `make search-quality`. Names count by `named`, and in query.js, not in Pagefind."""
_PAGES_AT_ONCE = 700
"""How many pages Pagefind makes an index of at once: it takes half a megabyte of memory for each."""
EVERY = "rolebookpage"
"""A word that every page has: asked for it, Pagefind gives all pages from one part of its index; asked for nothing,
it loads the whole."""


@dataclass(frozen=True, slots=True)
class _Document:
    """A page as the search sees it."""

    page: SearchPage
    url: str
    title: str
    headings: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.title, *self.page.names, *self.page.keywords)))


@dataclass(frozen=True, slots=True)
class _Tree:
    """The pages of one language, and what their words have to do with each other."""

    book: Book
    documents: tuple[_Document, ...]
    used: Counter[str]
    """On how many pages each word stands."""
    further: Mapping[str, str]
    """By address: what else the words of a page's names are written like."""


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


def _unpack(packed: bytes) -> Said:
    title, headings, words, body = json.loads(zlib.decompress(packed))
    return Said(title, tuple(headings), tuple(words), body)


class SearchIndex:
    """The search of one language: its pages are read one by one, and the index is made when all are read."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._pages = {page.address: page for page in search_pages(book)}
        self._said: dict[str, bytes] = {}

    def page(self, address: str) -> SearchPage | None:
        """Give a page, if it is one to be found."""
        return self._pages.get(address)

    def add(self, address: str, said: bytes) -> None:
        """Take in what was read of a page, packed."""
        self._said[address] = said

    def write(self, folder: Path, kept: Path, former: Path) -> None:
        """Write the index into a folder; raise SearchError where a page is missing in it.

        In the folder `kept` stands what was looked up in dictionaries before, and what is known of the index in the
        former site; that is taken where no page says anything else now.
        """
        if unread := self._pages.keys() - self._said:
            raise SearchError(f"Pages that should be found are not in the site: {', '.join(sorted(unread)[:5])}")
        said = (part for address, page in self._pages.items() for part in (repr(page), self._said[address]))
        made_of = digest(fingerprint(), repr(facets(self._book)), *said)
        last = KeptIndex(kept / f"search.{self._book.language.code}.sqlite", former / FOLDER)
        if last.take(made_of, folder):
            return
        files = self._made(kept)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        last.put(made_of, files)

    def _made(self, kept: Path) -> dict[str, bytes]:
        """Make the files of the index."""
        tree = self._tree(kept)
        parts = [index_of(pages) for pages in _parts(self._for_pagefind(tree))]
        with uncollected():
            files = one_index(parts)
        ids = dict(_ids(files))
        if missing := {document.url for document in tree.documents} ^ ids.keys():
            raise SearchError(f"The search did not take in all pages, or others: {', '.join(sorted(missing)[:5])}")
        for name, data in (("names", _known(tree, ids)), ("words", _said(tree))):
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            files[f"{name}.{self._book.language.code}.json"] = text.encode()
        return {name: content for name, content in files.items() if not name.startswith(_UNUSED)}

    def _tree(self, kept: Path) -> _Tree:
        documents, used = [], Counter[str]()
        for address, page in self._pages.items():
            said = _unpack(self._said[address])
            documents.append(_Document(page, _url(self._book, address), said.title, said.headings))
            used.update(said.words)
        return _tree(self._book, tuple(documents), used, kept)

    def _for_pagefind(self, tree: _Tree) -> Iterator[tuple[str, str]]:
        """Give each page for Pagefind, by its address."""
        for document in tree.documents:
            body = _unpack(self._said[document.page.address]).body
            yield document.url, _for_pagefind(document, body, tree)


def _parts(pages: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while part := list(islice(pages, _PAGES_AT_ONCE)):
        yield part


def join_indexes(folders: Iterable[Path], target: Path) -> None:
    """Make one folder of the indexes of all languages: their files have names of their own but for the entry."""
    entries = []
    for folder in folders:
        entries.append(json.loads((folder / ENTRY).read_text("utf-8")))
        _move(folder, target)
    languages = dict(sorted(item for entry in entries for item in entry["languages"].items()))
    (target / ENTRY).write_text(json.dumps(entries[0] | {"languages": languages}), "utf-8")


def _move(folder: Path, target: Path) -> None:
    """Move the files below a folder to where others may stand already."""
    for place, _, names in os.walk(folder):
        goal = target / Path(place).relative_to(folder)
        goal.mkdir(parents=True, exist_ok=True)
        for name in names:
            Path(place, name).replace(goal / name)
    shutil.rmtree(folder)


def _tree(book: Book, documents: tuple[_Document, ...], used: Counter[str], kept: Path) -> _Tree:
    file = kept / f"lemmas.{book.language.code}.json"
    known = _read_kept(file)
    named = words_of(" ".join(name for document in documents for name in document.names))
    lemmas = lemmas_of({*used, *named}, book.language, known)
    if lemmas != known:
        _keep(file, lemmas)
    inflection = Inflection(book.language, lemmas)
    further = {one.url: _further_names(one, inflection) if book.language.is_spaced else "" for one in documents}
    return _Tree(book, documents, used, further)


def _further_names(document: _Document, inflection: Inflection) -> str:
    if document.page.ends:
        return ""
    own = (document.title, *document.page.names)
    words = words_of(" ".join(document.names))
    pairs = (one for name in own for one in joined(words_of(name)))
    more = {*inflection.others(words), *inflection.parts(words_of(" ".join(own))), *pairs}
    return " ".join(sorted(more.difference(words)))


def _read_kept(path: Path) -> Mapping[str, str]:
    """Give the lemmas that were kept by this version of the dictionaries; none where the file is not whole."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(path.read_text("utf-8"))
        if kept["dictionaries"] == _DICTIONARIES:
            return dict(kept["lemmas"])
    return {}


def _keep(path: Path, lemmas: Mapping[str, str]) -> None:
    with suppress(OSError):  # they are looked up again next time
        write_file(path, json.dumps({"dictionaries": _DICTIONARIES, "lemmas": lemmas}, ensure_ascii=False))


def _url(book: Book, address: str) -> str:
    """Give where a page stands in the site."""
    return address if book.language.code == book.catalog.default_language.code else f"/{book.language.code}{address}"


def _words(text: str) -> str:
    return " ".join(text.split())


def _for_pagefind(document: _Document, body: str, tree: _Tree) -> str:
    """Write a page for Pagefind: its body, with what it is called and may be chosen by told apart."""
    told = {
        "title": document.title,
        "names": f"{' '.join(document.names[1:])} {tree.further[document.url]}",
        "kind": document.page.kind,
        "every": EVERY,
    }
    meta = "".join(f'<i data-pagefind-meta="{name}">{escape(text)}</i>' for name, text in told.items() if text.strip())
    chosen = "".join(
        f'<i data-pagefind-filter="{name}">{escape(value)}</i>'
        for name, values in document.page.facets.items()
        for value in values
    )
    return (
        f'<html lang="{tree.book.language.code}"><body data-pagefind-body>'
        f"<div data-pagefind-ignore>{meta}{chosen}</div>{body}</body></html>"
    )


def _known(tree: _Tree, ids: Mapping[str, str]) -> dict[str, object]:
    """Give what the browser has to know of a language's pages and words."""
    language, documents = tree.book.language, tree.documents
    places = {document.page.address: at for at, document in enumerate(documents)}
    return {
        **RANKING,
        "every": EVERY,
        "kinds": KINDS,
        "isSpaced": language.is_spaced,
        "stemLength": STEM_LENGTH,
        "endings": style_of(language.code).endings,
        "letters": _simplified(tree) if language.script == "Hant" else {},
        "common": sorted(style_of(language.code).common | style_of(language.code).asking),
        "facets": [[facet.id, facet.label, facet.choices] for facet in facets(tree.book)],
        "pages": [[ids[one.url], one.page.kind, one.headings, *_called(one, tree, places)] for one in documents],
    }


def _said(tree: _Tree) -> list[str]:
    """Give the words that several pages say and none is called, to tell misspelt words from right ones."""
    named = {word for document in tree.documents for word in words_of(" ".join((*document.names, *document.headings)))}
    words = {word for word, pages in tree.used.items() if pages > 1 and len(word) >= STEM_LENGTH}
    return sorted(words - named) if tree.book.language.is_spaced else []


def _called(document: _Document, tree: _Tree, places: Mapping[str, int]) -> Iterator[str | int]:
    """Give the names of a page; for a move the places of its roles, whose names are its own."""
    if document.page.ends:
        yield from (places[end] for end in document.page.ends)
    else:
        yield from filter(None, [*document.names, tree.further[document.url]])


def _simplified(tree: _Tree) -> Mapping[str, str]:
    """Give the traditional sign for each simplified one that people may type; of several, the one on most pages."""
    used: Counter[str] = Counter()
    for word, pages in (*tree.used.items(), *((name, 1) for one in tree.documents for name in one.names)):
        used.update(dict.fromkeys(word, pages))
    simplify = icu.Transliterator.createInstance("Hant-Hans").transliterate
    pairs = ((simplify(sign), sign) for _, sign in sorted((pages, sign) for sign, pages in used.items()))
    return {simple: sign for simple, sign in pairs if simple != sign and used[simple] < used[sign]}


def _ids(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Give Pagefind's name of each page by its address, from what it keeps of the page."""
    for name, packed in files.items():
        if name.startswith("fragment/"):
            content = gzip.decompress(packed)
            yield json.loads(content[content.index(b"{") :])["url"], Path(name).stem

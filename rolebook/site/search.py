"""The search of the built site: Pagefind's index of what pages say, what they are called, and the box in every header.

Pagefind is given each page's own part in a form of its own, so that the published pages carry nothing for it.
"""

import gzip
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import icu
from pagefind.service import get_executable
from selectolax.lexbor import LexborHTMLParser

from rolebook.inflection import STEM_LENGTH, Inflection, joined, lemmas_of, words_of
from rolebook.pages.page import Book
from rolebook.pages.search import KINDS, SearchPage, facets, search_pages
from rolebook.write import write_file
from rolebook.writing import style_of

_DICTIONARIES = version("simplemma")
FOLDER = "pagefind"
"""Where the search stands in the site; Pagefind tells the addresses of pages by this name."""
_NO_WORDS = "nav, [aria-hidden], .rb-foot, .rb-suggest, script, style, template, form, svg, .rb-hidden"
"""What of a page is nothing to be found by."""
_BESIDE = re.compile(r"</(?:dt|dd|th|td|span|a)>")
"""Elements after which Pagefind sees no end of a word."""
_HEADINGS = {"guide": "h2, h3", "role": "h3[id^=question-]"}
"""Headings that are what people ask, by kind of page."""
_UNUSED = (
    "pagefind-worker.js",
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
RANKING = {
    "ranking": {"metaWeights": {"title": 0.01, "names": 0.01, "every": 0.01}, "pageLength": 0.6},
    "named": 5,
    "heading": 0.5,
}
"""How results are ordered; found by `make search-quality`. Names count by `named`, and in query.js, not in Pagefind."""


EVERY = "rolebookpage"
"""A word that every page has: asked for it, Pagefind gives all pages from one part of its index; asked for nothing,
it loads the whole."""


class SearchError(Exception):
    """The site could not be made searchable."""


@dataclass(frozen=True, slots=True)
class _Document:
    """A page as the search sees it."""

    page: SearchPage
    url: str
    title: str
    body: str
    words: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.title, *self.page.names, *self.page.keywords)))


@dataclass(frozen=True, slots=True)
class _Tree:
    """The pages of one language, and what their words have to do with each other."""

    book: Book
    documents: tuple[_Document, ...]
    lemmas: Mapping[str, str]
    further: Mapping[str, str]
    """By address: what else the words of a page's names are written like."""


def add_search(site: Path, books: Iterable[Book], kept: Path) -> None:
    """Make a finished site searchable; raise SearchError where a page is missing in the index.

    `kept` is a file of what was looked up in dictionaries before; it may be deleted at any time.
    """
    known = _read_kept(kept)
    trees = [_tree(site, book, known) for book in books]
    _keep(kept, known | {tree.book.language.code: tree.lemmas for tree in trees})
    with TemporaryDirectory(prefix="rolebook-search-") as folder:
        for tree in trees:
            for document in tree.documents:
                path = Path(folder) / document.url.lstrip("/") / "index.html"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_for_pagefind(document, tree), "utf-8")
        _run_pagefind(Path(folder), site / FOLDER)
    ids = dict(_ids(site / FOLDER))
    if missing := {document.url for tree in trees for document in tree.documents} ^ ids.keys():
        raise SearchError(f"The search did not take in all pages, or others: {', '.join(sorted(missing)[:5])}")
    for tree in trees:
        for name, data in (("names", _known(tree, ids)), ("words", _said(tree))):
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            (site / FOLDER / f"{name}.{tree.book.language.code}.json").write_text(text, "utf-8")
    _tidy(site / FOLDER)


def _tree(site: Path, book: Book, known: Mapping[str, Mapping[str, str]]) -> _Tree:
    documents = tuple(_read(site, book, page) for page in search_pages(book))
    words = (word for one in documents for word in (*one.words, *words_of(" ".join(one.names))))
    lemmas = lemmas_of(words, book.language, known.get(book.language.code, {}))
    inflection = Inflection(book.language, lemmas)
    further = {one.url: _further_names(one, inflection) if book.language.is_spaced else "" for one in documents}
    return _Tree(book, documents, lemmas, further)


def _further_names(document: _Document, inflection: Inflection) -> str:
    if document.page.ends:
        return ""
    own = (document.title, *document.page.names)
    words = words_of(" ".join(document.names))
    pairs = (one for name in own for one in joined(words_of(name)))
    more = {*inflection.others(words), *inflection.parts(words_of(" ".join(own))), *pairs}
    return " ".join(sorted(more.difference(words)))


def _read_kept(path: Path) -> dict[str, Mapping[str, str]]:
    """Give the lemmas that were kept by this version of the dictionaries; none where the file is not whole."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(path.read_text("utf-8"))
        if kept["dictionaries"] == _DICTIONARIES:
            return dict(kept["lemmas"])
    return {}


def _keep(path: Path, lemmas: Mapping[str, Mapping[str, str]]) -> None:
    with suppress(OSError):  # they are looked up again next time
        write_file(path, json.dumps({"dictionaries": _DICTIONARIES, "lemmas": lemmas}, ensure_ascii=False))


def _read(site: Path, book: Book, page: SearchPage) -> _Document:
    tree = "" if book.language.code == book.catalog.default_language.code else f"/{book.language.code}"
    url = f"{tree}{page.address}"
    html = LexborHTMLParser((site / url.lstrip("/") / "index.html").read_text("utf-8"))
    article, title = html.css_first("article"), html.css_first("article h1")
    if not article or not title:
        raise SearchError(f"The page {url} has no heading to be found by.")
    for unsaid in article.css(_NO_WORDS):
        unsaid.decompose()
    name = _words(title.text())
    title.decompose()
    headings = tuple(_words(one.text()) for one in article.css(_HEADINGS[page.kind])) if page.kind in _HEADINGS else ()
    body = _BESIDE.sub(r"\g<0> ", article.html or "")
    return _Document(page, url, name, body, tuple(words_of(article.text(separator=" "))), headings)


def _words(text: str) -> str:
    return " ".join(text.split())


def _for_pagefind(document: _Document, tree: _Tree) -> str:
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
        f"<div data-pagefind-ignore>{meta}{chosen}</div>{document.body}</body></html>"
    )


def _run_pagefind(pages: Path, target: Path) -> None:
    """Index pages. Pagefind's own module for Python ends its program before all files are written whole."""
    command = [str(get_executable()), "--site", str(pages), "--output-path", str(target), "--quiet"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our folders alone
    if ran.returncode:
        raise SearchError(f"Pagefind could not make the search:\n{ran.stderr.strip() or ran.stdout.strip()}")


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
        "letters": _simplified(documents) if language.script == "Hant" else {},
        "common": sorted(style_of(language.code).common | style_of(language.code).asking),
        "facets": [[facet.id, facet.label, facet.choices] for facet in facets(tree.book)],
        "pages": [[ids[one.url], one.page.kind, one.headings, *_called(one, tree, places)] for one in documents],
    }


def _said(tree: _Tree) -> list[str]:
    """Give the words that several pages say and none is called, to tell misspelt words from right ones."""
    named = {word for document in tree.documents for word in words_of(" ".join((*document.names, *document.headings)))}
    used = Counter(word for document in tree.documents for word in {*document.words})
    words = {word for word, pages in used.items() if pages > 1 and len(word) >= STEM_LENGTH}
    return sorted(words - named) if tree.book.language.is_spaced else []


def _called(document: _Document, tree: _Tree, places: Mapping[str, int]) -> Iterator[str | int]:
    """Give the names of a page; for a move the places of its roles, whose names are its own."""
    if document.page.ends:
        yield from (places[end] for end in document.page.ends)
    else:
        yield from filter(None, [*document.names, tree.further[document.url]])


def _simplified(documents: Iterable[_Document]) -> Mapping[str, str]:
    """Give the traditional sign for each simplified one that people may type; of several, the one used most."""
    used = Counter("".join(text for one in documents for text in (*one.names, *one.words)))
    simplify = icu.Transliterator.createInstance("Hant-Hans").transliterate
    pairs = ((simplify(sign), sign) for sign, _ in reversed(used.most_common()))
    return {simple: sign for simple, sign in pairs if simple != sign and used[simple] < used[sign]}


def _tidy(folder: Path) -> None:
    """Leave out what no page loads."""
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


def _ids(folder: Path) -> Iterator[tuple[str, str]]:
    """Give Pagefind's name of each page by its address, from what it keeps of the page."""
    for path in folder.glob("fragment/*.pf_fragment"):
        content = gzip.decompress(path.read_bytes())
        yield json.loads(content[content.index(b"{") :])["url"], path.stem

"""The search of the built site: Pagefind's index of what pages say, what they are called, and the box in every header.

Pagefind is given each page's own part in a form of its own, so that the published pages carry nothing for it.
"""

import gzip
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import icu

from rolebook.garbage import uncollected
from rolebook.inflection import STEM_LENGTH, Inflection, joined, lemmas_of, words_of
from rolebook.languages import Language
from rolebook.pages.page import Book
from rolebook.pages.search import KINDS, Facet, SearchPage, facets, search_pages
from rolebook.program import digest, fingerprint
from rolebook.site.joined_index import ENTRY, one_index
from rolebook.site.kept_index import KeptIndex
from rolebook.site.pagefind import SearchError, index_of
from rolebook.site.said import SaidPages
from rolebook.write import write_file
from rolebook.writing import style_of

_DICTIONARIES = version("simplemma")
FOLDER = "pagefind"
"""Where the search stands in the site; Pagefind tells the addresses of pages by this name."""
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
"""Of how many pages Pagefind makes an index at once; of more it is made in parts."""
_PAGES_OF_A_PART = 350
"""How many pages such a part has: Pagefind takes half a megabyte of memory for each, more for some languages."""
EVERY = "rolebookpage"
"""A word that every page has: asked for it, Pagefind gives all pages from one part of its index; asked for nothing,
it loads the whole."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """All that the index of a language is made of."""

    code: str
    is_root: bool
    """Whether the language stands at the root of the site."""
    facets: tuple[Facet, ...]
    pages: Mapping[str, SearchPage]
    """By address."""
    said: SaidPages
    made_of: bytes
    folder: Path
    """Where its index stands until those of all languages are joined."""

    @property
    def language(self) -> Language:
        """Give the language whose index it is."""
        return Language(self.code)

    def url(self, address: str) -> str:
        """Give where a page stands in the site."""
        return address if self.is_root else f"/{self.code}{address}"


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

    of: Searchable
    documents: tuple[_Document, ...]
    used: Counter[str]
    """On how many pages each word stands."""
    further: Mapping[str, str]
    """By address: what else the words of a page's names are written like."""

    @property
    def language(self) -> Language:
        return self.of.language


class SearchIndex:
    """The search of one language, for which pages are read one by one."""

    def __init__(self, book: Book, folder: Path) -> None:
        self._book, self._folder = book, folder
        self._pages = {page.address: page for page in search_pages(book)}
        self._said = SaidPages(folder.with_name(f"{folder.name}.said"))

    def page(self, address: str) -> SearchPage | None:
        """Give a page, if it is one to be found."""
        return self._pages.get(address)

    def add(self, address: str, said: bytes) -> None:
        """Take in what was read of a page, packed."""
        self._said.add(address, said)

    def take(self, kept: Path, former: Path) -> Searchable | None:
        """Put the index of the former site into the folder, or tell what a new one is to be made of.

        It is taken where no page says anything else; what is known of it stands in the folder `kept`. Raise SearchError
        where a page is missing.
        """
        if unread := [address for address in self._pages if address not in self._said]:
            raise SearchError(f"Pages that should be found are not in the site: {', '.join(sorted(unread)[:5])}")
        chosen = facets(self._book)
        said = (part for address, page in self._pages.items() for part in (repr(page), self._said.packed(address)))
        made_of = digest(fingerprint(), repr(chosen), *said)
        if _last(self._book.language, kept, former).take(made_of, self._folder):
            self._said.clear()
            return None
        is_root = self._book.language == self._book.catalog.default_language
        return Searchable(self._book.language.code, is_root, chosen, self._pages, self._said, made_of, self._folder)


def make_index(searchable: Searchable, kept: Path, former: Path) -> None:
    """Write the index of a language; raise SearchError where that fails.

    In the folder `kept` stands what was looked up in dictionaries before; what is known of the index is kept there.
    """
    files = _made(_tree(searchable, kept))
    for name, content in files.items():
        path = searchable.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    _last(searchable.language, kept, former).put(searchable.made_of, files)
    searchable.said.clear()


def _last(language: Language, kept: Path, former: Path) -> KeptIndex:
    return KeptIndex(kept / f"search.{language.code}.sqlite", former / FOLDER)


def _made(tree: _Tree) -> dict[str, bytes]:
    """Make the files of the index."""
    at_once = _PAGES_AT_ONCE if len(tree.documents) <= _PAGES_AT_ONCE else _PAGES_OF_A_PART
    parts = [index_of(pages) for pages in _parts(_pages(tree), at_once)]
    with uncollected():
        files = one_index(parts)
    ids = dict(_ids(files))
    if missing := {document.url for document in tree.documents} ^ ids.keys():
        raise SearchError(f"The search did not take in all pages, or others: {', '.join(sorted(missing)[:5])}")
    for name, data in (("names", _known(tree, ids)), ("words", _said(tree))):
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        files[f"{name}.{tree.language.code}.json"] = text.encode()
    return {name: content for name, content in files.items() if not name.startswith(_UNUSED)}


def _pages(tree: _Tree) -> Iterator[tuple[str, str]]:
    """Give each page for Pagefind, by its address."""
    for document in tree.documents:
        said = tree.of.said[document.page.address]
        body = said.body if said.words else str(escape(said.title))  # of a page without any words it takes no notice
        yield document.url, _for_pagefind(document, body, tree)


def _parts(pages: Iterator[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    while part := list(islice(pages, size)):
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


def _tree(searchable: Searchable, kept: Path) -> _Tree:
    documents, used = [], Counter[str]()
    for address, page in searchable.pages.items():
        said = searchable.said[address]
        documents.append(_Document(page, searchable.url(address), said.title, said.headings))
        used.update(said.words)
    language = searchable.language
    inflection = Inflection(language, _lemmas(documents, used, language, kept))
    further = {one.url: _further_names(one, inflection) if language.is_spaced else "" for one in documents}
    return _Tree(searchable, tuple(documents), used, further)


def _lemmas(documents: Iterable[_Document], used: Iterable[str], language: Language, kept: Path) -> Mapping[str, str]:
    """Give the form in a dictionary of each word, and keep them."""
    file = kept / f"lemmas.{language.code}.json"
    known = _read_kept(file)
    named = words_of(" ".join(name for document in documents for name in document.names))
    lemmas = lemmas_of({*used, *named}, language, known)
    if lemmas != known:
        _keep(file, lemmas)
    return lemmas


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
        f'<html lang="{tree.language.code}"><body data-pagefind-body>'
        f"<div data-pagefind-ignore>{meta}{chosen}</div>{body}</body></html>"
    )


def _known(tree: _Tree, ids: Mapping[str, str]) -> dict[str, object]:
    """Give what the browser has to know of a language's pages and words."""
    language, documents = tree.language, tree.documents
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
        "facets": [[facet.id, facet.label, facet.choices] for facet in tree.of.facets],
        "pages": [[ids[one.url], one.page.kind, one.headings, *_called(one, tree, places)] for one in documents],
    }


def _said(tree: _Tree) -> list[str]:
    """Give the words that several pages say and none is called, to tell misspelt words from right ones."""
    named = {word for document in tree.documents for word in words_of(" ".join((*document.names, *document.headings)))}
    words = {word for word, pages in tree.used.items() if pages > 1 and len(word) >= STEM_LENGTH}
    return sorted(words - named) if tree.language.is_spaced else []


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

"""Render the pages and data files of a language, and take those as they are that would come out the same.

While one is rendered, whatever it asks of texts and history is noted. It would come out the same as long as all that
is answered the same, and nothing else changed that pages are made of: the outline of the knowledge base, which is
everything but its texts, the pages written by hand, the configuration, and the program.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from rolebook.catalog import Catalog, Entry
from rolebook.history import Event, History, Touch
from rolebook.kept_files import KeptFiles
from rolebook.keywords import NO_KEYWORDS
from rolebook.languages import Language
from rolebook.memory import remembered
from rolebook.messages import Key, Message, Messages, Translation
from rolebook.pages import Book, Page, Plan, plan_files, plan_pages
from rolebook.program import digest, fingerprint
from rolebook.render import render_page
from rolebook.schema import Model, Text, walk

Question: TypeAlias = tuple[str, ...]
Note: TypeAlias = Callable[[Question], None]
_PARTED = "\t"
"""Stands between the parts of a question as it is kept: names and addresses hold none."""
_OF_ALL_TEXTS = "/translations/index.md"
"""The page that counts the texts of all languages; it is always rendered."""


def outline(catalog: Catalog) -> bytes:
    """Give a short name of a knowledge base, the same as long as nothing but its texts changes."""
    return digest(repr(catalog.languages), *map(_outline, catalog.entries()))


@remembered
def _outline(entry: Entry[Model]) -> bytes:
    values = [(leaf.address, None if isinstance(leaf.value, Text) else leaf.value) for leaf in walk(entry.model)]
    place = (entry.id, entry.domain, entry.address, entry.language, entry.family, entry.file.path)
    return digest(repr((place, values)))


def rendered_files(book: Book, of_all: bytes, kept: KeptFiles) -> Iterator[tuple[str, str | None]]:
    """Give the path below docs/ and the text of every page and data file of a language; `of_all` is the outline.

    A file that stands there as it would come out has no text.
    """
    watched = _Watched(book)
    answers = _Answers(book, _made_of(book, of_all))
    for paths, make in _plan(watched.book).items():
        if not paths[0].endswith(_OF_ALL_TEXTS) and all(_is_there(path, answers, kept) for path in paths):
            yield from ((path, None) for path in paths)
            continue
        watched.asked.clear()
        texts = make()
        asked = sorted(map(_PARTED.join, watched.asked))
        made_of, more = answers.to(asked), zlib.compress("\n".join(asked).encode(), 1)
        for path, text in zip(paths, texts, strict=True):
            kept.put(path, made_of, text, more)
            yield path, text


def _plan(book: Book) -> Plan:
    pages: Plan = {(path,): partial(_render, make) for path, make in plan_pages(book).items()}
    return pages | plan_files(book)


def _render(make: Callable[[], Page]) -> tuple[str, ...]:
    return (render_page(make()),)


def _made_of(book: Book, of_all: bytes) -> bytes:
    """Name what every page of a language is made of, whatever it asks."""
    today = book.today
    due = [role.id for role in book.catalog.roles.values() if today and role.model.review_due < today]
    rest = (book.language.code, book.settings, book.docs, book.history.is_whole, due)
    return digest(fingerprint(), of_all, repr(rest))


def _is_there(path: str, answers: "_Answers", kept: KeptFiles) -> bool:
    """Tell whether a file stands there as it would come out."""
    known = kept.find(path)
    try:
        asked = zlib.decompress(known.more).decode().splitlines() if known else []
        return bool(known and known.made_of == answers.to(asked) and kept.stands(path))
    except (ValueError, zlib.error):
        return False


class _Answers:
    """What is answered to pages, each answer as a digest."""

    def __init__(self, book: Book, made_of: bytes) -> None:
        self._book, self._made_of = book, made_of
        self._given: dict[str, bytes] = {}

    def to(self, questions: Iterable[str]) -> bytes:
        """Give one digest of the answers to several questions, and of what all pages are made of."""
        return digest(self._made_of, *map(self._to, questions))

    def _to(self, question: str) -> bytes:
        given = self._given.get(question)
        if given is None:
            given = self._given[question] = digest(repr(self._answer(question)))
        return given

    def _answer(self, question: str) -> object:
        history = self._book.history
        match question.split(_PARTED):
            case ("text", domain, address, language):
                return self._text((domain, address), language)
            case ("events", role):
                return [event.commit for event in history.of_role(role)]
            case ("newest", count):
                return [event.commit for event in history.newest(int(count))]
            case ("touch", language, role):
                return history.touch(language, role)
        raise ValueError(question)

    def _text(self, key: Key, language: str) -> object:
        """Give all that can be seen of a text: its source, and its translations with their state."""
        message, entry = self._book.messages.find(key), self._book.messages.entry(key, language)
        source = (message.source, message.plural, message.language) if message else None
        return source, (entry.texts, entry.state(message)) if message and entry else None


class _Watched:
    """A knowledge base in one language that notes what it is asked."""

    def __init__(self, book: Book) -> None:
        self.asked: set[Question] = set()
        of, note = book.messages, self.asked.add
        messages = _WatchedMessages(of.sources, of.files, of.strange_folders, of.domains, note=note)
        history = _WatchedHistory(is_whole=book.history.is_whole, whole=book.history, note=note)
        self.book = replace(book, messages=messages, history=history, keywords=NO_KEYWORDS)


@dataclass(frozen=True, kw_only=True)
class _WatchedMessages(Messages):
    note: Note

    def translate(self, key: Key, language: Language) -> Translation:
        self.note(("text", *key, language.code))
        return super().translate(key, language)

    def plural(self, key: Key, language: Language, number: int) -> Translation:
        self.note(("text", *key, language.code))
        return super().plural(key, language, number)

    def find(self, key: Key) -> Message | None:
        self.note(("text", *key, ""))
        return super().find(key)


@dataclass(frozen=True, kw_only=True)
class _WatchedHistory(History):
    """Answers by asking another one, so that nothing can be seen of it without a question."""

    whole: History
    note: Note

    def of_role(self, role: str) -> tuple[Event, ...]:
        self.note(("events", role))
        return self.whole.of_role(role)

    def newest(self, count: int) -> tuple[Event, ...]:
        self.note(("newest", str(count)))
        return self.whole.newest(count)

    def touch(self, language: str, role: str) -> Touch | None:
        self.note(("touch", language, role))
        return self.whole.touch(language, role)

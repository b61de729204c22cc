"""How far the translations have come: every text of every language with its state and its place, counted once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from rolebook.catalog import Catalog
from rolebook.findings import Place
from rolebook.languages import Language
from rolebook.memory import remembered
from rolebook.messages import Domain, Message, Messages, PoEntry, PoFile, State
from rolebook.program import digest

OPEN = (State.OUTDATED, State.MISSING, State.UNCHECKED)
"""The states in which a text waits for a translator, the most urgent first: what is outdated may be wrong."""


Counts: TypeAlias = Mapping[str, Mapping[State, int]]
"""How many texts are in each state, by language."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one text stands in a language."""

    message: Message
    state: State
    entry: PoEntry | None
    place: Place
    """The line of its PO file; the first where the file does not hold it yet."""


@dataclass(frozen=True, eq=False)
class FileCoverage:
    """The texts of one PO file, in the order of their sources."""

    domain: str
    path: str
    exists: bool
    """Whether there is such a file; a new one is made by `translate`."""
    standings: tuple[Standing, ...]
    made_of: bytes = b""
    """A short name of its texts and their translations."""

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """Count the texts of each state."""
        return Counter(standing.state for standing in self.standings)

    @property
    def total(self) -> int:
        """Count all texts."""
        return len(self.standings)

    @property
    def waiting(self) -> int:
        """Count the texts that wait for a translator."""
        return self.total - self.counts[State.TRANSLATED]

    def open_texts(self) -> tuple[Standing, ...]:
        """Give the texts that wait for a translator, the most urgent kind first."""
        return tuple(standing for state in OPEN for standing in self.standings if standing.state is state)

    def first(self, state: State) -> Standing | None:
        """Give the first text of a state."""
        return next((standing for standing in self.standings if standing.state is state), None)


@dataclass(frozen=True)
class LanguageCoverage:
    """All PO files of a language: the interface, the vocabulary, then the roles."""

    language: Language
    files: tuple[FileCoverage, ...]

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """Count the texts of each state."""
        return sum((Counter(file.counts) for file in self.files), Counter[State]())

    @property
    def total(self) -> int:
        """Count all texts."""
        return sum(file.total for file in self.files)

    @property
    def waiting(self) -> int:
        """Count the texts that wait for a translator."""
        return sum(file.waiting for file in self.files)

    def worst_first(self) -> list[FileCoverage]:
        """Give the files in which texts wait, those with most of them first."""
        return sorted((file for file in self.files if file.waiting), key=lambda file: (-file.waiting, file.path))


def cover(messages: Messages, language: Language) -> LanguageCoverage:
    """Tell how every text stands in a language; texts that were first written in it are left out."""
    files = messages.files.get(language.code, {})
    covered = (_file(domain, files.get(name), language) for name, domain in messages.domains.items())
    return LanguageCoverage(language, tuple(file for file in covered if file.standings))


def cover_all(catalog: Catalog, messages: Messages) -> tuple[LanguageCoverage, ...]:
    """Tell how every text stands in every language, in the order of the switch."""
    return tuple(cover(messages, language) for language in catalog.languages)


@remembered
def _file(domain: Domain, file: PoFile | None, language: Language) -> FileCoverage:
    path = f"locales/{language.code}/{domain.name}.po"
    texts = [message for message in domain.texts.values() if message.language != language.code]
    made_of = digest(language.code, domain.made_of, file.made_of if file else b"")
    return FileCoverage(domain.name, path, file is not None, tuple(_standings(texts, file, path)), made_of)


def _standings(texts: Iterable[Message], file: PoFile | None, path: str) -> Iterator[Standing]:
    for message in texts:
        entry = file.entries.get(message.address) if file else None
        state = entry.state(message) if entry else State.MISSING
        yield Standing(message, state, entry, entry.place if entry else Place(path))

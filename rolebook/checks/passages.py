"""What the rules of writing look at: each text as it was written, and each translation that is up to date."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from rolebook.catalog import Catalog, Entry
from rolebook.coverage import FileCoverage
from rolebook.findings import Place
from rolebook.languages import Language
from rolebook.markup import spoken
from rolebook.messages import OWN_DOMAINS, PLACEHOLDER, Key, Message, PoEntry, State, messages_of
from rolebook.schema import Level, Model, Proficiency, Role
from rolebook.writing import Guide, guide_to
from rolebook.writing.sentences import length_of, sentences, words_of

FEWEST_WORDS = 5
FEWEST_CHARACTERS = 10
_ENDS = " .!?…。！？\"'”“»«」』"

Rung: TypeAlias = tuple[str, int]
"""A ladder, and a step of it counted from below."""


@dataclass(frozen=True)
class Surroundings:
    """What a text may lean on: the languages of the site, and the names of products in any language."""

    languages: tuple[Language, ...]
    names: frozenset[str]
    """Words of names, in small letters."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of a passage; `words` are those it is about, as they were written."""

    code: str
    message: str
    hint: str
    words: str = ""


@dataclass(frozen=True)
class Passage:
    """One text in one language, and what is known around it."""

    message: Message
    text: str
    language: Language
    guide: Guide
    around: Surroundings
    translation: PoEntry | None = None
    """What it is one of, if it is no source."""
    name_in_file: str = ""
    """For a source: its address without what its file says already."""
    rung: Rung | None = None
    """For a text that holds for one level or one proficiency."""

    @property
    def key(self) -> tuple[Key, str]:
        """Give what the passage is known by."""
        return self.message.key, self.language.code

    @property
    def place(self) -> Place:
        """Give where it stands."""
        return (self.translation or self.message).place

    @property
    def note(self) -> str:
        """Give the translator's comment."""
        return self.translation.comment if self.translation else ""

    @property
    def is_prose(self) -> bool:
        """Tell whether it is made of sentences, and not a title, a name or a word of the interface."""
        return self.message.is_rich

    @cached_property
    def paragraphs(self) -> list[str]:
        """Give its paragraphs without markup and placeholders."""
        if self.message.domain in OWN_DOMAINS:
            return [PLACEHOLDER.sub(" ", self.text)]
        if self.message.is_rich:
            return spoken(self.text)
        return self.text.split("\n")

    @cached_property
    def small(self) -> list[str]:
        """Give its paragraphs in small letters, in which words are looked for."""
        return [part.lower() for part in self.paragraphs]

    @cached_property
    def words(self) -> list[str]:
        """Give its words in small letters."""
        return [word for part in self.small for word in words_of(part)]

    @cached_property
    def sentences(self) -> list[str]:
        """Give its sentences."""
        return [sentence for part in self.paragraphs for sentence in sentences(part, self.language)]

    @cached_property
    def telling(self) -> tuple[tuple[str, str], ...]:
        """Give its sentences that are long enough to be known again, each with what is compared of it."""
        fewest = FEWEST_WORDS if self.language.is_spaced else FEWEST_CHARACTERS
        long = (sentence for sentence in self.sentences if length_of(sentence, self.language) >= fewest)
        return tuple((sentence, " ".join(sentence.casefold().split()).strip(_ENDS)) for sentence in long)


def surroundings_of(catalog: Catalog) -> Surroundings:
    """Collect the names that every language writes alike."""
    models = [product.model for product in catalog.products.values()]
    names = (name for model in models for name in (model.name, *model.aliases))
    return Surroundings(catalog.languages, frozenset(word.casefold() for name in names for word in words_of(name)))


def in_order_of_level(catalog: Catalog) -> list[Entry[Model]]:
    """Give everything that is written, roles from the lowest level up."""
    return sorted(catalog.entries(), key=_order)


def source_passages(entry: Entry[Model], language: Language, around: Surroundings) -> Iterator[Passage]:
    """Go through the texts of one thing as they were written."""
    guide = guide_to(language)
    for message in messages_of(entry):
        yield Passage(
            message,
            message.source,
            language,
            guide,
            around,
            name_in_file=_name_in_file(entry, message.address),
            rung=_rung(entry, message.address),
        )


def translated_passages(file: FileCoverage, language: Language, around: Surroundings) -> Iterator[Passage]:
    """Go through the translations of one file that are up to date and looked over."""
    guide = guide_to(language)
    for standing in file.standings:
        if (entry := standing.entry) and standing.state is State.TRANSLATED:
            for text in entry.texts:
                yield Passage(standing.message, text, language, guide, around, entry)


def _order(entry: Entry[Model]) -> int:
    return int(entry.model.level) if isinstance(entry.model, Role) else 0


def _name_in_file(entry: Entry[Model], address: str) -> str:
    of_file = str(entry.location[0]) if entry.location else entry.address  # a list file, or a role or a skill
    return address.removeprefix(f"{of_file}.")


def _rung(entry: Entry[Model], address: str) -> Rung | None:
    if isinstance(entry.model, Role):
        return "roles", int(entry.model.level)
    if isinstance(entry.model, Level):
        return "levels", entry.model.level
    first, _, last = address.removeprefix(f"{entry.address}.").partition(".")
    return (f"{entry.address}.rubric", Proficiency(last).rank) if first == "rubric" else None

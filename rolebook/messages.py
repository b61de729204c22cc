"""Translatable texts and their translations, in gettext PO files.

A text is known by its domain (the PO file) and its address (msgctxt). The msgid of an entry is the source it was
translated from, so that an outdated translation is told by comparing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from gettext import c2py
from pathlib import Path
from typing import TypeAlias

import polib

from rolebook import limits
from rolebook.catalog import Catalog, Entry
from rolebook.files import files_below, folders_in
from rolebook.findings import Finding, Place, found
from rolebook.languages import Language
from rolebook.memory import recall, remembered
from rolebook.po import Po, PoSyntaxError, Unit, read_quickly, read_with_polib
from rolebook.program import digest
from rolebook.schema import Aliases, Model, RichText, explained_keys, listed_items, words_of
from rolebook.source import FORBIDDEN, Rejected, Spot, forbidden_characters, place_in, read_text

INTERFACE = Path(__file__).parent / "interface.pot"
INTERFACE_LANGUAGE = "en"
OWN_DOMAINS = frozenset({"ui", "form"})
"""The texts of the program itself, which no role or list holds: those of pages and those of the form."""
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
_PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d)\s*;\s*plural\s*=\s*(.*?)\s*;?\s*")
_PO_LINE = re.compile(r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"(?:[^"\\]++|\\.)*+")?\s*')

Key: TypeAlias = tuple[str, str]  # domain, address


class State(StrEnum):
    """How a text stands in a language."""

    SOURCE = "source"
    TRANSLATED = "translated"
    OUTDATED = "outdated"
    UNCHECKED = "unchecked"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable text: its address, what it says in its first language, and where it stands."""

    domain: str
    address: str
    source: str
    language: str
    spot: Spot | Place
    plural: str = ""
    comment: str = ""
    is_rich: bool = False
    is_names: bool = False
    """Whether it is a list of names, one a line."""

    @property
    def key(self) -> Key:
        """Give what the text is known by."""
        return self.domain, self.address

    @property
    def place(self) -> Place:
        """Give where it stands."""
        return self.spot.place if isinstance(self.spot, Spot) else self.spot


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """The texts of one PO file by address, in the order of their sources; the same one as long as none changes."""

    name: str
    texts: Mapping[str, Message]
    made_of: bytes = b""
    """A short name of what its texts say."""


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One entry of a PO file; `texts` holds one translation, or one for each plural form."""

    address: str
    source: str
    texts: tuple[str, ...]
    fuzzy: bool
    former: str
    comment: str
    place: Place
    flags: tuple[str, ...] = ()
    """What else tools noted of it, such as max-length:40."""

    def state(self, message: Message) -> State:
        """Compare with the source of today."""
        if not all(text.strip() for text in self.texts):
            return State.MISSING
        if self.source != message.source or (self.fuzzy and self.former):
            return State.OUTDATED
        return State.UNCHECKED if self.fuzzy else State.TRANSLATED


@dataclass(frozen=True, slots=True, eq=False)
class PoFile:
    """One PO file: its path relative to the root and its entries by address."""

    path: str
    entries: Mapping[str, PoEntry] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    """The header, with what translators' tools wrote there."""
    header: str = ""
    """The remarks above the header, where translators put their names."""
    set_aside: Mapping[str, PoEntry] = field(default_factory=dict)
    """Entries that a tool took out of use (#~); one whose text exists is taken up again when the file is updated."""
    made_of: bytes = b""
    """A short name of the file's text; empty where it could not be read."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a reader sees of a text: the words, their language and their state."""

    text: str
    language: str
    state: State


@dataclass(frozen=True)
class Messages:
    """All texts of a knowledge base with their translations in every language."""

    sources: Mapping[Key, Message]
    files: Mapping[str, Mapping[str, PoFile]]
    """By language, then by domain."""
    strange_folders: tuple[str, ...] = ()
    """Folders of locales/ that belong to no language of the site."""
    _given: dict[tuple[Key, str], Translation] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was asked for before: most texts stand on many pages."""
    _domains: Mapping[str, Domain] | None = field(default=None, repr=False, compare=False)

    def translate(self, key: Key, language: Language) -> Translation:
        """Give a text in a language: its translation, or its source where there is none."""
        given = self._given.get((key, language.code))
        if given is None:
            given = self._given[key, language.code] = self._translate(key, language)
        return given

    def _translate(self, key: Key, language: Language) -> Translation:
        message = self.sources[key]
        if message.language == language.code:
            return Translation(message.source, language.code, State.SOURCE)
        entry = self.entry(key, language.code)
        state = entry.state(message) if entry else State.MISSING
        if entry is None or state is State.MISSING:
            return Translation(message.source, message.language, State.MISSING)
        return Translation(entry.texts[0], language.code, state)

    def plural(self, key: Key, language: Language, number: int) -> Translation:
        """Give the form of a text that the language uses with a number."""
        translation = self.translate(key, language)
        entry = self.entry(key, language.code)
        if entry and translation.state not in (State.SOURCE, State.MISSING):
            return replace(translation, text=entry.texts[min(language.plural_index(number), len(entry.texts) - 1)])
        message = self.sources[key]
        index = Language(message.language).plural_index(number)
        return replace(translation, text=(message.source, message.plural or message.source)[min(index, 1)])

    def find(self, key: Key) -> Message | None:
        """Give a text, if there is one of this name."""
        return self.sources.get(key)

    def entry(self, key: Key, language: str) -> PoEntry | None:
        """Find the entry of a text in a language."""
        domain, address = key
        file = self.files.get(language, {}).get(domain)
        return file.entries.get(address) if file else None

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        """Give all texts by domain, in the order of the sources."""
        if self._domains is not None:
            return self._domains
        texts: dict[str, list[Message]] = {}
        for message in self.sources.values():
            texts.setdefault(message.domain, []).append(message)
        return {name: _domain(name, tuple(messages)) for name, messages in texts.items()}

    def with_files(self, files: Mapping[str, Mapping[str, PoFile]]) -> "Messages":
        """Give the same texts with other translations."""
        return replace(self, files=files, _domains=self.domains)

    def of_domain(self, domain: str) -> Iterator[Message]:
        """Go through the texts of one PO file, in the order of the source."""
        return iter(self.domains[domain].texts.values() if domain in self.domains else ())


@remembered
def _domain(name: str, messages: tuple[Message, ...]) -> Domain:
    said = repr([(one.address, one.source, one.plural, one.language, one.is_rich, one.is_names) for one in messages])
    return Domain(name, {message.address: message for message in messages}, digest(said))


def load_texts(catalog: Catalog) -> Messages:
    """Collect every translatable text, without translations."""
    texts = (*_own_messages(), *(message for entry in catalog.entries() for message in messages_of(entry)))
    folders = folders_in(catalog.root / "locales")
    known = {language.code for language in catalog.languages}
    strange = tuple(name for name in folders if name not in known)
    return Messages({message.key: message for message in texts}, {}, strange)


def load_translations(catalog: Catalog, language: Language) -> tuple[Mapping[str, PoFile], list[Finding]]:
    """Read every PO file of a language, by domain."""
    folder = catalog.root / "locales" / language.code
    findings: list[Finding] = []
    files: dict[str, PoFile] = {}
    for path in (path for path in files_below(catalog.root, folder) if path.suffix == ".po"):
        file, problems = read_po(catalog.root, path)
        findings += problems
        files[path.relative_to(folder).with_suffix("").as_posix()] = in_forms_of(file, language)
    return files, findings


def interface_messages() -> Iterator[Message]:
    """Read the texts of the interface, written in English in interface.pot."""
    template = polib.pofile(str(INTERFACE), encoding="utf-8", wrapwidth=0)
    for entry in template:
        place = Place(f"{INTERFACE.parent.name}/{INTERFACE.name}", entry.linenum or 1)
        yield Message("ui", entry.msgctxt, entry.msgid, INTERFACE_LANGUAGE, place, entry.msgid_plural, entry.comment)


def form_messages() -> Iterator[Message]:
    """Give the label and the hint of every key of the model, which the form in the browser shows."""
    place = Place(f"{INTERFACE.parent.name}/schema.py")
    for key in explained_keys():
        address = f"{key.kind}.{key.key}"
        comment = f"Label of a field of the form. What it says: {key.hint}"
        yield Message("form", f"{address}.label", key.label, INTERFACE_LANGUAGE, place, comment=comment)
        if key.is_id:
            continue  # the form says of all ids the same
        comment = f"Hint below the field '{key.label}'."
        yield Message("form", f"{address}.hint", key.hint, INTERFACE_LANGUAGE, place, comment=comment)
    for item in listed_items():
        comment = f"One item of a list of the form, as in 'Add {words_of(item).lower()}'."
        yield Message("form", item.__name__, words_of(item), INTERFACE_LANGUAGE, place, comment=comment)


@remembered
def _own_messages() -> tuple[Message, ...]:
    return (*interface_messages(), *form_messages())


@remembered
def messages_of(entry: Entry[Model]) -> tuple[Message, ...]:
    """Give the translatable texts of one thing, in their order."""
    return tuple(
        Message(
            entry.domain,
            leaf.address,
            str(leaf.value),
            entry.language,
            Spot(entry.file, leaf.location),
            is_rich=isinstance(leaf.value, RichText),
            is_names=isinstance(leaf.value, Aliases),
        )
        for leaf in entry.texts()
    )


def read_po(root: Path, path: Path) -> tuple[PoFile, list[Finding]]:
    """Read one PO file; a broken one gives no entries and says where it breaks."""
    name = path.relative_to(root).as_posix()
    try:
        text = read_text(root, path, limits.PO_BYTES)
    except Rejected as rejected:
        return PoFile(name), [rejected.finding]
    made_of = digest(text)

    def parse() -> tuple[PoFile, list[Finding]]:
        file, findings = parse_po(name, text)
        return replace(file, made_of=made_of), findings

    file, findings = recall((parse_po, name, made_of), parse)
    return file, [*findings]


def parse_po(name: str, text: str) -> tuple[PoFile, list[Finding]]:
    """Read the text of a PO file; a broken one gives no entries and says where it breaks."""
    lines = tuple(text.split("\n"))
    if FORBIDDEN.search(text):
        return PoFile(name), list(forbidden_characters(name, lines))
    if not _is_small(text, lines) and (passed := _passed_limit(name, lines)):
        return PoFile(name), [passed]
    try:
        quick = read_quickly(text)  # which knows no escapes but those of line ends, tabs, quotes and backslashes
        po = quick or _read_slowly(text, lines)
    except PoSyntaxError as error:
        return PoFile(name), [_po_finding(name, lines, error.line)]
    findings: list[Finding] = []
    entries: dict[str, PoEntry] = {}
    set_aside: dict[str, PoEntry] = {}
    for unit in po.units:
        place = place_in(name, lines, _line_of(lines, unit.line), 1, 200)
        if unit.is_obsolete:
            set_aside[unit.address] = _entry(unit, place)
        elif unit.address in entries:
            findings.append(found("po-repeated", place, f"'{unit.address}' stands here a second time."))
        else:
            entries[unit.address] = _entry(unit, place)
            if not quick and (match := FORBIDDEN.search("".join(unit.texts))):
                words = f"There is an invisible character in this translation (U+{ord(match.group()):04X})."
                findings.append(found("control-character", place, words))
    return PoFile(name, entries, po.metadata, po.header, set_aside), findings


def _read_slowly(text: str, lines: tuple[str, ...]) -> Po:
    if broken := _broken_line(lines):
        raise PoSyntaxError(broken)
    return read_with_polib(text)


def _entry(unit: Unit, place: Place) -> PoEntry:
    flags = tuple(flag for flag in unit.flags if flag != "fuzzy")
    is_fuzzy = len(flags) < len(unit.flags)
    return PoEntry(unit.address, unit.source, unit.texts, is_fuzzy, unit.former, unit.comment, place, flags)


@remembered
def in_forms_of(file: PoFile, language: Language) -> PoFile:
    """Put plural forms in the language's own order, where a tool wrote a file with other rules for plurals."""
    match = _PLURAL_FORMS.fullmatch(file.metadata.get("Plural-Forms", ""))
    if not match or match.group(0).rstrip("; ") == language.plural_forms.rstrip("; "):
        return file
    examples = (language.examples(form) or [form] for form in range(language.plural_count))
    try:
        theirs = c2py(match.group(2))
        order = [Counter(theirs(number) for number in numbers).most_common(1)[0][0] for numbers in examples]
    except (ValueError, ArithmeticError):  # no rule, or one that divides by nought
        return file
    entries = {
        address: replace(entry, texts=tuple(entry.texts[index] for index in order))
        if len(entry.texts) == int(match.group(1)) > max(order) and min(order) >= 0
        else entry
        for address, entry in file.entries.items()
    }
    return replace(file, entries=entries)


def _line_of(lines: tuple[str, ...], first: int) -> int:
    """Give the line of an entry's address, or of its source where it has none, below its comments."""
    return next((n for n in range(first, len(lines) + 1) if lines[n - 1].startswith(("msgctxt", "msgid"))), first)


def _broken_line(lines: tuple[str, ...]) -> int:
    """Give the first line that no PO file has, or 0; polib drops the ends of some without a word."""
    return next((n for n, line in enumerate(lines, 1) if not _PO_LINE.fullmatch(line)), 0)


def _is_small(text: str, lines: tuple[str, ...]) -> bool:
    """Tell at a glance of most files that they pass no limit: no text goes on behind an empty line."""
    return len(lines) < limits.PO_LINES and max(map(len, text.split("\n\n"))) <= limits.PO_TEXT


def _passed_limit(name: str, lines: tuple[str, ...]) -> Finding | None:
    """Find the first line where a file holds more than is read; polib takes ever longer for each line of one text."""
    texts = begun = size = 0
    kind = ""
    for number, line in enumerate(lines, 1):
        words = line.strip()
        texts += words.startswith("msgid ")
        if words[:1] != kind or kind not in ('"', "#"):
            begun, size, kind = number, 0, "#" if words.startswith("#") else '"'
        size += len(words)
        if texts > limits.PO_ENTRIES:
            message = f"The file holds more than {limits.PO_ENTRIES:,} texts."
            return found("too-many-items", place_in(name, lines, number, 1, 200), message)
        if size > limits.PO_TEXT or number - begun >= limits.PO_LINES:
            message = f"A text holds more than {limits.PO_TEXT:,} characters or {limits.PO_LINES:,} lines here."
            return found("bad-value", place_in(name, lines, number, 1, 200), message, "Shorten it, or delete it.")
    return None


def _po_finding(name: str, lines: tuple[str, ...], line: int) -> Finding:
    return found("po-syntax", place_in(name, lines, line, 1, 200), "The translation file cannot be read here.")


def updated_po(messages: Iterable[Message], file: PoFile | None, language: Language) -> str:
    """Give the text of a PO file brought up to date with its sources.

    New texts are added, changed ones keep their translation and the source it was made from (marked fuzzy, as
    gettext does), gone ones are dropped. The order is that of the sources, so that running it again changes nothing.
    """
    updated = polib.POFile(wrapwidth=0)
    updated.header = file.header if file else ""
    former = {**file.set_aside, **file.entries} if file else {}
    updated.metadata = {
        **(file.metadata if file else {}),
        "Language": language.code.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
    }
    for message in messages:
        if message.language != language.code:
            updated.append(_updated_entry(message, former.get(message.address), language))
    return str(updated) + "\n"


def _updated_entry(message: Message, known: PoEntry | None, language: Language) -> polib.POEntry:
    count = language.plural_count if message.plural else 1
    texts = list(known.texts[:count]) if known else []
    texts += [""] * (count - len(texts))
    entry = polib.POEntry(msgctxt=message.address, msgid=message.source, comment=message.comment)
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(enumerate(texts))
    else:
        entry.msgstr = texts[0]
    if known:
        entry.tcomment = known.comment
        entry.flags += known.flags
        former = _former(known, message)
        if any(texts) and former != message.source and (former or known.fuzzy):
            entry.flags.insert(0, "fuzzy")
            entry.previous_msgid = former or None
    return entry


def _former(known: PoEntry, message: Message) -> str:
    """Give the source a person translated last, where it is not known to be today's.

    A translation nobody has checked has none: it stays unchecked, whatever its source becomes.
    """
    if known.fuzzy:
        return known.former
    return known.source if known.source != message.source else ""


def needed_domains(messages: Messages, language: Language) -> Iterator[str]:
    """Give the domains that hold anything to translate into a language."""
    for domain in messages.domains:
        if any(message.language != language.code for message in messages.of_domain(domain)):
            yield domain

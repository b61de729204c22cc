"""Checks of the translations."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rolebook.checks.knowledge import Knowledge
from rolebook.coverage import FileCoverage, cover
from rolebook.findings import Finding, found
from rolebook.languages import Language
from rolebook.memory import remembered
from rolebook.messages import PLACEHOLDER, Domain, Message, PoEntry, PoFile, State

_CODES = {State.OUTDATED: "translation-outdated", State.UNCHECKED: "translation-unchecked"}
_WORDS = {
    State.OUTDATED: "The source of '{address}' has changed since it was translated.",
    State.UNCHECKED: "The translation of '{address}' is marked as unchecked (fuzzy).",
}


def check_po_entries(knowledge: Knowledge, language: Language) -> Iterator[Finding]:
    """A translation belongs to a text that exists."""
    lost = {Path(path).stem for path in (*knowledge.catalog.unread, *knowledge.catalog.files.misplaced)}
    for domain, file in knowledge.messages.files[language.code].items():
        if domain.rsplit("/", 1)[-1] in lost or (domain == "vocabulary" and _vocabulary_is_unread(knowledge)):
            continue  # its source could not be read, so that nothing can be said of it
        yield from _unknown_entries(file, knowledge.messages.domains.get(domain))


@remembered
def _unknown_entries(file: PoFile, domain: Domain | None) -> tuple[Finding, ...]:
    entries = (entry for entry in file.entries.values() if not domain or entry.address not in domain.texts)
    return tuple(found("po-unknown", entry.place, f"There is no text called '{entry.address}'.") for entry in entries)


def _vocabulary_is_unread(knowledge: Knowledge) -> bool:
    return any(path.startswith("roles/vocabulary/") for path in knowledge.catalog.unread)


def check_placeholders(knowledge: Knowledge, language: Language) -> Iterator[Finding]:
    """A translation has the placeholders of its source, and as many plural forms as its language."""
    for name, file in knowledge.messages.files[language.code].items():
        if domain := knowledge.messages.domains.get(name):
            yield from _forms_and_placeholders(file, domain, language.plural_count)


@remembered
def _forms_and_placeholders(file: PoFile, domain: Domain, count: int) -> tuple[Finding, ...]:
    pairs = [(entry, domain.texts[entry.address]) for entry in file.entries.values() if entry.address in domain.texts]
    return tuple(finding for entry, message in pairs for finding in _check_entry(entry, message, count))


def _check_entry(entry: PoEntry, message: Message, count: int) -> Iterator[Finding]:
    if message.plural and len(entry.texts) != count:
        words = f"'{entry.address}' has {len(entry.texts)} plural forms; the language has {count}."
        yield found("plural-forms", entry.place, words)
    yield from _check_placeholders(entry, message)


def _check_placeholders(entry: PoEntry, message: Message) -> Iterator[Finding]:
    if message.domain != "ui" or entry.state(message) not in (State.TRANSLATED, State.UNCHECKED):
        return  # braces are plain words outside the interface; an outdated text is told of by another check
    wanted = Counter(PLACEHOLDER.findall(message.source))
    for text in filter(None, entry.texts):
        given = Counter(PLACEHOLDER.findall(text))
        # a plural form for one number may spell the number out
        spelled_out = wanted - given == Counter(["{n}"]) and message.plural and not given - wanted
        if given != wanted and not spelled_out:
            words = f"'{entry.address}' needs {_named(wanted)}, but the translation has {_named(given)}."
            yield found("placeholder-mismatch", entry.place, words)
            return


def _named(placeholders: Counter[str]) -> str:
    return ", ".join(sorted(placeholders.elements())) or "no placeholder"


def check_translation_states(knowledge: Knowledge, language: Language) -> Iterator[Finding]:
    """Each text is translated, up to date and checked."""
    for file in cover(knowledge.messages, language).files:
        yield from _states(file)


@remembered
def _states(file: FileCoverage) -> tuple[Finding, ...]:
    waiting = [standing for standing in file.standings if standing.state in _CODES]
    words = ((one, _WORDS[one.state].format(address=one.message.address)) for one in waiting)
    return (*(found(_CODES[one.state], one.place, message) for one, message in words), *_missing(file))


def _missing(file: FileCoverage) -> Iterator[Finding]:
    """Tell of all missing texts of a file in one line, so that nobody drowns in them."""
    first = file.first(State.MISSING)
    if not first:
        return
    several = f"{file.counts[State.MISSING]} texts are not translated; the first is '{first.message.address}'."
    words = several if file.counts[State.MISSING] > 1 else f"'{first.message.address}' is not translated."
    yield found("translation-missing", first.place, words)

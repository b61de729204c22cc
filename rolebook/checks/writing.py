"""How texts are written: all rules of writing, and the exceptions from them that files and translations state."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from rolebook.catalog import Entry
from rolebook.checks.foreign import other_languages
from rolebook.checks.knowledge import Knowledge
from rolebook.checks.passages import (
    Passage,
    Remark,
    Surroundings,
    in_order_of_level,
    source_passages,
    surroundings_of,
    translated_passages,
)
from rolebook.checks.prose import (
    double_spaces,
    final_stops,
    gendered_jobs,
    long_sentences,
    placeholder_text,
    quotation_marks,
    vague_measures,
)
from rolebook.checks.repetition import repeated_sentences
from rolebook.coverage import FileCoverage, cover
from rolebook.findings import RULES, Finding, Place, did_you_mean, found
from rolebook.languages import Language
from rolebook.memory import remembered
from rolebook.messages import Key
from rolebook.program import digest, fingerprint
from rolebook.schema import Model, WritingRule

RULES_OF_WRITING: tuple[Callable[[Passage], Iterator[Remark]], ...] = (
    double_spaces,
    placeholder_text,
    final_stops,
    quotation_marks,
    long_sentences,
    vague_measures,
    gendered_jobs,
    other_languages,
)

Excepted: TypeAlias = tuple[Key, str, str]
"""A text, a language and a rule."""

_NOTE = re.compile(
    r"^[ \t]*rolebook[ \t]*:[ \t]*(?P<verb>\S*)[ \t]*(?P<rule>[\w-]*)[ \t]*[-–—:]*[ \t]*(?P<why>.*)$", re.MULTILINE
)
_NOTE_HINT = "Write, for example: # rolebook: allow vague-words – customers say it themselves"


@dataclass(frozen=True, slots=True)
class Exempted:
    """An exception that was understood: the text, as its writer names it, and where the exception stands."""

    address: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """Passages of one thing, and what the rules that look at one text say of them."""

    passages: tuple[Passage, ...]
    remarks: tuple[tuple[Passage, Remark], ...]


def check_writing(knowledge: Knowledge) -> Iterator[Finding]:
    """Texts are well written, but where an exception says why not; no exception is idle."""
    around = surroundings_of(knowledge.catalog)
    languages = {language.code: language for language in knowledge.catalog.languages}
    written = [entry for entry in in_order_of_level(knowledge.catalog) if entry.language in languages]
    judged = [_judged(entry, languages[entry.language], around) for entry in written]
    sources = [passage for one in judged for passage in one.passages]
    exceptions, misunderstood = _stated_in_files(knowledge, sources)
    remarks = chain.from_iterable(one.remarks for one in judged)
    yield from _told(chain(remarks, repeated_sentences(sources)), exceptions)
    yield from misunderstood


def check_translated_writing(knowledge: Knowledge, language: Language) -> Iterator[Finding]:
    """Translations are well written too."""
    around = surroundings_of(knowledge.catalog)
    for name, file in _named_files(knowledge, language, around):
        if name not in knowledge.well_written:
            yield from _said_of_translations(file, language, around)


def well_written(knowledge: Knowledge, language: Language) -> frozenset[bytes]:
    """Name the translation files of a language of whose writing there is nothing to say."""
    around = surroundings_of(knowledge.catalog)
    return frozenset(
        name
        for name, file in _named_files(knowledge, language, around)
        if name in knowledge.well_written or not _said_of_translations(file, language, around)
    )


def _named_files(
    knowledge: Knowledge, language: Language, around: Surroundings
) -> Iterator[tuple[bytes, FileCoverage]]:
    """Give the translation files of a language, each with a name of all that is judged, and of what judges it."""
    judge = digest(fingerprint(), repr(around.languages), *sorted(around.names))
    return ((digest(judge, file.made_of), file) for file in cover(knowledge.messages, language).files)


@remembered
def _judged(entry: Entry[Model], language: Language, around: Surroundings) -> _Judged:
    passages = tuple(source_passages(entry, language, around))
    return _Judged(passages, tuple(_remarks(passages)))


@remembered
def _said_of_translations(file: FileCoverage, language: Language, around: Surroundings) -> tuple[Finding, ...]:
    """Judge the translations of one file; their exceptions stand in the same file."""
    exceptions: dict[Excepted, Exempted] = {}
    misunderstood: list[Finding] = []
    passages = tuple(translated_passages(file, language, around))
    for passage in passages:
        if "rolebook" in passage.note:
            stated, not_understood = _stated_in_note(passage)
            exceptions |= stated
            misunderstood += not_understood
    return (*_told(_remarks(passages), exceptions), *misunderstood)


def _remarks(passages: Iterable[Passage]) -> Iterator[tuple[Passage, Remark]]:
    return ((passage, remark) for passage in passages for rule in RULES_OF_WRITING for remark in rule(passage))


def _told(remarks: Iterable[tuple[Passage, Remark]], exceptions: Mapping[Excepted, Exempted]) -> Iterator[Finding]:
    """Give what is said of texts that are no exception, and the exceptions that are idle."""
    used: set[Excepted] = set()
    for passage, remark in remarks:
        of = (*passage.key, remark.code)
        if of in exceptions:
            used.add(of)
        else:
            yield _finding(passage, remark)
    for of in exceptions.keys() - used:
        words = f"'{exceptions[of].address}' keeps the rule {of[2]}, so it needs no exception."
        yield found("exception-unused", exceptions[of].place, words)


def _finding(passage: Passage, remark: Remark) -> Finding:
    if passage.translation:  # its line shows its address, and its words stand below
        return found(remark.code, passage.place, remark.message, remark.hint)
    way_out = f"If it is right here, say why under 'exceptions', at {passage.name_in_file}."
    return found(remark.code, _narrowed(passage.place, remark.words), remark.message, f"{remark.hint} {way_out}")


def _narrowed(place: Place, words: str) -> Place:
    """Point at the words themselves where they stand on the line."""
    at = place.excerpt.find(words, place.column - 1) if words else -1
    return replace(place, column=at + 1, length=len(words)) if at >= 0 else place


def _stated_in_files(knowledge: Knowledge, sources: list[Passage]) -> tuple[dict[Excepted, Exempted], list[Finding]]:
    """Give the exceptions of YAML files, and findings of those whose text does not exist."""
    exceptions: dict[Excepted, Exempted] = {}
    misunderstood: list[Finding] = []
    written = {passage.message.key: passage for passage in sources}
    for one in knowledge.catalog.exceptions:
        if passage := written.get((one.domain, one.address)):
            exceptions[*passage.key, one.model.rule.value] = Exempted(one.model.at, one.place)
        elif (one.domain, one.address) not in knowledge.messages.sources:
            start = one.address.removesuffix(one.model.at)
            known = [address.removeprefix(start) for _, address in written if address.startswith(start)]
            hint = did_you_mean(one.model.at, known, RULES["exception-unknown"].advice)
            misunderstood.append(
                found("exception-unknown", one.place, f"This file has no text '{one.model.at}'.", hint)
            )
    return exceptions, misunderstood


def _stated_in_note(passage: Passage) -> tuple[dict[Excepted, Exempted], list[Finding]]:
    """Give the exceptions of a translator's comment, and findings of those that cannot be followed."""
    notes = list(_NOTE.finditer(passage.note))
    told = [finding for note in notes if (finding := _misunderstood(note, passage))]
    exempted = Exempted(passage.message.address, passage.place)
    return {(*passage.key, note["rule"]): exempted for note in notes if not _misunderstood(note, passage)}, told


def _misunderstood(note: re.Match[str], passage: Passage) -> Finding | None:
    rules = [rule.value for rule in WritingRule]
    if note["verb"] != "allow":
        words = f"The note '{note.group().strip()}' is not understood."
        return found("exception-unknown", passage.place, words, _NOTE_HINT)
    if note["rule"] not in rules:
        hint = did_you_mean(note["rule"], rules, f"Rules of writing: {', '.join(rules)}.")
        return found("exception-unknown", passage.place, f"There is no rule of writing '{note['rule']}'.", hint)
    if not note["why"].strip():
        message = f"The note does not say why '{passage.message.address}' is an exception."
        return found("exception-without-reason", passage.place, message)
    return None

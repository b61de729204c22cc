"""Take back what translators wrote into a table: each row that still fits, and of the others, why not.

A row fits where its text exists, its source is still the one that was translated, nobody else has changed its
translation since, and the translation breaks no rule: the same checks look at it that look at translation files.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rolebook import markup
from rolebook.checks import Knowledge, run_checks_of_translations
from rolebook.findings import Place, has_errors
from rolebook.languages import Language
from rolebook.messages import Key, Message, Messages, PoEntry, PoFile, State, updated_po
from rolebook.sheets.offer import KEYS, mark, source_cell
from rolebook.sheets.table import SheetError, SheetRow, one_form
from rolebook.source import FORBIDDEN

_MARKED = re.compile(r"(.*?)(?:\s+#([0-9a-f]{8}))?", re.DOTALL)
_ADDRESS = re.compile(r"([^:\s]+):(.+?)(?:\[(\d{1,2})\])?")
_LANGUAGE = re.compile(r".*\[\s*([A-Za-z-]+)\s*\]\s*", re.DOTALL)
_NEEDED = ("address", "source", "translation")
_ON_SHEET = "\x00sheet"  # no path is called so: findings there are of rows
_LOOSE_MARKS = ("*", "_")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, and why."""

    row: int
    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a table: new texts of files by path, and how many rows were what."""

    language: Language
    files: Mapping[str, str] = field(default_factory=dict)
    changed: int = 0
    confirmed: int = 0
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its columns told apart."""

    number: int
    address: str
    given: str
    """The mark of the translation that was given out in it; empty in a table that someone made by hand."""
    source: str
    text: str
    done: bool
    wrong: str


@dataclass(frozen=True, slots=True)
class _Change:
    """A row that changes a form of a text, or marks it as right as it is."""

    row: _Row
    message: Message
    form: int
    text: str
    is_new: bool


class _Unfit(Exception):  # noqa: N818 - says what the row is
    """A row that cannot be taken; says why."""


def take(knowledge: Knowledge, rows: Sequence[SheetRow]) -> Taken:
    """Judge every row of a table; raise SheetError where it is none of ours."""
    if not rows:
        raise SheetError("The table is empty.")
    messages = knowledge.messages
    columns, language = _columns(knowledge, rows[0])
    refused: list[Refused] = []
    changes: list[_Change] = []
    unchanged = 0
    for row in (_row(columns, given) for given in rows[1:]):
        try:
            change = _change(messages, language, row)
        except _Unfit as unfit:
            refused.append(Refused(row.number, row.address, str(unfit)))
        else:
            changes += [change] if change else []
            unchanged += not change
    refused += _contradictions(changes)
    changes = _without(changes, refused)
    refused += _breaches(knowledge, language, changes)
    changes = _without(changes, refused)
    return Taken(
        language,
        _files(messages, language, changes),
        sum(change.is_new for change in changes),
        sum(not change.is_new for change in changes),
        unchanged,
        tuple(sorted(refused, key=lambda refusal: refusal.row)),
    )


def _columns(knowledge: Knowledge, head: SheetRow) -> tuple[dict[str, int], Language]:
    """Find the columns by their headings, in whatever language of the site they are."""
    languages = {language.code: language for language in knowledge.catalog.languages}
    columns: dict[str, int] = {}
    code = ""
    for index, cell in enumerate(head.cells):
        if not code and (match := _LANGUAGE.fullmatch(cell)):
            columns["translation"], code = index, match.group(1)
        elif key := _key_of(knowledge.messages, tuple(languages.values()), cell):
            columns.setdefault(key, index)
    if not code or any(key not in columns for key in _NEEDED):
        raise SheetError(
            "The first row does not hold the headings that the table was given out with. "
            "Copy them from a new table ('translate --export')."
        )
    if code not in languages:
        raise SheetError(f"The table is in '{code}', which the site does not speak. It speaks {', '.join(languages)}.")
    return columns, languages[code]


def _key_of(messages: Messages, languages: Iterable[Language], heading: str) -> str:
    """Give the key of a column by its heading."""
    wanted = heading.strip().casefold()
    for key in KEYS:
        named = {messages.translate(("ui", f"sheet.{key}"), language).text for language in languages}
        named.add(messages.sources["ui", f"sheet.{key}"].source)
        if key != "translation" and wanted in {one_form(name).strip().casefold() for name in named}:
            return key
    return ""


def _row(columns: Mapping[str, int], given: SheetRow) -> _Row:
    def cell(key: str) -> str:
        index = columns.get(key, -1)
        return given.cells[index] if 0 <= index < len(given.cells) else ""

    match = _MARKED.fullmatch(cell("address").strip())
    address, marked = match.groups("") if match else ("", "")
    wrong = given.wrong.get(columns["translation"], "")
    return _Row(given.number, address, marked, cell("source"), cell("translation"), bool(cell("done").strip()), wrong)


def _change(messages: Messages, language: Language, row: _Row) -> _Change | None:
    """Tell what a row changes, or None where it changes nothing; raise _Unfit where it cannot be taken."""
    message, form = _text_of(messages, language, row)
    if row.wrong:
        raise _Unfit(f"{row.wrong[0].upper()}{row.wrong[1:]}.")
    entry = messages.entry(message.key, language.code)
    before = entry.texts[form] if entry and form < len(entry.texts) else ""
    text = row.text if message.source != message.source.strip() else row.text.strip()
    differs = not _same(row.text, before) and not _same(text, before.strip())
    is_new = bool(text.strip()) and differs and row.given != mark(row.text)
    state = entry.state(message) if entry else State.MISSING
    if not is_new and not (row.done and state in (State.OUTDATED, State.UNCHECKED, State.MISSING)):
        return None
    if not is_new and not before.strip():
        raise _Unfit("It is marked as right, but there is no translation.")
    if one_form(row.source).strip() != one_form(source_cell(message)).strip():
        raise _Unfit(f"The source has changed since; it says now: {_short(message.source)}")
    if differs and before.strip() and row.given not in ("", mark(before)):
        raise _Unfit(f"The translation has changed since; it says now: {_short(before)}")
    if match := FORBIDDEN.search(text):
        raise _Unfit(f"There is an invisible character in it (U+{ord(match.group()):04X}). Type the words anew.")
    if message.is_rich and is_new and (sign := _loose_mark(message.source, text)):
        raise _Unfit(f"The sign {sign} stands alone: what it opens is not closed, or it is not meant as a sign.")
    return _Change(row, message, form, text if is_new else before, is_new)


def _same(one: str, other: str) -> bool:
    return one_form(one) == one_form(other)


def _text_of(messages: Messages, language: Language, row: _Row) -> tuple[Message, int]:
    """Find the text and the plural form that a row is about."""
    match = _ADDRESS.fullmatch(row.address)
    if not match:
        raise _Unfit("There is no address in this row, so nobody can tell which text it is.")
    message = messages.sources.get((match.group(1), match.group(2)))
    form = int(match.group(3) or 0)
    if not message:
        raise _Unfit("There is no such text any more.")
    if message.language == language.code:
        raise _Unfit("This text was first written in this language; change it in its source.")
    forms = language.plural_count if message.plural else 1
    if bool(message.plural) != bool(match.group(3)) or form >= forms:
        raise _Unfit(f"The text has {forms} plural forms in this language, and this is none of them.")
    return message, form


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:120].rstrip()}…”" if len(words) > 120 else f"“{words}”"


def _loose_mark(source: str, text: str) -> str:
    """Give a sign of markup that is shown as itself in a translation, but not in its source."""
    shown, shown_before = markup.words(text), markup.words(source)
    return next((sign for sign in _LOOSE_MARKS if sign in shown and sign not in shown_before), "")


def _contradictions(changes: Iterable[_Change]) -> Iterator[Refused]:
    """Refuse rows that say different things of one text."""
    by_text: dict[tuple[Key, int], list[_Change]] = defaultdict(list)
    for change in changes:
        by_text[change.message.key, change.form].append(change)
    for same in by_text.values():
        if len({change.text for change in same}) > 1:
            numbers = " and ".join(str(change.row.number) for change in same)
            for change in same:
                yield Refused(change.row.number, change.row.address, f"Rows {numbers} translate one text differently.")


def _without(changes: Iterable[_Change], refused: Iterable[Refused]) -> list[_Change]:
    rows = {refusal.row for refusal in refused}
    return [change for change in changes if change.row.number not in rows]


def _breaches(knowledge: Knowledge, language: Language, changes: Sequence[_Change]) -> Iterator[Refused]:
    """Let all checks of translations look at these as if they had been taken; an error refuses its rows."""
    if not changes:
        return
    entries = dict(_entries(knowledge.messages, language, changes))
    keys = list(entries)
    placed = {key: replace(entries[key], place=Place(_ON_SHEET, number)) for number, key in enumerate(keys, 1)}
    trial = replace(knowledge, messages=_with(knowledge.messages, language, placed))
    said: dict[Key, list[str]] = defaultdict(list)
    for finding in run_checks_of_translations(trial, language):
        if finding.place.path == _ON_SHEET and has_errors([finding]):
            said[keys[finding.place.line - 1]].append(f"{finding.message} {finding.hint}".strip())
    for change in changes:
        if words := said.get(change.message.key):
            yield Refused(change.row.number, change.row.address, " ".join(words))


def _with(messages: Messages, language: Language, entries: Mapping[Key, PoEntry]) -> Messages:
    """Give the texts with other entries in one language."""
    files = dict(messages.files[language.code])
    for domain in dict.fromkeys(domain for domain, _ in entries):
        file = files.get(domain) or PoFile(f"locales/{language.code}/{domain}.po")
        own = {address: entry for (of, address), entry in entries.items() if of == domain}
        files[domain] = replace(file, entries={**file.entries, **own})
    return messages.with_files({**messages.files, language.code: files})


def _entries(messages: Messages, language: Language, changes: Iterable[_Change]) -> Iterator[tuple[Key, PoEntry]]:
    """Give the entries of all texts that are changed or marked as right."""
    by_text: dict[Key, list[_Change]] = defaultdict(list)
    for change in changes:
        by_text[change.message.key].append(change)
    for key, own in by_text.items():
        yield key, _entry(own[0].message, messages.entry(key, language.code), language, own)


def _entry(message: Message, known: PoEntry | None, language: Language, changes: Sequence[_Change]) -> PoEntry:
    """Write forms into an entry; it counts as up to date when no form is left that nobody looked at."""
    forms = language.plural_count if message.plural else 1
    texts = list(known.texts[:forms]) if known else []
    texts += [""] * (forms - len(texts))
    for change in changes:
        texts[change.form] = change.text
    looked_at = {change.form for change in changes} | {form for form, text in enumerate(texts) if not text}
    if known and known.state(message) in (State.OUTDATED, State.UNCHECKED) and len(looked_at) < forms:
        return replace(known, texts=tuple(texts))
    known = known or PoEntry(message.address, "", (), False, "", "", Place(_ON_SHEET))
    return replace(known, source=message.source, texts=tuple(texts), fuzzy=False, former="")


def _files(messages: Messages, language: Language, changes: Sequence[_Change]) -> dict[str, str]:
    """Give the new texts of the files in which anything changes."""
    entries = dict(_entries(messages, language, changes))
    changed = _with(messages, language, entries)
    domains = dict.fromkeys(domain for domain, _ in entries)
    return {
        f"locales/{language.code}/{domain}.po": updated_po(
            changed.of_domain(domain), changed.files[language.code][domain], language
        )
        for domain in domains
    }


def refusal_words(refusal: Refused) -> str:
    """Say why a row was refused, for a person who looks at the table."""
    return f"row {refusal.row}, {refusal.address or 'without address'}: {refusal.why}"

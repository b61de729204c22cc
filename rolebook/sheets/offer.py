"""Make the table that translators of a language are given: a row a text, a row a form where a text has plural forms."""

from collections.abc import Collection, Iterator
from hashlib import sha256

from rolebook.coverage import LanguageCoverage, Standing
from rolebook.messages import Message, State
from rolebook.pages.page import Book, Texts
from rolebook.pages.whereabouts import place_words
from rolebook.sheets.table import Column, Table, one_form

KEYS = ("place", "address", "source", "former", "translation", "done", "state", "note")
"""The columns in their order; their headings are the texts sheet.<key> of the interface."""
_WIDTHS = {
    "place": 24,
    "address": 26,
    "source": 55,
    "former": 30,
    "translation": 55,
    "done": 10,
    "state": 14,
    "note": 30,
}
_OPEN = ("translation", "done")
_EXAMPLES = 4


def offer(book: Book, coverage: LanguageCoverage, states: Collection[State]) -> Table:
    """Make the table of the texts of some states; words of the interface are in the translators' language."""
    texts = Texts(book, "")
    standings = (standing for file in coverage.files for standing in file.standings if standing.state in states)
    rows = tuple(row for standing in standings for row in _rows(texts, standing))
    columns = tuple(Column(heading(texts, key), _WIDTHS[key], key in _OPEN) for key in KEYS)
    translation, done = (texts.ui_bare(f"sheet.{key}") for key in _OPEN)
    explained = (
        texts.ui_bare("sheet.help-columns", translation=translation, done=done),
        texts.ui_bare("sheet.help-done", done=done),
        texts.ui_bare("sheet.help-signs"),
        texts.ui_bare("sheet.help-save"),
    )
    title, help_title = texts.ui_bare("translations.title"), texts.ui_bare("translations.how")
    return Table(columns, rows, title, help_title, explained, book.language.direction == "rtl")


def heading(texts: Texts, key: str) -> str:
    """Give the heading of a column; that of the translations names the language for those who read it back."""
    words = texts.ui_bare(f"sheet.{key}")
    return f"{words} [{texts.language.code}]" if key == "translation" else words


def source_cell(message: Message) -> str:
    """Give what stands in the column of sources: of a plural, both forms on lines of their own."""
    return f"{message.source}\n{message.plural}" if message.plural else message.source


def address_cell(message: Message, form: int, given: str) -> str:
    """Give how a row is found again, and by what it is known which translation was given out in it."""
    return f"{message.domain}:{message.address}{f'[{form}]' if message.plural else ''} #{mark(given)}"


def mark(given: str) -> str:
    """Give a few signs by which a translation is told from any other."""
    return sha256(one_form(given).encode()).hexdigest()[:8]


def _rows(texts: Texts, standing: Standing) -> Iterator[tuple[str, ...]]:
    message, entry = standing.message, standing.entry
    forms = texts.language.plural_count if message.plural else 1
    for form in range(forms):
        written = entry.texts[form] if entry and form < len(entry.texts) else ""
        cells = {
            "place": " › ".join(place_words(texts, message)),
            "address": address_cell(message, form, written),
            "source": source_cell(message),
            "former": _former(standing),
            "translation": written,
            "done": "",
            "state": texts.ui_bare(f"state.{standing.state.value}"),
            "note": "\n".join(_notes(texts, standing, form)),
        }
        yield tuple(cells[key] for key in KEYS)


def _former(standing: Standing) -> str:
    entry = standing.entry
    if standing.state is not State.OUTDATED or not entry:
        return ""
    return entry.former if entry.fuzzy else entry.source


def _notes(texts: Texts, standing: Standing, form: int) -> Iterator[str]:
    """Give what helps to translate: for which numbers a form is, what the text is for, what a translator remarked."""
    if standing.message.plural and (numbers := texts.language.examples(form)[:_EXAMPLES]):
        joined = texts.ui_bare("list.comma").join(texts.language.number(number) for number in numbers)
        yield texts.ui_bare("sheet.form", numbers=joined)
    yield from filter(None, (standing.message.comment, standing.entry.comment if standing.entry else ""))

"""Tables as XLSX and CSV: written so that nothing in them is active, read within limits and as values only.

Cells that a spreadsheet could take for a formula begin with an apostrophe in both formats, because a table may be
saved as the other; reading takes it away again, so that any text comes back as it was.
"""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.utils import get_column_letter

from rolebook import limits, markup

FORMATS = ("xlsx", "csv")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would take for a coded sign
_DELIMITERS = ",;\t"
_NO_TITLE = re.compile(r"[\\*?:/\[\]]")  # what Excel takes in no name of a sheet
_HEAD, _LOCKED, _OPEN = "Heading of translations", "Given", "To fill in"
_AS_TEXT = "@"  # what is typed stays as it is
_NO_FORMAT = ("General", _AS_TEXT)
_AGAIN = "format the cell as text, and type it again"
_HEAD_COLOUR = "E0F2F1"
_LOCKED_COLOUR = "F5F5F5"


class SheetError(Exception):
    """A file that is no table of ours, or cannot be read; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: its heading, its width in signs, and whether people may write in it."""

    heading: str
    width: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table to write, with the sentences that explain it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str
    help_title: str
    help: tuple[str, ...]
    from_right: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that was read: its number as a spreadsheet shows it, its cells, and what is wrong with some of them."""

    number: int
    cells: tuple[str, ...]
    wrong: Mapping[int, str] = field(default_factory=dict)


def write_table(table: Table, form: str) -> bytes:
    """Give the bytes of a file in one of the formats."""
    return _xlsx(table) if form == "xlsx" else _csv(table)


def read_table(path: Path) -> list[SheetRow]:
    """Read a file by its ending, its head first; raise SheetError where it is no table or too large."""
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise SheetError(f"'{path.name}' is neither .xlsx nor .csv. Save the table in one of these forms.")
    try:
        if (size := path.stat().st_size) > limits.TABLE_BYTES:
            raise SheetError(f"'{path.name}' holds {size:,} bytes, more than {limits.TABLE_BYTES:,}.")
        content = path.read_bytes()
    except OSError as error:
        raise SheetError(f"'{path.name}' cannot be read: {error.strerror or error}.") from error
    rows = list(
        islice(_read_xlsx(path.name, content) if form == "xlsx" else _read_csv(path.name, content), limits.TABLE_ROWS)
    )
    if len(rows) == limits.TABLE_ROWS:
        raise SheetError(f"'{path.name}' has {limits.TABLE_ROWS:,} rows or more.")
    return [row for row in rows if any(row.cells) or row.wrong]


def _csv(table: Table) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([markup.cell(text) for text in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def _xlsx(table: Table) -> bytes:
    """Write a workbook: the table, protected but for its open columns, and a sheet that explains it."""
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    sheet = _sheet(book, table.title, table.from_right, [column.width for column in table.columns])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.protection.sheet = True
    for freedom in ("formatColumns", "formatRows", "formatCells", "autoFilter", "sort"):
        setattr(sheet.protection, freedom, False)  # False means that it is not forbidden
    styles = [_OPEN if column.is_open else _LOCKED for column in table.columns]
    sheet.append([_cell(sheet, column.heading, _HEAD) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, text, style) for text, style in zip(row, styles, strict=True)])
    explained = _sheet(book, table.help_title, table.from_right, [100])
    for line in table.help:
        explained.append([_cell(explained, line, _OPEN)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """Make the three kinds of cells: headings, what is to be read, what is to be filled in."""
    wrapped = Alignment(wrap_text=True, vertical="top")
    head, locked = PatternFill("solid", _HEAD_COLOUR), PatternFill("solid", _LOCKED_COLOUR)
    yield NamedStyle(_HEAD, alignment=wrapped, font=Font(bold=True), fill=head, protection=Protection(locked=True))
    yield NamedStyle(_LOCKED, alignment=wrapped, fill=locked, protection=Protection(locked=True))
    yield NamedStyle(_OPEN, number_format=_AS_TEXT, alignment=wrapped, protection=Protection(locked=False))


def _sheet(book: Workbook, title: str, from_right: bool, widths: Iterable[int]) -> Any:
    """Begin a sheet; the types that openpyxl gives it know less than it can."""
    sheet: Any = book.create_sheet(_NO_TITLE.sub(" ", title)[:31].strip("' ") or None)
    sheet.sheet_view.rightToLeft = from_right
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    return sheet


def _cell(sheet: Any, text: str, style: str) -> Cell:
    made: Cell = WriteOnlyCell(sheet, _ESCAPE_LIKE.sub("_x005F_", one_form(markup.cell(text))))
    made.data_type = "s"  # never a formula
    made.style = style
    return made


def _read_csv(name: str, content: bytes) -> Iterator[SheetRow]:
    text = _decoded(name, content)
    try:
        rows = {mark: next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), []) for mark in _DELIMITERS}
        delimiter = max(_DELIMITERS, key=lambda mark: len(rows[mark]))  # Excel writes ; where a comma stands in numbers
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            yield SheetRow(number, tuple(_text(cell) for cell in cells[: limits.TABLE_COLUMNS]))
    except csv.Error as error:
        raise SheetError(
            f"'{name}' is no CSV that can be read: a cell holds more than {csv.field_size_limit():,} signs. "
            "Perhaps a quotation mark that opens it is not closed."
        ) from error


def _decoded(name: str, content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetError(f"'{name}' is not UTF-8 text. Save it as 'CSV UTF-8', or as .xlsx.") from error


def _read_xlsx(name: str, content: bytes) -> Iterator[SheetRow]:
    """Read the first sheet: values only, whatever formulas, macros or links the file holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > limits.TABLE_UNPACKED:
            raise SheetError(f"'{name}' unpacks to {unpacked:,} bytes, more than {limits.TABLE_UNPACKED:,}.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are of no matter here
            rows = zip(_xlsx_cells(content, data_only=True), _xlsx_cells(content, data_only=False), strict=True)
            for number, (cells, written) in enumerate(rows, 1):
                formulas = {index for index, cell in enumerate(written) if cell.data_type == "f"}
                yield _xlsx_row(number, cells, formulas)
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do
        raise SheetError(f"'{name}' is no .xlsx file that can be read. Open it and save it anew.") from error


def _xlsx_cells(content: bytes, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    """Go through the rows of the first sheet; only without `data_only` is a formula told from its result."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its size need not be true
    yield from sheet.iter_rows(max_col=limits.TABLE_COLUMNS)


def _xlsx_row(number: int, cells: Iterable[Any], formulas: Container[int]) -> SheetRow:
    texts: list[str] = []
    wrong: dict[int, str] = {}
    for index, cell in enumerate(cells):
        if why := _wrong(cell, is_formula=index in formulas):
            wrong[index] = why
        texts.append("" if cell.value is None else _text(_plain(cell.value).replace("_x005F_", "_")))
    while texts and not texts[-1]:
        texts.pop()
    return SheetRow(number, tuple(texts), wrong)


def _wrong(cell: Any, *, is_formula: bool) -> str:
    """Tell why a cell may hold something else than a person sees in it, or nothing."""
    value = cell.value
    if cell.data_type == "e":
        return f"the spreadsheet shows the error {value}; put an apostrophe before the text"
    if is_formula:
        return "a formula stands there; put its words into the cell as text"
    if isinstance(value, date | datetime | time | timedelta):
        return f"the spreadsheet has made a date of it; {_AGAIN}"
    if isinstance(value, bool):
        return f"the spreadsheet has made a value of it that is true or false; {_AGAIN}"
    if isinstance(value, int | float) and not (_is_whole(value) and cell.number_format in _NO_FORMAT):
        return f"the spreadsheet has made a number of it; {_AGAIN}"
    return ""


def _is_whole(value: float) -> bool:
    return isinstance(value, int) or value.is_integer()


def _plain(value: object) -> str:
    """Write a number as a person did."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _text(cell: str) -> str:
    """Give a cell's text as it was before it was made harmless."""
    return markup.text_of_cell(one_form(cell))


def one_form(text: str) -> str:
    """Give a text with one kind of line end and composed letters; spreadsheets change both."""
    return unicodedata.normalize("NFC", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))

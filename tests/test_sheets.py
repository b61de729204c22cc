"""Tables for translators come back as they went out, and nothing that no longer fits is taken."""

import csv
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolebook.findings import Place
from rolebook.languages import Language
from rolebook.loading import Loaded
from rolebook.markup import cell, text_of_cell
from rolebook.messages import Message, Messages, PoFile, State, read_po, updated_po
from rolebook.sheets.table import (
    FORMATS,
    Column,
    SheetError,
    SheetRow,
    Table,
    one_form,
    read_table,
    write_table,
)
from rolebook.sheets.take import Taken
from rolebook.sheets.take import take as take_rows
from rolebook.source import FORBIDDEN
from rolebook.translating import offered_sheet, take_sheet
from tests.kit import MINIATURE, PROJECT, load_miniature

ALL = tuple(State)
HEADS = {"address": "Адреса", "source": "Оригінал", "translation": "Переклад [uk]", "done": "Усе правильно"}
LEAD = "roles/lead:lead"


def export(root: Path, form: str = "xlsx", states: tuple[State, ...] = ALL, language: str = "uk") -> Path:
    content, _ = offered_sheet(load_miniature(root), language, states, form)
    path = root.parent / f"table.{form}"
    path.write_bytes(content)
    return path


def edit(path: Path, row: str, **cells: str | None) -> None:
    """Write into cells of the row with an address, by the names of their columns."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    numbers = [line[1].row for line in sheet.iter_rows(min_row=2) if str(line[1].value).partition(" ")[0] == row]
    assert numbers, row
    for name, text in cells.items():
        cell = sheet.cell(numbers[0], heads.index(HEADS[name]) + 1)
        cell.value = text
        if text is not None:
            cell.data_type = "s"
    book.save(path)


def take(root: Path, path: Path, *, skip_refused: bool = False) -> Taken:
    return take_sheet(load_miniature(root), path, skip_refused=skip_refused)[0]


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "locales").rglob("*.po")}


def state_of(root: Path, address: str, language: str = "uk") -> tuple[str, State]:
    messages = load_miniature(root).knowledge.messages
    domain, _, name = address.partition(":")
    message = messages.sources[domain, name]
    entry = messages.entry(message.key, language)
    assert entry
    return entry.texts[0], entry.state(message)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["uk", "ar", "en"])
def test_a_table_that_nobody_filled_in_changes_no_byte(miniature: Path, form: str, language: str) -> None:
    before = files(miniature)
    taken = take(miniature, export(miniature, form, language=language))
    assert (taken.changed, taken.confirmed, taken.refused, taken.files) == (0, 0, (), {})
    assert taken.unchanged > 0
    assert files(miniature) == before


def test_a_translation_is_taken_and_counts_as_up_to_date(miniature: Path) -> None:
    path = export(miniature)
    edit(path, f"{LEAD}.summary", translation="Ви ведете консультантів.")
    edit(path, f"{LEAD}.takeaways.plan.text", translation="Плануйте тиждень у п’ятницю.\n")
    taken = take(miniature, path)
    assert (taken.changed, taken.refused) == (2, ())
    assert state_of(miniature, f"{LEAD}.summary") == ("Ви ведете консультантів.", State.TRANSLATED)
    assert state_of(miniature, f"{LEAD}.takeaways.plan.text") == ("Плануйте тиждень у п’ятницю.", State.TRANSLATED)


def correct(root: Path, address: str, text: str, *, is_right: bool = True) -> None:
    """Translate a text in its file, while a table is out."""
    po = root / f"locales/uk/{address.partition(':')[0]}.po"
    parsed = polib.pofile(str(po), wrapwidth=0)
    entry = next(entry for entry in parsed if entry.msgctxt == address.partition(":")[2])
    entry.msgstr = text
    if is_right and entry.fuzzy:
        entry.fuzzy = False
        entry.previous_msgid = None
    po.write_text(f"{parsed}\n", "utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_that_nobody_filled_in_takes_back_no_newer_translation(miniature: Path, form: str) -> None:
    path = export(miniature, form)
    correct(miniature, f"{LEAD}.title", "Керівниця залу")
    correct(miniature, f"{LEAD}.summary", "Ви ведете зал.")
    correct(miniature, f"{LEAD}.duties.plan-shifts.text", "Плануєте зміни.")
    before = files(miniature)
    taken = take(miniature, path)
    assert (taken.changed, taken.confirmed, taken.refused, taken.files) == (0, 0, (), {})
    assert files(miniature) == before


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("title", {"translation": "Інше"}),
        ("duties.plan-shifts.text", {"translation": "Інше."}),
        ("about", {"done": "x"}),
    ],
    ids=["changed", "new", "marked as right"],
)
def test_a_row_whose_translation_was_changed_elsewhere_meanwhile_is_refused(
    miniature: Path, text: str, cells: dict[str, str]
) -> None:
    path = export(miniature)
    correct(miniature, f"{LEAD}.title", "Керівниця залу")
    correct(miniature, f"{LEAD}.duties.plan-shifts.text", "Плануєте зміни.")
    correct(miniature, f"{LEAD}.about", "Ви ведете зал.", is_right=False)
    edit(path, f"{LEAD}.{text}", **cells)
    taken = take(miniature, path)
    assert [refusal.address for refusal in taken.refused] == [f"{LEAD}.{text}"]
    assert taken.refused[0].why.startswith("The translation has changed since; it says now: “")


def test_a_row_that_says_what_the_file_says_by_now_is_no_quarrel(miniature: Path) -> None:
    path = export(miniature)
    edit(path, f"{LEAD}.title", translation="Керівниця залу")
    take(miniature, path)
    edit(path, f"{LEAD}.summary", translation="Ви ведете зал.")
    taken = take(miniature, path)
    assert (taken.changed, taken.refused) == (1, ())


def test_what_tools_noted_of_a_text_stays_when_its_row_is_taken(miniature: Path) -> None:
    po = miniature / "locales/uk/roles/lead.po"
    parsed = polib.pofile(str(po), wrapwidth=0)
    next(entry for entry in parsed if entry.msgctxt == "lead.title").flags.append("max-length:40")
    po.write_text(f"{parsed}\n", "utf-8")
    path = export(miniature)
    edit(path, f"{LEAD}.title", translation="Керівниця залу")
    assert take(miniature, path).changed == 1
    assert '#, max-length:40\nmsgctxt "lead.title"' in po.read_text("utf-8")


def test_an_outdated_translation_that_is_right_is_marked_so_with_a_sign(miniature: Path) -> None:
    text, state = state_of(miniature, f"{LEAD}.summary")
    assert state is State.OUTDATED
    path = export(miniature)
    edit(path, f"{LEAD}.summary", done="x")
    assert take(miniature, path).confirmed == 1
    assert state_of(miniature, f"{LEAD}.summary") == (text, State.TRANSLATED)


def test_an_empty_cell_deletes_nothing(miniature: Path) -> None:
    before = files(miniature)
    path = export(miniature)
    edit(path, "ui:nav.roles", translation=None)
    assert take(miniature, path).unchanged > 0
    assert files(miniature) == before


def test_each_plural_form_has_its_row_and_the_text_is_up_to_date_when_all_are(miniature: Path) -> None:
    po = miniature / "locales/uk/ui.po"
    parsed = polib.pofile(str(po), wrapwidth=0)
    entry = next(entry for entry in parsed if entry.msgctxt == "card.minutes")
    entry.flags.append("fuzzy")
    entry.previous_msgid = "{n} min"
    po.write_text(f"{parsed}\n", "utf-8")
    path = export(miniature)
    edit(path, "ui:card.minutes[0]", translation="{n} хв")
    edit(path, "ui:card.minutes[1]", done="так")
    take(miniature, path)
    assert state_of(miniature, "ui:card.minutes") == ("{n} хв", State.OUTDATED)
    edit(path, "ui:card.minutes[0]", done="x")
    edit(path, "ui:card.minutes[2]", done="x")
    assert take(miniature, path).refused == ()
    assert state_of(miniature, "ui:card.minutes") == ("{n} хв", State.TRANSLATED)


def drop_brace(path: Path) -> None:
    edit(path, "ui:card.minutes[2]", translation="хвилин {m}")


REFUSALS: list[tuple[str, Callable[[Path], None], str]] = [
    ("lead.title", lambda p: edit(p, f"{LEAD}.title", source="Old", translation="Інше"), "it says now: “Desk lead”"),
    ("lead.nothing", lambda p: edit(p, f"{LEAD}.title", address="roles/lead:lead.nothing"), "no such text any more"),
    ("without", lambda p: edit(p, f"{LEAD}.title", address=None), "There is no address in this row"),
    ("mechanic.title", lambda p: edit(p, f"{LEAD}.title", address="roles/mechanic:mechanic.title"), "written in this"),
    ("card.minutes[9]", lambda p: edit(p, "ui:card.minutes[2]", address="ui:card.minutes[9]"), "has 3 plural forms"),
    ("card.minutes[2]", drop_brace, "needs {n}, but the translation has {m}"),
    ("adviser.summary", lambda p: edit(p, "roles/adviser:adviser.summary", translation="Без."), "links of"),
    ("lead.about", lambda p: edit(p, f"{LEAD}.about", translation="Це **важливо."), "The sign * stands alone"),
    ("lead.about", lambda p: edit(p, f"{LEAD}.about", translation="a\u202eb"), "invisible character"),
    ("lead.about", lambda p: edit(p, f"{LEAD}.about", translation="[x](javascript:y)"), "is not possible"),
    ("plan-shifts.text", lambda p: edit(p, f"{LEAD}.duties.plan-shifts.text", done="x"), "there is no translation"),
]


@pytest.mark.parametrize(("row", "damage", "why"), REFUSALS, ids=[f"{row} {why}" for row, _, why in REFUSALS])
def test_what_no_longer_fits_is_refused_by_its_row_and_nothing_is_written(
    miniature: Path, row: str, damage: Callable[[Path], None], why: str
) -> None:
    before = files(miniature)
    path = export(miniature)
    edit(path, "ui:nav.roles", translation="Посади")
    damage(path)
    taken = take(miniature, path)
    assert len(taken.refused) == 1
    refused = taken.refused[0]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert row in (sheet.cell(refused.row, 2).value or "without")
    assert why in refused.why
    assert files(miniature) == before
    assert take(miniature, path, skip_refused=True).changed == 1
    assert state_of(miniature, "ui:nav.roles") == ("Посади", State.TRANSLATED)
    assert set(files(miniature)) == set(before)
    assert {name for name, content in files(miniature).items() if content != before[name]} == {"locales/uk/ui.po"}


def test_two_rows_that_translate_one_text_differently_are_both_refused(miniature: Path) -> None:
    path = export(miniature)
    edit(path, "ui:nav.roles", translation="Посади")
    edit(path, "ui:nav.skills", address="ui:nav.roles", source="Roles", translation="Професії")
    taken = take(miniature, path)
    assert [refusal.why for refusal in taken.refused] == ["Rows 3 and 4 translate one text differently."] * 2


def test_columns_are_found_wherever_they_stand_and_in_any_language(miniature: Path) -> None:
    path = miniature.parent / "own.csv"
    rows = [["Translation [uk]", "My notes", "Source", "العنوان"], ["Посади", "?", "Roles", "ui:nav.roles"]]
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows)
    path.write_text(file.getvalue(), "utf-8")
    taken = take(miniature, path)
    assert (taken.language.code, taken.changed, taken.refused) == ("uk", 1, ())


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.ods", b"", "neither .xlsx nor .csv"),
        ("x.csv", b"", "is empty"),
        ("x.csv", "Адреса,Оригінал,Переклад [uk]\n".encode("cp1251"), "is not UTF-8 text"),
        ("x.csv", b"a,b,c\n1,2,3\n", "does not hold the headings"),
        ("x.csv", b"Address,Source,Translation [sv]\n", "in 'sv', which the site does not speak"),
        ("x.csv", b'"Address,Source,' + b"x" * 200_000, "more than 131,072 signs. Perhaps a quotation mark"),
        ("x.csv", b'Address,Source\n"' + b"x" * 200_000, "more than 131,072 signs. Perhaps a quotation mark"),
        ("x.xlsx", b"PK no zip", "is no .xlsx file that can be read"),
        ("x.csv", b"x" * (16 * 1024 * 1024 + 1), "more than 16,777,216"),
        ("no/x.csv", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_table_of_ours_is_refused_in_a_sentence(
    miniature: Path, name: str, content: bytes | None, why: str
) -> None:
    path = miniature.parent / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SheetError, match=why.replace("(", r"\(")):
        take(miniature, path)


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as member:
        for _ in range(200):
            member.write(b" " * 1024 * 1024)
    with pytest.raises(SheetError, match="unpacks to 209,715,200 bytes"):
        read_table(path)


def test_a_workbook_with_entities_that_multiply_is_refused(miniature: Path) -> None:
    path = export(miniature)
    attack = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    source = zipfile.ZipFile(path)
    target = miniature.parent / "laughs.xlsx"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            text = source.read(member).decode()
            if member.filename.endswith("sheet1.xml"):
                text = (
                    f"{attack}]>" + text.partition("?>")[2].replace("Адреса", "&j;", 1)
                    if "?>" in text
                    else (f"{attack}]>" + text.replace("Адреса", "&j;", 1))
                )
            archive.writestr(member, text)
    with pytest.raises(SheetError):
        read_table(target)


WRONG_CELLS: list[tuple[object, str, str]] = [
    (0.5, "0%", "has made a number of it"),
    (7, "0.00", "has made a number of it"),
    (1.5, "General", "has made a number of it"),
    (True, "General", "has made a value of it that is true or false"),
    (timedelta(hours=8), "[h]:mm", "has made a date of it"),
    ('=HYPERLINK("https://x.example")', "General", "formula stands there"),
    ("=A1", "@", "formula stands there"),
]


@pytest.mark.parametrize(("value", "number_format", "why"), WRONG_CELLS)
def test_what_shows_other_signs_than_it_holds_is_never_taken_for_a_translation(
    miniature: Path, value: object, number_format: str, why: str
) -> None:
    path = export(miniature)
    book = openpyxl.load_workbook(path)
    cell: Any = book.worksheets[0]["E3"]
    cell.value, cell.number_format = value, number_format
    book.save(path)
    taken = take(miniature, path)
    assert taken.changed == 0
    assert [why in refusal.why for refusal in taken.refused] == [True]


def test_a_whole_number_is_taken_as_it_was_typed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([24])
    book.save(tmp_path / "x.xlsx")
    assert read_table(tmp_path / "x.xlsx") == [SheetRow(1, ("24",))]


def test_errors_and_dates_are_never_taken_for_translations(miniature: Path) -> None:
    path = export(miniature)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["E4"].value, sheet["E4"].data_type = "#NAME?", "e"
    sheet["E5"].number_format = "yyyy-mm-dd"
    sheet["E5"].value = 45000
    book.save(path)
    taken = take(miniature, path)
    assert [refusal.why.partition(";")[0] for refusal in taken.refused] == [
        "The spreadsheet shows the error #NAME?",
        "The spreadsheet has made a date of it",
    ]
    assert taken.changed == 0


def test_in_a_workbook_only_translation_and_mark_are_open_and_no_cell_is_a_formula(miniature: Path) -> None:
    book = openpyxl.load_workbook(export(miniature))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "A2"
    heads = [cell.value for cell in sheet[1]]
    assert heads[4] == HEADS["translation"]
    for row in sheet.iter_rows(min_row=2):
        assert [cell.column - 1 for cell in row if not cell.protection.locked] == [4, 5]
        assert all(cell.data_type != "f" for cell in row)
        assert all(cell.alignment.wrap_text for cell in row if cell.value)
        assert [cell.number_format for cell in row if not cell.protection.locked] == ["@", "@"]  # no typed text turns
    assert "Переклад" in str(book.worksheets[1]["A1"].value)


def test_a_table_in_a_language_from_right_to_left_begins_at_the_right(miniature: Path) -> None:
    assert openpyxl.load_workbook(export(miniature, language="ar")).worksheets[0].sheet_view.rightToLeft


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn")), min_size=1).filter(
    lambda text: not FORBIDDEN.search(text) and text.strip()
)


@given(TEXTS)
def test_any_text_is_made_harmless_and_comes_back(text: str) -> None:
    assert not cell(text).startswith(tuple("=+-@＝＋－＠\t\r\n"))
    assert text_of_cell(cell(text)) == text


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=30)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_any_table_is_read_as_it_was_written(
    form: str, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("tables") / f"table.{form}"
    table = Table((Column("a", 10), Column("b", 10)), tuple((text, "end") for text in texts), "T", "H", ())
    path.write_bytes(write_table(table, form))
    assert [row.cells for row in read_table(path)[1:]] == [(one_form(text), "end") for text in texts]


def without_mark(cell: str) -> str:
    """Give an address as people write it, who know of no mark of the translation that was given out."""
    return cell.partition(" ")[0] if cell.startswith("roles/x:") else cell


WORDS = ("sheet.", "state.", "translations.", "list.")


@cache
def base() -> Loaded:
    return load_miniature(MINIATURE)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=20)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_arbitrary_translations_survive_the_way_there_and_back(
    form: str, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A table that nobody filled in changes nothing; into an empty file it brings every text."""
    folder = tmp_path_factory.mktemp("way")
    uk = Language("uk")
    sources = [Message("roles/x", f"x.t{n}", f"Source {n}", "en", Place("x")) for n in range(len(texts))]
    ui = [
        message
        for message in base().knowledge.messages.sources.values()
        if message.domain == "ui" and message.address.startswith(WORDS)
    ]
    (folder / "x.po").write_text(updated_po(sources, None, uk), "utf-8")
    parsed = polib.pofile(str(folder / "x.po"), wrapwidth=0)
    for entry, text in zip(parsed, texts, strict=True):
        entry.msgstr = text
    (folder / "x.po").write_text(f"{parsed}\n", "utf-8")
    full, findings = read_po(folder, folder / "x.po")
    assert findings == []

    def loaded(file: PoFile) -> Loaded:
        own = replace(file, path="locales/uk/roles/x.po")
        files = {"uk": {"ui": base().knowledge.messages.files["uk"]["ui"], "roles/x": own}}
        messages = Messages({message.key: message for message in (*ui, *sources)}, files)
        catalog = replace(
            base().knowledge.catalog, root=folder, languages=(uk,), default_language=uk,
            roles={}, skills={}, families={}, levels={}, proficiency={}, measures={}, owners={}, products={}, tools={},
        )  # fmt: skip
        return Loaded(replace(base().knowledge, catalog=catalog, messages=messages), ())

    path = folder / f"table.{form}"
    path.write_bytes(offered_sheet(loaded(full), "uk", ALL, form)[0])
    assert take_sheet(loaded(full), path, skip_refused=False)[0].files == {}
    empty = PoFile("locales/uk/roles/x.po")
    rows = [replace(row, cells=tuple(without_mark(cell) for cell in row.cells)) for row in read_table(path)]
    taken = take_rows(loaded(empty).knowledge, rows)
    assert taken.refused == ()
    written = polib.pofile(taken.files["locales/uk/roles/x.po"], wrapwidth=0)
    assert [entry.msgstr for entry in written] == [one_form(text).strip() for text in texts]


def run(root: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "build_roles.py"), "translate", "--root", str(root), *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1780272000"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_command_writes_a_table_once_and_takes_it_back(miniature: Path) -> None:
    folder = miniature.parent
    done = run(miniature, folder, "--export", "uk")
    assert (done.returncode, done.stdout[:2]) == (0, "43")
    again = run(miniature, folder, "--export", "uk")
    assert again.returncode == 1
    assert "exists already" in again.stderr
    edit(folder / "translations-uk.xlsx", f"{LEAD}.about", translation="Старший стоїть між залом і майстернею.")
    edit(folder / "translations-uk.xlsx", f"{LEAD}.duties.answer.text", source="Something else", translation="Так.")
    refused = run(miniature, folder, "--import", "translations-uk.xlsx")
    assert refused.returncode == 1
    assert "roles/lead:lead.duties.answer.text: The source has changed since" in refused.stderr
    assert "1 translations would be taken, 0 marked as right" in refused.stdout
    assert "Nothing was written." in refused.stdout
    taken = run(miniature, folder, "--import", "translations-uk.xlsx", "--skip-refused")
    assert "1 translations taken" in taken.stdout
    assert state_of(miniature, f"{LEAD}.about")[1] is State.TRANSLATED


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--export", "ukr"], "Did you mean 'uk'?"),
        (["--export", "uk", "--only", "old"], "'old' is no state of a translation"),
        (["--export", "uk", "--file", "x.txt"], "must end in .xlsx"),
        (["--export", "uk", "--import", "x.csv"], "not allowed with"),
    ],
)
def test_a_mistaken_call_is_told_in_a_sentence(miniature: Path, arguments: list[str], words: str) -> None:
    done = run(miniature, miniature.parent, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_complete_language_gives_no_table(miniature: Path) -> None:
    done = run(miniature, miniature.parent, "--export", "ar", "--only", "unchecked")
    assert (done.returncode, "Nothing was written." in done.stdout) == (0, True)
    assert not (miniature.parent / "translations-ar.xlsx").exists()


def test_a_workbook_is_written_whatever_its_words_are(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    title = "[Переклади: усі] / мови * сьогодні, завтра й потім?"
    path.write_bytes(write_table(Table((Column("a", 9),), (("b",),), title, title, ("=1+1",)), "xlsx"))
    names = openpyxl.load_workbook(path).sheetnames
    assert len(names) == 2
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)

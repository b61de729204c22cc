"""Every limit is told in plain words where it is passed, and what is just within it is taken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolebook import limits
from rolebook.findings import Place, found
from rolebook.git import open_repository
from rolebook.report import as_markdown
from rolebook.sheets.table import SheetError, read_table
from tests.kit import load_miniature
from tests.repository import commit

ROLE = "roles/care/adviser.yml"
SKILL = "roles/vocabulary/skills/listening.yml"
PRODUCTS = "roles/vocabulary/products.yml"
PO = "locales/uk/roles/adviser.po"
SEARCH = "locales/uk/search.yml"
LANGUAGES = "locales/languages.yml"


def text(name: str, make: Callable[[int], str]) -> Callable[[Path, int], str]:
    """Write a file whole, of as much as is asked."""

    def write(root: Path, number: int) -> str:
        (root / name).write_text(make(number), "utf-8")
        return name

    return write


def value(name: str, change: Callable[[Any, int], Any]) -> Callable[[Path, int], str]:
    """Change the values of a file."""

    def write(root: Path, number: int) -> str:
        data = yaml.safe_load((root / name).read_bytes())
        change(data, number)
        (root / name).write_text(yaml.safe_dump(data), "utf-8")
        return name

    return write


def sparse(name: str) -> Callable[[Path, int], str]:
    """Write a file of so many bytes that takes no room."""

    def write(root: Path, number: int) -> str:
        with (root / name).open("wb") as file:
            file.truncate(number)
        return name

    return write


def folders(root: Path, number: int) -> str:
    below = "/".join(["docs/en", *["a"] * (number - 2)])
    (root / below).mkdir(parents=True)
    return below


def codes(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return yaml.safe_dump({"default": "en", "languages": [a + b for a in letters for b in letters][:number]})


def exception(key: str) -> Callable[[Any, int], Any]:
    return lambda data, number: data.update(
        exceptions=[{"at": "title", "rule": "final-stop", "why": "a", key: "a" * number}]
    )


def classified(key: str) -> Callable[[Any, int], Any]:
    return lambda data, number: data["codes"][0].update({key: "1" * number})


CASES: dict[str, tuple[Callable[[Path, int], str], str]] = {
    "FILE_BYTES": (text(ROLE, lambda number: "#" * number), "file-too-large"),
    "DEPTH": (text(ROLE, lambda number: "[" * number + "]" * number), "too-deep"),
    "VALUES": (text(ROLE, lambda number: ("- [" + "x," * 99 + "]\n") * (number // 100 + 1)), "too-many-items"),
    "KEYS": (text(ROLE, lambda number: "".join(f"a{n}:\n" for n in range(number))), "too-many-items"),
    "ITEMS": (text(ROLE, lambda number: "- x\n" * number), "too-many-items"),
    "FOLDERS": (folders, "too-many-files"),
    "ASSET_BYTES": (sparse("docs/en/film.mp4"), "file-too-large"),
    "LANGUAGES": (text(LANGUAGES, codes), "bad-value"),
    "ID": (value(ROLE, lambda data, number: data.update(owner="a" * number)), "bad-value"),
    "TITLE": (value(ROLE, lambda data, number: data.update(title="a" * number)), "bad-value"),
    "TEXT": (value(ROLE, lambda data, number: data.update(summary="a" * number)), "bad-value"),
    "NAMES": (value(ROLE, lambda data, number: data.update(aliases=[f"a{n}" for n in range(number)])), "bad-value"),
    "NAME": (value(ROLE, lambda data, number: data.update(aliases=["a" * number])), "bad-value"),
    "PRODUCT_NAME": (value(PRODUCTS, lambda data, number: data["products"][0].update(name="a" * number)), "bad-value"),
    "MONTHS": (value(ROLE, lambda data, number: data["moves"][0].update(months=[0, number])), "bad-value"),
    "SEARCH_WORDS": (value(SEARCH, lambda data, number: data["pages"][0].update(words="a" * number)), "bad-value"),
    "EXCEPTION_PLACE": (value(ROLE, exception("at")), "bad-value"),
    "EXCEPTION_REASON": (value(ROLE, exception("why")), "bad-value"),
    "CODE": (value(ROLE, classified("version")), "bad-value"),
    "PO_BYTES": (sparse(PO), "file-too-large"),
    "PO_ENTRIES": (text(PO, lambda number: 'msgid "x"\nmsgstr ""\n\n' * number), "too-many-items"),
    "PO_TEXT": (text(PO, lambda number: f'msgctxt "a"\nmsgid "a"\nmsgstr "{"a" * (number - 9)}"\n'), "bad-value"),
    "PO_LINES": (text(PO, lambda number: 'msgid ""\n' + '"a"\n' * (number - 1) + 'msgstr "a"\n'), "bad-value"),
}
ELSEWHERE = {
    "FILES", "TABLE_BYTES", "TABLE_UNPACKED", "TABLE_ROWS", "TABLE_COLUMNS", "FORMER_BYTES", "FINDINGS_OF_A_KIND",
    "REPORT_ROWS",
}  # fmt: skip
"""Limits that have a test of their own below, or with what they limit."""


def said(root: Path, name: str) -> dict[str, str]:
    """Give what is said of a file, by the code of the rule."""
    return {finding.code: finding.message for finding in load_miniature(root).findings if finding.place.path == name}


def test_every_limit_is_tried() -> None:
    named = {name for name in vars(limits) if name.isupper()}
    assert named == CASES.keys() | ELSEWHERE


@pytest.mark.parametrize("name", CASES)
def test_what_passes_a_limit_is_told_with_the_limit(name: str, miniature: Path) -> None:
    write, code = CASES[name]
    limit = getattr(limits, name)
    message = said(miniature, write(miniature, limit + 1))[code]
    assert f"{limit:,}" in message or str(limit) in message


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"FOLDERS", "ID", "VALUES"}))
def test_what_is_just_within_a_limit_is_taken(name: str, miniature: Path) -> None:
    write, code = CASES[name]
    limit = getattr(limits, name)
    told = said(miniature, write(miniature, limit)).get(code, "")
    assert f"{limit:,}" not in told
    assert str(limit) not in told


def test_too_many_files_are_told(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", 3)
    for number in range(4):
        (miniature / f"docs/en/{number}.png").write_bytes(b"")
    assert said(miniature, "docs/en")["too-many-files"] == "The folder holds 5 files, more than 3."


def test_a_table_that_passes_a_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "table.csv"
    table.write_text("a,b\n" * 10, "utf-8")
    monkeypatch.setattr(limits, "TABLE_COLUMNS", 1)
    assert {len(row.cells) for row in read_table(table)} == {1}
    monkeypatch.setattr(limits, "TABLE_ROWS", 10)
    with pytest.raises(SheetError, match="10 rows or more"):
        read_table(table)
    monkeypatch.setattr(limits, "TABLE_BYTES", 39)
    with pytest.raises(SheetError, match="40 bytes, more than 39"):
        read_table(table)


def test_of_a_former_file_beyond_the_limit_only_the_size_is_kept(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FORMER_BYTES", 10)
    (repository / "docs/en/long.md").write_text("# A long page\n", "utf-8")
    commit(repository)
    open_repository(repository).export("HEAD", ["docs"], tmp_path / "out", (".md",))
    assert (tmp_path / "out/docs/en/long.md").read_bytes() == bytes(14)


def test_of_invisible_characters_the_first_are_told(miniature: Path) -> None:
    (miniature / ROLE).write_text("title: \x01\n" * (limits.FINDINGS_OF_A_KIND + 1), "utf-8")
    told = [finding for finding in load_miniature(miniature).findings if finding.code == "control-character"]
    assert len(told) == limits.FINDINGS_OF_A_KIND


def test_a_report_counts_what_it_has_no_room_for() -> None:
    findings = [found("bad-id", Place("a.yml", line), "No.") for line in range(1, limits.REPORT_ROWS + 3)]
    assert as_markdown(findings).endswith("… and 2 more.")

"""`check` finds what a load finds, though it looks at each language by itself."""

import os
from pathlib import Path

import pytest

from rolebook.cli import main
from rolebook.failures import BuildError
from rolebook.loading import load, load_side_by_side
from rolebook.pipeline import build
from tests.bases import DAY, make_base
from tests.conftest import quiet
from tests.kit import CHANGES, TODAY, change_miniature, forget, load_miniature
from tests.repository import git


@pytest.mark.parametrize("processes", ["1", "2"])
def test_each_language_by_itself_is_said_the_same_of(
    miniature: Path, monkeypatch: pytest.MonkeyPatch, processes: str
) -> None:
    for name in ("roles/care/lead.yml", "locales/uk/roles/adviser.po", "locales/ar/vocabulary.po"):
        path = miniature / name
        path.write_text(path.read_text("utf-8").replace("e", "x  "), "utf-8")
    (miniature / "locales/uk/ui.po").write_text("broken", "utf-8")
    monkeypatch.setenv("ROLEBOOK_PROCESSES", processes)
    forget()
    found = load_side_by_side(miniature, TODAY).findings
    assert found == load(miniature, TODAY).findings
    assert len(found) > 40


def test_the_same_is_said_of_many_roles(tmp_path: Path) -> None:
    root = make_base(tmp_path / "base", 48, ["en", "uk", "zh-Hant"])
    found = load_side_by_side(root, DAY).findings
    assert found == load(root, DAY).findings
    assert found


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_well_written_before_is_judged_anew_when_anything_changed_of_it(
    miniature: Path, change: tuple[str, str, str]
) -> None:
    load_side_by_side(miniature, TODAY)
    change_miniature(miniature, *change)
    found = load_side_by_side(miniature, TODAY).findings
    forget()
    assert found == load_miniature(miniature).findings


def test_what_is_well_written_is_judged_once(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_side_by_side(miniature, TODAY).findings
    forget()
    monkeypatch.setattr("rolebook.checks.writing._said_of_translations", None)
    assert load_side_by_side(miniature, TODAY).findings == before


@pytest.mark.parametrize("content", ["", "no name", "00", "ff" * 10_000])
def test_a_damaged_list_of_what_is_well_written_is_made_anew(miniature: Path, content: str) -> None:
    load_side_by_side(miniature, TODAY)
    kept = miniature / ".cache/well-written.uk"
    before = kept.read_text("ascii")
    kept.write_text(content, "ascii")
    load_side_by_side(miniature, TODAY)
    assert kept.read_text("ascii") == before != ""


def test_nobody_else_can_say_that_something_is_well_written(repository: Path) -> None:
    load_side_by_side(repository, TODAY)
    git(repository, "add", "--force", ".cache")
    for file in (repository / ".cache").iterdir():
        file.write_text("", "ascii")
    load_side_by_side(repository, TODAY)
    assert not any(file.read_text("ascii") for file in (repository / ".cache").iterdir())


def test_check_says_what_to_do_where_the_system_ends_a_part_of_it(
    miniature: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLEBOOK_PROCESSES", "2")
    monkeypatch.setattr("rolebook.loading.run_checks_of_translations", lambda *_: os._exit(1))
    assert main(["check", "--root", str(miniature)]) == 1
    assert "ROLEBOOK_PROCESSES=1" in capsys.readouterr().err


def test_a_translation_that_changes_after_it_was_checked_is_not_built(miniature: Path) -> None:
    loaded = load_side_by_side(miniature, TODAY)
    path = miniature / "locales/uk/roles/lead.po"
    path.write_text(path.read_text("utf-8").replace('msgstr "', 'msgstr "<b>', 3), "utf-8")
    with pytest.raises(BuildError, match=r"locales/uk/roles/lead\.po was changed .* Run the command again"):
        build(loaded, miniature / "site", quiet)
    assert not (miniature / "site").exists()

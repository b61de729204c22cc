"""What `check` found last is given again as long as nothing changed, and never any longer."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rolebook import answer as answering
from rolebook.answer import KEPT, Answer, answer
from tests.kit import TODAY

FOUND = Answer("a:3: error: «x» \udcff", is_sound=False)
OTHER = Answer("No errors.", is_sound=True)


TEXT = KEPT.format("text")


class Finder:
    """Finds one thing, and counts how often it was asked."""

    def __init__(self, found: Answer = FOUND) -> None:
        self.times = 0
        self.found = found

    def __call__(self) -> Answer:
        self.times += 1
        return self.found


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one file, which a test may change."""
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "code.py").write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(answering, "_PROGRAM", folder)
    return folder


@pytest.fixture
def base(miniature: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the miniature whose files count as settled at once, and whose findings are kept, with a built page."""
    (miniature / "docs/en/roles/lead").mkdir(parents=True)
    monkeypatch.setattr(answering, "SETTLED", 0)
    time.sleep(0.02)  # more than a tick of the clock of files
    assert answer(miniature, TODAY, "text", Finder()) == FOUND
    return miniature


def is_asked_anew(root: Path, day: date = TODAY) -> bool:
    finder = Finder(OTHER)
    return answer(root, day, "text", finder) == OTHER and finder.times == 1


def rewrite(root: Path, name: str) -> None:
    """Change one letter of a file, and bring its time back, as tools do that copy files."""
    path = root / name
    former, content = path.stat(), path.read_bytes()
    path.write_bytes(content[:-2] + b"#" + content[-1:])
    os.utime(path, ns=(former.st_atime_ns, former.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a role": lambda root: rewrite(root, "roles/care/lead.yml"),
    "a translation": lambda root: rewrite(root, "locales/uk/roles/lead.po"),
    "the words of the search": lambda root: rewrite(root, "locales/uk/search.yml"),
    "the languages": lambda root: rewrite(root, "locales/languages.yml"),
    "a hand-written page": lambda root: rewrite(root, "docs/en/index.md"),
    "a new file": lambda root: (root / "roles/stray.txt").write_bytes(b""),
    "a new folder": lambda root: (root / "locales/xx").mkdir(),
    "a page outside all languages": lambda root: (root / "docs/page.md").write_bytes(b""),
    "a file that is gone": lambda root: (root / "roles/craft/smith.yml").unlink(),
    "a file with another name": lambda root: (root / "roles/craft/smith.yml").rename(root / "roles/craft/forger.yml"),
    "a file that was put in its place": lambda root: (root / "docs/uk/index.md").replace(root / "docs/en/index.md"),
    "a file nobody may read": lambda root: (root / "roles/care/lead.yml").chmod(0),
    "a page by hand where the generator writes": lambda root: (root / "docs/en/roles/mine.md").write_bytes(b""),
    "a page by hand beside a generated one": lambda root: (root / "docs/en/roles/lead/mine.md").write_bytes(b""),
    "the program": lambda root: rewrite(root.parent, "program/code.py"),
    "a link": lambda root: (root / "docs/en/other.md").symlink_to("index.md"),
    "the answer's own file": lambda root: rewrite(root, TEXT),
    "an answer cut short": lambda root: (root / TEXT).write_bytes((root / TEXT).read_bytes()[:-3]),
    "an answer that is none": lambda root: (root / TEXT).write_bytes(b"\xff\0"),
}


def test_the_same_is_said_again_while_nothing_changes(base: Path) -> None:
    finder = Finder(OTHER)
    assert answer(base, TODAY, "text", finder) == FOUND
    assert finder.times == 0
    assert answer(base, TODAY, "json", finder) == OTHER
    assert answer(base, TODAY, "text", finder) == FOUND


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_looked_at_anew(base: Path, change: Callable[[Path], object]) -> None:
    change(base)
    assert is_asked_anew(base)


def test_another_day_or_other_packages_are_judged_anew(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_asked_anew(base, TODAY + timedelta(days=1))
    assert answer(base, TODAY, "text", Finder()) == FOUND
    (tmp_path / "packages/polib-9.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    assert is_asked_anew(base)


def test_what_changes_while_it_is_looked_at_is_not_kept(base: Path) -> None:
    def find() -> Answer:
        rewrite(base, "docs/en/index.md")
        return FOUND

    rewrite(base, "roles/care/lead.yml")
    time.sleep(0.02)
    answer(base, TODAY, "text", find)
    assert is_asked_anew(base)


def test_a_file_that_may_change_within_the_same_tick_is_not_trusted(
    miniature: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "SETTLED", 1000 * answering.SECOND)
    answer(miniature, TODAY, "text", Finder())
    assert is_asked_anew(miniature)


def test_what_may_be_found_otherwise_at_any_time_is_not_kept(base: Path) -> None:
    answer(base, TODAY + timedelta(days=1), "text", Finder(replace(FOUND, lasts=False)))
    assert is_asked_anew(base, TODAY + timedelta(days=1))


def test_a_knowledge_base_that_cannot_be_written_to_is_answered_all_the_same(miniature: Path, program: Path) -> None:
    (miniature / ".cache").write_text("no folder", "utf-8")
    assert answer(miniature, TODAY, "text", Finder()) == FOUND
    assert is_asked_anew(miniature)

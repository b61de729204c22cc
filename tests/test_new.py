"""New roles, skills and the like: asked for in plain words, valid at once, and never in the way of what is there."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from select import select

import pytest

from rolebook.cli import main
from rolebook.findings import has_errors
from rolebook.languages import Language
from rolebook.scaffold.ids import proposed_id
from rolebook.schema import ID_LENGTH
from tests.kit import PROJECT, TODAY, load_miniature, state_of

DAY = "1780272000"  # TODAY in seconds
ROLE = {
    "title": "Керівниця зміни", "language": "uk", "family": "care", "track": "management", "level": "2",
    "summary": "Веде зміну.", "owner": "desk",
}  # fmt: skip
SKILL = {
    "title": "Patience", "group": "people", "definition": "Waiting well.", "awareness": "a", "working": "b",
    "practitioner": "c", "expert": "d",
}  # fmt: skip
CASES = [
    ("role", ROLE, "roles/care/kerivnytsia-zminy.yml"),
    ("skill", SKILL, "roles/vocabulary/skills/patience.yml"),
    ("tool", {"title": "Post: by hand", "purpose": "For letters #1."}, "roles/vocabulary/tools.yml"),
    ("product", {"name": "Whistle", "purpose": "Is heard.", "tool": "phone"}, "roles/vocabulary/products.yml"),
    ("family", {"title": "Sales", "summary": "Sells."}, "roles/vocabulary/families.yml"),
    ("measure", {"title": "Sold", "text": "Bicycles sold."}, "roles/vocabulary/measures.yml"),
    ("owner", {"title": "Workshop"}, "roles/vocabulary/owners.yml"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def new(root: Path, kind: str, answers: Mapping[str, str]) -> int:
    flags = [part for name, answer in answers.items() for part in (f"--{name}", answer)]
    return main(["new", kind, "--root", str(root), *flags])


def test_what_is_no_file_does_not_stand_in_the_way(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (miniature / "docs/en/notes.md").mkdir()
    for name in ("docs/en/gone.md", "roles/care/gone.yml", "roles/gone"):
        (miniature / name).symlink_to("nowhere")
    (miniature / "roles/care/loop.yml").symlink_to("loop.yml")
    (miniature / "roles/care/again").symlink_to("..")
    assert new(miniature, "skill", SKILL) == 0, capsys.readouterr().err
    assert (miniature / "roles/vocabulary/skills/patience.yml").is_file()


@pytest.mark.parametrize(("kind", "answers", "path"), CASES)
def test_what_is_new_is_valid_in_its_one_form_and_says_what_to_do_next(
    kind: str, answers: Mapping[str, str], path: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state_of(repository)
    assert new(repository, kind, answers) == 0
    said = capsys.readouterr().out
    assert path in said
    assert "What to do next:" in said
    assert not has_errors(load_miniature(repository).findings)
    assert main(["format", "--check", "--root", str(repository)]) == 0
    after = state_of(repository)
    assert after[path].startswith(before.get(path, b""))
    touched = {name for name in after if after[name] != before.get(name)}
    assert touched == ({path, "roles/vocabulary/tools.yml"} if kind == "product" else {path})


def test_a_list_that_is_empty_or_has_no_key_any_more_is_begun_anew(miniature: Path) -> None:
    path = miniature / "roles/vocabulary/measures.yml"
    for role in (miniature / "roles").glob("*/*.yml"):
        role.write_text(re.sub(r"    measures:\n(      - .*\n)+", "", role.read_text("utf-8")), "utf-8")
    path.write_text("language: en\nmeasures: []\n", "utf-8")
    assert main(["format", "--root", str(miniature)]) == 0
    assert not has_errors(load_miniature(miniature).findings)
    assert new(miniature, "measure", {"title": "Closed", "text": "Cases that were closed."}) == 0
    assert [measure.id for measure in load_miniature(miniature).knowledge.catalog.measures.values()] == ["closed"]


def test_a_new_role_is_a_draft_read_through_today(miniature: Path) -> None:
    new(miniature, "role", ROLE)
    assert (miniature / "roles/care/kerivnytsia-zminy.yml").read_text("utf-8") == (
        "title: Керівниця зміни\nlanguage: uk\ntrack: management\nlevel: 2\nsummary: Веде зміну.\nowner: desk\n"
        f"reviewed: {TODAY}\nreview_every_months: 12\nstatus: draft\n"
    )


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("uk", "Керівниця зміни", "kerivnytsia-zminy"),
        ("uk", "З’єднання Юрія, їжак і Згурський", "ziednannia-yuriia-yizhak-i-zghurskyi"),
        ("ru", "Руководитель смены", "rukovoditel-smeny"),
        ("zh-Hant", "客戶服務專員", "ke-hu-fu-wu-zhuan-yuan"),
        ("fi", "Työnjohtaja", "tyonjohtaja"),
        ("da", "Kørelærer på Ærø", "koerelaerer-paa-aeroe"),
        ("en", "2nd-line support (C# & more)", "line-support-c-more"),
        ("en", "Lead", "lead-2"),
        ("en", "?", ""),
    ],
)
def test_an_id_says_the_title_in_latin_letters(language: str, title: str, expected: str) -> None:
    assert proposed_id(title, language, {"lead"}) == expected


def test_an_id_of_a_long_title_ends_with_a_word_and_is_never_taken() -> None:
    first = proposed_id("Head of something " * 9, "en", ())
    second = proposed_id("Head of something " * 9, "en", {first})
    assert len(first) <= ID_LENGTH[1]
    assert first.endswith(("head", "of", "something"))
    assert second.endswith("-2")
    assert len(second) <= ID_LENGTH[1]


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("role", {**ROLE, "id": "lead"}, "There is a role called 'lead' already in roles/care/lead.yml."),
        ("role", {**ROLE, "id": "farrier"}, "Old links to 'farrier' lead to 'mechanic' today"),
        ("role", {**ROLE, "id": "Shift Lead"}, "'Shift Lead' cannot be an id"),
        ("role", {**ROLE, "title": "Counsellor"}, "'adviser' is called so already."),
        ("role", {**ROLE, "family": "crafts"}, "There is no family called 'crafts'. Did you mean 'craft'?"),
        ("role", {**ROLE, "level": "3"}, "There is no level called '3'. Possible: 1, 2."),
        ("role", {**ROLE, "owner": "desc"}, "There is no owner called 'desc'. Did you mean 'desk'?"),
        ("role", {**ROLE, "summary": "See [x](javascript:y)."}, "The link to 'javascript:y' is not possible."),
        ("role", {**ROLE, "summary": "See [x](/roles/nobody/)."}, "There is no page '/roles/nobody/'."),
        ("role", {**ROLE, "review-every-months": "61"}, "This must be a whole number from 1 to 60."),
        ("tool", {"title": "X", "purpose": "y", "id": "bell"}, "There is a product called 'bell' already"),
        ("tool", {"title": "X", "purpose": "y", "id": "bell-400"}, "Old links to 'bell-400' lead to 'bell' today"),
        ("product", {"name": "X", "purpose": "y", "id": "xx", "tool": "fone"}, "Did you mean 'phone'?"),
        ("family", {"title": "X", "summary": "y", "id": "vocabulary"}, "A family cannot be called 'vocabulary'"),
        ("family", {"title": "T" * 201, "summary": "y"}, "This holds 201 characters, more than 200."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nothing_is_written(
    kind: str, answers: Mapping[str, str], words: str, miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state_of(miniature)
    assert new(miniature, kind, answers) != 0
    said = capsys.readouterr().err
    assert words in said
    assert "Nothing was written." in said
    assert state_of(miniature) == before


def test_without_a_terminal_everything_that_is_missing_is_named_at_once(
    miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(miniature, "role", {"title": "X y", "family": "care"}) == 2
    said = capsys.readouterr().err
    assert [line.split(":")[0].strip() for line in said.splitlines() if line.startswith("  --")] == [
        "--track", "--level", "--summary", "--owner",
    ]  # fmt: skip
    assert "(individual, management, specialist)" in said


def test_a_list_that_others_have_changed_meanwhile_is_not_touched(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools = repository / "roles/vocabulary/tools.yml"
    tools.write_text(tools.read_text("utf-8").replace("Telephone", "Phone"), "utf-8")
    before = state_of(repository)
    assert new(repository, "tool", {"title": "Post", "purpose": "For letters."}) == 1
    assert "changes that are not committed:\n  roles/vocabulary/tools.yml" in capsys.readouterr().err
    assert state_of(repository) == before


def test_an_unfinished_change_elsewhere_is_in_nobodys_way(repository: Path) -> None:
    role = repository / "roles/care/lead.yml"
    role.write_text("title: 'never closed\n", "utf-8")
    assert new(repository, "role", ROLE) == 0


def test_what_the_answers_depend_on_must_be_readable(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (miniature / "roles/vocabulary/levels.yml").write_text("levels: [\n", "utf-8")
    assert new(miniature, "role", ROLE) == 1
    assert "roles/vocabulary/levels.yml cannot be read." in capsys.readouterr().err


PATIENCE = 120
"""Seconds after which a program that says nothing is taken to hang."""


class Terminal:
    """`build_roles.py new` at a terminal of its own, to be answered line by line."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        command = [sys.executable, str(PROJECT / "build_roles.py"), "new", *arguments, "--root", str(root)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": DAY, "TERM": "dumb"}
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
            preexec_fn=lambda: _take_terminal(slave),
        )  # fmt: skip
        os.close(slave)
        self.said = ""

    def until(self, words: str) -> None:
        while words not in self.said:
            self.said += self._read()
        self.said = self.said.partition(words)[2]

    def answer(self, question: str, line: str) -> None:
        self.until(question)
        self.until("> ")
        os.write(self.master, line.encode())

    def end(self) -> int:
        with suppress(OSError):  # the terminal is closed when the program ends
            while read := self._read():
                self.said += read
        return self.process.wait(timeout=30)

    def _read(self) -> str:
        if not select([self.master], [], [], PATIENCE)[0]:
            raise TimeoutError(f"nothing more was said after: {self.said}")
        return os.read(self.master, 4096).decode("utf-8", "replace").replace("\r", "")


def _take_terminal(slave: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(miniature: Path) -> Iterator[Terminal]:
    opened = Terminal(miniature, "role", "--family", "care")
    yield opened
    opened.process.kill()
    opened.process.wait()
    os.close(opened.master)


def test_at_a_terminal_each_missing_thing_is_asked_and_each_answer_checked_at_once(
    terminal: Terminal, miniature: Path
) -> None:
    terminal.answer("What is the role called?", "\n")
    terminal.answer("Something must be said here.", "Desk lead\n")
    terminal.answer("'lead' is called so already.", "Керівниця зміни\n")
    terminal.answer("In which language", f"{Language('uk').name}\n")
    terminal.answer("[kerivnytsia-zminy]", "\n")
    terminal.answer("What kind of responsibility", "2\n")
    terminal.answer("On which level", "7\n")
    terminal.answer("There is no level called '7'.", "2\n")
    terminal.answer("What is it for", "Веде зміну.\n")
    terminal.answer("Who keeps", "desk\n")
    terminal.answer("[12]", "6\n")
    assert terminal.end() == 0
    written = (miniature / "roles/care/kerivnytsia-zminy.yml").read_text("utf-8")
    assert "track: management\nlevel: 2\nsummary: Веде зміну.\n" in written
    assert "review_every_months: 6\n" in written


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_who_leaves_in_the_middle_leaves_nothing_behind(key: str, terminal: Terminal, miniature: Path) -> None:
    before = state_of(miniature)
    terminal.answer("What is the role called?", "Shift lead\n")
    terminal.answer("In which language", key)
    assert terminal.end() == 1
    assert "Stopped. Nothing was written." in terminal.said
    assert state_of(miniature) == before

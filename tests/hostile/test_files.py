"""Whatever stands in the folders of a knowledge base, only its own ordinary files are read, and the rest is told."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rolebook import files
from rolebook.cli import main
from tests.hostile.kit import checked
from tests.kit import load_miniature


def said_of(root: Path, name: str) -> set[str]:
    """Give the codes of what is said of one file."""
    return {finding.code for finding in load_miniature(root).findings if finding.place.path == name}


@pytest.mark.parametrize(
    "name",
    ["roles/craft/spy.yml", "roles/vocabulary/skills/spy.yml", "locales/uk/roles/spy.po", "docs/en/spy.md",
     "docs/en/spy.png", "docs/en/assets/spy.txt", "locales/uk/search.yml"],
)  # fmt: skip
@pytest.mark.parametrize("is_inside", [False, True])
def test_a_link_to_a_file_is_told_and_not_read(name: str, is_inside: bool, miniature: Path, tmp_path: Path) -> None:
    secret = (miniature if is_inside else tmp_path) / ".secret"
    secret.write_text("token: 4711\n", "utf-8")
    link = miniature / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    findings = [finding for finding in load_miniature(miniature).findings if finding.place.path == name]
    assert "unreadable-file" in {finding.code for finding in findings}
    assert "4711" not in str(findings)


@pytest.mark.parametrize(
    "name",
    ["roles/elsewhere", "roles/vocabulary/skills/more", "locales/fi", "docs/en/more", "docs/en/roles", "docs/en/.d"],
)
@pytest.mark.parametrize("goal", ["outside", ".", "/"])
def test_a_link_to_a_folder_is_told_and_not_followed(name: str, goal: str, miniature: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/index.md").write_text("# Outside\n", "utf-8")
    link = miniature / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / goal if goal == "outside" else goal)
    assert "unreadable-file" in said_of(miniature, name)


@pytest.mark.parametrize(
    "name", ["roles", "locales", "docs", "locales/uk", "docs/uk", "roles/vocabulary", "roles/craft"]
)
def test_a_folder_that_is_itself_a_link_is_not_read(name: str, miniature: Path, tmp_path: Path) -> None:
    (miniature / name).rename(tmp_path / "moved")
    (miniature / name).symlink_to(tmp_path / "moved")
    assert "unreadable-file" in said_of(miniature, name)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [a_pipe, a_socket, a_device])
@pytest.mark.parametrize(
    "name", ["roles/craft/spy.yml", "locales/uk/spy.po", "docs/en/spy.md", "docs/en/spy.png", "docs/en/data/spy.json"]
)
def test_a_pipe_a_socket_and_a_device_are_told_and_not_opened(
    make: Callable[[Path], None], name: str, miniature: Path
) -> None:
    (miniature / name).parent.mkdir(parents=True, exist_ok=True)
    make(miniature / name)
    assert "unreadable-file" in said_of(miniature, name)


@pytest.mark.parametrize("name", ["locales/languages.yml", "roles/vocabulary/levels.yml", "docs/en/index.md"])
def test_a_pipe_in_the_place_of_a_file_that_is_needed_is_told(name: str, miniature: Path) -> None:
    (miniature / name).unlink()
    a_pipe(miniature / name)
    assert "unreadable-file" in checked(miniature)[name]


@pytest.mark.parametrize("name", ["roles/craft/smith.yml", "locales/uk/ui.po", "docs/en/index.md"])
def test_a_file_that_may_not_be_read_is_told(name: str, miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:  # whoever runs the tests may be allowed everything
        if path == miniature / name:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "unreadable-file" in said_of(miniature, name)


@pytest.mark.parametrize("name", ["roles", "roles/craft", "locales", "locales/uk", "docs", "docs/en"])
def test_a_folder_that_may_not_be_read_is_told(name: str, miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(folder: Path) -> object:
        if Path(folder) == miniature / name:
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(files.os, "scandir", refuse)
    assert "unreadable-file" in said_of(miniature, name)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("roles/craft/two words.yml", {"bad-id"}),
        ("roles/craft/dot..yml", {"bad-id"}),
        ("roles/craft/.yml", set()),
        ("roles/craft/con.yml", {"bad-name"}),
        ("roles/craft/aux.yml", {"bad-name"}),
        ("roles/craft/Smith.yml", {"bad-id"}),
        ("roles/craft/smith.YML", {"misplaced-file"}),
        ("roles/craft/smith.yml.", {"bad-name", "misplaced-file"}),
        ("roles/craft/a\nb.yml", {"bad-name", "bad-id"}),
        ("roles/craft/a\x1b[2Jb.yml", {"bad-name", "bad-id"}),
        (os.fsdecode(b"roles/craft/\xff.yml"), {"bad-name", "bad-id"}),
        ("roles/craft/::error::a.yml", {"bad-name", "bad-id"}),
        ("docs/en/NUL", {"bad-name"}),
        ("docs/en/com1.png", {"bad-name"}),
        ("docs/en/end ", {"bad-name"}),
        ("docs/en/what?.png", {"bad-name"}),
        ("docs/en/picture one.png", set()),
        ("docs/en/.hidden", set()),
    ],
)
def test_a_name_that_not_every_system_takes_is_told(
    name: str, codes: set[str], miniature: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = (miniature / "roles/craft/smith.yml").read_bytes()
    (miniature / name).write_bytes(source if name.startswith("roles") else b"x")
    assert codes <= said_of(miniature, name)
    assert codes or not said_of(miniature, name)
    for form in ("text", "json", "markdown", "github", "gitlab"):
        main(["check", "--format", form, "--root", str(miniature)])
        said = capfd.readouterr().out
        assert "\x1b" not in said
        assert "\n::error::a" not in said


def test_names_that_differ_in_capitals_alone_are_told_once(miniature: Path) -> None:
    role = (miniature / "roles/craft/smith.yml").read_text("utf-8")
    (miniature / "roles/craft/SMITH.yml").write_text(role, "utf-8")
    (miniature / "docs/en/About.md").write_text("# About\n", "utf-8")
    (miniature / "docs/en/about.md").write_text("# About\n", "utf-8")
    clashes = [finding for finding in load_miniature(miniature).findings if finding.code in ("bad-name", "id-clash")]
    assert {finding.place.path.lower() for finding in clashes} == {"roles/craft/smith.yml", "docs/en/about.md"}


@pytest.fixture
def deep_miniature(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the miniature with more folders inside each other than Python calls functions."""
    monkeypatch.chdir(miniature / "docs/en")
    depth = 1500
    for _ in range(depth):
        Path("a").mkdir()
        os.chdir("a")
    yield miniature
    for _ in range(depth):  # nothing else could remove them
        os.chdir("..")
        Path("a").rmdir()


def test_folders_as_deep_as_git_takes_them_are_told(deep_miniature: Path) -> None:
    assert any(finding.code == "too-many-files" for finding in load_miniature(deep_miniature).findings)

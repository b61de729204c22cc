"""Whatever happens while the site is built: there is a whole site, the next run heals, and words say what to do."""

import ctypes
import os
import random
import resource
import signal
import threading
import time
from pathlib import Path

import pytest

from rolebook.cli import main
from rolebook.cli.failing import FAILURES, words_of
from rolebook.pipeline import build
from rolebook.site import swap
from rolebook.site.swap import SwapError, heal, new_site
from tests.building import Surroundings, litter, published, wait_for_the_end_of
from tests.conftest import quiet
from tests.kit import load_miniature

HERE = Surroundings()
DUTY = "Publish the plan two weeks ahead."
_DROP_CAPABILITY, _WRITE_ANYWHERE = 24, 1  # PR_CAPBSET_DROP and CAP_DAC_OVERRIDE of Linux


def change(root: Path, text: str = "Publish the plan a month ahead.") -> None:
    """Change a text, so that the next site is another one."""
    path = root / "roles/care/lead.yml"
    path.write_text(path.read_text("utf-8").replace(DUTY, text), "utf-8")


def with_site(root: Path) -> dict[str, tuple[int, str]]:
    """Put a small site where the built one will stand."""
    (root / "site").mkdir()
    (root / "site/index.html").write_text("former", "utf-8")
    return published(root / "site")


@pytest.mark.parametrize("kill", [os.killpg, os.kill], ids=["all", "parent"])
def test_a_killed_build_leaves_the_former_site_and_no_child_and_the_next_one_heals(miniature: Path, kill) -> None:
    former = with_site(miniature)
    for has_begun in ((miniature / ".cache/lock").exists, lambda: any(miniature.glob(".site-new-*"))):
        running = HERE.start(miniature)
        while not has_begun():
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.5))  # noqa: S311 - any moment will do
        kill(running.pid, signal.SIGKILL)
        running.communicate()
        assert running.returncode == -signal.SIGKILL
        assert wait_for_the_end_of(running.pid)
        assert published(miniature / "site") == former
    code, said = HERE.build(miniature)
    assert code == 0, said
    assert (miniature / "site/uk/index.html").is_file()
    assert litter(miniature) == []


def test_what_ended_runs_left_is_cleared_away(miniature: Path) -> None:
    for name in (".site-new-abc", ".site-former"):
        (miniature / name).mkdir()
    for name in ("docs/en/.llms.txt.abc.part", "docs/uk/roles/lead/.index.md.abc.part", ".cache/.lemmas.abc.part"):
        (miniature / name).parent.mkdir(parents=True, exist_ok=True)
        (miniature / name).touch()
    (miniature / "site").mkdir()
    assert HERE.build(miniature)[0] == 0
    assert litter(miniature) == []


def test_two_builds_at_once_wait_for_each_other(miniature: Path) -> None:
    one, other = HERE.start(miniature), HERE.start(miniature)
    said = [*one.communicate(), *other.communicate()]
    assert (one.returncode, other.returncode) == (0, 0), said
    assert "".join(said).count("Another run is writing here; this one waits") == 1
    assert litter(miniature) == []


def test_at_no_moment_of_a_swap_is_there_no_site(tmp_path: Path) -> None:
    final = tmp_path / "site"
    done, missing = threading.Event(), []

    def look() -> None:
        while not done.is_set():
            try:
                os.stat(final / "index.html")  # noqa: PTH116 - the fastest look there is
            except FileNotFoundError as error:
                missing.append(error)

    reader = threading.Thread(target=look)
    for number in range(300):
        with new_site(final) as building:
            (building / "index.html").write_text(str(number), "utf-8")
        if not number:
            reader.start()
    done.set()
    reader.join()
    assert (final / "index.html").read_text("utf-8") == "299"
    assert missing == []
    assert list(tmp_path.iterdir()) == [final]


def test_where_folders_cannot_change_places_in_one_step_it_takes_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda _one, _other: False)
    for text in ("former", "new"):
        with new_site(tmp_path / "site") as building:
            (building / "index.html").write_text(text, "utf-8")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_holds_something_else_is_not_replaced(
    miniature: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letters/dear.txt"
    letter.parent.mkdir()
    letter.write_text("Dear", "utf-8")
    assert main(["build", "--root", str(miniature), "--into", str(letter.parent)]) == 1
    assert "Name another folder." in capsys.readouterr().err
    assert letter.read_text("utf-8") == "Dear"


def test_a_swap_in_two_steps_that_was_cut_short_is_healed(tmp_path: Path) -> None:
    former = tmp_path / ".site-former"
    former.mkdir()
    (former / "index.html").write_text("former", "utf-8")
    heal(tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "former"


def test_a_site_that_cannot_be_swapped_is_told_before_anything_is_built(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to("elsewhere")
    with pytest.raises(SwapError, match="Mount or link the folder above it"), new_site(tmp_path / "site"):
        pytest.fail("it was built")


def only_small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))


def bound_by_rights() -> None:
    """Let rights count for root as well."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_DROP_CAPABILITY, _WRITE_ANYWHERE, 0, 0, 0)


def test_a_file_that_cannot_be_written_whole_leaves_the_former_site_and_says_what_to_do(miniature: Path) -> None:
    former = with_site(miniature)
    code, said = Surroundings(before=only_small_files).build(miniature)
    assert code == 1
    assert "File too large. Ask for larger files" in said
    assert "Traceback" not in said
    assert published(miniature / "site") == former
    assert litter(miniature) == []


def test_a_folder_that_may_not_be_written_is_told_with_what_to_do(miniature: Path) -> None:
    former = with_site(miniature)
    for folder in (miniature / "docs/uk", miniature):
        (miniature / ".cache").mkdir(exist_ok=True)
        folder.chmod(0o555)
        code, said = Surroundings(before=bound_by_rights).build(miniature)
        folder.chmod(0o755)
        assert code == 1, folder
        assert "Permission denied. Give yourself the right to it" in said
        assert "Traceback" not in said
        assert published(miniature / "site") == former


def test_a_missing_pagefind_is_told_with_what_to_do(miniature: Path) -> None:
    code, said = Surroundings(variables={"PAGEFIND_BINARY_PATH": "/nowhere/pagefind"}).build(miniature)
    assert code == 1
    assert "Install the packages anew: delete .venv and run 'make ready'" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "words"), [("docs/uk/index.md", "homepage for locale 'uk'"), ("docs/en", "'en'")])
def test_what_vanishes_between_reading_and_building_stops_the_build_in_words(
    miniature: Path, name: str, words: str
) -> None:
    former = with_site(miniature)
    loaded = load_miniature(miniature)
    (miniature / name).rename(miniature / "gone")
    with pytest.raises(FAILURES) as failed:
        build(loaded, miniature / "site", quiet)
    assert words in words_of(failed.value)
    assert published(miniature / "site") == former
    assert litter(miniature) == []


def test_roles_that_change_while_the_site_is_built_count_as_they_were_read(miniature: Path) -> None:
    loaded = load_miniature(miniature)
    (miniature / "roles/care/lead.yml").write_text("broken: [", "utf-8")
    build(loaded, miniature / "site", quiet)
    assert DUTY in (miniature / "site/roles/lead/index.html").read_text("utf-8")


def test_a_change_counts_though_the_clock_was_set_back(miniature: Path) -> None:
    assert HERE.build(miniature)[0] == 0
    change(miniature, DUTY.replace("two", "six"))
    os.utime(miniature / "roles/care/lead.yml", (0, 0))
    assert HERE.build(miniature)[0] == 0
    assert "six weeks ahead" in (miniature / "site/roles/lead/index.html").read_text("utf-8")

"""How long `check` takes, beside the time that libyaml and polib need to read the same files.

As a command: `python -m tests.yardstick <knowledge base> …` prints a row for each. Times are of the wall clock and of
the processor, the least of three turns.
"""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polib
import yaml

from tests.kit import PROJECT

TURNS = 3


@dataclass(frozen=True, order=True, slots=True)
class Time:
    """How long something took, in seconds."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Row:
    """The times for one knowledge base."""

    reading: Time
    """libyaml's events of every YAML file, and polib's entries of every PO file."""
    first: Time
    """`check` with nothing kept."""
    again: Time
    """`check` when nothing changed."""

    @property
    def ratio(self) -> float:
        """Give how many times as long as reading a first `check` takes."""
        return self.first.wall / self.reading.wall


def measure(root: Path) -> Row:
    """Measure one knowledge base, all in turn; its files must be some seconds old."""
    turns = [(_timed(lambda: _read(root)), _timed(lambda: _check(root, anew=True))) for _ in range(TURNS)]
    again = [_timed(lambda: _check(root)) for _ in range(TURNS)]
    return Row(min(reading for reading, _ in turns), min(first for _, first in turns), min(again))


def _read(root: Path) -> None:
    subprocess.run([sys.executable, "-m", "tests.yardstick", "--read", root], cwd=PROJECT, check=True)


def _check(root: Path, anew: bool = False) -> None:
    if anew:
        shutil.rmtree(root / ".cache", ignore_errors=True)
    command = [sys.executable, str(PROJECT / "build_roles.py"), "check", "--root", str(root)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


def _timed(work: Callable[[], None]) -> Time:
    wall, cpu = time.perf_counter(), _children()
    work()
    return Time(time.perf_counter() - wall, _children() - cpu)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_all(root: Path) -> None:
    """Read every file with the libraries alone."""
    for path in root.rglob("*.yml"):
        for _ in yaml.parse(path.read_bytes(), Loader=yaml.CSafeLoader):
            pass
    for path in root.rglob("*.po"):
        polib.pofile(str(path), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--read":
        read_all(Path(sys.argv[2]))
        sys.exit()
    print("| base | reading | check | ratio | check again |\n| --- | --- | --- | --- | --- |")  # noqa: T201
    for base in map(Path, sys.argv[1:]):
        row = measure(base)
        cells = (f"{one.wall:.2f} s ({one.cpu:.2f})" for one in (row.reading, row.first, row.again))
        reading, first, again = cells
        print(f"| {base.name} | {reading} | {first} | {row.ratio:.2f} | {again} |")  # noqa: T201

"""Builds by the command, each in surroundings of its own, and what they leave."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.kit import PROJECT

DAY = "1780272000"
"""The day on which the miniature is judged, as SOURCE_DATE_EPOCH takes it: 2026-06-01."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a build runs: what should make no difference to what it makes."""

    name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    python: str = sys.executable
    code: Path = PROJECT
    day: str = DAY
    before: Callable[[], object] | None = None
    """What is done in the new process before the command begins."""

    def start(self, root: Path) -> "subprocess.Popen[str]":
        """Begin to build a knowledge base by the command, in a group of processes of its own."""
        return subprocess.Popen(
            [self.python, str(self.code / "build_roles.py"), "build", "--root", str(root)],
            env=os.environ | {"SOURCE_DATE_EPOCH": self.day, "PYTHONPATH": str(self.code)} | dict(self.variables),
            umask=self.umask, cwd=self.code, start_new_session=True, preexec_fn=self.before,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def build(self, root: Path) -> tuple[int, str]:
        """Build a knowledge base; give the exit code and what was said."""
        running = self.start(root)
        said = "".join(running.communicate())
        return running.returncode, said


def published(site: Path) -> dict[str, tuple[int, str]]:
    """Give the mode of everything in a site, and of files what their bytes are told by."""
    return {
        path.relative_to(site).as_posix(): (
            path.stat().st_mode & 0o7777,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(site.rglob("*"))
    }


def litter(root: Path) -> list[str]:
    """Give what ended runs left in a knowledge base."""
    left = (*root.glob(".site-*"), *root.rglob(".*.part"))
    return [path.relative_to(root).as_posix() for path in left]


def wait_for_the_end_of(group: int) -> bool:
    """Give the processes of a group a minute to end; tell whether they have."""
    for _ in range(600):
        if not _is_alive(group):
            return True
        time.sleep(0.1)
    return False


def _is_alive(group: int) -> bool:
    """Tell whether a process of a group still runs."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, found = path.read_text("utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(found) == group and state != "Z":
            return True
    return False

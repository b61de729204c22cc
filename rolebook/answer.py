"""The last answer of `check`, kept in .cache/: as long as nothing changed, it is given again.

An answer holds for one state of everything that a load looks at: every file below roles/, locales/ and docs/ by name,
size, times and inode, the day, the program's own files, and the packages that are installed. No file is opened.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from rolebook.findings import Finding, Place, Severity
from rolebook.write import write_file

KEPT = Path(".cache/check.json")
"""The last answer; it may be deleted at any time."""
MAX_BYTES = 64 * 1024 * 1024
"""A longer answer is not kept."""
SECOND = 1_000_000_000
SETTLED = SECOND // 2
"""A file must be older than so many nanoseconds, or it could change once more within the same tick of its clock."""
SETTLED_ON_SLOW_DISKS = 3 * SECOND
"""The same where the disk keeps no parts of a second, as FAT does."""
_LOOKED_AT = ("roles", "locales", "docs")
_PROGRAM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _State:
    """What everything that a load looks at is like."""

    digest: str
    newest: int
    """When the last of the files changed."""


class _UnknownError(Exception):
    """Whether something changed cannot be told."""


def answer(root: Path, day: date, find: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Give the findings of a knowledge base: those found last, or where anything changed since, those found now."""
    before = _state(root, day)
    kept = _read(root / KEPT, before) if before else None
    if kept is not None:
        return kept
    began = _file_time(root)
    findings = find()
    is_lasting = all(finding.code != "unreadable-file" for finding in findings)  # somebody else may be able to read it
    if before and is_lasting and _has_settled(before.newest, began) and _state(root, day) == before:
        _keep(root / KEPT, before, findings)
    return findings


def _state(root: Path, day: date) -> _State | None:
    """Look at everything; give None where links or folders that cannot be read hide what is there."""
    try:
        folders = [*(root / name for name in _LOOKED_AT if (root / name).exists()), _PROGRAM]
        if any(folder.is_symlink() for folder in folders):
            return None
        files = sorted(line for folder in folders for line in _files(str(folder)))
        packages = sorted(str(one) for path in sys.path for one in Path(path).glob("*-info"))
    except (OSError, _UnknownError):
        return None
    known = repr((str(day), sys.version, packages, files))
    return _State(sha256(known.encode("utf-8", "surrogatepass")).hexdigest(), max(time for *_, time in files))


def _files(folder: str) -> Iterator[tuple[str, int, int, int, int]]:
    """Give each file below a folder, and each folder, with what differs when it was written anew."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                raise _UnknownError
            if not entry.is_dir():
                about = entry.stat()
                yield entry.path, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns
            elif entry.name != "__pycache__":
                yield entry.path, 0, 0, 0, 0
                yield from _files(entry.path)


def _file_time(root: Path) -> int:
    """Give the time as the disk has it, which need not be this machine's; 0 where nothing can be kept."""
    with suppress(OSError):
        (root / KEPT).parent.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=(root / KEPT).parent) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    return 0


def _has_settled(newest: int, began: int) -> bool:
    return newest + (SETTLED if began % SECOND else SETTLED_ON_SLOW_DISKS) < began


def _read(path: Path, state: _State) -> tuple[Finding, ...] | None:
    """Read the answer for a state; None where there is none, or it is damaged."""
    try:
        digest, proof, text = path.read_text("utf-8").split("\n", 2)
        if digest != state.digest or proof != _proof(text):
            return None
        rows = json.loads(text)
        return tuple(
            Finding(Place(*place), code, message, hint, Severity(severity))
            for place, code, message, hint, severity in rows
        )
    except (OSError, ValueError, TypeError):
        return None


def _keep(path: Path, state: _State, findings: tuple[Finding, ...]) -> None:
    text = json.dumps([astuple(finding) for finding in findings])
    if len(text) <= MAX_BYTES:
        with suppress(OSError):
            write_file(path, f"{state.digest}\n{_proof(text)}\n{text}")


def _proof(text: str) -> str:
    return sha256(text.encode()).hexdigest()

"""The last answer of `check`, kept in .cache/: as long as nothing changed, it is given again.

An answer holds for one state of everything that a load looks at: every file below roles/, locales/ and docs/ by name,
size, times and inode, the day, the program's own files, and the packages that are installed. No file is opened, and the
folders of single generated pages, which may be tens of thousands, are known by their own times.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from rolebook.files import FOLDERS
from rolebook.generated import GENERATED
from rolebook.write import write_file

KEPT = ".cache/check-{}"
"""The last answer in each form; it may be deleted at any time."""
MAX_BYTES = 64 * 1024 * 1024
"""A longer answer is not kept."""
SECOND = 1_000_000_000
SETTLED = SECOND // 2
"""A file must be older than so many nanoseconds, or it could change once more within the same tick of its clock."""
SETTLED_ON_SLOW_DISKS = 3 * SECOND
"""The same where the disk keeps no parts of a second, as FAT does."""
_PROGRAM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _State:
    """What everything that a load looks at is like."""

    digest: str
    newest: int
    """When the last of the files changed."""


class _UnknownError(Exception):
    """Whether something changed cannot be told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a knowledge base in one form."""

    text: str
    is_sound: bool
    lasts: bool = True
    """Whether it would be found again as long as nothing changed."""


def answer(root: Path, day: date, form: str, find: Callable[[], Answer]) -> Answer:
    """Give what was said last in a form; where anything changed since, find out what is to be said now."""
    path = root / KEPT.format(form)
    before = _state(root, day)
    kept = _read(path, before) if before else None
    if kept is not None:
        return kept
    began = _file_time(path.parent)
    now = find()
    if before and now.lasts and _has_settled(before.newest, began) and _state(root, day) == before:
        _keep(path, before, now)
    return now


def _state(root: Path, day: date) -> _State | None:
    """Look at everything; give None where links or folders that cannot be read hide what is there."""
    try:
        folders = [*(root / name for name in FOLDERS if (root / name).exists()), _PROGRAM]
        if any(folder.is_symlink() for folder in folders):
            return None
        shallow = _generated_folders(root / "docs")
        files = [file for folder in folders for file in _files(str(folder), shallow)]
        packages = sorted(str(one) for path in sys.path for one in Path(path).glob("*-info"))
    except (OSError, _UnknownError):
        return None
    known = "\0".join((str(day), sys.version, *packages, *sorted(told for told, _ in files)))
    return _State(sha256(known.encode("utf-8", "surrogatepass")).hexdigest(), max(time for _, time in files))


def _generated_folders(docs: Path) -> frozenset[str]:
    languages = [entry.path for entry in os.scandir(docs) if entry.is_dir()] if docs.exists() else []
    return frozenset(os.path.join(language, name) for language in languages for name in GENERATED)  # noqa: PTH118


def _files(folder: str, shallow: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Give each file below a folder, and each folder, with what differs when it was written anew; and its time.

    What stands in the folders of a shallow one is not looked at: their times tell what is put there or taken away.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                raise _UnknownError
            if not entry.is_dir() or folder in shallow:
                about = entry.stat()
                times = f"{about.st_mtime_ns} {about.st_ctime_ns}"
                yield f"{entry.path} {about.st_ino} {about.st_size} {times}", about.st_ctime_ns
            elif entry.name != "__pycache__":
                yield entry.path, 0
                yield from _files(entry.path, shallow)


def _file_time(folder: Path) -> int:
    """Give the time as the disk has it, which need not be this machine's; 0 where nothing can be kept."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    return 0


def _has_settled(newest: int, began: int) -> bool:
    return newest + (SETTLED if began % SECOND else SETTLED_ON_SLOW_DISKS) < began


def _read(path: Path, state: _State) -> Answer | None:
    """Read the answer for a state; None where there is none, or it is damaged."""
    try:
        with path.open("rb") as file:
            if file.readline().decode().strip() != state.digest:
                return None
            proof, content = file.readline().decode().split(), file.read()
            if proof != _proof(content):
                return None
        return Answer(content[1:].decode("utf-8", "surrogatepass"), content[:1] == b"+")
    except (OSError, ValueError):
        return None


def _keep(path: Path, state: _State, answer: Answer) -> None:
    content = (b"+" if answer.is_sound else b"-") + answer.text.encode("utf-8", "surrogatepass")
    if len(content) <= MAX_BYTES:
        with suppress(OSError):
            write_file(path, b"\n".join((state.digest.encode(), " ".join(_proof(content)).encode(), content)))


def _proof(content: bytes) -> list[str]:
    """Give what tells a damaged answer."""
    return [str(len(content)), str(crc32(content))]

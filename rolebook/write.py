"""Write files: only where their bytes differ, each whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_UNFINISHED = ".part"
"""How the names of files end that are not yet whole."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, found as they should be, and removed."""

    changed: int = 0
    same: int = 0
    removed: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(self.changed + other.changed, self.same + other.same, self.removed + other.removed)


def write_file(path: Path, text: str | bytes) -> Written:
    """Write one file, a text as UTF-8, unless it holds the same already."""
    content = text.encode() if isinstance(text, str) else text
    if path.is_file() and path.read_bytes() == content:
        return Written(same=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(_UNFINISHED, f".{path.name}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Written(changed=1)


def link_or_copy(file: Path, target: Path) -> None:
    """Give a file that nobody writes into any more a second name, or copy it where the disk knows no such thing."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def write_together(root: Path, changes: Mapping[str, str | None]) -> Written:
    """Write files, and remove those without a text; where one fails, bring back what was there before."""
    former = {name: (root / name).read_bytes() if (root / name).is_file() else None for name in changes}
    try:
        result = sum((_change(root / name, text) for name, text in changes.items()), Written())
    except BaseException:
        for name, content in former.items():
            _restore(root / name, content)
        raise
    for name in changes:
        _drop_empty_folders(root / name, root)
    return result


def _change(path: Path, text: str | None) -> Written:
    if text is not None:
        return write_file(path, text)
    path.unlink()
    return Written(removed=1)


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def _drop_empty_folders(path: Path, root: Path) -> None:
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def write_tree(base: Path, files: Iterable[tuple[str, str | None]], owned: Iterable[Path]) -> Written:
    """Write files below a folder, then remove whatever else stands in the owned folders.

    One without a text stands there as it should. What a run that was ended left beside these files is removed as well.
    Only one at a time may write there.
    """
    result = Written()
    kept: set[str] = set()
    for name, text in files:
        path = base / name
        kept.add(str(path))
        result += Written(same=1) if text is None else write_file(path, text)
    folders = [str(folder) for folder in owned]
    for place in {os.path.dirname(path) for path in kept}:  # noqa: PTH120
        if not place.startswith(tuple(folders)):
            clear_unfinished(Path(place))
    return sum((_prune(folder, kept) for folder in folders), result)


def clear_unfinished(folder: Path) -> None:
    """Remove what runs that were ended left of files directly in a folder."""
    for path in folder.glob(f".*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def _prune(folder: str, kept: set[str]) -> Written:
    """Remove all that is not kept, links to folders too, and then folders in which nothing is left."""
    removed = 0
    for place, folders, files in os.walk(folder, topdown=False):
        left = [*files, *(name for name in folders if Path(place, name).is_symlink())]
        gone = [path for name in left if (path := f"{place}/{name}") not in kept]
        for path in gone:
            Path(path).unlink()
        removed += len(gone)
        if len(gone) == len(left) and not os.listdir(place):  # noqa: PTH208
            Path(place).rmdir()
    return Written(removed=removed)

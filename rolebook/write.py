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


def write_tree(base: Path, files: Iterable[tuple[str, str]], owned: Iterable[Path]) -> Written:
    """Write files below a folder, then remove whatever else stands in the owned folders.

    Removes as well what a run that was ended left beside these files. Only one at a time may write there.
    """
    result = Written()
    kept: set[Path] = set()
    for name, text in files:
        path = base / name
        kept.add(path)
        result += write_file(path, text)
    for folder in {path.parent for path in kept}:
        clear_unfinished(folder)
    for folder in owned:
        result += _prune(folder, kept)
    return result


def clear_unfinished(folder: Path) -> None:
    """Remove what runs that were ended left of files directly in a folder."""
    for path in folder.glob(f".*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def _prune(folder: Path, kept: set[Path]) -> Written:
    removed = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()
            removed += 1
    if folder.is_dir() and not any(folder.iterdir()):
        shutil.rmtree(folder)
    return Written(removed=removed)

"""Put a finished site in the place of the former one, so that there is always a whole one.

Where the system can exchange two folders in one step, as Linux does, there is no moment without a site. Elsewhere there
is one between two renames; a run that is ended just then leaves it to the next one to bring the former site back.
"""

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rolebook.failures import BuildError

_HERE = -100
"""Linux' AT_FDCWD: paths are meant from the folder one is in."""
_EXCHANGE = 2
"""Linux' RENAME_EXCHANGE."""

_SIGNS = ("_headers", "404.html")
"""What a folder holds that may be taken for a site."""


class SwapError(BuildError):
    """The site cannot be put where it should be; the message says why."""


def need_site_or_nothing(folder: Path) -> None:
    """Raise SwapError where a folder that somebody named holds something else than a site."""
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).is_file() for name in _SIGNS):
        raise SwapError(f"{folder} holds something else than a site, which would be lost. Name another folder.")


@contextmanager
def new_site(final: Path) -> Iterator[Path]:
    """Give a folder to build in, beside the final one; swap it in when all went well, else throw it away.

    Only one at a time may do so: what earlier runs left is cleared away.
    """
    if final.is_symlink() or final.is_mount():
        raise SwapError(
            f"{final} is a link or a mount point, so that no finished site can take its place in one step. "
            "Mount or link the folder above it."
        )
    heal(final)
    final.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=_unfinished(final), dir=final.parent))
    try:
        yield building
        _open_to_all(building)
        _swap(building, final)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def heal(final: Path) -> None:
    """Bring back the former site if a swap was cut short, and clear away what runs left that were ended."""
    former = _former(final)
    if former.is_dir() and not final.exists():
        former.rename(final)
    for left in (former, *final.parent.glob(f"{_unfinished(final)}*")):
        if left.exists():
            shutil.rmtree(left)


def _open_to_all(folder: Path) -> None:
    """Let everyone read what is published, whatever those who build allow others by habit (umask)."""
    for place, _, names in os.walk(folder):
        Path(place).chmod(0o755)
        for name in names:
            Path(place, name).chmod(0o644)


def _swap(building: Path, final: Path) -> None:
    """Let two folders change places, or put the first where there is none; what was there is cleared away later."""
    if not final.exists():
        building.rename(final)
    elif not _exchange(building, final):
        former = _former(final)
        final.rename(former)
        building.rename(final)
        shutil.rmtree(former, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; give False where the system or the disk cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # another system, or an old library
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _former(final: Path) -> Path:
    return final.with_name(f".{final.name}-former")


def _unfinished(final: Path) -> str:
    """Give how the names of folders begin that a site is built in."""
    return f".{final.name}-new-"

"""Which files a knowledge base has: ordinary ones alone, with names that every system takes, not too many or large.

What else stands in its folders is told by findings and read by nobody. No link is followed: it could lead out of the
knowledge base, and what it leads to would be published.
"""

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rolebook import limits
from rolebook.findings import Finding, Place, found

FOLDERS = ("roles", "locales", "docs")
"""Where the content stands."""
_JUDGED = (".yml", ".po", ".md", ".json", ".csv", ".xml")  # their size is judged when they are read, or ours
# What Windows takes in no name, and the names that it keeps for devices, whatever their ending
_IMPOSSIBLE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\\ud800-\udfff]|[. ]$')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def is_ordinary(root: Path, path: Path) -> bool:
    """Tell whether a path leads through folders alone to an ordinary file: through no link, to no device or pipe."""
    return path.is_file() and not _is_behind_link(root, path)


def files_below(root: Path, folder: Path) -> list[Path]:
    """List all that stands below a folder and is no folder itself, sorted; as many as are read."""
    return [folder / name for name in names_below(root, folder)]


def names_below(root: Path, folder: Path) -> list[str]:
    """Give the same as paths below the folder."""
    if not folder.is_dir() or _is_behind_link(root, folder):
        return []
    entries = (entry for entry in _walk(folder, []) if not entry.is_dir(follow_symlinks=False))
    return sorted((_below(folder, entry) for entry in islice(entries, limits.FILES)), key=lambda name: name.split("/"))


def _below(folder: Path, entry: os.DirEntry[str]) -> str:
    """Give where something stands below a folder; as text, because there may be very many."""
    return entry.path[len(str(folder)) + 1 :].replace(os.sep, "/")


def folders_in(folder: Path) -> list[str]:
    """Give the names of the folders in a folder, sorted; none where it cannot be read."""
    return sorted(entry.name for entry in _entries(folder, []) if entry.is_dir(follow_symlinks=False))


def files_in(folder: Path) -> list[str]:
    """Give the names of all that stands in a folder and is no folder itself, sorted."""
    return sorted(entry.name for entry in _entries(folder, []) if not entry.is_dir(follow_symlinks=False))


def strange(name: str) -> Finding:
    """Say that something is no ordinary file."""
    return found(
        "unreadable-file", Place(name), "This is no ordinary file, but a folder, a link, a device or the like."
    )


def strange_files(root: Path) -> Iterator[Finding]:
    """Find what cannot be read or published: links, devices, names that no system takes, and too much of anything."""
    for name in FOLDERS:
        if _is_behind_link(root, root / name):
            yield strange(name)
        else:
            yield from _strange_below(root, root / name)


def _strange_below(root: Path, folder: Path) -> Iterator[Finding]:
    unread: list[OSError] = []
    names: set[str] = set()
    counted: Counter[str] = Counter()
    for entry in _walk(folder, unread):
        name = f"{folder.name}/{_below(folder, entry)}"
        yield from _strange_entry(entry, name)
        same = unicodedata.normalize("NFC", name).casefold()
        if same in names:
            words = f"Another file has the name '{entry.name}', but for capitals or accents."
            yield found("bad-name", Place(name), words)
        names.add(same)
        parts = name.split("/")
        if parts[2:]:
            counted["/".join(parts[:2])] += 1
        if len(parts) > limits.FOLDERS and entry.is_dir(follow_symlinks=False):
            words = f"Folders stand more than {limits.FOLDERS} levels inside each other here."
            yield found("too-many-files", Place(name), words)
    for error in unread:
        name = Path(str(error.filename)).relative_to(root).as_posix()
        yield found("unreadable-file", Place(name), f"The folder cannot be read: {error.strerror}.")
    for name, count in counted.items():
        if count > limits.FILES:
            yield found("too-many-files", Place(name), f"The folder holds {count:,} files, more than {limits.FILES:,}.")


def _strange_entry(entry: os.DirEntry[str], name: str) -> Iterator[Finding]:
    is_folder, is_judged = entry.is_dir(follow_symlinks=False), entry.name.endswith(_JUDGED)
    is_like_a_file = is_folder and is_judged
    if is_like_a_file or not (is_folder or entry.is_file(follow_symlinks=False) or _is_left_out(entry)):
        yield strange(name)
    if _IMPOSSIBLE.search(entry.name) or _DEVICE.fullmatch(entry.name):
        yield found("bad-name", Place(name), f"Windows takes no file or folder called '{entry.name}'.")
    if is_folder or is_judged or not stat.S_ISREG((status := entry.stat(follow_symlinks=False)).st_mode):
        return
    if status.st_size > limits.ASSET_BYTES:
        words = f"The file holds {status.st_size:,} bytes, more than {limits.ASSET_BYTES:,}."
        yield found("file-too-large", Place(name), words)


def _is_left_out(entry: os.DirEntry[str]) -> bool:
    """Tell what nothing looks at: hidden files, such as an editor's marks; but a link to a folder would be followed."""
    return entry.name.startswith(".") and not entry.is_dir()


def _is_behind_link(root: Path, path: Path) -> bool:
    below = path.relative_to(root)
    return any((root / part).is_symlink() for part in (below, *below.parents[:-1]))


def _walk(folder: Path, unread: list[OSError]) -> Iterator[os.DirEntry[str]]:
    """Go through all that stands below a folder, folders too, without following links; collect what cannot be read."""
    ahead = [(folder, 2)]
    while ahead:
        place, depth = ahead.pop()
        for entry in _entries(place, unread):
            yield entry
            if depth <= limits.FOLDERS and entry.is_dir(follow_symlinks=False):
                ahead.append((Path(entry), depth + 1))


def _entries(folder: Path, unread: list[OSError]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        unread.append(error)
        return []

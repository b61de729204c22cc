"""Keep what is known of files that were made, so that each is made again only when what it is made of has changed.

A file is known by a digest of all it is made of, and taken as it was made only where its bytes are still those. What is
known stands in a database, which may be deleted at any time.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from rolebook.program import digest

CACHE = Path(".cache")
"""Where below a knowledge base is kept what took long to make; it may be deleted at any time."""
_TABLE = "CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, made_of BLOB, content BLOB, more BLOB)"
_ROWS_AT_ONCE = 256
"""How many new rows are held before they are written; a page's holds all that it says."""
_BUSY_SECONDS = 5
"""How long another build that writes is waited for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a file."""

    made_of: bytes
    content: bytes
    """A digest of what was written."""
    more: bytes = b""
    """What was learnt while it was made."""


class KeptFiles:
    """The files below a folder that were made before."""

    def __init__(self, database: Path, folder: Path) -> None:
        self._database, self._folder = database, folder
        self._known = dict(_rows(database))
        self._new: dict[str, Kept] = {}
        self._used: set[str] = set()

    def find(self, name: str) -> Kept | None:
        """Tell what is known of a file, by its path below the folder."""
        self._used.add(name)
        return self._known.get(name)

    def stands(self, name: str) -> bool:
        """Tell whether a file holds still what was written into it."""
        try:
            return digest((self._folder / name).read_bytes()) == self._known[name].content
        except OSError:
            return False

    def put(self, name: str, made_of: bytes, text: str | bytes, more: bytes = b"") -> None:
        """Keep what is known of a file for the next time."""
        self._used.add(name)
        self._new[name] = Kept(made_of, digest(text), more)
        if len(self._new) == _ROWS_AT_ONCE:
            self._change()

    def write(self) -> None:
        """Write what is new, and drop what was not asked for; where that cannot be done, nothing is kept."""
        gone = self._known.keys() - self._used
        if self._new or gone:
            self._change(gone)

    def _change(self, gone: Iterable[str] = ()) -> None:
        with suppress(OSError, sqlite3.Error):
            self._database.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._database, timeout=_BUSY_SECONDS)) as database, database:
                database.execute(_TABLE)
                database.executemany("DELETE FROM files WHERE name = ?", ((name,) for name in gone))
                rows = ((name, *astuple(kept)) for name, kept in self._new.items())
                database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
        self._new.clear()


def _rows(file: Path) -> Iterable[tuple[str, Kept]]:
    """Read all that is known; a file that is no whole database is removed, to be made anew."""
    if not file.is_file():
        return []
    try:
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as database:
            return [(name, Kept(*rest)) for name, *rest in database.execute("SELECT * FROM files")]
    except sqlite3.OperationalError:  # another build writes, or there is no table yet
        return []
    except sqlite3.DatabaseError:
        with suppress(OSError):
            file.unlink()
        return []

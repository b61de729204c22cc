"""Keep what was made of pages, so that a page is made again only when something that it is made of has changed.

A page is known by a digest of all it is made of. Its HTML is taken from the former site, where its bytes are still
those that were written; what was read of it stands in a database for each language, which may be deleted at any time.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from rolebook.program import digest
from rolebook.site.links import PageLinks
from rolebook.site.search import Said

_TABLE = "CREATE TABLE IF NOT EXISTS pages (name TEXT PRIMARY KEY, made_of BLOB, html BLOB, read BLOB)"
_BUSY_SECONDS = 5
"""How long another build that writes is waited for."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A finished page, and what was read of it."""

    path: str
    """Below the site."""
    html: str
    links: PageLinks
    is_listed: bool
    """Whether it is to be found, and so stands in the sitemap."""
    said: Said | None = None


class KeptPages:
    """The pages of a language that were made before."""

    def __init__(self, file: Path, former: Path) -> None:
        self._file, self._former = file, former
        self._kept = dict(_rows(file))
        self._new: dict[str, tuple[bytes, bytes, bytes]] = {}
        self._used: set[str] = set()

    def find(self, path: str, made_of: bytes) -> MadePage | None:
        """Give a page that was made of just this, and still stands in the former site as it was made."""
        row = self._kept.get(path)
        if row is None or row[0] != made_of:
            return None
        try:
            content = (self._former / path).read_bytes()
            if digest(content) != row[1]:
                return None
            links, is_listed, said = json.loads(zlib.decompress(row[2]))
        except (OSError, ValueError, zlib.error):
            return None
        self._used.add(path)
        return MadePage(path, content.decode(), _links(links), is_listed, _said(said) if said else None)

    def put(self, made_of: bytes, page: MadePage) -> None:
        """Keep a page for the next time."""
        read = json.dumps([astuple(page.links), page.is_listed, page.said and astuple(page.said)], ensure_ascii=False)
        self._new[page.path] = made_of, digest(page.html), zlib.compress(read.encode(), 1)

    def write(self) -> None:
        """Write what is new, and drop what was not asked for; where that cannot be done, nothing is kept."""
        gone = self._kept.keys() - self._used - self._new.keys()
        if not self._new and not gone:
            return
        with suppress(OSError, sqlite3.Error):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=_BUSY_SECONDS)) as database, database:
                database.execute(_TABLE)
                database.executemany("DELETE FROM pages WHERE name = ?", ((name,) for name in gone))
                rows = ((name, *row) for name, row in self._new.items())
                database.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", rows)


def _rows(file: Path) -> Iterable[tuple[str, tuple[bytes, bytes, bytes]]]:
    """Read all that is kept; a file that is no whole database is removed, to be made anew."""
    if not file.is_file():
        return []
    try:
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as database:
            return [(name, tuple(row)) for name, *row in database.execute("SELECT * FROM pages")]
    except sqlite3.OperationalError:  # another build writes, or there is no table yet
        return []
    except sqlite3.DatabaseError:
        with suppress(OSError):
            file.unlink()
        return []


def _links(given: Any) -> PageLinks:
    anchors, goals, dead = given
    return PageLinks(tuple(anchors), tuple((file, anchor) for file, anchor in goals), tuple((a, b) for a, b in dead))


def _said(given: Any) -> Said:
    title, headings, words, body = given
    return Said(title, tuple(headings), tuple(words), body)

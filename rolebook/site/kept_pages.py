"""Keep finished pages, with what was read of them, as long as nothing changed that they are made of."""

import json
import struct
import zlib
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from rolebook.kept_files import KeptFiles
from rolebook.site.links import PageLinks
from rolebook.write import link_or_copy

_SIZE = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class MadePage:
    """A finished page, and what was read of it."""

    path: str
    """Below the site."""
    html: str | None
    """None where the page stands in the former site."""
    links: PageLinks
    is_listed: bool
    """Whether it is to be found, and so stands in the sitemap."""
    said: bytes
    """What it says for the search, packed; empty where it is not to be found."""


class KeptPages:
    """The pages of a language that were made before; their HTML stands in the former site."""

    def __init__(self, database: Path, former: Path) -> None:
        self._files, self._former = KeptFiles(database, former), former

    def find(self, path: str, made_of: bytes) -> MadePage | None:
        """Give a page that was made of just this, and still stands in the former site as it was made."""
        kept = self._files.find(path)
        if kept is None or kept.made_of != made_of or not self._files.stands(path):
            return None
        try:
            links, is_listed, said = _unpacked(kept.more)
        except (ValueError, TypeError, zlib.error, struct.error):
            return None
        return MadePage(path, None, links, is_listed, said)

    def put(self, made_of: bytes, page: MadePage) -> None:
        """Keep a page that was made for the next time."""
        self._files.put(page.path, made_of, page.html or "", _packed(page))

    def place(self, page: MadePage, site: Path) -> None:
        """Put a page into a new site."""
        target = site / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if page.html is None:
            link_or_copy(self._former / page.path, target)
        else:
            target.write_text(page.html, "utf-8")

    def write(self) -> None:
        """Write what is new, and drop what was not asked for."""
        self._files.write()


def _packed(page: MadePage) -> bytes:
    head = json.dumps([astuple(page.links), page.is_listed, crc32(page.said)], ensure_ascii=False)
    packed = zlib.compress(head.encode(), 1)
    return _SIZE.pack(len(packed)) + packed + page.said


def _unpacked(more: bytes) -> tuple[PageLinks, bool, bytes]:
    """Give what was packed; raise ValueError, TypeError, zlib.error or struct.error where it is damaged."""
    (size,) = _SIZE.unpack_from(more)
    said = more[_SIZE.size + size :]
    links, is_listed, proof = json.loads(zlib.decompress(more[_SIZE.size : _SIZE.size + size]))
    if crc32(said) != proof:
        raise ValueError(proof)
    return _links(links), is_listed, said


def _links(given: Any) -> PageLinks:
    anchors, goals, dead = given
    return PageLinks(tuple(anchors), tuple((file, anchor) for file, anchor in goals), tuple((a, b) for a, b in dead))

"""Keep finished pages, with what was read of them, as long as nothing changed that they are made of."""

import json
import zlib
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from rolebook.kept_files import KeptFiles
from rolebook.site.links import PageLinks
from rolebook.site.search import Said


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
    """The pages of a language that were made before; their HTML stands in the former site."""

    def __init__(self, database: Path, former: Path) -> None:
        self._files = KeptFiles(database, former)

    def find(self, path: str, made_of: bytes) -> MadePage | None:
        """Give a page that was made of just this, and still stands in the former site as it was made."""
        kept = self._files.find(path)
        if kept is None or kept.made_of != made_of or (html := self._files.text(path)) is None:
            return None
        try:
            links, is_listed, said = json.loads(zlib.decompress(kept.more))
        except (ValueError, zlib.error):
            return None
        return MadePage(path, html, _links(links), is_listed, _said(said) if said else None)

    def put(self, made_of: bytes, page: MadePage) -> None:
        """Keep a page for the next time."""
        read = [astuple(page.links), page.is_listed, page.said and astuple(page.said)]
        self._files.put(page.path, made_of, page.html, zlib.compress(json.dumps(read, ensure_ascii=False).encode(), 1))

    def write(self) -> None:
        """Write what is new, and drop what was not asked for."""
        self._files.write()


def _links(given: Any) -> PageLinks:
    anchors, goals, dead = given
    return PageLinks(tuple(anchors), tuple((file, anchor) for file, anchor in goals), tuple((a, b) for a, b in dead))


def _said(given: Any) -> Said:
    title, headings, words, body = given
    return Said(title, tuple(headings), tuple(words), body)

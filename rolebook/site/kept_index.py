"""Keep the search index of a language as long as no page says anything else; its files stand in the former site."""

import base64
import json
from pathlib import Path

from rolebook.kept_files import KeptFiles
from rolebook.site.joined_index import ENTRY
from rolebook.write import link_or_copy


class KeptIndex:
    """The index that was made before; what is known of it stands with its entry, which the languages share."""

    def __init__(self, database: Path, former: Path) -> None:
        self._files, self._former = KeptFiles(database, former), former

    def take(self, made_of: bytes, target: Path) -> bool:
        """Put the index into a folder, if it was made of just this and is whole."""
        kept = self._files.find(ENTRY)
        if kept is None or kept.made_of != made_of:
            return False
        try:
            known = json.loads(kept.more)
            names, entry = known["names"], base64.b64decode(known["entry"])
        except (ValueError, KeyError, TypeError):
            return False
        if not all(self._files.find(name) and self._files.stands(name) for name in names):
            return False
        for name in names:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(self._former / name, target / name)
        (target / ENTRY).write_bytes(entry)
        return True

    def put(self, made_of: bytes, files: dict[str, bytes]) -> None:
        """Keep an index that was made for the next time."""
        own = {name: content for name, content in files.items() if name != ENTRY}
        known = {"names": list(own), "entry": base64.b64encode(files[ENTRY]).decode()}
        self._files.put(ENTRY, made_of, "", json.dumps(known).encode())
        for name, content in own.items():
            self._files.put(name, made_of, content)
        self._files.write()

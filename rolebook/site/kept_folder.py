"""Keep a folder that took long to make, with what it was made of."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rolebook.program import digest, digest_of_files


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """A copy of a folder as it was made last, beside a file that names what it was made of; both may be deleted."""

    path: Path

    def take(self, made_of: bytes, target: Path) -> bool:
        """Copy the folder to a place where nothing is yet, if it was made of just this and is whole."""
        try:
            if self._mark.read_bytes() != self._whole(made_of):
                return False
            shutil.copytree(self.path, target)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            return False
        return True

    def keep(self, made_of: bytes, folder: Path) -> None:
        """Copy a folder for the next time; where that cannot be done, nothing is kept."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._mark.unlink(missing_ok=True)
            shutil.rmtree(self.path, ignore_errors=True)
            shutil.copytree(folder, self.path)
            self._mark.write_bytes(self._whole(made_of))

    @property
    def _mark(self) -> Path:
        return self.path.with_name(f"{self.path.name}.made-of")

    def _whole(self, made_of: bytes) -> bytes:
        """Name what the folder was made of together with every byte in it."""
        return digest(made_of, digest_of_files(self.path))

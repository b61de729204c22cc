"""Translations that were read and checked by other processes, and are read here when they are asked for.

So the memory that is needed grows with one language, not with all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rolebook.catalog import Catalog
from rolebook.failures import BuildError
from rolebook.languages import Language
from rolebook.messages import PoFile, in_forms_of, read_po


class ChangedError(BuildError):
    """A file is no longer what was checked."""


@dataclass(frozen=True, eq=False)
class CheckedTranslations(Mapping[str, PoFile]):
    """The PO files of one language by domain; raises ChangedError where one is not as it was checked."""

    catalog: Catalog
    language: Language
    made_of: Mapping[str, bytes]
    """By domain: what the file that was checked was made of."""
    _read: dict[str, PoFile] = field(default_factory=dict, init=False)

    def __getitem__(self, domain: str) -> PoFile:
        """Give the file of a domain."""
        if domain not in self._read:
            self._read[domain] = self._as_checked(domain, self.made_of[domain])
        return self._read[domain]

    def _as_checked(self, domain: str, made_of: bytes) -> PoFile:
        root = self.catalog.root
        file, _ = read_po(root, root / "locales" / self.language.code / f"{domain}.po")
        if file.made_of != made_of:
            raise ChangedError(f"{file.path} was changed after it had been checked. Run the command again.")
        return in_forms_of(file, self.language)

    def __iter__(self) -> Iterator[str]:
        """Go through the domains."""
        return iter(self.made_of)

    def __len__(self) -> int:
        """Count the files."""
        return len(self.made_of)

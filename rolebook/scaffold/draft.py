"""A knowledge base as it will be: changes are collected, checked in a copy, and written together or not at all."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType

from rolebook.canonical import canonical, shape_of
from rolebook.catalog import Catalog, load_catalog
from rolebook.findings import Finding, has_errors
from rolebook.formatting import canonical_text
from rolebook.generated import GENERATED
from rolebook.loading import Loaded, load
from rolebook.schema import Model
from rolebook.source import Location, Plain, SourceFile
from rolebook.worktree import GitError, uncommitted
from rolebook.write import Written, write_together


class Refused(Exception):  # noqa: N818 - says what happened to the wish
    """What was asked for cannot be done; nothing was written. The findings say more, where there are any."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class Draft:
    """Collects what shall be written and removed, and knows what a file will hold."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._changes: dict[str, str | None] = {}

    @property
    def changes(self) -> MappingProxyType[str, str | None]:
        """Give the new text of each file that changes, None for one that goes."""
        return MappingProxyType(self._changes)

    def read(self, path: str) -> str:
        """Give a file's text of today, to the byte."""
        return (self.root / path).read_bytes().decode()

    def create(self, path: str, text: str) -> None:
        """Make a file that must not be there yet, whatever the case of its letters."""
        folder = (self.root / path).parent
        there = {found.name.lower() for found in folder.iterdir()} if folder.is_dir() else set()
        if Path(path).name.lower() in there and self._changes.get(path, "") is not None:
            raise Refused(f"{path} exists already. It stays as it is.")
        self._changes[path] = text

    def replace(self, path: str, text: str) -> None:
        """Give a file another text."""
        if self.read(path) != text:
            self._changes[path] = text

    def remove(self, path: str) -> None:
        """Let a file go."""
        self._changes[path] = None

    def catalog(self) -> Catalog:
        """Read the knowledge base as it will be."""
        with self._copy() as copy:
            return load_catalog(copy)[0]

    def loaded(self, day: date) -> Loaded:
        """Read and check the knowledge base as it will be."""
        with self._copy() as copy:
            return load(copy, day)

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
            copy = Path(folder) / "base"
            _copy(self.root, copy)
            write_together(copy, self._changes)
            yield copy

    def write(self) -> Written:
        """Write everything, unless git holds changes of these files that nobody has committed."""
        try:
            open_changes = uncommitted(self.root, self._changes)
        except GitError as error:
            raise Refused(f"Git does not say whether these files were changed: {error}") from error
        if open_changes:
            names = "\n".join(f"  {name}" for name in open_changes)
            raise Refused(
                f"These files have changes that are not committed:\n{names}\n"
                "Commit them first, or take them back, so that nothing of yours is mixed up with this change."
            )
        try:
            return write_together(self.root, self._changes)
        except OSError as error:
            raise Refused(f"The files cannot be written: {error}. Everything is as it was.") from error


def edited(root: Path, file: SourceFile, kind: type[Model], values: Plain) -> str:
    """Give a file's text with other values; refuse one whose other lines would change as well."""
    if (root / file.path).read_bytes() != canonical_text(file, kind).encode():
        raise Refused(
            f"{file.path} is not in its one form, so more of it would change than you asked for.\n"
            "Run 'build_roles.py format', commit what it did, and run this again."
        )
    return canonical(values, shape_of(kind))


def put(values: Plain, location: Location, value: Plain) -> Plain:
    """Give the values of a file with another one at a location."""
    if not location:
        return value
    step, rest = location[0], location[1:]
    if isinstance(values, dict):
        return {**values, str(step): put(values.get(str(step), {}), rest, value)}
    if isinstance(values, list) and isinstance(step, int):
        return [*values[:step], put(values[step], rest, value), *values[step + 1 :]]
    raise TypeError(f"nothing can stand at {location}")


def refuse_new_errors(before: Loaded, after: Loaded, message: str) -> None:
    """Refuse a draft in which `check` finds errors that were not there before."""
    if errors := [finding for finding in new_findings(before, after) if has_errors([finding])]:
        raise Refused(message, errors)


def new_findings(before: Loaded, after: Loaded) -> list[Finding]:
    """Give the findings that were not there before, wherever in their files they stand now."""
    known = Counter(_words(before.findings))
    return [finding for finding in after.findings if _is_new(known, next(iter(_words([finding]))))]


def _words(findings: Iterable[Finding]) -> Iterable[tuple[str, str, str]]:
    return ((finding.place.path, finding.code, finding.message) for finding in findings)


def _is_new(known: Counter[tuple[str, str, str]], words: tuple[str, str, str]) -> bool:
    known[words] -= 1
    return known[words] < 0


def _copy(root: Path, target: Path) -> None:
    """Copy what is read: roles, translations and hand-written pages."""
    target.mkdir()
    for name in ("roles", "locales"):
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name, ignore=_unread)
    for path in (root / "docs").rglob("*.md"):
        parts = path.relative_to(root / "docs").parts
        if not path.is_file() or (len(parts) > 1 and parts[1] in GENERATED):
            continue
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _unread(folder: str, names: Iterable[str]) -> set[str]:
    """Name what is neither a file nor a folder in its own place, such as a link to nowhere: nothing reads it."""
    paths = {name: Path(folder) / name for name in names}
    return {name for name, path in paths.items() if not path.is_file() and (path.is_symlink() or not path.is_dir())}

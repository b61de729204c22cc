"""What changed when: the commits that touched roles and vocabulary, each compared with the state before it.

Comparing is the slow part, so what was told of a commit is kept, known by the ids of its files; what is kept can be
lost at any time. Only what is committed is history, and what cannot be known is left out.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from rolebook.changes import Thing, ThingChange, What, compare, things_in
from rolebook.git import Commit, FileChange, GitError, Repository, open_repository
from rolebook.schema import VOCABULARY, Model, Role, Skill
from rolebook.source import FORBIDDEN, parse_yaml
from rolebook.validation import salvage, validate

FOLDERS = ("roles", "locales")
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Account:
    """What a commit changed; of the files in `untold` not everything could be compared."""

    changes: tuple[ThingChange, ...] = ()
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A commit that changed something that readers see."""

    commit: str
    day: date
    """In UTC."""
    time: datetime
    subject: str
    """What the person who made it wrote of it; untrusted."""
    account: Account


@dataclass(frozen=True, slots=True)
class Touch:
    """When and by what change a file was last touched."""

    day: date
    subject: str


@dataclass(frozen=True)
class History:
    """Everything that is known of the past, the newest first."""

    events: tuple[Event, ...] = ()
    is_whole: bool = True
    """Whether the beginning is known; it is not in a shallow copy."""
    translations: Mapping[tuple[str, str], Touch] = field(default_factory=dict)
    """By language and role: the last change of the role's translation file."""

    def of_role(self, role: str) -> tuple[Event, ...]:
        """Give the events of one role, under whatever id it had, each with nothing but that role's changes."""
        return self._by_role.get(role, ())

    def newest(self, count: int) -> tuple[Event, ...]:
        """Give so many of the newest events."""
        return self.events[:count]

    def touch(self, language: str, role: str) -> Touch | None:
        """Tell when and by what the translations of a role were last changed."""
        return self.translations.get((language, role))

    @cached_property
    def _by_role(self) -> Mapping[str, tuple[Event, ...]]:
        return _by_role(self.events)


NO_HISTORY = History()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a former run: of which program, and what it told of each commit's files."""

    program: str
    told: Mapping[str, Account]


_KEPT = TypeAdapter(_Kept)


def read_history(root: Path, kept: bytes) -> tuple[History, bytes]:
    """Read the history of a knowledge base, with what a former run kept; give what to keep for the next one.

    Where there is no repository there is no history.
    """
    try:
        repository = open_repository(root)
        if not repository.has_commits():
            return NO_HISTORY, b""
        commits = repository.commits(FOLDERS)
        is_whole = not repository.is_shallow
        told = _told(repository, commits, _recalled(kept))
    except GitError:
        return NO_HISTORY, b""
    events = tuple(
        Event(commit.id, commit.day, commit.time, _subject(commit.subject), told[key])
        for commit in commits
        if (key := _key(commit)) in told and (told[key].changes or told[key].untold)
    )
    to_keep = _KEPT.dump_json(_Kept(_program(), told))
    return History(events, is_whole, dict(_touches(commits))), to_keep


def _recalled(kept: bytes) -> Mapping[str, Account]:
    try:
        recalled = _KEPT.validate_json(kept)
    except ValidationError:
        return {}  # nothing was kept, or it is broken
    return recalled.told if recalled.program == _program() else {}


def _program() -> str:
    """Give one word that changes with the code that compares."""
    names = ("schema", "changes", "history", "source", "validation")
    sources = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in names)
    return hashlib.sha256(b"\0".join(sources)).hexdigest()


def _told(repository: Repository, commits: Iterable[Commit], recalled: Mapping[str, Account]) -> dict[str, Account]:
    """Give an account of each commit that touched roles or vocabulary; only what is not known yet is compared."""
    files = {_key(commit): _files(commit) for commit in commits if any(_files(commit))}
    new = [change for key, changes in files.items() if key not in recalled for change in changes]
    blobs = repository.blobs(blob for change in new for blob in (change.before, change.after) if blob)
    return {key: recalled.get(key) or _account(changes, blobs) for key, changes in files.items()}


def _key(commit: Commit) -> str:
    """Name what a commit did by the ids and paths of its files, so that the same is told of the same."""
    files = ((file.before, file.after, file.former_path, file.path) for file in _files(commit))
    return hashlib.sha256(repr(sorted(files)).encode()).hexdigest()


def _files(commit: Commit) -> list[FileChange]:
    return [file for file in commit.files if _kind_of(file.path) or _kind_of(file.former_path)]


def _kind_of(path: str) -> type[Model] | None:
    """Tell what a file below roles/ is taken for, by its path."""
    parts = PurePosixPath(path).parts
    if not path.endswith(".yml") or parts[0] != "roles":
        return None
    if parts[:-1] == ("roles", "vocabulary", "skills"):
        return Skill
    if parts[:-1] == ("roles", "vocabulary"):
        return VOCABULARY.get(PurePosixPath(path).stem)
    return Role if len(parts) == 3 and parts[1] != "vocabulary" else None


def _account(files: Iterable[FileChange], blobs: Mapping[str, bytes]) -> Account:
    before: list[Thing] = []
    after: list[Thing] = []
    untold: set[str] = set()
    lost: set[str] = set()
    for file in files:
        for path, blob, things in ((file.former_path, file.before, before), (file.path, file.after, after)):
            if blob:
                read, is_whole = _things(path, blobs.get(blob, b""))
                things += read
                if not is_whole:
                    untold.add(file.path)
                if not read:
                    lost |= {file.path, file.former_path}
    changes = (change for change in compare(before, after) if change.path not in lost)
    return Account(tuple(_briefly(change) for change in changes), tuple(sorted(untold)))


def _things(path: str, content: bytes) -> tuple[list[Thing], bool]:
    """Give what a version of a file holds, and whether all of it could be read."""
    kind = _kind_of(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], False
    file, _ = parse_yaml(path, text) if kind else (None, [])
    if kind is None or file is None:
        return [], False
    model, _ = validate(kind, file)
    salvaged = model or salvage(kind, file)
    return list(things_in(path, salvaged)) if salvaged else [], model is not None


def _briefly(change: ThingChange) -> ThingChange:
    """Leave out all that something new or gone holds: its page, or nobody, tells it."""
    return replace(change, changes=()) if change.what in (What.ADDED, What.REMOVED) else change


def _subject(subject: str) -> str:
    """Give a subject without what no text may hold, and not endless."""
    text = FORBIDDEN.sub("", subject).strip()
    return text if len(text) <= LONGEST_SUBJECT else f"{text[:LONGEST_SUBJECT].rstrip()}…"


def _touches(commits: Iterable[Commit]) -> Iterator[tuple[tuple[str, str], Touch]]:
    """Give the last change of each role's translation file."""
    seen: set[str] = set()
    for commit in commits:
        for file in commit.files:
            parts = PurePosixPath(file.path).parts
            if file.path not in seen and len(parts) == 4 and parts[0] == "locales" and parts[2] == "roles":
                seen.add(file.path)
                yield (parts[1], PurePosixPath(file.path).stem), Touch(commit.day, _subject(commit.subject))


def _by_role(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    """Sort events by role; where a role got another id, its former events follow it.

    Before a role came to an id, the id was another role's, whose events are nobody's of today.
    """
    today: dict[str, str] = {}
    sorted_out: dict[str, list[Event]] = {}
    for event in events:
        came, renamed = {}, {}
        told: dict[str, list[ThingChange]] = {}
        for change in event.account.changes:
            if change.kind == "roles":
                role = today.get(change.id, change.id)
                told.setdefault(role, []).append(change)
                if change.former_id or change.what is What.ADDED:
                    came[change.id] = ""
                if change.former_id:
                    renamed[change.former_id] = role
        untold = {path: _role_of(path, today) for path in event.account.untold if _kind_of(path) is Role}
        for role in filter(None, dict.fromkeys([*told, *untold.values()])):
            account = Account(tuple(told.get(role, ())), tuple(path for path, of in untold.items() if of == role))
            sorted_out.setdefault(role, []).append(replace(event, account=account))
        today |= came | renamed
    return {role: tuple(found) for role, found in sorted_out.items()}


def _role_of(path: str, today: Mapping[str, str]) -> str:
    role = PurePosixPath(path).stem
    return today.get(role, role)

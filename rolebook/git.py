"""Read trees and commits from git, through the `git` executable and without a shell; knows nothing of roles.

Only plumbing commands are used, so that nobody's settings change what is read. Trees are taken for untrusted: what is
written out of them are ordinary files inside the given folder and nothing else.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from rolebook import limits

_SETTINGS = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone must not go to the network
    "GIT_LITERAL_PATHSPECS": "1",
}


class GitError(Exception):
    """Git could not give what was asked for; the message says why, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a commit changed: blob ids before and after, and paths from the root.

    An id is empty where there is no ordinary file. Before a merge, the file is that of the first side that has it.
    """

    before: str
    after: str
    path: str
    former_path: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with the files it changed; who made it is not read."""

    id: str
    day: date
    """In UTC."""
    time: datetime
    subject: str
    files: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file of a tree: its path from the root, its blob and size, and whether it is an ordinary file."""

    path: str
    blob: str
    size: int
    is_ordinary: bool


@dataclass(frozen=True, slots=True)
class Repository:
    """A knowledge base in a git repository; its root may be a folder of it, and it may be a linked work tree."""

    root: Path

    def resolve(self, revision: str) -> str:
        """Give the id of the commit that a revision names."""
        if not revision or revision.startswith("-"):
            raise GitError(f"'{revision}' is no revision. Name a branch, a tag or a commit, such as main.")
        try:
            named = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except GitError as error:
            hint = "Fetch it first: this copy does not hold the whole history." if self.is_shallow else ""
            words = f"Git knows no revision '{revision}' here. {hint or 'Name a branch, a tag or a commit.'}"
            raise GitError(words) from error
        return named.decode().strip()

    @property
    def is_shallow(self) -> bool:
        """Tell whether older commits are left out of this copy."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def has_commits(self) -> bool:
        """Tell whether anything was ever committed."""
        try:
            self.resolve("HEAD")
        except GitError:
            return False
        return True

    def files(self, commit: str, folders: Iterable[str]) -> tuple[TreeFile, ...]:
        """List the files below some folders of the root, as a commit has them."""
        listed = self._run("ls-tree", "-r", "-z", "--long", commit, "--", *(f"{folder}/" for folder in folders))
        return tuple(_tree_file(line) for line in listed.decode(errors="surrogateescape").split("\0") if line)

    def export(self, commit: str, folders: Iterable[str], target: Path, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """Write the files of some folders with certain endings below a target; give the paths that were left out.

        Symbolic links, submodules and paths that would lead out of the target are left out. Git's attributes play no
        part, so that no tree can hide its own files.
        """
        wanted, left_out = [], []
        for file in self.files(commit, folders):
            if not file.is_ordinary or not _stays_inside(file.path):
                left_out.append(file.path)
            elif file.path.endswith(suffixes):
                wanted.append(file)
        blobs = self.blobs(file.blob for file in wanted if file.size <= limits.FORMER_BYTES)
        for file in wanted:
            path = target / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            if file.size > limits.FORMER_BYTES:
                with path.open("wb") as huge:
                    huge.truncate(file.size)
            else:
                path.write_bytes(blobs[file.blob])
        return tuple(left_out)

    def blobs(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """Read files by their blob ids, all in one run; what this copy does not hold is left out."""
        asked = list(dict.fromkeys(ids))
        if not asked:
            return {}
        given = self._run("cat-file", "--batch", told="\n".join([*asked, ""]).encode())
        return dict(_batch(given))

    def commits(self, folders: Iterable[str]) -> tuple[Commit, ...]:
        """Give the commits that changed files below some folders, the newest first.

        Of a merge the files are given that it left as none of its sides had them. The oldest commits of a shallow copy
        are left out, because what they changed cannot be known, and so are commits of a time that no calendar knows.
        """
        named = ["--", *folders]
        ids = self._run("rev-list", "--date-order", "HEAD", *named)
        options = ("-r", "-c", "--root", "-M", "-z", "--raw", "--no-abbrev", "--encoding=UTF-8")
        told = self._run("diff-tree", "--stdin", *options, "--format=%H %ct %s", *named, told=ids)
        # --relative would not do: git gives the paths of merges from the top of the repository all the same
        prefix = self._run("rev-parse", "--show-prefix").decode(errors="replace").removesuffix("\n")
        edge = self._edge()
        return tuple(commit for commit in _commits(told.split(b"\0"), prefix) if commit.id not in edge)

    def _edge(self) -> frozenset[str]:
        path = self.root / self._run("rev-parse", "--git-path", "shallow").decode().strip()
        return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()

    def _run(self, *arguments: str, told: bytes = b"") -> bytes:
        return _run(self.root, *arguments, told=told)


def open_repository(root: Path) -> Repository:
    """Open the repository that a knowledge base belongs to; raise GitError where there is none."""
    if not shutil.which("git"):
        raise GitError("Git is needed for this, and was not found. Install it from https://git-scm.com/.")
    try:
        inside = _run(root, "rev-parse", "--is-inside-work-tree")
    except GitError as error:
        if "dubious ownership" in str(error):
            raise GitError(f"Git does not trust {root}, because it belongs to someone else. {error}") from error
        raise GitError(f"{root} is not in a git repository, so there is nothing to compare with.") from error
    if inside.strip() != b"true":
        raise GitError(f"{root} is not in the work tree of a git repository.")
    return Repository(root)


def _run(root: Path, *arguments: str, told: bytes = b"") -> bytes:
    own = {key: value for key, value in os.environ.items() if key not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    command = ["git", "--no-replace-objects", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell; revisions never begin with a hyphen
            command, cwd=root, input=told, capture_output=True, check=False, env={**own, **_SETTINGS}
        )
    except OSError as error:
        raise GitError(f"Git could not be run: {error.strerror or error}.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(f"Git could not do it: {said[0] if said else f'git {arguments[0]} failed'}")
    return done.stdout


def _tree_file(line: str) -> TreeFile:
    facts, _, path = line.partition("\t")
    mode, kind, blob, size = facts.split()
    return TreeFile(path, blob, int(size) if size.isdecimal() else 0, kind == "blob" and mode.startswith("100"))


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    strange = {"..", ".git"} & {part.lower() for part in parts}
    is_text = not any("\ud800" <= sign <= "\udfff" for sign in path)  # bytes that are not UTF-8 stand as surrogates
    return is_text and not strange and not path.startswith("/") and not any(sign in path for sign in "\\:\x00")


def _batch(given: bytes) -> Iterator[tuple[str, bytes]]:
    """Take the answer of cat-file apart: '<id> <type> <size>', then the content of any type, or '<id> missing'."""
    at = 0
    while at < len(given):
        end = given.index(b"\n", at)
        blob, kind, *size = given[at:end].decode("ascii").split(" ")
        at = end + 1
        if size:
            until = at + int(size[0])
            if kind == "blob":
                yield blob, given[at:until]
            at = until + 1


def _commits(fields: list[bytes], prefix: str) -> Iterator[Commit]:
    """Take the answer of diff-tree apart: a commit's line, then for each file ':… status' and one or two paths."""
    head = ""
    files: list[FileChange] = []
    waiting = iter(fields)
    for field in waiting:
        line = field.lstrip(b"\n").decode(errors="replace")
        if line.startswith(":"):
            sides = len(line) - len(line.lstrip(":"))
            path = former = next(waiting).decode(errors="replace").removeprefix(prefix)
            if sides == 1 and line.split()[-1][0] in "RC":
                path = next(waiting).decode(errors="replace").removeprefix(prefix)
            before, after = _blobs(line[sides:].split(), sides)
            if before or after:
                files.append(FileChange(before, after, path, former))
        elif line:
            yield from _commit(head, files)
            head, files = line, []
    yield from _commit(head, files)


def _commit(head: str, files: list[FileChange]) -> Iterator[Commit]:
    """Give a commit by its line '<id> <seconds> <subject>', unless no calendar knows its time."""
    name, seconds, subject = (*head.split(" ", 2), "", "")[:3]
    with suppress(ValueError, OverflowError, OSError):
        time = datetime.fromtimestamp(int(seconds), UTC)
        yield Commit(name, time.date(), time, subject, tuple(files))


def _blobs(facts: list[str], sides: int) -> tuple[str, str]:
    """Give the blobs of a file before and after, from the modes and ids of each side and of what came of them."""
    modes, ids = facts[: sides + 1], facts[sides + 1 :]
    *before, after = [blob if mode.startswith("100") else "" for mode, blob in zip(modes, ids, strict=False)]
    return next(filter(None, before), ""), after

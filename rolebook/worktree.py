"""What git says of the files that are about to be changed. Without git, nothing stands in the way."""

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FOLDERS = ("roles", "locales", "docs", "mkdocs.yml")


class GitError(Exception):
    """There is a git repository, but git does not say how its files stand."""


def uncommitted(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Give those of the paths below a root whose words of today git does not hold; none outside of git.

    Those are files that were changed, that git does not know yet, and that it is told to ignore.
    """
    git = shutil.which("git")
    if not git:
        return ()
    by_home: dict[Path, set[str]] = defaultdict(set)
    for path in paths:
        if home := _home(root / path):
            by_home[home].add(path)
    return tuple(sorted(path for home, own in by_home.items() for path in own & _open_files(git, root, home)))


def committed_below(root: Path, folder: Path) -> tuple[str, ...]:
    """Give the files below a folder of a root that git holds; none where git does not say."""
    git = shutil.which("git")
    if not git or not (root / folder).is_dir() or not _home(root / folder):
        return ()
    with suppress(GitError):
        return tuple(filter(None, _said(git, root, "ls-files", "-z", "--", folder.as_posix()).split("\0")))
    return ()


def _home(path: Path) -> Path | None:
    """Give the folder of the repository that a file belongs to; in a submodule that is the submodule's own."""
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def _open_files(git: str, root: Path, home: Path) -> set[str]:
    """Give all files below a root whose words of today are not in their repository."""
    is_within = home != root and home.is_relative_to(root)
    start, folders = (home, (".",)) if is_within else (root, FOLDERS)
    prefix = _said(git, start, "rev-parse", "--show-prefix").removesuffix("\n")
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored")
    said = _said(git, start, "status", *options, "--", *folders)
    names = (entry[3:].removeprefix(prefix) for entry in said.split("\0") if entry)
    return {(start / name).relative_to(root).as_posix() for name in names}


def _said(git: str, root: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = [git, "-C", str(root), "--literal-pathspecs", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own arguments
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8", "surrogateescape")

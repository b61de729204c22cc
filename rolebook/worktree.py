"""What git says of the files that are about to be changed. Without git, nothing stands in the way."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

FOLDERS = ("roles", "locales", "docs", "mkdocs.yml")


class GitError(Exception):
    """There is a git repository, but git does not say how its files stand."""


def uncommitted(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Give those of the paths below a root that git knows as changed or does not know yet; none outside of git."""
    git = shutil.which("git")
    if not git or not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return ()
    prefix = _said(git, root, "rev-parse", "--show-prefix").removesuffix("\n")
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    said = _said(git, root, "status", *options, "--", *FOLDERS)
    changed = {entry[3:].removeprefix(prefix) for entry in said.split("\0") if entry}
    return tuple(sorted(changed.intersection(paths)))


def _said(git: str, root: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = [git, "-C", str(root), "--literal-pathspecs", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own arguments
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8", "surrogateescape")

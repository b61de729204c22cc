"""Real git repositories made of the miniature."""

import os
import subprocess
from pathlib import Path

from tests.kit import copy_miniature

ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Somebody Private",
    "GIT_AUTHOR_EMAIL": "somebody@private.example",
    "GIT_COMMITTER_NAME": "Somebody Private",
    "GIT_COMMITTER_EMAIL": "somebody@private.example",
}


def git(root: Path, *arguments: str, day: str = "2026-03-01") -> str:
    """Run git as somebody, on a day, or at a time in the form '@seconds'."""
    time = f"{day} +0000" if day.startswith("@") else f"{day}T12:00:00+0000"
    dates = {f"GIT_{who}_DATE": time for who in ("AUTHOR", "COMMITTER")}
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=root, env={**ENVIRONMENT, **dates}, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, subject: str = "Change", day: str = "2026-03-01") -> str:
    """Commit everything but what builds keep; give the commit's id."""
    git(root, "add", "--all", "--", ":(top)", ":(top,exclude,glob)**/.cache/**")
    git(root, "commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message", subject, day=day)
    return git(root, "rev-parse", "HEAD")


def state_of_work(root: Path) -> str:
    """Name the commit that is measured, with a mark where something in the tree is not committed."""
    return git(root, "describe", "--always", "--abbrev=10", "--dirty", "--exclude=*")


def new_repository(target: Path) -> Path:
    """Make a repository of the miniature with one commit."""
    root = copy_miniature(target)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "Tell the first roles", "2026-02-01")
    return root


def edit(root: Path, name: str, before: str, after: str) -> None:
    """Change words of a file."""
    text = (root / name).read_text("utf-8")
    assert before in text, f"{before!r} is not in {name}"
    (root / name).write_text(text.replace(before, after, 1), "utf-8")

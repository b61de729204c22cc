"""What several tests share: the miniature knowledge base, copies of it, and findings of it."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

from rolebook.pipeline import Loaded, load

PROJECT = Path(__file__).parents[1]
MINIATURE = Path(__file__).parent / "site"
EXPECTED = MINIATURE / "_expected"
TODAY = date(2026, 6, 1)
"""The day on which the miniature is judged: none of its reviews is due."""


def copy_miniature(target: Path) -> Path:
    """Copy the miniature without what was rendered from it."""
    return Path(shutil.copytree(MINIATURE, target, ignore=shutil.ignore_patterns("_expected")))


def load_miniature(root: Path) -> Loaded:
    """Load a copy of the miniature as on the day it was written for."""
    return load(root, TODAY)


def state_of(root: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes, but for git's own."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder; give what it prints."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(root), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    """Commit everything below a folder."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Change")

"""What several tests share: the miniature knowledge base, copies of it, and findings of it."""

import shutil
from datetime import date
from pathlib import Path

from rolebook.loading import Loaded, load

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

"""What several tests share: the miniature knowledge base, copies of it, and findings of it."""

import shutil
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

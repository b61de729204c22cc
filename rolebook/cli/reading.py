"""Reading the knowledge base for a command that goes on with it."""

from collections.abc import Callable
from pathlib import Path

from rolebook.cli.terminal import NOTHING_WRITTEN, complain, progress
from rolebook.loading import Loaded, load
from rolebook.report import as_text


def loaded_and_told(root: Path, read: Callable[[Path], Loaded] = load) -> Loaded:
    """Load and check; say what is wrong, if anything."""
    progress("Reading and checking")
    loaded = read(root)
    if loaded.findings:
        complain(as_text(loaded.findings, "" if loaded.is_sound else NOTHING_WRITTEN))
    return loaded

"""What several tests share: the miniature knowledge base, copies of it, and findings of it."""

import shutil
from datetime import date
from pathlib import Path

from rolebook import memory
from rolebook.loading import Loaded, load

PROJECT = Path(__file__).parents[1]
MINIATURE = Path(__file__).parent / "site"
EXPECTED = MINIATURE / "_expected"
TODAY = date(2026, 6, 1)
"""The day on which the miniature is judged: none of its reviews is due."""
CHANGES: dict[str, tuple[str, str, str]] = {
    "a text of a role": ("roles/care/adviser.yml", "title: Adviser", "title: Chairman"),
    "an id that others name": ("roles/vocabulary/skills/listening.yml", "", "# gone\n"),
    "a line above all others": ("roles/care/lead.yml", "", "\n\n"),
    "a name of a product": ("roles/vocabulary/products.yml", "name: ", "name: Neue "),
    "a translation": ("locales/uk/roles/adviser.po", 'msgstr "', 'msgstr "Chairman  '),
    "the languages": ("locales/languages.yml", "  - ar\n", ""),
    "a word of the search": ("locales/uk/search.yml", "page: /", "page: /nowhere/"),
    "a page": ("docs/en/index.md", "", "# Another {#another}\n"),
}
"""Changes of one file of the miniature: its path, the words that go and those that come."""


def copy_miniature(target: Path) -> Path:
    """Copy the miniature without what was rendered from it."""
    return Path(shutil.copytree(MINIATURE, target, ignore=shutil.ignore_patterns("_expected")))


def change_miniature(root: Path, name: str, former: str, new: str) -> None:
    """Put other words into a file of a copy of the miniature."""
    text = (root / name).read_text("utf-8")
    assert former in text
    (root / name).write_text(text.replace(former, new, 1), "utf-8")


def forget() -> None:
    """Let the next load work out everything anew."""
    memory.begin_load()
    memory.begin_load()


def load_miniature(root: Path) -> Loaded:
    """Load a copy of the miniature as on the day it was written for."""
    return load(root, TODAY)


def state_of(root: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes, but for git's own."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}

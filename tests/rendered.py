"""The miniature's pages as Markdown."""

import hashlib
import tempfile
from pathlib import Path

from rolebook.loading import Loaded
from rolebook.pages import Settings, build_files, build_pages, open_books
from rolebook.render import render_pages
from tests.kit import copy_miniature, load_miniature

SETTINGS = Settings("https://gitlab.example.org/bicycles", "trunk", "https://example.org/handbook/")


def rendered(loaded: Loaded) -> dict[str, str]:
    """Render every page of a knowledge base, by its path below docs/."""
    knowledge = loaded.knowledge
    books = open_books(knowledge.catalog, knowledge.messages, SETTINGS, knowledge.docs)
    return dict(render_pages(build_pages(books)))


def data_of(loaded: Loaded) -> dict[str, str]:
    """Make every data file of a knowledge base, by its path below docs/."""
    return dict(build_files(open_books(loaded.knowledge.catalog, loaded.knowledge.messages, SETTINGS)))


def data_of_miniature() -> dict[str, str]:
    """Make every data file of the miniature, by its path below docs/."""
    with tempfile.TemporaryDirectory() as folder:
        return data_of(load_miniature(copy_miniature(Path(folder) / "base")))


def rendered_miniature() -> dict[str, str]:
    """Render every page of the miniature, by its path below docs/."""
    with tempfile.TemporaryDirectory() as folder:
        return rendered(load_miniature(copy_miniature(Path(folder) / "base")))


def digest(pages: dict[str, str]) -> str:
    """Give one word that changes with any page, its name or their order."""
    return hashlib.sha256(repr(pages).encode()).hexdigest()

"""The miniature's pages as Markdown."""

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rolebook.loading import Loaded
from rolebook.pages import Book, Settings, build_files, open_books, plan_pages
from rolebook.render import render_page
from tests.kit import copy_miniature, load_miniature

SETTINGS = Settings("https://gitlab.example.org/bicycles", "trunk", "https://example.org/handbook/")


def render_all(books: Iterable[Book]) -> dict[str, str]:
    """Render every page, by its path below docs/."""
    return {path: render_page(make()) for book in books for path, make in plan_pages(book).items()}


def rendered(loaded: Loaded) -> dict[str, str]:
    """Render every page of a knowledge base, by its path below docs/."""
    knowledge = loaded.knowledge
    books = open_books(knowledge.catalog, knowledge.messages, SETTINGS, knowledge.docs)
    return render_all(books)


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

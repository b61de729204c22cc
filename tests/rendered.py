"""The miniature's pages as Markdown."""

import hashlib
import tempfile
from pathlib import Path

from rolebook.pages import Settings, build_pages
from rolebook.render import render_pages
from tests.kit import copy_miniature, load_miniature

SETTINGS = Settings("https://gitlab.example.org/bicycles", "trunk")


def rendered_miniature() -> dict[str, str]:
    """Render every page of the miniature, by its path below docs/."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge = load_miniature(copy_miniature(Path(folder) / "base")).knowledge
        return dict(render_pages(build_pages(knowledge.catalog, knowledge.messages, SETTINGS)))


def digest(pages: dict[str, str]) -> str:
    """Give one word that changes with any page, its name or their order."""
    return hashlib.sha256(repr(pages).encode()).hexdigest()

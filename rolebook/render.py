"""Print views through Jinja2 templates as finished Markdown with front matter.

Whatever a template prints is made harmless on its way, unless it is marked as safe already.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rolebook import markup
from rolebook.pages.page import Page

TEMPLATES = Path(__file__).parent / "templates"
_BLANK_LINES = re.compile(r"\n{3,}")


def render_pages(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Give each page's path below docs/ with its finished text."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for page in pages:
        body = environment.get_template(page.template).render(page=page, ui=page.texts.ui)
        yield page.path, _front_matter(page) + _BLANK_LINES.sub("\n\n", body.strip()) + "\n"


def _harmless(value: object) -> object:
    return markup.plain(str(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _front_matter(page: Page) -> str:
    head = {
        "title": markup.attribute(page.title),
        "description": markup.attribute(page.description),
        "generated": True,
        **page.head,
    }
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, width=2**31, sort_keys=False)}---\n\n"

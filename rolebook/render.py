"""Print views through Jinja2 templates as finished Markdown with front matter.

Whatever a template prints is made harmless on its way, unless it is marked as safe already.
"""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rolebook import markup
from rolebook.generated import GENERATED_MARK
from rolebook.pages.page import Page, Texts

TEMPLATES = Path(__file__).parent / "templates"
_ID = re.compile(r"[a-z][a-z0-9-]*")
_NO_END = 2**30
"""As wide as a line may be, so that none is broken."""
_BLANK_LINES = re.compile(r"\n{3,}")


def render_page(page: Page) -> str:
    """Give a page's finished text."""
    environment = _environment()
    said = {"page": page, "ui": page.texts.ui, "label": page.texts.label}
    body = Markup(environment.get_template(page.template).render(said))  # noqa: S704 - printed by our template
    # the notices come last, because they count what was printed
    whole = environment.get_template("_page.md.j2").render(said, body=body, notices=page.texts.notices())
    return _front_matter(page) + _BLANK_LINES.sub("\n\n", whole.strip()) + "\n"


def render_part(template: str, texts: Texts, **values: object) -> str:
    """Give a part that built pages share, in the language of some texts."""
    return _environment().get_template(template).render(ui=texts.ui, label=texts.label, **values)


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _harmless(value: object) -> object:
    """Escape whatever is no Markup; ids hold no sign that any dialect reads, and must stay as they are."""
    if not isinstance(value, str) or isinstance(value, Markup) or _ID.fullmatch(value):
        return value
    return markup.plain(value)


def _front_matter(page: Page) -> str:
    head = {"title": markup.attribute(page.title), "description": markup.attribute(page.description), **page.head}
    written = yaml.dump(head, Dumper=yaml.CSafeDumper, allow_unicode=True, width=_NO_END, sort_keys=False)
    return f"{GENERATED_MARK}{written}---\n\n"

"""What stands above a page written by hand, between two lines of three dashes; of anything else nothing is used."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from markupsafe import escape
from pydantic import StringConstraints

from rolebook import limits
from rolebook.findings import Finding
from rolebook.memory import remembered
from rolebook.schema import Model, Text
from rolebook.source import Mapping as Block
from rolebook.source import parse_yaml
from rolebook.validation import validate

_FRONT_MATTER = re.compile(r"\A---[ \t]*(\r?\n.*?^)(?:-{3}|\.{3})[ \t]*(?:\r?\n|\Z)", re.MULTILINE | re.DOTALL)


class Hidden(StrEnum):
    """A part of the page that is left out."""

    NAVIGATION = "navigation"
    TOC = "toc"
    PATH = "path"
    FOOTER = "footer"


class Sentences(Text):
    """A sentence or two."""

    limit = limits.TEXT


class FrontMatter(Model):
    """Above a page written by hand, docs/<language>/*.md: what it is called, and how it is shown."""

    title: Text = Text("")
    """What the page is called, in menus and in search results."""
    headline: Text = Text("")
    """A longer title for the tab of the browser."""
    description: Sentences = Sentences("")
    """What the page is about, in one sentence, for search results and where a link to it is shared."""
    language: Annotated[str, StringConstraints(max_length=35)] = ""
    """The language it is still written in, where that is not the one of its folder."""
    hide: tuple[Hidden, ...] = ()
    """What is left out of it."""
    template: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.html$")] = ""
    """A template of overrides/ that shows it."""


def read_front_matter(name: str, text: str) -> tuple[FrontMatter, list[Finding]]:
    """Read what stands above a page; what cannot be read or is unknown is told, and not taken."""
    front, findings = _read(name, match.group(1)) if (match := _FRONT_MATTER.match(text)) else (FrontMatter(), ())
    return front, [*findings]


@remembered
def _read(name: str, front: str) -> tuple[FrontMatter, tuple[Finding, ...]]:
    file, findings = parse_yaml(name, front)  # with the end of the first line, so that lines are those of the page
    if not file or (isinstance(file.root, Block) and not file.root.entries):
        return FrontMatter(), tuple(findings)
    model, found_in_model = validate(FrontMatter, file)
    return model or FrontMatter(), (*findings, *found_in_model)


def harmless(meta: Mapping[str, Any]) -> dict[str, object]:
    """Give what MkDocs read above a page, or took for that, so that a theme may print it: the known, as words."""
    return dict(_harmless(meta))


def _harmless(meta: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key in FrontMatter.model_fields.keys() & meta.keys():
        value = meta[key]
        if key == "hide":
            yield key, [one for one in value if one in list(Hidden)] if isinstance(value, list) else []
        elif isinstance(value, (str, int, float, date)):
            yield key, str(escape(str(value)))

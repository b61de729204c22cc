"""Turn the Markdown that our own templates write into HTML, as Python-Markdown does, in a fraction of its time.

Our templates write headings with an id, paragraphs whose every sign is harmless, HTML, and entries that hold these.
Where anything else stands in a page, such as a list, there is no answer here, and the page is left to Python-Markdown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.extensions.toc import nest_toc_tokens, strip_tags

_BLANK = re.compile(r"\n{2,}")
_HEADING = re.compile(r"(#{1,6}) ([^\n]+?) \{: #([\w-]+) \}")
_ENTRY = re.compile(r'<div([^<>]*) markdown="1">')
_ENTRY_END = "</div>"
_HTML = re.compile(
    r"<(address|details|div|dl|fieldset|figure|form|li|nav|ol|output|p|section|table|template|ul)\b[^\n]*"
)
_WORDS = re.compile(r"(?:[^<\s]|<(?:a|abbr|em|span|strong|time)\b)")
_ACTIVE = re.compile(r"[\\`*_\[\]{}!|~]|^(?:[ #>+=:-]|\d+[.)])", re.MULTILINE)
"""What might mean something to Markdown; our texts hold such signs as character references."""
_ELEMENT = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Converted:
    """A page's HTML, and the headings for its table of contents, as the extension `toc` of Python-Markdown has them."""

    html: str
    headings: list[dict[str, object]]


def convert(text: str, depth: range) -> Converted | None:
    """Convert a page of ours, with headings of these levels for its table of contents; None where it holds more."""
    headings: list[dict[str, object]] = []
    pieces: list[str] = []
    blocks = iter(_BLANK.split(text.strip()))
    for block in blocks:
        if heading := _HEADING.fullmatch(block):
            level, words = len(heading.group(1)), heading.group(2)
            if _is_active(words):
                return None
            pieces.append(f'<h{level} id="{heading.group(3)}">{words}</h{level}>')
            if level in depth:
                name = strip_tags(words)
                headings.append({"level": level, "id": heading.group(3), "name": name, "html": words})
        elif entry := _ENTRY.fullmatch(block):
            pieces.append(f"<div{entry.group(1)}>")
        elif block == _ENTRY_END:
            pieces.append(block)
        elif html := _HTML.match(block):
            pieces.append(_whole(html.group(1), block, blocks))
        elif _WORDS.match(block) and not _is_active(block):
            pieces.append(f"<p>{block}</p>")
        else:
            return None
    return Converted("\n".join(pieces), nest_toc_tokens(headings))  # type: ignore[no-untyped-call]


def _is_active(text: str) -> bool:
    return bool(_ACTIVE.search(_ELEMENT.sub("", text).strip()))


def _whole(tag: str, block: str, following: Iterator[str]) -> str:
    """Give an element of HTML to its end, which may come after blank lines."""
    opening, end = re.compile(rf"<{tag}\b"), f"</{tag}>"
    blocks, depth = [], 0
    while block:
        blocks.append(block)
        depth += len(opening.findall(block)) - block.count(end)
        block = next(following, "") if depth > 0 else ""
    return "\n\n".join(blocks)

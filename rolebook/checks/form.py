"""Checks of how the files are written, whatever they say."""

from collections.abc import Iterator

from rolebook.checks.knowledge import Knowledge
from rolebook.findings import Finding, found
from rolebook.source import place_in


def check_comments(knowledge: Knowledge) -> Iterator[Finding]:
    """Role files carry no comments: the form in the browser deletes them."""
    files = {entry.file.path: entry.file for entry in knowledge.catalog.entries()}
    for file in files.values():
        for line in file.comments:
            text = file.lines[line - 1]
            if not text.lstrip().startswith("#"):
                continue  # a comment behind a text is told by the rule cut-text
            column = text.index("#") + 1
            place = place_in(file.path, file.lines, line, column, len(text))
            yield found("lost-comment", place, "This is a comment, which the form will delete.")

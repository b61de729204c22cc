"""Bring the files below roles/ to their one form, or tell which are not in it; nothing that was written is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from rolebook.canonical import canonical, shape_of
from rolebook.findings import Finding, found
from rolebook.schema import LIST_FILES, Role, Skill
from rolebook.source import SourceFile, list_role_files, parse_yaml, place_in, read_yaml


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file of the knowledge base: its path, what it should hold, and whether it does."""

    path: str
    text: str
    is_canonical: bool


def formatted_files(root: Path, drop_comments: bool = False) -> tuple[list[Formatted], list[Finding]]:
    """Give every file below roles/ in its one form, with findings of those that cannot be brought to it."""
    formatted: list[Formatted] = []
    findings: list[Finding] = []
    for path, kind in _files(root):
        file, problems = read_yaml(root, root / path)
        if file and drop_comments:
            problems = [problem for problem in problems if problem.code != "cut-text"]
        elif file:
            problems += _comments(file)
        findings += problems
        if file and not problems:
            text = canonical_text(file, kind)
            is_canonical = (root / path).read_bytes() == text.encode()
            formatted.append(Formatted(path, text, is_canonical))
    return formatted, findings


def canonical_text(file: SourceFile, kind: type[BaseModel]) -> str:
    """Give a file's one form, after reading it back and finding the same values in it."""
    text = canonical(file.plain(), shape_of(kind))
    again, _ = parse_yaml(file.path, text)
    if not again or canonical(again.plain(), shape_of(kind)) != text:
        raise ValueError(f"{file.path} would not read the same after formatting")  # a fault of ours: nothing is written
    return text


def _files(root: Path) -> Iterator[tuple[str, type[BaseModel]]]:
    files = list_role_files(root)
    yield from ((path, Role) for path in files.roles)
    yield from ((path, Skill) for path in files.skills)
    yield from ((path, LIST_FILES[name]) for path in files.vocabulary if (name := Path(path).stem) in LIST_FILES)


def _comments(file: SourceFile) -> Iterator[Finding]:
    for line in file.comments:
        text = file.lines[line - 1]
        place = place_in(file.path, file.lines, line, text.index("#") + 1, len(text))
        hint = "Move it to the description of your change, or run again with --drop-comments to delete it."
        yield found("lost-comment", place, "This comment would be deleted.", hint)

"""Commands that tell what changed: diff."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, MISUSED, complain, progress, say
from rolebook.comparison import Comparison, Side
from rolebook.git import GitError
from rolebook.ladders import Ladders
from rolebook.languages import Language
from rolebook.pages.page import Book, Settings, Texts
from rolebook.pipeline import compare
from rolebook.review import as_json, as_markdown


def _diff_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", help="the state to compare with: a branch, a tag or a commit")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="the later state (default: the work tree)")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown", help="how to say it")
    parser.add_argument("--language", metavar="CODE", default="en", help="the language of the words (default: en)")


def _diff(root: Path, parsed: Namespace) -> int:
    progress("Reading both states")
    try:
        comparison, before, after = compare(root, parsed.base, parsed.head)
    except GitError as error:
        complain(str(error))
        return MISUSED
    if parsed.format == "json":
        say(as_json(comparison))
        return FINE
    spoken = [language.code for language in after.knowledge.catalog.languages]
    if parsed.language not in spoken:
        complain(f"The site does not speak '{parsed.language}'. Choose one of {', '.join(spoken)}.")
        return MISUSED
    revisions = " ".join(filter(None, (parsed.base, parsed.head)))
    say(told_difference(comparison, before, after, Language(parsed.language), revisions).rstrip("\n"))
    return FINE


def told_difference(comparison: Comparison, before: Side, after: Side, language: Language, revisions: str) -> str:
    """Tell two compared states as Markdown in a language; `revisions` are named where the report had to be cut."""
    texts, former = (_texts(side, language) for side in (after, before))
    return as_markdown(comparison, texts, former, f"build_roles.py diff {revisions} --format json")


def _texts(side: Side, language: Language) -> Texts:
    catalog = side.knowledge.catalog
    return Texts(Book(catalog, side.knowledge.messages, Settings(), language, Ladders(catalog)), "")


DIFF = Command(
    "diff",
    "Tell in words what changes between two states in git, for those who review it.",
    _diff,
    _diff_arguments,
)

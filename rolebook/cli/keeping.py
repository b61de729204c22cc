"""Commands for those who keep the knowledge base alive: status."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, MISUSED, complain, say
from rolebook.findings import did_you_mean, has_errors
from rolebook.loading import load
from rolebook.status import attention
from rolebook.status_report import as_json, as_markdown, as_text


def _status_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how to say it")
    parser.add_argument("--language", default="", metavar="CODE", help="only what translators of one language can do")


def _status(root: Path, parsed: Namespace) -> int:
    loaded = load(root)
    catalog = loaded.knowledge.catalog
    codes = [language.code for language in catalog.languages]
    if parsed.language and parsed.language not in codes:
        hint = did_you_mean(parsed.language, codes, f"It speaks {', '.join(codes)}.")
        complain(f"The site does not speak '{parsed.language}'. {hint}")
        return MISUSED
    if has_errors(loaded.findings):
        complain("There are errors, so this may not be the whole picture. 'build_roles.py check' lists them.")
    found = attention(loaded.knowledge, parsed.language)
    if parsed.format == "json":
        say(as_json(found))
    else:
        say((as_markdown if parsed.format == "markdown" else as_text)(found, catalog))
    return FINE


STATUS = Command(
    "status",
    "Say what needs attention: reviews, translations, drafts, loose ends; nothing is written.",
    _status,
    _status_arguments,
)

"""Commands that say what is wrong, and what is allowed: check, reference."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, FOUND, NOTHING_WRITTEN, complain, progress, say, written_words
from rolebook.findings import RULES, Finding, has_errors
from rolebook.loading import Loaded, load
from rolebook.reference import reference_files
from rolebook.report import as_github, as_gitlab, as_json, as_markdown, as_text
from rolebook.write import Written, write_file


def loaded_and_told(root: Path) -> Loaded:
    """Load and check; say what is wrong, if anything."""
    progress("Reading and checking")
    loaded = load(root)
    if loaded.findings:
        complain(as_text(loaded.findings, "" if loaded.is_sound else NOTHING_WRITTEN))
    return loaded


_FORMS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": lambda findings: as_text(findings, ""),
    "json": as_json,
    "markdown": as_markdown,
    "github": as_github,
    "gitlab": as_gitlab,
}


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=_FORMS, default="text", help="how to say it")
    parser.add_argument("--explain", metavar="CODE", choices=sorted(RULES), help="explain one rule by its code")


def _check(root: Path, parsed: Namespace) -> int:
    if parsed.explain:
        rule = RULES[parsed.explain]
        say(f"{rule.code} ({rule.severity})\n{rule.rule}\n{rule.advice}")
        return FINE
    findings = load(root).findings
    say(_FORMS[parsed.format](findings))
    return FOUND if has_errors(findings) else FINE


def _reference(root: Path, parsed: Namespace) -> int:
    written = Written()
    for name, text in reference_files():
        written += write_file(root / "roles" / name, text)
    say(written_words("files", written))
    return FINE


CHECK = Command("check", "Check every file and say what is wrong; nothing is written.", _check, _check_arguments)
REFERENCE = Command("reference", "Write roles/FIELDS.md, RULES.md, TEMPLATE.yml and the JSON Schemas anew.", _reference)

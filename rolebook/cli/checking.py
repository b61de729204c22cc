"""The command that says what is wrong, and what is allowed: check."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rolebook.answer import Answer, answer
from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, FOUND, say
from rolebook.day import today
from rolebook.findings import RULES, Finding, has_errors
from rolebook.report import as_github, as_gitlab, as_json, as_markdown, as_text

_FORMS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": lambda findings: as_text(findings, ""),
    "json": as_json,
    "markdown": as_markdown,
    "github": as_github,
    "gitlab": as_gitlab,
}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=_FORMS, default="text", help="how to say it")
    parser.add_argument("--explain", metavar="CODE", choices=sorted(RULES), help="explain one rule by its code")


def _check(root: Path, parsed: Namespace) -> int:
    if parsed.explain:
        rule = RULES[parsed.explain]
        say(f"{rule.code} ({rule.severity})\n{rule.rule}\n{rule.advice}")
        return FINE
    day = today()
    given = answer(root, day, parsed.format, lambda: _find(root, day, parsed.format))
    say(given.text)
    return FINE if given.is_sound else FOUND


def _find(root: Path, day: date, form: str) -> Answer:
    from rolebook.loading import (
        load_side_by_side,  # not above: to import it takes longer than to give an answer that was kept
    )

    findings = load_side_by_side(root, day).findings
    could_read_all = all(finding.code != "unreadable-file" for finding in findings)  # somebody else may, at any time
    return Answer(_FORMS[form](findings), not has_errors(findings), could_read_all)


CHECK = Command("check", "Check every file and say what is wrong; no file of yours is touched.", _check, _arguments)

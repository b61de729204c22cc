"""Say findings: as text for people, as JSON for programs, as annotations for a forge. Nothing is printed here."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from rolebook.findings import Finding, Severity

MAX_EXCERPT = 110


def as_text(findings: Sequence[Finding], ending: str) -> str:
    """Give all findings with their lines, and a closing line that counts them."""
    blocks = [_block(finding) for finding in findings]
    return "\n\n".join([*blocks, _closing(findings, ending)])


def as_json(findings: Iterable[Finding]) -> str:
    """Give a list of {path, line, column, severity, code, message, hint}."""
    rows = [
        {
            "path": finding.place.path,
            "line": finding.place.line,
            "column": finding.place.column,
            "severity": finding.severity.value,
            "code": finding.code,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(findings: Iterable[Finding]) -> str:
    """Give workflow commands that GitHub shows beside the line."""
    return "\n".join(_annotation(finding) for finding in findings)


def _block(finding: Finding) -> str:
    place = finding.place
    head = f"{place.path}:{place.line}:{place.column}: {finding.severity}: {finding.message} [{finding.code}]"
    lines = [head]
    if place.excerpt:
        lines += _excerpt(place.line, place.column, place.length, place.excerpt)
    if finding.hint:
        lines.append(f"  {finding.hint}")
    return "\n".join(lines)


def _excerpt(line: int, column: int, length: int, excerpt: str) -> list[str]:
    """Show the line with its number and mark the place; long lines are cut around it."""
    start = max(0, column - 1 - MAX_EXCERPT // 2) if len(excerpt) > MAX_EXCERPT else 0
    shown = excerpt[start : start + MAX_EXCERPT].replace("\t", " ")
    before = "…" if start else ""
    marks = max(1, min(length, len(shown) - (column - 1 - start)))
    number = f"{line:>4} | "
    gap = " " * (len(f"{number}{before}") - 2 + column - 1 - start)
    return [f"{number}{before}{shown}", f"{gap[: len(number) - 2]}| {gap[len(number) - 2 :]}{'^' * marks}"]


def _closing(findings: Sequence[Finding], ending: str) -> str:
    if not findings:
        return f"No errors, no warnings. {ending}".strip()
    counts = Counter(finding.severity for finding in findings)
    files = len({finding.place.path for finding in findings})
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    return (
        f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')} in {_counted(files, 'file')}. {ending}".strip()
    )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _annotation(finding: Finding) -> str:
    place = finding.place
    properties = f"file={_escape(place.path, True)},line={place.line},col={place.column},title={finding.code}"
    text = f"{finding.message} {finding.hint}".strip()
    return f"::{finding.severity} {properties}::{_escape(text)}"


def _escape(text: str, in_property: bool = False) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if in_property else escaped

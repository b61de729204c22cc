"""Say findings: as text for people, as JSON for programs, in the forms of the forges. Nothing is printed here."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rolebook import limits
from rolebook.findings import Finding, Severity

_EXCERPT = 110
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # what ends a line, or commands a terminal
_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")
_GITLAB_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


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


def as_markdown(findings: Sequence[Finding]) -> str:
    """Give a closing line first, then a table of all findings, in which nothing of what they quote is active."""
    if not findings:
        return _closing(findings, "")
    rows = [_row(finding) for finding in findings[: limits.REPORT_ROWS]]
    more = [f"… and {len(findings) - limits.REPORT_ROWS} more."] if len(findings) > limits.REPORT_ROWS else []
    table = "\n".join(["| where | what | how to mend it | rule |", "| --- | --- | --- | --- |", *rows])
    return "\n\n".join([f"**{_closing(findings, '')}**", table, *more])


def as_gitlab(findings: Iterable[Finding]) -> str:
    """Give a Code Quality report, which GitLab shows in the merge request.

    A fingerprint holds no line, so that a finding is the same one when lines are added above it.
    """
    seen: Counter[str] = Counter()
    rows = []
    for finding in findings:
        same = "\n".join((finding.place.path, finding.code, finding.message))
        seen[same] += 1
        rows.append(
            {
                "description": f"{finding.message} {finding.hint}".strip(),
                "check_name": finding.code,
                "fingerprint": hashlib.sha256(_visible(f"{same}\n{seen[same]}").encode()).hexdigest(),
                "severity": _GITLAB_SEVERITIES[finding.severity],
                "location": {"path": finding.place.path, "lines": {"begin": finding.place.line}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _row(finding: Finding) -> str:
    place = finding.place
    where = f"{_inert(place.path)}:{place.line}:{place.column}"
    words = f"{finding.severity}: {_inert(finding.message)}"
    return f"| {where} | {words} | {_inert(finding.hint)} | {finding.code} |"


def _inert(text: str) -> str:
    """Write a text so that Markdown shows it as it is, on one line: no link, mention, image or column begins in it."""
    return _ACTIVE.sub(lambda sign: f"&#{ord(sign.group())};", _visible(" ".join(text.split())))


def _visible(text: str) -> str:
    """Write a text, such as the name of a file, on one line, with the numbers of signs that are not to be seen."""
    return _HIDDEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


def _block(finding: Finding) -> str:
    place = finding.place
    where = f"{_visible(place.path)}:{place.line}:{place.column}"
    head = f"{where}: {finding.severity}: {_visible(finding.message)} [{finding.code}]"
    lines = [head]
    if place.excerpt:
        lines += _excerpt(place.line, place.column, place.length, place.excerpt)
    if finding.hint:
        lines.append(f"  {_visible(finding.hint)}")
    return "\n".join(lines)


def _excerpt(line: int, column: int, length: int, excerpt: str) -> list[str]:
    """Show the line with its number and mark the place; long lines are cut around it."""
    start = max(0, column - 1 - _EXCERPT // 2) if len(excerpt) > _EXCERPT else 0
    shown = excerpt[start : start + _EXCERPT].replace("\t", " ")
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
    return _visible(escaped.replace(":", "%3A").replace(",", "%2C") if in_property else escaped)

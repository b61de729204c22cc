"""The command that brings files to their one form: format."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, FOUND, NOTHING_WRITTEN, complain, say
from rolebook.formatting import formatted_files
from rolebook.report import as_text
from rolebook.write import write_file


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only name the files that are not in the form")
    parser.add_argument("--drop-comments", action="store_true", help="delete comments, which the form does not keep")


def _format(root: Path, parsed: Namespace) -> int:
    formatted, findings = formatted_files(root, parsed.drop_comments)
    others = [file for file in formatted if not file.is_canonical]
    if parsed.check:
        for file in others:
            say(f"{file.path} is not in the form that the editing form writes.")
    if findings:
        complain(as_text(findings, NOTHING_WRITTEN))
        return FOUND
    if parsed.check:
        say("Run 'build_roles.py format'." if others else f"All {len(formatted)} files are in their one form.")
        return FOUND if others else FINE
    for file in others:
        write_file(root / file.path, file.text)
    say(f"Of {len(formatted)} files, {len(others)} were brought to their one form.")
    return FINE


FORMAT = Command(
    "format", "Bring the files in roles/ to the one form that the form in the browser writes.", _format, _arguments
)

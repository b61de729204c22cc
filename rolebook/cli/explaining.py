"""The command that explains the model: reference."""

from argparse import Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, say, written_words
from rolebook.reference import reference_files
from rolebook.write import Written, write_file


def _reference(root: Path, parsed: Namespace) -> int:
    written = Written()
    for name, text in reference_files():
        written += write_file(root / "roles" / name, text)
    say(written_words("files", written))
    return FINE


REFERENCE = Command("reference", "Write roles/FIELDS.md, RULES.md, TEMPLATE.yml and the JSON Schemas anew.", _reference)

"""Commands for translators: translate."""

from argparse import Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, FOUND, NOTHING_WRITTEN, say, written_words
from rolebook.pipeline import translate
from rolebook.report import as_text


def _translate(root: Path, parsed: Namespace) -> int:
    written, findings = translate(root)
    if findings:
        say(as_text(findings, NOTHING_WRITTEN))
        return FOUND
    say(written_words("translation files", written))
    return FINE


TRANSLATE = Command("translate", "Bring the translation files in locales/ up to date with the sources.", _translate)

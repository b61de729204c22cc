"""Saying why what was asked for was not done."""

from rolebook.cli.terminal import FOUND, NOTHING_WRITTEN, complain
from rolebook.report import as_text
from rolebook.scaffold.draft import Refused


def refused_words(refused: Refused) -> int:
    """Say why something was refused; give the exit code."""
    complain(str(refused))
    complain(as_text(refused.findings, NOTHING_WRITTEN) if refused.findings else NOTHING_WRITTEN)
    return FOUND

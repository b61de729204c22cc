"""What is printed, and where: results to standard output, complaints and progress to standard error."""

import sys
from typing import TextIO

from rolebook.write import Written

FINE, FOUND, MISUSED = 0, 1, 2
"""Exit codes: all is fine; errors were found; it was used wrongly."""
NOTHING_WRITTEN = "Nothing was written."


def say(text: str) -> None:
    """Print a result."""
    _print(text, sys.stdout)


def complain(text: str) -> None:
    """Print what went wrong."""
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Print a text; of signs that cannot be written, such as those of a file name that is no text, give the numbers."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)


def progress(step: str) -> None:
    """Tell what goes on, to a person who waits at a terminal."""
    if sys.stderr.isatty():
        complain(f"{step} …")


def is_conversation() -> bool:
    """Tell whether a person sits at a terminal and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(prompt: str) -> str:
    """Ask a person for a line; an end of input counts as an interruption."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        complain("")
        raise KeyboardInterrupt
    return line.strip()


def written_words(what: str, written: Written) -> str:
    """Say how many files were written."""
    return f"{written.changed} {what} written, {written.same} unchanged, {written.removed} removed."

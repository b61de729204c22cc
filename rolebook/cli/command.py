"""What a command is: its name, what it does in a sentence, its arguments, and the function that runs it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _no_arguments(parser: ArgumentParser) -> None:
    """Add nothing."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of `build_roles.py`; `run` gets the root of the knowledge base and gives the exit code."""

    name: str
    words: str
    run: Callable[[Path, Namespace], int]
    arguments: Callable[[ArgumentParser], None] = _no_arguments

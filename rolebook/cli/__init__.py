"""The command line: understand what is asked, do it, say what came of it. The one place that prints."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.failing import FAILURES, words_of
from rolebook.cli.terminal import FINE, FOUND, MISUSED, complain

COMMANDS = {
    "check": "checking",
    "diff": "comparing",
    "render": "building",
    "build": "building",
    "serve": "building",
    "edit": "editing",
    "new": "creating",
    "rename": "renaming",
    "deprecate": "renaming",
    "remove": "renaming",
    "status": "keeping",
    "format": "formatting",
    "translate": "translating",
    "weblate": "translating",
    "reference": "explaining",
    "codeowners": "forge",
}
"""The module of each command, which is imported when it is asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give 0 where all is fine, 1 where errors were found, 2 where it was used wrongly."""
    given = sys.argv[1:] if arguments is None else arguments
    parsed = parser(given[:1] if given and given[0] in COMMANDS else COMMANDS).parse_args(given)
    root: Path = parsed.root.resolve()
    if not (root / "roles").is_dir():
        complain(f"There is no folder roles/ in {root}. Name the root of a knowledge base with --root.")
        return MISUSED
    try:
        code: int = parsed.run(root, parsed)
    except BrokenPipeError:  # whoever read the result has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except FAILURES as failure:
        complain(words_of(failure))
        complain("The site that was there before is unchanged.")
        return FOUND
    except KeyboardInterrupt:
        complain("Stopped.")
        return FOUND
    return code


def parser(names: Iterable[str] = COMMANDS) -> ArgumentParser:
    """Make the parser of all commands, or of those named."""
    whole = ArgumentParser(
        prog="build_roles.py", description="Check, translate and publish a knowledge base of roles and career paths."
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in map(_command, names):
        added = commands.add_parser(command.name, help=command.words, description=command.words)
        added.add_argument(
            "--root", type=Path, default=Path(), metavar="DIR", help="the knowledge base to work on (default: here)"
        )
        command.arguments(added)
        added.set_defaults(run=command.run)
    return whole


def _command(name: str) -> Command:
    command: Command = getattr(import_module(f"rolebook.cli.{COMMANDS[name]}"), name.upper())
    return command

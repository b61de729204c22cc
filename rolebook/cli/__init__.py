"""The command line: understand what is asked, do it, say what came of it. The one place that prints."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from rolebook.cli.building import BUILD, RENDER, SERVE
from rolebook.cli.checking import CHECK, REFERENCE
from rolebook.cli.comparing import DIFF
from rolebook.cli.creating import NEW
from rolebook.cli.editing import EDIT
from rolebook.cli.forge import CODEOWNERS
from rolebook.cli.formatting import FORMAT
from rolebook.cli.keeping import STATUS
from rolebook.cli.renaming import DEPRECATE, REMOVE, RENAME
from rolebook.cli.terminal import FINE, FOUND, MISUSED, complain
from rolebook.cli.translating import TRANSLATE, WEBLATE
from rolebook.failures import BuildError

COMMANDS = (
    CHECK,
    DIFF,
    RENDER,
    BUILD,
    SERVE,
    EDIT,
    NEW,
    RENAME,
    DEPRECATE,
    REMOVE,
    STATUS,
    FORMAT,
    TRANSLATE,
    WEBLATE,
    REFERENCE,
    CODEOWNERS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give 0 where all is fine, 1 where errors were found, 2 where it was used wrongly."""
    parsed = parser().parse_args(arguments)
    root: Path = parsed.root.resolve()
    if not (root / "roles").is_dir():
        complain(f"There is no folder roles/ in {root}. Name the root of a knowledge base with --root.")
        return MISUSED
    try:
        code: int = parsed.run(root, parsed)
    except BuildError as error:
        complain(str(error))
        complain("The site that was there before is unchanged.")
        return FOUND
    except BrokenPipeError:  # whoever read the result has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        complain("Stopped.")
        return FOUND
    return code


def parser() -> ArgumentParser:
    """Make the parser of all commands."""
    whole = ArgumentParser(
        prog="build_roles.py", description="Check, translate and publish a knowledge base of roles and career paths."
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        added = commands.add_parser(command.name, help=command.words, description=command.words)
        added.add_argument(
            "--root", type=Path, default=Path(), metavar="DIR", help="the knowledge base to work on (default: here)"
        )
        command.arguments(added)
        added.set_defaults(run=command.run)
    return whole

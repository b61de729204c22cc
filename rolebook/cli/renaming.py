"""Commands that change what something is called, or take it out of use: rename, deprecate, remove."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.refusing import refused_words
from rolebook.cli.terminal import FINE, progress, say, written_words
from rolebook.loading import load
from rolebook.report import as_text
from rolebook.scaffold.draft import Refused
from rolebook.scaffold.references import Renaming
from rolebook.scaffold.rename import KINDS_TO_RENAME, rename
from rolebook.scaffold.retire import deprecate, remove

_PROPOSE = "Look at what was changed ('git diff'), and propose it all as one change."


def _rename_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS_TO_RENAME, help="what it is")
    parser.add_argument("old", metavar="OLD", help="its id of today")
    parser.add_argument("new", metavar="NEW", help="its id from now on")
    parser.add_argument("--title", default="", metavar="TEXT", help="its new title, in the language of its file")


def _rename(root: Path, parsed: Namespace) -> int:
    progress("Reading and checking")
    try:
        written, still = rename(load(root), Renaming(parsed.kind, parsed.old, parsed.new), parsed.title)
    except Refused as refused:
        return refused_words(refused)
    say(f"'{parsed.old}' is called '{parsed.new}' everywhere. {written_words('files', written)}")
    if still:
        say(f"These pages still hold the old id in their words: {', '.join(still)}.")
    if parsed.title:
        say("Run 'build_roles.py translate': the new title has to be translated.")
    say(_PROPOSE)
    return FINE


def _deprecate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=("role",), help="what it is")
    parser.add_argument("old", metavar="OLD", help="the role that is no longer used")
    parser.add_argument("--replaced-by", required=True, metavar="NEW", help="the role to go to instead")


def _deprecate(root: Path, parsed: Namespace) -> int:
    progress("Reading and checking")
    try:
        _, warnings = deprecate(load(root), parsed.old, parsed.replaced_by)
    except Refused as refused:
        return refused_words(refused)
    say(f"'{parsed.old}' is deprecated. Its page stays and says that '{parsed.replaced_by}' replaces it.")
    if warnings:
        say(f"Look at this as well:\n\n{as_text(warnings, '')}")
    say(f"{_PROPOSE} When nobody needs the page any more: 'build_roles.py remove role {parsed.old}'.")
    return FINE


def _remove_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=("role",), help="what it is")
    parser.add_argument("old", metavar="OLD", help="the deprecated role that goes")


def _remove(root: Path, parsed: Namespace) -> int:
    progress("Reading and checking")
    try:
        written = remove(load(root), parsed.old)
    except Refused as refused:
        return refused_words(refused)
    say(f"'{parsed.old}' is gone; its old addresses lead on. {written_words('files', written)}")
    say(_PROPOSE)
    return FINE


RENAME = Command("rename", "Give something another id everywhere, and leave a redirect.", _rename, _rename_arguments)
DEPRECATE = Command(
    "deprecate", "Say that a role is no longer used, and which replaces it.", _deprecate, _deprecate_arguments
)
REMOVE = Command("remove", "Take a deprecated role away, and leave a redirect.", _remove, _remove_arguments)

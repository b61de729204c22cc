"""Commands for the forge: codeowners."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.reading import loaded_and_told
from rolebook.cli.terminal import FINE, FOUND, NOTHING_WRITTEN, complain, say, written_words
from rolebook.codeowners import FILES, codeowners, lost_paths
from rolebook.write import Written, write_file


def _codeowners_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")


def _codeowners(root: Path, parsed: Namespace) -> int:
    loaded = loaded_and_told(root)
    if not loaded.is_sound:
        return FOUND
    catalog = loaded.knowledge.catalog
    if lost := lost_paths(catalog):
        complain(f"In roles/vocabulary/owners.yml, 'keeps' names what is not there: {', '.join(lost)}.")
        complain(NOTHING_WRITTEN)
        return FOUND
    text = codeowners(catalog)
    if parsed.check:
        return _is_told(root, text)
    written = Written()
    for name in FILES:
        written += write_file(root / name, text)
    say(written_words("files", written))
    return FINE


def _is_told(root: Path, text: str) -> int:
    old = [name for name in FILES if not (root / name).is_file() or (root / name).read_text("utf-8") != text]
    for name in old:
        complain(f"{name} is not up to date. Run: python build_roles.py codeowners")
    return FOUND if old else FINE


CODEOWNERS = Command(
    "codeowners",
    "Write CODEOWNERS for GitHub and GitLab from the owners of the roles.",
    _codeowners,
    _codeowners_arguments,
)

"""Commands for translators, and those who connect their tools: translate, weblate."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, FOUND, MISUSED, NOTHING_WRITTEN, complain, say, written_words
from rolebook.coverage import OPEN
from rolebook.findings import did_you_mean
from rolebook.loading import Loaded
from rolebook.messages import State
from rolebook.report import as_text
from rolebook.sheets.table import FORMATS, SheetError
from rolebook.sheets.take import Taken, refusal_words
from rolebook.site.configuration import read_settings
from rolebook.translating import LostTranslations, load_for_translation, offered_sheet, take_sheet, translate
from rolebook.weblate import components, foreign_sources
from rolebook.worktree import GitError
from rolebook.write import Written, write_file

_STATES = (*OPEN, State.TRANSLATED)


def _arguments(parser: ArgumentParser) -> None:
    sheet = parser.add_argument_group("spreadsheets, for translators without tools")
    which = sheet.add_mutually_exclusive_group()
    which.add_argument("--export", metavar="CODE", help="write a table of one language's texts, to be filled in")
    which.add_argument("--import", dest="take", type=Path, metavar="FILE", help="take a table back that was filled in")
    sheet.add_argument("--file", type=Path, help="with --export: where to write (default: translations-CODE.xlsx)")
    sheet.add_argument("--format", choices=FORMATS, help="with --export: its form (default: by the file's ending)")
    sheet.add_argument(
        "--only",
        default=",".join(OPEN),
        metavar="STATES",
        help="with --export: 'all', or states with commas between them (default: %(default)s)",
    )
    sheet.add_argument(
        "--skip-refused",
        action="store_true",
        help="with --import: take the rows that fit, although others do not (default: all or nothing)",
    )


def _translate(root: Path, parsed: Namespace) -> int:
    if parsed.export or parsed.take:
        loaded, problems = load_for_translation(root)
        if problems:
            say(as_text(problems, NOTHING_WRITTEN))
            return FOUND
        return _export(loaded, parsed) if parsed.export else _import(loaded, parsed)
    try:
        written, findings = translate(root)
    except GitError as error:
        complain(f"Git does not say whether translations would be lost: {error} {NOTHING_WRITTEN}")
        return FOUND
    except LostTranslations as lost:
        complain("These files hold translations of texts that are gone, and changes that are not committed:")
        complain("\n".join(f"  {path}" for path in lost.paths))
        complain(f"Commit them first, so that git keeps the words; then run this again. {NOTHING_WRITTEN}")
        return FOUND
    if findings:
        say(as_text(findings, NOTHING_WRITTEN))
        return FOUND
    say(written_words("translation files", written))
    return FINE


def _export(loaded: Loaded, parsed: Namespace) -> int:
    """Write a table; an existing file is left alone, because it may hold a translator's work."""
    codes = [language.code for language in loaded.knowledge.catalog.languages]
    if parsed.export not in codes:
        hint = did_you_mean(parsed.export, codes, f"It speaks {', '.join(codes)}.")
        complain(f"The site does not speak '{parsed.export}'. {hint}")
        return MISUSED
    named = [state.strip() for state in parsed.only.split(",")] if parsed.only != "all" else list(_STATES)
    if unknown := [state for state in named if state not in _STATES]:
        complain(f"'{unknown[0]}' is no state of a translation. There are {', '.join(_STATES)}, and 'all'.")
        return MISUSED
    file: Path = parsed.file or Path(f"translations-{parsed.export}.{parsed.format or FORMATS[0]}")
    form = parsed.format or file.suffix.lower().removeprefix(".")
    if form not in FORMATS or file.suffix.lower() != f".{form}":
        complain(f"'{file.name}' must end in .{form if form in FORMATS else FORMATS[0]}.")
        return MISUSED
    if file.exists():
        complain(f"{file} exists already, and may hold translations that nobody took over. Name another with --file.")
        return FOUND
    content, rows = offered_sheet(loaded, parsed.export, [State(state) for state in named], form)
    if not rows:
        say(f"No text of '{parsed.export}' is {' or '.join(named)}. {NOTHING_WRITTEN}")
        return FINE
    write_file(file, content)
    say(f"{rows:,} rows written to {file}. 'translate --import {file}' takes it back when it is filled in.")
    return FINE


def _import(loaded: Loaded, parsed: Namespace) -> int:
    try:
        taken, written = take_sheet(loaded, parsed.take, skip_refused=parsed.skip_refused)
    except SheetError as error:
        complain(f"{error} {NOTHING_WRITTEN}")
        return FOUND
    for refusal in taken.refused:
        complain(refusal_words(refusal))
    say(_taken_words(taken, written, skipped=parsed.skip_refused))
    return FOUND if taken.refused else FINE


def _taken_words(taken: Taken, written: Written, *, skipped: bool) -> str:
    counts = (
        f"{taken.language.name} ({taken.language.code}): {taken.changed} translations taken, "
        f"{taken.confirmed} marked as right, {taken.unchanged} rows unchanged, {len(taken.refused)} refused."
    )
    if taken.refused and not skipped:
        return f"{counts.replace('taken,', 'would be taken,')} {NOTHING_WRITTEN} --skip-refused takes what fits."
    return f"{counts} {written_words('translation files', written)}"


TRANSLATE = Command(
    "translate",
    "Bring the translation files in locales/ up to date with the sources; give out tables and take them back.",
    _translate,
    _arguments,
)


def _weblate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--project", default="rolebook", metavar="SLUG", help="the project there (default: rolebook)")


def _weblate(root: Path, parsed: Namespace) -> int:
    loaded, problems = load_for_translation(root)
    if problems:
        complain(as_text(problems, ""))
        return FOUND
    catalog, messages = loaded.knowledge.catalog, loaded.knowledge.messages
    settings = read_settings(root)
    if not settings.repo_url:
        complain("mkdocs.yml names no extra.repository; write its address into the first component.")
    for slug, code in foreign_sources(messages):
        complain(f"'{slug}' has texts first written in '{code}': set its source language there by hand.")
    say(components(catalog, messages, settings, parsed.project))
    return FINE


WEBLATE = Command(
    "weblate",
    "Print the list of components for Weblate, one a translation file, as JSON.",
    _weblate,
    _weblate_arguments,
)

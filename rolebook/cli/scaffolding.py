"""What `new language` does and says."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.terminal import FINE, FOUND, NOTHING_WRITTEN, complain, progress, say
from rolebook.loading import load
from rolebook.report import as_text
from rolebook.scaffold.draft import Refused
from rolebook.scaffold.language import Begun, begin_language
from rolebook.site.configuration import theme_speaks


def _language_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", help="its code, such as sv, pt-BR or zh-Hant")


def _language(root: Path, parsed: Namespace) -> int:
    progress("Reading and checking")
    try:
        begun = begin_language(load(root), parsed.code)
    except Refused as refused:
        complain(str(refused))
        complain(as_text(refused.findings, NOTHING_WRITTEN) if refused.findings else NOTHING_WRITTEN)
        return FOUND
    say(_begun_words(begun))
    return FINE


def _begun_words(begun: Begun) -> str:
    """Say what was made, what it lacks, and what to do next."""
    language = begun.language
    code = language.code
    lines = [
        f"{language.name} ({code}) was begun: {begun.translations} translation files in locales/{code}/, "
        f"{len(begun.pages)} pages in docs/{code}/.",
        "The site can be built at once; every text stands there in its first language and says so.",
    ]
    if not theme_speaks(code):
        lines.append(
            f"The theme has no words of its own in {language.name}: a few of its labels, such as 'Skip to content', "
            "will be in English."
        )
    lines += [
        "\nWhat to do next:",
        "  1. Commit these files: 'git add locales docs mkdocs.yml', then 'git commit'.",
        f"  2. Give a translator the table that 'build_roles.py translate --export {code}' writes, or the files in "
        f"locales/{code}/ for Poedit or Weblate. Begin with ui.po and vocabulary.po.",
        f"  3. Translate the pages in docs/{code}/, and delete the line 'language:' at the top of each that is done.",
        f"  4. 'build_roles.py status --language {code}' says what still waits.",
    ]
    return "\n".join(lines)


NEW_LANGUAGE = Command(
    "language", "Begin a language: its files, with every text waiting for translation.", _language, _language_arguments
)

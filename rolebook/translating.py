"""The work on translations: bring their files up to date, give out tables, take them back."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from rolebook.coverage import cover
from rolebook.findings import Finding, has_errors
from rolebook.languages import Language
from rolebook.loading import Loaded, load
from rolebook.messages import Messages, State, needed_domains, updated_po
from rolebook.pages import Settings, open_books
from rolebook.sheets.offer import offer
from rolebook.sheets.table import read_table, write_table
from rolebook.sheets.take import Taken, take
from rolebook.worktree import uncommitted
from rolebook.write import Written, write_together

_MENDED_BY_TRANSLATORS = frozenset({"placeholder-mismatch", "plural-forms", "untranslatable-link"})


def _hinders_translation(finding: Finding) -> bool:
    """Tell whether an error could make a text look gone, so that its translation would be dropped."""
    in_pages = finding.place.path.startswith("docs/")
    return has_errors([finding]) and not in_pages and finding.code not in _MENDED_BY_TRANSLATORS


def load_for_translation(root: Path) -> tuple[Loaded, list[Finding]]:
    """Read a knowledge base, with the errors that forbid to touch its translations."""
    loaded = load(root)
    return loaded, [finding for finding in loaded.findings if _hinders_translation(finding)]


class LostTranslations(Exception):  # noqa: N818 - says what would happen
    """Translations of texts that are gone would be dropped, and git does not hold them yet; gives their files."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


def translate(root: Path) -> tuple[Written, list[Finding]]:
    """Bring every PO file up to date with the sources; where a source or a PO file has errors, write nothing.

    Raises LostTranslations where words would be lost that nobody has committed, and GitError where git does not say
    so; then nothing is written.
    """
    loaded, problems = load_for_translation(root)
    if problems:
        return Written(), problems
    messages = loaded.knowledge.messages
    changes: dict[str, str | None] = {}
    for language in loaded.knowledge.catalog.languages:
        changes |= _up_to_date(messages, language)
    lost = tuple(_with_lost_words(messages))
    if lost and (unsafe := uncommitted(root, lost)):
        raise LostTranslations(unsafe)
    return write_together(root, changes), []


def _up_to_date(messages: Messages, language: Language) -> Mapping[str, str | None]:
    """Give what each PO file of a language is to hold, None for one that is needed no more."""
    files = messages.files[language.code]
    wanted = {domain: messages.of_domain(domain) for domain in needed_domains(messages, language)}
    texts = {domain: updated_po(sources, files.get(domain), language) for domain, sources in wanted.items()}
    return {f"locales/{language.code}/{domain}.po": texts.get(domain) for domain in {**wanted, **files}}


def _with_lost_words(messages: Messages) -> Iterator[str]:
    """Give the PO files that hold a translation of a text that is gone, or is written in their language now."""
    for code, files in messages.files.items():
        kept = {key for key, message in messages.sources.items() if message.language != code}
        for domain, file in files.items():
            if any((domain, address) not in kept and any(entry.texts) for address, entry in file.entries.items()):
                yield file.path


def offered_sheet(loaded: Loaded, code: str, states: Collection[State], form: str) -> tuple[bytes, int]:
    """Make the table of one language's texts in some states; give its bytes and the number of its rows."""
    knowledge = loaded.knowledge
    books = open_books(knowledge.catalog, knowledge.messages, Settings(), knowledge.docs)
    book = next(book for book in books if book.language.code == code)
    table = offer(book, cover(knowledge.messages, book.language), states)
    return write_table(table, form), len(table.rows)


def take_sheet(loaded: Loaded, path: Path, *, skip_refused: bool) -> tuple[Taken, Written]:
    """Take a table back; where rows are refused, write nothing, unless they are to be skipped."""
    taken = take(loaded.knowledge, read_table(path))
    if taken.refused and not skip_refused:
        return taken, Written()
    return taken, write_together(loaded.knowledge.catalog.root, taken.files)

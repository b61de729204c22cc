"""The first half of the way: read everything, check everything."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

from rolebook.addresses import list_docs
from rolebook.catalog import load_catalog
from rolebook.checked_translations import CheckedTranslations
from rolebook.checks import Knowledge, run_checks, run_checks_of_translations, well_written
from rolebook.coverage import Counts, cover
from rolebook.day import today
from rolebook.files import strange_files
from rolebook.findings import Finding, Severity, has_errors
from rolebook.garbage import uncollected
from rolebook.kept_files import CACHE
from rolebook.keywords import load_keywords
from rolebook.languages import Language
from rolebook.memory import begin_load
from rolebook.messages import State, load_texts, load_translations
from rolebook.parallel import side_by_side
from rolebook.program import fingerprint
from rolebook.worktree import committed_below
from rolebook.write import write_file


@dataclass(frozen=True, slots=True)
class Loaded:
    """A knowledge base with everything that was found wrong in it."""

    knowledge: Knowledge
    findings: tuple[Finding, ...]
    counts: Counts = field(default_factory=dict)
    """How many texts of each language are in each state."""

    @property
    def is_sound(self) -> bool:
        """Tell whether it can be rendered."""
        return not has_errors(self.findings)


def load(root: Path, day: date | None = None) -> Loaded:
    """Read and check a knowledge base; what has not changed since the last time is not worked out again."""
    begin_load()
    with uncollected():
        knowledge, findings = _load_written(root, day or today())
        findings += run_checks(knowledge)
        files = {}
        for language in knowledge.catalog.languages:
            files[language.code], problems = load_translations(knowledge.catalog, language)
            findings += problems
        knowledge = replace(knowledge, messages=knowledge.messages.with_files(files))
        for language in knowledge.catalog.languages:
            findings += run_checks_of_translations(knowledge, language)
        counts = {language.code: cover(knowledge.messages, language).counts for language in knowledge.catalog.languages}
        return Loaded(knowledge, _errors_first(findings), counts)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is to be known of one language when its translations were checked."""

    findings: list[Finding]
    made_of: Mapping[str, bytes] = field(default_factory=dict)
    """By domain: what the language's PO files were made of."""
    counts: Mapping[State, int] = field(default_factory=dict)


def load_side_by_side(root: Path, day: date | None = None) -> Loaded:
    """Read and check a knowledge base, each language in a process of its own.

    The findings are those of `load`; the translations are read again when they are asked for. How translations are
    written is judged only where they, or their sources, have changed since the last time.
    """
    begin_load()
    with uncollected():
        knowledge, findings = _load_written(root, day or today())
        catalog = knowledge.catalog
        _ = knowledge.messages.domains, fingerprint()  # made once for all
        keeps = not committed_below(root, CACHE)  # nobody else says what was judged here

        def judge(language: Language | None) -> _Judged:
            return _judge(knowledge, language, keeps=keeps) if language else _Judged(run_checks(knowledge))

        judged = side_by_side(judge, [None, *catalog.languages])
        of_languages = list(zip(catalog.languages, judged[1:], strict=True))
        files = {one.code: CheckedTranslations(catalog, one, done.made_of) for one, done in of_languages}
        return Loaded(
            replace(knowledge, messages=knowledge.messages.with_files(files)),
            _errors_first([*findings, *chain.from_iterable(done.findings for done in judged)]),
            {one.code: done.counts for one, done in of_languages},
        )


def _judge(knowledge: Knowledge, language: Language, *, keeps: bool) -> _Judged:
    files, findings = load_translations(knowledge.catalog, language)
    kept = knowledge.catalog.root / CACHE / f"well-written.{language.code}"
    before = _read_names(kept) if keeps else frozenset()
    knowledge = replace(knowledge, messages=knowledge.messages.with_files({language.code: files}), well_written=before)
    findings += run_checks_of_translations(knowledge, language)
    if keeps and (now := well_written(knowledge, language)) != before:
        with suppress(OSError):
            write_file(kept, "\n".join(sorted(name.hex() for name in now)))
    made_of = {domain: file.made_of for domain, file in files.items()}
    return _Judged(findings, made_of, cover(knowledge.messages, language).counts)


def _read_names(file: Path) -> frozenset[bytes]:
    """Read the names of translation files that are well written; none where the file is not whole."""
    with suppress(OSError, ValueError):
        return frozenset(map(bytes.fromhex, file.read_text("ascii").split()))
    return frozenset()


def _load_written(root: Path, day: date) -> tuple[Knowledge, list[Finding]]:
    """Read everything but the translations."""
    catalog, findings = load_catalog(root)
    docs, docs_findings = list_docs(catalog)
    keywords, keyword_findings = load_keywords(catalog)
    knowledge = Knowledge(catalog, load_texts(catalog), docs, day, keywords)
    return knowledge, [*strange_files(root), *findings, *docs_findings, *keyword_findings]


def _errors_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted({*findings}, key=lambda finding: (finding.severity is not Severity.ERROR, finding)))

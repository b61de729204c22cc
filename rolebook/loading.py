"""The first half of the way: read everything, check everything."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from rolebook.addresses import list_docs
from rolebook.catalog import load_catalog
from rolebook.checks import Knowledge, run_checks, run_checks_of_translations
from rolebook.day import today
from rolebook.files import strange_files
from rolebook.findings import Finding, Severity, has_errors
from rolebook.keywords import load_keywords
from rolebook.languages import Language
from rolebook.memory import begin_load
from rolebook.messages import load_texts, load_translations
from rolebook.parallel import side_by_side


@dataclass(frozen=True, slots=True)
class Loaded:
    """A knowledge base with everything that was found wrong in it."""

    knowledge: Knowledge
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether it can be rendered."""
        return not has_errors(self.findings)


def load(root: Path, day: date | None = None) -> Loaded:
    """Read and check a knowledge base; what has not changed since the last time is not worked out again."""
    begin_load()
    with _no_collecting():
        knowledge, findings = _load_written(root, day or today())
        findings += run_checks(knowledge)
        files = {}
        for language in knowledge.catalog.languages:
            files[language.code], problems = load_translations(knowledge.catalog, language)
            findings += problems
        knowledge = replace(knowledge, messages=knowledge.messages.with_files(files))
        for language in knowledge.catalog.languages:
            findings += run_checks_of_translations(knowledge, language)
        return Loaded(knowledge, _errors_first(findings))


def find(root: Path, day: date) -> tuple[Finding, ...]:
    """Give the findings of `load` and nothing else; each language is read and judged by itself, side by side."""
    begin_load()
    with _no_collecting():
        knowledge, findings = _load_written(root, day)
        _ = knowledge.messages.domains  # made once for all

        def judge(language: Language | None) -> list[Finding]:
            if not language:
                return run_checks(knowledge)
            files, found = load_translations(knowledge.catalog, language)
            of_language = replace(knowledge, messages=knowledge.messages.with_files({language.code: files}))
            return [*found, *run_checks_of_translations(of_language, language)]

        judged = side_by_side(judge, [None, *knowledge.catalog.languages])
        return _errors_first([*findings, *chain.from_iterable(judged)])


def _load_written(root: Path, day: date) -> tuple[Knowledge, list[Finding]]:
    """Read everything but the translations."""
    catalog, findings = load_catalog(root)
    docs, docs_findings = list_docs(catalog)
    keywords, keyword_findings = load_keywords(catalog)
    knowledge = Knowledge(catalog, load_texts(catalog), docs, day, keywords)
    return knowledge, [*strange_files(root), *findings, *docs_findings, *keyword_findings]


def _errors_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted({*findings}, key=lambda finding: (finding.severity is not Severity.ERROR, finding)))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: what a load makes stays, and to look through it again and again takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

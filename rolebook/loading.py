"""The first half of the way: read everything, check everything."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolebook.addresses import list_docs
from rolebook.catalog import load_catalog
from rolebook.checks import Knowledge, run_checks
from rolebook.day import today
from rolebook.findings import Finding, has_errors
from rolebook.keywords import load_keywords
from rolebook.memory import begin_load
from rolebook.messages import load_messages


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
        catalog, findings = load_catalog(root)
        messages, po_findings = load_messages(catalog)
        docs, docs_findings = list_docs(catalog)
        keywords, keyword_findings = load_keywords(catalog)
        knowledge = Knowledge(catalog, messages, docs, day or today(), keywords)
        found_all = {*findings, *po_findings, *docs_findings, *keyword_findings, *run_checks(knowledge)}
        errors_first = sorted(found_all, key=lambda finding: (not has_errors([finding]), finding))
    return Loaded(knowledge, tuple(errors_first))


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

"""What a check may look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from rolebook.addresses import Docs
from rolebook.catalog import Catalog
from rolebook.findings import Finding
from rolebook.keywords import Keywords
from rolebook.languages import Language
from rolebook.messages import Messages


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that was loaded, and the day on which it is judged."""

    catalog: Catalog
    messages: Messages
    docs: Docs
    today: date
    keywords: Mapping[str, Keywords] = field(default_factory=dict)
    """What people type for pages, by language."""
    well_written: frozenset[bytes] = frozenset()
    """Names of translation files that were judged before, with nothing to say of how they are written."""


Check: TypeAlias = Callable[[Knowledge], Iterator[Finding]]
LanguageCheck: TypeAlias = Callable[[Knowledge, Language], Iterator[Finding]]
"""A check of the translations of one language, which needs no other one's."""

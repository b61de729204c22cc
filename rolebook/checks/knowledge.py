"""What a check may look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rolebook.addresses import Docs
from rolebook.catalog import Catalog
from rolebook.findings import Finding
from rolebook.messages import Messages


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that was loaded, and the day on which it is judged."""

    catalog: Catalog
    messages: Messages
    docs: Docs
    today: date


Check: TypeAlias = Callable[[Knowledge], Iterator[Finding]]

"""Whatever is written into a knowledge base, it is told or shown, and nothing of it becomes active."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.cases import CASES
from tests.fuzz.target import make_base, try_case

FEW = settings(
    max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
"""The same cases each time; `make fuzz` tries many more."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the miniature, put back after each case."""
    return make_base(tmp_path_factory.mktemp("fuzz") / "base")


@FEW
@given(changes=CASES)
def test_whatever_is_written_is_told_or_shown_and_never_active(changes: dict[str, bytes], base: Path) -> None:
    try_case(base, changes)

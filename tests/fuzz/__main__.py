"""Try many more cases than the tests do, on every core, and write down what came of it: `make fuzz`."""

import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.cases import CASES
from tests.fuzz.target import make_base, try_case
from tests.kit import PROJECT
from tests.repository import git

NUMBER = 20_000
RECORD = PROJECT / "FUZZ.md"
_SHOWN = 5


@dataclass
class Run:
    """What came of some cases."""

    cases: int = 0
    sound: int = 0
    longest: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Run") -> None:
        self.cases += other.cases
        self.sound += other.sound
        self.longest = max(self.longest, other.longest)
        self.codes += other.codes
        self.failures += other.failures


def run(chosen: int, number: int) -> Run:
    """Try a number of cases, chosen by a seed; a failure is kept, and the next case tried."""
    told = Run()
    with tempfile.TemporaryDirectory() as folder:
        base = make_base(Path(folder) / "base")

        @seed(chosen)
        @settings(
            max_examples=number,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(changes=CASES)
        def one(changes: dict[str, bytes]) -> None:
            began = time.perf_counter()
            told.cases += 1
            try:
                loaded = try_case(base, changes)
            except Exception:
                told.failures.append(f"{changes!r}\n{traceback.format_exc()}")
            else:
                told.sound += loaded.is_sound
                told.codes.update({finding.code for finding in loaded.findings})
            told.longest = max(told.longest, time.perf_counter() - began)

        one()
    return told


def record(told: Run, chosen: int, seconds: float) -> str:
    """Write down what came of a run."""
    rows = [f"| `{code}` | {count:,} |" for code, count in told.codes.most_common()]
    measured = {
        "day": datetime.now(UTC).date(),
        "commit": git(PROJECT, "rev-parse", "--short=10", "HEAD"),
        "seed": chosen,
        "cases": f"{told.cases:,}",
        "of them without an error, and rendered": f"{told.sound:,}",
        "seconds": f"{seconds:,.0f}",
        "the longest case, in seconds": f"{told.longest:.1f}",
        "failures": len(told.failures),
    }
    head = [
        "# Fuzzing\n",
        "The last run of `make fuzz`: hostile files are loaded, and rendered where nothing is wrong.\n",
        "| what | measured |",
        "| --- | --- |",
        *(f"| {what} | {value} |" for what, value in measured.items()),
        "\n| finding | in so many cases |",
    ]
    return "\n".join([*head, "| --- | --- |", *rows, ""])


def main() -> int:
    """Run on every core; give 1 where any case failed."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    chosen = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 10**6
    cores = os.cpu_count() or 1
    began, told = time.perf_counter(), Run()
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        for part in pool.map(run, range(chosen, chosen + cores), [-(-number // cores)] * cores):
            told.add(part)
    RECORD.write_text(record(told, chosen, time.perf_counter() - began), "utf-8")
    sys.stdout.write("\n\n".join([*told.failures[:_SHOWN], f"{told.cases} cases, {len(told.failures)} failures\n"]))
    return 1 if told.failures else 0


if __name__ == "__main__":
    sys.exit(main())

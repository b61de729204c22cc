"""Feed the reader of YAML for minutes, from files of the miniature on, and keep the figures: `make fuzz-reader`."""

import re
import subprocess
import sys
import tempfile

from tests.kit import MINIATURE, PROJECT
from tests.records import keep

MINUTES = 10
LIMITS = ("-max_len=4096", "-timeout=10", "-rss_limit_mb=1024")
"""The most bytes of a text, seconds it may take and megabytes it may need; see LibFuzzer's documentation."""
FIGURES = {
    "texts read": r"^Done (\d+) runs",
    "seconds": r"^Done \d+ runs in (\d+) second",
    "branches of the reader that they reached": r"DONE +cov: (\d+)",
    "texts that reached something new": r"^stat::new_units_added: +(\d+)",
    "the slowest text, in whole seconds": r"^stat::slowest_unit_time_sec: +(\d+)",
    "memory at most, in megabytes": r"^stat::peak_rss_mb: +(\d+)",
}


def main(minutes: float) -> None:
    """Run until the time is over or a text breaks the reader, which is then shown and kept as a file."""
    with tempfile.TemporaryDirectory(prefix="reader-") as found:
        fuzzer = [sys.executable, "-m", "tests.fuzz.reader", *LIMITS, "-print_final_stats=1"]
        command = [*fuzzer, f"-max_total_time={minutes * 60:.0f}", found, str(MINIATURE / "roles")]
        ended = subprocess.run(command, cwd=PROJECT, stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
    if ended.returncode:
        sys.exit(ended.stderr)
    rows = [(what, f"{int(_figure(pattern, ended.stderr)):,}") for what, pattern in FIGURES.items()]
    keep("reader", "The reader of YAML", "make fuzz-reader", [*rows, ("texts that broke it", "0")])


def _figure(pattern: str, said: str) -> str:
    match = re.search(pattern, said, re.MULTILINE)
    if not match:
        sys.exit(f"The fuzzer did not say what fits {pattern!r}:\n{said}")
    return match[1]


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES)

"""Build knowledge bases of several sizes, ours and the stock way in turn, and write BENCHMARK.md: `make bench`.

Each size has a section of its own there, which stays as it was where that size is not measured. Three runs with the
stock pipeline take half an hour at 100 roles, at 300 hours; `--sizes`, `--runs`, `--stock-up-to` and `--stock-minutes`
choose less, and the table says what was left out.
"""

import argparse
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rolebook.program import digest_of_files
from tests.bases import make_base
from tests.bench.process import Took, run
from tests.bench.searching import bytes_of_the_stock_search, bytes_to_the_first_result
from tests.bench.serving import seconds_to_see
from tests.bench.stock import COMMAND, VARIABLES, make_stock, pages_of
from tests.kit import PROJECT
from tests.repository import state_of_work

ROLEBOOK = (sys.executable, str(PROJECT / "build_roles.py"))
DAY = {"SOURCE_DATE_EPOCH": "1795300000"}
CHANGED = "roles/customer-service/customer-service-officer.yml"
TOOLS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pagefind")
SKIPPED = "skipped"
PAGE = PROJECT / "BENCHMARK.md"
BESIDE = 100
"""The number of roles that larger ones are compared with."""
ASKED = {
    (100, "first build, of the stock pipeline's time"): "0.25",
    (300, "first build, of the stock pipeline's time"): "0.20",
    (300, "first build, of the time at 100 roles"): "3.2",
    (1000, "first build, of the time at 100 roles"): "11",
    (1000, "first build"): "1500 MB",
    (100, "build after one text changed, of the stock pipeline's time"): "0.05",
    (24, "serve, from saving a role to its page in the browser"): "1 s",
    (1000, "check, of the time libyaml and polib take to read the files"): "3",
    (1000, "check when nothing changed"): "0.3 s",
}
"""What is to be reached, by number of roles and row."""
SAVES = 9
SERVED_UP_TO = 300
"""Of how many roles to serve a site: behind every save the whole of it is built, and of 1,000 that takes minutes."""


@dataclass(frozen=True)
class Row:
    """One figure of one size."""

    what: str
    asked: str
    reached: str


def main() -> None:
    """Measure, and write the page."""
    parsed = _arguments()
    commit = state_of_work(PROJECT)  # before the page is written
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for size in parsed.sizes:
            print(f"{size} roles", file=sys.stderr)
            limit = 60 * parsed.stock_minutes if parsed.stock_minutes else None
            bench = Bench(Path(folder) / str(size), size, parsed.runs, size <= parsed.stock_up_to, limit)
            section = _section(size, list(bench.rows()), parsed.runs, commit)
            PAGE.write_text(_page(_sections(PAGE.read_text("utf-8")) | {size: section}), "utf-8")
            print(section)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[24, 100], help="numbers of roles (default: 24 100)")
    parser.add_argument("--runs", type=int, default=3, help="how often everything is measured (default: 3)")
    parser.add_argument(
        "--stock-up-to", type=int, default=100, help="the largest size built the stock way (default: 100)"
    )
    parser.add_argument("--stock-minutes", type=float, help="when a build the stock way is ended (default: never)")
    return parser.parse_args()


class Bench:
    """Measures everything at one size."""

    def __init__(self, folder: Path, size: int, runs: int, with_stock: bool, stock_limit: float | None) -> None:
        self._size, self._runs, self._with_stock, self._stock_limit = size, runs, with_stock, stock_limit
        self._ours, self._stock, self._beside = folder / "ours", folder / "stock", folder / "beside"
        make_base(self._ours, size)
        if size > BESIDE:
            make_base(self._beside, BESIDE)

    def rows(self) -> Iterator[Row]:
        """Measure, and give a row for each figure."""
        cold, beside, stock, warm, checks, unchanged, reading = ([] for _ in range(7))
        changed, is_same = b"", []
        for _ in range(self._runs):
            cold.append(self._first_build(self._ours))
            if changed:
                is_same.append(changed == digest_of_files(self._ours / "site"))
            if self._beside.exists():
                beside.append(self._first_build(self._beside))
            if self._with_stock:
                stock.append(self._build_stock())
            warm.append(self._build_changed())
            changed = digest_of_files(self._ours / "site")
            _forget(self._ours, ".cache")
            checks.append(self._check())
            unchanged.append(self._check())
            reading.append(run([sys.executable, "-m", "tests.bench.reading", str(self._ours)], PROJECT))
        site = self._ours / "site"
        if not is_same:
            self._first_build(self._ours)
            is_same.append(changed == digest_of_files(site))
        pages = len(pages_of(site))
        yield self._row("pages, in six languages", f"{pages}")
        yield self._row("first build", _told(cold))
        if beside:
            yield self._row(f"first build, of the time at {BESIDE} roles", _ratio(cold, beside))
        yield self._row("the same by the stock pipeline", _told(stock) if stock else SKIPPED)
        yield self._row("first build, of the stock pipeline's time", _ratio(cold, stock))
        yield self._row("build after one text changed", _told(warm))
        yield self._row("build after one text changed, of the stock pipeline's time", _ratio(warm, stock))
        yield self._row("that site is the one of a first build, to the byte", "yes" if all(is_same) else "no")
        yield self._row("check", _told(checks))
        yield self._row("check, of the time libyaml and polib take to read the files", _ratio(checks, reading))
        yield self._row("check when nothing changed", _told(unchanged))
        yield self._row("serve, from saving a role to its page in the browser", self._serve())
        searched = bytes_to_the_first_result(site)
        yield self._row("search in English, to the first result, compressed", f"{searched / 1e3:.0f} kB")
        yield self._row("the site's bytes", f"{_bytes(site) / 1e6:.0f} MB")
        if stock and all(one.is_whole for one in stock):
            same = pages_of(site) == pages_of(self._stock / "site")
            yield self._row("pages are those of the stock pipeline", "yes" if same else "no")
            stock_search = bytes_of_the_stock_search(self._stock / "site")
            yield self._row("the stock search, the same", f"{stock_search / 1e3:.0f} kB")
            yield self._row("the stock site's bytes", f"{_bytes(self._stock / 'site') / 1e6:.0f} MB")

    def _row(self, what: str, reached: str) -> Row:
        return Row(what, ASKED.get((self._size, what), ""), reached)

    def _build(self, root: Path) -> Took:
        return run([*ROLEBOOK, "build", "--root", str(root)], PROJECT, DAY)

    def _first_build(self, root: Path) -> Took:
        _forget(root, ".cache", "site")
        return self._build(root)

    def _build_stock(self) -> Took:
        if not self._stock.exists():
            make_stock(self._ours, self._stock)
        shutil.rmtree(self._stock / "site", ignore_errors=True)
        return run(COMMAND, self._stock, {**DAY, **VARIABLES}, self._stock_limit)

    def _build_changed(self) -> Took:
        path = self._ours / CHANGED
        path.write_text(path.read_text("utf-8").replace("summary: ", "summary: Now ", 1), "utf-8")
        return self._build(self._ours)

    def _serve(self) -> str:
        if self._size > SERVED_UP_TO:
            return SKIPPED
        return f"{_spread(seconds_to_see(self._ours, self._ours / CHANGED, SAVES))} s"

    def _check(self) -> Took:
        return run([*ROLEBOOK, "check", "--root", str(self._ours)], PROJECT, DAY)


def _forget(root: Path, *names: str) -> None:
    for name in names:
        shutil.rmtree(root / name, ignore_errors=True)


def _told(took: Sequence[Took]) -> str:
    """Give the median of several runs, with the least and the most."""
    if not all(one.is_whole for one in took):
        return f"more than {min(one.wall for one in took):.0f} s, then ended"
    walls = [one.wall for one in took]
    cpu = statistics.median(one.cpu for one in took)
    memory = max(one.memory for one in took)
    told = f"{_spread(walls)} s; {cpu:.1f} s of CPU"
    return f"{told}; {memory:.0f} MB" if memory else told  # none where it ended before the first look


def _ratio(ours: Iterable[Took], others: Sequence[Took]) -> str:
    """Give ours as a part of the others', run by run."""
    if not others:
        return SKIPPED
    told = _spread([one.wall / other.wall for one, other in zip(ours, others, strict=True)])
    return told if all(other.is_whole for other in others) else f"less than {told}"


def _spread(figures: Sequence[float]) -> str:
    median, least, most = statistics.median(figures), min(figures), max(figures)
    digits = 2 if most < 10 else 1
    return f"{median:.{digits}f} ({least:.{digits}f} to {most:.{digits}f})"


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _section(size: int, rows: Iterable[Row], runs: int, commit: str) -> str:
    tools = ", ".join(f"{name} {version(name)}" for name in TOOLS)
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    lines = [
        f"## {size} roles",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit {commit}: {machine}, {tools}; "
        f"{runs} {'run' if runs == 1 else 'runs'} of each in turn.",
        "",
        "| what | asked | reached |",
        "| --- | --- | --- |",
        *(f"| {row.what} | {row.asked} | {row.reached} |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def _sections(page: str) -> dict[int, str]:
    """Give the sections of the page as it was, by number of roles."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return {int(part.split()[1]): part for part in parts}


def _page(sections: Mapping[int, str]) -> str:
    about = (
        "# Benchmark\n\nMeasured by `make bench`: the median of several runs with the least and the most. "
        "Memory is that of all processes together.\n"
    )
    return "\n".join([about, *(section.strip("\n") + "\n" for _, section in sorted(sections.items()))])


if __name__ == "__main__":
    main()

"""The figures of the built site as a page: sections of rows, each with what is aimed at and what was measured."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser

from tests.kit import PROJECT
from tests.repository import state_of_work

_HEAD = """\
# Quality

Measured by `make quality` at commit {commit} with {tools}.

Tests hold these aims at every change, but for what Lighthouse tells: its figures differ from run to run on a busy
machine, so that only this command asks it.
"""


@dataclass(frozen=True)
class Site:
    """A built site, where it is served, and the browser to open it with."""

    folder: Path
    url: str
    browser: Browser


@dataclass(frozen=True)
class Row:
    """One figure."""

    what: str
    aim: str
    measured: str


@dataclass(frozen=True)
class Section:
    """Figures of one kind; to add some, write a function for them and name it in `__main__`."""

    title: str
    measure: Callable[[Site], Iterable[Row]]


def report(site: Site, sections: Iterable[Section]) -> str:
    """Measure everything and give the page."""
    lines = [_HEAD.format(commit=state_of_work(PROJECT), tools=_tools(site.browser))]
    for section in sections:
        lines += [f"## {section.title}", "", "| what | aim | measured |", "| --- | --- | --- |"]
        lines += [f"| {row.what} | {row.aim} | {row.measured} |" for row in section.measure(site)]
        lines.append("")
    return "\n".join(lines)


def _tools(browser: Browser) -> str:
    named = json.loads(Path(__file__).with_name("package.json").read_text("utf-8"))["dependencies"]
    npm = ", ".join(f"{name} {number}" for name, number in named.items())
    return f"Chromium {browser.version}, {npm}, axe-playwright-python {version('axe-playwright-python')}"

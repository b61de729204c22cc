"""Keep what a long run has shown, for people: one file for each, beside this one in records/."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.kit import PROJECT
from tests.repository import state_of_work

RECORDS = Path(__file__).parent / "records"


def keep(name: str, title: str, command: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write the figures of a run, with the commit, day and kind of machine they come from."""
    day = datetime.now(UTC).date()
    lines = [
        f"# {title}",
        "",
        f"Shown by `{command}` on {day} at commit {state_of_work(PROJECT)}, {platform.system()} {platform.machine()}.",
        "",
        "| what | shown |",
        "| --- | --- |",
        *(f"| {what} | {shown} |" for what, shown in rows),
    ]
    RECORDS.mkdir(exist_ok=True)
    (RECORDS / f"{name}.md").write_text("\n".join([*lines, ""]), "utf-8")

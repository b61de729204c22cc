"""Keep what a long run has shown, for people: one file for each, beside this one in records/."""

import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.kit import PROJECT

RECORDS = Path(__file__).parent / "records"


def keep(name: str, title: str, command: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write the figures of a run, with the commit, day and kind of machine they come from."""
    git = ["git", "-C", str(PROJECT), "describe", "--always", "--abbrev=10", "--dirty", "--exclude=*"]
    commit = subprocess.run(git, capture_output=True, encoding="utf-8", check=True).stdout.strip()
    day = datetime.now(UTC).date()
    lines = [
        f"# {title}",
        "",
        f"Shown by `{command}` on {day} at commit {commit}, {platform.system()} {platform.machine()}.",
        "",
        "| what | shown |",
        "| --- | --- |",
        *(f"| {what} | {shown} |" for what, shown in rows),
    ]
    RECORDS.mkdir(exist_ok=True)
    (RECORDS / f"{name}.md").write_text("\n".join([*lines, ""]), "utf-8")

"""Which faults html-validate finds in built pages; its rules stand in htmlvalidate.mjs."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PROGRAM = FOLDER / "node_modules/html-validate/bin/html-validate.mjs"


@dataclass(frozen=True, order=True)
class Fault:
    """A place where a page is not valid."""

    page: str
    rule: str
    message: str


def faults_of(pages: Iterable[Path]) -> list[Fault]:
    """Validate pages with html-validate."""
    command = ["node", str(PROGRAM), "--config", str(FOLDER / "htmlvalidate.mjs"), "--formatter", "json"]
    command += map(str, pages)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return sorted(
        Fault(f"{page['filePath']}:{found['line']}", found["ruleId"], found["message"])
        for page in json.loads(done.stdout)
        for found in page["messages"]
    )

"""What tests of hostile input share: a check in a process of its own that may take neither all time nor all memory."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.kit import PROJECT

PATIENCE = 240
"""Seconds after which a check counts as one that never ends; none takes more than a few."""
MEMORY = 1 << 30


def checked(root: Path) -> dict[str, set[str]]:
    """Check a knowledge base as a person does; give the codes of what is said of each file, and hold that it ended."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = [sys.executable, str(PROJECT / "build_roles.py"), "check", "--format", "json", "--root", str(root)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        preexec_fn=bound,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1780272000"},
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == "", done.stderr[-2000:]
    said: dict[str, set[str]] = {}
    for finding in json.loads(done.stdout):
        said.setdefault(finding["path"], set()).add(finding["code"])
    return said

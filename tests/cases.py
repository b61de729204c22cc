"""Cases of findings: what is changed in the miniature, and what `check` then says.

A file tests/findings/<code>.yml holds a list of cases: `why` one sentence; `change` path → list of {from, to}; `write`
path → text, or {repeat, times}; `bytes` path → text in Latin-1, byte for byte; `remove` paths; `says` the findings of
that code as printed.
"""

from pathlib import Path
from typing import Any

import yaml

from rolebook.report import as_text
from tests.kit import load_miniature

FOLDER = Path(__file__).parent / "findings"


def case_files() -> list[Path]:
    """Give all files of cases."""
    return sorted(FOLDER.glob("*.yml"))


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Read the cases of one code."""
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return cases


def said_of(case: dict[str, Any], code: str, root: Path) -> str:
    """Make the changes in a copy of the miniature and give what is said of the code."""
    for name, edits in case.get("change", {}).items():
        text = (root / name).read_text("utf-8")
        for edit in edits:
            assert edit["from"] in text, f"{edit['from']!r} is not in {name}"
            text = text.replace(edit["from"], edit["to"], 1)
        (root / name).write_text(text, "utf-8")
    for name, text in case.get("write", {}).items():
        whole = text if isinstance(text, str) else text["repeat"] * text["times"]
        _write(root / name, whole.encode())
    for name, text in case.get("bytes", {}).items():
        _write(root / name, text.encode("latin-1"))
    for name in case.get("remove", []):
        (root / name).unlink()
    findings = [finding for finding in load_miniature(root).findings if finding.code == code]
    assert findings, f"nothing is said of {code}, so the case shows nothing: {case['why']}"
    return as_text(findings, "") + "\n"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

"""Build this repository's knowledge base in many surroundings, and keep whether sites differ: `make reproducible`.

Each is built from a clone of the newest commit, with its code. Further Pythons, such as
`python -m tests.reproducible .venv-3.12/bin/python`, need the packages of requirements.lock.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.building import Surroundings, published
from tests.kit import PROJECT
from tests.records import keep

FOLDERS = ("a", "much further/down and with a space/b")


PLAIN = Surroundings("", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "ROLEBOOK_PROCESSES": "2"})
OTHER = {
    "PYTHONHASHSEED": "2",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


def surroundings(pythons: list[str]) -> Iterator[Surroundings]:
    """Give what should make no difference, much at once: only where sites differ is it worth asking why."""
    yield PLAIN
    alone = OTHER | {"ROLEBOOK_PROCESSES": "1"}
    yield Surroundings("another hash seed, time zone, locale (ASCII), umask 077, one process", alone, umask=0o077)
    several = OTHER | {"TZ": "America/St_Johns", "PYTHONHASHSEED": "3", "ROLEBOOK_PROCESSES": "5"}
    for python in pythons:
        yield Surroundings("the same with five processes, umask 002", several, umask=0o002, python=python)


def main(pythons: list[str]) -> None:
    """Build in all surroundings; stop where a site differs."""
    day = str(int(datetime.now(UTC).timestamp()))
    newest = subprocess.run(
        ["git", "-C", str(PROJECT), "rev-parse", "HEAD"],  # noqa: S607 - any git will do
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.strip()  # fmt: skip
    rows: list[tuple[str, str]] = []
    first: dict[str, tuple[int, str]] = {}
    for number, one in enumerate(surroundings(pythons)):
        with tempfile.TemporaryDirectory(prefix="reproducible-", dir=os.environ.get("TMPDIR")) as folder:
            root = Path(folder) / FOLDERS[number % len(FOLDERS)]
            clone = ["git", "clone", "--quiet", str(PROJECT), str(root)]
            subprocess.run(clone, check=True, umask=one.umask)
            subprocess.run(["git", "-C", str(root), "checkout", "--quiet", newest], check=True, umask=one.umask)  # noqa: S607
            code, said = replace(one, code=root, day=day).build(root)
            if code:
                sys.exit(said or f"The build ended with {code}.")
            site = published(root / "site")
        first = first or site
        different = sorted(name for name in first.keys() | site.keys() if first.get(name) != site.get(name))
        rows.append((_told(one), f"{len(site):,} files and folders, {len(different)} different"))
        print(*rows[-1], *different[:5], sep=": ", flush=True)  # noqa: T201 - who waits likes to know
        if different:
            sys.exit(1)
    keep("reproducible", "Same in, same out", "make reproducible", rows)


def _told(one: Surroundings) -> str:
    version = subprocess.run([one.python, "-V"], capture_output=True, encoding="utf-8", check=True).stdout.strip()
    return ", ".join(filter(None, [version, one.name]))


if __name__ == "__main__":
    main(sys.argv[1:] or [sys.executable])

"""Write bom.json, the bill of materials (CycloneDX) of what the locks pin: `make lock` does."""

import base64
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.kit import PROJECT

FILE = PROJECT / "bom.json"
NPM = {"package-lock.json": "required", "tests/quality/package-lock.json": "excluded"}
"""Locks of npm, and whether what they pin is needed to build a site."""
_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+) \\\n(?P<rest>(?:^ .*\n)+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_ASKED_BY = re.compile(r"^    #   (?:via )?(\S.*)|^    # via (\S.*)", re.MULTILINE)
_ALGORITHMS = {"sha512": "SHA-512", "sha256": "SHA-256", "sha1": "SHA-1"}


def bill_of_materials(root: Path = PROJECT) -> str:
    """Give the bill as a text: the same for the same locks, so that it holds neither a day nor a random number."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    parts = {one["bom-ref"]: one for one in (*_python(root, project["dependencies"]), *_npm(root))}
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": project["name"], "version": project["version"]}},
        "components": [parts[name] for name in sorted(parts)],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _python(root: Path, wanted: list[str]) -> Iterator[dict[str, Any]]:
    """Give the packages of requirements.lock; excluded are those that only development asks for."""
    pinned = [*_PINNED.finditer((root / "requirements.lock").read_text("utf-8"))]
    asked_by = {one["name"]: {a or b for a, b in _ASKED_BY.findall(one["rest"])} for one in pinned}
    needed = _needed(asked_by, {re.split(r"[\[<>=]", name)[0] for name in wanted})
    for one in pinned:
        scope = "required" if one["name"] in needed else "excluded"
        hashes = [("SHA-256", digest) for digest in _HASH.findall(one["rest"])]
        yield _part(f"pkg:pypi/{one['name']}@{one['version']}", one["name"], one["version"], scope, hashes)


def _needed(asked_by: Mapping[str, set[str]], needed: set[str]) -> set[str]:
    while more := {name for name, by in asked_by.items() if by & needed} - needed:
        needed = needed | more
    return needed


def _npm(root: Path) -> Iterator[dict[str, Any]]:
    for lock, scope in reversed(NPM.items()):  # what both pin counts as needed
        for path, package in json.loads((root / lock).read_text("utf-8"))["packages"].items():
            if not path:
                continue
            name, version = package.get("name", path.rpartition("node_modules/")[2]), package["version"]
            kind, _, digest = package.get("integrity", "").partition("-")
            hashes = [(_ALGORITHMS[kind], base64.b64decode(digest).hex())] if digest else []
            yield _part(f"pkg:npm/{quote(name, safe='/')}@{version}", name, version, scope, hashes)


def _part(address: str, name: str, version: str, scope: str, hashes: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "scope": scope,
        "hashes": [{"alg": algorithm, "content": digest} for algorithm, digest in hashes],
        "purl": address,
    }


if __name__ == "__main__":
    FILE.write_text(bill_of_materials(), "utf-8")

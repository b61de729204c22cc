"""What the program is made with: pinned, listed, and each with its reason."""

import json
import re
import tomllib

from tests.bill_of_materials import FILE, bill_of_materials
from tests.kit import PROJECT

LOCK = (PROJECT / "requirements.lock").read_text("utf-8")


def test_the_bill_of_materials_agrees_with_the_locks() -> None:
    assert FILE.read_text("utf-8") == bill_of_materials(), "run 'python -m tests.bill_of_materials'"


def test_every_pinned_package_is_in_the_bill_with_its_hashes() -> None:
    parts = {part["purl"]: part for part in json.loads(bill_of_materials())["components"]}
    pinned = re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)
    assert len(pinned) > 50
    for name, version in pinned:
        assert parts[f"pkg:pypi/{name}@{version}"]["hashes"], name
    assert sum(len(part["hashes"]) for part in parts.values() if "pypi" in part["purl"]) == LOCK.count("--hash=")
    assert all(part["hashes"] for part in parts.values())


def test_only_what_builds_a_site_is_required() -> None:
    scopes = {part["name"]: part["scope"] for part in json.loads(bill_of_materials())["components"]}
    assert {scopes[name] for name in ("pydantic", "pydantic-core", "mkdocs", "pagefind-bin-extended", "decap-cms")} == {
        "required"
    }
    assert {scopes[name] for name in ("pytest", "ruff", "playwright", "lighthouse", "mypy-extensions")} == {"excluded"}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    python = (*project["dependencies"], *project["optional-dependencies"]["dev"])
    names = [re.split(r"[\[<>=]", one)[0] for one in python]
    for file in ("package.json", "tests/quality/package.json"):
        names += json.loads((PROJECT / file).read_text("utf-8"))["dependencies"]
    told = (PROJECT / "HACKING.md").read_text("utf-8").partition("\n## Libraries\n")[2].partition("\n## ")[0]
    assert [name for name in names if not name.startswith("types-") and name not in told] == []


def test_the_locks_name_no_place_to_load_from() -> None:
    for name in ("requirements.lock", "package-lock.json", "tests/quality/package-lock.json"):
        text = (PROJECT / name).read_text("utf-8")
        assert not re.findall(r"--(?:extra-)?index-url|--find-links|\"resolved\"", text), name

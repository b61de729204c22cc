"""Whom the forge asks to review what."""

from pathlib import Path

import pytest

from rolebook.cli import main
from rolebook.codeowners import FILES, codeowners
from tests.kit import PROJECT, load_miniature

OWNERS = """language: en
owners:
  - id: desk
    title: Front desk
    handles: ["@bicycles/desk"]
  - id: workshop
    title: Workshop
    handles: ["@bicycles/workshop", "@wheelwright"]
    keeps: [/locales/uk/]
  - id: nobody
    title: Nobody
    keeps: [/docs/]
"""


def with_owners(root: Path, roles: dict[str, str]) -> Path:
    """Give a copy of the miniature three owners, and some of its roles another one."""
    (root / "roles/vocabulary/owners.yml").write_text(OWNERS, "utf-8")
    for role, owner in roles.items():
        path = root / "roles" / f"{role}.yml"
        path.write_text(path.read_text("utf-8").replace("owner: desk", f"owner: {owner}"), "utf-8")
    return root


def lines(root: Path) -> list[str]:
    return [line for line in codeowners(load_miniature(root).knowledge.catalog).splitlines() if line.startswith("/")]


def test_a_family_has_one_line_and_a_role_that_another_owner_keeps_its_own(miniature: Path) -> None:
    root = with_owners(miniature, {"care/lead": "workshop"})
    assert lines(root) == [
        "/roles/vocabulary/ @bicycles/desk @bicycles/workshop @wheelwright",
        "/roles/care/ @bicycles/desk",
        "/roles/care/lead.yml @bicycles/workshop @wheelwright",
        "/roles/craft/ @bicycles/desk",
        "/locales/uk/ @bicycles/workshop @wheelwright",
    ]


def test_an_owner_without_a_handle_is_told_in_a_comment(miniature: Path) -> None:
    with_owners(miniature, {"care/lead": "nobody"})
    text = codeowners(load_miniature(miniature).knowledge.catalog)
    assert "# /roles/care/lead.yml is kept by nobody, without a handle yet\n" in text


def test_the_files_of_both_forges_are_written_and_then_found_up_to_date(miniature: Path) -> None:
    with_owners(miniature, {})
    command = ["codeowners", "--root", str(miniature)]
    assert main([*command, "--check"]) == 1
    assert main(command) == 0
    assert main([*command, "--check"]) == 0
    assert (miniature / FILES[0]).read_text("utf-8") == (miniature / FILES[1]).read_text("utf-8")


def test_a_path_that_is_not_there_is_refused_and_nothing_written(
    miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    owners = with_owners(miniature, {}) / "roles/vocabulary/owners.yml"
    owners.write_text(OWNERS.replace("/docs/", "/locales/xx/"), "utf-8")
    assert main(["codeowners", "--root", str(miniature)]) == 1
    assert "'keeps' names what is not there: /locales/xx/." in capsys.readouterr().err
    assert not (miniature / FILES[0]).exists()


def test_this_project_s_own_files_are_up_to_date() -> None:
    assert main(["codeowners", "--check", "--root", str(PROJECT)]) == 0, "run `python build_roles.py codeowners`"

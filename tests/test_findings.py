"""Each rule has cases that show, to the letter, what a person is told."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rolebook.findings import RULES, Place, Severity, did_you_mean, found
from rolebook.report import as_github, as_gitlab, as_json, as_markdown
from tests.cases import case_files, read_cases, said_of
from tests.kit import PROJECT, load_miniature

CASES = [(path, index) for path in case_files() for index in range(len(read_cases(path)))]


@pytest.mark.parametrize(("path", "index"), CASES, ids=[f"{path.stem}-{index}" for path, index in CASES])
def test_a_mistake_is_told_in_plain_words(path: Path, index: int, miniature: Path) -> None:
    case = read_cases(path)[index]
    assert said_of(case, path.stem, miniature) == case["says"], "if this is better, run `make bless`"


def test_every_rule_has_a_case() -> None:
    assert {path.stem for path in case_files()} == set(RULES)


def test_the_miniature_itself_has_no_errors(miniature: Path) -> None:
    assert load_miniature(miniature).is_sound


def test_all_mistakes_of_all_files_are_told_in_one_run(miniature: Path) -> None:
    (miniature / "roles/care/adviser.yml").write_text("titel: x\ntrack: nobody\n", "utf-8")
    (miniature / "roles/care/lead.yml").write_text("title: 'never closed\n", "utf-8")
    (miniature / "roles/vocabulary/tools.yml").write_text("language: en\ntools: none\n", "utf-8")
    codes = {finding.code for finding in load_miniature(miniature).findings}
    assert {"unknown-key", "missing-text", "bad-choice", "unclosed-quote", "wrong-type"} <= codes


def test_a_file_that_cannot_be_read_silences_what_depends_on_it(miniature: Path) -> None:
    (miniature / "roles/care/lead.yml").write_text("title: 'never closed\n", "utf-8")
    (miniature / "roles/vocabulary/tools.yml").write_text("tools: [\n", "utf-8")
    codes = {finding.code for finding in load_miniature(miniature).findings}
    assert not codes & {"unknown-role", "unknown-tool", "unused-skill", "po-unknown"}


def test_pages_of_a_file_that_cannot_be_read_are_not_called_missing(miniature: Path) -> None:
    words = "pages:\n" + "".join(
        f"  - page: {page}\n    words: x\n" for page in ("/roles/lead/", "/moves/adviser--lead/", "/tools/crm/")
    )
    (miniature / "locales/uk/search.yml").write_text(words, "utf-8")
    (miniature / "roles/care/lead.yml").write_text("title: 'never closed\n", "utf-8")
    (miniature / "roles/vocabulary/tools.yml").write_text("tools: [\n", "utf-8")
    codes = {finding.code for finding in load_miniature(miniature).findings}
    assert not codes & {"broken-link", "unknown-page"}


def test_a_broken_list_of_languages_says_nothing_of_languages(miniature: Path) -> None:
    (miniature / "locales/languages.yml").write_text("default: [en\n", "utf-8")
    errors = [finding.code for finding in load_miniature(miniature).findings if finding.severity is Severity.ERROR]
    assert errors == ["yaml-syntax"]


def test_errors_are_told_before_warnings(miniature: Path) -> None:
    (miniature / "roles/vocabulary/owners.yml").write_text("", "utf-8")
    severities = [finding.severity for finding in load_miniature(miniature).findings]
    assert severities == sorted(severities)
    assert len(set(severities)) == 2


def test_json_and_annotations_hold_what_the_text_says() -> None:
    finding = found("unknown-skill", Place("roles/a/b.yml", 3, 5), "No skill: 'x', y", "Do 100 %.")
    assert json.loads(as_json([finding])) == [
        {
            "path": "roles/a/b.yml",
            "line": 3,
            "column": 5,
            "severity": "error",
            "code": "unknown-skill",
            "message": "No skill: 'x', y",
            "hint": "Do 100 %.",
        }
    ]
    expected = "::error file=roles/a/b.yml,line=3,col=5,title=unknown-skill::No skill: 'x', y Do 100 %25."
    assert as_github([finding]) == expected


def test_the_table_for_a_job_summary_quotes_what_was_written_without_making_it_active() -> None:
    attack = found(
        "unknown-skill", Place("roles/a/b.yml", 3, 5), "No '| @team <img src=x> ![x](//e)\n# x'.", "`Do` it."
    )
    table = as_markdown([attack])
    assert table.startswith("**1 error, 0 warnings in 1 file.**\n\n| where | what |")
    row = table.splitlines()[-1]
    assert row.count("|") == 5
    assert not set("@<>`![]()#'") & set(re.sub("&#[0-9]+;", "", row))
    assert html.unescape(row).endswith("error: No '| @team <img src=x> ![x](//e) # x'. | `Do` it. | unknown-skill |")


def test_a_table_that_a_job_summary_could_not_hold_is_cut_and_says_so() -> None:
    many = [found("unknown-skill", Place("roles/a/b.yml", line), "No skill.") for line in range(1, 1203)]
    assert as_markdown(many).endswith("… and 202 more.")
    assert as_markdown([]) == "No errors, no warnings."


def test_gitlab_s_report_tells_a_finding_by_what_it_says_and_not_by_its_line() -> None:
    def report(*lines: int) -> list[dict[str, object]]:
        return list(
            json.loads(as_gitlab([found("unknown-skill", Place("a.yml", line), "No skill.") for line in lines]))
        )

    first, second = report(3, 5)
    assert first["location"] == {"path": "a.yml", "lines": {"begin": 3}}
    assert (first["severity"], first["check_name"]) == ("major", "unknown-skill")
    assert first["description"] == "No skill. They are in roles/vocabulary/skills/."
    assert first["fingerprint"] != second["fingerprint"]
    assert [row["fingerprint"] for row in report(4, 6)] == [first["fingerprint"], second["fingerprint"]]


def test_a_near_word_is_offered_and_a_far_one_is_not() -> None:
    assert did_you_mean("comunication", ["communication", "teamwork"]) == "Did you mean 'communication'?"
    assert did_you_mean("xyz", ["communication", "teamwork"], "See there.") == "See there."


@pytest.mark.parametrize(("arguments", "code"), [(["check"], 0), (["check", "--format", "xml"], 2), ([], 2)])
def test_the_exit_code_tells_how_it_went(arguments: list[str], code: int, miniature: Path) -> None:
    root = ["--root", str(miniature)] if arguments else []
    command = [sys.executable, str(PROJECT / "build_roles.py"), *arguments, *root]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"SOURCE_DATE_EPOCH": "1780272000"})
    assert done.returncode == code


def test_an_error_gives_exit_code_1_and_stops_before_anything_is_written(miniature: Path) -> None:
    (miniature / "roles/care/lead.yml").unlink()
    command = [sys.executable, str(PROJECT / "build_roles.py"), "build", "--root", str(miniature)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no role called 'lead'" in done.stderr
    assert "Nothing was written." in done.stderr
    assert not (miniature / "docs/en/roles").exists()
    assert not (miniature / "site").exists()

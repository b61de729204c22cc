"""What runs on GitHub and GitLab: well formed, safe with strangers' proposals, and doing what it says."""

import base64
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolebook.cli import parser
from tests.kit import PROJECT

GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TOOLS = Path(sys.executable).parent


def read(path: Path) -> dict[str, Any]:
    """Read a workflow; `on` stays the word it is."""
    whole: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - gives text only
    return whole


def steps_of(name: str, job: str) -> dict[str, dict[str, Any]]:
    """Give the steps of a workflow's job by their names."""
    steps = read(GITHUB / "workflows" / name)["jobs"][job]["steps"]
    return {step.get("name", step.get("uses")): step for step in steps}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_no_workflow_has_a_known_weakness() -> None:
    done = run(str(TOOLS / "zizmor"), "--offline", "--pedantic", "--no-progress", ".github/workflows")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", ".github/workflows/*.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_every_file_for_a_forge_has_the_form_the_forge_reads(schema: str, files: str) -> None:
    paths = [str(path) for path in PROJECT.glob(files)]
    done = run(str(TOOLS / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *paths)
    assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    for path in WORKFLOWS:
        for line in re.findall(r"uses: (.*)", path.read_text("utf-8")):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_only_the_workflows_that_run_nothing_of_a_proposal_may_write() -> None:
    for path in WORKFLOWS:
        workflow = read(path)
        rights = [workflow["permissions"], *(job.get("permissions", {}) for job in workflow["jobs"].values())]
        writes = {right for granted in rights for right, how in dict(granted or {}).items() if how == "write"}
        if "pull_request" in workflow["on"]:
            assert not writes, path.name
            assert "secrets." not in path.read_text("utf-8")
    comment = (GITHUB / "workflows/comment.yml").read_text("utf-8")
    assert re.findall(r"uses: (\S+?)@", comment) == ["actions/github-script"]
    assert not re.findall(r"^\s+run:", comment, re.MULTILINE)


CALLS = sorted(
    {
        call
        for path in (*WORKFLOWS, PROJECT / ".gitlab-ci.yml")
        for call in re.findall(r"build_roles\.py ([^|>\n#]+)", path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize("call", CALLS)
def test_what_the_forges_call_is_a_command_of_ours(call: str) -> None:
    parser().parse_args(shlex.split(call))


def test_the_form_for_suggestions_has_the_fields_that_links_fill() -> None:
    for name in ("suggest.yml", "mistake.yml"):
        ids = {part.get("id") for part in read(GITHUB / "ISSUE_TEMPLATE" / name)["body"]}
        assert {"page", "section", "file"} <= ids
    assert (PROJECT / ".gitlab/issue_templates/suggest.md").is_file()


def check_step(name: str, root: Path) -> tuple[int, str, str]:
    """Run a step of Check in a copy of the miniature; give its exit code, what it says, and the job summary."""
    (root / ".venv/bin").mkdir(parents=True, exist_ok=True)
    python = root / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nshift\nexec {sys.executable} {PROJECT / "build_roles.py"} "$@"\n', "utf-8")
    python.chmod(0o755)
    summary = root / "summary"
    summary.unlink(missing_ok=True)
    told = {
        "GITHUB_STEP_SUMMARY": str(summary),
        "PULL": "7",
        "SOURCE_DATE_EPOCH": "1780272000",
        "PATH": os.environ["PATH"],
    }
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps_of("check.yml", "check")[name]["run"]]
    done = subprocess.run(bash, cwd=root, env=told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, summary.read_text("utf-8") if summary.is_file() else ""


def test_check_says_a_mistake_beside_its_line_and_in_the_summary(miniature: Path) -> None:
    (miniature / "roles/care/lead.yml").unlink()
    code, said, _ = check_step("Say what is wrong beside the line", miniature)
    assert code == 1
    assert "::error file=roles/care/adviser.yml,line=" in said
    code, _, summary = check_step("Say everything in the summary", miniature)
    assert code == 1
    assert "There is no role called &#39;lead&#39;" in summary


def test_check_says_that_nothing_is_wrong(miniature: Path) -> None:
    assert check_step("Say what is wrong beside the line", miniature)[0] == 0
    code, _, summary = check_step("Say everything in the summary", miniature)
    assert (code, summary.splitlines()[0][:10]) == (0, "**0 errors")


def test_check_keeps_the_role_diff_and_the_number_for_the_comment(miniature: Path) -> None:
    git = [
        "git",
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
        "-C",
        str(miniature),
    ]
    for command in (["init"], ["add", "."], ["commit", "-m", "1"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    path = miniature / "roles/care/lead.yml"
    path.write_text(path.read_text("utf-8").replace("Publish the plan two weeks ahead.", "Publish the plan."), "utf-8")
    subprocess.run([*git, "commit", "-am", "2"], check=True, capture_output=True)
    code, said, summary = check_step("Say in words what changes", miniature)
    assert code == 0, said
    assert summary == (miniature / "role-diff/comment.md").read_text("utf-8")
    assert "two weeks ahead" in summary
    assert (miniature / "role-diff/pull").read_text("utf-8") == "7\n"


def zipped(**files: str) -> str:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return base64.b64encode(whole.getvalue()).decode()


CHECKED = {
    "id": 5, "html_url": "https://github.com/company/handbook/actions/runs/5", "head_sha": "abc",
    "head_branch": "better",
    "head_repository": {"id": 2, "full_name": "stranger/handbook", "owner": {"login": "stranger"}},
}  # fmt: skip
PULL = {"number": 7, "head": {"sha": "abc", "repo": {"id": 2}}}
FORMER = {"id": 90, "user": {"login": "github-actions[bot]"}, "body": "<!-- rolebook: role diff -->\nformer"}


def comment_on(tmp_path: Path, **told: object) -> dict[str, Any]:
    """Run the script of Comment; give what it did by kind."""
    if not (shutil.which("node") and shutil.which("unzip")):
        pytest.skip("node and unzip are needed, as GitHub's machines have them")
    script = read(GITHUB / "workflows/comment.yml")["jobs"]["comment"]["steps"][0]["with"]["script"]
    world = {
        "script": script,
        "run": CHECKED,
        "artifacts": [{"id": 3, "name": "role-diff", "expired": False, "size_in_bytes": 900}],
        "zip": zipped(comment_md="**Lead** asks for more.\n", pull="7\n"),
        "pulls": [PULL],
        "comments": [],
        **told,
    }
    done = subprocess.run(
        ["node", str(PROJECT / "tests/run_comment.mjs")],  # noqa: S607 - any Node will do
        input=json.dumps(world), capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path)},
    )  # fmt: skip
    return {step["what"]: step["said"] for step in json.loads(done.stdout)}


def test_the_role_diff_becomes_one_comment_of_the_pull_request_that_was_checked(tmp_path: Path) -> None:
    did = comment_on(tmp_path)
    assert did["pulls"]["head"] == "stranger:better"
    assert did["create"]["issue_number"] == 7
    assert did["create"]["body"].startswith("<!-- rolebook: role diff -->\n[All findings and the preview](https://")
    assert "**Lead** asks for more." in did["create"]["body"]


def test_a_later_run_changes_that_comment_and_no_one_else_s(tmp_path: Path) -> None:
    copied = {**FORMER, "id": 80, "user": {"login": "stranger"}}
    did = comment_on(tmp_path, comments=[copied, FORMER])
    assert did["update"]["comment_id"] == 90
    assert "create" not in did


@pytest.mark.parametrize(
    "told",
    [
        {"zip": zipped(comment_md="x", pull="8\n")},
        {"pulls": [{"number": 7, "head": {"sha": "newer", "repo": {"id": 2}}}]},
        {"pulls": [{"number": 7, "head": {"sha": "abc", "repo": {"id": 4}}}]},
        {"pulls": [{"number": 7, "head": {"sha": "abc", "repo": None}}]},
        {"pulls": []},
        {"artifacts": []},
        {"artifacts": [{"id": 3, "name": "role-diff", "expired": False, "size_in_bytes": 300_000}]},
        {"zip": zipped(comment_md="x" * 2_000_000, pull="7\n")},
        {"zip": zipped(comment_md="x", pull="7" * 100)},
        {"zip": zipped(pull="7\n")},
    ],
    ids=["other number", "newer", "other fork", "fork gone", "closed", "none", "large", "bomb", "long", "part"],
)  # fmt: skip
def test_an_artifact_that_does_not_fit_comments_nothing(tmp_path: Path, told: dict[str, object]) -> None:
    did = comment_on(tmp_path, **told)
    assert not {"create", "update"} & set(did)
    assert {"info", "failed", "threw"} & set(did)


def test_what_a_proposal_says_calls_links_and_loads_nothing(tmp_path: Path) -> None:
    said = (
        "@team \\@team &#64;team ![x](https://evil.example/p.png) [x](//evil.example) [x]: https://a.example "
        "www.a.example #12 GH-12 162bde6aa0162bde6aa0162bde6aa0162bde6aa0 162bde6 "
        "<img src=x> <!-- hid --> <details><summary>s</summary>b <ins>new</ins></details> &lt;b&gt;"
    )
    body = comment_on(tmp_path, zip=zipped(comment_md=said, pull="7"))["create"]["body"].partition("\n\n")[2]
    for active in ("@team", ";team", "](", "![", "]:", "://", "www.", "#12", "GH-1", "<img", "<!--"):
        assert active not in body, active
    assert not re.search(r"[0-9a-f]{7}", body), "a commit"
    assert "<details><summary>s</summary>b <ins>new</ins></details>" in body


def test_a_long_role_diff_is_cut_to_what_github_takes(tmp_path: Path) -> None:
    body = comment_on(tmp_path, zip=zipped(comment_md="@" * 60_000, pull="7"))["create"]["body"]
    assert len(body) <= 65_536

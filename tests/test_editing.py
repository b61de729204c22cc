"""A session of the form begins and ends in words, leaves nothing behind, and loses nothing."""

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from rolebook.form.publish import MODULES, FormError
from rolebook.form.serve import FormServer
from rolebook.form.session import Session, decap_server, editing
from tests.kit import PROJECT
from tests.repository import ENVIRONMENT, commit, git

ROLE = "roles/care/adviser.yml"
DAY = date(2026, 3, 1)
needs_npm = pytest.mark.skipif(
    not MODULES.is_dir() and not os.environ.get("REQUIRE_BROWSER"), reason="npm has not installed the form"
)


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits has told git a name, and nothing else."""
    for key in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(key)
    for key, value in ENVIRONMENT.items():
        monkeypatch.setenv(key, value)


def branches(root: Path) -> list[str]:
    return git(root, "branch", "--format=%(refname:short)").split()


def is_tidy(root: Path) -> bool:
    """Tell whether no session left a branch or a work tree."""
    return branches(root) == ["main"] and git(root, "worktree", "list").count("\n") == 0


def refusal(root: Path, branch: str = "") -> str:
    """Give what is said where a session cannot begin."""
    with pytest.raises(FormError) as refused, editing(root, DAY, branch):
        pass
    return str(refused.value)


def test_nothing_is_begun_where_git_does_not_know_who_saves(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")
    for key in [key for key in ENVIRONMENT if key.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))]:
        monkeypatch.delenv(key)
    monkeypatch.delenv("EMAIL", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    said = refusal(repository)
    assert said.startswith("git does not know your name and e-mail address, so nothing could be saved.")
    assert 'git config --global user.name "' in said
    assert is_tidy(repository)


def test_what_could_not_be_saved_stays_and_is_found_again(repository: Path) -> None:
    def save_one_of_two(session: Session) -> None:
        (session.root / ROLE).write_text("# saved\n", "utf-8")
        commit(session.tree)
        (session.root / ROLE).write_text("# not saved\n", "utf-8")

    with pytest.raises(FormError) as refused, editing(repository, DAY) as session:
        save_one_of_two(session)
    said = str(refused.value)
    assert (session.root / ROLE).read_text("utf-8") == "# not saved\n"
    assert f"(1 saved). What is missing stands in {session.tree} and nowhere else" in said
    assert "the branch 'edit/2026-03-01' stay" in said
    assert "Do not run 'git worktree remove --force'" in said
    for line in re.findall(r"^  (git .*)", said, re.MULTILINE):
        subprocess.run(shlex.split(line), check=True)
    assert git(repository, "show", f"edit/2026-03-01:{ROLE}") == "# not saved"


def test_a_session_asks_for_a_first_commit(miniature: Path) -> None:
    git(miniature, "init", "--quiet")
    assert refusal(miniature).startswith("Nothing is committed in this repository yet")


def test_a_branch_that_is_called_edit_stands_in_no_ones_way(repository: Path) -> None:
    git(repository, "branch", "edit")
    with editing(repository, DAY) as session:
        assert session.branch == "edit-2026-03-01"
    assert branches(repository) == ["edit", "main"]


@pytest.mark.parametrize(("there", "wanted"), [("edit/old", "edit"), ("draft", "draft/new")])
def test_a_name_that_git_cannot_give_is_refused_in_words(repository: Path, there: str, wanted: str) -> None:
    git(repository, "branch", there)
    assert refusal(repository, wanted) == (
        f"There is a branch '{there}', so none can be called '{wanted}'. Choose another name with --branch."
    )


def test_a_branch_is_gone_on_with_although_a_tag_has_its_name(repository: Path) -> None:
    git(repository, "tag", "edit/old")
    git(repository, "branch", "edit/old")
    git(repository, "switch", "--quiet", "edit/old")
    newest = commit(repository)
    git(repository, "switch", "--quiet", "main")
    with editing(repository, DAY, "edit/old") as session:
        assert session.base == newest
        assert git(session.tree, "symbolic-ref", "HEAD") == "refs/heads/edit/old"
        assert git(session.tree, "rev-parse", "HEAD") == newest


def test_a_port_that_is_taken_is_told_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(FormError, match=f"Port {port} is in use"):
            FormServer(port, {}, {}, {})


@contextmanager
def running(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `edit` until it serves the form."""
    command = [sys.executable, str(PROJECT / "build_roles.py"), "edit", "--no-browser", "--root", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "The form is at http://" in process.stdout.readline()
        try:
            yield process
        finally:
            process.terminate()


@needs_npm
@pytest.mark.parametrize("stop", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_however_a_session_is_stopped_nothing_is_left(repository: Path, stop: str) -> None:
    if not hasattr(signal, stop):
        pytest.skip(f"this system has no {stop}")
    with running(repository) as process:
        assert not is_tidy(repository)
        process.send_signal(getattr(signal, stop))
        process.send_signal(getattr(signal, stop))  # once more, as shells do
        said, complaints = process.communicate(timeout=30)
    assert said == "Stopped.\nNothing was saved, so there is no new branch.\n"
    assert complaints == ""
    assert is_tidy(repository)


@needs_npm
def test_uncommitted_work_is_said_not_to_be_in_the_form(repository: Path) -> None:
    (repository / ROLE).write_text("# half done\n", "utf-8")
    (repository / "roles/care/new.yml").write_text("# half done\n", "utf-8")
    with running(repository) as process:
        process.terminate()
        complaints = process.communicate(timeout=30)[1]
    assert complaints.startswith("2 files were changed here and not committed. The form neither shows")


@needs_npm
@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("", "", 200),
        ("", "http://127.0.0.1:4000", 200),
        ("evil.example", "", 403),
        ("evil.example", "http://evil.example", 403),
        ("", "http://evil.example", 403),
    ],
)
def test_the_server_that_saves_answers_to_the_forms_page_alone(
    repository: Path, host: str, origin: str, status: int
) -> None:
    with editing(repository, DAY) as session, decap_server(session, "http://127.0.0.1:4000") as address:
        at = address.removeprefix("http://").partition("/")[0]
        headers = {"Host": host or at, "Content-Type": "application/json"} | ({"Origin": origin} if origin else {})
        connection = http.client.HTTPConnection(at)
        connection.request("POST", "/api/v1", '{"action": "info"}', headers)
        assert connection.getresponse().status == status
        connection.close()

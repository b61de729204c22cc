"""An editing session on this computer: a branch in a work tree of its own, and the server of Decap that saves there.

What is open in the repository stays as it is: every save is a commit on the session's branch, made beside it.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolebook.form.publish import MODULES, FormError

START_SECONDS = 20
_PROGRAM = Path(__file__).parent / "saving.cjs"
"""Decap's server, closed to all but the form's page."""


@dataclass(frozen=True, slots=True)
class Session:
    """A branch that is edited: where its files are, and the commit it began at."""

    branch: str
    root: Path
    """The knowledge base in the session's work tree."""
    tree: Path
    base: str


@contextmanager
def editing(root: Path, day: date, branch: str = "") -> Iterator[Session]:
    """Open a branch in a work tree of its own; remove the tree afterwards, and the branch if nothing was saved.

    Without a name a new branch `edit/<day>` is made. Raises FormError where nothing could be saved or git refuses.
    """
    inside = _git(root, "rev-parse", "--show-prefix").strip()
    _need_identity(root)
    branches = _branches(root)
    name = branch or _free_name(branches, day)
    is_new = name not in branches
    if is_new:
        _need_room(branches, name)
    base = _newest_commit(root, "HEAD" if is_new else f"refs/heads/{name}")
    parent = Path(tempfile.mkdtemp(prefix="rolebook-edit-"))
    session = Session(name, parent / "tree" / inside, parent / "tree", base)
    made = ["-b", name, str(session.tree), base] if is_new else [str(session.tree), name]
    try:
        _git(root, "worktree", "add", "--quiet", *made)
        yield session
    finally:
        _close(root, session, is_new)
        shutil.rmtree(parent, ignore_errors=True)


def saved_commits(root: Path, session: Session) -> int:
    """Count what was saved on the branch since the session began."""
    return int(_git(root, "rev-list", "--count", f"{session.base}..refs/heads/{session.branch}"))


def uncommitted_files(root: Path) -> int:
    """Count the files of the knowledge base that were changed and not committed: a session does not show that."""
    options = ("--porcelain", "--no-renames", "--untracked-files=all")
    return _git(root, "status", *options, "--", "roles", "locales").count("\n")


def _close(root: Path, session: Session, is_new: bool) -> None:
    """Remove the work tree; git refuses where something in it was not saved, and then it stays."""
    tree = session.tree
    if not tree.exists():
        return
    saved = saved_commits(root, session)
    try:
        _git(root, "worktree", "remove", str(tree))
    except FormError as error:
        raise FormError(
            f"Not everything could be saved ({saved} saved). What is missing stands in {tree} and nowhere else,"
            f" so this folder and the branch '{session.branch}' stay. To save it, run these two:\n"
            f'  git -C "{tree}" add --all\n'
            f'  git -C "{tree}" commit --message "Save what was left"\n'
            "Do not run 'git worktree remove --force': it deletes the folder and your work with it."
        ) from error
    if is_new and not saved:
        _git(root, "branch", "--quiet", "-D", session.branch)


def _need_identity(root: Path) -> None:
    """Refuse where git does not know whose changes it would save."""
    try:
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            _git(root, "var", who)
    except FormError as error:
        raise FormError(
            "git does not know your name and e-mail address, so nothing could be saved. Tell it once, with your own:\n"
            '  git config --global user.name "Maria Example"\n'
            "  git config --global user.email maria@example.org\n"
            "Then open the form again."
        ) from error


def _need_room(branches: Collection[str], name: str) -> None:
    """Refuse a name that git cannot have beside another: `edit` beside `edit/old`, or the other way round."""
    for other in sorted(branches):
        if f"{other}/".startswith(f"{name}/") or f"{name}/".startswith(f"{other}/"):
            raise FormError(
                f"There is a branch '{other}', so none can be called '{name}'. Choose another name with --branch."
            )


def _newest_commit(root: Path, name: str) -> str:
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
    except FormError as error:
        raise FormError(
            "Nothing is committed in this repository yet, and the form shows what is. Commit the knowledge base first."
        ) from error


def _free_name(branches: Collection[str], day: date) -> str:
    """Give a name for a new branch; where one is called `edit`, git lets none begin with `edit/`."""
    first = f"edit-{day.isoformat()}" if "edit" in branches else f"edit/{day.isoformat()}"
    number, free = 1, first
    while free in branches:
        number += 1
        free = f"{first}-{number}"
    return free


def _branches(root: Path) -> frozenset[str]:
    return frozenset(_git(root, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/").split())


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - git, with arguments of ours
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the git that the person uses
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise FormError("The form needs git, which is not installed.") from error
    except subprocess.CalledProcessError as error:
        raise FormError(f"git cannot do this: {error.stderr.strip()}") from error
    return done.stdout


@contextmanager
def decap_server(session: Session, origin: str) -> Iterator[str]:
    """Run Decap's server on a free port of this computer, open to the form's page alone; give its address."""
    node = shutil.which("node")
    if not node or not (MODULES / "decap-server").is_dir():
        raise FormError("The form needs Node 18 or newer and what 'npm ci --ignore-scripts' installs.")
    port = free_port()
    surroundings = {
        **os.environ,
        "PORT": str(port),
        "ORIGIN": origin,
        "GIT_REPO_DIRECTORY": str(session.root),
    }
    server = subprocess.Popen([node, str(_PROGRAM)], cwd=session.tree.parent, env=surroundings)  # noqa: S603
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise FormError("Decap's server did not start; what it said stands above.")

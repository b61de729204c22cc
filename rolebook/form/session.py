"""An editing session on this computer: a branch in a work tree of its own, and the server of Decap that saves there.

What is open in the repository stays as it is: every save is a commit on the session's branch, made beside it.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolebook.form.publish import MODULES, FormError

START_SECONDS = 20


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

    Without a name a new branch `edit/<day>` is made. Raises FormError where there is no repository or git refuses.
    """
    inside = _git(root, "rev-parse", "--show-prefix").strip()
    is_new = not branch or not _exists(root, branch)
    name = branch or _free_name(root, f"edit/{day.isoformat()}")
    base = _git(root, "rev-parse", "HEAD" if is_new else name).strip()
    parent = Path(tempfile.mkdtemp(prefix="rolebook-edit-"))
    tree = parent / "tree"
    try:
        _git(
            root,
            "worktree",
            "add",
            "--quiet",
            *(["-b", name] if is_new else []),
            str(tree),
            *([] if is_new else [name]),
        )
        yield Session(name, tree / inside, tree, base)
    finally:
        _close(root, tree, name, base, is_new)
        shutil.rmtree(parent, ignore_errors=True)


def saved_commits(root: Path, session: Session) -> int:
    """Count what was saved on the branch since the session began."""
    return int(_git(root, "rev-list", "--count", f"{session.base}..refs/heads/{session.branch}"))


def _close(root: Path, tree: Path, branch: str, base: str, is_new: bool) -> None:
    """Remove the work tree; git refuses where something in it was not saved, and then it stays."""
    if not tree.exists():
        return
    _git(root, "worktree", "remove", str(tree))
    if is_new and _git(root, "rev-parse", f"refs/heads/{branch}").strip() == base:
        _git(root, "branch", "--quiet", "-D", branch)


def _free_name(root: Path, name: str) -> str:
    number, free = 1, name
    while _exists(root, free):
        number += 1
        free = f"{name}-{number}"
    return free


def _exists(root: Path, branch: str) -> bool:
    return bool(_git(root, "for-each-ref", "--format=%(refname)", f"refs/heads/{branch}").strip())


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
    program = MODULES / "decap-server" / "dist" / "index.js"
    node = shutil.which("node")
    if not node or not program.is_file():
        raise FormError("The form needs Node 18 or newer and what 'npm ci --ignore-scripts' installs.")
    port = free_port()
    surroundings = {
        **os.environ,
        "MODE": "git",
        "BIND_HOST": "127.0.0.1",
        "PORT": str(port),
        "ORIGIN": origin,
        "GIT_REPO_DIRECTORY": str(session.root),
        "LOG_LEVEL": "error",
    }
    server = subprocess.Popen([node, str(program)], cwd=session.tree.parent, env=surroundings)  # noqa: S603
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

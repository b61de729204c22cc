"""Have Pagefind's program make an index: pages go in one by one, files come back.

It is spoken to, not given a folder, because it numbers pages in the order in which it gets them, and a disk gives files
in an order of its own. The files come back instead of being written by it: it says nothing where a disk is full. It
ends when nobody speaks to it any more. Its own module for Python waits a tenth of a second for each answer.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from pagefind.service import get_executable

from rolebook.failures import BuildError

_END = b","
"""What ends each question and answer; base64 has no such sign."""


_MUCH = 1 << 20


class SearchError(BuildError):
    """The site could not be made searchable."""


def index_of(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Give the files of an index of pages, which are given by address and HTML; raise SearchError where that fails."""
    with subprocess.Popen(  # noqa: S603 - Pagefind's own program
        [_program(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        try:
            number = _ask(running, type="NewIndex")["index_id"]
            for url, html in pages:
                _ask(running, type="AddFile", index_id=number, url=url, file_contents=html)
            files = _ask(running, type="GetFiles", index_id=number)["files"]
        finally:
            running.kill()
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


def _ask(running: "subprocess.Popen[bytes]", **question: object) -> dict[str, Any]:
    """Ask Pagefind's program something, and give its answer."""
    assert running.stdin  # noqa: S101 - for the type checker
    assert running.stdout  # noqa: S101
    words = json.dumps({"message_id": 1, "payload": question})
    said = bytearray()
    with suppress(BrokenPipeError):  # it has ended; that is told below
        running.stdin.write(base64.b64encode(words.encode()) + _END)
        running.stdin.flush()
        while not said.endswith(_END) and (more := os.read(running.stdout.fileno(), _MUCH)):
            said += more
    if not said.endswith(_END):
        raise SearchError(
            f"Pagefind, which makes the search, ended (code {running.wait()}), for want of memory perhaps. Try again."
        )
    answer: dict[str, Any] = json.loads(base64.b64decode(said[: -len(_END)]))["payload"]
    if answer["type"] == "Error":
        raise SearchError(f"Pagefind could not make the search: {answer['message']}")
    return answer


def _program() -> str:
    """Find Pagefind's program; raise SearchError where there is none."""
    with suppress(FileNotFoundError):
        if (program := get_executable()) and os.access(program, os.X_OK):
            return str(program)
    raise SearchError(
        "Pagefind's program, which makes the search, is missing. Install the packages anew: delete .venv and run 'make "
        "ready', or 'pip install --force-reinstall --require-hashes -r requirements.lock' where you use no make."
    )

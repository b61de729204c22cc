"""Serve the form on this computer: its files, its configuration as the branch stands now, and the check in words."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import TypeAlias

from rolebook.form.publish import FormError

Answer: TypeAlias = Callable[[], str]


class FormServer(ThreadingHTTPServer):
    """Serves on 127.0.0.1 alone; `pages` and `checks` are asked anew each time, `files` are read from disk.

    Raises FormError where the port is taken.
    """

    daemon_threads = True

    def __init__(
        self, port: int, files: Mapping[str, Path], pages: Mapping[str, Answer], checks: Mapping[str, Answer]
    ) -> None:
        self.files, self.pages, self.checks = files, pages, checks
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            raise FormError(
                f"Port {port} is in use or cannot be used. Stop what uses it, or choose another with --port."
            ) from error

    @property
    def origin(self) -> str:
        """Give the address that browsers know it by."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FormServer

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the page was left
            super().handle()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        if not self._is_ours():
            return
        if path in self.server.pages:
            self._send(self.server.pages[path]().encode(), _type(f"{path}index.html" if path.endswith("/") else path))
        elif path in self.server.files:
            self._send(self.server.files[path].read_bytes(), _type(path))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        path = self.path.lstrip("/")
        if not self._is_ours():
            return
        if path in self.server.checks:
            self._send(self.server.checks[path]().encode(), "application/json")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _is_ours(self) -> bool:
        """Refuse pages of other sites, which could ask for 127.0.0.1 under a name of their own."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin", self.server.origin)
        if f"http://{host}" == self.server.origin == origin:
            return True
        self.send_error(HTTPStatus.FORBIDDEN)
        return False

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name in the standard library
        """Say nothing of each request."""


def _type(path: str) -> str:
    if path.endswith(".mjs"):
        return "text/javascript; charset=utf-8"
    kind = guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(("text/", "application/json")) else kind


def answer(is_sound: bool, said: str, review: str = "") -> str:
    """Say what came of a check, as the form's script reads it."""
    return json.dumps({"sound": is_sound, "said": said, "review": review}, ensure_ascii=False)

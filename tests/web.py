"""A small web server for built sites, the browser, and what a page did in it."""

import functools
import gzip
import http.server
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from playwright.sync_api import Browser, Page, Playwright, Request

from tests.kit import PROJECT

_COMPRESSED = frozenset({".html", ".css", ".js", ".json", ".svg", ".webmanifest", ".xml"})
_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in _NAMES if (path := shutil.which(name))), "")
"""The installed browser, or nothing."""
NO_CHROMIUM = (
    "No Chromium is installed, so that nothing can be seen in a browser: "
    "install one by its package (chromium or google-chrome), so that it is found on the PATH."
)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Start the installed browser; end the command with what to do where there is none."""
    if not CHROMIUM:
        sys.exit(NO_CHROMIUM)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)


@contextmanager
def form_served(root: Path, *arguments: str) -> Iterator[str]:
    """Run `edit` until whoever asked is done with it; give the address of the form."""
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = [sys.executable, str(PROJECT / "build_roles.py"), "edit", "--no-browser", "--root", str(root), *arguments]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | identity)
    assert running.stdout
    try:
        found = re.search(r"http://\S+", running.stdout.readline())
        assert found
        yield found[0]
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)


@contextmanager
def site_served(root: Path) -> Iterator[str]:
    """Run `serve` on a free port until whoever asked is done with it; give the address of the site."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(PROJECT / "build_roles.py"), "serve", "--root", str(root), "--port", str(port)]
    with (
        (root / "serve.log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as running,
    ):
        assert running.stdout
        assert "Serving on" in running.stdout.readline()
        yield f"http://127.0.0.1:{port}/"
        running.terminate()
        assert "Stopped." in running.communicate(timeout=60)[0]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below a sub-path, compressed and with its 404.html where nothing is found, as static hosts do."""

    def __init__(self, *arguments: object, base: str, **options: object) -> None:
        self.base = base
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base)) if path.startswith(self.base) else "/nowhere"

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        file = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if file.suffix not in _COMPRESSED or not file.is_file() or "gzip" not in self.headers["Accept-Encoding"]:
            return super().send_head()
        content = gzip.compress(file.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def copyfile(self, source: object, outputfile: object) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the page was left
            super().copyfile(source, outputfile)  # type: ignore[type-var]

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def serve_folder(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a folder on a free port; give the address of its root."""
    handler = functools.partial(_Handler, base=base, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()


def _is_left(request: Request) -> bool:
    """Tell whether a request was only cut off because the page was left."""
    return request.failure == "net::ERR_ABORTED"


def watch(page: Page, home: str) -> list[str]:
    """Collect what a page complains of from now on: console errors, failed and third-party requests."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: None if _is_left(request) else complaints.append(f"failed: {request.url}"))
    page.on("response", lambda got: complaints.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
    page.on("request", lambda sent: None if sent.url.startswith((home, "data:")) else complaints.append(sent.url))
    return complaints

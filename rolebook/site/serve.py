"""Serve the site as it is being written: pages are made when asked for, and reload when a file changes.

The server and what reloads the browser are MkDocs' own.
"""

import posixpath
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from rolebook.failures import BuildError
from rolebook.generated import GENERATED, is_generated
from rolebook.site.background import Background
from rolebook.site.finish import NOT_FOUND_FILE
from rolebook.site.policy import without_policy
from rolebook.site.preview import Preview

Say = Callable[[str], None]
OpenPreview = Callable[[Path, str], Preview | None]
Again = Callable[[], Preview | None]
Whole = Callable[[Path, str], Sequence[str]]
_LOOK_SECONDS = 0.1
"""How often is looked whether a file changed; the system's own news do not come from every disk."""
_SETTLE_SECONDS = 0.05
"""How long no further file must have changed."""
_PAGE = '<!doctype html><meta charset="utf-8"><title>Rolebook</title><body style="white-space: pre-wrap">{}</body>'


class _Server(LiveReloadServer):
    """Gives what the preview makes, and the files of a folder where that makes nothing."""

    def __init__(self, preview: Preview, again: Again, host: str, port: int, site: Path, say: Say) -> None:
        super().__init__(self._open_again, host, port, str(site))
        self._preview, self._again, self._say = preview, again, say
        self.error_handler, self.build_delay = self._not_found, _SETTLE_SECONDS

    def _open_again(self) -> None:
        self._preview = self._again() or self._preview

    def server_activate(self) -> None:
        """Begin to listen, and say so only now."""
        super().server_activate()
        self._say(f"Serving on {self.url} – stop with Ctrl-C.")

    def changed(self) -> None:
        """Ask for another preview, and for browsers to show it."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch = self._visible_epoch  # before the page is made: if there is news meanwhile, it is loaded once more
        name = posixpath.normpath(f"{path}index.html" if path.endswith("/") else path).lstrip("/")
        try:
            status, content = "200 OK", self._preview.find(name)
            if content is None and not posixpath.splitext(name)[1] and self._preview.find(f"{name}/index.html"):
                start_response("302 Found", [("Location", f"{quote(path)}/")])
                return []
        except BuildError as error:
            self._say(str(error))
            status, content = "500 Internal Server Error", _PAGE.format(escape(str(error))).encode()
        if content is None:
            return super()._serve_request(environ, start_response)
        if name.endswith(".html"):
            content = self._inject_js_into_html(content, epoch)
        kind = self._guess_type(name)  # type: ignore[no-untyped-call]
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def _not_found(self, code: int) -> bytes | None:
        return self._preview.find(NOT_FOUND_FILE) if code == HTTPStatus.NOT_FOUND else None

    def _inject_js_into_html(self, content: bytes, epoch: float) -> bytes:
        """Let the script run that reloads the page: it differs each time, so that no policy can name it."""
        return bytes(super()._inject_js_into_html(without_policy(content), epoch))  # type: ignore[no-untyped-call]


class _Changes(FileSystemEventHandler):
    """Tells of each change that somebody made by hand."""

    def __init__(self, docs: Path, changed: Callable[[], None]) -> None:
        self._docs, self._changed = docs, changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of a change, unless it is one of our own."""
        paths = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
        if not event.is_directory and not all(map(self._is_ours, paths)):
            self._changed()

    def _is_ours(self, path: Path) -> bool:
        is_below = path.is_relative_to(self._docs)
        return path.name.startswith(".") or (is_below and is_generated(path.relative_to(self._docs).as_posix()))


def serve(root: Path, host: str, port: int, open_preview: OpenPreview, whole: Whole, say: Say) -> bool:
    """Serve until interrupted; give False where there is nothing to serve at first.

    Later mistakes leave the former pages standing, and the findings on the terminal. `whole` is the command that
    builds the whole site into a folder, for an address.
    """
    if not _is_free(host, port):
        say(f"Port {port} is in use. Stop what uses it, or choose another with --port.")
        return False
    with tempfile.TemporaryDirectory(
        prefix="rolebook-", ignore_cleanup_errors=True
    ) as folder:  # someone may still write
        site, url = Path(folder) / "site", f"http://{host}:{port}/"
        first = open_preview(site, url)
        if not first:
            return False
        with Background(whole(site, url), say) as background:

            def open_again() -> Preview | None:
                if preview := open_preview(site, url):
                    background.begin()
                else:
                    say("The pages are as they were. Mend this and save the file: they will follow by themselves.")
                return preview

            server = _Server(first, open_again, host, port, site, say)

            def changed() -> None:
                background.stop()  # at once, so that the page need not wait for it
                server.changed()

            with _watched(root, changed):
                try:
                    server.serve()  # type: ignore[no-untyped-call]
                except KeyboardInterrupt:
                    say("Stopped.")
                finally:
                    server.shutdown()
    return True


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


@contextmanager
def _watched(root: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Watch a knowledge base."""
    observer, changes = PollingObserver(timeout=_LOOK_SECONDS), _Changes(root / "docs", changed)
    for path, is_deep in _folders(root):
        observer.schedule(changes, str(path), recursive=is_deep)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()


def _folders(root: Path) -> Iterator[tuple[Path, bool]]:
    """Give the folders to watch, and whether with all below; generated folders change by our own hand."""
    for name in ("roles", "locales", "overrides"):
        if (root / name).is_dir():
            yield root / name, True
    for folder in sorted((root / "docs").iterdir()):
        if not folder.is_dir():
            continue
        yield folder, False
        for inner in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in GENERATED):
            yield inner, True

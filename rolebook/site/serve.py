"""Serve the site, build it anew when a file changes, and reload the browser, with MkDocs' own server."""

import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from rolebook.addresses import GENERATED
from rolebook.site.policy import without_policy

Rebuild = Callable[[Path, str], bool]
Say = Callable[[str], None]


class _Server(LiveReloadServer):
    """Says where it serves as soon as it listens, and not before."""

    announce: Callable[[], None]

    def server_activate(self) -> None:
        """Begin to listen."""
        super().server_activate()
        self.announce()

    def _inject_js_into_html(self, content: bytes, epoch: float) -> bytes:
        """Let the script run that reloads the page: it differs each time, so that no policy can name it."""
        return bytes(super()._inject_js_into_html(without_policy(content), epoch))  # type: ignore[no-untyped-call]


def serve(root: Path, host: str, port: int, rebuild: Rebuild, say: Say) -> bool:
    """Serve until interrupted; give False where the first build fails.

    A later build that fails leaves the former site standing, and the findings on the terminal.
    """
    with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
        site = Path(folder) / "site"
        url = f"http://{host}:{port}/"
        if not _is_free(host, port):
            say(f"Port {port} is in use. Stop what uses it, or choose another with --port.")
            return False
        if not rebuild(site, url):
            return False

        def build_again() -> None:
            if not rebuild(site, url):
                say("The pages are as they were. Mend this and save the file: they will follow by themselves.")

        server = _Server(build_again, host, port, str(site))
        server.announce = lambda: say(f"Serving on {url} – stop with Ctrl-C.")
        server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
        for path, is_deep in _watched(root):
            server.watch(str(path), recursive=is_deep)
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


def _watched(root: Path) -> Iterator[tuple[Path, bool]]:
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

"""Commands that make the site: render, build, serve."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from rolebook.cli.command import Command
from rolebook.cli.failing import FAILURES, words_of
from rolebook.cli.reading import loaded_and_told
from rolebook.cli.stopping import stop_tidily
from rolebook.cli.terminal import FINE, FOUND, complain, progress, say, written_words
from rolebook.loading import load_side_by_side
from rolebook.lock import LOCK, alone
from rolebook.pipeline import build, open_preview, render
from rolebook.site.configuration import read_settings
from rolebook.site.preview import Preview
from rolebook.site.serve import serve
from rolebook.site.swap import need_site_or_nothing
from rolebook.write import clear_unfinished


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Be the only one that writes, where all is tidy."""
    with alone(root, complain):
        clear_unfinished(root / LOCK.parent)
        yield


def _render(root: Path, parsed: Namespace) -> int:
    with _alone(root):
        loaded = loaded_and_told(root, load_side_by_side)
        if not loaded.is_sound:
            return FOUND
        say(written_words("pages", render(loaded, read_settings(root))))
    return FINE


def _build_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--into", type=Path, metavar="DIR", help="where to put the site (default: site/)")
    parser.add_argument("--site-url", default="", metavar="URL", help="the address it will have (default: mkdocs.yml)")


def _build(root: Path, parsed: Namespace) -> int:
    site = parsed.into.resolve() if parsed.into else root / "site"
    if parsed.into:
        need_site_or_nothing(site)
    with _alone(root):  # who waited builds what is there by then
        loaded = loaded_and_told(root, load_side_by_side)
        if not loaded.is_sound:
            return FOUND
        written = build(loaded, site, progress, parsed.site_url)
    say(f"{written_words('pages', written)} The site is in {site}.")
    return FINE


def _serve_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="on which port (default: 8000)")


def _serve(root: Path, parsed: Namespace) -> int:
    def preview(site: Path, site_url: str) -> Preview | None:
        try:
            loaded = loaded_and_told(root)
            return open_preview(loaded, site, site_url) if loaded.is_sound else None
        except FAILURES as failure:
            complain(words_of(failure))
            return None

    def whole(site: Path, site_url: str) -> list[str]:
        asked = {"--root": str(root), "--into": str(site), "--site-url": site_url}
        return [sys.executable, sys.argv[0], "build", *chain.from_iterable(asked.items())]

    stop_tidily()
    return FINE if serve(root, parsed.host, parsed.port, preview, whole, say) else FOUND


RENDER = Command("render", "Write the Markdown pages below docs/.", _render)
BUILD = Command(
    "build", "Render, build the site with MkDocs, check its links, and put it into site/.", _build, _build_arguments
)
SERVE = Command(
    "serve", "Show the site while you write: pages follow as soon as a file is saved.", _serve, _serve_arguments
)

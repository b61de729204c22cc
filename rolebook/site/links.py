"""Check every link, source and anchor of a built site, page by page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

_ATTRIBUTES = (("[href]", "href"), ("[src]", "src"))
_OUTSIDE = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, order=True, slots=True)
class DeadLink:
    """A link that leads nowhere."""

    page: str
    target: str
    reason: str


def dead_links(site: Path, site_url: str) -> list[DeadLink]:
    """Find all links of a built site whose file or anchor does not exist, and ids that stand twice in a page."""
    base = urlsplit(site_url).path or "/"
    pages = {page.relative_to(site).as_posix(): _Page(page.read_text("utf-8")) for page in site.rglob("*.html")}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return sorted(set(_dead(pages, files, base)))


class _Page:
    """The links and the anchors of one page."""

    def __init__(self, html: str) -> None:
        tree = LexborHTMLParser(html)
        self.targets = {
            str(node.attributes.get(name) or "") for selector, name in _ATTRIBUTES for node in tree.css(selector)
        }
        self.ids = Counter(str(node.attributes.get("id") or "") for node in tree.css("[id]"))
        self.twice = sorted(name for name, count in self.ids.items() if count > 1)


def _dead(pages: dict[str, _Page], files: set[str], base: str) -> Iterator[DeadLink]:
    for name, page in pages.items():
        for anchor in page.twice:
            yield DeadLink(name, f"#{anchor}", "this id stands twice in the page")
        for target in page.targets:
            reason = _reason(name, target, pages, files, base)
            if reason:
                yield DeadLink(name, target, reason)


def _reason(name: str, target: str, pages: dict[str, _Page], files: set[str], base: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return "this is no address"
    if parts.scheme in _OUTSIDE:
        return ""
    if parts.scheme or parts.netloc:
        return "no address of this kind is expected"
    file = _file(name, unquote(parts.path), base)
    if file is None:
        return "it leads out of the site"
    if file not in files:
        return "there is no such page or file"
    anchor = unquote(parts.fragment)
    is_route = anchor.startswith("/")  # a view of the form, which its script shows
    if anchor and not is_route and file in pages and anchor not in pages[file].ids:
        return "the page has no such anchor"
    return ""


def _file(name: str, path: str, base: str) -> str | None:
    """Give the file a path leads to, relative to the site; None where it leaves the site."""
    if not path:
        return name
    if path.startswith("/"):
        if not path.startswith(base):
            return None
        joined = path[len(base) :]
    else:
        joined = f"{name.rpartition('/')[0]}/{path}".lstrip("/")
    resolved = normpath(joined) if joined else "."
    if resolved.startswith(".."):
        return None
    if path.endswith("/") or resolved == "." or path.rpartition("/")[2] in (".", ".."):
        return "index.html" if resolved == "." else f"{resolved}/index.html"
    return resolved

"""Check every link, source and anchor of a built site, while its pages are made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

_ATTRIBUTES = (("[href]", "href"), ("[src]", "src"))
_OUTSIDE = frozenset({"http", "https", "mailto"})
_NO_ANCHOR = "the page has no such anchor"
Goal = tuple[str, str]
"""What a link leads to: a file of the site, and an anchor in it or nothing."""


@dataclass(frozen=True, order=True, slots=True)
class DeadLink:
    """A link that leads nowhere."""

    page: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What one page leads to, and the anchors it has."""

    anchors: tuple[str, ...]
    goals: tuple[Goal, ...]
    dead: tuple[tuple[str, str], ...] = ()
    """Targets that cannot be right wherever they lead, each with what is wrong."""


def read_links(name: str, html: LexborHTMLParser, base: str) -> PageLinks:
    """Read a page of the site, by its file; `base` is the path at which the site stands."""
    ids = Counter(str(node.attributes.get("id") or "") for node in html.css("[id]"))
    dead = [(f"#{anchor}", "this id stands twice in the page") for anchor, count in ids.items() if count > 1]
    targets = {str(node.attributes.get(key) or "") for css, key in _ATTRIBUTES for node in html.css(css)}
    goals = []
    for target in sorted(targets):
        goal = _goal(name, target, base)
        if isinstance(goal, str):
            dead.append((target, goal))
        elif goal:
            goals.append(goal)
    return PageLinks(tuple(ids), tuple(goals), tuple(dead))


def _goal(name: str, target: str, base: str) -> Goal | str | None:
    """Give what a link leads to; None where that is another site, and where it cannot be right, what is wrong."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "this is no address"
    if parts.scheme in _OUTSIDE:
        return None
    if parts.scheme or parts.netloc:
        return "no address of this kind is expected"
    file = _file(name, unquote(parts.path), base)
    return (file, unquote(parts.fragment)) if file is not None else "it leads out of the site"


class Links:
    """What the pages of a tree lead to, and the anchors they have."""

    def __init__(self) -> None:
        self._anchors: dict[str, frozenset[str]] = {}
        self._wanted: dict[Goal, list[str]] = defaultdict(list)
        self._dead: list[DeadLink] = []

    def add(self, name: str, links: PageLinks) -> None:
        """Take in what was read of a page."""
        self._anchors[name] = frozenset(links.anchors)
        self._dead += [DeadLink(name, target, reason) for target, reason in links.dead]
        for goal in links.goals:
            self._wanted[goal].append(name)

    def settle(self) -> "Settled":
        """Tell which links are dead, and which lead to what is not among the pages that were read."""
        inside = {goal: pages for goal, pages in self._wanted.items() if goal[0] in self._anchors}
        dead = (_dead(goal, pages, _NO_ANCHOR) for goal, pages in inside.items() if not self._has(goal))
        outside = {goal: tuple(pages) for goal, pages in self._wanted.items() if goal not in inside}
        return Settled((*self._dead, *chain.from_iterable(dead)), outside)

    def _has(self, goal: Goal) -> bool:
        file, anchor = goal
        return not _is_anchor(anchor) or anchor in self._anchors[file]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found of the links of a tree, without its pages."""

    dead: tuple[DeadLink, ...]
    outside: Mapping[Goal, tuple[str, ...]]
    """The pages that lead to something which is not in the tree."""


def links_of(site: Path, names: Iterable[str], site_url: str) -> Settled:
    """Read pages of a built site, and give what they link to."""
    links, base = Links(), base_of(site_url)
    for name in names:
        links.add(name, read_links(name, LexborHTMLParser((site / name).read_text("utf-8")), base))
    return links.settle()


def base_of(site_url: str) -> str:
    """Give the path at which a site stands."""
    return urlsplit(site_url).path or "/"


def dead_links(site: Path, trees: Iterable[Settled]) -> list[DeadLink]:
    """Give all links of a whole site whose file or anchor does not exist, and ids that stand twice in a page."""
    return sorted({one for tree in trees for one in (*tree.dead, *_dead_outside(site, tree.outside))})


def _dead_outside(site: Path, outside: Mapping[Goal, tuple[str, ...]]) -> Iterator[DeadLink]:
    for goal, pages in outside.items():
        file, anchor = goal
        if not (site / file).is_file():
            yield from _dead(goal, pages, "there is no such page or file")
        elif file.endswith(".html") and _is_anchor(anchor) and anchor not in _anchors(site / file):
            yield from _dead(goal, pages, _NO_ANCHOR)


def _dead(goal: Goal, pages: Iterable[str], reason: str) -> Iterator[DeadLink]:
    file, anchor = goal
    target = f"/{file.removesuffix('index.html')}{'#' if anchor else ''}{anchor}"
    return (DeadLink(page, target, reason) for page in pages)


def _anchors(page: Path) -> set[str]:
    return {str(node.attributes["id"]) for node in LexborHTMLParser(page.read_text("utf-8")).css("[id]")}


def _is_anchor(name: str) -> bool:
    """Tell whether a link leads into a page, not to a view of the form, which its script shows."""
    return bool(name) and not name.startswith("/")


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

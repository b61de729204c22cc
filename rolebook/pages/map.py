"""Maps of moves: inline SVG laid out here, with a real link for every role."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import commonprefix
from unicodedata import east_asian_width

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.ladders import Step
from rolebook.layout import Edge, Layout, Node, lay_out
from rolebook.pages.page import Texts
from rolebook.pages.parts import role_link
from rolebook.schema import Level, Model, Role, Track

LANES = (Track.INDIVIDUAL, Track.MANAGEMENT, Track.SPECIALIST)
"""The tracks from the side where reading begins."""

# Lengths are in pixels at the size the map is read; letters are told in ems of its type.
FONT = 13
LINE = 15
BOX_HEIGHT = 70
ROW = 126
EDGE_OF_MAP = 8
LABELS = 104
NARROWEST, WIDEST = 146, 196
PADDING = 13
MAX_LINES = 4
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\u3040-\u30ff\u3400-\u9fff]+")  # a line may end beside such signs
ENTRY = 27


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its baseline."""

    words: Markup
    y: float


@dataclass(frozen=True, slots=True)
class RowView:
    """A level: its band across the map and its label."""

    href: Markup
    y: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BoxView:
    """A role: a link around a shape that tells the track, and its title in lines."""

    id: str
    href: Markup
    title: Markup
    shape: Markup
    x: float
    lines: tuple[Line, ...]
    track: str
    foreign: Markup
    is_here: bool
    is_outside: bool
    entry: Markup | None
    """The line of a way in that needs no experience."""


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A move, or two that answer each other, as the path of a line."""

    start: str
    end: str
    kind: str
    path: Markup
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """A map: lengths in pixels."""

    label: Markup
    width: float
    height: float
    label_x: float
    rows: tuple[RowView, ...]
    edges: tuple[EdgeView, ...]
    boxes: tuple[BoxView, ...]


def whole_map(texts: Texts) -> MapView:
    """Draw all roles with all moves."""
    ladders = texts.book.ladders
    return _draw(texts, ladders.roles, ladders.steps, texts.label("map.all"))


def family_map(texts: Texts, family: str) -> MapView:
    """Draw the roles of a family with the roles of others that moves join them to."""
    ladders = texts.book.ladders
    steps = tuple(step for step in ladders.steps if family in (step.start.family, step.end.family))
    near = {role.id for step in steps for role in (step.start, step.end)}
    roles = tuple(role for role in ladders.roles if role.family == family or role.id in near)
    outside = {role.id for role in roles if role.family != family}
    return _draw(texts, roles, steps, texts.label("map.family"), outside=outside)


def role_map(texts: Texts, role: Entry[Role]) -> MapView | None:
    """Draw what is one move back and up to two moves ahead of a role; None where no move touches it."""
    ladders = texts.book.ladders
    roles = ladders.around(role.id)
    ahead = {step.end.id for step in ladders.out_of[role.id]}
    steps = (*ladders.into[role.id], *ladders.out_of[role.id])
    further = (step for one in roles if one.id in ahead for step in ladders.out_of[one.id])
    steps += tuple(step for step in further if step.end.id not in {*ahead, role.id})
    shown = {step.start.id for step in steps} | {step.end.id for step in steps}
    roles = tuple(one for one in roles if one.id in shown)
    return _draw(texts, roles, steps, texts.label("map.role"), here=role.id) if roles else None


def _draw(
    texts: Texts,
    roles: Iterable[Entry[Role]],
    steps: Iterable[Step],
    label: Markup,
    *,
    here: str = "",
    outside: Collection[str] = (),
) -> MapView:
    roles, steps = tuple(roles), tuple(steps)
    kinds = {(step.start.id, step.end.id): step.move.kind for step in steps}
    mutual = {(start, end) for (start, end), kind in kinds.items() if start < end and kinds.get((end, start)) is kind}
    steps = tuple(step for step in steps if (step.end.id, step.start.id) not in mutual)  # one line says both
    levels = sorted({role.model.level for role in roles}, reverse=True)
    rows = {role.id: levels.index(role.model.level) for role in roles}
    layout = lay_out(
        [Node(role.id, rows[role.id], LANES.index(role.model.track)) for role in roles],
        [(step.start.id, step.end.id) for step in steps],
    )
    frame = _Frame(texts, layout, rows, _box_width(texts, roles))
    return MapView(
        label,
        frame.width,
        len(levels) * ROW,
        frame.label_x,
        tuple(_row(texts, frame, row, level) for row, level in enumerate(levels)),
        tuple(_edges(frame, steps, mutual)),
        tuple(_box(texts, frame, role, role.id == here, role.id in outside) for role in roles),
    )


class _Frame:
    """Turns places of the layout into pixels, mirrored where reading begins on the right."""

    def __init__(self, texts: Texts, layout: Layout, rows: Mapping[str, int], box_width: float) -> None:
        self.layout = layout
        self.rows = rows
        self.box_width = box_width
        self.is_mirrored = texts.language.direction == "rtl"
        self.width = round(LABELS + layout.width * box_width + 2 * EDGE_OF_MAP)

    def x(self, place: float) -> float:
        """Give the pixel of a place."""
        x = LABELS + EDGE_OF_MAP + place * self.box_width
        return round(self.width - x if self.is_mirrored else x, 1)

    @property
    def label_x(self) -> float:
        """Give where labels of rows begin."""
        return self.width - EDGE_OF_MAP if self.is_mirrored else EDGE_OF_MAP

    def middle(self, role: str) -> float:
        """Give the middle of a role's box."""
        return self.x(self.layout.places[role])

    def y(self, row: int) -> float:
        """Give the middle of a row."""
        return row * ROW + ROW / 2

    def bends(self, edge: Edge) -> list[tuple[float, float]]:
        """Give the bends of an edge, row by row."""
        return [(self.x(place), self.y(row)) for row, place in self.layout.bends.get(edge, ())]


@dataclass(frozen=True, slots=True)
class _Titles:
    """Titles that are looked up only where a word of one must be broken."""

    texts: Texts
    entries: Iterable[Entry[Model]]

    def __iter__(self) -> Iterator[str]:
        return (self.texts.bare(entry, "title") for entry in self.entries)


def _row(texts: Texts, frame: _Frame, row: int, number: int) -> RowView:
    level: Entry[Level] = texts.book.catalog.levels[str(number)]
    title = texts.bare(level, "title")
    levels = texts.book.catalog.levels.values()
    titles = _Titles(texts, levels)
    lines = [texts.language.number(number), *_wrapped(title, (LABELS - 10) / FONT, titles)]
    top = frame.y(row) - (len(lines) - 1) * LINE / 2 + FONT / 3
    return RowView(
        texts.resolve(f"/levels/#level-{level.id}"),
        row * ROW,
        ROW,
        tuple(Line(markup.plain(line), round(top + index * LINE, 1)) for index, line in enumerate(lines)),
    )


def _box(texts: Texts, frame: _Frame, role: Entry[Role], is_here: bool, is_outside: bool) -> BoxView:
    x, y = frame.middle(role.id), frame.y(frame.rows[role.id])
    titles = _Titles(texts, texts.book.ladders.roles)
    lines = _wrapped(texts.bare(role, "title"), (frame.box_width - 2 * PADDING) / FONT, titles)
    top = y - (len(lines) - 1) * LINE / 2 + FONT / 3
    link = role_link(texts, role)
    is_own = texts.is_own(role, "title")
    foreign = Markup("") if is_own else Markup(' lang="{}"').format(role.language)
    is_open = any(route.months[1] == 0 for route in role.model.entry_routes)
    corner = frame.box_width / 2 - 18
    left, low = round(x + (corner if frame.is_mirrored else -corner), 1), y + BOX_HEIGHT / 2
    entry = Markup("M{} {}V{}").format(left, low + ENTRY, low + 7) if is_open else None
    return BoxView(
        role.id,
        link.href,
        texts.unmarked(role, "title"),
        _shape(role.model.track, x, y, frame.box_width - 8),
        x,
        tuple(Line(markup.plain(line), round(top + index * LINE, 1)) for index, line in enumerate(lines)),
        role.model.track.value,
        foreign,
        is_here,
        is_outside,
        entry,
    )


def _shape(track: Track, x: float, y: float, width: float) -> Markup:
    """Outline a box: round corners for individual work, square for management, cut for a speciality."""
    left, right, top, bottom = (
        round(v, 1) for v in (x - width / 2, x + width / 2, y - BOX_HEIGHT / 2, y + BOX_HEIGHT / 2)
    )
    match track:
        case Track.MANAGEMENT:
            path = f"M{left} {top}H{right}V{bottom}H{left}Z"
        case Track.SPECIALIST:
            path = (
                f"M{left + 10} {top}H{right - 10}L{right} {top + 10}V{bottom - 10}L{right - 10} {bottom}"
                f"H{left + 10}L{left} {bottom - 10}V{top + 10}Z"
            )
        case Track.INDIVIDUAL:
            corners = (f"a14 14 0 0 1 {x_} {y_}" for x_, y_ in ((14, 14), (-14, 14), (-14, -14), (14, -14)))
            a, b, c, d = corners
            path = f"M{left + 14} {top}H{right - 14}{a}V{bottom - 14}{b}H{left + 14}{c}V{top + 14}{d}Z"
    return markup.address(path)


def _edges(frame: _Frame, steps: tuple[Step, ...], mutual: Collection[Edge]) -> Iterable[EdgeView]:
    ports = _ports(frame, steps)
    for step in steps:
        start, end = edge = (step.start.id, step.end.id)
        if frame.rows[start] == frame.rows[end]:
            path = _level_path(frame, start, end)
        else:
            path = _steep_path(frame, edge, *ports[edge])
        yield EdgeView(start, end, step.move.kind.value, markup.address(path), edge in mutual)


def _ports(frame: _Frame, steps: tuple[Step, ...]) -> dict[Edge, tuple[float, float]]:
    """Spread the ends of lines along the sides of boxes, in the order of what they lead to."""
    sides: dict[tuple[str, bool], list[tuple[float, Edge, int]]] = {}
    for step in steps:
        edge = (step.start.id, step.end.id)
        start, end = frame.rows[edge[0]], frame.rows[edge[1]]
        if start == end:
            continue
        points = [(frame.middle(edge[0]), 0.0), *frame.bends(edge), (frame.middle(edge[1]), 0.0)]
        sides.setdefault((edge[0], start > end), []).append((points[1][0], edge, 0))
        sides.setdefault((edge[1], end > start), []).append((points[-2][0], edge, 1))
    ports: dict[Edge, list[float]] = {}
    for (role, _), ends in sides.items():
        room = min(frame.box_width * 0.62, 16.0 * (len(ends) - 1))
        for index, (_, edge, side) in enumerate(sorted(ends)):
            offset = room * (index / (len(ends) - 1) - 0.5) if len(ends) > 1 else 0.0
            ports.setdefault(edge, [0.0, 0.0])[side] = round(frame.middle(role) + offset, 1)
    return {edge: (start, end) for edge, (start, end) in ports.items()}


def _steep_path(frame: _Frame, edge: Edge, start_x: float, end_x: float) -> str:
    """Draw a line between rows, straight past the boxes it bends around."""
    up = -1 if frame.rows[edge[0]] > frame.rows[edge[1]] else 1
    half = up * BOX_HEIGHT / 2
    x, y = start_x, frame.y(frame.rows[edge[0]]) + half
    parts = [f"M{x} {y}"]
    bends = [*frame.bends(edge), (end_x, frame.y(frame.rows[edge[1]]))]
    for index, (next_x, middle) in enumerate(bends):
        near = middle - half - (up * 7 if index == len(bends) - 1 else 0)  # room for the arrow
        half_way = (y + near) / 2
        parts.append(f"C{x} {half_way} {next_x} {half_way} {next_x} {near}")
        x, y = next_x, middle + half
        if index < len(bends) - 1:
            parts.append(f"V{y}")
    return "".join(parts)


def _level_path(frame: _Frame, start: str, end: str) -> str:
    """Draw a line within a row: straight between neighbours, below the boxes between others."""
    row, y = frame.rows[start], frame.y(frame.rows[start])
    a, b = frame.middle(start), frame.middle(end)
    toward = 1 if b > a else -1
    between = [role for role, at in frame.rows.items() if at == row and min(a, b) < frame.middle(role) < max(a, b)]
    half = frame.box_width / 2 - 4
    if not between:
        return f"M{round(a + toward * (half + 7), 1)} {y}H{round(b - toward * (half + 7), 1)}"
    low = y + BOX_HEIGHT / 2
    a, b = round(a + toward * half * 0.5, 1), round(b - toward * half * 0.5, 1)
    return f"M{a} {low + 7}C{a} {low + 30} {b} {low + 30} {b} {low + 7}"


def _box_width(texts: Texts, roles: Iterable[Entry[Role]]) -> float:
    """Give the width at which the longest word of all titles fits, within bounds."""
    words = [word for role in roles for word in texts.bare(role, "title").split()]
    longest = max((_ems(piece) for word in words for piece in _HAN.findall(word)), default=0.0)
    return min(max(NARROWEST, round(longest * FONT) + 2 * PADDING + 8), WIDEST)


@lru_cache(maxsize=10_000)
def _ems(text: str) -> float:
    """Estimate the width of a text in a sans-serif, from the kinds of its letters."""
    return sum(_em(sign) for sign in text)


def _em(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.0
    if sign in "iljtfrI.,'’ -·":
        return 0.32
    if sign in "mwMWшщжюыфмШЩЖЮЫФМ":
        return 0.85
    return 0.68 if sign.isupper() else 0.57


def _wrapped(text: str, ems: float, titles: Iterable[str]) -> tuple[str, ...]:
    """Break a title into lines of a width: at spaces, in Chinese anywhere, inside a word only where it must."""
    lines: list[str] = []
    for piece in _pieces(text, ems, titles):
        if lines and _ems(lines[-1] + piece) <= ems:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], f"{lines[MAX_LINES - 1].rstrip()}…"]
    return tuple(line.rstrip() for line in lines)


def _pieces(text: str, ems: float, titles: Iterable[str]) -> Iterable[str]:
    """Cut a title into pieces between which a line may end; a space before a piece belongs to it."""
    for word in text.split():
        space = " "
        for piece in _HAN.findall(word):
            rest = piece
            while _ems(rest) > ems:
                end = min(rest.find("-", 1) + 1 or _end_of_stem(rest, titles), max(1, int(ems / 0.62)))
                yield f"{space}{rest[:end].removesuffix('-')}-"
                space, rest = "", rest[end:]
            yield f"{space}{rest}"
            space = ""


def _end_of_stem(word: str, titles: Iterable[str]) -> int:
    """Find where a long word may be broken: after the beginning that most words of the titles share, or in the middle.

    Compounds of Finnish and Danish titles begin alike; no library at hand knows how to hyphenate Finnish.
    """
    others = {other.casefold() for title in titles for other in title.split()} - {word.casefold()}
    shared = Counter(commonprefix([word.casefold(), other]) for other in sorted(others))
    stems = [stem for stem, _ in shared.most_common() if 4 <= len(stem) <= len(word) - 4]
    return len(stems[0]) if stems else len(word) // 2 + 1

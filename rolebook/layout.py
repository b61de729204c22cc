"""Lay out a graph in given rows: an order with few crossings, then places with short lines.

Sugiyama's way with the rows fixed: lines over several rows get a bend in each, rows are ordered by barycentres, and
places are the least squares that keep the order. Lanes never mix within a row. Knows nothing of roles and drawing;
lengths are in widths of a node.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import TypeAlias

SWEEPS = 24
BEND_WIDTH = 0.25

Edge: TypeAlias = tuple[str, str]
Vertex: TypeAlias = str | tuple[str, str, int]  # a node's name, or an edge with the row that it bends in


@dataclass(frozen=True, slots=True)
class Node:
    """A node with the row and the lane it must stand in; rows count from the top, lanes from the left."""

    name: str
    row: int
    lane: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each node, and for each edge over several rows its bends, row by row from the start."""

    width: float
    places: Mapping[str, float]
    bends: Mapping[Edge, tuple[tuple[int, float], ...]]


def lay_out(nodes: Sequence[Node], edges: Iterable[Edge], *, gap: float = 0.12) -> Layout:
    """Place nodes and bends; edges within one row take no part."""
    rows = {node.name: node.row for node in nodes}
    vertical = [(start, end) for start, end in edges if rows[start] != rows[end]]
    lanes: dict[Vertex, float] = {node.name: node.lane for node in nodes}
    order: dict[int, list[Vertex]] = defaultdict(list)
    for node in nodes:
        order[node.row].append(node.name)
    neighbours: dict[Vertex, list[Vertex]] = defaultdict(list)
    for edge in vertical:
        for before, after in pairwise(_chain(edge, rows)):
            neighbours[before].append(after)
            neighbours[after].append(before)
        for bend in _chain(edge, rows)[1:-1]:
            lanes[bend] = (lanes[edge[0]] + lanes[edge[1]]) / 2
            order[int(bend[2])].append(bend)
    ordered = _ordered(dict(sorted(order.items())), neighbours, lanes)
    x = _placed(ordered, neighbours, gap)
    left = min(min(x[name] for name in rows) - 0.5, min(x.values()))
    right = max(max(x[name] for name in rows) + 0.5, max(x.values()))
    return Layout(
        width=right - left,
        places={name: x[name] - left for name in rows},
        bends={edge: tuple((int(bend[2]), x[bend] - left) for bend in _chain(edge, rows)[1:-1]) for edge in vertical},
    )


def _chain(edge: Edge, rows: Mapping[str, int]) -> list[Vertex]:
    """Give an edge as its start, a bend in every row between, and its end."""
    start, end = rows[edge[0]], rows[edge[1]]
    between = range(start + 1, end) if start < end else range(start - 1, end, -1)
    return [edge[0], *((*edge, row) for row in between), edge[1]]


def _ordered(
    order: dict[int, list[Vertex]], neighbours: Mapping[Vertex, list[Vertex]], lanes: Mapping[Vertex, float]
) -> dict[int, list[Vertex]]:
    """Sort each row by lane and barycentre, down and up in turn, and keep the order with the fewest crossings."""
    row_of = {vertex: row for row, vertices in order.items() for vertex in vertices}
    order = {row: sorted(vertices, key=lambda vertex: lanes[vertex]) for row, vertices in order.items()}
    best, fewest = order, _crossings(order, neighbours, row_of)
    for sweep in range(SWEEPS):
        step = 1 if sweep % 2 else -1
        for row in list(order)[::step]:
            at = {vertex: place for vertices in order.values() for place, vertex in enumerate(vertices)}
            middle = {
                vertex: fmean(
                    [at[other] for other in neighbours[vertex] if (row_of[other] < row) == (step > 0)] or [at[vertex]]
                )
                for vertex in order[row]
            }
            order = {**order, row: sorted(order[row], key=lambda vertex: (lanes[vertex], middle[vertex]))}
        crossings = _crossings(order, neighbours, row_of)
        if crossings < fewest:
            best, fewest = order, crossings
    return best


def _crossings(
    order: Mapping[int, list[Vertex]], neighbours: Mapping[Vertex, list[Vertex]], row_of: Mapping[Vertex, int]
) -> int:
    """Count how often lines between neighbouring rows cross."""
    at = {vertex: place for vertices in order.values() for place, vertex in enumerate(vertices)}
    count = 0
    for row, vertices in order.items():
        passed: list[int] = []
        for vertex in vertices:
            for end in sorted(at[other] for other in neighbours[vertex] if row_of[other] > row):
                count += len(passed) - bisect_right(passed, end)
                insort(passed, end)
    return count


def _placed(
    order: Mapping[int, list[Vertex]], neighbours: Mapping[Vertex, list[Vertex]], gap: float
) -> dict[Vertex, float]:
    """Draw every vertex to the middle of its neighbours, without changing the order or letting any overlap."""
    x: dict[Vertex, float] = {}
    offsets: dict[int, list[float]] = {}
    for row, vertices in order.items():
        offsets[row] = _offsets(vertices, gap)
        x |= {vertex: offset - offsets[row][-1] / 2 for vertex, offset in zip(vertices, offsets[row], strict=True)}
    for sweep in range(SWEEPS):
        for row in list(order)[:: 1 if sweep % 2 else -1]:
            wanted = [
                fmean([x[other] for other in neighbours[vertex]] or [x[vertex]]) - offset
                for vertex, offset in zip(order[row], offsets[row], strict=True)
            ]
            places = zip(_rising(wanted), offsets[row], strict=True)
            x |= dict(zip(order[row], (place + offset for place, offset in places), strict=True))
    return x


def _offsets(vertices: Sequence[Vertex], gap: float) -> list[float]:
    """Give each vertex of a row its least distance from the first one."""
    offsets = [0.0]
    for left, right in pairwise(vertices):
        offsets.append(offsets[-1] + (_width(left) + _width(right)) / 2 + gap)
    return offsets


def _width(vertex: Vertex) -> float:
    return 1.0 if isinstance(vertex, str) else BEND_WIDTH


def _rising(wanted: Sequence[float]) -> list[float]:
    """Give the rising numbers that differ least from those wanted, by pooling neighbours that fall."""
    pools: list[tuple[float, int]] = []
    for value in wanted:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (left, few), (right, more) = pools[-2:]
            pools[-2:] = [((left * few + right * more) / (few + more), few + more)]
    return [value for value, count in pools for _ in range(count)]

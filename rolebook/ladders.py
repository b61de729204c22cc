"""The arithmetic of careers: what a move asks for, and which paths moves make.

Moves are curated; the overlap of skills explains a move and never invents one. A gap is counted in steps: from
awareness to practitioner are two, a skill that was not asked for before begins at nought. Roles that are no longer
used take no part.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import igraph

from rolebook.catalog import Catalog, Entry
from rolebook.schema import Move, MoveKind, Proficiency, RequiredSkill, Role, Status

# A path is chosen by one figure, then by another, then by a third: each outweighs all that follows on a path of up to
# 40 moves, and the sums stay whole numbers in floating point (2**53).
_FIRST, _SECOND = 10**9, 10**4
_UNTOLD = 100  # more steps than any real move has, so that no path seems easy because a draft on it says nothing


@dataclass(frozen=True)
class Step:
    """A move between two roles that both exist; `index` is its place in the list of the first one."""

    start: Entry[Role]
    end: Entry[Role]
    move: Move
    index: int

    @property
    def is_told(self) -> bool:
        """Tell whether both roles say what skills they ask for; drafts may not."""
        return bool(self.start.model.skills and self.end.model.skills)

    @cached_property
    def gap(self) -> "Gap":
        """Compare what its two roles ask for, once for all pages in all languages."""
        return gap(self.start.model, self.end.model)


@dataclass(frozen=True, slots=True)
class Change:
    """A skill of which two roles ask unlike much; None where one of them does not ask for it."""

    skill: str
    before: Proficiency | None
    after: Proficiency | None

    @property
    def steps(self) -> int:
        """Count the steps up, or down below nought."""
        return _rank(self.after) - _rank(self.before)


@dataclass(frozen=True, slots=True)
class Gap:
    """What changes from one role to another: skills in the order of the role asked for, then of the one left."""

    rises: tuple[Change, ...]
    new: tuple[Change, ...]
    lower: tuple[Change, ...]
    dropped: tuple[Change, ...]

    @property
    def steps(self) -> int:
        """Count all steps up: how much there is to learn."""
        return sum(change.steps for change in (*self.rises, *self.new))


NO_GAP = Gap((), (), (), ())


def _rank(proficiency: Proficiency | None) -> int:
    return proficiency.rank if proficiency else 0


def gap(start: Role, end: Role) -> Gap:
    """Compare what two roles ask for."""
    had = {skill.skill: skill.proficiency for skill in start.skills}
    asked = {skill.skill: skill.proficiency for skill in end.skills}
    changes = tuple(Change(skill, had.get(skill), asked.get(skill)) for skill in {**asked, **had})
    return Gap(
        rises=tuple(change for change in changes if change.before and change.steps > 0),
        new=tuple(change for change in changes if not change.before),
        lower=tuple(change for change in changes if change.after and change.steps < 0),
        dropped=tuple(change for change in changes if not change.after),
    )


def steps_from(catalog: Catalog, role: Entry[Role]) -> Iterator[Step]:
    """Go through the moves out of a role, in the order of its file."""
    if role.model.status is Status.DEPRECATED:
        return
    for index, move in enumerate(role.model.moves):
        end = catalog.roles.get(move.to)
        if end and end.id != role.id and end.model.status is not Status.DEPRECATED:
            yield Step(role, end, move, index)


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of moves, at least one."""

    steps: tuple[Step, ...]

    @property
    def roles(self) -> tuple[Entry[Role], ...]:
        """Give the roles on the way, the first one included."""
        return (self.steps[0].start, *(step.end for step in self.steps))

    @property
    def skill_steps(self) -> int | None:
        """Count what has to be learned, move by move; None where a draft on the way does not tell it."""
        if not all(step.is_told for step in self.steps):
            return None
        return sum(step.gap.steps for step in self.steps)

    @property
    def months(self) -> tuple[int, int]:
        """Add up the usual times, from and to, in months."""
        return sum(step.move.months[0] for step in self.steps), sum(step.move.months[1] for step in self.steps)


def _skill_steps(step: Step) -> int:
    return step.gap.steps if step.is_told else _UNTOLD


class Ladders:
    """All moves between the roles in use, as a graph; an igraph graph finds the paths."""

    def __init__(self, catalog: Catalog) -> None:
        used = (role for role in catalog.roles.values() if role.model.status is not Status.DEPRECATED)
        self.roles: tuple[Entry[Role], ...] = tuple(sorted(used, key=lambda role: (role.model.level, role.id)))
        self.steps: tuple[Step, ...] = tuple(
            step for role in self.roles for step in {step.end.id: step for step in steps_from(catalog, role)}.values()
        )
        self._index = {role.id: index for index, role in enumerate(self.roles)}
        self._shortest: dict[str, dict[str, Path]] = {}
        self._easiest: dict[str, dict[str, Path]] = {}

    @cached_property
    def into(self) -> Mapping[str, tuple[Step, ...]]:
        """Give the moves into each role, from the lowest level up."""
        return self._sorted_by(lambda step: step.end)

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Step, ...]]:
        """Give the moves out of each role, in the order of its file."""
        return self._sorted_by(lambda step: step.start)

    def _sorted_by(self, role_of: Callable[[Step], Entry[Role]]) -> Mapping[str, tuple[Step, ...]]:
        found: dict[str, list[Step]] = {role.id: [] for role in self.roles}
        for step in self.steps:
            found[role_of(step).id].append(step)
        return {role: tuple(steps) for role, steps in found.items()}

    @cached_property
    def _graph(self) -> igraph.Graph:
        edges = [(self._index[step.start.id], self._index[step.end.id]) for step in self.steps]
        return igraph.Graph(n=len(self.roles), edges=edges, directed=True)  # type: ignore[no-untyped-call]

    def shortest(self, start: str) -> Mapping[str, Path]:
        """Give the path of fewest moves to every role that can be reached; of equals, the one that asks least."""
        if start not in self._shortest:
            self._shortest[start] = self._paths(start, self._by_moves)
        return self._shortest[start]

    def easiest(self, start: str) -> Mapping[str, Path]:
        """Give the path with the fewest steps of skills to every role that can be reached; of equals, the shortest."""
        if start not in self._easiest:
            self._easiest[start] = self._paths(start, self._by_skills)
        return self._easiest[start]

    @cached_property
    def _by_moves(self) -> list[int]:
        return [_FIRST + _skill_steps(step) * _SECOND + step.move.months[1] for step in self.steps]

    @cached_property
    def _by_skills(self) -> list[int]:
        return [_skill_steps(step) * _FIRST + _SECOND + step.move.months[1] for step in self.steps]

    def _paths(self, start: str, weights: list[int]) -> dict[str, Path]:
        reached = [role for role in self.reachable(start) if role.id != start]
        targets = [self._index[role.id] for role in reached]
        chains = self._graph.get_shortest_paths(self._index[start], targets, weights, output="epath") if targets else []
        return {
            role.id: Path(tuple(self.steps[edge] for edge in chain))
            for role, chain in zip(reached, chains, strict=True)
        }

    def reachable(self, start: str) -> tuple[Entry[Role], ...]:
        """Give the roles that moves lead to from a role, itself first."""
        return tuple(self.roles[index] for index in self._graph.bfs(self._index[start])[0])

    def around(self, role: str, *, ahead: int = 2) -> tuple[Entry[Role], ...]:
        """Give a role with those one move back and up to some moves ahead."""
        near = self._graph.neighborhood(self._index[role], order=ahead, mode="out")
        near += self._graph.neighborhood(self._index[role], order=1, mode="in")
        return tuple(self.roles[index] for index in sorted(set(near)))


def lower_skills(start: Role, end: Role) -> Iterator[tuple[int, RequiredSkill, Proficiency]]:
    """Go through the skills of which the second role asks less than the first, with their place in its list."""
    lower = {change.skill: change.before for change in gap(start, end).lower}
    for index, skill in enumerate(end.skills):
        if before := lower.get(skill.skill):
            yield index, skill, before


def promotions_ahead(catalog: Catalog, role: Entry[Role]) -> tuple[tuple[Entry[Role], ...], ...]:
    """Give the shortest chain of promotions to every role that is two or more of them away, without the role itself."""
    chains: dict[str, tuple[Entry[Role], ...]] = {role.id: ()}
    queue = deque([role])
    while queue:
        here = queue.popleft()
        for step in steps_from(catalog, here):
            if step.move.kind is MoveKind.PROMOTION and step.end.id not in chains:
                chains[step.end.id] = (*chains[here.id], step.end)
                queue.append(step.end)
    return tuple(chain for chain in chains.values() if len(chain) > 1)


def promotion_cycles(catalog: Catalog) -> Iterator[tuple[Step, ...]]:
    """Go through the cycles of promotions; each cycle once, beginning with its first role by id."""
    edges = {
        role.id: {step.end.id: step for step in steps_from(catalog, role) if step.move.kind is MoveKind.PROMOTION}
        for role in sorted(catalog.roles.values(), key=lambda entry: entry.id)
    }
    while ids := _cycle_of(edges):
        first = ids.index(min(ids))
        ids = ids[first:] + ids[:first]
        cycle = tuple(edges[start][end] for start, end in zip(ids, [*ids[1:], ids[0]], strict=True))
        yield cycle
        del edges[cycle[-1].start.id][cycle[-1].end.id]


def _cycle_of(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Give the ids of one cycle in the direction of its edges, or none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))[:-1]  # graphlib takes an edge as "needs", against our direction
    return []

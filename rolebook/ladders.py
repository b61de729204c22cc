"""What moves make of roles: ladders, ways back and ahead, and what a move asks for.

Moves are curated; the overlap of skills explains a move and never invents one.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from rolebook.catalog import Catalog, Entry
from rolebook.schema import Move, MoveKind, Proficiency, RequiredSkill, Role


@dataclass(frozen=True, slots=True)
class Step:
    """A move between two roles that both exist; `index` is its place in the list of the first one."""

    start: Entry[Role]
    end: Entry[Role]
    move: Move
    index: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A skill that a move asks more of; `before` is None where the skill is new."""

    skill: str
    before: Proficiency | None
    after: Proficiency


def steps_from(catalog: Catalog, role: Entry[Role]) -> Iterator[Step]:
    """Go through the moves out of a role, in the order of its file."""
    for index, move in enumerate(role.model.moves):
        if (end := catalog.roles.get(move.to)) and end.id != role.id:
            yield Step(role, end, move, index)


def steps_to(catalog: Catalog, role: Entry[Role]) -> Iterator[Step]:
    """Go through the moves into a role, from the lowest level up."""
    starts = sorted(catalog.roles.values(), key=lambda entry: (entry.model.level, entry.id))
    return (step for start in starts for step in steps_from(catalog, start) if step.end.id == role.id)


def rises(start: Role, end: Role) -> tuple[Rise, ...]:
    """Tell which skills a move asks more of, in the order of the role it leads to."""
    has = {skill.skill: skill.proficiency for skill in start.skills}
    asked = (Rise(skill.skill, has.get(skill.skill), skill.proficiency) for skill in end.skills)
    return tuple(rise for rise in asked if rise.before is None or rise.before.rank < rise.after.rank)


def lower_skills(start: Role, end: Role) -> Iterator[tuple[int, RequiredSkill, Proficiency]]:
    """Go through the skills of which the second role asks less than the first, with their place in its list."""
    had = {skill.skill: skill.proficiency for skill in start.skills}
    for index, skill in enumerate(end.skills):
        before = had.get(skill.skill)
        if before and before.rank > skill.proficiency.rank:
            yield index, skill, before


def promotions_ahead(catalog: Catalog, role: Entry[Role]) -> tuple[tuple[Entry[Role], ...], ...]:
    """Give the shortest chain of promotions to every role that is two or more of them away.

    A chain leaves out the role itself; chains are sorted by the level they lead to.
    """
    chains: dict[str, tuple[Entry[Role], ...]] = {role.id: ()}
    queue = deque([role])
    while queue:
        here = queue.popleft()
        for step in steps_from(catalog, here):
            if step.move.kind is MoveKind.PROMOTION and step.end.id not in chains:
                chains[step.end.id] = (*chains[here.id], step.end)
                queue.append(step.end)
    far = [chain for chain in chains.values() if len(chain) > 1]
    return tuple(sorted(far, key=lambda chain: (chain[-1].model.level, chain[-1].id)))


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

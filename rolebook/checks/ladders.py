"""Checks of moves, promotions and what they ask for."""

from collections.abc import Iterator

from rolebook.catalog import Catalog, Entry
from rolebook.checks.knowledge import Knowledge
from rolebook.findings import Finding, found
from rolebook.ladders import Step, lower_skills, promotion_cycles, steps_from
from rolebook.schema import MoveKind, Role, Status, Track


def check_moves(knowledge: Knowledge) -> Iterator[Finding]:
    """A move leads to another role, and each role is named once."""
    for role in knowledge.catalog.roles.values():
        seen: set[str] = set()
        for index, move in enumerate(role.model.moves):
            if move.to == role.id:
                place = role.place("moves", index, "to")
                yield found("move-to-itself", place, "This move leads to the very role it starts from.")
            elif move.to in seen:
                place = role.place("moves", index, "to")
                yield found("repeated-move", place, f"A move to '{move.to}' stands above already.")
            seen.add(move.to)


def check_promotion_levels(knowledge: Knowledge) -> Iterator[Finding]:
    """A promotion leads to a higher level."""
    for role in knowledge.catalog.roles.values():
        for step in steps_from(knowledge.catalog, role):
            start, end = step.start.model.level, step.end.model.level
            if step.move.kind is MoveKind.PROMOTION and end <= start:
                message = f"This promotion leads from level {start} to level {end} ('{step.end.id}')."
                yield found("promotion-downwards", role.place("moves", step.index, "kind"), message)


def check_promotion_cycles(knowledge: Knowledge) -> Iterator[Finding]:
    """Promotions never lead back to where they began."""
    for cycle in promotion_cycles(knowledge.catalog):
        names = " → ".join([*(step.start.id for step in cycle), cycle[0].start.id])
        last = cycle[-1]
        place = last.start.place("moves", last.index, "to")
        yield found("promotion-cycle", place, f"These promotions lead in a circle: {names}.")


def check_proficiencies(knowledge: Knowledge) -> Iterator[Finding]:
    """A rung asks for no less of a skill than any lower rung of the same ladder, where no speciality is left."""
    for start in knowledge.catalog.roles.values():
        for end in _above(knowledge.catalog, start):
            for index, skill, before in lower_skills(start.model, end.model):
                message = (
                    f"'{skill.skill}' is asked at {skill.proficiency.value} here,"
                    f" but at {before.value} by '{start.id}' further down the ladder."
                )
                yield found("lower-proficiency", end.place("skills", index, "proficiency"), message)


def _above(catalog: Catalog, start: Entry[Role]) -> Iterator[Entry[Role]]:
    """Go through all roles that promotions lead to, directly or over others, unless they leave the specialist track.

    A manager of specialists need not be the deepest of them.
    """
    seen = {start.id}
    queue = [start]
    for role in queue:
        for step in steps_from(catalog, role):
            is_rung = step.move.kind is MoveKind.PROMOTION and not _leaves_speciality(step)
            if is_rung and step.end.id not in seen:
                seen.add(step.end.id)
                queue.append(step.end)
                yield step.end


def _leaves_speciality(step: Step) -> bool:
    return step.start.model.track is Track.SPECIALIST and step.end.model.track is not Track.SPECIALIST


def check_moves_to_retired(knowledge: Knowledge) -> Iterator[Finding]:
    """No move leads to a role that is no longer used."""
    for role in knowledge.catalog.roles.values():
        for index, move in enumerate(role.model.moves):
            end = knowledge.catalog.roles.get(move.to)
            if end and end.model.status is Status.DEPRECATED and role.model.status is not Status.DEPRECATED:
                message = f"This move leads to '{end.id}', which is no longer used, so it is not shown."
                hint = f"Lead it to '{end.model.replaced_by}' instead." if end.model.replaced_by else ""
                yield found("move-to-retired", role.place("moves", index, "to"), message, hint)


def check_replacements(knowledge: Knowledge) -> Iterator[Finding]:
    """A deprecated role names the role that replaces it, and no other role does."""
    for role in knowledge.catalog.roles.values():
        deprecated = role.model.status is Status.DEPRECATED
        if deprecated and not role.model.replaced_by:
            message = "This role is deprecated, but nothing says which role to go to instead."
            yield found("replacement-missing", role.place("status"), message)
        elif role.model.replaced_by == role.id:
            message = "A role cannot be replaced by itself."
            yield found("replacement-missing", role.place("replaced_by"), message)
        elif role.model.replaced_by and not deprecated:
            message = f"A role that is {role.model.status.value} is not replaced by another."
            hint = "Delete replaced_by, or set status to deprecated."
            yield found("replacement-missing", role.place("replaced_by"), message, hint)

"""The plan of a role's first weeks: what its level and its family share, and what the role adds, replaces or drops."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.catalog import Catalog, Entry
from rolebook.schema import Model, OnboardingTask, Phase, PhaseKey, Role, SharedTask


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task of a plan, and where its texts stand."""

    model: OnboardingTask
    entry: Entry[Model]
    keys: tuple[str, ...]
    """The keys of the task below the entry."""


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A stretch of a plan with all its tasks, shared ones first."""

    key: PhaseKey
    model: Phase
    items: tuple[PlannedTask, ...]


def plan_of(catalog: Catalog, role: Entry[Role]) -> tuple[PlannedPhase, ...]:
    """Give a role's plan, in the order of time; empty where it has none."""
    onboarding = role.model.onboarding
    if not onboarding:
        return ()
    shared = [one for one in shared_tasks(catalog, role) if one.model.id not in onboarding.leave_out]
    return tuple(_phase(role, key, phase, shared) for key, phase in onboarding.phases().items())


def shared_tasks(catalog: Catalog, role: Entry[Role]) -> Iterator[PlannedTask]:
    """Give the tasks that a role's level shares, then those of its family."""
    if level := catalog.levels.get(str(role.model.level)):
        yield from (PlannedTask(item, level, ("onboarding", item.id)) for item in level.model.onboarding)
    if family := catalog.families.get(role.family):
        yield from (PlannedTask(item, family, ("onboarding", item.id)) for item in family.model.onboarding)


def _phase(role: Entry[Role], key: PhaseKey, phase: Phase, shared: list[PlannedTask]) -> PlannedPhase:
    own = {item.id: PlannedTask(item, role, ("onboarding", key, "items", item.id)) for item in phase.items}
    common = {one.model.id: one for one in shared if isinstance(one.model, SharedTask) and one.model.phase is key}
    return PlannedPhase(key, phase, tuple({**common, **own}.values()))

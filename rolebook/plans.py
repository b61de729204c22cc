"""The plan of a role's first weeks: what its level and its family share, and what the role adds, replaces or drops."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.catalog import Catalog, Entry
from rolebook.schema import Model, OnboardingItem, Phase, PhaseKey, Role, SharedItem


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """A step of a plan, and where its texts stand."""

    model: OnboardingItem
    entry: Entry[Model]
    keys: tuple[str, ...]
    """The keys of the step below the entry."""


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A stretch of a plan with all its steps, shared ones first."""

    key: PhaseKey
    model: Phase
    items: tuple[PlannedItem, ...]


def plan_of(catalog: Catalog, role: Entry[Role]) -> tuple[PlannedPhase, ...]:
    """Give a role's plan, in the order of time; empty where it has none."""
    onboarding = role.model.onboarding
    if not onboarding:
        return ()
    shared = [one for one in shared_items(catalog, role) if one.model.id not in onboarding.leave_out]
    return tuple(_phase(role, key, phase, shared) for key, phase in onboarding.phases().items())


def shared_items(catalog: Catalog, role: Entry[Role]) -> Iterator[PlannedItem]:
    """Give the steps that a role's level shares, then those of its family."""
    if level := catalog.levels.get(str(role.model.level)):
        yield from (PlannedItem(item, level, ("onboarding", item.id)) for item in level.model.onboarding)
    if family := catalog.families.get(role.family):
        yield from (PlannedItem(item, family, ("onboarding", item.id)) for item in family.model.onboarding)


def _phase(role: Entry[Role], key: PhaseKey, phase: Phase, shared: list[PlannedItem]) -> PlannedPhase:
    own = {item.id: PlannedItem(item, role, ("onboarding", key, "items", item.id)) for item in phase.items}
    common = {one.model.id: one for one in shared if isinstance(one.model, SharedItem) and one.model.phase is key}
    return PlannedPhase(key, phase, tuple({**common, **own}.values()))

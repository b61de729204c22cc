"""Which addresses lead on: those of names that are no longer used, and of moves with roles that are no longer used."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rolebook.addresses import move_address
from rolebook.catalog import Catalog, Entry
from rolebook.ladders import Step, steps_from
from rolebook.schema import Model, Reason, Role, RoleRedirect, Status

_FOLDERS = {"skill": "skills", "tool": "tools", "product": "tools", "family": "families"}


@dataclass(frozen=True, slots=True)
class Redirection:
    """A former address, and the page that it leads to: of a thing, of a role's first weeks, or of a move."""

    former: str
    """Written from the root of a language's tree, such as /roles/smith/."""
    current: str
    target: Entry[Model] | Step
    reason: Reason

    @property
    def is_onboarding(self) -> bool:
        """Tell whether it leads to the first weeks of the role."""
        return self.current.endswith("/onboarding/")


def redirections(catalog: Catalog) -> tuple[Redirection, ...]:
    """Give all addresses that lead on, each once; none of them is that of a page. The knowledge base must be sound."""
    return tuple({each.former: each for each in _all(catalog)}.values())


def moves_of(catalog: Catalog, role: str) -> tuple[str, ...]:
    """Give the moves of a role, as from--to, that have a page, or lead on because one of their roles is not used."""
    moves = _Moves(catalog)
    ends = dict.fromkeys((*moves.steps, *moves.retired()))
    return tuple(f"{start}--{end}" for start, end in ends if role in (start, end))


def _all(catalog: Catalog) -> Iterator[Redirection]:
    moves = _Moves(catalog)
    redirects = catalog.redirects.model.roles if catalog.redirects else ()
    for redirect in redirects:
        yield from _of_role(catalog, redirect)
        for move in redirect.moves:
            start, end = move.split("--")
            yield moves.redirection(start, end, redirect.reason)
    for kind, folder in _FOLDERS.items():
        for former, redirect_ in catalog.former(kind).items():
            target = catalog.of_kind(kind)[redirect_.to]
            yield Redirection(f"/{folder}/{former}/", f"/{folder}/{target.id}/", target, redirect_.reason)
    yield from moves.of_retired_roles()


def _of_role(catalog: Catalog, redirect: RoleRedirect) -> Iterator[Redirection]:
    role = catalog.roles[redirect.to]
    former, current = f"/roles/{redirect.former}/", f"/roles/{role.id}/"
    plan = "onboarding/" if role.model.onboarding else ""
    yield Redirection(former, current, role, redirect.reason)
    yield Redirection(f"{former}onboarding/", f"{current}{plan}", role, redirect.reason)


@dataclass(frozen=True)
class _Moves:
    """Finds what stands for a move of which a role is called otherwise or no longer used."""

    catalog: Catalog

    @cached_property
    def steps(self) -> dict[tuple[str, str], Step]:
        roles = self.catalog.roles.values()
        return {(step.start.id, step.end.id): step for role in roles for step in steps_from(self.catalog, role)}

    def redirection(self, start: str, end: str, reason: Reason) -> Redirection:
        """Lead to the same move between today's roles, else to the role that stands for the one that changed."""
        former = f"/moves/{start}--{end}/"
        ends = self._current(start), self._current(end)
        if step := self.steps.get(ends):
            return Redirection(former, move_address(step), step, reason)
        changed = ends[0] if ends[0] != start else ends[1]
        return Redirection(former, f"/roles/{changed}/", self.catalog.roles[changed], reason)

    def of_retired_roles(self) -> Iterator[Redirection]:
        """Go through the moves that are not shown, because one of their roles is no longer used."""
        for start, end in self.retired():
            yield self.redirection(start, end, Reason.REPLACED)

    def retired(self) -> Iterator[tuple[str, str]]:
        """Give the moves of roles that are no longer used, and those that now lead to or from what replaced them."""
        for role in self.catalog.roles.values():
            for move in role.model.moves:
                end = self.catalog.roles.get(move.to)
                if end and (_is_replaced(role) or _is_replaced(end)):
                    yield role.id, end.id
            if _is_replaced(role):
                today = self._current(role.id)
                yield from ((role.id, end) for start, end in self.steps if start == today)
                yield from ((start, role.id) for start, end in self.steps if end == today)

    def _current(self, role: str) -> str:
        """Give the role that stands for one today, through new names and replacements; itself where none does."""
        seen: set[str] = set()
        while role not in seen:
            seen.add(role)
            role = self.catalog.today("role", role) or role
            entry = self.catalog.roles.get(role)
            if entry and _is_replaced(entry):
                role = str(entry.model.replaced_by)
        return role


def _is_replaced(role: Entry[Role]) -> bool:
    return role.model.status is Status.DEPRECATED and role.model.replaced_by is not None

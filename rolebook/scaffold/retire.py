"""Say that a role is no longer used and what replaces it; later, take it away and leave a redirect."""

from rolebook.catalog import Entry
from rolebook.findings import Finding, did_you_mean
from rolebook.loading import Loaded
from rolebook.scaffold.draft import Draft, Refused, edited, new_findings, put, refuse_new_errors
from rolebook.scaffold.references import (
    Renaming,
    addresses,
    rename_keywords,
    rename_pages,
    rename_translations,
    renamed_values,
    with_exceptions,
)
from rolebook.scaffold.rename import add_redirect, refuse_errors, refuse_unknown, write_values
from rolebook.schema import Reason, Role, Status
from rolebook.source import Plain
from rolebook.write import Written


def deprecate(loaded: Loaded, former: str, today: str) -> tuple[Written, list[Finding]]:
    """Mark a role as no longer used; give also what `check` warns of since then, such as moves that lead to it."""
    refuse_errors(loaded)
    catalog = loaded.knowledge.catalog
    for id_ in (former, today):
        refuse_unknown(catalog, "role", id_)
    role, other = catalog.roles[former], catalog.roles[today]
    if former == today:
        raise Refused("A role cannot be replaced by itself.")
    if other.model.status is Status.DEPRECATED:
        raise Refused(f"'{today}' is no longer used either: '{other.model.replaced_by}' replaces it. Name that role.")
    if role.model.replaced_by == today:
        raise Refused(f"'{former}' is deprecated already, and '{today}' replaces it.")
    draft = Draft(catalog.root)
    _replace(draft, role, {"status": Status.DEPRECATED.value, "replaced_by": today})
    for each in catalog.roles.values():
        if each.model.replaced_by == former:  # what it replaced is replaced by the same from now on
            _replace(draft, each, {"replaced_by": today})
    after = draft.loaded(loaded.knowledge.today)
    refuse_new_errors(loaded, after, "Without this role there would be errors.")
    return draft.write(), new_findings(loaded, after)


def _replace(draft: Draft, role: Entry[Role], given: dict[str, str]) -> None:
    values: Plain = role.file.plain()
    for key, value in given.items():
        values = put(values, (key,), value)
    draft.replace(role.file.path, edited(draft.root, role.file, Role, values))


def remove(loaded: Loaded, former: str) -> Written:
    """Take away a role that is no longer used, with its translations and the moves to it, and leave a redirect."""
    refuse_errors(loaded)
    catalog = loaded.knowledge.catalog
    refuse_unknown(catalog, "role", former)
    role = catalog.roles[former]
    if role.model.status is not Status.DEPRECATED or not role.model.replaced_by:
        others = [each.id for each in catalog.roles.values() if each.id != former]
        near = did_you_mean(former, others).removeprefix("Did you mean ").removesuffix("?") or "OTHER"
        raise Refused(
            f"'{former}' is still used. Say first which role replaces it: "
            f"'build_roles.py deprecate role {former} --replaced-by {near.strip(chr(39))}'."
        )
    renaming = Renaming("role", former, role.model.replaced_by)
    draft = Draft(catalog.root)
    values = renamed_values(catalog, renaming)
    del values[role.file.path]
    for other in catalog.roles.values():
        kept = [index for index, move in enumerate(other.model.moves) if move.to != former]
        if other.id != former and len(kept) < len(other.model.moves):
            values[other.file.path] = _with_moves(values[other.file.path], kept)
    add_redirect(catalog, renaming, Reason.REPLACED, loaded.knowledge.today, values)
    write_values(draft, catalog, values, {})
    draft.remove(role.file.path)
    after = draft.catalog()
    keys = {key: key for key in addresses(after)}
    write_values(draft, catalog, with_exceptions(values, catalog, keys), {})
    rename_translations(draft, loaded.knowledge, after, keys, renaming)
    rename_keywords(draft, loaded.knowledge, renaming)
    rename_pages(draft, loaded.knowledge, renaming)
    refuse_new_errors(loaded, draft.loaded(loaded.knowledge.today), "Without this role there would be errors.")
    return draft.write()


def _with_moves(values: Plain, kept: list[int]) -> Plain:
    moves = values["moves"] if isinstance(values, dict) else []
    return put(values, ("moves",), [moves[index] for index in kept] if isinstance(moves, list) else [])

"""Give a role, skill, tool or the like another id: everywhere at once, with a redirect from the old one."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rolebook.canonical import canonical, shape_of
from rolebook.catalog import KINDS, REDIRECTS_FILE, Catalog
from rolebook.findings import did_you_mean, has_errors
from rolebook.loading import Loaded
from rolebook.redirections import moves_of
from rolebook.scaffold.draft import Draft, Refused, edited, put, refuse_new_errors
from rolebook.scaffold.ids import id_complaint
from rolebook.scaffold.questions import text_complaint
from rolebook.scaffold.references import (
    Renaming,
    files_of,
    rename_keywords,
    rename_pages,
    rename_translations,
    renamed_keys,
    renamed_values,
    with_exceptions,
)
from rolebook.schema import Aliases, Reason, Redirects, Text
from rolebook.source import Plain
from rolebook.write import Written

KINDS_TO_RENAME = ("role", "skill", "tool", "product", "family", "measure", "owner")
_WITHOUT_PAGE = ("measure", "owner")


def rename(loaded: Loaded, renaming: Renaming, title: str = "") -> tuple[Written, tuple[str, ...]]:
    """Give something another id, and a title if one is given; raise Refused, and write nothing, where it cannot be.

    Gives also the hand-written pages that still hold the old id in their words.
    """
    refuse_errors(loaded)
    catalog = loaded.knowledge.catalog
    refuse_unknown(catalog, renaming.kind, renaming.former)
    _refuse_taken(catalog, renaming)
    if title:
        _refuse_title(catalog, renaming, title)
    draft = Draft(catalog.root)
    values = renamed_values(catalog, renaming)
    _rename_itself(catalog, renaming, values, title)
    if renaming.kind not in _WITHOUT_PAGE:
        add_redirect(catalog, renaming, Reason.RENAMED, loaded.knowledge.today, values)
    moved = _moved(catalog, renaming)
    write_values(draft, catalog, values, moved)
    after = draft.catalog()
    keys = renamed_keys(catalog, after, renaming)
    write_values(draft, catalog, with_exceptions(values, catalog, keys), moved)
    rename_translations(draft, loaded.knowledge, after, keys, renaming)
    rename_keywords(draft, loaded.knowledge, renaming)
    still = rename_pages(draft, loaded.knowledge, renaming)
    refuse_new_errors(loaded, draft.loaded(loaded.knowledge.today), "With the new name there would be errors.")
    return draft.write(), still


def refuse_errors(loaded: Loaded) -> None:
    """Refuse while anything is wrong: what cannot be read could hold the old name."""
    if not loaded.is_sound:
        errors = [finding for finding in loaded.findings if has_errors([finding])]
        raise Refused("Names are changed only where nothing is wrong. Mend this first.", errors)


def refuse_unknown(catalog: Catalog, kind: str, id_: str) -> None:
    """Refuse an id that nothing of the kind has."""
    known = catalog.of_kind(kind)
    if id_ in known:
        return
    today = catalog.today(kind, id_)
    hint = f"It is called '{today}' today." if today else did_you_mean(id_, known)
    raise Refused(f"There is no {kind} called '{id_}'. {hint}".strip())


def _refuse_taken(catalog: Catalog, renaming: Renaming) -> None:
    if renaming.today == renaming.former:
        raise Refused("The new name is the old one. A title is changed in the file; the id stays.")
    way_back = catalog.former(renaming.kind).get(renaming.today)
    if way_back and way_back.to == renaming.former:
        return  # it gets its old name again
    if complaint := id_complaint(catalog, renaming.kind, renaming.today):
        raise Refused(complaint)


def _refuse_title(catalog: Catalog, renaming: Renaming, title: str) -> None:
    if complaint := text_complaint(Text)(title, {}):
        raise Refused(complaint)
    for role in catalog.roles.values() if renaming.kind == "role" else ():
        names = (role.model.title, *Aliases.one_by_one(role.model.aliases or ""))
        if role.id != renaming.former and title.casefold() in (name.casefold() for name in names):
            raise Refused(f"'{role.id}' is called '{title}' already.")


def _rename_itself(catalog: Catalog, renaming: Renaming, values: dict[str, Plain], title: str) -> None:
    entry = catalog.of_kind(renaming.kind)[renaming.former]
    path = entry.file.path
    if entry.location:
        values[path] = put(values[path], (*entry.location, "id"), renaming.today)
    if title:
        key = "name" if renaming.kind == "product" else "title"
        values[path] = put(values[path], (*entry.location, key), title)


def add_redirect(catalog: Catalog, renaming: Renaming, reason: Reason, today: date, values: dict[str, Plain]) -> None:
    """Lead the old name to the new one; a redirect from the new one goes, because it stands for something again."""
    plural = KINDS[renaming.kind]
    whole = values.get(REDIRECTS_FILE, {})
    held = whole.get(plural, []) if isinstance(whole, dict) else []
    kept = [item for item in held if isinstance(item, dict) and item["from"] != renaming.today]
    added: dict[str, Plain] = {"from": renaming.former, "to": renaming.today, "since": today.isoformat()}
    if reason is not Reason.RENAMED:
        added["reason"] = reason.value
    if renaming.kind == "role" and (moves := moves_of(catalog, renaming.former)):
        added["moves"] = list(moves)
    values[REDIRECTS_FILE] = put(whole, (plural,), [*kept, added])


def write_values(draft: Draft, catalog: Catalog, values: Mapping[str, Plain], moved: Mapping[str, str]) -> None:
    """Write the values of all files that have others; files that are called otherwise move."""
    files = files_of(catalog)
    for path, given in values.items():
        if path not in files:
            draft.create(path, canonical(given, shape_of(Redirects)))
            continue
        file, kind = files[path]
        changed = given != file.plain()
        if path in moved:
            draft.create(moved[path], edited(catalog.root, file, kind, given) if changed else draft.read(path))
            draft.remove(path)
        elif changed:
            draft.replace(path, edited(catalog.root, file, kind, given))


def _moved(catalog: Catalog, renaming: Renaming) -> dict[str, str]:
    """Give the new path of each YAML file that is called otherwise."""
    if renaming.kind in ("role", "skill"):
        path = catalog.of_kind(renaming.kind)[renaming.former].file.path
        return {path: f"{path.rpartition('/')[0]}/{renaming.today}.yml"}
    if renaming.kind == "family":
        paths = (role.file.path for role in catalog.roles.values() if role.family == renaming.former)
        return {path: f"roles/{renaming.today}/{Path(path).name}" for path in paths}
    return {}

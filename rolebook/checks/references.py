"""Checks of ids, and of what the files say of each other."""

import re
from collections.abc import Iterator
from pathlib import Path

from rolebook.catalog import KINDS, LANGUAGES_FILE, Catalog, Entry
from rolebook.checks.knowledge import Knowledge
from rolebook.findings import RULES, Finding, Place, did_you_mean, found
from rolebook.languages import is_known
from rolebook.schema import ID_LENGTH, ID_PATTERN, LIST_FILES, Aliases, LevelRef, Ref, Role
from rolebook.source import family_complaint

_ID_HINT = "The file's name without .yml is its id, for example customer-service-officer.yml."


def check_places(knowledge: Knowledge) -> Iterator[Finding]:
    """Role files stand in roles/<family>/, end in .yml, and nothing else stands there."""
    files = knowledge.catalog.files
    strangers = (path for path in files.vocabulary if Path(path).stem not in LIST_FILES)
    for path in (*files.misplaced, *strangers):
        yield found("misplaced-file", Place(path), "This file is not read where it stands.")


def check_ids(knowledge: Knowledge) -> Iterator[Finding]:
    """Each role and each skill has a well-formed id of its own, whatever the case."""
    for paths in (knowledge.catalog.files.roles, knowledge.catalog.files.skills):
        first: dict[str, str] = {}
        for path in paths:
            stem = Path(path).stem
            if not _is_id(stem):
                yield found("bad-id", Place(path), f"'{stem}' cannot be an id.", _ID_HINT)
            other = first.setdefault(stem.lower(), path)
            if other != path:
                yield found("id-clash", Place(path), f"The id '{stem}' is already that of {other}.")


def check_tool_ids(knowledge: Knowledge) -> Iterator[Finding]:
    """No product has the id of a kind of tool: their pages stand side by side."""
    for product in knowledge.catalog.products.values():
        if product.id in knowledge.catalog.tools:
            message = f"The id '{product.id}' is already that of a kind of tool in tools.yml."
            yield found("id-clash", product.place("id"), message, "Give the product another id.")


def _is_id(text: str) -> bool:
    return re.fullmatch(ID_PATTERN, text) is not None and ID_LENGTH[0] <= len(text) <= ID_LENGTH[1]


def check_aliases(knowledge: Knowledge) -> Iterator[Finding]:
    """A title or an alias names one role only."""
    roles = knowledge.catalog.roles.values()
    taken: dict[str, Entry[Role]] = {}
    for role in roles:
        other = taken.setdefault(role.model.title.casefold(), role)
        if other is not role:
            message = f"'{role.model.title}' is also the title of '{other.id}'."
            yield found("alias-clash", role.place("title"), message, "Give one of them another title.")
    for role in roles:
        for index, alias in enumerate(Aliases.one_by_one(role.model.aliases or "")):
            other = taken.setdefault(alias.casefold(), role)
            if other is not role:
                message = f"'{alias}' is also a name of {other.model.title}."
                yield found("alias-clash", role.place("aliases", index), message)


def check_families(knowledge: Knowledge) -> Iterator[Finding]:
    """The folder of a role is a family of the vocabulary."""
    families = knowledge.catalog.known("family")
    for family in knowledge.catalog.families.values():
        if complaint := family_complaint(family.id):
            yield found("bad-id", family.place("id"), complaint, "Choose another word.")
    for role in knowledge.catalog.roles.values():
        if families is not None and role.family not in families:
            hint = did_you_mean(role.family, families, RULES["unknown-family"].advice)
            yield found("unknown-family", Place(role.file.path), f"There is no family called '{role.family}'.", hint)


def check_languages(knowledge: Knowledge) -> Iterator[Finding]:
    """A file is written in a language the site speaks, and so is a folder of translations."""
    if LANGUAGES_FILE in knowledge.catalog.unread:
        return  # nothing can be said of languages
    for name in knowledge.messages.strange_folders:
        message = f"The folder locales/{name}/ belongs to no language of the site, so it is not read."
        yield found("unknown-language", Place(f"locales/{name}"), message)
    codes = {language.code for language in knowledge.catalog.languages}
    seen: set[str] = set()
    for entry in knowledge.catalog.entries():
        if entry.file.path in seen or not entry.language or entry.language in codes:
            continue
        seen.add(entry.file.path)
        words = "does not speak" if is_known(entry.language) else "does not know"
        hint = did_you_mean(entry.language, codes, RULES["unknown-language"].advice)
        place = entry.file.place(("language",))
        yield found("unknown-language", place, f"The site {words} the language '{entry.language}'.", hint)


def check_references(knowledge: Knowledge) -> Iterator[Finding]:
    """Skills, tools, products, measures, owners, levels and roles that are named exist."""
    known = {kind: knowledge.catalog.known(kind) for kind in KINDS}
    for entry in knowledge.catalog.entries():
        if entry is knowledge.catalog.redirects:
            continue  # a check of its own tells of them
        for leaf in entry.references:
            ids = known[leaf.value.kind]
            if ids is not None and str(leaf.value) not in ids:
                yield from unknown_reference(knowledge.catalog, leaf.value, entry.file.place(leaf.location))


def unknown_reference(catalog: Catalog, value: Ref | LevelRef, place: Place) -> Iterator[Finding]:
    """Tell of a name that nothing has, with the one that was probably meant."""
    known = catalog.known(value.kind)
    if known is None or str(value) in known:
        return
    today = catalog.today(value.kind, str(value))
    advice = RULES[f"unknown-{value.kind}"].advice
    hint = f"It is called '{today}' today." if today else did_you_mean(str(value), known, advice)
    yield found(f"unknown-{value.kind}", place, f"There is no {value.kind} called '{value}'.", hint)


def check_groups(knowledge: Knowledge) -> Iterator[Finding]:
    """A duty's group is one of the role's duty groups."""
    for role in knowledge.catalog.roles.values():
        groups = {group.id for group in role.model.duty_groups}
        for index, duty in enumerate(role.model.duties):
            if duty.group and duty.group not in groups:
                hint = did_you_mean(duty.group, groups, RULES["unknown-group"].advice)
                place = role.place("duties", index, "group")
                yield found("unknown-group", place, f"There is no duty group called '{duty.group}'.", hint)

"""Compare two states of the whole knowledge base: what changes, and what follows from it.

Pure, but for the digests of hand-written pages, which the caller brings. The dataclasses are the shape of
`build_roles.py diff --format json`: fields are added, never renamed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.addresses import page_addresses
from rolebook.catalog import Catalog, Entry
from rolebook.changes import ThingChange, What, compare, things_of
from rolebook.checks import Knowledge
from rolebook.findings import Finding, has_errors
from rolebook.ladders import Ladders
from rolebook.messages import OWN_DOMAINS, Key, Message, Messages, State
from rolebook.plans import plan_of
from rolebook.schema import Ref, Role


@dataclass(frozen=True, slots=True)
class Revision:
    """A state that is compared: as it was named, and its commit; both empty for the work tree."""

    name: str = ""
    commit: str = ""


WORK_TREE = Revision()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states, with everything that is found wrong in it."""

    revision: Revision
    knowledge: Knowledge
    findings: tuple[Finding, ...]
    salvaged: Catalog
    """What can be compared, also of files with mistakes."""
    pages: Mapping[str, str]
    """Digests of hand-written pages, by path."""
    left_out: tuple[str, ...] = ()
    """Paths that are no ordinary files."""


@dataclass(frozen=True, slots=True)
class NewFinding:
    """Something that `check` says of the later state, and did not say of the earlier one."""

    path: str
    line: int
    severity: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class LostPath:
    """A role from which another one could be reached by moves, and no longer can."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Unused:
    """Something of the vocabulary that was used, and no longer is."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class TranslationChange:
    """A translatable text whose state in a language, or whose translation, is not as before.

    States are source, translated, outdated, unchecked and missing; empty where there is no such text.
    """

    domain: str
    address: str
    before: str
    after: str
    text_before: str = ""
    text_after: str = ""
    """The translations, where they differ."""


@dataclass(frozen=True, slots=True)
class LanguageChange:
    """What happens to the translations into one language."""

    language: str
    what: What
    """Whether the language came, went or is merely changed."""
    outdated: int
    missing: int
    unchecked: int
    repaired: int
    """Translated now, and was outdated, missing or unchecked."""
    added: int
    """New texts that come with their translation."""
    reworded: int
    """Translated before and now, in other words."""
    orphaned: int
    """Translations whose text is gone, and was there before."""
    texts: tuple[TranslationChange, ...]


@dataclass(frozen=True, slots=True)
class PageChange:
    """A hand-written page that came, went or is not as before."""

    what: What
    path: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is told of a change."""

    base: Revision
    head: Revision
    things: tuple[ThingChange, ...]
    new_findings: tuple[NewFinding, ...]
    mended_findings: int
    unread_before: tuple[str, ...]
    unread_after: tuple[str, ...]
    """Files with mistakes, of which not everything could be compared."""
    left_out: tuple[str, ...]
    """Paths that are no ordinary files, such as symbolic links; they were not read."""
    unreachable_roles: tuple[str, ...]
    """Roles to which neither a move nor a way in leads any more."""
    lost_paths: tuple[LostPath, ...]
    unused: tuple[Unused, ...]
    lost_pages: tuple[str, ...]
    """Addresses of pages that are gone."""
    onboarding: tuple[str, ...]
    """Roles that stay and whose first weeks change."""
    translations: tuple[LanguageChange, ...]
    pages: tuple[PageChange, ...]


def compare_sides(before: Side, after: Side) -> Comparison:
    """Compare two states of a knowledge base."""
    old, new = before.knowledge, after.knowledge
    things = tuple(_sure(compare(things_of(before.salvaged), things_of(after.salvaged)), old.catalog, new.catalog))
    renamed = {change.former_id: change.id for change in things if change.kind == "roles" and change.former_id}
    unused = tuple(_unused(old.catalog, new.catalog))
    fresh = [one for one in _fresh(after.findings, before.findings) if not _is_told_elsewhere(one, unused)]
    mended = [one for one in _fresh(before.findings, after.findings) if not _is_told_elsewhere(one, ())]
    all_read = not old.catalog.unread and not new.catalog.unread
    lost = page_addresses(old.catalog, old.docs) - page_addresses(new.catalog, new.docs) if all_read else ()
    return Comparison(
        before.revision,
        after.revision,
        things,
        tuple(_new_finding(finding) for finding in fresh),
        len(mended),
        tuple(sorted(old.catalog.unread)),
        tuple(sorted(new.catalog.unread)),
        tuple(sorted({*before.left_out, *after.left_out})),
        tuple(_unreachable(old.catalog, new.catalog, renamed)),
        tuple(_lost_paths(old.catalog, new.catalog, renamed)),
        unused,
        tuple(sorted(lost, key=lambda address: (address.startswith("/moves/"), address))),
        tuple(_onboarding(old.catalog, new.catalog, renamed)),
        tuple(_translations(old, new)),
        tuple(_pages(before.pages, after.pages)),
    )


def _sure(changes: Iterable[ThingChange], old: Catalog, new: Catalog) -> Iterator[ThingChange]:
    """Leave out what only seems to come or go because its file could not be read in the other state."""
    for change in changes:
        unread = {What.ADDED: old, What.REMOVED: new}.get(change.what)
        if unread is None or (change.path not in unread.unread and not _may_be_unread(change, unread)):
            yield change


def _may_be_unread(change: ThingChange, catalog: Catalog) -> bool:
    kind = change.kind.removesuffix("s")
    known = catalog.known(kind) if kind in ("role", "skill") else frozenset()
    return known is not None and change.id in known


def _onboarding(old: Catalog, new: Catalog, renamed: Mapping[str, str]) -> Iterator[str]:
    """Give the roles that stay and whose plan has other steps, goals or gates, shared ones among them."""
    for former in old.roles.values():
        role = new.roles.get(renamed.get(former.id, former.id))
        if role and _plan(old, former) != _plan(new, role):
            yield role.id


def _plan(catalog: Catalog, role: Entry[Role]) -> list[object]:
    return [
        (
            phase.key,
            phase.model.goal,
            phase.model.gate,
            [item.model.model_dump(exclude={"phase"}) for item in phase.items],
        )
        for phase in plan_of(catalog, role)
    ]


def _fresh(findings: Iterable[Finding], former: Iterable[Finding]) -> list[Finding]:
    """Give the findings that are not among former ones, wherever in its file each stands."""
    known = Counter((finding.place.path, finding.code, finding.message) for finding in former)
    fresh = []
    for finding in findings:
        key = (finding.place.path, finding.code, finding.message)
        if known[key]:
            known[key] -= 1
        else:
            fresh.append(finding)
    return fresh


def _is_told_elsewhere(finding: Finding, unused: Iterable[Unused]) -> bool:
    if finding.code.startswith("unused-"):
        return any(f"'{item.id}'" in finding.message for item in unused)
    return finding.code.startswith(("translation-", "po-unknown"))


def _new_finding(finding: Finding) -> NewFinding:
    severity = "error" if has_errors([finding]) else "warning"
    return NewFinding(finding.place.path, finding.place.line, severity, finding.code, finding.message, finding.hint)


def _unreachable(old: Catalog, new: Catalog, renamed: Mapping[str, str]) -> Iterator[str]:
    closed_before = {renamed.get(role, role) for role in _closed(old)}
    for role in _closed(new):
        if role not in closed_before:
            yield role


def _closed(catalog: Catalog) -> Iterator[str]:
    """Go through the roles in use to which nothing leads."""
    ladders = Ladders(catalog)
    for role in ladders.roles:
        if not ladders.into[role.id] and not role.model.entry_routes:
            yield role.id


def _lost_paths(old: Catalog, new: Catalog, renamed: Mapping[str, str]) -> Iterator[LostPath]:
    before, after = Ladders(old), Ladders(new)
    used = {role.id for role in after.roles}
    for role in before.roles:
        start = renamed.get(role.id, role.id)
        if start in used:
            reached = {renamed.get(end.id, end.id) for end in before.reachable(role.id)}
            still = {end.id for end in after.reachable(start)}
            for end in sorted((reached & used) - still):
                yield LostPath(start, end)


def _unused(old: Catalog, new: Catalog) -> Iterator[Unused]:
    kinds = {"skill": new.skills, "tool": new.tools, "measure": new.measures, "product": new.products}
    used_before, used_now = _used(old), _used(new)
    for kind, entries in kinds.items():
        for name in entries:
            if (kind, name) in used_before - used_now and not new.unread:
                yield Unused(kind, name)


def _used(catalog: Catalog) -> set[tuple[str, str]]:
    """Give what the roles refer to; what only other parts of the vocabulary name is used by nobody."""
    leaves = (leaf.value for role in catalog.roles.values() for leaf in role.leaves())
    return {(value.kind, str(value)) for value in leaves if isinstance(value, Ref)}


def _translations(old: Knowledge, new: Knowledge) -> Iterator[LanguageChange]:
    before = {language.code for language in old.catalog.languages}
    after = [language.code for language in new.catalog.languages]
    for code in after:
        texts = tuple(_texts(old.messages, new.messages, code))
        orphaned = len(_orphans(new.messages, code) - _orphans(old.messages, code))
        if texts or orphaned or code not in before:
            yield _language_change(code, What.CHANGED if code in before else What.ADDED, texts, orphaned)
    for code in sorted(before - set(after)):
        yield _language_change(code, What.REMOVED, (), 0)


def _orphans(messages: Messages, code: str) -> set[Key]:
    files = messages.files.get(code, {})
    return {(domain, name) for domain, file in files.items() for name in file.entries} - messages.sources.keys()


def _texts(old: Messages, new: Messages, code: str) -> Iterator[TranslationChange]:
    for key, message in new.sources.items():
        if message.language == code:
            continue
        if message.domain in OWN_DOMAINS and not new.entry(key, code):
            continue
        was, is_now = _state(old, _known(old, key, code), code), _state(new, message, code)
        texts = ("", "")
        if is_now is not State.MISSING:
            texts = (_text(old, key, code), _text(new, key, code))
        if was is not is_now or (texts[0] != texts[1] and texts[0]):
            was_told = was.value if was else ""
            told = texts if texts[0] != texts[1] else ("", "")
            yield TranslationChange(message.domain, message.address, was_told, is_now.value if is_now else "", *told)


def _known(messages: Messages, key: Key, code: str) -> Message | None:
    """Give a text if the state had it; texts of the interface are today's, and may be newer than the state."""
    return messages.sources.get(key) if key[0] != "ui" or messages.entry(key, code) else None


def _state(messages: Messages, message: Message | None, code: str) -> State | None:
    if message is None:
        return None
    if message.language == code:
        return State.SOURCE
    entry = messages.entry(message.key, code)
    return entry.state(message) if entry else State.MISSING


def _text(messages: Messages, key: Key, code: str) -> str:
    entry = messages.entry(key, code)
    return "\n".join(entry.texts) if entry else ""


_UNDONE = frozenset({"outdated", "missing", "unchecked"})


def _language_change(code: str, what: What, texts: tuple[TranslationChange, ...], orphaned: int) -> LanguageChange:
    def count(state: str) -> int:
        return sum(1 for text in texts if text.after == state and text.before != state)

    translated = [text for text in texts if text.after == "translated"]
    return LanguageChange(
        code,
        what,
        count("outdated"),
        count("missing"),
        count("unchecked"),
        sum(1 for text in translated if text.before in _UNDONE),
        sum(1 for text in translated if not text.before),
        sum(1 for text in translated if text.before == "translated"),
        orphaned,
        texts,
    )


def _pages(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[PageChange]:
    for path in sorted({*before, *after}):
        if path not in before:
            yield PageChange(What.ADDED, path)
        elif path not in after:
            yield PageChange(What.REMOVED, path)
        elif before[path] != after[path]:
            yield PageChange(What.CHANGED, path)

"""What needs attention, for those who keep the knowledge base alive: reviews, translations, drafts, loose ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from rolebook.catalog import Catalog, Entry
from rolebook.checks import Knowledge
from rolebook.checks.docs import check_page_headings, check_page_languages
from rolebook.coverage import LanguageCoverage, cover_all
from rolebook.findings import Place
from rolebook.ladders import steps_from
from rolebook.markup import is_internal, links
from rolebook.schema import LevelRef, Model, Ref, RichText, Role, RoleRef, Status

HORIZON = timedelta(days=60)
"""How far ahead reviews are told."""
_KINDS = {
    "skill": "skills",
    "tool": "tools",
    "product": "products",
    "measure": "measures",
    "owner": "owners",
    "level": "levels",
    "family": "families",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A role that is due, or soon will be, to be read through."""

    role: Entry[Role]
    due: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that needs attention, in a sentence, at its place."""

    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Everything that needs attention on a day; what is empty is as it should be."""

    day: date
    language: str = ""
    """The only language that was asked for; then nothing is said of what is no matter of translators."""
    reviews: tuple[Review, ...] = ()
    languages: tuple[LanguageCoverage, ...] = ()
    """Complete ones too."""
    pages: tuple[Point, ...] = ()
    drafts: tuple[Point, ...] = ()
    retired: tuple[Point, ...] = ()
    orphans: tuple[Point, ...] = ()


def attention(knowledge: Knowledge, language: str = "") -> Attention:
    """Look for everything that needs attention; in one language, only for what its translators can do."""
    catalog = knowledge.catalog
    languages = cover_all(catalog, knowledge.messages)
    if language:
        own = tuple(coverage for coverage in languages if coverage.language.code == language)
        pages = tuple(point for point in _pages(knowledge) if point.place.path.startswith(f"docs/{language}/"))
        return Attention(knowledge.today, language, languages=own, pages=pages)
    return Attention(
        knowledge.today,
        reviews=tuple(_reviews(catalog, knowledge.today)),
        languages=languages,
        pages=tuple(_pages(knowledge)),
        drafts=tuple(_drafts(catalog)),
        retired=tuple(_retired(catalog)),
        orphans=tuple(_orphans(catalog)),
    )


def _reviews(catalog: Catalog, today: date) -> Iterator[Review]:
    """Find the reviews that are due, the longest overdue first."""
    living = (role for role in catalog.roles.values() if role.model.status is not Status.DEPRECATED)
    for due, role in sorted(((role.model.review_due, role) for role in living), key=lambda pair: (pair[0], pair[1].id)):
        if due <= today + HORIZON:
            yield Review(role, due, due < today)


def _pages(knowledge: Knowledge) -> Iterator[Point]:
    for finding in chain(check_page_languages(knowledge), check_page_headings(knowledge)):
        yield Point(finding.place, finding.message)


def _drafts(catalog: Catalog) -> Iterator[Point]:
    for role in catalog.roles.values():
        if role.model.status is Status.DRAFT:
            lacks = [name for name in Role.REQUIRED_WHEN_ACTIVE if not getattr(role.model, name)]
            words = f"it has no {', '.join(lacks)} yet" if lacks else "it has all its parts; read it and make it active"
            yield Point(role.place("status"), f"'{role.model.title}' is a draft: {words}.")


def _retired(catalog: Catalog) -> Iterator[Point]:
    """Find what still leads to a role that is no longer used."""
    retired = {role.id for role in catalog.roles.values() if role.model.status is Status.DEPRECATED}
    for entry in catalog.entries():
        of_retired = isinstance(entry.model, Role) and entry.id in retired
        for leaf in entry.leaves():
            if of_retired and leaf.location[-1] != "replaced_by":
                continue  # only where it sends its readers matters still
            for role in sorted(_roles_named(leaf.value) & retired - {entry.id}):
                words = f"'{_name(entry)}' leads to '{role}', which is no longer used."
                yield Point(entry.file.place(leaf.location), words)


def _roles_named(value: object) -> set[str]:
    """Give the roles that a value refers to, or that its links lead to."""
    if isinstance(value, RoleRef):
        return {str(value)}
    if isinstance(value, RichText):
        targets = (target.split("/") for target in links(value) if is_internal(target))
        return {parts[2] for parts in targets if parts[1] == "roles" and len(parts) > 2}
    return set()


def _orphans(catalog: Catalog) -> Iterator[Point]:
    """Find roles that no move joins to others, and vocabulary that nothing uses."""
    steps = [step for role in catalog.roles.values() for step in steps_from(catalog, role)]
    joined = {role.id for step in steps for role in (step.start, step.end)}
    living = [role for role in catalog.roles.values() if role.model.status is not Status.DEPRECATED]
    for role in living:
        if role.id not in joined:
            yield Point(role.place("title"), f"No move leads to '{role.model.title}' or from it.")
    if any(path.startswith("roles/") for path in catalog.unread):
        return  # a file that could not be read may use anything
    used = {*_references(living), *(("family", role.family) for role in living)}
    used |= {("product", product) for kind, product in _references(catalog.tools.values()) if kind == "product"}
    for kind, name in _KINDS.items():
        for entry in getattr(catalog, name).values():
            if (kind, entry.id) not in used:
                yield Point(entry.place(), f"No role uses the {kind} '{entry.id}'.")


def _references(entries: Iterable[Entry[Model]]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        for leaf in entry.leaves():
            if isinstance(leaf.value, Ref | LevelRef):
                yield leaf.value.kind, str(leaf.value)


def _name(entry: Entry[Model]) -> str:
    return str(getattr(entry.model, "title", "") or getattr(entry.model, "name", "") or entry.id)

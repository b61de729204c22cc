"""What the search knows of a page beside its words: its kind, its other names, and by what it can be chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rolebook.addresses import page_addresses
from rolebook.catalog import Entry
from rolebook.pages.page import Book, Texts
from rolebook.schema import Aliases, Model, Product, Role, Track

KINDS: Mapping[str, float] = {
    "role": 1,
    "plan": 0.6,
    "move": 0.8,
    "family": 0.9,
    "skill": 0.9,
    "tool": 0.9,
    "guide": 0.9,
    "page": 0.9,
}
"""The kinds of pages, and how much it counts that one is called what was asked for: pages about two roles less."""
_KIND_OF_FOLDER = {
    "roles": "role",
    "moves": "move",
    "families": "family",
    "skills": "skill",
    "tools": "tool",
    "onboarding": "guide",
    "contribute": "guide",
    "glossary": "guide",
}
_NOT_SEARCHED = ("", "a-z", "data", "translations", "changes")
"""Folders of pages that no one looks for by words."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page that can be found."""

    address: str
    """From the root of the language, such as /glossary/."""
    kind: str
    names: tuple[str, ...] = ()
    """What it is called beside its title, in the reader's language and in its source's."""
    keywords: tuple[str, ...] = ()
    """What people type for it beside that."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids by which it can be chosen: kind, family, level, track, skill."""
    ends: tuple[str, ...] = ()
    """For a move: the addresses of its two roles, by whose names it is found."""


@dataclass(frozen=True, slots=True)
class Facet:
    """Something pages can be chosen by, with its choices."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...]


def search_pages(book: Book) -> Iterator[SearchPage]:
    """Give every page of a language that can be found."""
    for address in sorted(page_addresses(book.catalog, book.docs), key=lambda one: _place(book, one)):
        folder, _, rest = address.strip("/").partition("/")
        if folder in _NOT_SEARCHED:
            continue
        kind = _kind(folder, rest)
        names, typed = tuple(_names(book, kind, rest)), tuple(book.keywords.of(address))
        ends = tuple(f"/roles/{role}/" for role in rest.split("--")) if kind == "move" else ()
        yield SearchPage(address, kind, names, typed, {"kind": (kind,), **_facets(book, kind, rest)}, ends)


def _place(book: Book, address: str) -> tuple[int, str]:
    """Tell what comes first of pages that fit alike: roles from the lowest level up, and their plans."""
    role = book.catalog.roles.get(address.removeprefix("/roles/").partition("/")[0])
    return (role.model.level if role else 0, address)


def _kind(folder: str, rest: str) -> str:
    if folder == "roles" and "/" in rest:
        return "plan"
    is_about_one = rest or folder in ("glossary", "onboarding", "contribute")
    return _KIND_OF_FOLDER.get(folder, "page") if is_about_one else "page"


def _names(book: Book, kind: str, id_: str) -> Iterator[str]:
    """Give other names of what a page is about; those of the source as well, because people mix languages."""
    entry = _entry(book, kind, id_)
    if entry is None:
        return
    texts, model = Texts(book, ""), entry.model
    if isinstance(model, Product):
        yield from model.aliases
        return
    if getattr(model, "aliases", None):
        yield from texts.lines(entry, "aliases")
        yield from Aliases.one_by_one(model.aliases)  # type: ignore[attr-defined]
    yield str(model.title)  # type: ignore[attr-defined]


def _entry(book: Book, kind: str, id_: str) -> Entry[Model] | None:
    catalog = book.catalog
    of_kind: Mapping[str, Mapping[str, Entry[Model]]] = {
        "role": catalog.roles,
        "family": catalog.families,
        "skill": catalog.skills,
        "tool": {**catalog.products, **catalog.tools},
    }
    return of_kind.get(kind, {}).get(id_)


def _facets(book: Book, kind: str, rest: str) -> Mapping[str, tuple[str, ...]]:
    catalog = book.catalog
    if kind in ("role", "plan"):
        return _of_role(catalog.roles[rest.partition("/")[0]])
    if kind == "move":
        start, _, end = rest.partition("--")
        families = (catalog.roles[start].family, catalog.roles[end].family)
        return {"family": tuple(dict.fromkeys(families))}
    if kind == "family":
        return {"family": (rest,)}
    if kind == "skill":
        return {"skill": (rest,)}
    if kind == "tool" and rest in catalog.tools:
        return {"skill": tuple(catalog.tools[rest].model.skills)}
    return {}


def _of_role(role: Entry[Role]) -> Mapping[str, tuple[str, ...]]:
    return {
        "family": (role.family,),
        "level": (str(role.model.level),),
        "track": (role.model.track.value,),
        "skill": tuple(str(item.skill) for item in role.model.skills),
    }


def facets(book: Book) -> tuple[Facet, ...]:
    """Give what pages can be chosen by, in the reader's words."""
    texts, catalog = Texts(book, ""), book.catalog
    skills = texts.language.sort(catalog.skills.values(), key=lambda skill: texts.bare(skill, "title"))
    levels = sorted(catalog.levels.values(), key=lambda level: level.model.level)
    return (
        Facet(
            "kind", texts.ui_bare("search.kind"), tuple((kind, texts.ui_bare(f"search.kind.{kind}")) for kind in KINDS)
        ),
        Facet(
            "family",
            texts.ui_bare("card.family"),
            tuple((one.id, texts.bare(one, "title")) for one in catalog.families.values()),
        ),
        Facet(
            "level",
            texts.ui_bare("card.level"),
            tuple((str(one.model.level), f"{one.model.level} · {texts.bare(one, 'title')}") for one in levels),
        ),
        Facet(
            "track",
            texts.ui_bare("card.track"),
            tuple((track.value, texts.ui_bare(f"track.{track.value}")) for track in Track),
        ),
        Facet("skill", texts.ui_bare("search.skill"), tuple((one.id, texts.bare(one, "title")) for one in skills)),
    )

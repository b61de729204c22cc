"""The page of a family: its ladder as a map and a list, and which skills its roles ask for."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.catalog import Entry
from rolebook.pages.map import MapView, family_map
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import Mark, foot_links, mark_of, role_link, skill_link
from rolebook.pages.paths import LadderView, ladder
from rolebook.schema import Family, Importance, RequiredSkill, Role, SkillGroup


@dataclass(frozen=True, slots=True)
class CellView:
    """How much of a skill a role asks for."""

    mark: Mark
    is_essential: bool
    importance: Markup


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A skill with a cell for each role; None where the role does not ask for it."""

    skill: Link
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """Skills under one heading."""

    title: Markup
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class FamilyPageView:
    """Everything the page prints."""

    title: Markup
    summary: Markup
    sections: tuple[Link, ...]
    map: MapView | None
    ladder: tuple[LadderView, ...]
    roles: tuple[Link, ...]
    matrix: tuple[MatrixGroup, ...]
    links: tuple[Link, ...]
    foot: tuple[Link, ...]


def family_page(book: Book, family: Entry[Family]) -> Page:
    """Make the page of a family."""
    texts = Texts(book, f"families/{family.id}/")
    roles = family_roles(texts, family.id)
    told = tuple(role for role in roles if role.model.skills)
    sections = [("ladder", roles), ("matrix", told)]
    view = FamilyPageView(
        texts.plain(family, "title"),
        texts.rich(family, "summary"),
        tuple(Link(texts.ui(f"family.{key}"), Markup("#{}").format(key)) for key, some in sections if some),
        family_map(texts, family.id) if roles else None,
        tuple(ladder(texts, role) for role in roles),
        tuple(role_link(texts, role) for role in told),
        _matrix(texts, told),
        _links(texts, told),
        foot_links(texts, family, "foot.edit-source", texts.bare(family, "title")),
    )
    return make_page(
        book,
        texts,
        template="family.md.j2",
        title=texts.bare(family, "title"),
        description=texts.bare(family, "summary"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.roles"), "/roles/"),),
        head={"module": "map", "hide": ["toc"]},
    )


def family_roles(texts: Texts, family: str) -> tuple[Entry[Role], ...]:
    """Give the roles of a family that are in use, from the lowest level up, then by name."""
    roles = [role for role in texts.book.ladders.roles if role.family == family]
    by_name = texts.language.sort(roles, key=lambda role: texts.bare(role, "title"))
    return tuple(sorted(by_name, key=lambda role: role.model.level))


def _links(texts: Texts, roles: tuple[Entry[Role], ...]) -> tuple[Link, ...]:
    some = ",".join(role.id for role in roles[:3])
    compare = [texts.link(texts.ui("family.compare"), f"/compare/?roles={some}")] if some else []
    return (*compare, texts.link(texts.ui("family.paths"), "/paths/"))


def _matrix(texts: Texts, roles: tuple[Entry[Role], ...]) -> tuple[MatrixGroup, ...]:
    asked = [{str(item.skill): item for item in role.model.skills} for role in roles]
    used = {str(skill) for items in asked for skill in items}
    groups = []
    for group in SkillGroup:
        skills = [
            skill for skill in texts.book.catalog.skills.values() if skill.id in used and skill.model.group is group
        ]
        ordered = texts.language.sort(skills, key=lambda skill: texts.bare(skill, "title"))
        rows = tuple(
            MatrixRow(skill_link(texts, skill.id), tuple(_cell(texts, items.get(skill.id)) for items in asked))
            for skill in ordered
        )
        groups.append(MatrixGroup(texts.ui(f"skill-group.{group.value}"), rows))
    return tuple(group for group in groups if group.rows)


def _cell(texts: Texts, item: RequiredSkill | None) -> CellView | None:
    if item is None:
        return None
    is_essential = item.importance is Importance.ESSENTIAL
    return CellView(mark_of(texts, item.proficiency), is_essential, texts.ui(f"importance.{item.importance.value}"))

"""The pages that list: roles by family, skills by group, tools, levels."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import (
    Signed,
    family_link,
    foot_links,
    level_of,
    level_sign,
    product_link,
    role_link,
    skill_link,
    tool_link,
    track_of,
)
from rolebook.pages.signs import Sign
from rolebook.schema import Expectation, Family, Level, Role, SkillGroup, Status


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role in a list."""

    role: Link
    level: Signed
    track: Signed
    summary: Markup
    draft: bool


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family with its roles, from the lowest level up."""

    id: str
    link: Link
    summary: Markup
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True, slots=True)
class RolesView:
    """The families with their roles, and the plans of the first weeks."""

    title: Markup
    intro: Markup
    sections: tuple[Link, ...]
    items: tuple[FamilyView, ...]
    plans: tuple[Link, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """A thing in a list: its link, what it is, and how many roles need it."""

    link: Link
    text: Markup
    count: Markup
    parts: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Things under one heading; without a title where there is one group only."""

    id: str
    title: Markup | None
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level: what it asks in each track, and the roles it asks it of; `roles` are those of other tracks."""

    id: str
    title: Markup
    sign: Sign
    summary: Markup
    expectations: tuple["ExpectationView", ...]
    roles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """What a level asks in one track."""

    track: Signed
    lines: tuple[tuple[Markup, Markup], ...]
    roles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """A title, an introduction, what is listed, and where it can be changed."""

    title: Markup
    intro: Markup
    items: tuple[object, ...]
    foot: tuple[Link, ...] = ()


def _index(book: Book, name: str, texts: Texts, items: tuple[object, ...], foot: tuple[Link, ...] = ()) -> Page:
    view = IndexView(texts.ui(f"nav.{name}"), texts.ui(f"index.{name}"), items, foot)
    title, intro = texts.ui_bare(f"nav.{name}"), texts.ui_bare(f"index.{name}")
    return make_page(book, texts, template=f"{name}.md.j2", title=title, description=intro, view=view)


def role_index(book: Book) -> Page:
    """List all roles by family."""
    texts = Texts(book, "roles/")
    all_families = (_family(texts, family) for family in book.catalog.families.values())
    families = tuple(family for family in all_families if family.roles)
    roles = [role for role in book.catalog.roles.values() if role.model.onboarding]
    by_name = texts.language.sort(roles, key=lambda role: texts.bare(role, "title"))
    plans = (Link(texts.ui("index.onboarding"), Markup("#first-90-days")),) if roles else ()
    view = RolesView(
        texts.ui("nav.roles"),
        texts.ui("index.roles"),
        (*plans, *(Link(family.link.words, markup.address(f"#{family.id}")) for family in families)),
        families,
        tuple(texts.link(texts.plain(role, "title"), f"/roles/{role.id}/onboarding/") for role in by_name),
        (
            texts.link(texts.ui("compare.title"), "/compare/"),
            texts.link(texts.ui("family.paths"), "/paths/"),
            texts.link(texts.ui("changes.title"), "/changes/"),
        ),
    )
    title, intro = texts.ui_bare("nav.roles"), texts.ui_bare("index.roles")
    return make_page(book, texts, template="roles.md.j2", title=title, description=intro, view=view)


def _family(texts: Texts, family: Entry[Family]) -> FamilyView:
    roles = [role for role in texts.book.catalog.roles.values() if role.family == family.id]
    by_name = texts.language.sort(roles, key=lambda role: texts.bare(role, "title"))
    rows = (_row(texts, role) for role in sorted(by_name, key=lambda role: role.model.level))
    return FamilyView(family.id, family_link(texts, family.id), texts.rich(family, "summary"), tuple(rows))


def _row(texts: Texts, role: Entry[Role]) -> RoleRow:
    return RoleRow(
        role_link(texts, role),
        level_of(texts, role),
        track_of(texts, role.model.track),
        texts.rich(role, "summary"),
        role.model.status is Status.DRAFT,
    )


def skill_index(book: Book) -> Page:
    """List all skills by group."""
    texts = Texts(book, "skills/")
    counts = _uses(book, "skills", "skill")
    ordered = texts.language.sort(book.catalog.skills.values(), key=lambda skill: texts.bare(skill, "title"))
    groups = (
        ListGroup(
            group.value,
            texts.ui(f"skill-group.{group.value}"),
            tuple(
                ListItem(
                    skill_link(texts, skill.id),
                    texts.rich(skill, "definition"),
                    texts.ui("index.used", n=counts.get(skill.id, 0)),
                )
                for skill in ordered
                if skill.model.group is group
            ),
        )
        for group in SkillGroup
    )
    return _index(book, "skills", texts, tuple(group for group in groups if group.items))


def tool_index(book: Book) -> Page:
    """List all kinds of tools."""
    texts = Texts(book, "tools/")
    counts = _uses(book, "tools", "tool")
    ordered = texts.language.sort(book.catalog.tools.values(), key=lambda tool: texts.bare(tool, "title"))
    items = tuple(
        ListItem(
            tool_link(texts, tool.id),
            texts.rich(tool, "purpose"),
            texts.ui("index.used", n=counts.get(tool.id, 0)),
            tuple(product_link(texts, product) for product in tool.model.products),
        )
        for tool in ordered
    )
    return _index(book, "tools", texts, (ListGroup("tools", None, items),))


def _uses(book: Book, field: str, key: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for role in book.catalog.roles.values():
        for item in getattr(role.model, field):
            counts[getattr(item, key)] = counts.get(getattr(item, key), 0) + 1
    return counts


def level_index(book: Book) -> Page:
    """List the levels with what each asks."""
    texts = Texts(book, "levels/")
    ordered = sorted(book.catalog.levels.values(), key=lambda level: level.model.level)
    foot = foot_links(texts, ordered[0], "foot.edit-source", texts.ui_bare("nav.levels")) if ordered else ()
    return _index(book, "levels", texts, tuple(_level(texts, level) for level in ordered), foot)


def _level(texts: Texts, level: Entry[Level]) -> LevelView:
    roles = [role for role in texts.book.catalog.roles.values() if role.model.level == level.model.level]
    by_name = texts.language.sort(roles, key=lambda role: texts.bare(role, "title"))
    told = {item.track for item in level.model.expectations}
    return LevelView(
        level.id,
        texts.ui("level.name", number=texts.language.number(level.model.level), title=texts.plain(level, "title")),
        level_sign(texts, level.model.level),
        texts.rich(level, "summary"),
        tuple(_expectation(texts, level, item, by_name) for item in level.model.expectations),
        tuple(role_link(texts, role) for role in by_name if role.model.track not in told),
    )


def _expectation(texts: Texts, level: Entry[Level], item: Expectation, roles: list[Entry[Role]]) -> ExpectationView:
    return ExpectationView(
        track_of(texts, item.track),
        tuple(
            (texts.ui(f"level.{name}"), texts.rich(level, "expectations", item.track.value, name))
            for name in ("scope", "autonomy", "influence", "complexity")
        ),
        tuple(role_link(texts, role) for role in roles if role.model.track is item.track),
    )

"""The page of a skill and the page of a kind of tool, each with the roles that need it."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.catalog import Entry
from rolebook.pages.page import (
    Book,
    Link,
    Mark,
    Page,
    Texts,
    edit_links,
    level_link,
    make_page,
    mark_of,
    role_link,
    skill_link,
)
from rolebook.schema import Proficiency, Role, Skill, Tool


@dataclass(frozen=True, slots=True)
class RubricView:
    """What one sees at one proficiency, and the roles that ask for it."""

    id: str
    mark: Mark
    meaning: Markup
    text: Markup
    roles: tuple["NeedView", ...]


@dataclass(frozen=True, slots=True)
class NeedView:
    """A role that needs the thing, and what for."""

    role: Link
    level: Link
    how: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class SkillPageView:
    """Everything the skill's page prints."""

    title: Markup
    definition: Markup
    aliases: Markup
    rubric: tuple[RubricView, ...]
    related: tuple[Link, ...]
    foot: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product with its other names."""

    name: str
    former: Markup


@dataclass(frozen=True, slots=True)
class ToolPageView:
    """Everything the page of a kind of tool prints."""

    title: Markup
    purpose: Markup
    aliases: Markup
    products: tuple[ProductView, ...]
    roles: tuple[NeedView, ...]
    foot: tuple[Link, ...]


def skill_page(book: Book, skill: Entry[Skill]) -> Page:
    """Make the page of a skill."""
    texts = Texts(book, f"skills/{skill.id}/")
    view = SkillPageView(
        texts.plain(skill, "title"),
        texts.rich(skill, "definition"),
        _aliases(texts, skill),
        tuple(_rubric(texts, skill, proficiency) for proficiency in Proficiency),
        tuple(skill_link(texts, related) for related in skill.model.related),
        edit_links(texts, skill, "foot.edit-source"),
    )
    return make_page(
        book,
        texts,
        template="skill.md.j2",
        title=texts.bare(skill, "title"),
        description=texts.bare(skill, "definition"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.skills"), "/skills/"),),
    )


def _rubric(texts: Texts, skill: Entry[Skill], proficiency: Proficiency) -> RubricView:
    needs = (
        _need(texts, role, texts.ui(f"importance.{item.importance.value}"), texts.rich(role, "skills", skill.id, "why"))
        for role in _by_level(texts)
        for item in role.model.skills
        if item.skill == skill.id and item.proficiency is proficiency
    )
    return RubricView(
        proficiency.value,
        mark_of(texts, proficiency),
        texts.rich(texts.book.catalog.proficiency[proficiency.value], "meaning"),
        texts.rich(skill, "rubric", proficiency.value),
        tuple(needs),
    )


def tool_page(book: Book, tool: Entry[Tool]) -> Page:
    """Make the page of a kind of tool."""
    texts = Texts(book, f"tools/{tool.id}/")
    products = (book.catalog.products[product].model for product in tool.model.products)
    needs = (
        _need(texts, role, texts.ui(f"use.{item.use.value}"), texts.rich(role, "tools", tool.id, "why"))
        for role in _by_level(texts)
        for item in role.model.tools
        if item.tool == tool.id
    )
    view = ToolPageView(
        texts.plain(tool, "title"),
        texts.rich(tool, "purpose"),
        _aliases(texts, tool),
        tuple(ProductView(product.name, texts.enumeration(product.aliases)) for product in products),
        tuple(needs),
        edit_links(texts, tool, "foot.edit-source"),
    )
    return make_page(
        book,
        texts,
        template="tool.md.j2",
        title=texts.bare(tool, "title"),
        description=texts.bare(tool, "purpose"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.tools"), "/tools/"),),
    )


def _by_level(texts: Texts) -> list[Entry[Role]]:
    by_name = texts.language.sort(texts.book.catalog.roles.values(), key=lambda role: texts.bare(role, "title"))
    return sorted(by_name, key=lambda role: role.model.level)


def _need(texts: Texts, role: Entry[Role], how: Markup, why: Markup) -> NeedView:
    return NeedView(role_link(texts, role), level_link(texts, role), how, why)


def _aliases(texts: Texts, entry: Entry[Skill] | Entry[Tool]) -> Markup:
    return texts.names(entry, "aliases") if entry.model.aliases else Markup("")

"""The pages of skills, kinds of tools and products, each with the roles that need it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import (
    Mark,
    Signed,
    foot_links,
    level_of,
    mark_of,
    product_link,
    role_link,
    skill_link,
    tool_link,
)
from rolebook.schema import Product, Proficiency, Role, Skill, Tool


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
    level: Signed
    how: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class ItemView:
    """Something linked, with what it is."""

    link: Link
    text: Markup


@dataclass(frozen=True, slots=True)
class SkillPageView:
    """Everything the skill's page prints."""

    title: Markup
    definition: Markup
    aliases: Markup
    rubric: tuple[RubricView, ...]
    learning: tuple["LearningView", ...]
    tools: tuple[ItemView, ...]
    related: tuple[ItemView, ...]
    rate: Link
    foot: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LearningView:
    """An exercise with the proficiency it leads to."""

    id: str
    mark: Mark
    text: Markup


@dataclass(frozen=True, slots=True)
class ToolPageView:
    """Everything the page of a kind of tool or of a product prints."""

    title: Markup
    purpose: Markup
    aliases: Markup
    kinds: tuple[ItemView, ...]
    products: tuple[ItemView, ...]
    skills: tuple[Link, ...]
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
        tuple(
            LearningView(item.id, mark_of(texts, item.reaches), texts.rich(skill, "learning", item.id, "text"))
            for item in skill.model.learning
        ),
        tuple(_tool_item(texts, tool) for tool in book.catalog.tools.values() if skill.id in tool.model.skills),
        tuple(
            ItemView(skill_link(texts, related), texts.rich(book.catalog.skills[related], "definition"))
            for related in skill.model.related
        ),
        texts.link(texts.ui("skill.rate"), f"/my-skills/#rate-{skill.id}"),
        foot_links(texts, skill, "foot.edit-source", texts.bare(skill, "title")),
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
    """Make the page of a kind of tool, with its products."""
    texts = Texts(book, f"tools/{tool.id}/")
    view = ToolPageView(
        texts.plain(tool, "title"),
        texts.rich(tool, "purpose"),
        _aliases(texts, tool),
        (),
        tuple(_product_item(texts, product) for product in tool.model.products),
        tuple(skill_link(texts, skill) for skill in tool.model.skills),
        tuple(_uses(texts, {tool.id})),
        foot_links(texts, tool, "foot.edit-source", texts.bare(tool, "title")),
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


def product_page(book: Book, product: Entry[Product]) -> Page:
    """Make the page of a product, with its alternatives: the other products of its kinds."""
    texts = Texts(book, f"tools/{product.id}/")
    kinds = [tool for tool in book.catalog.tools.values() if product.id in tool.model.products]
    others = dict.fromkeys(other for tool in kinds for other in tool.model.products if other != product.id)
    view = ToolPageView(
        markup.plain(product.model.name),
        texts.rich(product, "purpose"),
        texts.enumeration(product.model.aliases),
        tuple(_tool_item(texts, tool) for tool in kinds),
        tuple(_product_item(texts, other) for other in others),
        tuple(
            skill_link(texts, skill) for skill in dict.fromkeys(skill for tool in kinds for skill in tool.model.skills)
        ),
        tuple(_uses(texts, {tool.id for tool in kinds}, product.id)),
        foot_links(texts, product, "foot.edit-source", product.model.name),
    )
    return make_page(
        book,
        texts,
        template="product.md.j2",
        title=product.model.name,
        description=texts.bare(product, "purpose"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.tools"), "/tools/"), *(item.link for item in view.kinds[:1])),
    )


def _uses(texts: Texts, kinds: Collection[str], product: str = "") -> Iterator[NeedView]:
    """Go through the roles that use a kind of tool, or name a product of it."""
    for role in _by_level(texts):
        for item in role.model.tools:
            if item.tool in kinds and (not product or product in item.products):
                why = texts.rich(role, "tools", item.tool, "why")
                how = texts.ui(f"use.{item.use.value}")
                if product:
                    how += Markup(" · ") + tool_link(texts, item.tool).words
                yield _need(texts, role, how, why)


def _tool_item(texts: Texts, tool: Entry[Tool]) -> ItemView:
    return ItemView(tool_link(texts, tool.id), texts.rich(tool, "purpose"))


def _product_item(texts: Texts, product: str) -> ItemView:
    return ItemView(product_link(texts, product), texts.rich(texts.book.catalog.products[product], "purpose"))


def _by_level(texts: Texts) -> list[Entry[Role]]:
    by_name = texts.language.sort(texts.book.catalog.roles.values(), key=lambda role: texts.bare(role, "title"))
    return sorted(by_name, key=lambda role: role.model.level)


def _need(texts: Texts, role: Entry[Role], how: Markup, why: Markup) -> NeedView:
    return NeedView(role_link(texts, role), level_of(texts, role), how, why)


def _aliases(texts: Texts, entry: Entry[Skill] | Entry[Tool]) -> Markup:
    return texts.names(entry, "aliases") if entry.model.aliases else Markup("")

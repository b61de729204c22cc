"""The page of a role's first weeks."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import Mark, foot_links, mark_of, role_link, skill_link, tool_link
from rolebook.schema import Onboarding, OnboardingItem, Phase, Role


@dataclass(frozen=True, slots=True)
class ItemView:
    """A step, who sees to it, and what it builds."""

    id: str
    text: Markup
    owner: Markup
    skill: Link | None
    mark: Mark | None
    tool: Link | None


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A stretch of the first weeks."""

    id: str
    title: Markup
    goal: Markup
    items: tuple[ItemView, ...]
    gate: Markup


@dataclass(frozen=True, slots=True)
class OnboardingView:
    """Everything the page prints."""

    title: Markup
    intro: Markup
    sections: tuple[Link, ...]
    phases: tuple[PhaseView, ...]
    foot: tuple[Link, ...]


def onboarding_page(book: Book, role: Entry[Role]) -> Page:
    """Make the page of a role's first weeks; the role must have a plan."""
    texts = Texts(book, f"roles/{role.id}/onboarding/")
    plan = role.model.onboarding or Onboarding()
    title = texts.ui_bare("onboarding.title", role=texts.bare(role, "title"))
    view = OnboardingView(
        texts.ui("onboarding.title", role=texts.plain(role, "title")),
        texts.ui("onboarding.intro"),
        tuple(Link(texts.ui(f"phase.{key}"), markup.address(f"#{key}")) for key in plan.phases()),
        tuple(_phase(texts, role, key, phase) for key, phase in plan.phases().items()),
        foot_links(texts, role, "foot.edit-role", title),
    )
    return make_page(
        book,
        texts,
        template="onboarding.md.j2",
        title=title,
        description=texts.ui_bare("onboarding.intro"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.roles"), "/roles/"), role_link(texts, role)),
    )


def _phase(texts: Texts, role: Entry[Role], key: str, phase: Phase) -> PhaseView:
    return PhaseView(
        key,
        texts.ui(f"phase.{key}"),
        texts.rich(role, "onboarding", key, "goal"),
        tuple(_item(texts, role, key, item) for item in phase.items),
        texts.rich(role, "onboarding", key, "gate"),
    )


def _item(texts: Texts, role: Entry[Role], phase: str, item: OnboardingItem) -> ItemView:
    return ItemView(
        item.id,
        texts.rich(role, "onboarding", phase, "items", item.id, "text"),
        texts.ui(f"owner.{item.owner.value}"),
        skill_link(texts, item.skill) if item.skill else None,
        mark_of(texts, item.proficiency) if item.skill and item.proficiency else None,
        tool_link(texts, item.tool) if item.tool else None,
    )

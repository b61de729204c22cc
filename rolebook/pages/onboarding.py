"""The page of a role's first weeks."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import Mark, foot_links, former_ids, mark_of, role_link, skill_link, tool_link
from rolebook.plans import PlannedPhase, PlannedTask, plan_of
from rolebook.schema import ItemOwner, Reason, Role

GUIDES = "onboarding/index.md"
"""The hand-written guides for new hires, below docs/<language>/."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """A task, who sees to it, and what it builds."""

    id: str
    text: Markup
    owner: Markup
    owner_id: str
    done: Markup | None
    read: Markup | None
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
class OwnerView:
    """One of those who see to tasks."""

    id: str
    title: Markup


@dataclass(frozen=True, slots=True)
class OnboardingView:
    """Everything the page prints."""

    title: Markup
    intro: Markup
    role: str
    former: Markup
    weekend: str
    owners: tuple[OwnerView, ...]
    guides: Link | None
    sections: tuple[Link, ...]
    phases: tuple[PhaseView, ...]
    foot: tuple[Link, ...]


def onboarding_page(book: Book, role: Entry[Role]) -> Page:
    """Make the page of a role's first weeks; the role must have a plan."""
    texts = Texts(book, f"roles/{role.id}/onboarding/")
    plan = plan_of(book.catalog, role)
    has_guides = GUIDES in book.docs.pages.get(book.language.code, {})
    title = texts.ui_bare("onboarding.title", role=texts.bare(role, "title"))
    view = OnboardingView(
        texts.ui("onboarding.title", role=texts.plain(role, "title")),
        texts.ui("onboarding.intro"),
        role.id,
        former_ids(texts, "role", role.id, Reason.RENAMED),
        " ".join(str(day) for day in texts.language.weekend),
        tuple(OwnerView(owner.value, texts.ui(f"owner.{owner.value}")) for owner in ItemOwner),
        texts.link(texts.ui("onboarding.guides"), "/onboarding/") if has_guides else None,
        tuple(Link(texts.ui(f"phase.{phase.key}"), markup.address(f"#{phase.key}")) for phase in plan),
        tuple(_phase(texts, role, phase) for phase in plan),
        foot_links(texts, role, "foot.edit-role", title),
    )
    return make_page(
        book,
        texts,
        template="onboarding.md.j2",
        title=title,
        description=texts.ui_bare("onboarding.intro"),
        view=view,
        head={"module": "onboarding"},
        crumbs=(texts.link(texts.ui("nav.roles"), "/roles/"), role_link(texts, role)),
    )


def _phase(texts: Texts, role: Entry[Role], phase: PlannedPhase) -> PhaseView:
    return PhaseView(
        phase.key,
        texts.ui(f"phase.{phase.key}"),
        texts.rich(role, "onboarding", phase.key, "goal"),
        tuple(_item(texts, item) for item in phase.items),
        texts.rich(role, "onboarding", phase.key, "gate"),
    )


def _item(texts: Texts, planned: PlannedTask) -> ItemView:
    item = planned.model
    return ItemView(
        item.id,
        texts.rich(planned.entry, *planned.keys, "text"),
        texts.ui(f"owner.{item.owner.value}"),
        item.owner.value,
        texts.rich(planned.entry, *planned.keys, "done") if item.done else None,
        texts.rich(planned.entry, *planned.keys, "read") if item.read else None,
        skill_link(texts, item.skill) if item.skill else None,
        mark_of(texts, item.proficiency) if item.skill and item.proficiency else None,
        tool_link(texts, item.tool) if item.tool else None,
    )

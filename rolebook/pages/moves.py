"""The page of a move: only what changes from one role to the other."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.addresses import move_address
from rolebook.catalog import Entry
from rolebook.ladders import Change, Step
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import (
    Fact,
    Mark,
    duty_anchor,
    family_link,
    foot_links,
    mark_of,
    role_link,
    skill_link,
    tool_link,
    usual_time,
)
from rolebook.plans import PlannedPhase, plan_of
from rolebook.schema import Expectation, Level, Proficiency, RequiredSkill, Role, Status


@dataclass(frozen=True, slots=True)
class StepView:
    """An exercise or an item of the first weeks, with the proficiency it builds or the phase it stands in."""

    label: Markup
    text: Markup


@dataclass(frozen=True, slots=True)
class SkillChangeView:
    """A skill of which more is asked: both rubric sentences, the reason, and how to get there."""

    id: str
    skill: Link
    before: Mark | None
    after: Mark
    importance: Markup
    rubric_before: Markup | None
    rubric_after: Markup
    why: Markup
    learning: tuple[StepView, ...]
    onboarding: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class LessView:
    """A skill of which less is asked, or none; `after` is None where it no longer counts."""

    skill: Link
    before: Mark
    after: Mark | None


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty, linked at its role."""

    link: Link
    text: Markup


@dataclass(frozen=True, slots=True)
class ToolView:
    """A kind of tool with how often and what for it is used."""

    link: Link
    use: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """What a level expects in one respect, and what it expected before."""

    label: Markup
    before: Markup | None
    after: Markup


@dataclass(frozen=True, slots=True)
class MoveView:
    """Everything the page prints."""

    title: Markup
    why: Markup
    is_draft: bool
    card: tuple[Fact, ...]
    sections: tuple[Link, ...]
    rises: tuple[SkillChangeView, ...]
    new: tuple[SkillChangeView, ...]
    less: tuple[LessView, ...]
    duties_added: tuple[DutyView, ...]
    duties_left: tuple[Link, ...]
    tools: tuple[ToolView, ...]
    tools_left: tuple[Link, ...]
    expectations: tuple[ExpectationView, ...]
    plan: Link | None
    links: tuple[Link, ...]
    foot: tuple[Link, ...]


def move_page(book: Book, step: Step) -> Page:
    """Make the page of a move."""
    texts = Texts(book, move_address(step)[1:])
    return make_page(
        book,
        texts,
        template="move.md.j2",
        title=_title(texts, step),
        description=texts.bare(step.start, "moves", step.end.id, "why"),
        view=_view(texts, step),
        crumbs=(texts.link(texts.ui("nav.paths"), "/paths/"), role_link(texts, step.start)),
    )


def _title(texts: Texts, step: Step) -> str:
    start, end = (texts.bare(role, "title") for role in (step.start, step.end))
    return texts.ui_bare("move.title", start=start, end=end)


def _view(texts: Texts, step: Step) -> MoveView:
    start, end = step.start.model, step.end.model
    changes = step.gap
    is_draft = Status.DRAFT in (start.status, end.status)
    plan = plan_of(texts.book.catalog, step.end)
    rises = tuple(_change(texts, step, change, plan) for change in changes.rises)
    new = tuple(_change(texts, step, change, plan) for change in changes.new)
    less = tuple(_less(texts, change) for change in (*changes.lower, *changes.dropped))
    duties_added, duties_left = _duties(texts, step)
    tools, tools_left = _tools(texts, step)
    expectations = _expectations(texts, step)
    sections = {"rises": rises, "new": new, "less": less, "duties": (*duties_added, *duties_left)}
    sections |= {"tools": (*tools, *tools_left), "level": expectations}
    return MoveView(
        texts.ui("move.title", start=texts.plain(step.start, "title"), end=texts.plain(step.end, "title")),
        texts.rich(step.start, "moves", step.end.id, "why"),
        is_draft,
        _card(texts, step),
        tuple(Link(texts.ui(f"move.{key}"), markup.address(f"#{key}")) for key, items in sections.items() if items),
        rises,
        new,
        less,
        duties_added,
        duties_left,
        tools,
        tools_left,
        expectations,
        texts.link(texts.ui("role.onboarding"), f"/roles/{step.end.id}/onboarding/") if end.onboarding else None,
        (
            texts.link(texts.ui("move.compare"), f"/compare/?roles={step.start.id},{step.end.id}"),
            texts.link(texts.ui("role.find-path"), f"/paths/?from={step.start.id}"),
            texts.link(texts.ui("role.check-skills"), f"/my-skills/?role={step.end.id}"),
        ),
        foot_links(texts, step.start, "foot.edit-source", _title(texts, step)),
    )


def _card(texts: Texts, step: Step) -> tuple[Fact, ...]:
    start, end = role_link(texts, step.start), role_link(texts, step.end)
    levels = dict.fromkeys(texts.language.number(role.model.level) for role in (step.start, step.end))
    facts = [
        Fact(texts.ui("move.from"), start.words, start.href),
        Fact(texts.ui("move.to"), end.words, end.href),
        Fact(texts.ui("card.kind"), texts.ui(f"move.{step.move.kind.value}")),
        Fact(texts.ui("card.level"), texts.ui("move.then").join(levels)),
        Fact(texts.ui("card.time"), usual_time(texts, step.move.months)),
    ]
    tracks = [texts.ui(f"track.{role.model.track.value}") for role in (step.start, step.end)]
    if step.start.model.track is not step.end.model.track:
        facts.append(Fact(texts.ui("card.track"), texts.ui("move.then").join(tracks)))
    if step.start.family != step.end.family:
        names = [family_link(texts, role.family).words for role in (step.start, step.end)]
        facts.append(Fact(texts.ui("card.family"), texts.ui("move.then").join(names)))
    return tuple(facts)


def _change(texts: Texts, step: Step, change: Change, plan: tuple[PlannedPhase, ...]) -> SkillChangeView:
    skill = texts.book.catalog.skills[change.skill]
    asked = _required(step.end.model, change.skill)
    between = [
        p for p in Proficiency if (change.before.rank if change.before else 0) < p.rank <= asked.proficiency.rank
    ]
    return SkillChangeView(
        f"skill-{change.skill}",
        skill_link(texts, change.skill),
        mark_of(texts, change.before) if change.before else None,
        mark_of(texts, asked.proficiency),
        texts.ui(f"importance.{asked.importance.value}"),
        texts.rich(skill, "rubric", change.before.value) if change.before else None,
        texts.rich(skill, "rubric", asked.proficiency.value),
        texts.rich(step.end, "skills", change.skill, "why"),
        tuple(
            StepView(
                texts.ui("move.reaches", proficiency=mark_of(texts, item.reaches).words),
                texts.rich(skill, "learning", item.id, "text"),
            )
            for item in skill.model.learning
            if item.reaches in between
        ),
        tuple(
            StepView(texts.ui(f"phase.{phase.key}"), texts.rich(item.entry, *item.keys, "text"))
            for phase in plan
            for item in phase.items
            if item.model.skill == change.skill
        ),
    )


def _required(role: Role, skill: str) -> RequiredSkill:
    return next(item for item in role.skills if item.skill == skill)


def _less(texts: Texts, change: Change) -> LessView:
    assert change.before  # noqa: S101 - what counts less did count before
    after = mark_of(texts, change.after) if change.after else None
    return LessView(skill_link(texts, change.skill), mark_of(texts, change.before), after)


def _duties(texts: Texts, step: Step) -> tuple[tuple[DutyView, ...], tuple[Link, ...]]:
    """Tell the duties that come and that go; a duty with the same id in both roles stays."""
    ids = [{duty.id for duty in role.model.duties} for role in (step.start, step.end)]
    added = tuple(
        DutyView(_duty_link(texts, step.end, duty.id), texts.rich(step.end, "duties", duty.id, "text"))
        for duty in step.end.model.duties
        if duty.id not in ids[0]
    )
    left = tuple(_duty_link(texts, step.start, duty.id) for duty in step.start.model.duties if duty.id not in ids[1])
    return added, left


def _duty_link(texts: Texts, role: Entry[Role], duty: str) -> Link:
    return texts.link(texts.plain(role, "duties", duty, "title"), f"/roles/{role.id}/#{duty_anchor(duty)}")


def _tools(texts: Texts, step: Step) -> tuple[tuple[ToolView, ...], tuple[Link, ...]]:
    used = [{item.tool for item in role.model.tools} for role in (step.start, step.end)]
    added = tuple(
        ToolView(
            tool_link(texts, item.tool),
            texts.ui(f"use.{item.use.value}"),
            texts.rich(step.end, "tools", item.tool, "why"),
        )
        for item in step.end.model.tools
        if item.tool not in used[0]
    )
    return added, tuple(tool_link(texts, item.tool) for item in step.start.model.tools if item.tool not in used[1])


def _expectations(texts: Texts, step: Step) -> tuple[ExpectationView, ...]:
    """Tell what the new level expects beside what the old one did; nothing where both are the same."""
    (level, after), (former, before) = _expectation(texts, step.end), _expectation(texts, step.start)
    if after is None or (level.id == former.id and after == before):
        return ()
    return tuple(
        ExpectationView(
            texts.ui(f"level.{name}"),
            texts.rich(former, "expectations", before.track.value, name) if before else None,
            texts.rich(level, "expectations", after.track.value, name),
        )
        for name in ("scope", "autonomy", "influence", "complexity")
    )


def _expectation(texts: Texts, role: Entry[Role]) -> tuple[Entry[Level], Expectation | None]:
    level = texts.book.catalog.levels[str(role.model.level)]
    return level, next((item for item in level.model.expectations if item.track is role.model.track), None)

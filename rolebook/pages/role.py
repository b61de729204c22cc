"""The page of a role."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.addresses import move_address
from rolebook.catalog import Entry
from rolebook.ladders import Step, promotions_ahead
from rolebook.pages.history import last_changed, last_changes
from rolebook.pages.jsonld import ESCO, json_ld, scheme_name
from rolebook.pages.map import MapView, role_map
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import (
    Fact,
    Mark,
    Signed,
    duty_anchor,
    family_link,
    foot_links,
    level_change,
    level_of,
    mark_of,
    product_link,
    role_link,
    skill_link,
    tool_link,
    track_of,
    usual_time,
)
from rolebook.schema import Code, EntryRoute, MoveKind, Role, Scheme, SkillGroup, Status

WORDS_PER_MINUTE = 200  # Brysbaert 2019: silent reading of non-fiction, about 240 a minute; slower in a second language
CHARACTERS_PER_MINUTE = 300  # Chinese; Trauzettel-Klosinski & Dietz 2012: 255 ± 29 aloud
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty with the measures it is judged by."""

    id: str
    title: Markup
    text: Markup
    measures: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DutyGroupView:
    """Duties under one heading; without a title where the role has no groups."""

    title: Markup | None
    duties: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class SkillView:
    """A required skill with the rubric sentence of its very level."""

    id: str
    link: Link
    mark: Mark
    importance: Markup
    rubric: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class SkillGroupView:
    """Skills under one heading."""

    title: Markup
    skills: tuple[SkillView, ...]


@dataclass(frozen=True, slots=True)
class ToolView:
    """A kind of tool with its products."""

    id: str
    link: Link
    use: Markup
    products: tuple[Link, ...]
    why: Markup


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move as seen from this page's role."""

    role: Link
    kind: Markup
    kind_id: str
    level: Markup
    months: Markup
    why: Markup
    asks: Link
    draft: bool


@dataclass(frozen=True, slots=True)
class MovesView:
    """Moves of one direction."""

    id: str
    title: Markup
    moves: tuple[MoveView, ...]


@dataclass(frozen=True, slots=True)
class ChainView:
    """A role further ahead, and through which roles one gets there."""

    role: Link
    level: Signed
    via: Markup


@dataclass(frozen=True, slots=True)
class EntryView:
    """A way in from outside."""

    id: str
    title: Markup
    months: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class TitledView:
    """A titled text with an id to link to."""

    id: str
    title: Markup
    text: Markup


@dataclass(frozen=True, slots=True)
class CodeView:
    """A place in a classification."""

    scheme: Markup
    code: str
    href: Markup
    match: Markup


@dataclass(frozen=True, slots=True)
class RoleView:
    """Everything the role's page prints, in its order."""

    title: Markup
    draft: bool
    replaced_by: Link | None
    overdue: Markup | None
    summary: Markup
    card: tuple[Fact, ...]
    sections: tuple[Link, ...]
    about: tuple[Markup, ...]
    onboarding: Link | None
    takeaways: tuple[Markup, ...]
    duty_groups: tuple[DutyGroupView, ...]
    skill_groups: tuple[SkillGroupView, ...]
    tools: tuple[ToolView, ...]
    moves: tuple[MovesView, ...]
    entries: tuple[EntryView, ...]
    further: tuple[ChainView, ...]
    map: MapView | None
    links: tuple[Link, ...]
    practices: tuple[TitledView, ...]
    questions: tuple[TitledView, ...]
    measures: tuple[TitledView, ...]
    codes: tuple[CodeView, ...]
    changes: tuple[Markup, ...]
    foot: tuple[Link, ...]


def role_page(book: Book, role: Entry[Role]) -> Page:
    """Make the page of a role in one language."""
    texts = Texts(book, f"roles/{role.id}/")
    crumbs = (
        texts.link(texts.ui("nav.roles"), "/roles/"),
        family_link(texts, role.family),
    )
    view = _view(texts, role)
    return make_page(
        book,
        texts,
        template="role.md.j2",
        title=texts.bare(role, "title"),
        description=texts.bare(role, "summary"),
        view=view,
        crumbs=crumbs,
        head={"jsonld": json_ld(texts, role), **({"module": "map"} if view.map else {})},
    )


def _view(texts: Texts, role: Entry[Role]) -> RoleView:
    model = role.model
    catalog = texts.book.catalog
    replacement = catalog.roles.get(model.replaced_by) if model.replaced_by else None
    return RoleView(
        title=texts.plain(role, "title"),
        draft=model.status is Status.DRAFT,
        replaced_by=role_link(texts, replacement) if replacement else None,
        overdue=_overdue(texts, role),
        summary=texts.rich(role, "summary"),
        card=_card(texts, role),
        sections=_sections(texts, role),
        about=texts.paragraphs(role, "about") if model.about else (),
        onboarding=texts.link(texts.ui("role.onboarding"), f"/roles/{role.id}/onboarding/")
        if model.onboarding
        else None,
        takeaways=tuple(texts.rich(role, "takeaways", item.id, "text") for item in model.takeaways),
        duty_groups=_duty_groups(texts, role),
        skill_groups=_skill_groups(texts, role),
        tools=_tools(texts, role),
        moves=_moves(texts, role),
        entries=tuple(_entry(texts, role, route) for route in model.entry_routes),
        further=_further(texts, role),
        map=role_map(texts, role) if role.id in texts.book.ladders.into else None,
        links=_career_links(texts, role),
        practices=tuple(
            TitledView(
                f"practice-{item.id}",
                texts.plain(role, "best_practices", item.id, "title"),
                texts.rich(role, "best_practices", item.id, "text"),
            )
            for item in model.best_practices
        ),
        questions=tuple(
            TitledView(
                f"question-{item.id}",
                texts.plain(role, "faq", item.id, "question"),
                texts.rich(role, "faq", item.id, "answer"),
            )
            for item in model.faq
        ),
        measures=_measures(texts, role),
        codes=tuple(_code(texts, code) for code in model.codes),
        changes=last_changes(texts, role),
        foot=_foot(texts, role),
    )


def _overdue(texts: Texts, role: Entry[Role]) -> Markup | None:
    """Say that a role was to be read through again, where that day is past."""
    today, due = texts.book.today, role.model.review_due
    if today is None or role.model.status is Status.DEPRECATED or due >= today:
        return None
    return texts.ui("role.overdue", day=texts.language.long_date(due))


def _sections(texts: Texts, role: Entry[Role]) -> tuple[Link, ...]:
    """Link the sections the page has, for screens that show no table of contents."""
    model = role.model
    parts = {
        "takeaways": model.takeaways,
        "duties": model.duties,
        "skills": model.skills,
        "tools": model.tools,
        "career": (*model.entry_routes, *_steps(texts, role)),
        "practices": model.best_practices,
        "questions": model.faq,
    }
    return tuple(Link(texts.ui(f"role.{key}"), markup.address(f"#{key}")) for key, items in parts.items() if items)


def _steps(texts: Texts, role: Entry[Role]) -> tuple[Step, ...]:
    ladders = texts.book.ladders
    return (*ladders.out_of.get(role.id, ()), *ladders.into.get(role.id, ()))


def _card(texts: Texts, role: Entry[Role]) -> tuple[Fact, ...]:
    model, catalog = role.model, texts.book.catalog
    family, level, track = family_link(texts, role.family), level_of(texts, role), track_of(texts, model.track)
    facts = [
        Fact(texts.ui("card.family"), family.words, family.href),
        Fact(texts.ui("card.level"), level.words, level.href, sign=level.sign),
        Fact(texts.ui("card.track"), track.words, sign=track.sign),
    ]
    facts += [
        Fact(texts.ui("card.reading"), texts.ui("card.minutes", n=_minutes(texts, role))),
        Fact(texts.ui("card.reviewed"), markup.plain(texts.language.long_date(model.reviewed))),
        *last_changed(texts, role),
        Fact(texts.ui("card.owner"), texts.plain(catalog.owners[model.owner], "title")),
    ]
    if model.aliases:
        facts.append(Fact(texts.ui("card.aliases"), texts.names(role, "aliases"), is_wide=True))
    return tuple(facts)


def _minutes(texts: Texts, role: Entry[Role]) -> int:
    """Estimate how long the page takes to read, without the onboarding, which has a page of its own."""
    parts = (leaf.address.split(".") for leaf in role.texts())
    text = " ".join(texts.bare(role, *part[1:]) for part in parts if part[1] != "onboarding")
    chinese = len(CHINESE.findall(text))
    minutes = chinese / CHARACTERS_PER_MINUTE + len(CHINESE.sub(" ", text).split()) / WORDS_PER_MINUTE
    return max(1, round(minutes))


def _duty_groups(texts: Texts, role: Entry[Role]) -> tuple[DutyGroupView, ...]:
    views = {duty.id: _duty(texts, role, duty.id, duty.measures) for duty in role.model.duties}
    groups = [(group.id, texts.plain(role, "duty_groups", group.id, "title")) for group in role.model.duty_groups]
    sorted_out = [
        DutyGroupView(title, tuple(views[duty.id] for duty in role.model.duties if duty.group == group))
        for group, title in groups
    ]
    loose = tuple(views[duty.id] for duty in role.model.duties if duty.group is None)
    return tuple(group for group in (DutyGroupView(None, loose), *sorted_out) if group.duties)


def _duty(texts: Texts, role: Entry[Role], duty: str, measures: Iterable[str]) -> DutyView:
    catalog = texts.book.catalog
    return DutyView(
        duty_anchor(duty),
        texts.plain(role, "duties", duty, "title"),
        texts.rich(role, "duties", duty, "text"),
        tuple(
            Link(texts.plain(catalog.measures[measure], "title"), markup.address(f"#measure-{measure}"))
            for measure in measures
        ),
    )


def _measures(texts: Texts, role: Entry[Role]) -> tuple[TitledView, ...]:
    used = dict.fromkeys(measure for duty in role.model.duties for measure in duty.measures)
    entries = [texts.book.catalog.measures[measure] for measure in used]
    return tuple(
        TitledView(f"measure-{entry.id}", texts.plain(entry, "title"), texts.rich(entry, "text")) for entry in entries
    )


def _skill_groups(texts: Texts, role: Entry[Role]) -> tuple[SkillGroupView, ...]:
    catalog = texts.book.catalog
    views = [
        (
            catalog.skills[item.skill].model.group,
            SkillView(
                f"skill-{item.skill}",
                skill_link(texts, item.skill),
                mark_of(texts, item.proficiency),
                texts.ui(f"importance.{item.importance.value}"),
                texts.rich(catalog.skills[item.skill], "rubric", item.proficiency.value),
                texts.rich(role, "skills", item.skill, "why"),
            ),
        )
        for item in role.model.skills
    ]
    groups = (
        SkillGroupView(texts.ui(f"skill-group.{group.value}"), tuple(view for of, view in views if of is group))
        for group in SkillGroup
    )
    return tuple(group for group in groups if group.skills)


def _tools(texts: Texts, role: Entry[Role]) -> tuple[ToolView, ...]:
    return tuple(
        ToolView(
            f"tool-{item.tool}",
            tool_link(texts, item.tool),
            texts.ui(f"use.{item.use.value}"),
            tuple(product_link(texts, product) for product in item.products),
            texts.rich(role, "tools", item.tool, "why"),
        )
        for item in role.model.tools
    )


def _moves(texts: Texts, role: Entry[Role]) -> tuple[MovesView, ...]:
    ladders = texts.book.ladders
    out = ladders.out_of.get(role.id, ())
    up = [step for step in out if step.move.kind is MoveKind.PROMOTION]
    across = [step for step in out if step.move.kind is not MoveKind.PROMOTION]
    directions = (
        ("career-up", up, False),
        ("career-sideways", across, False),
        ("career-from", ladders.into.get(role.id, ()), True),
    )
    return tuple(
        MovesView(key, texts.ui(f"role.{key}"), tuple(_move(texts, step, backwards) for step in steps))
        for key, steps, backwards in directions
        if steps
    )


def _move(texts: Texts, step: Step, backwards: bool) -> MoveView:
    other = step.start if backwards else step.end
    return MoveView(
        role_link(texts, other),
        texts.ui(f"move.{step.move.kind.value}"),
        step.move.kind.value,
        level_change(texts, step),
        usual_time(texts, step.move.months),
        texts.rich(step.start, "moves", step.end.id, "why"),
        texts.link(_asks(texts, step), move_address(step)),
        other.model.status is Status.DRAFT,
    )


def _asks(texts: Texts, step: Step) -> Markup:
    """Say in a few words what a move asks, as the words of the link to its page."""
    found = step.gap
    if not step.start.model.skills or not step.end.model.skills:
        return texts.ui("move.whole")
    counts = (("move.count-rises", len(found.rises)), ("move.count-new", len(found.new)))
    told = [texts.ui(key, n=count) for key, count in counts if count]
    return texts.ui("list.comma").join(told) if told else texts.ui("move.count-none")


def _entry(texts: Texts, role: Entry[Role], route: EntryRoute) -> EntryView:
    low, high = (texts.language.number(count) for count in route.months)
    months = (
        texts.ui("entry.months", n=route.months[1], low=low, high=high) if route.months[1] else texts.ui("entry.none")
    )
    return EntryView(
        f"career-entry-{route.id}",
        texts.plain(role, "entry_routes", route.id, "title"),
        months,
        texts.rich(role, "entry_routes", route.id, "why"),
    )


def _career_links(texts: Texts, role: Entry[Role]) -> tuple[Link, ...]:
    if role.id not in texts.book.ladders.into:
        return ()
    return (
        texts.link(texts.ui("role.find-path"), f"/paths/?from={role.id}"),
        texts.link(texts.ui("role.compare"), f"/compare/?roles={role.id}"),
        texts.link(texts.ui("role.check-skills"), f"/my-skills/?role={role.id}"),
    )


def _further(texts: Texts, role: Entry[Role]) -> tuple[ChainView, ...]:
    """Tell in words what the map shows two moves ahead, and where promotions lead beyond it."""
    ladders = texts.book.ladders
    paths = ladders.shortest(role.id).values() if role.id in ladders.into else ()
    chains = {path.roles[-1].id: path.roles[1:] for path in paths if len(path.steps) == 2}
    chains |= {chain[-1].id: chain for chain in promotions_ahead(texts.book.catalog, role)}
    return tuple(
        ChainView(
            role_link(texts, chain[-1]),
            level_of(texts, chain[-1]),
            texts.ui("move.then").join(texts.plain(step, "title") for step in chain[:-1]),
        )
        for chain in sorted(chains.values(), key=lambda chain: (chain[-1].model.level, chain[-1].id))
    )


def _code(texts: Texts, code: Code) -> CodeView:
    href = markup.address(f"{ESCO}{code.uuid}" if code.scheme is Scheme.ESCO and code.uuid else "")
    return CodeView(markup.plain(scheme_name(code)), code.code, href, texts.ui(f"match.{code.match.value}"))


def _foot(texts: Texts, role: Entry[Role]) -> tuple[Link, ...]:
    links = foot_links(texts, role, "foot.edit-role", texts.bare(role, "title"))
    if not texts.book.history.of_role(role.id):
        return links
    return (*links, texts.link(texts.ui("foot.history"), f"/roles/{role.id}/history/"))

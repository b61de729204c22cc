"""Write the knowledge base as data: JSON with schemas, CSV, llms.txt; and the page that lists them."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from markupsafe import Markup

from rolebook import markup
from rolebook.addresses import move_address
from rolebook.catalog import Entry
from rolebook.ladders import NO_GAP, Change, Ladders, Path, Step
from rolebook.messages import State
from rolebook.pages import datasets as d
from rolebook.pages.page import Book, Link, Page, Plan, Texts, make_page
from rolebook.plans import PlannedTask, plan_of
from rolebook.schema import Model, Proficiency, Reason, Role, Skill

ADDRESS = "/data/"
LISTS = ("roles", "moves", "skills", "tools", "levels")
"""The lists of everything; each of its own form."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file one may take."""

    link: Link
    text: Markup
    schema: Link | None


@dataclass(frozen=True, slots=True)
class DataView:
    """Everything the page prints."""

    title: Markup
    intro: Markup
    json: tuple[FileView, ...]
    roles: tuple[FileView, ...]
    csv: tuple[FileView, ...]


def data_page(book: Book) -> Page:
    """Make the page that lists and explains the files."""
    texts = Texts(book, ADDRESS[1:])
    roles = texts.language.sort(book.catalog.roles.values(), key=lambda role: texts.bare(role, "title"))
    view = DataView(
        texts.ui("data.title"),
        texts.ui("data.intro"),
        tuple(_file(texts, f"{name}.json", f"data.{name}", name) for name in d.DATASETS if name != "role"),
        tuple(
            FileView(Link(texts.plain(role, "title"), markup.address(f"roles/{role.id}.json")), Markup(""), None)
            for role in roles
        ),
        tuple(_file(texts, f"{name}.csv", f"data.csv-{name}") for name in TABLES),
    )
    return make_page(
        book,
        texts,
        template="data.md.j2",
        title=texts.ui_bare("data.title"),
        description=texts.ui_bare("data.intro"),
        view=view,
    )


def _file(texts: Texts, name: str, key: str, schema: str = "") -> FileView:
    of = f"{schema}.schema.json"
    link = Link(markup.plain(of), markup.address(of)) if schema else None
    return FileView(Link(markup.plain(name), markup.address(name)), texts.ui(key), link)


def plan_data(book: Book) -> Plan:
    """Give how every file below data/ and llms.txt of one language are made."""
    folder, catalog = f"{book.language.code}{ADDRESS}", book.catalog
    planned: Plan = {tuple(f"{folder}{name}.schema.json" for name in d.DATASETS): _schemas}
    lists = (*(f"{name}.json" for name in LISTS), *(f"{name}.csv" for name in TABLES))
    planned[*(f"{folder}{name}" for name in lists), f"{book.language.code}/llms.txt"] = partial(_lists, book)
    for role in catalog.roles.values():
        planned[f"{folder}roles/{role.id}.json",] = partial(_role_file, book, role)
    for redirect in catalog.former("role").values():
        if redirect.reason is Reason.RENAMED:  # who asks for the old name is told of the same role
            role = catalog.roles[redirect.to]
            planned[f"{folder}roles/{redirect.former}.json",] = partial(_role_file, book, role)
    return planned


def _schemas() -> tuple[str, ...]:
    return tuple(_schema(name) for name in d.DATASETS)


def _lists(book: Book) -> tuple[str, ...]:
    """Make the lists of everything, as data and as tables, and llms.txt."""
    roles, moves = _roles(_Source(book)), _moves(_Source(book))
    skills, tools, levels = _skills(_Source(book)), _tools(_Source(book)), _levels(_Source(book))
    tables = _tables(roles, moves, skills, tools, levels)
    written = (_json(dataset) for dataset in (roles, moves, skills, tools, levels))
    return *written, *(_csv(tables[name]) for name in TABLES), _llms(book, roles)


def _role_file(book: Book, role: Entry[Role]) -> tuple[str, ...]:
    return (_json(_role(_Source(book), role)),)


@cache
def _schema(name: str) -> str:
    """Give the JSON Schema of a kind of file, which is the same in all languages."""
    described = d.DATASETS[name].model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _json(dataset: d.Dataset) -> str:
    return dataset.model_dump_json(by_alias=True, indent=1) + "\n"


class _Source:
    """The texts for one file in one language, unescaped; keeps the states of those that are not quite the reader's."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.texts = Texts(book, ADDRESS[1:])
        self.states: dict[str, str] = {}

    def text(self, entry: Entry[Model], *address: str) -> str:
        """Give a text without its markup."""
        self._note(entry, address)
        return self.texts.bare(entry, *address)

    def names(self, entry: Entry[Model], *address: str) -> list[str]:
        """Give a list that is translated as a whole."""
        self._note(entry, address)
        return list(self.texts.lines(entry, *address))

    def label(self, key: str, n: int | None = None, **values: str) -> str:
        """Give a text of the interface."""
        return self.texts.ui_bare(key, n, **values)

    def head(self, schema: str, depth: str = "") -> dict[str, object]:
        """Give what every file begins with; to be asked when all texts were given out."""
        return {"$schema": f"{depth}{schema}.schema.json", "language": self.book.language.code, "states": self.states}

    def _note(self, entry: Entry[Model], address: tuple[str, ...]) -> None:
        key = ".".join((entry.address, *address))
        state = self.book.messages.translate((entry.domain, key), self.book.language).state
        if state not in (State.SOURCE, State.TRANSLATED):
            self.states[key] = state.value


def _roles(source: _Source) -> d.Roles:
    roles = [_summary(source, role) for role in sorted(source.book.catalog.roles.values(), key=lambda role: role.id)]
    return d.Roles.model_validate({**source.head("roles"), "roles": roles})


def _summary(source: _Source, role: Entry[Role]) -> d.RoleSummary:
    model, catalog = role.model, source.book.catalog
    level = source.text(catalog.levels[str(model.level)], "title")
    return d.RoleSummary(
        id=role.id,
        url=f"../roles/{role.id}/",
        title=source.text(role, "title"),
        aliases=source.names(role, "aliases") if model.aliases else [],
        family=role.family,
        family_title=source.text(catalog.families[role.family], "title"),
        track=model.track,
        track_label=source.label(f"track.{model.track.value}"),
        level=model.level,
        level_label=source.label("level.name", number=source.book.language.number(model.level), title=level),
        status=model.status,
        summary=source.text(role, "summary"),
        skills=[
            d.SkillNeed(
                skill=item.skill,
                title=source.text(catalog.skills[item.skill], "title"),
                proficiency=item.proficiency,
                rank=item.proficiency.rank,
                label=_proficiency(source, item.proficiency),
                importance=item.importance,
                importance_label=source.label(f"importance.{item.importance.value}"),
            )
            for item in model.skills
        ],
        tools=[
            d.ToolNeed(
                tool=item.tool,
                title=source.text(catalog.tools[item.tool], "title"),
                use=item.use,
                use_label=source.label(f"use.{item.use.value}"),
                products=list(item.products),
            )
            for item in model.tools
        ],
    )


def _proficiency(source: _Source, proficiency: Proficiency) -> str:
    return source.text(source.book.catalog.proficiency[proficiency.value], "title")


def _role(source: _Source, role: Entry[Role]) -> d.RoleData:
    model, measures = role.model, source.book.catalog.measures
    whole = {
        "role": _summary(source, role),
        "about": source.text(role, "about") if model.about else "",
        "takeaways": [source.text(role, "takeaways", item.id, "text") for item in model.takeaways],
        "duties": [
            d.DutyData(
                id=duty.id,
                title=source.text(role, "duties", duty.id, "title"),
                text=source.text(role, "duties", duty.id, "text"),
                measures=[source.text(measures[measure], "title") for measure in duty.measures],
            )
            for duty in model.duties
        ],
        "skill_reasons": [
            d.Reason(id=item.skill, why=source.text(role, "skills", item.skill, "why")) for item in model.skills
        ],
        "tool_reasons": [
            d.Reason(id=item.tool, why=source.text(role, "tools", item.tool, "why")) for item in model.tools
        ],
        "entry_routes": [
            d.EntryData(
                id=item.id,
                title=source.text(role, "entry_routes", item.id, "title"),
                months=(item.months[0], item.months[1]),
                why=source.text(role, "entry_routes", item.id, "why"),
            )
            for item in model.entry_routes
        ],
        "best_practices": [
            d.TitledText(
                id=item.id,
                title=source.text(role, "best_practices", item.id, "title"),
                text=source.text(role, "best_practices", item.id, "text"),
            )
            for item in model.best_practices
        ],
        "faq": [
            d.TitledText(
                id=item.id,
                title=source.text(role, "faq", item.id, "question"),
                text=source.text(role, "faq", item.id, "answer"),
            )
            for item in model.faq
        ],
        "onboarding": list(_phases(source, role)),
        "codes": [d.CodeData.model_validate(code.model_dump()) for code in model.codes],
        "reviewed": model.reviewed.isoformat(),
        "paths": list(_paths(source.book.ladders, role)),
    }
    return d.RoleData.model_validate({**source.head("role", "../"), **whole})


def _phases(source: _Source, role: Entry[Role]) -> Iterator[d.PhaseData]:
    for phase in plan_of(source.book.catalog, role):
        yield d.PhaseData(
            id=phase.key,
            goal=source.text(role, "onboarding", phase.key, "goal"),
            items=[_planned(source, item) for item in phase.items],
            gate=source.text(role, "onboarding", phase.key, "gate"),
        )


def _planned(source: _Source, planned: PlannedTask) -> d.OnboardingTaskData:
    item = planned.model
    return d.OnboardingTaskData(
        id=item.id,
        text=source.text(planned.entry, *planned.keys, "text"),
        owner=item.owner,
        done=source.text(planned.entry, *planned.keys, "done") if item.done else None,
        skill=item.skill,
        proficiency=item.proficiency,
        tool=item.tool,
    )


def _paths(ladders: Ladders, role: Entry[Role]) -> Iterator[d.PathData]:
    if role.id not in ladders.out_of:
        return
    easiest = ladders.easiest(role.id)
    for to, path in ladders.shortest(role.id).items():
        yield d.PathData(to=to, shortest=_chain(path), easiest=_chain(easiest[to]))


def _chain(path: Path) -> d.ChainData:
    return d.ChainData(roles=[role.id for role in path.roles], months=path.months, steps=path.skill_steps)


def _moves(source: _Source) -> d.Moves:
    ladders = source.book.ladders
    moves = [_move(source, step) for step in ladders.steps]
    return d.Moves.model_validate(
        {**source.head("moves"), "roles": [role.id for role in ladders.roles], "moves": moves}
    )


def _move(source: _Source, step: Step) -> d.MoveData:
    found = step.gap if step.is_told else NO_GAP
    number = source.book.language.number
    low, high = step.move.months
    start, end = (number(role.model.level) for role in (step.start, step.end))
    same = step.start.model.level == step.end.model.level
    return d.MoveData(
        start=step.start.id,
        end=step.end.id,
        url=f"..{move_address(step)}",
        kind=step.move.kind,
        kind_label=source.label(f"move.{step.move.kind.value}"),
        level_label=source.label("move.level-same", level=end)
        if same
        else source.label("move.level-change", start=start, end=end),
        months=(low, high),
        months_label=source.label("move.months", n=high, low=number(low), high=number(high)),
        why=source.text(step.start, "moves", step.end.id, "why"),
        steps=found.steps if step.is_told else None,
        rises=[_change(source, change) for change in found.rises],
        new=[_change(source, change) for change in found.new],
        lower=[_change(source, change) for change in found.lower],
        dropped=[_change(source, change) for change in found.dropped],
    )


def _change(source: _Source, change: Change) -> d.ChangeData:
    before, after = (_proficiency(source, level) if level else "" for level in (change.before, change.after))
    if before and after:
        label = source.label("move.rise", before=before, after=after)
    else:
        label = source.label("move.is-new", after=after) if after else source.label("move.was", before=before)
    return d.ChangeData(
        skill=change.skill,
        title=source.text(source.book.catalog.skills[change.skill], "title"),
        before=change.before,
        after=change.after,
        steps=change.steps,
        label=label,
    )


def _skills(source: _Source) -> d.Skills:
    catalog = source.book.catalog
    proficiency = [
        d.ProficiencyData(
            id=step,
            rank=step.rank,
            title=_proficiency(source, step),
            meaning=source.text(catalog.proficiency[step.value], "meaning"),
        )
        for step in Proficiency
    ]
    skills = [_skill(source, skill) for skill in sorted(catalog.skills.values(), key=lambda skill: skill.id)]
    return d.Skills.model_validate({**source.head("skills"), "proficiency": proficiency, "skills": skills})


def _skill(source: _Source, skill: Entry[Skill]) -> d.SkillData:
    return d.SkillData(
        id=skill.id,
        url=f"../skills/{skill.id}/",
        title=source.text(skill, "title"),
        aliases=source.names(skill, "aliases") if skill.model.aliases else [],
        group=skill.model.group,
        group_label=source.label(f"skill-group.{skill.model.group.value}"),
        definition=source.text(skill, "definition"),
        rubric={step: source.text(skill, "rubric", step.value) for step in Proficiency},
        learning=[
            d.LearningData(reaches=item.reaches, text=source.text(skill, "learning", item.id, "text"))
            for item in skill.model.learning
        ],
        related=list(skill.model.related),
    )


def _tools(source: _Source) -> d.Tools:
    catalog = source.book.catalog
    tools = [
        d.ToolData(
            id=tool.id,
            url=f"../tools/{tool.id}/",
            title=source.text(tool, "title"),
            aliases=source.names(tool, "aliases") if tool.model.aliases else [],
            purpose=source.text(tool, "purpose"),
            skills=list(tool.model.skills),
            products=list(tool.model.products),
        )
        for tool in catalog.tools.values()
    ]
    products = [
        d.ProductData(
            id=product.id,
            url=f"../tools/{product.id}/",
            name=product.model.name,
            aliases=list(product.model.aliases),
            purpose=source.text(product, "purpose"),
        )
        for product in catalog.products.values()
    ]
    return d.Tools.model_validate({**source.head("tools"), "tools": tools, "products": products})


def _levels(source: _Source) -> d.Levels:
    catalog = source.book.catalog
    levels = [
        d.LevelData(
            level=level.model.level,
            title=source.text(level, "title"),
            summary=source.text(level, "summary"),
            expectations=[
                d.ExpectationData(
                    track=item.track,
                    **{
                        name: source.text(level, "expectations", item.track.value, name)
                        for name in ("scope", "autonomy", "influence", "complexity")
                    },
                )
                for item in level.model.expectations
            ],
        )
        for level in sorted(catalog.levels.values(), key=lambda level: level.model.level)
    ]
    families = [
        d.FamilyData(
            id=family.id,
            url=f"../families/{family.id}/",
            title=source.text(family, "title"),
            summary=source.text(family, "summary"),
        )
        for family in catalog.families.values()
    ]
    return d.Levels.model_validate({**source.head("levels"), "levels": levels, "families": families})


Rows = list[Sequence[object]]
TABLES = ("roles", "role-skills", "role-tools", "moves", "skills", "tools", "levels")


def _tables(roles: d.Roles, moves: d.Moves, skills: d.Skills, tools: d.Tools, levels: d.Levels) -> dict[str, Rows]:
    """Make flat tables of the data; the first row names the columns. The names are those of TABLES."""
    summaries = roles.roles
    names = {role.id: role.title for role in summaries}
    return {
        "roles": [
            ("role", "title", "aliases", "family", "track", "level", "status", "summary"),
            *(
                (r.id, r.title, "; ".join(r.aliases), r.family_title, r.track_label, r.level, r.status.value, r.summary)
                for r in summaries
            ),
        ],
        "role-skills": [
            ("role", "role title", "skill", "skill title", "proficiency", "rank", "importance"),
            *(
                (r.id, r.title, s.skill, s.title, s.label, s.rank, s.importance_label)
                for r in summaries
                for s in r.skills
            ),
        ],
        "role-tools": [
            ("role", "role title", "tool", "tool title", "use", "products"),
            *((r.id, r.title, t.tool, t.title, t.use_label, "; ".join(t.products)) for r in summaries for t in r.tools),
        ],
        "moves": [
            ("from", "from title", "to", "to title", "kind", "months from", "months to", "skill steps", "why"),
            *(
                (m.start, names[m.start], m.end, names[m.end], m.kind_label, *m.months, m.steps, m.why)
                for m in moves.moves
            ),
        ],
        "skills": [
            ("skill", "title", "group", "definition", *(step.title for step in skills.proficiency)),
            *((s.id, s.title, s.group_label, s.definition, *s.rubric.values()) for s in skills.skills),
        ],
        "tools": [
            ("id", "name", "aliases", "kind", "purpose"),
            *((t.id, t.title, "; ".join(t.aliases), "", t.purpose) for t in tools.tools),
            *(
                (
                    p.id,
                    p.name,
                    "; ".join(p.aliases),
                    "; ".join(t.id for t in tools.tools if p.id in t.products),
                    p.purpose,
                )
                for p in tools.products
            ),
        ],
        "levels": [
            ("level", "title", "track", "scope", "autonomy", "influence", "complexity"),
            *(
                (n.level, n.title, e.track.value, e.scope, e.autonomy, e.influence, e.complexity)
                for n in levels.levels
                for e in n.expectations
            ),
        ],
    }


def _csv(rows: Rows) -> str:
    """Write a table for spreadsheets: with a byte order mark, and no cell that could be taken for a formula."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(
        [[markup.cell(value) if isinstance(value, str) else value for value in row] for row in rows]
    )
    return "\ufeff" + file.getvalue()


def _llms(book: Book, roles: d.Roles) -> str:
    """List the site for language models, in the form of llmstxt.org."""
    texts = Texts(book, "")
    base = book.site_url

    def ui(key: str) -> str:
        return _llms_text(texts.ui_bare(key))

    lines = [f"# {ui('site.name')}", "", f"> {ui('site.summary')}", "", f"## {ui('nav.roles')}", ""]
    lines += [f"- [{_llms_text(r.title)}]({base}roles/{r.id}/): {_llms_text(r.summary)}" for r in roles.roles]
    lines += ["", f"## {ui('nav.paths')}", ""]
    pages = [("paths", "nav.paths", "paths.intro"), ("data", "data.title", "data.intro")]
    pages += [(name, f"nav.{name}", f"index.{name}") for name in ("skills", "tools", "levels")]
    lines += [f"- [{ui(title)}]({base}{path}/): {ui(text)}" for path, title, text in pages]
    return "\n".join(lines) + "\n"


def _llms_text(text: str) -> str:
    """Keep a text on its line, and from closing its link or opening another."""
    line = " ".join(text.split())
    return markup.plain(line) if any(sign in line for sign in "[]()<>`") else line

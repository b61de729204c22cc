"""The knowledge base as data: what each file below data/ holds, as models that its JSON Schema is made from."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rolebook.schema import (
    Importance,
    ItemOwner,
    Match,
    MoveKind,
    Proficiency,
    Scheme,
    SkillGroup,
    Status,
    Track,
    Use,
)


class Part(BaseModel):
    """A frozen block of a data file; files are read by others, so that no key is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True)


class Dataset(Part):
    """What every file begins with."""

    schema_address: str = Field(alias="$schema")
    """Where the description of this file's form stands, relative to the file."""
    language: str
    """The language of the texts (BCP 47)."""
    states: dict[str, Literal["missing", "outdated", "unchecked"]]
    """Texts of roles and vocabulary that are not quite the reader's, by address; labels come from the interface."""


class SkillNeed(Part):
    """A skill a role asks for."""

    skill: str
    """Its id."""
    title: str
    """Its name."""
    proficiency: Proficiency
    """How well it must be mastered."""
    rank: int
    """The same as a number, 1 to 4."""
    label: str
    """The same in the reader's words."""
    importance: Importance
    """Whether the role can be filled without it."""
    importance_label: str
    """The same in the reader's words."""


class ToolNeed(Part):
    """A kind of tool a role works with."""

    tool: str
    """Its id."""
    title: str
    """Its name."""
    use: Use
    """How often it is used."""
    use_label: str
    """The same in the reader's words."""
    products: list[str]
    """Ids of products one may meet."""


class RoleSummary(Part):
    """A role in short."""

    id: str
    """Its id."""
    url: str
    """Its page, relative to the data folder."""
    title: str
    """Its name."""
    aliases: list[str]
    """Other names."""
    family: str
    """The id of its family."""
    family_title: str
    """The name of its family."""
    track: Track
    """Its track."""
    track_label: str
    """The same in the reader's words."""
    level: int
    """Its rung, from 1 up."""
    level_label: str
    """The same with its name."""
    status: Status
    """Draft, active or deprecated."""
    summary: str
    """What it is for."""
    skills: list[SkillNeed]
    """What it asks for."""
    tools: list[ToolNeed]
    """What it works with."""


class Roles(Dataset):
    """roles.json: all roles in short."""

    roles: list[RoleSummary]
    """The roles, by id."""


class DutyData(Part):
    """A duty."""

    id: str
    """Its id in the role."""
    title: str
    """Its name."""
    text: str
    """What is done."""
    measures: list[str]
    """Names of the measures by which it is judged."""


class Reason(Part):
    """Why a role asks for something."""

    id: str
    """The id of the skill or tool."""
    why: str
    """The reason."""


class TitledText(Part):
    """A text with a title."""

    id: str
    """Its id in the role."""
    title: str
    """Its title."""
    text: str
    """Its text."""


class OnboardingTaskData(Part):
    """A task of the first weeks."""

    id: str
    """Its id in the phase."""
    text: str
    """What to do."""
    owner: ItemOwner
    """Who sees to it."""
    done: str | None
    """What shows that it is done."""
    skill: str | None
    """The id of the skill it builds."""
    proficiency: Proficiency | None
    """The proficiency it builds."""
    tool: str | None
    """The id of the kind of tool it needs."""


class PhaseData(Part):
    """A stretch of the first weeks."""

    id: str
    """Its name, such as day-30."""
    goal: str
    """What should be reached."""
    items: list[OnboardingTaskData]
    """What to do, task by task."""
    gate: str
    """What must hold before going on."""


class CodeData(Part):
    """A place in a classification of occupations."""

    scheme: Scheme
    """The classification."""
    version: str
    """Its version."""
    code: str
    """The code."""
    uuid: str | None
    """ESCO's identifier."""
    match: Match
    """How near the occupation comes."""


class PathData(Part):
    """How to get from this role to another one."""

    to: str
    """The id of the role it leads to."""
    shortest: "ChainData"
    """The path of fewest moves."""
    easiest: "ChainData"
    """The path with the fewest steps of skills."""


class ChainData(Part):
    """A chain of moves."""

    roles: list[str]
    """Ids of the roles on the way, both ends included."""
    months: tuple[int, int]
    """The usual times added up, from and to, in months."""
    steps: int | None
    """All steps of skills upward; nothing where a draft on the way does not tell its skills."""


class RoleData(Dataset):
    """roles/<id>.json: one role, whole, with every path that begins at it."""

    role: RoleSummary
    """The role in short."""
    about: str
    """Where it sits and why it exists."""
    takeaways: list[str]
    """What a hurried reader keeps."""
    duties: list[DutyData]
    """What it is answerable for."""
    skill_reasons: list[Reason]
    """Why it asks for its skills."""
    tool_reasons: list[Reason]
    """What it uses its tools for."""
    entry_routes: list["EntryData"]
    """Ways in from outside."""
    best_practices: list[TitledText]
    """Habits of people who do it well."""
    faq: list[TitledText]
    """Questions and answers."""
    onboarding: list[PhaseData]
    """The first weeks."""
    codes: list[CodeData]
    """Places in classifications."""
    reviewed: str
    """When it was last read through, as year-month-day."""
    paths: list[PathData]
    """Paths to every role within reach."""


class EntryData(Part):
    """A way into a role from outside."""

    id: str
    """Its id in the role."""
    title: str
    """Where people come from."""
    months: tuple[int, int]
    """Usual experience there, from and to, in months."""
    why: str
    """What carries over, and what is new."""


class ChangeData(Part):
    """A skill of which one role asks more than another, or less."""

    skill: str
    """Its id."""
    title: str
    """Its name."""
    before: Proficiency | None
    """What the first role asks; nothing where it does not."""
    after: Proficiency | None
    """What the second role asks; nothing where it does not."""
    steps: int
    """The steps up, or below nought the steps down."""
    label: str
    """The same in the reader's words, such as: Working → Expert."""


class MoveData(Part):
    """A curated move between two roles."""

    start: str
    """The id of the role it starts from."""
    end: str
    """The id of the role it leads to."""
    url: str
    """Its page, relative to the data folder."""
    kind: MoveKind
    """What it changes."""
    kind_label: str
    """The same in the reader's words."""
    level_label: str
    """What happens to the level, in the reader's words."""
    months: tuple[int, int]
    """Usual time in the role before, from and to, in months."""
    months_label: str
    """The same in the reader's words."""
    why: str
    """What changes, and what prepares for it."""
    steps: int | None
    """All steps of skills upward; nothing where one of the roles is a draft that does not tell its skills."""
    rises: list[ChangeData]
    """Skills of which it asks more."""
    new: list[ChangeData]
    """Skills it asks for anew."""
    lower: list[ChangeData]
    """Skills of which it asks less."""
    dropped: list[ChangeData]
    """Skills that no longer count."""


class Moves(Dataset):
    """moves.json: the graph of paths, every move with what it asks."""

    roles: list[str]
    """The nodes: ids of the roles in use, from the lowest level up."""
    moves: list[MoveData]
    """The edges."""


class LearningData(Part):
    """An exercise that leads to a proficiency."""

    reaches: Proficiency
    """The proficiency it leads to."""
    text: str
    """What to do."""


class SkillData(Part):
    """A skill."""

    id: str
    """Its id."""
    url: str
    """Its page, relative to the data folder."""
    title: str
    """Its name."""
    aliases: list[str]
    """Other names."""
    group: SkillGroup
    """What it is mostly about."""
    group_label: str
    """The same in the reader's words."""
    definition: str
    """What it is."""
    rubric: dict[Proficiency, str]
    """What one sees at each proficiency."""
    learning: list[LearningData]
    """How one gets to the next proficiency."""
    related: list[str]
    """Ids of skills that go with it."""


class ProficiencyData(Part):
    """What a proficiency means in any skill."""

    id: Proficiency
    """Its id."""
    rank: int
    """Its place, 1 to 4."""
    title: str
    """Its name."""
    meaning: str
    """What one sees."""


class Skills(Dataset):
    """skills.json: all skills with their rubrics."""

    proficiency: list[ProficiencyData]
    """The four steps."""
    skills: list[SkillData]
    """The skills, by id."""


class ProductData(Part):
    """A product."""

    id: str
    """Its id."""
    url: str
    """Its page, relative to the data folder."""
    name: str
    """The name its maker uses."""
    aliases: list[str]
    """Former and other names."""
    purpose: str
    """What it is used for."""


class ToolData(Part):
    """A kind of tool."""

    id: str
    """Its id."""
    url: str
    """Its page, relative to the data folder."""
    title: str
    """Its name."""
    aliases: list[str]
    """Other names."""
    purpose: str
    """What it is for."""
    skills: list[str]
    """Ids of skills that it needs and builds."""
    products: list[str]
    """Ids of its products."""


class Tools(Dataset):
    """tools.json: kinds of tools and products."""

    tools: list[ToolData]
    """The kinds."""
    products: list[ProductData]
    """The products."""


class ExpectationData(Part):
    """What a level expects in one track."""

    track: Track
    """The track."""
    scope: str
    """What one is answerable for."""
    autonomy: str
    """What one decides alone."""
    influence: str
    """Whom one's work affects."""
    complexity: str
    """How hard the questions are."""


class LevelData(Part):
    """A rung of the ladder."""

    level: int
    """Its number."""
    title: str
    """Its name."""
    summary: str
    """What it means to stand on it."""
    expectations: list[ExpectationData]
    """What it asks in each track."""


class FamilyData(Part):
    """A family of roles."""

    id: str
    """Its id."""
    url: str
    """Its page, relative to the data folder."""
    title: str
    """Its name."""
    summary: str
    """What its roles have in common."""


class Levels(Dataset):
    """levels.json: levels and families."""

    levels: list[LevelData]
    """The levels, from the first up."""
    families: list[FamilyData]
    """The families."""


DATASETS: dict[str, type[Dataset]] = {
    "roles": Roles,
    "role": RoleData,
    "skills": Skills,
    "tools": Tools,
    "levels": Levels,
    "moves": Moves,
}
"""The kinds of data files; a schema <name>.schema.json stands beside them."""

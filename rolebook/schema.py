"""The model: what a role and each part of the vocabulary consist of.

The only truth about the form of the files; the JSON Schema, the reference of all fields and the template are made
from it. Typed, frozen and strict about unknown keys. Knows nothing of files and languages.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from inspect import get_annotations
from types import UnionType
from typing import Annotated, Any, ClassVar, Self, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from rolebook import limits

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"  # two hyphens stand between the roles of a move, never inside an id
ID_LENGTH = (2, limits.ID)


class Text(str):
    """A translatable text without markup, such as a title."""

    limit: ClassVar[int] = limits.TITLE

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, max_length=cls.limit, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(cls, text)


class RichText(Text):
    """A translatable text that may hold **bold**, *emphasis* and [links](/roles/…/); blank lines part paragraphs."""

    limit: ClassVar[int] = limits.TEXT


class Aliases(Text):
    """Other names, translated as a whole, one a line: each language has its own, and as many as it needs."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        name = core_schema.str_schema(min_length=1, max_length=limits.NAME, strip_whitespace=True)
        names = core_schema.list_schema(name, max_length=limits.NAMES)
        return core_schema.no_info_after_validator_function(lambda given: cls("\n".join(given)), names)

    @staticmethod
    def one_by_one(text: str) -> tuple[str, ...]:
        """Give the names one by one, of the source or of a translation."""
        return tuple(line.strip() for line in text.splitlines() if line.strip())


class Ref(str):
    """The id of something defined elsewhere; `kind` is the word of the rule unknown-<kind>."""

    kind: ClassVar[str]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(min_length=1, max_length=limits.ID)
        )


class RoleRef(Ref):
    """A role, by its file's name without .yml."""

    kind = "role"


class SkillRef(Ref):
    """A skill, by its file's name without .yml."""

    kind = "skill"


class ToolRef(Ref):
    """A kind of tool of vocabulary/tools.yml."""

    kind = "tool"


class ProductRef(Ref):
    """A product of vocabulary/products.yml."""

    kind = "product"


class MeasureRef(Ref):
    """A measure of vocabulary/measures.yml."""

    kind = "measure"


class OwnerRef(Ref):
    """An owner of vocabulary/owners.yml."""

    kind = "owner"


class FamilyRef(Ref):
    """A family of vocabulary/families.yml."""

    kind = "family"


class LevelRef(int):
    """A rung of vocabulary/levels.yml, by its number."""

    kind: ClassVar[str] = "level"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.int_schema(ge=1, le=99))


class Track(StrEnum):
    """The kind of responsibility that grows along a ladder."""

    INDIVIDUAL = "individual"
    MANAGEMENT = "management"
    SPECIALIST = "specialist"


class Proficiency(StrEnum):
    """How well a skill is mastered, from least to most."""

    AWARENESS = "awareness"
    WORKING = "working"
    PRACTITIONER = "practitioner"
    EXPERT = "expert"

    @property
    def rank(self) -> int:
        """Count the steps from the least, 1 to 4."""
        return _RANKS[self]


_RANKS = {proficiency: rank for rank, proficiency in enumerate(Proficiency, 1)}


class Importance(StrEnum):
    """Whether a role can be filled without the skill."""

    ESSENTIAL = "essential"
    HELPFUL = "helpful"


class Use(StrEnum):
    """How often a tool is used."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OCCASIONAL = "occasional"


class MoveKind(StrEnum):
    """What a move between two roles changes: the level, the content, or the field. Ways in are entry routes."""

    PROMOTION = "promotion"
    LATERAL = "lateral"
    SPECIALISATION = "specialisation"


class SkillGroup(StrEnum):
    """What a skill is mostly about."""

    PEOPLE = "people"
    THINKING = "thinking"
    WORKING = "working"
    LEADING = "leading"


class ItemOwner(StrEnum):
    """Who sees to an item of the onboarding."""

    NEW_HIRE = "new-hire"
    MANAGER = "manager"
    BUDDY = "buddy"
    IT = "it"
    HR = "hr"


class PhaseKey(StrEnum):
    """A stretch of the first weeks."""

    BEFORE_FIRST_DAY = "before-first-day"
    FIRST_DAY = "first-day"
    FIRST_WEEK = "first-week"
    DAY_30 = "day-30"
    DAY_60 = "day-60"
    DAY_90 = "day-90"


class Scheme(StrEnum):
    """A classification of occupations."""

    ISCO = "isco-08"
    ESCO = "esco"
    ONET = "onet-soc"


class Match(StrEnum):
    """How near a classified occupation comes to the role."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"


class Reason(StrEnum):
    """Why an address leads elsewhere: the thing has another name now, or something else stands in its place."""

    RENAMED = "renamed"
    REPLACED = "replaced"


class Status(StrEnum):
    """Where a role is in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"


class Id(str):
    """A name in links and translations."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=ID_PATTERN, min_length=ID_LENGTH[0], max_length=ID_LENGTH[1])
        return core_schema.no_info_after_validator_function(cls, text)


class Language(str):
    """The code of a language of the site, such as uk or zh-Hant."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=r"^[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")
        return core_schema.no_info_after_validator_function(cls, text)


class WritingRule(StrEnum):
    """A rule of writing, from which a text may be excepted."""

    DOUBLE_SPACE = "double-space"
    FINAL_STOP = "final-stop"
    GENDERED_WORDS = "gendered-words"
    LONG_SENTENCE = "long-sentence"
    OTHER_LANGUAGE = "other-language"
    PLACEHOLDER_TEXT = "placeholder-text"
    REPEATED_SENTENCE = "repeated-sentence"
    SAME_AT_TWO_LEVELS = "same-at-two-levels"
    VAGUE_WORDS = "vague-words"
    WRONG_QUOTES = "wrong-quotes"


def _day_form(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        raise PydanticCustomError("date_form", "This is no date.")
    return given


Day = Annotated[date, BeforeValidator(_day_form)]
Handle = Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$")]
KeptPath = Annotated[str, StringConstraints(pattern=r"^/(\.?[A-Za-z0-9_][A-Za-z0-9._-]*(/|$))+$")]


class Model(BaseModel):
    """A frozen block of keys that refuses unknown ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, use_attribute_docstrings=True)


class Item(Model):
    """A block in a list; its key names it in addresses of texts and in links."""

    @property
    def key(self) -> str:
        """Give the part of an address that stays when the item moves: its first field."""
        return str(getattr(self, next(iter(type(self).model_fields))))


@dataclass(frozen=True, slots=True)
class OneOf:
    """Says that a key holds the id of an item of a list in the same file."""

    list: str


class WritingException(Model):
    """One text of this file that a rule of writing does not hold for, and why."""

    at: Annotated[
        str,
        StringConstraints(min_length=1, max_length=limits.EXCEPTION_PLACE, strip_whitespace=True),
        Field(title="Place"),
    ]
    """The text: keys and ids on the way to it, with full stops between them, such as duties.handle-enquiries.text."""
    rule: WritingRule
    """The rule, by the word in square brackets behind the warning."""
    why: Annotated[str, StringConstraints(min_length=1, max_length=limits.EXCEPTION_REASON, strip_whitespace=True)]
    """Why the text is right as it is, for those who read the file next."""


class Takeaway(Item):
    """One thing a hurried reader keeps."""

    id: Id
    """Its name in links and translations; it stays when the words change."""
    text: RichText
    """One thing to keep."""


class DutyGroup(Item):
    """A heading over several duties."""

    id: Id
    """Its name; duties refer to it."""
    title: Text
    """The heading."""


class Duty(Item):
    """One thing the role is answerable for."""

    id: Id
    """Its name in links and translations; it stays when the words change."""
    group: Annotated[Id | None, OneOf("duty_groups")] = None
    """One of the groups of duties of this role."""
    title: Text
    """The duty in two to five words, beginning with a verb."""
    text: RichText
    """What is done, and how one sees that it is done."""
    measures: tuple[MeasureRef, ...] = ()
    """By what one sees that the duty is done well."""


class RequiredSkill(Item):
    """A skill the role asks for."""

    skill: SkillRef
    """The skill."""
    proficiency: Proficiency
    """How well it must be mastered."""
    importance: Importance
    """Whether the role can be filled without it."""
    why: RichText
    """What the role needs it for."""


class UsedTool(Item):
    """A kind of tool the role works with."""

    tool: ToolRef
    """The kind of tool."""
    use: Use
    """How often it is used."""
    products: tuple[ProductRef, ...] = ()
    """Products one may meet; the first ones are the most usual."""
    why: RichText
    """What the role uses it for."""


def _in_order(months: tuple[int, ...]) -> tuple[int, ...]:
    if months[0] > months[1]:
        words = "The first number of months is larger than the second."
        raise PydanticCustomError("bad-value", words)
    return months


Months = Annotated[
    tuple[Annotated[int, Field(ge=0, le=limits.MONTHS)], ...],
    Field(min_length=2, max_length=2),
    AfterValidator(_in_order),
]


class Move(Item):
    """A curated step to another role."""

    to: Annotated[RoleRef, Field(title="Leads to")]
    """The role it leads to."""
    kind: MoveKind
    """What the move changes."""
    months: Annotated[Months, Field(title="Usual time in months")]
    """Usual time in the role before the move, from and to, in months."""
    why: RichText
    """What changes, and what prepares for it."""


class EntryRoute(Item):
    """A way into the role from outside the ladder: another trade, another company, school."""

    id: Id
    """Its name in links and translations."""
    title: Text
    """Where people come from, in two to five words."""
    months: Annotated[Months, Field(title="Usual experience in months")]
    """Usual experience there before this role, from and to, in months; 0 where none is needed."""
    why: RichText
    """What carries over, and what is new."""


class Practice(Item):
    """A habit of people who do the role well."""

    id: Id
    """Its name in links and translations."""
    title: Text
    """The habit in two to five words."""
    text: RichText
    """What to do, and why it helps."""


class Question(Item):
    """A question people ask about the role, and its answer."""

    id: Id
    """Its name in links and translations."""
    question: Text
    """The question, as people ask it."""
    answer: RichText
    """The answer."""


class OnboardingTask(Item):
    """One task of the first weeks."""

    id: Id
    """Its name in links and translations; unique in its phase."""
    text: RichText
    """What to do."""
    owner: Annotated[ItemOwner, Field(title="Who sees to it")] = ItemOwner.NEW_HIRE
    """Who sees to it."""
    tool: ToolRef | None = None
    """The tool it gives access to, or practises."""
    skill: SkillRef | None = None
    """The skill it builds."""
    proficiency: Proficiency | None = None
    """The proficiency it builds; only with skill."""
    done: Annotated[RichText | None, Field(title="Done when")] = None
    """What shows that it is done."""
    read: Annotated[RichText | None, Field(title="To read")] = None
    """What helps with it: a sentence with a link, such as [Levels](/levels/)."""

    @model_validator(mode="after")
    def _proficiency_of_a_skill(self) -> Self:
        if self.proficiency and not self.skill:
            raise PydanticCustomError("bad-value", "'proficiency' needs a 'skill' beside it.", {"key": "proficiency"})
        return self


class SharedTask(OnboardingTask):
    """One task of the first weeks that several roles share."""

    phase: PhaseKey
    """When it is done."""


class Phase(Model):
    """A stretch of the first weeks."""

    goal: RichText
    """What should be reached."""
    items: Annotated[tuple[OnboardingTask, ...], Field(title="Tasks", min_length=1)]
    """What to do, task by task."""
    gate: Annotated[RichText, Field(title="Before you go on")]
    """What must hold before the next phase begins."""


class Onboarding(Model):
    """The plan of the first weeks, phase by phase."""

    before_first_day: Annotated[Phase | None, Field(alias="before-first-day")] = None
    """Until the first day: access, equipment, a welcome."""
    first_day: Annotated[Phase | None, Field(alias="first-day")] = None
    """The first day."""
    first_week: Annotated[Phase | None, Field(alias="first-week")] = None
    """The first week."""
    day_30: Annotated[Phase | None, Field(alias="day-30", title="Up to day 30")] = None
    """Up to day 30."""
    day_60: Annotated[Phase | None, Field(alias="day-60", title="Up to day 60")] = None
    """Up to day 60."""
    day_90: Annotated[Phase | None, Field(alias="day-90", title="Up to day 90")] = None
    """Up to day 90."""
    leave_out: Annotated[tuple[Id, ...], Field(title="Leaves out")] = ()
    """Shared tasks of the family or level that this role does without, by their ids."""

    def phases(self) -> dict[PhaseKey, Phase]:
        """Give the phases that are planned, by key, in the order of time."""
        named = {key: getattr(self, key.replace("-", "_")) for key in PhaseKey}
        return {key: phase for key, phase in named.items() if phase}


CODE_FORMS = {
    Scheme.ISCO: r"\d{4}",
    Scheme.ESCO: r"\d{4}(\.\d+)+",
    Scheme.ONET: r"\d{2}-\d{4}\.\d{2}",
}


class Code(Model):
    """The role's place in a classification of occupations."""

    scheme: Annotated[Scheme, Field(title="Classification")]
    """The classification."""
    version: Annotated[str, StringConstraints(min_length=1, max_length=limits.CODE)]
    """The version of the scheme, such as 1.2.0."""
    code: Annotated[str, StringConstraints(min_length=1, max_length=limits.CODE)]
    """The code, with its full stops and zeros."""
    uuid: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")] | None,
        Field(title="ESCO identifier"),
    ] = None
    """ESCO's identifier of the occupation."""
    match: Match
    """How near the classified occupation comes."""

    @model_validator(mode="after")
    def _form(self) -> Self:
        if not re.fullmatch(CODE_FORMS[self.scheme], self.code):
            raise PydanticCustomError(
                "bad-code",
                "'{code}' is no code of {scheme}.",
                {"code": self.code, "scheme": self.scheme.value, "key": "code"},
            )
        return self


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Role(Model):
    """A role: what a person does, needs, and can become. One file, roles/<family>/<id>.yml."""

    title: Text
    """The name of the role."""
    language: Annotated[Language, Field(title="Language of the file")]
    """The language this file is written in."""
    aliases: Annotated[Aliases | None, Field(title="Other names")] = None
    """Other names people use or search for."""
    track: Track
    """The kind of responsibility that grows along the ladder."""
    level: LevelRef
    """The rung it stands on; all families share the rungs."""
    summary: RichText
    """What the role is for, in one or two sentences."""
    about: RichText | None = None
    """Where the role sits and why it exists."""
    takeaways: Annotated[tuple[Takeaway, ...], Field(title="Key takeaways")] = ()
    """What a hurried reader keeps."""
    duty_groups: Annotated[tuple[DutyGroup, ...], Field(title="Groups of duties")] = ()
    """Headings to sort many duties under."""
    duties: tuple[Duty, ...] = ()
    """What the role is answerable for, the most important first."""
    skills: tuple[RequiredSkill, ...] = ()
    """What the role asks for, the most important first."""
    tools: tuple[UsedTool, ...] = ()
    """What the role works with."""
    moves: tuple[Move, ...] = ()
    """Where one can go from here."""
    entry_routes: Annotated[tuple[EntryRoute, ...], Field(title="Ways in from outside")] = ()
    """How one gets in from outside the ladder."""
    best_practices: Annotated[tuple[Practice, ...], Field(title="Good practice")] = ()
    """Habits of people who do the role well."""
    faq: Annotated[tuple[Question, ...], Field(title="Questions")] = ()
    """Questions people ask about the role."""
    onboarding: Annotated[Onboarding | None, Field(title="First 90 days")] = None
    """The plan of the first weeks."""
    codes: Annotated[tuple[Code, ...], Field(title="Occupational classifications")] = ()
    """Places in classifications of occupations; none rather than a guess."""
    owner: Annotated[OwnerRef, Field(title="Kept by")]
    """Who keeps the role true."""
    reviewed: Annotated[Day, Field(title="Last reviewed")]
    """The day on which the role was last read through."""
    review_every_months: Annotated[int, Field(ge=1, le=60, title="Months between reviews")]
    """After how many months it is due to be read through again."""
    status: Status
    """A draft may leave out what an active role must have."""
    replaced_by: RoleRef | None = None
    """The role to go to instead; only for a deprecated role."""
    exceptions: Annotated[tuple[WritingException, ...], Field(title="Exceptions from the rules of writing")] = ()
    """Texts of this file that a rule of writing does not hold for."""

    @property
    def review_due(self) -> date:
        """Give the day by which it is to be read through again."""
        return months_after(self.reviewed, self.review_every_months)

    REQUIRED_WHEN_ACTIVE: ClassVar[tuple[str, ...]] = (
        "about",
        "takeaways",
        "duties",
        "skills",
        "tools",
        "best_practices",
        "onboarding",
    )


class Rubric(Model):
    """What one sees a person do at each proficiency."""

    awareness: RichText
    """What one sees a person do who has met the skill."""
    working: RichText
    """What one sees a person do who deals with the usual alone."""
    practitioner: RichText
    """What one sees a person do who deals with the hard alone."""
    expert: RichText
    """What one sees a person do whom others learn it from."""


class LearningItem(Item):
    """An exercise at work that leads to the next proficiency."""

    id: Id
    """Its name in links and translations; unique in its skill."""
    reaches: Annotated[Proficiency, Field(title="Leads to the step")]
    """The proficiency it leads to, from the one below."""
    text: RichText
    """What to do, how often, and who looks at it."""


class Skill(Model):
    """A skill, told so that it can be observed. One file, roles/vocabulary/skills/<id>.yml."""

    title: Text
    """The name of the skill."""
    language: Annotated[Language, Field(title="Language of the file")]
    """The language this file is written in."""
    aliases: Annotated[Aliases | None, Field(title="Other names")] = None
    """Other names people use."""
    group: SkillGroup
    """What the skill is mostly about."""
    definition: RichText
    """What the skill is, in one sentence."""
    rubric: Annotated[Rubric, Field(title="What each step looks like")]
    """What one sees at each proficiency."""
    learning: Annotated[tuple[LearningItem, ...], Field(title="How to get to the next step")] = ()
    """How one gets from each proficiency to the next."""
    related: Annotated[tuple[SkillRef, ...], Field(title="Related skills")] = ()
    """Skills that often go with it."""
    exceptions: Annotated[tuple[WritingException, ...], Field(title="Exceptions from the rules of writing")] = ()
    """Texts of this file that a rule of writing does not hold for."""


class Family(Item):
    """A group of related roles: a folder of roles/."""

    id: Id
    """The name of the folder below roles/."""
    title: Text
    """The name of the family."""
    summary: RichText
    """What its roles have in common."""
    onboarding: Annotated[tuple[SharedTask, ...], Field(title="Shared tasks of the first 90 days")] = ()
    """Tasks in the plans of all its roles; a role replaces one by its own of the same id, or leaves it out."""


class Expectation(Item):
    """What a level asks in one track, told by what changes from the level below."""

    track: Track
    """For whom it holds."""
    scope: RichText
    """What one is answerable for."""
    autonomy: RichText
    """What one decides alone."""
    influence: RichText
    """Whom one's work affects."""
    complexity: RichText
    """How hard the questions are."""


class Level(Item):
    """A rung of the ladder that all families share."""

    level: Annotated[int, Field(ge=1, le=99)]
    """Its number, counted from the first rung."""
    title: Text
    """Its name."""
    summary: RichText
    """What it means to stand on it."""
    expectations: Annotated[tuple[Expectation, ...], Field(title="What it asks")] = ()
    """What it asks in each track."""
    onboarding: Annotated[tuple[SharedTask, ...], Field(title="Shared tasks of the first 90 days")] = ()
    """Tasks in the plans of all roles on it; a role replaces one by its own of the same id, or leaves it out."""


class ProficiencyLevel(Item):
    """What a proficiency means in any skill."""

    id: Proficiency
    """Its fixed name."""
    title: Text
    """Its name for readers."""
    meaning: RichText
    """What one sees at this proficiency in any skill."""


class Measure(Item):
    """A figure by which work is judged."""

    id: Id
    """Its name; duties refer to it."""
    title: Text
    """Its name for readers."""
    text: RichText
    """How it is counted."""


class Owner(Item):
    """A team that keeps roles true."""

    id: Id
    """Its name; roles refer to it."""
    title: Text
    """Its name for readers."""
    handles: Annotated[tuple[Handle, ...], Field(title="Accounts on the forge")] = ()
    """Who is asked on the forge to review its roles, such as @organisation/team or @person."""
    keeps: Annotated[tuple[KeptPath, ...], Field(title="Also reviews")] = ()
    """What else of the repository it reviews, such as /locales/uk/."""


class Product(Item):
    """A product, by the name its maker uses today."""

    id: Id
    """Its name; roles refer to it."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=limits.PRODUCT_NAME, strip_whitespace=True)]
    """The name its maker uses today."""
    aliases: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=limits.PRODUCT_NAME)], ...],
        Field(title="Other names"),
    ] = ()
    """Former and other names."""
    purpose: RichText
    """What it is used for, so that it can be told from its alternatives."""


class Tool(Item):
    """A kind of tool with the products of that kind."""

    id: Id
    """Its name; roles refer to it."""
    title: Text
    """Its name for readers."""
    aliases: Annotated[Aliases | None, Field(title="Other names")] = None
    """Other names people use."""
    purpose: RichText
    """What it is for."""
    skills: tuple[SkillRef, ...] = ()
    """Skills that working with it needs and builds."""
    products: tuple[ProductRef, ...] = ()
    """Products of this kind."""


class Vocabulary(Model):
    """A list file of roles/vocabulary/."""

    language: Annotated[Language, Field(title="Language of the file")]
    """The language this file is written in."""
    exceptions: Annotated[tuple[WritingException, ...], Field(title="Exceptions from the rules of writing")] = ()
    """Texts of this file that a rule of writing does not hold for."""


class Families(Vocabulary):
    """roles/vocabulary/families.yml."""

    families: tuple[Family, ...] = ()
    """All families, in the order in which pages show them."""


class Levels(Vocabulary):
    """roles/vocabulary/levels.yml."""

    levels: tuple[Level, ...] = ()
    """All rungs, from the first."""


class Proficiencies(Vocabulary):
    """roles/vocabulary/proficiency.yml."""

    proficiency: tuple[ProficiencyLevel, ...] = ()
    """The four steps in which a skill is mastered."""


class Measures(Vocabulary):
    """roles/vocabulary/measures.yml."""

    measures: tuple[Measure, ...] = ()
    """All measures."""


class Owners(Vocabulary):
    """roles/vocabulary/owners.yml."""

    owners: tuple[Owner, ...] = ()
    """All teams that keep roles true."""


class Products(Vocabulary):
    """roles/vocabulary/products.yml."""

    products: tuple[Product, ...] = ()
    """All products."""


class Tools(Vocabulary):
    """roles/vocabulary/tools.yml."""

    tools: tuple[Tool, ...] = ()
    """All kinds of tools."""


VOCABULARY: dict[str, type[Vocabulary]] = {
    "families": Families,
    "levels": Levels,
    "proficiency": Proficiencies,
    "measures": Measures,
    "owners": Owners,
    "products": Products,
    "tools": Tools,
}


class Redirect(Item):
    """A name that is no longer used; whoever follows an old link is led on to what stands for it today."""

    former: Annotated[Id, Field(alias="from")]
    """The id that is no longer used; no other thing may ever have it."""
    to: Ref
    """What stands for it today."""
    reason: Reason = Reason.RENAMED
    """Whether it was renamed, or replaced by something else."""
    since: Day
    """Since when, as year-month-day."""


class RoleRedirect(Redirect):
    """A role that was renamed or removed."""

    to: RoleRef
    """The role that stands for it today."""
    moves: tuple[str, ...] = ()
    """Its moves, as they stood in addresses: from--to. Their pages lead on as well."""

    @model_validator(mode="after")
    def _own_moves(self) -> Self:
        for move in self.moves:
            ends = move.split("--")
            if len(ends) != 2 or self.former not in ends or not all(re.fullmatch(ID_PATTERN, end) for end in ends):
                words = f"'{move}' is no move of '{self.former}'; two hyphens stand between its two roles."
                raise PydanticCustomError("bad-value", "{words}", {"words": words, "key": "moves"})
        return self


class SkillRedirect(Redirect):
    """A skill that was renamed or removed."""

    to: SkillRef
    """The skill that stands for it today."""


class ToolRedirect(Redirect):
    """A kind of tool that was renamed or removed."""

    to: ToolRef
    """The kind of tool that stands for it today."""


class ProductRedirect(Redirect):
    """A product that was renamed or removed."""

    to: ProductRef
    """The product that stands for it today."""


class FamilyRedirect(Redirect):
    """A family that was renamed or removed."""

    to: FamilyRef
    """The family that stands for it today."""


class Redirects(Model):
    """roles/vocabulary/redirects.yml: where old links lead. `rename` and `remove` write it; it may be missing."""

    roles: tuple[RoleRedirect, ...] = ()
    """Former roles."""
    skills: tuple[SkillRedirect, ...] = ()
    """Former skills."""
    tools: tuple[ToolRedirect, ...] = ()
    """Former kinds of tools."""
    products: tuple[ProductRedirect, ...] = ()
    """Former products."""
    families: tuple[FamilyRedirect, ...] = ()
    """Former families."""


LIST_FILES: dict[str, type[Model]] = {**VOCABULARY, "redirects": Redirects}
"""Every file of roles/vocabulary/ that holds a list, by its name."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value at the end of a branch: where it stands in the file, its stable address, and itself."""

    location: tuple[str | int, ...]
    address: str
    value: Any


def walk(value: Any, location: tuple[str | int, ...] = (), address: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Go through every value of a model, in the order of its fields."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            key = info.alias or name
            yield from walk(getattr(value, name), (*location, key), (*address, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            key = item.key if isinstance(item, Item) else str(index)
            yield from walk(item, (*location, index), (*address, key))
    elif value is not None:
        yield Leaf(location, ".".join(address), value.value if isinstance(value, Enum) else value)


def lists(value: Any, location: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], tuple[Item, ...]]]:
    """Go through every list of named items of a model, with its location."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from lists(getattr(value, name), (*location, info.alias or name))
    elif isinstance(value, tuple):
        if value and all(isinstance(item, Item) for item in value):
            yield location, value
        for index, item in enumerate(value):
            yield from lists(item, (*location, index))


def plain_type(annotation: Any) -> Any:
    """Take away Annotated and Optional."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation


def parts_of(*kinds: type[BaseModel]) -> list[type[BaseModel]]:
    """Give the models with all they are made of, each once, parts after wholes."""
    seen: dict[type[BaseModel], None] = {}
    queue = list(kinds)
    for kind in queue:
        seen.setdefault(kind)
        queue += [part for part in _parts(kind) if part not in queue]
    return list(seen)


def _parts(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    return (part for info in kind.model_fields.values() if (part := _part(info)))


def _part(info: FieldInfo) -> type[BaseModel] | None:
    """Give the model of what a key holds, one or a list; None where that is a plain value."""
    inner = plain_type(info.annotation)
    if get_origin(inner) is tuple:
        inner = plain_type(get_args(inner)[0])
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def key_at(kind: type[BaseModel], keys: Sequence[str]) -> tuple[str, str] | None:
    """Give the model that explains the last of some keys, with that key; ids of items on the way are passed over.

    None where the last one is an id itself, or the model has no such key.
    """
    found, inner, is_id = None, kind, False
    for key in keys:
        if is_id:
            found, is_id = None, False
            continue
        fields = ((name, info) for name, info in inner.model_fields.items() if (info.alias or name) == key)
        name, info = next(fields, ("", None))
        if info is None:
            return None
        found = (declaring(inner, name).__name__, key)
        if part := _part(info):
            inner, is_id = part, get_origin(plain_type(info.annotation)) is tuple
    return found


def listed_items() -> list[type[BaseModel]]:
    """Give the models that stand in lists of others, each once."""
    fields = (info for kind in parts_of(Role, Skill, *VOCABULARY.values()) for info in kind.model_fields.values())
    lists_ = (plain_type(info.annotation) for info in fields)
    items = (plain_type(get_args(kind)[0]) for kind in lists_ if get_origin(kind) is tuple)
    return list(dict.fromkeys(item for item in items if isinstance(item, type) and issubclass(item, BaseModel)))


def words_of(kind: type[BaseModel]) -> str:
    """Give what a model is called in plain words, such as 'Required skill'."""
    words = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in kind.__name__).strip()
    return words[0].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Explained:
    """A key of the model as people see it: where it stands, what it is called, what it says."""

    kind: str
    key: str
    label: str
    hint: str
    is_id: bool


def explained_keys() -> Iterator[Explained]:
    """Go through every key of every file with its label and its hint, in English; what is inherited comes once."""
    told: set[tuple[str, str]] = set()
    for kind in parts_of(Role, Skill, *VOCABULARY.values()):
        for name, info in kind.model_fields.items():
            key = info.alias or name
            owner = declaring(kind, name).__name__
            if (owner, key) not in told:
                label = info.title or key.replace("_", " ").replace("-", " ").capitalize()
                yield Explained(owner, key, label, info.description or "", info.annotation is Id)
            told.add((owner, key))


def declaring(kind: type[BaseModel], name: str) -> type[BaseModel]:
    """Give the model that a field was written in: the kind itself, or what it inherits from."""
    return next(base for base in kind.__mro__ if name in get_annotations(base))

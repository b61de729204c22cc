"""The page on which people rate themselves; the rubric is there for everyone, a script keeps the answers."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.catalog import Entry
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import Mark, former_ids, mark_of, skill_link
from rolebook.pages.paths import ChoiceGroup, role_choices
from rolebook.schema import Proficiency, Reason, Skill, SkillGroup


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A rubric sentence to choose."""

    rank: int
    mark: Mark
    text: Markup


@dataclass(frozen=True, slots=True)
class RatedSkill:
    """A skill with its four sentences, and the ids it had before, parted by spaces: answers are kept by id."""

    id: str
    former: Markup
    skill: Link
    definition: Markup
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class RatedGroup:
    """Skills under one heading."""

    id: str
    title: Markup
    skills: tuple[RatedSkill, ...]


@dataclass(frozen=True, slots=True)
class MySkillsView:
    """Everything the page prints; `data` is where the script finds roles and skills."""

    title: Markup
    intro: Markup
    data: Markup
    choices: tuple[ChoiceGroup, ...]
    groups: tuple[RatedGroup, ...]


def my_skills_page(book: Book) -> Page:
    """Make the page on which people rate themselves."""
    texts = Texts(book, "my-skills/")
    view = MySkillsView(
        texts.ui("nav.my-skills"),
        texts.ui("my-skills.intro"),
        texts.resolve("/data/"),
        role_choices(texts),
        tuple(group for group in (_group(texts, group) for group in SkillGroup) if group.skills),
    )
    return make_page(
        book,
        texts,
        template="my-skills.md.j2",
        title=texts.ui_bare("nav.my-skills"),
        description=texts.ui_bare("my-skills.intro"),
        view=view,
        head={"module": "my-skills"},
    )


def _group(texts: Texts, group: SkillGroup) -> RatedGroup:
    skills = [skill for skill in texts.book.catalog.skills.values() if skill.model.group is group]
    ordered = texts.language.sort(skills, key=lambda skill: texts.bare(skill, "title"))
    return RatedGroup(
        group.value, texts.ui(f"skill-group.{group.value}"), tuple(_skill(texts, skill) for skill in ordered)
    )


def _skill(texts: Texts, skill: Entry[Skill]) -> RatedSkill:
    return RatedSkill(
        skill.id,
        former_ids(texts, "skill", skill.id, Reason.RENAMED),
        skill_link(texts, skill.id),
        texts.rich(skill, "definition"),
        tuple(
            AnswerView(step.rank, mark_of(texts, step), texts.rich(skill, "rubric", step.value)) for step in Proficiency
        ),
    )

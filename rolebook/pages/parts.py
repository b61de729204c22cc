"""What many pages show alike: links to roles, skills, tools and moves, proficiencies, usual times, facts."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.ladders import Step
from rolebook.pages.page import Link, Texts
from rolebook.pages.signs import Sign, shape, stairs
from rolebook.schema import Model, Proficiency, Reason, Role, Track

ROLE_SECTIONS = ("takeaways", "duties", "skills", "tools", "career", "practices", "questions", "measures", "codes")
OTHER_ANCHORS = ("duty-", "skill-", "tool-", "career-", "practice-", "question-", "measure-")


@dataclass(frozen=True, slots=True)
class Mark:
    """A proficiency: its word, and its rank among all, so that it is told without colour."""

    words: Markup
    rank: int
    of: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A level or a track: its words, the drawing beside them, and where it is explained."""

    words: Markup
    sign: Sign
    href: Markup | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the summary card."""

    label: Markup
    value: Markup
    href: Markup | None = None
    is_wide: bool = False
    sign: Sign | None = None


def role_link(texts: Texts, role: Entry[Role]) -> Link:
    """Make a link to a role by its title."""
    return texts.link(texts.plain(role, "title"), f"/roles/{role.id}/")


def skill_link(texts: Texts, skill: str) -> Link:
    """Make a link to a skill by its title."""
    return texts.link(texts.plain(texts.book.catalog.skills[skill], "title"), f"/skills/{skill}/")


def tool_link(texts: Texts, tool: str) -> Link:
    """Make a link to a kind of tool by its title."""
    return texts.link(texts.plain(texts.book.catalog.tools[tool], "title"), f"/tools/{tool}/")


def product_link(texts: Texts, product: str) -> Link:
    """Make a link to a product by its name, which is the same in all languages."""
    return texts.link(markup.plain(texts.book.catalog.products[product].model.name), f"/tools/{product}/")


def family_link(texts: Texts, family: str) -> Link:
    """Make a link to a family by its title."""
    return texts.link(texts.plain(texts.book.catalog.families[family], "title"), f"/families/{family}/")


def duty_anchor(duty: str) -> str:
    """Give a duty's anchor on its role's page: its id, unless something else of the page is called so."""
    return f"duty-{duty}" if duty in ROLE_SECTIONS or duty.startswith(OTHER_ANCHORS) else duty


def usual_time(texts: Texts, months: tuple[int, ...]) -> Markup:
    """Say after how many months a move is usual."""
    low, high = (texts.language.number(count) for count in months)
    return texts.ui("move.months", n=months[1], low=low, high=high)


def level_change(texts: Texts, step: Step) -> Markup:
    """Say from which level to which a move leads."""
    start, end = (texts.language.number(role.model.level) for role in (step.start, step.end))
    return (
        texts.ui("move.level-change", start=start, end=end) if start != end else texts.ui("move.level-same", level=end)
    )


def level_of(texts: Texts, role: Entry[Role]) -> Signed:
    """Tell a role's level by its number and title, and by how far up the stairs it stands."""
    level = texts.book.catalog.levels[str(role.model.level)]
    number = texts.language.number(role.model.level)
    words = texts.ui("level.name", number=number, title=texts.plain(level, "title"))
    return Signed(words, level_sign(texts, role.model.level), texts.resolve(f"/levels/#level-{level.id}"))


def level_sign(texts: Texts, number: int) -> Sign:
    """Draw a level as stairs with a step for each level there is."""
    levels = texts.book.catalog.levels.values()
    return stairs(sum(level.model.level <= number for level in levels), len(levels))


def track_of(texts: Texts, track: Track) -> Signed:
    """Tell a track by its word and its shape."""
    return Signed(texts.ui(f"track.{track.value}"), shape(track))


def mark_of(texts: Texts, proficiency: Proficiency) -> Mark:
    """Give a proficiency's word and rank."""
    title = texts.plain(texts.book.catalog.proficiency[proficiency.value], "title")
    return Mark(title, proficiency.rank, len(Proficiency))


def foot_links(texts: Texts, entry: Entry[Model], key: str, title: str) -> tuple[Link, ...]:
    """Link the file a page comes from, in another language its translation, and the form for a suggestion.

    `key` names the first link, `title` the page.
    """
    settings = texts.book.settings
    if not settings.repo_url:
        return ()
    links = [Link(texts.ui(key), settings.edit(entry.file.path))]
    if settings.form:
        links.insert(0, texts.link(texts.ui("foot.edit-form"), form_address(entry.file.path)))
    if entry.language != texts.language.code:
        path = f"locales/{texts.language.code}/{entry.domain}.po"
        links.append(Link(texts.ui("foot.edit-translation"), settings.edit(path)))
    return (*links, suggest_link(texts, title, entry.file.path))


def form_address(path: str) -> str:
    """Give where the form edits a file of roles/, written from the site's root."""
    folder, name = PurePosixPath(path).parent, PurePosixPath(path).stem
    is_family = folder.parent == PurePosixPath("roles") and folder.name != "vocabulary"
    collection = f"roles-{folder.name}" if is_family else folder.name  # skills and vocabulary are called so
    return f"/admin/#/collections/{collection}/entries/{name}"


def suggest_link(texts: Texts, title: str, file: str) -> Link:
    """Link the form for a suggestion about the whole page."""
    title = texts.ui_bare("foot.issue-title", role=title)
    return Link(texts.ui("foot.suggest"), texts.book.settings.suggest(title, texts.address, file))


def former_ids(texts: Texts, kind: str, id_: str, *reasons: Reason) -> Markup:
    """Give the ids that lead to something today, with spaces between them: all, or those left for some reasons."""
    redirects = texts.book.catalog.former(kind).values()
    former = (one.former for one in redirects if one.to == id_ and (not reasons or one.reason in reasons))
    return markup.address(" ".join(former))

"""The page of all paths: the map, the path finder, and the same as a list for everyone."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.addresses import move_address
from rolebook.catalog import Entry
from rolebook.ladders import Path
from rolebook.pages.map import MapView, whole_map
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.parts import Signed, former_ids, level_of, role_link, usual_time
from rolebook.schema import Role


@dataclass(frozen=True, slots=True)
class NextView:
    """A move in a list."""

    role: Link
    kind: Markup
    kind_id: str
    months: Markup
    page: Link


@dataclass(frozen=True, slots=True)
class FarView:
    """A role that is several moves away, and through which roles one gets there."""

    role: Link
    moves: Markup
    via: Markup


@dataclass(frozen=True, slots=True)
class LadderView:
    """A role with its moves and what lies beyond them."""

    id: str
    role: Link
    level: Signed
    entries: tuple[Markup, ...]
    next: tuple[NextView, ...]
    far: tuple[FarView, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A role to choose, also by the ids it had."""

    id: str
    former: Markup
    title: Markup


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Roles to choose, under the name of their family."""

    title: Markup
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PathsView:
    """Everything the page prints."""

    title: Markup
    intro: Markup
    sections: tuple[Link, ...]
    map: MapView | None
    families: tuple[ChoiceGroup, ...]
    ladder: tuple[LadderView, ...]
    data: Markup


def paths_page(book: Book) -> Page:
    """Make the page of all paths."""
    texts = Texts(book, "paths/")
    view = PathsView(
        texts.ui("nav.paths"),
        texts.ui("paths.intro"),
        tuple(Link(texts.ui(f"paths.{key}"), Markup("#{}").format(key)) for key in ("finder", "map", "list")),
        whole_map(texts) if book.ladders.roles else None,
        role_choices(texts),
        tuple(ladder(texts, role, is_whole=True) for role in book.ladders.roles),
        texts.resolve("/data/"),
    )
    return make_page(
        book,
        texts,
        template="paths.md.j2",
        title=texts.ui_bare("nav.paths"),
        description=texts.ui_bare("paths.intro"),
        view=view,
        head={"module": "paths", "hide": ["toc"]},
    )


def role_choices(texts: Texts) -> tuple[ChoiceGroup, ...]:
    """Give all roles in use to choose from, by family and level."""
    groups = []
    for family in texts.book.catalog.families.values():
        roles = [role for role in texts.book.ladders.roles if role.family == family.id]
        by_name = texts.language.sort(roles, key=lambda role: texts.bare(role, "title"))
        ordered = sorted(by_name, key=lambda role: role.model.level)
        choices = tuple(
            Choice(role.id, former_ids(texts, "role", role.id), texts.unmarked(role, "title")) for role in ordered
        )
        groups.append(ChoiceGroup(texts.unmarked(family, "title"), choices))
    return tuple(group for group in groups if group.choices)


def ladder(texts: Texts, role: Entry[Role], *, is_whole: bool = False) -> LadderView:
    """Tell a role's moves in words; `is_whole` adds every role that can be reached over others."""
    ladders = texts.book.ladders
    paths = ladders.shortest(role.id).values() if is_whole else ()
    far = sorted((path for path in paths if len(path.steps) > 1), key=lambda path: len(path.steps))
    return LadderView(
        role.id,
        role_link(texts, role),
        level_of(texts, role),
        tuple(texts.plain(role, "entry_routes", route.id, "title") for route in role.model.entry_routes),
        tuple(
            NextView(
                role_link(texts, step.end),
                texts.ui(f"move.{step.move.kind.value}"),
                step.move.kind.value,
                usual_time(texts, step.move.months),
                texts.link(texts.ui("move.whole"), move_address(step)),
            )
            for step in ladders.out_of[role.id]
        ),
        tuple(_far(texts, path) for path in far),
    )


def _far(texts: Texts, path: Path) -> FarView:
    between = texts.ui("move.then").join(texts.plain(role, "title") for role in path.roles[1:-1])
    return FarView(
        role_link(texts, path.roles[-1]),
        texts.ui("paths.moves", n=len(path.steps)),
        texts.ui("move.via", roles=between),
    )

"""Compare two states of a knowledge base, thing by thing: frozen values in, frozen values out.

Goes through the model generically, by the keys of its items, so that a new field is compared as soon as it stands in
the schema. What is given out are plain values with the names of their kinds, so that they can be kept and told later.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from pydantic import BaseModel

from rolebook.catalog import Catalog
from rolebook.schema import VOCABULARY, Aliases, Item, Model, Ref, RichText, Role, Skill, Status, Text

ALIKE = 0.6
"""From this share of equal values on, a thing that went and a thing that came are one thing with a new id."""


class What(StrEnum):
    """What happened to a thing or to a part of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENAMED = "renamed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is written, and its kind: text, rich, names, word, number, months, day, role, track."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way to a part: a key, or the id of an item with the words it is called by."""

    key: str
    name: Value | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A value inside an item that came or went, by its keys below the item."""

    path: tuple[str, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a thing that is not as before.

    `before` and `after` hold one value where a value changed, all values where an item came or went, the places
    counted from 1 where it moved, and the ids where it got another.
    """

    what: What
    path: tuple[Step, ...]
    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()

    @property
    def field(self) -> str:
        """Give the thing's own field that it belongs to, such as duties."""
        return self.path[0].key


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with an id of its own: a role, a skill, an item of a list of the vocabulary."""

    kind: str
    """The list it belongs to: roles, skills, tools …"""
    id: str
    model: Model
    path: str
    language: str
    family: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Give what the thing is known by."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing that came, went or is not as before."""

    what: What
    kind: str
    id: str
    name: Value
    path: str
    language: str
    changes: tuple[Change, ...] = ()
    former_id: str = ""
    """Where it was called otherwise before."""
    family: str = ""
    former_family: str = ""
    """Where it belonged to another family before."""


Key: TypeAlias = tuple[str, str]


def things_of(catalog: Catalog) -> Iterator[Thing]:
    """Give everything of a knowledge base, the roles first."""
    for kind in ("roles", "skills", *VOCABULARY):
        for entry in getattr(catalog, kind).values():
            yield Thing(kind, entry.id, entry.model, entry.file.path, entry.language, entry.family)


def things_in(path: str, model: Model) -> Iterator[Thing]:
    """Give what one file below roles/ holds."""
    stem, family = PurePosixPath(path).stem, PurePosixPath(path).parent.name
    if isinstance(model, Role):
        yield Thing("roles", stem, model, path, model.language, family)
    elif isinstance(model, Skill):
        yield Thing("skills", stem, model, path, model.language)
    else:
        for item in getattr(model, stem):
            yield Thing(stem, item.key, item, path, getattr(model, "language", ""))


def compare(before: Iterable[Thing], after: Iterable[Thing]) -> tuple[ThingChange, ...]:
    """Tell what came, went and changed, in the order of the later state; what went stands last."""
    old, new = {thing.key: thing for thing in before}, {thing.key: thing for thing in after}
    gone = [thing for key, thing in old.items() if key not in new]
    come = [thing for key, thing in new.items() if key not in old]
    renamed = dict(_renamed(gone, come))
    changes: list[ThingChange] = []
    for key, thing in new.items():
        was = old.get(key) or renamed.get(key)
        change = _thing_change(was, thing) if was else _whole(What.ADDED, thing)
        if change.what is not What.CHANGED or change.changes or change.former_family:
            changes.append(change)
    taken = {thing.key for thing in renamed.values()}
    return (*changes, *(_whole(What.REMOVED, thing) for thing in gone if thing.key not in taken))


def _renamed(gone: Sequence[Thing], come: Sequence[Thing]) -> Iterator[tuple[Key, Thing]]:
    """Pair what went with what came where most of both is the same, the most alike first."""
    held = {thing.key: frozenset(_without_id(thing.model)) for thing in (*gone, *come)}
    pairs = ((was.key, now.key) for now in come for was in gone if was.kind == now.kind)
    scores = ((-_likeness(held[was], held[now]), was, now) for was, now in pairs)
    by_key = {thing.key: thing for thing in gone}
    taken: set[Key] = set()
    for score, was, now in sorted(scores):
        if -score >= ALIKE and not {was, now} & taken:
            taken |= {was, now}
            yield now, by_key[was]


def _likeness(own: frozenset[Part], others: frozenset[Part]) -> float:
    """Give the share of values that two things have in common."""
    return len(own & others) / max(len(own), len(others), 1)


def _thing_change(was: Thing, now: Thing) -> ThingChange:
    changes = tuple(_differences(was.model, now.model, ()))
    what = What.RENAMED if was.id != now.id else What.CHANGED
    if getattr(now.model, "status", None) is Status.DEPRECATED and was.model.status is not Status.DEPRECATED:  # type: ignore[attr-defined]
        what = What.RETIRED
    return ThingChange(
        what,
        now.kind,
        now.id,
        _name(now.model),
        now.path,
        now.language,
        tuple(change for change in changes if change.path[0].key != "id"),
        was.id if was.id != now.id else "",
        now.family,
        was.family if was.family != now.family else "",
    )


def _whole(what: What, thing: Thing) -> ThingChange:
    one, other = (None, thing.model) if what is What.ADDED else (thing.model, None)
    changes = tuple(change for change in _differences_of_fields(one, other, ()) if change.path[0].key != "id")
    return ThingChange(
        what, thing.kind, thing.id, _name(thing.model), thing.path, thing.language, changes, family=thing.family
    )


def _differences(before: Any, after: Any, path: tuple[Step, ...]) -> Iterator[Change]:
    """Compare two values of one field, either of which may be missing."""
    before, after = _or_none(before), _or_none(after)
    if before == after:
        return
    if isinstance(before or after, BaseModel):
        yield from _differences_of_fields(before, after, path)
    elif isinstance(before or after, tuple) and not _is_months(before or after):
        yield from _differences_of_lists(before or (), after or (), path)
    else:
        what = What.ADDED if before is None else What.REMOVED if after is None else What.CHANGED
        yield Change(what, path, tuple(_parts(before)), tuple(_parts(after)))


def _or_none(value: Any) -> Any:
    return None if value == () else value


def _differences_of_fields(
    before: BaseModel | None, after: BaseModel | None, path: tuple[Step, ...]
) -> Iterator[Change]:
    fields = type(before).model_fields if before else type(after).model_fields if after else {}
    for name, info in fields.items():
        here = (*path, Step(info.alias or name))
        yield from _differences(getattr(before, name, None), getattr(after, name, None), here)


def _differences_of_lists(before: Sequence[Any], after: Sequence[Any], path: tuple[Step, ...]) -> Iterator[Change]:
    old, new = _keyed(before), _keyed(after)
    renamed = _same_but_for_the_id(old, new)
    for key, item in new.items():
        here = (*path, Step(key, _name(item)))
        if key in renamed:
            was = renamed[key]
            yield Change(What.RENAMED, here, (Part((), Value("word", was)),), (Part((), Value("word", key)),))
        elif key not in old:
            yield Change(What.ADDED, here, (), tuple(_parts(item)))
        elif isinstance(item, BaseModel):
            yield from _differences_of_fields(old[key], item, here)
    gone = (key for key in old if key not in new and key not in renamed.values())
    for key in gone:
        yield Change(What.REMOVED, (*path, Step(key, _name(old[key]))), tuple(_parts(old[key])), ())
    yield from _moved(old, new, {was: now for now, was in renamed.items()}, path)


def _moved(
    old: Mapping[str, Any], new: Mapping[str, Any], renamed: Mapping[str, str], path: tuple[Step, ...]
) -> Iterator[Change]:
    """Tell the fewest items that must move to make the one order of the other."""
    stayed = [renamed.get(key, key) for key in old if renamed.get(key, key) in new]
    places = {key: index for index, key in enumerate(stayed)}
    order = [key for key in new if key in places]
    kept = {order[index] for index in _longest_rise([places[key] for key in order])}
    for index, key in enumerate(order):
        if key not in kept:
            one, other = (Part((), Value("number", str(place + 1))) for place in (places[key], index))
            yield Change(What.MOVED, (*path, Step(key, _name(new[key]))), (one,), (other,))


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Give the indices of a longest rising row of different numbers."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
        before.append(ends[at - 1] if at else -1)
    row = []
    index = ends[-1] if ends else -1
    while index >= 0:
        row.append(index)
        index = before[index]
    return row[::-1]


def _keyed(items: Sequence[Any]) -> dict[str, Any]:
    """Name each value of a list: by its key, by itself, or by all it holds where it has no key."""
    keyed: dict[str, Any] = {}
    for item in items:
        if isinstance(item, Item):
            key = item.key
        elif isinstance(item, BaseModel):
            key = " ".join(part.value.text for part in _parts(item))
        else:
            key = str(item)
        keyed.setdefault(key, item)
    return keyed


def _same_but_for_the_id(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Give the new keys of items that are the same but for an id of their own, with their former ones."""
    gone = {_without_id(item): key for key, item in old.items() if key not in new and _has_own_id(item)}
    return {
        key: gone[_without_id(item)]
        for key, item in new.items()
        if key not in old and _has_own_id(item) and _without_id(item) in gone
    }


def _has_own_id(item: Any) -> bool:
    return isinstance(item, Item) and next(iter(type(item).model_fields)) == "id"


def _without_id(item: Any) -> tuple[Part, ...]:
    return tuple(part for part in _parts(item) if part.path != ("id",))


def _parts(value: Any, path: tuple[str, ...] = ()) -> Iterator[Part]:
    """Go through all values below one, by their keys."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _parts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple) and not _is_months(value):
        for key, item in _keyed(value).items():
            yield from _parts(item, (*path, key) if isinstance(item, BaseModel) else path)
    elif value is not None:
        yield Part(path, value_of(value))


def _is_months(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(type(item) is int for item in value)


_KINDS: tuple[tuple[type, str], ...] = ((Aliases, "names"), (RichText, "rich"), (Text, "text"), (date, "day"))


def value_of(value: Any) -> Value:
    """Write a value of the model down with the name of its kind."""
    if isinstance(value, tuple):
        return Value("months", " ".join(str(number) for number in value))
    if isinstance(value, Enum):
        return Value(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(value).__name__).lower(), str(value.value))
    if isinstance(value, Ref):
        return Value(value.kind, str(value))
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return Value(name, str(value))
    if isinstance(value, int):
        return Value(getattr(value, "kind", "number"), str(int(value)))
    return Value("word", str(value))


def _name(value: Any) -> Value:
    """Give the words a thing or an item is called by: its title, what it refers to, the beginning of its text."""
    if not isinstance(value, BaseModel):
        return value_of(value)
    parts = [
        Part((name,), value_of(given)) for name in type(value).model_fields if _is_single(given := getattr(value, name))
    ]
    first = parts[0].value if parts else Value("word", "")
    if first.kind not in ("word", "number", "proficiency"):
        return first
    texts = [part.value for part in parts if part.value.kind == "text" or part.path == ("name",)]
    rich = [part.value for part in parts if part.value.kind == "rich"]
    return next(iter((*texts, *rich)), first)


def _is_single(value: Any) -> bool:
    return value is not None and not isinstance(value, (BaseModel, tuple))

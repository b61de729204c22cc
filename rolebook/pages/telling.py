"""Tell changes in words: the same for the report to reviewers and for the pages of what changed.

Names of things are in the reader's language. Texts are quoted as their file has them; on pages, what came and is there
still as it came is given in the reader's language, where it has a translation.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.changes import Change, Part, Step, ThingChange, Value, What
from rolebook.languages import Language, is_known
from rolebook.messages import OWN_DOMAINS, State
from rolebook.pages.page import Texts
from rolebook.schema import VOCABULARY, Aliases, Model, Proficiency, Role, Skill, key_at
from rolebook.wording import Fate, legible, word_changes

SHORT = 60
"""Signs of a text that stand for the item it belongs to, where that has no title."""
_QUOTED = ("text", "rich", "names", "word")
_PLURALS = {
    "role": "roles",
    "skill": "skills",
    "tool": "tools",
    "product": "products",
    "measure": "measures",
    "owner": "owners",
    "level": "levels",
    "family": "families",
    "proficiency": "proficiency",
}
_FILES: Mapping[str, type[Model]] = {"roles": Role, "skills": Skill}
_FOLDERS = {"role": "roles", "skill": "skills", "tool": "tools", "product": "tools", "family": "families"}
_CHOICES = {
    "track": "track",
    "importance": "importance",
    "use": "use",
    "move-kind": "move",
    "skill-group": "skill-group",
    "item-owner": "owner",
    "match": "match",
    "status": "change.status",
}
_SPEAK_FOR_THEMSELVES = ("proficiency", "importance", "use", "move-kind", "months")
"""Kinds of values that need no label after the name of their item."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change: what it is about, and the text before and after, word by word."""

    words: Markup
    text: Markup | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one field; without a title for single values of the thing itself."""

    title: Markup | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that changed, in short: what happened to it, and how many changes stand under which title."""

    kind: Markup
    name: Markup
    href: Markup | None
    what: Markup
    """What happened to it as a whole; empty where only parts of it changed."""
    outline: tuple[tuple[Markup, int], ...]

    @property
    def count(self) -> int:
        """Count the changes."""
        return sum(count for _, count in self.outline)


class Teller:
    """Tells changes in the language of some texts; `former`, for reviewers, knows the names of what is gone."""

    def __init__(self, texts: Texts, former: Texts | None = None) -> None:
        self.texts = texts
        self.former = former

    def thing(self, change: ThingChange) -> Told:
        """Tell of one thing in short."""
        kind = next(single for single, plural in _PLURALS.items() if plural == change.kind)
        known = change.what is not What.REMOVED and change.id in getattr(self.texts.book.catalog, change.kind)
        href = self.texts.resolve(f"/{_FOLDERS[kind]}/{change.id}/") if known and kind in _FOLDERS else None
        name = self._name(change, change.name, ())
        outline = tuple(
            (
                self.field(change.kind, field) if field else self.texts.ui("compare.facts"),
                sum(_lines_of(group) for group in groups),
            )
            for field, groups in _sorted_out(change)
        )
        return Told(self.texts.ui(f"change.kind.{change.kind}"), name, href, self._what(change), outline)

    def _what(self, change: ThingChange) -> Markup:
        said = []
        if change.what is What.RETIRED:
            replacement = next((part for part in change.changes if part.field == "replaced_by" and part.after), None)
            to = self.value(replacement.after[0].value, change) if replacement else None
            said.append(self.texts.ui("change.retired-for", role=to) if to else self.texts.ui("change.retired"))
        elif change.what in (What.ADDED, What.REMOVED):
            said.append(self.texts.ui(f"change.thing-{change.what.value}"))
        if change.former_id:
            said.append(self.texts.ui("change.thing-renamed", before=change.former_id, after=change.id))
        if change.former_family:
            before, after = (self.title("family", family) for family in (change.former_family, change.family))
            said.append(self.texts.ui("change.family", before=before, after=after))
        return Markup(" ").join(said)

    def sections(self, change: ThingChange) -> tuple[Section, ...]:
        """Tell every change of a thing, field by field."""
        return tuple(
            Section(
                self.field(change.kind, field) if field else None,
                tuple(line for group in groups for line in self._lines(change, group)),
            )
            for field, groups in _sorted_out(change)
        )

    def _lines(self, thing: ThingChange, parts: list[Change]) -> Iterator[Line]:
        """Tell changes of one list of plain values in one line, all others each in its own."""
        if _is_listed(parts[0]):
            label = self._label(thing, parts[0].path[:-1])
            yield self._came_and_went(thing, label, parts)
        else:
            yield from (self._line(thing, part) for part in parts)

    def _came_and_went(self, thing: ThingChange, label: Markup, parts: list[Change]) -> Line:
        said = []
        for what in (What.ADDED, What.REMOVED, What.MOVED):
            names = [self._step(thing, part.path) for part in parts if part.what is what]
            if names:
                said.append(self.texts.ui(f"change.{what.value}-some", what=self._listed(names)))
        return Line(self._labelled(label, self.texts.ui("list.semicolon").join(said)))

    def _line(self, thing: ThingChange, part: Change) -> Line:
        match part.what:
            case What.MOVED:
                before, after = (self._number(side[0].value) for side in (part.before, part.after))
                place = self.texts.ui("change.moved", what=self._crumbs(thing, part.path), before=before, after=after)
                return Line(place)
            case What.RENAMED:
                old, new = (side[0].value.text for side in (part.before, part.after))
                name = self._crumbs(thing, part.path)
                return Line(self.texts.ui("change.new-id", what=name, before=old, after=new))
            case What.ADDED | What.REMOVED if part.path[-1].name:
                return self._item(thing, part)
            case _:
                return self._value_line(thing, part)

    def _item(self, thing: ThingChange, part: Change) -> Line:
        """Tell of an item that came or went: its name, its values, and all it says."""
        parts = part.after or part.before
        name = part.path[-1].name
        is_said_below = name is not None and name.kind == "rich"
        quoted = [p for p in parts if p.value.kind in ("text", "rich") and (p.value != name or is_said_below)]
        values = [p for p in parts if p.value.kind not in _QUOTED and p.value != name]
        keys = tuple(step.key for step in part.path)
        words = self._crumbs(thing, part.path[:-1] if is_said_below else part.path)
        if values:
            told = self._listed(self._values(thing, keys, values))
            words = self.texts.ui("change.with", what=words, values=told) if words else told
        if thing.what is not What.ADDED:
            words = self.texts.ui(f"change.{part.what.value}", what=words) if words else words
        fate = Fate.SAME if thing.what is What.ADDED else Fate.ADDED if part.what is What.ADDED else Fate.REMOVED
        said = Markup(" ").join(self._said(thing, (*keys, *p.path), p.value.text, fate) for p in quoted)
        return Line(words, said or None)

    def _values(self, thing: ThingChange, keys: tuple[str, ...], parts: list[Part]) -> Iterator[Markup]:
        """Give the values of an item, those of one list together, with labels where they need them."""
        for path, group in groupby(parts, key=lambda part: part.path):
            values = [part.value for part in group]
            said = self._listed(self.value(value, thing) for value in values)
            speaks = values[0].kind in (*_SPEAK_FOR_THEMSELVES, *_CHOICES) or len(path) > 1
            yield said if speaks else self._labelled(self.field(thing.kind, *keys, *path), said)

    def _value_line(self, thing: ThingChange, part: Change) -> Line:
        """Tell of a value that came, went or changed."""
        values = [side[0].value if side else None for side in (part.before, part.after)]
        before, after = values
        kind = next(value.kind for value in values if value)
        label = self._label(thing, part.path, kind)
        if kind == "names":
            if thing.what is What.ADDED and after:
                names = [markup.plain(name) for name in Aliases.one_by_one(after.text)]
                return Line(self._labelled(label, self._listed(names)))
            return Line(self._labelled(label, self._names(before, after)))
        if kind in _QUOTED:
            old, new = (value.text if value else "" for value in values)
            if not before:
                keys = tuple(step.key for step in part.path)
                return Line(label, self._said(thing, keys, new, Fate.SAME if thing.what is What.ADDED else Fate.ADDED))
            pieces = legible(word_changes(_one_line(old), _one_line(new)))
            return Line(label, Markup("").join(self._quoted(thing, piece.text, piece.fate) for piece in pieces))
        if before and after:
            said = self.texts.ui("move.rise", before=self.value(before, thing), after=self.value(after, thing))
        else:
            said = self.value(before or after or Value("word", ""), thing)
            if thing.what is not What.ADDED:
                said = self.texts.ui(f"change.{part.what.value}-some", what=said)
        return Line(self._labelled(label, said))

    def _names(self, before: Value | None, after: Value | None) -> Markup:
        old, new = (Aliases.one_by_one(value.text) if value else () for value in (before, after))
        said = []
        for key, names in (("added", [n for n in new if n not in old]), ("removed", [n for n in old if n not in new])):
            if names:
                said.append(self.texts.ui(f"change.{key}-some", what=self._listed([markup.plain(n) for n in names])))
        return self.texts.ui("list.semicolon").join(said) or self.texts.ui("change.reordered")

    def _label(self, thing: ThingChange, path: tuple[Step, ...], kind: str = "") -> Markup:
        """Name what a value belongs to, below its section; a title or text of an item goes without a label."""
        if len(path) == 1:
            return self.field(thing.kind, path[0].key)
        *above, last = path[1:]
        item = next((step for step in reversed(above) if step.name), None)
        if item and item.name and (kind in _SPEAK_FOR_THEMSELVES or last.key in ("text", "answer")):
            kept = path[:-1]
            if item.name.kind == "rich" and last.key == "text":
                kept = path[:-2]
            return self._crumbs(thing, kept)
        return self._crumbs(thing, path)

    def _crumbs(self, thing: ThingChange, path: tuple[Step, ...]) -> Markup:
        """Name the steps below a section: items by their names, fields by their labels; 'items' says nothing."""
        steps = [path[: index + 1] for index in range(1, len(path)) if path[index].key != "items"]
        return Markup(" › ").join(self._step(thing, step) for step in steps)

    def _step(self, thing: ThingChange, path: tuple[Step, ...]) -> Markup:
        step = path[-1]
        if step.name:
            return self._name(thing, step.name, path)
        return self.field(thing.kind, *(one.key for one in path))

    def _name(self, thing: ThingChange, name: Value, path: tuple[Step, ...]) -> Markup:
        """Give the words of a name, translated where that name has a translation today."""
        if name.kind not in ("text", "rich"):
            return self.value(name, thing)
        keys = tuple(step.key for step in path)
        for field in ("title", "question", "text", "meaning"):
            if translation := self._translation(thing, (*keys, field), name.text):
                return markup.plain(_shortened(translation) if name.kind == "rich" else translation)
        return self._quoted(thing, _shortened(name.text) if name.kind == "rich" else name.text, Fate.SAME)

    def address(self, domain: str, address: str) -> Markup:
        """Give the place of a text in words: its thing, then fields by their labels and items by their ids."""
        first, *rest = address.split(".")
        if domain in OWN_DOMAINS:
            return markup.plain(address)
        kind, thing = "roles", self.title("role", first)
        if domain == "vocabulary" and rest:
            single = next((single for single, plural in _PLURALS.items() if plural == first), "")
            kind, thing = first, self.title(single, rest.pop(0)) if single else markup.plain(first)
        steps = (rest[: index + 1] for index in range(len(rest)) if rest[index] != "items")
        return Markup(" › ").join([thing, *(self.field(kind, *step) for step in steps)])

    def field(self, kind: str, *keys: str) -> Markup:
        """Give the label of the last of some keys, as the form has it; an item's id as it is."""
        if keys[-1] in _PROFICIENCIES:
            return self.title("proficiency", keys[-1])
        model, way = (VOCABULARY[kind], (kind, "", *keys)) if kind in VOCABULARY else (_FILES[kind], keys)
        explained = key_at(model, way)
        if explained is None:
            return markup.plain(keys[-1])
        return markup.plain(self.texts.form_bare(".".join((*explained, "label"))))

    def value(self, value: Value, thing: ThingChange) -> Markup:
        """Give a value in words."""
        if value.kind in _PLURALS:
            return self.title(value.kind, value.text)
        if value.kind in _CHOICES:
            return self.texts.ui(f"{_CHOICES[value.kind]}.{value.text}")
        if value.kind == "day":
            return markup.plain(self.texts.language.long_date(date.fromisoformat(value.text)))
        if value.kind == "months":
            low, high = (self.texts.language.number(int(number)) for number in value.text.split())
            return self.texts.ui("change.months", n=int(value.text.split()[1]), low=low, high=high)
        return self._number(value) if value.kind == "number" else self._quoted(thing, value.text, Fate.SAME)

    def _number(self, value: Value) -> Markup:
        return markup.plain(self.texts.language.number(int(value.text)))

    def title(self, kind: str, name: str) -> Markup:
        """Give the title of a thing that is referred to, as a link where it has a page; else its id."""
        for texts in filter(None, (self.texts, self.former)):
            entry: Entry[Model] | None = getattr(texts.book.catalog, _PLURALS[kind]).get(name)
            if entry is None:
                continue
            if kind == "product":
                title = markup.plain(str(getattr(entry.model, "name", name)))
            else:
                title = texts.plain(entry, "title")
            if kind == "level":
                title = self.texts.ui("level.name", number=self._number(Value("number", name)), title=title)
            if texts is self.texts and kind in _FOLDERS:
                href = texts.resolve(f"/{_FOLDERS[kind]}/{name}/")
                return Markup('<a href="{}">{}</a>').format(href, title)
            return title
        return markup.plain(name)

    def _quoted(self, thing: ThingChange, text: str, fate: Fate) -> Markup:
        """Quote a piece of a file in the file's own language."""
        if fate is Fate.LEFT_OUT:
            return Markup(" … ")
        words = markup.plain(text.replace("\n\n", " ¶ "))
        tag = {Fate.ADDED: "ins", Fate.REMOVED: "del"}.get(fate)
        own = Markup("")
        if thing.language != self.texts.language.code and is_known(thing.language):
            own = Markup(' lang="{}" dir="{}"').format(thing.language, Language(thing.language).direction)
        if tag:
            return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), own, words)  # noqa: S704 - one of two words
        return Markup("<span{}>{}</span>").format(own, words) if own else words

    def _said(self, thing: ThingChange, keys: tuple[str, ...], text: str, fate: Fate) -> Markup:
        """Quote a whole text; on a page in the reader's language, where it is there still and translated."""
        translation = None if self.former else self._translation(thing, keys, text)
        if translation is None:
            return self._quoted(thing, text, fate)
        tag = {Fate.ADDED: "ins", Fate.REMOVED: "del"}.get(fate, "span")
        return Markup("<{0}>{1}</{0}>").format(Markup(tag), markup.plain(translation))  # noqa: S704 - one of three words

    def _translation(self, thing: ThingChange, keys: tuple[str, ...], text: str) -> str | None:
        """Give today's translation of a text, if the text stands there today as it is."""
        entry: Entry[Model] | None = getattr(self.texts.book.catalog, thing.kind).get(thing.id)
        if entry is None:
            return None
        key = (entry.domain, ".".join((entry.address, *keys)))
        message = self.texts.book.messages.find(key)
        if message is None or message.source != text or message.language == self.texts.language.code:
            return None
        translation = self.texts.book.messages.translate(key, self.texts.language)
        return translation.text if translation.state is State.TRANSLATED else None

    def _labelled(self, label: Markup, said: Markup) -> Markup:
        return Markup("{}{}{}").format(label, self.texts.ui("list.colon"), said) if label else said

    def _listed(self, words: Iterable[Markup]) -> Markup:
        return self.texts.ui("list.comma").join(words)


_PROFICIENCIES = frozenset(step.value for step in Proficiency)
_RETIRING = ("status", "replaced_by")


def _sorted_out(change: ThingChange) -> list[tuple[str, list[list[Change]]]]:
    """Sort changes by field, single values first under no field, and join those of one list of plain values."""
    if change.what is What.REMOVED:
        return []
    known = {What.RETIRED: _RETIRING, What.ADDED: ("title", "name")}.get(change.what, ())
    fields: dict[str, list[Change]] = {"": []}
    for part in change.changes:
        if part.field not in known:
            fields.setdefault(part.field if len(part.path) > 1 else "", []).append(part)
    return [
        (field, [list(group) for _, group in groupby(parts, key=_list_of_values)])
        for field, parts in fields.items()
        if parts
    ]


def _lines_of(group: list[Change]) -> int:
    return 1 if _is_listed(group[0]) else len(group)


def _list_of_values(part: Change) -> tuple[str, ...]:
    """Give what changes of one list of plain values have in common, and no others."""
    keys = tuple(step.key for step in part.path)
    return keys[:-1] if _is_listed(part) else (*keys, part.what.value)


def _is_listed(part: Change) -> bool:
    """Tell whether a change is that of a plain value in a list, such as a measure of a duty."""
    if not part.path[-1].name or len(part.path) < 2 or part.what not in (What.ADDED, What.REMOVED):
        return False
    return [p.path for p in part.after or part.before] == [()]


def _shortened(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _one_line(text: str) -> str:
    return text.replace("\n\n", " ¶ ").replace("\n", " ").strip()

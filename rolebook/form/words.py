"""The words of the form in one language: labels, hints, and the choices of each drop-down by their titles."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeAlias

from pydantic import BaseModel

from rolebook.catalog import Entry
from rolebook.languages import Language
from rolebook.pages.page import Book, Texts
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

Option: TypeAlias = dict[str, str | int]

_SCHEMES = {Scheme.ISCO: "ISCO-08", Scheme.ESCO: "ESCO", Scheme.ONET: "O*NET-SOC"}
_CHOICES: Mapping[type[Enum], str] = {
    Track: "track",
    Importance: "importance",
    Use: "use",
    MoveKind: "move",
    SkillGroup: "skill-group",
    ItemOwner: "owner",
    Match: "match",
    Status: "status",
}
"""Under which names the interface has the words of the model's choices."""


class Words:
    """The words of the form in the editor's language; a text that is not translated is there in its first language."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.language: Language = book.language
        self._texts = Texts(book, "")

    def label(self, kind: type[BaseModel], key: str) -> str:
        """Give the label of a key of the model."""
        return self._texts.form_bare(f"{kind.__name__}.{key}.label")

    def hint(self, kind: type[BaseModel], key: str) -> str:
        """Give what a key of the model is for."""
        return self._texts.form_bare(f"{kind.__name__}.{key}.hint")

    def item(self, kind: type[BaseModel]) -> str:
        """Give what one item of a list is called."""
        return self._texts.form_bare(kind.__name__)

    def interface(self, key: str) -> str:
        """Give a text of the interface."""
        return self._texts.ui_bare(key)

    def title(self, entry: Entry[Any]) -> str:
        """Give the title of a role or a part of the vocabulary."""
        return self._texts.bare(entry, "title")

    def languages(self) -> list[Option]:
        """Give the languages of the site by their own names."""
        return [{"label": language.name, "value": language.code} for language in self.book.catalog.languages]

    def choices(self, kind: Any) -> list[Option]:
        """Give what may be chosen for a kind of value, by titles, as a drop-down shows it."""
        if issubclass(kind, Enum):
            return [{"label": self._choice(member), "value": member.value} for member in kind]
        options = self._titles(kind.kind)
        if kind.kind == "level":
            return [{"label": f"{level} · {title}", "value": int(level)} for level, title in options.items()]
        in_order = self.language.sort(options, key=lambda id_: options[id_])
        return [{"label": options[id_], "value": id_} for id_ in in_order]

    def _choice(self, member: Enum) -> str:
        if isinstance(member, Proficiency):
            entry = self.book.catalog.proficiency.get(member.value)  # the form must open for whoever mends the list
            return self.title(entry) if entry else member.value
        if isinstance(member, Scheme):
            return _SCHEMES[member]
        name = _CHOICES.get(type(member))
        return self.interface(f"{name}.{member.value}") if name else str(member.value)  # as `check` calls it

    def _titles(self, kind: str) -> dict[str, str]:
        """Give everything of a kind that can be referred to: its id and its title."""
        catalog = self.book.catalog
        if kind == "product":
            return {entry.id: entry.model.name for entry in catalog.products.values()}
        entries: Mapping[str, Entry[Any]] = getattr(catalog, f"{kind}s")
        return {entry.id: self.title(entry) for entry in entries.values()}

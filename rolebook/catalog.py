"""Load a knowledge base: all its roles and its vocabulary, each with the place it came from.

Reports what does not fit the model. What the parts say of each other is left to the checks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from rolebook.findings import Finding, Place, did_you_mean, found
from rolebook.languages import Language, Languages, is_known
from rolebook.memory import recall
from rolebook.schema import (
    VOCABULARY,
    Family,
    Item,
    Leaf,
    Level,
    LevelRef,
    Measure,
    Model,
    Owner,
    Product,
    ProficiencyLevel,
    Redirect,
    Redirects,
    Ref,
    Role,
    Skill,
    Text,
    Tool,
    WritingException,
    walk,
)
from rolebook.source import Location, RoleFiles, SourceFile, list_role_files, read_yaml
from rolebook.validation import salvage, validate

M = TypeVar("M", bound=Model)
F = TypeVar("F", Role, Skill)
M_co = TypeVar("M_co", bound=Model, covariant=True)


LANGUAGES_FILE = "locales/languages.yml"
REDIRECTS_FILE = "roles/vocabulary/redirects.yml"


@dataclass(frozen=True, eq=False)
class Entry(Generic[M_co]):
    """One thing of the knowledge base: its id, its model, and where it stands."""

    id: str
    model: M_co
    file: SourceFile
    domain: str
    """The translation file its texts belong to, such as roles/<role> or vocabulary."""
    address: str
    """The beginning of the addresses of its texts."""
    language: str
    """The language it is written in; empty where it holds no texts."""
    location: Location = ()
    """Where in its file it begins."""
    family: str = ""
    """For a role: the family, from its folder."""

    def place(self, *location: str | int, of_key: bool = False) -> Place:
        """Find the line and column of one of its values."""
        return self.file.place((*self.location, *location), of_key)

    def leaves(self) -> Iterator[Leaf]:
        """Give all its values, with locations in the file and full addresses."""
        return walk(self.model, self.location, (self.address,))

    def texts(self) -> Iterator[Leaf]:
        """Give its translatable texts."""
        return (leaf for leaf in self.leaves() if isinstance(leaf.value, Text))

    @cached_property
    def references(self) -> tuple[Leaf, ...]:
        """Give the ids of other things that it names."""
        return tuple(leaf for leaf in self.leaves() if isinstance(leaf.value, Ref | LevelRef))


@dataclass(frozen=True, slots=True)
class PlacedException:
    """An exception from a rule of writing, with the full address of its text and where it stands itself."""

    model: WritingException
    domain: str
    address: str
    place: Place


@dataclass(frozen=True)
class Catalog:
    """Everything that was read; ids of files that could not be read are known but empty."""

    root: Path
    default_language: Language
    languages: tuple[Language, ...]
    roles: Mapping[str, Entry[Role]] = field(default_factory=dict)
    skills: Mapping[str, Entry[Skill]] = field(default_factory=dict)
    families: Mapping[str, Entry[Family]] = field(default_factory=dict)
    levels: Mapping[str, Entry[Level]] = field(default_factory=dict)
    proficiency: Mapping[str, Entry[ProficiencyLevel]] = field(default_factory=dict)
    measures: Mapping[str, Entry[Measure]] = field(default_factory=dict)
    owners: Mapping[str, Entry[Owner]] = field(default_factory=dict)
    products: Mapping[str, Entry[Product]] = field(default_factory=dict)
    tools: Mapping[str, Entry[Tool]] = field(default_factory=dict)
    exceptions: tuple[PlacedException, ...] = ()
    """Texts that a rule of writing does not hold for, as their files say."""
    redirects: Entry[Redirects] | None = None
    """Where names lead that are no longer used; None where nothing was renamed."""
    unread: frozenset[str] = frozenset()
    """Paths of files that could not be read."""
    files: RoleFiles = field(default_factory=RoleFiles)
    """What stands below roles/."""

    def known(self, kind: str) -> frozenset[str] | None:
        """Give all ids of a kind; None where its file could not be read, so that nothing can be said of them."""
        folders = {"role": ("roles/*/*.yml", self.roles), "skill": ("roles/vocabulary/skills/*.yml", self.skills)}
        if kind in folders:
            pattern, entries = folders[kind]
            lost = {Path(path).stem for path in self.unread if Path(path).match(pattern)}
            return frozenset(entries) | lost
        plural, entries = KINDS[kind], getattr(self, KINDS[kind])
        return None if f"roles/vocabulary/{plural}.yml" in self.unread else frozenset(entries)

    def entries(self) -> Iterator[Entry[Model]]:
        """Go through everything, the vocabulary first."""
        for name in VOCABULARY:
            yield from getattr(self, name).values()
        if self.redirects:
            yield self.redirects
        yield from self.skills.values()
        yield from self.roles.values()

    def of_kind(self, kind: str) -> Mapping[str, Entry[Model]]:
        """Give everything of a kind, by id."""
        entries: Mapping[str, Entry[Model]] = getattr(self, KINDS[kind])
        return entries

    def former(self, kind: str) -> Mapping[str, Redirect]:
        """Give the redirects of a kind by the id they lead away from; none of the kinds that have no pages."""
        redirects: tuple[Redirect, ...] = getattr(self.redirects.model, KINDS[kind], ()) if self.redirects else ()
        return {redirect.former: redirect for redirect in redirects}

    def taken(self, kind: str) -> frozenset[str]:
        """Give the ids that nothing new of a kind may have: those that are used, and those that lead elsewhere."""
        beside = ("tool", "product") if kind in ("tool", "product") else (kind,)
        used = (self.known(one) or frozenset() for one in beside)
        return frozenset().union(*used, *(self.former(one) for one in beside))

    def today(self, kind: str, id_: str) -> str:
        """Give the id by which something is called today; an empty text where there is none."""
        former, seen = self.former(kind), {id_}
        while id_ in former:
            id_ = str(former[id_].to)
            if id_ in seen:
                return ""
            seen.add(id_)
        return id_ if id_ in self.of_kind(kind) else ""


KINDS = {
    "role": "roles",
    "skill": "skills",
    "family": "families",
    "level": "levels",
    "tool": "tools",
    "product": "products",
    "measure": "measures",
    "owner": "owners",
}
"""The name of the list of each kind, in the catalog and in the vocabulary."""


def load_catalog(root: Path) -> tuple[Catalog, list[Finding]]:
    """Read the whole knowledge base below a root; what could not be read is told by findings."""
    loader = _Loader(root)
    catalog = loader.load()
    return catalog, loader.findings


def salvage_catalog(root: Path) -> Catalog:
    """Read of a knowledge base what fits the model, also from files with mistakes; those count as unread all the same.

    Only for comparing: what is made of it must never be published.
    """
    return _Loader(root, salvages=True).load()


class _Loader:
    """Reads file after file and keeps the findings and the paths that failed."""

    def __init__(self, root: Path, salvages: bool = False) -> None:
        self.root = root
        self.salvages = salvages
        self.findings: list[Finding] = []
        self.unread: set[str] = set()
        self.exceptions: list[PlacedException] = []

    def load(self) -> Catalog:
        default, languages = self._languages()
        files = list_role_files(self.root)
        vocabulary: dict[str, Any] = {name: self._vocabulary(name) for name in VOCABULARY}
        roles, skills = self._files(files.roles, Role), self._files(files.skills, Skill)
        return Catalog(
            self.root,
            default,
            languages,
            roles=roles,
            skills=skills,
            **vocabulary,
            exceptions=tuple(self.exceptions),
            redirects=self._redirects(),
            unread=frozenset(self.unread),
            files=files,
        )

    def _read(self, path: Path, kind: type[M]) -> tuple[M, SourceFile] | None:
        file, findings = read_yaml(self.root, path)
        self.findings += findings
        model = None
        if file:
            model, findings = validate(kind, file)
            self.findings += findings
        if not file or not model:
            self.unread.add(path.relative_to(self.root).as_posix())
            if not (file and self.salvages and (model := salvage(kind, file))):
                return None
        return model, file

    def _languages(self) -> tuple[Language, tuple[Language, ...]]:
        path = self.root / LANGUAGES_FILE
        fallback = Language("en")
        if not path.is_file():
            self._missing(path)
            return fallback, (fallback,)
        read = self._read(path, Languages)
        if not read:
            return fallback, (fallback,)
        model, file = read
        for index, code in enumerate(model.languages):
            if code in model.languages[:index]:
                place = file.place(("languages", index))
                self.findings.append(found("repeated-id", place, f"'{code}' stands twice in this list.", "Delete one."))
            if not is_known(code):
                place = file.place(("languages", index))
                hint = "Use a code of CLDR, such as uk or zh-Hant."
                self.findings.append(found("unknown-language", place, f"CLDR knows no language '{code}'.", hint))
        if model.default not in model.languages:
            hint = did_you_mean(model.default, model.languages, "Add it to 'languages', or choose another.")
            message = f"The default language '{model.default}' is not in the list."
            self.findings.append(found("unknown-language", file.place(("default",)), message, hint))
        languages = tuple(Language(str(code)) for code in model.languages if is_known(code))
        default = Language(str(model.default)) if is_known(model.default) else fallback
        return default, languages or (default,)

    def _vocabulary(self, name: str) -> dict[str, Entry[Model]]:
        path = self.root / "roles" / "vocabulary" / f"{name}.yml"
        if not path.is_file():
            self._missing(path)
            return {}
        read = self._read(path, VOCABULARY[name])
        if not read:
            return {}
        model, file = read
        self._except(model.exceptions, file, "vocabulary", name)
        items: tuple[Item, ...] = getattr(model, name)
        return {
            item.key: self._entry(
                Entry(item.key, item, file, "vocabulary", f"{name}.{item.key}", model.language, (name, index))
            )
            for index, item in enumerate(items)
        }

    def _redirects(self) -> Entry[Redirects] | None:
        path = self.root / REDIRECTS_FILE
        read = self._read(path, Redirects) if path.is_file() else None
        if not read:
            return None
        model, file = read
        return self._entry(Entry("redirects", model, file, "vocabulary", "redirects", language=""))

    def _files(self, names: tuple[str, ...], kind: type[F]) -> dict[str, Entry[F]]:
        """Read one file an entry."""
        entries: dict[str, Entry[F]] = {}
        for path in (self.root / name for name in names):
            read = self._read(path, kind)
            if not read:
                continue
            model, file = read
            is_role = kind is Role
            domain = f"roles/{path.stem}" if is_role else "vocabulary"
            address = path.stem if is_role else f"skills.{path.stem}"
            family = path.parent.name if is_role else ""
            if path.stem not in entries:  # the check id-clash tells of the second one
                self._except(model.exceptions, file, domain, address)
                entry = Entry(path.stem, model, file, domain, address, model.language, family=family)
                entries[path.stem] = self._entry(entry)
        return entries

    def _entry(self, entry: Entry[M]) -> Entry[M]:
        """Give the entry that was made of the same file before, with what is known of it."""
        return recall((Entry, entry.file, entry.location, self.salvages), lambda: entry)

    def _except(self, models: tuple[WritingException, ...], file: SourceFile, domain: str, address: str) -> None:
        for index, model in enumerate(models):
            place = file.place(("exceptions", index, "at"))
            self.exceptions.append(PlacedException(model, domain, f"{address}.{model.at}", place))

    def _missing(self, path: Path) -> None:
        name = path.relative_to(self.root).as_posix()
        self.unread.add(name)
        self.findings.append(found("missing-file", Place(name), "This file is missing."))

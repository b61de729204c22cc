"""Follow a new name through everything that holds the old one: references, links, translations, hand-written pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from posixpath import join, normpath

import polib

from rolebook.addresses import address_of
from rolebook.catalog import KINDS, Catalog, Entry, PlacedException
from rolebook.checks import Knowledge
from rolebook.generated import GENERATED
from rolebook.messages import OWN_DOMAINS, Key
from rolebook.scaffold.draft import Draft, put
from rolebook.schema import LIST_FILES, VOCABULARY, Model, Owner, Ref, RichText, Role, Skill
from rolebook.source import Plain, SourceFile

# A link in a rich text, and in a hand-written page, each with what stands before its target
_TEXT_LINK = re.compile(r"(\]\(\s*<?)(/[^)>\s]*)")
_PAGE_LINK = re.compile(r"""(\]\(\s*<?|\bhref=["'])([^)"'>\s]*)""")
_KEYWORD_PAGE = re.compile(r"""^([ -]*page: *["']?)(/[^"'\s]*)""", re.MULTILINE)
_END = r"(?=[/#?]|\.json|$)"
# Where the id of each kind stands in addresses, with what stands before it
_IN_ADDRESSES = {
    "role": (
        rf"((?:^|/)roles/){{id}}{_END}",
        r"((?:^|/)moves/){id}(?=--)",
        rf"((?:^|/)moves/[a-z0-9-]+--){{id}}{_END}",
        r"(paths/(?:\?[^#]*)?#from-){id}$",
        r"([?&;](?:from|to|role|roles)=(?:[^&#]*,)?){id}(?=[,&#]|$)",
    ),
    "skill": (rf"((?:^|/)skills/){{id}}{_END}", r"(/(?:\?[^#]*)?#(?:skill|rate)-){id}$"),
    "tool": (rf"((?:^|/)tools/){{id}}{_END}", r"(/(?:\?[^#]*)?#tool-){id}$"),
    "product": (rf"((?:^|/)tools/){{id}}{_END}",),
    "family": (rf"((?:^|/)families/){{id}}{_END}", r"((?:^|/)roles/#){id}$"),
    "measure": (r"(/(?:\?[^#]*)?#measure-){id}$",),
    "owner": (),
}

# Where it stands in the paths of files and folders, in the same way; what is not named here has no file of its own
_IN_PATHS = {
    "role": r"^(/.*/){id}(?=\.(?:yml|po)$)",
    "skill": r"^(/roles/vocabulary/skills/){id}(?=\.yml$)",
    "family": r"^(/roles/){id}(?=/)",
}


@dataclass(frozen=True)
class Renaming:
    """What is called otherwise from now on."""

    kind: str
    former: str
    today: str

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern.format(id=re.escape(self.former))) for pattern in _IN_ADDRESSES[self.kind])

    def address(self, target: str) -> str:
        """Give where a link to a generated page leads from now on; links to others stay."""
        for pattern in self._patterns:
            target = pattern.sub(rf"\g<1>{self.today}", target)
        return target

    def path(self, path: str) -> str:
        """Give where a file or folder of the thing is from now on; others stay."""
        pattern = _IN_PATHS.get(self.kind)
        return re.sub(pattern.format(id=re.escape(self.former)), rf"\g<1>{self.today}", path) if pattern else path

    def text(self, text: str) -> str:
        """Give a rich text with its links led to where the pages are from now on."""
        return _TEXT_LINK.sub(lambda link: f"{link[1]}{self.address(link[2])}", text)

    def page(self, path: str, text: str, languages: tuple[str, ...]) -> str:
        """Do the same for a hand-written page, by its path below docs/<language>/; its links are relative."""

        def renamed(link: re.Match[str]) -> str:
            # browsers read links in HTML from the page's address, MkDocs those in Markdown from the page's file
            base = address_of(path) if "href" in link[1] else f"/{path}"
            way = normpath(join(base.rpartition("/")[0] or "/", re.split("[?#]", link[2])[0])).split("/")[1:]
            folder = way[1] if way[0] in languages and len(way) > 1 else way[0]
            is_ours = folder in GENERATED and "://" not in link[2]
            return f"{link[1]}{self.address(link[2])}" if is_ours else link[0]

        return _PAGE_LINK.sub(renamed, text)


def renamed_values(catalog: Catalog, renaming: Renaming) -> dict[str, Plain]:
    """Give the values of every YAML file with references and links to the new name, by path."""
    values: dict[str, Plain] = {}
    for entry in catalog.entries():
        path = entry.file.path
        values.setdefault(path, entry.file.plain())
        for leaf in entry.leaves():
            if isinstance(leaf.value, Ref) and (leaf.value.kind, leaf.value) == (renaming.kind, renaming.former):
                values[path] = put(values[path], leaf.location, renaming.today)
            elif isinstance(entry.model, Owner) and "keeps" in leaf.location:
                values[path] = put(values[path], leaf.location, renaming.path(str(leaf.value)))
            elif isinstance(leaf.value, RichText) and renaming.text(leaf.value) != leaf.value:
                values[path] = put(values[path], leaf.location, renaming.text(leaf.value))
    return values


def files_of(catalog: Catalog) -> dict[str, tuple[SourceFile, type[Model]]]:
    """Give every YAML file that was read, with its model, by path."""
    return {entry.file.path: (entry.file, _model_of(entry)) for entry in catalog.entries()}


def _model_of(entry: Entry[Model]) -> type[Model]:
    if isinstance(entry.model, Role | Skill):
        return type(entry.model)
    return LIST_FILES[entry.file.path.rpartition("/")[2].removesuffix(".yml")]


def renamed_keys(before: Catalog, after: Catalog, renaming: Renaming) -> dict[Key, Key]:
    """Give the new address of each text; the texts of a thing stay in their order."""
    keys: dict[Key, Key] = {}
    for plural in (*VOCABULARY, "skills", "roles"):
        entries: Mapping[str, Entry[Model]] = getattr(before, plural)
        for id_, entry in entries.items():
            is_renamed = plural == KINDS[renaming.kind] and id_ == renaming.former
            todays = getattr(after, plural)[renaming.today if is_renamed else id_]
            pairs = zip(entry.texts(), todays.texts(), strict=True)
            keys |= {(entry.domain, old.address): (todays.domain, new.address) for old, new in pairs}
    return keys


def addresses(catalog: Catalog) -> Iterator[Key]:
    """Go through the addresses of all texts, in the order in which translation files hold them."""
    return ((entry.domain, leaf.address) for entry in catalog.entries() for leaf in entry.texts())


def with_exceptions(values: Mapping[str, Plain], catalog: Catalog, keys: Mapping[Key, Key]) -> dict[str, Plain]:
    """Give the values of files with exceptions from rules of writing, with these at the new addresses of their texts.

    `keys` leads from each text to its new address; exceptions of texts that it does not name are dropped.
    """
    gone = set(addresses(catalog)) - keys.keys()
    given: dict[str, Plain] = {}
    for path, stated in groupby(catalog.exceptions, lambda one: one.place.path):
        if path in values:
            kept = [_placed_anew(one, keys) for one in stated if (one.domain, one.address) not in gone]
            given[path] = put(values[path], ("exceptions",), kept)
    return given


def _placed_anew(one: PlacedException, keys: Mapping[Key, Key]) -> Plain:
    key = (one.domain, one.address)
    depth = one.address.removesuffix(one.model.at).count(".")
    at = keys[key][1].split(".", depth)[depth] if key in keys else one.model.at
    return {**one.model.model_dump(mode="json"), "at": at}


def rename_translations(
    draft: Draft, before: Knowledge, after: Catalog, keys: Mapping[Key, Key], renaming: Renaming
) -> None:
    """Give every translation its new address and its links, in every language.

    `keys` leads from each text to its new address; translations of texts that it does not name are dropped.
    """
    order = {key: number for number, key in enumerate(addresses(after))}
    domains = {old[0]: new[0] for old, new in keys.items()}
    known = {key[0] for key in before.messages.sources}
    for code, files in before.messages.files.items():
        for domain, file in files.items():
            if domain in domains:
                text = _renamed_file(draft.read(file.path), domain, before, keys, order, renaming)
                _put_file(draft, file.path, f"locales/{code}/{domains[domain]}.po", text)
            elif domain in known and domain not in OWN_DOMAINS:
                draft.remove(file.path)


def _put_file(draft: Draft, former: str, path: str, text: str) -> None:
    if path == former:
        draft.replace(path, text)
    else:
        draft.create(path, text)
        draft.remove(former)


def _renamed_file(
    text: str, domain: str, before: Knowledge, keys: Mapping[Key, Key], order: Mapping[Key, int], renaming: Renaming
) -> str:
    """Give the text of a translation file; to the byte the same where nothing in it is renamed."""
    parsed = polib.pofile(text, encoding="utf-8", wrapwidth=0)
    was, in_order = str(parsed), _is_in_order(parsed, domain, before)
    places: dict[str, int] = {}
    for entry in list(parsed):
        key = (domain, str(entry.msgctxt or ""))
        if key in before.messages.sources and key not in keys:
            parsed.remove(entry)
            continue
        renamed = keys.get(key, key)
        _rename_entry(entry, renamed[1], renaming)
        places[renamed[1]] = order.get(renamed, 0)
    if in_order:
        parsed.sort(key=lambda entry: places[entry.msgctxt])
    return text if str(parsed) == was else f"{parsed}\n"


def _is_in_order(parsed: polib.POFile, domain: str, before: Knowledge) -> bool:
    """Tell whether a file holds its texts in the order of the sources, and nothing else, as `translate` writes it."""
    places = {key: number for number, key in enumerate(before.messages.sources)}
    numbers = [places.get((domain, str(entry.msgctxt or "")), -1) for entry in parsed]
    return -1 not in numbers and numbers == sorted(numbers)


def _rename_entry(entry: polib.POEntry, address: str, renaming: Renaming) -> None:
    entry.msgctxt = address
    entry.msgid = renaming.text(entry.msgid)
    entry.msgstr = renaming.text(entry.msgstr)
    if entry.previous_msgid:
        entry.previous_msgid = renaming.text(entry.previous_msgid)
    if entry.previous_msgctxt:
        entry.previous_msgctxt = None  # it says what gettext's own tools took for near, and is of no use any more


def rename_keywords(draft: Draft, knowledge: Knowledge, renaming: Renaming) -> None:
    """Lead the words that people type for pages on to where the pages are."""
    for keywords in knowledge.keywords.values():
        if keywords.file:
            text = draft.read(keywords.file.path)
            draft.replace(
                keywords.file.path, _KEYWORD_PAGE.sub(lambda line: f"{line[1]}{renaming.address(line[2])}", text)
            )


def rename_pages(draft: Draft, knowledge: Knowledge, renaming: Renaming) -> tuple[str, ...]:
    """Lead the links of hand-written pages on; give the pages that still hold the old name in their words."""
    languages = tuple(knowledge.docs.pages)
    word = re.compile(rf"(?<![\w-]){re.escape(renaming.former)}(?![\w-])")
    still: list[str] = []
    for code, pages in knowledge.docs.pages.items():
        for path in pages:
            name = f"docs/{code}/{path}"
            text = renaming.page(path, draft.read(name), languages)
            draft.replace(name, text)
            still += [name] if "-" in renaming.former and word.search(text) else []
    return tuple(still)

"""Which pages the site has: those written by hand, and where those of the generator stand."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path

from rolebook import limits
from rolebook.active import is_active, may_be_active
from rolebook.catalog import Catalog, Entry
from rolebook.files import files_in, folders_in, is_ordinary, names_below
from rolebook.findings import Finding
from rolebook.front_matter import read_front_matter
from rolebook.generated import GENERATED, GENERATED_MARK, is_generated
from rolebook.ladders import Step, steps_from
from rolebook.languages import is_known
from rolebook.schema import Model
from rolebook.source import Rejected, read_text

_OTHER_ENDINGS = (".markdown", ".mdown", ".mkdn", ".mkd")
_OTHER_INDEX = "README.md"
_HEADING_ID = re.compile(r"^#{1,6} .*\{:? *#([\w-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Docs:
    """What stands in docs/: hand-written pages by language, and what does not belong there."""

    pages: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By language, then by path below docs/<language>/: the ids of the page's headings, in their order."""
    like_languages: tuple[str, ...] = ()
    """Folders that look like a language which the site does not speak."""
    strays: tuple[str, ...] = ()
    """Pages outside the folders of languages."""
    intruders: tuple[str, ...] = ()
    """Hand-written pages where the generator writes its own."""
    borrowed: Mapping[str, str] = field(default_factory=dict)
    """Hand-written pages that are not in the language of their folder, with the language they are in."""
    active: tuple[str, ...] = ()
    """Files that a browser would run."""
    misnamed: tuple[str, ...] = ()
    """Files that MkDocs takes for pages, and nothing else here does."""

    @property
    def paths(self) -> Iterator[str]:
        """Give each hand-written page by its path below docs/."""
        return (f"{code}/{path}" for code, paths in self.pages.items() for path in paths)

    @cached_property
    def files(self) -> Mapping[tuple[str, str], str]:
        """Give each page's file by its language and address."""
        pages = ((code, path) for code, paths in self.pages.items() for path in paths)
        return {(code, address_of(path)): f"docs/{code}/{path}" for code, path in pages}


def list_docs(catalog: Catalog) -> tuple[Docs, list[Finding]]:
    """Read what was written by hand below docs/; a page that cannot be read is told by a finding."""
    docs = catalog.root / "docs"
    codes = [language.code for language in catalog.languages]
    findings: list[Finding] = []
    pages: dict[str, dict[str, tuple[str, ...]]] = {code: {} for code in codes}
    borrowed: dict[str, str] = {}
    below = {code: names_below(catalog.root, docs / code) for code in codes}
    for code in codes:
        for name in _hand_written(below[code]):
            try:
                text = read_text(catalog.root, docs / code / name)
            except Rejected as rejected:
                findings.append(rejected.finding)
            else:
                pages[code][name] = tuple(_HEADING_ID.findall(text))
                path = f"docs/{code}/{name}"
                front, found_in_front = read_front_matter(path, text)
                findings += found_in_front
                if front.language not in ("", code):
                    borrowed[path] = front.language
    others = [name for name in folders_in(docs) if name not in codes]
    strange = tuple(name for name in others if _is_like_language(name))
    shared = [f"docs/{name}" for name in _shared(catalog.root, (name for name in others if name not in strange))]
    strays = sorted(name for name in shared if name.endswith((".md", *_OTHER_ENDINGS)))
    intruders = sorted(chain.from_iterable(_intruders(catalog.root, code, below[code]) for code in codes))
    own = [f"docs/{code}/{name}" for code in codes for name in below[code] if not is_generated(f"/{name}")]
    active = sorted(name for name in chain(shared, own) if _is_active(catalog.root, name))
    misnamed = tuple(name for name in own if name.endswith((*_OTHER_ENDINGS, f"/{_OTHER_INDEX}")))
    return Docs(pages, strange, tuple(strays), tuple(intruders), borrowed, tuple(active), misnamed), findings


def _shared(root: Path, folders: Iterable[str]) -> Iterator[str]:
    """Give the files that are in the folder of no language, by their paths below docs/."""
    docs = root / "docs"
    yield from files_in(docs)
    yield from (f"{folder}/{name}" for folder in folders for name in names_below(root, docs / folder))


def _is_active(root: Path, name: str) -> bool:
    """Tell whether a browser would run a file; not one of ours, nor what is not published anyway."""
    path = root / name
    if not may_be_active(name) or is_generated(name.removeprefix("docs/")) or not is_ordinary(root, path):
        return False
    return path.stat().st_size <= limits.ASSET_BYTES and is_active(name, path.read_bytes())


def page_digests(catalog: Catalog) -> dict[str, str]:
    """Give a digest of each hand-written page, by its path from the root, to tell which ones differ."""
    docs = catalog.root / "docs"
    folders = (docs / language.code for language in catalog.languages)
    paths = (folder / name for folder in folders for name in _hand_written(names_below(catalog.root, folder)))
    files = (path for path in paths if is_ordinary(catalog.root, path) and path.stat().st_size <= limits.FILE_BYTES)
    return {path.relative_to(catalog.root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def _hand_written(names: Iterable[str]) -> Iterator[str]:
    """Choose the pages that were written by hand from the files of a language."""
    return (
        name
        for name in names
        if name.endswith(".md") and posixpath.basename(name) != _OTHER_INDEX and not is_generated(f"/{name}")
    )


def _intruders(root: Path, code: str, names: Iterable[str]) -> Iterator[str]:
    """Find pages in owned folders that do not begin as generated ones do, and pages with the address of a folder."""
    folder = root / "docs" / code
    yield from (f"docs/{code}/{name}.md" for name in GENERATED if (folder / f"{name}.md").is_file())
    for name in names:
        first, *rest = name.split("/")
        is_owned = bool(rest) and first in GENERATED and not rest[-1].startswith(".")
        path = f"{folder}/{name}"
        if is_owned and os.path.isfile(path) and not _is_generated(path, first):  # noqa: PTH113 - there are very many
            yield f"docs/{code}/{name}"


def _is_generated(path: str, folder: str) -> bool:
    """Tell a file that may be overwritten: data by its ending, which needs the mark of no page."""
    if (folder == "data" and path.endswith((".json", ".csv"))) or (folder == "changes" and path.endswith(".xml")):
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(len(GENERATED_MARK)) == GENERATED_MARK.encode()
    except OSError:
        return False


def _is_like_language(name: str) -> bool:
    """Tell whether static-i18n would take the folder for a language and leave its pages out."""
    language, _, rest = name.partition("-")
    return len(language) == 2 and language.isascii() and language.islower() and (not rest or is_known(name))


def page_addresses(catalog: Catalog, docs: Docs) -> frozenset[str]:
    """Give every page of a language's tree, written from its root, such as /roles/ or /glossary/."""
    indexes = (
        "roles",
        "paths",
        "compare",
        "my-skills",
        "skills",
        "tools",
        "levels",
        "a-z",
        "data",
        "translations",
        "changes",
    )
    generated = {f"/{name}/" for name in indexes}
    for role in catalog.roles.values():
        generated.add(f"/roles/{role.id}/")
        if role.model.onboarding:
            generated.add(f"/roles/{role.id}/onboarding/")
    generated |= {f"/skills/{skill}/" for skill in catalog.skills}
    generated |= {f"/tools/{tool}/" for tool in (*catalog.tools, *catalog.products)}
    generated |= {f"/families/{family}/" for family in catalog.families}
    generated |= {move_address(step) for role in catalog.roles.values() for step in steps_from(catalog, role)}
    by_hand = docs.pages.get(catalog.default_language.code, {})
    return frozenset(generated | {address_of(path) for path in by_hand})


def source_of(catalog: Catalog, docs: Docs, language: str, address: str) -> str:
    """Name the file a page of a language comes from; nothing for pages that list what many files say."""
    by_hand = docs.files.get((language, address))
    if by_hand:
        return by_hand
    folder, _, rest = address.strip("/").partition("/")
    entries: Mapping[str, Entry[Model]] = {
        "roles": catalog.roles,
        "moves": catalog.roles,
        "families": catalog.families,
        "skills": catalog.skills,
        "tools": {**catalog.products, **catalog.tools},
    }.get(folder, {})
    if folder == "levels":
        return "roles/vocabulary/levels.yml"
    entry = entries.get(rest.partition("/")[0].partition("--")[0])
    return entry.file.path if entry else ""


KINDS_BY_FOLDER = {
    "roles": ("role",),
    "skills": ("skill",),
    "tools": ("tool", "product"),
    "families": ("family",),
    "moves": ("role",),
}
"""What the pages below a folder are about."""


def address_today(catalog: Catalog, address: str) -> str:
    """Give where a page stands today whose role, skill or the like was renamed; an empty text where it was not."""
    _, folder, former, *rest = (*address.split("/"), "", "")
    todays = (catalog.today(kind, former) for kind in KINDS_BY_FOLDER.get(folder, ()))
    today = next(filter(None, todays), "")
    return f"/{folder}/{today}/{'/'.join(filter(None, rest))}{'/' if any(rest) else ''}" if today else ""


def is_of_unread(catalog: Catalog, address: str) -> bool:
    """Tell whether a page is about something whose file could not be read, so that it may stand there all the same."""
    folder, _, rest = address.strip("/").partition("/")
    ids = frozenset(rest.partition("/")[0].split("--" if folder == "moves" else "/"))
    for kind in KINDS_BY_FOLDER.get(folder, ()):
        known = catalog.known(kind)
        if known is None or ids & known - catalog.of_kind(kind).keys():
            return True
    return False


def move_address(step: Step) -> str:
    """Give the page of a move, written from the site's root."""
    return f"/moves/{step.start.id}--{step.end.id}/"


def address_of(path: str) -> str:
    """Give the address of a page from its path below docs/<language>/."""
    bare = path.removesuffix(".md")
    bare = "" if bare == "index" else bare.removesuffix("/index")
    return f"/{bare}/" if bare else "/"

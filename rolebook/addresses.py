"""Which pages the site has, and which folders of docs/<language>/ the generator owns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rolebook.catalog import Catalog
from rolebook.languages import is_known

GENERATED = ("roles", "skills", "tools", "levels", "not-found")
"""Folders of docs/<language>/ that hold generated pages only."""
GENERATED_MARK = "generated: true\n"


@dataclass(frozen=True, slots=True)
class Docs:
    """What stands in docs/: hand-written pages by language, and strange folders."""

    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By language: paths below docs/<language>/, such as glossary.md."""
    like_languages: tuple[str, ...] = ()
    """Folders that look like a language which the site does not speak."""
    intruders: tuple[str, ...] = ()
    """Hand-written pages in folders that the generator owns."""


def list_docs(catalog: Catalog) -> Docs:
    """Look through docs/ for what was written by hand."""
    docs = catalog.root / "docs"
    codes = {language.code for language in catalog.languages}
    pages = {code: frozenset(_hand_written(docs / code)) for code in codes}
    folders = sorted(path.name for path in docs.iterdir() if path.is_dir()) if docs.is_dir() else []
    strange = tuple(name for name in folders if name not in codes and _is_like_language(name))
    return Docs(pages, strange, tuple(sorted(_intruders(docs, codes))))


def _hand_written(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.md"):
        relative = path.relative_to(folder)
        if relative.parts[0] not in GENERATED:
            yield relative.as_posix()


def _intruders(docs: Path, codes: set[str]) -> Iterator[str]:
    """Find pages in owned folders that do not carry the generator's mark in their front matter."""
    for code in codes:
        for name in GENERATED:
            for path in (docs / code / name).rglob("*"):
                if path.is_file() and not _is_generated(path):
                    yield path.relative_to(docs.parent).as_posix()


def _is_generated(path: Path) -> bool:
    with path.open("rb") as file:
        return GENERATED_MARK.encode() in file.read(8192)


def _is_like_language(name: str) -> bool:
    """Tell whether static-i18n would take the folder for a language and leave its pages out."""
    language, _, rest = name.partition("-")
    return len(language) == 2 and language.isascii() and language.islower() and (not rest or is_known(name))


def page_addresses(catalog: Catalog, docs: Docs) -> frozenset[str]:
    """Give every page of a language's tree, written from its root, such as /roles/ or /glossary/."""
    generated = {"/roles/", "/skills/", "/tools/", "/levels/"}
    for role in catalog.roles.values():
        generated.add(f"/roles/{role.id}/")
        if role.model.onboarding:
            generated.add(f"/roles/{role.id}/onboarding/")
    generated |= {f"/skills/{skill}/" for skill in catalog.skills}
    generated |= {f"/tools/{tool}/" for tool in catalog.tools}
    by_hand = docs.pages.get(catalog.default_language.code, frozenset())
    return frozenset(generated | {address_of(path) for path in by_hand})


def address_of(path: str) -> str:
    """Give the address of a page from its path below docs/<language>/."""
    bare = path.removesuffix(".md")
    bare = "" if bare == "index" else bare.removesuffix("/index")
    return f"/{bare}/" if bare else "/"

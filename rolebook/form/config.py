"""The configuration of the form: Decap's collections for roles, skills and lists, in one language."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from rolebook.canonical import shape_of
from rolebook.catalog import KINDS, Catalog
from rolebook.form.fields import fields_of
from rolebook.form.words import Words
from rolebook.languages import Language
from rolebook.pages.page import Book
from rolebook.schema import VOCABULARY, Role, Skill

Config = dict[str, Any]
_KINDS: Mapping[str, type[BaseModel]] = {"role": Role, "skill": Skill}
# Where Decap has another code for a language
_DECAP_LOCALES = {"zh-Hant": "zh_Hant", "zh-Hans": "zh_Hans", "nb": "nb_no", "nn": "nn_no"}


FORM_WORDS = ("months-from", "months-to", "check", "checking", "no-check", "close", "failed")
"""The texts of the interface that the form's own scripts show."""


def form_config(book: Book, backend: Mapping[str, object], publish_mode: str) -> Config:
    """Give the whole configuration; `backend` says where files are read and saved, as in Decap's documentation."""
    words = Words(book)
    code = book.language.code
    return {
        "backend": {**backend, "commit_messages": _COMMIT_MESSAGES},
        "publish_mode": publish_mode,
        "local_backend": False,
        "load_config_file": False,
        "locale": _DECAP_LOCALES.get(code, code),
        "media_library": {"name": "none"},
        "media_folder": "no-media",  # there is none; but Decap looks there before it opens a list
        "editor": {"preview": False},
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [*_families(words), _skills(words), _lists(words)],
    }


_COMMIT_MESSAGES = {
    "create": "Add {{path}}",
    "update": "Change {{path}}",
    "delete": "Delete {{path}}",
}


def _families(words: Words) -> Iterator[Config]:
    """Give one collection a family, because a family is a folder."""
    for family in words.book.catalog.families.values():
        yield _folder(f"roles-{family.id}", words.title(family), f"roles/{family.id}", "role", words)


def _skills(words: Words) -> Config:
    label = words.interface("nav.skills")
    return _folder("skills", label, "roles/vocabulary/skills", "skill", words)


def _folder(name: str, label: str, folder: str, kind: str, words: Words) -> Config:
    # the id of a new file is made from its title and stands in this field until it is saved
    new_id = {"name": "id", "widget": "hidden", "required": False}
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "create": True,
        "delete": False,  # a role that is no longer used says so, and what replaces it
        "extension": "yml",
        "format": f"rolebook-{kind}",
        "identifier_field": "title",
        "slug": "{{fields.id}}",
        "summary": "{{title}}",
        "sortable_fields": ["title"],
        "fields": [new_id, *fields_of(_KINDS[kind], words)],
    }


def _lists(words: Words) -> Config:
    files = [
        {
            "name": name,
            "label": words.label(model, name),
            "file": f"roles/vocabulary/{name}.yml",
            "fields": fields_of(model, words),
        }
        for name, model in VOCABULARY.items()
    ]
    label = words.interface("form.vocabulary")
    shape = {"format": "rolebook-list", "extension": "yml"}
    return {"name": "vocabulary", "label": label, **shape, "delete": False, "files": files}


def form_words(book: Book) -> dict[str, str]:
    """Give the words that the form's own script shows."""
    words = Words(book)
    return {re.sub(r"-(.)", lambda sign: sign[1].upper(), key): words.interface(f"form.{key}") for key in FORM_WORDS}


def decap_words(language: Language) -> dict[str, str]:
    """Give Decap's own words where it has none in a language or wrong ones, by the path at which it keeps them."""
    path = Path(__file__).parent / "decap" / f"{language.code}.yml"
    words: dict[str, str] = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    return words


def form_taken(catalog: Catalog) -> dict[str, list[str]]:
    """Give the ids that nothing new may have, by the plural of its kind.

    A list sees its own ids as they stand in the form; what stands in files of its own it cannot see.
    """
    own = {kind: catalog.known(kind) or frozenset() for kind in KINDS if kind not in _KINDS}
    return {plural: sorted(catalog.taken(kind) - own.get(kind, frozenset())) for kind, plural in KINDS.items()}


def form_shapes() -> Config:
    """Give the shape of each kind of file, by which it is written in its one form."""
    lists = {key: shape for model in VOCABULARY.values() for key, shape in shape_of(model).items()}
    return {"role": shape_of(Role), "skill": shape_of(Skill), "list": lists}

"""What Weblate needs to know of the translation files: one component a file, for its command import_json.

Weblate reads the PO files as they are; no templates (.pot) are kept, because `new language` makes the files of a
language and `translate` brings in new texts, with their former sources as gettext writes them.
"""

import json
from collections.abc import Iterator, Mapping

from rolebook.catalog import Catalog
from rolebook.messages import INTERFACE_LANGUAGE, Messages
from rolebook.pages.page import Settings

FIRST = "interface"
"""The component that holds the repository; the others share it."""


def components(catalog: Catalog, messages: Messages, settings: Settings, project: str) -> str:
    """Give the list of components as JSON."""
    listed = [_component(catalog, domain, settings, project) for domain in messages.domains]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def foreign_sources(messages: Messages) -> Iterator[tuple[str, str]]:
    """Give the components whose texts were first written in another language than English, with that language.

    The command takes no source language, so that it has to be set by hand there.
    """
    languages: dict[str, set[str]] = {}
    for message in messages.sources.values():
        languages.setdefault(message.domain, set()).add(message.language)
    for domain, codes in languages.items():
        for code in sorted(codes - {INTERFACE_LANGUAGE}):
            yield slug_of(domain), code


def slug_of(domain: str) -> str:
    """Name a component in addresses."""
    return FIRST if domain == "ui" else domain.replace("roles/", "role-")


def _component(catalog: Catalog, domain: str, settings: Settings, project: str) -> Mapping[str, str]:
    role = catalog.roles.get(domain.rpartition("/")[2]) if domain.startswith("roles/") else None
    name = role.model.title if role else {"ui": "Interface", "form": "Editing form", "vocabulary": "Vocabulary"}[domain]
    is_first = domain == "ui"
    return {
        "name": name,
        "slug": slug_of(domain),
        "vcs": "git",
        "repo": (settings.repo_url or "https://forge.example/…") if is_first else f"weblate://{project}/{FIRST}",
        "branch": settings.branch if is_first else "",
        "filemask": f"locales/*/{domain}.po",
        "file_format": "po",
        "template": "",
        "new_base": "",
        "new_lang": "contact",
        "language_code_style": "bcp",
        "check_flags": "python-brace-format" if is_first else "md-text",
    }

"""Read mkdocs.yml for what our pages need of it, and give it what is known of the languages."""

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

# Both are read when the plugins are loaded; the notices they silence are dealt with in HACKING.md.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load
from mkdocs_static_i18n.config import I18nPluginLanguage

from rolebook.catalog import Catalog
from rolebook.failures import BuildError
from rolebook.generated import is_generated
from rolebook.ladders import Ladders
from rolebook.markup import attribute
from rolebook.messages import Messages
from rolebook.pages.page import Book, Settings, Texts

THEME_FALLBACK = "en"
"""The language of the theme's own words where it does not speak one of the site."""
DEFAULT_CONFIG = Path(__file__).parents[2] / "mkdocs.yml"


class EngineError(BuildError):
    """The engine could not build the site; the message says what it complained of."""


def config_path(root: Path) -> Path:
    """Give a knowledge base's own mkdocs.yml, or this project's."""
    own = root / "mkdocs.yml"
    return own if own.is_file() else DEFAULT_CONFIG


def read_settings(root: Path) -> Settings:
    """Read what pages need of mkdocs.yml; raise EngineError where it cannot be read or used."""
    path = config_path(root)
    try:
        with path.open(encoding="utf-8") as file:
            config = yaml_load(file)
    except (OSError, UnicodeDecodeError, ConfigurationError) as error:
        raise EngineError(f"{path.name} cannot be read: {error}") from error
    extra = config.get("extra", {}) if isinstance(config, dict) else None
    if not isinstance(extra, dict):
        raise EngineError(f"{path.name} must hold keys, and 'extra' keys of its own, such as 'repository: https://…'.")
    repository = _address_in(extra, "repository", path.name).rstrip("/").removesuffix(".git")
    address = str(config.get("site_url") or "")
    site_url = f"{address.rstrip('/')}/" if address else ""
    weblate = _address_in(extra, "weblate", path.name)
    form = _form(path.name, extra.get("form"))
    colours = _colours(path.name, extra.get("colours"))
    return Settings(repository, str(extra.get("branch") or "main"), site_url, weblate, form, colours)


def _form(name: str, given: object) -> dict[str, str]:
    """Read how the form signs people in: the keys of Decap's GitHub or GitLab backend."""
    if not given:
        return {}
    if not isinstance(given, dict) or given.get("name") not in ("github", "gitlab") or not given.get("repo"):
        raise EngineError(f"In {name}, extra.form needs 'name: github' (or gitlab) and 'repo: owner/repository'.")
    return {str(key): str(value) for key, value in given.items()}


def _colours(name: str, given: object) -> dict[str, str]:
    """Read the colours that browsers are told of."""
    if given is not None and not isinstance(given, dict):
        raise EngineError(f"In {name}, extra.colours needs colours by name, such as 'light: \"#00695c\"'.")
    return {str(key): str(value) for key, value in (given or {}).items()}


def _address_in(extra: dict[str, Any], key: str, name: str) -> str:
    """Give an address of the configuration, or nothing; raise EngineError where it is none."""
    address = str(extra.get(key) or "")
    if address and not address.startswith("https://"):
        raise EngineError(f"In {name}, extra.{key} must begin with https://, not '{address}'.")
    return address


def theme_speaks(code: str) -> bool:
    """Tell whether the theme has its own words in a language."""
    return files("material").joinpath(f"templates/partials/languages/{code}.html").is_file()


def open_configuration(root: Path, catalog: Catalog, messages: Messages, site: Path, site_url: str) -> MkDocsConfig:
    """Give MkDocs' configuration for building a knowledge base into a folder; raise as MkDocs does."""
    options: dict[str, Any] = {"site_url": site_url} if site_url else {}
    path = config_path(root)
    config = load_config(config_file=str(path), docs_dir=str(root / "docs"), site_dir=str(site), hooks=[], **options)
    configure(config, catalog, messages)
    if path == DEFAULT_CONFIG:
        config.nav = [page for page in config.nav or [] if _exists(root, catalog, page)] or None
    return config


def own_theme(config: MkDocsConfig) -> Path:
    """Give the folder of what is our own in the theme."""
    return Path(str(config.theme.custom_dir)).resolve()


def _exists(root: Path, catalog: Catalog, page: object) -> bool:
    """Tell whether a page of the navigation exists: a knowledge base need not have all that this project's has."""
    code = catalog.default_language.code
    return not isinstance(page, str) or is_generated(f"{code}/{page}") or (root / "docs" / code / page).is_file()


def _switch(texts: Texts, key: str) -> dict[str, dict[str, str]]:
    """Name the button that switches the colours, in the order of mkdocs.yml: light first."""
    return {"toggle": {"name": attribute(texts.ui_bare(key))}}


def configure(config: MkDocsConfig, catalog: Catalog, messages: Messages) -> None:
    """Give static-i18n the languages of the knowledge base, each with its own site name."""
    plugin: Any = config.plugins["i18n"]
    plugin.config.languages = list(_languages(catalog, messages))


def _languages(catalog: Catalog, messages: Messages) -> Iterator[I18nPluginLanguage]:
    ladders = Ladders(catalog)
    for language in catalog.languages:
        texts = Texts(Book(catalog, messages, Settings(), language, ladders), "")
        entry = I18nPluginLanguage()
        entry.load_dict(
            {
                "locale": language.code,
                "name": language.name,
                "default": language.code == catalog.default_language.code,
                "site_name": attribute(texts.ui_bare("site.name")),  # themes print it as it is
                "theme": {"palette": [_switch(texts, "scheme.dark"), _switch(texts, "scheme.light")]},
                "extra": {
                    "language": language.code,
                    "direction": language.direction,
                    "folder": "" if language.code == catalog.default_language.code else f"{language.code}/",
                    "locale": language.territory_locale,
                    "other_locales": [other.territory_locale for other in catalog.languages if other != language],
                    "theme_language": language.code if theme_speaks(language.code) else THEME_FALLBACK,
                    "untranslated": str(texts.ui("notice.page")),
                },
            }
        )
        failed, _ = entry.validate()  # type: ignore[no-untyped-call]
        if failed:
            raise EngineError(f"MkDocs takes no language '{language.code}': {failed[0][1]}")
        yield entry

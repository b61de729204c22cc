"""What is changed in a case: one or two files of the miniature, each by the strategy of its kind."""

from pathlib import Path

import yaml
from hypothesis import strategies as st

from tests.fuzz import strategies as hostile
from tests.kit import MINIATURE

KNOWN = ("en", "uk", "ar", "de", "iw", "no", "pt-BR", "sr-Latn-RS", "zh-Hant", "xx", "zz-ZZ")
CODES = st.sampled_from(KNOWN) | hostile.TEXTS


def _below(folder: str, suffix: str) -> list[str]:
    names = sorted(path.relative_to(MINIATURE).as_posix() for path in (MINIATURE / folder).rglob(f"*{suffix}"))
    return [name for name in names if not name.endswith(("ui.po", "form.po")) and "/ar/" not in name]


@st.composite
def languages(draw: st.DrawFn) -> bytes:
    """Give a list of languages, some of which there are."""
    given = {"default": draw(CODES), "languages": draw(st.lists(CODES, max_size=5) | hostile.VALUES)}
    return yaml.safe_dump(given).encode(errors="replace")


@st.composite
def configurations(draw: st.DrawFn) -> bytes:
    """Give an mkdocs.yml with other values of the keys that pages read."""
    keys = ("repository", "branch", "weblate", "form", "colours")
    extra = draw(st.dictionaries(st.sampled_from(keys), hostile.VALUES | hostile.TEXTS) | hostile.VALUES)
    given = {"site_name": "a", "site_url": draw(hostile.VALUES), "extra": extra}
    return yaml.safe_dump(given).encode(errors="replace")


def _file(name: str) -> st.SearchStrategy[tuple[str, bytes]]:
    strategies = {".yml": hostile.yaml_files, ".po": hostile.po_files, ".md": hostile.pages}
    return st.tuples(st.just(name), strategies[Path(name).suffix](name))


FILES = [_file(name) for name in (*_below("roles", ".yml"), *_below("locales", ".po"), *_below("docs", ".md"))]
SEARCH = _file("locales/uk/search.yml")
LANGUAGES = st.tuples(st.just("locales/languages.yml"), languages())
CONFIGURATION = st.tuples(st.just("mkdocs.yml"), configurations())
NAMES = st.tuples(
    st.sampled_from(("roles/craft/{}.yml", "docs/en/{}.md", "locales/uk/{}.po", "roles/vocabulary/skills/{}.yml")),
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20),
).map(lambda made: (made[0].format(made[1].strip(".") or "a"), b"# a\n"))
CASES = st.lists(st.one_of(*FILES, SEARCH, LANGUAGES, CONFIGURATION, NAMES), min_size=1, max_size=2).map(dict)

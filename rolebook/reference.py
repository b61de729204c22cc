"""Make the files that explain the model to people and editors: fields, rules, template, JSON Schemas.

All are made from the model and the list of rules, so that they cannot disagree with what is checked.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rolebook import limits
from rolebook.findings import RULES
from rolebook.front_matter import FrontMatter
from rolebook.keywords import SearchWords
from rolebook.schema import LIST_FILES, Role, Skill, parts_of, plain_type, words_of

EXAMPLE = Path(__file__).parent / "example_role.yml"
COMMENT_WIDTH = 100


def reference_files() -> Iterator[tuple[str, str]]:
    """Give each file below roles/ with its text."""
    yield "FIELDS.md", fields_page()
    yield "RULES.md", rules_page()
    yield "TEMPLATE.yml", template()
    yield "role.schema.json", json_schema(Role)
    yield "skill.schema.json", json_schema(Skill)
    yield "vocabulary.schema.json", _vocabulary_schema()


def json_schema(kind: type[BaseModel]) -> str:
    """Give the JSON Schema of a model, in draft-07 features, which editors understand best."""
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **_draft_07(kind.model_json_schema())}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _vocabulary_schema() -> str:
    """Give one schema that any list file of the vocabulary fits."""
    schemas = [_draft_07(kind.model_json_schema()) for kind in LIST_FILES.values()]
    definitions: dict[str, Any] = {}
    for schema in schemas:
        definitions |= schema.pop("definitions", {})
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Vocabulary",
        "oneOf": schemas,
        "definitions": definitions,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _draft_07(value: Any) -> Any:
    """Turn the words of later drafts that pydantic uses into those of draft-07."""
    if isinstance(value, list):
        return [_draft_07(item) for item in value]
    if not isinstance(value, dict):
        return value.replace("#/$defs/", "#/definitions/") if isinstance(value, str) else value
    renamed = {("definitions" if key == "$defs" else key): _draft_07(item) for key, item in value.items()}
    if "prefixItems" in renamed:
        renamed["items"] = renamed.pop("prefixItems")
    return renamed


def fields_page() -> str:
    """Explain every key of every file, as Markdown."""
    parts = [
        "# Every key of every file",
        "Made from the model by `python build_roles.py reference`; do not edit it by hand. "
        "`TEMPLATE.yml` shows the keys of a role in use.",
        "**Markup.** A text that may hold markup knows `**bold**`, `*emphasis*` and links: `[words](/roles/…/)` to a "
        "page of the site, `[words](https://…)` to others. A blank line begins a new paragraph.",
    ]
    for kind in parts_of(Role, Skill, *LIST_FILES.values(), SearchWords, FrontMatter):
        parts.append(f"## {words_of(kind)}\n\n{(kind.__doc__ or '').strip()}")
        rows = [_row(info.alias or name, info) for name, info in kind.model_fields.items()]
        parts.append("\n".join(["| key | holds | needed | what it says |", "| --- | --- | --- | --- |", *rows]))
    return "\n\n".join(parts) + "\n"


def _row(name: str, info: FieldInfo) -> str:
    needed = "yes" if info.is_required() else "no"
    return f"| `{name}` | {_holds(info.annotation)} | {needed} | {info.description or ''} |"


def _holds(annotation: Any) -> str:
    """Say in plain words what a key holds."""
    if get_origin(plain_type(annotation)) is tuple:
        return f"a list: {_holds(get_args(plain_type(annotation))[0])}"
    kind = plain_type(annotation)
    if issubclass(kind, Enum):
        return " · ".join(f"`{member.value}`" for member in kind)
    if issubclass(kind, BaseModel):
        return f"[{words_of(kind)}](#{words_of(kind).lower().replace(' ', '-')})"
    simple = {
        "int": "a whole number",
        "date": "a date",
        "str": "a word",
        "Id": "an id",
        "Language": "the code of a language",
        "Text": "a text",
        "RichText": "a text, may hold markup",
        "Aliases": "a list of names",
    }
    return simple.get(kind.__name__) or (kind.__doc__ or "").split("\n")[0].rstrip(".").lower()


def rules_page() -> str:
    """Explain every rule that `check` knows, as Markdown."""
    parts = [
        "# Every rule that is checked",
        "Made from the list of rules by `python build_roles.py reference`; do not edit it by hand. An **error** stops "
        "the build; a **warning** does not. `python build_roles.py check --explain CODE` prints one rule.",
    ]
    for rule in RULES.values():
        parts.append(f"## {rule.code}\n\n*{rule.severity.value.capitalize()}.* {rule.rule}\n\n{rule.advice}")
    parts.append("# Every limit")
    parts.append("What is larger is not read, and is told. The names are those of `rolebook/limits.py`.")
    rows = [f"| `{name}` | {limit:,} | {words} |" for name, limit, words in _limits()]
    parts.append("\n".join(["| name | at most | of what |", "| --- | --- | --- |", *rows]))
    return "\n\n".join(parts) + "\n"


def template() -> str:
    """Give an example role in which every key is explained by a comment where it first stands."""
    head = textwrap.fill(
        "A role, with every key explained. Copy it to roles/<family>/<role>.yml: the folder is the role's family and "
        "the file's name is its id. Then delete these comments and what you do not need. "
        "Made by 'python build_roles.py reference'.",
        COMMENT_WIDTH,
    )
    lines = [f"# {line}" for line in head.split("\n")]
    return "\n".join([*lines, "", *_commented(_example(), Role, 0, set())]) + "\n"


@lru_cache
def _example() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(EXAMPLE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - gives text only
    return loaded


def _commented(values: dict[str, Any], kind: type[BaseModel], depth: int, told: set[tuple[str, str]]) -> Iterator[str]:
    """Print keys and values, each key with its comment the first time it stands in its kind of block."""
    fields = {info.alias or name: info for name, info in kind.model_fields.items()}
    indent = "  " * depth
    for key, value in values.items():
        info = fields[key]
        if (kind.__name__, key) not in told:
            told.add((kind.__name__, key))
            yield from _comment(info, indent)
        inner = plain_type(info.annotation)
        if isinstance(value, list):
            yield f"{indent}{key}:"
            item = plain_type(get_args(inner)[0]) if get_origin(inner) is tuple else str
            for one in value:
                yield from _item(one, item, depth, told)
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _commented(value, inner, depth + 1, told)
        elif "\n" in value:
            yield f"{indent}{key}: |-"
            yield from (f"{indent}  {line}".rstrip() for line in value.split("\n"))
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _item(value: Any, kind: Any, depth: int, told: set[tuple[str, str]]) -> Iterator[str]:
    indent = "  " * (depth + 1)
    if not isinstance(value, dict):
        yield f"{indent}- {_scalar(value)}"
        return
    is_first = True
    for line in _commented(value, kind, depth + 2, told):
        if is_first and not line.lstrip().startswith("#"):
            yield f"{indent}- {line.lstrip()}"
            is_first = False
        else:
            yield line


def _comment(info: FieldInfo, indent: str) -> Iterator[str]:
    choices = plain_type(info.annotation)
    words = info.description or ""
    if isinstance(choices, type) and issubclass(choices, Enum):
        words = f"{words} One of: {', '.join(member.value for member in choices)}."
    if not info.is_required():
        words = f"{words} May be left out."
    for line in textwrap.wrap(words.strip(), COMMENT_WIDTH - len(indent), break_on_hyphens=False):
        yield f"{indent}# {line}"


def _scalar(value: str) -> str:
    """Write a text as plain YAML where that is safe, else in double quotes."""
    is_plain = value[:1].isalnum() and ": " not in value and " #" not in value and not value.endswith(":")
    return (
        value
        if (is_plain and "." not in value.rstrip(".")) or (" " in value and is_plain)
        else json.dumps(value, ensure_ascii=False)
    )


def _limits() -> Iterator[tuple[str, int, str]]:
    """Give each limit with what its docstring says."""
    body = ast.parse(inspect.getsource(limits)).body
    for given, said in pairwise(body):
        match given, said:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, getattr(limits, name), words

"""The one form of a YAML file: the very bytes that the form in the browser writes.

Keys stand in the order of the model, unknown ones after them; blocks and lists are indented by two spaces; what holds
nothing is left out; a text is plain where no YAML reader could take it for something else, a `|-` block where it has
several lines, and a JSON string otherwise. `form/assets/canonical.js` does the same in the browser; a test holds the
two equal.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from rolebook.schema import Aliases, plain_type
from rolebook.source import Plain

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
"""What stands where: a block by its keys, a list by the shape of its items, a value by 'text', 'number' or 'date'."""

# Signs that begin something else in YAML; numbers, dates and times; words that some reader takes for a truth value or
# nothing; a colon or a number sign that would end the text.
_QUOTED = re.compile(
    r"""[-?:,\[\]{}\#&*!|>'"%@`~=<]
    |[0-9.+][0-9eotz_.,:+\ -]*\Z|0x[0-9a-f]+\Z|0b[01]+\Z|\+?\.(inf|nan)\Z
    |(true|false|yes|no|on|off|null|y|n)\Z
    |[\s\S]*(:\ |:\Z|\ \#|[\t\r\n])""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
# Several lines, none of which ends in white space, the first not beginning with it
_BLOCK = re.compile(r"(?![ \t])([^\r\n]*[^ \t\r\n]\n+)+[^\r\n]*[^ \t\r\n]")
_BARE = {"number": re.compile(r"[0-9]+"), "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")}


def shape_of(kind: type[BaseModel]) -> dict[str, Shape]:
    """Give the shape of a model, which decides the order of keys and what is written without quotes."""
    return {info.alias or name: _value_shape(info.annotation) for name, info in kind.model_fields.items()}


def _value_shape(annotation: Any) -> Shape:
    kind = plain_type(annotation)
    if get_origin(kind) is tuple:
        return [_value_shape(get_args(kind)[0])]
    if issubclass(kind, BaseModel):
        return dict(shape_of(kind))
    if kind is Aliases:
        return ["text"]
    if issubclass(kind, Enum):
        return "text"
    return {"int": "number", "LevelRef": "number", "date": "date"}.get(kind.__name__, "text")


def canonical(values: Plain, shape: Shape) -> str:
    """Write the values of a file in the one form; give an empty text where there are none."""
    kept = _kept(values)
    return "".join(f"{line}\n" for line in _lines(kept, shape, "")) if kept else ""


def _kept(value: Plain) -> Plain:
    """Leave out what holds nothing, and the spaces around texts, which the model drops as well."""
    if isinstance(value, dict):
        return {key: kept for key, inner in value.items() if (kept := _kept(inner))}
    if isinstance(value, list):
        return [kept for inner in value if (kept := _kept(inner))]
    return unicodedata.normalize("NFC", value).strip()


def _lines(value: Plain, shape: Shape, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner, inner_shape in _in_order(value, shape):
            yield from _entry(f"{indent}{_one_line(key)}:", inner, inner_shape, indent)
    elif isinstance(value, list):
        item_shape = shape[0] if isinstance(shape, list) else "text"
        for inner in value:
            yield from _item(inner, item_shape, indent)
    else:
        yield f"{indent}{_scalar(value, shape, indent)}"


def _in_order(values: Mapping[str, Plain], shape: Shape) -> Iterator[tuple[str, Plain, Shape]]:
    known = shape if isinstance(shape, dict) else {}
    for key in [*(key for key in known if key in values), *(key for key in values if key not in known)]:
        yield key, values[key], known.get(key, "text")


def _entry(head: str, value: Plain, shape: Shape, indent: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{head} {_scalar(value, shape, indent)}"
    else:
        yield head
        yield from _lines(value, shape, f"{indent}  ")


def _item(value: Plain, shape: Shape, indent: str) -> Iterator[str]:
    """Write an item of a list, with its first line behind the dash."""
    if isinstance(value, str):
        yield f"{indent}- {_scalar(value, shape, indent)}"
        return
    inner = f"{indent}  "
    for number, line in enumerate(_lines(value, shape, inner)):
        yield line if number else f"{indent}- {line[len(inner) :]}"


def _scalar(text: str, kind: Shape, indent: str) -> str:
    if isinstance(kind, str) and kind in _BARE and _BARE[kind].fullmatch(text):
        return text
    if not _BLOCK.fullmatch(text):
        return _one_line(text)
    return "\n".join(["|-", *(f"{indent}  {line}" if line else "" for line in text.split("\n"))])


def _one_line(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if _QUOTED.match(text) else text

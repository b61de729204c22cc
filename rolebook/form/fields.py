"""The fields of the form, made from the model: widgets of Decap CMS with labels, hints and choices."""

from datetime import date
from enum import Enum
from typing import Any, TypeAlias, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rolebook.form.words import Words
from rolebook.schema import (
    ID_PATTERN,
    Aliases,
    Id,
    Language,
    LevelRef,
    OneOf,
    Ref,
    RichText,
    Role,
    Status,
    declaring,
    plain_type,
)

Field: TypeAlias = dict[str, Any]
"""A field as Decap's configuration has it: https://decapcms.org/docs/widgets/."""

_NAMES = ("title", "question", "name", "text")
"""The key by which people know an item of a list; where there is none, it is the item's first key."""


_DEFAULTS = {"status": Status.DRAFT.value, "reviewed": "{{now}}", "review_every_months": 12}
"""What a new role begins with; the other keys are for people to say."""


def fields_of(kind: type[BaseModel], words: Words) -> list[Field]:
    """Give the fields of a model in the order of its keys, but an item's id last: people need not fill it in."""
    fields = [_field(kind, name, info, words) for name, info in kind.model_fields.items()]
    return sorted(fields, key=lambda field: field["name"] == "id")


def _field(kind: type[BaseModel], name: str, info: FieldInfo, words: Words) -> Field:
    key, owner = info.alias or name, declaring(kind, name)
    field: Field = {
        "name": key,
        "label": words.label(owner, key),
        "hint": words.hint(owner, key) if info.annotation is not Id else words.interface("form.id-hint"),
        "required": info.is_required() and info.annotation is not Id,  # ids are proposed when an item is saved
        **_widget(info, words),
    }
    if kind is Role and key in _DEFAULTS:
        field["default"] = _DEFAULTS[key]
    return field


def _widget(info: FieldInfo, words: Words) -> Field:
    """Choose the widget for what a key holds."""
    inner = plain_type(info.annotation)
    if get_origin(inner) is not tuple:
        return _single(inner, info, words)
    return {"widget": "months"} if _is_pair(info) else _list(plain_type(get_args(inner)[0]), words)


def _is_pair(info: FieldInfo) -> bool:
    """Tell a list of just two values, from and to."""
    return MinLen(2) in info.metadata and MaxLen(2) in info.metadata


def _single(inner: Any, info: FieldInfo, words: Words) -> Field:
    if issubclass(inner, Aliases):
        return _list(str, words)
    if issubclass(inner, BaseModel):
        fields = fields_of(inner, words)
        if not info.is_required():  # Decap asks for what a block needs even where the block is left out
            fields = [{**field, "required": False} for field in fields]
        return {"widget": "object", "collapsed": True, "fields": fields}
    if issubclass(inner, Enum | Ref | LevelRef):
        return {"widget": "select", "options": words.choices(inner)}
    if issubclass(inner, Language):
        return {"widget": "select", "options": words.languages(), "default": words.language.code}
    if issubclass(inner, date):
        return {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False}
    if issubclass(inner, RichText):
        return {"widget": "text"}
    if any(isinstance(part, OneOf) for part in info.metadata):
        return {"widget": "group"}
    if issubclass(inner, Id):
        return {"widget": "string", "pattern": [ID_PATTERN, words.interface("form.bad-id")]}
    if issubclass(inner, int):
        return {"widget": "number", "value_type": "int", "step": 1, **_limits(info)}
    return {"widget": "string"}


def _limits(info: FieldInfo) -> Field:
    names = {Ge: ("min", "ge"), Le: ("max", "le")}
    limits = ((names[type(part)], part) for part in info.metadata if type(part) in names)
    return {name: getattr(part, attribute) for (name, attribute), part in limits}


def _list(inner: Any, words: Words) -> Field:
    """Make a list whose items can be added, moved and deleted."""
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        first = next((name for name in _NAMES if name in inner.model_fields), next(iter(inner.model_fields)))
        return {
            "widget": "list",
            "collapsed": True,
            "label_singular": words.item(inner),
            "summary": f"{{{{fields.{first}}}}}",
            "fields": fields_of(inner, words),
        }
    if issubclass(inner, Ref):
        one: Field = {"widget": "select", "options": words.choices(inner)}
    else:
        one = {"widget": "string"}
    return {"widget": "list", "collapsed": False, "field": {"name": "value", "label": "", **one}}

"""Hold what was read against the model, and say every mismatch in the writer's words."""

import typing
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rolebook.findings import Finding, did_you_mean, found
from rolebook.memory import remembered
from rolebook.schema import Model, lists, plain_type
from rolebook.source import Location, Mapping, Node, Plain, Scalar, Sequence, SourceFile

M = TypeVar("M", bound=Model)


def validate(kind: type[M], file: SourceFile) -> tuple[M | None, list[Finding]]:
    """Make a model of a file; give None where it does not fit, with all the reasons."""
    model, findings = _validated(kind, file)
    return model, [*findings]


@remembered
def _validated(kind: type[M], file: SourceFile) -> tuple[M | None, list[Finding]]:
    if not isinstance(file.root, Mapping):
        message = "The file must begin with keys, such as 'title: …'."
        return None, [found("wrong-type", file.place(), message)]
    if not file.root.entries:
        return None, [
            found(
                "missing-text", file.place(), "This file is empty.", "Delete it, or fill it in as roles/FIELDS.md says."
            )
        ]
    try:
        model = kind.model_validate(file.plain())
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, sorted({_finding(kind, file, detail) for detail in details})
    return model, list(_repeated_ids(model, file))


def salvage(kind: type[M], file: SourceFile) -> M | None:
    """Make a model of what fits in a file and leave the rest out; give None where nothing can be made of it.

    For comparing with a state of the file that has mistakes, or was written for a former model.
    """
    plain = file.plain()
    while isinstance(plain, dict):
        try:
            return kind.model_validate(plain)
        except ValidationError as error:
            for detail in reversed(error.errors(include_url=False)):  # from the end, so that indices hold
                location = detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]
                if not location:
                    return None
                _drop(plain, location)
    return None


def _drop(plain: Plain, location: Location) -> None:
    """Take a value out of plain ones; where it is gone already, do nothing."""
    for step in location[:-1]:
        try:
            plain = plain[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return
    with suppress(KeyError, IndexError, TypeError):
        del plain[location[-1]]  # type: ignore[union-attr, arg-type]


def _repeated_ids(model: Model, file: SourceFile) -> Iterator[Finding]:
    for location, items in lists(model):
        seen: set[str] = set()
        for index, item in enumerate(items):
            name, info = next(iter(type(item).model_fields.items()))
            field = info.alias or name
            # two moves to one role have a rule of their own, with its own advice
            if item.key in seen and field != "to":
                place = file.place((*location, index, field))
                hint = "Keep one of the two." if field == "from" else ""
                yield found("repeated-id", place, f"'{item.key}' stands twice in this list.", hint)
            seen.add(item.key)


def _finding(kind: type[Model], file: SourceFile, error: ErrorDetails) -> Finding:
    location: Location = tuple(error["loc"])
    name = next((str(step) for step in reversed(location) if isinstance(step, str)), "")
    match error["type"]:
        case "missing":
            block = _block_words(file, location[:-1])
            return found("missing-text", file.place(location[:-1], of_key=True), f"{block} has no '{name}'.")
        case "extra_forbidden":
            known = _keys_at(kind, location[:-1])
            hint = did_you_mean(name, known, f"Possible here: {', '.join(known)}.")
            return found("unknown-key", file.place(location, of_key=True), f"There is no key '{name}' here.", hint)
        case "too_short" if error["ctx"]["actual_length"]:
            words = f"'{name}' holds fewer than {error['ctx']['min_length']} values."
            return found("bad-value", file.place(location, of_key=True), words)
        case "string_too_short" | "too_short":
            return found("missing-text", file.place(location, of_key=True), f"'{name}' is empty.")
        case "string_too_long" | "too_long":
            limit = error["ctx"].get("max_length", "?")
            what = "values" if error["type"] == "too_long" else "characters"
            return found("bad-value", file.place(location), f"'{name}' holds more than {limit} {what}.")
        case "string_pattern_mismatch":
            return _pattern_finding(file, location, name, str(error["input"]))
        case "enum":
            choices = _choices_at(kind, location)
            hint = did_you_mean(str(error["input"]), choices, f"Possible: {', '.join(choices)}.")
            return found("bad-choice", file.place(location), f"'{error['input']}' is no {name}.", hint)
        case "greater_than_equal" | "less_than_equal":
            limits = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
            key, words = limits[error["type"]]
            return found("bad-value", file.place(location), f"'{name}' must be {words} {error['ctx'][key]}.")
        case "bad-value" | "bad-code" as code:
            inside = [error["ctx"]["key"]] if "ctx" in error else []
            return found(code, file.place((*location, *inside)), error["msg"])
        case kind_of_error:
            return found("wrong-type", file.place(location), f"'{name}' {_expected(kind_of_error)}.")


def _pattern_finding(file: SourceFile, location: Location, name: str, given: str) -> Finding:
    if name in ("language", "languages", "default"):
        return found("unknown-language", file.place(location), f"'{given}' is no code of a language.")
    if name == "uuid":
        return found(
            "bad-code",
            file.place(location),
            f"'{given}' is no UUID.",
            "For example: 13d1b2b4-99dd-44da-9734-c9f74bae18f7.",
        )
    if name == "handles":
        hint = "Write it as on the forge, such as @organisation/team or @person."
        return found("bad-value", file.place(location), f"'{given}' is no handle.", hint)
    if name == "keeps":
        hint = "Begin at the root of the repository, such as /locales/uk/."
        return found("bad-value", file.place(location), f"'{given}' is no path of the repository.", hint)
    if name == "page":
        hint = "Write it from the root of the language, with a slash at both ends, such as /levels/."
        return found("bad-value", file.place(location), f"'{given}' is no address of a page.", hint)
    return found("bad-id", file.place(location), f"'{given}' cannot be an id.")


def _expected(kind: str) -> str:
    """Say what a key must hold, from pydantic's kind of error."""
    if kind.startswith(("list", "tuple")):
        return "must be a list, each item on a line of its own beginning with a dash"
    if kind.startswith(("model", "dict")):
        return "must hold keys of its own, each on a line of its own, two spaces further in"
    if kind.startswith("string"):
        return "must be a text, not a list and not keys"
    if kind.startswith("int"):
        return "must be a whole number"
    if kind.startswith("date"):
        return f"must be a date written as year-month-day, such as {date(2026, 11, 21).isoformat()}"
    return "has the wrong form"


def _block_words(file: SourceFile, location: Location) -> str:
    """Name a block as the writer sees it: the file, a key, or an item by its id."""
    if not location:
        return "The file"
    node: Node = file.root
    for step in location:
        if isinstance(node, Mapping) and (entry := node.get(str(step))):
            node = entry[1]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    if isinstance(node, Mapping) and node.entries and isinstance(location[-1], int):
        first = node.entries[0][1]
        if isinstance(first, Scalar) and first.text:
            return f"'{first.text}'"
    names = [step for step in location if isinstance(step, str)]
    return f"An item of '{names[-1]}'" if isinstance(location[-1], int) else f"'{names[-1]}'"


def _annotation_at(kind: type[BaseModel], location: Location) -> Any:
    """Follow a location through the model to the type that stands there."""
    current: Any = kind
    for step in location:
        current = plain_type(current)
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, BaseModel):
            fields = {info.alias or name: info for name, info in current.model_fields.items()}
            current = fields[step].annotation if step in fields else None
        elif typing.get_origin(current) is tuple:
            current = typing.get_args(current)[0]
    return plain_type(current)


def _keys_at(kind: type[BaseModel], location: Location) -> list[str]:
    found_kind = _annotation_at(kind, location)
    if isinstance(found_kind, type) and issubclass(found_kind, BaseModel):
        return [info.alias or name for name, info in found_kind.model_fields.items()]
    return []


def _choices_at(kind: type[BaseModel], location: Location) -> list[str]:
    found_kind = _annotation_at(kind, location)
    if isinstance(found_kind, type) and issubclass(found_kind, Enum):
        return [member.value for member in found_kind]
    return []

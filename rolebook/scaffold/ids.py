"""Ids for new things: proposed from a title in any script, and refused where they cannot be or are taken."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import icu

from rolebook.catalog import Catalog
from rolebook.schema import ID_LENGTH, ID_PATTERN
from rolebook.source import family_complaint

# The official one of 2010 (Cabinet resolution 55), which ICU does not have: є ї й ю я are others where a word begins
_UKRAINIAN = """
$in = [[:L:]['’ʼ]];
[^$in] { є > ye; [^$in] { ї > yi; [^$in] { й > y; [^$in] { ю > yu; [^$in] { я > ya;
^ { є > ye; ^ { ї > yi; ^ { й > y; ^ { ю > yu; ^ { я > ya;
зг > zgh; є > ie; ї > i; й > i; ю > iu; я > ia; г > h; ґ > g; и > y; і > i; е > e; ж > zh; х > kh; ц > ts; ч > ch;
ш > sh; щ > shch; ь > ; '' > ; ’ > ; ʼ > ;
а > a; б > b; в > v; д > d; з > z; к > k; л > l; м > m; н > n; о > o; п > p; р > r; с > s; т > t; у > u; ф > f;
"""
_DANISH = "å > aa; ø > oe; æ > ae;"
_OWN_RULES = {"uk": _UKRAINIAN, "da": _DANISH}
_OF_ICU = {"ru": "Russian-Latin/BGN", "de": "de-ASCII"}


def proposed_id(title: str, language: str, taken: Collection[str]) -> str:
    """Give an id that says the title in Latin letters and is not taken; an empty text where none can be made."""
    latin = _to_latin(language, title)
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’ʼʹʺ`]", "", latin))
    while words and not words[0][0].isalpha():
        words.pop(0)
    base = _shortened("-".join(words), ID_LENGTH[1])
    if len(base) < ID_LENGTH[0]:
        return ""
    number, proposed = 1, base
    while proposed in taken:
        number += 1
        proposed = f"{_shortened(base, ID_LENGTH[1] - len(str(number)) - 1)}-{number}"
    return proposed


def _shortened(text: str, length: int) -> str:
    """Cut at the end of a word, if there is one."""
    if len(text) <= length:
        return text
    return text[: length + 1].rpartition("-")[0] or text[:length]


def _to_latin(language: str, text: str) -> str:
    text = text.lower()
    first = _own(language)
    return str(_icu("Any-Latin; Latin-ASCII; Lower").transliterate(first.transliterate(text) if first else text))


@lru_cache
def _own(language: str) -> Any:
    if rules := _OWN_RULES.get(language):
        return icu.Transliterator.createFromRules(language, rules)
    return _icu(_OF_ICU[language]) if language in _OF_ICU else None


@lru_cache
def _icu(name: str) -> Any:
    return icu.Transliterator.createInstance(name)


def id_complaint(catalog: Catalog, kind: str, id_: str) -> str:
    """Say why something new of a kind cannot have an id; an empty text where it can."""
    if not re.fullmatch(ID_PATTERN, id_) or not ID_LENGTH[0] <= len(id_) <= ID_LENGTH[1]:
        return (
            f"'{id_}' cannot be an id: it begins with a small letter and holds only a–z, 0–9 and single hyphens,"
            f" {ID_LENGTH[0]} to {ID_LENGTH[1]} of them, for example handle-enquiries."
        )
    if kind == "family" and (complaint := family_complaint(id_)):
        return complaint
    for other in ("tool", "product") if kind in ("tool", "product") else (kind,):
        if id_ in catalog.former(other):
            today = catalog.former(other)[id_].to
            return f"Old links to '{id_}' lead to '{today}' today, so nothing new can be called so."
        if id_ in (catalog.known(other) or ()):
            entry = catalog.of_kind(other).get(id_)
            where = f" in {entry.file.path}" if entry else ""
            return f"There is a {other} called '{id_}' already{where}."
    return ""

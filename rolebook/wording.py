"""Compare two wordings of a text, word by word; by character where words are not parted by spaces."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

_SCRIPTS_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SCRIPTS_WITHOUT_SPACES}]|[^\W{_SCRIPTS_WITHOUT_SPACES}]+(?:['’-]\w+)*|\s+|[^\w\s]")
_SPACED = re.compile(rf"[^\W{_SCRIPTS_WITHOUT_SPACES}]")
ALIKE = 0.4
"""Texts that have less than this in common are told as a whole, one after the other."""
TOO_MUCH = 4_000_000
"""Comparisons of tokens from which on texts are told as a whole, so that none takes long."""
AROUND = 8
"""Words that are shown around a difference, where the rest of a long text is the same."""


class Fate(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one fate; left out is what stayed the same far from any difference."""

    fate: Fate
    text: str


@lru_cache(maxsize=2**14)  # every language quotes the same texts
def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Give the pieces of both wordings in reading order."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) * len(new) > TOO_MUCH or matcher.ratio() < ALIKE:
        return tuple(_pieces(before, after))
    return tuple(_shortened(tuple(_joined(matcher.get_opcodes(), old, new))))


def legible(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Put a space between a word that went and the one that came in its place, which would be read as one."""
    former = Piece(Fate.SAME, "")
    for piece in pieces:
        is_swap = (former.fate, piece.fate) == (Fate.REMOVED, Fate.ADDED)
        if is_swap and _SPACED.match(former.text[-1]) and _SPACED.match(piece.text):
            yield Piece(Fate.SAME, " ")
        yield piece
        former = piece


def _pieces(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece(Fate.REMOVED, before)
    if after:
        yield Piece(Fate.ADDED, after)


def _joined(codes: Sequence[tuple[str, int, int, int, int]], old: list[str], new: list[str]) -> Iterator[Piece]:
    """Take differences that only a space or a sign parts for one, so that a new phrase is read as a phrase."""
    gone, come = "", ""
    for index, (code, start, end, into, until) in enumerate(codes):
        same = "".join(old[start:end])
        is_last = index == len(codes) - 1
        if code == "equal" and (not (gone or come) or is_last or re.search(r"\w", same)):
            yield from _pieces(gone, come)
            gone, come = "", ""
            yield Piece(Fate.SAME, same)
        else:
            gone += same
            come += "".join(new[into:until])
    yield from _pieces(gone, come)


def _shortened(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Leave out of what is the same all but the words next to a difference."""
    for index, piece in enumerate(pieces):
        tokens = _TOKEN.findall(piece.text)
        first, last = index == 0, index == len(pieces) - 1
        keep = 2 * AROUND  # words and the spaces between them
        if piece.fate is not Fate.SAME or len(tokens) <= (keep + 4) * (1 if first or last else 2):
            yield piece
            continue
        if not first:
            yield Piece(Fate.SAME, "".join(tokens[:keep]))
        yield Piece(Fate.LEFT_OUT, "".join(tokens[0 if first else keep : len(tokens) if last else -keep]))
        if not last:
            yield Piece(Fate.SAME, "".join(tokens[-keep:]))

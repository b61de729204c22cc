"""Compare two wordings of a text, word by word; by character where words are not parted by spaces."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, takewhile

_SCRIPTS_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SCRIPTS_WITHOUT_SPACES}]|[^\W{_SCRIPTS_WITHOUT_SPACES}]+(?:['’-]\w+)*|\s+|[^\w\s]")
_SPACED = re.compile(rf"[^\W{_SCRIPTS_WITHOUT_SPACES}]")
ALIKE = 0.4
"""Texts that have less than this in common are told as a whole, one after the other."""
TOO_MUCH = 8_000_000
"""Steps of comparing from which on texts are told as a whole, so that none takes long.

Real texts take some 50,000; an English one as long as may be, 7 million.
"""
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
    same = _same_words(old, new)
    return tuple(_pieces(before, after)) if same is None else tuple(_shortened(tuple(_joined(_told(old, new, same)))))


def _same_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
    """Give the places of each word that stays; none at all where too little is alike, or comparing would take long."""
    old_at, new_at = ([at for at, token in enumerate(tokens) if not token.isspace()] for tokens in (old, new))
    old_words, new_words = [old[at] for at in old_at], [new[at] for at in new_at]
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    if _steps(old_words, new_words) > TOO_MUCH or matcher.ratio() < ALIKE:
        return None
    blocks = matcher.get_matching_blocks()
    return [(old_at[start + more], new_at[into + more]) for start, into, size in blocks for more in range(size)]


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """Tell how many steps comparing takes at most: all words and all pairs of equal words, once for each word."""
    often = Counter(new)
    pairs = sum(count * often[word] for word, count in Counter(old).items())
    return min(len(old), len(new)) * (len(old) + pairs)


def _told(old: Sequence[str], new: Sequence[str], same: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """Give the fate of each token, where the places of the words that stay are known."""
    start, into = 0, 0
    for end, until in [*same, (len(old), len(new))]:
        yield from _between(old[start:end], new[into:until])
        yield from (Piece(Fate.SAME, word) for word in old[end : end + 1])
        start, into = end + 1, until + 1


def _between(gone: Sequence[str], come: Sequence[str]) -> Iterator[Piece]:
    """Give what stands between two words that stay; spaces at its edges stay as well, where both have them."""
    last = _alike(gone[::-1], come[::-1])
    first = _alike(gone[: len(gone) - last], come[: len(come) - last])
    yield from (Piece(Fate.SAME, token) for token in gone[:first])
    yield from (Piece(Fate.REMOVED, token) for token in gone[first : len(gone) - last])
    yield from (Piece(Fate.ADDED, token) for token in come[first : len(come) - last])
    yield from (Piece(Fate.SAME, token) for token in gone[len(gone) - last :])


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """Count how many tokens at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


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


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Take differences that only a space or a sign parts for one, so that a new phrase is read as a phrase."""
    gone, come = "", ""
    runs = [(is_same, list(run)) for is_same, run in groupby(pieces, lambda piece: piece.fate is Fate.SAME)]
    for index, (is_same, run) in enumerate(runs):
        former = "".join(piece.text for piece in run if piece.fate is not Fate.ADDED)
        is_last = index == len(runs) - 1
        if is_same and (not (gone or come) or is_last or re.search(r"\w", former)):
            yield from _pieces(gone, come)
            gone, come = "", ""
            yield Piece(Fate.SAME, former)
        else:
            gone += former
            come += "".join(piece.text for piece in run if piece.fate is not Fate.REMOVED)
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

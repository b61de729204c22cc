"""How words of a language change: their stems, the forms of a word that share none, the parts of compounds."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory
from snowballstemmer import algorithms, stemmer

from rolebook.languages import Language
from rolebook.writing import style_of

STEM_LENGTH = 4
"""No stem that endings are taken off is shorter, in letters."""
_PART_LENGTH = 4
_WORD = re.compile(r"[^\W_]+(?:[’'ʼ-][^\W_]+)*")
_SIGNS = re.compile(r"[’'ʼ-]")


def words_of(text: str) -> list[str]:
    """Give the words of a text in small letters, without the signs within them, as the search takes them."""
    return [_SIGNS.sub("", word).lower() for word in _WORD.findall(text)]


class Inflection:
    """What the words of a language's site have to do with each other."""

    def __init__(self, language: Language, lemmas: Mapping[str, str]) -> None:
        self._code = language.code
        self._words = lemmas.keys()
        groups: dict[str, set[str]] = defaultdict(set)
        for word, lemma in lemmas.items() if language.is_spaced else ():
            groups[lemma] |= {word, lemma}
        self._forms = {form: forms for forms in groups.values() for form in forms}

    def others(self, words: Collection[str]) -> list[str]:
        """Give forms of the words, one for each stem, whose stems none of the words has."""
        given = {stem(word, self._code) for word in words}
        forms = {form for word in words for form in self._forms.get(word, ())}
        more = {stem(form, self._code): form for form in sorted(forms)}
        return sorted(form for its_stem, form in more.items() if its_stem not in given)

    def parts(self, words: Iterable[str]) -> Iterator[str]:
        """Give the words that compounds are made of, where the site uses both; an s may join them."""
        for word in words:
            for at in range(_PART_LENGTH, len(word) - _PART_LENGTH + 1):
                first, last = word[:at], word[at:]
                if last in self._words and (first in self._words or first.removesuffix("s") in self._words):
                    yield from (first, last)
                    yield from self.parts((first, last))


def joined(words: Iterable[str]) -> Iterator[str]:
    """Give each two neighbours as one word, as some write them."""
    return (one + other for one, other in pairwise(words) if min(len(one), len(other)) > 2)


def lemmas_of(words: Iterable[str], language: Language, known: Mapping[str, str]) -> dict[str, str]:
    """Give each word's form in a dictionary; what is known is not looked up, because dictionaries take long to load.

    They are loaded for this once: they take more memory than anything else of a language.
    """
    dictionaries = Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=StreamDictionaryFactory()))
    return {word: known.get(word) or _lemma(word, language.code, dictionaries) for word in sorted({*words})}


def _lemma(word: str, code: str, dictionaries: Lemmatizer) -> str:
    try:
        return dictionaries.lemmatize(word, code).lower()
    except ValueError:  # a language that it does not know
        return word


@lru_cache(maxsize=100_000)
def stem(word: str, code: str) -> str:
    """Give what the search compares of a word."""
    if endings := style_of(code).endings:
        return _cut(word, endings)
    name = Language(code).english_name.lower()
    return _stemmer(name).stemWord(word) if name in algorithms() else word


@lru_cache
def _stemmer(name: str) -> stemmer:
    return stemmer(name)


def _cut(word: str, endings: Collection[str]) -> str:
    """Take the longest ending off, and then one of two equal letters; `cut` in query.js does the same."""
    ending = max((len(one) for one in endings if word.endswith(one)), default=0)
    bare = word[: max(len(word) - ending, min(STEM_LENGTH, len(word)))]
    return bare[:-1] if len(bare) > STEM_LENGTH and bare[-1] == bare[-2] else bare

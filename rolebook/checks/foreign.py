"""The rule that a text is written in its language: told by its script, its letters, and its commonest words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rolebook.checks.passages import Passage, Remark
from rolebook.languages import Language, script_class, script_letters
from rolebook.writing import guide_to, style_of
from rolebook.writing.sentences import words_of

CODE = "other-language"
LONGEST_ABBREVIATION = 6
_FEWEST_WORDS = 3
_FEWEST_COMMON = 2
_LATIN = "Latn"
_NAMED = re.compile("[«„“”»「『(（‘`{<]$"), re.compile("[»“”«」』)）’`}>]")
"""What stands before and behind a word that is named, and not used."""


def other_languages(passage: Passage) -> Iterator[Remark]:
    """A text is in the language of its file; names of products and abbreviations may stay."""
    if passage.message.is_names:
        return  # people search in any language
    rules = (_untranslated, _mixed_words, _strange_letters, _other_scripts, _common_words)
    yield from next((remarks for rule in rules if (remarks := list(rule(passage)))), [])


def _untranslated(passage: Passage) -> Iterator[Remark]:
    """Tell of a translation that is its source over again, where that is more than a name."""
    if not passage.translation or passage.text != passage.message.source:
        return
    words = [word for part in passage.paragraphs for word in words_of(part) if not _is_name(word, passage)]
    if len(words) >= _FEWEST_WORDS:
        name = passage.language.english_name
        message = f"This translation is the same as its source: '{passage.text[:60]}'."
        yield Remark(CODE, message, f"It would be shown as {name} and is none. Translate it, or leave it empty.", "")


def _mixed_words(passage: Passage) -> Iterator[Remark]:
    """Tell of words whose letters come from two scripts: look-alikes typed with another keyboard."""
    patterns = _patterns(passage.language)
    for part in passage.paragraphs if patterns.mixes else ():
        for match in patterns.mixed.finditer(part) if patterns.letter.search(part) else ():
            message = f"'{match.group()}' mixes letters of two scripts that look alike."
            keyboard = passage.language.english_name
            hint = f"No search finds it, and it is read aloud wrongly. Type it again with the {keyboard} keyboard."
            yield Remark(CODE, message, hint, match.group())


def _strange_letters(passage: Passage) -> Iterator[Remark]:
    """Tell of letters of the script that the language does not use: ы in Ukrainian, ї in Russian."""
    pattern = _strange(passage.language)
    for part in passage.paragraphs if pattern else ():
        if match := pattern.search(part):  # type: ignore[union-attr]
            name = passage.language.english_name
            message = f"{name} has no letter '{match.group()[-1]}', as in '{_word_around(match.end() - 1, part)}'."
            hint = f"The words may be left over from another language. Write them in {name}."
            yield Remark(CODE, message, hint, match.group())


def _other_scripts(passage: Passage) -> Iterator[Remark]:
    """Tell of words in another script than that of the language."""
    patterns = _patterns(passage.language)
    for part in passage.paragraphs:
        for match in patterns.foreign.finditer(part) if patterns.letter.search(part) else ():
            run = match.group()
            before, behind = part[: match.start()], part[match.end() :]
            is_named = _NAMED[0].search(before) and _NAMED[1].match(behind)
            is_address = "/" in run or before.endswith(("@", "/"))
            if not is_named and not is_address and _is_left_over(run, passage):
                name = passage.language.english_name
                message = f"'{run}' is not written in the letters of {name}."
                hint = (
                    f"Many readers do not know it. Write it in {name}; the name of a product belongs into products.yml."
                )
                yield Remark(CODE, message, hint, run)


def _is_left_over(run: str, passage: Passage) -> bool:
    if passage.language.script == _LATIN or not run[0].isascii():
        return True
    strange = [word for word in words_of(run) if not _is_name(word, passage)]
    return any(word[0].islower() for word in strange) or len(strange) >= _FEWEST_WORDS


def _is_name(word: str, passage: Passage) -> bool:
    """Tell whether a word is part of a product's name, an abbreviation, or has the form of a name, as JavaScript."""
    is_abbreviation = word.isupper() and len(word) <= LONGEST_ABBREVIATION
    has_strange_form = any(sign.isdigit() for sign in word) or any(sign.isupper() for sign in word[1:])
    return is_abbreviation or has_strange_form or word.casefold() in passage.around.names


def _common_words(passage: Passage) -> Iterator[Remark]:
    """Tell of sentences made with the commonest words of another language of the site."""
    own = passage.guide.style.common
    for language, common in _others(passage.language, passage.around.languages) if own and passage.is_prose else ():
        if len(common.intersection(passage.words)) < _FEWEST_COMMON:
            continue
        for sentence in passage.sentences:
            words = [word.lower() for word in words_of(sentence)]
            count, own_count = (sum(word in known for word in words) for known in (common, own))
            if count >= max(_FEWEST_COMMON, 2 * own_count + 1, len(words) / 4):
                name = passage.language.english_name
                message = f"This sentence looks like {language.english_name}: '{sentence[:60]}'."
                hint = f"Readers of {name} may not understand it. Write it in {name}."
                yield Remark(CODE, message, hint, sentence)


class _Patterns:
    """What does not belong into texts of a language."""

    def __init__(self, language: Language) -> None:
        own = script_class(language.script)
        sign = rf"[^\W_{own}]"
        word = rf"(?!\d){sign}(?:{sign}|[.'’&@/-](?={sign}))*"
        self.foreign = re.compile(rf"{word}(?:\s+{word})*")
        latin = script_class(_LATIN)
        self.letter = re.compile(rf"[^\W\d_{own}]")
        self.mixes = language.is_spaced and language.script != _LATIN
        self.mixed = re.compile(rf"(?=\w*[a-zA-Z])(?=[a-zA-Z]*(?![{latin}])[{own}])[^\W\d_]+")


@lru_cache
def _patterns(language: Language) -> _Patterns:
    return _Patterns(language)


@lru_cache
def _strange(language: Language) -> re.Pattern[str] | None:
    """Give the pattern of letters that only others of the script have; Latin ones travel with names, so not those."""
    letters = set(guide_to(language).style.strange_letters)
    if language.script != _LATIN and any(letter.upper() != letter for letter in language.alphabet):
        own = language.alphabet | {letter.upper() for letter in language.alphabet}
        letters |= script_letters(language.script) - own
    return re.compile(f"[{''.join(sorted(letters))}]") if letters else None


def _word_around(index: int, text: str) -> str:
    before = re.search(r"\w*$", text[:index])
    after = re.match(r"\w*", text[index:])
    word = f"{before.group() if before else ''}{after.group() if after else ''}"
    return word if len(word) <= 30 else text[index]


@lru_cache
def _others(language: Language, languages: tuple[Language, ...]) -> tuple[tuple[Language, frozenset[str]], ...]:
    """Give the common words of each other language of the script that are not common in this one."""
    own = style_of(language.code).common
    same = (other for other in languages if other != language and other.script == language.script)
    told = ((other, style_of(other.code).common - own) for other in same)
    return tuple((other, common) for other, common in told if common)

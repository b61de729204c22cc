"""How each language is written: the lists and limits of rolebook/writing/<language>.yml.

What CLDR knows of a language (its script, its letters, its quotation marks) is not said there a second time.
A language without a file has no lists; what follows from CLDR holds for it all the same.
"""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from rolebook.languages import Language
from rolebook.schema import Model
from rolebook.source import Plain, read_yaml
from rolebook.validation import validate

FOLDER = Path(__file__).parent
EVERY = "every"
"""The file of what holds in all languages."""


class Advice(Model):
    """Words better left, what is wrong with them, and what to write instead."""

    words: tuple[str, ...]
    """Words and phrases; one that ends in * stands for all its forms."""
    why: str = ""
    """What a reader lacks."""
    better: str
    """An example of what to write."""


class Style(Model):
    """What is known of writing one language."""

    sources: tuple[str, ...] = ()
    """Where the rules come from."""
    longest_sentence: int | None = None
    """In words; in a script without spaces, in characters."""
    quotes: tuple[str, ...] = ()
    """Pairs of quotation marks, where others than CLDR's are used."""
    stops: str = ""
    """The signs that end a sentence, where they are not those of every language."""
    abbreviations: tuple[str, ...] = ()
    """Abbreviations whose full stop ends no sentence."""
    placeholders: tuple[str, ...] = ()
    """What writers leave where a text is still to come; those in capitals are meant in capitals."""
    common_words: str = ""
    """Words without which hardly a sentence of the language is made."""
    asking_words: str = ""
    """Words of questions that tell nothing of what is sought, which the search leaves out."""
    word_endings: str = ""
    """Endings of words, for a language whose stems Pagefind does not know; the search compares words without them."""
    strange_letters: str = ""
    """Letters of the same script that the language does not use."""
    vague: tuple[Advice, ...] = ()
    """Words that look like a measure and are none."""
    gendered: tuple[Advice, ...] = ()
    """Names of jobs that name a sex."""

    @cached_property
    def common(self) -> frozenset[str]:
        """Give the common words one by one."""
        return frozenset(self.common_words.split())

    @cached_property
    def asking(self) -> frozenset[str]:
        """Give the words of questions one by one."""
        return frozenset(self.asking_words.split())

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """Give the endings one by one."""
        return tuple(self.word_endings.split())


class Words:
    """Words and phrases to be found in texts of one language, each with its advice."""

    def __init__(self, advice: tuple[Advice, ...], is_spaced: bool) -> None:
        self._advice = {form.rstrip("*").lower(): one for one in advice for form in one.words}
        forms = sorted((form.lower() for one in advice for form in one.words), key=lambda form: (form[0], -len(form)))
        by_letter = (
            f"{re.escape(letter)}(?:{'|'.join(_form(form, is_spaced) for form in same)})"
            for letter, same in groupby(forms, lambda form: form[0])  # letter by letter, which is read much faster
        )
        edges = (r"\b", r"(?!\w)") if is_spaced else ("", "")
        self._pattern = re.compile(f"{edges[0]}(?:{'|'.join(by_letter)}){edges[1]}") if forms else None

    def find(self, text: str) -> list[tuple[re.Match[str], Advice]]:
        """Find all of them in a text in small letters, in its order."""
        if not self._pattern:
            return []
        return [(match, self._of(match.group())) for match in self._pattern.finditer(text)]

    def _of(self, words: str) -> Advice:
        words = " ".join(words.split()) if " " in words else words
        return next(self._advice[words[:end]] for end in range(len(words), 0, -1) if words[:end] in self._advice)


def _form(form: str, is_spaced: bool) -> str:
    """Give the pattern of a form behind its first letter."""
    pattern = re.escape(form.rstrip("*")[1:]).replace(r"\ ", r"\s+")
    return pattern + (r"\w*" if is_spaced and form.endswith("*") else "")


@lru_cache
def style_of(code: str) -> Style:
    """Read what is known of writing a language; of a language without a file, nothing."""
    path = FOLDER / f"{code}.yml"
    if not path.is_file():
        return Style()
    file, problems = read_yaml(FOLDER, path)
    style, mismatches = validate(Style, file) if file else (None, [])
    if not style:
        raise ValueError(f"{path.name}: {[finding.message for finding in (*problems, *mismatches)]}")
    return style


class Guide:
    """What is known of writing one language, ready for use."""

    def __init__(self, language: Language) -> None:
        self.style = style_of(language.code)
        self.vague = Words(self.style.vague, language.is_spaced)
        self.gendered = Words(self.style.gendered, language.is_spaced)
        forms = (*style_of(EVERY).placeholders, *self.style.placeholders)
        cases = (form if form.isupper() else f"{form}|{form.capitalize()}" for form in map(re.escape, forms))
        self.placeholder = re.compile("|".join(cases))


@lru_cache
def guide_to(language: Language) -> Guide:
    """Give what is known of writing a language."""
    return Guide(language)


@lru_cache
def template_texts() -> frozenset[str]:
    """Give the sentences of the example that roles/TEMPLATE.yml is made of."""
    file, _ = read_yaml(FOLDER.parent, FOLDER.parent / "example_role.yml")
    return frozenset(text for text in _scalars(file.plain() if file else "") if text.endswith("."))


def _scalars(value: Plain) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value:
            yield from _scalars(item)

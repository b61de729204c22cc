"""The rules of writing that look at one text: how it is punctuated, measured and worded.

Each is a generator of remarks; its docstring is the rule. What differs between languages stands in rolebook/writing/.
"""

import re
from collections.abc import Iterator

from rolebook.checks.passages import Passage, Remark
from rolebook.messages import OWN_DOMAINS
from rolebook.writing import Advice, Words, template_texts
from rolebook.writing.sentences import length_of, stands_alone

_SPACES = re.compile(r"[^\S\n]{2}")
_DOUBLE = re.compile(r"\S*[^\S\n]{2,}(\S+)")
_QUOTES = re.compile('["“”„‟«»‹›「」『』〝〞＂]')
_AFTER_STOP = "\"'”“’»«›‹」』)]）】"
_STOPS = ".!?…。！？؟۔।॥።։"
_SHOWN = 60


def double_spaces(passage: Passage) -> Iterator[Remark]:
    """One space parts two words."""
    for part in passage.paragraphs if passage.message.domain not in OWN_DOMAINS else (passage.text,):
        if _SPACES.search(part) and (match := _DOUBLE.search(part.strip())):
            single = " ".join(match.group().split())
            message = f"More than one space stands before '{match[1]}'."
            hint = f"It looks as if a word had been lost. Better: '{single}'."
            yield Remark("double-space", message, hint, match.group())


def placeholder_text(passage: Passage) -> Iterator[Remark]:
    """A text says what it should, and does not hold its place."""
    if passage.text in template_texts():
        message = "This text is the example of roles/TEMPLATE.yml."
        yield Remark("placeholder-text", message, "Readers would take it for yours. Write what holds for this role.")
        return
    for part in passage.paragraphs:
        for match in passage.guide.placeholder.finditer(part):
            if not passage.language.is_spaced or _is_whole(part, match.start(), match.end()):
                message = f"'{match.group()}' holds the place of a text that is not written yet."
                hint = (
                    "Readers would see it on the page. Write the text, such as 'Answer within one working day.', "
                    "or delete it."
                )
                yield Remark("placeholder-text", message, hint, match.group())


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no letter or digit touches a stretch of text, unless it begins and ends with a sign."""
    return not (text[start].isalnum() and (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()))


def final_stops(passage: Passage) -> Iterator[Remark]:
    """A paragraph ends with a full stop, or another sign that ends a sentence."""
    stops = passage.guide.style.stops or _STOPS
    for index, part in enumerate(passage.paragraphs if passage.is_prose else ()):
        end = part.rstrip(_AFTER_STOP)
        leads_on = index + 1 < len(passage.paragraphs) and part.endswith((":", "："))
        if end.endswith(tuple(stops)) or leads_on:
            continue
        last = _ending(end)
        message = f"This text ends without a full stop: '{last}'."
        better = f"{last.rstrip(_STOPS)}{stops[0]}"
        yield Remark("final-stop", message, f"It looks as if something had been cut off. Better: '{better}'.", last)


def _ending(text: str) -> str:
    """Give the last few words."""
    last = " ".join(text.split()[-3:])
    return last if len(last) <= _SHOWN else last[-_SHOWN // 2 :]


def quotation_marks(passage: Passage) -> Iterator[Remark]:
    """Quotation marks are those of the language, outer ones outside."""
    marks = [match.group() for part in passage.paragraphs for match in _QUOTES.finditer(part)]
    if not marks:
        return
    pairs = passage.guide.style.quotes or passage.language.quotes
    wrong = next((mark for mark in marks if mark not in "".join(pairs)), None)
    if wrong is None and marks[0] not in [pair[0] for pair in pairs]:
        wrong = marks[0]
    if wrong:
        name = passage.language.english_name
        message = f"{wrong} is not how a quotation begins or ends in {name}."
        pattern = f"(?<=[{re.escape(''.join(marks))}])[^{re.escape(''.join(marks))}]+"
        quoted = match.group() if (match := re.search(pattern, passage.text)) else "…"
        outer, inner = (f"{pair[0]}{words}{pair[1]}" for pair, words in zip(pairs, (quoted, "…"), strict=False))
        hint = f"Readers stumble over the marks of another language. Better: {outer}; inside them {inner}."
        yield Remark("wrong-quotes", message, hint, wrong)


def long_sentences(passage: Passage) -> Iterator[Remark]:
    """A sentence is short enough to be understood at first reading."""
    limit = passage.guide.style.longest_sentence
    if not limit or not passage.is_prose:
        return
    if passage.language.is_spaced and len(passage.words) <= limit:
        return
    for sentence in passage.sentences:
        if len(sentence) > limit and (length := length_of(sentence, passage.language)) > limit:
            unit = "words" if passage.language.is_spaced else "characters"
            message = f"This sentence holds {length} {unit}: '{_shown(sentence)}'."
            hint = (
                f"After {limit} {unit} readers have forgotten the beginning. Better: one idea a sentence, as in "
                "'Compare each return with the order. Decide it within one working day.'"
            )
            yield Remark("long-sentence", message, hint, sentence)


def _shown(sentence: str) -> str:
    """Give the beginning of a sentence, up to a whole word where words have spaces."""
    if len(sentence) <= _SHOWN:
        return sentence
    cut = sentence[:_SHOWN]
    return f"{cut.rsplit(' ', 1)[0]} …"


def vague_measures(passage: Passage) -> Iterator[Remark]:
    """A measure is a number, a date or something one can see."""
    if not passage.is_prose:
        return
    for words, advice in _found(passage.guide.vague, passage):
        message = f"'{words}' is no measure."
        hint = f"{advice.why} Better, for example: '{advice.better}'."
        yield Remark("vague-words", message, hint, words)


def gendered_jobs(passage: Passage) -> Iterator[Remark]:
    """A name of a job is open to everybody who does it."""
    if passage.message.is_names:
        return  # people search for these names too
    for words, advice in _found(passage.guide.gendered, passage):
        message = f"'{words}' names a sex."
        hint = f"People of another feel that they are not meant. Better: '{advice.better}'."
        yield Remark("gendered-words", message, hint, words)


def _found(words: Words, passage: Passage) -> Iterator[tuple[str, Advice]]:
    """Find words that stand by themselves, as they were written."""
    for part, small in zip(passage.paragraphs, passage.small, strict=True):
        for match, advice in words.find(small):
            if stands_alone(match.start(), match.end(), small, passage.language):
                yield part[match.start() : match.end()], advice

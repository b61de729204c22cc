"""The rules of writing that look at all texts together: no sentence is said twice."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rolebook.checks.passages import Passage, Remark


def repeated_sentences(texts: Iterable[Passage]) -> Iterator[tuple[Passage, Remark]]:
    """A sentence of five words or more is said once; the later place, or the higher level, is told.

    A duty that two roles share has the same id in both, and the page of a move leaves it out. So it may say the same
    in both, as long as it says all of it.
    """
    first: dict[tuple[str, str], Passage] = {}
    for passage in texts:
        if not passage.is_prose:
            continue
        for sentence, compared in dict.fromkeys(passage.telling):
            said = first.setdefault((passage.language.code, compared), passage)
            if said is not passage and not _is_shared_duty(said, passage):
                yield passage, _remark(sentence, said, passage)
        yield from ((passage, _twice(sentence)) for sentence in _said_twice_inside(passage))


def _said_twice_inside(passage: Passage) -> Iterator[str]:
    counts = Counter(compared for _, compared in passage.telling)
    for compared, count in counts.items():
        if count > 1:
            yield [sentence for sentence, same in passage.telling if same == compared][1]


def _is_shared_duty(one: Passage, other: Passage) -> bool:
    (_, *path), (_, *same) = one.message.address.split("."), other.message.address.split(".")
    return path[:1] == ["duties"] and path == same and one.text == other.text


def _twice(sentence: str) -> Remark:
    message = f"This text says twice: '{sentence}'"
    return Remark(
        "repeated-sentence", message, "Readers look for a difference and find none. Keep one of the two.", sentence
    )


def _remark(sentence: str, said: Passage, passage: Passage) -> Remark:
    there = f"{said.place.path}:{said.place.line}, '{said.message.address}'"
    if said.rung and passage.rung and said.rung[0] == passage.rung[0] and said.rung[1] != passage.rung[1]:
        message = f"A lower level already says: '{sentence}' It stands in {there}."
        hint = (
            "What is repeated hides what the higher level adds. Better, only the difference: 'Answers common "
            "questions.' below, 'Answers questions for which no text exists.' above."
        )
        return Remark("same-at-two-levels", message, hint, sentence)
    message = f"Another text already says: '{sentence}' It stands in {there}."
    hint = "Readers skip what they know. Better: what is true here only, such as the case, the number or the person."
    return Remark("repeated-sentence", message, hint, sentence)

"""What must be known of a new thing: one question each, with choices, a proposal and what is wrong with an answer.

Answers come from flags or from a person at a terminal; both are held to the same.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rolebook.findings import did_you_mean
from rolebook.markup import is_safe_link, links
from rolebook.schema import RichText, Text
from rolebook.source import FORBIDDEN

Answers: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer, and how a person knows it."""

    value: str
    title: str


def _no_proposal(_answers: Answers) -> str:
    return ""


def _no_complaint(_given: str, _answers: Answers) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask; its name is that of the flag. A proposal depends on the answers that were given before."""

    name: str
    words: str
    choices: Sequence[Choice] = ()
    proposal: Callable[[Answers], str] = _no_proposal
    complaint: Callable[[str, Answers], str] = _no_complaint

    def chosen(self, given: str) -> str:
        """Give what is meant: a choice by its number, its value or its title; any other answer as it is."""
        given = unicodedata.normalize("NFC", " ".join(given.split()))
        by_value = {choice.value: choice.value for choice in self.choices}
        by_title = {choice.title.casefold(): choice.value for choice in self.choices}
        by_number = {number: choice.value for number, choice in self.numbered()}
        return by_value.get(given) or by_title.get(given.casefold()) or by_number.get(given) or given

    def numbered(self) -> list[tuple[str, Choice]]:
        """Give the choices with their numbers; those that are numbers keep their own."""
        are_numbers = all(choice.value.isdecimal() for choice in self.choices)
        return [(choice.value if are_numbers else str(n), choice) for n, choice in enumerate(self.choices, 1)]

    def wrong(self, answer: str, answers: Answers) -> str:
        """Say what is wrong with an answer; an empty text where nothing is."""
        if not answer:
            return "Something must be said here."
        values = [choice.value for choice in self.choices]
        if values and answer not in values:
            known = [*values, *(choice.title for choice in self.choices)]
            possible = f"Possible: {', '.join(values)}."
            return f"There is no {self.name} called '{answer}'. {did_you_mean(answer, known, possible)}"
        return self.complaint(answer, answers)


Ask: TypeAlias = Callable[[Question, Answers], str]


@dataclass(frozen=True, slots=True)
class Unanswered(Exception):  # noqa: N818 - says what is the case
    """Questions that nobody answered, and answers that are wrong."""

    missing: tuple[Question, ...]
    complaints: tuple[str, ...]


def answered(questions: Sequence[Question], given: Mapping[str, str | None], ask: Ask | None) -> Answers:
    """Answer all questions, from flags and by asking; raise Unanswered with all that is missing and wrong."""
    answers: dict[str, str] = {}
    missing: list[Question] = []
    complaints: list[str] = []
    for question in questions:
        flag = given.get(question.name)
        if flag is None and not ask:
            answer = question.proposal(answers)
        else:
            answer = question.chosen(flag) if flag is not None else ""
        if flag is None and not answer:
            if question.proposal is _no_proposal or not missing:  # else it would follow from what is missing
                missing.append(question)
        elif wrong := question.wrong(answer, answers):
            complaints.append(f"--{question.name}: {wrong}")
        answers[question.name] = answer
    if complaints or (missing and not ask):
        raise Unanswered(tuple(missing), tuple(complaints))
    return _asked(questions, given, ask) if ask else answers


def _asked(questions: Sequence[Question], given: Mapping[str, str | None], ask: Ask) -> Answers:
    answers: dict[str, str] = {}
    for question in questions:
        flag = given.get(question.name)
        answers[question.name] = question.chosen(flag) if flag is not None else ask(question, answers)
    return answers


def text_complaint(kind: type[Text]) -> Callable[[str, Answers], str]:
    """Say why a text cannot stand in a file: too long, an invisible character, a link that is not possible."""

    def complaint(given: str, _answers: Answers) -> str:
        if len(given) > kind.limit:
            return f"This holds {len(given)} characters, more than {kind.limit}."
        if match := FORBIDDEN.search(given):
            return f"There is an invisible character in this text (U+{ord(match.group()):04X})."
        unsafe = [target for target in links(given) if not is_safe_link(target)] if issubclass(kind, RichText) else []
        return f"The link to '{unsafe[0]}' is not possible." if unsafe else ""

    return complaint

"""Say what needs attention: as text for a terminal, as Markdown for an issue, as JSON for programs."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rolebook.catalog import Catalog
from rolebook.coverage import OPEN, FileCoverage, LanguageCoverage, Standing
from rolebook.findings import Place
from rolebook.languages import Language
from rolebook.messages import State
from rolebook.status import Attention, Point, Review

FILES_SHOWN = 5
TEXTS_SHOWN = 3
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading of their own; `heading` may be empty."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    """Place and words; a line without place belongs to the one above."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of matter; without groups, all is well with it."""

    title: str
    groups: tuple[Group, ...]


def as_text(attention: Attention, catalog: Catalog) -> str:
    """Say everything for a terminal."""
    return "\n".join(_lines(attention, catalog, _TEXT))


def as_markdown(attention: Attention, catalog: Catalog) -> str:
    """Say everything as Markdown, with headings and lists."""
    return "\n".join(_lines(attention, catalog, _MARKDOWN))


@dataclass(frozen=True, slots=True)
class _Form:
    """How headings and lines are written."""

    title: str
    section: str
    group: str
    line: str
    continued: str
    escape: Callable[[str], str] = str


def _harmless(text: str) -> str:
    """Write a text so that Markdown shows it as it is and a forge notifies nobody."""
    return re.sub(r"[\\`*_\[\]<>#|~@!&$]", lambda sign: f"&#{ord(sign.group())};", text)


_TEXT = _Form("{}", "\n{}", "  {}", "    {place}: {words}", "      {words}")
_MARKDOWN = _Form("# {}", "\n## {}", "\n{}\n", "- `{place}`: {words}", "  - {words}", _harmless)


def _lines(attention: Attention, catalog: Catalog, form: _Form) -> Iterator[str]:
    yield form.title.format(f"Status on {attention.day}")
    sections = list(_sections(attention, catalog))
    for section in sections:
        if section.groups:
            yield form.section.format(section.title)
            for group in section.groups:
                yield from _group(group, form)
    well = [section.title.lower() for section in sections if not section.groups]
    if len(well) == len(sections):
        yield "\nAll is well; nothing needs attention."
    elif well:
        yield f"\nAll is well with: {', '.join(well)}."


def _group(group: Group, form: _Form) -> Iterator[str]:
    if group.heading:
        yield form.group.format(form.escape(group.heading))
    for place, words in group.lines:
        pattern = form.line if place else form.continued
        yield pattern.format(place=place, words=form.escape(words))


def _sections(attention: Attention, catalog: Catalog) -> Iterator[Section]:
    if not attention.language:
        yield Section("Reviews", tuple(_owners(attention.reviews, catalog, attention.day)))
    yield Section("Translations", tuple(_languages(attention.languages)))
    yield Section("Hand-written pages", _points(attention.pages))
    if not attention.language:
        yield Section("Drafts", _points(attention.drafts))
        yield Section("Links to roles that are no longer used", _points(attention.retired))
        yield Section("Loose ends", _points(attention.orphans))


def _points(points: Sequence[Point]) -> tuple[Group, ...]:
    return (Group("", tuple((_place(point.place), point.words) for point in points)),) if points else ()


def _owners(reviews: Iterable[Review], catalog: Catalog, day: date) -> Iterator[Group]:
    """Sort reviews by who has to see to them."""
    by_owner: dict[str, list[tuple[str, str]]] = {}
    for review in reviews:
        place = _place(review.role.place("reviewed"))
        by_owner.setdefault(review.role.model.owner, []).append((place, _review_words(review, day)))
    for owner in sorted(by_owner):
        known = catalog.owners.get(owner)
        yield Group(known.model.title if known else owner, tuple(by_owner[owner]))


def _review_words(review: Review, day: date) -> str:
    days = abs((review.due - day).days)
    when = f"was due on {review.due}, {_count(days, 'day')} ago" if review.overdue else f"is due on {review.due}"
    return f"the review of '{review.role.model.title}' {when}."


def _languages(languages: Iterable[LanguageCoverage]) -> Iterator[Group]:
    for coverage in languages:
        if coverage.waiting:
            yield Group(f"{_named(coverage.language)}: {_language_words(coverage)}", tuple(_files(coverage)))


def _files(coverage: LanguageCoverage) -> Iterator[tuple[str, str]]:
    worst = coverage.worst_first()
    for file in worst[:FILES_SHOWN]:
        yield _place(file.open_texts()[0].place), f"{_counts_words(file.counts)}."
        for standing in file.open_texts()[:TEXTS_SHOWN]:
            yield "", f"{standing.state}, line {standing.place.line}: {_excerpt(standing)}"
    if len(worst) > FILES_SHOWN:
        rest = worst[FILES_SHOWN:]
        yield "", f"and {_count(sum(file.waiting for file in rest), 'text')} in {_count(len(rest), 'further file')}"


def _language_words(coverage: LanguageCoverage) -> str:
    done = coverage.counts[State.TRANSLATED]
    return f"{done:,} of {coverage.total:,} texts are translated; {_counts_words(coverage.counts)}"


def _counts_words(counts: Mapping[State, int]) -> str:
    return ", ".join(f"{counts[state]:,} {state}" for state in OPEN if counts[state])


def _excerpt(standing: Standing) -> str:
    """Give the first words of a source."""
    words = " ".join(standing.message.source.split())
    return f"“{words[:_EXCERPT].rstrip()}…”" if len(words) > _EXCERPT else f"“{words}”"


def _place(place: Place) -> str:
    return f"{place.path}:{place.line}"


def _named(language: Language) -> str:
    return f"{language.name} ({language.code})"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def as_json(attention: Attention) -> str:
    """Give {day, reviews, translations, pages, drafts, retired, orphans} with every place."""
    whole = {
        "day": str(attention.day),
        "reviews": [
            {
                "role": review.role.id,
                "owner": review.role.model.owner,
                "due": str(review.due),
                "overdue": review.overdue,
                **_place_json(review.role.place("reviewed")),
            }
            for review in attention.reviews
        ],
        "translations": [_language_json(coverage) for coverage in attention.languages],
        "pages": _points_json(attention.pages),
        "drafts": _points_json(attention.drafts),
        "retired": _points_json(attention.retired),
        "orphans": _points_json(attention.orphans),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _language_json(coverage: LanguageCoverage) -> dict[str, object]:
    return {
        "language": coverage.language.code,
        **_counts_json(coverage.counts),
        "files": [_file_json(file) for file in coverage.worst_first()],
    }


def _file_json(file: FileCoverage) -> dict[str, object]:
    texts = [
        {"address": standing.message.address, "state": standing.state.value, "line": standing.place.line}
        for standing in file.open_texts()
    ]
    return {"path": file.path, **_counts_json(file.counts), "texts": texts}


def _counts_json(counts: Mapping[State, int]) -> dict[str, object]:
    return {state.value: counts[state] for state in (State.TRANSLATED, *OPEN)}


def _points_json(points: Iterable[Point]) -> list[dict[str, object]]:
    return [{"message": point.words, **_place_json(point.place)} for point in points]


def _place_json(place: Place) -> dict[str, object]:
    return {"path": place.path, "line": place.line}

"""Checks of the links in texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.addresses import address_today, is_of_unread, page_addresses
from rolebook.catalog import Catalog, Entry
from rolebook.checks.knowledge import Knowledge
from rolebook.coverage import FileCoverage, Standing, cover
from rolebook.findings import RULES, Finding, did_you_mean, found
from rolebook.keywords import matches
from rolebook.languages import Language
from rolebook.markup import is_internal, is_safe_link, links
from rolebook.memory import remembered
from rolebook.messages import State
from rolebook.schema import Model, RichText
from rolebook.source import Spot


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that exist, and the catalog that knows what was renamed."""

    catalog: Catalog
    addresses: frozenset[str]


def check_links(knowledge: Knowledge) -> Iterator[Finding]:
    """A link in a text leads to a page that exists, or to https: or mailto:."""
    pages = _Pages(knowledge.catalog, page_addresses(knowledge.catalog, knowledge.docs))
    for entry in knowledge.catalog.entries():
        for spot, target in _written_links(entry):
            yield from _check_target(target, pages, spot)


def check_translated_links(knowledge: Knowledge, language: Language) -> Iterator[Finding]:
    """A translation's links lead somewhere too; one that is up to date has those of its source."""
    pages = _Pages(knowledge.catalog, page_addresses(knowledge.catalog, knowledge.docs))
    for file in cover(knowledge.messages, language).files:
        translated = _translated_links(file)
        for standing, target in translated.targets:
            yield from _check_target(target, pages, standing)
        yield from translated.differing


def check_keywords(knowledge: Knowledge) -> Iterator[Finding]:
    """A page for which people's words are given exists in every language."""
    addresses = page_addresses(knowledge.catalog, knowledge.docs)
    for keywords in knowledge.keywords.values():
        for at, one in enumerate(keywords.pages):
            is_known = one.page in addresses or any(matches(one.page, address) for address in addresses)
            if keywords.file and not is_known and not is_of_unread(knowledge.catalog, one.page):
                place = keywords.file.place(("pages", at, "page"))
                hint = did_you_mean(one.page, addresses, RULES["unknown-page"].advice)
                yield found("unknown-page", place, f"There is no page '{one.page}'.", hint)


def _check_target(target: str, pages: _Pages, where: Spot | Standing) -> Iterator[Finding]:
    if not is_safe_link(target):
        yield found("unsafe-link", where.place, f"The link to '{target}' is not possible.")
        return
    page = target.partition("#")[0]
    if is_internal(target) and page not in pages.addresses and not is_of_unread(pages.catalog, page):
        today = address_today(pages.catalog, page)
        near = did_you_mean(page, pages.addresses, RULES["broken-link"].advice)
        hint = f"It is '{today}' today." if today in pages.addresses else near
        yield found("broken-link", where.place, f"There is no page '{page}'.", hint)


@remembered
def _written_links(entry: Entry[Model]) -> tuple[tuple[Spot, str], ...]:
    rich = (leaf for leaf in entry.texts() if isinstance(leaf.value, RichText))
    return tuple((Spot(entry.file, leaf.location), target) for leaf in rich for target in links(leaf.value))


@dataclass(frozen=True, slots=True)
class _TranslatedLinks:
    """The links of the translations of one file, and what differs from their sources."""

    targets: tuple[tuple[Standing, str], ...]
    differing: tuple[Finding, ...]


@remembered
def _translated_links(file: FileCoverage) -> _TranslatedLinks:
    targets: list[tuple[Standing, str]] = []
    differing: list[Finding] = []
    for standing in file.standings:
        if not standing.entry or not standing.message.is_rich:
            continue
        own = sorted(links(standing.entry.texts[0]))
        targets += [(standing, target) for target in own]
        is_up_to_date = standing.state in (State.TRANSLATED, State.UNCHECKED)
        if is_up_to_date and own != sorted(links(standing.message.source)):
            words = f"The links of '{standing.message.address}' differ from those of its source."
            differing.append(found("untranslatable-link", standing.place, words))
    return _TranslatedLinks(tuple(targets), tuple(differing))

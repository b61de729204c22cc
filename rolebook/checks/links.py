"""Checks of the links in texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.addresses import address_today, page_addresses
from rolebook.catalog import Catalog
from rolebook.checks.knowledge import Knowledge
from rolebook.findings import RULES, Finding, Place, did_you_mean, found
from rolebook.keywords import matches
from rolebook.markup import is_internal, is_safe_link, links
from rolebook.messages import Key, State
from rolebook.schema import RichText


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that exist, and the catalog that knows what was renamed."""

    catalog: Catalog
    addresses: frozenset[str]


def check_links(knowledge: Knowledge) -> Iterator[Finding]:
    """A link in a text or its translation leads to a page that exists, or to https: or mailto:."""
    pages = _Pages(knowledge.catalog, page_addresses(knowledge.catalog, knowledge.docs))
    for entry in knowledge.catalog.entries():
        for leaf in entry.texts():
            if not isinstance(leaf.value, RichText):
                continue
            place = entry.file.place(leaf.location)
            for target in links(leaf.value):
                yield from _check_target(target, pages, place)
            yield from _check_translations(knowledge, (entry.domain, leaf.address), pages)


def check_keywords(knowledge: Knowledge) -> Iterator[Finding]:
    """A page for which people's words are given exists in every language."""
    addresses = page_addresses(knowledge.catalog, knowledge.docs)
    for keywords in knowledge.keywords.values():
        for at, one in enumerate(keywords.pages):
            if keywords.file and not any(matches(one.page, address) for address in addresses):
                place = keywords.file.place(("pages", at, "page"))
                hint = did_you_mean(one.page, addresses, RULES["unknown-page"].advice)
                yield found("unknown-page", place, f"There is no page '{one.page}'.", hint)


def _check_target(target: str, pages: _Pages, place: Place) -> Iterator[Finding]:
    if not is_safe_link(target):
        yield found("unsafe-link", place, f"The link to '{target}' is not possible.")
    elif is_internal(target) and (page := target.partition("#")[0]) not in pages.addresses:
        today = address_today(pages.catalog, page)
        near = did_you_mean(page, pages.addresses, RULES["broken-link"].advice)
        hint = f"It is '{today}' today." if today in pages.addresses else near
        yield found("broken-link", place, f"There is no page '{page}'.", hint)


def _check_translations(knowledge: Knowledge, key: Key, pages: _Pages) -> Iterator[Finding]:
    """A translation's links lead somewhere too; one that is up to date has those of its source."""
    message = knowledge.messages.sources[key]
    for language in knowledge.catalog.languages:
        entry = knowledge.messages.entry(key, language.code)
        if not entry or language.code == message.language:
            continue
        targets = sorted(links(entry.texts[0]))
        for target in targets:
            yield from _check_target(target, pages, entry.place)
        up_to_date = entry.state(message) in (State.TRANSLATED, State.UNCHECKED)
        if up_to_date and targets != sorted(links(message.source)):
            words = f"The links of '{message.address}' differ from those of its source."
            yield found("untranslatable-link", entry.place, words)

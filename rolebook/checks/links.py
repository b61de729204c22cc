"""Checks of the links in texts."""

from collections.abc import Iterator

from rolebook.addresses import page_addresses
from rolebook.checks.knowledge import Knowledge
from rolebook.findings import RULES, Finding, Place, did_you_mean, found
from rolebook.markup import is_internal, is_safe_link, links
from rolebook.messages import Key, State
from rolebook.schema import RichText


def check_links(knowledge: Knowledge) -> Iterator[Finding]:
    """A link in a text or its translation leads to a page that exists, or to https: or mailto:."""
    addresses = page_addresses(knowledge.catalog, knowledge.docs)
    for entry in knowledge.catalog.entries():
        for leaf in entry.texts():
            if not isinstance(leaf.value, RichText):
                continue
            place = entry.file.place(leaf.location)
            for target in links(leaf.value):
                yield from _check_target(target, addresses, place)
            yield from _check_translations(knowledge, (entry.domain, leaf.address), addresses)


def _check_target(target: str, addresses: frozenset[str], place: Place) -> Iterator[Finding]:
    if not is_safe_link(target):
        yield found("unsafe-link", place, f"The link to '{target}' is not possible.")
    elif is_internal(target) and (page := target.partition("#")[0]) not in addresses:
        hint = did_you_mean(page, addresses, RULES["broken-link"].advice)
        yield found("broken-link", place, f"There is no page '{page}'.", hint)


def _check_translations(knowledge: Knowledge, key: Key, addresses: frozenset[str]) -> Iterator[Finding]:
    """A translation's links lead somewhere too; one that is up to date has those of its source."""
    message = knowledge.messages.sources[key]
    for language in knowledge.catalog.languages:
        entry = knowledge.messages.entry(key, language.code)
        if not entry or language.code == message.language:
            continue
        targets = sorted(links(entry.texts[0]))
        for target in targets:
            yield from _check_target(target, addresses, entry.place)
        up_to_date = entry.state(message) in (State.TRANSLATED, State.UNCHECKED)
        if up_to_date and targets != sorted(links(message.source)):
            words = f"The links of '{message.address}' differ from those of its source."
            yield found("untranslatable-link", entry.place, words)

"""Checks of the links in texts."""

from collections.abc import Iterator

from rolebook.addresses import page_addresses
from rolebook.checks.knowledge import Knowledge
from rolebook.findings import RULES, Finding, Place, did_you_mean, found
from rolebook.markup import is_internal, is_safe_link, links
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
            yield from _check_translations(knowledge, entry.domain, leaf.address)


def _check_target(target: str, addresses: frozenset[str], place: Place) -> Iterator[Finding]:
    if not is_safe_link(target):
        yield found("unsafe-link", place, f"The link to '{target}' is not possible.")
    elif is_internal(target) and (page := target.partition("#")[0]) not in addresses:
        hint = did_you_mean(page, addresses, RULES["broken-link"].advice)
        yield found("broken-link", place, f"There is no page '{page}'.", hint)


def _check_translations(knowledge: Knowledge, domain: str, address: str) -> Iterator[Finding]:
    for language in knowledge.catalog.languages:
        entry = knowledge.messages.entry((domain, address), language.code)
        if entry and entry.texts[0] and sorted(links(entry.texts[0])) != sorted(links(entry.source)):
            message = f"The links of '{address}' differ from those of its source."
            yield found("untranslatable-link", entry.place, message)

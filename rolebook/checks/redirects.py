"""Checks of the names that are no longer used and of where they lead."""

from collections.abc import Iterator, Mapping

from rolebook.catalog import KINDS, Catalog, Entry
from rolebook.checks.knowledge import Knowledge
from rolebook.checks.references import unknown_reference
from rolebook.findings import Finding, found
from rolebook.schema import Redirect, Redirects

KINDS_WITH_PAGES = ("role", "skill", "tool", "product", "family")
_SAME_FOLDER = {"tool": ("tool", "product"), "product": ("product", "tool")}
"""Kinds of tools and products stand side by side, so that none may have the former name of another."""


def check_redirects(knowledge: Knowledge) -> Iterator[Finding]:
    """A redirect leads from a name that is free to one that is used today."""
    catalog = knowledge.catalog
    if not catalog.redirects:
        return
    for kind in KINDS_WITH_PAGES:
        former = catalog.former(kind)
        for index, redirect in enumerate(getattr(catalog.redirects.model, KINDS[kind])):
            yield from _taken(catalog, catalog.redirects, kind, index, redirect)
            place = catalog.redirects.place(KINDS[kind], index, "to")
            if redirect.to not in former:
                yield from unknown_reference(catalog, redirect.to, place)
            elif today := catalog.today(kind, redirect.to):
                message = f"'{redirect.to}' is no longer used either: it leads on to '{today}'."
                yield found("redirect-chain", place, message, f"Write '{today}' here.")
            else:
                yield found("redirect-chain", place, f"This leads nowhere: {_way(former, redirect)}.")


def _taken(catalog: Catalog, file: Entry[Redirects], kind: str, index: int, redirect: Redirect) -> Iterator[Finding]:
    for other in _SAME_FOLDER.get(kind, (kind,)):
        if redirect.former in (catalog.known(other) or ()):
            place = file.place(KINDS[kind], index, "from")
            message = f"'{redirect.former}' is the name of a {other} today, so nothing can lead away from it."
            yield found("redirect-taken", place, message)
        elif other != kind and redirect.former in catalog.former(other):
            place = file.place(KINDS[kind], index, "from")
            yield found("redirect-taken", place, f"'{redirect.former}' stands in the list of {KINDS[other]} as well.")


def _way(former: Mapping[str, Redirect], redirect: Redirect) -> str:
    """Tell where one is led, up to the name that stands for the second time or is not known."""
    way: list[str] = [redirect.former]
    while way[-1] in former and way.count(way[-1]) == 1:
        way.append(former[way[-1]].to)
    return " → ".join(way)

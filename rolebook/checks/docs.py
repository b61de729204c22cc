"""Checks of the hand-written pages in docs/."""

from collections.abc import Iterator

from rolebook.checks.knowledge import Knowledge
from rolebook.findings import Finding, Place, found


def check_docs_folders(knowledge: Knowledge) -> Iterator[Finding]:
    """No folder of docs/ would vanish, and generated folders hold nothing written by hand."""
    for name in knowledge.docs.like_languages:
        message = f"The folder docs/{name}/ looks like a language, so its pages would not be published."
        yield found("swallowed-folder", Place(f"docs/{name}"), message)
    for path in knowledge.docs.intruders:
        yield found("owned-folder", Place(path), "This page stands in a folder that is written anew at each build.")


def check_hand_written_pages(knowledge: Knowledge) -> Iterator[Finding]:
    """A page written by hand in one language stands in every language."""
    pages = knowledge.docs.pages
    everywhere = frozenset().union(*pages.values())
    for code, own in pages.items():
        for missing in sorted(everywhere - own):
            path = f"docs/{code}/{missing}"
            yield found("missing-page", Place(path), "This page stands in another language, but not in this one.")
    if "index.md" not in everywhere:
        for code in pages:
            yield found(
                "missing-page",
                Place(f"docs/{code}/index.md"),
                "There is no start page.",
                "Write docs/<language>/index.md.",
            )

"""Checks of the hand-written pages in docs/."""

from collections.abc import Iterator

from rolebook.catalog import LANGUAGES_FILE
from rolebook.checks.knowledge import Knowledge
from rolebook.findings import Finding, Place, found
from rolebook.languages import is_known


def check_docs_folders(knowledge: Knowledge) -> Iterator[Finding]:
    """No page of docs/ would vanish, stand in one language only, or be written over, and no file would be run."""
    languages_are_known = LANGUAGES_FILE not in knowledge.catalog.unread
    for name in knowledge.docs.like_languages if languages_are_known else ():
        message = f"The folder docs/{name}/ looks like a language, so its pages would not be published."
        yield found("swallowed-folder", Place(f"docs/{name}"), message)
    for path in knowledge.docs.strays:
        yield found("stray-page", Place(path), "This page stands outside the folders of languages.")
    for path in knowledge.docs.intruders:
        yield found("owned-folder", Place(path), "This page stands where pages are written anew at each build.")
    for path in knowledge.docs.active:
        yield found("active-file", Place(path), "A browser that opens this file would run what it holds.")


def check_hand_written_pages(knowledge: Knowledge) -> Iterator[Finding]:
    """A page written by hand in one language stands in every language."""
    pages = knowledge.docs.pages
    everywhere = {"index.md"}.union(*pages.values())
    for code, own in pages.items():
        for missing in sorted(everywhere - own.keys()):
            message = f"The page '{missing}' does not exist in this language."
            yield found("missing-page", Place(f"docs/{code}/{missing}"), message)


def check_page_names(knowledge: Knowledge) -> Iterator[Finding]:
    """A page written by hand is found under its name, and no other page takes its address."""
    for path in knowledge.docs.misnamed:
        yield found("page-name", Place(path), "This file would become a page that nobody checks.")
    for code, own in knowledge.docs.pages.items():
        for name in own:
            folder = name.removesuffix("/index.md")
            if folder != name and f"{folder}.md" in own:
                message = f"This page has the address of docs/{code}/{folder}.md: one of them would not be seen."
                yield found("page-name", Place(f"docs/{code}/{name}"), message)


def check_page_headings(knowledge: Knowledge) -> Iterator[Finding]:
    """A page written by hand has the headings of its page in the default language."""
    pages = knowledge.docs.pages
    default = knowledge.catalog.default_language.code
    for code, own in pages.items():
        for name, headings in own.items():
            wanted = pages.get(default, {}).get(name, headings)
            if headings != wanted:
                different = ", ".join(f"#{anchor}" for anchor in sorted({*headings} ^ {*wanted})) or "their order"
                message = f"The headings differ from those of docs/{default}/{name}: {different}."
                yield found("page-outdated", Place(f"docs/{code}/{name}"), message)


def check_page_languages(knowledge: Knowledge) -> Iterator[Finding]:
    """A page written by hand is in the language of its folder."""
    for path, code in knowledge.docs.borrowed.items():
        if not is_known(code):
            hint = "Write the code of a language, such as uk or zh-Hant, or delete the line 'language:' at its top."
            yield found("unknown-language", Place(path), f"CLDR knows no language '{code}'.", hint)
            continue
        message = f"This page is not translated yet: it is shown in '{code}', with a notice."
        yield found("page-untranslated", Place(path), message)

"""The command that opens the form in the browser: edit."""

import webbrowser
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from markdown_it import MarkdownIt

from rolebook.cli.command import Command
from rolebook.cli.comparing import told_difference
from rolebook.cli.stopping import stop_tidily
from rolebook.cli.terminal import FINE, FOUND, complain, say
from rolebook.day import today
from rolebook.findings import Finding
from rolebook.form.publish import FormError, form_address, form_data, form_files, form_page
from rolebook.form.serve import Answer, FormServer, answer
from rolebook.form.session import Session, decap_server, editing, free_port, saved_commits, uncommitted_files
from rolebook.languages import Language
from rolebook.loading import load
from rolebook.pages import Settings, open_books
from rolebook.pages.page import Book
from rolebook.pipeline import compare
from rolebook.report import as_text


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--language", metavar="CODE", default="", help="the language of the form (default: the site's)")
    parser.add_argument("--branch", metavar="NAME", default="", help="go on with a branch, or name the new one")
    parser.add_argument("--port", type=int, default=0, help="on which port (default: any that is free)")
    parser.add_argument("--no-browser", action="store_true", help="only say the address; open no browser")


def _edit(root: Path, parsed: Namespace) -> int:
    books = {book.language.code: book for book in _books(root)}
    if parsed.language and parsed.language not in books:
        complain(f"The site does not speak '{parsed.language}'. It speaks: {', '.join(books)}.")
        return FOUND
    try:
        form_files()  # is it installed? before a branch is made
        stop_tidily()
        with editing(root, today(), parsed.branch) as session:
            _serve(root, session, books, parsed)
            saved = saved_commits(root, session)
    except FormError as error:
        complain(str(error))
        return FOUND
    say(_farewell(session.branch, saved))
    return FINE


def _tell_of_uncommitted(root: Path) -> None:
    if count := uncommitted_files(root):
        files = "1 file was" if count == 1 else f"{count} files were"
        complain(f"{files} changed here and not committed. The form neither shows nor touches these changes.")


def _serve(root: Path, session: Session, books: Mapping[str, Book], parsed: Namespace) -> None:
    _tell_of_uncommitted(root)
    port = parsed.port or free_port()
    with decap_server(session, f"http://127.0.0.1:{port}") as proxy:
        backend = {"name": "proxy", "proxy_url": proxy, "branch": session.branch}
        files = {f"admin/{name}": path for name, path in form_files().items()}
        with FormServer(port, files, _pages(session, books, backend), _checks(session, books)) as server:
            first = books[parsed.language] if parsed.language else next(iter(books.values()))
            address = f"{server.origin}/{form_address(first)}"
            say(f"The form is at {address} – every save goes into the branch '{session.branch}'. Stop with Ctrl-C.")
            if not parsed.no_browser:
                webbrowser.open(address)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                say("Stopped.")


def _books(root: Path) -> tuple[Book, ...]:
    knowledge = load(root).knowledge
    return open_books(knowledge.catalog, knowledge.messages, Settings())


def _pages(session: Session, books: Mapping[str, Book], backend: Mapping[str, object]) -> dict[str, Answer]:
    """Give each language's page and its configuration, which is made anew, so that new titles can be chosen at once."""

    def configuration(code: str) -> str:
        book = next(book for book in _books(session.root) if book.language.code == code)
        return form_data(book, backend, "simple", f"/check/{code}")

    pages: dict[str, Answer] = {}
    for code, book in books.items():
        pages[form_address(book)] = lambda book=book: form_page(book)  # type: ignore[misc]
        pages[f"{form_address(book)}form.json"] = lambda code=code: configuration(code)  # type: ignore[misc]
    return pages


def _checks(session: Session, books: Mapping[str, Book]) -> dict[str, Answer]:
    return {f"check/{code}": lambda code=code: _checked(session, code) for code in books}  # type: ignore[misc]


def _checked(session: Session, code: str) -> str:
    """Say what `check` finds, and in words what was changed since the session began."""
    loaded = load(session.root)
    own = [finding for finding in loaded.findings if not _is_of_translations(finding)]
    waiting = len(loaded.findings) - len(own)
    ending = f"Waiting for translators: {waiting}." if waiting else ""
    return answer(loaded.is_sound, as_text(own, ending), _reviewed(session, code) if loaded.is_sound else "")


def _reviewed(session: Session, code: str) -> str:
    """Tell as HTML what was changed since the session began; the Markdown holds nothing active of any text."""
    told = told_difference(*compare(session.root, session.base), Language(code), session.base)
    return str(MarkdownIt("commonmark", {"html": True}).render(told))


def _is_of_translations(finding: Finding) -> bool:
    """Tell what the editor of a role need not mend: what translators will."""
    return finding.code.startswith("translation-") or finding.code == "po-unknown"


def _farewell(branch: str, saved: int) -> str:
    if not saved:
        return "Nothing was saved, so there is no new branch."
    return f"Your changes are in the branch '{branch}' ({saved} saved). To propose them: git push -u origin {branch}"


EDIT = Command("edit", "Open the form in the browser, on a new branch of this repository.", _edit, _arguments)

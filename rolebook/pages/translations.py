"""The page that says how far the translations have come, what waits, and how anyone can help.

Each language has one such page, which lists all languages and, part by part, its own texts: so the pages grow with the
languages, not with their square.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.addresses import address_of
from rolebook.coverage import OPEN, FileCoverage, Standing, cover
from rolebook.languages import Language
from rolebook.messages import State
from rolebook.pages.page import Book, Link, Page, Texts, make_page
from rolebook.pages.whereabouts import PARTS, page_of

STATES = (State.TRANSLATED, *OPEN)
PARTS_SHOWN = 20
TEXTS_SHOWN = 3
_EXCERPT = 90
GUIDE = "contribute/translate.md"


@dataclass(frozen=True, slots=True)
class CountView:
    """How many texts are in a state, with a link to the first of them."""

    state: State
    number: Markup
    href: Markup | None
    is_nought: bool


@dataclass(frozen=True, slots=True)
class BarView:
    """The share of each state in per cent, in the order of the counts, and the words for what is done."""

    shares: tuple[tuple[State, Markup], ...]
    words: Markup


@dataclass(frozen=True, slots=True)
class RowView:
    """A language, or a part of the site, with its counts."""

    name: Markup
    href: Markup | None
    attributes: Markup
    bar: BarView | None
    counts: tuple[CountView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under one heading."""

    title: Markup | None
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that waits: its state, the first words of its source, its line and its page."""

    state: Markup
    words: Markup
    href: Markup | None
    page: Markup | None


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """A part of the site in which texts wait."""

    name: Markup
    texts: tuple[WaitingText, ...]
    more: Markup | None


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page written by hand that is not as its first one."""

    page: Link
    words: Markup
    edit: Link | None


@dataclass(frozen=True, slots=True)
class TranslationsView:
    """Everything the page prints."""

    title: Markup
    states: tuple[State, ...]
    languages: tuple[GroupView, ...]
    parts: tuple[GroupView, ...]
    waiting: tuple[WaitingPart, ...]
    more: Markup | None
    pages: tuple[WaitingPage, ...]
    weblate: Markup | None
    guide: Markup | None


def translations_page(book: Book) -> Page:
    """Make the page of one language."""
    texts = Texts(book, "translations/")
    coverage = cover(book.messages, book.language)
    worst = coverage.worst_first()
    has_guide = GUIDE in book.docs.pages.get(book.language.code, {})
    view = TranslationsView(
        texts.ui("translations.title"),
        STATES,
        (GroupView(None, tuple(_languages(texts))),),
        tuple(_groups(texts, coverage.files)),
        tuple(_waiting(texts, file) for file in worst[:PARTS_SHOWN]),
        texts.ui("translations.more-parts", n=len(worst) - PARTS_SHOWN) if len(worst) > PARTS_SHOWN else None,
        tuple(_pages(texts)),
        markup.address(book.settings.weblate) if book.settings.weblate else None,
        texts.resolve("/contribute/translate/") if has_guide else None,
    )
    return make_page(
        book,
        texts,
        template="translations.md.j2",
        title=texts.ui_bare("translations.title"),
        description=texts.ui_bare("translations.intro"),
        view=view,
    )


def _languages(texts: Texts) -> Iterator[RowView]:
    """Tell of every language, each by its own name, with a link to its own page."""
    for language in texts.book.catalog.languages:
        counts = texts.book.counts[language.code]
        own = language.code == texts.language.code
        attributes = Markup(' lang="{0}" dir="{1}" hreflang="{0}"').format(language.code, language.direction)
        yield RowView(
            markup.plain(language.name),
            markup.address("#parts") if own else texts.elsewhere(language, f"/{texts.url}"),
            attributes,
            _bar(texts, counts, sum(counts.values())),
            tuple(_count(texts, state, counts, None) for state in STATES),
        )


def _groups(texts: Texts, files: Iterable[FileCoverage]) -> Iterator[GroupView]:
    """Sort the parts of the site: what all roles share, then the roles by family."""
    roles = texts.book.catalog.roles
    shared = [file for file in files if not file.domain.startswith("roles/")]
    if shared:
        yield GroupView(None, tuple(_part(texts, file) for file in shared))
    for family in texts.book.catalog.families.values():
        own = [file for file in files if (role := roles.get(_role(file))) and role.family == family.id]
        ordered = texts.language.sort(own, key=lambda file: texts.bare(roles[_role(file)], "title"))
        if ordered:
            yield GroupView(texts.plain(family, "title"), tuple(_part(texts, file) for file in ordered))


def _role(file: FileCoverage) -> str:
    return file.domain.rpartition("/")[2] if file.domain.startswith("roles/") else ""


def _part(texts: Texts, file: FileCoverage) -> RowView:
    link = _name(texts, file)
    counts = tuple(_count(texts, state, file.counts, file) for state in STATES)
    return RowView(link.words, link.href or None, Markup(""), _bar(texts, file.counts, file.total), counts)


def _name(texts: Texts, file: FileCoverage) -> Link:
    """Name a part of the site, with its page where it has one."""
    role = texts.book.catalog.roles.get(_role(file))
    if role:
        return texts.link(texts.plain(role, "title"), f"/roles/{role.id}/")
    shared = texts.ui(PARTS.get(file.domain, PARTS["vocabulary"]))
    return Link(shared, Markup(""))


def _count(texts: Texts, state: State, counts: Mapping[State, int], file: FileCoverage | None) -> CountView:
    first = file.first(state) if file and file.exists and state is not State.TRANSLATED else None
    href = _line(texts, first) if first else None
    return CountView(state, markup.plain(texts.language.number(counts[state])), href, not counts[state])


def _line(texts: Texts, standing: Standing) -> Markup | None:
    """Link the line of a text where the files are kept."""
    if not texts.book.settings.repo_url:
        return None
    return texts.book.settings.line(standing.place.path, standing.place.line)


def _bar(texts: Texts, counts: Mapping[State, int], total: int) -> BarView | None:
    """Show shares; what is done is rounded down, so that only what is whole is called whole."""
    if not total:
        return None
    shares = tuple((state, markup.address(f"{counts[state] * 100 / total:.3g}")) for state in STATES if counts[state])
    percent = texts.language.percent(counts[State.TRANSLATED] * 100 // total)
    return BarView(shares, texts.ui("translations.percent", percent=percent))


def _waiting(texts: Texts, file: FileCoverage) -> WaitingPart:
    waiting = file.open_texts()
    rest = len(waiting) - TEXTS_SHOWN
    return WaitingPart(
        _name(texts, file).words,
        tuple(_text(texts, file, standing) for standing in waiting[:TEXTS_SHOWN]),
        texts.ui("translations.more", n=rest) if rest > 0 else None,
    )


def _text(texts: Texts, file: FileCoverage, standing: Standing) -> WaitingText:
    message = standing.message
    page = page_of(texts.book.catalog, message)
    source = Language(message.language)
    words = Markup('<span lang="{}" dir="{}">{}</span>').format(
        source.code, source.direction, markup.plain(_excerpt(message.source, message.is_rich))
    )
    return WaitingText(
        texts.ui(f"state.{standing.state.value}"),
        words,
        _line(texts, standing) if file.exists else None,
        texts.resolve(page) if page else None,
    )


def _excerpt(source: str, is_rich: bool) -> str:
    words = " ".join((markup.words(source) if is_rich else source).split())
    return f"{words[:_EXCERPT].rstrip(' .,;:')}…" if len(words) > _EXCERPT else words


def _pages(texts: Texts) -> Iterator[WaitingPage]:
    """List the pages written by hand that are not translated, or whose sections differ."""
    docs, code = texts.book.docs, texts.language.code
    first = docs.pages.get(texts.book.catalog.default_language.code, {})
    for name, headings in docs.pages.get(code, {}).items():
        path = f"docs/{code}/{name}"
        if path in docs.borrowed:
            words = texts.ui("mark.missing", language=Language(docs.borrowed[path]).name)
        elif headings != first.get(name, headings):
            words = texts.ui("translations.page-outdated")
        else:
            continue
        settings = texts.book.settings
        edit = Link(texts.ui("foot.edit-translation"), settings.edit(path)) if settings.repo_url else None
        yield WaitingPage(texts.link(markup.plain(name), address_of(name)), words, edit)

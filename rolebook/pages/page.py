"""The parts every page is made of: its texts in one language, its links, its head."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from posixpath import relpath
from typing import TypeAlias
from urllib.parse import quote, quote_plus, urlsplit

from markupsafe import Markup

from rolebook import markup
from rolebook.addresses import Docs
from rolebook.catalog import Catalog, Entry
from rolebook.coverage import Counts
from rolebook.history import NO_HISTORY, History
from rolebook.keywords import NO_KEYWORDS, Keywords
from rolebook.ladders import Ladders
from rolebook.languages import Language
from rolebook.messages import PLACEHOLDER, Key, Messages, State, Translation
from rolebook.schema import Aliases, Model, Role, Skill, Tool

_PIECES = re.compile(f"({PLACEHOLDER.pattern})")
_NOT_IN_QUERY = re.compile(r"[^\w.~/:-]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What pages need of the site's configuration."""

    repo_url: str = ""
    branch: str = "main"
    site_url: str = ""
    """Where the site will stand, with a slash at its end; empty where that is not known."""
    weblate: str = ""
    """Where the texts are translated in the browser; empty where that is nowhere."""
    form: Mapping[str, str] = field(default_factory=dict)
    """How the form in the browser signs people in at the forge; empty where the site has no form."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """The colours of the header in `light` and `dark`, and that of the `page`, for browsers' own bars."""

    def edit(self, path: str) -> Markup:
        """Give the address of the forge's editor for a file."""
        prefix = "-/edit" if self._is_gitlab else "edit"
        return markup.address(f"{self.repo_url}/{prefix}/{quote(self.branch)}/{quote(path)}")

    def line(self, path: str, line: int) -> Markup:
        """Give the address of a line of a file on the forge."""
        prefix = "-/blob" if self._is_gitlab else "blob"
        return markup.address(f"{self.repo_url}/{prefix}/{quote(self.branch)}/{quote(path)}#L{line}")

    def suggest(self, title: str, page: str, file: str, section: str = "") -> Markup:
        """Give the address of the forge's form for a suggestion, with what is known filled in.

        The forms are .github/ISSUE_TEMPLATE/suggest.yml, whose fields are filled by their ids, and
        .gitlab/issue_templates/suggest.md, to which the description is added.
        """
        facts = {"page": page, "section": section, "file": file}
        if self._is_gitlab:
            lines = [f"- {name.capitalize()}: {value}" for name, value in facts.items() if value]
            fields = {"issuable_template": "suggest", "issue[title]": title, "issue[description]": "\n".join(lines)}
        else:
            fields = {"template": "suggest.yml", "title": title, **facts}
        query = "&".join(f"{quote(name)}={_in_query(value)}" for name, value in fields.items() if value)
        return markup.address(f"{self.repo_url}/{'-/' if self._is_gitlab else ''}issues/new?{query}")

    @property
    def _is_gitlab(self) -> bool:
        return "gitlab" in (urlsplit(self.repo_url).hostname or "")


def _in_query(text: str) -> str:
    """Write a text for a query; letters of all scripts stay, because browsers encode them and pages stay small."""
    return _NOT_IN_QUERY.sub(lambda signs: quote_plus(signs.group()), text)


@dataclass(frozen=True, slots=True)
class Book:
    """One language's view of the knowledge base."""

    catalog: Catalog
    messages: Messages
    settings: Settings
    language: Language
    ladders: Ladders
    docs: Docs = field(default_factory=Docs)
    """The pages that were written by hand."""
    counts: Counts = field(default_factory=dict)
    """How many texts of every language are in each state."""
    history: History = NO_HISTORY
    today: date | None = None
    """The day on which reviews are judged; without one nothing is said of them."""
    keywords: Keywords = NO_KEYWORDS
    """What people type for pages, beside what they are called."""

    @property
    def site_url(self) -> str:
        """Give where the language's tree will stand, with a slash at its end; empty where that is not known."""
        base = self.settings.site_url
        is_root = not base or self.language.code == self.catalog.default_language.code
        return base if is_root else f"{base}{self.language.code}/"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: Markup
    href: Markup


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says at its top of the state of its texts."""

    kind: str
    text: Markup


@dataclass(frozen=True)
class Page:
    """A finished page: where it goes, what stands in its head, and the view its template prints."""

    path: str
    """Relative to docs/, such as uk/roles/index.md."""
    template: str
    title: str
    description: str
    view: object
    texts: "Texts"
    head: Mapping[str, object] = field(default_factory=dict)
    """Further front matter."""
    crumbs: tuple[Link, ...] = ()


Plan: TypeAlias = dict[tuple[str, ...], Callable[[], tuple[str, ...]]]
"""How the texts of files are made, those together that are made of the same; by their paths below docs/."""


class Texts:
    """The texts of one page in one language; counts the states of what it gave out.

    Everything it gives as Markup is safe in Markdown and HTML; a text that is not in the page's language carries
    its own lang and a mark.
    """

    def __init__(self, book: Book, url: str) -> None:
        self.book = book
        self.language = book.language
        self.url = url
        self.states: Counter[State] = Counter()

    def plain(self, entry: Entry[Model], *address: str) -> Markup:
        """Give a text without markup, such as a title."""
        translation = self._translate(entry, address)
        return self._marked(markup.plain(translation.text), translation)

    def rich(self, entry: Entry[Model], *address: str) -> Markup:
        """Give a text with its emphasis and links, in one run."""
        return Markup("<br>").join(self.paragraphs(entry, *address))

    def paragraphs(self, entry: Entry[Model], *address: str) -> tuple[Markup, ...]:
        """Give a text with its emphasis and links, paragraph by paragraph."""
        translation = self._translate(entry, address)
        parts = markup.paragraphs(translation.text, self.resolve)
        return tuple(self._marked(part, translation) for part in parts)

    def bare(self, entry: Entry[Model], *address: str) -> str:
        """Give a text unescaped and without markup, for sorting, front matter and machines."""
        key = _key(entry, address)
        text = self.book.messages.translate(key, self.language).text
        return markup.words(text) if self.book.messages.sources[key].is_rich else text

    def is_own(self, entry: Entry[Model], *address: str) -> bool:
        """Tell whether a text is there in the page's language."""
        return self.book.messages.translate(_key(entry, address), self.language).state is not State.MISSING

    def unmarked(self, entry: Entry[Model], *address: str) -> Markup:
        """Give a text without markup for an option or an attribute, where no mark can stand."""
        return markup.plain(self._translate(entry, address).text)

    def lines(self, entry: Entry[Model], *address: str) -> tuple[str, ...]:
        """Give a list that is translated as a whole, such as aliases, unescaped."""
        return Aliases.one_by_one(self.book.messages.translate(_key(entry, address), self.language).text)

    def other_names(self, entry: Entry[Role] | Entry[Skill] | Entry[Tool]) -> tuple[str, ...]:
        """Give the other names of something one by one, unescaped; none where it has none."""
        return self.lines(entry, "aliases") if entry.model.aliases else ()

    def names(self, entry: Entry[Model], *address: str) -> Markup:
        """Give a list that is translated as a whole, joined with the language's commas."""
        translation = self._translate(entry, address)
        return self._marked(self.enumeration(Aliases.one_by_one(translation.text)), translation)

    def ui(self, key: str, n: int | None = None, **values: object) -> Markup:
        """Give a text of the interface with its placeholders filled; `n` chooses the plural form."""
        if n is not None:
            values["n"] = self.language.number(n)
        translation = self._interface(key, n)
        pieces = _pieces(translation.text)
        if len(pieces) == 1 and isinstance(pieces[0], Markup):  # as most are
            return self._marked(pieces[0], translation)
        filled = (piece if isinstance(piece, Markup) else _filled(values, piece) for piece in pieces)
        return self._marked(Markup("").join(filled), translation)

    def label(self, key: str) -> Markup:
        """Give a text of the interface for an attribute, where no mark can stand."""
        return markup.plain(self._interface(key, None).text)

    def ui_bare(self, key: str, n: int | None = None, **values: str) -> str:
        """Give a text of the interface unescaped, for front matter and machines."""
        if n is not None:
            values["n"] = self.language.number(n)
        text = self._interface(key, n).text
        return _PIECES.sub(lambda match: values.get(match.group()[1:-1], match.group()), text)

    def plural_forms(self, key: str) -> dict[str, str]:
        """Give all plural forms of a text of the interface for a script, unescaped and unfilled, by CLDR's category."""
        translation = partial(self.book.messages.plural, ("ui", key), self.language)
        return {category: translation(number).text for category, number in self.language.plural_examples.items()}

    def form_bare(self, address: str) -> str:
        """Give a label or hint of the form unescaped, which other pages call fields by as well."""
        return self.book.messages.translate(("form", address), self.language).text

    def _interface(self, key: str, n: int | None) -> Translation:
        address: Key = ("ui", key)
        translation = self.book.messages.translate(address, self.language)
        self.states[translation.state] += 1
        return translation if n is None else self.book.messages.plural(address, self.language, n)

    @property
    def address(self) -> str:
        """Give where the page will stand; from the root of its language's tree where no more is known."""
        return f"{self.book.site_url or '/'}{self.url}"

    def link(self, words: Markup, target: str) -> Link:
        """Make a link to a page of the site, written from its root."""
        return Link(words, self.resolve(target))

    def resolve(self, target: str) -> Markup:
        """Turn a page of the site, written from its root as /roles/, into a link from this page."""
        if not markup.is_internal(target):
            return markup.address(target)
        path, mark, anchor = target.partition("#")
        relative = relpath(path, f"/{self.url}")
        return markup.address(f"{relative}{'/' if path.endswith('/') else ''}{mark}{anchor}")

    def elsewhere(self, language: Language, target: str) -> Markup:
        """Turn a page in another language's tree, written from that tree's root, into a link from this page."""
        default = self.book.catalog.default_language.code
        own, other = ("" if code == default else f"/{code}" for code in (self.language.code, language.code))
        return markup.address(f"{relpath(f'{other}{target}', f'{own}/{self.url}')}/")

    def enumeration(self, words: Iterable[str]) -> Markup:
        """Join words with the language's commas."""
        return self.ui("list.comma").join(markup.plain(word) for word in words)

    def notices(self) -> tuple[Notice, ...]:
        """Say what of the page is not, or no longer, in the reader's language; to be asked when all is printed."""
        kinds = (State.MISSING, State.OUTDATED, State.UNCHECKED)
        counted = {kind: self.states[kind] for kind in kinds}
        return tuple(
            Notice(kind.value, self.ui(f"notice.{kind.value}", n=count)) for kind, count in counted.items() if count
        )

    def _translate(self, entry: Entry[Model], address: Iterable[str]) -> Translation:
        translation = self.book.messages.translate(_key(entry, address), self.language)
        self.states[translation.state] += 1
        return translation

    def _marked(self, text: Markup, translation: Translation) -> Markup:
        """Wrap a text that is not quite the reader's in a span that says so."""
        if translation.state in (State.SOURCE, State.TRANSLATED):
            return text
        language = Language(translation.language)
        label = self.ui_bare(f"mark.{translation.state.value}", language=language.name)
        own = Markup(' lang="{}" dir="{}"').format(language.code, language.direction)
        return Markup('<span class="rb-state rb-state--{}" title="{}"{}>{}</span>').format(
            translation.state.value,
            markup.plain(label),
            own if translation.state is State.MISSING else Markup(""),
            text,
        )


@lru_cache(maxsize=10_000)
def _pieces(text: str) -> tuple[str, ...]:
    """Part a text at its placeholders; what stands between is Markup."""
    pieces = filter(None, _PIECES.split(text))
    return tuple(piece if PLACEHOLDER.fullmatch(piece) else markup.plain(piece) for piece in pieces)


def _filled(values: Mapping[str, object], piece: str) -> Markup:
    value = values.get(piece[1:-1], piece)  # an outdated translation may have a placeholder that is gone
    return value if isinstance(value, Markup) else markup.plain(str(value))


def _key(entry: Entry[Model], address: Iterable[str]) -> Key:
    return entry.domain, ".".join((entry.address, *address))


def make_page(
    book: Book,
    texts: Texts,
    *,
    template: str,
    title: str,
    description: str,
    view: object,
    crumbs: tuple[Link, ...] = (),
    head: Mapping[str, object] | None = None,
) -> Page:
    """Make a page at the texts' address."""
    path = f"{book.language.code}/{texts.url}index.md"
    return Page(path, template, title, description, view, texts, head or {}, crumbs)

"""When roles changed and by what: the history of each role, the recent changes of all, and their feed."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from xml.etree import ElementTree

from markupsafe import Markup

from rolebook import markup
from rolebook.catalog import Entry
from rolebook.changes import ThingChange
from rolebook.history import Event
from rolebook.pages.page import Book, Link, Page, Plan, Texts, make_page
from rolebook.pages.parts import Fact, role_link
from rolebook.pages.telling import Section, Teller, Told
from rolebook.schema import Role

RECENT = 50
"""Events on the page of recent changes; older ones stand in the histories of roles, and in git."""
MOST = 100
"""Events on the page of one role's history; git holds the rest."""
FEED = "feed.xml"
FEW_LINES = 6
"""Lines that the page of recent changes shows of one thing; of more it gives an outline."""
_MANY_NAMES = 30
_UNNAMED = "changes.title"
"""What a change is called of which nobody wrote anything."""
_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class ThingView:
    """A thing that changed: what it is, what happened to it, and its changes, as an outline where they are many."""

    kind: Markup
    name: Markup
    href: Markup | None
    what: Markup
    sections: tuple[Section, ...]
    outline: Markup | None
    whole: Link | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """Things of one kind to which the same happened as a whole."""

    kind: Markup
    what: Markup
    names: Markup


@dataclass(frozen=True, slots=True)
class EventView:
    """What one commit changed."""

    id: str
    day: Markup
    subject: Markup
    things: tuple[ThingView, ...]
    groups: tuple[GroupView, ...]
    untold: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """The events of one day."""

    id: str
    title: Markup
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything the page of one role's history prints."""

    title: Markup
    intro: Markup
    events: tuple[EventView, ...]
    more: Markup | None
    """How many older events are left out."""
    begins: bool
    """Whether what stands at its end is the beginning of the role."""


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything the page of recent changes prints."""

    title: Markup
    intro: Markup
    feed: Link | None
    days: tuple[DayView, ...]


def history_page(book: Book, role: Entry[Role]) -> Page:
    """Make the page of a role's history; there must be one."""
    texts = Texts(book, f"roles/{role.id}/history/")
    events = book.history.of_role(role.id)
    view = HistoryView(
        texts.ui("history.title", role=texts.plain(role, "title")),
        texts.ui("history.intro"),
        tuple(_event(texts, event, is_whole=True) for event in events[:MOST]),
        texts.ui("diff.more", n=len(events) - MOST) if len(events) > MOST else None,
        book.history.is_whole,
    )
    return make_page(
        book,
        texts,
        template="history.md.j2",
        title=texts.ui_bare("history.title", role=texts.bare(role, "title")),
        description=texts.ui_bare("history.intro"),
        view=view,
        crumbs=(texts.link(texts.ui("nav.roles"), "/roles/"), role_link(texts, role)),
        head={"hide": ["toc"]},
    )


def changes_page(book: Book) -> Page:
    """Make the page of recent changes; without a history it says that there is none."""
    texts = Texts(book, "changes/")
    recent = sorted(book.history.newest(RECENT), key=lambda event: event.day, reverse=True)
    view = ChangesView(
        texts.ui("changes.title"),
        texts.ui("changes.intro"),
        Link(texts.ui("changes.feed"), markup.address(FEED)) if recent else None,
        tuple(
            DayView(
                f"day-{day.isoformat()}",
                markup.plain(texts.language.long_date(day)),
                tuple(_event(texts, event, is_whole=False) for event in events),
            )
            for day, events in groupby(recent, key=lambda event: event.day)
        ),
    )
    feed = {"feed": FEED, "feed_title": markup.attribute(_feed_title(texts))} if recent else {}
    return make_page(
        book,
        texts,
        template="changes.md.j2",
        title=texts.ui_bare("changes.title"),
        description=texts.ui_bare("changes.intro"),
        view=view,
        head={"hide": ["toc"], **feed},
    )


def last_changed(texts: Texts, role: Entry[Role]) -> tuple[Fact, ...]:
    """Give the line of the summary card that says when a role was last changed; none where that is not known."""
    events = texts.book.history.of_role(role.id)
    if not events:
        return ()
    day = markup.plain(texts.language.long_date(events[0].day))
    return (Fact(texts.ui("card.changed"), day, texts.resolve(f"/roles/{role.id}/history/")),)


def last_changes(texts: Texts, role: Entry[Role]) -> tuple[Markup, ...]:
    """Say when and by what a role, and its translation, was last changed; nothing where that is not known."""
    history, said = texts.book.history, []
    if events := history.of_role(role.id):
        day = texts.language.long_date(events[0].day)
        said.append(texts.ui("role.last-change", day=day, subject=_subject(texts, events[0].subject)))
    touch = history.touch(texts.language.code, role.id)
    if touch and role.language != texts.language.code:
        day = texts.language.long_date(touch.day)
        said.append(texts.ui("role.last-translation", day=day, subject=_subject(texts, touch.subject)))
    return tuple(said)


def anchor(event: Event) -> str:
    """Give the anchor of an event, the same on every page."""
    return f"change-{event.commit[:12]}"


def _subject(texts: Texts, subject: str) -> Markup:
    """Quote what was written of a change, in whatever language that was; where nothing was, say what the feed says."""
    if not subject:
        return texts.ui(_UNNAMED)
    return Markup('<bdi lang="">{}</bdi>').format(markup.plain(subject))


def _event(texts: Texts, event: Event, is_whole: bool) -> EventView:
    teller = Teller(texts)
    told = [(change, teller.thing(change)) for change in event.account.changes]
    return EventView(
        anchor(event),
        markup.plain(texts.language.long_date(event.day)),
        _subject(texts, event.subject),
        tuple(_thing(teller, event, change, thing, is_whole) for change, thing in told if thing.count or is_whole),
        () if is_whole else tuple(_groups(texts, [thing for _, thing in told if not thing.count])),
        bool(event.account.untold),
    )


def _thing(teller: Teller, event: Event, change: ThingChange, told: Told, is_whole: bool) -> ThingView:
    texts = teller.texts
    outline, whole = None, None
    if not is_whole and told.count > FEW_LINES:
        counts = (Markup("{} {}").format(title, texts.language.number(count)) for title, count in told.outline)
        said = texts.ui("list.comma").join(counts)
        outline = Markup("{}{}{}").format(texts.ui("diff.changes", n=told.count), texts.ui("list.colon"), said)
        role = _role_of(texts, event, change)
        whole = texts.link(texts.ui("changes.whole"), f"/roles/{role}/history/#{anchor(event)}") if role else None
    shown = () if whole else teller.sections(change)
    return ThingView(told.kind, told.name, told.href, told.what, shown, outline, whole)


def _role_of(texts: Texts, event: Event, change: ThingChange) -> str:
    """Give the role of today whose history tells of a change; none where there is no such page."""
    roles = texts.book.catalog.roles
    known = change.id if change.kind == "roles" and change.id in roles else ""
    return known if any(other.commit == event.commit for other in texts.book.history.of_role(known)[:MOST]) else ""


def _groups(texts: Texts, told: Iterable[Told]) -> Iterator[GroupView]:
    groups: dict[tuple[Markup, Markup], list[Markup]] = {}
    for thing in told:
        name = Markup('<a href="{}">{}</a>').format(thing.href, thing.name) if thing.href else thing.name
        groups.setdefault((thing.kind, thing.what), []).append(name)
    for (kind, what), names in groups.items():
        more = [texts.ui("diff.more", n=len(names) - _MANY_NAMES)] if len(names) > _MANY_NAMES else []
        yield GroupView(kind, what, texts.ui("list.comma").join([*names[:_MANY_NAMES], *more]))


# The feed


def plan_feed(book: Book) -> Plan:
    """Give how the Atom feed of one language is made; there is none where nothing is known."""
    return {(f"{book.language.code}/changes/{FEED}",): partial(_feed, book)} if book.history.newest(1) else {}


def _feed(book: Book) -> tuple[str, ...]:
    events = book.history.newest(RECENT)
    texts = Texts(book, "changes/")
    page = f"{book.site_url}changes/" if book.site_url else ""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, _XML_LANG: book.language.code})
    _add(feed, "title", _feed_title(texts))
    _add(feed, "id", _urn(book, f"feed:{book.settings.site_url or book.settings.repo_url}"))
    _add(feed, "updated", max(event.time for event in events).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(_add(feed, "author"), "name", texts.ui_bare("site.name"))
    _add(feed, "link", rel="self", href=f"{page}{FEED}", type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page or "./", type="text/html", hreflang=book.language.code)
    for event in events:
        entry = _add(feed, "entry")
        _add(entry, "title", event.subject or texts.ui_bare(_UNNAMED))
        _add(entry, "id", _urn(book, event.commit))
        _add(entry, "updated", event.time.strftime("%Y-%m-%dT%H:%M:%SZ"))
        _add(entry, "link", rel="alternate", href=f"{page or './'}#{anchor(event)}", type="text/html")
        _add(entry, "summary", "; ".join(_summary(texts, event)), type="text")
    ElementTree.indent(feed, " ")
    body = ElementTree.tostring(feed, encoding="unicode")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n',)


def _feed_title(texts: Texts) -> str:
    return texts.ui_bare("changes.feed-title", site=texts.ui_bare("site.name"))


def _summary(texts: Texts, event: Event) -> Iterator[str]:
    """Name what changed, each with how much of it."""
    teller = Teller(texts)
    for change in event.account.changes[:_MANY_NAMES]:
        told = teller.thing(change)
        count = texts.ui_bare("diff.changes", n=told.count) if told.count else ""
        said = " ".join(filter(None, (told.what.striptags(), count)))
        yield f"{told.name.striptags()}{texts.ui_bare('list.colon')}{said}"
    if (more := len(event.account.changes) - _MANY_NAMES) > 0:
        yield texts.ui_bare("diff.more", n=more)


def _urn(book: Book, what: str) -> str:
    """Give an id made of a name and the language; that of a commit stays when the site moves."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"rolebook:{what}:{book.language.code}").urn


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text
    return element

"""Say a comparison to reviewers: as Markdown for a comment on a forge, as JSON for programs. Nothing is printed here.

What roles say is untrusted, and a forge makes more of a text than Markdown does: nothing here may become a mention, a
reference to an issue, a command, an image or a link of its own.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup
from pydantic import TypeAdapter

from rolebook import markup
from rolebook.changes import ThingChange, What
from rolebook.comparison import Comparison, LanguageChange, NewFinding, TranslationChange
from rolebook.languages import Language
from rolebook.pages.page import Texts
from rolebook.pages.telling import Line, Section, Teller, Told
from rolebook.wording import Fate, legible, word_changes

LIMIT = 60_000
"""Signs of a report; GitHub takes 65,536 in a comment, and a workflow may add a line."""
MANY_LINES, LONG_TEXT, LONG_LIST = 12, 700, 10
_SHARE = LIMIT // 4
"""Signs that one thing may take before it is cut."""

_TAG = re.compile(r"</?(?:del|ins)\b[^>]*>|<[^>]+>")
_KEPT_TAG = re.compile(r"<(/?(?:del|ins))\b")
_SPACES = re.compile(r"\s+")
_BREAK = "&#8203;"  # a space of no width, which parts what a forge would put together
_SIGNS = re.compile(
    r"""(?P<escape>[\\`*_\[\]|{}])
    | (?P<reference>[<>&$~^"@\#])
    | (?P<part>[!%:](?=\S))
    | (?P<address>\bwww(?=\.)|\bGH(?=-\d))
    | (?P<commit>(?<![^\W_])[0-9a-f]{7,64}(?![^\W_]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLOCK_START = re.compile(r"[-+=/]|\d+(?=[.)])")


def as_json(comparison: Comparison) -> str:
    """Give everything in the shape of `rolebook.comparison.Comparison`."""
    return TypeAdapter(Comparison).dump_json(comparison, indent=1).decode()


def as_markdown(comparison: Comparison, texts: Texts, former: Texts, command: str) -> str:
    """Give the report in the language of the texts; `command` is what shows all where it had to be cut."""
    return _Report(comparison, texts, former).text(command)


def harmless(said: Markup | str) -> str:
    """Write words of the site for a forge: text with deletions and insertions, and nothing that is active."""
    text: list[str] = []
    at = 0
    for tag in _TAG.finditer(said):
        text.append(_escaped(said[at : tag.start()], at_start=not text))
        if kept := _KEPT_TAG.match(tag.group()):
            text.append(f"<{kept.group(1)}>")
        at = tag.end()
    text.append(_escaped(said[at:], at_start=not text))
    return _SPACES.sub(" ", "".join(text)).strip()


def _escaped(said: str, at_start: bool) -> str:
    text = _SPACES.sub(" ", html.unescape(said))
    escaped = _SIGNS.sub(_inert, text)
    if at_start and (start := _BLOCK_START.match(escaped)):
        return f"{_BREAK}{escaped}" if start else escaped
    return escaped


def _inert(found: re.Match[str]) -> str:
    sign = found.group()
    match found.lastgroup:
        case "escape":
            return f"\\{sign}"
        case "reference":
            follows = found.string[found.end() : found.end() + 1].strip()
            return f"&#{ord(sign)};{_BREAK if follows and sign in '@#~$^&' else ''}"
        case "commit":
            return _BREAK.join(re.findall(".{1,5}", sign)) if re.search(r"\d", sign) else sign
        case _:
            return f"{sign}{_BREAK}"


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the report: its name for the sentence that says what was cut, in full, and in short."""

    name: Markup
    full: str
    short: str = ""


class _Report:
    """Writes one report; knows the catalog of both states for the names of things."""

    def __init__(self, comparison: Comparison, texts: Texts, former: Texts) -> None:
        self.comparison = comparison
        self.texts = texts
        self.former = former
        self.teller = Teller(texts, former)

    def text(self, command: str) -> str:
        """Put the parts together, the important first, as long as there is room."""
        pieces = [f"## {self.ui('diff.title')}", self._summary()]
        left_out: list[Markup] = []
        room = LIMIT - sum(len(piece) + 2 for piece in pieces) - 1500  # for the sentence that says what was cut
        for block in self._blocks():
            chosen = next((text for text in (block.full, block.short) if text and len(text) + 2 <= room), "")
            if chosen:
                pieces.append(chosen)
                room -= len(chosen) + 2
            if chosen != block.full:
                left_out.append(block.name)
        if left_out:
            pieces.append(f"> {self.ui('diff.cut', what=self._named(left_out), command=command)}")
        return "\n\n".join(pieces) + "\n"

    def ui(self, key: str, n: int | None = None, **values: object) -> str:
        """Give a text of the interface for a forge."""
        return harmless(self.texts.ui(key, n, **values))

    def _some(self, names: Sequence[str], most: int = LONG_LIST) -> str:
        more = [self.ui("diff.more", n=len(names) - most)] if len(names) > most else []
        return self.texts.ui_bare("list.comma").join([*names[:most], *more])

    def _named(self, names: Sequence[Markup]) -> Markup:
        """Join names before they are made harmless, to stand within a text of the interface."""
        more = [self.texts.ui("diff.more", n=len(names) - LONG_LIST)] if len(names) > LONG_LIST else []
        return self.texts.ui("list.comma").join([*names[:LONG_LIST], *more])

    def _colon(self, label: str, said: str) -> str:
        return f"{label}{self.texts.ui_bare('list.colon')}{said}"

    # What stands at the top

    def _summary(self) -> str:
        lines = [*self._counts(), *self._errors(), *self._onboarding(), *self._translations()]
        return "\n".join(f"- {line}" for line in lines) if lines or self._has_blocks() else self.ui("diff.nothing")

    def _has_blocks(self) -> bool:
        return next(self._blocks(), None) is not None

    def _counts(self) -> Iterator[str]:
        things = self.comparison.things
        groups = {
            "diff.roles": [change for change in things if change.kind == "roles"],
            "diff.vocabulary": [change for change in things if change.kind != "roles"],
        }
        for key, changes in groups.items():
            counts = [(what, sum(1 for change in changes if change.what is what)) for what in _TOLD_ORDER]
            said = [self.ui(f"diff.count-{what.value}", n=count) for what, count in counts if count]
            if said:
                yield self._colon(f"**{self.ui(key)}**", self._some(said))

    def _errors(self) -> Iterator[str]:
        findings = self.comparison.new_findings
        for severity in ("error", "warning"):
            if count := sum(1 for finding in findings if finding.severity == severity):
                yield f"**{self.ui(f'diff.{severity}s', n=count)}**"
        if self.comparison.mended_findings:
            yield self.ui("diff.mended", n=self.comparison.mended_findings)

    def _onboarding(self) -> Iterator[str]:
        if self.comparison.onboarding:
            names = [self._role(role) for role in self.comparison.onboarding]
            yield self._colon(self.ui("diff.onboarding"), self._some(names))

    def _translations(self) -> Iterator[str]:
        """Tell languages with which the same happens in one line."""
        told = [(self._language(change), self._translation_counts(change)) for change in self.comparison.translations]
        for said, group in groupby(sorted(told, key=lambda pair: pair[1]), key=lambda pair: pair[1]):
            names = harmless(_capitalised(self._named([name for name, _ in group])))
            if said:
                yield self._colon(f"**{self.ui('diff.translations')}**", self._colon(names, said))

    def _language(self, change: LanguageChange) -> Markup:
        return markup.plain(Language(change.language).name_in(self.texts.language))

    def _translation_counts(self, change: LanguageChange) -> str:
        whole = [] if change.what is What.CHANGED else [self.ui(f"diff.language-{change.what.value}")]
        counts = {
            "diff.outdated": change.outdated,
            "diff.missing": change.missing,
            "diff.unchecked": change.unchecked,
            "diff.repaired": change.repaired,
            "diff.translated": change.added,
            "diff.reworded": change.reworded,
            "diff.orphaned": change.orphaned,
        }
        return self._some([*whole, *(self.ui(key, n=count) for key, count in counts.items() if count)])

    # The parts

    def _blocks(self) -> Iterator[_Block]:
        if attention := "\n".join(self._attention()):
            heading = self.texts.ui("diff.attention")
            yield _Block(heading, f"### {harmless(heading)}\n\n{attention}")
        yield from self._things("diff.roles", lambda change: change.kind == "roles")
        yield from self._things("diff.vocabulary", lambda change: change.kind != "roles")
        if self.comparison.pages:
            heading = self.texts.ui("diff.pages")
            lines = [self._page(change.what, change.path) for change in self.comparison.pages]
            yield _Block(heading, "\n".join([f"### {harmless(heading)}", "", *self._list(lines)]))
        for change in self.comparison.translations:
            if wordings := [text for text in change.texts if text.text_before or text.text_after]:
                yield self._wordings(self._language(change), wordings)

    def _page(self, what: What, path: str) -> str:
        return self.ui(f"change.{what.value}", what=path) if what is not What.CHANGED else harmless(markup.plain(path))

    def _attention(self) -> Iterator[str]:
        findings = self.comparison.new_findings
        for severity, most in (("error", 3 * LONG_LIST), ("warning", 3)):
            some = sorted((finding for finding in findings if finding.severity == severity), key=lambda one: one.code)
            for _, alike in groupby(some, key=lambda finding: finding.code):
                yield from self._list(list(self._findings(alike)), most)
        lists: dict[str, list[str]] = {
            "diff.unread": [_path(path) for path in _both(self.comparison.unread_before, self.comparison.unread_after)],
            "diff.left-out": [_path(path) for path in self.comparison.left_out],
            "diff.unreachable": [self._role(role) for role in self.comparison.unreachable_roles],
            "diff.unused": [harmless(self.teller.title(item.kind, item.id)) for item in self.comparison.unused],
            "diff.lost-pages": [_path(path) for path in self.comparison.lost_pages],
        }
        for key, names in lists.items():
            if names:
                yield f"- {self._colon(self.ui(key), self._some(names))}"
        ends = groupby(self.comparison.lost_paths, key=lambda path: path.start)
        yield from self._list([self._lost_path(start, [path.end for path in paths]) for start, paths in ends])

    def _lost_path(self, start: str, ends: Iterable[str]) -> str:
        names = self._named([self.teller.title("role", end) for end in ends])
        return self.ui("diff.lost-path", start=self.teller.title("role", start), ends=names)

    def _findings(self, findings: Iterable[NewFinding]) -> Iterator[str]:
        """Say what is said of several files, such as those of all languages, once."""
        said: dict[str, list[str]] = {}
        for finding in findings:
            words = harmless(markup.plain(f"{finding.message} {finding.hint}"))
            said.setdefault(words, []).append(_path(f"{finding.path}:{finding.line}"))
        return (f"{self._some(places, 3)} {words}" for words, places in said.items())

    def _list(self, lines: list[str], most: int = 3 * LONG_LIST) -> list[str]:
        more = [self.ui("diff.more", n=len(lines) - most)] if len(lines) > most else []
        return [f"- {line}" for line in [*lines[:most], *more]]

    def _role(self, role: str) -> str:
        return harmless(self.teller.title("role", role))

    def _things(self, key: str, is_meant: Callable[[ThingChange], bool]) -> Iterator[_Block]:
        changes = sorted(filter(is_meant, self.comparison.things), key=lambda change: _TOLD_ORDER.index(change.what))
        heading = f"### {self.ui(key)}\n\n"
        for change in changes:
            block = self._thing(self.teller.thing(change), change)
            yield _Block(block.name, heading + block.full, heading + block.short)
            heading = ""

    def _thing(self, told: Told, change: ThingChange) -> _Block:
        name = harmless(told.name)
        kind = "" if change.kind == "roles" else f"{self._colon(harmless(told.kind), '')}"
        head = f"#### {kind}{name}"
        whole = harmless(told.what)
        top = "\n\n".join(filter(None, (head, whole)))
        if not told.count:
            return _Block(told.name, top)
        sections, outline = self.teller.sections(change), told.outline
        if change.what is What.ADDED and sections[0].title is None:  # what a new thing is, before all it holds
            top = "\n\n".join([top, "\n".join(f"- {self._line(line)}" for line in sections[0].lines)])
            sections, outline = sections[1:], outline[1:]
        lines = [line for section in sections for line in self._section(section)]
        kept = list(_fitting(lines, _SHARE))
        if len(kept) < len(lines):
            kept.append(f"- {self.ui('diff.more', n=len(lines) - len(kept))}")
        body, short = "\n".join(kept), self._outline(outline)
        if len(lines) > MANY_LINES:
            body = _folded(short, body)
        return _Block(told.name, f"{top}\n\n{body}".rstrip(), f"{top}\n\n{short}")

    def _outline(self, outline: Sequence[tuple[Markup, int]]) -> str:
        counted = self.ui("diff.changes", n=sum(count for _, count in outline))
        return self._colon(counted, self._some([f"{harmless(title)} {count}" for title, count in outline], 99))

    def _section(self, section: Section) -> Iterator[str]:
        title = section.title or self.texts.ui("compare.facts")
        yield f"- **{harmless(title)}**"
        yield from (f"  - {self._line(line)}".replace("\n", "\n  ") for line in section.lines)

    def _line(self, line: Line) -> str:
        words = harmless(line.words)
        if line.text is None:
            return words
        text = harmless(line.text)
        if len(text) > LONG_TEXT:
            return f"{words}\n{_indented(_folded(self.ui('diff.before-after'), text))}"
        return self._colon(words, text) if words else text

    def _wordings(self, language: Markup, texts: list[TranslationChange]) -> _Block:
        lines = []
        for text in texts:
            pieces = word_changes(text.text_before, text.text_after)
            said = "".join(_piece(piece.text, piece.fate) for piece in legible(pieces))
            lines.append(f"- {self._colon(harmless(self.teller.address(text.domain, text.address)), said)}")
        kept = list(_fitting(lines, _SHARE))
        if len(kept) < len(lines):
            kept.append(f"- {self.ui('diff.more', n=len(lines) - len(kept))}")
        summary = self.texts.ui("diff.wordings", language=language)
        return _Block(summary, _folded(harmless(summary), "\n".join(kept)))


_TOLD_ORDER = (What.ADDED, What.RETIRED, What.REMOVED, What.RENAMED, What.CHANGED)


def _both(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return sorted({*one, *other})


def _capitalised(words: Markup) -> Markup:
    return words[:1].upper() + words[1:]


def _path(path: str) -> str:
    return f"`{path}`" if re.fullmatch(r"[\w./:-]+", path) else harmless(markup.plain(path))


def _piece(text: str, fate: Fate) -> str:
    if fate is Fate.LEFT_OUT:
        return " … "
    tag = {Fate.ADDED: "ins", Fate.REMOVED: "del"}.get(fate)
    words = _escaped(text, at_start=True)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _indented(block: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in block.split("\n"))


def _fitting(lines: Iterable[str], room: int) -> Iterator[str]:
    """Give the first lines that fit."""
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line

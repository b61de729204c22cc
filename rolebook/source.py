"""Read YAML files strictly, keeping the line and column of every value.

Reads libyaml's events and not PyYAML's values, because its loaders lose data: `no` becomes false, `1.10` becomes
1.1, and a repeated key silently wins. Here every scalar stays text until the model gives it a type. Knows nothing
of roles.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from rolebook import limits
from rolebook.files import files_below, is_ordinary, strange
from rolebook.findings import Finding, Place, found
from rolebook.memory import recall
from rolebook.program import digest

# C0 and C1 controls but tab and line ends; line and paragraph separators; bidirectional embeddings, overrides and
# isolates (Unicode TR 36, "Trojan Source"); the byte order mark inside a text; non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|[ \t])(#)", re.MULTILINE)

Location: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; `quoted` tells an empty string on purpose from an empty value."""

    text: str
    line: int
    column: int
    length: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int

    def get(self, key: str) -> tuple[Scalar, "Node"] | None:
        """Find the entry of a key."""
        return next((entry for entry in self.entries if entry[0].text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """One file that was read: its path relative to the root, and its text, which holds values."""

    path: str
    text: str
    comments: tuple[int, ...] = ()
    """The lines that hold a comment, from 1."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Give its lines."""
        return _parsed(self.path, self.text).lines

    @property
    def root(self) -> Node:
        """Give its values with their places."""
        return _parsed(self.path, self.text).root

    def place(self, location: Location = (), of_key: bool = False) -> Place:
        """Find the line and column of a value, or of the last part of the location that exists."""
        node: Node = self.root
        mark: Scalar | Sequence | Mapping = node
        for step in location:
            if isinstance(node, Mapping) and (entry := node.get(str(step))):
                key, node = entry
                mark = key if of_key or not isinstance(node, Scalar) else node
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                mark = node
            else:
                break
        length = mark.length if isinstance(mark, Scalar) else 1
        return place_in(self.path, self.lines, mark.line, mark.column, length)

    def plain(self) -> Plain:
        """Give the values without their places; empty values are left out."""
        return _plain(self.root)


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of a file; where it stands is looked up when it is asked for."""

    file: SourceFile
    location: Location

    @property
    def place(self) -> Place:
        """Give its line and column."""
        return self.file.place(self.location)


class Rejected(Exception):  # noqa: N818 - says what happened to the file
    """A file that cannot be read, with the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def place_in(path: str, lines: tuple[str, ...], line: int, column: int, length: int = 1) -> Place:
    """Make a place with its line of text; line and column count from 1."""
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    return Place(path, line, column, max(1, min(length, len(excerpt) - column + 1)), excerpt)


def read_text(root: Path, path: Path, limit: int = limits.FILE_BYTES) -> str:
    """Read one file of at most `limit` bytes as UTF-8 text in NFC; raise Rejected where it is no such text."""
    name = path.relative_to(root).as_posix()
    try:
        if not is_ordinary(root, path):
            raise Rejected(strange(name))
        if (size := path.stat().st_size) > limit:
            message = f"The file holds {size:,} bytes, more than {limit:,}."
            raise Rejected(found("file-too-large", Place(name), message))
        text = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"Byte {error.start + 1} is not UTF-8 text."
        raise Rejected(found("unreadable-file", Place(name), message)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Rejected(found("unreadable-file", Place(name), f"The file cannot be read: {reason}.")) from error
    if ("<<<<<<< " in text or ">>>>>>> " in text) and (conflict := _CONFLICT.search(text)):
        lines = tuple(text.split("\n"))
        place = place_in(name, lines, text.count("\n", 0, conflict.start()) + 1, 1, 200)
        raise Rejected(found("merge-conflict", place, "Two changes of the same lines meet here, and git kept both."))
    return text


@dataclass(frozen=True, slots=True)
class RoleFiles:
    """The files below roles/, as paths relative to the root."""

    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()


GUIDES = ("FIELDS.md", "RULES.md", "TEMPLATE.yml", "role.schema.json", "skill.schema.json", "vocabulary.schema.json")
"""Files that stand in roles/ for people and editors, and are no roles."""


def family_complaint(id_: str) -> str:
    """Say why a family cannot be called so, because its folder holds other things; an empty text where it can."""
    if id_ != "vocabulary":
        return ""
    return "A family cannot be called 'vocabulary': the folder roles/vocabulary/ holds the lists."


def list_role_files(root: Path) -> RoleFiles:
    """List the files below roles/ by what they are taken for."""
    roles, skills, vocabulary, misplaced = [], [], [], []
    for path in files_below(root, root / "roles"):
        name = path.relative_to(root).as_posix()
        parts = path.relative_to(root / "roles").parts
        if path.is_dir() or parts[-1].startswith("."):  # links to folders are told as what they are
            continue
        if parts[:2] == ("vocabulary", "skills") and len(parts) == 3 and path.suffix == ".yml":
            skills.append(name)
        elif parts[0] != "vocabulary" and len(parts) == 2 and path.suffix == ".yml":
            roles.append(name)
        elif parts[0] == "vocabulary" and len(parts) == 2 and path.suffix == ".yml":
            vocabulary.append(name)
        elif name not in _GUIDES:
            misplaced.append(name)
    return RoleFiles(tuple(roles), tuple(skills), tuple(vocabulary), tuple(misplaced))


_GUIDES = frozenset(f"roles/{name}" for name in GUIDES)


def read_yaml(root: Path, path: Path) -> tuple[SourceFile | None, list[Finding]]:
    """Read one YAML file; give its values, or None with the findings that say why not."""
    name = path.relative_to(root).as_posix()
    try:
        text = read_text(root, path)
    except Rejected as rejected:
        return None, [rejected.finding]
    file, findings = recall((parse_yaml, name, digest(text)), lambda: parse_yaml(name, text))
    return file, [*findings]


def parse_yaml(name: str, text: str) -> tuple[SourceFile | None, list[Finding]]:
    """Parse YAML text; give its values, or None with the findings that say why not."""
    parsed = _parsed(name, text)
    return SourceFile(name, text, parsed.comments) if parsed.is_whole else None, [*parsed.findings]


@dataclass(frozen=True, slots=True, eq=False)
class _Parsed:
    """What a text holds."""

    lines: tuple[str, ...]
    root: Node = Mapping((), 1, 1)
    comments: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_whole: bool = False
    """Whether it could be read to its end."""


@lru_cache(maxsize=8)  # nodes take many times the memory of their text; a few files are looked at again and again
def _parsed(name: str, text: str) -> _Parsed:
    lines = tuple(re.split(r"\r\n|\r|\n", text))
    if findings := tuple(forbidden_characters(name, lines)):
        return _Parsed(lines, findings=findings)
    builder = _Builder(name, lines)
    try:
        root = builder.build(text)
    except Rejected as rejected:
        return _Parsed(lines, findings=(*builder.findings, rejected.finding))
    except yaml.YAMLError as error:
        return _Parsed(lines, findings=(*builder.findings, _syntax_finding(name, lines, error)))
    return _Parsed(lines, root, builder.comment_lines(text), tuple(builder.findings), is_whole=True)


def forbidden_characters(name: str, lines: tuple[str, ...]) -> Iterator[Finding]:
    """Find the characters that no text may hold: the first of each line."""
    found_lines = ((number, line, match) for number, line in enumerate(lines, 1) if (match := FORBIDDEN.search(line)))
    for number, line, match in islice(found_lines, limits.FINDINGS_OF_A_KIND):
        yield found(
            "control-character",
            Place(name, number, match.start() + 1, 1, FORBIDDEN.sub("�", line)),
            f"There is an invisible character here (U+{ord(match.group()):04X}).",
        )


class _Builder:
    """Builds nodes from libyaml's events within the limits; collects what does not stop the reading."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.name = name
        self.lines = lines
        self.findings: list[Finding] = []
        self.values = 0
        self.spans: list[tuple[int, int]] = []

    def comment_lines(self, text: str) -> tuple[int, ...]:
        """Give the lines in which a comment begins: a number sign outside of all scalars."""
        starts = (match.start(1) for match in _COMMENT.finditer(text))
        outside = (start for start in starts if not _is_within(start, self.spans))
        ends = [match.start() for match in re.finditer("\n", text)]
        return tuple(bisect_left(ends, start) + 1 for start in outside)

    def build(self, text: str) -> Node:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        root: Node = Mapping((), 1, 1)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._rejected("yaml-feature", event, "A second document begins here (---).")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, depth=1)
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._admit(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _admit(self, event: Any, depth: int) -> None:
        self.values += 1
        if self.values > limits.VALUES:
            raise self._rejected("too-many-items", event, f"The file holds more than {limits.VALUES:,} values.")
        if depth > limits.DEPTH:
            raise self._rejected("too-deep", event, f"This stands more than {limits.DEPTH} levels deep.")
        if isinstance(event, yaml.AliasEvent):
            raise self._rejected("yaml-feature", event, f"'*{event.anchor}' is a YAML alias.")
        if event.anchor is not None:
            raise self._rejected("yaml-feature", event, f"'&{event.anchor}' is a YAML anchor.")
        if event.tag is not None:
            raise self._rejected("yaml-feature", event, f"'{event.tag}' is a YAML tag.")

    def _scalar(self, event: Any) -> Scalar:
        text = unicodedata.normalize("NFC", event.value)
        if match := FORBIDDEN.search(text):
            message = f"There is an invisible character in this text (U+{ord(match.group()):04X})."
            raise self._rejected("control-character", event, message)
        (line, column), (last, after) = _mark(event.start_mark), _mark(event.end_mark)
        length = (after if line == last else len(self.lines[line])) - column
        quoted = event.style in ('"', "'")
        self.spans.append((event.start_mark.index, event.end_mark.index))
        if event.style is None or event.style == "":
            self._look_for_cut(last, after)
        return Scalar(text, line + 1, column + 1, max(length, 1), quoted)

    def _look_for_cut(self, line: int, column: int) -> None:
        """Warn where a comment follows a plain text on its line: words after ' #' are lost."""
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        if rest and (match := re.match(r"\s+(#.*)", rest)):
            place = place_in(self.name, self.lines, line + 1, column + match.start(1) + 1, len(match.group(1)))
            self.findings.append(found("cut-text", place, f"YAML ignores this: '{match.group(1)}'."))

    def _sequence(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(child := next(events), yaml.SequenceEndEvent):
            if len(items) == limits.ITEMS:
                raise self._rejected("too-many-items", child, f"This list holds more than {limits.ITEMS:,} items.")
            items.append(self._node(child, events, depth + 1))
        line, column = _mark(event.start_mark)
        return Sequence(tuple(items), line + 1, column + 1)

    def _mapping(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(child := next(events), yaml.MappingEndEvent):
            if len(entries) == limits.KEYS:
                raise self._rejected("too-many-items", child, f"This block holds more than {limits.KEYS:,} keys.")
            key = self._node(child, events, depth + 1)
            if not isinstance(key, Scalar):
                raise self._rejected("yaml-syntax", child, "A key must be a single word.")
            if key.text == "<<":
                raise self._rejected("yaml-feature", child, "'<<' is a YAML merge key.")
            value = self._node(next(events), events, depth + 1)
            if key.text in entries:
                first = entries[key.text][0].line
                place = place_in(self.name, self.lines, key.line, key.column, key.length)
                message = f"The key '{key.text}' stands here a second time; the first is in line {first}."
                self.findings.append(found("repeated-key", place, message))
            else:
                entries[key.text] = (key, value)
        line, column = _mark(event.start_mark)
        return Mapping(tuple(entries.values()), line + 1, column + 1)

    def _rejected(self, code: str, event: yaml.Event, message: str) -> Rejected:
        line, column = _mark(event.start_mark)
        return Rejected(found(code, place_in(self.name, self.lines, line + 1, column + 1), message))


def _is_within(position: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a position lies in one of the spans, which stand in the order of the text."""
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


def _mark(mark: Any) -> tuple[int, int]:
    """Give libyaml's line and column, both from 0."""
    return (mark.line, mark.column) if mark else (0, 0)


# libyaml's problem (and context) → code and words for the person who wrote the file
_SYNTAX = (
    (r"cannot start any token.*|.*tab.*", "yaml-tab", "There is a tab here; YAML wants spaces."),
    (r".*did not find expected key.*", "bad-indent", "This line does not fit into the block above it."),
    (r".*did not find expected '-' indicator.*", "bad-indent", "This line does not fit into the list above it."),
    (
        r".*could not find expected ':'.*",
        "yaml-syntax",
        "A colon is missing here, or the text goes on in the wrong column.",
    ),
    (
        r".*mapping values are not allowed.*",
        "yaml-syntax",
        "There is a colon inside this text, or its indentation is wrong.",
    ),
    (r".*(unknown escape character|escape code).*", "yaml-syntax", "A backslash stands in a text in double quotes."),
    (r".*block sequence entries are not allowed.*", "bad-indent", "A list cannot begin here."),
    (r".*undefined tag handle.*|.*while scanning a tag.*", "yaml-feature", "A text cannot begin with '!'."),
    (r".*(anchor|alias).*", "yaml-feature", "A text cannot begin with '&' or '*'."),
    (r".*cannot start any token.*", "yaml-syntax", "A text cannot begin with this sign."),
    (r".*quoted scalar.*", "unclosed-quote", "A text that begins with a quotation mark never ends."),
)
# A text on one line whose quotation mark is not closed there; what libyaml stumbles over may come much later
_OPEN_QUOTE = re.compile(r"""\s*(?:-\s+)?(?:[\w-]+:\s+)?("(?:[^"\\]|\\.)*|'(?:[^']|'')*)""")
_SYNTAX_HINTS = {
    "There is a colon inside this text, or its indentation is wrong.": (
        "Put the whole text in double quotes, or line its key up with the keys above."
    ),
    "A backslash stands in a text in double quotes.": "Write two backslashes, or use single quotes around the text.",
    "A text cannot begin with this sign.": "Put the whole text in double quotes.",
}

# Words in quotation marks at the beginning of a text, which YAML takes for the whole text
_QUOTE_ENDS_EARLY = re.compile(r"""\s*(?:-\s+)?(?:[\w-]+:\s+)?((?:"[^"]*"|'[^']*')\s*[^\s#].*)""")


def _syntax_finding(name: str, lines: tuple[str, ...], error: yaml.YAMLError) -> Finding:
    """Say in plain words what libyaml could not read, where it noticed."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}".replace("\n", " ")
    if opened := _open_quote(lines[:line]):
        place = place_in(name, lines, *opened, 200)
        return found("unclosed-quote", place, "This text begins with a quotation mark, but does not end with one.")
    excerpt = lines[line - 1] if line <= len(lines) else ""
    if match := _QUOTE_ENDS_EARLY.fullmatch(excerpt):
        place = place_in(name, lines, line, match.start(1) + 1, 200)
        hint = "Put the whole text in double quotes, and single ones around the words inside."
        return found("yaml-syntax", place, "This text goes on after its closing quotation mark.", hint)
    if "\t" in excerpt[:column] and excerpt[: column - 1].strip() == "":
        code, message = "yaml-tab", "There is a tab here; YAML wants spaces."
        column = excerpt.index("\t") + 1
    else:
        code, message = next(
            ((code, words) for pattern, code, words in _SYNTAX if re.fullmatch(pattern, said)),
            ("yaml-syntax", "This line is not valid YAML."),
        )
    line = min(line, len(lines))
    return found(code, place_in(name, lines, line, column), message, _SYNTAX_HINTS.get(message, ""))


def _open_quote(lines: tuple[str, ...]) -> tuple[int, int] | None:
    """Give the line and column of the first text whose quotation mark is not closed on its line."""
    matches = ((number, _OPEN_QUOTE.fullmatch(line)) for number, line in enumerate(lines, start=1))
    return next(((number, match.start(1) + 1) for number, match in matches if match), None)


def _plain(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.entries if not _is_empty(value)}


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted

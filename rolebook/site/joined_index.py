"""Make one index of several that Pagefind made of parts of the pages, with everything in one order.

Pagefind's memory grows with the pages of an index: half a megabyte for each. And it writes what pages are chosen by in
another order each time; all else of an index is the same for the same pages.

Files are named by what is in them. The entry names the list of pages; that names the files of words and the filters.
"""

import gzip
import hashlib
import heapq
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, TypeAlias

import cbor2

ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
"""What each file of Pagefind begins with when it is unpacked."""
_NAME_LENGTH = 10
_BYTES_OF_WORDS = 50_000
"""When a file of words is full, unpacked: as with Pagefind itself, so that a question loads few and small ones."""
_FRAGMENT = "fragment/{}.pf_fragment"
_WORDS = "index/{}.pf_index"
_FILTER = "filter/{}.pf_filter"
_LIST = "pagefind.{}.pf_meta"

_PACKED = 6
"""How closely files are packed: at 9 they are a hundredth smaller, and that takes four times as long."""
_CBOR_LIST = 4
"""The number of this type."""

_Found: TypeAlias = list[Any]
"""Where a word stands: a page, by how far it is from the one before; the places in its text; and those in its fields,
after the negative number of each field, from -1."""


@dataclass(frozen=True, slots=True)
class _Part:
    """An index of some of the pages, as its list tells of it."""

    files: Mapping[str, bytes]
    made_by: str
    pages: list[list[Any]]
    words: list[list[str]]
    filters: list[list[str]]
    sorts: list[Any]
    fields: list[str]


def one_index(parts: Sequence[Mapping[str, bytes]]) -> dict[str, bytes]:
    """Give the files of the index of all pages, which all are of one language, in the order of the parts."""
    entry = json.loads(parts[0][ENTRY])
    [(code, language)] = entry["languages"].items()
    read = [_part(files) for files in parts]
    made = {path: content for path, content in parts[0].items() if "/" not in path and not path.endswith(".pf_meta")}
    pages = [[_put_fragment(made, part, name), *rest] for part in read for name, *rest in part.pages]
    words = _put_words(made, code, read) if len(read) > 1 else _keep_words(made, read[0])
    filters = [[name, _put(made, _FILTER, code, cbor2.dumps([name, values]))] for name, values in _filters(read)]
    listed = [read[0].made_by, pages, words, filters, read[0].sorts, _fields(read)]
    language |= {"hash": _put(made, _LIST, code, cbor2.dumps(listed)), "page_count": len(pages)}
    return made | {ENTRY: json.dumps(entry).encode()}


def _keep_words(files: dict[str, bytes], part: _Part) -> list[list[str]]:
    """Put the files of words of the only part among the files as they are."""
    files.update({path: content for path, content in part.files.items() if path.startswith(_WORDS.partition("{")[0])})
    return part.words


def _put_words(files: dict[str, bytes], code: str, parts: Sequence[_Part]) -> list[list[str]]:
    """Put the words of several parts among the files; give each file's name, and between which words it stands."""
    return [[*bounds, _put(files, _WORDS, code, content)] for *bounds, content in _files_of_words(_words(parts))]


def _part(files: Mapping[str, bytes]) -> _Part:
    [language] = json.loads(files[ENTRY])["languages"].values()
    return _Part(files, *_taken(files, _LIST.format(language["hash"])))


def _firsts(parts: Iterable[_Part]) -> list[int]:
    """Give the number that the first page of each part has among all."""
    return [0, *accumulate(len(part.pages) for part in parts)]


def _fields(parts: Iterable[_Part]) -> list[str]:
    """Give the names of the fields that pages have beside their text."""
    return sorted({field for part in parts for field in part.fields})


def _filters(parts: Sequence[_Part]) -> list[tuple[str, list[list[Any]]]]:
    """Give what pages are chosen by: the values of each filter, each with the numbers of its pages."""
    made: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for first, part in zip(_firsts(parts), parts, strict=False):
        for name, file in part.filters:
            for value, pages in _taken(part.files, _FILTER.format(file))[1]:
                made[name][value] += [first + page for page in pages]
    return [(name, [list(item) for item in sorted(values.items())]) for name, values in sorted(made.items())]


def _words(parts: Sequence[_Part]) -> Iterator[tuple[str, list[_Found], list[Any]]]:
    """Give each word of all parts, sorted, with the pages it stands on and those of what else is written like it."""
    fields = _fields(parts)
    streams = [_words_of(part, first, fields) for first, part in zip(_firsts(parts), parts, strict=False)]
    for word, found in groupby(heapq.merge(*streams, key=itemgetter(0)), itemgetter(0)):
        same = list(found)
        forms = dict.fromkeys(form for _, _, variants in same for form, _ in variants)  # the first one used comes first
        of_forms = [(form, _joined(one for _, _, of in same for one in of if one[0] == form)) for form in forms]
        yield word, _joined(same), of_forms


def _words_of(part: _Part, first: int, fields: Sequence[str]) -> Iterator[tuple[str, list[_Found], list[Any]]]:
    """Read the words of a part, with its pages and fields numbered as among all."""
    numbers = {-1 - at: -1 - fields.index(field) for at, field in enumerate(part.fields)}
    for *_, file in part.words:
        for word, found, variants in _taken(part.files, _WORDS.format(file))[0]:
            for pages in filter(None, (found, *(of_form for _, of_form in variants))):
                pages[0][0] += first
                for page in pages:
                    if page[2]:  # of few pages a field holds the word
                        page[2] = [numbers.get(at, at) for at in page[2]]
            yield word, found, variants


def _joined(found: Iterable[Sequence[Any]]) -> list[_Found]:
    """Make one list of where several parts have a word."""
    made: list[_Found] = []
    last = 0
    for _, pages, *_ in found:
        end = sum(step for step, _, _ in pages)
        if pages:
            pages[0][0] -= last
            made += pages
            last = end
    return made


def _files_of_words(words: Iterable[tuple[str, list[_Found], list[Any]]]) -> Iterator[tuple[str, str, bytes]]:
    """Part words into files: between which words each stands, and what it holds.

    It begins with so much of its first word as tells that from the last word before.
    """
    before, first, held = "", "", []
    for word in words:
        first = first or word[0]
        held.append(cbor2.dumps(word))
        if sum(map(len, held)) > _BYTES_OF_WORDS:
            yield _beginning(first, before), word[0], _list_of([_list_of(held)])
            before, first, held = word[0], "", []
    if held:
        yield _beginning(first, before), word[0], _list_of([_list_of(held)])


def _list_of(encoded: Sequence[bytes]) -> bytes:
    """Give CBOR's list of what is encoded already."""
    head = io.BytesIO()
    cbor2.CBOREncoder(head).encode_length(_CBOR_LIST, len(encoded))
    return head.getvalue() + b"".join(encoded)


def _beginning(word: str, before: str) -> str:
    return next((word[:end] for end in range(1, len(word)) if not before.startswith(word[:end])), word)


def _put_fragment(files: dict[str, bytes], part: _Part, name: str) -> str:
    """Put what is kept of a page among the files; give its name, a longer one where another page has it."""
    content = part.files[_FRAGMENT.format(name)]
    while files.setdefault(_FRAGMENT.format(name), content) != content:
        name = f"{name}_{hashlib.sha256(content).hexdigest()[:_NAME_LENGTH]}"
    return name


def _taken(files: Mapping[str, bytes], path: str) -> Any:
    return cbor2.loads(gzip.decompress(files[path]).removeprefix(_MARK))


def _put(files: dict[str, bytes], path: str, code: str, content: bytes) -> str:
    """Put a file among the others under a name that tells its content; give the name."""
    plain = _MARK + content
    packed = io.BytesIO()
    # gzip.compress differs between Pythons
    with gzip.GzipFile("", "wb", compresslevel=_PACKED, fileobj=packed, mtime=0) as file:
        file.write(plain)
    name = f"{code}_{hashlib.sha256(plain).hexdigest()[:_NAME_LENGTH]}"
    files[path.format(name)] = packed.getvalue()
    return name

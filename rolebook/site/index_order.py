"""Bring Pagefind's index into one order: it writes what pages are chosen by in another one each time.

All else of the index is the same for the same pages. Files are named by what is in them, so that those written anew get
new names, and what names them is written anew as well: a filter by the list of pages, that one by the entry.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

import cbor2

ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
"""What each file of Pagefind begins with when it is unpacked."""
_NAME_LENGTH = 10


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files of an index with filters, their values, and what lists them sorted."""
    ordered = dict(files)
    entry = json.loads(ordered[ENTRY])
    for language in entry["languages"].values():
        language["hash"] = _order_list(ordered, language["hash"])
    return ordered | {ENTRY: json.dumps(entry).encode()}


def _order_list(files: dict[str, bytes], name: str) -> str:
    made_by, pages, parts, filters, *rest = _taken(files, f"pagefind.{name}.pf_meta")
    ordered = sorted([chosen, _order_filter(files, file)] for chosen, file in filters)
    return _put(files, "pagefind.{}.pf_meta", name, [made_by, pages, parts, ordered, *rest])


def _order_filter(files: dict[str, bytes], name: str) -> str:
    chosen, values = _taken(files, f"filter/{name}.pf_filter")
    return _put(files, "filter/{}.pf_filter", name, [chosen, sorted(values)])


def _taken(files: dict[str, bytes], path: str) -> Any:
    return cbor2.loads(gzip.decompress(files.pop(path)).removeprefix(_MARK))


def _put(files: dict[str, bytes], path: str, former: str, content: Any) -> str:
    """Put a file among the others under a name that tells its content; give the name."""
    plain = _MARK + cbor2.dumps(content)
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as file:  # gzip.compress differs between Pythons
        file.write(plain)
    name = f"{former.rpartition('_')[0]}_{hashlib.sha256(plain).hexdigest()[:_NAME_LENGTH]}"
    files[path.format(name)] = packed.getvalue()
    return name

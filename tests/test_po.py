"""The quick way of reading a PO file gives what polib gives, and leaves to polib whatever it does not know."""

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.po import Po, read_quickly, read_with_polib
from tests.kit import MINIATURE, PROJECT

TEXTS = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from('\n\t"\\#|~[] '))
COMMENTS = st.text(st.sampled_from('# |~.,:x"\\\n é'))
FLAGS = st.sampled_from(["fuzzy", "max-length:40", "no-wrap"])
ENTRIES = st.builds(
    polib.POEntry,
    msgctxt=st.text(st.sampled_from("ab.-1")),
    msgid=TEXTS.filter(bool),
    msgstr=TEXTS,
    tcomment=COMMENTS,
    comment=COMMENTS,
    flags=st.lists(FLAGS, unique=True),
    previous_msgid=st.none() | TEXTS,
    obsolete=st.booleans(),
) | st.builds(
    polib.POEntry,
    msgctxt=st.text(st.sampled_from("ab.-1")),
    msgid=TEXTS.filter(bool),
    msgid_plural=TEXTS.filter(bool),
    msgstr_plural=st.dictionaries(st.integers(0, 5), TEXTS, min_size=1),
)


def placed(po: Po, text: str) -> Po:
    """Let each unit stand at the line of its address, which is what findings name."""
    lines = text.split("\n")
    at = {
        unit.line: next(n for n in range(unit.line, len(lines) + 1) if "msgctxt" in lines[n - 1]) for unit in po.units
    }
    return po._replace(units=tuple(unit._replace(line=at[unit.line]) for unit in po.units))


@pytest.mark.parametrize("root", [PROJECT, MINIATURE], ids=["project", "miniature"])
def test_every_file_is_read_quickly_and_as_polib_reads_it(root: Path) -> None:
    for path in (root / "locales").rglob("*.po"):
        text = path.read_text("utf-8")
        assert read_quickly(text) == placed(read_with_polib(text), text), path


@given(st.lists(ENTRIES), COMMENTS, st.sampled_from(["\n", "\n\n", ""]), st.sampled_from([0, 78]))
def test_whatever_polib_writes_is_read_alike_if_it_is_read_quickly(
    entries: list[polib.POEntry], header: str, end: str, width: int
) -> None:
    file = polib.POFile(wrapwidth=width)
    file.header, file.metadata = header, {"Language": "uk", "X-Tool": 'quo"ted'}
    file.extend(entries)
    text = str(file) + end
    quick = read_quickly(text)
    assert quick is None or quick == placed(read_with_polib(text), text)


@given(st.data())
def test_a_file_damaged_anywhere_is_read_alike_if_it_is_read_quickly(data: st.DataObject) -> None:
    text = "\n".join((MINIATURE / "locales/uk/vocabulary.po").read_text("utf-8").split("\n")[:40])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    damaged = text[:start] + data.draw(st.text(st.sampled_from('\n"\\#~|, x:msgidctr[0]'), max_size=8)) + text[end:]
    if quick := read_quickly(damaged):
        assert quick == placed(read_with_polib(damaged), damaged)

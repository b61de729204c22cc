"""Whatever a file holds, reading it ends soon, with values or with findings in plain words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook import limits
from rolebook.findings import Finding
from rolebook.messages import read_po
from rolebook.source import read_yaml
from tests.hostile.kit import checked
from tests.kit import load_miniature

ROLE = "roles/care/adviser.yml"
PO = "locales/uk/roles/adviser.po"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)

ODDITIES = {
    "alias bomb": (BOMB.encode(), "yaml-feature"),
    "anchor": (b"title: &a Adviser\n", "yaml-feature"),
    "alias": (b"title: *a\n", "yaml-feature"),
    "tag that makes an object": (b"title: !!python/object/apply:os.system [id]\n", "yaml-feature"),
    "tag of one's own": (b"!role\ntitle: a\n", "yaml-feature"),
    "merge": (b"<<: {title: a}\n", "yaml-feature"),
    "two documents": (b"title: a\n---\ntitle: b\n", "yaml-feature"),
    "directive": (b"%TAG ! tag:example.org,2026:\n---\ntitle: !x a\n", "yaml-feature"),
    "tab": (b"duties:\n\t- id: a\n", "yaml-tab"),
    "the same key twice": (b"title: a\ntitle: b\n", "repeated-key"),
    "a key of many lines": (b"? |\n  a\n  b\n: x\n", "unknown-key"),
    "a key that is a list": (b"? [a]\n: x\n", "yaml-syntax"),
    "a mapping in a flow without values": (b"{title, language}\n", "missing-text"),
    "octal": (b"title: a\nlevel: 0o17\n", "wrong-type"),
    "sexagesimal": (b"title: a\nlevel: 1:30\n", "wrong-type"),
    "a number beyond all numbers": (b"title: a\nlevel: " + b"9" * 5000 + b"\n", "wrong-type"),
    "not a number": (b"title: a\nlevel: .nan\n", "wrong-type"),
    "infinity": (b"title: a\nlevel: .inf\n", "wrong-type"),
    "the end of days": (b"title: a\nreviewed: 9999-99-99\n", "wrong-type"),
    "NUL": (b"title: a\x00b\n", "control-character"),
    "NUL as an escape": (b'title: "a\\0b"\n', "control-character"),
    "half a pair as an escape": (b'title: "\\ud800"\n', "yaml-syntax"),
    "beyond Unicode as an escape": (b'title: "\\U00110000"\n', "yaml-syntax"),
    "no UTF-8": (b"title: \xff\xfe\n", "unreadable-file"),
    "half a pair": (b"title: \xed\xa0\x80\n", "unreadable-file"),
    "too long a form": (b"title: \xc0\xaf\n", "unreadable-file"),
    "UTF-16": ("title: a\n".encode("utf-16"), "unreadable-file"),
    "UTF-16 without a mark": ("title: a\n".encode("utf-16-le"), "control-character"),
    "UTF-32": ("title: a\n".encode("utf-32"), "unreadable-file"),
    "two marks of byte order": (b"\xef\xbb\xbf\xef\xbb\xbftitle: a\n", "control-character"),
    "a line end of Unicode": ("title: a\u2028b\n".encode(), "control-character"),
    "nothing": (b"", "missing-text"),
    "spaces": (b"  \n\n", "missing-text"),
    "a word": (b"x", "wrong-type"),
    "a list": (b"- x\n", "wrong-type"),
    "a million brackets": (b"[" * 200_000, "too-deep"),
    "a hundred thousand steps": (b"- " * 100_000, "too-deep"),
    "a mountain of blocks": (b"".join(b" " * n + b"a:\n" for n in range(700)), "too-deep"),
    "a hundred thousand keys": (b"".join(b"%x:\n" % n for n in range(40_000)), "too-many-items"),
    "one key for ever": (b"a" * 200_000 + b": x\n", "yaml-syntax"),
    "one word for ever": (b"title: " + b"a" * 200_000 + b"\n", "bad-value"),
    "nothing but comments": (b"#\n" * 130_000, "missing-text"),
    "nothing but controls": (b"\x01" * 200_000, "control-character"),
    "nothing but colons": (b":" * 200_000, "yaml-syntax"),
    "nothing but question marks": (b"? " * 100_000, "too-deep"),
    "nothing but quotes": (b'"' * 200_000, "yaml-syntax"),
}


@pytest.mark.parametrize("name", ODDITIES)
def test_whatever_a_yaml_file_holds_is_told_in_plain_words(name: str, miniature: Path) -> None:
    content, code = ODDITIES[name]
    (miniature / ROLE).write_bytes(content)
    findings = [finding for finding in load_miniature(miniature).findings if finding.place.path == ROLE]
    assert code in {finding.code for finding in findings}, findings[:3]
    assert_plain(findings)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_other_ends_of_lines_and_a_mark_of_byte_order_change_nothing(ends: str, mark: str, miniature: Path) -> None:
    before, _ = read_yaml(miniature, miniature / ROLE)
    text = (miniature / ROLE).read_text("utf-8")
    (miniature / ROLE).write_bytes((mark + text.replace("\n", ends)).encode())
    after, findings = read_yaml(miniature, miniature / ROLE)
    assert before
    assert after
    assert (after.plain(), findings) == (before.plain(), [])


@pytest.mark.parametrize("name", [ROLE, PO, "docs/en/index.md", "locales/uk/search.yml", "docs/en/film.mp4"])
def test_a_file_of_a_hundred_megabytes_is_not_read(name: str, miniature: Path) -> None:
    with (miniature / name).open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert "file-too-large" in checked(miniature)[name]


def test_a_translation_file_cut_at_any_byte_is_read_or_told(miniature: Path) -> None:
    path = miniature / PO
    content = path.read_bytes()
    for end in range(len(content)):
        path.write_bytes(content[:end])
        _, findings = read_po(miniature, path)
        assert_plain(findings)


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
PO_ODDITIES = {
    "plurals by nought": HEAD + '"Plural-Forms: nplurals=3; plural=n%0;\\n"\n',
    "plurals below nought": HEAD + '"Plural-Forms: nplurals=3; plural=n-9;\\n"\n',
    "plurals without end": HEAD + '"Plural-Forms: nplurals=' + "9" * 5000 + '; plural=n;\\n"\n',
    "plurals that are deep": HEAD + '"Plural-Forms: nplurals=3; plural=' + "(" * 900 + "n" + ")" * 900 + ';\\n"\n',
    "a plural form too many": HEAD + '\nmsgctxt "a"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[9] "c"\n',
    "another encoding by name": HEAD.replace("utf-8", "utf-7"),
    "an encoding that is none": HEAD.replace("utf-8", "../etc"),
    "no header": '\nmsgctxt "a"\nmsgid "a"\nmsgstr "c"\n',
    "two headers": HEAD + "\n" + HEAD,
    "nothing": "",
    "the name of a file": "/etc/passwd",
    "controls as escapes": HEAD + '\nmsgctxt "adviser.title"\nmsgid "a\\b\\v"\nmsgstr "\\b"\n',
    "taken out of use": HEAD + '\n#~ msgctxt "a"\n#~ msgid "a"\n#~ msgstr "\n',
    "a lone carriage return in the header": 'msgid ""\nmsgstr ""\n"Lan\rguage: uk\\n"\n',
    "former words of nothing": HEAD + '\n#| msgid "a"\n',
}


@pytest.mark.parametrize("name", PO_ODDITIES)
@pytest.mark.parametrize("file", [PO, "locales/uk/ui.po", "locales/uk/vocabulary.po"])
def test_whatever_a_translation_file_holds_is_told_in_plain_words(name: str, file: str, miniature: Path) -> None:
    (miniature / file).write_text(PO_ODDITIES[name], "utf-8")
    assert_plain(load_miniature(miniature).findings)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: 'msgid "x"\nmsgstr ""\n\n' * (limits.PO_ENTRIES + 1), "too-many-items"),
        (lambda: 'msgid ""\n' + '"a"\n' * 800_000, "bad-value"),
        (lambda: "# x\n" * 900_000, "bad-value"),
        (lambda: f'msgid "{"a" * 4_000_000}"\n', "bad-value"),
        (lambda: f'msgctxt "a"\nmsgid "a"\nmsgstr "{"[" * 4_000_000}"\n', "bad-value"),
        (lambda: 'msgid "x"\nmsgstr "a"\n\n' * (limits.PO_ENTRIES - 1), "po-repeated"),
    ],
    ids=["entries", "lines", "remarks", "source", "translation", "the same again"],
)
def test_a_translation_file_that_would_take_for_ever_is_given_up(
    make: Callable[[], str], code: str, miniature: Path
) -> None:
    (miniature / PO).write_text(make(), "utf-8")
    assert code in checked(miniature)[PO]


@pytest.mark.parametrize("code", ["xx", "zz-Zzzz-ZZ", "en-XX", "root", "../en", "EN", "e", "", "en\\n", "uk-Cyrl-UA-x"])
def test_a_language_that_does_not_exist_is_told(code: str, miniature: Path) -> None:
    (miniature / "locales/languages.yml").write_text(f'default: en\nlanguages: [en, "{code}"]\n', "utf-8")
    findings = load_miniature(miniature).findings
    assert {"unknown-language", "missing-text", "bad-value"} & {
        finding.code for finding in findings if finding.place.path == "locales/languages.yml"
    }


def assert_plain(findings: list[Finding] | tuple[Finding, ...]) -> None:
    """Hold that each finding has a place, and says in words of ours what is wrong."""
    for finding in findings:
        assert finding.place.line >= 1
        assert finding.place.column >= 1
        assert finding.message.endswith((".", "?"))
        assert not any(word in finding.message for word in ("Error", "Traceback", "polib", "pydantic"))

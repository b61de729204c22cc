"""Files have one form, which the browser writes as well, and bringing them to it loses nothing."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from rolebook.canonical import Shape, canonical, shape_of
from rolebook.cli import main
from rolebook.schema import Role
from rolebook.source import Plain, parse_yaml
from tests.kit import PROJECT
from tests.test_source import KEYS, TEXTS, VALUES
from tests.web import serve_folder

ROLE = shape_of(Role)
# What people write, and what YAML might take for something else
TEXT = TEXTS | st.text("ab:# -'\"\n\t|>?!&*%@`{}[],.0123456789e~=", max_size=12) | st.sampled_from(
    ["no", "True", "1.10", "2026-11-21", "12:30", "0x1f", "0b11", ".inf", "---", "- a", "a: b", "a #b", "a:",
     "перший\n\nдругий", "5"]
)  # fmt: skip


def of_shape(shape: Shape) -> st.SearchStrategy[Any]:
    """Make values of a shape, any of which may be left out, with keys nobody knows among them."""
    if isinstance(shape, list):
        return st.lists(of_shape(shape[0]), max_size=3)
    if isinstance(shape, dict):
        known = st.fixed_dictionaries({}, optional={key: of_shape(inner) for key, inner in shape.items()})
        unknown = st.dictionaries(KEYS.filter(lambda key: key not in shape), VALUES, max_size=1)
        return st.builds(lambda first, last: {**first, **last}, known, unknown)
    return TEXT


ROLES = of_shape(ROLE)


def meant(value: Plain) -> Plain:
    """Give what a reader of a file takes from it: nothing that is empty, no space around texts."""
    if isinstance(value, dict):
        return {key: inner for key, raw in value.items() if (inner := meant(raw))}
    if isinstance(value, list):
        return [inner for raw in value if (inner := meant(raw))]
    return unicodedata.normalize("NFC", value).strip()


@given(ROLES)
def test_the_one_form_of_an_arbitrary_role_says_the_same_and_formatting_it_again_changes_nothing(role: Plain) -> None:
    text = canonical(role, ROLE)
    file, findings = parse_yaml("role.yml", text)
    assert findings == []
    assert file
    assert file.plain() == meant(role)
    assert file.comments == ()
    assert canonical(file.plain(), ROLE) == text


def test_the_browser_writes_the_very_same_bytes(browser: Browser) -> None:
    page = browser.new_page()
    with serve_folder(PROJECT / "rolebook/form/assets") as url:
        page.goto(f"{url}canonical.js")
        page.evaluate("async () => { window.canonical = (await import('/canonical.js')).canonical; }")

        @given(ROLES)
        def same(role: Plain) -> None:
            written = page.evaluate("([role, shape]) => window.canonical(role, shape)", [role, ROLE])
            assert written == canonical(role, ROLE)

        same()
    page.close()


def test_every_file_of_the_base_is_in_its_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "--check", "--root", str(PROJECT)]) == 0, capsys.readouterr().out


def test_format_mends_what_hands_wrote_and_says_so(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    owners = miniature / "roles/vocabulary/owners.yml"
    before = owners.read_text("utf-8")
    owners.write_text(before.replace("language: en", "'language':   'en'"), "utf-8")
    assert main(["format", "--check", "--root", str(miniature)]) == 1
    assert "roles/vocabulary/owners.yml is not in the form" in capsys.readouterr().out
    assert main(["format", "--root", str(miniature)]) == 0
    assert owners.read_text("utf-8") == before


@pytest.mark.parametrize("text", ["# note\nlanguage: en\n", "language: en # note\n", "language: 'en' # note\n"])
def test_format_deletes_a_comment_only_when_told_to(
    text: str, miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    owners = miniature / "roles/vocabulary/owners.yml"
    written = owners.read_text("utf-8").replace("language: en\n", text)
    owners.write_text(written, "utf-8")
    assert main(["format", "--root", str(miniature)]) == 1
    assert "Nothing was written." in capsys.readouterr().err
    assert owners.read_text("utf-8") == written
    assert main(["format", "--drop-comments", "--root", str(miniature)]) == 0
    assert "note" not in owners.read_text("utf-8")


def test_format_leaves_everything_alone_while_a_file_cannot_be_read(miniature: Path) -> None:
    lead, owners = miniature / "roles/care/lead.yml", miniature / "roles/vocabulary/owners.yml"
    lead.write_text("title: 'never closed\n", "utf-8")
    owners.write_text("language:   en\n", "utf-8")
    assert main(["format", "--root", str(miniature)]) == 1
    assert owners.read_text("utf-8") == "language:   en\n"

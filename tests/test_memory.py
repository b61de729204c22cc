"""A second load says what a first one would, though it works out only what has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook import memory, messages, source
from rolebook.findings import Finding
from rolebook.loading import Loaded
from rolebook.pages import Settings, open_books
from tests.kit import CHANGES, change_miniature, forget, load_miniature
from tests.rendered import render_all


def told(loaded: Loaded) -> tuple[tuple[Finding, ...], dict[str, str]]:
    known = loaded.knowledge
    books = open_books(known.catalog, known.messages, Settings(), known.docs) if loaded.is_sound else ()
    return loaded.findings, render_all(books)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_is_worked_out_anew_and_nothing_else_is_missed(
    miniature: Path, change: tuple[str, str, str]
) -> None:
    load_miniature(miniature)
    change_miniature(miniature, *change)
    again = told(load_miniature(miniature))
    forget()
    assert again == told(load_miniature(miniature))


def test_what_has_not_changed_is_parsed_once(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def watch(module: object, name: str) -> None:
        parse: Callable[[str, str], object] = getattr(module, name)
        monkeypatch.setattr(module, name, lambda path, text: (parsed.append(path), parse(path, text))[1])

    watch(source, "parse_yaml")
    watch(messages, "parse_po")
    forget()
    load_miniature(miniature)
    assert {"roles/care/lead.yml", "locales/uk/roles/lead.po"} < {*parsed}
    parsed.clear()
    role = miniature / "roles/care/lead.yml"
    role.write_text(role.read_text("utf-8") + "\n", "utf-8")
    load_miniature(miniature)
    assert parsed == ["roles/care/lead.yml"]


def test_what_two_loads_did_not_ask_for_is_forgotten(miniature: Path) -> None:
    load_miniature(miniature)
    forget()
    assert not memory._now
    assert not memory._before

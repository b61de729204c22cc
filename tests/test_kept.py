"""What is kept from one build to the next makes it faster and changes nothing of the site."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.failures import BuildError
from rolebook.kept_files import KeptFiles
from rolebook.pipeline import build
from rolebook.site.configuration import DEFAULT_CONFIG
from rolebook.site.engine import Engine
from tests.conftest import quiet
from tests.kit import copy_miniature, load_miniature, state_of
from tests.repository import git

Change = Callable[[Path], None]


def site_of(root: Path) -> dict[str, bytes]:
    """Give every file of a site but for Pagefind's, which are not the same every time."""
    return {name: content for name, content in state_of(root / "site").items() if not name.startswith("pagefind/")}


def replacing(name: str, words: str, others: str) -> Change:
    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert words in text
        (root / name).write_text(text.replace(words, others), "utf-8")

    return change


def configure(root: Path) -> None:
    text = DEFAULT_CONFIG.read_text("utf-8").replace("toc_depth: 2-3", "toc_depth: 2-2")
    overrides = DEFAULT_CONFIG.parent / "overrides"
    languages = text[text.index("      languages:") : text.index("markdown_extensions:")]
    text = text.replace(languages, "      languages: [{locale: en, name: English, default: true}]\n\n")
    nav = text[text.index("nav:") : text.index("# The search is made")]
    (root / "mkdocs.yml").write_text(
        text.replace(nav, "nav: [index.md]\n\n").replace("overrides", str(overrides)), "utf-8"
    )


def spoil_a_page(root: Path) -> None:
    (root / "site/roles/index.html").write_text("spoilt", "utf-8")


def spoil_what_is_kept(root: Path) -> None:
    for path in (root / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-100] if path.stat().st_size > 200 else b"x")


def spoil_rows(root: Path) -> None:
    for name in ("pages", "renderings"):
        with sqlite3.connect(root / f".cache/{name}.en.sqlite") as database:
            database.execute("UPDATE files SET more = x'00'")


@pytest.mark.parametrize(
    "change",
    [
        replacing("roles/vocabulary/levels.yml", "title:", "title: Quite"),
        replacing("locales/uk/ui.po", 'msgstr "', 'msgstr "Ось '),
        replacing("docs/en/index.md", "title: ", "title: The "),
        configure,
        spoil_a_page,
        spoil_what_is_kept,
        spoil_rows,
        lambda root: shutil.rmtree(root / "site"),
    ],
    ids=["role", "interface", "navigation", "configuration", "page", "kept", "rows", "site"],
)
def test_after_any_change_the_site_is_that_of_a_first_build(miniature: Path, tmp_path: Path, change: Change) -> None:
    build(load_miniature(miniature), miniature / "site", quiet)
    change(miniature)
    shutil.copytree(miniature, tmp_path / "first", ignore=shutil.ignore_patterns(".cache", "site"))
    for root in (miniature, tmp_path / "first"):
        build(load_miniature(root), root / "site", quiet)
    assert site_of(miniature) == site_of(tmp_path / "first")


def test_a_page_is_built_again_only_when_it_changed(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEBOOK_PROCESSES", "1")
    built: list[str] = []
    truly = Engine.build
    monkeypatch.setattr(Engine, "build", lambda self, source: (built.append(source.path), truly(self, source))[1])
    build(load_miniature(miniature), miniature / "site", quiet)
    first = len(built)
    built.clear()
    replacing("roles/care/adviser.yml", "summary: ", "summary: Today ")(miniature)
    build(load_miniature(miniature), miniature / "site", quiet)
    assert "roles/adviser/index.html" in built
    assert "skills/listening/index.html" not in built
    assert len(built) < first / 2


def test_what_is_written_in_parts_is_known_whole_and_what_nobody_asked_for_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rolebook.kept_files._ROWS_AT_ONCE", 2)
    kept = KeptFiles(tmp_path / "kept.sqlite", tmp_path)
    for name in "abcde":
        kept.put(name, b"made of", name)
    kept.write()
    again = KeptFiles(tmp_path / "kept.sqlite", tmp_path)
    assert all(again.find(name) for name in "abcd")
    again.write()
    assert [name for name in "abcde" if KeptFiles(tmp_path / "kept.sqlite", tmp_path).find(name)] == [*"abcd"]


def test_no_file_of_a_site_is_one_of_another_folder_too(miniature: Path) -> None:
    for _ in range(2):
        build(load_miniature(miniature), miniature / "site", quiet)
    assert {path.stat().st_nlink for path in (miniature / "site").rglob("*") if path.is_file()} == {1}


def test_two_sites_of_one_knowledge_base_do_not_mix(miniature: Path, tmp_path: Path) -> None:
    for address in ("https://example.org/one/", "https://example.org/two/"):
        build(load_miniature(miniature), miniature / "site", quiet, address)
    fresh = copy_miniature(tmp_path / "fresh")
    build(load_miniature(fresh), fresh / "site", quiet, "https://example.org/two/")
    assert site_of(miniature) == site_of(fresh)


def test_what_came_with_the_repository_is_not_taken_for_what_was_built(repository: Path) -> None:
    (repository / ".cache").mkdir()
    (repository / ".cache/pages.en.sqlite").write_bytes(b"somebody else's")
    git(repository, "add", "--force", ".cache")
    with pytest.raises(BuildError, match=r"\.cache/pages\.en\.sqlite stands in the repository"):
        build(load_miniature(repository), repository / "site", quiet)

"""A new language builds at once, shows nothing as translated that is not, and costs nobody any work."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from rolebook.findings import has_errors
from rolebook.languages import Language
from rolebook.messages import State
from rolebook.pipeline import build
from rolebook.scaffold import language as scaffold
from rolebook.scaffold.language import Refused, begin_language
from tests.conftest import quiet
from tests.kit import PROJECT, load_miniature

GIT = str(shutil.which("git"))
IDENTITY = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x", "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@x"}


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def git(root: Path, *arguments: str) -> None:
    subprocess.run([GIT, "-C", str(root), *arguments], check=True, capture_output=True, env={**os.environ, **IDENTITY})


@pytest.fixture
def repository(miniature: Path) -> Path:
    shutil.copy(PROJECT / "mkdocs.yml", miniature)
    git(miniature, "init", "-q")
    git(miniature, "add", "-A")
    git(miniature, "commit", "-qm", "Begin")
    return miniature


@pytest.mark.parametrize("code", ["sv", "pl", "he"])
def test_check_finds_no_error_and_everything_is_missing(repository: Path, code: str) -> None:
    begun = begin_language(load_miniature(repository), code)
    loaded = load_miniature(repository)
    assert not has_errors(loaded.findings)
    messages = loaded.knowledge.messages
    assert begun.pages == (f"docs/{code}/index.md",)
    assert {messages.translate(key, Language(code)).state for key in messages.sources} == {State.MISSING}
    codes = {finding.code for finding in loaded.findings if f"/{code}/" in finding.place.path}
    assert codes == {"translation-missing", "page-untranslated"}
    forms = next(iter(messages.files[code]["ui"].entries[key].texts for key in ("card.minutes",)))
    assert len(forms) == Language(code).plural_count


@pytest.mark.parametrize(
    ("code", "direction", "skip"), [("he", "rtl", False), ("ps", "rtl", True), ("pl", "ltr", False)]
)
def test_the_site_is_built_at_once_and_says_what_is_not_translated(
    miniature: Path, code: str, direction: str, skip: bool
) -> None:
    begin_language(load_miniature(miniature), code)
    build(load_miniature(miniature), miniature / "site", quiet)
    home = LexborHTMLParser((miniature / "site" / code / "index.html").read_text("utf-8"))
    assert home.css_first("html").attributes["lang"] == code
    assert home.css_first("body").attributes["dir"] == direction
    assert home.css(".rb-notice--missing")
    assert home.css_first("h1").parent.attributes["lang"] == "en"  # type: ignore[union-attr]
    role = LexborHTMLParser((miniature / "site" / code / "roles/lead/index.html").read_text("utf-8"))
    assert role.css_first("h1 span").attributes["lang"] == "en"
    assert ("Skip to content" in role.css_first(".md-skip").text()) is skip  # the theme speaks English where it must
    other = LexborHTMLParser((miniature / "site/uk/index.html").read_text("utf-8"))
    assert not other.css(".rb-notice--missing")
    waiting = (miniature / "site" / code / "translations/index.html").read_text("utf-8")
    assert "index.md" in waiting


def test_only_the_lists_change_and_keep_their_form(repository: Path) -> None:
    before = snapshot(repository)
    begin_language(load_miniature(repository), "sv")
    after = snapshot(repository)
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {"locales/languages.yml", "mkdocs.yml"}
    assert after["locales/languages.yml"] == before["locales/languages.yml"] + b"  - sv\n"
    line = b"        - {locale: da, name: Dansk}\n"
    assert after["mkdocs.yml"] == before["mkdocs.yml"].replace(line, line + b"        - {locale: sv, name: Svenska}\n")


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("default: en\nlanguages: [en, uk, ar] # all\n", "default: en\nlanguages: [en, uk, ar, sv] # all\n"),
        ("languages:\r\n- en\r\n- uk\r\n- ar  # last\r\ndefault: en", "- ar  # last\r\n- sv\r\ndefault: en"),
        ('default: en\nlanguages:\n  - en\n  - uk\n  - "ar"', '  - "ar"\n  - sv'),
    ],
)
def test_the_list_of_languages_may_be_written_in_any_way(miniature: Path, languages: str, expected: str) -> None:
    path = miniature / "locales/languages.yml"
    path.write_bytes(languages.encode())
    begin_language(load_miniature(miniature), "sv")
    assert path.read_bytes().decode().endswith(expected)


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [
        (
            "plugins:\n  i18n:\n    languages:\n      - locale: en\n        name: English # here\n# end\nextra: !E X\n",
            "        name: English # here\n      - {locale: sv, name: Svenska}\n# end\nextra: !E X\n",
        ),
        (
            "plugins: [{i18n: {languages: [{locale: en, name: English}]}}]\n",
            "plugins: [{i18n: {languages: [{locale: en, name: English}, {locale: sv, name: Svenska}]}}]\n",
        ),
        ("plugins: [search]\nsite_name: x\n", "plugins: [search]\nsite_name: x\n"),
    ],
)
def test_the_configuration_may_be_written_in_any_way(miniature: Path, plugins: str, expected: str) -> None:
    (miniature / "mkdocs.yml").write_text(plugins, "utf-8")
    begin_language(load_miniature(miniature), "sv")
    assert (miniature / "mkdocs.yml").read_text("utf-8").endswith(expected)


def test_a_code_that_yaml_takes_for_something_else_is_quoted(repository: Path) -> None:
    begin_language(load_miniature(repository), "no")
    assert yaml.safe_load((repository / "mkdocs.yml").read_text("utf-8").partition("\nextra:")[0])["plugins"][0][
        "i18n"
    ]["languages"][-1] == {"locale": "no", "name": "Norsk"}
    assert not has_errors(load_miniature(repository).findings)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("uk", "The site speaks 'uk' already"),
        ("xx", "knows no 'xx'"),
        ("swe", "is no code of a language"),
        ("pt_BR", "Did you mean 'pt-BR'?"),
        ("../sv", "is no code of a language"),
    ],
)
def test_a_code_that_cannot_be_is_refused(miniature: Path, code: str, words: str) -> None:
    before = snapshot(miniature)
    with pytest.raises(Refused, match=words.replace("?", r"\?")):
        begin_language(load_miniature(miniature), code)
    assert snapshot(miniature) == before


@pytest.mark.parametrize("name", ["docs/sv/index.md", "locales/sv/roles/lead.po"])
def test_a_file_that_exists_is_not_written_over(miniature: Path, name: str) -> None:
    loaded = load_miniature(miniature)
    path = miniature / name
    path.parent.mkdir(parents=True)
    path.write_text("somebody's work", "utf-8")
    before = snapshot(miniature)
    with pytest.raises(Refused, match="exists already"):
        begin_language(loaded, "sv")
    assert snapshot(miniature) == before


def test_changes_that_nobody_has_committed_are_not_touched(repository: Path) -> None:
    path = repository / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("site_name: Rolebook", "site_name: Ours"), "utf-8")
    before = snapshot(repository)
    with pytest.raises(Refused, match=r"mkdocs\.yml would be changed, but hold"):
        begin_language(load_miniature(repository), "sv")
    assert snapshot(repository) == before
    git(repository, "commit", "-qam", "Name it")
    (repository / "roles/care/lead.yml").touch()
    begin_language(load_miniature(repository), "sv")


def test_errors_of_the_knowledge_base_are_told_first(miniature: Path) -> None:
    (miniature / "roles/care/lead.yml").write_text("title: x\n", "utf-8")
    with pytest.raises(Refused, match="has errors") as refused:
        begin_language(load_miniature(miniature), "sv")
    assert refused.value.findings
    assert not (miniature / "locales/sv").exists()


def test_a_failure_half_way_leaves_everything_as_it_was(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(repository)
    loaded = load_miniature(repository)
    whole = scaffold.write_file

    def fails(path: Path, text: str | bytes) -> object:
        if path == repository / "mkdocs.yml" and b"Svenska" in (text if isinstance(text, bytes) else text.encode()):
            raise OSError("no room")
        return whole(path, text)

    monkeypatch.setattr(scaffold, "write_file", fails)
    with pytest.raises(OSError, match="no room"):
        begin_language(loaded, "sv")
    assert snapshot(repository) == before
    assert not (repository / "docs/sv").exists()


def test_the_command_begins_a_language_and_says_what_to_do_next(repository: Path) -> None:
    command = [sys.executable, str(PROJECT / "build_roles.py"), "new", "language", "ps", "--root", str(repository)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "The theme has no words of its own in" in done.stdout
    assert "translate --export ps" in done.stdout
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.returncode, "Nothing was written." in again.stderr) == (1, True)

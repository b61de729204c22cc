"""Translations follow their sources, and nothing a translator wrote is lost."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from rolebook.cli import main
from rolebook.findings import Place
from rolebook.form.config import FORM_WORDS
from rolebook.languages import Language
from rolebook.loading import load
from rolebook.messages import Message, PoFile, State, in_forms_of, interface_messages, read_po, updated_po
from rolebook.pages import Settings, open_books
from rolebook.pages.data import TABLES
from rolebook.pages.datasets import DATASETS
from rolebook.pages.page import Texts
from rolebook.pages.search import KINDS
from rolebook.schema import (
    VOCABULARY,
    Importance,
    ItemOwner,
    Match,
    MoveKind,
    PhaseKey,
    Reason,
    SkillGroup,
    Status,
    Track,
    Use,
)
from rolebook.translating import translate
from rolebook.weblate import components, foreign_sources
from tests.kit import PROJECT
from tests.repository import commit, git

UK = Language("uk")


def message(address: str, source: str) -> Message:
    return Message("roles/x", address, source, "en", Place("x"))


def reread(text: str, tmp_path: Path) -> PoFile:
    path = tmp_path / "x.po"
    path.write_text(text, "utf-8")
    file, findings = read_po(tmp_path, path)
    assert findings == []
    return file


def written(tmp_path: Path, **translations: str) -> PoFile:
    """A PO file with the given translations of sources 'Source <address>'."""
    messages = [message(address, f"Source {address}") for address in translations]
    parsed = polib.pofile(updated_po(messages, None, UK))
    for entry in parsed:
        entry.msgstr = translations[entry.msgctxt]
    return reread(str(parsed) + "\n", tmp_path)


def test_a_new_text_is_added_in_the_order_of_the_source(tmp_path: Path) -> None:
    known = written(tmp_path, a="А", c="В")
    text = updated_po([message(name, f"Source {name}") for name in "abc"], known, UK)
    entries = reread(text, tmp_path).entries
    assert [(entry.address, entry.texts[0]) for entry in entries.values()] == [("a", "А"), ("b", ""), ("c", "В")]


def test_a_changed_text_keeps_its_translation_and_its_former_source(tmp_path: Path) -> None:
    changed = message("a", "Another source")
    entry = reread(updated_po([changed], written(tmp_path, a="А"), UK), tmp_path).entries["a"]
    assert (entry.texts, entry.former, entry.source) == (("А",), "Source a", "Another source")
    assert entry.state(changed) is State.OUTDATED


def test_a_text_that_changes_twice_keeps_the_source_it_was_translated_from(tmp_path: Path) -> None:
    once = reread(updated_po([message("a", "Second")], written(tmp_path, a="А"), UK), tmp_path)
    twice = reread(updated_po([message("a", "Third")], once, UK), tmp_path)
    assert twice.entries["a"].former == "Source a"


def test_a_text_that_changes_back_is_translated_again(tmp_path: Path) -> None:
    once = reread(updated_po([message("a", "Second")], written(tmp_path, a="А"), UK), tmp_path)
    back = message("a", "Source a")
    assert reread(updated_po([back], once, UK), tmp_path).entries["a"].state(back) is State.TRANSLATED


def test_a_text_that_is_gone_is_dropped(tmp_path: Path) -> None:
    known = written(tmp_path, a="А", b="Б")
    assert list(reread(updated_po([message("b", "Source b")], known, UK), tmp_path).entries) == ["b"]


def test_a_translation_nobody_has_checked_stays_unchecked(tmp_path: Path) -> None:
    known = written(tmp_path, a="А")
    fuzzy = replace(known, entries={"a": replace(known.entries["a"], fuzzy=True)})
    entry = reread(updated_po([message("a", "Source a")], fuzzy, UK), tmp_path).entries["a"]
    assert entry.state(message("a", "Source a")) is State.UNCHECKED


def test_running_it_twice_changes_nothing(miniature: Path) -> None:
    translate(miniature)
    again, findings = translate(miniature)
    assert findings == []
    assert (again.changed, again.removed) == (0, 0)


def test_a_broken_translation_file_stops_it_before_anything_is_written(miniature: Path) -> None:
    broken = miniature / "locales/uk/roles/lead.po"
    broken.write_text(broken.read_text("utf-8") + 'msgid "open\n', "utf-8")
    (miniature / "locales/uk/ui.po").unlink()
    written, findings = translate(miniature)
    assert [finding.code for finding in findings] == ["po-syntax"]
    assert written.changed == 0
    assert not (miniature / "locales/uk/ui.po").exists()


def test_words_that_nobody_has_committed_are_not_dropped(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    role, po = repository / "roles/care/lead.yml", repository / "locales/uk/roles/lead.po"
    role.write_text(role.read_text("utf-8").replace("id: plan-shifts", "id: plan-weeks"), "utf-8")
    before = po.read_text("utf-8").replace('msgstr ""', 'msgstr "Новий переклад"')
    po.write_text(before, "utf-8")
    assert main(["translate", "--root", str(repository)]) == 1
    assert "locales/uk/roles/lead.po\nCommit them first" in capsys.readouterr().err
    assert po.read_text("utf-8") == before
    commit(repository)
    assert main(["translate", "--root", str(repository)]) == 0


def test_words_that_git_is_told_to_ignore_are_not_dropped(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(miniature.parent, "init", "--quiet")
    (miniature.parent / ".gitignore").write_text(f"/{miniature.name}/\n", "utf-8")
    commit(miniature.parent)
    role, po = miniature / "roles/care/lead.yml", miniature / "locales/ar/roles/lead.po"
    role.write_text(role.read_text("utf-8").replace("id: answer", "id: reply"), "utf-8")
    before = po.read_bytes()
    assert main(["translate", "--root", str(miniature)]) == 1
    assert "locales/ar/roles/lead.po\nCommit them first" in capsys.readouterr().err
    assert po.read_bytes() == before
    git(miniature.parent, "add", "--force", miniature.name)
    commit(miniature.parent)
    assert main(["translate", "--root", str(miniature)]) == 0


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("uk", {1: "хвилина", 2: "хвилини", 5: "хвилин", 21: "хвилина"}),
        ("ru", {1: "минута", 2: "минуты", 5: "минут", 21: "минута"}),
    ],
)
def test_plurals_follow_the_language(code: str, words: dict[int, str]) -> None:
    knowledge = load(PROJECT).knowledge
    books = open_books(knowledge.catalog, knowledge.messages, Settings())
    texts = Texts(next(book for book in books if book.language.code == code), "")
    assert {number: texts.ui_bare("card.minutes", n=number) for number in words} == {
        number: f"{number} {word}" for number, word in words.items()
    }


def test_every_text_of_the_interface_is_used_and_every_used_one_exists() -> None:
    files = [*(PROJECT / "rolebook").rglob("*.py"), *(PROJECT / "rolebook/templates").glob("*.j2")]
    calls = re.compile(r"""(?:\bui|\bui_bare|\blabel|\binterface)\(\s*["']([a-z.-]+)["'](?!\s*~)""")
    used = {key for path in files for key in calls.findall(path.read_text("utf-8"))}
    enums = {"track": Track, "importance": Importance, "use": Use, "move": MoveKind, "skill-group": SkillGroup}
    enums |= {"owner": ItemOwner, "match": Match, "status": Status, "redirect": Reason}
    used |= {f"{prefix}.{member.value}" for prefix, kind in enums.items() for member in kind}
    used |= {f"phase.{key}" for key in PhaseKey}
    used |= {f"{prefix}.{name}" for prefix in ("nav", "index") for name in ("roles", "skills", "tools", "levels")}
    used |= {
        f"move.{name}" for name in ("rises", "new", "less", "duties", "tools", "level", "count-rises", "count-new")
    }
    used |= {f"data.{name}" for name in DATASETS} | {f"data.csv-{name}" for name in TABLES}
    used |= {f"family.{name}" for name in ("ladder", "matrix")}
    used |= {"paths.choose", "paths.anywhere", "compare.none", "my-skills.any"}  # handed to the macro of choices
    used |= {f"{prefix}.{state}" for prefix in ("notice", "mark") for state in ("missing", "outdated", "unchecked")}
    used |= {f"level.{name}" for name in ("scope", "autonomy", "influence", "complexity")}
    used |= {f"form.{name}" for name in FORM_WORDS}
    states = ("translated", "outdated", "missing", "unchecked")
    used |= {f"{prefix}{state}" for prefix in ("state.", "translations.explain-") for state in states}
    used |= {f"translations.{name}" for name in ("languages", "language", "part")}  # handed to the macro of tables
    columns = ("place", "address", "source", "former", "translation", "state", "done", "note", "form")
    used |= {f"sheet.{name}" for name in (*columns, "help-columns", "help-done", "help-signs", "help-save")}
    used |= {f"translations.{name}" for name in ("interface", "form", "vocabulary")}
    used |= {"notice.page"}  # shown by the theme
    used |= {"card.aliases", "role.entries", "role.measures"} | {f"card.{name}" for name in ("family", "owner")}
    used |= {"foot.edit-role", "foot.edit-source", "scheme.dark", "scheme.light"}
    used |= {f"role.career-{direction}" for direction in ("up", "sideways", "from")}
    used |= {key for path in files for key in re.findall(r'"((?:change|diff)\.[a-z-]+)"', path.read_text("utf-8"))}
    used |= {f"change.kind.{kind}" for kind in ("roles", "skills", *VOCABULARY)}
    used |= {f"change.{what}{ending}" for what in ("added", "removed") for ending in ("", "-some")}
    used |= {f"change.thing-{what}" for what in ("added", "removed")}
    used |= {f"change.status.{status.value}" for status in Status}
    used |= {f"diff.count-{what}" for what in ("added", "changed", "retired", "renamed", "removed")}
    used |= {f"search.kind.{kind}" for kind in KINDS}
    used |= {f"search.{name}" for name in ("found", "none", "instead", "failed")}
    used |= {"diff.errors", "diff.warnings", "diff.language-added", "diff.language-removed"}
    assert used - {"change.status"} == {message.address for message in interface_messages()}


def test_a_translators_remark_and_the_header_are_kept(tmp_path: Path) -> None:
    parsed = polib.pofile(updated_po([message("a", "Source a")], None, UK))
    parsed.metadata["Last-Translator"] = "A team"
    parsed[0].tcomment = "a remark"
    again = polib.pofile(updated_po([message("a", "Source a")], reread(str(parsed) + "\n", tmp_path), UK))
    assert (again.metadata["Last-Translator"], again[0].tcomment) == ("A team", "a remark")


def test_a_mark_removed_by_hand_stays_removed(tmp_path: Path) -> None:
    outdated = updated_po([message("a", "Second")], written(tmp_path, a="А"), UK)
    mended = reread(outdated.replace("#, fuzzy\n", ""), tmp_path)
    entry = reread(updated_po([message("a", "Second")], mended, UK), tmp_path).entries["a"]
    assert entry.state(message("a", "Second")) is State.TRANSLATED


def test_a_source_that_cannot_be_read_drops_no_translation(miniature: Path) -> None:
    role = miniature / "roles/care/lead.yml"
    role.rename(role.with_suffix(".yaml"))
    translate(miniature)
    assert (miniature / "locales/uk/roles/lead.po").exists()


def test_dates_and_sorting_follow_cldr() -> None:
    from datetime import date

    assert Language("fi").long_date(date(2026, 11, 21)) == "21. marraskuuta 2026"
    assert Language("da").sort(["Åben", "Zebra", "Ænde"], key=str) == ["Zebra", "Ænde", "Åben"]
    assert Language("uk").sort(["їжа", "дуб", "ґанок", "гай", "іва"], key=str) == ["гай", "ґанок", "дуб", "іва", "їжа"]
    assert Language("zh-Hant").sort(["客戶", "主管", "一"], key=str) == ["一", "主管", "客戶"]


FOREIGN = r"""# Translators of this file.
# Ivan Petrenko, 2026.
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: bicycles\n"
"Last-Translator: Ivan Petrenko\n"
"Language: uk_UA\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=4; plural=n == 0 ? 3 : n%10==1 && n%100!=11 ? 1 : "
"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 0 : 2;\n"
"X-Generator: Weblate 5.10\n"

#. said to translators
#: rolebook/x.py:1
#, no-wrap, fuzzy
#| msgctxt "b"
#| msgid ""
#| "Former "
#| "b"
msgctxt "b"
msgid ""
"Source "
"b"
msgstr ""
"Друге "
"речення"

# a remark
# of two lines
#, max-length:20
msgctxt "a"
msgid "Source a"
msgstr "А"

msgctxt "many"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} дні"
msgstr[1] "{n} день"
msgstr[2] "{n} днів"
msgstr[3] "жодного дня"

#~ msgctxt "c"
#~ msgid "Source c"
#~ msgstr "В"

#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr "Нема"
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_of_another_tool_is_brought_into_one_form_and_loses_nothing(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(("\ufeff" + FOREIGN.replace("\n", ends)).encode() if ends != "\n" else FOREIGN.encode())
    file, findings = read_po(tmp_path, path)
    assert findings == []
    sources = [message(address, f"Source {address}") for address in "abc"]
    sources.append(replace(message("many", "{n} day"), plural="{n} days"))
    text = updated_po(sources, in_forms_of(file, UK), UK)
    again = reread(text, tmp_path)
    entries = again.entries
    assert list(entries) == ["a", "b", "c", "many"]
    assert [entries[name].texts[0] for name in "abc"] == ["А", "Друге речення", "В"]
    assert entries["many"].texts == ("{n} день", "{n} дні", "{n} днів")
    assert (entries["a"].comment, entries["a"].flags) == ("a remark\nof two lines", ("max-length:20",))
    assert (entries["b"].former, entries["b"].flags) == ("Former b", ("no-wrap",))
    assert [entries[one.address].state(one) for one in sources] == [
        State.TRANSLATED,
        State.OUTDATED,
        State.TRANSLATED,
        State.TRANSLATED,
    ]
    assert again.metadata["X-Generator"] == "Weblate 5.10"
    assert again.metadata["Last-Translator"] == "Ivan Petrenko"
    assert again.metadata["Plural-Forms"] == UK.plural_forms
    assert "# Ivan Petrenko, 2026." in text
    assert updated_po(sources, in_forms_of(again, UK), UK) == text


MSGCAT, MSGFMT = shutil.which("msgcat"), shutil.which("msgfmt")


@pytest.mark.skipif(not MSGCAT or not MSGFMT, reason="gettext's own tools are not installed")
@pytest.mark.parametrize("options", [["--width=40"], ["--sort-output"], ["--no-wrap", "--add-location=never"]])
def test_what_gettexts_own_tools_make_of_a_file_is_undone_to_the_byte(miniature: Path, options: list[str]) -> None:
    translate(miniature)
    paths = sorted((miniature / "locales").rglob("*.po"))
    before = [path.read_bytes() for path in paths]
    for path in paths:
        subprocess.run([str(MSGCAT), *options, "-o", str(path), str(path)], check=True)
        subprocess.run([str(MSGFMT), "--check-format", "-o", os.devnull, str(path)], check=True)
    assert [path.read_bytes() for path in paths] != before
    translate(miniature)
    assert [path.read_bytes() for path in paths] == before


def test_weblate_gets_a_component_for_every_file_and_finds_all_of_its_languages(miniature: Path) -> None:
    knowledge = load(miniature).knowledge
    listed = json.loads(components(knowledge.catalog, knowledge.messages, Settings("https://forge.example/x"), "bikes"))
    assert listed[0]["repo"] == "https://forge.example/x"
    assert {item["repo"] for item in listed[1:]} == {"weblate://bikes/interface"}
    assert len({item["slug"] for item in listed}) == len(listed) == len(knowledge.messages.domains)
    found = {path for item in listed for path in miniature.glob(item["filemask"])}
    assert found == set((miniature / "locales").rglob("*.po"))
    assert dict(foreign_sources(knowledge.messages)) == {"role-mechanic": "uk"}

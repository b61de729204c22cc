"""A change told to reviewers, from real repositories."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup
from pydantic import TypeAdapter

from rolebook import markup
from rolebook.comparison import Comparison
from rolebook.review import LIMIT, harmless
from tests.kit import PROJECT
from tests.repository import commit, edit, git, new_repository

LEAD, ADVISER = "roles/care/lead.yml", "roles/care/adviser.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "base")


def run(root: Path, *arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "build_roles.py"), "diff", *arguments, "--root", str(root)]
    environment = {
        "SOURCE_DATE_EPOCH": "1780272000",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PYTHONIOENCODING": encoding,
    }
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def report(root: Path, *arguments: str) -> str:
    done = run(root, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def compared(root: Path, *arguments: str) -> Comparison:
    return TypeAdapter(Comparison).validate_json(report(root, *arguments, "--format", "json"))


def test_a_small_change_is_told_in_a_few_lines(root: Path) -> None:
    edit(root, LEAD, "Publish the plan two weeks ahead.", "Publish the plan three weeks ahead.")
    edit(root, LEAD, "importance: helpful", "importance: essential")
    assert report(root, "HEAD") == (
        "## What this change does\n\n"
        "- **Roles**: 1 changed\n\n"
        "### Roles\n\n"
        "#### Desk lead\n\n"
        "- **Duties**\n  - Plan shifts: Publish the plan <del>two</del> <ins>three</ins> weeks ahead.\n"
        "- **Skills**\n  - Repairing: Helpful → Essential\n"
    )


def test_nothing_changed_is_said_in_a_sentence(root: Path) -> None:
    assert report(root, "HEAD").endswith("\n\nNothing that readers see changes.\n")


def test_two_revisions_are_compared_without_the_work_tree(root: Path) -> None:
    edit(root, LEAD, "level: 2", "level: 1")
    commit(root, "Lower")
    edit(root, LEAD, "Desk lead", "Never committed")
    told = report(root, "HEAD~1", "main")
    assert "- Level: 2 · Second → 1 · First" in told
    assert "Never" not in told


def test_translations_that_fall_behind_and_are_put_right_are_counted_by_language(root: Path) -> None:
    edit(root, ADVISER, "Listen to the end.", "Listen to the very end.")
    told = {change.language: change for change in compared(root, "HEAD").translations}
    assert {code: (change.outdated, change.missing, change.repaired) for code, change in told.items()} == {
        "uk": (1, 0, 0),
        "ar": (1, 0, 0),
    }
    assert "- **Translations**: Ukrainian, Arabic: 1 becomes outdated\n" in report(root, "HEAD")
    commit(root, "Reword")
    edit(root, "locales/uk/roles/adviser.po", "Listen to the end.", "Listen to the very end.")
    (language,) = compared(root, "HEAD").translations
    assert (language.language, language.outdated, language.missing, language.repaired) == ("uk", 0, 0, 1)


def test_a_new_translation_is_quoted_before_and_after(root: Path) -> None:
    path = root / "locales/uk/roles/adviser.po"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'(msgid "Smile"\nmsgstr ").*"', r'\1Частіше всміхайтеся"', text), "utf-8")
    told = report(root, "HEAD")
    assert "<details><summary>Translations before and after: Ukrainian</summary>" in told
    assert "<ins>" in told
    assert "Частіше" in told


def test_what_breaks_is_told_before_all_else(root: Path) -> None:
    (root / LEAD).unlink()
    told = report(root, "HEAD")
    assert told.index("new errors: the site cannot be published") < told.index("### What needs attention")
    assert told.index("There is no role called 'lead'") < told.index("#### Desk lead")
    assert "#### Desk lead\n\nRemoved." in told
    assert "`/roles/lead/`" in told


def test_roles_nobody_reaches_paths_that_are_gone_and_skills_without_use_are_told(root: Path) -> None:
    edit(root, "roles/craft/mechanic.yml", "  - to: lead", "  - to: adviser")
    text = (root / ADVISER).read_text("utf-8")
    (root / ADVISER).write_text(re.sub(r"  - to: lead\n(    .*\n|      - .*\n)+", "", text), "utf-8")
    text = (root / LEAD).read_text("utf-8")
    (root / LEAD).write_text(re.sub(r"  - skill: repairing\n(    .*\n)+", "", text), "utf-8")
    edit(root, "roles/vocabulary/levels.yml", "        skill: repairing\n        proficiency: awareness\n", "")
    comparison = compared(root, "HEAD")
    assert comparison.unreachable_roles == ("lead",)
    assert [(path.start, path.end) for path in comparison.lost_paths] == [("adviser", "lead"), ("mechanic", "lead")]
    assert [(item.kind, item.id) for item in comparison.unused] == [("skill", "repairing")]
    assert "- No move and no way in leads any more to: Desk lead" in report(root, "HEAD")


def test_whose_first_weeks_change_is_told_at_the_top(root: Path) -> None:
    edit(root, ADVISER, "Take a call.", "Take two calls.")
    edit(root, LEAD, "Desk lead", "Lead")
    assert "- Onboarding changes for: Adviser &amp; &#60;guide&#62;" in report(root, "HEAD").replace("&#38;", "&amp;")
    assert compared(root, "HEAD").onboarding == ("adviser",)


def test_a_new_role_a_retired_one_and_one_with_another_id_are_told_as_such(root: Path) -> None:
    (root / "roles/craft/painter.yml").write_text(
        (root / "roles/craft/smith.yml").read_text("utf-8").replace("Smiths made parts by hand.", "Painters paint.")
        .replace("title: Smith", "title: Painter").replace("deprecated\nreplaced_by: mechanic", "draft"), "utf-8"
    )  # fmt: skip
    git(root, "mv", LEAD, "roles/care/desk-lead.yml")
    for path in (ADVISER, "roles/craft/mechanic.yml"):
        edit(root, path, "to: lead", "to: desk-lead")
    edit(root, "roles/craft/mechanic.yml", "status: draft", "status: deprecated\nreplaced_by: adviser")
    told = report(root, "HEAD")
    assert "- **Roles**: 1 added, 1 no longer used, 1 with a new id" in told
    assert "#### Painter\n\nNew." in told
    assert "Its id was lead and is now desk-lead." in told
    assert "No longer used; replaced by Adviser" in told


def test_hand_written_pages_are_named(root: Path) -> None:
    edit(root, "docs/uk/index.md", "Почніть тут.", "Почніть звідси.")
    assert "### Other pages\n\n- docs/uk/index.md\n" in report(root, "HEAD")


def test_a_base_with_mistakes_is_compared_as_far_as_it_can_be_read(root: Path) -> None:
    edit(root, LEAD, "use: weekly", "use: sometimes")
    edit(root, ADVISER, "title: Adviser & <guide>", "title: 'never closed")
    commit(root, "Break")
    git(root, "checkout", "--quiet", "HEAD~1", "--", "roles")
    edit(root, LEAD, "level: 2", "level: 1")
    told = report(root, "HEAD")
    assert "- Level: 2 · Second → 1 · First" in told
    assert f"not everything in them could be compared: `{ADVISER}`, `{LEAD}`" in told
    assert "#### Adviser" not in told, "it only seems to be new"
    assert "mistakes or warnings are gone" in told


def test_the_words_are_those_of_the_language_that_was_asked_for(root: Path) -> None:
    edit(root, LEAD, "proficiency: expert", "proficiency: working")
    told = report(root, "HEAD", "--language", "uk")
    assert "## Що змінює ця правка" in told
    assert "- **Навички**" in told
    assert run(root, "HEAD", "--language", "sv").returncode == 2


def test_a_report_stays_below_the_limit_and_says_what_it_leaves_out(root: Path) -> None:
    long = " ".join(f"word{number}" for number in range(500))
    for number in range(40):
        text = (root / "roles/craft/smith.yml").read_text("utf-8").replace("title: Smith", f"title: Smith {number}")
        (root / f"roles/craft/smith-{number}.yml").write_text(text.replace("Smiths made parts by hand.", long), "utf-8")
    (root / LEAD).unlink()
    told = report(root, "HEAD")
    assert len(told) < LIMIT
    assert "There is no role called 'lead'" in told
    assert "> Not everything is shown, because a comment has its limits." in told
    assert "build\\_roles.py diff HEAD --format json" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "no revision 'nowhere'"),
        (("HEAD", "nowhere"), "no revision 'nowhere'"),
        (("",), "'' is no revision"),
        (("HEAD", ""), "'' is no revision"),
    ],
)
def test_a_wrong_revision_is_told_in_a_sentence(root: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(root, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_file_is_told_as_a_mistake_and_no_page(root: Path) -> None:
    (root / "docs/en/notes.md").mkdir()
    (root / "docs/en/gone.md").symlink_to("nowhere")
    told = report(root, "HEAD")
    assert "2 new errors" in told
    assert "`docs/en/notes.md:1` This is no ordinary file" in told
    assert "### Other pages" not in told


def test_a_file_whose_name_is_no_text_is_named_by_its_bytes(root: Path) -> None:
    (root / os.fsdecode(b"roles/care/caf\xe9.yml")).write_text("title: Barista\n", "utf-8")
    commit(root, "Add a file from an old computer")
    done = run(root, "HEAD~1", "HEAD", encoding="utf-8:strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert "caf\\udce9.yml" in done.stdout


HOSTILE = [
    "@someone and team@example.org",
    "fixes #12, !34 and GH-56",
    "![x](https://evil.example/x.png) [y](https://evil.example)",
    "<img src=x onerror=alert(1)> </details>",
    "https://evil.example and www.evil.example",
    ":tada: $x$ ~label %milestone &epic ^alert",
    "162bde6aa0 `code` *bold* _under_ ~~gone~~ | a | b |",
    "/close",
    "- item",
    "1. item",
    "# heading",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_role_says_becomes_active_on_a_forge(text: str) -> None:
    said = harmless(markup.plain(text))
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(said)
    assert re.findall(r"<(?!/?p>)[^>]*>", html) == []
    shown = re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
    assert not re.search(r"[@#!~$%&^:](?=[\w/])|\bwww\.|\bGH-\d|[0-9a-f]{7}", shown), shown
    assert shown.replace("\u200b", "").replace("&quot;", '"') == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80))
def test_any_text_stays_text_on_a_forge(text: str) -> None:
    said = harmless(Markup("<del>{}</del> {}").format(markup.plain(text), markup.plain(text)))
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(said)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<p>", "</p>", "<del>", "</del>"}


def test_a_report_says_nothing_of_who_made_the_change(root: Path) -> None:
    edit(root, LEAD, "Desk lead", "Lead")
    commit(root, "Shorten")
    assert "Private" not in report(root, "HEAD~1", "HEAD") + report(root, "HEAD~1", "HEAD", "--format", "json")

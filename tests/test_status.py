"""What needs attention is told at its place, and nothing is said of what is as it should be."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from rolebook.loading import load
from rolebook.schema import Role
from rolebook.status import attention
from rolebook.status_report import as_json, as_markdown, as_text
from tests.kit import PROJECT, TODAY, load_miniature


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), "utf-8")


def said(root: Path, day: date = TODAY, language: str = "") -> str:
    knowledge = load(root, day).knowledge
    return as_text(attention(knowledge, language), knowledge.catalog)


def test_reviews_are_told_by_owner_before_and_after_they_are_due(miniature: Path) -> None:
    # reviewed on 31 January 2026, every twelve months; told sixty days ahead
    assert "Reviews\n" not in said(miniature, date(2026, 12, 1))
    early, late = said(miniature, date(2026, 12, 2)), said(miniature, date(2027, 2, 1))
    assert "Reviews\n  Front desk\n    roles/care/adviser.yml:95: " in early
    assert "roles/care/lead.yml:47: the review of 'Desk lead' is due on 2027-01-31." in early
    assert "roles/care/lead.yml:47: the review of 'Desk lead' was due on 2027-01-31, 1 day ago." in late
    assert "smith.yml" not in early


def test_each_language_tells_its_worst_files_first_with_the_first_places(miniature: Path) -> None:
    (miniature / "locales/uk/roles/adviser.po").unlink()
    text = said(miniature, language="uk")
    files = [line.strip().partition(":")[0] for line in text.splitlines() if line.startswith("    locales/")]
    assert files[0] == "locales/uk/roles/adviser.po"
    assert len(files) == len(set(files)) == 4
    assert "العربية" not in text
    assert "Drafts" not in text
    assert "outdated, line 16: “You lead the advisers.”" in text


def test_a_draft_says_what_it_lacks(miniature: Path) -> None:
    lacks = ", ".join(Role.REQUIRED_WHEN_ACTIVE)
    assert f"roles/craft/mechanic.yml:18: 'Механік' is a draft: it has no {lacks} yet." in said(miniature)


def test_links_to_retired_roles_are_found_in_moves_and_in_texts(miniature: Path) -> None:
    change(miniature, "roles/care/lead.yml", "summary: ", "summary: See [the smith](/roles/smith/). ")
    text = said(miniature)
    assert "Links to roles that are no longer used\n" in text
    assert "'Desk lead' leads to 'smith', which is no longer used." in text


def test_what_nothing_uses_is_found(miniature: Path) -> None:
    change(
        miniature, "roles/vocabulary/measures.yml", "measures:", "measures:\n  - {id: idle, title: Idle, text: Idle.}"
    )
    smith = miniature / "roles/craft/smith.yml"
    smith.write_text(re.sub("status: deprecated\nreplaced_by: .*", "status: draft", smith.read_text("utf-8")), "utf-8")
    text = said(miniature)
    assert "roles/vocabulary/measures.yml:3: No role uses the measure 'idle'." in text
    assert "roles/craft/smith.yml:1: No move leads to 'Smith' or from it." in text


def test_all_is_well_in_one_line() -> None:
    knowledge = load(PROJECT, TODAY).knowledge
    newest = max(role.model.reviewed for role in knowledge.catalog.roles.values())
    assert said(PROJECT, newest) == f"Status on {newest}\n\nAll is well; nothing needs attention."


def test_markdown_mentions_nobody_and_json_holds_every_place(miniature: Path) -> None:
    change(miniature, "roles/craft/mechanic.yml", "title: Механік", "title: '@everyone <b>'")
    knowledge = load_miniature(miniature).knowledge
    found = attention(knowledge)
    markdown = as_markdown(found, knowledge.catalog)
    assert "## Drafts" in markdown
    assert "@everyone" not in markdown
    assert "<b>" not in markdown
    parsed = json.loads(as_json(found))
    uk = next(item for item in parsed["translations"] if item["language"] == "uk")
    assert sum(len(file["texts"]) for file in uk["files"]) == uk["outdated"] + uk["missing"] + uk["unchecked"]
    assert parsed["drafts"][0]["path"] == "roles/craft/mechanic.yml"


def test_the_day_comes_from_the_environment_and_an_unknown_language_is_refused(miniature: Path) -> None:
    command = [sys.executable, str(PROJECT / "build_roles.py"), "status", "--root", str(miniature)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1780272000"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.partition("\n")[0]) == (0, "Status on 2026-06-01")
    done = subprocess.run([*command, "--language", "ukr"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "The site does not speak 'ukr'. Did you mean 'uk'?" in done.stderr

"""When roles changed and by what: from real repositories, told only where it is known."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rolebook.history import NO_HISTORY, History, read_history
from rolebook.loading import load
from rolebook.pages import build_files, open_books
from rolebook.pipeline import KEPT_HISTORY, build, render
from tests.conftest import quiet
from tests.kit import TODAY, copy_miniature, load_miniature
from tests.rendered import SETTINGS, render_all
from tests.repository import commit, edit, git, new_repository
from tests.test_site import html

LEAD, ADVISER = "roles/care/lead.yml", "roles/care/adviser.yml"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The miniature after two changes of the role 'lead'."""
    root = new_repository(tmp_path / "base")
    edit(root, LEAD, "proficiency: expert", "proficiency: practitioner")
    commit(root, "Ask less of a lead", "2026-03-01")
    edit(root, LEAD, "Publish the plan two weeks ahead.", "Publish the plan three weeks ahead.")
    commit(root, "Plan <b>earlier</b> *now*", "2026-04-01")
    return root


def history_of(root: Path) -> History:
    return read_history(root, b"")[0]


def pages(root: Path, day: date = TODAY) -> dict[str, str]:
    knowledge = load(root, day).knowledge
    books = open_books(knowledge.catalog, knowledge.messages, SETTINGS, history=history_of(root), today=day)
    return {**render_all(books), **dict(build_files(books))}


def test_a_role_says_when_and_by_what_it_was_last_changed(root: Path) -> None:
    page = pages(root)["en/roles/lead/index.md"]
    assert '<dt>Last changed</dt><dd><a href="history/">April 1, 2026</a></dd>' in page
    assert "Last change, April 1, 2026&#58; " in page
    assert "Plan &#60;b&#62;earlier&#60;&#47;b&#62; &#42;now&#42;" in page
    assert '<a href="history/">History of this role</a>' in page


def test_a_translated_role_also_says_when_its_translation_was_last_changed(root: Path) -> None:
    path = root / "locales/uk/roles/lead.po"
    path.write_text(path.read_text("utf-8") + "\n# looked over\n", "utf-8")
    commit(root, "Look the translation over", "2026-05-01")
    told = pages(root)
    assert "Остання зміна цього перекладу, 1 травня 2026" in told["uk/roles/lead/index.md"]
    assert "Look the translation over" not in told["en/roles/lead/index.md"]


def test_a_role_has_a_history_in_words_the_newest_first(root: Path) -> None:
    page = pages(root)["en/roles/lead/history/index.md"]
    assert re.findall(r"^## (.*?) \{", page, re.MULTILINE) == ["April 1, 2026", "March 1, 2026", "February 1, 2026"]
    assert "<del>two</del> <ins>three</ins>" in page
    assert "Expert → Practitioner" in page
    assert page.rstrip().endswith("<p>New.</p>")


def test_nothing_says_who_made_a_change(root: Path) -> None:
    assert not [name for name, text in pages(root).items() if "Private" in text or "private.example" in text]


def test_what_changes_nothing_that_readers_see_is_no_history(root: Path) -> None:
    edit(root, LEAD, "title: Desk lead", 'title: "Desk lead"')
    commit(root, "Quote", "2026-05-01")
    assert history_of(root).of_role("lead")[0].subject.startswith("Plan")


def test_what_is_not_committed_is_no_history(root: Path) -> None:
    before = history_of(root)
    edit(root, LEAD, "title: Desk lead", "title: Never committed")
    assert history_of(root) == before


def test_a_role_keeps_its_history_when_it_gets_another_id_or_family(root: Path) -> None:
    git(root, "mv", LEAD, "roles/craft/desk-lead.yml")
    for path in (ADVISER, "roles/craft/mechanic.yml"):
        edit(root, path, "to: lead", "to: desk-lead")
    commit(root, "Move the lead", "2026-05-01")
    events = history_of(root).of_role("desk-lead")
    assert [event.subject.split()[0] for event in events] == ["Move", "Plan", "Ask", "Tell"]
    assert events[0].account.changes[0].former_id == "lead"
    page = pages(root)["en/roles/desk-lead/history/index.md"]
    assert "Its id was lead and is now desk-lead" in page


def test_a_role_that_took_a_former_role_s_id_does_not_tell_that_one_s_history(root: Path) -> None:
    git(root, "rm", "--quiet", "roles/craft/smith.yml")
    commit(root, "Let the smith go", "2026-05-01")
    git(root, "mv", "roles/craft/mechanic.yml", "roles/craft/smith.yml")
    commit(root, "Call mechanics smiths", "2026-05-02")
    told = history_of(root).of_role("smith")
    assert [event.subject for event in told] == ["Call mechanics smiths", "Tell the first roles"]
    assert [change.id for change in told[1].account.changes] == ["mechanic"]


def test_two_roles_that_exchanged_their_ids_keep_their_histories(root: Path) -> None:
    for former, later in ((LEAD, "roles/care/swap.yml"), (ADVISER, LEAD), ("roles/care/swap.yml", ADVISER)):
        git(root, "mv", former, later)
        commit(root, f"Call it {Path(later).stem}", "2026-05-01")
    assert [event.subject.split()[-1] for event in history_of(root).of_role("adviser")] == [
        "adviser", "swap", "*now*", "lead", "roles"
    ]  # fmt: skip
    assert [event.subject.split()[-1] for event in history_of(root).of_role("lead")] == ["lead", "roles"]


def test_what_a_merge_decided_stands_in_the_history(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "side", "HEAD~1")
    edit(root, LEAD, "Publish the plan two weeks ahead.", "Publish the plan a month ahead.")
    commit(root, "Plan for a month", "2026-04-02")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--strategy", "ours", "--no-commit", "side")
    edit(root, LEAD, "Publish the plan three weeks ahead.", "Publish the plan four weeks ahead.")
    commit(root, "Agree on four weeks", "2026-04-03")
    told = [event.subject for event in history_of(root).of_role("lead")[:3]]
    assert told == ["Agree on four weeks", "Plan for a month", "Plan <b>earlier</b> *now*"]
    assert "<del>three</del> <ins>four</ins>" in pages(root)["en/roles/lead/history/index.md"]


def test_a_change_of_which_nobody_wrote_anything_is_called_as_in_the_feed(root: Path) -> None:
    edit(root, LEAD, "title: Desk lead", "title: Lead")
    name = commit(root, "", "2026-05-01")
    told = pages(root)
    assert f"### Recent changes {{: #change-{name[:12]} }}" in told["en/changes/index.md"]
    assert f"### Останні зміни {{: #change-{name[:12]} }}" in told["uk/changes/index.md"]
    assert "<title>Recent changes</title>" in told["en/changes/feed.xml"]


def test_a_commit_of_a_time_that_no_calendar_knows_stops_no_page(root: Path) -> None:
    before = pages(root)["en/roles/lead/history/index.md"]
    edit(root, LEAD, "title: Desk lead", 'title: "Desk lead"')
    commit(root, "Come from the year 10000", "@253402300800")
    assert pages(root)["en/roles/lead/history/index.md"] == before


def test_of_a_shallow_copy_nothing_is_told_that_is_not_known(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{root}", "shallow")
    told = pages(tmp_path / "shallow")
    assert re.findall(r"^## (.*?) \{", told["en/roles/lead/history/index.md"], re.MULTILINE) == ["April 1, 2026"]
    assert "What changed earlier is not known here." in told["en/roles/lead/history/index.md"]
    assert "en/roles/adviser/history/index.md" not in told
    assert "Last changed" not in told["en/roles/adviser/index.md"]


def test_without_a_repository_nothing_is_told(tmp_path: Path) -> None:
    root = copy_miniature(tmp_path / "base")
    assert history_of(root) == NO_HISTORY
    told = pages(root)
    assert "No changes are known here yet." in told["en/changes/index.md"]
    assert not [name for name in told if "history" in name or name.endswith(".xml")]


def test_a_repository_without_commits_has_no_history(tmp_path: Path) -> None:
    root = copy_miniature(tmp_path / "base")
    git(root, "init", "--quiet")
    assert history_of(root) == NO_HISTORY


def test_a_version_with_mistakes_is_told_as_far_as_it_can_be_read(root: Path) -> None:
    edit(root, LEAD, "use: weekly", "use: sometimes")
    edit(root, LEAD, "level: 2", "level: 1")
    commit(root, "Break", "2026-05-01")
    (root / LEAD).write_text("title: 'never closed\n", "utf-8")
    commit(root, "Break wholly", "2026-05-02")
    git(root, "checkout", "--quiet", "HEAD~2", "--", LEAD)
    commit(root, "Mend", "2026-05-03")
    mended, wholly, broken = history_of(root).of_role("lead")[:3]
    assert [event.account.untold for event in (mended, wholly, broken)] == [(LEAD,), (LEAD,), (LEAD,)]
    assert (mended.account.changes, wholly.account.changes) == ((), ())
    assert [change.field for change in broken.account.changes[0].changes] == ["level", "tools"]
    assert "Not everything in this change can be told" in pages(root)["en/roles/lead/history/index.md"]


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b'{"program": "x", "told": {}}', b"\xff"])
def test_what_was_kept_may_be_broken_or_missing(root: Path, kept: bytes) -> None:
    assert read_history(root, kept) == read_history(root, b"")


def test_what_was_kept_is_not_compared_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history, kept = read_history(root, b"")
    monkeypatch.setattr("rolebook.history.compare", None)
    assert read_history(root, kept) == (history, kept)


def test_rendering_keeps_what_it_compared_and_does_without_a_folder_to_write(root: Path) -> None:
    loaded = load(root, TODAY)
    render(loaded, SETTINGS)
    assert json.loads((root / KEPT_HISTORY).read_text("utf-8"))["told"]
    assert render(loaded, SETTINGS).changed == 0
    shutil.rmtree(root / KEPT_HISTORY.parent)
    (root / KEPT_HISTORY.parent).write_text("no folder")
    assert render(loaded, SETTINGS).changed == 0


def test_recent_changes_are_grouped_by_day_and_lead_to_their_roles(root: Path) -> None:
    edit(root, "roles/vocabulary/skills/listening.yml", "title: Listening", "title: Listening closely")
    commit(root, "Name the skill", "2026-04-01")
    page = pages(root)["en/changes/index.md"]
    assert re.findall(r"^## (.*?) \{", page, re.MULTILINE) == ["April 1, 2026", "March 1, 2026", "February 1, 2026"]
    assert '<a href="../roles/lead/">Desk lead</a>' in page
    assert '<a href="../skills/listening/">Listening closely</a>' in page
    assert "Title&#58; " in page


def test_the_feed_of_each_language_is_whole(root: Path) -> None:
    for code, address in (("en", ""), ("uk", "uk/")):
        feed = ElementTree.fromstring(pages(root)[f"{code}/changes/feed.xml"])  # noqa: S314 - our own
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == code
        assert feed.findtext("a:updated", namespaces=ATOM) == "2026-04-01T12:00:00Z"
        assert feed.findtext("a:author/a:name", namespaces=ATOM)
        links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
        page = f"https://example.org/handbook/{address}changes/"
        assert links == {"self": f"{page}feed.xml", "alternate": page}
        entries = feed.findall("a:entry", ATOM)
        assert entries[0].findtext("a:title", namespaces=ATOM) == "Plan <b>earlier</b> *now*"
        ids = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}id")]
        assert len(set(ids)) == len(ids) == len(entries) + 1
        assert all(str(name).startswith("urn:uuid:") for name in ids)


def test_an_overdue_review_is_told_at_the_top_of_the_role(root: Path) -> None:
    assert "rb-notice--overdue" not in pages(root)["en/roles/lead/index.md"]
    told = pages(root, date(2027, 2, 1))
    assert "was due to be read through by January 31, 2027" in told["en/roles/lead/index.md"]
    assert "rb-notice--overdue" not in told["en/roles/smith/index.md"], "nobody reads what is no longer used"


def test_the_site_with_a_history_is_whole_and_links_its_feed(root: Path) -> None:
    build(load_miniature(root), root / "site", quiet, "https://example.org/handbook/")
    page = html(root / "site", "uk/changes/index.html")
    link = page.css_first('link[rel~=alternate][type="application/atom+xml"]')
    assert link.attributes["href"] == "feed.xml"
    assert (root / "site/uk/changes/feed.xml").is_file()
    trees = [
        {path.relative_to(folder).as_posix() for path in folder.rglob("history/index.html")}
        for folder in (root / "site/roles", root / "site/uk/roles", root / "site/ar/roles")
    ]
    assert trees[0] == trees[1] == trees[2] != set()

"""Trees and commits are read from real repositories, whatever their form, and nothing leaves the given folder."""

import os
import shutil
from pathlib import Path

import pytest

from rolebook.git import FileChange, GitError, open_repository
from tests.repository import commit, edit, git, new_repository

FOLDERS = ("roles", "locales", "docs")
SUFFIXES = (".yml", ".po", ".md")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "base")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_tree_is_written_as_it_was_committed(repository: Path, tmp_path: Path) -> None:
    edit(repository, "roles/care/lead.yml", "Desk lead", "Something else")
    assert open_repository(repository).export("HEAD", FOLDERS, tmp_path / "out", SUFFIXES) == ()
    assert "title: Desk lead" in (tmp_path / "out/roles/care/lead.yml").read_text("utf-8")
    assert names(tmp_path / "out") == {name for name in names(repository) if name.startswith(FOLDERS)}


def test_a_knowledge_base_may_be_a_folder_of_a_repository(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "whole/base")
    shutil.rmtree(root / ".git")
    git(tmp_path / "whole", "init", "--quiet", "--initial-branch", "main")
    first = commit(tmp_path / "whole", "Begin")
    edit(root, "roles/care/lead.yml", "Desk lead", "Lead")
    second = commit(tmp_path / "whole", "Shorten")
    base = open_repository(root)
    base.export(first, FOLDERS, tmp_path / "out", SUFFIXES)
    assert "title: Desk lead" in (tmp_path / "out/roles/care/lead.yml").read_text("utf-8")
    newest = base.commits(["roles"])[0]
    assert (newest.id, [file.path for file in newest.files]) == (second, ["roles/care/lead.yml"])


def test_a_linked_work_tree_is_read_like_any_other(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"))
    edit(tmp_path / "linked", "roles/care/lead.yml", "Desk lead", "Lead")
    commit(tmp_path / "linked", "Shorten")
    subjects = [change.subject for change in open_repository(tmp_path / "linked").commits(["roles"])]
    assert subjects == ["Shorten", "Tell the first roles"]


def test_of_a_shallow_copy_only_what_is_known_is_told(repository: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        edit(repository, "roles/care/lead.yml", "title: ", f"title: {number} ")
        commit(repository, f"Change {number}")
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{repository}", "shallow")
    shallow = open_repository(tmp_path / "shallow")
    assert shallow.is_shallow
    assert [change.subject for change in shallow.commits(["roles"])] == ["Change 3"]
    with pytest.raises(GitError, match="does not hold the whole history"):
        shallow.resolve("HEAD~2")


def test_links_and_paths_that_lead_elsewhere_are_left_out_and_named(repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("title: secret")
    (repository / "roles/care/link.yml").symlink_to(secret)
    (repository / "docs/elsewhere").symlink_to(tmp_path)
    commit(repository, "Link")
    left_out = open_repository(repository).export("HEAD", FOLDERS, tmp_path / "out", SUFFIXES)
    assert left_out == ("docs/elsewhere", "roles/care/link.yml")
    assert not any(path.is_symlink() for path in (tmp_path / "out").rglob("*"))


def test_attributes_cannot_hide_a_file(repository: Path, tmp_path: Path) -> None:
    (repository / ".gitattributes").write_text("roles/care/lead.yml export-ignore\n*.yml export-subst\n")
    commit(repository, "Hide")
    open_repository(repository).export("HEAD", FOLDERS, tmp_path / "out", SUFFIXES)
    assert (tmp_path / "out/roles/care/lead.yml").is_file()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD:roles"])
def test_a_revision_that_is_none_is_named_in_a_sentence(repository: Path, revision: str) -> None:
    with pytest.raises(GitError, match=f"'{revision}'"):
        open_repository(repository).resolve(revision)


def test_a_folder_outside_of_git_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="is not in a git repository"):
        open_repository(tmp_path)


def test_a_missing_git_is_named_in_a_sentence(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="Git is needed"):
        open_repository(repository)


def test_settings_of_the_person_change_nothing(repository: Path) -> None:
    edit(repository, "roles/care/lead.yml", "Desk lead", "Lead")
    commit(repository, "Shorten : and\tmore")
    before = open_repository(repository).commits(["roles", "locales"])
    for key, value in {"log.showRoot": "false", "diff.renames": "false", "core.quotePath": "true"}.items():
        git(repository, "config", key, value)
    assert open_repository(repository).commits(["roles", "locales"]) == before
    assert [change.subject for change in before] == ["Shorten : and\tmore", "Tell the first roles"]


def test_a_moved_file_is_known_by_both_its_paths(repository: Path) -> None:
    git(repository, "mv", "roles/care/lead.yml", "roles/craft/lead.yml")
    commit(repository, "Move")
    newest = open_repository(repository).commits(["roles"])[0]
    assert [(file.former_path, file.path) for file in newest.files] == [("roles/care/lead.yml", "roles/craft/lead.yml")]


def test_a_file_whose_name_is_no_text_is_left_out(repository: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"roles/care/caf\xe9.yml")
    (repository / name).write_text("title: Barista\n", "utf-8")
    commit(repository, "Add")
    assert open_repository(repository).export("HEAD", FOLDERS, tmp_path / "out", SUFFIXES) == (name,)


def test_a_commit_of_a_time_that_no_calendar_knows_is_left_out(repository: Path) -> None:
    edit(repository, "roles/care/lead.yml", "Desk lead", "Lead")
    commit(repository, "Come from the year 10000", day="@253402300800")
    edit(repository, "roles/care/lead.yml", "title: Lead", "title: Head")
    commit(repository, "Go on")
    assert [change.subject for change in open_repository(repository).commits(["roles"])] == [
        "Go on",
        "Tell the first roles",
    ]


def test_a_submodule_or_link_in_the_place_of_a_file_is_no_file(repository: Path) -> None:
    name = commit(repository, "Опис")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{name},roles/care/module.yml")
    (repository / "roles/care/link.yml").symlink_to("lead.yml")
    git(repository, "add", "roles/care/link.yml")
    git(repository, "commit", "--quiet", "--message", "Put strange things there")
    assert open_repository(repository).commits(["roles"])[0].files == ()


def test_of_what_git_holds_only_files_are_read(repository: Path) -> None:
    name = commit(repository, "Опис")
    blob = git(repository, "rev-parse", "HEAD:roles/care/lead.yml")
    assert set(open_repository(repository).blobs([name, blob])) == {blob}


def test_of_a_merge_is_told_what_neither_of_its_sides_had(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "whole/base")
    shutil.move(root / ".git", tmp_path / "whole/.git")
    commit(tmp_path / "whole", "Begin")
    git(root, "checkout", "--quiet", "-b", "side")
    edit(root, "roles/care/lead.yml", "Desk lead", "Side lead")
    edit(root, "roles/care/adviser.yml", "title: ", "title: Side ")
    commit(tmp_path / "whole", "Side")
    git(root, "checkout", "--quiet", "main")
    edit(root, "roles/care/lead.yml", "Desk lead", "Main lead")
    commit(tmp_path / "whole", "Main")
    before = git(root, "rev-parse", "HEAD:./roles/care/lead.yml")
    git(root, "merge", "--quiet", "--strategy", "ours", "--no-commit", "side")
    git(root, "checkout", "side", "--", "roles/care/adviser.yml")
    edit(root, "roles/care/lead.yml", "Main lead", "Lead of both")
    commit(tmp_path / "whole", "Merge")
    after = git(root, "rev-parse", "HEAD:./roles/care/lead.yml")
    told = {change.subject: change.files for change in open_repository(root).commits(["roles"])}
    assert told["Merge"] == (FileChange(before, after, "roles/care/lead.yml", "roles/care/lead.yml"),)
    assert list(told)[1:3] == ["Main", "Side"]

"""Renaming, deprecating and removing: everywhere at once, no word lost, and a way on from every old address."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import rolebook.write
from rolebook.addresses import page_addresses
from rolebook.catalog import KINDS
from rolebook.cli import main
from rolebook.languages import Language
from rolebook.pipeline import build
from rolebook.redirections import redirections
from rolebook.scaffold.rename import KINDS_TO_RENAME
from rolebook.translating import translate
from tests.conftest import quiet
from tests.kit import MINIATURE, copy_miniature, load_miniature, state_of
from tests.repository import commit, edit, git
from tests.web import serve_folder

REDIRECTS = "roles/vocabulary/redirects.yml"
THINGS = [
    (kind, id_) for kind in KINDS_TO_RENAME for id_ in getattr(load_miniature(MINIATURE).knowledge.catalog, KINDS[kind])
]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")


def run(root: Path, *arguments: str) -> int:
    return main([*arguments, "--root", str(root)])


def translations(root: Path, was: str, now: str) -> Counter[tuple[str, str, str]]:
    """Count what readers see in each language, with links as they are from now on."""
    knowledge = load_miniature(root).knowledge
    seen: Counter[tuple[str, str, str]] = Counter()
    for key in knowledge.messages.sources:
        for language in knowledge.catalog.languages:
            shown = knowledge.messages.translate(key, language)
            seen[(language.code, shown.state.value, shown.text.replace(f"/{was}/", f"/{now}/"))] += 1
    return seen


@pytest.mark.parametrize(("kind", "id_"), THINGS)
def test_a_new_name_there_and_back_leaves_every_byte_and_every_translation_as_it_was(
    kind: str, id_: str, repository: Path
) -> None:
    before, seen = state_of(repository), translations(repository, id_, "on")
    findings = Counter(finding.code for finding in load_miniature(repository).findings)
    assert run(repository, "rename", kind, id_, "on") == 0  # in YAML a word that must stand in quotes
    assert translations(repository, id_, "on") == seen
    assert Counter(finding.code for finding in load_miniature(repository).findings) == findings
    assert run(repository, "format", "--check") == 0
    again, _ = translate(repository)
    assert (again.changed, again.removed) == (0, 0)
    commit(repository)
    assert run(repository, "rename", kind, "on", id_) == 0
    after = state_of(repository)
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {REDIRECTS}
    redirect = load_miniature(repository).knowledge.catalog.former(kind).get("on")
    assert redirect is None if kind in ("measure", "owner") else redirect and redirect.to == id_


def test_links_in_every_file_follow_the_new_name(repository: Path) -> None:
    page = repository / "docs/uk/index.md"
    page.write_text(
        page.read_text("utf-8")
        + '\n[a](roles/lead/index.md#duties) <a href="roles/lead/onboarding/">b</a>'
        + ' <a href="moves/adviser--lead/">c</a> <a href="paths/?from=adviser&amp;to=lead">d</a>'
        + " [e](https://example.org/roles/lead/) lead\n",
        "utf-8",
    )
    commit(repository)
    assert run(repository, "rename", "role", "lead", "desk-lead") == 0
    assert page.read_text("utf-8").splitlines()[-1] == (
        '[a](roles/desk-lead/index.md#duties) <a href="roles/desk-lead/onboarding/">b</a>'
        ' <a href="moves/adviser--desk-lead/">c</a> <a href="paths/?from=adviser&amp;to=desk-lead">d</a>'
        " [e](https://example.org/roles/lead/) lead"
    )
    po = (repository / "locales/uk/roles/adviser.po").read_text("utf-8")
    assert "[link](/roles/desk-lead/)" in po
    assert "[посилання](/roles/desk-lead/)" in po
    assert "/roles/lead/" not in po


def test_who_also_reviews_a_folder_or_file_reviews_it_under_its_new_name(repository: Path) -> None:
    owners = repository / "roles/vocabulary/owners.yml"
    kept = "    handles:\n      - '@desk'\n    keeps:\n      - /roles/craft/\n      - /roles/care/lead.yml\n"
    owners.write_text(owners.read_text("utf-8").replace("'@desk'", '"@desk"') + kept.replace("'", '"'), "utf-8")
    commit(repository)
    assert run(repository, "rename", "family", "craft", "trades") == 0
    commit(repository)
    assert run(repository, "rename", "role", "lead", "boss") == 0
    assert load_miniature(repository).knowledge.catalog.owners["desk"].model.keeps == (
        "/roles/trades/",
        "/roles/care/boss.yml",
    )


def test_exceptions_from_rules_of_writing_stay_at_their_texts(repository: Path) -> None:
    stated = "exceptions:\n" + "".join(
        f"  - at: {at}\n    rule: vague-words\n    why: Their own word.\n"
        for at in ("moves.lead.why", "moves.mechanic.why", "about", "no.such.text")
    )
    role = repository / "roles/care/adviser.yml"
    role.write_text(role.read_text("utf-8") + stated, "utf-8")
    commit(repository)

    def places() -> list[str]:
        return [one.model.at for one in load_miniature(repository).knowledge.catalog.exceptions]

    assert run(repository, "rename", "role", "lead", "boss") == 0
    assert places() == ["moves.boss.why", "moves.mechanic.why", "about", "no.such.text"]
    commit(repository)
    assert run(repository, "rename", "role", "adviser", "consultant") == 0
    assert places() == ["moves.boss.why", "moves.mechanic.why", "about", "no.such.text"]
    commit(repository)
    assert run(repository, "deprecate", "role", "mechanic", "--replaced-by", "boss") == 0
    commit(repository)
    assert run(repository, "remove", "role", "mechanic") == 0
    assert places() == ["moves.boss.why", "about", "no.such.text"]


def test_a_second_new_name_leads_both_old_ones_to_it(repository: Path) -> None:
    for former, today in (("adviser", "consultant"), ("consultant", "guide")):
        assert run(repository, "rename", "role", former, today) == 0
        commit(repository)
    catalog = load_miniature(repository).knowledge.catalog
    leads = {former: redirect.to for former, redirect in catalog.former("role").items()}
    assert leads == {"counsellor": "guide", "adviser": "guide", "consultant": "guide", "farrier": "mechanic"}
    ways = {one.former: one.current for one in redirections(catalog)}
    assert ways["/moves/adviser--lead/"] == ways["/moves/counsellor--lead/"] == "/moves/guide--lead/"


def test_a_new_title_is_written_and_leaves_its_translations_to_be_looked_over(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "rename", "role", "lead", "head", "--title", "Head of the desk") == 0
    assert "Run 'build_roles.py translate'" in capsys.readouterr().out
    knowledge = load_miniature(repository).knowledge
    assert knowledge.catalog.roles["head"].model.title == "Head of the desk"
    shown = knowledge.messages.translate(("roles/head", "head.title"), Language("uk"))
    assert (shown.text, shown.state.value) == ("Старший зміни", "outdated")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("role", "led", "boss"), "There is no role called 'led'. Did you mean 'lead'?"),
        (("role", "counsellor", "boss"), "There is no role called 'counsellor'. It is called 'adviser' today."),
        (("role", "lead", "adviser"), "There is a role called 'adviser' already in roles/care/adviser.yml."),
        (("role", "lead", "farrier"), "Old links to 'farrier' lead to 'mechanic' today"),
        (("role", "lead", "Boss"), "'Boss' cannot be an id"),
        (("role", "lead", "lead"), "The new name is the old one."),
        (("role", "lead", "boss", "--title", "Counsellor"), "'adviser' is called 'Counsellor' already."),
        (("tool", "phone", "bell"), "There is a product called 'bell' already"),
    ],
)
def test_a_name_that_cannot_be_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state_of(miniature)
    assert run(miniature, "rename", *arguments) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "Nothing was written." in said
    assert state_of(miniature) == before


@pytest.mark.parametrize(
    ("path", "was", "now", "words"),
    [
        ("roles/craft/smith.yml", "title: Smith", "title: 'Smith", "Mend this first."),
        ("roles/care/adviser.yml", "language: en", "language: 'en'", "roles/care/adviser.yml is not in its one form"),
    ],
)
def test_nothing_is_renamed_where_something_is_wrong_or_more_would_change(
    path: str, was: str, now: str, words: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = repository / path
    file.write_text(file.read_text("utf-8").replace(was, now), "utf-8")
    commit(repository)
    before = state_of(repository)
    assert run(repository, "rename", "role", "lead", "boss") == 1
    assert words in capsys.readouterr().err
    assert state_of(repository) == before


@pytest.mark.parametrize("path", ["roles/craft/mechanic.yml", "locales/uk/roles/lead.po", "roles/care/boss.yml"])
def test_an_uncommitted_change_in_a_file_that_would_change_stops_it_whole(
    path: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = repository / path
    file.write_text(file.read_text("utf-8") + "\n" if file.exists() else "title: x\n", "utf-8")
    before = state_of(repository)
    assert run(repository, "rename", "role", "lead", "boss") == 1
    assert path in capsys.readouterr().err
    assert state_of(repository) == before


def test_an_uncommitted_change_elsewhere_is_in_nobodys_way(repository: Path) -> None:
    owners = repository / "roles/vocabulary/owners.yml"
    owners.write_text(owners.read_text("utf-8").replace("Front desk", "The desk"), "utf-8")
    assert run(repository, "rename", "role", "lead", "boss") == 0


def test_a_base_in_a_folder_of_a_larger_repository_is_looked_at_as_well(
    miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(miniature.parent, "init", "--quiet")
    commit(miniature.parent)
    role = miniature / "roles/craft/mechanic.yml"
    role.write_text(role.read_text("utf-8") + "\n", "utf-8")
    assert run(miniature, "rename", "role", "lead", "boss") == 1
    assert "roles/craft/mechanic.yml" in capsys.readouterr().err


def test_a_submodule_is_asked_for_its_own_uncommitted_changes(
    miniature: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    origin = tmp_path / "origin"
    shutil.move(miniature / "roles", origin)
    git(origin, "init", "--quiet")
    commit(origin)
    git(miniature, "init", "--quiet")
    git(miniature, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(origin), "roles")
    commit(miniature)
    edit(miniature, "roles/care/lead.yml", "title: Desk lead", "title: First desk lead")
    assert run(miniature, "rename", "role", "lead", "boss") == 1
    assert "not committed:\n  roles/care/lead.yml\n" in capsys.readouterr().err
    commit(miniature / "roles")
    assert run(miniature, "rename", "role", "lead", "boss") == 0


def test_where_a_file_cannot_be_written_everything_is_brought_back(
    miniature: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, write_file = state_of(miniature), rolebook.write.write_file

    def fails_at_last(path: Path, text: str) -> rolebook.write.Written:
        if path.is_relative_to(miniature) and path.name == "redirects.yml":
            raise OSError("disk full")
        return write_file(path, text)

    monkeypatch.setattr(rolebook.write, "write_file", fails_at_last)
    assert run(miniature, "rename", "role", "lead", "boss") == 1
    assert "disk full. Everything is as it was." in capsys.readouterr().err
    assert state_of(miniature) == before


def test_a_deprecated_role_keeps_its_page_and_its_moves_lead_on(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "deprecate", "role", "adviser", "--replaced-by", "mechanic") == 0
    assert "'build_roles.py remove role adviser'" in capsys.readouterr().out
    catalog = load_miniature(repository).knowledge.catalog
    assert catalog.roles["adviser"].model.replaced_by == "mechanic"
    ways = {one.former: one.current for one in redirections(catalog)}
    assert ways["/moves/adviser--lead/"] == "/moves/mechanic--lead/"
    assert ways["/moves/adviser--mechanic/"] == "/roles/mechanic/"
    assert "/roles/adviser/" not in ways
    assert run(repository, "format", "--check") == 0


def test_what_was_replaced_by_a_deprecated_role_is_replaced_by_its_replacement(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "deprecate", "role", "mechanic", "--replaced-by", "lead") == 0
    assert load_miniature(repository).knowledge.catalog.roles["smith"].model.replaced_by == "lead"
    assert "'mechanic', which is no longer used" in capsys.readouterr().out  # a move still leads to it


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("deprecate", "role", "lead", "--replaced-by", "led"), "There is no role called 'led'."),
        (("deprecate", "role", "lead", "--replaced-by", "lead"), "A role cannot be replaced by itself."),
        (("deprecate", "role", "lead", "--replaced-by", "smith"), "'mechanic' replaces it. Name that role."),
        (("deprecate", "role", "smith", "--replaced-by", "mechanic"), "'smith' is deprecated already"),
        (("remove", "role", "lead"), "'lead' is still used."),
        (("remove", "role", "farrier"), "It is called 'mechanic' today."),
    ],
)
def test_a_role_that_cannot_go_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, miniature: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state_of(miniature)
    assert run(miniature, *arguments) == 1
    assert words in capsys.readouterr().err
    assert state_of(miniature) == before


def test_a_removed_role_takes_its_texts_and_the_moves_to_it_along_and_all_its_addresses_lead_on(
    repository: Path,
) -> None:
    knowledge = load_miniature(repository).knowledge
    former = {page for page in page_addresses(knowledge.catalog, knowledge.docs) if "mechanic" in page}
    assert run(repository, "deprecate", "role", "mechanic", "--replaced-by", "lead") == 0
    commit(repository)
    assert run(repository, "remove", "role", "mechanic") == 0
    loaded = load_miniature(repository)
    assert loaded.is_sound
    assert "po-unknown" not in {finding.code for finding in loaded.findings}
    catalog = loaded.knowledge.catalog
    assert [move.to for move in catalog.roles["adviser"].model.moves] == ["lead"]
    assert not list(repository.rglob("mechanic.*"))
    ways = {one.former: one.current for one in redirections(catalog)}
    assert ways["/roles/mechanic/"] == "/roles/lead/"
    assert ways["/moves/adviser--mechanic/"] == "/moves/adviser--lead/"
    assert ways["/moves/mechanic--lead/"] == "/roles/lead/"
    assert len(former) == 3
    assert former <= ways.keys()
    again, _ = translate(repository)
    assert (again.changed, again.removed) == (0, 0)


@pytest.fixture(scope="module")
def renamed_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a copy of the miniature in which a role was renamed, below a sub-path."""
    root = copy_miniature(tmp_path_factory.mktemp("renamed") / "base")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1780272000")
        assert run(root, "rename", "role", "adviser", "consultant") == 0
        build(load_miniature(root), root / "site", quiet, "https://example.org/handbook/")
    with serve_folder(root / "site", "/handbook/") as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "uk/", "ar/"])
@pytest.mark.parametrize("script", [True, False])
def test_an_old_address_opens_the_page_of_today_with_its_anchor_where_scripts_run(
    script: bool, language: str, browser: Browser, renamed_site: str
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    for former, today in (
        ("roles/adviser/", "roles/consultant/"),
        ("roles/adviser/onboarding/", "roles/consultant/onboarding/"),
        ("moves/adviser--lead/", "moves/consultant--lead/"),
        ("roles/counsellor/", "roles/consultant/"),
    ):
        page.goto(f"{renamed_site}{language}{former}")
        expect(page).to_have_url(f"{renamed_site}{language}{today}")
    page.goto(f"{renamed_site}{language}roles/adviser/#duties")
    expect(page).to_have_url(f"{renamed_site}{language}roles/consultant/{'#duties' if script else ''}")
    context.close()

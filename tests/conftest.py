import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from rolebook.loading import load
from rolebook.pipeline import build
from tests.kit import PROJECT, copy_miniature, load_miniature
from tests.repository import commit, git
from tests.web import CHROMIUM, NO_CHROMIUM, launch, serve_folder

settings.register_profile("project", deadline=None)  # how long a case takes depends on the machine
settings.load_profile("project")
# Where the tests run in the background, this signal may be ignored, and the programs they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def quiet(_step: str) -> None:
    """Tell nobody how far a build has come."""


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    return copy_miniature(tmp_path / "base")


@pytest.fixture
def repository(miniature: Path) -> Path:
    """A copy of the miniature in a git repository, with everything committed."""
    git(miniature, "init", "--quiet", "--initial-branch", "main")
    commit(miniature)
    return miniature


@pytest.fixture(scope="session")
def built_miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature's site, built for an address below a sub-path."""
    root = copy_miniature(tmp_path_factory.mktemp("miniature") / "base")
    build(load_miniature(root), root / "site", quiet, "https://example.org/handbook/")
    return root / "site"


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built from a copy with a short history, so that nothing is written into the checkout."""
    root = tmp_path_factory.mktemp("project") / "base"
    for name in ("roles", "locales", "docs"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    shutil.copytree(PROJECT / "overrides", root / "overrides")
    role = root / "roles/customer-service/customer-service-officer.yml"
    today = role.read_text("utf-8")
    role.write_text(today.replace("Answer questions", "Answer all questions").replace("level: 2", "level: 1"), "utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "Tell every role", "2026-02-01")
    role.write_text(today, "utf-8")
    commit(root, "Tell one duty better", "2026-03-01")
    build(load(root), root / "site", quiet)
    return root / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"REQUIRE_BROWSER is set. {NO_CHROMIUM}")
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def project_url(built_project: Path) -> Iterator[str]:
    with serve_folder(built_project) as url:
        yield url


@pytest.fixture(scope="session")
def miniature_url(built_miniature: Path) -> Iterator[str]:
    with serve_folder(built_miniature, "/handbook/") as url:
        yield url

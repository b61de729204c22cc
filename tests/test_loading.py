"""Pages are light, ask nobody else for anything, and do not move while they load."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.quality.loading import DESKTOP, PHONE, heaviest_role, open_first
from tests.web import serve_folder

pytestmark = pytest.mark.browser

LIMIT = 100
"""Kilobytes over the wire that a role page may cost with all it needs."""


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_the_heaviest_role_page_is_light_with_all_it_loads(
    browser: Browser, project_url: str, built_project: Path, viewport: dict[str, int]
) -> None:
    opened = open_first(browser, f"{project_url}{heaviest_role(built_project)}", viewport)
    assert opened.kilobytes < LIMIT, opened.sizes
    assert len(opened.sizes) > 3
    assert opened.strangers == ()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["", "roles/customer-service-officer/", "paths/", "my-skills/"])
def test_nothing_moves_while_a_page_loads(
    browser: Browser, project_url: str, viewport: dict[str, int], scheme: str, name: str
) -> None:
    shift = open_first(browser, f"{project_url}{name}", viewport, scheme).shift
    assert round(shift, 2) == 0  # a bar that arrives in two parts may settle by less than anybody sees


def test_a_shift_a_refusal_and_a_stranger_would_be_found(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=en><title>x</title>"
        "<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\">"
        "<p style='color: red'>first<p>second<script>setTimeout(() => document.body.prepend("
        "Object.assign(new Image(), {width: 300, height: 300})), 200)</script>"
        "<img src='http://localhost:1/picture.png' alt=''>",
        "utf-8",
    )
    with serve_folder(tmp_path) as url:
        opened = open_first(browser, url, PHONE)
    assert opened.shift > 0
    assert opened.violations
    assert opened.strangers

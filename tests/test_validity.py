"""Built pages are valid HTML by html-validate's rules, but for those that tests/quality/htmlvalidate.mjs explains."""

import os
from pathlib import Path

import pytest

from tests.quality.validity import PROGRAM, faults_of
from tests.test_accessibility import PAGES


@pytest.fixture(autouse=True)
def installed() -> None:
    if not PROGRAM.is_file():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, but npm has not installed what measures the site")
        pytest.skip("npm has not installed html-validate: run `make measuring`")


@pytest.mark.parametrize("language", ["", "zh-Hant/"])
def test_every_page_type_is_valid(built_project: Path, language: str) -> None:
    names = {name.partition("?")[0] for name in PAGES}
    assert faults_of(built_project / language / name / "index.html" for name in names) == []


def test_every_page_from_right_to_left_and_every_page_that_leads_on_is_valid(built_miniature: Path) -> None:
    assert faults_of([built_miniature / "404.html", *(built_miniature / "ar").rglob("*.html")]) == []


def test_a_fault_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html>\n<p><div>\n", "utf-8")
    assert faults_of([tmp_path / "page.html"])

"""Nothing that stands above a page written by hand becomes active, and what is not known there is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from rolebook.generated import GENERATED_MARK
from rolebook.pipeline import build
from tests.conftest import quiet
from tests.hostile.poison import BREAKER, came_off, take_policy_out, watched
from tests.kit import copy_miniature, load_miniature
from tests.web import serve_folder

FIELDS = ("title", "headline", "description", "language")
OURS = ("redirect", "canonical", "jsonld", "module", "feed", "feed_title", "generated")
SCRIPT = "javascript:canary()"


def _above(front: object, mark: str = "---") -> str:
    return f"---\n{yaml.safe_dump(front, width=10_000)}{mark}\n"


ABOVE = {
    "known": _above(dict.fromkeys(FIELDS, BREAKER) | {"hide": ["toc", BREAKER]}),
    "ours": _above(dict.fromkeys(OURS, BREAKER)),
    "leading-on": _above(dict.fromkeys(OURS, SCRIPT)),
    "marked": _above(dict.fromkeys(OURS[:-1], BREAKER)).replace("---\n", GENERATED_MARK, 1),
    "nested": _above({key: [{BREAKER: [BREAKER]}] for key in (*FIELDS, *OURS)} | {"hide": BREAKER}),
    "dots": _above(dict.fromkeys((*FIELDS, *OURS), BREAKER), mark="..."),
    "bare": "".join(f"{key}: {BREAKER}\n" for key in (*FIELDS, *OURS)),
    "binary": f"---\ntitle: !!binary {'A' * 8}\n---\n",
    "bomb": "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: &c [*b, *b]\nheadline: [*c, *c]\nhide: *c\n---\n",
}
"""What stands above pages; check tells of each but one, and were it not asked, nothing of them would come off."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_miniature(tmp_path_factory.mktemp("front") / "base")
    for name, above in ABOVE.items():
        for code in ("en", "uk", "ar"):
            # a heading alone, which the search has to take as well
            (root / f"docs/{code}/{name}.md").write_text(f"{above}\n# Page {{: #page }}\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def url(root: Path) -> Iterator[str]:
    build(load_miniature(root), root / "site", quiet, "https://example.org/")
    take_policy_out(root / "site")
    with serve_folder(root / "site") as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("name", ABOVE)
def test_nothing_above_a_page_comes_off(name: str, browser: Browser, url: str) -> None:
    context = browser.new_context()
    page, asked = watched(context)
    page.goto(f"{url}{name}/", wait_until="networkidle")
    assert page.url == f"{url}{name}/"
    assert page.locator("h1").inner_text() == "Page"
    assert came_off(page) == []
    assert asked == []
    context.close()


@pytest.mark.browser
def test_marks_in_a_title_are_shown_as_words(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.goto(f"{url}known/")
    assert BREAKER in page.title()
    page.close()


def test_what_is_unknown_above_a_page_is_told(root: Path) -> None:
    findings = load_miniature(root).findings
    told = {name: {one.code for one in findings if one.place.path == f"docs/en/{name}.md"} for name in ABOVE}
    assert told == {
        "known": {"bad-choice", "bad-value"},
        "ours": {"unknown-key"},
        "leading-on": {"unknown-key"},
        "marked": {"unknown-key"},
        "nested": {"unknown-key", "wrong-type"},
        "dots": {"bad-value", "unknown-key"},
        "bare": set(),
        "binary": {"yaml-feature"},
        "bomb": {"yaml-feature"},
    }

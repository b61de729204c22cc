"""The policy of each page lets everything run that the site brings, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from rolebook.site.policy import HEADERS, add_policy, trusted_scripts
from tests.web import serve_folder, watch

POLICY = "meta[http-equiv=Content-Security-Policy]"
OFFICER = "customer-service-officer"
LEAD = "customer-service-team-lead"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is told of whatever its policy refuses."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    context.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective} ${e.blockedURI}`))"
    )
    page = context.new_page()
    yield page
    context.close()


def policy_of(path: Path) -> str:
    return str(LexborHTMLParser(path.read_text("utf-8")).css_first(POLICY).attributes["content"])


def test_every_page_has_a_policy_before_anything_it_loads(built_miniature: Path) -> None:
    pages = sorted(built_miniature.rglob("*.html"))
    assert pages
    for path in pages:
        html = path.read_text("utf-8")
        head = html.partition("</head>")[0]
        assert head.count('http-equiv="Content-Security-Policy"') == 1, path
        assert head.index("Content-Security-Policy") < min(map(head.index, ("<link", "<script", "<title"))), path
        allowed = policy_of(path)
        assert "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-" in allowed
        assert "unsafe-inline" not in allowed
        assert "'unsafe-eval'" not in allowed


def test_every_inline_script_of_a_built_page_is_the_themes_and_may_run(built_miniature: Path) -> None:
    trusted = trusted_scripts((built_miniature / "404.html").read_text("utf-8"))
    assert 0 < len(trusted) < 6
    for path in built_miniature.rglob("*.html"):
        assert trusted_scripts(path.read_text("utf-8")) <= trusted, path


@pytest.mark.browser
def test_a_script_or_style_that_came_in_with_a_text_does_nothing(
    page: Page, built_miniature: Path, tmp_path: Path
) -> None:
    html = (built_miniature / "roles/adviser/index.html").read_text("utf-8")
    html = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", html)
    attack = '<script>document.title = "taken"</script><img src="x" onerror="document.title = \'taken\'">'
    trusted = trusted_scripts((built_miniature / "404.html").read_text("utf-8"))
    (tmp_path / "index.html").write_text(add_policy(html.replace("</h1>", f"</h1>{attack}", 1), trusted), "utf-8")
    with serve_folder(tmp_path) as url:
        refused = watch(page, url)
        page.goto(url, wait_until="networkidle")
        expect(page).not_to_have_title("taken")
        assert [text for text in refused if text.startswith("script-src")]


@pytest.mark.browser
def test_no_page_with_a_script_of_ours_does_what_its_policy_refuses(
    page: Page, project_url: str, tmp_path: Path
) -> None:
    refused = watch(page, project_url)
    page.goto(f"{project_url}paths/?from={OFFICER}&to={LEAD}")
    expect(page.locator(".rb-result .rb-move").first).to_be_visible()
    page.locator(f".rb-box[data-role={OFFICER}]").hover()
    page.goto(f"{project_url}compare/?roles={OFFICER},{LEAD}")
    expect(page.locator(".rb-compare")).to_be_visible()
    page.goto(f"{project_url}my-skills/?role={OFFICER}")
    page.locator("fieldset input").first.check()
    page.locator(".rb-tool summary").click()
    with page.expect_download() as skills:
        page.locator("[data-export]").click()
    skills.value.save_as(tmp_path / "skills.json")
    page.locator("[data-import]").set_input_files(tmp_path / "skills.json")
    page.goto(f"{project_url}roles/{OFFICER}/onboarding/")
    page.locator(".rb-tick").first.check()
    page.locator("input[type=date]").fill("2026-12-01")
    with page.expect_download():
        page.locator("[data-calendar]").click()
    page.locator(".rb-tool summary").click()
    with page.expect_download() as plan:
        page.locator("[data-export]").click()
    plan.value.save_as(tmp_path / "plan.json")
    page.locator("[data-import]").set_input_files(tmp_path / "plan.json")
    page.emulate_media(media="print")
    page.goto(f"{project_url}?search=complaint")
    expect(page.locator(".rb-search__found a").first).to_be_visible()
    assert refused == []


@pytest.mark.browser
@pytest.mark.parametrize("address", ["no/such/page/", "tools/telegraph/#use", "ar/translations/", "ar/families/care/"])
def test_other_kinds_of_pages_do_nothing_that_their_policy_refuses(
    page: Page, miniature_url: str, address: str
) -> None:
    refused = watch(page, miniature_url)
    page.goto(f"{miniature_url}{address}", wait_until="networkidle")
    assert [text for text in refused if "404" not in text] == []


@pytest.mark.browser
def test_the_part_of_a_former_address_behind_the_number_sign_is_taken_along(page: Page, miniature_url: str) -> None:
    page.goto(f"{miniature_url}roles/counsellor/#duties")
    expect(page).to_have_url(f"{miniature_url}roles/adviser/#duties")


def test_hosts_that_set_headers_find_them(built_miniature: Path) -> None:
    assert (built_miniature / "_headers").read_text("utf-8") == HEADERS
    for header in (
        "frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy",
        "Permissions-Policy",
    ):
        assert header in HEADERS

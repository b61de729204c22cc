"""Take the pictures of the guide anew from the program itself: `make screenshots`.

Each is docs/<language>/contribute/<name>.png. They are taken from a copy of the knowledge base in a repository of its
own: the pages from its built site, the form from a running `edit`, the role diff from what was saved there.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from rolebook.catalog import load_catalog
from rolebook.languages import Language
from tests.kit import PROJECT
from tests.repository import commit, git
from tests.web import form_served, launch, serve_folder

PICTURES = (
    "foot",
    "section",
    "form-start",
    "form-role",
    "form-duty",
    "form-status",
    "check-good",
    "check-error",
    "role-diff",
    "translations",
)
NARROW, WIDE = 560, 820
"""How wide a window is: one that a phone can show well, and the narrowest in which the form shows a role whole."""
DOTS = 840
"""How wide a picture is: more than the column of a page, so that it is sharp."""
MARGIN = 12
expect.set_options(timeout=90_000)  # a busy machine takes its time
ROLE = "customer-service-officer"
ENTRY = f"#/collections/roles-customer-service/entries/{ROLE}"
BRANCH = "edit/{language}"
FORGE = "  form: {name: github, repo: your-organisation/rolebook, base_url: https://sign-in.example.org}\n"
"""With it the foot of a page leads to the form, as on a site that has one."""
BLANK = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63f80f00010101006f1bb5f60000000049454e44ae426082"
)
"""One dot: stands in for a picture that is yet to be taken, so that the site can be built without it."""
PAPER = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; font: 15px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff }
h2 { font-size: 21px; border-bottom: 1px solid #d1d9e0; margin: 0 0 12px } h3 { font-size: 18px } h4 { font-size: 16px }
ins { background: #dafbe1 } del { background: #ffebe9 } code { background: #eff1f3 } summary { font-weight: 600 }
</style>"""
SUMMARY = ("keep each case until", "keep each promise and each case until")
REVIEWED = {
    "within one working day,": "within four working hours,",
    "skill: problem-solving\n    proficiency: working": "skill: problem-solving\n    proficiency: practitioner",
}
"""What the proposal changes that the reviewer sees."""
DUTY = (
    "Follow up promises",
    "Keep a list of what you promised, to whom and by when. Tell the customer before a date slips.",
)
DEAD_LINK = "You keep the [night desk](/roles/night-desk/) informed."


@dataclass(frozen=True)
class Scene:
    """One language's pictures: where they go, and which are wanted."""

    language: Language
    wanted: frozenset[str]
    browser: Browser
    root: Path
    """The copy of the knowledge base."""

    def open(self, url: str, width: int = NARROW) -> Page:
        """Open a page in a window of its own."""
        size = {"width": width, "height": 900}
        page = self.browser.new_page(viewport=size, device_scale_factor=DOTS / width)  # type: ignore[arg-type]
        page.set_default_timeout(90_000)
        page.goto(url)
        return page

    def take(
        self, name: str, page: Page, *parts: Locator, above: int = MARGIN, below: int = MARGIN, width: int = 0
    ) -> None:
        """Take what the window shows from the first part to the last, with what stands so far above and below."""
        boxes = [box for part in parts if (box := part.bounding_box())]
        size = page.viewport_size
        assert size
        top = max(0, min(box["y"] for box in boxes) - above)
        bottom = min(size["height"], max(box["y"] + box["height"] for box in boxes) + below)
        clip = {"x": 0, "y": top, "width": width or size["width"], "height": bottom - top}
        self._keep(name, page.screenshot(clip=clip, animations="disabled", caret="hide"))  # type: ignore[arg-type]

    def _keep(self, name: str, picture: bytes) -> None:
        if name in self.wanted:
            path = picture_path(self.language.code, name)
            path.write_bytes(picture)
            print(f"{path.relative_to(PROJECT)}: {len(picture) // 1024} KB", flush=True)  # noqa: T201


def picture_path(language: str, name: str) -> Path:
    """Give where a picture of the guide is kept."""
    return PROJECT / "docs" / language / "contribute" / f"{name}.png"


def main() -> None:
    """Take the pictures that are asked for, or all, in the languages that are asked for, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--language", action="append", metavar="CODE")
    parser.add_argument("--only", action="append", choices=PICTURES)
    parsed = parser.parse_args()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = _copy(Path(folder) / "base")
        catalog, _ = load_catalog(root)
        browser = launch(playwright)
        for language in catalog.languages:
            if language.code in (parsed.language or [language.code]):
                scene = Scene(language, frozenset(parsed.only or PICTURES), browser, root)
                _take_all(scene, "" if language == catalog.default_language else f"{language.code}/")
        browser.close()


def _copy(root: Path) -> Path:
    """Copy the knowledge base into a repository of its own, whose site has a form."""
    for name in ("roles", "locales", "docs", "overrides"):
        shutil.copytree(PROJECT / name, root / name)
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("extra:\n", f"extra:\n{FORGE}"), "utf-8")
    for folder in root.glob("docs/*/contribute"):
        for name in PICTURES:
            if not (folder / f"{name}.png").exists():
                (folder / f"{name}.png").write_bytes(BLANK)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    _propose(root)
    return root


def _propose(root: Path) -> None:
    """Change a role on a branch, for the reviewer."""
    git(root, "switch", "--quiet", "--create", "review")
    path = next(root.glob(f"roles/*/{ROLE}.yml"))
    text = path.read_text("utf-8")
    for former, new in REVIEWED.items():
        assert former in text, former
        text = text.replace(former, new)
    path.write_text(text, "utf-8")
    commit(root)
    git(root, "switch", "--quiet", "main")


def _take_all(scene: Scene, prefix: str) -> None:
    pages: dict[str, Callable[[Scene, str], None]] = {"foot": _foot, "section": _section, "translations": _translations}
    if scene.wanted & pages.keys():
        with serve_folder(_site(scene.root)) as url:
            for name in sorted(pages.keys() & scene.wanted):
                pages[name](scene, f"{url}{prefix}")
    if scene.wanted - pages.keys() - {"role-diff"}:
        code = scene.language.code
        with form_served(scene.root, "--language", code, "--branch", BRANCH.format(language=code)) as url:
            _take_form(scene, url)
            _take_proposal(scene, url)
        git(scene.root, "branch", "--quiet", "-D", f"cms/roles-customer-service/{ROLE}")
    if "role-diff" in scene.wanted:
        _role_diff(scene)


def _site(root: Path) -> Path:
    """Build the site, once."""
    if not (root / "site").is_dir():
        _run(root, "build")
    return root / "site"


def _foot(scene: Scene, url: str) -> None:
    page = scene.open(f"{url}roles/{ROLE}/")
    foot = page.locator(".rb-foot")
    foot.scroll_into_view_if_needed()
    scene.take("foot", page, foot, above=0)


def _section(scene: Scene, url: str) -> None:
    page = scene.open(f"{url}roles/{ROLE}/")
    duty = page.locator(".rb-head:has(#resolve-complaints)")
    duty.evaluate("part => part.scrollIntoView({block: 'center'})")
    duty.hover()
    scene.take("section", page, duty, duty.locator("+ p"))


def _translations(scene: Scene, url: str) -> None:
    page = scene.open(f"{url}translations/")
    table = page.locator("table").first
    table.evaluate("part => part.scrollIntoView({block: 'center'})")
    scene.take("translations", page, table)


def _take_form(scene: Scene, url: str) -> None:
    """Change a role as the guide says, on one's own computer."""
    page = scene.open(url, WIDE)
    _enter(page, url)
    _open_role(page, url)
    summary = page.locator("textarea[id^=summary-field]")
    summary.fill(summary.input_value().replace(*SUMMARY))
    summary.evaluate("part => part.scrollIntoView({block: 'center'})")
    scene.take("form-role", page, page.locator("[id^=level-field]"), summary, above=50, below=40)
    _add_duty(scene, page)
    _save(page, "No errors")
    scene.take("check-good", page, page.locator(".rb-check"), above=0)
    summary.fill(DEAD_LINK)
    _save(page, "broken-link")
    scene.take("check-error", page, page.locator(".rb-check"), above=0)
    page.close()


def _take_proposal(scene: Scene, url: str) -> None:
    """Change a role as on a site, where saving proposes it; leave no branch behind."""
    page = scene.open("about:blank")
    page.route("**/form.json", _as_on_a_site)
    _enter(page, url)
    entries = page.locator("a[href*='/entries/']")
    entries.first.wait_for()
    page.mouse.move(0, 0)
    scene.take("form-start", page, page.locator("header"), entries.first)
    page.set_viewport_size({"width": 1200, "height": 900})  # the buttons stand in one line
    _open_role(page, url)
    page.locator("textarea[id^=summary-field]").fill("You answer customers.")
    with page.expect_response(lambda answer: "persistEntry" in (answer.request.post_data or "")):
        page.locator("#nc-root button").first.click()
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    _menu(page).click()
    choices = page.get_by_role("menuitem")
    menu = choices.last.bounding_box()
    assert menu
    scene.take(
        "form-status",
        page,
        page.locator("#nc-root a").first,
        choices.last,
        width=int(menu["x"] + menu["width"]) + MARGIN,
    )
    page.close()


def _as_on_a_site(route: Route) -> None:
    """Answer with the configuration of a published form: each save is a proposal, and the forge runs the check."""
    answer = route.fetch()
    form = answer.json()
    form["config"]["publish_mode"] = "editorial_workflow"
    route.fulfill(response=answer, body=json.dumps(form | {"check": ""}))


def _enter(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("#nc-root button").first.click()  # sign in


def _open_role(page: Page, url: str) -> None:
    page.goto(f"{url}{ENTRY}")
    page.locator("textarea").first.wait_for()


def _add_duty(scene: Scene, page: Page) -> None:
    page.locator("[id^=duties-field]").get_by_role("button").nth(1).click()
    title, text = (page.locator(f"[id^={name}-field]:is(input, textarea)") for name in ("title", "text"))
    title, text = title.filter(visible=True).last, text.filter(visible=True).last
    title.fill(DUTY[0])
    text.fill(DUTY[1])
    scene.take("form-duty", page, title, text, above=60, below=40)


def _menu(page: Page) -> Locator:
    """Give the first button of the form that opens a menu: to publish, or to choose a status."""
    return page.locator("#nc-root [aria-haspopup]").first


def _save(page: Page, said: str) -> None:
    """Save, and wait for what the check is to say."""
    _menu(page).click()
    page.get_by_role("menuitem").first.click()
    expect(page.locator(".rb-check pre")).to_contain_text(said)


def _role_diff(scene: Scene) -> None:
    said = _run(scene.root, "diff", "main", "review", "--language", scene.language.code)
    page = scene.open("about:blank")
    page.set_content(PAPER + MarkdownIt("commonmark", {"html": True}).enable("table").render(said))
    scene.take("role-diff", page, page.locator("body"))


def _command(root: Path, name: str) -> list[str]:
    return [sys.executable, str(PROJECT / "build_roles.py"), name, "--root", str(root)]


def _run(root: Path, name: str, *arguments: str) -> str:
    done = subprocess.run([*_command(root, name), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    main()

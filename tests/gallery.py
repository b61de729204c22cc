"""Take a picture of every page type as readers see it, to be looked through: `make gallery`.

The pictures and an index.html go to screenshots/, which git does not hold: in two scripts and from right to left, light
and dark, on a phone and on a desktop.
"""

import re
import shutil
from collections.abc import Iterator
from html import escape
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from rolebook.pipeline import build
from tests.kit import PROJECT, copy_miniature, load_miniature
from tests.page_types import HAS_ANSWERED, MINIATURE_PAGES, PAGES
from tests.web import launch, serve_folder

TARGET = PROJECT / "screenshots"
LANGUAGES = ("uk", "zh-Hant")
RIGHT_TO_LEFT = "ar"
SCHEMES = ("light", "dark")
WIDTHS = {"phone": 390, "desktop": 1280}
TALLEST = 8000
"""How much of a page is shown; Chromium draws no picture of any height."""
STYLE = """body { font: 16px/1.5 sans-serif; margin: 24px; background: #ccc } h2 { margin-top: 48px }
div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto } figure { margin: 0; flex: none }
img { display: block; width: auto; max-height: 900px; object-fit: cover; object-position: top }"""


def main() -> None:
    """Take all pictures and write the page that shows them."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        miniature = copy_miniature(Path(folder) / "base")
        build(load_miniature(miniature), miniature / "site", lambda _step: None)
        browser = launch(playwright)
        with serve_folder(PROJECT / "site") as project_url, serve_folder(miniature / "site") as miniature_url:
            rows = [(address, list(_take(browser, project_url, LANGUAGES, address))) for address in PAGES]
            rows += [
                (address, list(_take(browser, miniature_url, (RIGHT_TO_LEFT,), address))) for address in MINIATURE_PAGES
            ]
        browser.close()
    (TARGET / "index.html").write_text(_index(rows), "utf-8")
    print(f"{sum(len(names) for _, names in rows)} pictures: {TARGET / 'index.html'}")  # noqa: T201


def _take(browser: Browser, url: str, languages: tuple[str, ...], address: str) -> Iterator[str]:
    """Take a page in each of its guises; give the names of the pictures."""
    for language, scheme, device in product(languages, SCHEMES, WIDTHS):
        size = {"width": WIDTHS[device], "height": 900}
        page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{url}{language}/{address}")
        page.wait_for_function(HAS_ANSWERED)
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        name = f"{re.sub('[^a-z0-9]+', '-', address).strip('-') or 'home'}.{language}.{scheme}.{device}.jpg"
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
        page.screenshot(path=TARGET / name, full_page=True, clip=clip, quality=80, animations="disabled")  # type: ignore[arg-type]
        page.close()
        yield name


def _index(rows: list[tuple[str, list[str]]]) -> str:
    """Write the page that shows the pictures, a row for each page type."""
    parts = ['<!doctype html><meta charset="utf-8"><title>Every page type</title>', f"<style>{STYLE}</style>"]
    for address, names in rows:
        figures = (
            f'<figure><a href="{name}"><img loading="lazy" src="{name}" alt="{name}"></a></figure>' for name in names
        )
        parts.append(f"<h2>/{escape(address)}</h2><div>{''.join(figures)}</div>")
    return "\n".join(parts)


if __name__ == "__main__":
    main()

"""How long it takes from saving a file to the page that shows it, in a browser."""

import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.web import launch, site_served

TITLE = "title: "
BETWEEN = 5000
"""Milliseconds between two saves: while the whole site is built behind, as it always is for who writes."""


def seconds_to_see(root: Path, role: Path, times: int) -> list[float]:
    """Save a role with another title so many times; give how long the page of the role took to show it each time."""
    text = role.read_text("utf-8")
    with site_served(root) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(f"{url}roles/{role.stem}/", wait_until="load")
        took = [_seconds(page, role, text, f"{number}th ") for number in range(times)]
        browser.close()
    role.write_text(text, "utf-8")
    return took


def _seconds(page: Page, role: Path, text: str, word: str) -> float:
    page.wait_for_timeout(BETWEEN)
    start = time.perf_counter()
    role.write_text(text.replace(TITLE, f"{TITLE}{word}", 1), "utf-8")
    page.wait_for_selector(f"h1:has-text('{word.strip()}')", timeout=60_000)
    return time.perf_counter() - start

"""Make the icons for home screens from the site's own favicon: `make icons`."""

import base64

from playwright.sync_api import Page, sync_playwright

from tests.kit import PROJECT
from tests.web import launch

ASSETS = PROJECT / "overrides/assets"
COLOUR = "#00695c"
BARE = {"icon-192.png": 192, "icon-512.png": 512}
"""The drawing by itself, as large as the icon."""
FILLED = {"apple-touch-icon.png": 180, "icon-maskable-512.png": 512}
"""White on the site's colour to the very edge, which systems cut into shapes of their own; the middle always stays."""


def main() -> None:
    """Draw every icon."""
    drawing = base64.b64encode((ASSETS / "favicon.svg").read_bytes()).decode()
    address = f"url(data:image/svg+xml;base64,{drawing})"
    bare = f"background: {address} center / contain no-repeat"
    filled = f"background: {COLOUR}"
    inside = f"background: #fff; mask: {address} center / 78% no-repeat"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        for name, size in BARE.items():
            _draw(page, name, size, bare, "")
        for name, size in FILLED.items():
            _draw(page, name, size, filled, inside)
        browser.close()


def _draw(page: Page, name: str, size: int, outer: str, inner: str) -> None:
    page.set_viewport_size({"width": size, "height": size})
    fill = "position: absolute; inset: 0"
    page.set_content(f'<div style="{fill}; {outer}"></div><div style="{fill}; {inner}"></div>')
    page.screenshot(path=ASSETS / name, omit_background=True)


if __name__ == "__main__":
    main()

"""Make the screenshot of the README from the built site: `make screenshot`."""

import base64
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.kit import PROJECT
from tests.web import launch, serve_folder

TARGET = Path(__file__).with_suffix(".png")
SHOTS = (
    ("roles/customer-service-officer/", {"width": 1280, "height": 860}, "light"),
    ("uk/roles/customer-service-officer/", {"width": 390, "height": 860}, "dark"),
)


def main() -> None:
    """Take the pictures and put them side by side."""
    with serve_folder(PROJECT / "site") as url, sync_playwright() as playwright:
        browser = launch(playwright)
        images = "".join(_image(browser, url + path, size, scheme) for path, size, scheme in SHOTS)
        page = browser.new_page(viewport={"width": 1750, "height": 900})
        page.set_content(f'<body style="margin:20px;display:flex;gap:20px;background:#cfd8dc">{images}')
        page.screenshot(path=TARGET, full_page=True)
        browser.close()


def _image(browser: Browser, url: str, size: dict[str, int], scheme: str) -> str:
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(url, wait_until="networkidle")
    picture = base64.b64encode(page.screenshot()).decode()
    page.close()
    return f'<img src="data:image/png;base64,{picture}" width="{size["width"]}" height="{size["height"]}">'


if __name__ == "__main__":
    main()

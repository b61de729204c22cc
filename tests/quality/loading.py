"""What opening a page costs and does: what is fetched, what moves, and what its policy refuses."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
_KEEP_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""
_SHIFT = """() => new Promise((resolve) => {
  const found = [];
  new PerformanceObserver((list) => found.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(found.reduce((sum, one) => sum + one.value, 0)), 100));
})"""


@dataclass(frozen=True)
class Opened:
    """What happened when a page was opened for the first time."""

    sizes: dict[str, int]
    """Bytes over the wire by address, compressed as hosts do."""
    shift: float
    violations: tuple[str, ...]
    strangers: tuple[str, ...]
    """Addresses of others that were asked for something."""

    @property
    def kilobytes(self) -> float:
        """Give all that was fetched, in units of 1000 bytes."""
        return sum(self.sizes.values()) / 1000


def open_first(browser: Browser, url: str, viewport: dict[str, int], scheme: str = "light") -> Opened:
    """Open a page with nothing in the cache."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    got: list[Response] = []
    asked: list[str] = []
    page.on("response", lambda response: got.append(response))
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(_KEEP_VIOLATIONS)
    page.goto(url, wait_until="networkidle")
    shift = float(page.evaluate(_SHIFT))
    violations = tuple(page.evaluate("violations"))
    home = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    strangers = tuple(address for address in asked if not address.startswith((home, "data:", "blob:")))
    sizes = {one.url: len(gzip.compress(one.body())) for one in got if one.url.startswith(home) and one.status == 200}
    context.close()
    return Opened(sizes, shift, violations, strangers)


def heaviest_role(site: Path) -> str:
    """Give the address of the role page that is the largest when compressed, in any language."""
    pages = sorted(page for page in site.rglob("roles/*/index.html") if "data" not in page.parts)
    heaviest = max(pages, key=lambda page: len(gzip.compress(page.read_bytes(), mtime=0)))
    return f"{heaviest.parent.relative_to(site).as_posix()}/"

"""How much a reader loads from opening the search to the first result, compressed."""

import gzip
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.search_quality import TYPED, weigh
from tests.web import launch, serve_folder

_LANGUAGE = "en"
_STOCK = ("search/search_index.json", "assets/javascripts/workers/search.*.min.js")
"""What Material's own search loads at the least."""


def bytes_to_the_first_result(site: Path) -> int:
    """Ask our search in a browser."""
    with sync_playwright() as playwright, serve_folder(site) as url:
        browser = launch(playwright)
        weight = weigh(browser.new_page(), url, site, _LANGUAGE, TYPED[_LANGUAGE])
        browser.close()
    return weight


def bytes_of_the_stock_search(site: Path) -> int:
    """Weigh the index that the stock search loads whole, and its worker."""
    return sum(len(gzip.compress(path.read_bytes())) for pattern in _STOCK for path in site.glob(pattern))

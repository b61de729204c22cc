"""List the site's pages for search engines, each with the same page in the other languages."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from rolebook.languages import Language


def write_sitemap(site: Path, trees: Mapping[str, Iterable[str]], default: Language, site_url: str) -> None:
    """List addresses, which are given by language from the root of its tree, with those of the other languages.

    The default language's address is also x-default.
    """
    pages: dict[str, dict[str, str]] = {}
    for code, addresses in trees.items():
        folder = "" if code == default.code else f"{code}/"
        for address in addresses:
            pages.setdefault(address, {})[code] = urljoin(site_url, f"{folder}{address[1:]}")
    body = "".join(_urls((pages[address] for address in sorted(pages)), default))
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n",
        "utf-8",
    )


def _urls(pages: Iterable[dict[str, str]], default: Language) -> Iterator[str]:
    for addresses in pages:
        alternates = dict(addresses)
        if default.code in addresses:
            alternates["x-default"] = addresses[default.code]
        links = "".join(
            f'    <xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>\n'
            for code, url in alternates.items()
        )
        for url in addresses.values():
            yield f"  <url>\n    <loc>{escape(url)}</loc>\n{links}  </url>\n"

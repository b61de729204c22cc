"""Measure the built site and write QUALITY.md: `make quality`."""

from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from tests.kit import PROJECT
from tests.quality import lighthouse
from tests.quality.loading import DESKTOP, PHONE, heaviest_role, open_first
from tests.quality.report import Row, Section, Site, report
from tests.quality.validity import faults_of
from tests.search_quality import LANGUAGES, TYPED, measure, weigh
from tests.test_accessibility import PAGES, faults
from tests.web import launch, serve_folder

RUNS = 5
ROLE = "roles/customer-service-officer/"
VIEWPORTS = {"phone": PHONE, "desktop": DESKTOP}


def validity(site: Site) -> Iterator[Row]:
    """Count the faults of every page of the site."""
    pages = sorted(site.folder.rglob("*.html"))
    yield Row(f"faults of HTML in all {len(pages)} pages", "0", str(len(faults_of(pages))))


def accessibility(site: Site) -> Iterator[Row]:
    """Count what axe finds on each kind of page, light and dark, on a phone and a desktop."""
    page = site.browser.new_page()
    addresses = [f"{site.url}{language}{name}" for language in ("", "zh-Hant/") for name in PAGES]
    found = [fault for address in addresses for fault in faults(page, address)]
    page.close()
    yield Row(f"faults axe finds on {len(PAGES)} kinds of pages, in English and Chinese", "0", str(len(found)))


def loading(site: Site) -> Iterator[Row]:
    """Weigh the home page and the heaviest role page, and see whether anything moves, is refused or asked of others."""
    violations = strangers = 0
    for what, address in (("home page", ""), ("heaviest role page", heaviest_role(site.folder))):
        opened = {name: open_first(site.browser, f"{site.url}{address}", size) for name, size in VIEWPORTS.items()}
        weight = max(one.kilobytes for one in opened.values())
        yield Row(f"{what} with all it loads, compressed", "under 100 kB", f"{weight:.1f} kB")
        yield Row(f"{what}, files asked for", "–", str(len(opened["phone"].sizes)))
        for name, one in opened.items():
            yield Row(f"{what}, layout shift on a {name}", "0", f"{one.shift:.3f}")
    for name in PAGES:
        one = open_first(site.browser, f"{site.url}{name}", PHONE)
        violations += len(one.violations)
        strangers += len(one.strangers)
    yield Row("things that a page's policy refused", "0", str(violations))
    yield Row("requests to anyone else", "0", str(strangers))


def speed(site: Site) -> Iterator[Row]:
    """Ask Lighthouse about a phone on a slow line."""
    aims = {"performance": "at least 95"}
    for what, address in (("home page", ""), ("a role page", ROLE)):
        for name, score in lighthouse.scores(f"{site.url}{address}", RUNS).items():
            yield Row(f"{what}, {name.replace('-', ' ')}", aims.get(name, "100"), str(score))


def searching(site: Site) -> Iterator[Row]:
    """Ask the search what people type, and weigh what the first result costs."""
    for language in LANGUAGES:
        page = site.browser.new_page()
        quality = measure(page, site.url, language)
        yield Row(
            f"{language}, {quality.asked} questions answered by the first page", "–", f"{quality.first_share:.1f} %"
        )
        yield Row(f"{language}, by one of the first three", "at least 95 %", f"{quality.share:.1f} %")
        weight = weigh(page, site.url, site.folder, language, TYPED[language])
        yield Row(f"{language}, to the first result, compressed", "under 250 kB", f"{weight / 1000:.0f} kB")
        page.close()


SECTIONS = (
    Section("HTML", validity),
    Section("Accessibility", accessibility),
    Section("Loading", loading),
    Section("Search", searching),
    Section(f"Lighthouse, a phone on a slow line, median of {RUNS} runs", speed),
)


def main() -> None:
    """Measure and write."""
    folder = PROJECT / "site"
    with serve_folder(folder) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        text = report(Site(folder, url, browser), SECTIONS)
        browser.close()
    (PROJECT / "QUALITY.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()

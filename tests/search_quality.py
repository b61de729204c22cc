"""How well and how cheaply the search finds what people type: `make search-quality`.

tests/search/<language>.yml holds questions as people would type them, each with the pages that answer it.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Page, sync_playwright

from tests.kit import PROJECT
from tests.web import launch, serve_folder

LANGUAGES = ("en", "uk", "ru", "fi", "zh-Hant", "da")
FOLDER = Path(__file__).parent / "search"
TYPED = {
    "en": "customer service manager",
    "uk": "керівник групи",
    "ru": "руководитель отдела",
    "fi": "perehdytys",
    "zh-Hant": "客服主管",
    "da": "kundeservicechef",
}
"""What is typed when bytes are counted: names of roles, which load most."""
_ASK = """async ([texts, language]) => {
  const script = document.querySelector("script[src$='assets/search.js']").src;
  const { ask, openSearch } = await import(new URL("query.js", script));
  const search = await openSearch(new URL("../pagefind/", script), language);
  const found = [];
  for (const text of texts) {
    const { results } = await ask(search, text);
    const pages = await Promise.all(results.slice(0, 3).map((result) => result.data()));
    found.push(pages.map(({ url }) => url));
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Quality:
    """How many questions of a language were answered by the first page, and by one of the first three."""

    asked: int
    first: int
    third: int
    missed: tuple[str, ...]

    @property
    def first_share(self) -> float:
        """Give the per cent of questions answered by the first page."""
        return 100 * self.first / self.asked

    @property
    def share(self) -> float:
        """Give the per cent of questions answered by one of the first three pages."""
        return 100 * self.third / self.asked


def tree(language: str) -> str:
    """Give the beginning of a language's addresses."""
    return "" if language == "en" else f"{language}/"


def measure(page: Page, home: str, language: str) -> Quality:
    """Ask all questions of a language in the browser."""
    questions = yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8"))
    page.goto(f"{home}{tree(language)}levels/")
    answers = page.evaluate(_ASK, [[question["query"] for question in questions], language])
    start = f"{urlsplit(home).path}{tree(language)}"
    found = [[url.removeprefix(start) for url in urls] for urls in answers]
    places = [_place(question["finds"], urls) for question, urls in zip(questions, found, strict=True)]
    missed = tuple(question["query"] for question, place in zip(questions, places, strict=True) if place > 2)
    return Quality(len(questions), places.count(0), len(questions) - len(missed), missed)


def _place(wanted: list[str], found: list[str]) -> int:
    return next((place for place, page in enumerate(found) if page in wanted), 3)


def weigh(page: Page, home: str, site: Path, language: str, text: str) -> int:
    """Count the bytes, compressed, from opening the search until the first result of a text is shown."""
    page.goto(f"{home}{tree(language)}levels/", wait_until="networkidle")
    loaded: list[str] = []
    page.on("response", lambda got: loaded.append(urlsplit(got.url).path))
    page.keyboard.press("/")
    page.locator("dialog input").fill(text)
    page.locator("dialog ol > li").first.wait_for()
    paths = {path.removeprefix(urlsplit(home).path) for path in loaded}
    return sum(_compressed(site / path) for path in paths)


def _compressed(path: Path) -> int:
    """Give what a file costs to load, where the server compresses what is worth it."""
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def main() -> None:
    """Print the table of the built site, with the questions that were not answered."""
    site = PROJECT / "site"
    print("| language | questions | first | first three | to the first result |\n| --- | --- | --- | --- | --- |")
    with serve_folder(site) as home, sync_playwright() as playwright:
        browser = launch(playwright)
        for language in LANGUAGES:
            page = browser.new_page()
            quality = measure(page, home, language)
            weight = weigh(page, home, site, language, TYPED[language]) / 1000
            shares = f"{quality.first_share:.1f} % | {quality.share:.1f} %"
            print(f"| {language} | {quality.asked} | {shares} | {weight:.0f} kB |", *quality.missed, sep="\n  missed: ")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()

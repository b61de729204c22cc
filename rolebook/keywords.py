"""Words people type for a page of the site that it does not use itself: locales/<language>/search.yml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import StringConstraints

from rolebook import limits
from rolebook.catalog import Catalog
from rolebook.findings import Finding
from rolebook.schema import Model
from rolebook.source import SourceFile, read_yaml
from rolebook.validation import validate

Words = Annotated[str, StringConstraints(min_length=1, max_length=limits.SEARCH_WORDS, strip_whitespace=True)]


class PageWords(Model):
    """What people type for one page, or for all whose addresses differ in one part."""

    page: Annotated[str, StringConstraints(pattern=r"^/([a-z0-9*-]+/)*$")]
    """The address from the root of the language, such as /glossary/; * stands for any one part of it."""
    words: Words
    """Words and short phrases, with commas between them."""


class SearchWords(Model):
    """locales/<language>/search.yml: what people type, page by page."""

    pages: tuple[PageWords, ...] = ()
    """The pages, in any order."""


@dataclass(frozen=True, slots=True)
class Keywords:
    """What people type for the pages of one language, and the file that says so."""

    pages: tuple[PageWords, ...] = ()
    file: SourceFile | None = field(default=None, compare=False)

    def of(self, address: str) -> Iterator[str]:
        """Give the words and phrases for a page."""
        for one in self.pages:
            if matches(one.page, address):
                yield from filter(None, (phrase.strip() for phrase in one.words.split(",")))


NO_KEYWORDS = Keywords()


def matches(pattern: str, address: str) -> bool:
    """Tell whether a page is meant."""
    if "*" not in pattern:
        return pattern == address
    return pattern.count("/") == address.count("/") and fnmatchcase(address, pattern)


def load_keywords(catalog: Catalog) -> tuple[Mapping[str, Keywords], list[Finding]]:
    """Read the files of all languages, by language; a language need not have one."""
    findings: list[Finding] = []
    keywords = {}
    for language in catalog.languages:
        path = catalog.root / "locales" / language.code / "search.yml"
        if not path.is_file():
            continue
        file, found_in_file = read_yaml(catalog.root, path)
        findings += found_in_file
        if not file:
            continue
        model, found_in_model = validate(SearchWords, file)
        findings += found_in_model
        if model:
            keywords[language.code] = Keywords(model.pages, file)
    return keywords, findings

"""The languages of the site, and what CLDR knows of each: names, direction, plurals, dates, sorting."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from gettext import c2py
from typing import Annotated, Any, TypeVar

import icu
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.plurals import get_plural
from babel.numbers import format_decimal, format_percent
from pydantic import Field

from rolebook import limits
from rolebook.schema import Language as LanguageCode
from rolebook.schema import Model

T = TypeVar("T")

UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})
_PARTS = {"Hant": ("Hani",), "Hans": ("Hani",), "Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang", "Hani")}


class Languages(Model):
    """locales/languages.yml: which languages the site speaks."""

    default: LanguageCode
    """The language at the root of the site."""
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=limits.LANGUAGES)]
    """All languages, in the order of the switch."""


@dataclass(frozen=True)
class Language:
    """One language, by its BCP 47 code."""

    code: str

    @cached_property
    def locale(self) -> Locale:
        """Give Babel's locale."""
        return Locale.parse(self.code, sep="-")

    @property
    def name(self) -> str:
        """Give the language's name in itself, with a capital where its script has them."""
        name = self.name_in(self)
        return name[0].upper() + name[1:]

    def name_in(self, reader: "Language") -> str:
        """Give the language's name in a reader's language, as it stands in a list within a sentence there."""
        names = reader.locale.languages
        name = names.get(str(self.locale)) or self.locale.get_display_name(reader.locale) or self.code
        return re.sub(r", (.*)", r" (\1)", name)  # in a list, its comma would part it in two

    @property
    def english_name(self) -> str:
        """Give the language's name in English."""
        return self.name_in(Language("en"))

    @property
    def territory_locale(self) -> str:
        """Give the language with its likeliest country, as Open Graph writes it, such as zh_TW."""
        locale = icu.Locale.forLanguageTag(self.code)
        locale.addLikelySubtags()
        return f"{locale.getLanguage()}_{locale.getCountry()}"

    @cached_property
    def script(self) -> str:
        """Give the ISO 15924 code of the script it is written in, such as Latn or Hant."""
        locale = icu.Locale.forLanguageTag(self.code)
        locale.addLikelySubtags()
        return str(locale.getScript())

    @property
    def is_spaced(self) -> bool:
        """Tell whether spaces stand between its words."""
        return self.script not in UNSPACED

    @property
    def weekend(self) -> tuple[int, ...]:
        """Give the days off in its usual country by CLDR; 0 is Sunday."""
        first, last = self.locale.weekend_start, self.locale.weekend_end
        days = range(first, first + (last - first) % 7 + 1)
        return tuple(sorted((day + 1) % 7 for day in days))

    @cached_property
    def alphabet(self) -> frozenset[str]:
        """Give its small letters; of a script without an alphabet, the usual signs."""
        return frozenset(icu.LocaleData(icu.Locale.forLanguageTag(self.code).getName()).getExemplarSet())

    @cached_property
    def quotes(self) -> tuple[str, str]:
        """Give its pairs of quotation marks, the outer one first."""
        known = icu.LocaleData(icu.Locale.forLanguageTag(self.code).getName())
        marks = [str(known.getDelimiter(which)) for which in range(4)]  # start, end, start inside, end inside
        return marks[0] + marks[1], marks[2] + marks[3]

    @property
    def direction(self) -> str:
        """Give the reading direction, ltr or rtl."""
        return "rtl" if self.locale.character_order == "right-to-left" else "ltr"

    @property
    def plural_forms(self) -> str:
        """Give the gettext header Plural-Forms."""
        return get_plural(self.locale).plural_forms

    @property
    def plural_count(self) -> int:
        """Count the plural forms that gettext files of the language have."""
        return get_plural(self.locale).num_plurals

    @cached_property
    def plural_index(self) -> Callable[[int], int]:
        """Give the function from a number to the index of its plural form."""
        return _compiled(get_plural(self.locale).plural_expr)

    def examples(self, form: int) -> list[int]:
        """Give numbers with which the language uses a plural form, the first ones below 200."""
        return [number for number in range(200) if self.plural_index(number) == form]

    @property
    def plural_examples(self) -> dict[str, int]:
        """Give a number for each of CLDR's plural categories; for one that only fractions have, a number of another."""
        rule = self.locale.plural_form
        found = {str(rule(number)): number for number in range(199, -1, -1)}
        return {"other": max(found.values()), **found}

    def long_date(self, day: date) -> str:
        """Write a day in the language's long form."""
        return format_date(day, format="long", locale=self.locale)

    def number(self, number: float) -> str:
        """Write a number with the language's separators."""
        return _number(number, self.locale)

    def percent(self, number: int) -> str:
        """Write a whole number of per cent with the language's sign."""
        return format_percent(number / 100, locale=self.locale)

    def sort(self, items: Iterable[T], key: Callable[[T], str]) -> list[T]:
        """Sort by the language's own order of letters (CLDR collation)."""
        collator = _collator(self.code)
        return sorted(items, key=lambda item: collator.getSortKey(key(item)))

    def index(self, items: Iterable[T], key: Callable[[T], str]) -> list[tuple[str, list[T]]]:
        """Sort under the headings of an index as CLDR has them: letters, strokes in Traditional Chinese."""
        index = icu.AlphabeticIndex(icu.Locale.forLanguageTag(self.code))
        index.addLabels(icu.Locale.getEnglish())  # names of products are Latin everywhere
        labels = [label for label, _ in index]
        groups: dict[int, list[T]] = {}
        for item in self.sort(items, key):
            groups.setdefault(index.getBucketIndex(key(item)), []).append(item)
        return [(labels[bucket], groups[bucket]) for bucket in sorted(groups)]


@lru_cache(maxsize=10_000)
def _number(number: float, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@lru_cache
def _collator(code: str) -> Any:
    return icu.Collator.createInstance(icu.Locale.forLanguageTag(code))


def is_known(code: str) -> bool:
    """Tell whether CLDR knows the language."""
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache
def script_class(script: str) -> str:
    """Give the letters of a script, and those of no script, as ranges for a class of a regular expression."""
    parts = "".join(f"[:script={part}:]" for part in (*_PARTS.get(script, (script,)), "Common", "Inherited"))
    letters = icu.UnicodeSet(f"[[{parts}]&[[:L:][:M:]]]")
    ranges = range(letters.getRangeCount())
    return "".join(f"{letters.getRangeStart(one)}-{letters.getRangeEnd(one)}" for one in ranges)


@lru_cache
def script_letters(script: str) -> frozenset[str]:
    """Give all letters of a script, large and small."""
    return frozenset(icu.UnicodeSet(f"[[:script={script}:]&[[:Lu:][:Ll:]]]"))


@lru_cache
def _compiled(formula: str) -> Callable[[int], int]:
    return c2py(formula)

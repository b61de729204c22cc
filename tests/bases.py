"""Knowledge bases of any size, made of the real one: the same for the same number of roles."""

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polib
import yaml

from rolebook.generated import GENERATED
from tests.kit import PROJECT

TRADES = (
    *("retail", "travel", "banking", "insurance", "hotels", "energy", "telecom", "health", "logistics", "software"),
    *("housing", "leisure", "airlines", "railways", "gaming", "grocery", "fashion", "furniture", "pharmacy", "water"),
    *("education", "museums", "publishing", "music", "sports", "catering", "farming", "forestry", "mining", "steel"),
    *("paper", "textiles", "glass", "shipping", "parcels", "security", "cleaning", "repairs", "rental", "leasing"),
    *("pensions", "charity", "research", "gardens"),
)
"""Each gives every role and every family once more."""
DAY = date(2026, 12, 1)
"""The day to judge a base on: after the reviews of the real roles, before the next ones."""
BRIDGED = 4
"""So many trades are joined by moves, each with the next, so that paths lead through some hundred roles."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?。！？]*[.!?。！？]*")
_MOVE = re.compile(r"(?<=^moves\.)[a-z-]+")


def make_base(root: Path, size: int, languages: Sequence[str] = ()) -> Path:
    """Make a knowledge base of so many roles below a folder, in all languages of the project or in those named.

    Beyond the first 24 each role is one of the real ones in a trade, in a family of its own, with its translations; in
    every text two words have changed places, and in English one names the trade, so that none stands twice.
    """
    for name in ("docs", "locales", "roles"):
        shutil.copytree(PROJECT / name, root / name, ignore=_left_out(languages))
    if languages:
        listed = "".join(f"  - {code}\n" for code in languages)
        (root / "locales/languages.yml").write_text(f"default: {languages[0]}\nlanguages:\n{listed}", "utf-8")
    roles = [path for path in sorted((root / "roles").glob("*/*.yml")) if path.parent.name != "vocabulary"]
    codes = [path.parent.parent.name for path in (root / "locales").glob("*/roles/account-manager.po")]
    wanted = [(path, trade) for trade in TRADES for path in roles][: size - len(roles)]
    used = list(dict.fromkeys(trade for _, trade in wanted))
    _copy_families(root, used, codes)
    made = {_name(path.stem, trade) for path, trade in wanted}
    for path, trade in wanted:
        _copy_role(root, path, trade, codes, made)
    return root


def _left_out(languages: Sequence[str]) -> Callable[[str, list[str]], list[str]]:
    """Give a filter for copying, which leaves out rendered pages and what is of other languages than those named."""
    known = {path.name for path in (PROJECT / "locales").iterdir() if path.is_dir()}
    others = known.difference(languages) if languages else set()

    def ignore(folder: str, names: list[str]) -> list[str]:
        here = Path(folder).relative_to(PROJECT).parts
        left = others if len(here) == 1 else GENERATED if here[0] == "docs" and len(here) == 2 else ()
        return [name for name in names if name in left]

    return ignore


def _name(stem: str, trade: str) -> str:
    return f"{stem}-{trade}"


def _copy_role(root: Path, path: Path, trade: str, codes: Sequence[str], made: set[str]) -> None:
    role = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    translations = {code: _entries(root / f"locales/{code}/roles/{path.stem}.po") for code in codes}
    texts = {source for entries in translations.values() for _, source, _ in entries} or set(_texts(role))
    named = {"title": f"{trade.capitalize()} {role['title'].lower()}"}
    if aliases := role.get("aliases"):
        named["aliases"] = [f"{trade.capitalize()} {alias}" for alias in aliases]
    copy = _swapped(role, texts, trade)
    moves = [move | {"to": to} for move in copy.get("moves", []) if (to := _name(move["to"], trade)) in made]
    here = TRADES.index(trade)
    if (here + 1) % BRIDGED and (to := _name(path.stem, TRADES[here + 1])) in made:
        moves.append(
            {"to": to, "kind": "lateral", "months": [3, 9], "why": f"Learn {TRADES[here + 1]} as {role['title']}."}
        )
    copy |= named | {"moves": moves}
    target = root / "roles" / _name(path.parent.name, trade) / f"{_name(path.stem, trade)}.yml"
    target.parent.mkdir(exist_ok=True)
    _write_yaml(target, {key: value for key, value in copy.items() if value})
    for code, entries in translations.items():
        lines = [_renamed(entry, path.stem, trade) for entry in entries if _is_kept(entry[0], trade, made)]
        _write_po(root / f"locales/{code}/roles/{target.stem}.po", code, lines)


def _is_kept(context: str, trade: str, made: set[str]) -> bool:
    """Leave out the texts of moves to roles that are not among those made."""
    _, part, *rest = context.split(".")
    return part != "moves" or _name(rest[0], trade) in made


def _renamed(entry: tuple[str, str, str], stem: str, trade: str) -> tuple[str, str, str]:
    """Give a translation of a role for its copy in a trade."""
    context, source, text = entry
    field = context.partition(".")[2]
    context = f"{_name(stem, trade)}.{_MOVE.sub(lambda move: _name(move.group(), trade), field)}"
    if field == "title":
        return context, f"{trade.capitalize()} {source.lower()}", f"{text} ({trade})"
    if field == "aliases":
        sources = "\n".join(f"{trade.capitalize()} {one}" for one in source.split("\n"))
        return context, sources, "\n".join(f"{one} ({trade})" for one in text.split("\n"))
    return context, _of_trade(source, trade), _swap(text, trade)


def _copy_families(root: Path, trades: Sequence[str], codes: Sequence[str]) -> None:
    path = root / "roles/vocabulary/families.yml"
    whole = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    families, texts = whole["families"], set(_texts(whole["families"]))
    copies = [_swapped(one, texts, trade) | _family_named(one, trade) for trade in trades for one in families]
    _write_yaml(path, whole | {"families": [*families, *copies]})
    for code in codes:
        file = root / f"locales/{code}/vocabulary.po"
        entries = _entries(file)
        own = [entry for entry in entries if entry[0].startswith("families.")]
        _write_po(file, code, [*entries, *(_family_entry(entry, trade) for trade in trades for entry in own)])


def _family_named(family: dict[str, Any], trade: str) -> dict[str, str]:
    return {"id": _name(family["id"], trade), "title": f"{family['title']} in {trade}"}


def _family_entry(entry: tuple[str, str, str], trade: str) -> tuple[str, str, str]:
    context, source, text = entry
    _, family, field = context.split(".", 2)
    context = f"families.{_name(family, trade)}.{field}"
    if field == "title":
        return context, f"{source} in {trade}", f"{text} ({trade})"
    return context, _of_trade(source, trade), _swap(text, trade)


def _texts(value: Any) -> Iterator[str]:
    """Give every text of some data that has a space in it."""
    if isinstance(value, str) and " " in value:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)


def _swapped(value: Any, texts: set[str], trade: str) -> Any:
    if isinstance(value, dict):
        return {key: _swapped(inner, texts, trade) for key, inner in value.items()}
    if isinstance(value, list):
        return [_swapped(inner, texts, trade) for inner in value]
    return _of_trade(value, trade) if isinstance(value, str) and value in texts else value


def _of_trade(text: str, trade: str) -> str:
    """Let each sentence of a text name a trade in the place of a word, so that no other trade has the same one."""
    return "".join(_naming(sentence, trade) for sentence in _SENTENCE.findall(_swap(text, trade)))


def _naming(sentence: str, trade: str) -> str:
    words = [match.span() for match in _WORD.finditer(sentence)]
    if len(words) < 3 or "](" in sentence:
        return sentence
    begin, end = max(words[1:], key=lambda word: word[1] - word[0])
    return f"{sentence[:begin]}{trade}{sentence[end:]}"


def _swap(text: str, trade: str) -> str:
    """Let two words change places in each sentence of a text, in a language without spaces two clauses."""
    return "".join(_swap_within(sentence, trade) for sentence in _SENTENCE.findall(text))


def _swap_within(sentence: str, trade: str) -> str:
    words = [match.span() for match in _WORD.finditer(sentence)]
    if len(words) < 3:
        return sentence
    chosen = random.Random(f"{trade} {sentence}")  # noqa: S311 - no secret
    (a, b), (c, d) = sorted(chosen.sample(words[1:], 2))
    return f"{sentence[:a]}{sentence[c:d]}{sentence[b:c]}{sentence[a:b]}{sentence[d:]}"


@cache
def _entries(path: Path) -> tuple[tuple[str, str, str], ...]:
    return tuple((entry.msgctxt, entry.msgid, entry.msgstr) for entry in polib.pofile(str(path)))


def _write_po(path: Path, code: str, entries: Sequence[tuple[str, str, str]]) -> None:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": code, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    file.metadata["Content-Transfer-Encoding"] = "8bit"
    file.extend(polib.POEntry(msgctxt=context, msgid=source, msgstr=text) for context, source, text in entries)
    file.save(str(path))


def _write_yaml(path: Path, data: Any) -> None:
    path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=2**30), "utf-8")

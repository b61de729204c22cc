"""Begin a new language: everything that it needs, with every text waiting for its translation.

Nothing is written before a copy was changed, read and found without errors; and nothing is written at all where a
file exists already or holds changes that nobody has committed.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from rolebook.catalog import LANGUAGES_FILE
from rolebook.findings import has_errors
from rolebook.front_matter import read_front_matter
from rolebook.generated import GENERATED
from rolebook.languages import Language, is_known
from rolebook.loading import Loaded, load
from rolebook.messages import needed_domains, updated_po
from rolebook.scaffold.draft import Refused
from rolebook.source import Scalar, parse_yaml
from rolebook.source import Sequence as Items
from rolebook.worktree import GitError, uncommitted
from rolebook.write import write_file

_CODE = re.compile(r"[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_CONFIGURATION = "mkdocs.yml"
_COPIED = frozenset({".md", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif"})


@dataclass(frozen=True, slots=True)
class Begun:
    """A language that was begun: how many files it got, and which pages wait to be translated."""

    language: Language
    translations: int
    pages: tuple[str, ...]


def begin_language(loaded: Loaded, code: str) -> Begun:
    """Write all that a language needs; raise Refused where that cannot be done whole."""
    root = loaded.knowledge.catalog.root
    _judge(loaded, code)
    language = Language(code)
    added: dict[str, bytes] = {**_translations(loaded, language), **_pages(loaded, language)}
    if there := [name for name in added if (root / name).exists()]:
        raise Refused(
            f"{there[0]} exists already, and would be written over. Move what stands in locales/{code}/ and "
            f"docs/{code}/ to another place first; afterwards bring your translations back, file by file."
        )
    changed = _lists(root, language)
    _refuse_uncommitted(root, changed)
    _refuse_errors(loaded, {**added, **changed})
    _write(root, added, changed)
    pages = tuple(name for name in added if name.endswith(".md"))
    return Begun(language, sum(name.endswith(".po") for name in added), pages)


def _judge(loaded: Loaded, code: str) -> None:
    """Refuse a code that is none, or is there, and a knowledge base that has errors before."""
    catalog = loaded.knowledge.catalog
    if code in {language.code for language in catalog.languages}:
        raise Refused(f"The site speaks '{code}' already; {LANGUAGES_FILE} lists it.")
    if not _CODE.fullmatch(code):
        near = code.replace("_", "-")
        hint = f" Did you mean '{near}'?" if _CODE.fullmatch(near) and is_known(near) else ""
        raise Refused(
            f"'{code}' is no code of a language as it is written here: two small letters, then perhaps its script and "
            f"its country, such as sv, zh-Hant or pt-BR.{hint}"
        )
    if not is_known(code):
        raise Refused(
            f"CLDR, the list of the world's languages, knows no '{code}', so nobody would know its name, its plurals "
            "and its order of letters. Look the code up, for example at https://en.wikipedia.org/wiki/ISO_639-1."
        )
    if not loaded.is_sound:
        errors = [finding for finding in loaded.findings if has_errors([finding])]
        raise Refused("The knowledge base has errors. Mend them first, then begin the language.", errors)


def _translations(loaded: Loaded, language: Language) -> dict[str, bytes]:
    """Give the PO files of a language, with every text missing."""
    messages = loaded.knowledge.messages
    return {
        f"locales/{language.code}/{domain}.po": updated_po(messages.of_domain(domain), None, language).encode()
        for domain in needed_domains(messages, language)
    }


def _pages(loaded: Loaded, language: Language) -> dict[str, bytes]:
    """Give the pages written by hand, as they stand in the default language and marked as such, with their pictures."""
    catalog = loaded.knowledge.catalog
    source = catalog.root / "docs" / catalog.default_language.code
    pages: dict[str, bytes] = {}
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if path.suffix not in _COPIED or not path.is_file() or parts[0] in GENERATED:
            continue
        content = path.read_bytes()
        if path.suffix == ".md":
            content = _marked(content.decode("utf-8-sig"), catalog.default_language.code).encode()
        pages["/".join(("docs", language.code, *parts))] = content
    return pages


def _marked(text: str, code: str) -> str:
    """Write into the front matter of a page which language it is in."""
    if read_front_matter("", text)[0].language:
        return text
    line = f"language: {_yaml(code)}\n"
    opening = re.match(r"---[ \t]*\r?\n", text)
    return f"{opening.group()}{line}{text[opening.end() :]}" if opening else f"---\n{line}---\n\n{text}"


def _yaml(text: str) -> str:
    """Write a text as YAML, in quotes where it would be read as something else, as 'no' is."""
    return yaml.safe_dump(text, default_flow_style=True, allow_unicode=True).removesuffix("...\n").strip()


def _lists(root: Path, language: Language) -> dict[str, bytes]:
    """Give the files that list the languages with one more, and all else in them as it was."""
    path = root / LANGUAGES_FILE
    changed = {LANGUAGES_FILE: _with_language(path.read_bytes().decode("utf-8-sig"), language.code).encode()}
    configuration = root / _CONFIGURATION
    if configuration.is_file():
        text = configuration.read_bytes().decode("utf-8-sig")
        changed[_CONFIGURATION] = _with_configured(text, language).encode()
    return changed


def _with_language(text: str, code: str) -> str:
    """Add a code to the end of the list in languages.yml."""
    entry = _languages_in(text)[-1]
    lines = text.splitlines(keepends=True)
    start = sum(len(line) for line in lines[: entry.line - 1]) + entry.column - 1
    updated = _inserted(text, start, start + entry.length, _yaml(code))
    if [item.text for item in _languages_in(updated)] != [*(item.text for item in _languages_in(text)), code]:
        raise Refused(f"{LANGUAGES_FILE} is written in a way that was not understood. Add '{code}' to it by hand.")
    return updated


def _languages_in(text: str) -> tuple[Scalar, ...]:
    file, _ = parse_yaml(LANGUAGES_FILE, text)
    entry = file.root.get("languages") if file and hasattr(file.root, "get") else None
    items = entry[1].items if entry and isinstance(entry[1], Items) else ()
    return tuple(item for item in items if isinstance(item, Scalar))


def _with_configured(text: str, language: Language) -> str:
    """Add a language to the list of the plugin i18n in mkdocs.yml; a file without such a list stays as it is."""
    before = _configured_in(text)
    if before is None or not before.value:
        return text
    last = before.value[-1]
    entry = yaml.safe_dump(
        {"locale": language.code, "name": language.name}, default_flow_style=True, allow_unicode=True, sort_keys=False
    ).strip()
    updated = _inserted(text, last.start_mark.index, _end_of(last), entry)
    after = _configured_in(updated)
    unchanged = after is not None and list(map(_plain, after.value[:-1])) == list(map(_plain, before.value))
    if not unchanged or _without_last(updated) != _plain(yaml.compose(text)):
        raise Refused(
            f"The list of languages in {_CONFIGURATION} is written in a way that was not understood. "
            f"Add '{entry}' to it by hand, then run this again."
        )
    return updated


def _configured_in(text: str) -> yaml.SequenceNode | None:
    """Find the list of languages in mkdocs.yml; None where there is none."""
    node: yaml.Node | None = _value(yaml.compose(text), "plugins")
    plugins = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = next((plugin for plugin in (_value(item, "i18n") for item in plugins) if plugin), None)
    languages = _value(found, "languages")
    return languages if isinstance(languages, yaml.SequenceNode) else None


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _plain(node: yaml.Node | None) -> object:
    """Give what a node says, without where it stands; tags of MkDocs such as !ENV count as they are."""
    if isinstance(node, yaml.MappingNode):
        return [(_plain(key), _plain(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return (node.tag, node.value) if node else None


def _without_last(text: str) -> object:
    """Give what mkdocs.yml says without the last of its languages."""
    whole = yaml.compose(text)
    languages = _configured_in(text)
    for plugin in _plugins(whole):
        if (own := _value(_value(plugin, "i18n"), "languages")) and languages:
            own.value.pop()
    return _plain(whole)


def _plugins(whole: yaml.Node | None) -> Sequence[yaml.Node]:
    node = _value(whole, "plugins")
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    return [node] if node else []


def _end_of(node: yaml.Node) -> int:
    """Give where a node's last sign stands; a block ends, for YAML, only where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _inserted(text: str, start: int, end: int, entry: str) -> str:
    """Write an entry after the last one of a list, in the form that one has."""
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start:start]
    if re.fullmatch(r"\s*-\s+", before):  # an item on lines of its own
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        ending = "\r\n" if text[line_end - 1 : line_end] == "\r" else "\n"
        line_end -= ending == "\r\n"
        return f"{text[:line_end]}{ending}{before}{entry}{text[line_end:]}"
    return f"{text[:end]}, {entry}{text[end:]}"


def _refuse_uncommitted(root: Path, changed: Mapping[str, bytes]) -> None:
    try:
        open_changes = uncommitted(root, changed)
    except GitError as error:
        raise Refused(f"Git does not say whether these files were changed: {error}") from error
    if open_changes:
        raise Refused(
            f"{' and '.join(open_changes)} would be changed, but hold changes that are not committed. "
            "Commit them first, or take them back, so that nothing of yours is mixed up with this."
        )


def _refuse_errors(loaded: Loaded, written: Mapping[str, bytes]) -> None:
    """Try it in a copy: a language that `check` would complain of is not begun."""
    root = loaded.knowledge.catalog.root
    with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
        copy = Path(folder) / "base"
        for name in ("roles", "locales", "docs"):
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, ignore=_generated(root / "docs"))
        for name, content in written.items():
            write_file(copy / name, content)
        if errors := [finding for finding in load(copy, loaded.knowledge.today).findings if has_errors([finding])]:
            raise Refused("With the new language the knowledge base would have errors.", errors)


def _generated(docs: Path) -> Callable[[str, list[str]], set[str]]:
    """Leave out what is generated when docs/ is copied."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if Path(folder).parent == docs and name in GENERATED}

    return left_out


def _write(root: Path, added: Mapping[str, bytes], changed: Mapping[str, bytes]) -> None:
    """Write everything, the list of languages last; where that fails, take all of it back."""
    former = {name: (root / name).read_bytes() for name in changed}
    order = sorted(changed, key=lambda name: name == LANGUAGES_FILE)
    try:
        for name, content in (*added.items(), *((name, changed[name]) for name in order)):
            write_file(root / name, content)
    except BaseException:
        for name in added:
            (root / name).unlink(missing_ok=True)
        for name, content in former.items():
            write_file(root / name, content)
        for folder in _empty_folders(root, added):
            folder.rmdir()
        raise


def _empty_folders(root: Path, added: Mapping[str, bytes]) -> Iterator[Path]:
    folders = {parent for name in added for parent in (root / name).parents if parent.is_relative_to(root)}
    for folder in sorted(folders, reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            yield folder

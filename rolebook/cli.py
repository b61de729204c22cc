"""The command line: understand what is asked, do it, say what came of it. The one place that prints."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rolebook.findings import RULES, has_errors
from rolebook.pipeline import BuildError, Loaded, build, load, render, translate
from rolebook.reference import reference_files
from rolebook.report import as_github, as_json, as_text
from rolebook.site.engine import EngineError, read_settings
from rolebook.site.serve import serve
from rolebook.write import Written, write_file

FINE, FOUND, MISUSED = 0, 1, 2
NOTHING_WRITTEN = "Nothing was written."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give 0 where all is fine, 1 where errors were found, 2 where it was used wrongly."""
    parsed = _parser().parse_args(arguments)
    root: Path = parsed.root.resolve()
    if not (root / "roles").is_dir():
        _complain(f"There is no folder roles/ in {root}. Name the root of a knowledge base with --root.")
        return MISUSED
    run: Callable[[Path, argparse.Namespace], int] = parsed.run
    try:
        return run(root, parsed)
    except (BuildError, EngineError) as error:
        _complain(str(error))
        _complain("The site that was there before is unchanged.")
        return FOUND
    except KeyboardInterrupt:
        _complain("Stopped.")
        return FOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build_roles.py", description="Check, translate and publish a knowledge base of roles and career paths."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Path, argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.add_argument(
            "--root", type=Path, default=Path(), metavar="DIR", help="the knowledge base to work on (default: here)"
        )
        added.set_defaults(run=run)
        return added

    checked = command("check", _check, "Check every file and say what is wrong; nothing is written.")
    checked.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to say it")
    checked.add_argument("--explain", metavar="CODE", choices=sorted(RULES), help="explain one rule by its code")
    command("render", _render, "Write the Markdown pages below docs/.")
    built = command("build", _build, "Render, build the site with MkDocs, check its links, and put it into site/.")
    built.add_argument("--site-url", default="", metavar="URL", help="the address it will have (default: mkdocs.yml)")
    served = command("serve", _serve, "Build the site, serve it, and build it anew when a file changes.")
    served.add_argument("--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    served.add_argument("--port", type=int, default=8000, help="on which port (default: 8000)")
    command("translate", _translate, "Bring the translation files in locales/ up to date with the sources.")
    command("reference", _reference, "Write roles/FIELDS.md, RULES.md, TEMPLATE.yml and the JSON Schemas anew.")
    return parser


def _check(root: Path, parsed: argparse.Namespace) -> int:
    if parsed.explain:
        rule = RULES[parsed.explain]
        _say(f"{rule.code} ({rule.severity})\n{rule.rule}\n{rule.advice}")
        return FINE
    findings = load(root).findings
    if parsed.format == "json":
        _say(as_json(findings))
    elif parsed.format == "github":
        _say(as_github(findings))
    else:
        _say(as_text(findings, ""))
    return FOUND if has_errors(findings) else FINE


def _render(root: Path, parsed: argparse.Namespace) -> int:
    loaded = _loaded(root)
    if not loaded.is_sound:
        return FOUND
    _say(_written_words("pages", render(loaded, read_settings(root))))
    return FINE


def _build(root: Path, parsed: argparse.Namespace) -> int:
    loaded = _loaded(root)
    if not loaded.is_sound:
        return FOUND
    written = build(loaded, root / "site", _progress, parsed.site_url)
    _say(f"{_written_words('pages', written)} The site is in {root / 'site'}.")
    return FINE


def _serve(root: Path, parsed: argparse.Namespace) -> int:
    def rebuild(site: Path, site_url: str) -> bool:
        loaded = _loaded(root)
        if not loaded.is_sound:
            return False
        try:
            build(loaded, site, _progress, site_url)
        except (BuildError, EngineError) as error:
            _complain(str(error))
            return False
        return True

    return FINE if serve(root, parsed.host, parsed.port, rebuild, _say) else FOUND


def _translate(root: Path, parsed: argparse.Namespace) -> int:
    written, findings = translate(root)
    if findings:
        _say(as_text(findings, NOTHING_WRITTEN))
        return FOUND
    _say(_written_words("translation files", written))
    return FINE


def _reference(root: Path, parsed: argparse.Namespace) -> int:
    written = Written()
    for name, text in reference_files():
        written += write_file(root / "roles" / name, text)
    _say(_written_words("files", written))
    return FINE


def _loaded(root: Path) -> Loaded:
    """Load and check; say what is wrong, if anything."""
    _progress("Reading and checking")
    loaded = load(root)
    if loaded.findings:
        _complain(as_text(loaded.findings, "" if loaded.is_sound else NOTHING_WRITTEN))
    return loaded


def _written_words(what: str, written: Written) -> str:
    return f"{written.changed} {what} written, {written.same} unchanged, {written.removed} removed."


def _progress(step: str) -> None:
    """Tell what goes on, to a person who waits at a terminal."""
    if sys.stderr.isatty():
        print(f"{step} …", file=sys.stderr, flush=True)


def _say(text: str) -> None:
    print(text, flush=True)


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

"""Pages are built as MkDocs builds them, only faster."""

import os
import re
import shutil
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.commands.build import build as build_with_mkdocs

from rolebook.pages import Settings, open_books, plan_pages
from rolebook.parallel import StoppedError, cores, side_by_side
from rolebook.pipeline import build, render
from rolebook.site.configuration import DEFAULT_CONFIG, open_configuration, read_settings
from rolebook.site.engine import Engine
from rolebook.site.markdown import convert
from tests.conftest import quiet
from tests.kit import load_miniature

DEPTH = range(2, 4)
BETWEEN_TAGS = re.compile(r">\s+<")


def closed_up(html: str) -> str:
    """Leave out the spaces between tags, which Python-Markdown sets as it likes."""
    return BETWEEN_TAGS.sub("><", html)


def test_every_page_is_what_mkdocs_makes_of_it(miniature: Path, tmp_path: Path) -> None:
    loaded = load_miniature(miniature)
    render(loaded, read_settings(miniature))
    catalog, messages = loaded.knowledge.catalog, loaded.knowledge.messages
    address = "https://example.org/handbook/"
    generated = (path for book in open_books(catalog, messages, Settings()) for path in plan_pages(book))
    pages = {*loaded.knowledge.docs.paths, *generated}
    config = open_configuration(miniature, catalog, messages, tmp_path / "mkdocs", address)
    build_with_mkdocs(config)
    theirs = {path.relative_to(tmp_path / "mkdocs").as_posix() for path in (tmp_path / "mkdocs").rglob("*.html")}
    ours = set()
    for language in catalog.languages:
        config = open_configuration(miniature, catalog, messages, tmp_path / "ours", address)
        engine = Engine(config, language, catalog.default_language, pages)
        for source in engine.sources():
            ours.add(source.path)
            built = (tmp_path / "mkdocs" / source.path).read_text("utf-8")
            assert closed_up(engine.build(source)) == closed_up(built), source.path
    assert ours == theirs - {"404.html"}


def test_python_markdown_makes_the_same_of_our_pages(built_project: Path) -> None:
    options = {"toc": {"toc_depth": "2-3"}}
    reader = Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"], extension_configs=options)
    pages = sorted((built_project.parent / "docs/uk").rglob("index.md"))
    texts = [path.read_text("utf-8") for path in pages]
    bodies = [text.split("\n---\n", 1)[1] for text in texts if text.startswith("---\ngenerated")]
    assert len(bodies) > 200
    for body in bodies[::5]:
        made = convert(body, DEPTH)
        assert made
        assert closed_up(made.html) == closed_up(reader.reset().convert(body))
        assert named(made.headings) == named(reader.toc_tokens)


def named(headings: list[dict[str, object]]) -> list[object]:
    """Give what the table of contents shows of headings."""
    return [(one["level"], one["id"], one["name"], named(one["children"])) for one in headings]


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "1. a list",
        "Some *emphasis*.",
        "Some `code`.",
        "[a](b.md)",
        "    code",
        "> a quotation",
        "# No id",
        "Title\n=====",
        "a | b\n--|--\n1 | 2",
        "term\n: meaning",
        "text\n{: .class }",
        "<video src='x'></video>",
        "&amp; text\\",
    ],
)
def test_what_our_templates_do_not_write_is_left_to_python_markdown(text: str) -> None:
    assert convert(f"# Title {{: #top }}\n\n{text}\n", DEPTH) is None


def test_a_system_that_does_not_tell_which_cores_may_be_used_uses_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLEBOOK_PROCESSES", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity")
    assert cores() == os.cpu_count()


def test_what_is_raised_beside_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEBOOK_PROCESSES", "2")
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda number: 1 // number, [1, 0])


def test_a_process_that_is_ended_from_outside_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEBOOK_PROCESSES", "2")
    with pytest.raises(StoppedError):
        side_by_side(os._exit, [0, 1])


def test_a_theme_may_name_templates_that_are_missing_or_of_no_use_here(miniature: Path) -> None:
    shutil.copytree(DEFAULT_CONFIG.parent / "overrides", miniature / "overrides")
    words = DEFAULT_CONFIG.read_text("utf-8").replace("  - glossary.md\n  - contribute/index.md\n", "")
    (miniature / "mkdocs.yml").write_text(words, "utf-8")
    (miniature / "overrides/loud.html").write_text("{{ 'quiet' | shout }}", "utf-8")
    includes = '{% include "nowhere.html" ignore missing %}{% if false %}{% include "loud.html" %}{% endif %}'
    with (miniature / "overrides/main.html").open("a", encoding="utf-8") as template:
        template.write(f"{{% block footer %}}{includes}<footer>Ours</footer>{{% endblock %}}")
    build(load_miniature(miniature), miniature / "site", quiet)
    assert "<footer>Ours</footer>" in (miniature / "site/roles/index.html").read_text("utf-8")

"""Nothing from a text becomes active, and readers see what was written."""

import html
import re

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from rolebook import markup

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "meta", "sane_lists",
    "smarty", "tables", "toc", "wikilinks", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic",
    "pymdownx.details", "pymdownx.emoji", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.tilde",
    "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tasklist",
]  # fmt: skip
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "text {: onclick=alert(1) }",
    "--8<-- '/etc/passwd'",
    "| a | b |",
    "&lt;script&gt;",
    "1. one",
    "# heading {#id}",
    "a\n===",
    "![x](//evil.example)",
    "https://evil.example www.evil.example",
    "*[HTML]: x",
    "{{ config }} {% raw %}",
    ":smile: ==mark== ~~x~~ ^^x^^",
    "'''python",
    "    code",
]
NO_CONTROLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"]))


def seen(text: str) -> tuple[str, set[str]]:
    """Give what a reader sees of a text in a page, and the elements it became."""
    body = LexborHTMLParser(markdown.markdown(f"Before {text} after", extensions=EXTENSIONS)).body
    assert body
    tags = {node.tag for node in body.css("*")} - {"body"}
    return " ".join(body.text().split()), tags


def words(text: str) -> str:
    return " ".join(f"Before {text} after".split())


@given(NO_CONTROLS)
@example("x\u2026'a' \"b\" -- (c)")
def test_a_plain_text_is_shown_as_written_and_makes_no_element(text: str) -> None:
    shown, tags = seen(markup.plain(text))
    assert tags <= {"p"}
    assert shown == words(text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_known_attacks_stay_words_at_the_beginning_of_a_line_too(attack: str) -> None:
    body = LexborHTMLParser(markdown.markdown(markup.plain(attack), extensions=EXTENSIONS)).body
    assert body
    assert {node.tag for node in body.css("*")} - {"body"} == {"p"}
    assert body.text().split() == attack.split()


@given(NO_CONTROLS | st.sampled_from(ATTACKS))
@example("**bold** *em* [a](https://example.org/?q=1&r=2) [b](/roles/x/)")
@example('[a](https://x.example/"onmouseover=alert(1))')
def test_a_rich_text_makes_emphasis_and_safe_links_only(text: str) -> None:
    for paragraph in markup.paragraphs(text, markup.address):
        body = LexborHTMLParser(markdown.markdown(f"Before {paragraph} after", extensions=EXTENSIONS)).body
        assert body
        for node in body.css("*"):
            assert node.tag in {"body", "p", "em", "strong", "a"}
            assert set(node.attributes) <= {"href"}
            assert re.match(r"(https://|mailto:|/(?!/))", node.attributes.get("href") or "/")


@pytest.mark.parametrize(
    ("target", "is_safe"),
    [
        ("/roles/x/", True), ("https://example.org/a", True), ("mailto:a@example.org", True),
        ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), ("data:text/html,x", False),
        ("//evil.example", False), ("http://example.org", False), ("https:", False), ("roles/x", False),
        ("https://[bad", False), ("/a\\b", False),
    ],
)  # fmt: skip
def test_only_pages_of_the_site_https_and_mailto_are_safe(target: str, is_safe: bool) -> None:
    assert markup.is_safe_link(target) is is_safe


@given(NO_CONTROLS)
def test_an_attribute_can_be_printed_unescaped(text: str) -> None:
    written = markup.attribute(text)
    assert not set(written) & set("<>\"'")
    assert html.unescape(written).split() == text.split()


def test_words_are_a_rich_text_without_its_markup() -> None:
    assert markup.words("A **bold** [word](/roles/x/).\n\nNext.") == "A bold word. Next."

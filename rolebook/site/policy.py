"""Tell browsers what a page may load and run: its Content Security Policy, and headers for hosts that set them."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

_CHARSET = '<meta charset="utf-8">'
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r'style="([^"]*)"')
_ROOT = re.compile(r'new URL\("[^"]*"')
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
HEADERS = """\
# Read by Netlify, Cloudflare Pages and their like. What each page may load and run stands in the page itself;
# frame-ancestors holds only as a header.
/*
  Content-Security-Policy: frame-ancestors 'none'
  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: same-origin
  X-Content-Type-Options: nosniff
"""


def trusted_scripts(html: str) -> frozenset[str]:
    """Give the scripts that a page holds in itself; to be asked of a page without any text of roles."""
    return frozenset(map(_at_any_depth, _SCRIPT.findall(html)))


def add_policy(html: str, trusted: frozenset[str]) -> str:
    """Put a page's policy first in its head: of the scripts within the page only the trusted ones may run."""
    scripts = (script for script in _SCRIPT.findall(html) if _at_any_depth(script) in trusted)
    styles = map(unescape, _STYLE.findall(html))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, styles)}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n  {meta}", 1)


def without_policy(html: bytes) -> bytes:
    """Take the policy out of a page again, for a server that writes a script of its own into it."""
    return _POLICY.sub(b"", html, count=1)


def write_headers(site: Path) -> None:
    """Write _headers, by which some hosts set headers."""
    (site / "_headers").write_text(HEADERS, "utf-8")


def _at_any_depth(script: str) -> str:
    """Leave out of a script of the theme where the root of the site is, which differs with a page's depth."""
    return _ROOT.sub('new URL(""', script)


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    script_hashes, style_hashes = _hashes(scripts), _hashes(styles)
    attributes = ["'unsafe-hashes'", *style_hashes] if style_hashes else []
    allowed = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *script_hashes],  # the search is compiled to WebAssembly
        "style-src": ["'self'", *attributes],
        "img-src": ["'self'", "data:"],  # the theme's icons are data: addresses in its style sheet
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in allowed.items())


def _hashes(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(_each_hash(texts)))


def _each_hash(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

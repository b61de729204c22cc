"""Which files a browser would run when their address is opened: no policy of a page binds them."""

import re

_ENDINGS = (
    ".htm",
    ".html",
    ".shtml",
    ".xht",
    ".xhtml",
    ".xml",
    ".xsl",
    ".xslt",
    ".js",
    ".mjs",
    ".svgz",
    ".wasm",
    ".swf",
)
_PICTURE = ".svg"
# A script, a handler, an address that runs, another document inside, and what could hide one of these from this look
_ACTIVE = re.compile(
    r"[<:]script\b|\bon[a-z]+\s*=|javascript:|[<:](?:foreignobject|handler|iframe|embed|object)\b"
    r"|<!entity|<\?xml-stylesheet|&#|encoding\s*=\s*[\"'](?!utf-8)",
    re.IGNORECASE,
)


def may_be_active(name: str) -> bool:
    """Tell whether a file has to be looked at, by its name."""
    return name.lower().endswith((*_ENDINGS, _PICTURE))


def is_active(name: str, content: bytes) -> bool:
    """Tell whether a browser would run a file; a drawing (SVG) only if it holds something to run."""
    if not name.lower().endswith(_PICTURE):
        return may_be_active(name)
    try:
        return bool(_ACTIVE.search(content.decode()))
    except UnicodeDecodeError:
        return True

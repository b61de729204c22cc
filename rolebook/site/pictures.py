"""Write the size of each picture into built pages, so that nothing jumps while they load."""

import re
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote

_IMAGE = re.compile(r'<img\b(?![^>]*\bwidth=)[^>]*?\bsrc="([^":]+\.png)"')
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def add_sizes(html: str, folder: Path) -> str:
    """Add width and height to the PNG pictures of a page in a folder; others stay as they are."""
    return _IMAGE.sub(lambda image: image.group() + _size(Path(normpath(folder / unquote(image.group(1))))), html)


def _size(path: Path) -> str:
    """Give the attributes of a picture; nothing where it cannot be read, which the link check tells."""
    try:
        with path.open("rb") as file:
            start = file.read(24)
    except OSError:
        return ""
    if not start.startswith(_SIGNATURE):
        return ""
    width, height = (int.from_bytes(start[at : at + 4]) for at in (16, 20))  # the header comes first in every PNG
    return f' width="{width}" height="{height}" loading="lazy"'

"""Tell which program this is: its own files, and the versions of what it is made with."""

from functools import cache
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

PACKAGE = Path(__file__).parent


def digest(*parts: bytes | str) -> bytes:
    """Give a short name of some parts, another for any other parts."""
    made = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(content))
        made.update(content)
    return made.digest()


def digest_of_files(folder: Path) -> bytes:
    """Give a short name of all files below a folder, with their paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(
        *(part for path in paths for part in (path.relative_to(folder).as_posix(), digest(path.read_bytes())))
    )


@cache
def fingerprint() -> bytes:
    """Give a short name of this program, another after any change of it: what it made before may then be made anew."""
    made_with = sorted(f"{one.name} {one.version}" for one in distributions())
    return digest(digest_of_files(PACKAGE), *made_with)

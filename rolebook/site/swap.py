"""Put a finished site in the place of the former one, so that there is always a whole one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_site(final: Path) -> Iterator[Path]:
    """Give a folder to build in, beside the final one; swap it in when all went well, else throw it away."""
    heal(final)
    final.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{final.name}-new-", dir=final.parent))
    building.chmod(0o755)
    try:
        yield building
        _swap(building, final)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def heal(final: Path) -> None:
    """Bring back the former site if a swap was cut short."""
    former = _former(final)
    if former.is_dir():
        if final.exists():
            shutil.rmtree(former)
        else:
            former.rename(final)


def _swap(building: Path, final: Path) -> None:
    former = _former(final)
    if final.exists():
        final.rename(former)
    building.rename(final)
    shutil.rmtree(former, ignore_errors=True)


def _former(final: Path) -> Path:
    return final.with_name(f".{final.name}-former")

"""Let one at a time write into a knowledge base: the others wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # where there is none, as on Windows, nothing waits
    fcntl = None  # type: ignore[assignment]

LOCK = Path(".cache/lock")


@contextmanager
def alone(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Be the only one that writes; say so where that means to wait.

    The lock belongs to this process and its forks, and is gone with the last of them, however they end: so what a
    killed run still writes is waited for. The file stays; it may be deleted while nothing is built.
    """
    path = root / LOCK
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another run is writing here; this one waits until it has ended.")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield

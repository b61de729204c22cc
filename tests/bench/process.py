"""Run a command and tell what it took."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.2
"""How long to wait between two looks at the memory, at least."""
_LOOKING_SHARE = 0.05
"""How much of the time may go into looking: with large processes a look takes long, and a core that they would use."""


@dataclass(frozen=True)
class Took:
    """What a command took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of all its processes."""
    memory: float
    """Megabytes of all its processes at once, at most; what they share is counted once. Nothing outside of Linux."""
    is_whole: bool = True
    """Whether it came to its end."""


def run(
    command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None, limit: float | None = None
) -> Took:
    """Run a command to its end, or for `limit` seconds; what it says is shown only where it fails."""
    os.sync()  # what was written and deleted before is not to slow it down
    before, start = _cpu(), time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(variables or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    memory = _Memory(process.pid)
    is_whole = True
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        is_whole = False
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
    wall = time.perf_counter() - start
    memory.end()
    if process.returncode and is_whole:
        print(said, file=sys.stderr)
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Took(wall, _cpu() - before, memory.most / 1000, is_whole)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Memory:
    """Looks at the memory of all processes of a session until it is told to end."""

    def __init__(self, session: int) -> None:
        self.most = 0.0
        self._session = session
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = _LOOK_SECONDS
        while not self._ended.wait(pause):
            start = time.thread_time()
            self.most = max(self.most, sum(_proportional_kilobytes(self._session)))
            pause = max(_LOOK_SECONDS, (time.thread_time() - start) / _LOOKING_SHARE)


def _proportional_kilobytes(session: int) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(process.name)) == session:
                lines = (process / "smaps_rollup").read_text().splitlines()
                yield next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):  # it has just ended
            continue

"""Build the whole site behind, in a process of its own, while pages are already shown."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

_QUIET_SECONDS = 1.0
"""How long nothing must have changed before a build begins; by then the browser shows what was saved."""
_GENTLE = 19
"""How far the build stands back (nice), so that pages are made without waiting for it."""
_LOOK_SECONDS = 0.02
_END_SECONDS = 10
"""How long a build that is stopped may tidy up."""

_DONE = "The whole site is built as well: its search knows what you saved, and all its links lead somewhere."


class Background:
    """Runs a command that builds the site; when it is asked again meanwhile, it begins anew."""

    def __init__(self, command: Sequence[str], say: Callable[[str], None]) -> None:
        self._command, self._say = command, say
        self._asked, self._stopped, self._ended = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Background":
        self._thread.start()
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop what is built, and do no more."""
        self.stop()
        self._ended.set()
        self._asked.set()
        self._thread.join()

    def begin(self) -> None:
        """Build, when all is quiet, what is there by then."""
        self._stopped.clear()
        self._asked.set()

    def stop(self) -> None:
        """Stop what is built, until it is asked for again."""
        self._stopped.set()

    def _run(self) -> None:
        while self._asked.wait() and not self._ended.is_set():
            self._asked.clear()
            if not self._asked.wait(_QUIET_SECONDS):
                self._build()

    def _build(self) -> None:
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "start_new_session": True}  # Ctrl-C is ours
        with subprocess.Popen(self._command, text=True, **options) as process:  # type: ignore[call-overload] # noqa: S603
            _stand_back(process.pid)
            while not (self._asked.is_set() or self._stopped.is_set()):
                with suppress(subprocess.TimeoutExpired):
                    _, said = process.communicate(timeout=_LOOK_SECONDS)
                    self._say(said.strip() if process.returncode else _DONE)
                    return
            _stop(process)


def _stand_back(process: int) -> None:
    with suppress(AttributeError, OSError):  # Windows knows no such thing
        os.setpriority(os.PRIO_PROCESS, process, _GENTLE)


def _stop(process: "subprocess.Popen[str]") -> None:
    """End a build with all its processes, which are a group of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM) if hasattr(os, "killpg") else process.terminate()
    try:
        process.communicate(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()

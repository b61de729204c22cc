"""Do the same work for several things side by side, in processes that share what was read before."""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from rolebook.failures import BuildError

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: Callable[[int], Any]
"""What this process does with the item of a number; set in each process of `side_by_side` when it begins."""


class StoppedError(BuildError):
    """A process was ended from outside, for want of memory perhaps."""

    def __init__(self) -> None:
        super().__init__(
            "The system ended a part of the work, for want of memory perhaps. Try again; with ROLEBOOK_PROCESSES=1 "
            "before the command it needs the least."
        )


def cores() -> int:
    """Give how many processes can run at once; the variable ROLEBOOK_PROCESSES sets another number."""
    asked = os.environ.get("ROLEBOOK_PROCESSES", "")
    if asked.isdecimal():
        return max(1, int(asked))
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Do work for each item, on every core; give the results in the items' order.

    What is raised first is raised here as well; StoppedError where a process was ended from outside.
    The processes are forks, so that they have the items, and are told a number only; results are copied, so that they
    should be small. Where there is one core, one item, or no fork, all is done here.
    """
    processes = min(cores(), len(items))
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork")
    gc.freeze()  # what was loaded stays shared as long as nobody looks through it
    with ProcessPoolExecutor(processes, context, _begin, (lambda at: work(items[at]), os.getpid())) as pool:
        try:
            return list(pool.map(_do, range(len(items))))
        except BrokenProcessPool as error:
            raise StoppedError from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            gc.unfreeze()


def _begin(work: Callable[[int], Any], parent: int) -> None:
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who interrupts is told by the parent alone
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _do(at: int) -> Any:
    return _work(at)


def _end_with(parent: int) -> None:
    """End this process when the one that began it is gone, however it ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)

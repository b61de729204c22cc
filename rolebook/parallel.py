"""Do the same work for several things side by side, in processes that share what was read before."""

import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias, TypeVar

from rolebook.failures import BuildError

Item = TypeVar("Item")
Result = TypeVar("Result")
_Work: TypeAlias = Callable[[Any], Any]


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


def side_by_side(
    work: Callable[[Item], Result], items: Sequence[Item], then: Callable[[Result], Result] | None = None
) -> list[Result]:
    """Do work for each item, on every core; give the results in the items' order.

    What is to be done `then` with a result is done in another process, before the work for further items is begun: so
    none holds more than its own part needs.
    What is raised for the first item of those that fail is raised here as well; StoppedError where a process was ended
    from outside.
    Each item has a process of its own, which gives back all the memory it took. It is a fork, so that it has the item;
    the result is copied, so that it should be small. Where there is one core, one item, or no fork, all is done here.
    """
    processes = min(cores(), len(items))
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [then(work(item)) if then else work(item) for item in items]
    gc.freeze()  # what was loaded stays shared as long as nobody looks through it
    try:
        return _forked([work, then] if then else [work], items, processes)
    finally:
        gc.unfreeze()


def _forked(works: Sequence[_Work], items: Sequence[Any], processes: int) -> list[Any]:
    waiting = deque((at, 0, item) for at, item in enumerate(items))
    running: dict[Any, tuple[int, int, BaseProcess]] = {}
    told: dict[int, tuple[Any, BaseException | None]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < processes:
                at, step, item = waiting.popleft()
                receiver, process = _begun(works[step], item)
                running[receiver] = at, step, process
            for ready in wait(list(running)):
                at, step, process = running.pop(ready)
                result, failure = told[at] = _received(ready)
                process.join()
                if failure:
                    waiting.clear()  # there is no need of the rest
                elif step + 1 < len(works):
                    waiting.appendleft((at, step + 1, result))
    finally:
        for *_, process in running.values():
            process.kill()
            process.join()
    ordered = [told[at] for at in sorted(told)]
    for failure in filter(None, (failure for _, failure in ordered)):
        raise failure
    return [result for result, _ in ordered]


def _begun(work: _Work, item: object) -> tuple[Connection, BaseProcess]:
    """Begin a process that does the work for an item and tells what came of it."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, item, sender, os.getpid()))
    process.start()
    sender.close()  # so that the end of the process is the end of what it tells
    return receiver, process


def _received(receiver: Any) -> tuple[Any, BaseException | None]:
    """Give what a process made, or what it raised."""
    try:
        told: tuple[Any, BaseException | None] = receiver.recv()
    except EOFError:
        return None, StoppedError()
    return told


def _do(work: _Work, item: object, sender: Connection, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who interrupts is told by the parent alone
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        told = work(item), None
    except Exception as error:  # whatever it is, it is raised in the parent
        error.add_note("".join(traceback.format_exception(error)))
        sender.send((None, error))
    else:
        sender.send(told)


def _end_with(parent: int) -> None:
    """End this process when the one that began it is gone, however it ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)

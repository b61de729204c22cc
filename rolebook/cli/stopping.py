"""How what runs until it is stopped is stopped."""

import signal
from types import FrameType


def stop_tidily() -> None:
    """However it is stopped, also by closing the terminal: let all be tidied up, undisturbed by a second stop."""
    stops = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in stops:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in stops:  # also where whoever started us had them ignored
        signal.signal(number, stop)

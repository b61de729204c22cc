"""What was worked out of something that has not changed, remembered within a process.

A second load, as `serve` and `diff` make it, works out anew only what has changed. What one load did not ask for is
forgotten by the next but one, so that nothing piles up.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

_now: dict[Hashable, Any] = {}
_before: dict[Hashable, Any] = {}


def begin_load() -> None:
    """Forget what the last load did not ask for."""
    global _now, _before
    _now, _before = {}, _now


def recall(key: Hashable, make: Callable[[], T]) -> T:
    """Give what was made for a key, or make it; a key names all that it is made of."""
    if key in _now:
        made: T = _now[key]
    else:
        made = _now[key] = _before[key] if key in _before else make()
    return made


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function remember what it gave; its arguments are frozen and unnamed, what it gives is frozen."""

    @wraps(function)
    def call(*arguments: P.args, **_named: P.kwargs) -> T:
        return recall((call, arguments), lambda: function(*arguments))  # type: ignore[call-arg]

    return call

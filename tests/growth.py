"""How cost grows with length, measured so that a busy machine does not decide the answer."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

FLOOR = 0.002
"""Seconds below which a cost is lost in the clock."""


def growth(work: Callable[[int], object], small: int, large: int, *, rounds: int = 3) -> float:
    """Least ratio of CPU time of ``work(large)`` to ``work(small)`` over a few rounds, collector off.

    A pause of the machine lengthens one round; a quadratic pattern lengthens every round, so the least one still shows it.
    """
    work(small)
    running = gc.isenabled()
    gc.disable()
    try:
        return min(_seconds(work, large) / max(_seconds(work, small), FLOOR) for _ in range(rounds))
    finally:
        if running:
            gc.enable()


def _seconds(work: Callable[[int], object], size: int) -> float:
    begin = time.process_time()
    work(size)
    return time.process_time() - begin

"""Found things by place: what lies inside a stretch of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol


class Placed(Protocol):
    """A found thing with an id and a place."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Places:
    """Found things by place, so that a duty need not look through all of its plan."""

    def __init__(self, items: Sequence[Placed]) -> None:
        self.items = items
        self.order = sorted(range(len(items)), key=lambda i: items[i].start)
        self.starts = [items[i].start for i in self.order]

    def inside(self, start: int, end: int) -> list[str]:
        """Ids of what lies in ``[start, end)`` as a whole, in the order of the plan."""
        near = self.order[bisect_left(self.starts, start) : bisect_right(self.starts, end)]
        return [self.items[i].id for i in sorted(near) if self.items[i].end <= end]

"""What is known of words, remembered from text to text: a plan says the same words again and again, and the words of other plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
WORDS = 65536
"""Words remembered at most: more than many plans have. Then all are forgotten at once, so that the memory of a long run stands still."""


class Remembered(dict[str, T]):
    """``Remembered(of)[word]`` is ``of(word)``. Asked for every word of every text: a look into a plain dictionary costs half of what
    ``lru_cache`` does, which keeps the order in which things were asked."""

    def __init__(self, of: Callable[[str], T], most: int = WORDS) -> None:
        super().__init__()
        self._of, self._most = of, most

    def __missing__(self, word: str) -> T:
        found = self._of(word)
        if len(self) >= self._most:
            self.clear()
        self[word] = found
        return found


__all__ = ["WORDS", "Remembered"]

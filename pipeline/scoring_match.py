"""Holding one list against another: texts by their words, lists in reading order, names of bodies one to one.

Gold is aligned by text, never by offset, so a score does not depend on how a file was ingested.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

SAME_DUTY = 0.8
"""Token F1 from which two duty texts are one duty: merging two sentences of an item still passes, a neighbour does not."""
SAME_NAME = 0.8
SAME_TITLE = 0.95
SAME_PHRASE = 0.5
"""For short expressions (deadlines, quotes of findings), where one word more or less is half of the text."""

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")

G = TypeVar("G")
F = TypeVar("F")


def words(text: str | None) -> list[str]:
    """Lower-case words of the composed text; [] for None."""
    return _WORD.findall(unicodedata.normalize("NFC", text or "").lower())


def _share(left: Counter[str], right: Counter[str]) -> float:
    size = left.total() + right.total()
    return 2 * (left & right).total() / size if size else 1.0


def overlap(left: str | None, right: str | None) -> float:
    """Token F1 of two texts as bags of words; 1.0 where both are empty."""
    return _share(Counter(words(left)), Counter(words(right)))


def bare(key: str | None) -> str:
    """A document key for comparison: no blanks, one dash, case folded."""
    return _SPACE.sub("", unicodedata.normalize("NFC", key or "")).replace("–", "-").casefold()


def same_key(wanted: Sequence[str] | None, key: str | None) -> bool:
    """Whether ``key`` is one of the alternatives that gold allows."""
    return bare(key) in {bare(k) for k in wanted or ()}


def overlaps(wanted: Sequence[str], found: Sequence[str | None], least: float) -> list[list[float]]:
    """Matrix of token F1, 0 below ``least``."""
    right = [Counter(words(text)) for text in found]
    matrix = []
    for text in wanted:
        left = Counter(words(text))
        matrix.append([share if (share := _share(left, r)) >= least else 0.0 for r in right])
    return matrix


def align(similarity: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """One-to-one pairs (row, column) that keep the order of both sides and maximise the summed similarity; 0 never pairs."""
    rows = len(similarity)
    columns = len(similarity[0]) if rows else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            here = similarity[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + here if here else 0.0)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        here = similarity[i][j]
        if here and best[i][j] == best[i + 1][j + 1] + here:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def names_hit(wanted: Sequence[str], found: Sequence[str]) -> int:
    """How many wanted names have a found name of their own that says the same."""
    left, hits = list(found), 0
    for name in wanted:
        match = max(left, key=lambda other: overlap(name, other), default=None)
        if match is not None and overlap(name, match) >= SAME_NAME:
            left.remove(match)
            hits += 1
    return hits


class Pairing(NamedTuple):
    """Result of ``take``: how many were found, what gold wants and is missing, what is surplus."""

    hits: int
    missed: list[Any]
    surplus: list[Any]


def take(wanted: Sequence[G], found: Sequence[F], same: Callable[[G, F], bool]) -> Pairing:
    """Pairs each wanted entry with the first found one that is the same, in any order."""
    left, missed = list(found), []
    for want in wanted:
        position = next((i for i, have in enumerate(left) if same(want, have)), None)
        if position is None:
            missed.append(want)
        else:
            del left[position]
    return Pairing(len(wanted) - len(missed), missed, left)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one measure: right, wanted by gold, found by us.

    Precision is 1 where nothing was found, recall is 1 where nothing was wanted.
    """

    hit: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.hit + other.hit, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def empty(self) -> bool:
        return not self.gold and not self.found

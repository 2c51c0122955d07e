"""How full a printed line is: where its margin stands and whether the next word would have fitted (lề phải của bản in).

Pages are set in letters of unequal width, so the same column holds 72 characters of one line and 86 of another. Lines are measured
with the widths of the letters (``lexicons/letter_widths.csv``), or by their characters where that agrees better, as in text of one width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractors.remembered import Remembered
from extractors.rulebook import lexicon

_BLANK, _USUAL = 250, 470
"""Widths of a blank and of the average character of a line, in thousandths of the size."""
_ENOUGH, _OFTEN = 8, 0.12
"""Full lines, and their part of all, from which they tell where the margin is."""
_FULL = 0.3
"""Part of the full lines."""
_INDENTED = 0.93
"""What the first line of a paragraph, which is indented, fills of a full one."""

Measure = Callable[[str], float]
GoesOn = Callable[[str, str], bool]
"""Of a line and the one under it: whether the second surely goes on from the first."""


@cache
def _widths() -> dict[str, int]:
    listed = {letter: int(row["width"]) for row in lexicon("letter_widths") for letter in row["letters"]}
    return listed | dict.fromkeys(" ,.", _BLANK)


def _width_of(letter: str) -> int:
    widths = _widths()
    return widths.get(letter) or widths.get(unicodedata.normalize("NFD", letter)[0], 500)


_known_widths = Remembered(_width_of)


def printed(text: str) -> float:
    """Width of ``text`` in average characters."""
    return sum(map(_known_widths.__getitem__, text)) / _USUAL


class Margin(NamedTuple):
    """The column that the lines of a text were set in: ``width`` of a full line as ``measure`` counts, ``full`` what such a line takes
    together with the first word of the next one, ``some`` what the first line of a paragraph takes at least."""

    width: float
    full: float
    some: float
    measure: Measure = len

    def reach(self, before: str, after: str) -> float:
        """A line together with the first word of the next one."""
        return _reach(before, after, self.measure)


def _reach(before: str, after: str, measure: Measure) -> float:
    word = after.split(None, 1)[:1]
    return measure(before + " " + word[0]) if word else measure(before)


def margin_of(lines: Sequence[str], width: int, goes_on: GoesOn) -> Margin:
    """The margin of ``lines``, whose longest have ``width`` characters. ``goes_on(before, after)``: the second goes on from the first for
    certain, so that the first is full. Without enough of such lines the longest ones tell."""
    full = [pair for pair in pairwise(lines) if goes_on(*pair)]
    if len(full) < max(_ENOUGH, _OFTEN * len(lines)):
        return Margin(width, width + 1, width + 1)
    by_measure = [(sorted(_reach(*pair, measure) for pair in full), measure) for measure in (printed, len)]
    reaches, measure = max(by_measure, key=lambda found: found[0][len(full) // 4] / found[0][len(full) // 2])
    middle = reaches[len(full) // 2]
    longest = sorted(map(measure, lines))[int(len(lines) * 0.97)]
    return Margin(min(longest, middle), reaches[int(len(full) * _FULL)], _INDENTED * middle, measure)

"""Where the lines of a printed page begin: paragraphs set in from the margin tell better than any word where they start (thụt đầu dòng).

Text taken out of a PDF with its blanks keeps them. They are believed only where the file as a whole keeps to them: its numbered and
bulleted lines set in, the lines that surely go on not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.loose_lines import Line
from extractors.printed_lines import GoesOn
from extractors.rulebook import rules

_ENOUGH, _NEARLY = 8, 0.9
"""Lines that show an indent, and the part of them that must agree."""
_SLACK, _LEAST = 1, 2
"""Blanks by which lines of one kind may differ; blanks at least between the margin and a paragraph."""


class Indents(NamedTuple):
    """Blanks before the lines that go on (``margin``) and before the first lines of paragraphs (``paragraph``, the least and the most)."""

    margin: int
    paragraph: tuple[int, int]

    def at_margin(self, line: Line) -> bool:
        return line.indent <= self.margin + _SLACK

    def set_in(self, line: Line) -> bool:
        """At the place where paragraphs begin, not further in, where titles and signatures stand."""
        return self.paragraph[0] <= line.indent <= self.paragraph[1]


def indents_of(lines: Sequence[Line], goes_on: GoesOn) -> Indents | None:
    """The indents that a file keeps to, None where it has none or they cannot be told."""
    end = next((i for i, line in enumerate(lines) if rules("unwrap").pattern("recipients").match(line.text)), len(lines))
    body = lines[:end]
    first = [line.indent for line in body if line.label and not line.caps and line.label[0].style != "paren"]
    on = [line.indent for before, line in pairwise(body) if goes_on(before.text, line.text)]
    if min(len(first), len(on)) < _ENOUGH:
        return None
    margin = Counter(on).most_common(1)[0][0]
    usual = Counter(first).most_common(1)[0][0]
    if usual < margin + _LEAST:
        return None
    found = Indents(margin, (max(margin + _LEAST, usual - _SLACK), usual + _SLACK))
    deep, flush = sum(n >= found.paragraph[0] for n in first), sum(n <= margin + _SLACK for n in on)
    return found if deep >= _NEARLY * len(first) and flush >= _NEARLY * len(on) else None


__all__ = ["Indents", "indents_of"]

"""Loose lines and the rows of a table that is read out of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors import labels
from extractors.labels import Label
from extractors.rulebook import rules, word_class
from schemas.document import RawBlock

BAR = re.compile(r"\s*\|?\s*(?::-+:?|-+:|-{2,})\s*(?:\|\s*(?::-+:?|-+:|-{2,})\s*)*\|?\s*")
"""The bar under the headings of a Markdown table, as the whole line: «|:-:|---|»."""
BREAK = re.compile(r"<br\s*/?>", re.I)
"""A line that ends inside a cell of a Markdown table."""
HEADING, COLUMNS = 60, 9
"""Characters of a column heading at most; columns at most."""
CELL = 600
"""Characters of a line of a cell at most."""
ROW = 14
"""Lines of a row at most."""
_TAB = 8
"""Blanks of a tab."""
_TITLE = 90
"""Characters of the longest title of a group of rows."""
GIVES = frozenset({"lead", "support", "time", "product"})
"""Columns beside that of the task by which a table is known to give work."""


@dataclass(slots=True)
class Line:
    """A loose line with its words, the block it came from, and what stood before it. What several steps ask of it is read once."""

    text: str
    block: RawBlock
    blank_before: bool
    page_break: bool = False
    whole: bool = False
    """A part of the head that stands complete: nothing goes on from it, nothing goes on into it."""

    raw: str = field(init=False)
    """The line as it stands in the file."""
    label: tuple[Label, int] | None = field(init=False)
    """Its label, and where its words begin."""
    caps: bool = field(init=False)
    """It is printed in capitals."""

    def __post_init__(self) -> None:
        self.raw = "".join([piece.text for piece in self.block.pieces])
        self.label, self.caps = labels.find(self.text), mostly_caps(self.text)

    @property
    def indent(self) -> int:
        """Blanks before its first letter."""
        blanks = self.raw.expandtabs(_TAB)
        return len(blanks) - len(blanks.lstrip()) if blanks[:1] == " " else 0


Row = list[list[tuple[str, RawBlock]]]
"""Cells of a row, each with its lines and where they come from."""


def mostly_caps(text: str) -> bool:
    """In capitals, but for a few letters. Asked of every line: counted without a Python step for each letter."""
    upper = sum(map(str.isupper, text))
    least = 0.5 * (len(text) - text.count(" "))
    if upper < 0.85 * max(3, least):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= max(3, least) and upper >= 0.85 * letters


def is_title(text: str) -> bool:
    """Words as the row over a group has them."""
    return len(text) <= _TITLE and text[:1].isupper() and text[-1] not in ".;:," and "\t" not in text.strip()


_OPEN_HEADS = frozenset(word.capitalize() for word in word_class("unit_grammar", "shared-head"))
"""Heads that stand alone on a line only where their name goes on below («Bộ | Văn hóa, …»)."""


def unfinished(text: str) -> bool:
    """The line ends in a word that cannot end a sentence, in an open bracket or a broken number."""
    last = text.rsplit(None, 1)[-1].lower().strip('“"(')
    book = rules("unwrap")
    open_word = book.pattern("open_word").fullmatch(last) and not book.pattern("closed_pair").search(text)
    if open_word or text.endswith((",", "-", "/", "(", "“")) or text in _OPEN_HEADS:
        return True
    return text.count("(") > text.count(")") and len(text) > 20

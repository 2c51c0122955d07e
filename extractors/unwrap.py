"""Loose lines to paragraphs: text copied out of a PDF is broken at every printed line (ngắt dòng cứng).

``line_joints`` says whether a line goes on; here tables, columns and footnotes among the lines are set apart first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors import labels, loose_notes
from extractors.barred_tables import barred
from extractors.characters import clean
from extractors.foot_lines import foot
from extractors.header_lines import head
from extractors.line_joints import TERMINAL, Page, goes_on
from extractors.loose_lines import Line
from extractors.loose_tables import take_table
from extractors.printed_indents import indents_of
from extractors.printed_lines import margin_of
from extractors.rulebook import rules
from extractors.side_by_side import STARS, columns, in_columns, layout_rows
from extractors.spaces import put_back
from extractors.stacked_tables import stacked
from schemas.document import Piece, RawBlock

_KIND = re.compile(r"[A-ZĐÀ-Ỹ]{2,}(?: [A-ZĐÀ-Ỹ]{2,}){1,3}")
_SPREAD = re.compile(r"\S {3,}\S")
_PAGE_NUMBER = re.compile(r"^\s*[-–]?\s*(\d{1,3})\s*[-–]?\s*$")
_RULE_LINE = re.compile(r"^\s*(?:[-–—_=*~★☆─━═]{3,}|\*(?:\s?\*)*|[-–—_=*~]*\s?[oO0]{3}\s?[-–—_=*~]*)\s*$")  # rules and ornaments
_ITEMS, _NEARLY = 8, 0.9
"""Labelled lines from which, and the part of them with a blank line before it at which, blank lines are taken to part all paragraphs."""
WIDE = 125
"""Lines longer than this are never printed lines of one page: the file keeps a paragraph on a line."""


def _lines(blocks: Sequence[RawBlock]) -> list[Line]:
    lines: list[Line] = []
    blank = feed = False
    for block in blocks:
        raw = "".join([p.text for p in block.pieces])
        text = put_back(STARS.sub("", clean(raw)).strip())
        if not text:
            blank = True
            feed = feed or "\f" in raw
            continue
        if _RULE_LINE.match(text) or _RULE_LINE.match(raw):
            blank = True
            continue
        lines.append(Line(text, block, blank, feed))
        blank = feed = False
    return _without_page_numbers(in_columns(foot(lines)))


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Drop lone figures that count up from page to page; a lone figure out of sequence stays."""
    lone = [(i, int(found.group(1))) for i, line in enumerate(lines) if (found := _PAGE_NUMBER.match(line.text))]
    pages: set[int] = set()
    if len(lone) > 1 and (rows := _row_numbers(lines)):
        lone = [(i, n) for i, n in lone if i not in rows]
    for (i, n), (j, m) in pairwise(lone):
        if m == n + 1 and n >= 1 and j - i > 5:
            pages |= {i, j}
    if len(lone) == 1 and lone[0][1] == 2 and lone[0][0] > 15:
        pages.add(lone[0][0])
    return [line for i, line in enumerate(lines) if i not in pages]


def _row_numbers(lines: list[Line]) -> frozenset[int]:
    """Lines inside tables with one cell a line, or a pipe behind each: figures there number the rows."""
    out: set[int] = set()
    for i in range(len(lines)):
        if i not in out and (found := stacked(lines, i) or barred(lines, i)):
            out.update(range(i, found[1]))
    return frozenset(out)


def _width(lines: Sequence[Line]) -> int:
    """Printed width: the length that nearly all lines keep. Rows of columns set apart by spaces say nothing of it."""
    close = [len(line.text) for line in lines if "   " not in line.text or not _SPREAD.search(line.text)]
    lengths = sorted(close or [len(line.text) for line in lines])
    return lengths[min(len(lengths) - 1, int(len(lengths) * 0.97))] if lengths else 0


def _goes_on_small(last: str, text: str) -> bool:
    return text[0].islower() and not TERMINAL.search(last) and labels.find(text) is None


def _parts_all(lines: Sequence[Line]) -> bool:
    """A blank line stands before (nearly) every numbered or bulleted line: the file parts all paragraphs so, as copies of web pages do."""
    tail = next((i for i, line in enumerate(lines) if rules("unwrap").pattern("recipients").match(line.text)), len(lines))
    items = [line for line in lines[:tail] if line.label and line.label[1] < len(line.text)]
    return len(items) >= _ITEMS and sum(line.blank_before for line in items) >= _NEARLY * len(items)




def _is_addressed(line: Line, addressed: bool) -> bool:
    """Whether a line opens the list of those a letter goes to, or goes on with it."""
    if rules("structure").pattern("addressed_to").match(line.text):
        return True
    return addressed and line.label is not None and line.label[0].style in labels.BULLETS


def _piece(line: Line) -> tuple[Piece, ...]:
    out = []
    for piece in line.block.pieces:
        bare = STARS.sub("", piece.text)
        starred = bare != piece.text
        bold = starred and piece.text.strip().startswith("**")
        out.append(replace(piece, text=bare, raw=piece.text, bold=piece.bold or bold) if starred else piece)
    return tuple(out)


def _footnote(note: loose_notes.LooseNote) -> RawBlock:
    first, *others = (piece for line in note.lines for piece in _piece(line))
    text = first.text.lstrip()
    figure = rules("unwrap").pattern("note_line").match(text)
    said = text[figure.end() :] if figure else text
    return RawBlock("footnote", (replace(first, text=said, raw=first.raw or first.text), *others), note=note.mark)


def unwrap(blocks: Sequence[RawBlock], *, first: bool = True) -> list[RawBlock]:
    """Paragraph blocks of loose lines, in order; each keeps its lines as pieces with their anchors. ``first``: the document begins here."""
    lines, notes = loose_notes.part(head(_lines(blocks)) if first else _lines(blocks))
    return _Joiner(lines, loose_notes.by_line(notes)).joined() + list(map(_footnote, notes))


class _Joiner:
    """Joins printed lines to paragraphs; loose tables and lines in two columns become blocks of their own."""

    def __init__(self, lines: Sequence[Line], marks: Mapping[int, Sequence[str]]) -> None:
        self.lines, self.marks = lines, marks
        printed = [line for line in lines if not line.whole]  # what was put together is longer than it is printed
        width = _width(printed)
        margin = margin_of([line.text for line in printed], width, _goes_on_small)
        blanks_speak = 0 < sum(line.blank_before for line in lines) < 0.6 * len(lines)
        self.page = Page(margin, width > WIDE, blanks_speak, indents_of(printed, _goes_on_small))
        self.parted = _parts_all(lines)
        self.out: list[RawBlock] = []
        self.pieces: list[Piece] = []
        self.hung: list[str] = []
        self.paragraph = ""
        self.last: Line | None = None
        self.bold_open = self.under = self.addressed = False

    def joined(self) -> list[RawBlock]:
        at = 0
        while at < len(self.lines):
            if block := self._block(at):
                self._close()
                self.out.append(block[0])
                self.last, at = None, block[1]
                continue
            self._take(at)
            at += 1
        self._close()
        return self.out

    def _block(self, at: int) -> tuple[RawBlock, int] | None:
        """The loose table or the lines in two columns that begin at a line, and the line behind them."""
        if table := take_table(self.lines, at):
            return table
        halves: list[tuple[RawBlock, ...]] = []
        while at < len(self.lines) and (pair := columns(self.lines[at])):
            halves.append(pair)
            at += 1
        return (layout_rows(halves), at) if halves else None

    def _take(self, at: int) -> None:
        line = self.lines[at]
        # Recipients and signatures stand line by line, as headers do.
        if rules("unwrap").pattern("recipients").match(line.text):
            self.parted, self.page = False, replace(self.page, indents=None)
        self.under = self.under or line.label is not None
        if not self._goes_on(line):
            self._close()
            self.addressed = _is_addressed(line, self.addressed)
        self.pieces.extend(_piece(line))
        self.hung += self.marks.get(at, ())
        self.paragraph = f"{self.paragraph} {line.text}".strip()
        self.bold_open = (line.raw.count("**") % 2 == 1) != self.bold_open and not line.caps
        self.last = line

    def _goes_on(self, line: Line) -> bool:
        """Whether the paragraph of the lines so far goes on with this one."""
        if self.last is None or self.last.whole or line.whole:
            return False
        if self.addressed and rules("unwrap").pattern("opening").match(line.text):
            return False  # «- Ủy ban nhân dân các xã, | Thực hiện Kế hoạch số …»
        title = bool(self.out and self.out[-1].pieces and _KIND.fullmatch(self.out[-1].pieces[0].text.strip(" *#")))
        return self.bold_open or goes_on(self.last, line, self.paragraph, self.page, parted=self.parted, under=self.under, title=title)

    def _close(self) -> None:
        if self.pieces:
            self.out.append(RawBlock("paragraph", tuple(self.pieces), notes=tuple(self.hung)))
        self.pieces, self.paragraph, self.hung = [], "", []

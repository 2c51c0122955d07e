"""Lines inside one Word paragraph: a typed break (Shift+Enter) ends a line, unless a sentence plainly goes on behind it.

Offices type headings, items, field lines and signatures into one paragraph with line breaks; files made out of PDFs hold a break at the
end of every printed line. What the next line begins with and how the line ends decides, as for loose lines of text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

from pipeline.ingest.word_columns import cut
from pipeline.ingest.word_runs import PAGE_BREAK
from pipeline.ingest.word_tables import SIGN_MARK
from schemas.document import Piece, RawBlock

_ITEM_LINE = re.compile(r"(?:[-–+•*]\s*\S|[IVX]{1,5}[.\-)]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\)\s)")
_LINE_END = re.compile(r"[.;:,)]\s*$")
_CLOSED = re.compile(r"(?:[.;:!?)…]|\./\.)\s*$")
_RUNS_ON = re.compile(
    r"(?:[,(/–-]|(?:^|\s)(?:số|ngày|tháng|năm|điều|khoản|điểm|mục|của|và|với|về|tại|theo|do|cho|các|từ|đến|trong|là))\s*$", re.I
)
_BULLET = re.compile(r"[-–+•*]\s*\S")
_FORM_LINE = re.compile(
    r"(?:số\s*:|số\s+[\d.…]*\s*[-/]|cộng\s+hò?[aà]\s+xã\s+hội|độc\s+lập\s*-|đảng\s+cộng\s+sản\s+việt|nơi\s+nhận|kính\s+gửi"
    r"|[^,\n]{2,40},\s*ngày\s|\*\s*$|[-_]{3,}\s*$|(?:kế\s+hoạch|chương\s+trình|quyết\s+định|chỉ\s+thị|thông\s+báo|hướng\s+dẫn)\s*$)",
    re.I,
)
"""Lines of letterhead, title and recipients that never go on from the line above."""
_PRINTED = 55
"""Characters from which a line may have been broken by a printer's margin."""


def split_lines(block: RawBlock, *, in_cell: bool) -> list[RawBlock]:
    """The block itself, or one block per line that stands for itself; a page break inside always parts it."""
    if not any("\n" in piece.text or PAGE_BREAK in piece.text for piece in block.pieces):
        return [block]
    groups: list[list[Piece]] = []
    for page in cut(block.pieces, PAGE_BREAK):
        groups += _items(cut(page, "\n"), in_cell=in_cell, centered=bool(block.centered))
    return regrouped(block, groups)


def _items(lines: list[list[Piece]], *, in_cell: bool, centered: bool) -> list[list[Piece]]:
    widest = max((len(_words(line)) for line in lines), default=0)
    groups: list[list[Piece]] = []
    empty, before = False, ""  # whether the line before was empty; the last line with words
    for line in lines:
        text = _words(line)
        if not before:
            apart = False
        elif in_cell:
            apart = bool(_ITEM_LINE.match(text) and _LINE_END.search(before))
        elif centered:
            apart = bool(_FORM_LINE.match(text) or _FORM_LINE.match(before) or _signed(before, text))
        else:
            apart = bool(text) and (empty or _stands_apart(before, text, widest))
        empty, before = not text, text or before
        if not groups or apart:
            groups.append(line)
        elif groups[-1]:
            last = groups[-1][-1]
            groups[-1][-1] = replace(last, text=last.text + "\n", raw=None if last.raw is None else last.raw + "\n")
            groups[-1] += line
        else:
            groups[-1] = line
    return groups


def _words(line: list[Piece]) -> str:
    return normalize("NFC", "".join(piece.text for piece in line)).strip()


def _signed(before: str, text: str) -> bool:
    """«KT. GIÁM ĐỐC | PHÓ GIÁM ĐỐC», «GIÁM ĐỐC | Nguyễn Thị Lan»: each line of a signature stands for itself."""
    return SIGN_MARK.match(before) is not None or (before.isupper() and not text.isupper())


def _stands_apart(before: str, text: str, widest: int) -> bool:
    """Whether the line ``text`` behind a typed break begins something of its own."""
    if _FORM_LINE.match(text) or _signed(before, text):
        return True
    if _RUNS_ON.search(before):
        return False
    if _BULLET.match(text):  # «Sở Lao động | - Thương binh» goes on
        return bool(_LINE_END.search(before) or _ITEM_LINE.match(before) or before.isupper())
    if _ITEM_LINE.match(text) or _CLOSED.search(before):
        return not (text[0].islower() and not _ITEM_LINE.match(text))
    if not text[0].isupper() or (before.isupper() and text.isupper()):
        return False
    return not (len(before) >= _PRINTED and len(before) >= 0.8 * widest)


def regrouped(block: RawBlock, groups: list[list[Piece]]) -> list[RawBlock]:
    """One block per group of pieces: the first keeps the label, the last the note marks."""
    filled = [g for g in groups if any(piece.text.strip() for piece in g)]
    if len(filled) < 2:
        return [replace(block, pieces=tuple(filled[0]))] if filled else [block]
    out: list[RawBlock] = []
    for n, group in enumerate(filled):
        last = n == len(filled) - 1
        out.append(
            replace(
                block,
                pieces=tuple(group),
                label=block.label if n == 0 else None,
                level=block.level if n == 0 else None,
                notes=block.notes if last else (),
            )
        )
    return out

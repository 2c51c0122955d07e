"""Headers and signatures that were set in two columns with tabs instead of a table.

Read line by line such a block interleaves issuer and motto. Where one of its lines carries a mark of a header or of the
recipients, the lines become the layout table that they imitate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from unicodedata import normalize

from pipeline.ingest.word_tables import HEAD_MARK, SIGN_MARK
from schemas.document import Piece, RawBlock, RawCell

_RECIPIENTS = re.compile(r"(?i)^\s*nơi nhận\s*:?\s*$")
_RIGHT_OF_HEAD = re.compile(r"(?i)độc lập|\bngày\b.*\btháng\b|^\W+$")
_GAP = re.compile(r"\t+|(?<=\S) {6,}(?=\S)")  # tabs, or the blanks of people who do not know tabs


def cut(found: Iterable[Piece], sign: str) -> list[list[Piece]]:
    """Pieces parted at every ``sign`` (a tab, a line or page break); the stored form is cut at the same signs."""
    parts: list[list[Piece]] = [[]]
    for piece in found:
        raws = piece.raw.split(sign) if piece.raw is not None else None
        texts = piece.text.split(sign)
        for n, text in enumerate(texts):
            if n:
                parts.append([])
            if text:
                raw = raws[n] if raws is not None and len(raws) == len(texts) else piece.raw
                parts[-1].append(replace(piece, text=text, raw=raw))
    return parts


def text_of(found: Iterable[Piece]) -> str:
    """Characters of some pieces, each letter with its marks as one sign: many files keep them apart."""
    return normalize("NFC", "".join(piece.text for piece in found))


def halves(block: RawBlock) -> tuple[list[Piece], list[Piece]] | None:
    """Left and right part of a line set with one gap of tabs; None for other lines. A part may be empty, not both."""
    if block.kind != "paragraph" or block.label or not _GAP.search(text_of(block.pieces)):
        return None
    tabbed = tuple(replace(p, text=_GAP.sub("\t", p.text), raw=None if p.raw is None else _GAP.sub("\t", p.raw)) for p in block.pieces)
    parts = cut(tabbed, "\t")
    filled = [part for part in parts if text_of(part).strip()]
    if len(filled) == 2:
        return filled[0], filled[1]
    if len(filled) == 1 and not text_of(parts[0]).strip():
        return [], filled[0]
    return None


def columns(blocks: list[RawBlock]) -> list[RawBlock]:
    """Top-level blocks with tabbed headers and signatures as layout tables."""
    out: list[RawBlock] = []
    at = 0
    while at < len(blocks):
        both = halves(blocks[at])
        sides = [text_of(side) for side in both] if both else []
        if both and (_RECIPIENTS.match(sides[0]) or (sides[0].strip().startswith("-") and SIGN_MARK.search(sides[1]))):
            end = _end(blocks, at, _is_sign_line)
        elif both and all(sides) and any(HEAD_MARK.search(side) for side in sides):
            end = _end(blocks, at, _is_head_line)
        else:
            out.append(blocks[at])
            at += 1
            continue
        out.append(_as_table(blocks[at:end]))
        at = end
    return out


def _end(blocks: list[RawBlock], at: int, belongs: Callable[[RawBlock], bool]) -> int:
    end = at + 1
    while end < len(blocks) and belongs(blocks[end]):
        end += 1
    return end


def _is_head_line(block: RawBlock) -> bool:
    both = halves(block)
    return both is not None and (bool(both[0]) or _RIGHT_OF_HEAD.search(text_of(both[1])) is not None)


def _is_sign_line(block: RawBlock) -> bool:
    return halves(block) is not None or (block.kind == "paragraph" and text_of(block.pieces).lstrip().startswith("-"))


def _as_table(lines: list[RawBlock]) -> RawBlock:
    left: list[RawBlock] = []
    right: list[RawBlock] = []
    for line in lines:
        both = halves(line) or (list(line.pieces), [])
        for side, found in zip((left, right), both, strict=True):
            if text_of(found).strip():
                side.append(replace(line, pieces=tuple(found), notes=line.notes if side is left else ()))
    return RawBlock("table", cells=(RawCell(0, 0, tuple(left)), RawCell(0, 1, tuple(right))), layout=True)

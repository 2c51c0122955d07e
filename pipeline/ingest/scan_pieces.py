"""Blocks of the layout back to the words they came from: pieces with place, confidence and raw reading, and what must be looked at.

Numbers, dates, quarters and amounts under confidence 90 go to a person; so does everything a repair changed in substance. A stamp or
handwriting where number or day should be is said to be unread: what was read there stays as the raw reading only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean

import regex

from extractors.rulebook import Rule, rules
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_page import ReadPage
from pipeline.ingest.scan_repair import SURE, UNSURE, is_sure, known_symbol
from schemas.document import Doubt, Piece, RawBlock, RawCell
from schemas.text import Box, PageAnchor

UNREAD = "…"
LABEL = "Số: "
HEAD_SHARE = 0.4  # of the first page: the head of a document stands above
ODD_SIZE, ODD_STROKE = 0.22, 1.45  # apart from its line so much, figures are written by hand
_FIGURES = regex.compile(r"\d{1,5}[a-zđ]?")


@dataclass(slots=True)
class _Bit:
    """A word, or a stretch of text whose words could not be told apart, with the text it stands for in its block."""

    text: str
    anchor: PageAnchor
    bold: bool
    word: Word | None = None

    @property
    def confidence(self) -> float:
        return self.anchor.confidence * 100


class Pieces:
    """Turns the blocks of a layout into blocks of pieces a word or so long. ``shift`` is added to page numbers."""

    def __init__(self, pages: Sequence[ReadPage], shift: int = 0) -> None:
        self._pages = {page.number: page for page in pages}
        self._shift = shift
        self.doubts: list[Doubt] = []
        self._head = True  # number and date are looked for until the first data of the body

    def blocks(self, blocks: Iterable[RawBlock]) -> tuple[RawBlock, ...]:
        """The blocks with pieces made anew; doubts gather in ``doubts`` in reading order."""
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: RawBlock) -> RawBlock:
        if block.kind == "table":
            cells = tuple(self._cell(cell, block.layout) for cell in block.cells)
            return replace(block, cells=cells)
        return replace(block, pieces=self._pieces(block, head=False))

    def _cell(self, cell: RawCell, layout: bool) -> RawCell:
        made = tuple(replace(block, pieces=self._pieces(block, head=layout)) for block in cell.paragraphs)
        return replace(cell, paragraphs=made)

    def _pieces(self, block: RawBlock, head: bool) -> tuple[Piece, ...]:
        bits = [bit for piece in block.pieces for bit in self._bits(piece)]
        if block.kind == "furniture":
            return tuple(_joined(bits))
        changed: dict[int, str] = {}
        if head and self._in_head(bits):
            changed = self._head_fields(bits)
        self._doubt(bits, changed)
        return tuple(_joined(bits))

    def _in_head(self, bits: Sequence[_Bit]) -> bool:
        if not bits:
            return False
        anchor = bits[0].anchor
        return anchor.box.y0 < HEAD_SHARE * self._pages[anchor.page - self._shift].place.height

    def _bits(self, piece: Piece) -> Iterator[_Bit]:
        anchor = piece.anchor
        if not isinstance(anchor, PageAnchor):
            raise TypeError("pieces of a scan have places on pages")
        page = self._pages[anchor.page]
        words = _words_in(page, anchor.box)
        text = piece.text.rstrip(" ")
        if " ".join(word.text for word in words) != text:
            sure = min((word.confidence for word in words), default=0.0)
            yield _Bit(piece.text, self._anchor(page, anchor.box, sure), piece.bold)
            return
        for n, word in enumerate(words):
            tail = " " if n + 1 < len(words) else piece.text[len(text) :]
            box = Box(word.x0, word.y0, word.x1, word.y1)
            yield _Bit(word.text + tail, self._anchor(page, box, word.confidence), piece.bold, word)

    def _anchor(self, page: ReadPage, box: Box, confidence: float) -> PageAnchor:
        return PageAnchor(page.number + self._shift, page.place.back(box), round(confidence / 100, 3))

    def _head_fields(self, bits: list[_Bit]) -> dict[int, str]:
        """Number, or place and date, of the head: what is not plainly printed there is unread."""
        unread: dict[int, str] = {}
        ruleset = rules("ocr")
        text = "".join(bit.text for bit in bits).rstrip()
        number = ruleset.pattern("head_number").match(text)
        if number:
            self._field(bits, *number.span("number"), "số văn bản", unread, text, "" if number["label"] else LABEL)
        date = ruleset.pattern("head_date").search(text)
        if date:
            for group, what in (("year", "năm ban hành"), ("month", "tháng ban hành"), ("day", "ngày ban hành")):
                self._field(bits, *date.span(group), what, unread, text)
        return unread

    def _field(self, bits: list[_Bit], start: int, end: int, what: str, unread: dict[int, str], text: str, label: str = "") -> None:
        read = text[start:end]
        covered = _covering(bits, start, end)
        if not covered:
            return
        sure = min(bits[n].confidence for n in covered)
        figures = _FIGURES.fullmatch(read) is not None
        by_hand = figures and any(self._odd(bits, n) for n in covered)
        if figures and (sure >= UNSURE or self._plain(bits, covered)) and not by_hand:
            return  # what is still below 90 is doubted with the other figures
        first = bits[covered[0]]
        if figures:
            reason = f"{what} có thể viết tay hoặc bị dấu đè: cần xem lại"
            self.doubts.append(Doubt(read, first.anchor, reason, first.anchor.confidence))
        else:
            self.doubts.append(Doubt(read, first.anchor, f"không đọc được {what} (viết tay hoặc bị dấu đè)", 0.0))
            _blank_out(bits, covered, start, end, label)
        unread[covered[0]] = what

    @staticmethod
    def _plain(bits: Sequence[_Bit], covered: Sequence[int]) -> bool:
        return all(bits[n].word is not None and not bits[n].word.repair for n in covered)  # type: ignore[union-attr]

    def _odd(self, bits: Sequence[_Bit], n: int) -> bool:
        """Whether figures are thicker or larger than the line they stand in: written into it."""
        word = bits[n].word
        others = [b.word for b in bits if b.word is not None and b.word is not word and b.word.text.isalnum()]
        if word is None or not others:
            return False
        strokes = self._pages[bits[n].anchor.page - self._shift].strokes
        usual = [strokes[id(o)] for o in others if id(o) in strokes]
        own = strokes.get(id(word))
        return own is not None and bool(usual) and not fmean(usual) / ODD_STROKE <= own <= fmean(usual) * ODD_STROKE

    def _doubt(self, bits: list[_Bit], told: dict[int, str]) -> None:
        """Mark what says a number, date, quarter or amount and is below the bound, changed in substance, or no known symbol."""
        text, taken = "".join(bit.text for bit in bits), [False] * len(bits)
        for n in told:
            taken[n] = True
        for rule in _doubting():
            for found in rule.pattern.finditer(text):
                covered = [n for n in _covering(bits, *found.span()) if not (rule.name == "doubt_digits" and n == 0 and len(bits) > 1)]
                if not covered or all(taken[n] for n in covered):
                    continue
                reason = self._reason(rule, found, [bits[n] for n in covered if not taken[n]])
                for n in covered:
                    taken[n] = True
                if reason is not None:
                    self.doubts.append(_doubt_of(text, found.span(), [bits[n] for n in covered], reason))

    @staticmethod
    def _reason(rule: Rule, found: regex.Match[str], bits: Sequence[_Bit]) -> str | None:
        what = rule.value["doubt"]
        if any(bit.word is not None and not is_sure(bit.word) for bit in bits):
            return f"{what}: đã sửa chữ đọc sai, cần xem lại"
        if min(bit.confidence for bit in bits) < SURE:
            return f"{what}: độ tin cậy nhận dạng thấp, cần xem lại"
        if rule.name == "doubt_number" and not known_symbol(found["symbol"]):
            return f"{what}: ký hiệu không có trong danh mục, cần xem lại"
        return None


def _doubting() -> list[Rule]:
    return [rule for rule in rules("ocr").values() if "doubt" in rule.value]


def _doubt_of(text: str, span: tuple[int, int], bits: Sequence[_Bit], reason: str) -> Doubt:
    page = bits[0].anchor.page
    box = bits[0].anchor.box
    for bit in bits[1:]:
        if bit.anchor.page == page:
            box = box.join(bit.anchor.box)
    sure = min(bit.anchor.confidence for bit in bits)
    return Doubt(text[slice(*span)].strip(), PageAnchor(page, box, sure), reason, sure)


def _covering(bits: Sequence[_Bit], start: int, end: int) -> list[int]:
    """Places of the bits that share characters with ``[start, end)``; for an empty span the bit it stands in."""
    at, out = 0, []
    for n, bit in enumerate(bits):
        if at < max(end, start + 1) and at + len(bit.text.rstrip(" ")) > start:
            out.append(n)
        at += len(bit.text)
    return out


def _blank_out(bits: list[_Bit], covered: Sequence[int], start: int, end: int, label: str) -> None:
    """Put the sign for "unread" in the place of the reading, after a ``label`` that was lost with it; the reading stays as raw."""
    offset = sum(len(bit.text) for bit in bits[: covered[0]])
    whole = "".join(bits[n].text for n in covered)
    raw = whole.rstrip(" ")
    new = whole[: start - offset] + label + UNREAD + whole[end - offset :]
    first, last = bits[covered[0]], bits[covered[-1]]
    box = first.anchor.box.join(last.anchor.box) if first.anchor.page == last.anchor.page else first.anchor.box
    word = first.word
    mark = Word(new.rstrip(" "), 0, 0, 0, 0, 0.0, 0, (word.raw if word is not None and len(covered) == 1 else None) or raw, "unread")
    bits[covered[0]] = _Bit(new, PageAnchor(first.anchor.page, box, 0.0), first.bold, mark)
    for n in covered[1:]:
        bits[n] = replace(bits[n], text="")


def _words_in(page: ReadPage, box: Box) -> list[Word]:
    inside = [
        w for w in page.words
        if box.x0 - 1 <= (w.x0 + w.x1) / 2 <= box.x1 + 1 and box.y0 - 1 <= w.middle <= box.y1 + 1
    ]  # fmt: skip
    return sorted(inside, key=lambda w: (w.x0, w.y0))


def _kind(bit: _Bit) -> tuple[object, ...]:
    """What may share a piece: words of one line, unchanged, of one weight and about one confidence."""
    word = bit.word
    changed = id(word) if word is not None and word.repair else 0
    return bit.anchor.page, word.line if word is not None else -id(bit), changed, bit.bold, bit.confidence >= SURE


def _joined(bits: Iterable[_Bit]) -> Iterator[Piece]:
    for _, group in groupby((bit for bit in bits if bit.text), key=_kind):
        run = list(group)
        box = run[0].anchor.box
        for bit in run[1:]:
            box = box.join(bit.anchor.box)
        anchor = PageAnchor(run[0].anchor.page, box, round(fmean(bit.anchor.confidence for bit in run), 3))
        word = run[0].word
        repair, raw = (word.repair, word.raw) if word is not None and word.repair else (None, None)
        yield Piece("".join(bit.text for bit in run), anchor, run[0].bold, repair=repair, raw=raw)

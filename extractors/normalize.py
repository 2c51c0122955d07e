"""From what a reader saw to the one canonical text, with the way back (chuẩn hóa văn bản).

``assemble`` joins pieces to paragraphs: NFC, look-alike letters and exotic blanks folded, lost blanks put back, line-break hyphens
of numbers and names closed, typed labels split off, footnotes put after the paragraph they hang on, table rows one paragraph each
with their cells apart by a tab. The map back is built here, while cleaning. ``from_text`` does the same for a plain string.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extractors import labels
from extractors.characters import clean
from extractors.spaces import put_back
from extractors.unwrap import unwrap
from schemas.document import Cell, Paragraph, Piece, RawBlock, RawCell, RawDocument, SourceDocument
from schemas.text import LineAnchor, PageAnchor, Segment, TextMap

_BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_TAIL = re.compile(r"\S[-/]$")
_HEAD = re.compile(r"[-/][^\W_]")
_NUMBER_TAIL = re.compile(r"[A-ZĐƯ0-9]$")
_NOTE_MARK = re.compile(r"^(?:([¹²³⁴-⁹⁰]+)|\[(\d{1,2})\])\s*")
RAISED = re.compile(r"(?:(?<=[^\s\d])|(?<=\b(?:19|20)\d\d))(?:([¹²³⁴-⁹⁰]+)|\[(\d{1,2})\])")
"""The mark of a footnote behind a word or a year («kế hoạch², «kế hoạch[2]», «năm 2018¹»)."""
_MARKS = re.compile(r"[¹²³⁴-⁹⁰\[]")
"""What such a mark begins with: most lines hold none."""


def joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: nothing inside a broken number or name, else a blank."""
    if not before or not after or before[-1] in " \t" or after[0] in " \t":
        return ""
    if _TAIL.search(before[-2:]) and (after[0].isalnum()):
        return ""
    if _HEAD.match(after) and _NUMBER_TAIL.search(before):
        return ""
    return " "


@dataclass(slots=True)
class _Builder:
    """Grows the canonical text and its segments paragraph by paragraph."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    segments: list[Segment] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def run(self, pieces: Sequence[Piece], *, sep: str | None = None) -> tuple[int, int]:
        """Append the cleaned pieces as one run of text; its offsets."""
        start, last = self.length, ""
        for piece in pieces:
            text = put_back(_BLANKS.sub(" ", clean(piece.text)))
            if self.length == start or last[-1:] == " ":
                text = text.lstrip()
            if not text:
                continue
            between = (joint(last, text) if sep is None else sep) if last else ""
            if between:
                self.put(between)
            raw = piece.raw if piece.raw is not None else (piece.text if piece.text.strip() != text.strip() else None)
            self.segments.append(Segment(self.length, self.length + len(text), piece.anchor, raw, piece.repair))
            self.put(text)
            last = text
        self._trim(start)
        return start, self.length

    def _trim(self, start: int) -> None:
        """Take blanks off the end of the run that began at ``start``."""
        while self.length > start and self.parts and self.parts[-1][-1:] == " ":
            shorter = self.parts[-1].rstrip(" ")
            cut = len(self.parts[-1]) - len(shorter)
            self.parts[-1] = shorter
            self.length -= cut
            if not shorter:
                self.parts.pop()
        while self.segments and self.segments[-1].end > self.length:
            old = self.segments.pop()
            if old.start < self.length:
                self.segments.append(Segment(old.start, self.length, old.anchor, old.raw, old.repair))

    def text(self) -> str:
        return "".join(self.parts)


def _pieces(block: RawBlock) -> list[Piece]:
    return [p for p in block.pieces if p.text and not p.text.isspace()] if block.style in {"line", "blank"} else list(block.pieces)


def _paragraph(out: _Builder, block: RawBlock, *, side: int = 0, kind: str = "paragraph") -> None:
    pieces = _pieces(block)
    if not any(p.text.strip() for p in pieces) and not block.label:
        return
    if out.length:
        out.put("\n")
    start = out.length
    label = clean(block.label).strip() if block.label else ""
    if label:
        if pieces:
            out.segments.append(Segment(start, start + len(label), pieces[0].anchor))
        out.put(label)
        mark = len(out.parts)
        out.put(" ")
        body, end = out.run(pieces)
        if body == end:
            del out.parts[mark:]
            out.length = start + len(label)
            body = end = out.length
    else:
        body, end = out.run(pieces)
        if body == end:
            out.parts.pop() if start else None
            out.length -= 1 if start else 0
            return
        if block.label is None and kind in {"paragraph", "textbox"}:
            found = labels.find("".join(out.parts)[start:] if start == 0 else _tail(out, start))
            if found:
                label, body = found[0].text, start + found[1]
    bold = bool(pieces) and all(p.bold for p in pieces if p.text.strip())
    out.paragraphs.append(
        Paragraph(
            start, end, min(body, end), label, "footnote" if kind == "footnote" else "paragraph", side=side, level=block.level,
            bold=bold, centered=block.centered, notes=block.notes, note=block.note,
        )
    )  # fmt: skip


def _tail(out: _Builder, start: int) -> str:
    """Canonical text from ``start``: only the last parts are joined, so that the cost stays linear."""
    length, taken = 0, []
    for part in reversed(out.parts):
        taken.append(part)
        length += len(part)
        if length >= out.length - start:
            break
    return "".join(reversed(taken))[-(out.length - start) :]


def _rows(block: RawBlock) -> list[list[RawCell]]:
    rows: dict[int, list[RawCell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[n], key=lambda c: c.column) for n in sorted(rows)]


def _cell_pieces(cell: RawCell) -> Iterable[RawBlock]:
    for block in cell.paragraphs:
        if block.kind == "table":
            for row in _rows(block):
                for inner in row:
                    yield from _cell_pieces(inner)
        else:
            yield block


def _recognised(block: RawBlock) -> bool:
    """Out of a picture, where the lines of a cell are those of the paper."""
    anchor = block.pieces[0].anchor if block.pieces else None
    return isinstance(anchor, PageAnchor) and anchor.confidence < 1.0


_REPEATED = 3
"""Neighbouring cells with the same words that were one merged cell."""


def _unrepeated(row: Sequence[RawCell]) -> list[RawCell]:
    """One cell for a title over the whole row that a converter wrote into each column («| I | An sinh xã hội | An sinh xã hội | … |»)."""
    out: list[RawCell] = []
    for said, found in groupby(row, lambda cell: " ".join(p.text for b in _cell_pieces(cell) for p in b.pieces).strip()):
        cells = list(found)
        title = len(cells) >= _REPEATED and " " in said and not any(c.row_span > 1 or c.header for c in cells)
        out += [replace(cells[0], column_span=sum(c.column_span for c in cells))] if title else cells
    return out


def _table(out: _Builder, block: RawBlock, number: int) -> None:
    for index, row in enumerate(map(_unrepeated, _rows(block))):
        if not any(p.text.strip() for c in row for b in _cell_pieces(c) for p in b.pieces) and not any(
            b.label for c in row for b in _cell_pieces(c)
        ):
            continue
        if out.length:
            out.put("\n")
        start = out.length
        cells: list[Cell] = []
        notes: list[str] = []
        for position, cell in enumerate(row):
            if position:
                out.put("\t")
            begin, lines = out.length, list[int]()
            for inner in _cell_pieces(cell):
                if out.length > begin:
                    out.put(" ")
                    if not _recognised(inner):
                        lines.append(out.length)
                if inner.label:
                    label = clean(inner.label).strip()
                    if inner.pieces:
                        out.segments.append(Segment(out.length, out.length + len(label), inner.pieces[0].anchor))
                    out.put(label + (" " if inner.pieces else ""))
                out.run(inner.pieces)
                out._trim(begin)
                notes.extend(inner.notes)
            cells.append(Cell(begin, out.length, cell.column, cell.column_span, cell.row_span, tuple(lines)))
        header = bool(row) and all(c.header for c in row)
        out.paragraphs.append(
            Paragraph(start, out.length, start, kind="row", cells=tuple(cells), header=header, table=number, row=index, notes=tuple(notes))
        )


def _layout(out: _Builder, block: RawBlock) -> None:
    """Header and signature tables: cell by cell, row by row, each paragraph with its side."""
    for row in _rows(block):
        for position, cell in enumerate(row):
            side = 1 if position == 0 and len(row) > 1 else 2 if len(row) > 1 else 0
            for inner in _cell_pieces(cell):
                _paragraph(out, inner, side=side)


def _marks_in(block: RawBlock) -> Iterator[str]:
    """Marks of footnotes that hang on a block, those in its cells too."""
    yield from block.notes
    yield from (mark for cell in block.cells for inner in _cell_pieces(cell) for mark in inner.notes)


def _host(hosts: Sequence[int], notes: Sequence[int], which: int) -> int:
    """Place of the block that a note hangs on. Figures that begin anew on each page give several hosts and notes one mark: as many of
    the one as of the other go together in their order, else the nearest one above has it."""
    if len(hosts) == len(notes):
        return hosts[which]
    return max((host for host in hosts if host < notes[which]), default=hosts[0])


def _place_notes(blocks: list[RawBlock]) -> list[RawBlock]:
    """Footnotes that stand apart from their host (plain text, some PDFs) go directly after it; those without a host to the end."""
    hosts: dict[str, list[int]] = {}
    notes: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        if block.kind == "footnote" and block.note:
            notes.setdefault(block.note, []).append(at)
        elif block.kind != "footnote":
            for mark in dict.fromkeys(_marks_in(block)):
                hosts.setdefault(mark, []).append(at)
    behind: dict[int, list[int]] = {}
    for mark, places in notes.items():
        for which, at in enumerate(places):
            behind.setdefault(_host(hosts[mark], places, which) if mark in hosts else len(blocks), []).append(at)
    moved = {at for places in notes.values() for at in places}
    placed: list[RawBlock] = []
    for at, block in enumerate(blocks):
        if at not in moved:
            placed.append(block)
            placed.extend(blocks[note] for note in sorted(behind.get(at, ())))
    return placed + [blocks[note] for note in sorted(behind.get(len(blocks), ()))]


def _mark_notes(block: RawBlock) -> RawBlock:
    """In plain text a footnote begins with a superscript figure and its host carries the same one inside."""
    if block.kind != "paragraph" or block.notes or block.note or not block.pieces:
        return block
    first = block.pieces[0].text.lstrip()
    found = _NOTE_MARK.match(first)
    if found and len(first) > found.end():
        head = Piece(first[found.end() :], block.pieces[0].anchor, raw=block.pieces[0].text)
        return RawBlock("footnote", (head, *block.pieces[1:]), note=found.group(1) or found.group(2))
    marks = tuple(m[1] or m[2] for p in block.pieces if _MARKS.search(p.text) for m in RAISED.finditer(p.text))
    if not marks:
        return block
    return RawBlock("paragraph", block.pieces, block.label, block.level, notes=marks, centered=block.centered, style=block.style)


def assemble(raw: RawDocument) -> SourceDocument:
    """Canonical text, paragraphs and map of what a reader delivered. Blocks of style ``line``/``blank`` are loose lines of which
    the reader does not know what belongs together: they are unwrapped first."""
    blocks: list[RawBlock] = []
    loose: list[RawBlock] = []
    for block in raw.blocks:
        if block.style in {"line", "blank"}:
            loose.append(block)
            continue
        if loose:
            blocks.extend(unwrap(loose, first=not blocks))
            loose = []
        blocks.append(block)
    blocks.extend(unwrap(loose, first=not blocks) if loose else [])
    blocks = _place_notes([_mark_notes(b) for b in blocks if b.kind != "furniture"])
    out, tables = _Builder(), 0
    for block in blocks:
        if block.kind == "table" and block.layout:
            _layout(out, block)
        elif block.kind == "table":
            tables += 1
            _table(out, block, tables)
        else:
            _paragraph(out, block, kind=block.kind)
    return SourceDocument(
        raw.name, raw.sha256, raw.media_type, out.text(), tuple(out.paragraphs), TextMap(tuple(out.segments)), raw.pages,
        raw.ocr_pages, raw.revisions, raw.doubts, raw.warnings, raw.part,
    )  # fmt: skip


def from_text(text: str, name: str = "text") -> SourceDocument:
    """A plain string, lines loose, as a document: what a notebook or a test hands in."""
    blocks = tuple(
        RawBlock("paragraph", (Piece(line, LineAnchor(n)),), style="line" if line.strip() else "blank")
        for n, line in enumerate(text.splitlines(), 1)
    )
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return assemble(RawDocument(name, digest, "text/plain", blocks))

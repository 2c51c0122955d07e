"""Word files (.docx): blocks in reading order, as displayed in the final view.

python-docx alone loses automatic numbers, tracked insertions, footnotes, text boxes and content controls, so the parts are read
here on lxml: ``word_package`` (container), ``word_styles``, ``word_numbering``, ``word_runs`` (inside of paragraphs),
``word_tables``, ``word_notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.ingest.word_breaks import regrouped, split_lines
from pipeline.ingest.word_columns import columns, cut
from pipeline.ingest.word_fonts import mixes_unicode_and_legacy, redecode
from pipeline.ingest.word_notes import Notes
from pipeline.ingest.word_numbering import Numbering
from pipeline.ingest.word_package import Element, Package, child, number, open_package, value, w
from pipeline.ingest.word_runs import Inline, Reader, pieces
from pipeline.ingest.word_styles import ParagraphLook, Styles, centered_of, indent_of
from pipeline.ingest.word_tables import (
    Slot,
    all_pieces,
    blocks_of,
    deleted_rows,
    is_layout,
    is_ruled,
    parted,
    slots,
    unwrapped,
    with_header,
)
from schemas.document import Piece, RawBlock, RawCell, RawDocument, Revision
from schemas.errors import Damaged, NotAPlan, NoText, OutOfMemory
from schemas.text import WordAnchor

_PARAGRAPH, _TABLE, _ALT_CHUNK = w("p"), w("tbl"), w("altChunk")
_CONTENTS_STYLE = re.compile(r"(?i)(?:toc|mục lục)\s*\d")
# A line inside a paragraph (Shift+Enter) that begins an item of its own, after a line that ended one.
_PAGE_AT_END = re.compile(r"\d\s*$")
_LOST_REFERENCE = re.compile(r"Error[:!] Reference source not found|Lỗi! Không tìm thấy nguồn tham chiếu", re.I)


def read_docx(path: Path) -> RawDocument:
    """Read a Word file.

    Raises ``ReadError`` and below: ``NotFound``, ``EmptyFile``, ``WrongType``, ``Encrypted``, ``TooLarge``, ``Damaged``,
    ``NoText`` (pictures only), ``NotAPlan`` (empty).
    """
    package = open_package(path)
    try:
        return _read(package)
    except RecursionError as error:
        raise Damaged("Tệp Word lồng nhau quá sâu.", path=str(path)) from error
    except MemoryError as error:
        raise OutOfMemory("Không đủ bộ nhớ để đọc tệp Word.", path=str(path)) from error


def _read(package: Package) -> RawDocument:
    body = child(package.root(package.main), "body")
    if body is None:
        raise Damaged("Tệp .docx thiếu phần nội dung (word/document.xml).", path=str(package.path))
    story = _Story.open(package, body)
    blocks = columns(redecode(story.top(body, "body"), story.warnings))
    if not any(piece.text.strip() for block in blocks for piece in all_pieces(block)):
        if story.pictures:
            raise NoText("Tệp Word chỉ chứa ảnh, không có chữ.", path=str(package.path), remedy="Xuất tệp ra PDF để nhận dạng chữ.")
        raise NotAPlan("Tệp Word không có chữ nào.", path=str(package.path))
    blocks += _furniture(package, story)
    _warn(blocks, story.warnings)
    return RawDocument(
        package.path.name, package.sha256, package.media_type, tuple(blocks), pages=story.reader.page,
        revisions=tuple(story.reader.revisions), warnings=(*package.warnings, *dict.fromkeys(story.warnings)),
    )  # fmt: skip


@dataclass(slots=True)
class _Story:
    """One pass over the document: counters, open fields and notes run along."""

    reader: Reader
    numbering: Numbering
    styles: Styles
    notes: Notes
    mixed: bool = False
    pictures: int = 0
    warnings: list[str] = field(default_factory=list)
    waiting: list[RawBlock] = field(default_factory=list)  # footnotes of the block being read

    @classmethod
    def open(cls, package: Package, body: Element) -> _Story:
        def first(kind: str) -> Element | None:
            return next((root for part in package.related(kind) if (root := package.root(part)) is not None), None)

        styles = Styles.read(first("styles"))
        notes = Notes.read(package, first("settings"), body)
        paged = next(body.iter(w("lastRenderedPageBreak")), None) is not None
        mixed = mixes_unicode_and_legacy(styles, body)
        return cls(Reader(styles, page=1 if paged else None), Numbering.read(first("numbering")), styles, notes, mixed)

    def top(self, container: Element, path: str) -> list[RawBlock]:
        """Blocks of a story; footnotes directly after the paragraph or table they hang on."""
        out: list[RawBlock] = []
        for group in self.groups(container, path):
            out += group
            while self.waiting:
                out.append(self.waiting.pop(0))
        return out

    def blocks(self, container: Element, path: str) -> list[RawBlock]:
        """Blocks of a cell, note or text box; footnotes wait for the block around."""
        return [block for group in self.groups(container, path) for block in group]

    def groups(self, container: Element, path: str) -> Iterator[list[RawBlock]]:
        """The blocks of each paragraph and table in turn; what hangs on them (notes) is known when they come."""
        paragraphs = tables = 0
        carried: list[Inline] = []  # paragraphs whose mark is deleted: they run on into the next
        prefix = "" if path == "body" else f"{path}/"
        for item in blocks_of(container):
            if item.tag == _PARAGRAPH:
                paragraphs += 1
                place = f"{path}/p[{paragraphs}]"
                if item.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None:
                    carried.append(self.inline(item, place)[0])
                    continue
                yield self.paragraph(item, place, carried)
                carried = []
            elif item.tag == _TABLE:
                tables += 1
                yield self.table(item, f"{prefix}tbl[{tables}]")
            elif item.tag == _ALT_CHUNK:
                self.warnings.append("Tệp chứa phần nhúng từ tệp khác (altChunk) chưa đọc được: mở bằng Word và lưu lại.")
        if carried:
            yield self.finish(_joined(carried), self.styles.paragraph(None), None, f"{path}/p[{paragraphs}]", None)

    def look(self, item: Element) -> ParagraphLook:
        """Direct properties over those of the style."""
        properties = child(item, "pPr")
        below = self.styles.paragraph(value(properties, "pStyle"))
        if properties is None:
            return below
        centered, indent = centered_of(properties), indent_of(properties)
        num_id, level, by_style = below.num_id, below.level, below.num_style
        numbers = child(properties, "numPr")
        if numbers is not None:
            own = value(numbers, "numId")
            num_id, by_style = (own, None) if own is not None else (num_id, by_style)
            level = number(value(numbers, "ilvl"), None if own is None else 0) if value(numbers, "ilvl") or own else level
        return ParagraphLook(
            below.name, below.centered if centered is None else centered, below.indent if indent is None else indent,
            num_id, level, by_style, below.run,
        )  # fmt: skip

    def inline(self, item: Element, path: str) -> tuple[Inline, ParagraphLook]:
        look = self.look(item)
        return self.reader.read(item, look.run, path), look

    def paragraph(self, item: Element, path: str, carried: list[Inline]) -> list[RawBlock]:
        inline, look = self.inline(item, path)
        if carried:
            inline = _joined([*carried, inline])
        label, level = None, None
        if look.num_id not in (None, "0"):
            level = look.level
            if look.num_style is not None:  # a list tied to a style finds its level by the style's name
                tied = self.numbering.level_of_style(look.num_id or "", look.num_style)
                level = tied if tied is not None else level
            level = level or 0
            label = self.numbering.label(look.num_id or "", level) or None
        return self.finish(inline, look, label, path, level if label else None)

    def finish(self, inline: Inline, look: ParagraphLook, label: str | None, path: str, level: int | None) -> list[RawBlock]:
        """The blocks of one paragraph: itself (several where line breaks hold items), then its text boxes. Notes start to wait."""
        self.pictures += inline.pictures
        marks = tuple(self.note(*note, path) for note in inline.notes)
        found = pieces(inline, path, self.mixed)
        if label:
            found = _without_label(found, label)
        # A contents field that a damaged file never closes must not swallow the text: its lines end with a page number.
        contents = bool(look.name and _CONTENTS_STYLE.match(look.name))
        contents |= inline.in_contents and _PAGE_AT_END.search("".join(piece.text for piece in found)) is not None
        blocks: list[RawBlock] = []
        in_cell = path.rpartition("/")[0].endswith("]")  # there a number alone is content: the automatic order column
        if any(piece.text.strip() for piece in found) or (label and in_cell) or marks:
            block = RawBlock(
                "furniture" if contents else "paragraph", tuple(found), label, level, notes=marks, centered=look.centered or None,
                indent=look.indent, style=look.name,
            )  # fmt: skip
            blocks += split_lines(block, in_cell=in_cell)
        for n, box in enumerate(inline.boxes, start=1):
            inner = self.blocks(box, f"{path}/box[{n}]")
            blocks += [replace(b, kind="textbox") if b.kind == "paragraph" else b for b in inner]
        return blocks

    def note(self, kind: str, key: str, own: str | None, path: str) -> str:
        mark = self.notes.mark(kind, own)
        body = self.notes.bodies.pop((kind, key), None)  # read once: a note that names itself would never end
        if body is not None:
            page = self.reader.page
            inner = self.blocks(body, f"{path}/{kind}[{key}]")
            self.reader.page = page  # breaks inside notes do not turn the page of the text
            for block in inner:
                if block.kind == "table":
                    self.waiting.append(block)
                elif block.kind != "furniture":
                    self.waiting.append(replace(block, kind="footnote", pieces=_left_trimmed(block.pieces), note=mark, notes=()))
        return mark

    def table(self, item: Element, path: str) -> list[RawBlock]:
        grid = slots(item)
        for row_text, properties in deleted_rows(item):
            anchor = WordAnchor(path, self.reader.page)
            self.reader.revisions.append(Revision("delete", row_text, properties.get(w("author")), properties.get(w("date")), anchor))
        cells: list[RawCell] = []
        for row in grid:
            # Cells of a row stand side by side: each begins on the row's page, the row ends with its longest cell.
            start = end = self.reader.page
            for n, slot in enumerate(row, start=1):
                self.reader.page = start
                inner = self.blocks(slot.element, f"{path}/r[{slot.row + 1}]/c[{n}]")
                cells.append(_cell(slot, inner))
                end = max(end or 0, self.reader.page or 0) or None
            self.reader.page = end
        if (inside := unwrapped(cells)) is not None:
            return inside
        if not _shows_anything(cells):
            return []
        ruled = is_ruled(item, grid, self.styles)
        return [_table(part, ruled) for part in parted(cells) if _shows_anything(part)]


def _shows_anything(cells: list[RawCell]) -> bool:
    return any(b.label or any(piece.text.strip() for piece in all_pieces(b)) for cell in cells for b in cell.paragraphs)


def _table(cells: list[RawCell], ruled: bool) -> RawBlock:
    if is_layout(cells, ruled):
        return RawBlock("table", cells=tuple(_by_lines(cell) for cell in cells), layout=True)
    return RawBlock("table", cells=tuple(_by_lines(cell) if _broken(cell) else cell for cell in with_header(cells)))


def _broken(cell: RawCell) -> bool:
    """A line of the cell was ended by hand (Shift+Enter), not inside a number («282/KH-» over «UBND»)."""
    texts = ("".join(piece.text for piece in block.pieces) for block in cell.paragraphs if block.kind == "paragraph")
    return any("\n" in text and "-\n" not in text and "/\n" not in text for text in texts)


def _cell(slot: Slot, paragraphs: list[RawBlock]) -> RawCell:
    return RawCell(slot.row, slot.column, tuple(paragraphs), slot.row_span, slot.column_span, slot.header)


def _joined(inlines: list[Inline]) -> Inline:
    out = Inline()
    for inline in inlines:
        out.stretches += inline.stretches
        out.notes += inline.notes
        out.boxes += inline.boxes
        out.pictures += inline.pictures
        out.in_contents |= inline.in_contents
    return out


def _left_trimmed(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    while found and not found[0].text.strip():
        found = found[1:]
    return (replace(found[0], text=found[0].text.lstrip()), *found[1:]) if found else found


def _without_label(found: list[Piece], label: str) -> list[Piece]:
    """Strip a typed label that repeats the automatic one, once ("1. 1. Mục đích")."""
    text = "".join(piece.text for piece in found)
    start = len(text) - len(text.lstrip())
    if not text.startswith(label, start):
        return found
    end = start + len(label)
    if end < len(text) and not text[end].isspace():
        return found
    cut = end + len(text[end:]) - len(text[end:].lstrip())
    out: list[Piece] = []
    for piece in found:
        dropped = min(cut, len(piece.text))
        cut -= dropped
        if dropped < len(piece.text):
            out.append(replace(piece, text=piece.text[dropped:], raw=piece.raw or piece.text) if dropped else piece)
    return out


def _by_lines(cell: RawCell) -> RawCell:
    """Each displayed line stands for itself: in header and signature tables, and where lines were ended by hand."""
    blocks = (
        b for block in cell.paragraphs for b in (regrouped(block, cut(block.pieces, "\n")) if block.kind == "paragraph" else [block])
    )
    return replace(cell, paragraphs=tuple(blocks))


def _furniture(package: Package, story: _Story) -> list[RawBlock]:
    """Headers and footers, out of the flow; bare page numbers are dropped, repeated ones said once."""
    seen: set[str] = set()
    out: list[RawBlock] = []
    page, story.reader.page = story.reader.page, None
    for kind in ("header", "footer"):
        for n, part in enumerate(package.related(kind), start=1):
            root = package.root(part)
            story.reader.fields.clear()
            for block in () if root is None else story.blocks(root, f"{kind}[{n}]"):
                text = "".join(piece.text for piece in all_pieces(block)).strip()
                if text.strip(" -–.0123456789") and text not in seen:
                    seen.add(text)
                    out.append(RawBlock("furniture", tuple(all_pieces(block))))
    story.reader.page = page
    story.waiting.clear()
    return out


def _warn(blocks: list[RawBlock], warnings: list[str]) -> None:
    lost = sum(len(_LOST_REFERENCE.findall("".join(p.text for p in all_pieces(block)))) for block in blocks)
    if lost:
        warnings.append(f"{lost} chỗ dẫn chiếu tự động bị mất (“Reference source not found”): xem lại tệp gốc.")

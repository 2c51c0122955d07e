"""What a reader delivers (``RawDocument``) and what extraction reads (``SourceDocument``).

A reader turns a file into blocks of pieces in reading order and judges nothing but layout: what is a paragraph, a table
and its cells, a footnote, page furniture; which label a list item shows. ``extractors.normalize.assemble`` turns blocks
into the one canonical text with its paragraphs and its map.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from schemas.text import Anchor, TextMap

BlockKind = Literal["paragraph", "table", "footnote", "furniture", "textbox"]
PageClass = Literal["text", "scan", "garbage", "legacy", "ocr", "resorted", "blank"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of raw characters from one place: a printed line, a Word run, a line of a text file."""

    text: str
    anchor: Anchor
    bold: bool = False
    italic: bool = False
    repair: str | None = None  # name of the rule that corrected this reading; the raw reading is then in `raw`
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell of a table; several paragraphs become several entries of ``paragraphs``."""

    row: int
    column: int
    paragraphs: tuple[RawBlock, ...]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One block in reading order.

    ``label`` is the number or bullet as displayed ("II.", "1.1.", "đ)", "-"), also where Word generates it; None means the
    reader does not know and the label, if typed, is still in the text. ``layout`` marks a table used only to place text
    side by side (header, signature). ``note`` is the mark of a footnote ("1"). ``notes`` lists the marks of footnotes that
    hang on this paragraph, in order. ``joined`` is False where the pieces are lines of which the reader does not know
    whether they belong together.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    label: str | None = None
    level: int | None = None
    cells: tuple[RawCell, ...] = ()
    layout: bool = False
    note: str | None = None
    notes: tuple[str, ...] = ()
    centered: bool | None = None
    indent: float | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: what was inserted or deleted, by whom, when. The canonical text is the final view."""

    kind: Literal["insert", "delete"]
    text: str
    author: str | None
    date: str | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading that a person must look at: an OCR number below the bound, an unread stamp."""

    text: str
    anchor: Anchor
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as a reader saw it. ``media_type`` is found from the bytes, not believed from the suffix."""

    name: str
    sha256: str
    media_type: str
    blocks: tuple[RawBlock, ...]
    pages: int | None = None
    page_classes: tuple[PageClass, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    encoding: str | None = None
    revisions: tuple[Revision, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    part: str | None = None  # which part of a mixed delivery ("phụ lục 2", "văn bản 2/3"); None for a whole file


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell inside a row paragraph: offsets in canonical text, ``column`` counted over spans. ``lines``: offsets where further
    paragraphs of the cell begin, where the file itself tells them apart (a printed page breaks a name over lines)."""

    start: int
    end: int
    column: int
    column_span: int = 1
    row_span: int = 1
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of canonical text. ``text[start:body]`` holds the label and its blank, ``text[body:end]`` the words.

    ``kind``: ``paragraph``, ``row`` (a table row, cells joined by tabs), ``footnote``. ``side`` tells the column in a header
    or signature table: 0 none, 1 left, 2 right. ``table`` numbers data tables from 1 (0: none), ``row`` counts from 0.
    ``notes`` are the marks of the footnotes that hang on this paragraph, ``note`` the mark of a footnote paragraph.
    """

    start: int
    end: int
    body: int
    label: str = ""
    kind: Literal["paragraph", "row", "footnote"] = "paragraph"
    cells: tuple[Cell, ...] = ()
    header: bool = False
    table: int = 0
    row: int = 0
    side: int = 0
    level: int | None = None
    bold: bool = False
    centered: bool | None = None
    notes: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """Canonical text, its paragraphs and the way back into the file."""

    name: str
    sha256: str
    media_type: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    map: TextMap
    pages: int | None = None
    ocr_pages: tuple[int, ...] = ()
    revisions: tuple[Revision, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    part: str | None = None

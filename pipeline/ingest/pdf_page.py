"""One page: characters → class, tables with their lines, and the lines outside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from pipeline.ingest.legacy import Encoding, best_decoding, decode_tcvn3, decode_vni
from pipeline.ingest.pdf_chars import Edge, FontTable, read_chars
from pipeline.ingest.pdf_classify import classify
from pipeline.ingest.pdf_columns import Columns
from pipeline.ingest.pdf_furniture import Note
from pipeline.ingest.pdf_lines import Line, drop_struck, make_lines, turned_lines
from pipeline.ingest.pdf_tables import MIN_PATHS, Grid, fill_grids, fill_turned, find_grids
from schemas.document import PageClass


@dataclass(slots=True, eq=False)
class PageLayout:
    """A page on its way to blocks: ``lines`` shrink to those of the flow while furniture, notes and columns are taken out."""

    number: int
    width: float
    height: float
    kind: PageClass
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    struck: list[Line] = field(default_factory=list)
    crowded: bool = False

    @property
    def needs_ocr(self) -> bool:
        return self.kind in ("scan", "garbage")


def read_page(page: pdfium.PdfPage, number: int, fonts: FontTable) -> PageLayout:
    """Read one open page (1-based ``number``)."""
    chars = read_chars(page, number, fonts)
    glyphs, struck = drop_struck(chars.glyphs, chars.edges)
    found = find_grids(chars.edges, number) if chars.paths >= MIN_PATHS else []
    grids, crowded = found or [], chars.crowded or found is None
    outside = fill_grids(grids, glyphs) if grids else glyphs
    aside = fill_turned(grids, turned_lines(chars.turned, number))
    lines = make_lines(outside, number)
    every = lines + [line for grid in grids for cell in grid.cells for line in cell.lines]
    verdict = classify(chars, every)
    if verdict.encoding != "unicode":
        for line in every:
            line.text = _decoder(verdict.encoding)(line.text)
    out = PageLayout(number, chars.width, chars.height, verdict.kind, lines, grids, chars.edges, crowded=crowded)
    out.struck, out.furniture = make_lines(struck, number), aside
    if out.needs_ocr:
        out.lines, out.grids, out.furniture, out.struck = [], [], [], []
    return out


def _decoder(encoding: Encoding) -> Callable[[str], str]:
    if encoding == "vni":
        return decode_vni
    if encoding == "tcvn3":
        return decode_tcvn3
    return lambda text: best_decoding(text)[1]

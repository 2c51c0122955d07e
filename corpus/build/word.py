"""Word rendering in the office layout: header table, body, signature table, annex on a landscape page.

The package is rewritten with fixed time stamps, so that the same source gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from markup import Block, Row, Source
from text import body, closing

EPOCH = (2026, 1, 1, 0, 0, 0)
AUTHOR, EDITED = "Người soạn thảo", "2026-06-01T08:00:00Z"
PARTS = re.compile(r"(⟪\+.+?⟫|⟪-.+?⟫|\[\^\d\])")
LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Writer:
    """Builds one Word document from a source."""

    def __init__(self, source: Source, font: str) -> None:
        self.source, self.head = source, source.head
        self.doc: Any = Document()
        self.notes: dict[str, str] = {}
        self.numbered = bool(self.head.get("auto_numbers"))
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = font, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.space_after = Pt(4)
        page = self.doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
        self.page_numbers(page)
        if self.numbered:
            self.numbering()

    def build(self) -> bytes:
        self.header()
        self.line(self.head["heading"], bold=True, align=ALIGN.CENTER)
        self.line(self.source.title, bold=True, align=ALIGN.CENTER)
        self.line("-----" if self.head["regime"] == "party" else "_______", align=ALIGN.CENTER)
        self.blocks(body(self.source, annex=False))
        self.signature()
        annex = body(self.source, annex=True)
        if annex:
            self.landscape()
            self.blocks(annex)
        if self.notes:
            self.footnotes()
        props = self.doc.core_properties
        props.author, props.title = AUTHOR, self.source.id
        props.created = props.modified = dt.datetime(*EPOCH)
        buffer = io.BytesIO()
        self.doc.save(buffer)
        return fixed(buffer.getvalue())

    def page_numbers(self, page: Any) -> None:
        """Centred at the head of every page but the first."""
        page.different_first_page_header_footer = True
        paragraph = page.header.paragraphs[0]
        paragraph.alignment = ALIGN.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)

    # --- paragraphs -----------------------------------------------------------------

    def runs(self, paragraph: Any, text: str, *, bold: bool = False, size: int | None = None, italic: bool = False) -> None:
        for part in PARTS.split(text):
            if not part:
                continue
            if part.startswith("[^"):
                self.note_mark(paragraph, part[2:-1])
                continue
            kind = {"⟪+": "w:ins", "⟪-": "w:del"}.get(part[:2])
            run = paragraph.add_run(part[2:-1] if kind else part)
            run.bold, run.italic = bold or None, italic or None
            if size:
                run.font.size = Pt(size)
            if kind:
                self.track(run, kind)

    def track(self, run: Any, kind: str) -> None:
        element = OxmlElement(kind)
        for name, value in (("id", str(100 + len(self.doc.element.findall(".//" + qn(kind))))), ("author", AUTHOR), ("date", EDITED)):
            element.set(qn(f"w:{name}"), value)
        run._r.addprevious(element)
        element.append(run._r)
        if kind == "w:del":
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")

    def note_mark(self, paragraph: Any, mark: str) -> None:
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), mark)
        run._r.append(reference)

    def line(self, text: str, *, bold: bool = False, italic: bool = False, align: Any = None) -> Any:
        paragraph = self.doc.add_paragraph()
        self.runs(paragraph, text, bold=bold, italic=italic)
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def blocks(self, blocks: list[Block]) -> None:
        for block in blocks:
            if block.kind == "table":
                self.table(block)
            elif block.kind == "note":
                self.notes[block.label] = block.text
            elif block.kind == "annex":
                self.line(block.text, bold=block.level < 2, italic=block.level > 1, align=ALIGN.CENTER)
            else:
                self.paragraph(block)

    def paragraph(self, block: Block) -> None:
        bold = block.kind == "heading" and not block.item and not block.text.endswith((".", ";"))
        label = {"bullet": "-", "plus": "+", "dot": "•"}.get(block.kind, block.label)
        automatic = self.numbered and (block.kind == "bullet" or (block.kind == "heading" and block.level <= 3))
        paragraph = self.line(block.text if automatic or not label else f"{label} {block.text}", bold=bold)
        if automatic:
            self.number(paragraph, 2 if block.kind == "bullet" else 1, 0 if block.kind == "bullet" else block.level - 1)
        if block.kind == "heading" and block.label.startswith(("Phần", "Chương")):
            paragraph.alignment = ALIGN.CENTER
        else:
            paragraph.alignment = ALIGN.JUSTIFY
            if not automatic:
                paragraph.paragraph_format.first_line_indent = Cm(1.27)

    # --- header and signature -----------------------------------------------------------

    def borderless(self, widths: tuple[float, float]) -> Any:
        table = self.doc.add_table(rows=1, cols=2)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table.rows[0].cells

    def fill(self, cell: Any, lines: list[str], **style: Any) -> None:
        for i, text in enumerate(lines):
            paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
            italic = bool(re.search(r"ngày.*tháng.*năm", text))
            bold = not italic and not re.match(r"Số:? ", text)
            self.runs(paragraph, text, bold=bold, size=style.get("size", 12), italic=italic)
            paragraph.alignment = style.get("align", ALIGN.CENTER)
            paragraph.paragraph_format.space_after = Pt(0)

    def header(self) -> None:
        left, right = self.borderless((6.8, 9.7))
        self.fill(left, self.head["left"])
        self.fill(right, self.head["right"])
        self.line("")

    def signature(self) -> None:
        left, right = self.borderless((8.2, 8.3))
        self.doc.tables[-1].rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        lines = list(closing(self.source))[: 1 + len(self.head["recipients"])]
        self.fill(left, lines[:1], align=ALIGN.LEFT, size=12)
        for text in lines[1:]:
            paragraph = left.add_paragraph()
            self.runs(paragraph, text, size=11)
            paragraph.paragraph_format.space_after = Pt(0)
        signer = ["", "", "", self.head["signer"]] if self.head.get("signer") else []
        self.fill(right, [*self.head["signature"], *signer], size=14)

    # --- tables --------------------------------------------------------------------------

    def landscape(self) -> None:
        section = self.doc.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(2)

    def table(self, block: Block) -> None:
        table = self.doc.add_table(rows=0, cols=len(block.widths))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, block.widths, strict=True):
            column.width = Cm(width)
        for row in block.rows:
            self.row(table, row, block.widths)
        for column in range(len(block.widths)):
            self.merge_down(table, block, column)
        self.line("")

    def row(self, table: Any, row: Row, widths: list[float]) -> None:
        cells = table.add_row().cells
        texts = row.cells
        if row.kind == "group":
            first = 1 if len(texts) > 1 else 0
            merged = cells[first].merge(cells[-1])
            cells = [cells[0], merged] if first else [merged]
        for i, (cell, text) in enumerate(zip(cells, texts, strict=False)):
            if row.kind != "group":
                cell.width = Cm(widths[i])
            paragraph = cell.paragraphs[0]
            self.runs(paragraph, "" if text == '"' else text, bold=row.kind != "row", size=12)
            paragraph.paragraph_format.space_after = Pt(0)
        if row.kind == "header":
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            table.rows[-1]._tr.get_or_add_trPr().append(mark)

    def merge_down(self, table: Any, block: Block, column: int) -> None:
        start = None
        for i, row in enumerate([*block.rows, Row("end", [])]):
            ditto = row.kind == "row" and column < len(row.cells) and row.cells[column] == '"'
            if ditto:
                continue
            if start is not None and i - start > 1:
                merged = table.cell(start, column).merge(table.cell(i - 1, column))
                for extra in merged.paragraphs[1:]:
                    extra._p.getparent().remove(extra._p)
            start = i if row.kind == "row" else None

    # --- parts python-docx does not write ---------------------------------------------------

    def numbering(self) -> None:
        root = self.doc.part.numbering_part.element
        outline = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for i, (kind, text) in enumerate(LEVELS)
        )
        bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/><w:lvlJc w:val="left"/></w:lvl>'
        for number, levels in ((901, outline), (902, bullet)):
            head = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            root.insert(0, parse_xml(f"{head}{levels}</w:abstractNum>"))
            root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))

    def number(self, paragraph: Any, which: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{900 + which}"/></w:numPr>'))

    def footnotes(self) -> None:
        def note(number: str, kind: str, inner: str) -> str:
            return f'<w:footnote {kind}w:id="{number}"><w:p>{inner}</w:p></w:footnote>'

        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        parts = [note("-1", 'w:type="separator" ', "<w:r><w:separator/></w:r>"),
                 note("0", 'w:type="continuationSeparator" ', "<w:r><w:continuationSeparator/></w:r>")]
        parts += [note(n, "", f'{mark}<w:r><w:t xml:space="preserve"> {text}</w:t></w:r>') for n, text in self.notes.items()]
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{"".join(parts)}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob.encode(), self.doc.part.package)
        self.doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def fixed(package: bytes) -> bytes:
    """The same zip package with every time stamp set to one moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(info.filename))
    return out.getvalue()


def digest(package: bytes) -> str:
    """SHA-256 over names and contents of the parts: independent of how this machine's zlib packs them."""
    found = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        for name in parts.namelist():
            found.update(name.encode() + b"\0" + parts.read(name))
    return found.hexdigest()


def package(source: Source, font: str = "Times New Roman") -> bytes:
    """The Word file of a source; the same source gives the same bytes."""
    return Writer(source, font).build()

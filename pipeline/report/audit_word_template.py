"""Builds ``templates/audit.docx``, the form of the minutes (mẫu biên bản, Phụ lục III Nghị định 30/2020/NĐ-CP).

Run ``python -m pipeline.report.audit_word_template`` after a change; a test compares what is built with what is kept.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline.report.audit_word import TEMPLATE, stable

_FONT = "Times New Roman"
_CENTRE, _BOTH, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
_BLANK = "………………………………………"
_HEAD = ("TT", "Văn bản trên giao", "Văn bản dưới viết", "Nhận xét của máy, phần còn thiếu", "Ý kiến thống nhất")
_WIDTHS = (10, 48, 44, 37, 26)


def build() -> bytes:
    """The template as a Word file; the same bytes every time."""
    document = Document()
    _page(document)
    _style(document)
    _header(document)
    _opening(document)
    _figures(document)
    _gaps(document)
    _rest(document)
    _signatures(document)
    core = document.core_properties
    core.author, core.title, core.created, core.modified = "", "Biên bản rà soát", datetime(2020, 3, 5), datetime(2020, 3, 5)
    core.last_modified_by, core.comments = "", ""
    made = io.BytesIO()
    document.save(made)
    return stable(made.getvalue())


def _page(document: Any) -> None:
    """A4 upright, margins 20, 20, 30, 15 mm; page number on top in the middle, from the second page on."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = _CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(0), Pt(0)


def _say(
    place: Any,
    text: str,
    *,
    align: Any = _BOTH,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    after: float = 4,
    indent: bool = False,
) -> Any:
    """A paragraph; body text is justified with the first line 1.27 cm in, as the decree has it. ``indent``: left, first line in,
    for places to fill in, which justifying would tear apart."""
    paragraph = place.add_paragraph()
    paragraph.alignment = _LEFT if indent else align
    paragraph.paragraph_format.space_after = Pt(after)
    if align is _BOTH or indent:
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _cell(
    cell: Any, text: str, *, align: Any = _CENTRE, size: float = 13, bold: bool = False, italic: bool = False, more: bool = False
) -> Any:
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _under(paragraph: Any) -> None:
    """The thin line below a motto or a body's name, as a border of its own short paragraph."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _rule(cell: Any, indent: float) -> None:
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    paragraph.add_run().font.size = Pt(4)
    _under(paragraph)


def _columns(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _header(document: Any) -> None:
    """Body and motto side by side, number below, then the name of the document. A party body has the head of party documents
    (Hướng dẫn 36-HD/VPTW, nay 05-HD/VPTW): the party's name over the day, an asterisk over the number."""
    table = document.add_table(rows=1, cols=2)
    _columns(table, (66, 99))
    left, right = table.rows[0].cells
    _cell(left, "TÊN CƠ QUAN CHỦ QUẢN")
    _cell(left, "TÊN CƠ QUAN RÀ SOÁT", bold=True, more=True)
    _cell(left, "{%p if party %}", more=True)
    _cell(left, "*", more=True)
    _cell(left, "Số       -BB/……", more=True)
    _cell(left, "{%p else %}", more=True)
    _rule(left, 20)
    _cell(left, "Số:       /BB-……", more=True)
    _cell(left, "{%p endif %}", more=True)
    _cell(right, "{%p if party %}")
    _cell(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=14, more=True)
    _rule(right, 18)
    _cell(right, "{%p else %}", more=True)
    _cell(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12, more=True)
    _cell(right, "Độc lập - Tự do - Hạnh phúc", bold=True, more=True)
    _rule(right, 22)
    _cell(right, "{%p endif %}", more=True)
    _cell(right, "…………, ngày …… tháng …… năm ……", italic=True, more=True)
    _say(document, "", align=_LEFT, after=0)
    _say(document, "BIÊN BẢN", align=_CENTRE, bold=True, after=0)
    _say(document, "Rà soát việc triển khai {{ parent.name }} tại {{ child.name }}", align=_CENTRE, bold=True, after=8)


def _opening(document: Any) -> None:
    _say(document, "Thời gian bắt đầu: …… giờ …… phút, ngày …… tháng …… năm ……", indent=True)
    _say(document, f"Địa điểm: {_BLANK}", indent=True)
    _say(document, f"Thành phần tham dự: {_BLANK}", indent=True)
    _say(document, f"Chủ trì (chủ tọa): {_BLANK}", indent=True)
    _say(document, f"Thư ký (người ghi biên bản): {_BLANK}", indent=True)
    _say(document, "Văn bản trên: {{ parent.full }} (tệp {{ parent.file }}).")
    _say(document, "Văn bản dưới được rà soát: {{ child.full }} (tệp {{ child.file }}).")
    note = "Kết luận trong biên bản do phần mềm đề xuất theo nội dung hai văn bản; cần đối chiếu với văn bản gốc trước khi ký."
    _say(document, note, italic=True)


def _figures(document: Any) -> None:
    heading = _say(document, "I. KẾT QUẢ CHUNG", bold=True)
    total = "Văn bản trên có {{ duties }} nhiệm vụ, trong đó {{ applicable }} nhiệm vụ thuộc đối tượng của văn bản dưới."
    for paragraph in (heading, _say(document, total)):
        paragraph.paragraph_format.keep_with_next = True
    table = document.add_table(rows=4, cols=4)
    table.style = "Table Grid"
    heads = ("Kết luận", "Phần mềm đề xuất", "Sau ý kiến người rà soát", "Tỷ lệ")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        _cell(cell, text, bold=True, size=13)
    _cell(table.rows[1].cells[0], "{%tr for v in verdicts %}", size=13)
    for cell, text in zip(table.rows[2].cells, ("{{ v.word }}", "{{ v.count }}", "{{ v.stands }}", "{{ v.share }}"), strict=True):
        _cell(cell, text, size=13)
    _cell(table.rows[3].cells[0], "{%tr endfor %}", size=13)
    _columns(table, (60, 35, 40, 30))
    for row in table.rows[:2]:  # the loop's own row goes; the row it repeats keeps to the next but for the last
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    rates = "Tỷ lệ đã kết luận: {{ decided }}; tỷ lệ bao phủ đầy đủ: {{ covered }} (trên số nhiệm vụ thuộc đối tượng)."
    rates += " {{ people }} nhiệm vụ đã có ý kiến người rà soát, còn {{ waiting }} nhiệm vụ chờ ý kiến."
    paragraph = _say(document, rates)
    paragraph.paragraph_format.space_before = Pt(6)


def _gaps(document: Any) -> None:
    _say(document, "II. NHIỆM VỤ CÒN HỞ VÀ NHIỆM VỤ CẦN XEM XÉT", bold=True)
    _say(document, "{%p if not groups %}")
    _say(document, "Không có.")
    _say(document, "{%p endif %}")
    _say(document, "{%p for g in groups %}")
    _say(document, "{{ g.number }}. {{ g.word }}: {{ g.count }} nhiệm vụ", bold=True).paragraph_format.keep_with_next = True
    table = document.add_table(rows=4, cols=5)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, _HEAD, strict=True):
        _cell(cell, text, bold=True, size=12)
    for row, names in ((table.rows[0], ("w:cantSplit", "w:tblHeader")),):
        _keep(row, names)
    _cell(table.rows[1].cells[0], "{%tr for r in g.rows %}", size=12)
    cells = table.rows[2].cells
    _cell(cells[0], "{{ r.number }}", size=12)
    _cell(cells[1], "{{ r.duty }}", align=_LEFT, size=12)
    _cell(cells[1], "({{ r.where }})", align=_LEFT, size=11, italic=True, more=True)
    _cell(cells[2], "{{ r.said }} {{ r.below }}", align=_LEFT, size=12)
    _cell(cells[3], "{{ r.reason }}{% if r.missing %} Thiếu: {{ r.missing }}.{% endif %}", align=_LEFT, size=12)
    _cell(cells[4], "{{ r.decision }}", align=_LEFT, size=12)
    _cell(table.rows[3].cells[0], "{%tr endfor %}", size=12)
    _columns(table, _WIDTHS)
    _say(document, "", align=_LEFT, after=0, size=8)
    _say(document, "{%p endfor %}")


def _keep(row: Any, names: tuple[str, ...]) -> None:
    """``w:tblHeader``: the row comes again on every page; ``w:cantSplit``: no page's end cuts it."""
    properties = row._tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(name))


def _rest(document: Any) -> None:
    _say(document, "III. NHIỆM VỤ ĐÃ BAO PHỦ", bold=True)
    _say(document, "{%p if settled %}")
    _say(document, "{{ settled|length }} nhiệm vụ đã có trong văn bản dưới:")
    _say(document, "{%p for r in settled %}")
    _say(document, "- {{ r.duty }} ({{ r.where }})", after=3)
    _say(document, "{%p endfor %}")
    _say(document, "{%p else %}")
    _say(document, "Không có.")
    _say(document, "{%p endif %}")
    _listed(document, "IV. NỘI DUNG VĂN BẢN DƯỚI BỔ SUNG HOẶC QUY ĐỊNH CHẶT HƠN", "extra", "- {{ n.text }} ({{ n.relation }})")
    _listed(document, "V. PHẦN CHƯA KIỂM TRA", "not_checked", "- {{ n.what }}: {{ n.why }}")
    _say(document, "VI. Ý KIẾN VÀ KẾT LUẬN", bold=True)
    _say(document, f"{_BLANK}{_BLANK}")
    _say(document, "Biên bản kết thúc vào …… giờ ……, ngày …… tháng …… năm ……./.", after=14)


def _listed(document: Any, title: str, items: str, line: str) -> None:
    """A section that is a list, or says that there is nothing."""
    _say(document, title, bold=True)
    _say(document, f"{{%p if {items} %}}")
    _say(document, f"{{%p for n in {items} %}}")
    _say(document, line, after=3)
    _say(document, "{%p endfor %}")
    _say(document, "{%p else %}")
    _say(document, "Không có.")
    _say(document, "{%p endif %}")


def _signatures(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    _columns(table, (82, 83))
    for cell, who in zip(table.rows[0].cells, ("THƯ KÝ", "CHỦ TỌA"), strict=True):
        _cell(cell, who, bold=True, size=14)
        _cell(cell, "(Chữ ký, họ và tên)", italic=True, size=13, more=True)
        for _ in range(4):
            _cell(cell, "", more=True)
    _say(document, "Nơi nhận:", align=_LEFT, size=12, bold=True, italic=True, after=0)
    _say(document, "- ……………;", align=_LEFT, size=11, after=0)
    _say(document, "- Lưu: VT, hồ sơ.", align=_LEFT, size=11, after=0)


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())

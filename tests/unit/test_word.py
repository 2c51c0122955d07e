"""The Word reader, feature by feature, on files built in the test; then the forms with a truth."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.normalize import assemble
from pipeline.ingest.word import read_docx
from schemas.document import RawBlock, RawDocument
from schemas.errors import Damaged, EmptyFile, Encrypted, NotAPlan, NoText, NotFound, ReadError, TooLarge, WrongType
from schemas.text import WordAnchor
from tests.forms import make_word
from tests.forms.make_word import docx, level, notes, numbering, p, r, tbl, tc
from tests.forms.measure import fold, measure, shown
from tests.growth import growth

SHARED = Path(__file__).parents[3] / "shared" / "plans" / "forms"


def text(block: RawBlock) -> str:
    return "".join(piece.text for piece in block.pieces)


def lines(raw: RawDocument) -> list[str]:
    """Displayed paragraphs; tables as rows of cells with bars, notes with their mark in brackets."""
    out = []
    for block in raw.blocks:
        if block.kind == "table":
            out += rows(block)
        elif block.kind == "footnote":
            out.append(f"[{block.note}] {shown(block)}")
        elif block.kind != "furniture":
            out.append(shown(block))
    return out


def rows(table: RawBlock) -> list[str]:
    by_row: dict[int, list[str]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(fold(" ".join(shown(b) for b in cell.paragraphs)))
    return [" | ".join(by_row[n]) for n in sorted(by_row)]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BOX = "<w:txbxContent>{}</w:txbxContent>"
INLINE: list[tuple[str, str, list[str]]] = [
    ("runs split inside a word", p(r("Kế ho") + r("ạch", bold=True) + r(" năm")), ["Kế hoạch năm"]),
    ("no-break hyphen", p(r("Số 12") + "<w:r><w:noBreakHyphen/><w:t>QĐ/TU</w:t></w:r>"), ["Số 12-QĐ/TU"]),
    ("soft hyphen and tab", p("<w:r><w:t>nghiệm</w:t><w:softHyphen/><w:t>thu</w:t><w:tab/><w:t>xong</w:t></w:r>"), ["nghiệmthu xong"]),
    ("capitals as displayed", p(r("kế hoạch", extra="<w:caps/>")), ["KẾ HOẠCH"]),
    ("hidden text", p(r("Thấy") + r(" ẩn", extra="<w:vanish/>")), ["Thấy"]),
    ("hyperlink, smart tag, custom XML, control", p(
        f'<w:hyperlink r:id="x">{r("Cổng ")}</w:hyperlink><w:smartTag>{r("thông ")}</w:smartTag><w:customXml>{r("tin ")}</w:customXml>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Sở')}</w:sdtContent></w:sdt>"), ["Cổng thông tin Sở"]),
    ("prompt of an empty control", p(
        r("Người ký: ") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + r("Bấm để nhập", extra='<w:rStyle w:val="PlaceholderText"/>') + "</w:sdtContent></w:sdt>"), ["Người ký:"]),
    ("block control", f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Trong khối')}</w:sdtContent></w:sdt>", ["Trong khối"]),
    ("complex field shows its result", p(
        r("Theo mục ") + FIELD.format("begin") + "<w:r><w:instrText> REF a \\r </w:instrText></w:r>" + FIELD.format("separate")
        + r("II.3") + FIELD.format("end") + r(" ở trên")), ["Theo mục II.3 ở trên"]),
    ("field left open", p(r("Trước ") + FIELD.format("begin") + r("giữa")) + p("Sau"), ["Trước giữa", "Sau"]),
    ("contents field left open", p(
        FIELD.format("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + FIELD.format("separate") + r("I. MỤC TIÊU 1"))
        + p("Thân bài."), ["Thân bài."]),
    ("simple field", p(r("Trang ") + f'<w:fldSimple w:instr="PAGE">{r("2")}</w:fldSimple>'), ["Trang 2"]),
    ("text box once, after its paragraph", p(
        r("Thân") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>" + BOX.format(p("Trong hộp"))
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + BOX.format(p("Trong hộp"))
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
        ["Thân", "Trong hộp"]),
    ("items parted by line breaks", p("<w:r><w:t>Nơi nhận:</w:t><w:br/><w:t>- Như trên;</w:t><w:br/><w:t>- Lưu: VT.</w:t></w:r>"),
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]),
    ("a page break parts", p("<w:r><w:t>Hết phần một</w:t><w:br w:type='page'/><w:t>PHỤ LỤC</w:t></w:r>", align="center"),
        ["Hết phần một", "PHỤ LỤC"]),
    ("a typed break ends a heading, an item, a field line", p("<w:r><w:t>I. MỤC ĐÍCH</w:t><w:br/><w:t>Giảm số ca mắc.</w:t><w:br/>"
        "<w:t>1. Diệt lăng quăng</w:t><w:br/><w:t>Thời gian: Tháng 6.</w:t></w:r>"),
        ["I. MỤC ĐÍCH", "Giảm số ca mắc.", "1. Diệt lăng quăng", "Thời gian: Tháng 6."]),
    ("a typed break inside a sentence", p("<w:r><w:t>Trạm Y tế phối hợp với</w:t><w:br/><w:t>Công an xã kiểm tra các hộ</w:t><w:br/>"
        "<w:t>kinh doanh.</w:t></w:r>"), ["Trạm Y tế phối hợp với Công an xã kiểm tra các hộ kinh doanh."]),
    ("a printed margin", p("<w:r><w:t>Trạm Y tế tổ chức kiểm tra các hộ kinh doanh ăn uống trên địa bàn xã Gò</w:t><w:br/>"
        "<w:t>Sa và xã Phú Tân.</w:t></w:r>"), ["Trạm Y tế tổ chức kiểm tra các hộ kinh doanh ăn uống trên địa bàn xã Gò Sa và xã Phú Tân."]),
    ("a signature with empty lines", p("<w:r><w:t>KT. GIÁM ĐỐC</w:t><w:br/><w:t>PHÓ GIÁM ĐỐC</w:t><w:br/><w:br/><w:t>Đỗ Thị Hai</w:t></w:r>"),
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Thị Hai"]),
    ("a letterhead in one centred paragraph", p("<w:r><w:t>UBND TỈNH AN HÒA</w:t><w:br/><w:t>SỞ Y TẾ</w:t><w:br/><w:t>Số: 9/KH-SYT</w:t></w:r>",
        align="center"), ["UBND TỈNH AN HÒA SỞ Y TẾ", "Số: 9/KH-SYT"]),
    ("a line break inside a name", p("<w:r><w:t>Sở Lao động</w:t><w:br/><w:t>- Thương binh</w:t></w:r>"), ["Sở Lao động - Thương binh"]),
    ("symbols of symbol fonts", p(
        '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:t xml:space="preserve"> mức </w:t><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'),
        ["→ mức ≥"]),
    ("comment left out", p(
        '<w:commentRangeStart w:id="0"/>' + r("Có ý kiến") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'),
        ["Có ý kiến"]),
    ("table of contents is no text", p(
        FIELD.format("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + FIELD.format("separate") + r("I. MỤC TIÊU 1"))
        + p(r("II. NHIỆM VỤ 2") + FIELD.format("end")) + p("Thân bài"), ["Thân bài"]),
    ("a frame around text is no table", tbl([[tc(p("BẢN THẢO") + p("Lần 2"))]]), ["BẢN THẢO", "Lần 2"]),
]  # fmt: skip


@pytest.mark.parametrize("body, expected", [case[1:] for case in INLINE], ids=[case[0] for case in INLINE])
def test_inline(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert lines(read_docx(docx(tmp_path / "a.docx", body))) == expected


def items(*places: tuple[int, int]) -> str:
    return "".join(p("việc", num=place) for place in places)


MULTI = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.") + level(3, "lowerLetter", "%4)")
START = '<w:lvlOverride w:ilvl="{}"><w:startOverride w:val="{}"/></w:lvlOverride>'
BULLETS = [
    ("-", ""), ("\uf02d", "Symbol"), ("\uf0b7", "Symbol"), ("+", "Times New Roman"), ("\uf0d8", "Wingdings"), ("–", ""),
    ("o", "Courier New"), ("*", ""),
]  # fmt: skip
NUMBERS: list[tuple[str, str, str, list[str]]] = [
    ("levels restart under a higher one", numbering({0: MULTI}, {1: 0}), items((1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)),
        ["I.", "1.", "2.", "2.1.", "II.", "1.", "1.1."]),
    ("two lists of one definition go on counting", numbering({0: MULTI}, {1: 0, 2: 0}), items((1, 0), (2, 0)), ["I.", "II."]),
    ("start override counts once", numbering({0: MULTI}, {1: 0, 2: (0, START.format(0, 4))}), items((1, 0), (2, 0), (2, 0), (1, 0)),
        ["I.", "IV.", "V.", "VI."]),
    ("own definitions count apart", numbering({0: MULTI, 1: MULTI}, {1: 0, 2: 1}), items((1, 0), (2, 0), (1, 0)), ["I.", "I.", "II."]),
    ("never restart", numbering({0: level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>')}, {1: 0}),
        items((1, 0), (1, 1), (1, 0), (1, 1)), ["I.", "1.", "II.", "2."]),
    ("legal numbers", numbering({0: level(0, "upperRoman", "Chương %1") + level(1, "decimal", "%1.%2", extra="<w:isLgl/>")}, {1: 0}),
        items((1, 0), (1, 0), (1, 1)), ["Chương I", "Chương II", "2.1"]),
    ("words in the label", numbering({0: level(0, "decimal", "Điều %1.", start=7)}, {1: 0}), items((1, 0), (1, 0)), ["Điều 7.", "Điều 8."]),
    ("letters after z, zero-led", numbering({0: level(0, "lowerLetter", "%1)", start=26), 1: level(0, "decimalZero", "%1.")}, {1: 0, 2: 1}),
        items((1, 0), (1, 0), (2, 0)), ["z)", "aa)", "01."]),
    ("bullets of symbol fonts", numbering({n: level(0, "bullet", sign, font=font) for n, (sign, font) in enumerate(BULLETS)},
        {n + 1: n for n in range(8)}), items(*((n + 1, 0) for n in range(8))), ["-", "-", "•", "+", "•", "-", "•", "*"]),
    ("a label in a legacy font", numbering({0: level(0, "decimal", "§iÒu %1.", font=".VnTime")}, {1: 0}), items((1, 0)), ["Điều 1."]),
    ("taken out of the list", numbering({0: MULTI}, {1: 0}), items((1, 0), (0, 0), (1, 0)), ["I.", None, "II."]),
    ("unknown list", numbering({0: MULTI}, {1: 0}), items((9, 0)), [None]),
    ("absurd start", numbering({0: level(0, "upperRoman", "%1.", start=10**9)}, {1: 0}), items((1, 0)), ["1000000000."]),
]  # fmt: skip


@pytest.mark.parametrize("parts, body, expected", [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS])
def test_automatic_numbers(tmp_path: Path, parts: str, body: str, expected: list[str | None]) -> None:
    raw = read_docx(docx(tmp_path / "a.docx", body, numbering=parts))
    assert [block.label for block in raw.blocks] == expected
    assert {text(block) for block in raw.blocks} == {"việc"}


def test_numbers_by_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Muc"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("a", style="Muc") + p("b", style="Con") + p("c", style="Con") + p("d", style="Muc", num=(0, 0))
    raw = read_docx(docx(tmp_path / "a.docx", body, styles=styles, numbering=numbering({0: MULTI}, {1: 0})))
    assert [(b.label, b.level) for b in raw.blocks] == [("I.", 0), ("1.", 1), ("2.", 1), (None, None)]


LABELS = [
    (p("I. MỤC TIÊU", num=(1, 0)), ("I.", "MỤC TIÊU")),
    (p(r("I.", bold=True) + r(" MỤC TIÊU"), num=(1, 0)), ("I.", "MỤC TIÊU")),
    (p("I. I. MỤC TIÊU", num=(1, 0)), ("I.", "I. MỤC TIÊU")),
    (p("I.1. Mục tiêu", num=(1, 0)), ("I.", "I.1. Mục tiêu")),
    (p("1. Mục tiêu"), (None, "1. Mục tiêu")),
]


@pytest.mark.parametrize("body, expected", LABELS)
def test_a_typed_label_equal_to_the_automatic_one_goes_once(tmp_path: Path, body: str, expected: tuple[str | None, str]) -> None:
    block = read_docx(docx(tmp_path / "a.docx", body, numbering=numbering({0: MULTI}, {1: 0}))).blocks[0]
    assert (block.label, text(block)) == expected


def test_notes_follow_their_paragraph_and_leave_no_mark(tmp_path: Path) -> None:
    reference = '<w:r><w:{}Reference w:id="{}"{}/>{}</w:r>'
    body = p(r("Một") + reference.format("footnote", 5, "", "") + r(" hai") + reference.format("endnote", 1, "", "") + r("."))
    body += p(r("Ba") + reference.format("footnote", 6, ' w:customMarkFollows="1"', "<w:t>*</w:t>") + r(" bốn"))
    body += tbl([["TT", "Việc"], ["1", tc(p(r("Làm") + reference.format("footnote", 7, "", "")))]]) + p("Cuối")
    raw = read_docx(
        docx(
            tmp_path / "a.docx",
            body,
            footnotes=notes("footnote", {5: "Chú một.", 6: "Chú sao.", 7: "Chú bảng."}),
            endnotes=notes("endnote", {1: "Chú cuối."}),
        )
    )
    assert lines(raw) == [
        "Một hai.", "[1] Chú một.", "[i] Chú cuối.", "Ba bốn", "[*] Chú sao.", "TT | Việc", "1 | Làm", "[2] Chú bảng.", "Cuối",
    ]  # fmt: skip
    assert raw.blocks[0].notes == ("1", "i")
    assert raw.blocks[3].notes == ("*",)


def test_tracked_changes_final_view_and_record(tmp_path: Path) -> None:
    raw = read_docx(make_word.tracked_plan(tmp_path / "a.docx"))
    assert lines(raw) == ["Hạn nộp: 15/5/2031.", "Dòng đầu nối dòng sau.", "TT | Việc", "1 | Giữ lại"]
    assert [(c.kind, c.text, c.author) for c in raw.revisions] == [
        ("delete", "30/6", "Văn thư"),
        ("insert", "15/5", "Văn thư"),
        ("delete", "2 Bỏ", "Văn thư"),
    ]
    assert raw.revisions[0].anchor == WordAnchor("body/p[1]")


def test_merged_cells(tmp_path: Path) -> None:
    raw = read_docx(make_word.state_plan(tmp_path / "a.docx"))
    table = raw.blocks[[b.kind == "table" and not b.layout for b in raw.blocks].index(True)]
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells}
    assert spans[1, 2] == (2, 1)
    assert (2, 2) not in spans
    assert spans[3, 0] == (1, 4)
    assert rows(table)[1:3] == ["1 | Rà soát kho | Văn phòng Sở | Quý I/2031", "2 | Quét hồ sơ | Trước ngày 30/6/2031"]
    assert [c.header for c in table.cells][:5] == [True] * 4 + [False]


def test_nested_table_stays_in_its_cell(tmp_path: Path) -> None:
    inner = tbl([["a", "b"], ["c", "d"]])
    raw = read_docx(docx(tmp_path / "a.docx", tbl([["TT", "Việc"], ["1", tc(p("Gồm:") + inner + p("Hết"))]])))
    cell = raw.blocks[0].cells[-1]
    assert [b.kind for b in cell.paragraphs] == ["paragraph", "table", "paragraph"]
    nested = cell.paragraphs[1].cells[0].paragraphs[0].pieces[0]
    assert nested.anchor == WordAnchor("tbl[1]/r[2]/c[2]/tbl[1]/r[1]/c[1]/p[1]")


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LAYOUT = [
    ("header without lines", tbl([["UBND XÃ HÒA LẠC", MOTTO], ["Số: 7/KH-UBND", "Hòa Lạc, ngày 3 tháng 4 năm 2031"]], ruled=False), True),
    ("header drawn with lines", tbl([["UBND XÃ HÒA LẠC", MOTTO]]), True),
    ("party header with three columns", tbl([["HUYỆN ỦY HÒA LẠC\n*", "", "ĐẢNG CỘNG SẢN VIỆT NAM"]], ruled=False), True),
    ("signature", tbl([["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]], ruled=False), True),
    ("tasks", tbl([["STT", "Nhiệm vụ"], ["1", "Rà soát"]]), False),
    ("tasks without lines", tbl([["TT", "Nhiệm vụ", "Hạn"], ["1", "Rà soát", "2031"]], ruled=False), False),
    ("many rows without lines", tbl([[f"Đơn vị {n}", f"{n} người"] for n in range(12)], ruled=False), False),
    ("a column called number", tbl([["Số lượng", "Đơn vị"], ["3", "Phòng"]]), False),
    ("five columns", tbl([["a", "b", "c", "d", "e"]], ruled=False), False),
]


@pytest.mark.parametrize("body, layout", [case[1:] for case in LAYOUT], ids=[case[0] for case in LAYOUT])
def test_layout_or_data(tmp_path: Path, body: str, layout: bool) -> None:
    assert read_docx(docx(tmp_path / "a.docx", body)).blocks[0].layout is layout


@pytest.mark.parametrize("gap", ["<w:r><w:tab/></w:r>", r(" " * 9)], ids=["tabs", "blanks"])
def test_header_and_signature_set_without_a_table(tmp_path: Path, gap: str) -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = p(r("UBND XÃ HÒA LẠC") + gap + r(MOTTO)) + p(r("TRẠM Y TẾ") + gap + gap + r("Độc lập - Tự do - Hạnh phúc"))
    body += p(r("Số: 8/KH-TYT") + gap + r("Hòa Lạc, ngày 5 tháng 6 năm 2031")) + p("KẾ HOẠCH", align="center")
    body += p(tab + r("Thực hiện")) + p(r("Cột một") + gap + r("cột hai"))
    body += p(r("Nơi nhận:") + gap + r("TRƯỞNG TRẠM")) + p("- Như trên;") + p(tab + tab + r("Bùi Thị Lan"))
    blocks = read_docx(docx(tmp_path / "a.docx", body)).blocks
    cells = [[[text(b) for b in cell.paragraphs] for cell in block.cells] for block in blocks if block.kind == "table"]
    assert cells == [
        [["UBND XÃ HÒA LẠC", "TRẠM Y TẾ", "Số: 8/KH-TYT"], [MOTTO, "Độc lập - Tự do - Hạnh phúc", "Hòa Lạc, ngày 5 tháng 6 năm 2031"]],
        [["Nơi nhận:", "- Như trên;"], ["TRƯỞNG TRẠM", "Bùi Thị Lan"]],
    ]
    assert [b.layout for b in blocks] == [True, False, False, False, True]


def test_a_signature_grown_onto_the_task_table_is_parted(tmp_path: Path) -> None:
    tasks = [
        ["TT", "Việc", "Hạn"],
        ["1", "Rà soát", "2031"],
        [tc(p("Nơi nhận:") + p("- Lưu: VT."), span=2), "GIÁM ĐỐC"],
        ["", "", "Lê Văn Khải"],
    ]
    raw = read_docx(docx(tmp_path / "a.docx", tbl(tasks)))
    assert [(table.layout, rows(table)) for table in raw.blocks] == [
        (False, ["TT | Việc | Hạn", "1 | Rà soát | 2031"]),
        (True, ["Nơi nhận: - Lưu: VT. | GIÁM ĐỐC", " |  | Lê Văn Khải"]),
    ]


def test_pages_from_rendered_breaks(tmp_path: Path) -> None:
    turn = "<w:r><w:lastRenderedPageBreak/><w:t>trang sau</w:t></w:r>"
    cell = tc(p(r("dài ") + turn))
    raw = read_docx(docx(tmp_path / "a.docx", p(r("Đầu ") + turn) + tbl([["TT", "Việc"], [cell, cell]]) + p("Cuối")))
    assert raw.pages == 3
    assert [piece.anchor for piece in raw.blocks[0].pieces] == [WordAnchor("body/p[1]", 1), WordAnchor("body/p[1]", 2)]
    assert raw.blocks[2].pieces[0].anchor == WordAnchor("body/p[2]", 3)
    assert read_docx(docx(tmp_path / "b.docx", p("Đầu"))).pages is None


def test_pieces_meet_at_blanks_only(tmp_path: Path) -> None:
    body = p(r("Điều 1.", bold=True) + r("Phạm vi áp dụng"))
    raw = read_docx(docx(tmp_path / "a.docx", body))
    assert [(piece.text, piece.bold) for piece in raw.blocks[0].pieces] == [("Điều 1.Phạm", True), (" vi áp dụng", False)]
    assert assemble(raw).text == "Điều 1.Phạm vi áp dụng"


LEGACY = [
    ("by font name", p(r("KÕ ho¹ch", font=".VnTime") + r(" 2031", font="Arial")), "Kế hoạch 2031"),
    ("capitals font", p(r("kÕ ho¹ch", font=".VnTimeH")), "KẾ HOẠCH"),
    ("soft hyphen element is ư",
        p("<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc</w:t></w:r>"), "nước"),
    ("vni mark in a run of its own",
        p(r("Ke", font="VNI-Times") + r("á", font="VNI-Times", bold=True) + r(" hoaïch", font="VNI-Times")), "Kế hoạch"),
    ("unicode typed in an old font", p(r("Kế hoạch và", font=".VnTime") + r(" là", font=".VnTime", bold=True)), "Kế hoạch và là"),
    ("font name lost", p(r("C¸c ®¬n vÞ trùc thuéc x©y dùng kÕ ho¹ch cô thÓ tr\u00adíc ngµy 15 th¸ng 9")),
        "Các đơn vị trực thuộc xây dựng kế hoạch cụ thể trước ngày 15 tháng 9"),
]  # fmt: skip


@pytest.mark.parametrize("body, expected", [case[1:] for case in LEGACY], ids=[case[0] for case in LEGACY])
def test_legacy_fonts(tmp_path: Path, body: str, expected: str) -> None:
    raw = read_docx(docx(tmp_path / "a.docx", body))
    assert text(raw.blocks[0]) == expected
    changed = [piece for piece in raw.blocks[0].pieces if piece.repair]
    assert all(piece.raw for piece in changed)
    assert bool(raw.warnings) is bool(changed)


def test_headers_are_furniture(tmp_path: Path) -> None:
    raw = read_docx(docx(tmp_path / "a.docx", p("Thân"), header=p("Mật") + p("2")))
    assert [(b.kind, text(b)) for b in raw.blocks] == [("paragraph", "Thân"), ("furniture", "Mật")]


def _write(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def _truncated(path: Path) -> Path:
    data = docx(path, p("a") * 500).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def _bomb(path: Path) -> Path:
    return docx(path, p("a" * 40_000_000))


def _no_document(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", "<a/>")
    return path


def _entities(path: Path) -> Path:
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
    )
    return _with_part(docx(path, p("x"), footnotes="-"), "word/footnotes.xml", lambda _: f"{bomb}<a>&i;</a>".encode())


def _with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The file with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in parts.items():
            archive.writestr(entry, change(data) if entry == name else data)
    return path


BAD: list[tuple[str, Callable[[Path], Path], type[ReadError]]] = [
    ("missing", lambda path: path, NotFound),
    ("empty", _write(b""), EmptyFile),
    ("a PDF by content", _write(b"%PDF-1.7\n1 0 obj"), WrongType),
    ("cut off", _truncated, Damaged),
    ("bomb", _bomb, TooLarge),
    ("no document part", _no_document, Damaged),
    ("broken XML", lambda path: docx(path, "<w:p>"), Damaged),
    ("too deep", lambda path: docx(path, "<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>"), Damaged),
    ("a million empty tags", lambda path: docx(path, "<w:p>" + "<w:r/>" * 1_600_000 + "</w:p>", stored=True), TooLarge),
    ("a text of 12 million letters", lambda path: docx(path, p("ă" * 12_000_000), stored=True), TooLarge),
    ("no text", lambda path: docx(path, p()), NotAPlan),
    ("pictures only", lambda path: docx(path, p("<w:r><w:drawing/></w:r>")), NoText),
]  # fmt: skip


@pytest.mark.parametrize("make, error", [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_failures_have_their_kind(tmp_path: Path, make: Callable[[Path], Path], error: type[ReadError]) -> None:
    with pytest.raises(error) as caught:
        read_docx(make(tmp_path / "tệp.docx"))
    assert caught.value.message
    assert caught.value.path is not None


def test_encrypted_container(tmp_path: Path) -> None:
    # A compound file of two sectors: header, then a directory with one entry, the stream that Office encryption writes.
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[76:512] = b"\xff" * 436
    entry = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + (34).to_bytes(2, "little") + bytes(62)
    path = _write(bytes(header) + entry.ljust(512, b"\0"))(tmp_path / "a.docx")
    with pytest.raises(Encrypted):
        read_docx(path)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        read_docx(_entities(tmp_path / "a.docx"))


def test_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu", encoding="utf-8")
    kind = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document'.encode()
    path = docx(tmp_path / "a.docx", p("Thân") + p("@"))
    _with_part(path, "word/document.xml", lambda data: data.replace(b"<w:document", kind, 1).replace(b"@", b"&x;"))
    assert lines(read_docx(path)) == ["Thân"]


HEAVY: list[tuple[str, int, Callable[[int], str]]] = [
    ("many runs of a letter", 15_000, lambda n: p(r("a") * n)),
    ("looks that change at every letter", 6_000, lambda n: p((r("a") + r("b", bold=True)) * n)),
    ("many insertions in one paragraph", 10_000, lambda n: p(f"<w:ins>{r('a ')}</w:ins>" * n)),
    ("many line breaks", 20_000, lambda n: p("<w:r><w:t>a</w:t>" + "<w:br/><w:t>b</w:t>" * n + "</w:r>")),
    ("many rows", 2_000, lambda n: tbl([["a", "b", "c"]] * n)),
    ("a note that names itself", 1_000, lambda n: p("<w:r><w:footnoteReference w:id='1'/></w:r>" * n + r("x"))),
]


@pytest.mark.slow
@pytest.mark.parametrize("size, body", [case[1:] for case in HEAVY], ids=[case[0] for case in HEAVY])
def test_time_grows_with_the_file_only(tmp_path: Path, size: int, body: Callable[[int], str]) -> None:
    """Four times the file costs about four times the time; code that is quadratic needs sixteen times."""
    own = f"<w:footnote w:id='1'>{p(r('y') + '<w:r><w:footnoteReference w:id=' + chr(39) + '1' + chr(39) + '/></w:r>')}</w:footnote>"
    made = {n: docx(tmp_path / f"{n}.docx", body(n), stored=True, footnotes=own) for n in (size, 4 * size)}
    assert growth(lambda n: read_docx(made[n]), size, 4 * size) < 8


def test_same_bytes_same_document(tmp_path: Path) -> None:
    for name, make in make_word.FORMS.items():
        first, second = make(tmp_path / f"1-{name}"), make(tmp_path / f"2-{name}")
        assert first.read_bytes() == second.read_bytes()
        assert read_docx(first).blocks == read_docx(second).blocks


TRUTHS = ["000-auto-numbers", "001-party", "002-party", "004-typed"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared forms are not beside the repository")
@pytest.mark.parametrize("name", TRUTHS)
def test_forms_with_a_truth(name: str) -> None:
    truth = json.loads((SHARED / f"{name}.truth.json").read_text(encoding="utf-8"))
    found = measure(read_docx(SHARED / f"{name}.docx"), truth)
    assert found["wrong"] == []
    assert {key: found[key] for key in ("words", "blocks", "labels", "bullets", "cells", "notes")} == dict.fromkeys(
        ("words", "blocks", "labels", "bullets", "cells", "notes"), 1.0
    )


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared forms are not beside the repository")
@pytest.mark.parametrize("name", ["legacy-tcvn3", "legacy-vni"])
def test_legacy_forms_give_the_text_of_the_plan(name: str) -> None:
    truth = {
        w for line in (SHARED.parent / "001.txt").read_text(encoding="utf-8").splitlines() for w in fold(line.replace("*", "")).split()
    }
    words = [w for line in lines(read_docx(SHARED / f"{name}.docx")) for w in line.split()]
    strange = {w for w in words if w not in truth and w.capitalize() not in truth}
    assert len(strange) <= 0.001 * len(words), strange

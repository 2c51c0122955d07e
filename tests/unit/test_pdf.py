"""Reading PDFs with a text layer: what each layout must come out as. The files are drawn by ``tests/forms/make_pdf.py``."""

from __future__ import annotations

import base64
import json
import unicodedata
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from pipeline.ingest.pdf import read_pdf
from schemas.document import Doubt, Piece, RawBlock, RawDocument
from schemas.errors import Damaged, EmptyFile, Encrypted, NeedsOcr, NotFound, ReadError, TooLarge, WrongType
from schemas.text import Box, PageAnchor
from tests.forms.make_pdf import A4, Sheet, flow, stamp, width_of, wrap, write_pdf
from tests.forms.measure import measure

BOLD, ITALIC = "TimesNewRoman,Bold", "TimesNewRoman,Italic"
LONG = (
    "Các cơ quan, đơn vị thuộc Ủy ban nhân dân xã căn cứ chức năng, nhiệm vụ được giao tổ chức quán triệt, triển khai thực hiện "
    "nghiêm túc Kế hoạch này; định kỳ hằng quý báo cáo kết quả về Văn phòng để tổng hợp theo quy định."
)
OTHER = (
    "Phòng Văn hóa - Xã hội chủ trì, phối hợp với các trường học trên địa bàn hướng dẫn, kiểm tra việc thực hiện; kịp thời tham mưu "
    "xử lý khó khăn, vướng mắc phát sinh trong quá trình tổ chức thực hiện."
)


def said(block: RawBlock) -> str:
    return " ".join("".join(piece.text for piece in block.pieces).split())


def read(path: Path, *sheets: Sheet) -> RawDocument:
    return read_pdf(write_pdf(path / "x.pdf", sheets))


def flowing(raw: RawDocument) -> list[str]:
    return [said(b) for b in raw.blocks if b.kind == "paragraph"]


def grid(block: RawBlock) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): " ".join(said(b) for b in c.paragraphs) for c in block.cells}


# -- paragraphs --------------------------------------------------------------------------------------------------------


def two_paragraphs(**style: float) -> Callable[[Sheet], list[str]]:
    def draw(sheet: Sheet) -> list[str]:
        y = flow(sheet, 100, LONG, **style)
        y = flow(sheet, y + 8, OTHER, **style)
        flow(sheet, y + 8, LONG, **style)
        return [LONG, OTHER, LONG]

    return draw


def tight(sheet: Sheet) -> list[str]:
    """First-line indent and no room between paragraphs."""
    y = flow(sheet, 100, LONG)
    y = flow(sheet, y, OTHER)
    flow(sheet, y, LONG)
    return [LONG, OTHER, LONG]


def bullets(sheet: Sheet) -> list[str]:
    items = ["1. Mục đích", f"- {LONG}", f"- {OTHER}", "a) Cơ quan thực hiện: các thôn, tổ dân phố.", f"đ) {LONG}", "2.1. Đối với cấp ủy"]
    y = 100.0
    for item in items:
        y = flow(sheet, y, item) + 3
    return items


def hanging(sheet: Sheet) -> list[str]:
    """Labels at the margin, words apart by a tab, the rest under the words."""
    y = 100.0
    for label, text in (("-", LONG), ("-", OTHER), ("1.", LONG)):
        sheet.text(85, y, label)
        y = flow(sheet, y, text, left=103, first=0)
    return [f"- {LONG}", f"- {OTHER}", f"1. {LONG}"]


def no_blanks(sheet: Sheet) -> list[str]:
    sheet.words(121, 100, "Căn cứ Quyết định số 131/QĐ-UBND ngày 27/10/2023 của tỉnh;")
    return ["Căn cứ Quyết định số 131/QĐ-UBND ngày 27/10/2023 của tỉnh;"]


def scaled(sheet: Sheet) -> list[str]:
    """The size stands in the text matrix, the font is set to 1."""
    sheet.text(121, 100, "I. MỤC ĐÍCH, YÊU CẦU", scaled=True)
    sheet.text(121, 125, "1. Mục đích", scaled=True)
    return ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích"]


def fallback(sheet: Sheet) -> list[str]:
    """Letters that the font lacks are drawn after the line from another font."""
    text, x = "Rà soát công tác hành chính và báo cáo công khai trên toàn xã, xóm", 121.0
    later = []
    for sign in text:
        if sign in "àáãóôíâê":
            later.append((x, sign))
            x += width_of(sign, 14)
        else:
            x = sheet.text(x, 100, sign)
    for x, sign in later:
        sheet.text(x, 100, sign, font="Other")
    return [text]


def decomposed(sheet: Sheet) -> list[str]:
    sheet.text(121, 100, unicodedata.normalize("NFD", "Đẩy mạnh kiểm tra, rà soát thủ tục hành chính"))
    return ["Đẩy mạnh kiểm tra, rà soát thủ tục hành chính"]


def spaced_out(sheet: Sheet) -> list[str]:
    x = 200.0
    for word in ("BÁO", "CÁO"):
        for sign in word:
            x = sheet.text(x, 100, sign, font=BOLD) + 4
        x += 10
    return ["BÁO CÁO"]


def false_bold(sheet: Sheet) -> list[str]:
    for shift in (0, 0.3):
        sheet.text(121 + shift, 100, "TỔ CHỨC THỰC HIỆN", font=BOLD)
    return ["TỔ CHỨC THỰC HIỆN"]


def square_metres(sheet: Sheet) -> list[str]:
    x = sheet.text(121, 100, "Diện tích 120 m")
    x = sheet.text(x, 95, "2", size=8)
    sheet.text(x, 100, " do xã quản lý.")
    return ["Diện tích 120 m2 do xã quản lý."]


def broken_number(sheet: Sheet) -> list[str]:
    sheet.text(85, 100, "Các phòng, ban thuộc xã tổ chức thực hiện đúng Nghị quyết số 57-")
    sheet.text(85, 120, "NQ/TW ngày 22/12/2024 của Bộ Chính trị.")
    return ["Các phòng, ban thuộc xã tổ chức thực hiện đúng Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị."]


def dash_inside(sheet: Sheet) -> list[str]:
    """A dash that begins a printed line by chance is no bullet: the line above is full and does not end."""
    sheet.text(85, 100, "Tăng cường phối hợp giữa Mặt trận Tổ quốc và tổ chức chính trị")
    sheet.text(85, 120, "- xã hội trong giám sát việc thực hiện Kế hoạch tại các thôn, tổ.")
    sheet.text(121, 140, "Giữ nguyên.")
    return [
        "Tăng cường phối hợp giữa Mặt trận Tổ quốc và tổ chức chính trị - xã hội trong giám sát việc thực hiện Kế hoạch tại các thôn, tổ.",
        "Giữ nguyên.",
    ]


def typed_break(sheet: Sheet) -> list[str]:
    y = flow(sheet, 100, LONG) + 8
    sheet.text(121, y, "- Sửa chữa nhà kho của xã")
    sheet.text(142, y + 1.4 * 14, "trước ngày 15/8/2026.")
    flow(sheet, y + 2 * 1.4 * 14 + 8, OTHER)
    return [LONG, "- Sửa chữa nhà kho của xã trước ngày 15/8/2026.", OTHER]


@pytest.mark.parametrize(
    "draw",
    [
        two_paragraphs(), two_paragraphs(first=0), two_paragraphs(first=0, size=11, right=510), two_paragraphs(lead=1.8), tight, bullets,
        hanging, no_blanks, scaled, fallback, decomposed, spaced_out, false_bold, square_metres, broken_number, dash_inside, typed_break,
    ],
)  # fmt: skip
def test_paragraphs(tmp_path: Path, draw: Callable[[Sheet], list[str]]) -> None:
    sheet = Sheet()
    expected = draw(sheet)
    assert flowing(read(tmp_path, sheet)) == expected


def test_every_printed_line_is_a_piece_with_its_place(tmp_path: Path) -> None:
    sheet = Sheet()
    flow(sheet, 100, LONG)
    (block,) = read(tmp_path, sheet).blocks
    anchors = [piece.anchor for piece in block.pieces]
    assert all(isinstance(anchor, PageAnchor) and anchor.page == 1 for anchor in anchors)
    first = anchors[0].box  # type: ignore[union-attr]
    assert (first.x0, first.y0 < 100 < first.y1) == (121.0, True)
    assert len(block.pieces) == len({anchor.box for anchor in anchors}) > 2  # type: ignore[union-attr]


def test_paragraph_goes_on_over_a_page_and_its_number(tmp_path: Path) -> None:
    lines = wrap(f"{LONG} {OTHER}", 455)
    one, two, three = Sheet(), Sheet(), Sheet()
    for n, line in enumerate(lines):
        if n < 3:
            one.text(85 if n else 121, 720 + 20 * n, line)
        else:
            two.text(85, 80 + 20 * (n - 3), line)
    two.text(295, 50, "2")
    three.text(295, 50, "3")
    flow(three, 80, "1. Mục đích")
    raw = read(tmp_path, one, two, three)
    assert flowing(raw) == [f"{LONG} {OTHER}", "1. Mục đích"]
    assert {p.anchor.page for p in raw.blocks[0].pieces} == {1, 2}  # type: ignore[union-attr]
    assert [said(b) for b in raw.blocks if b.kind == "furniture"] == ["2", "3"]


def test_bold_and_centred(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.centre(312, 100, "KẾ HOẠCH", font=BOLD)
    sheet.centre(312, 120, "Về công tác cải cách hành chính năm 2026", font=BOLD)
    flow(sheet, 150, LONG)
    raw = read(tmp_path, sheet)
    assert [(b.centered, b.pieces[0].bold) for b in raw.blocks] == [(True, True), (True, True), (False, False)]


TITLES = [
    (["Thực hiện Kế hoạch số 21-KH/TU ngày 10/4/2026 của Ban Thường vụ Tỉnh", "trong các trường học"], 1),
    (["Thực hiện Kế hoạch số 21-KH/TU ngày 10/4/2026", "của Ban Thường vụ Tỉnh ủy"], 2),
    (["Về phòng, chống tham nhũng, lãng phí, tiêu cực trong cơ quan nhà,", "trường học năm 2026"], 2),
]


@pytest.mark.parametrize(("printed", "blocks"), TITLES)
def test_title_that_filled_its_line_goes_on(tmp_path: Path, printed: list[str], blocks: int) -> None:
    """Broken by the printer it is one block, broken by its author one for each line."""
    sheet = Sheet()
    sheet.centre(312.5, 100, "KẾ HOẠCH", font=BOLD)
    for n, text in enumerate(printed):
        sheet.centre(312.5, 126 + 20 * n, text, font=BOLD)
    flow(sheet, 200, LONG)
    title = flowing(read(tmp_path, sheet))[1:-1]
    assert (" ".join(title), len(title)) == (" ".join(printed), blocks)


# -- heads and signatures ------------------------------------------------------------------------------------------------


def head(sheet: Sheet, left: list[str], right: list[str], step: float = 18, date_row: int | None = None) -> None:
    for n, text in enumerate(left):
        sheet.centre(170, 80 + n * step, text, 13, BOLD if n < 2 else "TimesNewRoman")
    for n, text in enumerate(right):
        row = n if date_row is None or n < len(right) - 1 else date_row
        sheet.centre(410, 80 + row * step, text, 13, BOLD if n == 0 else ITALIC)


HEADS = [
    (["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "Số: 12/KH-UBND"],
     ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 05 tháng 3 năm 2026"], None),
    (["ĐẢNG BỘ XÃ AN BÌNH", "CHI BỘ TRƯỜNG TIỂU HỌC", "*", "Số 07-KH/CB"],
     ["ĐẢNG CỘNG SẢN VIỆT NAM", "An Bình, ngày 05 tháng 3 năm 2026"], 4),
    (["PHÒNG VĂN HÓA - XÃ HỘI", "TRƯỜNG THCS AN BÌNH", "Số: 31/KH-THCSAB"],
     ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 05 tháng 9 năm 2026"], 3),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "date_row"), HEADS)
def test_head_is_two_columns(tmp_path: Path, left: list[str], right: list[str], date_row: int | None) -> None:
    sheet = Sheet()
    head(sheet, left, right, date_row=date_row)
    sheet.centre(312, 190, "KẾ HOẠCH", font=BOLD)
    sheet.centre(312, 210, "Tổ chức Tuần lễ học tập suốt đời", font=BOLD)
    flow(sheet, 240, LONG)
    raw = read(tmp_path, sheet)
    table = raw.blocks[0]
    assert (table.kind, table.layout) == ("table", True)
    assert [t for c in (0, 1) for cell in table.cells if cell.column == c for t in map(said, cell.paragraphs)] == left + right
    assert flowing(raw) == ["KẾ HOẠCH", "Tổ chức Tuần lễ học tập suốt đời", LONG]


NAMES = [
    (["BAN CHẤP HÀNH TRUNG", "ƯƠNG"], ["BAN CHẤP HÀNH TRUNG ƯƠNG"]),
    (["SỞ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG"], ["SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"]),
    (["PHÒNG VĂN HÓA -", "XÃ HỘI"], ["PHÒNG VĂN HÓA - XÃ HỘI"]),
    (["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH"], ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH"]),
    (["UBND TỈNH QUẢNG TÂY AN", "SỞ TÀI CHÍNH"], ["UBND TỈNH QUẢNG TÂY AN", "SỞ TÀI CHÍNH"]),
    (["BAN CHỈ ĐẠO", "VỀ AN TOÀN THỰC PHẨM"], ["BAN CHỈ ĐẠO VỀ AN TOÀN THỰC PHẨM"]),
]


@pytest.mark.parametrize(("printed", "names"), NAMES)
def test_names_broken_in_a_narrow_head(tmp_path: Path, printed: list[str], names: list[str]) -> None:
    sheet = Sheet()
    head(sheet, [*printed, "Số: 12/KH-ABC"], HEADS[0][1])
    flow(sheet, 200, LONG)
    left = [said(b) for c in read(tmp_path, sheet).blocks[0].cells if c.column == 0 for b in c.paragraphs]
    assert left == [*names, "Số: 12/KH-ABC"]


def test_number_stands_in_the_row_of_the_date(tmp_path: Path) -> None:
    sheet = Sheet()
    head(sheet, *HEADS[0][:2])
    flow(sheet, 200, LONG)
    cells = {(c.row, c.column): [said(b) for b in c.paragraphs] for c in read(tmp_path, sheet).blocks[0].cells}
    assert cells[1, 0] == ["Số: 12/KH-UBND"]
    assert cells[1, 1] == ["An Bình, ngày 05 tháng 3 năm 2026"]


def test_signature_is_two_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    y = flow(sheet, 80, LONG) + 30
    left = ["Nơi nhận:", "- Thường trực Đảng ủy xã;", "- Các trường học trên địa bàn", "xã;", "- Lưu: VT."]
    for n, text in enumerate(left):
        sheet.text(85, y + n * 15, text, 11, BOLD if n == 0 else "TimesNewRoman")
    for n, text in ((0, "TM. ỦY BAN NHÂN DÂN"), (1, "CHỦ TỊCH"), (6, "Trần Thị Bình")):
        sheet.centre(430, y + 2 + n * 18, text, 13, BOLD)
    table = read(tmp_path, sheet).blocks[-1]
    assert table.layout
    sides = [[said(b) for b in cell.paragraphs] for cell in table.cells]
    assert sides == [
        ["Nơi nhận:", "- Thường trực Đảng ủy xã;", "- Các trường học trên địa bàn xã;", "- Lưu: VT."],
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Bình"],
    ]


def test_number_that_was_stamped_on_the_page(tmp_path: Path) -> None:
    sheet = Sheet()
    head(sheet, ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH"], HEADS[0][1])
    end = sheet.text(125, 116, "Số:", 13)
    sheet.text(end + 30, 116, "/KH-UBND", 13)
    flow(sheet, 200, LONG)
    path = stamp(write_pdf(tmp_path / "x.pdf", [sheet]), end + 5, 116, "125")
    before = path.read_bytes()
    left = [said(b) for c in read_pdf(path).blocks[0].cells if c.column == 0 for b in c.paragraphs]
    assert left[-1].replace(" ", "") == "Số:125/KH-UBND"
    assert path.read_bytes() == before


# -- tables --------------------------------------------------------------------------------------------------------------

XS = [60, 95, 300, 420, 540]
HEADER = ["STT", "Nội dung", "Chủ trì", "Thời gian"]
FILLED = ["1", "Rà soát", "Công an xã", "Tháng 5"]


def test_spans_of_a_table(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [HEADER, ["I. Công tác tuyên truyền", None, None, None], ["1", "Mở chuyên mục\ntrên đài xã", "Phòng Văn hóa", "Quý I/2026"],
            ["2", "Phát tờ rơi", "^", "Quý II/2026"]]  # fmt: skip
    sheet.table(XS, [100, 120, 140, 180, 200], rows)
    (table,) = read(tmp_path, sheet).blocks
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells}
    assert (spans[1, 0], spans[2, 2], (3, 2) in spans) == ((1, 4), (2, 1), False)
    assert grid(table)[2, 1] == "Mở chuyên mục trên đài xã"
    assert [c.header for c in table.cells if c.row < 2] == [True] * 4 + [False]


@pytest.mark.parametrize("thin", [True, False])
def test_rulings_as_bars_or_lines(tmp_path: Path, thin: bool) -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        for a, b in pairwise(XS):
            sheet.bar(a, y, b, y + 0.5) if thin else sheet.line(a, y, b, y)
    for x in XS:
        for y in (100, 120):
            sheet.bar(x, y, x + 0.5, y + 20) if thin else sheet.line(x, y, x, y + 20)
    for n, (a, b) in enumerate(zip(HEADER, FILLED, strict=True)):
        sheet.text(XS[n] + 4, 114, a, 11, BOLD)
        sheet.text(XS[n] + 4, 134, b, 11)
    (table,) = read(tmp_path, sheet).blocks
    assert grid(table) == {(0, n): t for n, t in enumerate(HEADER)} | {
        (1, 0): "1",
        (1, 1): "Rà soát",
        (1, 2): "Công an xã",
        (1, 3): "Tháng 5",
    }


def test_table_goes_on_over_pages(tmp_path: Path) -> None:
    """The head is repeated, one row is cut by the page break, and a page number stands between."""
    one, two, three = Sheet(), Sheet(), Sheet()
    flow(one, 80, "Phân công nhiệm vụ như sau:")
    one.table(
        XS,
        [700, 720, 740, 780],
        [HEADER, FILLED, ["2", "Xây dựng quy chế\nphối hợp giữa các", "Văn phòng", "Quý II"]],
    )
    two.text(295, 50, "2")
    two.table(XS, [60, 80, 100, 120], [HEADER, ["", "đơn vị", "", ""], ["3", "Sơ kết", "Văn phòng", "Quý IV"]])
    three.text(295, 50, "3")
    flow(three, 80, LONG)
    raw = read(tmp_path, one, two, three)
    (table,) = [b for b in raw.blocks if b.kind == "table"]
    cells = grid(table)
    assert max(c.row for c in table.cells) == 3
    assert cells[2, 1] == "Xây dựng quy chế phối hợp giữa các đơn vị"
    assert [cells[3, n] for n in range(4)] == ["3", "Sơ kết", "Văn phòng", "Quý IV"]
    pages = {p.anchor.page for c in table.cells if (c.row, c.column) == (2, 1) for b in c.paragraphs for p in b.pieces}  # type: ignore[union-attr]
    assert pages == {1, 2}


def test_another_table_on_the_next_page_stays_apart(tmp_path: Path) -> None:
    one, two = Sheet(), Sheet()
    one.table(XS, [700, 720, 740], [HEADER, FILLED])
    two.table([60, 200, 540], [60, 80, 100], [["Chỉ tiêu", "Kết quả"], ["Số hộ", "120"]])
    assert [b.kind for b in read(tmp_path, one, two).blocks] == ["table", "table"]


CELLS = [
    ("ST\nT", ["STT"]),
    ("31/12/202\n7", ["31/12/2027"]),
    ("Công\nan", ["Công an"]),
    ("thôn;\nTrạm Y tế xã", ["thôn;", "Trạm Y tế xã"]),
    ("- Rà soát\n- Báo cáo", ["- Rà soát", "- Báo cáo"]),
]


@pytest.mark.parametrize(("printed", "texts"), CELLS)
def test_paragraphs_of_a_cell(tmp_path: Path, printed: str, texts: list[str]) -> None:
    sheet = Sheet()
    width = 10 + max(width_of(line, 12) for line in printed.split("\n")) + 3
    sheet.table([60, 60 + width, 300], [100, 140, 180], [[printed, "Nội dung"], ["1", "Sơ kết"]])
    (table,) = read(tmp_path, sheet).blocks
    assert [said(b) for b in table.cells[0].paragraphs] == texts


def test_turned_text_goes_into_its_cell_or_stays_aside(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(XS, [100, 200, 220], [["", *HEADER[1:]], FILLED])
    sheet.turned(82, 180, "Số thứ tự", 11)
    sheet.turned(30, 500, "Bản sao", 11)
    table, aside = read(tmp_path, sheet).blocks
    assert grid(table)[0, 0] == "Số thứ tự"
    assert (aside.kind, said(aside)) == ("furniture", "Bản sao")


def test_frame_around_a_page_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table([40, 560], [40, 800], [[""]])
    flow(sheet, 100, LONG)
    assert flowing(read(tmp_path, sheet)) == [LONG]


# -- furniture, notes, deletions -------------------------------------------------------------------------------------------


def footnoted(sheet: Sheet, mark: str, note: str, size: float, ruled: bool) -> None:
    x = sheet.text(121, 100, "Xây dựng phần mềm quản lý hồ sơ")
    x = sheet.text(x, 95, mark, size=8)
    sheet.text(x, 100, "; kết nối với cấp tỉnh.")
    flow(sheet, 130, LONG)
    if ruled:
        sheet.line(85, 745, 228, 745)
    sheet.text(85, 760, f"{mark} {note}", size=size)


@pytest.mark.parametrize(("size", "ruled"), [(10, True), (10, False), (14, True)])
def test_footnote_hangs_on_its_paragraph(tmp_path: Path, size: float, ruled: bool) -> None:
    sheet = Sheet()
    footnoted(sheet, "1", "Theo Đề án số 5/ĐA-UBND.", size, ruled)
    raw = read(tmp_path, sheet)
    assert [(b.kind, b.notes, b.note) for b in raw.blocks] == [("paragraph", ("1",), None), ("footnote", (), "1"), ("paragraph", (), None)]
    assert said(raw.blocks[0]) == "Xây dựng phần mềm quản lý hồ sơ; kết nối với cấp tỉnh."
    assert said(raw.blocks[1]) == "Theo Đề án số 5/ĐA-UBND."


def test_footnotes_that_begin_anew_on_each_page(tmp_path: Path) -> None:
    sheets = [Sheet(), Sheet()]
    for n, sheet in enumerate(sheets):
        footnoted(sheet, "1", f"Ghi chú của trang {n + 1}.", 10, True)
    raw = read(tmp_path, *sheets)
    marks = [b.note for b in raw.blocks if b.kind == "footnote"]
    assert len(set(marks)) == 2
    assert [b.notes[0] for b in raw.blocks if b.notes] == marks
    assert [said(b) for b in raw.blocks if b.kind == "footnote"] == ["Ghi chú của trang 1.", "Ghi chú của trang 2."]


def test_furniture_stays_out_of_the_flow(tmp_path: Path) -> None:
    sheets = [Sheet() for _ in range(4)]
    for n, sheet in enumerate(sheets):
        sheet.text(85, 40, f"Kế hoạch 12/KH-UBND - Trang {n + 1}", 10)
        sheet.text(290, 810, f"- {n + 1} -", 12)
        flow(sheet, 100, LONG if n % 2 else OTHER)
    raw = read(tmp_path, *sheets)
    assert flowing(raw) == [OTHER, LONG, OTHER, LONG]
    assert sum(b.kind == "furniture" for b in raw.blocks) == 8


def test_seal_of_an_electronic_signature_is_furniture(tmp_path: Path) -> None:
    sheet = Sheet()
    for n, text in enumerate(["Ký bởi: Ủy ban nhân dân xã An Bình", "Thời gian ký: 05.03.2026 16:20:11 +07:00"]):
        sheet.text(380, 30 + 11 * n, text, 8)
    flow(sheet, 100, LONG)
    assert flowing(read(tmp_path, sheet)) == [LONG]


def test_struck_words_are_kept_as_a_deletion(tmp_path: Path) -> None:
    sheet = Sheet()
    x = sheet.text(85, 100, "Báo cáo trước ngày 20/11/2026 ")
    end = sheet.text(x, 100, "trước ngày 30/12/2026")
    sheet.line(x, 96, end, 96)
    sheet.text(end, 100, " gửi Văn phòng.")
    raw = read(tmp_path, sheet)
    assert flowing(raw) == ["Báo cáo trước ngày 20/11/2026 gửi Văn phòng."]
    assert [(r.kind, r.text) for r in raw.revisions] == [("delete", "trước ngày 30/12/2026")]


# -- classes of pages --------------------------------------------------------------------------------------------------------


def scan(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)


def stamped_scan(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)
    sheet.text(380, 30, "Signature Not Verified", 8)


def ocr_layer(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)
    for n in range(8):
        sheet.text(85, 100 + 20 * n, LONG[:70], mode=3)


def bad_layer(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)
    for n in range(6):
        sheet.text(85, 100 + 20 * n, "Cac cd quan, ddn vj thuQc Oy ban nhin din x5 cSn ci chirc nSng, nhiQm vg")


def legacy_named(sheet: Sheet) -> None:
    for n in range(4):
        sheet.text(85, 100 + 20 * n, "Uû ban nh©n d©n x· x©y dùng kÕ ho¹ch n©ng cao chÊt l­îng phôc vô", font=".VnTime")


def legacy_unnamed(sheet: Sheet) -> None:
    for n in range(4):
        sheet.text(85, 100 + 20 * n, "UÛy ban nhaân daân xaõ xaây döïng keá hoaïch naâng cao chaát löôïng phuïc vuï", font="Arial")


def english(sheet: Sheet) -> None:
    flow(sheet, 100, "The purpose of this annex is to set out the duties of the parties and the schedule of the works in the area " * 3)


def nothing(sheet: Sheet) -> None:
    """A page without any mark."""


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (tight, "text"), (fallback, "text"), (ocr_layer, "ocr"), (legacy_named, "legacy"), (legacy_unnamed, "legacy"), (english, "text"),
        (scan, "scan"), (stamped_scan, "scan"), (bad_layer, "garbage"), (nothing, "blank"),
    ],
)  # fmt: skip
def test_class_of_a_page(tmp_path: Path, draw: Callable[[Sheet], object], kind: str) -> None:
    plain, sheet = Sheet(), Sheet()
    flow(plain, 100, LONG)
    draw(sheet)
    raw = read(tmp_path, plain, sheet)
    assert raw.page_classes[1] == kind
    assert bool(raw.warnings) == (kind in ("scan", "garbage"))


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (legacy_named, "Uỷ ban nhân dân xã xây dựng kế hoạch nâng cao chất lượng phục vụ"),
        (legacy_unnamed, "Ủy ban nhân dân xã xây dựng kế hoạch nâng cao chất lượng phục vụ"),
    ],
)
def test_legacy_fonts_are_decoded(tmp_path: Path, draw: Callable[[Sheet], None], words: str) -> None:
    sheet = Sheet()
    draw(sheet)
    assert flowing(read(tmp_path, sheet))[0].startswith(words)


def test_pages_of_a_scan_need_ocr(tmp_path: Path) -> None:
    sheet = Sheet()
    scan(sheet)
    with pytest.raises(NeedsOcr, match="nhận dạng"):
        read(tmp_path, sheet, Sheet())


def test_pages_read_by_ocr_stand_in_their_place(tmp_path: Path) -> None:
    sheets = [Sheet(), Sheet(), Sheet()]
    flow(sheets[0], 100, LONG)
    scan(sheets[1])
    flow(sheets[2], 100, OTHER)
    anchor = PageAnchor(2, Box(0, 0, 10, 10), 0.8)

    def ocr(path: Path, page: int) -> tuple[tuple[RawBlock, ...], tuple[Doubt, ...]]:
        return (RawBlock("paragraph", (Piece(f"trang {page}", anchor),)),), (Doubt("§", anchor, "dưới ngưỡng", 0.5),)

    raw = read_pdf(write_pdf(tmp_path / "x.pdf", sheets), ocr)
    assert (flowing(raw), raw.ocr_pages, len(raw.doubts), raw.warnings) == ([LONG, "trang 2", OTHER], (2,), 1, ())


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages(tmp_path: Path, rotate: int) -> None:
    """A page marked as turned is read as it is shown: here its text then runs sideways and is put upright."""
    sheet = Sheet(rotate=rotate)
    flow(sheet, 100, LONG + " " + OTHER)
    assert flowing(read(tmp_path, sheet)) == [f"{LONG} {OTHER}"]


def test_sideways_text_is_put_upright(tmp_path: Path) -> None:
    sheet = Sheet(size=(842, 595))
    for n in range(5):
        sheet.turned(100 + 20 * n, 560, LONG[:70])
    raw = read(tmp_path, sheet)
    assert " ".join(flowing(raw)).count(LONG[:70]) == 5


# -- safety ------------------------------------------------------------------------------------------------------------------


def encrypted(path: Path) -> None:
    write_pdf(path, [Sheet()], password="bi-mat")


def bomb(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"BT ET " * 5_000_000)
        pdf.save(path, compress_streams=True)


def double_bomb(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"")
        stream.write(zlib.compress(zlib.compress(b" " * 60_000_000)), filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        pdf.pages[0].Contents = stream
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def wrapped_bomb(path: Path) -> None:
    """Packed data written as text: the packer is the second filter."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"")
        chain = pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode])
        stream.write(base64.a85encode(zlib.compress(b" " * 60_000_000)) + b"~>", filter=chain)
        pdf.pages[0].Contents = stream
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def flood(path: Path) -> None:
    """Under the bound of bytes, but more text than a page can hold."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F 1 Tf (" + b"a" * 4_000_000 + b") Tj ET")
        pdf.save(path, compress_streams=True)


def many_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 100, 100]))
        for _ in range(2_001):
            pdf.pages.append(pikepdf.Page(page))
        pdf.save(path)


def huge_box(path: Path) -> None:
    write_pdf(path, [Sheet(size=(90_000, 90_000))])


def loop(path: Path) -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )
    path.write_bytes(body)


def uncounted(path: Path) -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Coun\xee 1/Kids[3 0 R 4 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF"
    )
    path.write_bytes(body)


def cut(path: Path) -> None:
    sheet = Sheet()
    flow(sheet, 100, LONG)
    data = write_pdf(path, [sheet]).read_bytes()
    path.write_bytes(data[: int(len(data) * 0.2)])


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: path.write_bytes(b""), EmptyFile), (lambda path: path.write_bytes(b"PK\3\4" + b"x" * 500), WrongType),
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 9), Damaged), (lambda path: None, NotFound),
        (encrypted, Encrypted), (bomb, TooLarge), (double_bomb, TooLarge), (wrapped_bomb, TooLarge),
        (flood, TooLarge), (many_pages, TooLarge), (huge_box, TooLarge), (loop, Damaged),
        (cut, ReadError), (uncounted, Damaged),
    ],
)  # fmt: skip
def test_hostile_files_are_refused(tmp_path: Path, make: Callable[[Path], object], error: type[ReadError]) -> None:
    path = tmp_path / "x.pdf"
    make(path)
    with pytest.raises(error) as caught:
        read_pdf(path)
    assert caught.value.path == str(path)
    assert caught.value.message.endswith((".", "!"))


def test_broken_cross_references_are_mended_and_said(tmp_path: Path) -> None:
    sheet = Sheet()
    flow(sheet, 100, LONG)
    path = write_pdf(tmp_path / "x.pdf", [sheet])
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"startxref")] + b"startxref\n99\n%%EOF")
    raw = read_pdf(path)
    assert flowing(raw) == [LONG]
    assert any("tự sửa" in warning for warning in raw.warnings)


def test_broken_content_is_said(tmp_path: Path) -> None:
    """A stream that ends too early: what is left is read, never silently."""
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        flow(sheet, 100, LONG)
    path = write_pdf(tmp_path / "x.pdf", sheets)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        packed = zlib.compress(pdf.pages[1].Contents.read_bytes())
        pdf.pages[1].Contents.write(packed[: len(packed) // 3], filter=pikepdf.Name.FlateDecode)
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    raw = read_pdf(path)
    assert flowing(raw)[0] == LONG
    assert any("hỏng" in warning for warning in raw.warnings)


def test_same_file_same_blocks(tmp_path: Path) -> None:
    sheet = Sheet()
    head(sheet, *HEADS[0][:2])
    flow(sheet, 200, LONG)
    path = write_pdf(tmp_path / "x.pdf", [sheet])
    assert read_pdf(path) == read_pdf(path)


# -- the shared forms ----------------------------------------------------------------------------------------------------------

FORMS = Path(__file__).resolve().parents[2].parent / "shared" / "plans" / "forms"
PAIRS = [("000-auto-numbers", "000-auto-numbers"), ("001-party", "001-party"), ("002-party", "002-party"), ("004-typed", "004-typed"),
         ("004-fallback-fonts", "004-typed")]  # fmt: skip


@pytest.mark.shared
@pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout")
@pytest.mark.parametrize(("name", "truth"), PAIRS)
def test_shared_forms(name: str, truth: str) -> None:
    raw = read_pdf(FORMS / f"{name}.pdf")
    found = measure(raw, json.loads((FORMS / f"{truth}.truth.json").read_text(encoding="utf-8")))
    assert found["words"] >= 0.998
    assert found["blocks"] >= 0.97
    assert found["cells"] >= 0.98
    assert (found["labels"], found["bullets"], found["notes"]) == (1.0, 1.0, 1.0)


@pytest.mark.shared
@pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout")
def test_shared_scans_need_ocr() -> None:
    for path in (FORMS / "001-scan-200-clean.pdf", FORMS.parent / "04-CT-UBND-scan.pdf"):
        with pytest.raises(NeedsOcr):
            read_pdf(path)

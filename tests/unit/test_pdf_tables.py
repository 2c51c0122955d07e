"""Tables of PDFs: spans, rulings of every sort, tables over pages, paragraphs in cells."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.forms.drawn import BOLD, LONG, flowing, grid, read, said
from tests.forms.make_pdf import Sheet, flow, width_of

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


def test_a_cell_merged_downwards_goes_on_over_the_page(tmp_path: Path) -> None:
    """The printer closes it at the page break and leaves its rest empty; the first row there is whole."""
    one, two = Sheet(), Sheet()
    one.table(XS, [700, 720, 740, 760], [HEADER, FILLED, ["2", "Xây dựng quy chế.", "Văn phòng", "Quý II"]])
    two.table(XS, [60, 80, 100, 120], [["3", "Sơ kết", "", "Quý III"], ["4", "Tổng kết", "^", "Quý IV"], ["5", "In sổ", "Công an xã", ""]])
    (table,) = read(tmp_path, one, two).blocks
    spans = {(c.row, c.column): c.row_span for c in table.cells}
    assert (spans[2, 2], (3, 2) in spans, spans[3, 1], spans[5, 2]) == (3, False, 1, 1)


def test_a_row_without_number_is_cut_by_the_page(tmp_path: Path) -> None:
    one, two = Sheet(), Sheet()
    xs, head = XS[1:], HEADER[1:]
    one.table(xs, [700, 720, 740], [head, ["Xây dựng quy chế phối hợp giữa các", "Văn phòng", "Quý II"]])
    two.table(xs, [60, 80, 100, 120], [["đơn vị:", "", ""], ["Rà soát", "Công an xã", ""], ["In sổ", "", ""]])
    (table,) = read(tmp_path, one, two).blocks
    cells = grid(table)
    assert (cells[1, 0], cells[2, 0], cells[3, 0]) == ("Xây dựng quy chế phối hợp giữa các đơn vị:", "Rà soát", "In sổ")


def test_a_second_task_under_one_number_begins_a_page(tmp_path: Path) -> None:
    """Its words had room on the line above, which the rest of a cut row has not."""
    one, two = Sheet(), Sheet()
    one.table(XS, [700, 720, 740], [HEADER, ["1", "Rà soát", "Văn phòng", "Quý II"]])
    two.table(XS, [60, 80, 100], [["", "In sổ", "Công an xã", "Tháng 5"], ["2", "Sơ kết", "Văn phòng", "Quý IV"]])
    (table,) = read(tmp_path, one, two).blocks
    assert [grid(table)[n, 1] for n in (1, 2, 3)] == ["Rà soát", "In sổ", "Sơ kết"]


def test_another_table_on_the_next_page_stays_apart(tmp_path: Path) -> None:
    one, two = Sheet(), Sheet()
    one.table(XS, [700, 720, 740], [HEADER, FILLED])
    two.table([60, 200, 540], [60, 80, 100], [["Chỉ tiêu", "Kết quả"], ["Số hộ", "120"]])
    assert [b.kind for b in read(tmp_path, one, two).blocks] == ["table", "table"]


CELLS = [
    ("ST\nT", ["STT"]),
    ("31/12/202\n7", ["31/12/2027"]),
    ("31/12/202\n7; sau đó", ["31/12/2027; sau đó"]),
    ("31/12/202\n712 hộ", ["31/12/202 712 hộ"]),
    ("131-QĐ/T\nW và 37", ["131-QĐ/TW và 37"]),
    ("24/2024/N\nĐ-CP của", ["24/2024/NĐ-CP của"]),
    ("282/KH-UB\nND", ["282/KH-UBND"]),
    ("9/KH-S\nXYZ; in", ["9/KH-SXYZ; in"]),
    ("131-QĐ/TW\nUBND xã", ["131-QĐ/TW UBND xã"]),
    ("15/KH-PQR\nMTTQ xã", ["15/KH-PQR MTTQ xã"]),
    ("24/2024/N\nnội dung", ["24/2024/N nội dung"]),
    ("1.\n1", ["1.1"]),
    ("phẩm/Kế\nt quả", ["phẩm/Kết quả"]),
    ("Nộ\ni vụ", ["Nội vụ"]),
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

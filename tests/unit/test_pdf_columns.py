"""Columns without rulings in PDFs: heads of documents, signatures, stamped numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest.pdf import read_pdf
from tests.forms.drawn import BOLD, HEADS, LONG, flowing, head, read, said
from tests.forms.make_pdf import Sheet, flow, stamp, write_pdf


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


def test_the_kind_at_the_left_margin_stands_below_the_head(tmp_path: Path) -> None:
    sheet = Sheet()
    left, right, _ = HEADS[0]
    for n, (mine, theirs) in enumerate(zip(left, right, strict=True)):
        sheet.text(72, 80 + 18 * n, mine)
        sheet.text(290, 80 + 18 * n, theirs)
    sheet.text(72, 152, "KẾ HOẠCH", font=BOLD)
    flow(sheet, 200, LONG)
    assert flowing(read(tmp_path, sheet)) == ["KẾ HOẠCH", LONG]


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

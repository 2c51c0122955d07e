"""What does not belong to the flow of a PDF: footnotes, running heads, seals, deleted words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.drawn import LONG, OTHER, flowing, read, said
from tests.forms.make_pdf import Sheet, flow


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

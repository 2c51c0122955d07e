"""Reading PDFs with a text layer: what printed lines become. The files are drawn by ``tests/forms/make_pdf.py``."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest.pdf import read_pdf
from pipeline.ingest.pdf_flow import Margins, is_centered, margins_of
from pipeline.ingest.pdf_lines import Line
from schemas.errors import NeedsOcr
from schemas.text import PageAnchor
from tests.forms.drawn import BOLD, HEADS, LONG, OTHER, fallback, flowing, head, read, said, tight
from tests.forms.make_pdf import Sheet, flow, wrap, write_pdf
from tests.forms.measure import measure


def two_paragraphs(**style: float) -> Callable[[Sheet], list[str]]:
    def draw(sheet: Sheet) -> list[str]:
        y = flow(sheet, 100, LONG, **style)
        y = flow(sheet, y + 8, OTHER, **style)
        flow(sheet, y + 8, LONG, **style)
        return [LONG, OTHER, LONG]

    return draw


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


@pytest.mark.parametrize(
    ("x0", "x1", "centred"),
    [(90.5, 512.4, False), (88, 515, False), (140, 463, True), (100, 503, True), (90.5, 300, False)],
    ids=["a full line of a page that lies aside", "full", "a title", "a long title", "a last line"],
)
def test_full_lines_are_not_centred(x0: float, x1: float, centred: bool) -> None:
    line = Line(1, x0, x1, 100, 12.6, "Lời", False, False, 20, x0)
    assert is_centered(line, Margins(88, 515, 1.16)) is centred


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


@pytest.mark.parametrize(("aside", "left"), [(0, 88), (2.5, 90), (5, 93), (30, 88)], ids=["even", "a little", "more", "indented"])
def test_a_page_that_lies_aside_has_its_own_margin(aside: float, left: int) -> None:
    even = [Line(1, 88, 515, 80 + 15 * n, 12.6, "Lời", False, False, 20, 88) for n in range(30)]
    moved = [Line(3, 88 + aside, 510, 80 + 15 * n, 12.6, "Lời", False, False, 20, 88 + aside) for n in range(12)]
    found = margins_of([even, even, moved], [595, 595, 595], [[], [], []])
    assert [m.left for m in found] == [88, 88, left]


def test_same_file_same_blocks(tmp_path: Path) -> None:
    sheet = Sheet()
    head(sheet, *HEADS[0][:2])
    flow(sheet, 200, LONG)
    path = write_pdf(tmp_path / "x.pdf", [sheet])
    assert read_pdf(path) == read_pdf(path)


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

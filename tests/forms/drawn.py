"""Words and shapes the PDF tests draw with, and what they look at in a document that was read."""

from __future__ import annotations

from pathlib import Path

from pipeline.ingest.pdf import read_pdf
from schemas.document import RawBlock, RawDocument
from tests.forms.make_pdf import Sheet, flow, width_of, write_pdf

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


def tight(sheet: Sheet) -> list[str]:
    """First-line indent and no room between paragraphs."""
    y = flow(sheet, 100, LONG)
    y = flow(sheet, y, OTHER)
    flow(sheet, y, LONG)
    return [LONG, OTHER, LONG]


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

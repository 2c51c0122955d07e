"""Parts of the scan reader without recognition: repairs, votes, places, strokes, dashes, rulings, heads with stamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import scan_cells, scan_labels, scan_rulings
from pipeline.ingest.pdf_tables import Grid, GridCell, find_grids
from pipeline.ingest.scan_image import PageImage, Place, find_skew, ink_of
from pipeline.ingest.scan_layout import lay_out, prepare
from pipeline.ingest.scan_lines import extent, rows_of
from pipeline.ingest.scan_marks import add_dashes, count_stems
from pipeline.ingest.scan_ocr import Word, parse_tsv
from pipeline.ingest.scan_page import ReadPage, without_ghosts
from pipeline.ingest.scan_pieces import Pieces
from pipeline.ingest.scan_repair import agree, is_sure, known_symbol, mend_row
from pipeline.ingest.scan_vote import vote
from schemas.document import Doubt, Piece, RawBlock, RawCell
from schemas.text import Box, PageAnchor

A4 = Place(595.0, 842.0, 200.0)


def row(text: str, sure: float = 96.0, y: float = 100.0, x: float = 85.0, line: int = 0, size: float = 14.0) -> list[Word]:
    """Words of one printed line of Times, with boxes as tesseract gives them; ``word<50>`` sets a word's confidence."""
    words = []
    for part in text.split():
        shown, _, own = part.partition("<")
        above, below = extent(shown) or (0.3, 0.0)
        wide = 0.5 * size * len(shown)
        words.append(Word(shown, x, y - above * size, x + wide, y + below * size, float(own[:-1]) if own else sure, line))
        x += wide + 0.25 * size
    return words


def said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("read", "meant", "rule"),
    [
        ("Quyết định 131-QĐĐ/TW", "Quyết định 131-QĐ/TW", "double_d"),
        ("Quyết định 29/QÐ-TTg", "Quyết định 29/QĐ-TTg", "eth"),
        ("Kế hoạch 2§3-KH/TU", "Kế hoạch 283-KH/TU", "number_digits"),
        ("Quy định I31-QĐ/TW,", "Quy định 131-QĐ/TW,", "number_digits"),
        ("Kết luận 21-KIL/TW", "Kết luận 21-KL/TW", "kl"),
        ("Nghị định 59/2019/ND-CP", "Nghị định 59/2019/NĐ-CP", "plain_d"),
        ("ngày 2ó/3/2O25", "ngày 26/3/2025", "date_digits"),
        ("ngày TÌ tháng 3 năm 2024", "ngày 11 tháng 3 năm 2024", "date_words"),
        ("tháng 5 nắm 2025", "tháng 5 năm 2025", "year_word"),
        ("Quý IH năm 2025", "Quý III năm 2025", "roman_quarter"),
        ("Il. NHIỆM VỤ", "II. NHIỆM VỤ", "roman_label"),
        ("I.MỤC ĐÍCH", "I. MỤC ĐÍCH", "label_blank"),
        ("— Rà soát hồ sơ", "- Rà soát hồ sơ", "start_dash"),
        ("15\u20444/2025", "15/4/2025", "fraction_slash"),
    ],
)
def test_repairs_keep_the_reading(read: str, meant: str, rule: str) -> None:
    words = row(read)
    mend_row(words, {})
    assert said(words) == meant
    changed = [word for word in words if word.repair]
    assert all(rule in (word.repair or "") and word.raw for word in changed)
    assert changed[0].raw in read.split()


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch 84-KH/ĐU ngày 12/3/2025", "Quyết định 12-QĐ/ĐĐ của Đảng đoàn", "Quý II năm 2025", "quý báu", "11. Tổ chức thực hiện",
        "từ 01/7/2025 đến 31/12/2025", "và/hoặc đơn vị", "lớp 9A-THCS", "Điều 5, khoản 1",
    ],
)  # fmt: skip
def test_repairs_leave_what_is_right(text: str) -> None:
    words = row(text)
    mend_row(words, {})
    assert said(words) == text
    assert not any(word.repair for word in words)


@given(st.lists(st.text(alphabet="0123456789IlHVĐQKTW§|/-.—quýngày tháng", min_size=1, max_size=9), min_size=1, max_size=6))
def test_repairs_are_done_once(parts: list[str]) -> None:
    words = row(" ".join(" ".join(parts).split()) or "a")
    mend_row(words, {})
    once = said(words)
    mend_row(words, {})
    assert said(words) == once


@pytest.mark.parametrize(("strokes", "meant"), [(1, "I/2025"), (2, "II/2025"), (3, "III/2025"), (0, "II/2025")])
def test_strokes_decide_between_roman_figures(strokes: int, meant: str) -> None:
    words = row("Quý II/2025")
    mend_row(words, {id(words[1]): strokes})
    assert words[1].text == meant


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        (["46/QĐ-TTCP", "46/QĐ-TTCE<60>"], ["46/QĐ-TTCP", "46/QĐ-TTCP"]),
        (["2299/KH-UBND", "2209/KH-UBND<55>"], ["2299/KH-UBND", "2299/KH-UBND"]),
        (["131-QĐ/TW", "181-QĐ/TW"], ["131-QĐ/TW", "181-QĐ/TW"]),  # both read well: two documents
        (["12/KH-UBND", "25/KH-UBND<50>"], ["12/KH-UBND", "25/KH-UBND"]),  # too far apart
        (["2613/KH-TTTP", "29/QĐ-TTTTP<54>"], ["2613/KH-TTTP", "29/QĐ-TTTP"]),  # as the document has it, listed or not
        (["2613/KH-TTTP", "870/TTCP-NV", "29/QĐ-TTTP<45>"], ["2613/KH-TTTP", "870/TTCP-NV", "29/QĐ-TTTP"]),  # a slip is kept
        (["12/QĐ-XYZW<50>"], ["12/QĐ-XYZW"]),
        (["216-KH/TU", "131-QĐ/T<50>"], ["216-KH/TU", "131-QĐ/T"]),  # the rest stands on the next line
    ],
)
def test_agreement(mentions: list[str], expected: list[str]) -> None:
    words = [row(text)[0] for text in mentions]
    agree(words)
    assert [word.text for word in words] == expected
    assert not any(word.repair and is_sure(word) for word in words)


def test_known_symbols() -> None:
    assert known_symbol("QĐ-TTg")
    assert known_symbol("KH/TU")
    assert not known_symbol("QĐ-TTCE")


def test_neighbours_mend_marks_only() -> None:
    rows = [row("phòng, chống tham nhũng trong cơ quan", line=n) for n in range(4)]
    rows += [row("chống tham những<80> tiêu cực", line=5), row("những<80> đơn vị tham gia", line=6)]
    vote(rows)
    assert said(rows[4]) == "chống tham nhũng tiêu cực"
    assert rows[4][2].raw == "những"
    assert said(rows[5]) == "những đơn vị tham gia"


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
@pytest.mark.parametrize("angle", [0.0, 2.0, -3.5])
def test_boxes_go_back_to_the_page_as_shown(quarter: int, angle: float) -> None:
    place = Place(595.0, 842.0, 200.0, quarter, angle)
    wide, high = place.size
    middle = place.back(Box(wide / 2 - 5, high / 2 - 5, wide / 2 + 5, high / 2 + 5))
    assert ((middle.x0 + middle.x1) / 2, (middle.y0 + middle.y1) / 2) == pytest.approx((297.5, 421.0), abs=0.2)
    corner = replace(place, angle=0.0).back(Box(0, 0, 10, 20))
    expected = {0: (0, 0, 10, 20), 1: (0, 832, 20, 842), 2: (585, 822, 595, 842), 3: (575, 0, 595, 10)}[quarter]
    assert (corner.x0, corner.y0, corner.x1, corner.y1) == pytest.approx(expected)


def test_moved_pages_keep_their_places() -> None:
    assert replace(A4, moved=6.0).back(Box(91, 50, 101, 60)) == Box(85, 50, 95, 60)


def blank_page() -> PageImage:
    return PageImage(np.full((2339, 1653), 255, np.uint8), A4)


def ink(page: PageImage, x0: float, y0: float, x1: float, y1: float) -> None:
    scale = page.place.dpi / 72
    page.gray[round(y0 * scale) : round(y1 * scale) + 1, round(x0 * scale) : round(x1 * scale) + 1] = 0


@pytest.mark.parametrize("angle", [-2.0, -0.5, 0.0, 0.7, 3.0])
def test_skew(angle: float) -> None:
    page = blank_page()
    for line in range(20):
        for step in range(200):
            x = 60 + step * 2.4
            y = 80 + line * 30 + np.tan(np.radians(angle)) * (x - 60)
            ink(page, x, y, x + 1.5, y + 6)
    assert find_skew(*ink_of(page)) == pytest.approx(angle, abs=0.12)


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        ((-8.0, -4.2, -3.4, -3.4), True),  # a hyphen
        ((-8.0, -0.6, -3.4, 0.2), False),  # an underline
        ((-8.0, -9.0, -3.4, -1.0), False),  # a letter
        ((-3.0, -4.2, -2.2, -3.4), False),  # a speck
    ],
)
def test_dropped_dash(shape: tuple[float, float, float, float], found: bool) -> None:
    page, words = blank_page(), row("Rà soát hồ sơ", x=121)
    for word in words:
        ink(page, word.x0, word.y0, word.x1, word.y1)
    ink(page, 121 + shape[0], 100 + shape[1], 121 + shape[2], 100 + shape[3])
    add_dashes(words, page)
    dashes = [word for word in words if word.text == "-"]
    assert bool(dashes) is found
    assert all((dash.raw, dash.repair) == ("", "dropped_dash") for dash in dashes)


@pytest.mark.parametrize("stems", [1, 2, 3])
def test_strokes_of_a_roman_figure(stems: int) -> None:
    page = blank_page()
    for n in range(stems):
        ink(page, 100 + 4.5 * n, 90, 101.2 + 4.5 * n, 100)
    for step in range(11):  # a slash
        ink(page, 100 + 4.5 * stems + 0.4 * step, 100 - step, 101 + 4.5 * stems + 0.4 * step, 101 - step)
    word = Word("III/", 99.0, 89.5, 108.0 + 4.5 * stems, 100.5, 50.0, 0)
    assert count_stems([word], page) == {id(word): stems}


@pytest.mark.skipif(not scan_rulings.available(), reason="OpenCV is not installed")
def test_rulings_become_cells() -> None:
    page = blank_page()
    for y in (200, 230, 260):
        ink(page, 80, y, 520, y + 0.5)
    for x in (80, 120, 400, 520):
        ink(page, x, 200, x + 0.5, 260)
    grids = find_grids(scan_rulings.find_edges(page), 1)
    assert grids is not None
    assert [(grid.rows, len(grid.lefts), len(grid.cells)) for grid in grids] == [(2, 3, 6)]


def test_tsv_lines_that_are_no_words_are_passed_over() -> None:
    good = "5\t1\t1\t1\t1\t1\t100\t200\t50\t20\t91.5\tSố"
    printed = "\n".join(["level\tpage", good, "5\tbroken", "4" + good[1:], good.replace("91.5", "?"), good.replace("Số", " ")])
    words = parse_tsv(printed, 0.5)
    assert [(w.text, w.x0, w.y0, w.x1, w.y1, w.confidence) for w in words] == [("Số", 50, 100, 75, 110, 91.5)]


def head_block(page: ReadPage, texts: Sequence[str]) -> RawBlock:
    """A head as the layout makes it: a table of one column, a line a cell, with the place of its words."""
    cells = []
    for n, (text, words) in enumerate(zip(texts, page.rows, strict=True)):
        box = Box(words[0].x0, min(w.y0 for w in words), words[-1].x1, max(w.y1 for w in words))
        cells.append(RawCell(n, 0, (RawBlock("paragraph", (Piece(text, PageAnchor(1, box)),)),)))
    return RawBlock("table", cells=tuple(cells), layout=True)


def read_head(*lines: str) -> tuple[list[str], list[Doubt], list[Piece]]:
    rows = [row(line, y=80 + 18 * n, line=n) for n, line in enumerate(lines)]
    page = ReadPage(1, A4, [word for words in rows for word in words], rows=rows)
    pieces = Pieces([page])
    (block,) = pieces.blocks([head_block(page, [said(words) for words in rows])])
    made = [piece for cell in block.cells for p in cell.paragraphs for piece in p.pieces]
    return ["".join(x.text for x in c.paragraphs[0].pieces).strip() for c in block.cells], pieces.doubts, made


@pytest.mark.parametrize(
    ("line", "shown", "reason"),
    [
        ("Số: 84/KH-UBND", "Số: 84/KH-UBND", None),
        ("Số: 84/KH-UBND<72>", "Số: 84/KH-UBND", "cần xem lại"),
        ("Số: 04+<80> /CT-UBND", "Số: … /CT-UBND", "không đọc được"),
        ("Số: {} /KH-SGDĐT", "Số: … /KH-SGDĐT", "không đọc được"),
        ("só1ƒ<80> /KH-UBND", "Số: … /KH-UBND", "không đọc được"),
        ("Sơn La, ngày {5<12> tháng 3 năm 2024", "Sơn La, ngày … tháng 3 năm 2024", "không đọc được"),
        ("Sơn La, ngày 15 tháng 3 năm 2024", "Sơn La, ngày 15 tháng 3 năm 2024", None),
        ("Sơn La, ngày 15<70> tháng 3 năm 2024", "Sơn La, ngày 15 tháng 3 năm 2024", "cần xem lại"),
    ],
)
def test_what_is_not_plainly_printed_in_the_head_is_unread(line: str, shown: str, reason: str | None) -> None:
    (text,), doubts, pieces = read_head(line)
    assert text == shown
    if reason is None:
        assert doubts == []
        return
    assert any(reason in doubt.reason for doubt in doubts)
    if reason == "không đọc được":
        (mark,) = [piece for piece in pieces if piece.repair == "unread"]
        assert mark.raw
        assert mark.raw.rstrip() in line.replace("<80>", "").replace("<12>", "")


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("theo Kế hoạch 84-KH/ĐU<75> của Đảng ủy", "84-KH/ĐU"),
        ("hoàn thành trước 30/9/2025<88> theo quy định", "30/9/2025"),
        ("báo cáo trong Quý II/2025<60> hằng năm", "Quý II/2025"),
        ("kinh phí 15.000<70> đồng mỗi suất", "15.000 đồng"),
        ("theo Kế hoạch 84-KH/XYZ của đơn vị", "84-KH/XYZ"),
        ("theo Kế hoạch 84-KH/ĐU của Đảng ủy", None),
        ("phối hợp<40> với các đơn vị", None),
    ],
)
def test_numbers_dates_quarters_amounts_go_to_review(text: str, doubted: str | None) -> None:
    words = row(text, y=400)
    page = ReadPage(1, A4, words, rows=[words])
    box = Box(words[0].x0, 385, words[-1].x1, 405)
    pieces = Pieces([page], shift=3)
    (block,) = pieces.blocks([RawBlock("paragraph", (Piece(said(words), PageAnchor(1, box)),))])
    assert "".join(piece.text for piece in block.pieces) == said(words)
    assert [doubt.text for doubt in pieces.doubts] == ([doubted] if doubted else [])
    anchors = [piece.anchor for piece in block.pieces] + [doubt.anchor for doubt in pieces.doubts]
    assert {anchor.page for anchor in anchors if isinstance(anchor, PageAnchor)} == {4}


def page_of(number: int, shift: float) -> ReadPage:
    texts = ["các đơn vị thực hiện nghiêm túc kế hoạch của cấp trên"] * 9
    words = [w for n, text in enumerate(texts) for w in row(text, y=120 + 20 * n, x=85 + shift, line=n)]
    words += row(str(number), y=50, x=290, line=20)
    return ReadPage(number, A4, words)


def test_pages_come_onto_one_margin_and_lose_their_numbers() -> None:
    pages = [page_of(1, 0.0), page_of(2, 6.0), page_of(3, -9.0)]
    assert prepare(pages, 14.0) == []
    layouts = [lay_out(page, 14.0) for page in pages]
    assert len({round(line.x0) for layout in layouts for line in layout.lines}) == 1
    assert [[line.text for line in layout.furniture] for layout in layouts] == [["1"], ["2"], ["3"]]
    assert {round(page.place.back(Box(85.0, 0, 90, 9)).x0) for page in pages} == {85, 91, 76}


@pytest.mark.parametrize(
    ("line", "meant"),
    [("CHÍ THỊ", "CHỈ THỊ"), ("KÊ HOẠCH", "KẾ HOẠCH"), ("KẾ HOẠCH", "KẾ HOẠCH"), ("SỞ Y TẾ", "SỞ Y TẾ")],
)
def test_kind_of_document_in_capitals(line: str, meant: str) -> None:
    page = ReadPage(1, A4, row(line, y=200))
    prepare([page], 14.0)
    assert said(page.rows[0]) == meant


def test_strokes_of_a_pen_are_no_text() -> None:
    page = ReadPage(1, A4, [*row("các đơn vị thực hiện kế hoạch", y=300), *row("ƒ}<20>", y=500, x=400, line=1)])
    (doubt,) = prepare([page], 14.0)
    assert doubt.reason.startswith("không đọc được")
    assert [said(words) for words in page.rows] == ["các đơn vị thực hiện kế hoạch"]


def test_marks_above_letters_read_as_a_line_of_their_own_are_dropped() -> None:
    line = row("quan, tổ chức kiểm tra và các cá nhân có liên quan", line=14)
    ghosts = [Word("F4", 126.7, 88.0, 133.6, 97.0, 83.0, 13), Word("`", 296.0, 91.0, 299.0, 93.5, 97.0, 13), Word("2", 155.0, 91.0, 158.0, 93.5, 35.0, 13)]
    kept = [Word("-", 70.0, 95.0, 74.0, 97.0, 96.0, 15), Word("5", 60.0, 91.0, 66.0, 100.0, 96.0, 16), *row("tờ 12", y=80.0, line=12)]
    assert without_ghosts([*line, *ghosts, *kept]) == [*line, *kept]
    assert without_ghosts([]) == []


def test_columns_part_at_a_gap_that_is_no_blank_of_the_line() -> None:
    words = row("ỦY BAN NHÂN DÂN") + row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", x=290)
    assert [said(part) for part in rows_of(words, 14.0)] == ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"]


def test_a_label_before_a_tab_stays_with_its_words() -> None:
    words = row("II.<40>", x=121) + row("NHIỆM VỤ", x=156)
    assert [said(part) for part in rows_of(words, 14.0)] == ["II. NHIỆM VỤ"]


LABELS = [
    ("2.", 60.0, "2.", "Công ty Điện lực", "2. Công ty Điện lực"),  # read as a line of its own
    (None, 0.0, "3.", "Sơ kết mô hình", "3. Sơ kết mô hình"),  # not read at all
    ("Ẵ,", 46.0, "3,", "Sơ kết mô hình", "3. Sơ kết mô hình"),
    ("l.", 45.0, "", "Bố trí kinh phí", "1. Bố trí kinh phí"),
    ("1.", 55.0, "11.", "Mục đích", "1. Mục đích"),
    ("3.", 96.0, "8.", "Sơ kết mô hình", "3. Sơ kết mô hình"),
    (None, 0.0, "ễ", "Sơ kết mô hình", "Sơ kết mô hình"),  # a speck
]


@pytest.mark.parametrize(("read", "sure", "again", "text", "meant"), LABELS)
def test_labels_before_a_tab(
    monkeypatch: pytest.MonkeyPatch, read: str | None, sure: float, again: str, text: str, meant: str
) -> None:  # fmt: skip
    page, words = blank_page(), row(text, x=156)
    for word in words:
        ink(page, word.x0, word.y0, word.x1, word.y1)
    ink(page, 121, 91, 127, 100)
    words += [Word(read, 121.0, 91.0, 127.0, 100.0, sure, 1 if sure > 90 else 0 if sure < 60 else 2)] if read else []
    found = [Word(again, scan_cells.GAP + 1, 10.0, scan_cells.GAP + 5, 20.0, 50.0, 0)] if again else []
    monkeypatch.setattr(scan_labels, "recognise_line", lambda gray, dpi: found)
    scan_labels.add_labels(words, [], page)
    assert len({word.line for word in words}) == 1 or (read and sure > 90)
    assert said(sorted(words, key=lambda w: w.x0)) == meant


@pytest.mark.parametrize("stems", [1, 2, 3])
@pytest.mark.parametrize("x", [137, 156])
def test_a_roman_label_is_counted(monkeypatch: pytest.MonkeyPatch, stems: int, x: float) -> None:
    page, words = blank_page(), row("NHIỆM VỤ", x=x)
    for n in range(stems):
        ink(page, 121 + 4.5 * n, 90, 122.2 + 4.5 * n, 100)
    words.insert(0, Word("H.", 121.0, 90.0, 123.0 + 4.5 * stems, 100.0, 50.0, 0))
    monkeypatch.setattr(scan_labels, "recognise_line", lambda gray, dpi: [])
    scan_labels.add_labels(words, [], page)
    assert said(sorted(words, key=lambda w: w.x0)) == f"{'I' * stems}. NHIỆM VỤ"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (["1", "11", "12", "2", "2.1", "22"], ["1", "1.1", "1.2", "2", "2.1", "2.2"]),
        (["9", "10", "11", "12"], ["9", "10", "11", "12"]),
        (["1", "2", "12"], ["1", "2", "12"]),
    ],
)
def test_dots_of_numbers_in_a_table(read: list[str], meant: list[str]) -> None:
    cells = [GridCell(n, c, 1, 1, (60.0 + 30 * c, 100.0 + 20 * n, 90.0 + 400 * c, 120.0 + 20 * n)) for n in range(len(read)) for c in (0, 1)]
    grid = Grid(1, (60.0, 100.0, 490.0, 100.0 + 20 * len(read)), [60.0, 90.0], len(read), cells)
    words = [Word(text, 65.0, 105.0 + 20 * n, 75.0, 115.0 + 20 * n, 90.0, n) for n, text in enumerate(read)]
    scan_cells.mend_dots(words, [grid])
    assert [word.text for word in words] == meant

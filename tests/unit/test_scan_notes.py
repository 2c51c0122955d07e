"""Footnotes of scanned pages: marks read as quotation marks, bars or figures, hung where number and place agree."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.ingest.pdf_chars import Edge
from pipeline.ingest.scan_image import Place
from pipeline.ingest.scan_lines import extent
from pipeline.ingest.scan_notes import hang_notes
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_page import ReadPage

A4 = Place(595.0, 842.0, 200.0)


def row(text: str, y: float, line: int = 0, size: float = 14.0) -> list[Word]:
    words, x = [], 85.0
    for shown in text.split():
        above, below = extent(shown) or (0.3, 0.0)
        wide = 0.5 * size * len(shown)
        words.append(Word(shown, x, y - above * size, x + wide, y + below * size, 96.0, line))
        x += wide + 0.25 * size
    return words


def said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


NOTES = [
    # words of the text, words of the notes, what each paragraph and note comes out as
    (["phòng ngừa tham nhũng':; thường xuyên tuyên truyền", "cơ quan, đơn vị mình” theo quy định tại Điều 5"],
     ["| Xây dựng quy tắc ứng xử trong doanh nghiệp.", "2 Chủ động tổ chức kiểm tra việc thực hiện."],
     [("nhũng;", "1"), ("mình", "2")]),
    (["theo “Đề án số 5” của tỉnh3 và các xã"], ["3 Ban hành năm 2024 trên toàn tỉnh."], [("tỉnh", "3")]),
    (["theo Đề án của tỉnh và các xã"], ["1 Ban hành năm 2024 trên toàn tỉnh."], []),  # the mark was not read
    (["cho đơn vị mình” và tỉnh' và các xã"], ["1 Ban hành năm 2024 trên toàn tỉnh."], []),  # two may be meant
]  # fmt: skip


@pytest.mark.parametrize(("text", "notes", "marks"), NOTES)
def test_notes_hang_where_their_marks_stand_or_are_said_to_be_loose(
    text: list[str], notes: list[str], marks: list[tuple[str, str]]
) -> None:
    rows = [row(line, y=560 + 20 * n, line=n) for n, line in enumerate(text)]
    rows += [row(line, y=720 + 14 * n, line=9 + n, size=10) for n, line in enumerate(notes)]
    before = [said(words) for words in rows]
    page = ReadPage(1, A4, [word for words in rows for word in words], [Edge(85, 700, 228, 700)], rows=rows)
    doubts = hang_notes(page, 14)
    assert [(word.text, word.mark) for words in rows for word in words if word.mark] == marks
    assert len(doubts) == (0 if marks else len(notes))
    if not marks:
        assert [said(words) for words in rows] == before


def test_text_without_a_ruling_has_no_notes() -> None:
    rows = [row("theo Đề án của tỉnh3 và các xã", y=560), row("3 Ban hành năm 2024 trên toàn tỉnh.", y=720, size=10, line=1)]
    assert hang_notes(ReadPage(1, A4, [*rows[0], *rows[1]], rows=rows), 14) == []
    assert not any(word.mark for words in rows for word in words)

"""Several files of one document are recognised, told apart from siblings, and counted once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from extractors import load, read_source
from extractors.normalize import from_text
from pipeline.run import run_folder
from pipeline.versions import copies_of, without
from schemas.record import Record

PLAN = """ỦY BAN NHÂN DÂN XÃ THANH LỘC
Số: {number}/KH-UBND

Thanh Lộc, ngày {day} tháng 3 năm 2026

KẾ HOẠCH
Phòng, chống cháy rừng mùa khô

Ủy ban nhân dân xã ban hành Kế hoạch như sau:

I. NHIỆM VỤ
1. Hạt Kiểm lâm tuần tra các tuyến trọng điểm trước ngày 30/4/2026.
2. Các thôn phát dọn đường băng cản lửa.
3. {third}
"""
THIRD = "Trạm Y tế xã chuẩn bị thuốc bỏng."


@pytest.fixture(scope="module")
def nlp():
    return load(spans=False)


def plan(nlp, name: str, *, number: str = "12", day: str = "10", third: str = THIRD, media: str = "text/plain") -> Record:
    record = read_source(nlp, from_text(PLAN.format(number=number, day=day, third=third)))
    return record.model_copy(update={"source": record.source.model_copy(update={"name": name, "media_type": media})})


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CASES = [
    ("same number and words", {}, {}, ["b"]),
    ("one without a number yet", {}, {"number": "   "}, ["b"]),
    ("the numbered one speaks, whatever its form", {"number": "   ", "media": WORD}, {}, ["a"]),
    ("Word before the rest", {}, {"media": WORD}, ["a"]),
    ("another date is another document", {}, {"day": "11"}, []),
    ("another number is another document", {}, {"number": "13"}, []),
]


@pytest.mark.parametrize(("left", "right", "copies"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_which_file_is_a_copy(nlp, left: dict[str, str], right: dict[str, str], copies: list[str]) -> None:
    records = [plan(nlp, "a", **left), plan(nlp, "b", **right)]
    found = copies_of(records)
    assert [c.record.source.name for c in found] == copies
    assert len(without(records, found)) == 2 - len(copies)


def test_differences_are_listed(nlp) -> None:
    other = "Trạm Y tế xã chuẩn bị cáng và thuốc bỏng."
    (copy,) = copies_of([plan(nlp, "a"), plan(nlp, "b", third=other)])
    assert [(d.field, d.main, d.copy) for d in copy.differences] == [("duty", THIRD, ""), ("duty", "", other)]


def test_a_run_counts_a_document_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAN.format(number="12", day="10", third=THIRD), encoding="utf-8")
    (folder / "b.txt").write_text(PLAN.format(number="12", day="10", third="Công an xã cắm biển cấm lửa."), encoding="utf-8")
    result = run_folder(folder, tmp_path / "out", workers=1, quiet=True)
    assert [c.record.source.name for c in result.copies] == ["b.txt"]
    book = openpyxl.load_workbook(tmp_path / "out" / "register.xlsx")
    assert book["Sổ nhiệm vụ"].max_row == 1 + 3
    assert [row[2].value for row in book["Các bản"].iter_rows(min_row=2)] == ["b.txt", "b.txt"]
    assert "| b.txt | a.txt |" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")

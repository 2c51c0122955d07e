"""Several files of one document are recognised, told apart from siblings, and counted once."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import openpyxl
import pytest

from extractors import load, read_source
from extractors.normalize import from_text
from pipeline.outputs import graph_of
from pipeline.run import impact_of, run_folder
from pipeline.versions import copies_of, without
from schemas.graph import Decision
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


def plan(nlp, name: str, *, number: str = "12", day: str = "10", third: str = THIRD, media: str = "text/plain", **own: str) -> Record:
    record = read_source(nlp, from_text(PLAN.format(number=number, day=day, third=third)))
    own = {"signer": "Lê Văn Năm"} | own
    source = record.source.model_copy(update={"name": name, "media_type": media})
    return record.model_copy(update={"source": source, "document": record.document.model_copy(update=own)})


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CASES = [
    ("same number and words", {}, {}, ["b"]),
    ("one without a number yet", {}, {"number": "   "}, ["b"]),
    ("the numbered one speaks, whatever its form", {"number": "   ", "media": WORD}, {}, ["a"]),
    ("Word before the rest", {}, {"media": WORD}, ["a"]),
    ("another date is another document", {}, {"day": "11"}, []),
    ("another place is another document", {}, {"place": "Hòa Lộc"}, []),
    ("another signer, and nobody says where", {"place": ""}, {"place": "", "signer": "Trần Văn Sáu"}, []),
    ("another signer of one place", {}, {"signer": "Trần Văn Sáu"}, ["b"]),
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


COMMITTEE = """ĐẢNG ỦY XÃ {upper}
*
Số 31-KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
{place}, ngày 08 tháng 4 năm 2026

KẾ HOẠCH
thực hiện Nghị quyết số 15-NQ/TU ngày 20/3/2026 của Ban Chấp hành Đảng bộ tỉnh về bảo vệ rừng

Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch như sau:
I- NHIỆM VỤ
1. Các chi bộ quán triệt Nghị quyết trước ngày 30/4/2026.
2. Ủy ban Kiểm tra Đảng ủy xã {place} kiểm tra {times} cuộc trong năm 2026.
T/M BAN THƯỜNG VỤ
BÍ THƯ
{signer}
"""


def test_two_communes_with_one_number_are_two_plans(tmp_path: Path) -> None:
    """Both committees number from one and open with the same words: letterhead, place and signer tell them apart."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, place, times, signer in (("a.txt", "Thanh Lộc", 2, "Lê Văn Năm"), ("b.txt", "Hòa Lộc", 5, "Trần Văn Sáu")):
        text = COMMITTEE.format(upper=place.upper(), place=place, times=times, signer=signer)
        (folder / name).write_text(text, encoding="utf-8")
    result = run_folder(folder, tmp_path / "out", workers=0, quiet=True)
    assert not result.copies
    assert [r.document.issuer for r in result.records] == ["Ban Thường vụ Đảng ủy xã Thanh Lộc", "Ban Thường vụ Đảng ủy xã Hòa Lộc"]
    held = [d for _, d in nx.read_graphml(tmp_path / "out" / "graph.graphml").nodes(data=True) if d["in_hand"]]
    assert sorted(d["files"] for d in held) == ["a.txt", "b.txt"]


LONG = "\n".join(f"{n}. Thôn {n} kiểm tra {n} tuyến đường trước ngày {n}/6/2026." for n in range(1, 11))


def long_plan(nlp, name: str, title: str, *, number: str = "   ", duties: str = LONG) -> Record:
    text = PLAN.format(number=number, day="10", third=THIRD).replace("Phòng, chống cháy rừng mùa khô", title)
    record = read_source(nlp, from_text(text.split("1. Hạt")[0] + duties + "\n"))
    return record.model_copy(update={"source": record.source.model_copy(update={"name": name})})


def test_the_same_duties_under_a_shorter_title_are_one_document(nlp) -> None:
    whole = long_plan(nlp, "a", "Bảo vệ rừng mùa khô năm 2026 trên địa bàn xã", number="12")
    assert copies_of([whole, long_plan(nlp, "b", "Bảo vệ rừng")])
    assert not copies_of([whole, long_plan(nlp, "b", "Bảo vệ rừng năm 2025")])
    assert not copies_of([whole, long_plan(nlp, "b", "Bảo vệ rừng", duties=LONG.replace("kiểm tra", "dọn"))])


def test_a_copy_is_no_document_of_its_own_in_the_graph(nlp) -> None:
    records = [long_plan(nlp, "a", "Bảo vệ rừng mùa khô", number="12"), long_plan(nlp, "b", "Bảo vệ rừng")]
    records[1] = records[1].model_copy(update={"source": records[1].source.model_copy(update={"sha256": "b" * 64})})
    held = [d for _, d in graph_of(records, copies_of(records)).nodes(data=True) if d["in_hand"]]
    assert [d["files"] for d in held] == [("a", "b")]
    spoken = Decision(kind="identity", source="b" * 64, target="12/KH-UBND", verdict="refused")
    assert len([n for n, d in graph_of(records, copies_of(records), decisions=[spoken]).nodes(data=True) if d["in_hand"]]) == 2


CARRIES_OUT = "Thực hiện Chỉ thị số 05/CT-UBND ngày 02/3/2026 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân xã ban hành"


def test_impact_takes_a_draft_without_a_number_for_one_more_file(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, number in (("a.txt", "12"), ("b.txt", "   ")):
        text = PLAN.format(number=number, day="10", third=THIRD).replace("Ủy ban nhân dân xã ban hành", CARRIES_OUT)
        (folder / name).write_text(text, encoding="utf-8")
    run_folder(folder, out, workers=0, quiet=True)
    answer, _ = impact_of("05/CT-UBND", out / "trienkhai.db")
    assert [s.files for s in answer.plans] == [("a.txt", "b.txt")]
    assert len(answer.duties or ()) == 3

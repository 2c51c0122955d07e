"""Days between which a document lies whose day of issue was left blank, and what rests on them."""

from __future__ import annotations

import pytest

from extractors.components import load
from pipeline.graph import build
from pipeline.report.days import coming, due_days
from schemas.record import Record

NLP = load(spans=False)
HEAD = "ỦY BAN NHÂN DÂN XÃ AN HÒA\nSố:      /KH-UBND\n{date}\nKẾ HOẠCH\nTriển khai {base} của UBND tỉnh về trồng rừng\n\n"
DUTY = "I. NHIỆM VỤ\n1. Phòng Kinh tế trồng cây phân tán, {time}.\n"


def _read(date: str, base: str = "Kế hoạch số 12/KH-UBND ngày 05/3/2026", time: str = "xong trước ngày 30/6/2026") -> Record:
    text = HEAD.format(date=date, base=base) + f"Thực hiện {base} của UBND tỉnh, UBND xã ban hành kế hoạch như sau:\n" + DUTY.format(time=time)
    record: Record = NLP(text)._.record
    return record


BETWEEN = {
    "month known": ("An Hòa, ngày     tháng 4 năm 2026", {}, ("2026-04-01", "2026-04-30")),
    "year known, contents say more": ("An Hòa, ngày    tháng    năm 2026", {}, ("2026-03-05", "2026-06-30")),
    "nothing known but the contents": ("An Hòa, ngày     tháng     năm", {}, ("2026-03-05", "2026-06-30")),
    "no fixed deadline": ("An Hòa, ngày     tháng     năm", {"time": "báo cáo hằng quý"}, ("2026-03-05", None)),
    "header against contents": ("An Hòa, ngày     tháng 2 năm 2026", {}, ("2026-02-01", "2026-02-28")),
    "an old deadline says nothing": ("An Hòa, ngày     tháng     năm", {"time": "xong trước ngày 30/6/2025"}, ("2026-03-05", None)),
    "dated": ("An Hòa, ngày 06 tháng 4 năm 2026", {}, None),
}


@pytest.mark.parametrize("date, more, between", BETWEEN.values(), ids=BETWEEN)
def test_days_between(date: str, more: dict[str, str], between: tuple[str | None, str | None] | None) -> None:
    document = _read(date, **more).document
    assert document.issued_between == between
    assert document.issued_on is None or between is None
    if "issued_between" in document.provenance:
        assert document.provenance["issued_between"].text.startswith("An Hòa, ngày")


FINDINGS = {
    "deadline before the month": ("ngày     tháng 8 năm 2026", "Kế hoạch số 12/KH-UBND ngày 05/3/2026", {"DL-BEFORE-ISSUE"}),
    "deadline in the month": ("ngày     tháng 6 năm 2026", "Kế hoạch số 12/KH-UBND ngày 05/3/2026", set()),
    "cited after the month": ("ngày     tháng 6 năm 2026", "Kế hoạch số 12/KH-UBND ngày 05/7/2026", {"DATE-CHILD-BEFORE-PARENT"}),
    "cited in the month": ("ngày     tháng 6 năm 2026", "Kế hoạch số 12/KH-UBND ngày 25/6/2026", set()),
    "no header": ("ngày     tháng     năm", "Kế hoạch số 12/KH-UBND ngày 05/7/2026", set()),
}


@pytest.mark.parametrize("date, base, expected", FINDINGS.values(), ids=FINDINGS)
def test_findings_that_need_only_the_month(date: str, base: str, expected: set[str]) -> None:
    found = {f.rule for f in _read(f"An Hòa, {date}", base).findings}
    assert found & {"DL-BEFORE-ISSUE", "DATE-CHILD-BEFORE-PARENT"} == expected


def test_cycles_of_an_undated_plan_have_days() -> None:
    record = _read("An Hòa, ngày     tháng 4 năm 2026", time="báo cáo trước ngày 25 hằng tháng")
    (due,) = due_days(record.deadlines, record)
    assert (due.how, str(due.day), str(due.start)) == ("undated", "2026-04-24", "2026-04-01")
    assert [str(day) for day in coming([due], record)][:2] == ["2026-04-24", "2026-05-24"]


def test_an_undated_plan_is_told_to_stand_before_its_parent() -> None:
    child, parent = _read("An Hòa, ngày     tháng 4 năm 2026", "Kế hoạch số 12/KH-UBND ngày 05/5/2026"), _parent("05 tháng 5 năm 2026")
    assert "DATE-CHILD-BEFORE-PARENT" in {f.code for f in build([child, parent]).graph["findings"]}


def _parent(date: str) -> Record:
    text = f"ỦY BAN NHÂN DÂN TỈNH AN HÒA\nSố: 12/KH-UBND\nAn Hòa, ngày {date}\nKẾ HOẠCH\nvề trồng rừng\n\nI. NHIỆM VỤ\n1. Sở Tài chính bố trí vốn.\n"
    record: Record = NLP(text)._.record
    return record

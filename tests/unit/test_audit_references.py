"""A lower plan that takes over a provision by reference: what place the reference names, and whether it is carried out at all."""

from __future__ import annotations

import pytest

from pipeline.audit.coverage import audit
from pipeline.audit.references import _target
from tests.forms.read_text import read

DUTIES = """II. NHIỆM VỤ
1. Bến bãi
1.1. Ủy ban nhân dân các xã, phường kẻ vạch sơn tại bến xe khách.
1.2. Ủy ban nhân dân các xã, phường lắp mái che tại điểm chờ xe buýt.
2. Đèn đường
a) Ủy ban nhân dân các xã, phường thay bóng đèn cháy trên tỉnh lộ.
b) Ủy ban nhân dân các xã, phường đo độ sáng mặt đường ban đêm.
3. Cống rãnh
- Ủy ban nhân dân các xã, phường khơi thông miệng hố ga.
- Ủy ban nhân dân các xã, phường thay nắp cống bằng gang.
- Ủy ban nhân dân các xã, phường không lấp rãnh thoát nước dọc.
"""
NUMBERED = f"""ỦY BAN NHÂN DÂN TỈNH AN HÒA
Số: 61/KH-UBND
An Hòa, ngày 10 tháng 3 năm 2026

KẾ HOẠCH
Chỉnh trang hạ tầng giao thông năm 2026

I. MỤC ĐÍCH
Đường thông, hè thoáng.
{DUTIES}"""
ANNEXED = f"""ỦY BAN NHÂN DÂN TỈNH AN HÒA

KẾ HOẠCH
Chỉnh trang hạ tầng giao thông năm 2026
(Ban hành kèm theo Quyết định số 412/QĐ-UBND ngày 10 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh)

I. MỤC ĐÍCH
Đường thông, hè thoáng.
{DUTIES}"""
CHILD = """ỦY BAN NHÂN DÂN XÃ TÂN PHÚ
Số: 12/KH-UBND
Tân Phú, ngày 02 tháng 4 năm 2026

KẾ HOẠCH
Chỉnh trang hạ tầng giao thông trên địa bàn xã năm 2026
Thực hiện {parent}, Ủy ban nhân dân xã xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH
Đường thông, hè thoáng.
II. NHIỆM VỤ
1. {duty}
2. Trồng hoa giấy trước cổng chợ.
"""
PLAN = "Kế hoạch số 61/KH-UBND ngày 10/3/2026 của Ủy ban nhân dân tỉnh"
DECISION = "Quyết định số 412/QĐ-UBND ngày 10/3/2026 của Ủy ban nhân dân tỉnh"
ALL = ("II.1.1", "II.1.2", "II.2.a", "II.2.b", "II.3", "II.3", "II.3")


def taken(duty: str, parent: str = NUMBERED, named: str = PLAN) -> tuple[str, list[str]]:
    """Verdicts by row («c» covered by reference, «?» left to a person, «.» anything else)."""
    child = read(CHILD.format(parent=named, duty=duty), "con.txt")
    rows = audit(read(parent, "cha.txt"), child).rows
    letters = {"reference.provision": "c", "reference.unclear": "?"}
    return "".join(letters.get(r.rule, ".") for r in rows), [r.section for r in rows]


PLACES = [
    ("one item of a section, not the whole section", f"Thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}.", "..cc..."),
    ("the whole section", f"Thực hiện đầy đủ các nhiệm vụ nêu tại Mục II {PLAN}.", "ccccccc"),
    ("a lettered point", f"Thực hiện các nội dung quy định tại điểm b khoản 2 Mục II {PLAN}.", "...c..."),
    ("a dotted point repeats its item", f"Thực hiện các nhiệm vụ quy định tại điểm 1.2 khoản 1 Mục II {PLAN}.", ".c....."),
    ("a dotted path", f"Thực hiện các nhiệm vụ nêu tại Mục II.1.2 {PLAN}.", ".c....."),
    ("one dash of a list", f"Thực hiện các nội dung tại gạch đầu dòng thứ hai, khoản 3, Mục II {PLAN}.", ".....c."),
    ("named after «theo»", f"Các thôn thực hiện theo khoản 1 Mục II {PLAN}.", "cc....."),
    ("no such place", f"Thực hiện các nhiệm vụ nêu tại khoản 8 Mục II {PLAN}.", "???????"),
    ("another document", "Thực hiện các nhiệm vụ nêu tại khoản 2 Mục II Kế hoạch số 9/KH-UBND ngày 10/3/2026 của Ủy ban nhân dân tỉnh.", "......."),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "verdicts"), PLACES, ids=[p[0] for p in PLACES])
def test_a_reference_takes_over_the_place_it_names(case: str, duty: str, verdicts: str) -> None:
    assert taken(duty) == (verdicts, list(ALL))


SENSES = [
    ("left aside", f"Không thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}."),
    ("put off", f"Tạm dừng thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}."),
    ("asked of a body above", f"Đề nghị Sở Xây dựng thực hiện các nội dung nêu tại khoản 2 Mục II {PLAN}."),
    ("guided only", f"Hướng dẫn các thôn các nội dung nêu tại khoản 2 Mục II {PLAN}."),
    ("reported on only", f"Báo cáo kết quả thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}."),
    ("watched only", f"Theo dõi việc thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}."),
]


@pytest.mark.parametrize(("case", "duty"), SENSES, ids=[s[0] for s in SENSES])
def test_a_reference_that_is_not_carried_out_covers_nothing(case: str, duty: str) -> None:
    assert "c" not in taken(duty)[0]


EMPTIED = [
    f"Phấn đấu thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}.",
    f"Nếu cân đối được kinh phí, thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}.",
    f"Thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}, trừ điểm b.",
    f"Thực hiện một số nhiệm vụ nêu tại khoản 2 Mục II {PLAN}.",
    f"Lập dự toán kinh phí thực hiện các nhiệm vụ nêu tại khoản 2 Mục II {PLAN}.",
]


@pytest.mark.parametrize("duty", EMPTIED)
def test_a_reference_with_a_way_out_does_not_cover(duty: str) -> None:
    assert "c" not in taken(duty)[0]


def test_a_reference_with_a_later_term_goes_against_the_parent() -> None:
    parent = NUMBERED.replace("kẻ vạch sơn tại bến xe khách.", "kẻ vạch sơn tại bến xe khách trước ngày 30/6/2026.")
    child = CHILD.format(parent=PLAN, duty=f"Thực hiện các nhiệm vụ nêu tại khoản 1 Mục II {PLAN}, xong trước ngày 30/9/2026.")
    found = audit(read(parent, "cha.txt"), read(child, "con.txt")).rows
    assert [(r.verdict, r.relation) for r in found[:2]] == [("contradicted", "overlaps"), ("covered", "by_reference")]


def test_a_subject_of_its_own_narrows_a_reference() -> None:
    same = f"Xử lý bóng đèn cháy thực hiện theo khoản 2 Mục II {PLAN}."
    assert taken(same)[0][2:4] == "c?"


def test_a_plan_without_a_number_is_named_by_the_decision_it_came_with() -> None:
    inner = f"Thực hiện nội dung quy định tại điểm a khoản 2 Mục II Kế hoạch ban hành kèm theo {DECISION}."
    assert taken(inner, ANNEXED, DECISION)[0] == "..c...."


TARGETS = [
    ("khoản 2 mục ii", ("ii", "2"), None, False),
    ("điểm a khoản 1 điều 4", ("4", "1", "a"), None, False),
    ("điểm 2.3 khoản 2 mục ii", ("ii", "2", "3"), None, False),
    ("khoản 1.4 điều 7", ("7", "1", "4"), None, False),
    ("gạch đầu dòng thứ ba khoản 2 mục ii", ("ii", "2"), 3, False),
    ("câu cuối khoản 2 mục ii", ("ii", "2"), None, True),
]


@pytest.mark.parametrize(("pinpoint", "path", "dash", "rest"), TARGETS)
def test_path_of_a_pinpoint(pinpoint: str, path: tuple[str, ...], dash: int | None, rest: bool) -> None:
    assert _target(pinpoint) == (path, dash, rest)

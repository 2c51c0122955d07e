"""Duties of short passages against a table read by hand (``tests/tables/duties.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractors import load, read_source
from extractors.normalize import from_text
from extractors.rulebook import rules
from pipeline.process import process_file
from schemas.record import Duty, Record
from tests.growth import growth

TABLE = Path(__file__).parents[1] / "tables" / "duties.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
FORCE = {"o": "obligation", "p": "prohibition", "a": "permission", "s": "sanction", "r": "request"}
HEAD = """ỦY BAN NHÂN DÂN TỈNH AN HÒA
Số: 12/KH-UBND

An Hòa, ngày 10 tháng 02 năm 2025

KẾ HOẠCH
Tăng cường công tác quản lý nhà nước trên địa bàn tỉnh

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
Nâng cao nhận thức của cán bộ và nhân dân.

II. NHIỆM VỤ
"""


@pytest.fixture(scope="module")
def nlp():
    return load(spans=False)


def as_line(duty: Duty, record: Record, start: str) -> tuple[str, ...]:
    times = {d.id: d.text for d in record.deadlines}
    opening = start if duty.text.startswith(start) else duty.text[:60]
    lists = (" ; ".join(names) for names in (duty.lead, duty.support, [times[d] for d in duty.deadlines]))
    return (duty.section, duty.modality, *lists, opening)


def expected(line: str) -> tuple[str, ...]:
    section, force, *rest = (part.strip() for part in line.split("|"))
    return (section, FORCE[force], *rest)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_duties_of_a_passage(nlp, case: dict[str, str]) -> None:
    head = HEAD if case.get("headings", True) else HEAD[: HEAD.index("I. MỤC ĐÍCH")]
    record = read_source(nlp, from_text(head + case["body"].strip() + "\n"))
    wanted = [expected(line) for line in case["duties"].strip().splitlines()]
    starts = [line[-1] for line in wanted] + [""] * len(record.duties)
    assert [as_line(d, record, s) for d, s in zip(record.duties, starts, strict=False)] == wanted


REPEATED = {
    "sentences that hand out work": "Các đơn vị báo cáo kết quả trước ngày 15 tháng 6 năm 2025; giao Phòng Y tế tổng hợp. ",
    "clauses with helpers": "các phòng phối hợp với Thanh tra tỉnh báo cáo trước ngày 20/12; ",
    "bodies that help behind a comma": "Sở Y tế và Sở Nội vụ phối hợp rà soát, ",
    "clauses each with a doer": "Phòng Y tế lập sổ theo dõi; Phòng Nội vụ thẩm định hồ sơ; ",
    "clauses that punish": "người đứng đầu để xảy ra vi phạm thì bị xử lý kỷ luật; ",
    "persons of a ground": "học sinh, ",
    "clauses in case of": "nếu phát hiện vi phạm thì tổ trưởng báo cáo Phòng Y tế; ",
}
"""What an item may hold over and over, each of which may give work to another body."""


@pytest.mark.parametrize("repeated", REPEATED.values(), ids=REPEATED)
def test_cost_grows_with_length_only(nlp, repeated: str) -> None:
    body = "1. Trưởng đoàn thực hiện đúng quy định; "
    assert growth(lambda times: read_source(nlp, from_text(f"{HEAD}{body}{repeated * times}")), 50, 400) < 24  # linear is 8, quadratic 64


TABLES = """
| Thời gian | Nội dung | Đơn vị thực hiện |
|---|---|---|
| Tháng 9/2025 | Kiểm kê kho sách | Phòng Nghiệp vụ |
| | Sửa mái phòng đọc | Văn phòng Sở |
| Tháng 10/2025 | Mở tuần lễ đọc sách | Phòng Nghiệp vụ |

III. TỔ CHỨC

| Nội dung | Đơn vị thực hiện | Thời gian |
|---|---|---|
| Đặt mua giá sách | Văn phòng Sở | Tháng 9/2025 |
| Niêm yết nội quy | Văn phòng Sở | |
"""


def test_a_calendar_writes_its_month_once_a_list_of_tasks_does_not(tmp_path: Path) -> None:
    file = tmp_path / "lich.md"
    file.write_text(HEAD + TABLES, encoding="utf-8")
    record = process_file(file)[0]
    times = {d.id: d.text for d in record.deadlines}
    assert [[times[i] for i in d.deadlines] for d in record.duties] == [["Tháng 9/2025"], ["Tháng 9/2025"], ["Tháng 10/2025"], ["Tháng 9/2025"], []]


PARTS = """
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Sản phẩm |
|---|---|---|---|---|---|
| 1 | Xây dựng đề án chợ nổi | Phòng Kinh tế | Công an xã | Quý IV/2025 | Đề án |
| | - Khảo sát bến đỗ | | | Tháng 5/2025 | Báo cáo |
| | - Lấy ý kiến tiểu thương | | | | Biên bản |
| | - Vẽ bản đồ luồng lạch | Phòng Xây dựng | | | |
| 2 | Mở tuyến xe ra chợ | Phòng Kinh tế | | | |
"""


def test_parts_of_a_task_have_its_doers_and_their_own_time(tmp_path: Path) -> None:
    file = tmp_path / "phan_viec.md"
    file.write_text(HEAD + PARTS, encoding="utf-8")
    record = process_file(file)[0]
    times = {d.id: d.text for d in record.deadlines}
    assert [(d.text, d.lead, d.support, [times[i] for i in d.deadlines]) for d in record.duties] == [
        ("Xây dựng đề án chợ nổi", ("Phòng Kinh tế",), ("Công an xã",), ["Quý IV/2025"]),
        ("Khảo sát bến đỗ", ("Phòng Kinh tế",), ("Công an xã",), ["Tháng 5/2025"]),
        ("Lấy ý kiến tiểu thương", ("Phòng Kinh tế",), ("Công an xã",), ["Quý IV/2025"]),
        ("Vẽ bản đồ luồng lạch", ("Phòng Xây dựng",), (), []),
        ("Mở tuyến xe ra chợ", ("Phòng Kinh tế",), (), []),
    ]


def test_a_merged_month_and_a_merged_person_hold_for_each_row(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=2>Tháng 3/2025<td>Sơn hàng rào<td rowspan=2>Tổ bảo vệ</tr><tr><td>Trồng cây xanh</tr>"
    page = tmp_path / "bang.html"
    page.write_text(
        "".join(f"<p>{line}</p>" for line in HEAD.splitlines())
        + f"<table><tr><th>Tháng<th>Nội dung<th>Người thực hiện</tr>{rows}<tr><td>Tháng 4/2025<td>Tổng kết<td>Văn phòng</tr></table>",
        encoding="utf-8",
    )
    (record,) = process_file(page)
    times = {d.id: d.text for d in record.deadlines}
    assert [(d.text, d.lead, [times[t] for t in d.deadlines]) for d in record.duties] == [
        ("Sơn hàng rào", ("Tổ bảo vệ",), ["Tháng 3/2025"]),
        ("Trồng cây xanh", ("Tổ bảo vệ",), ["Tháng 3/2025"]),
        ("Tổng kết", ("Văn phòng",), ["Tháng 4/2025"]),
    ]


def test_changes_told_one_behind_the_other_cost_no_more_than_their_words():
    pattern = rules("duties").pattern("no_longer")
    for told in ("Sau khi xong việc, ", "Kể từ ngày 01/3/2025, ", "Theo quy định mới, "):
        assert growth(lambda times, told=told: pattern.match(told * times + "các phòng hoạt động"), 2000, 16000) < 24


LETTER = """ĐẢNG BỘ TỈNH AN HÒA
ĐẢNG ỦY XÃ BÌNH ĐIỀN
*
Số 15-CV/ĐU

Kính gửi: Các chi bộ trực thuộc.
Thực hiện Công văn số 100/UBND-KT ngày 03/11/2025 của Ủy ban nhân dân tỉnh, Thường trực Đảng ủy đề nghị các đơn vị thực hiện một số nội dung:
1. Giao Đảng ủy Ủy ban nhân dân xã:
Kiểm tra các bến đò ngang.
2. Các chi bộ trực thuộc rà soát hộ ở ven sông.
{last}
Nơi nhận:
- Như trên.
"""


@pytest.mark.parametrize(
    ("last", "more"),
    [
        ("Đề nghị các chi ủy, chính quyền triển khai thực hiện nghiêm túc, khẩn trương.", []),
        ("Yêu cầu các thôn tổ chức thực hiện kịp thời.", []),
        ("Đề nghị các chi ủy thực hiện kê khai tàu thuyền.", ["request"]),
    ],
)
def test_a_letter_asks_and_gives_out_work(nlp, last: str, more: list[str]) -> None:
    """What stands below «Giao X:» is ordered, though the letter asks the others; its last general plea is no duty."""
    record = read_source(nlp, from_text(LETTER.format(last=last)))
    assert [d.modality for d in record.duties] == ["obligation", "request", *more]

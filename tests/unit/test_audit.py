"""Verdicts on small plans of our own: one duty above, one plan below, what the audit must say."""

from __future__ import annotations

import pytest

from pipeline.audit.coverage import audit
from schemas.coverage import Audit, AuditRow
from tests.forms.read_text import read

PARENT = """ỦY BAN NHÂN DÂN TỈNH AN HÒA
Số: 77/KH-UBND
An Hòa, ngày 10 tháng 3 năm 2026

KẾ HOẠCH
Phòng, chống đuối nước trẻ em năm 2026

I. MỤC ĐÍCH, YÊU CẦU
Giảm số vụ đuối nước.
II. NHIỆM VỤ
1. Đối với {addressee}
{duties}
"""
CHILD = """{issuer}
Số: 12/KH-{symbol}
An Hòa, ngày 02 tháng 4 năm 2026

KẾ HOẠCH
Thực hiện Kế hoạch số 77/KH-UBND ngày 10/3/2026 của Ủy ban nhân dân tỉnh về phòng, chống đuối nước trẻ em

I. MỤC ĐÍCH, YÊU CẦU
Cắm biển cảnh báo tại các ao, hồ nguy hiểm để phòng đuối nước.
II. NHIỆM VỤ
1. Đối với các phòng chuyên môn, đơn vị trực thuộc
{duties}
"""


def bullets(duties: tuple[str, ...]) -> str:
    return "\n".join(f"- {d}" for d in duties)


FILLER = (
    "Mua sắm áo phao, phao cứu sinh cho các điểm bơi.",
    "Khen thưởng người có thành tích cứu người bị nạn.",
    "Lắp đặt rào chắn quanh công trình đang thi công.",
)


def row(
    duty: str, below: tuple[str, ...], *, addressee: str = "các sở, ban, ngành", issuer: str = "SỞ Y TẾ", symbol: str = "SYT"
) -> AuditRow:
    parent = read(PARENT.format(addressee=addressee, duties=bullets((duty, "Dạy bơi cho học sinh tiểu học trong dịp nghỉ hè."))), "cha.txt")
    child = read(CHILD.format(issuer=issuer, symbol=symbol, duties=bullets((*below, *FILLER))), "con.txt")
    return next(r for r in audit(parent, child).rows if r.text.startswith(duty[:25]))


WARN = "Cắm biển cảnh báo tại các ao, hồ, kênh mương nguy hiểm; báo cáo kết quả về Sở Nội vụ trước ngày 30/6/2026."

VERDICTS = [
    ("copied", WARN, (WARN,), "covered"),
    (
        "old tone marks",
        "Rà soát, xoá bỏ các hố nước sâu, bảo đảm an toàn cho trẻ em khu vực hoà giải.",
        ("Rà soát, xóa bỏ các hố nước sâu, bảo đảm an toàn cho trẻ em khu vực hòa giải.",),
        "covered",
    ),
    (
        "split",
        WARN,
        ("Cắm biển cảnh báo tại các ao, hồ, kênh mương nguy hiểm.", "Báo cáo kết quả về Sở Nội vụ trước ngày 30/6/2026."),
        "covered",
    ),
    ("clause dropped", WARN, ("Cắm biển cảnh báo tại các ao, hồ, kênh mương nguy hiểm trước ngày 30/6/2026.",), "partial"),
    ("later", WARN, (WARN.replace("30/6", "30/9"),), "contradicted"),
    ("earlier", WARN, (WARN.replace("30/6", "15/5"),), "covered"),
    ("absent", WARN, (), "not_covered"),
    (
        "number",
        "Tổ chức ít nhất 04 lớp dạy bơi miễn phí cho trẻ em vùng lũ.",
        ("Tổ chức ít nhất 02 lớp dạy bơi miễn phí cho trẻ em vùng lũ.",),
        "contradicted",
    ),
    (
        "more",
        "Tổ chức ít nhất 04 lớp dạy bơi miễn phí cho trẻ em vùng lũ.",
        ("Tổ chức ít nhất 06 lớp dạy bơi miễn phí cho trẻ em vùng lũ.",),
        "covered",
    ),
    (
        "negated",
        "Không cấp phép hoạt động cho hồ bơi chưa có nhân viên cứu hộ.",
        ("Cấp phép hoạt động cho hồ bơi chưa có nhân viên cứu hộ.",),
        "contradicted",
    ),
    (
        "negation of a state gone",
        "Không để hồ bơi thiếu phao, thiếu biển báo hoặc thiếu người cứu hộ được tập huấn mở cửa trong dịp nghỉ hè.",
        ("Hồ bơi thiếu phao, thiếu biển báo hoặc thiếu người cứu hộ được tập huấn mở cửa trong dịp nghỉ hè.",),
        "contradicted",
    ),
    (
        "day for a rhythm",
        "Kiểm tra phao cứu sinh tại các bến đò ngang sông hằng quý.",
        ("Kiểm tra phao cứu sinh tại các bến đò ngang sông trước ngày 30/6/2026.",),
        "partial",
    ),
    (
        "rhythm of a programme",
        "Đưa việc dạy bơi, cứu đuối cho trẻ em vào chương trình công tác hằng năm.",
        ("Đưa việc dạy bơi, cứu đuối cho trẻ em vào chương trình công tác.",),
        "covered",
    ),
    (
        "joined by «và»",
        "Lắp đặt phao tiêu báo hiệu luồng lạch trên sông và công khai danh sách điểm nước sâu tại nhà văn hóa thôn.",
        ("Lắp đặt phao tiêu báo hiệu luồng lạch trên sông.",),
        "partial",
    ),
    (
        "another breach, the same punishment",
        "Công chức để xảy ra tai nạn do buông lỏng quản lý bến đò thì bị xem xét kỷ luật.",
        ("Công chức bao che bến khách hoạt động không phép bị xử lý kỷ luật.",),
        "partial",
    ),
    ("own plan", "Xây dựng kế hoạch triển khai thực hiện phù hợp với tình hình của đơn vị.", (), "covered"),
]


@pytest.mark.parametrize(("case", "duty", "below", "verdict"), VERDICTS, ids=[v[0] for v in VERDICTS])
def test_verdict(case: str, duty: str, below: tuple[str, ...], verdict: str) -> None:
    found = row(duty, below)
    assert (found.verdict, case) == (verdict, case), found.reason
    assert found.reason


APPLIES = [
    ("các sở, ban, ngành", "SỞ Y TẾ", "SYT", True),
    ("Ủy ban nhân dân các xã, phường", "SỞ Y TẾ", "SYT", False),
    ("Ủy ban nhân dân các xã, phường", "ỦY BAN NHÂN DÂN XÃ TÂN PHÚ", "UBND", True),
    ("các cấp ủy, chi bộ", "SỞ Y TẾ", "SYT", False),
    ("Mặt trận Tổ quốc và các đoàn thể", "SỞ Y TẾ", "SYT", False),
]


@pytest.mark.parametrize(("addressee", "issuer", "symbol", "applies"), APPLIES)
def test_applicability_comes_first(addressee: str, issuer: str, symbol: str, applies: bool) -> None:
    found = row(WARN, (WARN,), addressee=addressee, issuer=issuer, symbol=symbol)
    assert (found.verdict != "not_applicable") == applies
    assert found.applicability


def _whole() -> Audit:
    parent = read(PARENT.format(addressee="các sở, ban, ngành", duties=bullets((WARN, *FILLER))), "cha.txt")
    child = read(CHILD.format(issuer="SỞ Y TẾ", symbol="SYT", duties=bullets((WARN, FILLER[0]))), "con.txt")
    return audit(parent, child)


def test_every_duty_is_a_row_and_evidence_has_its_place() -> None:
    found = _whole()
    child = read(CHILD.format(issuer="SỞ Y TẾ", symbol="SYT", duties=bullets((WARN, FILLER[0]))), "con.txt")
    assert len(found.rows) == found.summary["duties"] == 4
    spans = [e for r in found.rows for e in r.evidence]
    assert spans
    assert all(child.text[e.start : e.end] == e.text for e in spans)
    assert all(r.missing for r in found.rows if r.verdict in ("partial", "not_covered"))


def test_same_bytes_twice() -> None:
    assert _whole().to_json() == _whole().to_json()


def test_a_closing_term_holds_for_all_acts_of_its_sentence() -> None:
    duty = "Tổ chức kiểm tra toàn bộ bể bơi công cộng, lồng ghép hướng dẫn cứu hộ tại chỗ, hoàn thành trước ngày 31/5/2026."
    late = row(duty, ("Tổ chức kiểm tra toàn bộ bể bơi công cộng, xong trước ngày 20/6/2026.",))
    assert (late.verdict, late.rule) == ("contradicted", "slot.deadline")
    kept = row(duty, ("Tổ chức kiểm tra toàn bộ bể bơi công cộng, xong trước ngày 20/5/2026.",))
    assert kept.verdict == "partial"


def test_a_near_passage_is_named_and_left_to_a_person() -> None:
    below = "Cử cán bộ y tế trực sơ cứu tại bến đò trong mùa mưa lũ."
    found = row("Bố trí đội ứng trực sơ cứu tại các bến khách ngang sông, hồ thủy lợi và bãi tắm đông người.", (below,))
    assert (found.verdict, found.rule) == ("needs_review", "match.near")
    assert found.reason.startswith("Chưa tìm thấy; gần nhất là «")
    assert below in found.reason
    assert [e.text for e in found.evidence] == [below]


NEAR = [
    (
        "a part of it",
        "Khảo sát độ sâu các bến sông, hồ thủy lợi, ao nuôi cá và lập bản đồ cảnh báo cho từng thôn, bản vùng sâu.",
        ("Khảo sát độ sâu hồ thủy lợi Suối Đá sau mỗi đợt xả nước, đối chiếu với số liệu của năm trước liền kề.",),
        ("partial", "match.part"),
    ),
    (
        "another matter",
        "Vận động hộ nghèo, hộ cận nghèo ven sông gửi trẻ em đến nhóm trẻ cộng đồng trong mùa nước nổi.",
        ("Rà soát hộ nghèo, hộ cận nghèo ven sông chưa có nhà ở.", "Mua sắm thuyền máy cho nhóm cứu hộ cộng đồng trực mùa nước nổi."),
        ("not_covered", "match.other"),
    ),
]


@pytest.mark.parametrize(("case", "duty", "below", "verdict"), NEAR, ids=[n[0] for n in NEAR])
def test_what_comes_near_is_a_part_or_another_matter(case: str, duty: str, below: tuple[str, ...], verdict: tuple[str, str]) -> None:
    found = row(duty, below)
    assert (found.verdict, found.rule) == verdict, found.reason
    assert found.missing


CLOSING = "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về Sở Nội vụ để tổng hợp."
CLOSINGS = [
    ("not passed on", "SỞ Y TẾ", "Báo cáo kết quả thực hiện về Sở Nội vụ.", "not_covered"),
    ("to the own head", "SỞ Y TẾ", "Nếu có vướng mắc, các phòng báo cáo Giám đốc Sở xem xét.", "not_covered"),
    (
        "passed on",
        "SỞ Y TẾ",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các phòng báo cáo về Sở Nội vụ để tổng hợp.",
        "covered",
    ),
    ("to itself", "SỞ NỘI VỤ", "Tổng hợp khó khăn, vướng mắc của các đơn vị.", "not_applicable"),
]


@pytest.mark.parametrize(("case", "issuer", "below", "verdict"), CLOSINGS, ids=[c[0] for c in CLOSINGS])
def test_reports_of_difficulties_go_to_the_body_that_is_named(case: str, issuer: str, below: str, verdict: str) -> None:
    found = row(CLOSING, (below,), issuer=issuer)
    assert found.verdict == verdict, found.reason


def test_the_same_term_counts_as_common_ground() -> None:
    duty = "Lập danh sách điểm nước sâu trên địa bàn gửi Sở Nông nghiệp và Môi trường trước ngày 18/7/2026."
    below = "Tổng hợp điểm nước sâu, chuyển Sở Nông nghiệp và Môi trường trước ngày 18/7/2026; cập nhật hằng năm."
    other = below.replace("18/7/2026", "10/7/2026")
    assert row(duty, (below,)).confidence > row(duty, (other,)).confidence


def test_the_result_of_one_act_is_not_the_result_of_another() -> None:
    duty = "Thẩm định điều kiện an toàn của hồ bơi; công khai kết quả trên cổng thông tin điện tử."
    below = ("Thẩm định điều kiện an toàn của hồ bơi.", "Chấm điểm phong trào dạy bơi; công khai kết quả trên cổng thông tin điện tử.")
    parent = PARENT.replace("1. Đối với {addressee}\n{duties}", "1. Đối với các sở, ban, ngành\n- " + duty)
    child = CHILD.replace("{duties}", f"- {below[0]}\n2. Đối với Văn phòng Sở\n- {below[1]}").format(issuer="SỞ Y TẾ", symbol="SYT")
    found = audit(read(parent, "cha.txt"), read(child, "con.txt")).rows[0]
    assert (found.verdict, found.missing) == ("partial", ("công khai kết quả trên cổng thông tin điện tử",))


def test_nothing_near_is_missing() -> None:
    found = row("Rà quét bom mìn sót lại dưới lòng sông bằng thiết bị chuyên dụng.", ())
    assert (found.verdict, found.evidence) == ("not_covered", ())
    assert found.reason.startswith("Chưa tìm thấy")


def test_a_superior_inspection_that_watches_over_its_plan_is_not_passed_down() -> None:
    watch = "Ủy ban Kiểm tra Tỉnh ủy chủ trì, phối hợp với Văn phòng Tỉnh ủy theo dõi, kiểm tra việc thực hiện Kế hoạch."
    own = "Ủy ban Kiểm tra Đảng ủy chủ trì, phối hợp với Văn phòng Đảng ủy theo dõi, kiểm tra việc thực hiện Kế hoạch."
    found = row(watch, (own,), addressee="các cấp ủy", issuer="ĐẢNG ỦY SỞ Y TẾ", symbol="ĐU")
    assert found.verdict == "not_applicable"

"""Near copies with something left out or something added: one duty above, what the lower plan makes of it, what the audit must say."""

from __future__ import annotations

import pytest

from pipeline.audit.coverage import audit
from schemas.coverage import AuditRow
from tests.forms.read_text import read

PARENT = """ỦY BAN NHÂN DÂN TỈNH AN HÒA
Số: 77/KH-UBND
An Hòa, ngày 10 tháng 3 năm 2026

KẾ HOẠCH
Phòng, chống đuối nước trẻ em năm 2026

I. MỤC ĐÍCH, YÊU CẦU
Giảm số vụ đuối nước.
II. NHIỆM VỤ
1. Đối với các sở, ban, ngành và Ủy ban nhân dân các xã, phường
- {duty}
- Dạy bơi cho học sinh tiểu học trong dịp nghỉ hè.
"""
CHILD = """ỦY BAN NHÂN DÂN XÃ TÂN PHÚ
Số: 12/KH-UBND
Tân Phú, ngày 02 tháng 4 năm 2026

KẾ HOẠCH
Thực hiện Kế hoạch số 77/KH-UBND ngày 10/3/2026 của Ủy ban nhân dân tỉnh về phòng, chống đuối nước trẻ em

I. MỤC ĐÍCH, YÊU CẦU
Cắm biển cảnh báo tại các ao, hồ nguy hiểm để phòng đuối nước.
II. NHIỆM VỤ
1. Công việc chung
{duties}
2. Việc khác
- Mua sắm loa cầm tay cho các điểm bơi.
- Khen thưởng người có thành tích cứu người bị nạn.
"""


def row(duty: str, *below: str) -> AuditRow:
    child = CHILD.format(duties="\n".join(f"- {d}" for d in below))
    return audit(read(PARENT.format(duty=duty), "cha.txt"), read(child, "con.txt")).rows[0]


BOATS = "Kiểm tra áo phao, thuyền thúng, bình chữa cháy tại các bến đò ngang sông."
POOLS = "Xét nghiệm nước hồ bơi, phòng tắm công cộng và niêm yết phiếu kết quả tại cổng ra vào."

LEFT_OUT = [
    ("last member of a row", BOATS, ("Kiểm tra áo phao, thuyền thúng tại các bến đò ngang sông.",), ("partial", ("bình chữa cháy",))),
    ("member in the middle", BOATS, ("Kiểm tra áo phao, bình chữa cháy tại các bến đò ngang sông.",), ("partial", ("thuyền thúng",))),
    ("members in another order", BOATS, ("Kiểm tra bình chữa cháy, áo phao, thuyền thúng tại các bến đò ngang sông.",), ("covered", ())),
    (
        "member in the duty beside it",
        BOATS,
        ("Kiểm tra áo phao, thuyền thúng tại các bến đò ngang sông.", "Kiểm tra bình chữa cháy trên đò."),
        ("covered", ()),
    ),
    ("second act after «và»", POOLS, ("Xét nghiệm nước hồ bơi, phòng tắm công cộng.",), ("partial", None)),
    (
        "a clause without a known verb",
        "Ký hợp đồng với đội cứu hộ bãi tắm, có chế tài phạt khi bỏ ca trực.",
        ("Ký hợp đồng với đội cứu hộ bãi tắm.",),
        ("partial", ("chế tài phạt khi bỏ ca trực",)),
    ),
    (
        "one object for another",
        "Mở đường dây nóng tiếp nhận tin báo về hồ đập mất an toàn.",
        ("Mở đường dây nóng tiếp nhận tin báo về trộm cắp tài sản.",),
        ("partial", ("hồ đập mất an toàn",)),
    ),
    (
        "a clause cut from a copy, its words still there",
        "Kê khai phao cứu sinh, áo phao của từng bến đò; theo dõi biến động số phao cứu sinh do từng bến đò kê khai.",
        ("Kê khai phao cứu sinh, áo phao của từng bến đò.",),
        ("partial", None),
    ),
    (
        "a member under a head that the row repeats",
        "Bổ sung quy trình vận hành, quy trình bảo trì, quy trình ứng cứu của hồ bơi.",
        ("Bổ sung quy trình vận hành, quy trình bảo trì của hồ bơi.",),
        ("partial", None),
    ),
    ("a name in a row", "Phát tờ rơi bằng tiếng Việt, tiếng Khmer và tiếng Chăm.", ("Phát tờ rơi bằng tiếng Việt, tiếng Khmer.",), ("partial", ("tiếng Chăm",))),
    ("a ban behind the act", "Tháo dỡ lều quán trên bãi tắm, không để tái lấn chiếm.", ("Tháo dỡ lều quán trên bãi tắm.",), ("partial", None)),
    ("a purpose", "Rào chắn miệng giếng hoang nhằm ngăn trẻ em rơi xuống.", ("Rào chắn miệng giếng hoang.",), ("covered", ())),
    ("a word of manner", "Kịp thời rào chắn, đậy nắp giếng hoang ven làng.", ("Rào chắn, đậy nắp giếng hoang ven làng.",), ("covered", ())),
    (
        "other words for the same",
        "Niêm yết bảng giá vé bơi tại quầy thu ngân của từng hồ bơi.",
        ("Công khai bảng giá vé bơi tại quầy thu ngân của từng hồ bơi.",),
        ("covered", ()),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "wanted"), LEFT_OUT, ids=[c[0] for c in LEFT_OUT])
def test_what_is_left_out_inside_an_act(case: str, duty: str, below: tuple[str, ...], wanted: tuple[str, tuple[str, ...] | None]) -> None:
    found = row(duty, *below)
    assert found.verdict == wanted[0], found.reason
    if wanted[1] is not None:
        assert found.missing == wanted[1]


FENCE = "Rào chắn miệng giếng hoang tại các thôn ven suối."
BAN = "Không bơi lội, tắm giặt tại hồ thủy điện dưới mọi hình thức."

ADDED = [
    ("striving", FENCE, "Phấn đấu rào chắn miệng giếng hoang tại các thôn ven suối.", ("partial", "slot.modality")),
    ("encouraging", FENCE, "Khuyến khích rào chắn miệng giếng hoang tại các thôn ven suối.", ("partial", "slot.modality")),
    ("looking into it", FENCE, "Nghiên cứu việc rào chắn miệng giếng hoang tại các thôn ven suối.", ("partial", "slot.modality")),
    ("step by step, behind the subject", FENCE, "Phòng Kinh tế từng bước rào chắn miệng giếng hoang tại các thôn ven suối.", ("partial", "slot.modality")),
    ("when seen fit", FENCE, "Khi xét thấy cần thiết, rào chắn miệng giếng hoang tại các thôn ven suối.", ("partial", "slot.qualifier")),
    ("if there is money", FENCE, "Nếu cân đối được nguồn thì rào chắn miệng giếng hoang tại các thôn ven suối.", ("partial", "slot.qualifier")),
    ("if at the end", FENCE, "Rào chắn miệng giếng hoang tại các thôn ven suối nếu chủ đất ký cam kết.", ("partial", "slot.qualifier")),
    ("an exception", BAN, "Không bơi lội, tắm giặt tại hồ thủy điện, trừ ngày lễ hội.", ("partial", "slot.qualifier")),
    ("with leave", BAN, "Không bơi lội, tắm giặt tại hồ thủy điện khi chưa được Ủy ban nhân dân xã đồng ý.", ("partial", "slot.qualifier")),
    ("some of them", FENCE, "Rào chắn miệng giếng hoang tại một số thôn ven suối.", ("partial", "slot.qualifier")),
    ("left to those below", "Cấp đủ áo phao cho các bến đò ngang sông.", "Các bến đò ngang sông tự trang trải áo phao.", ("partial", "slot.qualifier")),
    (
        "points for the whole",
        "Khám mắt cho toàn bộ học sinh bán trú trên địa bàn tỉnh.",
        "Khám mắt cho học sinh bán trú tại 03 trường điểm.",
        ("partial", "slot.qualifier"),
    ),
    ("those that can", "Dạy bơi tại 100% thôn ven biển.", "Dạy bơi tại các thôn ven biển có điều kiện.", ("partial", "slot.qualifier")),
    (
        "to take part for to lead",
        "Chủ trì, phối hợp với Bưu điện tỉnh phát tờ rơi hướng dẫn sơ cứu.",
        "Phối hợp với Bưu điện tỉnh phát tờ rơi hướng dẫn sơ cứu.",
        ("partial", "slot.modality"),
    ),
    (
        "when money comes, for one act of three",
        "Nạo vét luồng lạch, thả phao tiêu, lắp đèn báo hiệu.",
        "Nạo vét luồng lạch, thả phao tiêu; việc lắp đèn báo hiệu thực hiện khi cấp trên bố trí vốn.",
        ("partial", "slot.qualifier"),
    ),
    ("a way out of the smallest act", "Đôn đốc các tổ; nạo vét bãi tắm.", "Đôn đốc các tổ, trừ tổ tự quản; nạo vét bãi tắm.", ("partial", "slot.qualifier")),
    # near misses
    ("a manner that empties nothing", FENCE, "Rào chắn miệng giếng hoang tại các thôn ven suối theo đặc thù của xã.", ("covered", "acts.all")),
    ("striving for more beside it", FENCE, "Rào chắn miệng giếng hoang tại các thôn ven suối; phấn đấu trồng hoa quanh giếng.", ("covered", "acts.all")),
    (
        "the parent's own condition",
        "Đóng cửa bãi tắm khi có cảnh báo sóng lớn của đài khí tượng.",
        "Khi có cảnh báo sóng lớn của đài khí tượng, đóng cửa bãi tắm.",
        ("covered", "acts.all"),
    ),
    (
        "the parent's own exception",
        "Không mở cửa hồ bơi sau 19 giờ, trừ trường hợp thi đấu.",
        "Không mở cửa hồ bơi sau 19 giờ, trừ trường hợp thi đấu.",
        ("covered", "acts.all"),
    ),
    ("the parent strives too", "Phấn đấu phủ kín lan can cầu treo dân sinh.", "Phấn đấu phủ kín lan can cầu treo dân sinh.", ("covered", "acts.all")),
    ("to deduct is no exception", "Thu phí gửi xe bãi tắm, khấu trừ thuế theo tháng.", "Thu phí gửi xe bãi tắm, khấu trừ thuế theo tháng.", ("covered", "acts.all")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "wanted"), ADDED, ids=[c[0] for c in ADDED])
def test_what_is_added_so_that_less_is_owed(case: str, duty: str, below: str, wanted: tuple[str, str]) -> None:
    found = row(duty, below)
    assert (found.verdict, found.rule) == wanted, found.reason


TEACH = "Mở lớp dạy bơi cứu đuối cho giáo viên thể dục."

def test_an_addressee_that_is_not_known_is_left_to_a_person() -> None:
    parent = PARENT.replace("1. Đối với các sở, ban, ngành và Ủy ban nhân dân các xã, phường", "1. Nhóm việc thứ 2").format(duty=TEACH)
    found = audit(read(parent, "cha.txt"), read(CHILD.format(duties="- Quét dọn sân đình."), "con.txt")).rows[0]
    assert found.verdict in ("needs_review", "not_covered")


ASKED = [
    ("of a body above", TEACH, "Đề nghị Sở Giáo dục và Đào tạo mở lớp dạy bơi cứu đuối cho giáo viên thể dục.", "not_covered"),
    ("proposed to the superior", TEACH, "Đề xuất Ủy ban nhân dân tỉnh mở lớp dạy bơi cứu đuối cho giáo viên thể dục.", "not_covered"),
    ("behind the subject", TEACH, "Phòng Văn hóa kiến nghị Sở Y tế mở lớp dạy bơi cứu đuối cho giáo viên thể dục.", "not_covered"),
    ("laid on a body above", TEACH, "Sở Giáo dục và Đào tạo mở lớp dạy bơi cứu đuối cho giáo viên thể dục.", "not_covered"),
    ("of staff charged with it", "Tuần tra bãi tắm.", "Công chức được giao trực cứu hộ phải tuần tra bãi tắm.", "covered"),
    ("of its own unit", TEACH, "Phòng Văn hóa - Xã hội mở lớp dạy bơi cứu đuối cho giáo viên thể dục.", "covered"),
    (
        "the duty itself is to propose",
        "Đề xuất Sở Tài chính cấp kinh phí mua áo phao.",
        "Đề xuất Sở Tài chính cấp kinh phí mua áo phao.",
        "covered",
    ),
]


@pytest.mark.parametrize(("case", "duty", "below", "verdict"), ASKED, ids=[c[0] for c in ASKED])
def test_what_is_asked_of_others_is_not_done(case: str, duty: str, below: str, verdict: str) -> None:
    found = row(duty, below)
    assert found.verdict == verdict, found.reason
    if verdict == "not_covered":
        assert (found.rule, below in found.reason) == ("request.outside", True)


OTHER_WORK = [
    ("another verb", "Xử phạt chủ đò chở quá số người quy định.", "Nhắc nhở chủ đò chở quá số người quy định.", "partial"),
    ("told to the superior, not to the public", "Công khai kết quả đo độ sâu bãi tắm.", "Báo cáo kết quả đo độ sâu bãi tắm.", "partial"),
    ("another word for the verb", "Thông báo lịch xả lũ đến từng hộ ven sông.", "Gửi lịch xả lũ đến từng hộ ven sông.", "partial"),
    ("the same act", "Công bố kết quả đo độ sâu bãi tắm.", "Công khai kết quả đo độ sâu bãi tắm.", "covered"),
    ("to take part for to lead", "Chủ trì cắm mốc vùng nước xoáy ven sông Cái.", "Tham gia cắm mốc vùng nước xoáy ven sông Cái.", "partial"),
    ("persuading others to do it", "Trang bị phao tròn tại bến thuyền du lịch.", "Vận động chủ thuyền tự trang bị phao tròn tại bến thuyền du lịch.", "partial"),
    (
        "a ban answered by leave",
        "Không thả trâu bò xuống bãi tắm công cộng.",
        "Hộ ven biển được thả trâu bò sau 17 giờ để tiện chăn dắt.",
        "needs_review",
    ),
    (
        "leave within less than the ban",
        "Không cho phép neo đậu thuyền trong phạm vi 50 m tính từ bãi tắm.",
        "Được phép neo đậu thuyền cách bãi tắm tối thiểu 20 m.",
        "contradicted",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "verdict"), OTHER_WORK, ids=[c[0] for c in OTHER_WORK])
def test_other_work_on_the_same_thing(case: str, duty: str, below: str, verdict: str) -> None:
    found = row(duty, below)
    assert found.verdict == verdict, (found.rule, found.reason)


NUMBERS = [
    ("a floor made a ceiling", "Tổ chức ít nhất 04 đợt vớt bèo trên kênh.", "Tổ chức không quá 04 đợt vớt bèo trên kênh.", "contradicted"),
    ("a ceiling made a floor", "Thu không quá 05 nghìn đồng mỗi lượt bơi.", "Thu tối thiểu 05 nghìn đồng mỗi lượt bơi.", "contradicted"),
    ("a ceiling on an exact number", "Cử 02 người trực bến đò ngày lễ.", "Cử tối đa 02 người trực bến đò ngày lễ.", "contradicted"),
    ("the bound behind the number", "Bố trí ít nhất 03 phao cứu sinh mỗi bến.", "Bố trí từ 03 phao cứu sinh trở lên mỗi bến.", "covered"),
    ("an exact number keeps a floor", "Bố trí ít nhất 03 phao cứu sinh mỗi bến.", "Bố trí 03 phao cứu sinh mỗi bến.", "covered"),
    ("a share goes down", "Bảo đảm 100% bến đò có phao cứu sinh tròn.", "Bảo đảm 80% bến đò có phao cứu sinh tròn.", "contradicted"),
    ("a yearly number", "Lấy tối thiểu 500 mẫu/năm nước hồ bơi gửi xét nghiệm.", "Lấy 500 mẫu nước hồ bơi gửi xét nghiệm.", "covered"),
    ("a yearly number goes down", "Lấy tối thiểu 500 mẫu/năm nước hồ bơi gửi xét nghiệm.", "Lấy 300 mẫu nước hồ bơi mỗi năm gửi xét nghiệm.", "contradicted"),
    ("a threshold is no bound", "Cấm thuyền trên 5 tấn vào bãi tắm.", "Cấm thuyền trên 10 tấn vào bãi tắm.", "contradicted"),
    ("round the clock", "Cắt cử người trực cứu hộ 24/24 giờ.", "Cắt cử người trực cứu hộ giờ hành chính.", "partial"),
    ("so many times at most", "Tuần tra bãi tắm ít nhất 02 lần/tháng.", "Tuần tra bãi tắm không quá 02 lần/tháng.", "contradicted"),
    ("times a week", "Phát tin cảnh báo trên loa thôn 3 buổi/tuần.", "Phát tin cảnh báo trên loa thôn 1 buổi/tuần.", "contradicted"),
]  # fmt: skip


DUMP = "Tháo dỡ cầu khỉ bắc qua kênh, hoàn thành trước ngày 30/9/2026."
DECIDED = "Công bố quyết định xử phạt chủ bến đò trong thời hạn 05 ngày kể từ ngày ban hành."
REPORT = "Báo cáo kết quả hằng tháng về Sở Xây dựng trước ngày 15."

TIMES = [
    ("a start for an end", DUMP, "Tháo dỡ cầu khỉ bắc qua kênh, bắt đầu từ ngày 01/10/2026.", "contradicted"),
    ("an early start says nothing of the end", DUMP, "Tháo dỡ cầu khỉ bắc qua kênh, bắt đầu từ ngày 01/5/2026.", "partial"),
    ("the issue of something else, copied", DECIDED, DECIDED, "covered"),
    ("the issue of something else, later", DECIDED, DECIDED.replace("05 ngày", "15 ngày"), "contradicted"),
    ("a day of the month apart from its rhythm", REPORT, REPORT, "covered"),
    ("an earlier day of the month", REPORT, REPORT.replace("ngày 15", "ngày 12"), "covered"),
    ("a later day of the month", REPORT, REPORT.replace("ngày 15", "ngày 20"), "contradicted"),
    (
        "four quarters are each quarter",
        "Tự kiểm tra dây neo phao tiêu trên luồng hằng quý.",
        "Quý I, quý II, quý III và quý IV tự kiểm tra dây neo phao tiêu trên luồng.",
        "covered",
    ),
    (
        "two quarters are not",
        "Tự kiểm tra dây neo phao tiêu trên luồng hằng quý.",
        "Quý I và quý III/2026 tự kiểm tra dây neo phao tiêu trên luồng.",
        "partial",
    ),
]


@pytest.mark.parametrize(("case", "duty", "below", "verdict"), [*NUMBERS, *TIMES], ids=[c[0] for c in (*NUMBERS, *TIMES)])
def test_numbers_and_terms_that_look_alike(case: str, duty: str, below: str, verdict: str) -> None:
    found = row(duty, below)
    assert found.verdict == verdict, (found.reason, found.slots)


FUNDS = "Bố trí kinh phí mua áo phao, thuyền cứu hộ."
OWN_PLANS = [
    ("what is joined to the plan", "Xây dựng kế hoạch thực hiện và bố trí kinh phí.", (), ("partial", "document.own_plan")),
    ("what is joined, and there", "Xây dựng kế hoạch thực hiện và bố trí kinh phí.", ("Bố trí kinh phí thực hiện Kế hoạch này.",), ("covered", "acts.all")),
    ("a plan on the child's subject", "Xây dựng kế hoạch phòng, chống đuối nước trẻ em của địa phương trước ngày 20/4/2026.", (), ("covered", "document.own_plan")),
    ("too late", "Xây dựng kế hoạch phòng, chống đuối nước trẻ em của địa phương trước ngày 20/3/2026.", (), ("contradicted", "document.own_plan")),
    ("a plan on something else", "Xây dựng kế hoạch di dời nhà ven suối trước ngày 20/4/2026.", (), ("not_covered", "match.absent")),
    ("sent to a recipient", "Ban hành kế hoạch thực hiện, gửi Ủy ban nhân dân tỉnh trước ngày 20/4/2026.", (), ("covered", "document.own_plan")),
    ("sent to nobody", "Ban hành kế hoạch thực hiện, gửi Viện Hải dương học trước ngày 20/4/2026.", (), ("partial", "document.own_plan")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "wanted"), OWN_PLANS, ids=[c[0] for c in OWN_PLANS])
def test_what_the_plan_fulfils_by_being_there(case: str, duty: str, below: tuple[str, ...], wanted: tuple[str, str]) -> None:
    child = CHILD.format(duties="\n".join(f"- {d}" for d in below) or "- Quét dọn sân đình.") + "\nNơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT.\n"
    found = audit(read(PARENT.format(duty=duty), "cha.txt"), read(child, "con.txt")).rows[0]
    assert (found.verdict, found.rule) == wanted, found.reason


def test_a_section_without_duties_is_told_of_and_one_with_duties_is_no_purpose() -> None:
    text = PARENT.format(duty=FUNDS) + (
        "2. Yêu cầu các trường mầm non rào kín ao nuôi cá trong khuôn viên.\nIII. THÔNG TIN CHUNG\n"
        "Đường bờ biển của tỉnh dài bảy mươi cây số, có mười hai cửa sông và nhiều đầm phá nước lợ.\n"
    )
    parent = read(text, "cha.txt")
    parent = parent.model_copy(update={"duties": tuple(d for d in parent.duties if d.section != "III")})
    told = {(n.kind, n.what) for n in audit(parent, read(CHILD.format(duties=f"- {FUNDS}"), "con.txt")).not_checked}
    assert {n for n in told if n[0] in ("purpose", "section")} == {("purpose", "I. MỤC ĐÍCH, YÊU CẦU"), ("section", "III. THÔNG TIN CHUNG")}

"""What the audit says in so many words: bans in other words, what is named as missing, what counts as more than was asked."""

from __future__ import annotations

import pytest

from extractors.addressee import applies
from pipeline.audit.coverage import audit
from pipeline.audit.slots import polarity
from schemas.coverage import Audit, AuditRow
from tests.forms.read_text import read

PARENT = """ỦY BAN NHÂN DÂN TỈNH AN HÒA
Số: 41/KH-UBND
An Hòa, ngày 12 tháng 02 năm 2026

KẾ HOẠCH
Chỉnh trang chợ dân sinh năm 2026

II. NHIỆM VỤ
1. Đối với các sở, ban, ngành và Ủy ban nhân dân các xã, phường
- {duty}
- Sơn kẻ lại vạch đỗ xe trước cổng chợ.
"""
CHILD = """ỦY BAN NHÂN DÂN XÃ TÂN PHÚ
Số: 09/KH-UBND
Tân Phú, ngày 02 tháng 3 năm 2026

KẾ HOẠCH
Thực hiện Kế hoạch số 41/KH-UBND ngày 12/02/2026 của Ủy ban nhân dân tỉnh về chỉnh trang chợ dân sinh

II. NHIỆM VỤ
1. Công việc chung
- {duty}
2. Việc khác
- Mua sắm loa cầm tay cho tổ trật tự.
"""


def found(duty: str, below: str) -> Audit:
    return audit(read(PARENT.format(duty=duty), "cha.txt"), read(CHILD.format(duty=below), "con.txt"))


def row(duty: str, below: str) -> AuditRow:
    return found(duty, below).rows[0]


STALLS = "Không cho thuê lề đường làm sạp bán hàng tươi sống."

STOPPED = [
    (STALLS, "Dừng cho thuê lề đường làm sạp bán hàng tươi sống.", None),
    (STALLS, "Chấm dứt ngay việc cho thuê lề đường làm sạp bán hàng tươi sống.", None),
    ("Nghiêm cấm thu tiền gửi xe ngoài bảng giá.", "Thôi thu tiền gửi xe ngoài bảng giá.", None),
    ("Ngừng tiếp nhận hồ sơ giấy tại chợ.", "Không tiếp nhận hồ sơ giấy tại chợ.", None),
    ("Ngừng tiếp nhận hồ sơ giấy tại chợ.", "Tiếp nhận hồ sơ giấy tại chợ.", "tiếp nhận"),
    (STALLS, "Cho thuê lề đường làm sạp bán hàng tươi sống.", "cho thuê"),
    (STALLS, "Hạn chế cho thuê lề đường làm sạp bán hàng tươi sống.", "cho thuê"),
    ("Rà soát, sửa đổi thủ tục thuê sạp.", "Rà soát, bãi bỏ thủ tục thuê sạp không cần thiết.", None),
    ("Hủy bỏ, thu hồi giấy phép cấp không đúng đối tượng.", "Hủy bỏ, thu hồi giấy phép cấp đúng đối tượng.", "cấp đúng"),
    ("Không ngừng nâng cao chất lượng phục vụ.", "Nâng cao chất lượng phục vụ.", None),
]


@pytest.mark.parametrize(("above", "below", "words"), STOPPED)
def test_to_stop_an_act_is_not_to_do_it(above: str, below: str, words: str | None) -> None:
    slot = polarity(above, [below])
    assert (slot is not None) == (words is not None), slot
    assert words is None or (slot is not None and words in (slot.child or "").lower())


def test_a_ban_for_a_while_is_less_than_a_ban() -> None:
    assert row(STALLS, STALLS.replace("Không", "Dừng")).verdict == "covered"
    for_now = row(STALLS, STALLS.replace("Không", "Tạm dừng"))
    assert (for_now.verdict, for_now.rule) == ("partial", "slot.modality")


LIST = "Rà soát, lập danh mục sạp hàng đủ điều kiện gửi Sở Công Thương tổng hợp trước ngày 15/3/2026."
FINE = "Kiểm tra, xử phạt nghiêm các hành vi bơm nước, tẩm màu thịt gia súc."

MISSING = [
    ("the first verb of a row", LIST, "Lập danh mục sạp hàng, gửi Sở Công Thương trước ngày 10/3/2026.", ("Rà soát", "đủ điều kiện", "tổng hợp")),
    ("the first member of a row", "Thay mái tôn, cột sắt tại chợ phiên.", "Thay cột sắt tại chợ phiên.", ("mái tôn",)),
    ("a head with a share in the same words", "Cấp thuốc, vật tư y tế cho trạm trực chợ.", "Cấp thuốc y tế cho trạm trực chợ.", ("vật tư",)),
    ("a head alone", "Họp chợ phiên; nội dung chuyên đề được niêm yết.", "Họp chợ phiên; chuyên đề được niêm yết.", ()),
    ("other work in the same item", "Duy trì đội trật tự; mỗi chợ có ít nhất 02 người trực đêm.", "Kiện toàn, duy trì đội trật tự; bảo đảm mỗi chợ có ít nhất 02 người trực đêm; mở sổ ghi hàng hóa ra vào kho lạnh.", ()),
    ("other work in its place", "Duy trì đội trật tự; mỗi chợ có ít nhất 02 người trực đêm.", "Kiện toàn, duy trì đội trật tự; mở sổ ghi hàng hóa ra vào kho lạnh.", ("mỗi chợ có ít nhất 02 người trực đêm",)),
    ("what a plan does not do", "Xây dựng kế hoạch thực hiện của địa phương, giao chỉ tiêu thu phí cho từng ban quản lý.", "Sơn lại biển tên chợ.", ("giao chỉ tiêu thu phí cho từng ban quản lý",)),
    ("words of manner alone", "Thực hiện đúng, đầy đủ quy trình thu phí chợ.", "Thực hiện quy trình thu phí chợ.", ()),
    ("a verb inside a row", FINE, "Kiểm tra, nhắc nhở các hành vi bơm nước thịt gia súc.", ("xử phạt nghiêm", "tẩm màu")),
    ("that verb alone", FINE, "Kiểm tra, nhắc nhở các hành vi bơm nước, tẩm màu thịt gia súc.", ("xử phạt nghiêm",)),
    ("what is only encouraged", "Vận động 100% tiểu thương ký cam kết giữ vệ sinh.", "Khuyến khích tiểu thương ký cam kết giữ vệ sinh.", ("Vận động 100%",)),
    ("what a condition takes back", "Lát gạch lối đi; thay mái tôn chợ phiên.", "Lát gạch lối đi; thay mái tôn chợ phiên nếu có điều kiện.", ("thay mái tôn chợ phiên",)),
    ("no verb cut in two", "Lắp đặt bảng giá bằng hai ngôn ngữ Việt - Anh tại các quầy hàng.", "Lắp bảng giá tiếng Việt tại các quầy hàng.", ("hai ngôn ngữ Việt - Anh",)),
    (
        "a day of the quarter",
        "Báo cáo kết quả thu phí về Sở Công Thương trước ngày 20 tháng cuối quý.",
        "Hằng quý báo cáo kết quả thu phí về Sở Công Thương.",
        ("trước ngày 20 tháng cuối quý",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "missing"), MISSING, ids=[c[0] for c in MISSING])
def test_missing_is_the_parents_clause(case: str, duty: str, below: str, missing: tuple[str, ...]) -> None:
    got = row(duty, below)
    assert (got.verdict, got.missing) == ("partial" if missing else "covered", missing), got.reason


HONEST = [
    ("a ban on all the staff", "Không sử dụng túi ni lông tại hội chợ.", "Cán bộ, công chức không sử dụng túi ni lông tại hội chợ do xã tổ chức.", "covered"),
    ("a ban on one of them", "Không sử dụng túi ni lông tại hội chợ.", "Công chức một cửa không sử dụng túi ni lông tại hội chợ do xã tổ chức.", "partial"),
    ("work of the staff is not the body's", "Sử dụng túi giấy tại hội chợ.", "Cán bộ, công chức sử dụng túi giấy tại hội chợ do xã tổ chức.", "partial"),
    (
        "one of two dates",
        "Báo cáo kết quả thu phí 06 tháng trước ngày 15/6/2026 và cả năm trước ngày 15/12/2026.",
        "Báo cáo kết quả thu phí cả năm trước ngày 15/12/2026.",
        "partial",
    ),
    (
        "both dates, one late",
        "Báo cáo kết quả thu phí 06 tháng trước ngày 15/6/2026 và cả năm trước ngày 15/12/2026.",
        "Báo cáo kết quả thu phí 06 tháng trước ngày 20/7/2026 và cả năm trước ngày 15/12/2026.",
        "contradicted",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "verdict"), HONEST, ids=[c[0] for c in HONEST])
def test_who_and_when(case: str, duty: str, below: str, verdict: str) -> None:
    got = row(duty, below)
    assert got.verdict == verdict, (got.reason, got.slots)


REASONS = [
    ("Đo độ ồn tại chợ hằng tuần.", "Đo độ ồn tại chợ hằng tháng.", "Kế hoạch con đặt tần suất thấp hơn: “hằng tháng” so với “hằng tuần”."),
    (
        "Đo độ ồn tại chợ trước ngày 30/6/2026.", "Đo độ ồn tại chợ trước ngày 31/7/2026.",
        "Kế hoạch con đặt thời hạn muộn hơn: “trước ngày 31/7/2026” so với “trước ngày 30/6/2026”.",
    ),
    ("Đặt 04 thùng rác tại chợ.", "Đặt 02 thùng rác tại chợ.", "Kế hoạch con ghi con số khác: “02 thùng rác” so với “04 thùng rác”."),
]  # fmt: skip


@pytest.mark.parametrize(("duty", "below", "reason"), REASONS)
def test_reasons_are_sentences(duty: str, below: str, reason: str) -> None:
    assert row(duty, below).reason == reason


def test_an_addressee_is_told_whole_and_the_issuer_apart() -> None:
    words = applies("UBND các xã, phường", "Sở Nội vụ").words
    assert words == "“UBND các xã, phường”: giao cho Ủy ban nhân dân các cấp (kế hoạch con do Sở Nội vụ ban hành)."


EXTRA = [
    ("less of it, though sooner", "Đạt ít nhất 30% sạp có cân đối chứng trước ngày 30/6/2026.", "Đạt ít nhất 20% sạp có cân đối chứng trước ngày 31/5/2026.", []),
    ("less often", "Phun khử khuẩn nền chợ hằng tuần.", "Phun khử khuẩn nền chợ, mỗi tháng phun một lần, có ghi sổ theo dõi lượng hóa chất.", []),
    ("a part of it, though sooner", LIST, "Lập danh mục sạp hàng, gửi Sở Công Thương trước ngày 10/3/2026.", ["repeats"]),
    ("all of it, sooner", "Phun khử khuẩn nền chợ trước ngày 30/6/2026.", "Phun khử khuẩn nền chợ trước ngày 31/5/2026.", ["stricter"]),
    ("more", "Phun khử khuẩn nền chợ.", "Phun khử khuẩn nền chợ; trồng hàng rào cây xanh quanh bãi xe.", ["goes_further"]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "duty", "below", "relations"), EXTRA, ids=[c[0] for c in EXTRA])
def test_what_is_condemned_is_not_praised(case: str, duty: str, below: str, relations: list[str]) -> None:
    got = found(duty, below)
    assert [e.relation for e in got.extra if e.text == below] == relations, (got.rows[0].reason, got.extra)


def test_a_named_supporter_is_told_so_and_does_not_go_further() -> None:
    above = PARENT.format(duty=STALLS) + (
        "2. Văn phòng Ủy ban nhân dân tỉnh chủ trì, phối hợp với Sở Nội vụ rà soát nội quy chợ.\n"
        "3. Văn phòng Ủy ban nhân dân tỉnh chủ trì, phối hợp với các sở, ban, ngành khảo sát tiểu thương.\n"
    )
    below = CHILD.replace("ỦY BAN NHÂN DÂN XÃ TÂN PHÚ\nSố: 09/KH-UBND", "ỦY BAN NHÂN DÂN TỈNH AN HÒA\nSỞ NỘI VỤ\nSố: 09/KH-SNV").format(
        duty="Phối hợp với Văn phòng Ủy ban nhân dân tỉnh rà soát nội quy chợ; cử 01 công chức dự các buổi làm việc."
    )
    got = audit(read(above, "cha.txt"), read(below, "con.txt"))
    named, among = got.rows[-2:]
    assert {named.verdict, among.verdict} == {"not_applicable"}
    assert named.applicability.endswith("Văn bản trên nêu Sở Nội vụ là cơ quan phối hợp.")
    assert among.applicability.endswith("Sở Nội vụ thuộc diện phối hợp (“các sở, ban, ngành”).")
    assert [e.relation for e in got.extra] == ["own"]

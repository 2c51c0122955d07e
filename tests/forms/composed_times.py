"""Times composed from parts with known values: bound × grain × spelling × place in the text, and phrases that are no times.

A maker draws one time («trước ngày 05/6/2026», «quý I, II và IV/2026», «ngày 10 hằng tháng») with what it says; ``tried`` writes it
where a plan may tell it and gives what is read otherwise. Words are drawn by a seed, so a run is the same everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from extractors.deadlines import find_deadlines
from schemas.record import Deadline
from tests.forms import times_cycles, times_ranges
from tests.forms.composed import plan, read_plan, upper
from tests.forms.times_calendar import ISSUED, MAKERS, ROMAN, Said, Time, a_day

MODULES = (times_cycles, times_ranges)
"""The modules that add makers beside those of ``times_calendar``."""

# Where a time stands; {t} as it is, {T} with a capital

CARRIERS: dict[str, tuple[str, ...]] = {
    "act": (
        "Hoàn thành việc rà soát quy hoạch điểm dân cư nông thôn {t}.",
        "Sở Tài chính tham mưu ban hành quy chế quản lý tài sản công, hoàn thành {t}.",
        "Lập danh mục dự án, gửi Sở Tài chính {t} để tổng hợp.",
        "Báo cáo Ủy ban nhân dân tỉnh {t}; đồng gửi Sở Nội vụ.",
        "{T}, Sở Nội vụ hoàn thành việc sắp xếp các đơn vị sự nghiệp.",
        "{T} phải hoàn thành việc kê khai đăng ký đất đai.",
        "Sở Xây dựng {t} phải hoàn thành việc cắm mốc chỉ giới.",
        "Rà soát, thống kê các công trình cấp nước tập trung ({t}).",
        "Rà soát các dự án chậm tiến độ; {t} trình cấp có thẩm quyền quyết định.",
        "Giao Sở Y tế xây dựng đề án thành lập trạm cấp cứu, trình {t}.",
    ),
    "span": (
        "Tổ chức tuyên truyền lưu động tại các thôn, bản {t}.",
        "{T}, các xã tổ chức kiểm tra hệ thống đê điều.",
        "Mở đợt cao điểm xử lý xe quá tải ({t}).",
        "Tổ chức các lớp tập huấn kỹ năng số, {t}.",
        "Triển khai thí điểm tại 05 xã {t}.",
    ),
    "cycle": (
        "Tổng hợp kết quả thực hiện, gửi Sở Nội vụ {t}.",
        "{T}, các đơn vị gửi báo cáo về Sở Nội vụ.",
        "{T} báo cáo kết quả thực hiện về Sở Nội vụ.",
        "Các xã báo cáo tình hình thực hiện {t} về Ủy ban nhân dân tỉnh.",
        "Kiểm tra, vệ sinh hệ thống cống thoát nước ({t}).",
        "Thực hiện chế độ báo cáo {t}.",
        "Sơ kết, đánh giá kết quả thực hiện {t}; kịp thời khen thưởng.",
    ),
    "term": (
        "Cung cấp hồ sơ, tài liệu cho Đoàn kiểm tra {t}.",
        "{T}, Sở Nội vụ trả lời bằng văn bản.",
        "Sở Nội vụ báo cáo Ủy ban nhân dân tỉnh {t}.",
        "Gửi hồ sơ về Sở Tài chính ({t}).",
    ),
    "event": (
        "Cung cấp thông tin, tài liệu cho Sở Nội vụ {t}.",
        "Báo cáo Ủy ban nhân dân tỉnh {t}.",
        "{T}, Sở Nội vụ tham mưu điều chỉnh Kế hoạch.",
        "Điều chỉnh, bổ sung phương án ({t}).",
        "Báo cáo đột xuất {t}.",
    ),
    "field": (
        "- Thời gian thực hiện: {T}.",
        "- Thời gian hoàn thành: {T};",
        "Thời hạn: {T}",
        "Tổ chức hội thi tay nghề. Thời gian: {t}.",
        "+ Tiến độ: {t}.",
        "(Thời gian thực hiện: {T})",
    ),
}  # fmt: skip


# Phrases with a date, a period or a length that are no times of a duty

NONE = (
    "Thực hiện Quyết định số 57/QĐ-UBND ngày {d}/2026 của Ủy ban nhân dân tỉnh.",
    "Phương án có hiệu lực kể từ ngày {d}/2026.",
    "Nghị định này có hiệu lực thi hành từ ngày {d}/2026, thay thế quy định trước đây.",
    "Triển khai Chương trình mục tiêu quốc gia giai đoạn {y} - {z} trên địa bàn.",
    "Xây dựng kế hoạch đầu tư công trung hạn giai đoạn {y}-{z}.",
    "Cụ thể hóa Đề án phát triển thủy sản đến năm {z}, tầm nhìn đến năm 2050.",
    "Báo cáo kết quả thực hiện nhiệm vụ năm {p}.",
    "Đánh giá tình hình thực hiện dự toán quý {q}/{p}.",
    "Công khai chỉ số cải cách hành chính năm {p} của các xã.",
    "Tổng hợp số liệu từ ngày 15/12/{pp} đến ngày 14/12/{p}.",
    "Thống kê số vụ cháy xảy ra trong năm {p}.",
    "So sánh với cùng kỳ năm {p} để tìm nguyên nhân.",
    "Rà soát cán bộ giữ chức vụ từ đủ {n} năm đến 5 năm.",
    "Lập danh sách trẻ em từ đủ {n} tuổi trở lên.",
    "Chăm sóc người cao tuổi từ 80 tuổi trở lên.",
    "Hỗ trợ hộ nghèo có thời gian cư trú trên {n} năm.",
    "Khen thưởng tập thể nhân dịp tổng kết {n} năm thực hiện phong trào.",
    "Tuyển dụng viên chức theo hợp đồng {n} tháng.",
    "Tổ chức lớp bồi dưỡng {n} ngày cho công chức cấp xã.",
    "Xây dựng phim tài liệu kỷ niệm {n} năm Ngày thành lập tỉnh.",
    "Kiện toàn Ban Chỉ đạo nhiệm kỳ {y}-{z}.",
    "Quán triệt Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ {y} - {z}.",
    "Phổ biến Luật Đất đai năm {p} đến cán bộ thôn.",
    "Phấn đấu đến năm {z} có 95% hộ dân dùng nước sạch.",
    "Bố trí {n} biên chế cho Trung tâm trong năm học {y}-{y1}.",
    "Tuyển sinh lớp 10 năm học {y}-{y1} đúng quy chế.",
    "Sử dụng dự toán năm {y} đã được giao.",
    "Bàn giao hồ sơ lưu trữ từ năm 2010 đến năm {p}.",
    "Mua sắm {n} máy tính, {n}/{n} phòng học.",
    "Quản lý chặt chẽ {n} tuyến đường, đoạn Km{n} - Km12.",
    "Đạt tỷ lệ {n}/10 xã; trồng mới 5-7 ha rừng.",
    "Nâng mức hỗ trợ từ 3 đến 5-7 triệu đồng một hộ.",
    "Sửa chữa nhà số 5-7 đường Trần Phú.",
    "Cập nhật phần mềm phiên bản 2.1, biểu mẫu Q4 và T2.",
    "Khoanh vùng khu vực Q.3, phường An Hòa.",
    "Kiểm tra giấy phép cấp ngày {d}/{p} của cơ sở.",
    "Giải quyết đơn đề ngày {d}/{p} của công dân.",
    "Khắc phục thiệt hại do trận lũ ngày {d}/{p} gây ra.",
    "Giám sát hộ kinh doanh hoạt động từ năm {p} đến nay.",
    "Mức hỗ trợ không tăng so với trước 5-7 triệu đồng.",
    "Cứ {n} tháng lại tăng thêm một tổ hòa giải.",
    "Tổng hợp kết quả các tháng 1, 2 và 3 của đơn vị.",
    "Nghỉ Tết từ mùng 1 đến mùng 5.",
    "Chuyển giao từ 20 đến 25/28 trạm cấp nước.",
    "Trong nửa cuối năm {p}, kinh tế tiếp tục tăng trưởng.",
    "Bảo đảm thời gian làm việc 08 giờ/ngày, 05 ngày/tuần.",
)


def misses(rng: random.Random) -> Iterator[str]:
    """The phrases with numbers drawn."""
    day, year = a_day(rng), rng.choice((2026, 2027))
    parts = {
        "d": f"{day.day:02}/{day.month}", "y": year, "y1": year + 1, "z": year + 4 + year % 2, "p": 2025, "pp": 2024, "n": f"{rng.randint(2, 9):02}",
        "q": rng.choice(ROMAN),
    }  # fmt: skip
    for phrase in NONE:
        yield phrase.format_map(parts)


def surplus(seed: int) -> list[str]:
    """What is read as a time in phrases that tell none."""
    return [f"{text!r}: {d.text!r}" for text in misses(random.Random(seed)) for d in find_deadlines(text, issued_on=ISSUED)]




def written(time: Time) -> Iterator[str]:
    """The texts that tell the time: in sentences that suit it, and as a field."""
    kinds = ("field",) if time.fits == "field" else (time.fits, "field")
    for kind in kinds:
        for frame in CARRIERS[kind]:
            yield frame.replace("{T}", upper(time.words)).replace("{t}", time.words)


def said(found: Deadline) -> Said:
    rules = found.rrules or ((found.rrule,) if found.rrule else ())
    inclusive = found.inclusive or found.kind != "date"
    return Said(found.text.casefold(), found.kind, found.start_on, found.due, inclusive, rules)


def errors(time: Time) -> list[str]:
    """One line for each text that is read otherwise than the time says."""
    want = [Said(s.words.casefold(), s.kind, s.start_on, s.due, s.inclusive, s.rules) for s in time.says]
    out = []
    for text in written(time):
        have = [said(d) for d in find_deadlines(text, issued_on=ISSUED)]
        if have != want:
            out.append(f"{text!r} read as {have}, not {want}")
    return out


def tried(name: str, seed: int) -> list[str]:
    return errors(MAKERS[name](random.Random(f"{name} {seed}")))


def tabled(seed: int, count: int = 14) -> list[str]:
    """One table, a row for each time drawn, and a list of duties with a line «Thời gian thực hiện» each: what a whole plan reads otherwise."""
    rng = random.Random(seed)
    times = [MAKERS[name](random.Random(f"{name} {seed}")) for name in rng.sample(sorted(MAKERS), count)]
    acts = [f"Rà soát hồ sơ của đợt kiểm kê số {n} tại các xã" for n in range(1, count + 1)]
    rows = [f"| {n} | {a} | Sở Nội vụ | {upper(t.words)} |" for n, (a, t) in enumerate(zip(acts, times, strict=True), 1)]
    table = ["| TT | Nội dung công việc | Cơ quan chủ trì | Thời gian thực hiện |", "|---|---|---|---|", *rows]
    lines = [f"{n}. {a}.\n- Thời gian thực hiện: {upper(t.words)}." for n, (a, t) in enumerate(zip(acts, times, strict=True), 1)]
    out = []
    for text in ("\n".join(table), "\n".join(lines)):
        record = read_plan(plan(text))
        by_id = {d.id: d for d in record.deadlines}
        for act, time in zip(acts, times, strict=True):
            want = [Said(s.words.casefold(), s.kind, s.start_on, s.due, s.inclusive, s.rules) for s in time.says]
            have = [said(by_id[i]) for d in record.duties if act in d.text for i in d.deadlines]
            if have != want:
                out.append(f"{time.words!r} read as {have}, not {want}")
    return out

"""Recurrences, terms counted from an event, and events, composed from parts."""

from __future__ import annotations

import random

from tests.forms.times_calendar import Time, a_day, maker, one

_EVERY = ("hằng", "hàng", "mỗi")
_UNITS = {"ngày": "FREQ=DAILY", "tuần": "FREQ=WEEKLY", "tháng": "FREQ=MONTHLY", "quý": "FREQ=MONTHLY;INTERVAL=3", "năm": "FREQ=YEARLY"}
_HALF = "FREQ=MONTHLY;INTERVAL=6"


@maker
def cycle(rng: random.Random) -> Time:
    unit = rng.choice(tuple(_UNITS))
    before = rng.choice(("", "", "định kỳ ", "định kỳ, "))
    return one(f"{before}{rng.choice(_EVERY[:2] if before else _EVERY)} {unit}", "recurring", rules=[_UNITS[unit]], fits="cycle")


@maker
def cycle_of_several_months(rng: random.Random) -> Time:
    words, rule = rng.choice((
        ("định kỳ 06 tháng", _HALF), ("định kỳ 6 tháng một lần", _HALF), ("6 tháng/lần", _HALF), ("06 tháng một lần", _HALF),
        ("định kỳ 06 (sáu) tháng", _HALF), ("định kỳ 03 tháng/lần", "FREQ=MONTHLY;INTERVAL=3"), ("định kỳ 2 năm một lần", "FREQ=YEARLY;INTERVAL=2"),
        ("05 năm một lần", "FREQ=YEARLY;INTERVAL=5"), ("mỗi 6 tháng", _HALF), ("cứ 6 tháng một lần", _HALF), ("hai tuần một lần", "FREQ=WEEKLY;INTERVAL=2"),
        ("định kỳ mỗi quý một lần", "FREQ=MONTHLY;INTERVAL=3"), ("mỗi quý một lần", "FREQ=MONTHLY;INTERVAL=3"),
        ("hằng quý một lần", "FREQ=MONTHLY;INTERVAL=3"), ("định kỳ hằng năm một lần", "FREQ=YEARLY"), ("mỗi năm một lần", "FREQ=YEARLY"),
        ("01 lần/năm", "FREQ=YEARLY"), ("theo từng quý", "FREQ=MONTHLY;INTERVAL=3"), ("mùng 5 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("01 buổi/tuần vào chiều thứ Năm", "FREQ=WEEKLY;BYDAY=TH"), ("vào các tháng 3, 6, 9 hằng năm", "FREQ=YEARLY;BYMONTH=3,6,9"), ("ít nhất 01 lần/quý", "FREQ=MONTHLY;INTERVAL=3"), ("mỗi tháng ít nhất 01 lần", "FREQ=MONTHLY"),
        ("01 năm/lần", "FREQ=YEARLY"), ("1 quý/lần", "FREQ=MONTHLY;INTERVAL=3"), ("tối thiểu một lần mỗi tháng", "FREQ=MONTHLY"),
    ))  # fmt: skip
    return one(words, "recurring", rules=[rule], fits="cycle")


@maker
def cycles_together(rng: random.Random) -> Time:
    month, quarter, year = _UNITS["tháng"], _UNITS["quý"], _UNITS["năm"]
    nine = "FREQ=MONTHLY;INTERVAL=9"
    words, rules = rng.choice((
        ("định kỳ 6 tháng, năm", (_HALF, year)), ("định kỳ 6 tháng và cả năm", (_HALF, year)), ("định kỳ hằng quý, 6 tháng và cả năm", (quarter, _HALF, year)),
        ("định kỳ 6 tháng/quý và cả năm", (quarter, _HALF, year)), ("định kỳ quý, 6 tháng, 9 tháng và năm", (quarter, _HALF, nine, year)),
        ("hằng tháng, hằng quý, hằng năm", (month, quarter, year)), ("hằng tháng, quý, 6 tháng, năm", (month, quarter, _HALF, year)),
        ("định kỳ tháng, quý, năm", (month, quarter, year)), ("định kỳ hằng tháng, quý, 6 tháng, 9 tháng, năm", (month, quarter, _HALF, nine, year)),
        ("định kỳ 6 tháng, hằng năm", (_HALF, year)), ("định kỳ 06 tháng, 01 năm", (_HALF, year)), ("định kỳ 6 tháng đầu năm và cả năm", (_HALF, year)),
        ("hằng quý và hằng năm", (quarter, year)), ("định kỳ hằng quý, hằng năm", (quarter, year)), ("6 tháng, hằng năm", (_HALF, year)),
        ("định kỳ 06 tháng, hàng năm", (_HALF, year)), ("định kỳ (6 tháng, năm)", (_HALF, year)), ("định kỳ hằng tháng, hằng quý", (month, quarter)),
        ("hằng tuần, hằng tháng", ("FREQ=WEEKLY", month)), ("định kỳ theo quý, 6 tháng, năm", (quarter, _HALF, year)),
        ("định kỳ tháng/quý/năm", (month, quarter, year)), ("định kỳ: quý, 6 tháng, năm", (quarter, _HALF, year)),
        ("định kỳ 3 tháng, 6 tháng, 9 tháng, năm", (quarter, _HALF, nine, year)), ("định kỳ 6 tháng và hằng năm", (_HALF, year)),
        ("định kỳ 6 tháng, 1 năm", (_HALF, year)), ("định kỳ hằng quý và 6 tháng, cả năm", (quarter, _HALF, year)),
    ))  # fmt: skip
    return one(words, "recurring", rules=rules, fits="cycle")


@maker
def day_of_each_month(rng: random.Random) -> Time:
    days = sorted(rng.sample(range(1, 29), rng.choice((1, 1, 1, 2, 3))))
    names = [f"{d:02}" for d in days]
    listed = ", ".join(names[:-1]) + rng.choice((" và ", " và ngày ", ", ")) + names[-1] if len(names) > 1 else names[0]
    side = rng.choice(("trước ngày ", "vào ngày ", "chậm nhất ngày ", "chậm nhất là ngày ", "ngày ", "chậm nhất vào ngày ", "đến ngày ", "muộn nhất là ngày "))
    if len(days) > 1:
        side = rng.choice(("trước ngày ", "vào ngày ", "vào các ngày ", "ngày ", "các ngày "))
    tail = rng.choice((" hằng tháng", " hàng tháng", " mỗi tháng", " của tháng", " của mỗi tháng", ", hằng tháng"))
    rules = ["FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, days))]
    return one(side + listed + tail, "recurring", rules=rules, fits="cycle")


@maker
def month_then_day(rng: random.Random) -> Time:
    """«hằng tháng, trước ngày 20»: the cycle and its day, one time."""
    day = rng.randint(2, 28)
    words = rng.choice((
        f"hằng tháng (trước ngày {day:02})", f"hằng tháng, trước ngày {day:02}", f"định kỳ hằng tháng trước ngày {day:02}", f"hàng tháng vào ngày {day:02}",
        f"định kỳ vào ngày {day:02} hằng tháng", f"định kỳ trước ngày {day:02} hằng tháng", f"hằng tháng (chậm nhất ngày {day:02})",
        f"định kỳ hằng tháng (trước ngày {day:02} của tháng)", f"hằng tháng, chậm nhất là ngày {day:02}", f"định kỳ hằng tháng, trước ngày {day:02} của tháng",
    ))  # fmt: skip
    return one(words, "recurring", rules=[f"FREQ=MONTHLY;BYMONTHDAY={day}"], fits="cycle")


@maker
def day_of_quarters(rng: random.Random) -> Time:
    day = rng.randint(2, 28)
    rule = f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day}"
    words = rng.choice((
        f"trước ngày {day:02} của tháng cuối quý", f"trước ngày {day:02} tháng cuối quý", f"hằng quý (trước ngày {day:02} của tháng cuối quý)",
        f"định kỳ hằng quý trước ngày {day:02} của tháng cuối quý", f"trước ngày {day:02} tháng cuối cùng của quý", f"trước ngày {day:02} của tháng cuối mỗi quý",
        f"hằng quý, trước ngày {day:02} tháng cuối của quý", f"trước ngày {day:02} của tháng cuối cùng hằng quý",
        f"trước ngày {day:02}/3, {day:02}/6, {day:02}/9 và {day:02}/12 hằng năm", f"trước ngày {day:02} các tháng 3, 6, 9 và 12 hằng năm",
        f"trước ngày {day:02} của các tháng 3, 6, 9, 12 hằng năm",
    ))  # fmt: skip
    return one(words, "recurring", rules=[rule], fits="cycle")


@maker
def days_of_each_year(rng: random.Random) -> Time:
    day = a_day(rng)
    side = rng.choice(("trước ngày ", "chậm nhất ngày ", "vào ngày ", "chậm nhất là ngày ", "trước "))
    every = rng.choice((" hằng năm", " hàng năm", " mỗi năm", " của mỗi năm", ", hằng năm"))
    if rng.random() < 0.5:
        words, rules = f"{side}{day.day:02}/{day.month}{every}", [f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"]
    else:
        joint = rng.choice((" và ", " và ngày ", ", "))
        words, rules = f"{side}{day.day:02}/6{joint}{day.day:02}/12{every}", [f"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY={day.day}"]
        if day.day == 31:
            return days_of_each_year(rng)
    return one(words, "recurring", rules=rules, fits="cycle")


@maker
def year_then_day(rng: random.Random) -> Time:
    day = a_day(rng)
    d = f"{day.day:02}/{day.month}"
    words = rng.choice((
        f"hằng năm, trước ngày {d}", f"hằng năm (trước ngày {d})", f"định kỳ hằng năm trước ngày {d}", f"hằng năm trước ngày {d}", f"trước ngày {d} hằng năm",
        f"định kỳ hằng năm (trước ngày {d})", f"định kỳ vào ngày {d} hằng năm", f"định kỳ trước ngày {d} hằng năm",
    ))  # fmt: skip
    return one(words, "recurring", rules=[f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"], fits="cycle")


@maker
def period_of_each_year(rng: random.Random) -> Time:
    month = rng.randint(1, 12)
    words, rules = rng.choice((
        (f"vào tháng {month} hằng năm", [f"FREQ=YEARLY;BYMONTH={month}"]), (f"trong tháng {month} hằng năm", [f"FREQ=YEARLY;BYMONTH={month}"]),
        (f"tháng {month} hằng năm", [f"FREQ=YEARLY;BYMONTH={month}"]),
    ))  # fmt: skip
    return one(words, "recurring", rules=rules, fits="cycle")


@maker
def weekday(rng: random.Random) -> Time:
    name, code = rng.choice((("thứ Hai", "MO"), ("thứ Tư", "WE"), ("thứ Sáu", "FR"), ("thứ 5", "TH"), ("Thứ Sáu", "FR")))
    words = rng.choice((f"vào {name} hằng tuần", f"{name} hằng tuần", f"vào ngày {name} hàng tuần", f"trước 16 giờ {name} hằng tuần", f"chiều {name} hằng tuần",
                        f"sáng {name} mỗi tuần", f"trước 10h00 {name} hằng tuần", f"chậm nhất 16 giờ 00 {name} hằng tuần", f"vào chiều {name} hằng tuần"))  # fmt: skip
    return one(words, "recurring", rules=[f"FREQ=WEEKLY;BYDAY={code}"], fits="cycle")


@maker
def weekday_of_month(rng: random.Random) -> Time:
    name, code = rng.choice((("thứ Hai", "MO"), ("thứ Năm", "TH"), ("thứ Sáu", "FR")))
    words, days = rng.choice((
        (f"vào {name} đầu tiên của tháng", f"1{code}"), (f"vào chiều {name} cuối cùng của tháng", f"-1{code}"), (f"vào {name} tuần thứ hai hằng tháng", f"2{code}"),
        (f"vào {name} tuần thứ hai và tuần thứ tư hằng tháng", f"2{code},4{code}"), (f"{name} tuần đầu hằng tháng", f"1{code}"),
    ))  # fmt: skip
    return one(words, "recurring", rules=[f"FREQ=MONTHLY;BYDAY={days}"], fits="cycle")


@maker
def stretch_of_each_period(rng: random.Random) -> Time:
    day = rng.randint(11, 28)
    words, rule = rng.choice((
        ("trong 05 ngày đầu tháng", "FREQ=MONTHLY"), ("trong 05 ngày làm việc đầu tiên của tháng", "FREQ=MONTHLY"), ("trong 10 ngày đầu của quý", "FREQ=MONTHLY;INTERVAL=3"),
        (f"từ ngày 05 đến ngày {day} hằng tháng", f"FREQ=MONTHLY;BYMONTHDAY={day}"), ("trong 10 ngày cuối quý", "FREQ=MONTHLY;INTERVAL=3"),
    ))  # fmt: skip
    return one(words, "recurring", rules=[rule], fits="field")


@maker
def day_of_the_planned_year(rng: random.Random) -> Time:
    day = a_day(rng)
    words = f"{rng.choice(('trước', 'chậm nhất'))} ngày {day.day:02}/{day.month}{rng.choice((' năm trước', ' của năm báo cáo', ' năm trước năm kế hoạch', ' năm trước liền kề'))}"
    return one(words, "recurring", rules=[f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"])


# Terms and events

_COUNTS = ("05", "10", "15", "03", "02", "07", "30", "10 (mười)", "05 (năm)")


@maker
def term(rng: random.Random) -> Time:
    count = rng.choice(_COUNTS)
    work = rng.choice((" làm việc", ""))
    lead = rng.choice(("trong thời hạn ", "trong vòng ", "chậm nhất ", "chậm nhất sau ", "không quá ", "trong ", "chậm nhất là ", "tối đa ", "trong thời gian ",
                       "trong thời hạn không quá ", "trong thời hạn tối đa ", "muộn nhất "))  # fmt: skip
    anchor = rng.choice((
        " kể từ ngày nhận được văn bản đề nghị", " kể từ ngày Kế hoạch này được ban hành", ", kể từ ngày nhận đủ hồ sơ hợp lệ", " sau khi kết thúc đợt kiểm tra",
        " kể từ khi nhận được kiến nghị", " tính từ ngày ký ban hành", " sau khi có kết luận thanh tra", " kể từ thời điểm phát hiện sự cố", " từ ngày nhận được yêu cầu",
    ))  # fmt: skip
    return one(f"{lead}{count} ngày{work}{anchor}", "relative", due=f"P{int(count.split()[0])}D", fits="term")


@maker
def term_of_other_units(rng: random.Random) -> Time:
    words, due = rng.choice((
        ("trong vòng 24 giờ kể từ khi nhận được thông tin", "PT24H"), ("trong vòng 02 tuần kể từ ngày khai mạc", "P2W"),
        ("trong thời hạn 03 tháng kể từ ngày quyết định có hiệu lực", "P3M"), ("chậm nhất 48 giờ sau khi xảy ra sự cố", "PT48H"),
        ("sau 06 tháng kể từ ngày vận hành thử", "P6M"), ("trong thời hạn 01 năm kể từ ngày bàn giao", "P1Y"), ("trong 02 giờ kể từ khi phát hiện ổ dịch", "PT2H"),
        ("trong vòng 15 phút kể từ khi nhận tin báo", "PT15M"), ("trong vòng 30 phút sau khi nhận tin báo", "PT30M"), ("không quá 02 giờ kể từ khi tiếp nhận tin báo", "PT2H"),
    ))  # fmt: skip
    return one(words, "relative", due=due, fits="term")


@maker
def lead_time(rng: random.Random) -> Time:
    words, due = rng.choice((
        ("trước ngày khai mạc 05 ngày", "P5D"), ("chậm nhất 03 ngày làm việc trước ngày tổ chức hội nghị", "P3D"), ("trước khi họp 07 ngày", "P7D"),
        ("ít nhất 10 ngày trước khi khởi công", "P10D"), ("trước ít nhất 05 ngày làm việc", "P5D"), ("trước ngày tổ chức hội nghị ít nhất 03 ngày làm việc", "P3D"),
        ("chậm nhất 02 ngày trước ngày khai giảng", "P2D"), ("trước kỳ họp 15 ngày", "P15D"), ("chậm nhất trước 03 ngày so với ngày họp", "P3D"),
    ))  # fmt: skip
    return one(words, "relative", due=due, fits="term")


@maker
def event(rng: random.Random) -> Time:
    words = rng.choice((
        "khi có yêu cầu", "khi cần thiết", "khi có chỉ đạo của cấp trên", "khi phát sinh vướng mắc", "khi có thay đổi về nhân sự",
        "sau khi có hướng dẫn của Bộ Nội vụ", "ngay sau khi Nghị quyết được thông qua", "khi có văn bản hướng dẫn của Trung ương", "ngay sau khi Kế hoạch được ban hành",
        "khi phát hiện vi phạm", "sau khi được cấp có thẩm quyền phê duyệt", "trong trường hợp cần thiết",
        "khi có tình huống phát sinh", "trước khi trình Hội đồng nhân dân tỉnh", "ngay khi nhận được thông tin", "khi có thông báo của Sở Tài chính",
        "sau mỗi đợt kiểm tra", "sau khi kết thúc năm học", "khi được yêu cầu", "khi xét thấy cần thiết", "khi có phát sinh", "khi có nhu cầu",
    ))  # fmt: skip
    return one(words, "event", fits="event")


@maker
def event_in_a_field(rng: random.Random) -> Time:
    words = rng.choice((
        "theo yêu cầu", "theo yêu cầu của cơ quan có thẩm quyền", "theo hướng dẫn của Bộ Nội vụ", "theo kế hoạch của Bộ Y tế", "đột xuất", "khi có yêu cầu",
        "theo lịch của Đoàn kiểm tra", "sau khi được phê duyệt", "khi có phát sinh", "theo kế hoạch của Tỉnh ủy", "sau kỳ họp", "trước khai giảng",
    ))  # fmt: skip
    return one(words, "event", fits="field")

"""Ranges, and times that stand several in one phrase or are spelled in rarer ways."""

from __future__ import annotations

import random

from tests.forms.times_calendar import ISSUED, ROMAN, Said, Time, a_day, maker, month_end, one, quarter_span

YEARLY, HALF_YEARLY = "FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6"


@maker
def range_of_days(rng: random.Random) -> Time:
    first, last = sorted((a_day(rng), a_day(rng)))
    if first == last:
        return range_of_days(rng)
    a, b = f"{first.day:02}/{first.month}", f"{last.day:02}/{last.month}"
    words, until = rng.choice((
        (f"từ ngày {a}/2026 đến ngày {b}/2026", last), (f"từ ngày {a} đến ngày {b}/2026", last), (f"từ {a} đến {b}/2026", last),
        (f"từ ngày {a}/2026 đến hết ngày {b}/2026", last), (f"từ ngày {a} - {b}/2026", last), (f"từ {a}/2026 - {b}/2026", last),
        (f"từ ngày {a}/2026 cho đến ngày {b}/2026", last), (f"từ ngày {a}/2026 tới ngày {b}/2026", last),
        (f"từ ngày {first.day} tháng {first.month} đến ngày {last.day} tháng {last.month} năm 2026", last),
        (f"bắt đầu từ ngày {a}/2026 đến ngày {b}/2026", last), (f"kể từ ngày {a}/2026 đến hết ngày {b}/2026", last),
        (f"từ 7 giờ 00 ngày {a}/2026 đến 17 giờ 00 ngày {b}/2026", last),
    ))  # fmt: skip
    return one(words, "range", first.isoformat(), until.isoformat(), fits="span")


@maker
def range_in_a_month(rng: random.Random) -> Time:
    month = rng.randint(2, 12)
    first = rng.randint(1, 20)
    last = rng.randint(first + 1, 28)
    words = rng.choice((
        f"từ ngày {first:02} đến ngày {last:02}/{month}/2026", f"từ ngày {first} đến {last}/{month}/2026", f"từ ngày {first} - {last}/{month}/2026",
        f"ngày {first:02}-{last:02}/{month}/2026", f"từ {first:02}-{last:02}/{month}/2026", f"từ ngày {first} đến ngày {last} tháng {month} năm 2026",
        f"từ ngày {first:02} đến hết ngày {last:02}/{month}/2026", f"trong các ngày {first:02} - {last:02}/{month}/2026",
    ))  # fmt: skip
    return one(words, "range", f"2026-{month:02}-{first:02}", f"2026-{month:02}-{last:02}", fits="span" if words[0] == "t" else "field")


@maker
def range_of_months(rng: random.Random) -> Time:
    first = rng.randint(2, 10)
    last = rng.randint(first + 1, 12)
    words = rng.choice((
        f"từ tháng {first} đến tháng {last}/2026", f"từ tháng {first:02}/2026 đến tháng {last:02}/2026", f"từ tháng {first} đến hết tháng {last}/2026",
        f"từ tháng {first} - tháng {last}/2026", f"từ tháng {first}-{last}/2026", f"từ tháng {first} đến tháng {last} năm 2026",
        f"từ tháng {first}/2026 - {last}/2026", f"tháng {first} - {last}/2026", f"từ T{first}/2026 đến T{last}/2026",
        f"T{first}/2026 - T{last}/2026", f"từ đầu tháng {first} đến cuối tháng {last}/2026", f"từ T{first} đến T{last}/2026",
        f"từ {first}/2026 đến {last}/2026", f"T{first}-T{last}/2026",
    ))  # fmt: skip
    return one(words, "range", f"2026-{first:02}-01", month_end(last), fits="span" if words.startswith("từ") else "field")


@maker
def range_of_quarters(rng: random.Random) -> Time:
    first = rng.randint(1, 3)
    last = rng.randint(first + 1, 4)
    a, b = ROMAN[first - 1], ROMAN[last - 1]
    words = rng.choice((
        f"từ quý {a} đến quý {b}/2026", f"từ quý {a}/2026 đến quý {b}/2026", f"từ quý {a} - quý {b}/2026", f"quý {a} - quý {b}/2026",
        f"quý {a} - {b}/2026", f"quý {a}-{b}/2026", f"từ quý {a} đến hết quý {b} năm 2026", f"Q{first} - Q{last}/2026", f"quý {a}/2026 - quý {b}/2026",
    ))  # fmt: skip
    return one(words, "range", quarter_span(first)[0], quarter_span(last)[1], fits="span" if words.startswith("từ") else "field")


@maker
def range_over_new_year(rng: random.Random) -> Time:
    first, last = rng.randint(8, 12), rng.randint(1, 5)
    words = rng.choice((f"từ tháng {first}/2026 đến tháng {last}/2027", f"từ tháng {first} năm 2026 đến tháng {last} năm 2027",
                        f"từ tháng {first} năm 2026 đến hết tháng {last} năm 2027"))  # fmt: skip
    return one(words, "range", f"2026-{first:02}-01", month_end(last, 2027), fits="span")


@maker
def range_of_years(rng: random.Random) -> Time:
    first = rng.choice((2026, 2027))
    last = first + rng.randint(1, 3)
    words = rng.choice((f"giai đoạn {first} - {last}", f"giai đoạn {first}-{last}", f"{first} - {last}", f"từ năm {first} đến năm {last}",
                        f"từ năm {first} đến {last}", f"giai đoạn từ năm {first} đến năm {last}", f"năm {first} - {last}", f"từ {first} - {last}",
                        f"từ năm {first} - {last}", f"{first}-{last}", f"{first}–{last}"))  # fmt: skip
    return one(words, "range", f"{first}-01-01", f"{last}-12-31", fits="field")


@maker
def range_from_now(rng: random.Random) -> Time:
    day = a_day(rng)
    words, due = rng.choice((
        (f"từ nay đến ngày {day.day:02}/{day.month}/2026", day.isoformat()), ("từ nay đến hết năm 2026", "2026-12-31"), ("từ nay đến cuối năm 2026", "2026-12-31"),
        (f"từ nay đến hết tháng {day.month}/2026", month_end(day.month)), ("từ nay đến hết quý II/2026", "2026-06-30"), ("từ nay đến cuối năm", "2026-12-31"),
        (f"từ nay đến tháng {day.month}/2026", month_end(day.month)), ("kể từ nay đến hết năm 2026", "2026-12-31"),
    ))  # fmt: skip
    return one(words, "range", ISSUED, due, fits="span")


@maker
def range_open(rng: random.Random) -> Time:
    day = a_day(rng)
    words, start = rng.choice((
        (f"từ ngày {day.day:02}/{day.month}/2026", day.isoformat()), (f"kể từ ngày {day.day:02}/{day.month}/2026", day.isoformat()),
        (f"bắt đầu từ ngày {day.day:02}/{day.month}/2026", day.isoformat()), (f"từ tháng {day.month}/2026", f"2026-{day.month:02}-01"),
        ("từ quý II/2026", "2026-04-01"), ("bắt đầu từ quý III/2026", "2026-07-01"), (f"từ tháng {day.month}/2026 trở đi", f"2026-{day.month:02}-01"),
    ))  # fmt: skip
    return one(words, "range", start, None, fits="span")


# Several in one phrase, windows of a cycle, orders of words


def both(joint: str, *times: Time, fits: str = "field") -> Time:
    """Times side by side, each what it says alone."""
    return Time(joint.join(t.words for t in times), tuple(s for t in times for s in t.says), fits)


@maker
def two_times(rng: random.Random) -> Time:
    first = rng.choice((
        one("thường xuyên", "continuous"), one("hằng năm", "recurring", rules=["FREQ=YEARLY"]), one("quý II/2026", "date", *quarter_span(2)),
        one("tháng 3/2026", "date", "2026-03-01", "2026-03-31"),
    ))  # fmt: skip
    second = rng.choice((
        one("trước ngày 20/12/2026", due="2026-12-20", inclusive=False), one("định kỳ 6 tháng", "recurring", rules=[HALF_YEARLY]),
        one("khi có yêu cầu", "event"), one("tháng 10/2026", "date", "2026-10-01", "2026-10-31"), one("trong năm 2026", "date", "2026-01-01", "2026-12-31"),
    ))  # fmt: skip
    return both(rng.choice(("; ", ", ", " và ")), first, second)


@maker
def year_and_the_next(rng: random.Random) -> Time:
    words, says = rng.choice((
        ("năm 2026 và các năm tiếp theo", Said("năm 2026", "date", "2026-01-01", "2026-12-31")),
        ("quý II/2026 và những năm tiếp theo", Said("quý II/2026", "date", "2026-04-01", "2026-06-30")),
        ("trong năm 2026 và hằng năm", None),
    ))  # fmt: skip
    if says is None:
        return Time(words, (Said("trong năm 2026", "date", "2026-01-01", "2026-12-31"), Said("hằng năm", "recurring", rules=("FREQ=YEARLY",))), "field")
    return Time(words, (says,), "field")


@maker
def quarters_otherwise(rng: random.Random) -> Time:
    words, first, last = rng.choice((
        ("quý I và II/2026", 1, 2), ("quý I,II/2026", 1, 2), ("Quý I, II, III, IV/2026", 1, 4), ("Quý I,II,III,IV/2026", 1, 4), ("Quý II+III/2026", 2, 3),
        ("quý 1, 2/2026", 1, 2), ("quý 2 và quý 3/2026", 2, 3), ("quý I, quý II năm 2026", 1, 2), ("Quý III và Quý IV năm 2026", 3, 4), ("QI, QII/2026", 1, 2),
        ("QI-QIV/2026", 1, 4), ("Q1, Q2/2026", 1, 2), ("Q3-Q4/2026", 3, 4), ("QIII - QIV/2026", 3, 4), ("Quý I & II/2026", 1, 2), ("quý II; quý III/2026", 2, 3),
        ("từ quý I đến hết quý III/2026", 1, 3), ("Q.I - Q.II/2026", 1, 2), ("quý 3 - quý 4/2026", 3, 4), ("quý 1 - 4/2026", 1, 4), ("quý I đến quý IV/2026", 1, 4),
    ))  # fmt: skip
    return one(words, "range", quarter_span(first)[0], quarter_span(last)[1], fits="field")


@maker
def quarter_other_names(rng: random.Random) -> Time:
    words, quarter = rng.choice((
        ("quý 02/2026", 2), ("quý một năm 2026", 1), ("quý hai/2026", 2), ("quý tư năm 2026", 4), ("quý thứ ba năm 2026", 3), ("Quý 2/ 2026", 2), ("QUÝ III/2026", 3),
        ("quý IV của năm 2026", 4), ("quý iv/2026", 4), ("Quý IV.2026", 4), ("quýIII/2026", 3), ("quý bốn năm 2026", 4),
    ))  # fmt: skip
    return one(words, "date", *quarter_span(quarter), fits="field")


@maker
def months_on_end(rng: random.Random) -> Time:
    words, first, last = rng.choice((
        ("tháng 5, 6/2026", 5, 6), ("tháng 4, 5, 6 năm 2026", 4, 6), ("tháng 5 và 6/2026", 5, 6), ("tháng 5 và tháng 6 năm 2026", 5, 6), ("tháng 4+5/2026", 4, 5),
        ("tháng 04,05/2026", 4, 5), ("tháng 3 đến tháng 5/2026", 3, 5), ("tháng 3-5/2026", 3, 5), ("Tháng 3/2026-5/2026", 3, 5), ("Tháng 03/2026 đến tháng 08/2026", 3, 8),
        ("03/2026 - 08/2026", 3, 8), ("3/2026-8/2026", 3, 8), ("T3-T5/2026", 3, 5), ("T3 - 5/2026", 3, 5), ("T3/2026-T5/2026", 3, 5), ("từ tháng 3 đến 5/2026", 3, 5),
        ("tháng 3 ÷ 5/2026", 3, 5), ("03-05/2026", 3, 5), ("từ 3 đến 5/2026", 3, 5), ("các tháng 4, 5, 6 năm 2026", 4, 6), ("3/2026 đến 8/2026", 3, 8),
    ))  # fmt: skip
    return one(words, "range", f"2026-{first:02}-01", month_end(last), fits="field")


@maker
def month_other_names(rng: random.Random) -> Time:
    words, month = rng.choice((
        ("tháng 9 của năm 2026", 9), ("THÁNG 9/2026", 9), ("Tháng 9/26", 9),
        ("tháng9/2026", 9), ("tháng 9 /2026", 9), ("tháng 9/ 2026", 9), ("T9.2026", 9), ("T9-2026", 9), ("T9 năm 2026", 9), ("tháng 09.2026", 9),
    ))  # fmt: skip
    return one(words, "date", f"2026-{month:02}-01", month_end(month), fits="field")


@maker
def range_of_other_grains(rng: random.Random) -> Time:
    words, start, due = rng.choice((
        ("từ quý II/2026 đến hết năm 2026", "2026-04-01", "2026-12-31"), ("từ tháng 3 đến hết năm 2026", "2026-03-01", "2026-12-31"),
        ("từ quý III/2026 đến quý I/2027", "2026-07-01", "2027-03-31"), ("từ tháng 3/2026 đến cuối năm 2026", "2026-03-01", "2026-12-31"),
        ("từ ngày 01/3/2026 đến hết tháng 6/2026", "2026-03-01", "2026-06-30"), ("từ ngày 01/3/2026 đến hết năm 2026", "2026-03-01", "2026-12-31"),
        ("từ ngày 01/3 đến hết quý II/2026", "2026-03-01", "2026-06-30"), ("từ tháng 11/2026 đến hết quý I/2027", "2026-11-01", "2027-03-31"),
        ("từ đầu quý II đến cuối quý III/2026", "2026-04-01", "2026-09-30"), ("từ đầu năm 2026 đến hết tháng 6/2026", "2026-01-01", "2026-06-30"),
        ("từ ngày 01 tháng 3 năm 2026 đến hết tháng 5 năm 2026", "2026-03-01", "2026-05-31"), ("từ giữa tháng 3 đến cuối tháng 5/2026", "2026-03-15", "2026-05-31"),
    ))  # fmt: skip
    return one(words, "range", start, due, fits="span")


@maker
def window_of_a_cycle(rng: random.Random) -> Time:
    day = rng.randint(2, 25)
    month, year = "FREQ=MONTHLY", "FREQ=YEARLY"
    words, rules = rng.choice((
        (f"trước ngày {day:02} của tháng sau", f"{month};BYMONTHDAY={day}"), (f"trước ngày {day:02} tháng kế tiếp", f"{month};BYMONTHDAY={day}"),
        (f"trước ngày {day:02} của tháng đầu quý sau", f"{year};BYMONTH=1,4,7,10;BYMONTHDAY={day}"), (f"chậm nhất ngày {day:02} tháng sau", f"{month};BYMONTHDAY={day}"),
        ("vào ngày cuối cùng của tháng", f"{month};BYMONTHDAY=-1"), ("vào ngày làm việc cuối cùng của tháng", f"{month};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("vào tuần cuối của tháng", month), ("trong tuần đầu của tháng", month), ("vào tuần cuối hằng tháng", month), ("trong tuần đầu của quý", f"{month};INTERVAL=3"),
        ("cuối mỗi tháng", month), ("vào cuối mỗi quý", f"{month};INTERVAL=3"), ("đầu mỗi quý", f"{month};INTERVAL=3"), ("vào cuối hằng năm", year), ("cuối mỗi năm", year),
        ("đầu mỗi năm học", year), ("vào đầu mỗi năm học", year), ("cuối mỗi năm học", year), ("sau mỗi năm học", year),
        ("quý I hằng năm", f"{year};BYMONTH=3;BYMONTHDAY=-1"), ("trong quý IV hằng năm", f"{year};BYMONTH=12;BYMONTHDAY=-1"), ("vào quý I hàng năm", f"{year};BYMONTH=3;BYMONTHDAY=-1"),
        (f"trước {day:02}/6 và {day:02}/12 hằng năm", f"{year};BYMONTH=6,12;BYMONTHDAY={day}"), (f"trước ngày {day:02}-12 hằng năm", f"{year};BYMONTH=12;BYMONTHDAY={day}"),
        (f"trước ngày {day:02} tháng 6 và ngày {day:02} tháng 12 hằng năm", f"{year};BYMONTH=6,12;BYMONTHDAY={day}"), (f"ngày {day:02}/12 hằng năm", f"{year};BYMONTH=12;BYMONTHDAY={day}"),
        ("tháng 6 và tháng 12 hằng năm", f"{year};BYMONTH=6,12"), ("vào tháng 6, tháng 12 hằng năm", f"{year};BYMONTH=6,12"), ("tháng 3, 6, 9, 12 hằng năm", f"{year};BYMONTH=3,6,9,12"),
        (f"trước ngày {day:02} tháng cuối của mỗi quý", f"{year};BYMONTH=3,6,9,12;BYMONTHDAY={day}"), (f"trước ngày {day:02} của tháng kế tiếp tháng báo cáo", f"{month};BYMONTHDAY={day}"),
        (f"trước ngày {day:02} tháng đầu quý kế tiếp", f"{year};BYMONTH=1,4,7,10;BYMONTHDAY={day}"), ("vào tháng cuối mỗi quý", f"{year};BYMONTH=3,6,9,12"), ("tháng cuối quý", f"{year};BYMONTH=3,6,9,12"),
    ))  # fmt: skip
    return one(words, "recurring", rules=[rules], fits="cycle")


@maker
def several_cycles_with_days(rng: random.Random) -> Time:
    a, b = rng.randint(2, 28), rng.randint(2, 28)
    year = "FREQ=YEARLY"
    first, joint, second, rules = rng.choice((
        (f"trước ngày {a:02}/6", " và ", f"ngày {b:02}/12 hằng năm", None),
        (f"hằng tháng (trước ngày {a:02})", ", ", "hằng năm", ((f"FREQ=MONTHLY;BYMONTHDAY={a}",), (year,))),
        (f"trước ngày {a:02} hằng tháng", "; ", f"trước ngày {b:02}/12 hằng năm", ((f"FREQ=MONTHLY;BYMONTHDAY={a}",), (f"{year};BYMONTH=12;BYMONTHDAY={b}",))),
        (f"trước ngày {a:02} hằng tháng", ", ", f"trước ngày {b:02} tháng cuối quý", ((f"FREQ=MONTHLY;BYMONTHDAY={a}",), (f"{year};BYMONTH=3,6,9,12;BYMONTHDAY={b}",))),
    ))  # fmt: skip
    if rules is None:
        exact = [f"{year};BYMONTH=6,12;BYMONTHDAY={a}"] if a == b else [f"{year};BYMONTH=6;BYMONTHDAY={a}", f"{year};BYMONTH=12;BYMONTHDAY={b}"]
        return one(first + joint + second, "recurring", rules=exact, fits="cycle")
    return Time(first + joint + second, (Said(first, "recurring", rules=rules[0]), Said(second, "recurring", rules=rules[1])), "cycle")


@maker
def dates_of_reports(rng: random.Random) -> Time:
    """Two days, each with the report that it is for."""
    a, b = f"{rng.randint(1, 28):02}/6", f"{rng.randint(1, 28):02}/12"
    day = lambda d: "-".join(("2026", f"{int(d.split('/')[1]):02}", d.split("/")[0]))  # noqa: E731
    words, first, second = rng.choice((
        (f"trước ngày {a}/2026 (báo cáo 6 tháng) và trước ngày {b}/2026 (báo cáo năm)", f"trước ngày {a}/2026", f"trước ngày {b}/2026"),
        (f"trước ngày {a}/2026 (đối với báo cáo 6 tháng), trước ngày {b}/2026 (đối với báo cáo năm)", f"trước ngày {a}/2026", f"trước ngày {b}/2026"),
        (f"trước ngày {a}/2026 đối với báo cáo 6 tháng và trước ngày {b}/2026 đối với báo cáo năm", f"trước ngày {a}/2026", f"trước ngày {b}/2026"),
        (f"báo cáo 6 tháng trước ngày {a}/2026, báo cáo năm trước ngày {b}/2026", f"trước ngày {a}/2026", f"trước ngày {b}/2026"),
        (f"đợt 1 trước ngày {a}/2026, đợt 2 trước ngày {b}/2026", f"trước ngày {a}/2026", f"trước ngày {b}/2026"),
        (f"đợt 1: trước ngày {a}/2026; đợt 2: trước ngày {b}/2026", f"trước ngày {a}/2026", f"trước ngày {b}/2026"),
    ))  # fmt: skip
    return Time(words, (Said(first, "date", None, day(a), False), Said(second, "date", None, day(b), False)), "field")


@maker
def always(rng: random.Random) -> Time:
    return one(rng.choice(("thường xuyên", "thường xuyên, liên tục")), "continuous", fits="field")


@maker
def turns_of_a_year(rng: random.Random) -> Time:
    """«đợt 1 vào tháng 3, đợt 2 vào tháng 9 hằng năm»: the second says that both recur."""
    a, b, day = rng.randint(1, 6), rng.randint(7, 12), rng.randint(2, 28)
    first, second, rules = rng.choice((
        (f"vào tháng {a}", f"vào tháng {b} hằng năm", (f"{YEARLY};BYMONTH={a}", f"{YEARLY};BYMONTH={b}")),
        (f"trước ngày {day:02}/{a}", f"trước ngày {day:02}/{b} hằng năm", (f"{YEARLY};BYMONTH={a};BYMONTHDAY={day}", f"{YEARLY};BYMONTH={b};BYMONTHDAY={day}")),
    ))  # fmt: skip
    words = f"đợt 1 {first}{rng.choice((', ', '; ', ' và '))}đợt 2 {second}"
    return Time(words, (Said(first, "recurring", rules=rules[:1]), Said(second, "recurring", rules=rules[1:])), "cycle")


@maker
def days_for_two_reports(rng: random.Random) -> Time:
    """«trước ngày 15/6 đối với báo cáo 6 tháng và ngày 15/12 đối với báo cáo năm»: «trước» holds for both."""
    a, b = rng.randint(2, 28), rng.randint(2, 28)
    joint = rng.choice((" và ", ", "))
    first, second = f"trước ngày {a:02}/6/2026", f"ngày {b:02}/12/2026"
    words = f"{first} đối với báo cáo 6 tháng{joint}{second} đối với báo cáo năm"
    return Time(words, (Said(first, "date", None, f"2026-06-{a:02}", False), Said(second, "date", None, f"2026-12-{b:02}", False)))


@maker
def stretch_of_a_month(rng: random.Random) -> Time:
    count, month = rng.choice((5, 10, 15)), rng.randint(3, 12)
    side = rng.choice(("trong ", ""))
    words, lo, hi = rng.choice((
        (f"{count:02} ngày đầu tháng {month}/2026", 1, count), (f"{count:02} ngày đầu của tháng {month} năm 2026", 1, count),
        (f"{count:02} ngày cuối tháng {month}/2026", int(month_end(month)[-2:]) - count + 1, int(month_end(month)[-2:])),
    ))  # fmt: skip
    return one(side + words, "date", f"2026-{month:02}-{lo:02}", f"2026-{month:02}-{hi:02}", fits="act" if side else "field")


@maker
def range_of_bare_days(rng: random.Random) -> Time:
    a = rng.randint(1, 14)
    b, month = rng.randint(15, 28), rng.randint(2, 12)
    words = rng.choice((f"từ {a} đến {b}/{month}/2026", f"từ {a} đến hết ngày {b}/{month}/2026", f"từ {a:02} - {b}/{month}/2026"))
    return one(words, "range", f"2026-{month:02}-{a:02}", f"2026-{month:02}-{b}", fits="span")

"""Points in time composed from parts: bound × day, month, quarter, half, year × the spellings that offices use."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

ISSUED = "2026-01-12"
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Said:
    """What one expression says; fields as in the record."""

    words: str
    kind: str
    start_on: str | None = None
    due: str | None = None
    inclusive: bool = True
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it is written, what it says, and how it may stand: "act" behind a verb, "span" behind an act that lasts, "field" alone."""

    words: str
    says: tuple[Said, ...]
    fits: str = "act"


Maker = Callable[[random.Random], Time]
MAKERS: dict[str, Maker] = {}


def maker(function: Maker) -> Maker:
    MAKERS[function.__name__] = function
    return function


def one(words: str, kind: str = "date", start: str | None = None, due: str | None = None, *, inclusive: bool = True,
        rules: Sequence[str] = (), fits: str = "act") -> Time:  # fmt: skip
    return Time(words, (Said(words, kind, start, due, inclusive, tuple(rules)),), fits)


# Days

_BEFORE = ("trước", "xong trước", "chậm nhất trước", "trước 17 giờ 00", "trước 16h30", "trước 10 giờ", "trước thời điểm")
_BY = (
    "chậm nhất", "chậm nhất là", "chậm nhất đến", "chậm nhất vào", "muộn nhất", "muộn nhất là", "không muộn hơn", "không chậm hơn",
    "không quá", "đến hết", "hết", "đến", "hạn cuối", "hạn chót", "chậm nhất 16 giờ 30", "chậm nhất là 17h00", "chậm nhất đến hết",
    "hạn cuối là", "hạn cuối cùng là", "hạn chót là", "chậm nhất trong",
)  # fmt: skip
_IN = ("trong", "vào", "ngay trong", "vào sáng", "chiều", "vào 8 giờ 00", "14h00,", "thứ Tư,")


def a_day(rng: random.Random) -> date:
    month = rng.randint(2, 12)
    return date(2026, month, rng.randint(1, calendar.monthrange(2026, month)[1]))


def day_words(rng: random.Random, day: date, *, year: bool = True, bare: bool = False) -> str:
    """The day in one of the usual spellings; ``bare`` ones may leave out the word ngày."""
    d, m = rng.choice((f"{day.day:02}", str(day.day))), rng.choice((f"{day.month:02}", str(day.month)))
    word = rng.choice(("ngày ", "")) if bare else "ngày "
    if not year:
        return rng.choice((f"{word}{d}/{m}", f"ngày {d} tháng {m}", f"{word}{d}-{m}"))
    y = day.year
    forms = [f"{word}{d}/{m}/{y}"] * 4 + [
        f"{word}{d}-{m}-{y}", f"{word}{d}.{m}.{y}", f"ngày {d} tháng {m} năm {y}", f"ngày {d} tháng {m}/{y}", f"ngày {d}/{m} năm {y}",
        f"{word}{d}/{m}/{y % 100}", f"ngày {d} tháng {m}, năm {y}", f"{word}{d} / {m} / {y}", f"{word}{d} tháng {m} năm {y}",
    ]  # fmt: skip
    return rng.choice(forms)


@maker
def day_before(rng: random.Random) -> Time:
    side, day = rng.choice(_BEFORE), a_day(rng)
    hour = side[-1].isdigit()
    return one(f"{side} {day_words(rng, day, bare=not hour)}".removeprefix("xong "), due=day.isoformat(), inclusive=False)


@maker
def day_before_without_year(rng: random.Random) -> Time:
    day = a_day(rng)
    return one(f"trước {day_words(rng, day, year=False, bare=True)}", due=day.isoformat(), inclusive=False)


@maker
def day_by(rng: random.Random) -> Time:
    side, day = rng.choice(_BY), a_day(rng)
    year = rng.random() < 0.8
    return one(f"{side} {day_words(rng, day, year=year)}", due=day.isoformat())


@maker
def day_in(rng: random.Random) -> Time:
    side, day = rng.choice(_IN), a_day(rng)
    return one(f"{side} {day_words(rng, day)}", due=day.isoformat(), fits="span")


@maker
def day_bare(rng: random.Random) -> Time:
    day = a_day(rng)
    return one(day_words(rng, day, bare=True), due=day.isoformat(), fits="field")


@maker
def days_listed(rng: random.Random) -> Time:
    """«trước ngày 15/6 và 15/12/2026»: each day a time of its own."""
    first, last = sorted((a_day(rng), a_day(rng)))
    if first.month == last.month:
        return days_listed(rng)
    joint = rng.choice((" và ", ", ", " và ngày ", "; ", " và trước ngày "))
    a, b = f"trước ngày {first.day:02}/{first.month}", f"{last.day:02}/{last.month}/2026"
    word = joint.removeprefix(" và ").lstrip(",; ")
    return Time(a + joint + b, (
        Said(a, "date", None, first.isoformat(), False), Said(word + b, "date", None, last.isoformat(), False),
    ))  # fmt: skip


# Months

_IN_MONTH = ("trong", "xong trong", "ngay trong", "nội trong")


def month_end(month: int, year: int = 2026) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def month_words(rng: random.Random, month: int, *, year: bool = True) -> str:
    m = rng.choice((f"{month:02}", str(month)))
    if not year:
        return f"tháng {m}"
    return rng.choice((
        f"tháng {m}/2026", f"tháng {m}/2026", f"tháng {m} năm 2026", f"tháng {m}-2026", f"T{m}/2026", f"tháng {m}, năm 2026",
        f"tháng {m}.2026", f"T.{m}/2026", f"tháng {m} / 2026",
    ))  # fmt: skip


@maker
def month_in(rng: random.Random) -> Time:
    month = rng.randint(2, 12)
    side = rng.choice(_IN_MONTH).removeprefix("xong ")
    return one(f"{side} {month_words(rng, month, year=rng.random() < 0.8)}", start=f"2026-{month:02}-01", due=month_end(month))


@maker
def month_by(rng: random.Random) -> Time:
    month = rng.randint(2, 12)
    side = rng.choice(("đến hết", "hết", "chậm nhất trong", "chậm nhất hết", "chậm nhất là", "muộn nhất là", "chậm nhất đến hết", "chậm nhất"))
    return one(f"{side} {month_words(rng, month)}", due=month_end(month))


@maker
def month_before(rng: random.Random) -> Time:
    month = rng.randint(2, 12)
    return one(f"trước {month_words(rng, month)}", due=f"2026-{month:02}-01", inclusive=False)


@maker
def month_part(rng: random.Random) -> Time:
    month = rng.randint(2, 12)
    last = month_end(month)
    part, lo, hi = rng.choice((
        ("đầu", 1, 1), ("giữa", 15, 15), ("cuối", 0, 0), ("nửa đầu", 1, 15), ("nửa cuối", 16, 0), ("thượng tuần", 1, 10), ("trung tuần", 11, 20),
        ("hạ tuần", 21, 0),
    ))  # fmt: skip
    side = rng.choice(("vào", "trong", "chậm nhất", "trước", ""))
    if side in ("chậm nhất", "trước") and lo != hi:
        side = "trong"
    day = lambda d: f"2026-{month:02}-{d:02}" if d else last  # noqa: E731
    words = f"{side} {part} {month_words(rng, month)}".strip()
    if side == "trước":
        return one(words, due=day(lo), inclusive=False)
    return one(words, start=None if lo == hi else day(lo), due=day(hi), fits="act" if side else "field")


@maker
def month_bare(rng: random.Random) -> Time:
    month = rng.randint(2, 12)
    words = rng.choice((month_words(rng, month), f"{month:02}/2026", f"{month}/2026"))
    return one(words, start=f"2026-{month:02}-01", due=month_end(month), fits="field")


@maker
def months_apart(rng: random.Random) -> Time:
    """«tháng 3 và tháng 9/2026»: two months with others between are two times."""
    first = rng.randint(2, 8)
    last = rng.randint(first + 2, 12)
    joint = rng.choice((" và tháng ", ", tháng ", " và "))
    a, word = f"trong tháng {first}", joint.removeprefix(" và ").lstrip(", ")
    return Time(f"{a}{joint}{last}/2026", (
        Said(a, "date", f"2026-{first:02}-01", month_end(first)), Said(f"{word}{last}/2026", "date", f"2026-{last:02}-01", month_end(last)),
    ))  # fmt: skip


# Quarters, halves, years


def quarter_words(rng: random.Random, quarter: int, *, year: bool = True) -> str:
    if not year:
        return f"quý {ROMAN[quarter - 1]}"
    name = rng.choice((ROMAN[quarter - 1],) * 3 + (str(quarter),))
    forms = [f"quý {name}/2026"] * 3 + [f"quý {name} năm 2026", f"quý {name}-2026", f"quý {name}, năm 2026", f"Q{name}/2026", f"Quý {name}/2026",
                                       f"quý {name} - 2026", f"Q.{name}/2026", f"quí {name}/2026"]  # fmt: skip
    return rng.choice(forms)


def quarter_span(quarter: int) -> tuple[str, str]:
    return f"2026-{3 * quarter - 2:02}-01", month_end(3 * quarter)


@maker
def quarter_in(rng: random.Random) -> Time:
    quarter = rng.randint(1, 4)
    start, due = quarter_span(quarter)
    return one(f"{rng.choice(_IN_MONTH).removeprefix('xong ')} {quarter_words(rng, quarter, year=rng.random() < 0.85)}", start=start, due=due)


@maker
def quarter_side(rng: random.Random) -> Time:
    quarter = rng.randint(2, 4)
    start, due = quarter_span(quarter)
    side = rng.choice(("trước", "đến hết", "hết", "chậm nhất trong", "chậm nhất hết", "chậm nhất là", "chậm nhất"))
    words = f"{side} {quarter_words(rng, quarter)}"
    return one(words, due=start, inclusive=False) if side == "trước" else one(words, due=due)


@maker
def quarter_part(rng: random.Random) -> Time:
    quarter = rng.randint(2, 4)
    start, last = quarter_span(quarter)
    part, due = rng.choice((("đầu", start), ("giữa", f"2026-{3 * quarter - 1:02}-15"), ("cuối", last)))
    return one(f"vào {part} {quarter_words(rng, quarter)}", due=due)


@maker
def quarter_bare(rng: random.Random) -> Time:
    quarter = rng.randint(1, 4)
    start, due = quarter_span(quarter)
    return one(quarter_words(rng, quarter), start=start, due=due, fits="field")


@maker
def quarters_on_end(rng: random.Random) -> Time:
    first = rng.randint(1, 3)
    last = rng.randint(first + 1, 4)
    names = [ROMAN[q - 1] for q in range(first, last + 1)]
    word = rng.choice((", ", ", quý "))
    joint = rng.choice((word, " và ", " và quý "))
    words = "quý " + word.join(names[:-1]) + joint + names[-1] + rng.choice(("/2026", " năm 2026"))
    side = rng.choice(("trong ", ""))
    return one(side + words, "range", quarter_span(first)[0], quarter_span(last)[1], fits="act" if side else "field")


@maker
def quarters_apart(rng: random.Random) -> Time:
    first, last = rng.choice(((1, 3), (1, 4), (2, 4)))
    a, b = quarter_span(first), quarter_span(last)
    joint = rng.choice((" và quý ", ", quý ", " và "))
    head, word = f"trong quý {ROMAN[first - 1]}", joint.removeprefix(" và ").lstrip(", ")
    tail = f"{word}{ROMAN[last - 1]}/2026"
    return Time(head + joint + tail[len(word):], (Said(head, "date", *a), Said(tail, "date", *b)))


@maker
def half_year(rng: random.Random) -> Time:
    first = rng.random() < 0.5
    six, year = rng.choice(("6 tháng", "06 tháng", "sáu tháng")), rng.choice((" năm 2026", " của năm 2026", " năm", " năm 2026"))
    words = f"{six} {'đầu' if first else 'cuối'}{year}"
    span = ("2026-01-01", "2026-06-30") if first else ("2026-07-01", "2026-12-31")
    side = rng.choice(("trong ", ""))
    return one(side + words, "date", *span, fits="act" if side else "field")


@maker
def half_named(rng: random.Random) -> Time:
    first = rng.random() < 0.5
    words = rng.choice(("nửa đầu năm 2026", "nửa năm đầu 2026")[:1] if first else ("nửa cuối năm 2026",))
    span = ("2026-01-01", "2026-06-30") if first else ("2026-07-01", "2026-12-31")
    side = rng.choice(("trong ", ""))
    return one(side + words, "date", *span, fits="act" if side else "field")


@maker
def months_of_year(rng: random.Random) -> Time:
    count = rng.choice((3, 9))
    side = rng.choice(("trong ", ""))
    words = f"{side}{rng.choice((f'{count:02}', str(count)))} tháng đầu năm 2026"
    return one(words, "date", "2026-01-01", month_end(count), fits="act" if side else "field")


@maker
def year_in(rng: random.Random) -> Time:
    year = rng.choice((2026, 2027))
    side = rng.choice(("trong", "ngay trong"))
    return one(f"{side} năm {year}", "date", f"{year}-01-01", f"{year}-12-31")


@maker
def year_side(rng: random.Random) -> Time:
    year = rng.choice((2026, 2027))
    side, due, inclusive = rng.choice((
        ("đến hết năm", f"{year}-12-31", True), ("chậm nhất đến hết năm", f"{year}-12-31", True), ("hết năm", f"{year}-12-31", True),
        ("vào cuối năm", f"{year}-12-31", True), ("vào đầu năm", "2027-01-01", True),
        ("vào giữa năm", f"{year}-06-30", True),
    ))  # fmt: skip
    if "đầu" in side:
        year = 2027
    return one(f"{side} {year}", due=due, inclusive=inclusive)


@maker
def year_bare(rng: random.Random) -> Time:
    words = rng.choice(("năm 2026", "2026", "cả năm 2026", "trong năm 2026"))
    return one(words, "date", "2026-01-01", "2026-12-31", fits="field")


@maker
def weeks(rng: random.Random) -> Time:
    month, week = rng.randint(2, 12), rng.randint(1, 4)
    name = rng.choice((str(week), f"thứ {('nhất', 'hai', 'ba', 'tư')[week - 1]}"))
    words = f"{rng.choice(('trong ', 'vào ', ''))}tuần {name} tháng {month}/2026"
    return one(words, "date", f"2026-{month:02}-{7 * week - 6:02}", f"2026-{month:02}-{7 * week:02}", fits="field" if words[0] == "t" and words[1] == "u" else "act")

"""From … to …: ranges of a sequence, and those of which one end is today or named by an event."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import regex

from extractors.rulebook import rules
from extractors.time_calendar import lunar_new_year
from extractors.time_clauses import clause_end
from extractors.time_events import day_behind, occasion_end
from extractors.time_found import Found, Reading, matches_left
from extractors.time_governs import never
from extractors.time_points import Point, day_of, inherit, read_sequence, with_year
from extractors.time_points import Sequence as Points

NO_YEAR = "không nêu năm và không rõ ngày ban hành"
NO_SUCH_DAY = "ngày không có trong lịch"
_WHOLE_FEAST = re.compile(r"\s(?:hết|sau)\s", re.I)
_DAY_PARTS = frozenset({"day_only", "day_first", "more_days"})


def date_text(year: int | None, month_day: tuple[int, int] | None) -> str | None:
    day = day_of(year, month_day) if year and month_day else None
    return day.isoformat() if day else None


def review_of(point: Point) -> tuple[str, ...]:
    if point.year is None:
        return (NO_YEAR,)
    if point.hi and day_of(point.year, point.hi) is None:
        return (NO_SUCH_DAY,)
    return ("quy ước tuần của tháng",) if point.grain == "week" else ()


def range_of(reading: Reading, sequence: Points) -> Found:
    first, last = sequence.points[0], sequence.points[-1]
    last = with_year(last, reading.issued)
    if sequence.from_now:
        found = Found(sequence.start, sequence.end, "range", "range.from_now", 0.9, side="from", grain=last.grain, review=review_of(last))
        found.start_on = reading.issued.isoformat() if reading.issued and reading.exact else None
        found.due = date_text(last.year, last.lo if sequence.range_open else last.hi)
        found.inclusive = not sequence.range_open
        if reading.issued is None or not reading.exact:
            found.review += ("không rõ ngày ban hành",)
        return found
    start_year = first.year or last.year
    if first.year is None or first.year == last.year:
        crosses = first.lo and last.hi and last.year and start_year and first.lo > (last.hi[0], last.hi[1] if last.hi[1] > 0 else 31)
        start_year = last.year - 1 if crosses and last.year else last.year
    found = Found(sequence.start, sequence.end, "range", f"range.{last.rule}", 0.95, side="from", grain=last.grain, review=review_of(last))
    found.start_on, found.due = date_text(start_year, first.lo), date_text(last.year, last.lo if sequence.range_open else last.hi)
    found.inclusive = not sequence.range_open
    return found


def adjoining(sequence: Points) -> bool:
    """Months or quarters that follow each other and share what is written once: "Quý I, II/2025", "tháng 5 và tháng 6/2025"."""
    points = sequence.points
    if _days_on_end(sequence):
        return True
    if len(points) < 2 or sequence.side not in ("in", None) or any(p.grain not in ("month", "quarter") or p.side for p in points):
        return False
    if points[0].year is not None and not points[0].inherited:
        return False
    return all(a.hi and b.lo and a.year == b.year and a.hi[0] + 1 == b.lo[0] for a, b in pairwise(points))


def _days_on_end(sequence: Points) -> bool:
    """ "24, 25 và 26 tháng 8": three days or more that follow each other and share their month."""
    points = sequence.points
    if len(points) < 3 or sequence.side not in ("in", None) or any(p.side or p.grain != "day" or not p.hi for p in points):
        return False
    return all(a.rule in _DAY_PARTS and a.hi and b.hi and a.hi[0] == b.hi[0] and a.hi[1] + 1 == b.hi[1] for a, b in pairwise(points))


def named_end(text: str, at: int) -> int:
    """End of " đến ngày khai trương", " đến khi bế mạc hội thi" after the first day of a range; 0 where no event is named."""
    named = rules("deadlines")["to_event"].pattern.match(text, at)
    if not named:
        return 0
    return occasion_end(text, named.end())


def to_named_day(reading: Reading, sequence: Points, end: int) -> Found | None:
    """ "từ tháng 01 đến ngày bầu cử 15/3/2026": the day itself stands behind the name of the event that ends the range at ``end``."""
    named = rules("deadlines")["to_event"].pattern.match(reading.text, sequence.end)
    last = (_new_year(reading, named, end) or day_behind(reading, named.end(), end)) if named else None
    if named is None or last is None:
        return None
    both, before = inherit((*sequence.points, last)), "trước" in named.group().lower()
    return range_of(reading, replace(sequence, end=end, points=both, ranged=True, range_open=before))


def _new_year(reading: Reading, named: regex.Match[str], end: int) -> Point | None:
    """ "từ nay đến Tết Nguyên đán Đinh Mùi 2027": the first day of the feast; how long «hết Tết» lasts the text leaves open."""
    said = rules("deadlines")["named_tet"].pattern.fullmatch(reading.text, named.end(), end)
    day = lunar_new_year(int(said["y"])) if said and not _WHOLE_FEAST.search(named.group()) else None
    if day is None:
        return None
    return Point(named.end(), end, "tet", "day", year=day.year, lo=(day.month, day.day), hi=(day.month, day.day))


def _event_to(reading: Reading, at: int) -> Found | None:
    """ "Từ ngày ký ban hành đến hết ngày 31/12/2026": the first day is named by what happens on it."""
    opened = rules("deadlines")["event_to"].pattern.match(reading.text, at)
    sequence = read_sequence(reading.text, opened.end(), in_field=True) if opened else None
    if opened is None or sequence is None or sequence.side or never(reading.left(at)):
        return None
    if len(sequence.points) > 1 or (sequence.points[0].grain == "year" and "hết" not in opened.group().lower()):
        return None
    last = with_year(sequence.points[0], reading.issued)
    due = last.lo if opened["open"] else last.hi
    found = Found(at, sequence.end, "range", "range.from_event", 0.85, side="from", grain=last.grain, due=date_text(last.year, due))
    found.inclusive, found.review = not opened["open"], review_of(last)
    return found


def _between_events(reading: Reading, at: int) -> Found | None:
    """ "Thời gian: Từ khi thành lập đến khi kết thúc", "Từ khi nhận đơn đến khi giải quyết xong, Văn phòng …", "trực từ khi có lệnh đến
    khi hết lũ": in a time field, before the command, after a watch or a ban; elsewhere it may tell of a process ("quy trình từ khi gieo
    hạt đến khi thu hoạch")."""
    opened = rules("deadlines")["between_events"].pattern.match(reading.text, at)
    if opened is None or never(left := reading.left(at)):
        return None
    fronted = reading.opens_clause(at)
    in_field = reading.fields.covering(at) is not None
    kept = any(matches_left("deadlines_events", name, left) for name in ("left_guard", "left_kept_safe", "left_forbidden"))
    if not in_field and not fronted and not kept:
        return None
    end = clause_end(reading.text, opened.end(), fronted=fronted and not in_field, verbs=not in_field)
    told = in_field or not fronted or reading.text[end : end + 1] == ","
    return Found(at, end, "event", "event.between", 0.85) if told and end > opened.end() else None


def from_now_on(reading: Reading, at: int) -> tuple[list[Found], int]:
    """ "Từ nay đến ngày khai giảng": from the day of issue to an event without a date."""
    if named := _event_to(reading, at):
        return [named], named.end
    if between := _between_events(reading, at):
        return [between], between.end
    now = rules("deadlines")["now"].pattern.match(reading.text, at)
    end = named_end(reading.text, now.end()) if now else 0
    stated = reading.opens_clause(at) or reading.fields.covering(at) or reading.text[end : end + 1] in (".", ",", ";", ":", "\n", "")
    if not end or not stated:
        return [], at
    if to_day := to_named_day(reading, Points(at, now.end() if now else at, "từ nay", "from", (), from_now=True), end):
        return [to_day], end
    today = reading.issued.isoformat() if reading.issued and reading.exact else None
    return [Found(at, end, "range", "range.from_now", 0.8, side="from", start_on=today)], end

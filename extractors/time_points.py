"""Points in calendar time (mốc thời gian): one day, week, month, quarter, half-year or year, and sequences of them.

Reads with the rules of ``rules/deadlines_points.toml`` and the bounds of ``lexicons/time_bounds.csv``; knows nothing of
what makes a point a deadline. Parts of a month, a quarter and a year after Bộ luật Dân sự 2015, điều 146.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from extractors.rulebook import Rule, lexicon, rules
from extractors.time_found import rules_at

MonthDay = tuple[int, int]
"""Month and day; day -1 is the last one of the month."""

_WORDS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def parts_of(period: str) -> dict[str, tuple[int, ...]]:
    """What the words for parts of a "month", "year", "quarter" or the order of a "week" stand for (``time_parts.csv``)."""
    return {row["text"]: tuple(map(int, row["value"].split())) for row in lexicon("time_parts") if row["of"] == period}


WEEKS = {word: nth for word, (nth,) in parts_of("week").items()} | {"5": 5, **_ROMAN}
_MONTH_PARTS: dict[str, tuple[int, int]] = {word: (first, last) for word, (first, last) in parts_of("month").items()}
_YEAR_PARTS: dict[str, MonthDay] = {word: (month, day) for word, (month, day) in parts_of("year").items()}
_LIST_RULES = {"month": "more_months", "quarter": "more_quarters", "day": "more_days"}
_BEFORE_DAY = ("ngày t", "Ngày t", "ngày T", "Ngày T", "đêm ", "Đêm ")
MAX_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """``text[start:end]`` names the days ``lo`` to ``hi`` of ``year`` (None: not said). ``lo`` is None where only a day of the
    month is said ("ngày 15"), then ``day`` holds it. ``end_year`` differs from ``year`` in periods over several years."""

    start: int
    end: int
    rule: str
    grain: str
    year: int | None = None
    lo: MonthDay | None = None
    hi: MonthDay | None = None
    day: int | None = None
    relative_year: str | None = None
    end_year: int | None = None
    side: str | None = None  # its own bound inside a list
    where: str = "any"
    inherited: bool = False  # its year is written at a later point

    @property
    def partial(self) -> bool:
        return self.lo is None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A bound and the points it governs: ``trước ngày 15/6 và 15/12``. ``side``: before, by, in, from or None (bare)."""

    start: int
    end: int
    words: str
    side: str | None
    points: tuple[Point, ...]
    ranged: bool = False
    from_now: bool = False
    range_open: bool = False  # the end of the range is exclusive ("đến trước …")


def day_of(year: int, month_day: MonthDay) -> date | None:
    """The day in that year, None where the calendar has none (31/4)."""
    month, day = month_day
    last = calendar.monthrange(year, month)[1]
    if day == -1:
        day = last
    return date(year, month, day) if day <= last else None


@cache
def _sides() -> dict[str, tuple[str, bool]]:
    return {row["text"]: (row["side"], row["bare"] == "1") for row in lexicon("time_bounds")}


def _month_day(written: str) -> MonthDay:
    month, _, day = written.partition("-")
    return int(month), int(day)


def _thirds(month: int, part: tuple[int, int]) -> tuple[MonthDay, MonthDay]:
    return (month, part[0]), (month, part[1])


def _quarter(groups: dict[str, str | None]) -> int:
    name = (groups.get("q") or groups.get("q2") or "").lower().split()[-1].lstrip("0")
    return _ROMAN.get(name) or _WORDS[name]


def _extent(rule: Rule, groups: dict[str, str | None]) -> dict[str, Any]:
    """The fields of a ``Point`` that a match gives, but for its place and year."""
    grain = str(rule.value["grain"])
    month = int(groups["m"] or 0) if groups.get("m") else 0
    part = " ".join((groups.get("part") or "").lower().split())
    if "lo" in rule.value:
        return {"lo": _month_day(rule.value["lo"]), "hi": _month_day(rule.value["hi"])}
    if grain == "day":
        day = int(groups["d"] or 0) if groups.get("d") else int(rule.value.get("day", 0))
        return {"lo": (month, day), "hi": (month, day)} if month else {"day": day}
    if grain == "month-days":
        count, last = int(groups["n"] or 0), calendar.monthrange(2025, month)[1]
        return {"lo": (month, 1), "hi": (month, count)} if part == "đầu" else {"lo": (month, last - count + 1), "hi": (month, -1)}
    if grain == "month-part":
        lo, hi = _thirds(month, _MONTH_PARTS[part])
        return {"lo": lo, "hi": hi}
    if grain == "week":
        week = WEEKS[(groups["week"] or "").lower()]
        last = WEEKS[(groups.get("week2") or groups["week"] or "").lower()]
        return {"lo": (month, 7 * week - 6 if week > 0 else 25), "hi": (month, 7 * last if 0 < last < 5 else -1)}
    if grain == "quarter":
        last = 3 * _quarter(groups)
        return {"lo": (last - 2, 1), "hi": (last, -1)}
    if grain == "quarter-part":
        last = 3 * _quarter(groups)
        chosen: MonthDay = {"đầu": (last - 2, 1), "giữa": (last - 1, 15), "cuối": (last, -1)}[part]
        return {"lo": chosen, "hi": chosen}
    if grain == "months-part":
        count = int(rule.value.get("count") or groups["n"] or 0)
        return {"lo": (1, 1), "hi": (count, -1)} if part == "đầu" else {"lo": (13 - count, 1), "hi": (12, -1)}
    if grain == "year-part":
        return {"lo": _YEAR_PARTS[part], "hi": _YEAR_PARTS[part]}
    if grain == "month":
        return {"lo": (month, 1), "hi": (month, -1)}
    return {"lo": (1, 1), "hi": (12, -1)}


def _to_point(rule: Rule, start: int, end: int, groups: dict[str, str | None]) -> Point:
    year = int(groups["y"] or 0) if groups.get("y") else None
    if year is None and groups.get("yshort"):
        year = 2000 + int(groups["yshort"] or 0)
    end_year = None
    if groups.get("y2"):
        written = int(groups["y2"] or 0)
        year, end_year = (year, written) if rule.value.get("span") else (written, None)
    if rule.value.get("span") == "school2":
        year = end_year
    elif rule.name == "term_first" or rule.value.get("span") == "school":
        end_year = end_year or (year + 1 if year else None)
    return Point(
        start, end, rule.name, str(rule.value["grain"]), year, end_year=end_year,
        relative_year=(groups.get("ry") or "").lower() or None, where=str(rule.value.get("where", "any")),
        **_extent(rule, groups),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _rules_in(letter: str, places: frozenset[str]) -> tuple[Rule, ...]:
    """The rules for points that may begin with a letter and stand in one of ``places``."""
    return tuple(rule for rule in rules_at("deadlines_points", letter, 0) if rule.value.get("where", "any") in places)


def read_point(text: str, at: int, places: frozenset[str]) -> Point | None:
    """The longest point that begins at ``at`` and may stand in one of ``places`` (any, bound, limit, before, in, from, field,
    part, list)."""
    best: tuple[int, Rule, Any] | None = None
    for rule in _rules_in(text[at : at + 1], places):
        found = rule.pattern.match(text, at)
        if found and (best is None or found.end() > best[0]):
            best = (found.end(), rule, found)
    return _to_point(best[1], at, best[0], best[2].groupdict()) if best else None


def _skip(text: str, at: int) -> int:
    """Past the blanks, the hour and the day of the week that may stand before a point."""
    book = rules("deadlines")
    for name in ("hour", "weekday", "hour"):
        while at < len(text) and text[at] in " \t\u00a0":
            at += 1
        if at >= len(text) or (text[at] in "nqđNQĐ" and not text.startswith(_BEFORE_DAY, at)):
            return at  # ngày, năm, quý, đầu: no hour, no day of the week; "ngày thứ Sáu (ngày 20/3)" names one
        found = book[name].pattern.match(text, at)
        if found and found.end() > at:
            at = found.end()
    while at < len(text) and text[at] in " \t\u00a0":
        at += 1
    return at


def _bound(text: str, at: int) -> tuple[int, str, str | None, bool]:
    """End, words, side and bareness of the bound that begins at ``at``; side None where there is none."""
    found = rules("deadlines")["bound"].pattern.match(text, at)
    if not found:
        return at, "", None, False
    words = " ".join(found.group().lower().split())
    side, bare = _side_of(words)
    if (side == "after" and words not in _sides()) or words.startswith("hết trước"):
        return at, "", None, False  # «các việc sau | trong quý III/2026», «giải ngân hết | trước ngày 31/01»
    return found.end(), words, side, bare


@lru_cache(maxsize=1024)
def _side_of(words: str) -> tuple[str | None, bool]:
    """The side of the longest bound that opens the words, as what follows it changes it («chậm nhất trước»), and its bareness."""
    base = max((b for b in _sides() if words == b or words.startswith(b + " ")), key=len)
    side, bare = _sides()[base]
    rest = words[len(base) :].split()
    if "trước" in rest:
        side = "before"
    elif "hết" in rest and side == "in":
        side = "by"
    return side or None, bare or bool(rest)


@cache
def _places(side: str | None, bare: bool, in_field: bool) -> frozenset[str]:
    places = {"any", "part"}
    if (side and bare) or in_field:
        places.add("bound")
    if in_field:
        places.add("field")
    if side in ("before", "by"):
        places |= {"limit", side}  # «trước ngày 31-12»: elsewhere a dash joins two days
    elif side in ("in", "from"):
        places.add(side)  # «từ ngày 20.1 đến ngày 28.1»
    return frozenset(places)


def _own_bound(item: Point, start: int, words: str) -> Point:
    """``… và trước ngày 15/12``: a bound of its own inside a list."""
    for bound, side in (("trước", "before"), ("chậm", "by"), ("trong", "in")):
        if bound in words:
            return replace(item, side=side, start=start + words.index(bound))
    return item


def _next_item(text: str, at: int, last: Point, places: frozenset[str]) -> Point | None:
    begin, at = at, _skip(text, at)
    listed = _LIST_RULES.get(last.grain)
    counted = last.grain == "quarter" and last.year is None and text[last.end - 1].isdigit()
    point = None if counted else read_point(text, at, places)  # «quý 1, 2/2026»: no month
    if point is None and listed and not (last.grain == "day" and not last.partial):
        rule = rules("deadlines_points")[listed]
        found = rule.pattern.match(text, at)
        point = _to_point(rule, at, found.end(), found.groupdict()) if found else None
    if counted and point is None:
        point = read_point(text, at, places)
    return replace(point, start=begin) if point and text[begin : begin + 1].strip() else point  # with its hour, its part of the day


_ONWARDS = ("kể", "bắt")
"""First words of a bound that can only tell since when («kể từ», «bắt đầu từ»); «từ kỳ thi tháng 6» may tell what a thing comes from."""


def read_sequence(text: str, at: int, *, in_field: bool = False, part: bool = False) -> Sequence | None:
    """The bound and points that begin at ``at``; with ``part`` also a lone day of the month ("ngày 15")."""
    book = rules("deadlines")
    now = book["from_now"].pattern.match(text, at)
    end, words, side, bare = (now.end(), "từ nay", "from", True) if now else _bound(text, at)
    places = _places(side, bare, in_field)
    hours = book["hours"].pattern.match(text, end) if side in ("from", None) else None
    if hours:  # "từ 18 giờ đến 22 giờ ngày 20/6": the hours of one day
        end, side = hours.end(), None
    elif (listed := book["hour_list"].pattern.match(text, end)) and side in ("in", None):
        end = listed.end()  # "lúc 8 giờ, 11 giờ và 19 giờ ngày 15/3"
    turn = book["from_turn"].pattern.match(text, end) if side == "from" and words.startswith(_ONWARDS) else None
    end = turn.end() if turn else end  # «kể từ | khóa tuyển sinh | tháng 4 năm 2026»
    first = read_point(text, _skip(text, end), places)
    if first is None:
        return None
    points, ranged, stop = [first], False, first.end
    open_end = now is not None and now["open"] is not None
    while len(points) < MAX_ITEMS:
        note = book["note"].pattern.match(text, stop)
        after = note.end() if note else stop
        to = None if ranged or now else book["to"].pattern.match(text, after)
        joint = to or book["also"].pattern.match(text, after)
        item = _next_item(text, joint.end(), points[-1], places) if joint else None
        if joint is None or item is None:
            break
        if to:
            ranged, open_end = True, "trước" in to.group().lower()
        else:
            item = _own_bound(item, joint.start(), joint.group().lower())
        points.append(item)
        stop = item.end
    if not part and points[-1].partial:
        while len(points) > 1 and points[-1].partial:
            points.pop()
        ranged = ranged and len(points) > 1
        if points[-1].partial:
            return None
        stop = points[-1].end
    if ranged and len(points) > 2:
        points = list(inherit(tuple(points)))[:2]  # what follows the range may say the year of all
        stop = points[-1].end
    return Sequence(at, stop, words, side, inherit(tuple(points)), ranged, bool(now), open_end)


def inherit(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Years and months spread to the left: ``ngày 15 và 30/6/2025``, ``từ tháng 3 đến tháng 6/2025``."""
    done: list[Point] = []
    following: Point | None = None
    for point in reversed(points):
        if following is not None:
            if point.partial and following.lo is not None and point.day:
                point = replace(point, lo=(following.lo[0], point.day), hi=(following.lo[0], point.day))
            if point.year is None and point.relative_year is None:
                known = following.year is not None
                point = replace(point, year=following.year, relative_year=following.relative_year, inherited=known)
        done.append(point)
        following = point
    return tuple(reversed(done))


def with_year(point: Point, issued: date | None, *, latest: bool = True) -> Point:
    """The point with its year: as written, ``năm nay``/``năm sau`` from ``issued``, else the next one after ``issued``."""
    if point.year is not None or issued is None or point.lo is None or point.hi is None:
        return point
    if point.relative_year:
        return replace(point, year=issued.year + (1 if point.relative_year in ("sau", "tới") else 0))
    reference = day_of(issued.year, point.hi if latest else point.lo)
    later = reference is not None and reference < issued
    return replace(point, year=issued.year + 1 if later else issued.year)

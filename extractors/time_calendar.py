"""Computing with deadlines: working days, terms, next dates of a recurrence.

Counting after Bộ luật Dân sự 2015, điều 147 (the first day is not counted) and 148 (a term ends on the corresponding day of
its last month or year, on that month's last day where there is none, and on the next working day where it would end on a
day off). Public holidays, Tết included, come from the ``holidays`` library; swaps it does not know from
``lexicons/holidays_vn.csv``.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import cache

import holidays
from dateutil.rrule import rrulestr

from extractors.rulebook import lexicon
from schemas.errors import UsageError
from schemas.record import Deadline

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_MAX_DATES = 1000


@cache
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and swapped working days (làm bù) of a year; Saturdays and Sundays are not listed."""
    listed = holidays.country_holidays("VN", years=[year])
    # A swap announced for late December may move work into January, so the library is asked for the neighbours as well.
    around = holidays.country_holidays("VN", years=[year - 1, year, year + 1])
    off, work = set(listed.keys()), {d for d in getattr(around, "weekend_workdays", set()) if d.year == year}
    for row in lexicon("holidays_vn"):
        day = date.fromisoformat(row["date"])
        if day.year == year:
            (off if row["kind"] == "day_off" else work).add(day)
    return frozenset(off), frozenset(work)


@cache
def lunar_new_year(year: int) -> date | None:
    """The first day of Tết Nguyên đán that falls in ``year``; None outside the years that the library knows."""
    named = holidays.country_holidays("VN", years=[year], language="en_US").get_named("Lunar New Year", lookup="exact")
    return min(named, default=None)


def is_working_day(day: date) -> bool:
    """Whether public offices work that day: Monday to Friday but for holidays, and announced make-up days."""
    off, work = _calendar(day.year)
    return day in work or (day.weekday() < 5 and day not in off)


def next_working_day(day: date) -> date:
    """The day itself where it is a working day, else the next one (điều 148 khoản 5)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_after(start: date, n: int) -> date:
    """The n-th working day after ``start``, which is itself not counted; negative ``n`` counts back, 0 gives ``start``."""
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        start += step
        left -= is_working_day(start)
    return start


def _add_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add_duration(anchor_date: date, duration: str, working: bool = False, *, back: bool = False) -> date:
    """Last day of a term of ISO ``duration`` (``P10D``, ``P2W``, ``P3M``, ``PT48H``) that ``anchor_date`` opens.

    ``working`` counts its days as working days. ``back`` counts before the anchor ("trước khi họp 07 ngày") and does not
    shift. ``UsageError`` where ``duration`` is no duration.
    """
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()):
        raise UsageError(f"“{duration}” không phải là một khoảng thời gian ISO 8601.")
    years, months, weeks, days, hours, minutes = (int(g or 0) for g in found.groups())
    sign = -1 if back else 1
    day = _add_months(anchor_date, sign * (12 * years + months)) + timedelta(weeks=sign * weeks)
    if working:
        return working_day_after(day, sign * days)
    day += timedelta(days=sign * (days + -(-(60 * hours + minutes) // (24 * 60))))
    # Terms in hours run through days off; only terms in days and longer end on a working day (điều 148).
    return day if back or hours or minutes else next_working_day(day)


def full_rule(rule: str) -> str:
    """The rule with the day its period ends on where it names none, so that a calendar does not take the day of its first date."""
    parts = dict(p.split("=", 1) for p in rule.split(";"))
    if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts:
        rule += ";BYMONTH=12"
    elif parts["FREQ"] == "WEEKLY" and "BYDAY" not in parts:
        rule += ";BYDAY=FR"
    if parts["FREQ"] in ("YEARLY", "MONTHLY") and not {"BYMONTHDAY", "BYDAY"} & set(parts):
        rule += ";BYMONTHDAY=-1"
    return rule


def _rule_dates(rule: str, after: date, count: int) -> list[date]:
    """Up to ``count`` dates of one rule later than ``after``. A rule without day or month ends with its period."""
    parts = dict(p.split("=", 1) for p in rule.split(";"))
    start = datetime(after.year, 1, 1)
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "MONTHLY" and interval > 1 and "BYMONTH" not in parts:
        start = datetime(after.year, (interval - 1) % 12 + 1, 1)
    found: list[date] = []
    moment = datetime(after.year, after.month, after.day)
    for hit in rrulestr(full_rule(rule), dtstart=start).xafter(moment, count=count):
        found.append(hit.date())
    return found


def next_dates(deadline: Deadline, after: date, count: int) -> list[date]:
    """The next ``count`` days (fewer where it ends) after ``after`` on which the deadline falls.

    A dated deadline gives its one day, if still to come. Recurring ones without a day of their own end with their period:
    the last day of the month, quarter, half-year or year. Continuous, relative, event and unspecified ones give none.
    """
    count = max(0, min(count, _MAX_DATES))
    if deadline.kind in ("date", "range") and deadline.due:
        due = date.fromisoformat(deadline.due)
        return [due] if due > after and count else []
    found: set[date] = set()
    for rule in deadline.rrules or ((deadline.rrule,) if deadline.rrule else ()):
        found.update(_rule_dates(rule, after, count))
    return sorted(found)[:count]

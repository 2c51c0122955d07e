"""Deadlines held against each other: is the child later than the parent, does it drop the date?"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.rulebook import rules
from extractors.unit_words import fold
from pipeline.audit.terms import says
from schemas.record import Deadline, Duty, Record

_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$")
_QUARTERS = re.compile(r"(?<!\w)(?:quý\s+)?(iv|iii|ii|i|[1-4])(?!\w)", re.I)
_QUARTER = 91.2
_FREQ = {"DAILY": 1.0, "WEEKLY": 7.0, "MONTHLY": 30.4, "YEARLY": 365.0, "HOURLY": 1 / 24}
_SAME_PERIOD = 0.1
"""Share by which two periods may differ and still be one («hằng quý» and 90 days)."""
_COMPARABLE = ("date", "range", "recurring", "relative")


@dataclass(frozen=True, slots=True)
class TimeCheck:
    """``state``: agrees, later, missing, none (the parent sets no date); ``earlier`` where the child's date comes before, ``rarer``
    where it is later because it comes round less often."""

    state: str
    parent: str | None = None
    child: str | None = None
    earlier: bool = False
    rarer: bool = False


def of_duty(duty: Duty, record: Record) -> tuple[Deadline, ...]:
    """Deadlines that govern a duty and can be compared."""
    wanted = set(duty.deadlines)
    return tuple(d for d in record.deadlines if d.id in wanted and d.kind in _COMPARABLE)


def due_of(deadline: Deadline, record: Record) -> date | None:
    """The last day as a date; a term that runs from the issue of the document itself («ngày ban hành Kế hoạch này») is counted
    from its date. «Ngày ban hành» alone is that of whatever the sentence speaks of."""
    if deadline.kind in ("date", "range") and deadline.due:
        return date.fromisoformat(deadline.due)
    issued = record.document.issued_on
    if deadline.kind == "relative" and deadline.due and issued and deadline.anchor and says("own_issue", deadline.anchor):
        return _plus(date.fromisoformat(issued), deadline.due)
    return None


def opens(deadline: Deadline) -> date | None:
    """The first day of what has a beginning alone («bắt đầu từ ngày 01/10/2026»): it says nothing of when the work is done."""
    only = deadline.kind in ("date", "range") and deadline.start_on and not deadline.due
    return date.fromisoformat(deadline.start_on) if only and deadline.start_on else None


def each_quarter(deadline: Deadline) -> bool:
    """«Quý I, II, III và IV»: all quarters by name are each quarter."""
    if deadline.kind not in ("date", "range") or "quý" not in deadline.text.lower():
        return False
    names = [m.group(1).lower() for m in _QUARTERS.finditer(deadline.text)]
    return len({{"1": "i", "2": "ii", "3": "iii", "4": "iv"}.get(n, n) for n in names}) == 4


def _plus(day: date, duration: str) -> date | None:
    found = _ISO.match(duration)
    if found is None:
        return None
    years, months, weeks, days = (int(g or 0) for g in found.groups()[:4])
    month = day.month - 1 + months + 12 * years
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1])) + timedelta(days=days + 7 * weeks)


def moments(deadline: Deadline) -> tuple[tuple[str, bool], ...]:
    """What a deadline fixes, to be looked up: the day itself (True), the period it comes round in (False)."""
    if deadline.kind in ("date", "range"):
        return ((f"{deadline.start_on or ''}/{deadline.due}", True),) if deadline.due else ()
    every = period(deadline)
    if deadline.kind != "recurring" or every is None:
        return ()
    day = ((deadline.rrule, True),) if deadline.rrule and "BYMONTHDAY" in deadline.rrule else ()
    return (*day, (f"{every:.0f}", False))


def length(duration: str | None, *, working: bool = False) -> float | None:
    """Days of an ISO duration; working days are stretched to a week of five."""
    found = _ISO.match(duration or "")
    if found is None:
        return None
    years, months, weeks, days, hours, minutes = (int(g or 0) for g in found.groups())
    total = 365 * years + 30.4 * months + 7 * weeks + days + hours / 24 + minutes / 1440
    return total * 1.4 if working else total


def period(deadline: Deadline) -> float | None:
    """Days between two occurrences, None where no rule is known."""
    if each_quarter(deadline):
        return _QUARTER
    if not deadline.rrule:
        return None
    parts = dict(p.split("=", 1) for p in deadline.rrule.split(";") if "=" in p)
    base = _FREQ.get(parts.get("FREQ", ""))
    months = parts.get("BYMONTH", "").split(",")
    if base is None:
        return None
    if parts.get("FREQ") == "YEARLY" and len(months) > 1:
        return base / len(months)
    times = rules("audit").pattern("counted_times").search(deadline.text)
    return base * int(parts.get("INTERVAL", "1")) / max(1, int(times.group(1)) if times else 1)


def _day_in_cycle(deadline: Deadline) -> tuple[int, int] | None:
    parts = dict(p.split("=", 1) for p in (deadline.rrule or "").split(";") if "=" in p)
    day, month = parts.get("BYMONTHDAY"), parts.get("BYMONTH")
    if day is None or "," in day or (month and "," in month):
        return None
    return int(month or 0), int(day)


def _later(parent: Deadline, child: Deadline, above: Record, below: Record) -> bool | None:
    """Whether the child's date goes beyond the parent's; None where the two cannot be compared."""
    if parent.kind == "relative" and child.kind == "relative" and _same_event(parent, child):
        return _longer(parent, child)
    ours, theirs, since = due_of(parent, above), due_of(child, below), opens(child)
    if since:
        bound = opens(parent) or ours
        return True if bound and since > bound else None
    if _recurs(parent) and _recurs(child):
        return _rarer(parent, child)
    if ours and theirs:
        return theirs > ours
    return _longer(parent, child) if parent.kind == "relative" and child.kind == "relative" else None


def _recurs(deadline: Deadline) -> bool:
    return deadline.kind == "recurring" or each_quarter(deadline)


def _same_event(parent: Deadline, child: Deadline) -> bool:
    return bool(parent.anchor and child.anchor) and fold(parent.anchor or "") == fold(child.anchor or "")


def _longer(parent: Deadline, child: Deadline) -> bool | None:
    one, other = length(parent.due, working=parent.working_days), length(child.due, working=child.working_days)
    return None if one is None or other is None else other > one * 1.01


def _rarer(parent: Deadline, child: Deadline) -> bool | None:
    """Whether the child comes round less often, or on a later day of its round."""
    one, other = period(parent), period(child)
    if one is None or other is None:
        return None
    if abs(one - other) > _SAME_PERIOD * one:
        return other > one
    a, b = _day_in_cycle(parent), _day_in_cycle(child)
    return bool(a and b and a[0] and b[0] and b > a) or bool(a and b and not a[0] and not b[0] and b[1] > a[1])


def _seldomer(parent: Deadline, child: Deadline) -> bool:
    """Whether both come round and the child less often («hằng tháng» for «hằng tuần»): that is no later date."""
    one, other = (period(d) if _recurs(d) else None for d in (parent, child))
    return one is not None and other is not None and other - one > _SAME_PERIOD * one


def _drops_day(parent: Deadline, given: Sequence[Deadline]) -> bool:
    """Whether the child keeps the round and drops its day: «hằng quý» for «trước ngày 20 tháng cuối quý»."""
    if "BYMONTHDAY" not in (parent.rrule or ""):
        return False
    every = period(parent) or 0.0
    return all(_recurs(d) and "BYMONTHDAY" not in (d.rrule or "") and (period(d) or every) >= (1 - _SAME_PERIOD) * every for d in given)


def _other_kind(parent: Deadline, child: Deadline) -> bool:
    """A day is not kept by a rhythm, nor a rhythm by a day: «hằng quý» is not carried by «trước ngày 30/6/2026»."""
    return _recurs(parent) != _recurs(child) and {parent.kind, child.kind} <= {"date", "range", "recurring"}


def compare(
    wanted: tuple[Deadline, ...], children: tuple[Duty, ...], above: Record, below: Record, *, beside: Sequence[Deadline] = ()
) -> TimeCheck:
    """Deadlines of the parent against those of the child's duties that answer it. ``later`` only where no date of the child
    keeps the parent's; ``missing`` where the parent sets a date and the child none of any kind. A date of the child that keeps
    another one of the same duty (``beside``) to the day belongs to that: «06 tháng trước ngày 15/6 và cả năm trước ngày 15/12»."""
    kept_for = {due for d in beside if d not in wanted and d.kind == "date" and (due := due_of(d, above))}
    kept_for -= {due for d in wanted if (due := due_of(d, above))}
    given = tuple(d for child in children for d in of_duty(child, below) if d.kind != "date" or due_of(d, below) not in kept_for)
    if not wanted:
        return TimeCheck("none")
    said = "; ".join(dict.fromkeys(d.text for d in wanted))
    answer = "; ".join(dict.fromkeys(d.text for d in given)) or None
    for deadline in wanted:
        results = [r for d in given if (r := _later(deadline, d, above, below)) is not None]
        if results and all(results):
            return TimeCheck("later", deadline.text, answer, rarer=all(_seldomer(deadline, d) for d in given))
    kept = [d for d in given if not opens(d) or all(opens(w) for w in wanted)]
    if not kept or all(_other_kind(a, b) for a in wanted for b in kept):
        continuous = any(d.id in c.deadlines and d.kind == "continuous" for c in children for d in below.deadlines)
        return TimeCheck("agrees" if continuous else "missing", said, answer)
    if all(_drops_day(a, kept) for a in wanted) and not any(says("day_of_month", c.text) for c in children):
        return TimeCheck("missing", said, answer)
    dates = [(due_of(a, above), due_of(b, below)) for a in wanted for b in given]
    return TimeCheck("agrees", said, answer, any(a and b and b < a for a, b in dates))

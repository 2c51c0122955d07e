"""The last day on which a duty is still in time: one reckoning for register and calendar.

The record keeps the day as written (``trước ngày 20/6`` is 20/6, not inclusive); here it is 19/6, since a clerk wants to know the
last day. Terms from the issue of the document, or from a day that is written, are counted (Bộ luật Dân sự 2015, điều 147, 148).
Cycles start after the document's date, of an undated one after the first day it can be of, and end with their period where no day
is written; without either they have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extractors.rulebook import rules
from extractors.time_calendar import add_duration, full_rule, next_dates
from schemas.record import Deadline, Record

_WITHIN_A_DAY = ("FREQ=HOURLY", "FREQ=MINUTELY")
"""Cycles of hours, which a calendar of days shows every day."""
_AHEAD = 60
"""Days of a cycle that the register knows beforehand: five years of months, fifteen of quarters, a good year of weeks."""


@dataclass(frozen=True, slots=True)
class Due:
    """One last day. ``how``: written, before (the day before the one written), computed (a term from ``start``), cycle (the first
    day of ``rrule``), undated (that of a document without a day of issue, from ``start`` on)."""

    day: date
    how: str
    deadline: Deadline
    start: date | None = None
    rrule: str | None = None


def day(iso: str | None) -> date | None:
    """A calendar day, None for anything else: an unknown day, a duration, a day that does not exist."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def due_days(deadlines: Iterable[Deadline], record: Record) -> tuple[Due, ...]:
    """Last days of the deadlines: fixed ones first, earliest first; each cycle with its first day."""
    found = [due for deadline in deadlines for due in _dues(deadline, record)]
    return tuple(sorted(found, key=lambda due: (due.rrule is not None, due.day)))


@lru_cache(maxsize=10_000)
def _cycle(rule: str, issued: date, count: int) -> tuple[date, ...]:
    deadline = Deadline(start=0, end=0, text="", rule="", id="", kind="recurring", rrule=rule)
    return tuple(next_dates(deadline, issued, count))


def coming(dues: Iterable[Due], record: Record) -> tuple[date, ...]:
    """The last days of cycles one after another, over all cycles of a duty; none where the duty has a fixed day."""
    issued, found = _cycles_from(record), tuple(dues)
    if issued is None or any(due.rrule is None for due in found):
        return ()
    days = {when for due in found for when in _cycle(due.rrule or "", issued, _AHEAD)}
    return tuple(sorted(days)[:_AHEAD])


def _cycles_from(record: Record) -> date | None:
    own = record.document
    return day(own.issued_on) or next(filter(None, map(day, own.issued_between or ())), None)


def _dues(deadline: Deadline, record: Record) -> Iterator[Due]:
    issued, dated = _cycles_from(record), record.document.issued_on is not None
    if deadline.kind in ("date", "range"):
        last = day(deadline.due)
        if last and (deadline.inclusive or rules("reports").pattern("clock").search(deadline.text)):
            yield Due(last, "written", deadline)
        elif last:
            yield Due(last - timedelta(days=1), "before", deadline)
    elif deadline.kind == "relative" and deadline.due and deadline.side != "after":
        start = _start(deadline, record)
        if start:
            last = add_duration(start, deadline.due, deadline.working_days, back=deadline.side == "before")
            yield Due(last, "computed", deadline, start=start)
    elif deadline.kind == "recurring" and issued:
        for rule in deadline.rrules or ((deadline.rrule,) if deadline.rrule else ()):
            whole = "FREQ=DAILY" if rule.startswith(_WITHIN_A_DAY) else _in_time(full_rule(rule), deadline.inclusive)
            days = _cycle(whole, issued, 1)
            if days:
                yield Due(days[0], "cycle" if dated else "undated", deadline, start=None if dated else issued, rrule=whole)


def _start(deadline: Deadline, record: Record) -> date | None:
    """Day from which a term counts: that of this document, or one that is written; None for events nobody knows the day of."""
    anchor, own = deadline.anchor or "", record.document
    dated = rules("reports").pattern("anchor_day").fullmatch(anchor)
    if dated:
        return day(f"{dated['year']}-{int(dated['month']):02}-{int(dated['day']):02}")
    issue = rules("reports").pattern("anchor_issue").fullmatch(anchor)
    if issue is None:
        return None
    kind = (issue["kind"] or issue["kind_before"] or "").lower()
    return day(own.issued_on) if kind in ("", "văn bản", (own.kind or "").lower()) else None


def _in_time(rule: str, inclusive: bool) -> str:
    """The rule one day earlier where its day is itself too late («trước ngày 15/6 hằng năm»)."""
    parts = dict(p.split("=", 1) for p in rule.split(";"))
    days = [int(d) for d in parts.get("BYMONTHDAY", "").split(",") if d]
    if inclusive or not days or min(days) < 1:
        return rule
    if min(days) > 1:
        parts["BYMONTHDAY"] = ",".join(str(d - 1) for d in days)
    elif days == [1]:
        parts["BYMONTHDAY"] = "-1"
        if "BYMONTH" in parts:
            parts["BYMONTH"] = ",".join(str(m) for m in sorted((int(m) - 2) % 12 + 1 for m in parts["BYMONTH"].split(",")))
    else:
        return rule
    return ";".join(f"{name}={value}" for name, value in parts.items())

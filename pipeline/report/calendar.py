"""Calendar of duties (lịch nhiệm vụ): an iCalendar file of tasks with due dates and recurrences (RFC 5545 VTODO).

Takes records, has no clock: UIDs and stamps come from the documents alone, so the same records give the same bytes. A day-grained
``trước ngày 29/8`` is due on 28/8 here, because a calendar shows the last day on which the work is still in time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Todo, vRecur

from extractors.time_calendar import next_dates
from schemas.record import Deadline, Duty, Record

# RFC 5545 asks for a DTSTAMP; a document without a date of issue gets the epoch, which no reader takes for a real day.
_NO_DATE = date(1970, 1, 1)
_SUMMARY = 120


def _uid(record: Record, duty: Duty, deadline: Deadline, rule: str) -> str:
    parts = (record.source.sha256, duty.id, duty.text, deadline.id, deadline.text, str(deadline.due), rule)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32] + "@trienkhai"


def _summary(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SUMMARY else line[: _SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _due(deadline: Deadline) -> date | None:
    """Last day in time of a dated deadline, None for the other kinds and where the year is not known."""
    if deadline.kind not in ("date", "range"):
        return None
    due = _day(deadline.due)
    return due - timedelta(days=1) if due and not deadline.inclusive else due


def _recurs(deadline: Deadline) -> tuple[str, ...]:
    """Rules a calendar can run: those with a day, all cycles of a list."""
    if deadline.kind != "recurring":
        return ()
    return deadline.rrules or ((deadline.rrule,) if deadline.rrule else ())


def _description(record: Record, duty: Duty, deadline: Deadline) -> str:
    lines = [" ".join(duty.text.split()), f"Thời hạn ghi trong văn bản: {deadline.text}"]
    if duty.lead:
        lines.append("Chủ trì: " + "; ".join(duty.lead))
    if duty.support:
        lines.append("Phối hợp: " + "; ".join(duty.support))
    lines.append(f"Văn bản: {record.document.key or record.source.name}, mục {duty.section}")
    lines += [f"Cần xem lại: {reason}" for reason in deadline.review]
    return "\n".join(lines)


def _todo(record: Record, duty: Duty, deadline: Deadline, rule: str = "") -> Todo:
    todo = Todo()
    stamp = _day(record.document.issued_on) or _NO_DATE
    todo.add("uid", _uid(record, duty, deadline, rule))
    todo.add("dtstamp", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    todo.add("summary", _summary(duty.text))
    todo.add("description", _description(record, duty, deadline))
    todo.add("categories", [record.document.key or record.source.name])
    return todo


def _todos(record: Record) -> Iterator[Todo]:
    by_id = {deadline.id: deadline for deadline in record.deadlines}
    for duty in record.duties:
        for deadline in (by_id[i] for i in duty.deadlines if i in by_id):
            due = _due(deadline)
            if due:
                todo = _todo(record, duty, deadline)
                start = _day(deadline.start_on)
                if start and start < due:
                    todo.add("dtstart", start)
                todo.add("due", due)
                yield todo
            for rule in _recurs(deadline):
                yield from _recurring(record, duty, deadline, rule)


def _recurring(record: Record, duty: Duty, deadline: Deadline, rule: str) -> Iterator[Todo]:
    """A recurring task needs a first day: the first one after the document's date; without that date it has none."""
    issued = _day(record.document.issued_on)
    if issued is None:
        return
    days = next_dates(deadline.model_copy(update={"rrule": rule, "rrules": ()}), issued, 1)
    if not days:
        return
    todo = _todo(record, duty, deadline, rule)
    todo.add("dtstart", days[0])
    todo.add("due", days[0])
    todo.add("rrule", vRecur.from_ical(rule))
    yield todo


def build_calendar(records: Iterable[Record]) -> Calendar:
    """All dated and recurring duties of the records, in their order."""
    calendar = Calendar()
    calendar.add("prodid", "-//trienkhai//lich nhiem vu//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Nhiệm vụ có thời hạn")
    for record in records:
        for todo in _todos(record):
            calendar.add_component(todo)
    return calendar


def write_calendar(records: Iterable[Record], path: Path) -> int:
    """Write the calendar as ``.ics`` and return the number of tasks. ``OSError`` where the place cannot be written."""
    calendar = build_calendar(records)
    path.write_bytes(calendar.to_ical())
    return len(calendar.subcomponents)

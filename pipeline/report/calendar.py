"""Calendar of duties (lịch nhiệm vụ): an iCalendar file with an all-day event on the last day of every duty (RFC 5545).

Events and not tasks (VTODO), which Google Calendar and most imports pass over. Takes records, has no clock: UIDs and stamps come
from the documents alone, so the same records give the same bytes. The days are those of the register (``days``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event, vRecur

from pipeline.report.days import Due, day, due_days
from pipeline.report.rows import how_found
from pipeline.report.texts import texts, vn_date
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


def _description(record: Record, duty: Duty, due: Due) -> str:
    deadline = due.deadline
    lines = [" ".join(duty.text.split()), f"Thời hạn ghi trong văn bản: {deadline.text}"]
    if due.how != "written":
        lines.append(f"Ngày trong lịch: {how_found(due, texts('vi'))}")
    start = day(deadline.start_on)
    if start and start < due.day:
        lines.append(f"Từ ngày: {vn_date(start.isoformat())}")
    if duty.lead:
        lines.append("Chủ trì: " + "; ".join(duty.lead))
    if duty.support:
        lines.append("Phối hợp: " + "; ".join(duty.support))
    lines.append(f"Văn bản: {record.document.key or record.source.name}, mục {duty.section}")
    lines += [f"Cần xem lại: {reason}" for reason in deadline.review]
    return "\n".join(lines)


def _event(record: Record, duty: Duty, due: Due) -> Event:
    event = Event()
    stamp = day(record.document.issued_on) or _NO_DATE
    event.add("uid", _uid(record, duty, due.deadline, due.rrule or ""))
    event.add("dtstamp", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    if due.rrule:
        event.add("rrule", vRecur.from_ical(due.rrule))
    event.add("summary", _summary(duty.text))
    event.add("description", _description(record, duty, due))
    event.add("categories", [record.document.key or record.source.name])
    event.add("transp", "TRANSPARENT")
    return event


def _events(record: Record) -> Iterator[Event]:
    by_id = {deadline.id: deadline for deadline in record.deadlines}
    for duty in record.duties:
        for due in due_days((by_id[i] for i in duty.deadlines if i in by_id), record):
            yield _event(record, duty, due)


def build_calendar(records: Iterable[Record]) -> Calendar:
    """The last days of all duties of the records, in their order."""
    calendar = Calendar()
    calendar.add("prodid", "-//trienkhai//lich nhiem vu//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Nhiệm vụ có thời hạn")
    for record in records:
        for event in _events(record):
            calendar.add_component(event)
    return calendar


def write_calendar(records: Iterable[Record], path: Path) -> int:
    """Write the calendar as ``.ics`` and return the number of events. ``OSError`` where the place cannot be written."""
    calendar = build_calendar(records)
    path.write_bytes(calendar.to_ical())
    return len(calendar.subcomponents)

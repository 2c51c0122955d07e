"""Computing with deadlines (Bộ luật Dân sự 2015, điều 146–148) and the calendar export."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from extractors.deadlines import find_deadlines
from extractors.time_calendar import add_duration, is_working_day, lunar_new_year, next_dates, next_working_day, working_day_after
from pipeline.report.calendar import write_calendar
from schemas.errors import UsageError
from schemas.record import Document, Duty, Record, Source


@pytest.mark.parametrize(
    "day, works",
    [
        ("2025-01-27", False), ("2025-01-29", False), ("2025-02-03", True),  # Tết Ất Tỵ
        ("2025-04-07", False),  # Giỗ Tổ
        ("2025-05-02", False), ("2025-04-26", True),  # hoán đổi
        ("2025-09-01", False), ("2025-09-02", False), ("2025-09-03", True),
        ("2025-06-14", False), ("2025-06-15", False), ("2025-06-16", True),
        ("2026-01-02", False), ("2026-01-10", True), ("2026-02-17", False),
    ],
)  # fmt: skip
def test_working_days(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    "start, n, want",
    [
        ("2025-06-13", 1, "2025-06-16"), ("2025-06-13", 5, "2025-06-20"), ("2025-01-24", 1, "2025-02-03"), ("2025-06-14", 0, "2025-06-14"),
        ("2025-04-29", 1, "2025-05-05"), ("2025-06-16", -1, "2025-06-13"), ("2025-06-16", -3, "2025-06-11"),
    ],
)  # fmt: skip
def test_working_day_after(start: str, n: int, want: str) -> None:
    assert working_day_after(date.fromisoformat(start), n) == date.fromisoformat(want)


@pytest.mark.parametrize(
    "anchor, duration, working, back, want",
    [
        ("2025-06-02", "P10D", False, False, "2025-06-12"),
        ("2025-06-04", "P10D", False, False, "2025-06-16"),  # Saturday → Monday, điều 148 khoản 5
        ("2025-06-04", "P10D", True, False, "2025-06-18"),
        ("2025-01-31", "P1M", False, False, "2025-02-28"),
        ("2024-02-29", "P1Y", False, False, "2025-02-28"),
        ("2025-06-03", "P2W", False, False, "2025-06-17"),
        ("2025-11-28", "P3M", False, False, "2026-03-02"),  # 28/02/2026 is a Saturday
        ("2025-06-13", "PT48H", False, False, "2025-06-15"),
        ("2025-06-20", "P7D", False, True, "2025-06-13"),
        ("2025-06-20", "P3D", True, True, "2025-06-17"),
    ],
)
def test_add_duration(anchor: str, duration: str, working: bool, back: bool, want: str) -> None:
    assert add_duration(date.fromisoformat(anchor), duration, working, back=back) == date.fromisoformat(want)


def test_a_broken_duration_is_the_callers_error() -> None:
    with pytest.raises(UsageError, match="ISO 8601"):
        add_duration(date(2025, 1, 1), "10 ngày")


def test_next_working_day_passes_tet() -> None:
    assert next_working_day(date(2026, 2, 14)) == date(2026, 2, 23)


@pytest.mark.parametrize(
    "text, want",
    [
        ("Báo cáo định kỳ 06 tháng.", ["2025-06-30", "2025-12-31", "2026-06-30"]),
        ("Báo cáo hằng quý.", ["2025-03-31", "2025-06-30", "2025-09-30"]),
        ("Báo cáo hằng tháng.", ["2025-02-28", "2025-03-31", "2025-04-30"]),
        ("Báo cáo hằng năm.", ["2025-12-31", "2026-12-31", "2027-12-31"]),
        ("Báo cáo quý, 6 tháng, năm.", ["2025-03-31", "2025-06-30", "2025-09-30"]),
        ("Báo cáo trước ngày 20 của tháng cuối quý.", ["2025-03-20", "2025-06-20", "2025-09-20"]),
        ("Báo cáo trước ngày 15/6 và 15/12 hằng năm.", ["2025-06-15", "2025-12-15", "2026-06-15"]),
        ("Kê khai trong quý I hằng năm.", ["2025-03-31", "2026-03-31", "2027-03-31"]),
        ("Khóa sổ ngày làm việc cuối cùng của tháng.", ["2025-02-28", "2025-03-31", "2025-04-30"]),
        ("Rà soát hằng năm đến năm 2026.", ["2025-12-31", "2026-12-31"]),
        ("Báo cáo vào thứ Sáu hằng tuần.", ["2025-02-14", "2025-02-21", "2025-02-28"]),
        ("Gửi báo cáo trước ngày 30/6/2025.", ["2025-06-30"]),
        ("Kiểm tra 02 lần/năm.", ["2025-06-30", "2025-12-31", "2026-06-30"]),
        ("Báo cáo định kỳ.", []),
        ("Thường xuyên kiểm tra.", []),
        ("Đánh giá 5 năm một lần.", ["2025-12-31", "2030-12-31", "2035-12-31"]),
    ],
)
def test_next_dates(text: str, want: list[str]) -> None:
    (deadline,) = find_deadlines(text, issued_on="2025-02-10")
    assert [d.isoformat() for d in next_dates(deadline, date(2025, 2, 10), 3)] == want


def record() -> Record:
    texts = [
        "Rà soát thủ tục trước ngày 30/6/2025.", "Báo cáo trước ngày 15/6 và 15/12 hằng năm.", "Thường xuyên kiểm tra.",
        "Tập huấn trong quý III/2025.",
    ]  # fmt: skip
    text = "\n".join(texts)
    deadlines = find_deadlines(text, issued_on="2025-02-10")
    duties = []
    for number, words in enumerate(texts, 1):
        start = text.index(words)
        inside = tuple(d.id for d in deadlines if start <= d.start < start + len(words))
        duties.append(
            Duty(
                id=f"II.{number}#1", start=start, end=start + len(words), text=words, rule="duties.item", section=f"II.{number}",
                modality="obligation", lead=("Văn phòng Sở",), deadlines=inside,
            )
        )  # fmt: skip
    return Record(
        source=Source(name="ke-hoach.docx", sha256="0" * 64, media_type="text/plain"), text=text,
        document=Document(key="12/KH-SNV", issued_on="2025-02-10"), deadlines=deadlines, duties=tuple(duties),
    )  # fmt: skip


def test_calendar_of_duties(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ics", tmp_path / "b.ics"
    assert write_calendar([record()], first) == 3
    write_calendar([record()], second)
    assert first.read_bytes() == second.read_bytes()
    calendar = Calendar.from_ical(first.read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert not list(calendar.walk("VTODO"))  # which Google Calendar and most imports pass over
    assert [e.decoded("dtstart").isoformat() for e in events] == ["2025-06-29", "2025-06-14", "2025-09-30"]
    assert all(e.decoded("dtend") - e.decoded("dtstart") == timedelta(days=1) for e in events)
    assert events[1]["rrule"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=14;BYMONTH=6,12"
    assert "Từ ngày: 01/07/2025" in str(events[2]["description"])
    assert len({str(e["uid"]) for e in events}) == 3
    assert "Văn phòng Sở" in str(events[0]["description"])


def test_the_first_day_of_tet_of_a_year() -> None:
    assert [lunar_new_year(year) for year in (2024, 2025, 2026)] == [date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)]

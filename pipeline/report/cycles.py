"""Deadlines in words: cycles (RFC 5545 rules) and terms (ISO 8601 durations)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.rulebook import rules
from pipeline.report.texts import Texts
from schemas.record import Deadline

_PART = re.compile(r"(\d+)([YMWDH])")
_SPANS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}
_CLOCK = {"H": "hours", "M": "minutes"}
_PLAIN = {
    ("DAILY", 1): "daily", ("WEEKLY", 1): "weekly", ("MONTHLY", 1): "monthly", ("MONTHLY", 3): "quarterly",
    ("MONTHLY", 6): "half_yearly", ("YEARLY", 1): "yearly",
}  # fmt: skip
_EVERY = {
    "MINUTELY": "every_minute", "HOURLY": "every_hour", "DAILY": "every_day", "WEEKLY": "every_week", "MONTHLY": "every_month",
    "YEARLY": "every_year",
}  # fmt: skip


def in_words(deadlines: Iterable[Deadline], t: Texts) -> str:
    """What a date column cannot say: cycles, terms with their starting point, standing work, events."""
    found: dict[str, None] = {}
    for deadline in deadlines:
        found |= dict.fromkeys(_words(deadline, t))
    return "; ".join(found)


def _words(deadline: Deadline, t: Texts) -> list[str]:
    if deadline.kind == "recurring":
        return [cycle(rule, t) for rule in deadline.rrules or ((deadline.rrule,) if deadline.rrule else ())]
    if deadline.kind == "continuous":
        return [t("cycle.continuous")]
    if deadline.kind == "event":
        return [t("cycle.event", text=deadline.anchor or deadline.text)]
    if deadline.kind == "relative" and deadline.due:
        words = {"span": span(deadline.due, t, working=deadline.working_days), "anchor": deadline.anchor or t("cycle.no_anchor")}
        said = rules("reports").pattern("anchor_says_when").match(deadline.anchor or "")
        return [t("cycle.relative_said" if said else "cycle.relative_before" if deadline.side == "before" else "cycle.relative", **words)]
    return []


def span(duration: str, t: Texts, *, working: bool = False) -> str:
    """``P10D`` in words; text that is no duration as it is."""
    days, _, hours = duration.partition("T")
    parts = [(n, "working" if working and unit == "D" else _SPANS[unit]) for n, unit in _PART.findall(days) if unit in _SPANS]
    clock = [(n, _CLOCK[unit]) for n, unit in _PART.findall(hours) if unit in _CLOCK]
    parts += [(n, "hours_working" if working and name == "hours" else name) for n, name in clock]
    return " ".join(t(f"cycle.{name}", n=n) for n, name in parts) or duration


def cycle(rrule: str, t: Texts) -> str:
    """``FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20`` → «hằng năm, ngày 20/6, ngày 20/12»; an unknown rule as it is."""
    fields = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    frequency, interval = fields.get("FREQ", ""), fields.get("INTERVAL", "1")
    if frequency not in _EVERY or not interval.isdigit():
        return rrule
    plain = _PLAIN.get((frequency, int(interval)))
    name = t(f"cycle.{plain}") if plain else t(f"cycle.{_EVERY[frequency]}", n=interval)
    days = _days(fields, t)
    return t("cycle.on", cycle=name, days=", ".join(days)) if days else name


def _days(fields: dict[str, str], t: Texts) -> list[str]:
    months = [m for m in fields.get("BYMONTH", "").split(",") if m]
    days = [d for d in fields.get("BYMONTHDAY", "").split(",") if d]
    if months and days and "-1" not in days:
        return [t("cycle.month_day", day=f"{d}/{m}") for m in months for d in days]
    named = [t("cycle.last_day") if d == "-1" else t("cycle.month_day", day=d) for d in days]
    week = [t.of("cycle", d) for d in fields.get("BYDAY", "").split(",") if d]
    return named + [t("cycle.month", month=m) for m in months] + week

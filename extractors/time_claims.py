"""Recurrences that reach beyond their own words: a cycle claims the days that follow it, and the turn before it.

"Định kỳ 6 tháng, năm báo cáo … trước ngày 15/6 và 15/12"; "đợt 1 vào tháng 2, đợt 2 vào tháng 8 hằng năm".
"""

from __future__ import annotations

import re

from extractors.rulebook import rules
from extractors.time_found import Found
from extractors.time_recurring import yearly_rules

_SENTENCE = re.compile(r"[.;]\s|\n")
_YEAR_END = ((12, -1),)
"""«hằng năm … vào dịp cuối năm»: the end of each year, and no day of it."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def claim_days(text: str, found: list[Found]) -> list[Found]:
    """A year-less date after a recurrence in one sentence recurs: "định kỳ 6 tháng, năm báo cáo … trước ngày 15/6 và 15/12".

    Dates of the same day of the month are one expression; two different days no rule can hold together."""
    cycle: Found | None = None
    kept: list[Found] = []
    for item in found:
        if item.kind == "recurring":
            cycle = item
            _claim_turn(text, kept, item)
        elif item.days and cycle and item.start - cycle.end < 200 and not _SENTENCE.search(text, cycle.end, item.start):
            last = kept[-1]
            joined = rules("deadlines")["also"].pattern.fullmatch(text, last.end, item.start)
            if last.rule == "recurring.claimed" and joined and len(yearly_rules(last.days + item.days)) == 1:
                last.end, last.days = item.end, last.days + item.days
                _recur(last)
                continue
            item.kind, item.due, item.start_on, item.review = "recurring", None, None, ()
            item.confidence, item.rule = 0.8, "recurring.claimed"
            _recur(item)
        kept.append(item)
    return kept


def _recur(item: Found) -> None:
    late = item.grain == "year-part" and item.days == _YEAR_END
    exact = ("FREQ=YEARLY",) if late else yearly_rules(item.days)
    item.rrule, item.rrules = exact[0], exact if len(exact) > 1 else ()


def _claim_turn(text: str, kept: list[Found], cycle: Found) -> None:
    """«đợt 1 vào tháng 2, đợt 2 vào tháng 8 hằng năm»: the month or day of the first turn recurs with that of the second."""
    first = kept[-1] if kept else None
    if first is None or first.kind not in ("date", "range") or not first.due or not (cycle.rrule or "").startswith("FREQ=YEARLY"):
        return
    if (first.kind == "range") != (cycle.rrule == "FREQ=YEARLY"):
        return  # «vào tháng 3 - 4, đợt 2 vào tháng 9 - 10 hằng năm»: both are windows of each year, or neither
    if first.grain not in ("month", "day") or _YEAR.search(text, first.start, first.end):
        return
    if rules("deadlines")["second_turn"].pattern.fullmatch(text, first.end, cycle.start):
        month, day = int(first.due[5:7]), int(first.due[8:])
        exact = yearly_rules(((month, day),))
        first.rrule = exact[0] if first.grain == "day" else f"FREQ=YEARLY;BYMONTH={month}"
        if first.kind == "range":
            first.rrule, first.rrules = "FREQ=YEARLY", exact
        first.kind, first.start_on, first.due, first.rule, first.review = "recurring", None, None, "recurring.turn", ()

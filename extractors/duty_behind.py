"""Doers that stand behind something else: a statement, a bare command that they complete, a clause of time.

Source: domain.md 4.4, 4.5.
"""

from __future__ import annotations

import re

from extractors.duty_prose import behind_run_in, only_tells
from extractors.duty_reading import SENTENCE, Draft
from extractors.rulebook import rules
from extractors.signs import each
from extractors.unit_headings import heading_of
from extractors.unit_roles import Assignment, assignment_of
from extractors.units import find_units

_ENDS = re.compile(r"[.;]\s+(?=\w)")
_NEAR, _OPENS, _CLAUSE = 80, 10, 240
"""Characters that show how a command begins; before whom a clause names («giao cho | Sở A»); of the clause that completes it."""
_MARKS = re.compile(r"[,.;:(]")


def completes(text: str, start: int, at: int, here: Assignment) -> bool:
    """«Rà soát trụ sở; | Sở Tài chính hoàn thành trước ngày …»: a clause without work of its own says who does what stands before it."""
    if here.rule not in {"subject", "assign"} or rules("units").pattern("no_body_subject").match(text, start, at):
        return False
    if only_tells(text[start : min(at, start + _NEAR)]):
        return False
    return rules("units").pattern("only_completes").match(text, here.lead[-1][1]) is not None


def sees_to_it(text: str, start: int, at: int, end: int) -> bool:
    """«Dự thảo kết luận phải được thẩm định độc lập. | Thanh tra Bộ bố trí người làm việc này.»: behind a thing that has to be treated, and
    nobody who does it, the next clause says of the same work («việc này») who sees to it."""
    book = rules("units")
    thing = book.pattern("affair").match(text, start, at)
    bound = book.pattern("bound_thing").search(text, thing.end(), at) if thing else None
    return bound is not None and rules("duties").pattern("same_work").search(text, at, end) is not None


def _seen_to(text: str, draft: Draft) -> Assignment | None:
    """Who sees to the work that the first sentence gives to nobody."""
    cut = SENTENCE.search(text, draft.start, draft.end)
    if cut is None or not sees_to_it(text, draft.start, cut.end(), min(draft.end, cut.end() + _CLAUSE)):
        return None
    here = assignment_of(text, cut.end(), draft.end)
    return here if here.rule == "subject" and here.lead[0][0] == cut.end() else None


def _completed(text: str, draft: Draft) -> Assignment | None:
    """Who the last clauses of a bare command say completes it."""
    carried = rules("units")["completes_inside"]
    for mark in _ENDS.finditer(text, draft.start, draft.end):
        at, near = mark.end(), min(draft.end, mark.end() + _CLAUSE)
        if next(each(carried, text, at, near), None) is None:
            continue
        here = assignment_of(text, at, near)
        if here.lead and here.lead[0][0] - at < _OPENS and completes(text, draft.start, at, here):
            return assignment_of(text, at, draft.end)
    return None


def behind_statement(text: str, draft: Draft) -> Assignment | None:
    """The subject of the second sentence, where the first only tells («Kế hoạch này là cơ sở … . Nếu có khó khăn, các đơn vị …»)."""
    if done := _completed(text, draft) or _seen_to(text, draft):
        return done
    cut = SENTENCE.search(text, draft.start, draft.end) or rules("duties").pattern("turns_on").search(text, draft.start, draft.end)
    if not cut:
        return None
    first = text[draft.start : cut.start()]
    told = rules("duties").pattern("tells").match(first) or only_tells(first) or behind_run_in(text, draft.start, draft.end)
    if not told:
        return None
    found = assignment_of(text, cut.end(), draft.end)
    return found if found.lead else None


def bound_behind_time(text: str, start: int, end: int) -> str:
    """«Khi xả lũ, | người vận hành cống | phải …»: the doer between the comma of a clause of time and the modal; empty without one."""
    if not rules("units").pattern("time_clause").match(text, start, end):
        return ""
    clause, _, said = text[start:end].partition(", ")
    if not said or _MARKS.search(said) or any(unit.end == len(clause) for unit in find_units(clause)):
        return ""  # «Khi kiểm tra hồ sơ của cơ quan, | đơn vị quản lý kém phải …»: a list of bodies
    named = said[0].upper() + said[1:]
    found = heading_of(named, 0, len(named))
    whole = found is not None and found.rule == "heading_name" and found.names == (named,)
    return said if whole and rules("units").pattern("heading_person").match(named) else ""

"""Checks of duties and their times (nhiệm vụ, thời hạn)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.checks import Check, day, finding
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.undated import earliest
from extractors.unit_subjects import subject_list
from schemas.record import Deadline, Duty, Finding

_STEP = re.compile(r"[.;]\s")
_LIMITS = ("before", "by")
"""Sides of a day by which something is to be done."""
_CLAUSE_MARK = re.compile(r"[.;:]\s+")
_CLAUSE_END = re.compile(r"(?:^|[.;:,(–-])\s*$")


def _split(by_id: dict[str, Deadline], duty: Duty) -> tuple[list[Deadline], list[Deadline]]:
    """Times in the words of a duty, and times of its trailer line or table column."""
    times = [by_id[i] for i in duty.deadlines if i in by_id]
    inside = [d for d in times if duty.start <= d.start < duty.end]
    return inside, [d for d in times if not duty.start <= d.start < duty.end]


def _months(deadline: Deadline) -> set[float]:
    """Months from one occurrence to the next, one for each rule; empty where the text gives no cycle."""
    out: set[float] = set()
    for rule in deadline.rrules or ((deadline.rrule,) if deadline.rrule else ()):
        parts = dict(p.split("=", 1) for p in rule.split(";") if "=" in p)
        unit = {"YEARLY": 12.0, "MONTHLY": 1.0, "WEEKLY": 0.25, "DAILY": 1 / 30}.get(parts.get("FREQ", ""))
        if unit is not None:
            times = len(parts["BYMONTH"].split(",")) if "BYMONTH" in parts else 1
            out.add(unit * int(parts.get("INTERVAL", "1")) / times)
    return out


def _opens_clause(plan: Plan, duty: Duty, deadline: Deadline) -> bool:
    """A cycle that opens its clause, or stands behind nothing but its subject, governs the verb ("hằng năm các cơ quan rà soát", "các cơ
    quan hằng năm rà soát"); one behind a noun may belong to the noun ("chỉ số cải cách hành chính hằng năm")."""
    before = plan.text[duty.start : deadline.start]
    if _CLAUSE_END.search(before):
        return True
    clause = duty.start + max((mark.end() for mark in _CLAUSE_MARK.finditer(before)), default=0)
    who = subject_list(plan.text, clause, duty.end)
    return bool(who) and clause == who[0].start and not plan.text[who[-1].end : deadline.start].strip()


def _disagree(plan: Plan, duty: Duty, body: Deadline, outside: Deadline) -> bool:
    if body.kind == "recurring" and outside.kind == "recurring":
        mine, other = _months(body), _months(outside)
        return bool(mine and other and not mine & other)
    if body.kind == "recurring" and outside.kind == "continuous":
        return bool(_months(body)) and _opens_clause(plan, duty, body)
    if body.kind == "date" and outside.kind in ("date", "range"):
        over = body.due and outside.due and body.due > outside.due
        done = _is_limit(body) and body.due != outside.due and _bare_day(outside) and _completes(plan, duty, body)
        return bool(over or done or _two_limits(body, outside) or _over_before(plan, duty, body, outside))
    return False


def _is_limit(deadline: Deadline) -> bool:
    """A day by which something is to be done."""
    return deadline.grain == "day" and deadline.side in _LIMITS


def _over_before(plan: Plan, duty: Duty, body: Deadline, outside: Deadline) -> bool:
    """The last act of the duty is due before the period begins in which the whole is to be done («…, trình phương án trước ngày 15/8», in
    the trailer «tháng 9»); the day of an earlier step may well lie before it."""
    before = body.due and outside.start_on and body.due <= outside.start_on
    return bool(before) and _is_limit(body) and not _STEP.search(plan.text[body.end : duty.end].rstrip(" .;"))


def _two_limits(body: Deadline, outside: Deadline) -> bool:
    """Two different days by which one duty is to be done; months and quarters may hold the day of the other."""
    return _is_limit(body) and _is_limit(outside) and outside.kind == "date" and body.due != outside.due


def _completes(plan: Plan, duty: Duty, body: Deadline) -> bool:
    """«…, hoàn thành | trước ngày 20/4/2026; đăng trên Cổng …»: the day by which the whole is done, and not a step of it («; gửi dự thảo
    trước ngày 15/6»)."""
    return rules("checks").pattern("whole_done").search(plan.text[duty.start : body.start]) is not None


def _bare_day(outside: Deadline) -> bool:
    """«Thời hạn: 30/4/2026»: a day alone in a trailer is the one by which the duty is done."""
    return outside.kind == "date" and outside.grain == "day" and outside.side is None


def _prepares(duty: Duty) -> bool:
    """Several sentences or clauses: the day inside may be that of a step, the trailer's that of the whole."""
    return bool(_STEP.search(duty.text.rstrip(" .;")))


def _of_stage(plan: Plan, body: Deadline, outside: Deadline) -> bool:
    """Whether ``outside`` is the time of the heading above: the days of a stage and a day of the duty's own do not exclude each other."""
    if body.kind != "date":
        return False
    node = next(n for n in plan.nodes if plan.paragraphs[n.index].end >= outside.end)
    return node.role in {"heading", "item", "text"}


def time_conflict(plan: Plan) -> Iterator[Finding]:
    """DUTY-TIME-CONFLICT: the time in the sentence and the time of the trailer or column; the sentence's is marked."""
    by_id = {d.id: d for d in plan.deadlines}
    for duty in plan.duties:
        inside, outside = _split(by_id, duty)
        if not inside or not outside:
            continue
        steps = sum(d.kind in ("date", "range") for d in inside) > 1 or _prepares(duty)
        for body in inside:
            other = next((o for o in outside if _disagree(plan, duty, body, o) and not _of_stage(plan, body, o)), None)
            step = steps and other is not None and not _completes(plan, duty, body) and _two_limits(body, other)
            if other is None or (step and (body.due or "") < (other.due or "")):
                continue
            if any(not _disagree(plan, duty, body, o) and o.kind == body.kind for o in outside):
                continue
            message = f"Trong câu ghi “{body.text}”, dòng thời gian ghi “{other.text}”. Thống nhất một thời gian thực hiện."
            yield finding(plan, "DUTY-TIME-CONFLICT", body.start, body.end, message)


def before_issue(plan: Plan) -> Iterator[Finding]:
    """DL-BEFORE-ISSUE: a day, month or quarter that ends before the plan was issued; a year only in the time cell of a task, since in a
    sentence it may be the year that is told of («kết quả năm 2024»)."""
    issued, low = plan.document.issued_on, earliest(plan.document)
    told = rules("checks").pattern("as_of")
    governing = {i for duty in plan.duties for i in duty.deadlines}
    for deadline in plan.deadlines if low else ():
        if deadline.id not in governing or deadline.kind not in ("date", "range") or not deadline.due or not low:
            continue
        if deadline.grain == "year" and not _whole_cell(plan, deadline):
            continue
        if deadline.due < low and not told.search(plan.text[max(0, deadline.start - 45) : deadline.start]):
            when = f"ngày {day(issued)}" if issued else f"(không sớm hơn ngày {day(low)})"
            message = f"Thời hạn {day(deadline.due)} (“{deadline.text}”) đã qua khi ban hành {when}. Đặt lại thời hạn."
            yield finding(plan, "DL-BEFORE-ISSUE", deadline.start, deadline.end, message)


def _whole_cell(plan: Plan, deadline: Deadline) -> bool:
    """Whether the time is all that its cell of a table holds."""
    row = plan.paragraphs[plan.paragraph_at(deadline.start)]
    cell = next((c for c in row.cells if c.start <= deadline.start < c.end), None)
    return cell is not None and plan.text[cell.start : cell.end].strip(" .;\n") == plan.text[deadline.start : deadline.end]


CHECKS: tuple[Check, ...] = (time_conflict, before_issue)

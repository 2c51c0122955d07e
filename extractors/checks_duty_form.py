"""Checks of how duties are given: who, when, what comes out, to whom (rõ người, rõ việc, rõ thời gian, rõ sản phẩm)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from extractors.checks import Check, day, finding
from extractors.duty_references import ROLE as ASSIGNED
from extractors.keys import fold
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.time_calendar import is_working_day
from schemas.record import Deadline, Duty, Finding

_DEMANDS = frozenset({"obligation", "prohibition"})
_ATOMS = 4
_NEAR = 0.88
"""Word overlap (F1) from which two duties count as the same words; below 0.85 pairs on the sample plans differ in meaning."""

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_PER_YEAR = re.compile(r"/\s?n", re.I)
_CYCLE = 14
"""Characters before and behind the slash that hold a cycle and the letter beside it: «06 tháng / năm»."""
_LEAST = 8
"""Words of the shortest duty that is compared."""
_END_WORDS = 9


def _times(plan: Plan) -> dict[str, list[Deadline]]:
    by_id = {d.id: d for d in plan.deadlines}
    return {duty.id: [by_id[i] for i in duty.deadlines if i in by_id] for duty in plan.duties}


def _few(duty: Duty) -> tuple[int, int]:
    """The first words of a duty."""
    found = re.match(r"\s*(?:\S+\s+){0,9}\S+", duty.text)
    return duty.start, duty.start + (found.end() if found else len(duty.text))


def no_deadline(plan: Plan) -> Iterator[Finding]:
    """DUTY-NO-DEADLINE: a duty with a countable result and no time at all."""
    rule, times = rules("checks").pattern("measurable"), _times(plan)
    for duty in plan.duties:
        if duty.modality == "obligation" and not times[duty.id] and (duty.product or rule.match(duty.text)):
            yield finding(plan, "DUTY-NO-DEADLINE", *_few(duty), "Việc có kết quả đo được nhưng không có thời hạn. Thêm ngày hoặc kỳ hạn.")


def vague_time(plan: Plan) -> Iterator[Finding]:
    """DUTY-VAGUE-TIME: every time of a duty is "thường xuyên" or a cycle without length; each expression once."""
    seen: set[int] = set()
    for found in _times(plan).values():
        if not found or not all(d.kind == "continuous" or (d.rule == "deadlines.recurring.unspecified" and not d.rrule) for d in found):
            continue
        for deadline in found:
            if deadline.start not in seen:
                seen.add(deadline.start)
                message = f"Thời gian chỉ ghi “{deadline.text}”. Thêm mốc hoặc kỳ hạn kiểm tra được (ví dụ: hằng quý)."
                yield finding(plan, "DUTY-VAGUE-TIME", deadline.start, deadline.end, message)


def ambiguous_time(plan: Plan) -> Iterator[Finding]:
    """DUTY-TIME-AMBIGUOUS: a cycle written with a slash."""
    rule = rules("checks").pattern("slash_cycle")
    for slash in _PER_YEAR.finditer(plan.text):  # a plan has some slashes, few before a word that begins like the cycle
        at = slash.start()
        near = rule.finditer(plan.text, max(0, at - _CYCLE), at + _CYCLE)
        found = next((m for m in near if m.start() <= at < m.end()), None)
        if found is None:
            continue
        message = f"“{found.group()}” hiểu được hai cách: 6 tháng và cả năm, hay một kỳ. Viết rõ, ví dụ “định kỳ 06 tháng và hằng năm”."
        yield finding(plan, "DUTY-TIME-AMBIGUOUS", found.start(), found.end(), message)


def no_addressee(plan: Plan) -> Iterator[Finding]:
    """DUTY-NO-ADDRESSEE: nobody is named, neither here nor in the headings above, nor told elsewhere to carry out this section."""
    for duty in plan.duties:
        if duty.modality in _DEMANDS and not duty.lead and not any(role.role == ASSIGNED for role in duty.roles):
            yield finding(plan, "DUTY-NO-ADDRESSEE", *_few(duty), "Không rõ cơ quan, người thực hiện. Ghi rõ chủ thể hoặc đơn vị chủ trì.")


def no_lead(plan: Plan) -> Iterator[Finding]:
    """DUTY-NO-LEAD: a trailer or column names several bodies and none of them as lead; each trailer once."""
    units = {u.id: u for u in plan.units}
    seen: set[int] = set()
    for duty in plan.duties:
        if len(duty.lead) < 2 or duty.lead_rule != "lead.trailer" or "chủ trì" in duty.text.lower():
            continue
        places = [units[r.unit].start for r in duty.roles if r.role == "lead" and r.unit in units]
        if not places or plan.paragraph_at(places[0]) in seen:
            continue
        index = plan.paragraph_at(places[0])
        paragraph = plan.paragraphs[index]
        seen.add(index)
        if plan.nodes[index].role == "trailer" and "chủ trì" not in plan.words(paragraph).lower():
            message = f"{len(duty.lead)} nơi cùng thực hiện, không rõ nơi chủ trì. Ghi một đơn vị chủ trì, các đơn vị khác phối hợp."
            yield finding(plan, "DUTY-NO-LEAD", paragraph.body, paragraph.end, message)


def no_output(plan: Plan) -> Iterator[Finding]:
    """DUTY-NO-OUTPUT, once: no duty of the plan names a product or a number."""
    duties = [d for d in plan.duties if d.modality == "obligation"]
    indicator = rules("checks").pattern("indicator")
    if len(duties) >= 5 and not any(d.product or (_DIGIT.search(d.text) and indicator.search(d.text)) for d in duties):
        message = f"Không nhiệm vụ nào trong {len(duties)} nhiệm vụ nêu sản phẩm hoặc chỉ tiêu. Bổ sung để đánh giá được kết quả."
        yield finding(plan, "DUTY-NO-OUTPUT", *_few(duties[0]), message)


def report_open(plan: Plan) -> Iterator[Finding]:
    """DUTY-REPORT-OPEN: a duty to report regularly without recipient or without cycle."""
    rule, to, times = rules("checks").pattern("reports"), rules("checks").pattern("report_to"), _times(plan)
    for duty in plan.duties:
        found = rule.search(duty.text) if duty.modality in _DEMANDS and "báo cáo" in duty.text.lower() else None
        if found is None:
            continue
        missing = []
        if not any(r.role == "report_to" for r in duty.roles) and not to.search(duty.text):
            missing.append("nơi nhận")
        if not any(d.rrule or d.kind in ("date", "range", "relative", "event") for d in times[duty.id]):
            missing.append("kỳ báo cáo")
        if missing:
            start = duty.start + found.start()
            yield finding(plan, "DUTY-REPORT-OPEN", start, duty.start + found.end(), f"Báo cáo chưa rõ {' và '.join(missing)}. Bổ sung.")


def overloaded(plan: Plan) -> Iterator[Finding]:
    """DUTY-OVERLOADED: more than four clauses of their own in one item."""
    for duty in plan.duties:
        if duty.text.count(";") + duty.text.count(".") < _ATOMS:
            continue  # too few marks for so many clauses
        clauses = [c for c in re.split(r"[;.]\s+", duty.text) if len(c.split()) >= 4]
        if duty.modality in _DEMANDS and len(clauses) > _ATOMS:
            message = f"Một ý chứa {len(clauses)} việc. Tách thành các ý riêng để giao và theo dõi."
            yield finding(plan, "DUTY-OVERLOADED", *_few(duty), message)


def duplicates(plan: Plan) -> Iterator[Finding]:
    """DUTY-DUPLICATE: nearly the same words as an earlier duty. Compared are duties that begin or end alike."""
    words, sizes = _Words(), _Sizes()
    buckets: dict[tuple[str, ...], list[Duty]] = {}
    for duty in plan.duties:
        if plan.nodes[plan.paragraph_at(duty.start)].role == "row" or (ends := _ends(duty.text)) is None:
            continue
        near = (o for key in ends for o in buckets.get(key, ()) if _as_long(sizes[o.text], sizes[duty.text]))
        twin = next((o for o in near if _alike(words[o.text], words[duty.text])), None)
        if twin is not None:
            message = f"Gần trùng với nhiệm vụ ở mục {twin.section or 'trên'}: “{twin.text[:60].strip()}…”. Gộp lại hoặc nêu rõ chỗ khác."
            yield finding(plan, "DUTY-DUPLICATE", *_few(duty), message)
        for key in ends:
            buckets.setdefault(key, []).append(duty)


def _tokens(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class _Words(dict[str, Counter[str]]):
    """Folded words of a text, counted when first asked for: few duties of a plan begin or end like another."""

    def __missing__(self, text: str) -> Counter[str]:
        return self.setdefault(text, Counter(_tokens(text)))


class _Sizes(dict[str, int]):
    """Number of words of a text; folding neither joins nor parts the words of canonical text."""

    def __missing__(self, text: str) -> int:
        return self.setdefault(text, len(_WORD.findall(text)))


def _ends(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The first and the last five folded words, None for a text of fewer than eight. Of a long text only both ends are folded;
    eight words there keep the five clear of the cut, where a pair that folding turns round may be torn."""
    head = text.split(None, _END_WORDS)
    if len(head) > _END_WORDS:
        first, last = _tokens(" ".join(head[:_END_WORDS])), _tokens(" ".join(text.rsplit(None, _END_WORDS)[1:]))
        if len(first) >= _LEAST and len(last) >= _LEAST:
            return ("<", *first[:5]), (">", *last[-5:])
    tokens = _tokens(text)
    return (("<", *tokens[:5]), (">", *tokens[-5:])) if len(tokens) >= _LEAST else None


def _as_long(size: int, length: int) -> bool:
    """Two texts so different in length are not alike, however much they share: most pairs, and their words are not folded."""
    return 2 * min(size, length) >= _NEAR * (size + length)


def _alike(left: Counter[str], right: Counter[str]) -> bool:
    shared = sum(min(count, right[word]) for word, count in left.items() if word in right)
    return 2 * shared >= _NEAR * (sum(left.values()) + sum(right.values()))


def in_footnote(plan: Plan) -> Iterator[Finding]:
    """DUTY-IN-FOOTNOTE."""
    for duty in plan.duties:
        if plan.zone_at(duty.start) == "footnote":
            yield finding(plan, "DUTY-IN-FOOTNOTE", *_few(duty), "Nhiệm vụ đặt trong chú thích dễ bị bỏ qua. Đưa vào nội dung chính.")


def nonworking(plan: Plan) -> Iterator[Finding]:
    """DL-NONWORKING: a fixed last day on which public offices are closed; "trước ngày 30/4" ends on 29/4."""
    for deadline in plan.deadlines:
        if deadline.kind != "date" or deadline.grain != "day" or not deadline.due:
            continue
        date = dt.date.fromisoformat(deadline.due) - dt.timedelta(days=0 if deadline.inclusive else 1)
        if not is_working_day(date):
            name = {5: "thứ Bảy", 6: "Chủ nhật"}.get(date.weekday(), "ngày nghỉ lễ")
            message = f"{day(date.isoformat())} là {name}. Chọn ngày làm việc gần nhất."
            yield finding(plan, "DL-NONWORKING", deadline.start, deadline.end, message)


CHECKS: tuple[Check, ...] = (
    no_deadline, vague_time, ambiguous_time, no_addressee, no_lead, no_output, report_open, overloaded, duplicates, in_footnote, nonworking,
)  # fmt: skip

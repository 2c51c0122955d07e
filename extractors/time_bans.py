"""Events that tell of a forbidden act, and not when a duty is due: «không nhận quà … | trước, trong và sau cuộc kiểm tra», «Nghiêm cấm: |
a) Tiết lộ kết luận | trước khi công bố»."""

from __future__ import annotations

import re

from extractors.modality import of_lead_in
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.signs import any_in
from extractors.time_clauses import commands, commands_behind
from extractors.time_found import LONG_WINDOW, Reading

BOOK = "deadlines_events"
_SIGNS = ("không", "cấm", "cố ", "bao che", "dung túng")
_SPARES = ("modality.spares_below", "modality.lead_in.exempts")
"""Lead-ins over cases in which nobody is to blame: «… được miễn trách nhiệm khi:» | «Thực hiện mệnh lệnh | sau khi đã báo cáo»."""
_CLAUSE = re.compile(r"[.;:]\s|[\n\t]")


def in_ban(reading: Reading, at: int) -> bool:
    """Whether the event at ``at`` belongs to an act that its own clause, or the list around it, forbids."""
    if reading.fields.covering(at) is not None:
        return False
    listed = reading.bans.covering(at)
    begin = max(0, at - LONG_WINDOW)
    left = _CLAUSE.split(reading.text[begin:at])[-1]
    if left.rfind("(") > left.rfind(")"):  # «cam kết không nhận quà (công chức ký | trước khi bắt đầu)»: a remark bans nothing
        left = left[left.rfind("(") + 1 :]
    if listed is None and not any_in(left.lower(), _SIGNS):
        return False
    if listed is not None:
        told = commands(left) if listed[0] < at - len(left) else None  # «b) Nhận quà; | phải báo cáo khi …»
        return listed[0] < at and not (told or commands_behind(left, "act"))
    banned = rules(BOOK)["left_conduct_banned"].pattern.search(left)
    return banned is not None and not commands_behind(left[banned.start() + 1 :], "act", "verb", "deed")


def forbidden_items(plan: Plan) -> list[tuple[int, int]]:
    """First sentences of the items of lists whose heading or lead-in forbids («Nghiêm cấm các hành vi:»)."""
    spans: list[tuple[int, int]] = []
    wanted = rules("duties").pattern("wanted_act")
    forbids: dict[int, bool] = {}
    for node in plan.nodes:
        if node.parent is None or node.role not in {"item", "text"}:
            continue
        if node.parent not in forbids:
            forbids[node.parent] = _forbids(plan, node.parent)
        paragraph = plan.paragraphs[node.index]
        if forbids[node.parent] and not wanted.match(plan.text[paragraph.body : paragraph.end]):
            stop = plan.text.find(". ", paragraph.body, paragraph.end)
            spans.append((paragraph.body, stop if stop > 0 else paragraph.end))
    return spans


def _forbids(plan: Plan, index: int) -> bool:
    words = plan.words(plan.paragraphs[index]).strip()
    if plan.nodes[index].lead_in:
        lent = of_lead_in(words)
        return lent is not None and (lent[0] == "prohibition" or lent[1] in _SPARES)
    return rules("duties").pattern("forbidden_heading").search(words) is not None

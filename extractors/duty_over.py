"""A paragraph between a heading and the headings under it that opens them all («2. Kiểm soát từng khâu» | «Chánh án trực tiếp chỉ đạo …,
trong đó tập trung:» | «2.1. Khâu thụ lý»): who acts in it acts in what stands under them. Source: domain.md 3.3; GUIDE: the nearest
heading or lead-in."""

from __future__ import annotations

from extractors.duty_reading import Reading, Who, span_of
from extractors.unit_roles import assignment_of

_DOES = frozenset({"subject", "assign"})


def over_headings(plan: Reading, heading: int, index: int) -> Who | None:
    """Who acts in the paragraph right behind ``heading`` that opens the numbered headings of which one holds node ``index``."""
    opener, first = heading + 1, heading + 2
    if index <= opener or first >= len(plan.nodes):
        return None
    said, below = plan.nodes[opener], plan.nodes[first]
    if said.parent != heading or not said.lead_in or said.role != "text" or below.parent != heading or below.role != "heading":
        return None
    own = assignment_of(plan.text, *span_of(plan, said))
    return Who(own.lead_names, rule=f"lead.lead_in.{own.rule}") if own.rule in _DOES else None

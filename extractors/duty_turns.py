"""What a clause says behind the work of an item: what its body asks of outsiders, who answers for it, or work of others.

Source: domain.md 4.4; the annotation guide: different work for different addressees is one duty each.
"""

from __future__ import annotations

from extractors.actions import begins_with_act
from extractors.duty_leads import inherited
from extractors.duty_reading import Draft, Reading
from extractors.rulebook import rules
from extractors.unit_np import parse_one
from extractors.unit_roles import Assignment, assignment_of
from extractors.unit_subjects import subject_list
from extractors.unit_words import Words, fold

NEAR = 80
"""Characters looked at where the beginning of a stretch decides: a paragraph may be as long as a file."""
_BY_HEADING = frozenset({"lead.heading_name", "lead.heading_for", "lead.heading_responsibility"})
_ASKS = frozenset("yYđ")
"""Letters with which «yêu cầu», «đề nghị» begin."""
_GIVES = "giao "
_TOO = ("đồng thời ", "đồng thời, ")
_CLAUSE = 900
"""Characters of the longest clause before a comma."""


def asks_for(plan: Reading, draft: Draft, start: int, at: int) -> bool:
    """«Kiểm tra công trình; | yêu cầu nhà thầu sửa chữa»: what the body that checks requires of outsiders, or under its own heading of
    those whom it looks after, is one work with the check."""
    text, book = plan.text, rules("duties")
    at = next((at + len(too) for too in _TOO if text[at : at + len(too)].lower() == too), at)
    if text[at] not in _ASKS:
        return False
    outside = book.pattern("asks_outsider").match(text, at, draft.end) is not None
    if not outside and not book.pattern("asks_group").match(text, at, draft.end):
        return False
    told = assignment_of(text, start, at)
    if told.lead:
        gives = told.rule == "assign" and fold(text[start : start + len(_GIVES)]) == _GIVES
        return outside and text[at] != "đ" and (told.rule == "subject" or gives)
    above = inherited(plan, draft)
    own = above.rule in _BY_HEADING or (outside and above.rule == "lead.heading_subject")  # «1. Cục A có trách nhiệm:»
    return own and bool(above.lead)


def answers_below_heading(plan: Reading, draft: Draft, here: Assignment) -> bool:
    """«2. Các phòng | Lập kế hoạch …. | Trưởng phòng chịu trách nhiệm …»: a person of the heading's body, who is to answer, is told apart
    from the body, which does what stands before."""
    answers = bool(here.lead) and answers_for(plan, here, here.lead[-1][1], draft.end)
    if not answers or not begins_with_act(plan.text[draft.start : min(draft.end, draft.start + NEAR)]):
        return False
    above = inherited(plan, draft)
    return above.rule in _BY_HEADING and bool(above.lead) and set(here.lead_names).isdisjoint(above.lead)


def answers_for(plan: Reading, here: Assignment, last: int, end: int) -> bool:
    """«Các phòng rà soát sổ. | Trưởng phòng chịu trách nhiệm về …»: a person who is to answer for what others do."""
    if here.rule != "subject" or rules("duties").pattern("answers_alone").match(plan.text, last, end) is None:
        return False
    np = parse_one(Words(plan.text, *here.lead[0]), 0)
    return np is not None and np.cls == "role"


def same_duty(text: str, behind: int, end: int) -> bool:
    """A sentence that only says who answers for what stands before it; «… chịu trách nhiệm | rà soát …» tells of work."""
    found = rules("duties").pattern("same_duty").match(text, behind, end)
    if found is None or found["answers"] is None:
        return found is not None
    return Words(text, found.end(), end).hit(0, "verb") is None


def place_at_end(text: str, start: int, end: int) -> int:
    """Where «trên trang tin», «tại nhà văn hóa» begins, which ends ``text[start:end]`` and acts nowhere; ``end`` where none does."""
    found = rules("duties").pattern("place_at_end").search(text, max(start, end - NEAR), end)
    return found.start() if found else end


def beside_command(plan: Reading, draft: Draft, at: int, end: int) -> bool:
    """«Phòng Kinh tế | - Mở chuyên mục trên trang tin, | Đài Truyền thanh phát …»: under a heading that names a body the clause before
    the comma commands it, and holds no name with which that behind the comma could be listed. ``end``: where the clause at ``at`` ends."""
    low = max(draft.start, at - _CLAUSE)
    begin = max(plan.text.rfind(mark, low, at) + 1 for mark in ";.\n")
    begin = max(begin, low)
    named = any(i in plan.unit_starts for i in range(begin, place_at_end(plan.text, begin, at - 2)))
    if named or not begins_with_act(plan.text[begin : begin + NEAR].lstrip()):
        return False
    if rules("duties").pattern("clause_within").search(plan.text, begin, at):
        return False  # «để …», «khi …»: the comma may end that clause
    if not subject_list(plan.text, at, end, listed_only=True):
        return False
    above = inherited(plan, draft)
    return above.rule in _BY_HEADING and bool(above.lead)

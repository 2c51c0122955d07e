"""Who does it, said in the last clause of an item: «Rà soát hộ nghèo; Văn phòng thực hiện.», «… Phòng A chủ trì, các thôn phối hợp.»

Such a clause holds no work of its own: it gives its bodies to the duty before it, as a field line would. Source: domain.md 3.4.
"""

from __future__ import annotations

from extractors import trailers
from extractors.actions import begins_with_act
from extractors.duty_reading import SENTENCE, Draft, Reading
from extractors.duty_turns import answers_below_heading
from extractors.lead_ends import explains
from extractors.rulebook import rules
from extractors.unit_names import list_names
from extractors.unit_persons import persons
from extractors.unit_roles import assignment_of
from extractors.unit_words import Words
from extractors.who_when import note_at_end

_REACH = 260
"""Characters that the last clause may take."""


def hand_over(plan: Reading, draft: Draft) -> None:
    """Give the bodies of the last clauses to the duty, where these only hand over the work named before them."""
    if draft.in_table or draft.fields.lead or draft.end - draft.start > 8 * _REACH:
        return
    note = note_at_end(plan.text, draft.start, draft.end)
    if note is None:
        _last_clause(plan, draft)
        return
    before = plan.text[draft.start : note.start]
    if note.told.has("lead"):
        if note.bracket and note.told.plain and explains(plan.text, draft.start, note.start):
            return
        own = assignment_of(plan.text, draft.start, note.start)
        known = note.bracket or not note.told.plain or begins_with_act(before)
        if own.lead or not (known or any(role == "lead" and persons(plan.text, a, b) for role, a, b in note.told.parts)):
            return
        draft.told_from = note.start
    for role, start, end in note.told.parts:
        if role != "time":  # read where it stands
            draft.fields.add(role, (start, end))


def _last_clause(plan: Reading, draft: Draft) -> None:
    """Clauses that say of what they hand over: «…; Chánh án chịu trách nhiệm về việc công bố.»"""
    found = rules("duties").pattern("handed_at_end").search(plan.text, max(draft.start, draft.end - _REACH), draft.end)
    if found is None:
        return
    given = [(name, found.span(name)) for name in ("lead", "support", "helpers") if found[name]]
    before = plan.text[draft.start : found.start()]
    if not before.strip() or not all(_only_names(plan.text, *span) for _, span in given):
        return
    if found["lead"]:
        own = assignment_of(plan.text, draft.start, found.start())
        told = assignment_of(plan.text, found.start("lead"), draft.end)
        if own.lead or not begins_with_act(before) or answers_below_heading(plan, draft, told):
            return
    for name, span in given:
        draft.fields.add("lead" if name == "lead" else "support", span)


def time_at_end(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The time with which an item closes, labelled or told of all («Phòng A …; phòng B …. | Thời gian: thường xuyên.», «…, | tất cả xong
    trước ngày 10/6»): it is that of all its parts."""
    every = rules("duties").pattern("all_done").search(text, max(start, end - _REACH), end)
    if every is not None:
        return every.span("when")
    last = [mark.end() for mark in SENTENCE.finditer(text, start, end)]
    given = trailers.parse(text, last[-1], end) if last and end - last[-1] < _REACH else ()
    timed = len(given) == 1 and given[0].field == "time" and ":" in text[last[-1] : given[0].start]
    return (given[0].start, given[0].end) if timed else None


def _only_names(text: str, start: int, end: int) -> bool:
    """Whether nothing but names of bodies or persons stands there."""
    named = persons(text, start, end)
    if named:
        return named[-1].end == end
    words = Words(text, start, end)
    found, last = list_names(words, 0)
    return bool(found) and last == len(words)

"""Clauses that give one more thing to another body without an active subject: «…; công tác hậu cần do Hội Phụ nữ đảm nhiệm», «…; nhiệm
vụ về dữ liệu giao Công an tỉnh thực hiện», «… . Đối với các xã: niêm yết quy trình», «Đối với X còn phải …».
Source: domain.md 4.5.
"""

from __future__ import annotations

from extractors.actions import begins_with_act
from extractors.rulebook import rules
from extractors.unit_headings import heading_of
from extractors.unit_roles import assignment_of
from extractors.unit_words import fold
from extractors.units import find_units

_REACH = 400
"""Characters of the longest clause that is asked."""
_NEAR = 80
"""Characters looked at where the beginning of a stretch decides."""
_CUES = (" do ", " giao ")
_TO = ("Đối với ", "Riêng đối với ")
_PUBLIC = {"public", "person", "community"}
"""Kinds of persons whom a plan reaches and does not command."""
_TOPIC = 140
"""Characters of the longest «Đối với …:» that is asked."""


def done_by_others(text: str, start: int, at: int, end: int) -> set[str]:
    """Names of those who do the thing with which the clause at ``at`` begins, empty where it tells of something else or of money."""
    stop = text.find(";", at, min(end, at + _REACH))
    stop = stop if stop > 0 else min(end, at + _REACH)
    if not any(cue in text[at:stop] for cue in _CUES) or rules("duties").pattern("pays").match(text, at, stop):
        return set()
    here = assignment_of(text, at, stop)
    if here.rule != "by_whom" or here.lead[0][0] - at < len(_CUES[0]):
        return set()
    told = assignment_of(text, start, at).lead
    apart = told or (begins_with_act(text[start : start + _NEAR]) and not _same_work(text, start, at, here.lead[0][0]))
    return set(here.lead_names) if apart else set()


def _same_work(text: str, start: int, at: int, behind: int) -> bool:
    """«Mua sắm bàn ghế; việc | mua sắm, việc này do Phòng A thực hiện»: the thing that another does is the work commanded before."""
    thing = rules("duties").pattern("work_named").match(text, at, behind)
    return thing is not None and (thing["this"] is not None or fold(thing["work"]) in fold(text[start:at]))


def addressed(text: str, at: int, end: int) -> set[str]:
    """Names of those to whom «Đối với X:» at ``at`` turns, empty where no such words stand there."""
    colon = text.find(":", at, min(end, at + _TOPIC)) if text.startswith(_TO, at) else -1
    found = heading_of(text, at, colon + 1) if colon > 0 else None
    return set(found.names) if found is not None and found.rule == "heading_for" else set(bound_besides(text, at, end))


def bound_besides(text: str, at: int, end: int) -> tuple[str, ...]:
    """Names of those whom «Đối với X còn phải …», «Đối với X, ngoài …, còn phải …» at ``at`` binds to more than the others."""
    if not text.startswith(_TO, at):
        return ()
    more = rules("duties").pattern("bound_besides").search(text, at, min(end, at + _TOPIC))
    found = heading_of(text, at, more.start()) if more else None
    if found is None or found.rule != "heading_for" or any(u.kind in _PUBLIC for u in find_units(text, at, more.start() if more else at)):
        return ()  # «Đối với học sinh nghỉ học còn phải vận động …»: for whom something is done
    return found.names


__all__ = ["addressed", "bound_besides", "done_by_others"]

"""Where footnotes hang in the sentence of their host: papers that make up a note («¹ Công văn số 15/SYT-NV ngày …; Quyết định …») do there
what the words do on which it hangs («Thực hiện chủ trương của Tỉnh ủy¹ …»). Source: the annotation guide, citations: the relation is what
a mention does in its sentence.
"""

from __future__ import annotations

import re

from extractors.normalize import RAISED
from extractors.plan import Plan
from extractors.rulebook import rules

_SENTENCE = re.compile(r"[.!?]\s")


def note_places(plan: Plan) -> dict[int, int]:
    """Where each note hangs in its host, by the offset at which its words begin. Files that keep the marks out of the words tell no
    place: a host of one sentence is then taken whole."""
    out: dict[int, int] = {}
    host, notes = -1, list[int]()
    for index, zone in enumerate((*plan.zones, "body")):
        if zone == "footnote":
            notes.append(index)
            continue
        if notes and host >= 0:
            places = _marks(plan, host, len(notes))
            out |= {plan.paragraphs[note].body: at for note, at in zip(notes, places, strict=False)}
        host, notes = index, []
    return out


def _marks(plan: Plan, host: int, count: int) -> list[int]:
    """The places of so many marks in a host, none where others are found."""
    start, end = plan.paragraphs[host].body, plan.paragraphs[host].end
    raised = [m.start() for m in RAISED.finditer(plan.text, start, end)]
    found = raised or [m.start() for m in rules("unwrap").pattern("note_mark").finditer(plan.text, start, end)]
    if found:
        return found if len(found) == count else []
    return [] if _SENTENCE.search(plan.text, start, end) else [end] * count

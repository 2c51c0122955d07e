"""Duties that another duty hands to somebody by their place: «Văn phòng thực hiện các nhiệm vụ tại điểm 1, 2 Mục II Kế hoạch này».

Who leads a duty is what its own words, trailer or heading say (the annotation guide); who is named elsewhere stands beside it as a row of
its own, ``assigned``, so that nobody takes the duty for one without a doer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.section_places import steps_of, targets
from schemas.record import Citation, Duty, Role

ROLE = "assigned"
_NEAR = 90
"""Characters before a place in which the words stand that hand it out."""


def assigned_elsewhere(plan: Plan, duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """The duties, those without a lead with rows for who is told elsewhere in the plan to carry out the section that holds them."""
    rows: dict[str, list[Role]] = {}
    sections: dict[str, str] = {}
    places = {c.id: c for c in plan.citations if c.form == "self" and c.pinpoints}
    for duty in duties if places else ():
        for place in (places[cited] for cited in duty.citations if duty.lead and cited in places):
            for other in _inside(plan, place, duties) if _hands_out(plan, duty, place) else ():
                rows.setdefault(other.id, []).extend(_row(name, duty) for name in duty.lead)
                sections.setdefault(other.id, duty.section)
    return tuple(_with(duty, rows[duty.id], sections[duty.id]) if duty.id in rows else duty for duty in duties)


def _hands_out(plan: Plan, duty: Duty, place: Citation) -> bool:
    before = plan.text[max(duty.start, place.start - _NEAR) : place.start]
    return rules("duties").pattern("carries_place").search(before) is not None


def _inside(plan: Plan, place: Citation, duties: Sequence[Duty]) -> Iterable[Duty]:
    for label in place.pinpoints:
        steps = steps_of(label)
        found = targets(plan, steps, place.start) if steps else []
        if len(found) != 1 or found[0].start <= place.start < found[0].end:
            continue  # two sections of one number; the section that holds the words themselves
        inside = (d for d in duties if found[0].start <= d.start < found[0].end)
        yield from (d for d in inside if not d.lead and d.modality != "sanction")


def _row(name: str, duty: Duty) -> Role:
    unit = next((role.unit for role in duty.roles if role.name == name), None)
    return Role(role=ROLE, name=name, unit=unit, rule="role.by_place", confidence=0.8)


def _with(duty: Duty, rows: Iterable[Role], section: str) -> Duty:
    unique = tuple({row.name: row for row in rows}.values())
    told = f"người thực hiện nêu tại mục {section}: {'; '.join(row.name for row in unique)}"
    clarity = {**duty.clarity, "person": True, "responsibility": len(unique) == 1}
    return duty.model_copy(update={"roles": duty.roles + unique, "review": (told, *duty.review[1:]), "clarity": clarity})


__all__ = ["ROLE", "assigned_elsewhere"]

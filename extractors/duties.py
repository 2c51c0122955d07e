"""Duties (nhiệm vụ) after the annotation guide: which items command, whom, what force, until when.

``duty_items`` finds the items, ``duty_fields`` gives them their trailers, ``duty_split`` parts them by addressee, ``duty_own`` and
``duty_leads`` say who that is; here each is weighed and built. Every decision carries the rule that took it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import modality
from extractors.duty_closing import hand_over
from extractors.duty_fields import run_in, spread_trailers
from extractors.duty_items import candidates
from extractors.duty_leads import who_does
from extractors.duty_own import own_lead
from extractors.duty_reading import Draft, Reading, Who
from extractors.duty_references import assigned_elsewhere
from extractors.duty_split import split
from extractors.duty_stages import stage_times, within
from extractors.duty_views import behind_views
from extractors.plan import Node, Plan
from extractors.rulebook import rules
from extractors.unit_headings import heading_of
from extractors.unit_roles import Assignment
from schemas.record import Duty, Modality, Role


def _modality(plan: Reading, draft: Draft, own: Assignment) -> tuple[Modality, str]:
    node = plan.nodes[draft.index]
    text = plan.text[draft.start : draft.end]
    subject_end = 0
    begin = min((a for a, _ in own.lead), default=0) - draft.start
    if own.rule and own.lead and (begin <= _FRONT or _behind_case(text, begin)):
        subject_end = max(e for _, e in own.lead) - draft.start
    up, first = node.parent, True
    own_force = modality.of_text(text, subject_end if subject_end - max(0, begin) <= 200 else 0)
    right = up is not None and plan.nodes[up].lead_in and (plan.force_above(up)[0] or ("",))[0] == "permission"
    if own_force[1] in _OWN_FORCE and not (right and own_force[0] == "request"):
        return own_force  # «X có quyền: | - Đề nghị …» is a right of X
    while up is not None:
        above = plan.nodes[up]
        lent, forbids = plan.force_above(up)
        if above.lead_in and lent and (first or lent[0] != "request") and not _own_right(plan, node, own, own_force[0], lent[0]):
            return lent
        if not above.lead_in and lent == ("request", "modality.lead_in.requests"):
            closes = node.role == "text" and rules("structure").pattern("tells_trouble").match(text)  # said to all, not to the one asked
            return own_force if closes or rules("duties").pattern("demands").match(text) else ("request", "modality.heading")
        if own_force[0] == "obligation" and rules("duties").pattern("as_right").match(text) and plan.rights_above(up):
            return "permission", "modality.rights_heading"
        bound = subject_end > 0 and own.rule == "subject" and text[subject_end:].startswith(_BOUND)
        if own_force[0] == "obligation" and forbids and not bound and not rules("duties").pattern("wanted_act").match(text):
            return "prohibition", "modality.forbidden_heading"
        if plan.paragraphs[up].label and above.role == "heading" and not above.lead_in and above.section != node.section:
            break
        first = first and _only_topic(plan, up)
        up = above.parent
    asked = own_force[0] in {"obligation", "prohibition"} and own.rule not in {"assign", "by_whom"} and plan.asks
    if asked and not _handed_out(plan, node):
        return "request", "modality.letter_asks"
    return own_force


_FRONT = 40
"""Characters in front of a subject that opens its item."""
_BOUND = (" phải ", " có trách nhiệm ", " có nhiệm vụ ")
"""What tells, below a title of bans too, that somebody is bound to act («Cán bộ kiểm tra | phải | từ chối …»)."""


def _behind_case(text: str, begin: int) -> bool:
    """«Nếu thấy giám khảo thiên vị, | thí sinh có quyền …»: the subject of the main clause, however long the case in front of it is."""
    case = rules("duties").pattern("opens_with_case").match(text)
    return case is not None and begin >= case.end() and text[:begin].endswith(", ") and not _STOP.search(text, 0, begin)


_STOP = re.compile(r"[.;:]\s")
_TOPIC = 90
"""Characters of the longest line that only says what the items below it are about."""


def _only_topic(plan: Reading, up: int) -> bool:
    """«1. Về lĩnh vực đất đai:» between a request and its items: what they are about, and nobody else who is told."""
    words = plan.words(plan.paragraphs[up])
    about = len(words) < _TOPIC and rules("duties").pattern("about_field").match(words) is not None
    return about and heading_of(words, 0, len(words)) is None


def _handed_out(plan: Reading, node: Node) -> bool:
    """Whether a line above gives the work out («1. Giao Đảng ủy xã:» | «Kiểm tra kè sông»), whatever the letter asks of all others."""
    up = node.parent
    while up is not None:
        if plan.nodes[up].lead_in and plan.words(plan.paragraphs[up]).lstrip().startswith(_GIVES_OUT):
            return True
        up = plan.nodes[up].parent
    return False


_GIVES_OUT = ("Giao ", "Phân công ")
_OWN_FORCE = frozenset(
    {
        "modality.offender_punished", "modality.is_punished", "modality.spared", "modality.put_aside", "modality.requests",
        "modality.refrains", "modality.fault_punished",
    }
)
"""Rules by which an item says its force itself, whatever stands above it."""


def _own_right(plan: Reading, node: Node, own: Assignment, force: Modality, lent: Modality) -> bool:
    """Whether an item below a ban has a force of its own: what a subject of its own may do («Kiểm toán viên được quyền …»), or a paragraph
    without a mark behind the list that tells somebody to act."""
    if lent != "prohibition" or own.rule != "subject" or force == "prohibition":
        return False
    return force == "permission" or (node.role == "text" and bool(plan.paragraphs[node.index - 1].label))


def _headings(plan: Reading, up: int | None) -> tuple[str, str | None]:
    """Titles above a duty from the root down to node ``up``, joined by « › », and its lead-in."""
    known = plan.titles.get(up)
    if known is None:
        known = plan.titles[up] = _titles(plan, up)
    return known


def _titles(plan: Plan, up: int | None) -> tuple[str, str | None]:
    titles: list[str] = []
    lead_in: str | None = None
    while up is not None:
        words = plan.words(plan.paragraphs[up]).strip()
        if plan.nodes[up].lead_in and lead_in is None and not plan.paragraphs[up].label.rstrip(".)-/").isalnum():
            lead_in = words
        else:
            titles.append(words if len(words) <= 160 else words[:157] + "…")
        up = plan.nodes[up].parent
    return " › ".join(reversed(titles)), lead_in


_CLARITY = ("person", "work", "time", "responsibility", "product", "authority")


def _clarity(duty_lead: bool, deadlines: bool, product: bool, roles: int, report: bool) -> dict[str, bool]:
    """The six clarities (6 rõ): người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền; which are there."""
    return dict(zip(_CLARITY, (duty_lead, True, deadlines, duty_lead and roles > 0, product, report), strict=True))


def _roles(who: Who, plan: Reading, *, doubtful: bool) -> tuple[Role, ...]:
    rows = [("lead", who.lead), ("support", who.support), ("report_to", who.report_to), ("advise_to", who.advise_to)]
    return tuple(
        Role(
            role=role, name=name, unit=plan.unit_ids.get(name), rule=who.rule or f"role.{role}",
            confidence=0.6 if doubtful else 0.95 if role == "lead" else 0.9,
        )
        for role, names in rows
        for name in names
    )  # fmt: skip


_CONFIDENCE = {
    "lead.column": 0.98, "lead.trailer": 0.98, "lead.assign": 0.97, "lead.heading_for": 0.96, "lead.heading_name": 0.95,
    "lead.subject": 0.93, "lead.heading_responsibility": 0.94, "lead.heading_strengthen": 0.92, "": 0.6,
}  # fmt: skip


_STANDING = frozenset({"prohibition", "permission", "sanction"})
"""Modalities of rules rather than of work that is done again and again."""


def _build(plan: Reading, draft: Draft, counted: dict[str, int], stages: dict[int, tuple[str, ...]]) -> Duty:
    told = behind_views(plan, draft)
    own, found = own_lead(plan, told if told.told_from is None else replace(told, end=told.told_from))
    force, force_rule = _modality(plan, told, found)
    who = who_does(plan, draft, force, own)
    if who.request and force == "obligation":
        force, force_rule = "request", "modality.trailer"
    spans = [(draft.start, draft.end), *draft.fields.time]
    deadlines = tuple(dict.fromkeys(found for span in spans for found in plan.deadline_places.inside(*span)))
    above = stages.get(draft.index, ())
    if plan.undated.issuperset(deadlines):  # how often, on what occasion: the stage still says from when to when
        beside = plan.on_events.issuperset(deadlines) or not plan.undated.issuperset(above) or plan.on_events.issuperset(above)
        regular = force in _STANDING and plan.undated.issuperset(above)  # «Thường xuyên»: what is forbidden or allowed is so at all times
        deadlines = above + deadlines if beside and not regular else deadlines
    elif not draft.in_table and within(plan, above, deadlines):
        deadlines = above + deadlines
    citations = tuple(plan.citation_places.inside(draft.start, draft.end))
    product = "; ".join(plan.text[a:b].strip(" .;") for a, b in draft.fields.product) or None
    counted[draft.section] = counted.get(draft.section, 0) + 1
    node = plan.nodes[draft.index]
    heading, lead_in = _headings(plan, node.parent)
    lead_confidence = _CONFIDENCE.get(who.rule, 0.85)
    if who.overruled:
        lead_confidence = 0.55
    review: tuple[str, ...] = () if who.lead or force == "sanction" else ("không rõ người thực hiện",)
    review += ("dòng phân công nêu nơi khác với câu giao việc",) * who.overruled
    return Duty(
        id=f"{draft.section}#{counted[draft.section]}", start=draft.start, end=draft.end, text=plan.text[draft.start : draft.end],
        rule=f"duties.{'row' if draft.in_table else 'footnote' if plan.zones[draft.index] == 'footnote' else node.role}",
        confidence=round(min(0.97 if node.role in {"item", "row"} else 0.9, lead_confidence + 0.05), 2), review=review,
        section=draft.section, modality=force, modality_rule=force_rule, lead=who.lead, support=who.support, lead_rule=who.rule,
        deadlines=tuple(dict.fromkeys(deadlines)), citations=citations, product=product, heading=heading,
        roles=_roles(who, plan, doubtful=who.overruled),
        lead_in=lead_in, clarity=_clarity(bool(who.lead), bool(deadlines), bool(product), len(who.lead), bool(who.report_to)),
    )  # fmt: skip


def extract_duties(plan: Plan) -> tuple[Duty, ...]:
    """The duties of a plan with outline, deadlines and citations, in reading order."""
    reading = Reading.of(plan)
    drafts = list(candidates(reading))
    for draft in drafts:
        run_in(reading, draft)
        hand_over(reading, draft)
    spread_trailers(reading, drafts)
    counted: dict[str, int] = {}
    stages = stage_times(reading)
    built = tuple(_build(reading, part, counted, stages) for draft in drafts for part in split(reading, draft))
    return assigned_elsewhere(plan, built)

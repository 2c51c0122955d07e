"""What the outline makes of its drafts: parts that hold no duties, the role of each paragraph, the sections (mục)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extractors import labels
from extractors.actions import begins_with_act
from extractors.plan import Node, NodeRole, Plan, Zone
from extractors.rulebook import rules
from schemas.document import Paragraph
from schemas.record import Section

TITLE = 180
"""Characters of the longest heading that says of what the goals or demands below it are."""

ACT = 80
"""Characters in which the first word of an item is looked for."""


@dataclass(slots=True)
class Draft:
    """A paragraph while the outline is drawn; ``parent`` and ``index`` count paragraphs."""

    index: int
    parent: int | None
    section: str
    numbered: bool
    style: str
    field: str | None = None
    role: NodeRole = "other"
    depth: int = 0
    lead_in: bool = False
    zone: Zone = "body"
    more: bool = False
    """A paragraph without a label that goes on with the item above: it makes no heading of it."""


def roles(drafts: list[Draft], paragraphs: tuple[Paragraph, ...]) -> tuple[Node, ...]:
    children: dict[int, int] = {}
    for draft in drafts:
        if draft.parent is not None and draft.role != "trailer" and draft.zone != "footnote" and not draft.more:
            children[draft.parent] = children.get(draft.parent, 0) + 1
    nodes: list[Node] = []
    for draft in drafts:
        role: NodeRole = draft.role
        if draft.zone in {"body", "annex", "purpose", "footnote"} and role == "other":
            if draft.style in {"group", "caps", "annex", "day", "doer"} or children.get(draft.index):
                role = "heading"
            elif draft.style == "row":
                role = "other"
            else:
                role = "item" if draft.style else "text"
        depth = nodes[draft.parent].depth + 1 if draft.parent is not None and draft.parent < len(nodes) else 0
        nodes.append(Node(draft.index, role, depth, draft.parent, draft.section, draft.lead_in, draft.field))
    return tuple(nodes)


def mark_purpose(drafts: list[Draft], plan: Plan, zones: list[Zone]) -> None:
    """Paragraphs below a heading that holds no duties stand in the zone ``purpose``, below one of bases in the ``opening``."""
    names = ("no_duty_heading", "no_duty_topic", "no_duty_label", "bases_heading")
    rule, topic, aims, bases = (rules("structure").pattern(name) for name in names)
    state, review = rules("structure").pattern("no_duty_state"), rules("structure").pattern("no_duty_review")
    owners = {draft.parent for draft in drafts}
    inside: dict[int, Zone] = {}
    worked = False
    for draft in drafts:
        paragraph = plan.paragraphs[draft.index]
        if zones[draft.index] != "body":
            continue
        named = draft.style not in labels.BULLETS and (draft.numbered or draft.style == "caps")
        words = plan.words(paragraph)
        zone = inside.get(draft.parent) if draft.parent is not None else None
        above = draft.index in owners and len(words) < TITLE
        if named and (rule.match(words) or aims.match(words) or (above and (topic.match(words) or state.match(words)))):
            zone = "opening" if bases.match(words) else zone or "purpose"
        elif named and above and draft.parent is None and not zone:
            if not worked and review.match(words) and not _told_to_act(drafts, draft, owners, plan):
                zone = "purpose"
            worked = worked or not zone
        if zone:
            inside[draft.index] = zones[draft.index] = zone


def _told_to_act(drafts: list[Draft], above: Draft, owners: set[int | None], plan: Plan) -> bool:
    """«I. Đánh giá tình hình» over «- Thống kê …», «- Lập báo cáo …»: most of what stands below it begins with an act."""
    at = bisect_left(drafts, above.index, key=lambda d: d.index) + 1
    end = next((i for i in range(at, len(drafts)) if drafts[i].parent is None), len(drafts))
    told = [begins_with_act(plan.words(plan.paragraphs[d.index])[:ACT]) for d in drafts[at:end] if d.index not in owners]
    return 2 * sum(told) > len(told)


def sections_of(drafts: list[Draft], plan: Plan, nodes: tuple[Node, ...]) -> tuple[Section, ...]:
    ends: dict[int, int] = {}
    for draft in reversed(drafts):
        end = max(ends.get(draft.index, 0), plan.paragraphs[draft.index].end)
        ends[draft.index] = end
        if draft.parent is not None:
            ends[draft.parent] = max(ends.get(draft.parent, 0), end)
    out: list[Section] = []
    by_node = {d.index: d for d in drafts}
    for draft in drafts:
        if not draft.numbered or draft.style in labels.BULLETS:
            continue
        above = draft.parent
        while above is not None and not (by_node[above].numbered and by_node[above].style not in labels.BULLETS):
            above = by_node[above].parent
        level = 1
        up = above
        while up is not None:
            level += by_node[up].numbered
            up = by_node[up].parent
        paragraph = plan.paragraphs[draft.index]
        kind = draft.style if nodes[draft.index].role == "heading" else "item"
        out.append(
            Section(
                id=draft.section, label=paragraph.label, title=plan.words(paragraph), level=level,
                parent=by_node[above].section if above is not None else None, start=paragraph.start, end=ends[draft.index], kind=kind,
            )
        )  # fmt: skip
    return tuple(out)

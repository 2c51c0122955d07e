"""Times told turn by turn: «* Thời gian thực hiện:» over «+ Đợt 1: từ ngày …», «+ Đợt 2: từ ngày …».

Such a list is one field of the item that it stands under, though it takes many lines. Source: domain.md 3.4.
"""

from __future__ import annotations

from extractors import labels, trailers
from extractors.doer_lists import Block
from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.document import Paragraph

_LONGEST = 160
"""Characters of the longest line that only tells a time."""
_OPENING = 60


def time_lists(plan: Plan) -> dict[int, Block]:
    """Paragraphs of such lists, by index."""
    out: dict[int, Block] = {}
    for index, paragraph in enumerate(plan.paragraphs):
        if index not in out and _opens(plan, paragraph) and (last := _last(plan, index)) > index:
            out |= {i: Block(index, "time") for i in range(index, last + 1)}
    return out


def _opens(plan: Plan, paragraph: Paragraph) -> bool:
    """A bullet or plain line that names a time and gives none; numbers open a section of their own."""
    style = labels.parse(paragraph.label).style
    if paragraph.kind != "paragraph" or paragraph.end - paragraph.body > _OPENING or style not in labels.BULLETS | {""}:
        return False
    words = plan.words(paragraph).strip().rstrip(" :.")
    return words[:1].lower() in "tdhlmgk" and trailers.field_of(rules("structure").pattern("in_turns").sub("", words)) == "time"


def _last(plan: Plan, first: int) -> int:
    """The last bullet of the list below ``first``; ``first`` itself where one of the bullets is more than a turn and its time."""
    opening, style, index = labels.parse(plan.paragraphs[first].label).style, "", first
    for index, paragraph in enumerate(plan.paragraphs[first + 1 :], first + 1):
        here = labels.parse(paragraph.label).style
        if paragraph.kind != "paragraph" or here not in labels.BULLETS or here == opening or (style and here != style):
            return index - 1
        style = here
        words = plan.words(paragraph)
        told = len(words) <= _LONGEST and any(c.isdigit() for c in words)
        if not told or not rules("structure").pattern("time_turn").match(words):
            return first
    return index

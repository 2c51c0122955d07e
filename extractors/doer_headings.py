"""Bodies alone on a line, without a number, over what they do: «Hội Cựu chiến binh xã» | «Tuyên truyền cho hội viên …».

Such a line is a heading when it holds nothing but a name or a frame with a name («Đối với X», «Trách nhiệm của X») and work stands
below it; a name in a list of names, or one that the line before goes on with, is none. Likewise a numbered item that tells one body to
act goes on in the paragraphs without a number that tell more of its work. Source: domain.md 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import labels
from extractors.actions import begins_with_act
from extractors.casing import is_caps
from extractors.plan import Plan, Zone
from extractors.rulebook import rules
from extractors.unit_headings import heading_of
from extractors.unit_roles import assignment_of
from schemas.document import Paragraph

_LONGEST = 120
"""Characters of the longest such line."""
_ENDS = re.compile(r"[.;!?…,]\s*$")
_FRAMES = frozenset({"heading_for", "heading_responsibility", "heading_name", "assign"})
_WORK = labels.BULLETS | {"number", "letter", "paren"}


def names_doer(plan: Plan, paragraph: Paragraph) -> bool:
    """Nothing but a name, or a frame with a name."""
    if paragraph.end - paragraph.body >= _LONGEST:
        return False
    bound = rules("duties").pattern("bound_at_end").search(plan.text, paragraph.body, paragraph.end)  # «Thanh tra tỉnh | có trách nhiệm»
    found = heading_of(plan.text, paragraph.body, bound.start() if bound else paragraph.end)
    return found is not None and found.rule in _FRAMES


def _short(plan: Plan, paragraph: Paragraph) -> bool:
    """A line without a label that may be a heading: few words, no end mark."""
    if paragraph.label or paragraph.kind != "paragraph" or paragraph.end - paragraph.body >= _LONGEST:
        return False
    words = plan.words(paragraph)
    return words[:1].isupper() and not _ENDS.search(words)


def titles_doer(plan: Plan, zones: Sequence[Zone], index: int) -> bool:
    """Whether the paragraph is such a heading."""
    here, after = plan.paragraphs[index], plan.paragraphs[index + 1] if index + 1 < len(plan.paragraphs) else None
    if after is None or after.kind != "paragraph" or zones[index + 1] != "body" or not _short(plan, here):
        return False
    if after.label and plan.words(here).rstrip().endswith(":"):
        return False  # «Hội Cựu chiến binh xã:» over bullets is a lead-in
    before = plan.words(plan.paragraphs[index - 1]).rstrip() if index and zones[index - 1] == "body" else ""
    if rules("structure").pattern("line_goes_on").search(before) or not names_doer(plan, here):
        return False
    if after.label:
        return labels.parse(after.label).style in _WORK
    told = plan.words(after).rstrip()
    work = begins_with_act(told) or told.endswith((".", ";", ":"))
    return work and not is_caps(told) and not (_short(plan, after) and names_doer(plan, after))


def breaks_off(plan: Plan, index: int) -> bool:
    """Whether the paragraph is a title of something else («Kinh phí thực hiện») and not one more thing that the body does."""
    words = plan.words(plan.paragraphs[index])
    return _short(plan, plan.paragraphs[index]) and not words.rstrip().endswith(":") and not begins_with_act(words)


_CLAUSE = re.compile(r"[.;]\s+")
_NEAR = 180
"""Characters in which an item names whom it tells to act, and a clause its own subject."""


def tells_one(plan: Plan, paragraph: Paragraph) -> bool:
    """Whether an item tells one body, or several as one, what to do: «2. Sở A lập kế hoạch …», «Giao Sở A …», «2. Sở A: Lập kế hoạch …»."""
    first, *others = _CLAUSE.split(plan.text[paragraph.body : paragraph.end])
    return bool(_doers(first)) and not any(_doers(said) for said in others)


def _doers(said: str) -> tuple[str, ...]:
    """Who is told to act at the beginning of a clause."""
    label, colon, _ = said[:_NEAR].partition(": ")
    named = heading_of(f"{label}:") if colon else None
    if named is not None and named.rule in _FRAMES:
        return named.names
    told = assignment_of(said[: 2 * _NEAR])
    return told.lead_names if told.rule in {"subject", "assign"} and min(a for a, _ in told.lead) <= _OPENS else ()


_OPENS = 6
"""Characters before the first name at most: «Giao | Sở A»."""


def more_work(plan: Plan, paragraph: Paragraph) -> bool:
    """Whether a paragraph without a number tells of work and not who does it («Định kỳ kiểm tra …», «Chỉ đạo Trạm B rà soát …»)."""
    first = _CLAUSE.split(plan.text[paragraph.body : paragraph.end])[0]
    return begins_with_act(first[:_NEAR]) and not assignment_of(first).lead and bool(_ENDS.search(plan.words(paragraph)))

"""Rows of a task table that name what stands below them, and what such a title says of those rows: who does them and when."""

from __future__ import annotations

from collections.abc import Sequence

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.table_columns import label_of
from extractors.table_rows import ROMAN
from extractors.unit_headings import heading_of
from extractors.units import find_units
from schemas.document import Paragraph

_TITLE = 160
"""Characters of the longest title of a group that names who does its rows."""
_PLAIN_TITLE, _LONG_TITLE = 200, 500
"""Characters of the longest title of a group, and of one in Roman over rows that count on in digits («I», then «1»)."""


def group_rows(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Rows that only name what stands below them: one cell over the whole table, or the first cell alone filled. A row whose other
    cells are merged with those above («Tháng 9» and a person beside three tasks) is none."""
    out: set[int] = set()
    held: dict[int, dict[int, int]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind != "row" or paragraph.header:
            continue
        above = held.setdefault(paragraph.table, {})
        covered = bool(above)
        held[paragraph.table] = {c: left - 1 for c, left in above.items() if left > 1}
        held[paragraph.table] |= {c.column: c.row_span - 1 for c in paragraph.cells if c.row_span > 1}
        filled = [c for c in paragraph.cells if c.end > c.start]
        wide = len(filled) <= 2 and any(c.column_span > 2 for c in filled)
        alone = len(filled) == 1 and not covered and (len(paragraph.cells) == 1 or (len(paragraph.cells) > 2 and filled[0].column == 0))
        if wide or alone:
            out.add(index)
    return frozenset(out)


def lone_title(plan: Plan, paragraph: Paragraph, following: Paragraph | None, fields: dict[int, str]) -> bool:
    """A row with words in the task column alone and a number in Roman or capitals, or one that the next row counts on («2», then
    «2.1»): a group title inside the table. Behind a column of who leads, left blank there, an act is work («Ban A | Rà soát» over
    « | Lập hồ sơ»)."""
    filled = {fields.get(c.column): label_of(plan, c) for c in paragraph.cells if c.end > c.start}
    number = filled.get("number", "")
    title = filled.get("task") or filled.get("topic") or ""
    others = set(filled) - {"number", "task", "topic"}
    named = not ("task" in filled and "topic" in filled) and not labels.dashed(title)
    below = label_number(plan, following, fields) if following is not None else ""
    over = number.isdigit() and below.startswith(f"{number}.")
    counted = number.isupper() and ROMAN.fullmatch(number.rstrip(".)")) is not None and below.rstrip(".)").isdigit()
    longest = _LONG_TITLE if counted else _PLAIN_TITLE
    if not number and list(filled) == ["task"] and _led_in_front(fields) and begins_with_act(title):
        return False
    return not others and 0 < len(title) < longest and named and (number.isupper() or not number or over)


def _led_in_front(fields: dict[int, str]) -> bool:
    """Whether the column of who leads stands before that of the task."""
    names = [name for _, name in sorted(fields.items()) if name in {"lead", "task"}]
    return names[:2] == ["lead", "task"]


def label_number(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> str:
    return next((label_of(plan, c) for c in paragraph.cells if fields.get(c.column) == "number"), "")


_TOPICS = frozenset({"unit.bare", "unit.role"})
"""Names that a group may also have for its topic («Doanh nghiệp», «Cán bộ, công chức»)."""


def doers_of(plan: Plan, paragraph: Paragraph) -> tuple[int, int] | None:
    """Span in which a group row names who does what stands below it: a body alone, «Nhiệm vụ của …», «Đơn vị chủ trì: …»."""
    filled = [c for c in paragraph.cells if c.end > c.start]
    cell = max(filled, key=lambda c: (c.end - c.start, -c.column), default=None)
    if cell is None or cell.end - cell.start > _TITLE:
        return None
    label = labels.find(plan.text[cell.start : cell.end])
    start, end = cell.start + (label[1] if label else 0), cell.end
    if told := next((f for f in trailers.parse(plan.text, start, end) if f.field == "lead"), None):
        start, end = told.start, told.end
    found = heading_of(plan.text, start, end)
    if found is None or not found.names:
        return None
    if found.rule == "heading_name" and not told:
        first = next(iter(find_units(plan.text, *found.spans[0])), None)
        if first is None or first.rule in _TOPICS or (first.rule == "unit.deictic" and first.kind == "enterprise"):
            return None
    return start, end


def time_of(plan: Plan, paragraph: Paragraph) -> tuple[int, int] | None:
    """Span in which a numbered group row says when what stands below it is done: «I | QUÝ I/2026», «II | Nhiệm vụ thường xuyên»."""
    filled = [c for c in paragraph.cells if c.end > c.start]
    if len(filled) != 2 or filled[1].end - filled[1].start > _TITLE:
        return None
    start, end = filled[1].start, filled[1].end
    if dated := rules("structure").pattern("dated_heading").match(plan.text[start:end]):
        return start + dated.start("when"), start + dated.end("when")
    named = rules("duties").pattern("work_heading").match(plan.text[start:end])
    return (start + named.end(), end) if named and (named["does"] or named["always"]) else None


def number_of(plan: Plan, paragraph: Paragraph) -> str:
    """Number of a group row («I | TUYÊN TRUYỀN», «II. HẠ TẦNG SỐ»), "" without one."""
    first = next((label_of(plan, c) for c in paragraph.cells if c.end > c.start), "")
    found = labels.find(first + " x" if len(first) <= 4 else first)
    if found and found[0].numbered and found[0].path:
        return found[0].path[-1]
    return first if first.isupper() and len(first) <= 4 and labels.ordinal(first) else ""


def repeats_heading(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A heading row printed again on a new page, or a row that numbers the columns (1) (2) (3)."""
    labels = [label_of(plan, c) for c in paragraph.cells if c.end > c.start]
    if len(labels) >= 3 and all(x.strip("()").isdigit() for x in labels):
        return True
    same = sum(trailers.field_of(label_of(plan, c)) == fields.get(c.column) is not None for c in paragraph.cells)
    return same >= 3

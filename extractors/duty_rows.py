"""Rows of task tables as duties: the task's cell, and what the other cells tell of who, with whom and when (domain.md 3.4)."""

from __future__ import annotations

import re

from extractors import labels
from extractors.duty_reading import Draft
from extractors.plan import Node, Plan
from extractors.rulebook import rules
from extractors.table_rows import TaskRow
from extractors.units import find_units

_DASH = re.compile(r"(?:^|\s)[-–+•](?:\s+|(?=[^\W\d_]))")


def row_draft(plan: Plan, node: Node, row: TaskRow, position: int) -> Draft:
    """The duty of a row with the fields that its cells give; ``position`` counts the rows that have no number."""
    start, end = row.span("task") or (0, 0)
    own = row.number or str(position)
    label = labels.find(plan.text[start:end])
    if label and label[0].style in labels.BULLETS:
        start += label[1]
    elif label and label[0].style in {"number", "dotted"} and row.number in {"", label[0].path[-1]}:  # the task's cell holds its number
        start, own = start + label[1], label[0].path[-1]
    number = ".".join(filter(None, (row.group, own)))
    draft = Draft(node.index, start, end, f"{node.section}.{number}" if node.section else number, in_table=True, title=row.doers)
    for name, spans in row.cells.items():
        for span in spans:
            for field, part in _roles_in(plan, name, span):
                draft.fields.add(field, part)
    for name in ("note", "helpers"):
        for span in row.cells.get(name, ()):
            _read_note(plan, draft, span, helpers=name == "helpers")
    return draft


def _roles_in(plan: Plan, name: str, span: tuple[int, int]) -> list[tuple[str, tuple[int, int]]]:
    """A cell of leaders apart from the helpers it names: «Sở A (chủ trì), Sở B (phối hợp)»; in a column for both the first name leads."""
    start, end = span
    if name in {"lead", "support"} and labels.dashed(plan.text[start:end]):
        return [found for part in _lines_of_cell(plan, start, end) for found in _roles_in(plan, name, part)]
    if name == "lead" and "(" in plan.text[start:end]:
        leader = rules("duties").pattern("leader_marked").match(plan.text, start, end)
        if leader and (rest := rules("duties").pattern("helpers_closed").fullmatch(plan.text, leader.end(), end)):
            return [("lead", leader.span("who")), ("support", rest.span("who"))]
        helpers = [m.span("who") for m in rules("duties").pattern("helper_marked").finditer(plan.text, start, end)]
        if helpers and helpers[0][0] > start:
            return [("lead", (start, helpers[0][0])), *(("support", part) for part in helpers)]
    if name == "both":
        named = find_units(plan.text[start:end])
        if ":" in plan.text[start:end] or len(named) < 2:
            return [("lead", span)]
        cut = start + named[1].start
        lead = rules("duties").pattern("between_roles").sub("", plan.text[start:cut])
        return [("lead", (start, start + len(lead))), ("support", (cut, end))]
    return [(name, span)]


def _lines_of_cell(plan: Plan, start: int, end: int) -> list[tuple[int, int]]:
    """Spans behind the dashes of a cell («- GVCN - Ban Giám hiệu»), but not inside a name («Phòng Văn hóa - Xã hội»). Where the first
    dash is glued to its name («-Sở A -Sở B») the others are."""
    words = plan.text[start:end]
    named = [(unit.start, unit.end) for unit in find_units(words)]
    first, *more = _DASH.finditer(words)
    glued = not first.group()[-1].isspace()
    marks, opens = [first], rules("duties").pattern("head_behind_dash")
    for mark in more:
        inside = any(a < mark.start() and mark.end() < b for a, b in named)
        if not (glued and mark.group()[-1].isspace()) and (not inside or opens.match(words, mark.end())):
            marks.append(mark)
    ends = [*(m.start() for m in marks[1:]), len(words)]
    return [(start + m.end(), start + stop) for m, stop in zip(marks, ends, strict=True) if stop > m.end()]


def _read_note(plan: Plan, draft: Draft, span: tuple[int, int], *, helpers: bool) -> None:
    """Give a row what its remarks tell of times and of helpers: «Phối hợp Sở A», and bare names under «Ghi chú, đơn vị phối hợp»."""
    start, end = span
    draft.fields.add("time", span)
    told = rules("duties").pattern("note_helpers").search(plan.text[start:end])
    where = (start + told.start("who"), start + told.end("who")) if told else span
    named = find_units(plan.text[slice(*where)])
    if named and not plan.text[where[0] : where[0] + named[0].start].strip() and (told or helpers):
        draft.fields.add("support", where)

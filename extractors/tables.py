"""Task tables: which column holds the task, the lead, the support, the time and the product (bảng phân công nhiệm vụ)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors import labels, trailers
from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.document import Cell, Paragraph


@dataclass(slots=True)
class TaskRow:
    """A row of a task table: cell spans by field. Cells merged downwards and ditto marks are resolved to the cell they repeat."""

    index: int
    cells: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    number: str = ""
    group: str = ""

    def span(self, name: str) -> tuple[int, int] | None:
        found = self.cells.get(name)
        return found[0] if found else None


@dataclass(slots=True)
class TaskTable:
    """Rows of one task table; ``headers`` are the paragraphs that only name columns."""

    rows: list[TaskRow]
    headers: set[int]


def _label(plan: Plan, cell: Cell) -> str:
    return " ".join(plan.text[cell.start : cell.end].split())


def _columns(plan: Plan, rows: list[tuple[int, Paragraph]]) -> tuple[dict[int, str], int]:
    """Column → field from the first one or two rows, and how many rows the heading takes; empty where it is no task table."""
    first: dict[int, str | None] = {c.column: trailers.field_of(_label(plan, c)) for c in rows[0][1].cells}
    taken = 1
    spanned = [c for c in rows[0][1].cells if c.column_span > 1]
    if spanned and len(rows) > 1:
        below: dict[int, str | None] = {c.column: trailers.field_of(_label(plan, c)) for c in rows[1][1].cells}
        if sum(v is not None for v in below.values()) >= 1:
            taken = 2
            first |= {k: v for k, v in below.items() if v}
    fields: dict[int, str] = {column: name for column, name in first.items() if name}
    _by_head(fields, {c.column: _label(plan, c) for _, paragraph in rows[:taken] for c in paragraph.cells})
    names = set(fields.values())
    if "task" not in names and names & {"lead", "time"}:
        widest = _widest(plan, rows[taken:], set(fields))
        if widest is not None:
            fields[widest] = "task"
            names.add("task")
    return (fields, taken) if "task" in names and names & {"lead", "support", "time", "product"} else ({}, 0)


def _by_head(fields: dict[int, str], headings: dict[int, str]) -> None:
    """Columns whose heading says more than the field («Nội dung thanh tra», «Đoàn thanh tra»), where no plain one is there."""
    for name in ("task", "lead"):
        head = rules("duties").pattern(f"{name}_column")
        if name not in fields.values():
            fields |= {column: name for column in sorted(set(headings) - set(fields)) if head.match(headings[column])}


def _widest(plan: Plan, rows: list[tuple[int, Paragraph]], known: set[int]) -> int | None:
    """The unnamed column with most words: its heading is worded in a way no rule knows."""
    size: dict[int, int] = {}
    for _, paragraph in rows:
        for cell in paragraph.cells:
            if cell.column not in known:
                size[cell.column] = size.get(cell.column, 0) + cell.end - cell.start
    return max(size, key=lambda c: (size[c], -c)) if size else None


def _is_group(paragraph: Paragraph) -> bool:
    filled = [c for c in paragraph.cells if c.end > c.start]
    return len(paragraph.cells) == 1 or (len(filled) <= 2 and any(c.column_span > 2 for c in filled))


def _lone_title(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A row with words in the task column alone and a number in Roman or capitals: a group title inside the table."""
    filled = {fields.get(c.column): _label(plan, c) for c in paragraph.cells if c.end > c.start}
    number = filled.get("number", "")
    others = set(filled) - {"number", "task"}
    return not others and "task" in filled and (number.isupper() or not number) and len(filled["task"]) < 200


def task_tables(plan: Plan) -> Iterator[TaskTable]:
    """Every task table of the document, in order."""
    tables: dict[int, list[tuple[int, Paragraph]]] = {}
    for index, paragraph in enumerate(plan.paragraphs):
        if paragraph.kind == "row":
            tables.setdefault(paragraph.table, []).append((index, paragraph))
    for rows in tables.values():
        fields, taken = _columns(plan, rows)
        if fields:
            yield _read(plan, rows, fields, taken)


def _read(plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], taken: int) -> TaskTable:
    ditto = rules("duties").pattern("ditto")
    held: dict[int, tuple[Cell, int]] = {}
    last: dict[int, Cell] = {}
    out = TaskTable([], {index for index, _ in rows[:taken]})
    task = min((column for column, name in fields.items() if name == "task"), default=0)
    group = ""
    for index, paragraph in rows[taken:]:
        present = {c.column: c for c in paragraph.cells}
        if _is_group(paragraph) or _lone_title(plan, paragraph, fields) or _repeats_heading(plan, paragraph, fields):
            out.headers.add(index)
            held.clear()
            if not _repeats_heading(plan, paragraph, fields):
                group = _group_number(plan, paragraph)
            continue
        row = TaskRow(index, group=group)
        for column, name in sorted(fields.items()):
            cell = present.get(column)
            if cell is None and column in held:
                cell = held[column][0]
            elif cell is not None and ditto.match(plan.text[cell.start : cell.end]) and column in last:
                cell = last[column]
            elif cell is not None and cell.end <= cell.start and name == "time" and column < task:
                cell = last.get(column)  # a calendar: the time opens the row and is written once for the rows below it
            if cell is None or cell.end <= cell.start:
                continue
            last[column] = cell
            if name == "number":
                row.number = _label(plan, cell).strip(".) ")
            else:
                row.cells.setdefault(name, []).append((cell.start, cell.end))
        _hold(held, present)
        if row.span("task"):
            out.rows.append(row)
    return out


def _group_number(plan: Plan, paragraph: Paragraph) -> str:
    """Number of a group row («I | TUYÊN TRUYỀN», «II. HẠ TẦNG SỐ»), "" without one."""
    first = next((_label(plan, c) for c in paragraph.cells if c.end > c.start), "")
    found = labels.find(first + " x" if len(first) <= 4 else first)
    if found and found[0].numbered and found[0].path:
        return found[0].path[-1]
    return first if first.isupper() and len(first) <= 4 and labels.ordinal(first) else ""


def _repeats_heading(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A heading row printed again on a new page, or a row that numbers the columns (1) (2) (3)."""
    labels = [_label(plan, c) for c in paragraph.cells if c.end > c.start]
    if len(labels) >= 3 and all(x.strip("()").isdigit() for x in labels):
        return True
    same = sum(trailers.field_of(_label(plan, c)) == fields.get(c.column) is not None for c in paragraph.cells)
    return same >= 3


def _hold(held: dict[int, tuple[Cell, int]], present: dict[int, Cell]) -> None:
    for column in list(held):
        cell, left = held[column]
        if column in present or left <= 1:
            del held[column]
        else:
            held[column] = (cell, left - 1)
    for column, cell in present.items():
        if cell.row_span > 1:
            held[column] = (cell, cell.row_span)

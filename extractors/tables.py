"""Task tables: which column holds the task, the lead, the support, the time and the product (bảng phân công nhiệm vụ)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from extractors import labels, trailers
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.table_cells import DOERS, RING, crossed, names_by_line
from extractors.table_columns import TELLS, cells_of, columns_of, follows_on, label_of
from extractors.table_groups import doers_of, group_rows, lone_title, number_of, repeats_heading, time_of
from extractors.table_rows import LETTER, Held, Leads, Over, TaskRow, TaskTable
from schemas.document import Cell, Paragraph

_SHEET = 3
"""Lines of the shortest sheet of labels and values."""
_COUNTED = re.compile(r"(?<=\w)\s+\d{1,2}\s*[.:]?$")
"""The number behind a label («Nhiệm vụ 2»)."""
Rows: TypeAlias = list[tuple[int, Paragraph]]
"""Rows of a table with the index of each among the paragraphs of the document."""


def task_tables(plan: Plan) -> Iterator[TaskTable]:
    """Every task table of the document, in order."""
    tables: dict[int, Rows] = {}
    titles = group_rows(plan.paragraphs)
    for index, paragraph in enumerate(plan.paragraphs):
        if paragraph.kind == "row":
            tables.setdefault(paragraph.table, []).append((index, paragraph))
    named: Rows = []
    for rows in _whole(plan, tables.values()):
        fields, taken = columns_of(plan, rows)
        if form := _form(plan, rows):
            yield form
            continue
        if not fields and named and follows_on(plan, named, rows):
            rows = named + rows
            fields, taken = columns_of(plan, rows)
        if fields:
            yield _Reader(plan, rows, fields, taken, titles).read()
            named = rows[:taken]


def _whole(plan: Plan, tables: Iterable[Rows]) -> Iterator[Rows]:
    """The rows of each table, and as one those of tables between which nothing stands and of which the first alone has a head: an
    office cut them by mistake."""
    before: Rows = []
    for rows in tables:
        next_to = bool(before) and rows[0][0] == before[-1][0] + 1 and not columns_of(plan, rows)[0]
        taken = columns_of(plan, before)[1] if next_to else 0
        if taken and follows_on(plan, before[:taken], rows):
            before = before + rows
            continue
        if before:
            yield before
        before = rows
    if before:
        yield before


def _form(plan: Plan, rows: Rows) -> TaskTable | None:
    """A sheet of two columns, label and value («Nhiệm vụ | …», «Chủ trì | …», «Thời hạn | …»), one task after the other."""
    cells = [[c for c in paragraph.cells if c.end > c.start] for _, paragraph in rows]
    if len(rows) < _SHEET or any(len(row) > 2 for row in cells):
        return None
    labels = [trailers.field_of(_COUNTED.sub("", label_of(plan, row[0]))) if len(row) == 2 else None for row in cells]
    if 2 * sum(f is not None for f in labels) <= len(rows) or "task" not in labels or not TELLS & {f or "" for f in labels}:
        return None
    if any(trailers.field_of(label_of(plan, row[1])) for row in cells if len(row) == 2):
        return None  # two columns with a heading row
    out = TaskTable([], set())
    for (index, _), row, name in zip(rows, cells, labels, strict=True):
        if name == "task":
            out.rows.append(TaskRow(index))
        if not out.rows:
            continue
        if out.rows[-1].index == index - 1 and plan.paragraphs[index - 1].header:
            out.rows[-1].index = index  # the first line of the sheet passes for a heading row
        if name not in {"number", None}:
            out.rows[-1].cells.setdefault(name, []).append((row[1].start, row[1].end))
    return out


_OF_WHOLE = frozenset({"number", "topic", "lead", "support", "both", "cross", "period"})
"""What a row tells of a task of its own, and no part of one above."""


def _is_part(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A row that holds a bulleted part of the task above («- Khảo sát») without a number and doers: it has from there who does it, and when
    where it does not say so itself."""
    filled = {fields.get(c.column): label_of(plan, c) for c in paragraph.cells if c.end > c.start}
    return labels.dashed(filled.get("task", "")) and not filled.keys() & _OF_WHOLE


class _Reader:
    """The rows of one table, read in order with what stands over them: titles of groups, cells merged downwards, ditto marks."""

    def __init__(self, plan: Plan, rows: Rows, fields: dict[int, str], taken: int, titles: frozenset[int]) -> None:
        self.plan, self.fields, self.titles, self.rows = plan, fields, titles, rows[taken:]
        self.out = TaskTable([], {index for index, _ in rows[:taken]})
        self.task = min((column for column, name in fields.items() if name == "task"), default=0)
        self.numbers = next((column for column, name in fields.items() if name == "number"), None)
        self.heads = {c.column: (c.start, c.end) for _, paragraph in rows[:taken] for c in paragraph.cells}
        marks = [words for column, name in fields.items() if name == "cross" for words in cells_of(plan, self.rows, column)]
        self.only_rings = all(RING.match(words) for words in marks)  # «o» beside «x» helps; alone it is the only mark there is
        self.held: dict[int, tuple[Cell, int]] = {}
        self.last: dict[int, Cell] = {}
        self.group, self.digit, self.doers, self.times, self.over, self.leads = "", "", Held(), Held(), Over(), Leads()

    def read(self) -> TaskTable:
        below = [*(paragraph for _, paragraph in self.rows[1:]), None]
        for (index, paragraph), following in zip(self.rows, below, strict=False):
            repeated = repeats_heading(self.plan, paragraph, self.fields)
            if repeated or self._is_title(index, paragraph, following):
                self._below_title(index, None if repeated else paragraph)
            else:
                self._add(self._row(index, paragraph))
        return self.out

    def _is_title(self, index: int, paragraph: Paragraph, following: Paragraph | None) -> bool:
        return index in self.titles or (not self.held and lone_title(self.plan, paragraph, following, self.fields))

    def _below_title(self, index: int, title: Paragraph | None) -> None:
        """What was carried from row to row ends at a title and at a heading that is printed again, which opens no group."""
        self.out.headers.add(index)
        self.held.clear()
        self.over, self.digit, self.leads = Over(), "", Leads()
        if title is not None:
            self.group = number_of(self.plan, title)
            self.doers = self.doers.after(doers_of(self.plan, title), self.group)
            self.times = self.times.after(time_of(self.plan, title), self.group)

    def _row(self, index: int, paragraph: Paragraph) -> TaskRow:
        row, present = TaskRow(index, group=self.group, doers=self.doers.span), {c.column: c for c in paragraph.cells}
        part = _is_part(self.plan, paragraph, self.fields)
        for column, name in sorted(self.fields.items()):
            cell = self._cell(column, present.get(column), part)
            if cell is None or cell.end <= cell.start:
                continue
            if not part:  # what a part says of itself holds for no other
                self.last[column] = cell
            self._put(row, column, name, cell)
        self._count(row)
        _hold(self.held, present)
        return row

    def _cell(self, column: int, cell: Cell | None, part: bool) -> Cell | None:
        """The cell of a row in a column, or the one above that it repeats: as a part, merged, by a ditto mark, or in a calendar, where the
        time opens the row and is written once for the rows below it."""
        blank, above = cell is None or cell.end <= cell.start, self.last.get(column)
        if part and blank:
            cell = above
        if cell is None:
            return self.held[column][0] if column in self.held else None
        if above is None:
            return cell if cell.end > cell.start else None
        if rules("duties").pattern("ditto").match(self.plan.text[cell.start : cell.end]):
            return above
        return above if cell.end <= cell.start and self.fields[column] == "time" and column < self.task else cell

    def _put(self, row: TaskRow, column: int, name: str, cell: Cell) -> None:
        """Keeps what a cell says under its field; a cross says it of the head of its column."""
        if name == "period":
            row.cells.setdefault("time", []).append(self.heads[column])
        elif name == "cross":
            words = label_of(self.plan, cell)
            mark = "lead" if self.only_rings and RING.match(words) else crossed(words) or "lead"
            mark = "support" if "lead" in self.fields.values() else mark  # a column of its own names the leader
            row.cells.setdefault(mark, []).append(self.heads[column])
        elif name == "number":
            row.number = label_of(self.plan, cell).strip(".) ")
        else:
            said = names_by_line(self.plan.text, cell) if name in DOERS else [(cell.start, cell.end)]
            row.cells.setdefault(name, []).extend(said)

    def _count(self, row: TaskRow) -> None:
        """Gives a second task under one number that number, and «a» under «2» its group."""
        if not row.number and self.numbers in self.last:
            row.number = label_of(self.plan, self.last[self.numbers]).strip(".) ")
        if LETTER.fullmatch(row.number):
            row.group = ".".join(filter(None, (self.group, self.digit)))
        self.digit = row.number if row.number.isdigit() else self.digit

    def _add(self, row: TaskRow) -> None:
        if "topic" in row.cells:  # a short name alone is the task
            row.cells.setdefault("task", row.cells["topic"])
        if self.times.style and "time" not in row.cells:
            row.cells["time"] = [self.times.span]
        if row.span("task"):
            self.over = self.over.above(self.plan, row, self.out)
            self.leads = self.leads.below(self.plan, row)
            self.out.rows.append(row)


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

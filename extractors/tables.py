"""Task tables: which column holds the task, the lead, the support, the time and the product (bảng phân công nhiệm vụ)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.table_cells import DOERS, RING, crossed, names_by_line
from extractors.unit_headings import heading_of
from extractors.units import find_units
from schemas.document import Cell, Paragraph

_SHEET = 3
"""Lines of the shortest sheet of labels and values."""
_HEADING = 70
"""Characters of the longest heading of a column."""
_TITLE = 160
"""Characters of the longest title of a group that names who does its rows."""
_MORE = 1.25
"""How many times the words of the short name the column of the task itself holds at least."""


_COUNTED = re.compile(r"(?<=\w)\s+\d{1,2}\s*[.:]?$")
"""The number behind a label («Nhiệm vụ 2»)."""
_TELLS = frozenset({"lead", "support", "time", "product", "both", "cross"})
"""Columns beside that of the task by which a table is known to give work."""


@dataclass(slots=True)
class TaskRow:
    """A row of a task table: cell spans by field. Cells merged downwards and ditto marks are resolved to the cell they repeat."""

    index: int
    cells: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    number: str = ""
    group: str = ""
    doers: tuple[int, int] = (0, 0)
    """Title of the group, where it names who does the rows below it («I | Sở Tài chính»)."""

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
    headings = {c.column: _label(plan, c) for _, paragraph in rows[:taken] for c in paragraph.cells}
    _responsibilities(plan, rows[taken:], fields, headings)
    _by_head(fields, headings)
    _main_task(plan, rows[taken:], fields, headings)
    _notes(fields, headings)
    _people(plan, rows[taken:], fields, headings)
    names = set(fields.values())
    days = rules("duties").pattern("day_column")
    if "task" not in names and ("lead" in names or any(n == "time" and not days.match(headings[c]) for c, n in fields.items())):
        widest = _widest(rows[taken:], set(fields))
        if widest is not None:
            fields[widest] = "task"
            names.add("task")
    return (fields, taken) if "task" in names and names & _TELLS else ({}, 0)


def _by_head(fields: dict[int, str], headings: dict[int, str]) -> None:
    """Columns whose heading says more than the field («Nội dung thanh tra», «Đoàn thanh tra»), where no plain one is there."""
    for name in ("task", "lead"):
        head = rules("duties").pattern(f"{name}_column")
        if name not in fields.values():
            fields |= {column: name for column in sorted(set(headings) - set(fields)) if head.match(headings[column])}


def _main_task(plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], headings: dict[int, str]) -> None:
    """Of several columns that may hold the task («Hoạt động | Nội dung», «Nhiệm vụ | Nội dung chi tiết») the one with most words; the
    others name its topic."""
    detail = rules("duties").pattern("detail_column")
    tasks = sorted(c for c, name in fields.items() if name == "task")
    tasks += sorted(c for c in set(headings) - set(fields) if tasks and detail.match(headings[c]))
    if len(tasks) < 2:
        return
    size = _sizes(rows)
    main = max(tasks, key=lambda c: (size.get(c, 0), -c))
    if size.get(main, 0) < _MORE * size.get(tasks[0], 0):
        main = tasks[0]
    fields |= {column: "task" if column == main else "topic" for column in tasks}


def _notes(fields: dict[int, str], headings: dict[int, str]) -> None:
    """Columns of remarks («Ghi chú», «Ghi chú, đơn vị phối hợp»): what is told there of helpers and times belongs to the row."""
    note = rules("duties").pattern("note_column")
    for column, words in headings.items():
        if fields.get(column) in {None, "other", "support"} and (found := note.match(words)):
            fields[column] = "helpers" if found["support"] else "note"


def _people(plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], headings: dict[int, str]) -> None:
    """Who acts, where no column says so plainly: a column of persons beside their work («Họ và tên | Nhiệm vụ»), columns of bodies in
    which a cross marks the doer, one of leaders and helpers together («Cơ quan chủ trì/phối hợp»)."""
    if "lead" in fields.values() or "task" not in fields.values():
        return
    book = rules("duties")
    task = next(column for column, name in fields.items() if name == "task")
    works = _tells_work(plan, rows, task)
    for column in sorted(set(headings) - {c for c, name in fields.items() if name != "other"}):
        words = headings[column]
        cells = _cells(plan, rows, column)
        if book.pattern("both_column").match(words):
            fields[column] = "both"
        elif works and book.pattern("person_column").match(words):
            fields[column] = "lead"
        elif cells and all(crossed(cell) for cell in cells) and find_units(words):
            fields[column] = "cross"


def _cells(plan: Plan, rows: list[tuple[int, Paragraph]], column: int) -> list[str]:
    """Words of the filled cells of a column."""
    return [_label(plan, c) for _, paragraph in rows for c in paragraph.cells if c.column == column and c.end > c.start]


def _responsibilities(plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], headings: dict[int, str]) -> None:
    """A table of roles: who («Vai trò», «Thành phần», «Lực lượng») beside what each does («Trách nhiệm chính», «Chức năng, nhiệm vụ»).
    «Trách nhiệm», «Phân công» may also stand over names; the cells tell."""
    book = rules("duties")
    duty, doer = book.pattern("duty_column"), book.pattern("doer_column")
    headings = {column: words for column, words in headings.items() if len(words) <= _HEADING}
    known = [column for column, name in fields.items() if name == "task" and column in headings]
    told = known or [c for c in sorted(headings) if duty.match(headings[c]) and _tells_work(plan, rows, c)]
    if not told or not duty.match(headings[told[0]]):
        return
    size = _sizes(rows)
    task = max(told, key=lambda c: (size.get(c, 0), -c))
    whom = [c for c in sorted(headings) if c != task and fields.get(c) in {None, "other", "lead"} and doer.match(headings[c])]
    sure = book.pattern("liable_column").match(headings[task]) is not None
    whom = [c for c in whom if sure or not book.pattern("open_doer_column").match(headings[c]) or _names_doers(_cells(plan, rows, c))]
    led = any(name == "lead" and c != task for c, name in fields.items())
    people = any(book.pattern("person_column").match(words) for words in headings.values())  # ``_people`` sees to them
    if led or people or whom:
        fields[task] = "task"
    if whom and not led and not people and (not known or _tells_work(plan, rows, task)):
        fields[whom[0]] = "lead"


def _names_doers(cells: list[str]) -> bool:
    """Most cells are nothing but a name («Tổ kỹ thuật»)."""
    found = [heading_of(words) for words in cells if len(words) <= _HEADING]
    return 2 * sum(f is not None and f.rule == "heading_name" for f in found) > len(cells)


def _tells_work(plan: Plan, rows: list[tuple[int, Paragraph]], column: int) -> bool:
    """Most cells of the column begin with an act."""
    cells = _cells(plan, rows, column)
    return 2 * sum(begins_with_act(words) for words in cells) > len(cells)


def _sizes(rows: list[tuple[int, Paragraph]]) -> dict[int, int]:
    """Characters in each column."""
    size: dict[int, int] = {}
    for _, paragraph in rows:
        for cell in paragraph.cells:
            size[cell.column] = size.get(cell.column, 0) + cell.end - cell.start
    return size


def _widest(rows: list[tuple[int, Paragraph]], known: set[int]) -> int | None:
    """The unnamed column with most words: its heading is worded in a way no rule knows."""
    size = {column: width for column, width in _sizes(rows).items() if column not in known}
    return max(size, key=lambda c: (size[c], -c)) if size else None


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


def _lone_title(plan: Plan, paragraph: Paragraph, following: Paragraph | None, fields: dict[int, str]) -> bool:
    """A row with words in the task column alone and a number in Roman or capitals, or one that the next row counts on («2», then
    «2.1»): a group title inside the table."""
    filled = {fields.get(c.column): _label(plan, c) for c in paragraph.cells if c.end > c.start}
    number = filled.get("number", "")
    title = filled.get("task") or filled.get("topic") or ""
    others = set(filled) - {"number", "task", "topic"}
    named = not ("task" in filled and "topic" in filled) and not title.startswith(labels.DASHES)
    over = following is not None and number.isdigit() and _number(plan, following, fields).startswith(f"{number}.")
    return not others and 0 < len(title) < 200 and named and (number.isupper() or not number or over)


def _number(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> str:
    return next((_label(plan, c) for c in paragraph.cells if fields.get(c.column) == "number"), "")


def _is_part(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A row that holds a bulleted part of the task above and nothing else («- Khảo sát»): it has who and when from there."""
    filled = {fields.get(c.column): _label(plan, c) for c in paragraph.cells if c.end > c.start}
    return set(filled) == {"task"} and filled["task"].startswith(labels.DASHES)


def task_tables(plan: Plan) -> Iterator[TaskTable]:
    """Every task table of the document, in order."""
    tables: dict[int, list[tuple[int, Paragraph]]] = {}
    titles = group_rows(plan.paragraphs)
    for index, paragraph in enumerate(plan.paragraphs):
        if paragraph.kind == "row":
            tables.setdefault(paragraph.table, []).append((index, paragraph))
    for rows in tables.values():
        fields, taken = _columns(plan, rows)
        if form := _form(plan, rows):
            yield form
        elif fields:
            yield _read(plan, rows, fields, taken, titles)


def _form(plan: Plan, rows: list[tuple[int, Paragraph]]) -> TaskTable | None:
    """A sheet of two columns, label and value («Nhiệm vụ | …», «Chủ trì | …», «Thời hạn | …»), one task after the other."""
    cells = [[c for c in paragraph.cells if c.end > c.start] for _, paragraph in rows]
    if len(rows) < _SHEET or any(len(row) > 2 for row in cells):
        return None
    labels = [trailers.field_of(_COUNTED.sub("", _label(plan, row[0]))) if len(row) == 2 else None for row in cells]
    if 2 * sum(f is not None for f in labels) <= len(rows) or "task" not in labels or not _TELLS & {f or "" for f in labels}:
        return None
    if any(trailers.field_of(_label(plan, row[1])) for row in cells if len(row) == 2):
        return None  # two columns with a heading row
    out = TaskTable([], set())
    for (index, _), row, name in zip(rows, cells, labels, strict=True):
        if name == "task":
            out.rows.append(TaskRow(index))
        if not out.rows or name is None:
            continue
        if out.rows[-1].index == index - 1 and plan.paragraphs[index - 1].header:
            out.rows[-1].index = index  # the first line of the sheet passes for a heading row
        if name != "number":
            out.rows[-1].cells.setdefault(name, []).append((row[1].start, row[1].end))
    return out


def _read(
    plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], taken: int, titles: frozenset[int]
) -> TaskTable:  # fmt: skip
    ditto = rules("duties").pattern("ditto")
    held: dict[int, tuple[Cell, int]] = {}
    last: dict[int, Cell] = {}
    out = TaskTable([], {index for index, _ in rows[:taken]})
    task = min((column for column, name in fields.items() if name == "task"), default=0)
    group, doers = "", _Doers()
    heads = {c.column: (c.start, c.end) for _, paragraph in rows[:taken] for c in paragraph.cells}
    marks = [words for column, name in fields.items() if name == "cross" for words in _cells(plan, rows[taken:], column)]
    only_rings = all(RING.match(words) for words in marks)  # «o» beside «x» helps; alone it is the only mark there is
    below = [*(paragraph for _, paragraph in rows[taken + 1 :]), None]
    for (index, paragraph), following in zip(rows[taken:], below, strict=False):
        present = {c.column: c for c in paragraph.cells}
        if index in titles or (not held and _lone_title(plan, paragraph, following, fields)) or _repeats_heading(plan, paragraph, fields):
            out.headers.add(index)
            held.clear()
            if not _repeats_heading(plan, paragraph, fields):
                group = _group_number(plan, paragraph)
                doers = doers.after(plan, paragraph, group)
            continue
        row = TaskRow(index, group=group, doers=doers.span)
        part = _is_part(plan, paragraph, fields)
        for column, name in sorted(fields.items()):
            cell = present.get(column)
            if part and (cell is None or cell.end <= cell.start):
                cell = last.get(column)
            if cell is None and column in held:
                cell = held[column][0]
            elif cell is not None and ditto.match(plan.text[cell.start : cell.end]) and column in last:
                cell = last[column]
            elif cell is not None and cell.end <= cell.start and name == "time" and column < task:
                cell = last.get(column)  # a calendar: the time opens the row and is written once for the rows below it
            if cell is None or cell.end <= cell.start:
                continue
            last[column] = cell
            if name == "cross":
                mark = crossed(_label(plan, cell))
                row.cells.setdefault("lead" if only_rings and RING.match(_label(plan, cell)) else mark or "lead", []).append(heads[column])
            elif name == "number":
                row.number = _label(plan, cell).strip(".) ")
            else:
                row.cells.setdefault(name, []).extend(names_by_line(plan.text, cell) if name in DOERS else [(cell.start, cell.end)])
        numbers = [column for column, name in fields.items() if name == "number"]
        if not row.number and numbers and numbers[0] in last:
            row.number = _label(plan, last[numbers[0]]).strip(".) ")  # a second task under one number
        _hold(held, present)
        if "topic" in row.cells:  # a short name alone is the task
            row.cells.setdefault("task", row.cells["topic"])
        if row.span("task"):
            out.rows.append(row)
    return out


@dataclass(frozen=True, slots=True)
class _Doers:
    """Who does the rows of a group, and the style of the number under which its row says so: «A | SỞ Y TẾ» holds over «I | Khám bệnh»,
    up to «B»."""

    span: tuple[int, int] = (0, 0)
    style: str = ""

    def after(self, plan: Plan, paragraph: Paragraph, number: str) -> _Doers:
        """Who does the rows below this group row."""
        style = "digit" if number.isdigit() else "roman" if _ROMAN.fullmatch(number) else "letter" if number else ""
        if found := _doers(plan, paragraph):
            return _Doers(found, style)
        return self if self.style and style and style != self.style else _Doers()


_ROMAN = re.compile(r"[IVX]+")
_TOPICS = frozenset({"unit.bare", "unit.role"})
"""Names that a group may also have for its topic («Doanh nghiệp», «Cán bộ, công chức»)."""


def _doers(plan: Plan, paragraph: Paragraph) -> tuple[int, int] | None:
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

"""Task tables: which column holds the task, the lead, the support, the time and the product (bảng phân công nhiệm vụ)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.table_cells import DOERS, RING, crossed, names_by_line
from extractors.table_columns import TELLS, cells_of, columns_of, follows_on, label_of
from extractors.unit_headings import heading_of
from extractors.unit_roles import assignment_of
from extractors.units import find_units
from schemas.document import Cell, Paragraph

_SHEET = 3
"""Lines of the shortest sheet of labels and values."""
_TITLE = 160
"""Characters of the longest title of a group that names who does its rows."""
_PLAIN_TITLE, _LONG_TITLE = 200, 500
"""Characters of the longest title of a group, and of one in Roman over rows that count on in digits («I», then «1»)."""
_COUNTED = re.compile(r"(?<=\w)\s+\d{1,2}\s*[.:]?$")
"""The number behind a label («Nhiệm vụ 2»)."""


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
    «2.1»): a group title inside the table. Behind a column of who leads, left blank there, an act is work («Ban A | Rà soát» over
    « | Lập hồ sơ»)."""
    filled = {fields.get(c.column): label_of(plan, c) for c in paragraph.cells if c.end > c.start}
    number = filled.get("number", "")
    title = filled.get("task") or filled.get("topic") or ""
    others = set(filled) - {"number", "task", "topic"}
    named = not ("task" in filled and "topic" in filled) and not labels.dashed(title)
    below = _number(plan, following, fields) if following is not None else ""
    over = number.isdigit() and below.startswith(f"{number}.")
    counted = number.isupper() and _ROMAN.fullmatch(number.rstrip(".)")) is not None and below.rstrip(".)").isdigit()
    longest = _LONG_TITLE if counted else _PLAIN_TITLE
    if not number and list(filled) == ["task"] and _led_in_front(fields) and begins_with_act(title):
        return False
    return not others and 0 < len(title) < longest and named and (number.isupper() or not number or over)


def _led_in_front(fields: dict[int, str]) -> bool:
    """Whether the column of who leads stands before that of the task."""
    names = [name for _, name in sorted(fields.items()) if name in {"lead", "task"}]
    return names[:2] == ["lead", "task"]


def _number(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> str:
    return next((label_of(plan, c) for c in paragraph.cells if fields.get(c.column) == "number"), "")


_OF_WHOLE = frozenset({"number", "topic", "lead", "support", "both", "cross", "period"})
"""What a row tells of a task of its own, and no part of one above."""


def _is_part(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A row that holds a bulleted part of the task above («- Khảo sát») without a number and doers: it has from there who does it, and when
    where it does not say so itself."""
    filled = {fields.get(c.column): label_of(plan, c) for c in paragraph.cells if c.end > c.start}
    return labels.dashed(filled.get("task", "")) and not filled.keys() & _OF_WHOLE


def task_tables(plan: Plan) -> Iterator[TaskTable]:
    """Every task table of the document, in order."""
    tables: dict[int, list[tuple[int, Paragraph]]] = {}
    titles = group_rows(plan.paragraphs)
    for index, paragraph in enumerate(plan.paragraphs):
        if paragraph.kind == "row":
            tables.setdefault(paragraph.table, []).append((index, paragraph))
    named: list[tuple[int, Paragraph]] = []
    for rows in _whole(plan, tables.values()):
        fields, taken = columns_of(plan, rows)
        if form := _form(plan, rows):
            yield form
            continue
        if not fields and named and follows_on(plan, named, rows):
            rows = named + rows
            fields, taken = columns_of(plan, rows)
        if fields:
            yield _read(plan, rows, fields, taken, titles)
            named = rows[:taken]


def _whole(plan: Plan, tables: Iterable[list[tuple[int, Paragraph]]]) -> Iterator[list[tuple[int, Paragraph]]]:
    """The rows of each table, and as one those of tables between which nothing stands and of which the first alone has a head: an
    office cut them by mistake."""
    before: list[tuple[int, Paragraph]] = []
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


def _form(plan: Plan, rows: list[tuple[int, Paragraph]]) -> TaskTable | None:
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


def _read(
    plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], taken: int, titles: frozenset[int]
) -> TaskTable:  # fmt: skip
    ditto = rules("duties").pattern("ditto")
    held: dict[int, tuple[Cell, int]] = {}
    last: dict[int, Cell] = {}
    out = TaskTable([], {index for index, _ in rows[:taken]})
    task = min((column for column, name in fields.items() if name == "task"), default=0)
    group, digit, doers, times, over, leads = "", "", _Held(), _Held(), _Over(), _Leads()
    heads = {c.column: (c.start, c.end) for _, paragraph in rows[:taken] for c in paragraph.cells}
    marks = [words for column, name in fields.items() if name == "cross" for words in cells_of(plan, rows[taken:], column)]
    only_rings = all(RING.match(words) for words in marks)  # «o» beside «x» helps; alone it is the only mark there is
    below = [*(paragraph for _, paragraph in rows[taken + 1 :]), None]
    for (index, paragraph), following in zip(rows[taken:], below, strict=False):
        present = {c.column: c for c in paragraph.cells}
        if index in titles or (not held and _lone_title(plan, paragraph, following, fields)) or _repeats_heading(plan, paragraph, fields):
            out.headers.add(index)
            held.clear()
            over, digit, leads = _Over(), "", _Leads()
            if not _repeats_heading(plan, paragraph, fields):
                group = _group_number(plan, paragraph)
                doers = doers.after(_doers(plan, paragraph), group)
                times = times.after(_group_time(plan, paragraph), group)
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
            if not part:  # what a part says of itself holds for no other
                last[column] = cell
            if name == "period":
                row.cells.setdefault("time", []).append(heads[column])
            elif name == "cross":
                words = label_of(plan, cell)
                mark = "lead" if only_rings and RING.match(words) else crossed(words) or "lead"
                mark = "support" if "lead" in fields.values() else mark  # a column of its own names the leader
                row.cells.setdefault(mark, []).append(heads[column])
            elif name == "number":
                row.number = label_of(plan, cell).strip(".) ")
            else:
                row.cells.setdefault(name, []).extend(names_by_line(plan.text, cell) if name in DOERS else [(cell.start, cell.end)])
        numbers = [column for column, name in fields.items() if name == "number"]
        if not row.number and numbers and numbers[0] in last:
            row.number = label_of(plan, last[numbers[0]]).strip(".) ")  # a second task under one number
        if _LETTER.fullmatch(row.number):  # «2», then «a»
            row.group = ".".join(filter(None, (group, digit)))
        digit = row.number if row.number.isdigit() else digit
        _hold(held, present)
        if "topic" in row.cells:  # a short name alone is the task
            row.cells.setdefault("task", row.cells["topic"])
        if times.style and "time" not in row.cells:
            row.cells["time"] = [times.span]
        if row.span("task"):
            over = over.above(plan, row, out)
            leads = leads.below(plan, row)
            out.rows.append(row)
    return out


_NOBODY = re.compile(r"\W*")
_FIELDS = frozenset({"lead", "support", "both", "time"})
_LETTER = re.compile(r"[a-zđ]|[ivx]{1,4}")


@dataclass(frozen=True, slots=True)
class _Over:
    """The row whose parts stand in the rows below it and say neither who nor when: «1 | Hạ tầng số | Sở A | Quý II» over «1.1 | …»."""

    row: TaskRow | None = None

    def above(self, plan: Plan, row: TaskRow, table: TaskTable) -> _Over:
        """What stands over the rows below ``row``; as a part, the row gets who and when from the one above it, whose name is then none
        of work unless it says an act."""
        if _FIELDS & set(row.cells):
            return _Over(row)
        if self.row is None or not _is_under(self.row.number, row.number):
            return _Over()
        for name in _FIELDS & set(self.row.cells):
            row.cells[name] = self.row.cells[name]
        start, end = self.row.span("task") or (0, 0)
        if self.row in table.rows and not begins_with_act(plan.text[start:end]):
            table.rows.remove(self.row)
            table.headers.add(self.row.index)
        return self


@dataclass(frozen=True, slots=True)
class _Leads:
    """Who leads the rows of a group so far: named once, it holds for the rows below whose cell is left blank («Sở A | Rà soát …» over
    « | Công khai …»), as a merged cell would. A dash names nobody, who leads a part leads no more than the parts beside it, and a row
    that says itself who does it needs no other."""

    spans: tuple[tuple[int, int], ...] = ()
    depth: int = 0

    def below(self, plan: Plan, row: TaskRow) -> _Leads:
        """What holds below ``row``, which is given the leaders above it where it has none of its own."""
        depth = row.number.count(".") + bool(_LETTER.fullmatch(row.number))
        if said := [span for name in ("lead", "both") for span in row.cells.get(name, ())]:
            named = any(not _NOBODY.fullmatch(plan.text[slice(*span)]) for span in said)
            return _Leads(tuple(row.cells.get("lead", ())), depth) if named else _Leads()
        if depth < self.depth:
            return _Leads()
        if self.spans and not assignment_of(plan.text, *(row.span("task") or (0, 0))).lead:
            row.cells["lead"] = list(self.spans)
        return self


def _is_under(over: str, number: str) -> bool:
    """«1.1», «a» under «1»; «1» under «I»."""
    if number.startswith(f"{over}."):
        return bool(over)
    if over.isdigit():
        return _LETTER.fullmatch(number) is not None
    return bool(_ROMAN.fullmatch(over)) and number.isdigit()


@dataclass(frozen=True, slots=True)
class _Held:
    """Who does the rows of a group, or when they are done, and the style of the number under which its row says so: «A | SỞ Y TẾ» holds
    over «I | Khám bệnh», up to «B»."""

    span: tuple[int, int] = (0, 0)
    style: str = ""

    def after(self, found: tuple[int, int] | None, number: str) -> _Held:
        """What holds for the rows below a group row of that number in which ``found`` says so."""
        style = "digit" if number.isdigit() else "roman" if _ROMAN.fullmatch(number) else "letter" if number else ""
        if found:
            return _Held(found, style)
        return self if self.style and style and style != self.style else _Held()


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


def _group_time(plan: Plan, paragraph: Paragraph) -> tuple[int, int] | None:
    """Span in which a numbered group row says when what stands below it is done: «I | QUÝ I/2026», «II | Nhiệm vụ thường xuyên»."""
    filled = [c for c in paragraph.cells if c.end > c.start]
    if len(filled) != 2 or filled[1].end - filled[1].start > _TITLE:
        return None
    start, end = filled[1].start, filled[1].end
    if dated := rules("structure").pattern("dated_heading").match(plan.text[start:end]):
        return start + dated.start("when"), start + dated.end("when")
    named = rules("duties").pattern("work_heading").match(plan.text[start:end])
    return (start + named.end(), end) if named and (named["does"] or named["always"]) else None


def _group_number(plan: Plan, paragraph: Paragraph) -> str:
    """Number of a group row («I | TUYÊN TRUYỀN», «II. HẠ TẦNG SỐ»), "" without one."""
    first = next((label_of(plan, c) for c in paragraph.cells if c.end > c.start), "")
    found = labels.find(first + " x" if len(first) <= 4 else first)
    if found and found[0].numbered and found[0].path:
        return found[0].path[-1]
    return first if first.isupper() and len(first) <= 4 and labels.ordinal(first) else ""


def _repeats_heading(plan: Plan, paragraph: Paragraph, fields: dict[int, str]) -> bool:
    """A heading row printed again on a new page, or a row that numbers the columns (1) (2) (3)."""
    labels = [label_of(plan, c) for c in paragraph.cells if c.end > c.start]
    if len(labels) >= 3 and all(x.strip("()").isdigit() for x in labels):
        return True
    same = sum(trailers.field_of(label_of(plan, c)) == fields.get(c.column) is not None for c in paragraph.cells)
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

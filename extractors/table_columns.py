"""Columns of a task table: which field each heading stands for, told by its words and by what its cells hold."""

from __future__ import annotations

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.table_cells import crossed
from extractors.unit_headings import heading_of
from extractors.units import find_units
from schemas.document import Cell, Paragraph

_HEADING = 70
"""Characters of the longest heading of a column."""
_MORE = 1.25
"""How many times the words of the short name the column of the task itself holds at least."""
TELLS = frozenset({"lead", "support", "time", "product", "both", "cross", "period"})
"""Columns beside that of the task by which a table is known to give work."""


def label_of(plan: Plan, cell: Cell) -> str:
    return " ".join(plan.text[cell.start : cell.end].split())


def columns_of(plan: Plan, rows: list[tuple[int, Paragraph]]) -> tuple[dict[int, str], int]:
    """Column → field from the first one or two rows, and how many rows the heading takes; empty where it is no task table."""
    first: dict[int, str | None] = {c.column: trailers.field_of(label_of(plan, c)) for c in rows[0][1].cells}
    taken = 1
    spanned = [c for c in rows[0][1].cells if c.column_span > 1]
    if spanned and len(rows) > 1:
        lower: dict[int, str | None] = {c.column: trailers.field_of(label_of(plan, c)) for c in rows[1][1].cells}
        if any(lower.values()) or _lower_storey(rows[1][1], spanned):
            taken = 2
            for over in spanned:  # the lower storey tells; where it does not, all below «Thời gian» are times
                time = "time" if first[over.column] == "time" else None
                first |= {c: name or time for c, name in lower.items() if over.column <= c < over.column + over.column_span}
            first |= {column: name for column, name in lower.items() if name}
    fields: dict[int, str] = {column: name for column, name in first.items() if name}
    headings = {c.column: label_of(plan, c) for _, paragraph in rows[:taken] for c in paragraph.cells}
    _responsibilities(plan, rows[taken:], fields, headings)
    _by_head(fields, headings)
    _main_task(plan, rows[taken:], fields, headings)
    _notes(fields, headings)
    _people(plan, rows[taken:], fields, headings)
    _overseers(fields, headings)
    _periods(plan, rows[taken:], fields, headings)
    names = set(fields.values())
    days = rules("duties").pattern("day_column")
    if "task" not in names and ("lead" in names or any(n == "time" and not days.match(headings[c]) for c, n in fields.items())):
        widest = _widest(rows[taken:], set(fields))
        if widest is not None:
            fields[widest] = "task"
            names.add("task")
    return (fields, taken) if "task" in names and names & TELLS else ({}, 0)


def follows_on(plan: Plan, heads: list[tuple[int, Paragraph]], rows: list[tuple[int, Paragraph]]) -> bool:
    """Whether a table that names no columns goes on under the heads of the one before: it is as wide, and its first row has an order
    number or a name where they have «TT» or «Chủ trì»."""
    first = rows[0][1]
    if _width(heads) != _width(rows) or any(trailers.field_of(label_of(plan, c)) for c in first.cells):
        return False
    fields, _ = columns_of(plan, heads + rows)
    for column, name in fields.items():
        words = cells_of(plan, rows, column)
        if name == "number" and words and labels.ordinal(words[0].strip(" .)")):
            return True
        if words and ((name == "lead" and _names_doers(words)) or (name == "task" and _tells_work(plan, rows, column))):
            return True
    return False


def _width(rows: list[tuple[int, Paragraph]]) -> int:
    return max((c.column + c.column_span for _, paragraph in rows for c in paragraph.cells), default=0)


def _lower_storey(row: Paragraph, spanned: list[Cell]) -> bool:
    """A row filled only below headings that span several columns, and there more than once («Quý I | Quý II» below «Tiến độ»)."""
    filled = [c.column for c in row.cells if c.end > c.start]
    return len(filled) > 1 and all(any(o.column <= c < o.column + o.column_span for o in spanned) for c in filled)


def _periods(plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], headings: dict[int, str]) -> None:
    """Columns of quarters or months in which a cross says when («Quý I | Quý II | …»)."""
    period = rules("duties").pattern("period_column")
    for column in sorted(set(headings) - {c for c, name in fields.items() if name not in {"other", "time"}}):
        if period.match(headings[column]) and (cells := cells_of(plan, rows, column)) and all(crossed(cell) for cell in cells):
            fields[column] = "period"


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


def _overseers(fields: dict[int, str], headings: dict[int, str]) -> None:
    """A column of those who watch the work («Đơn vị theo dõi», «Chỉ đạo») gives none beside one of those who do it."""
    leads = [column for column, name in fields.items() if name == "lead"]
    watching = [column for column in leads if rules("duties").pattern("watch_column").match(headings.get(column, ""))]
    if len(watching) < len(leads):
        fields |= dict.fromkeys(watching, "other")


def _people(plan: Plan, rows: list[tuple[int, Paragraph]], fields: dict[int, str], headings: dict[int, str]) -> None:
    """Who acts, where no column says so plainly: a column of persons beside their work («Họ và tên | Nhiệm vụ»), columns of bodies in
    which a cross marks the doer, one of leaders and helpers together («Cơ quan chủ trì/phối hợp»)."""
    if "task" not in fields.values():
        return
    book, led = rules("duties"), "lead" in fields.values()
    task = next(column for column, name in fields.items() if name == "task")
    works = _tells_work(plan, rows, task)
    for column in sorted(set(headings) - {c for c, name in fields.items() if name != "other"}):
        words = headings[column]
        cells = cells_of(plan, rows, column)
        if not led and book.pattern("both_column").match(words):
            fields[column] = "both"
        elif not led and works and book.pattern("person_column").match(words):
            fields[column] = "lead"
        elif cells and all(crossed(cell) for cell in cells) and find_units(words):
            fields[column] = "cross"


def cells_of(plan: Plan, rows: list[tuple[int, Paragraph]], column: int) -> list[str]:
    """Words of the filled cells of a column."""
    return [label_of(plan, c) for _, paragraph in rows for c in paragraph.cells if c.column == column and c.end > c.start]


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
    whom = [c for c in whom if sure or not book.pattern("open_doer_column").match(headings[c]) or _names_doers(cells_of(plan, rows, c))]
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
    cells = cells_of(plan, rows, column)
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

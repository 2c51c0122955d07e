"""Rows of a task table, and what holds for the rows below one: who does them, when, and of which task they are parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.actions import begins_with_act
from extractors.plan import Plan
from extractors.unit_roles import assignment_of

ROMAN = re.compile(r"[IVX]+")


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


_NOBODY = re.compile(r"\W*")
_FIELDS = frozenset({"lead", "support", "both", "time"})
LETTER = re.compile(r"[a-zđ]|[ivx]{1,4}")


@dataclass(frozen=True, slots=True)
class Over:
    """The row whose parts stand in the rows below it and say neither who nor when: «1 | Hạ tầng số | Sở A | Quý II» over «1.1 | …»."""

    row: TaskRow | None = None

    def above(self, plan: Plan, row: TaskRow, table: TaskTable) -> Over:
        """What stands over the rows below ``row``; as a part, the row gets who and when from the one above it, whose name is then none
        of work unless it says an act."""
        if _FIELDS & set(row.cells):
            return Over(row)
        if self.row is None or not _is_under(self.row.number, row.number):
            return Over()
        for name in _FIELDS & set(self.row.cells):
            row.cells[name] = self.row.cells[name]
        start, end = self.row.span("task") or (0, 0)
        if self.row in table.rows and not begins_with_act(plan.text[start:end]):
            table.rows.remove(self.row)
            table.headers.add(self.row.index)
        return self


@dataclass(frozen=True, slots=True)
class Leads:
    """Who leads the rows of a group so far: named once, it holds for the rows below whose cell is left blank («Sở A | Rà soát …» over
    « | Công khai …»), as a merged cell would. A dash names nobody, who leads a part leads no more than the parts beside it, and a row
    that says itself who does it needs no other."""

    spans: tuple[tuple[int, int], ...] = ()
    depth: int = 0

    def below(self, plan: Plan, row: TaskRow) -> Leads:
        """What holds below ``row``, which is given the leaders above it where it has none of its own."""
        depth = row.number.count(".") + bool(LETTER.fullmatch(row.number))
        if said := [span for name in ("lead", "both") for span in row.cells.get(name, ())]:
            named = any(not _NOBODY.fullmatch(plan.text[slice(*span)]) for span in said)
            return Leads(tuple(row.cells.get("lead", ())), depth) if named else Leads()
        if depth < self.depth:
            return Leads()
        if self.spans and not assignment_of(plan.text, *(row.span("task") or (0, 0))).lead:
            row.cells["lead"] = list(self.spans)
        return self


def _is_under(over: str, number: str) -> bool:
    """«1.1», «a» under «1»; «1» under «I»."""
    if number.startswith(f"{over}."):
        return bool(over)
    if over.isdigit():
        return LETTER.fullmatch(number) is not None
    return bool(ROMAN.fullmatch(over)) and number.isdigit()


@dataclass(frozen=True, slots=True)
class Held:
    """Who does the rows of a group, or when they are done, and the style of the number under which its row says so: «A | SỞ Y TẾ» holds
    over «I | Khám bệnh», up to «B»."""

    span: tuple[int, int] = (0, 0)
    style: str = ""

    def after(self, found: tuple[int, int] | None, number: str) -> Held:
        """What holds for the rows below a group row of that number in which ``found`` says so."""
        style = "digit" if number.isdigit() else "roman" if ROMAN.fullmatch(number) else "letter" if number else ""
        if found:
            return Held(found, style)
        return self if self.style and style and style != self.style else Held()

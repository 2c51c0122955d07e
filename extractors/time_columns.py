"""Times told by the columns of a table: cells below a heading of time, and headings below which a cross says when."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.document import Paragraph


def _columns(paragraphs: tuple[Paragraph, ...], text: str, rule: str) -> dict[int, set[int]]:
    """Per table the columns whose heading fits a rule: it speaks of time, of results or faults."""
    columns: dict[int, set[int]] = {}
    pattern = rules("deadlines")[rule].pattern
    for paragraph in paragraphs:
        if paragraph.kind == "row" and paragraph.header:
            for cell in paragraph.cells:
                if pattern.search(text[cell.start : cell.end]):
                    columns.setdefault(paragraph.table, set()).add(cell.column)
    return columns


def time_cells(plan: Plan, rule: str) -> list[tuple[int, int]]:
    """Cells of the columns whose heading fits ``rule``."""
    columns = _columns(plan.paragraphs, plan.text, rule)
    rows = [p for p in plan.paragraphs if p.kind == "row" and not p.header] if columns else []
    return [(c.start, c.end) for p in rows for c in p.cells if c.column in columns.get(p.table, ())]


def but_periods(paragraph: Paragraph, fields: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A paragraph that holds no times, without the headings of columns in which a cross says when («Quý I | Quý II») and what the title
    of a group of rows says («I | QUÝ I/2026»)."""
    if paragraph.kind != "row":
        return [(paragraph.start, paragraph.end)]
    inside = sorted({(a, b) for a, b in fields if paragraph.start <= a and b <= paragraph.end})
    ends = [paragraph.start, *(at for span in inside for at in span), paragraph.end]
    return [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b]

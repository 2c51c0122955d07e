"""Tables with tabs between their cells, as they come out of Word or a spreadsheet: a line for a row, unless lines break in its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import labels, trailers
from extractors.loose_lines import BAR, HEADING, ROW, Line, Row, is_title
from extractors.stacked_tables import below, cell_goes_on, is_time
from schemas.document import RawBlock

_ROW_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-EĐ])[.)]?")
"""What the first cell of a row or a group of rows has."""


def tabbed(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """Rows of tabbed lines that begin at line ``i``, and where they end; None where none do."""
    if "\t" not in lines[i].text or (lines[i].raw.startswith("\t") and labels.find(lines[i].text)):
        return None  # «⇥1.⇥Sở Y tế lập danh sách»: an item moved in
    rows: list[Row] = []
    j = i
    while j < len(lines):
        if BAR.fullmatch(lines[j].text) and rows:
            j += 1
            continue
        cells = _row(lines[j].raw)
        if not rows or cells is None or len(cells) < len(rows[0]):
            broken = _broken_row(lines, j, rows[0]) if rows else _broken_head(lines, i)
            if broken:
                rows.append(broken[0])
                j = broken[1]
                continue
        if cells is None and rows and _goes_on(lines[j], rows):
            rows[-1][-1].append((lines[j].text, lines[j].block))
            j += 1
            continue
        if cells is None and rows:
            cells = _group(lines, j, rows[0]) or _title(lines, j, rows[0])
        if cells is None:
            break
        rows.append([[(cell, lines[j].block)] for cell in cells])
        j += 1
    return (rows, j) if len(rows) >= 2 else None


def _row(line: str, least: int = 3) -> list[str] | None:
    cells = [cell.strip() for cell in line.rstrip("\n").split("\t")]
    return cells if len(cells) >= least and sum(bool(c) for c in cells) >= 2 else None


def _group(lines: Sequence[Line], j: int, head: Row) -> list[str] | None:
    """The number and title of a group whose row ends there («1 | Vùng trồng»), where a whole row follows it."""
    cells = _row(lines[j].raw, 2) if j + 1 < len(lines) else None
    if cells is None or not labels.find(f"{cells[0]}. {cells[1]}"):
        return None
    return cells if _row(lines[j + 1].raw) or _broken_row(lines, j + 1, head) else None


def _title(lines: Sequence[Line], j: int, head: Row) -> list[str] | None:
    """The title of a group alone on its line («QUÝ I/2026»), where the next numbered row of the same table follows it."""
    text = lines[j].text
    if j + 1 == len(lines) or "|" in text or not is_title(text):
        return None
    after = _parts(lines[j + 1])
    if not after[0].strip(".) ").isdigit() or not (len(after) == len(head) or _broken_row(lines, j + 1, head)):
        return None
    return [text.strip(), *([""] * (len(head) - 1))]


def _parts(line: Line) -> list[str]:
    return [part.strip() for part in line.raw.rstrip("\n").split("\t")]


def _joined(lines: Sequence[Line], j: int, upto: int) -> Row:
    """The cells of lines ``j`` to ``upto``: the first of a line goes on in the last of the line before; a spreadsheet puts such a cell in
    quotes."""
    cells: Row = []
    for line in lines[j:upto]:
        first, *rest = _parts(line)
        if cells:
            cells[-1].append((first, line.block))
        cells.extend([(part, line.block)] for part in (rest if cells else (first, *rest)))
    return [_unquoted(cell) for cell in cells]


def _unquoted(cell: list[tuple[str, RawBlock]]) -> list[tuple[str, RawBlock]]:
    if len(cell) < 2 or not (cell[0][0].startswith('"') and cell[-1][0].endswith('"')):
        return cell
    bare = [text.replace('""', '"') for text, _ in cell]
    bare[0], bare[-1] = bare[0][1:], bare[-1][:-1]
    return [(text, block) for text, (_, block) in zip(bare, cell, strict=True)]


def _broken_head(lines: Sequence[Line], i: int) -> tuple[Row, int] | None:
    """Headings in which lines break («TT | Nội dung | Cơ quan ⏎ chủ trì | Thời gian»), down to the first row's number."""
    if trailers.field_of(_parts(lines[i])[0]) != "number":
        return None
    for j in range(i + 1, min(i + ROW, len(lines))):
        parts = _parts(lines[j])
        if _ROW_NUMBER.fullmatch(parts[0]):
            head = _joined(lines, i, j)
            return (head, j) if j > i + 1 and 1 < len(parts) <= len(head) else None
        if lines[j].blank_before or len(parts[0]) > HEADING or not (any(parts[1:]) or parts[0][0].islower() or parts[0][0] in "(/"):
            return None
    return None


def _broken_row(lines: Sequence[Line], j: int, head: Row) -> tuple[Row, int] | None:
    """Lines that make up one row between them («1 | Lập sổ | Sở Y tế; ⏎ Sở Nội vụ | Quý I»): as many cells as the table has headings,
    and no number of another row or what stands below a table in them."""
    count, opens = 0, _parts(lines[j])
    fields = [trailers.field_of(" ".join(text for text, _ in cell)) for cell in head]
    numbered = fields[0] == "number"
    if numbered and (len(opens) < 2 or (opens[0] and not _ROW_NUMBER.fullmatch(opens[0]))):
        return None
    before = ""
    for at in range(j, min(j + ROW, len(lines))):
        parts = _parts(lines[at])
        if at > j and (lines[at].blank_before or below(lines[at]) or (len(parts) > 1 and _ROW_NUMBER.fullmatch(parts[0]))):
            return None
        if at > j and not numbered and parts[0] and not _unfinished(before, parts[0]):
            return None
        count += len(parts) - (at > j)
        before = parts[-1] or before
        if count >= len(head):
            break
    row = _joined(lines, j, at + 1)
    if at == j or len(row) != len(head):
        return None
    blank = any(not _parts(line)[0] for line in lines[j + 1 : at + 1])  # a break at a cell's end, or a row under a merged cell
    timed = "time" in fields and any(is_time(text) for text, _ in row[fields.index("time")])
    return (row, at + 1) if timed or not blank else None


def _unfinished(before: str, text: str) -> bool:
    """A line that its cell's last line calls for, or that begins as none does."""
    return before.endswith(";") or text[0] in "-+(" or (bool(before) and cell_goes_on(before, text))


def _goes_on(line: Line, rows: list[Row]) -> bool:
    """A line without tabs that goes on in the last cell of a row."""
    before = rows[-1][-1][-1][0]
    return bool(before) and len(rows) > 1 and not line.blank_before and not below(line) and _unfinished(before, line.text)

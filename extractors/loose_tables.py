"""Tables in loose lines: cells between pipes, or set apart by spaces; ``tabbed_tables`` reads those with tabs, ``stacked_tables`` those
with a cell a line, ``barred_tables`` those with a pipe on a line of its own behind each cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from extractors import trailers
from extractors.barred_tables import barred
from extractors.loose_lines import BAR, BREAK, CELL, COLUMNS, GIVES, HEADING, ROW, Line, Row, is_title
from extractors.stacked_tables import stacked
from extractors.tabbed_tables import tabbed
from schemas.document import Piece, RawBlock, RawCell

_APART = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_NEAR = 5
"""Places on a line by which a cell may stand beside its column."""


def _table(rows: Sequence[Row]) -> RawBlock:
    def inside(cell: list[tuple[str, RawBlock]]) -> tuple[RawBlock, ...]:
        lines: list[list[Piece]] = [[]]
        for text, block in cell:
            for n, part in enumerate(BREAK.split(text)):
                lines += [[]] if n else []
                lines[-1] += [Piece(part, block.pieces[0].anchor)] if part.strip() else []
        return tuple(RawBlock("paragraph", tuple(pieces), label="") for pieces in lines if pieces)

    cells = (RawCell(r, c, inside(cell), header=r == 0) for r, row in enumerate(rows) for c, cell in enumerate(row))
    return RawBlock("table", cells=tuple(cells))


def take_table(lines: Sequence[Line], i: int) -> tuple[RawBlock, int] | None:
    """The table that begins at line ``i`` and where it ends; None where none does."""
    found = _framed(lines, i) or barred(lines, i) or tabbed(lines, i) or _piped(lines, i) or stacked(lines, i) or _set_apart(lines, i)
    return (_table(found[0]), found[1]) if found else None


# Cells between pipes


def _pipe_row(text: str) -> list[str] | None:
    if text.startswith("|") and text.endswith("|") and text.count("|") >= 3:
        return [cell.strip() for cell in text[1:-1].split("|")]
    return None


def _framed(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """A run of lines with a pipe at both ends."""
    rows: list[Row] = []
    j = i
    while j < len(lines):
        if BAR.fullmatch(lines[j].text) and rows:
            j += 1
            continue
        cells = _pipe_row(lines[j].text)
        if cells is None:
            break
        rows.append([[(cell, lines[j].block)] for cell in cells])
        j += 1
    return (rows, j) if len(rows) >= 2 else None


def _piped(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """A run of lines with pipes between their cells and none around them («STT | Công việc | Chủ trì»): as many in every row as in
    the heading; a row may go on over several lines. One pipe alone makes a table only under two known headings."""
    if "|" not in lines[i].text:
        return None
    head = [cell.strip() for cell in lines[i].text.strip("|").split("|")]
    count = len(head)
    known = sum(trailers.field_of(cell) is not None for cell in head)
    if count < 2 or not all(len(cell) <= HEADING for cell in head) or known < (2 if count == 2 else 1):
        return None
    rows: list[Row] = [[[(cell, lines[i].block)] for cell in head]]
    j = i + 1
    while j < len(lines):
        if BAR.fullmatch(lines[j].text) and "|" in lines[j].text:
            j += 1
            continue
        taken = _piped_row(lines, j, count)
        if taken is None:
            if not _runs_on(lines[j], rows[1:]):
                break
            rows[-1][-1].append((lines[j].text, lines[j].block))
            j += 1
            continue
        rows.append(taken[0])
        j = taken[1]
    return (rows, j) if len(rows) >= 2 else None


def _runs_on(line: Line, rows: list[Row]) -> bool:
    """A line without pipes that goes on in the last cell: it begins with a small letter behind a cell that did not end."""
    before = rows[-1][-1][-1][0] if rows else ""
    return "|" not in line.text and line.text[0].islower() and bool(before) and not before.endswith((".", ";"))


def _piped_row(lines: Sequence[Line], j: int, count: int) -> tuple[Row, int] | None:
    """The row of ``count`` cells that begins at line ``j``, and where it ends."""
    cells: Row = []
    for at in range(j, min(j + ROW, len(lines))):
        line = lines[at]
        if "|" not in line.text and not cells:
            return None
        parts = [part.strip() for part in line.text.split("|")]
        if not cells and len(parts) > count and not parts[0]:
            parts = parts[1:]
        while len(parts) > count and not parts[-1]:
            parts.pop()
        if cells:
            cells[-1].append((parts.pop(0), line.block))
        cells.extend([(part, line.block)] for part in parts)
        if len(cells) > count:
            return None
        if len(cells) == count:
            return cells, at + 1
    return None


# Columns set apart by spaces


def _cells_apart(line: Line) -> list[re.Match[str]]:
    """Cells with their places on the line as it is printed; none where tabs set them apart, which tell no place."""
    text = line.raw
    return [] if "\t" in text.strip() else list(_APART.finditer(unicodedata.normalize("NFC", text).replace("\u00a0", " ")))


def _names_column(text: str) -> bool:
    """Words as a column has them: a sentence with blanks too many has small letters and commas at the ends of its pieces."""
    return text[0].isupper() and text[-1] not in ",;.:" and len(text) <= HEADING


def _set_apart(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """Columns under their names, two spaces or more apart; a line that begins behind the first column goes on with the cells above."""
    if "  " not in lines[i].raw and lines[i].raw.isprintable():
        return None  # one blank between all words, and no other
    names = _cells_apart(lines[i]) if len(lines[i].text) < CELL else []
    if not 3 <= len(names) <= COLUMNS or not names[0].group()[0].isupper():
        return None
    starts = [name.start() for name in names]
    titles = [name.group() for name in names]
    below = _in_columns(_cells_apart(lines[i + 1]), starts) if i + 1 < len(lines) else []
    for column, text in below if below and below[0][0] > 0 else ():
        titles[column] += f" {text}" if text[0].islower() else ""
    fields = {trailers.field_of(name) for name in titles}
    if not all(map(_names_column, titles)) or "task" not in fields or not fields & GIVES:
        return None
    rows: list[Row] = [[[(name.group(), lines[i].block)] for name in names]]
    j = i + 1
    while j < len(lines):
        cells = _in_columns(_cells_apart(lines[j]), starts)
        # a name on two lines («Thời gian | thực hiện») goes on in small letters
        behind = bool(cells) and cells[0][0] > 0 and (len(rows) > 1 or all(text[0].islower() for _, text in cells))
        title = len(cells) == 1 and is_title(lines[j].text) and _row_counts_on(lines, j + 1)
        if len(cells) < 2 and not behind and not title:
            break
        rows += [] if behind else [[[] for _ in starts]]
        for column, text in cells:
            rows[-1][column].append((text if not rows[-1][column] else f" {text}", lines[j].block))
        j += 1
    return (rows, j) if len(rows) > 2 else None


def _row_counts_on(lines: Sequence[Line], j: int) -> bool:
    """A row with its number begins at line ``j``."""
    cells = _cells_apart(lines[j]) if j < len(lines) else []
    return len(cells) > 2 and cells[0].group().strip(".) ").isdigit()


def _in_columns(cells: Sequence[re.Match[str]], starts: Sequence[int]) -> list[tuple[int, str]]:
    """Each cell with its column. A cell that fills its column comes within one space of the next («giải | Trung tâm»): it is cut at
    the word that begins where a column does, as the cell behind it lies."""
    placed = [(cell.start(), cell.group(), _column(cell.start(), starts)) for cell in cells]
    taken = {column for _, _, column in placed}
    out: list[tuple[int, str]] = []
    aside = 0
    for at, text, column in reversed(placed):
        parts: list[tuple[int, str]] = []
        free = (other for other in range(len(starts) - 1, column, -1) if len(placed) > 1 and other not in taken)
        for other in free:
            place = starts[other] + aside
            cut = next((w.start() for w in _WORD.finditer(text) if w.start() and abs(at + w.start() - place) <= 1), 0)
            if cut and at + len(text) > place + _NEAR:
                parts.append((other, text[cut:]))
                text = text[:cut].rstrip()
        out += [*parts, (column, text)]
        aside = at - starts[column] if abs(at - starts[column]) <= _NEAR else aside
    return out[::-1]


def _column(at: int, starts: Sequence[int]) -> int:
    """The column whose name begins nearest, where one is near: a page may be set a few places to the side; else the one it stands in."""
    near = min(range(len(starts)), key=lambda c: abs(starts[c] - at))
    return near if abs(starts[near] - at) <= _NEAR else max((c for c, start in enumerate(starts) if start <= at), default=0)

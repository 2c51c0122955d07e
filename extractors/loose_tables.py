"""Tables in loose lines: cells between pipes or tabs, and cells that stand alone on their lines under each other.

A table copied out of a Word file loses its grid: «STT | Nội dung | Đơn vị thực hiện | …» and then number by number the cells of each
row, a line each. The numbers (or, without them, the number of columns) tell the rows; what a cell says tells its column where one
of the row is empty or wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.rulebook import rules
from extractors.units import find_units
from schemas.document import Piece, RawBlock, RawCell

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_LONE_NUMBER = re.compile(r"\(?0?(\d{1,2})[.)]?")
_LONE_ROMAN = re.compile(r"[IVX]{1,5}[.)]?")
_APART = re.compile(r"\S+(?: \S+)*")
_HEADING, _COLUMNS = 60, 9
"""Characters of a column heading at most; columns at most."""
_CELL, _ROW = 600, 14
"""Characters of a line of a cell, lines of a row at most."""
_GIVES = frozenset({"lead", "support", "time", "product"})
_BODIES = frozenset({"lead", "support"})


@dataclass(frozen=True, slots=True)
class Line:
    """A loose line with its words, the block it came from, and what stood before it."""

    text: str
    block: RawBlock
    blank_before: bool
    page_break: bool = False

    @property
    def length(self) -> int:
        return len(self.text)


Row = list[list[tuple[str, RawBlock]]]
"""Cells of a row, each with its lines and where they come from."""


@cache
def _rule(name: str) -> re.Pattern[str]:
    return rules("unwrap").pattern(name)  # type: ignore[return-value]


def _table(rows: Sequence[Row]) -> RawBlock:
    def inside(cell: list[tuple[str, RawBlock]]) -> tuple[RawBlock, ...]:
        pieces = tuple(Piece(text, block.pieces[0].anchor) for text, block in cell if text)
        return (RawBlock("paragraph", pieces, label=""),) if pieces else ()

    cells = (RawCell(r, c, inside(cell), header=r == 0) for r, row in enumerate(rows) for c, cell in enumerate(row))
    return RawBlock("table", cells=tuple(cells))


def take_table(lines: Sequence[Line], i: int) -> tuple[RawBlock, int] | None:
    """The table that begins at line ``i`` and where it ends; None where none does."""
    found = _framed(lines, i) or _piped(lines, i) or stacked(lines, i) or _set_apart(lines, i)
    return (_table(found[0]), found[1]) if found else None


# Cells between pipes or tabs


def _pipe_row(text: str) -> list[str] | None:
    if text.startswith("|") and text.endswith("|") and text.count("|") >= 3:
        return [cell.strip() for cell in text[1:-1].split("|")]
    return None


def _tab_row(raw: str) -> list[str] | None:
    cells = [cell.strip() for cell in raw.rstrip("\n").split("\t")]
    return cells if len(cells) >= 3 and sum(bool(c) for c in cells) >= 2 else None


def _framed(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """A run of tabbed lines, or of lines with a pipe at both ends."""
    rows: list[Row] = []
    j = i
    while j < len(lines):
        raw = "".join(p.text for p in lines[j].block.pieces)
        if _PIPE_RULE.match(lines[j].text) and rows:
            j += 1
            continue
        cells = _pipe_row(lines[j].text) or _tab_row(raw)
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
    if count < 2 or not all(len(cell) <= _HEADING for cell in head) or known < (2 if count == 2 else 1):
        return None
    rows: list[Row] = [[[(cell, lines[i].block)] for cell in head]]
    j = i + 1
    while j < len(lines):
        if _PIPE_RULE.match(lines[j].text) and "|" in lines[j].text:
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
    for at in range(j, min(j + _ROW, len(lines))):
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
    return list(_APART.finditer("".join(p.text for p in line.block.pieces).replace("\u00a0", " ")))


def _set_apart(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """Columns under their names, two spaces or more apart; a line that begins behind the first column goes on with the cells above."""
    names = _cells_apart(lines[i]) if len(lines[i].text) < _CELL else []
    fields = {trailers.field_of(name.group()) for name in names} if 3 <= len(names) <= _COLUMNS else set()
    if "task" not in fields or not fields & _GIVES:
        return None
    starts = [name.start() for name in names]
    rows: list[Row] = [[[(name.group(), lines[i].block)] for name in names]]
    j = i + 1
    while j < len(lines):
        cells = _cells_apart(lines[j])
        behind = len(rows) > 1 and cells[0].start() >= starts[1] - 1
        if len(cells) < 2 and not behind:
            break
        rows += [] if behind else [[[] for _ in starts]]
        for cell in cells:
            column = max((c for c, start in enumerate(starts) if start <= cell.start() + 1), default=0)
            rows[-1][column].append((cell.group() if not rows[-1][column] else f" {cell.group()}", lines[j].block))
        j += 1
    return (rows, j) if len(rows) > 2 else None


# Cells that stand alone on their lines


def stacked(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """Rows of a table with one cell a line that begins at line ``i``, and where it ends; None where none does."""
    first = lines[i].text
    if len(first) > _HEADING or not first[0].isalpha() or first[-1] in ".:;," or trailers.field_of(first) is None:
        return None
    read = _headings(lines, i)
    if read is None:
        return None
    heads, j = read
    titles = [" ".join(text for text, _ in head) for head in heads]
    fields = [trailers.field_of(title) for title in titles]
    people = "task" in fields and any(rules("duties").pattern(f"{name}_column").match(t) for name in ("person", "both") for t in titles)
    if len(heads) < 3 or not (people or _GIVES & {f or "" for f in fields}):
        return None
    j = _past_column_numbers(lines, j, len(heads))
    if fields[0] == "number":
        return _numbered(lines, j, heads, fields)
    return _counted(lines, j, heads, fields) if "task" in fields and "time" in fields else None


def _headings(lines: Sequence[Line], i: int) -> tuple[Row, int] | None:
    """Column headings from ``i`` on: down to the first row's number, or as long as the lines name fields."""
    counted = trailers.field_of(lines[i].text) == "number"
    heads: Row = []
    for j in range(i, min(i + 2 * _COLUMNS, len(lines))):
        text = lines[j].text
        if len(heads) > 2 and (_LONE_NUMBER.fullmatch(text) or _LONE_ROMAN.fullmatch(text) or (counted and _opens_group(lines, j))):
            return heads, j
        if len(text) > _HEADING or text[-1] in ".:;" or labels.find(text):
            return (heads, j) if heads and not counted else None
        if heads and (text[0].islower() or text[0] in "(/"):
            heads[-1].append((text, lines[j].block))
        elif counted or trailers.field_of(text) or rules("duties").pattern("note_column").match(text):
            heads.append([(text, lines[j].block)])
        else:
            return heads, j
    return None


def _past_column_numbers(lines: Sequence[Line], j: int, count: int) -> int:
    """Behind a row that numbers the columns: (1), (2), (3) a line each."""
    found = [_LONE_NUMBER.fullmatch(line.text) for line in lines[j : j + count]]
    numbers = [int(f.group(1)) if f else 0 for f in found]
    return j + count if numbers == list(range(1, count + 1)) else j


def _opens_group(lines: Sequence[Line], j: int) -> bool:
    """A title with its number on its line right before a row's number («II. TUYÊN TRUYỀN» | «3»)."""
    label = labels.find(lines[j].text)
    above = bool(label and label[0].style in {"roman", "upper"})
    return above and j + 1 < len(lines) and _LONE_NUMBER.fullmatch(lines[j + 1].text) is not None


def _numbered(lines: Sequence[Line], j: int, heads: Row, fields: list[trailers.Field | None]) -> tuple[list[Row], int] | None:
    """Rows that open with their number alone on a line."""
    spaced = _spaced(lines, j)
    rows, expected, wide = [heads], 1, len(heads) - 1
    end = j
    while end < len(lines) and (len(rows) > 1 or end == j):
        group = _group(lines, end)
        if group:
            rows.append([*group[0], *([] for _ in range(len(heads) - len(group[0])))])
            end = group[1]
        number = _LONE_NUMBER.fullmatch(lines[end].text) if end < len(lines) else None
        if number is None or (int(number.group(1)) != expected and not (group and int(number.group(1)) == 1)):
            break
        expected = int(number.group(1)) + 1
        upto = _row_end(lines, end + 1, expected, fields, spaced)
        if upto <= end + 1:
            break
        cells = _placed(lines[end + 1 : upto], fields[1:], spaced)
        rows.append([[(lines[end].text, lines[end].block)], *cells])
        end = upto
    filled = [sum(bool(cell) for cell in row[1:]) for row in rows[1:]]
    return (rows, end) if filled and max(filled) >= min(wide, 2) and (len(filled) > 1 or filled[0] == wide) else None


def _group(lines: Sequence[Line], j: int) -> tuple[Row, int] | None:
    """A row that only names what stands below it: «II. TUYÊN TRUYỀN», or its Roman number and its title on two lines."""
    if _opens_group(lines, j):
        return [[(lines[j].text, lines[j].block)]], j + 1
    if _LONE_ROMAN.fullmatch(lines[j].text) and j + 2 < len(lines) and _LONE_NUMBER.fullmatch(lines[j + 2].text):
        return [[(line.text, line.block)] for line in lines[j : j + 2]], j + 2
    return None


def _spaced(lines: Sequence[Line], j: int) -> bool:
    """Whether blank lines stand between all cells; then they tell nothing."""
    some = lines[j + 1 : j + 8]
    return bool(some) and 3 * sum(line.blank_before for line in some) >= 2 * len(some)


def _row_end(lines: Sequence[Line], j: int, following: int, fields: list[trailers.Field | None], spaced: bool) -> int:
    """Where the cells of a row end that begin at ``j``: at the next row's number or at what stands below the table."""
    cells = 0
    wide = len(fields) - 1
    for at in range(j, min(j + _ROW, len(lines))):
        line = lines[at]
        number = _LONE_NUMBER.fullmatch(line.text)
        if cells >= min(wide, 2) and number and int(number.group(1)) == following:
            return at
        if _group(lines, at) or _below(line):
            return at
        goes_on = line.text[0].islower() or line.text[0] in "-+("
        if cells and not goes_on and not _row_follows(lines, at, following):
            closed = fields[-1] == "time" and _is_time(lines[at - 1].text)
            apart = line.blank_before and not spaced and not (_is_time(line.text) or _is_body(line.text))
            if cells >= wide or closed or apart:
                return at
        cells += not goes_on
    return min(j + _ROW, len(lines))


def _row_follows(lines: Sequence[Line], at: int, following: int) -> bool:
    """The next row's number stands a few lines below ``at``."""
    numbers = (_LONE_NUMBER.fullmatch(line.text) for line in lines[at : at + _ROW])
    return any(n is not None and int(n.group(1)) == following for n in numbers)


def _below(line: Line) -> bool:
    """What no cell says: a numbered heading, the recipients, the close, a sentence that opens the next part."""
    text = line.text
    label = labels.find(text)
    if label and label[0].style in {"roman", "upper", "article", "chapter", "part", "annex", "number", "dotted"}:
        return label[1] < len(text)
    ended = bool(_rule("recipients").match(text) or _rule("after_table").match(text)) or len(text) > _CELL
    return ended


def _is_time(text: str) -> bool:
    return _rule("time_cell").match(text) is not None


def _is_body(text: str) -> bool:
    found = find_units(text)
    return bool(found) and found[0].start == 0


def _placed(lines: Sequence[Line], fields: Sequence[trailers.Field | None], spaced: bool) -> Row:
    """The lines of a row in its columns, in order: each where what it says fits best, small letters behind what they continue."""
    goes_on = [n > 0 and _goes_on(lines[n - 1].text, line.text) for n, line in enumerate(lines)]
    fits = [_fits(line.text, fields) for line in lines]
    if len(lines) == len(fields) and not any(goes_on) and all(fit[column] > -2 for column, fit in enumerate(fits)):
        return [[(line.text, line.block)] for line in lines]
    listed = [n > 0 and _bulleted(lines[n - 1].text, line.text) for n, line in enumerate(lines)]
    same = [2.0 if on else 1.0 if other else -1.5 for on, other in zip(goes_on, listed, strict=True)]
    best: list[tuple[float, tuple[int, ...]]] = [(-99.0, ())] * len(fields)
    for n, line in enumerate(lines):
        step: list[tuple[float, tuple[int, ...]]] = []
        for column in range(len(fields)):
            options: list[tuple[float, tuple[int, ...]]] = []
            if n == 0:
                options.append((-float(sum(8 if f == "task" else 1 for f in fields[:column])), ()))
            for before, (score, way) in enumerate(best[: column + 1] if n else ()):
                if before == column:
                    another = fields[column] == "support" and fits[n][column] > 1  # a second helper under the first
                    options.append((score + (max(same[n], -0.5) if another else same[n]), way))
                else:
                    hint = 1.5 if line.blank_before and not spaced and column > before + 1 else 0.0
                    options.append((score - (column - before - 1) - (3.0 if goes_on[n] else 0.0) + hint, way))
            score, way = max(options, key=lambda o: o[0])
            step.append((score + fits[n][column], (*way, column)))
        best = step
    ends = [(score - (len(fields) - 1 - column), -column, way) for column, (score, way) in enumerate(best)]
    way = max(ends)[2]
    out: Row = [[] for _ in fields]
    for line, column in zip(lines, way, strict=True):
        out[column].append((line.text, line.block))
    return out


def _goes_on(before: str, text: str) -> bool:
    """A line that goes on in the cell of the line before: small letters, or that line is not finished («Trước ngày | 31/12/2025»)."""
    if rules("duties").pattern("ditto").match(text):
        return False
    return text[0].islower() or before[-1] in ",:-" or (text[0].isdigit() and _rule("number_follows").search(before) is not None)


def _bulleted(before: str, text: str) -> bool:
    return text[0] in "-+•" and before[0] == text[0]


def _fits(text: str, fields: Sequence[trailers.Field | None]) -> list[float]:
    """How well a line fits each column: times and bodies are known by their words."""
    text = text.lstrip("-+• ") or text
    time = _is_time(text)
    body = not time and _is_body(text)
    acts = not body and begins_with_act(text)

    def one(field: trailers.Field | None) -> float:
        if field == "time":
            return 3.0 if time else -2.0 if body or acts else -0.5
        if time:
            return -2.0
        if field in _BODIES:
            return 2.0 if body else -2.0 if acts else 0.5
        if field == "product":
            return -2.0 if body else 0.5
        return 1.0 if acts and field == "task" else 0.0

    return [one(field) for field in fields]


def _counted(lines: Sequence[Line], j: int, heads: Row, fields: list[trailers.Field | None]) -> tuple[list[Row], int] | None:
    """Rows without numbers: as many lines as there are columns, each with its time in its place."""
    rows: list[Row] = [heads]
    when, wide = fields.index("time"), len(heads)
    while j + wide <= len(lines):
        some = lines[j : j + wide]
        if not _is_time(some[when].text) or any(_below(line) or line.text[0].islower() for line in some):
            break
        rows.append([[(line.text, line.block)] for line in some])
        j += wide
    return (rows, j) if len(rows) > 2 else None

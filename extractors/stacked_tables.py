"""Tables whose cells stand alone on their lines, one under the other.

A table copied out of a Word file loses its grid: «STT | Nội dung | Đơn vị thực hiện | …» and then number by number the cells of each
row, a line each. The numbers (or, without them, the number of columns) tell the rows; what a cell says tells its column where one
of the row is empty or wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.loose_lines import CELL, COLUMNS, GIVES, HEADING, ROW, Line, Row
from extractors.rulebook import rules
from extractors.units import find_units

_LONE_NUMBER = re.compile(r"\(?0?(\d{1,2})[.)]?")
_LONE_ROMAN = re.compile(r"[IVX]{1,5}[.)]?")
_BODIES = frozenset({"lead", "support"})


def stacked(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """Rows of a table with one cell a line that begins at line ``i``, and where it ends; None where none does."""
    first = lines[i].text
    if len(first) > HEADING or not first[0].isalpha() or first[-1] in ".:;," or trailers.field_of(first) is None:
        return None
    read = _headings(lines, i)
    if read is None:
        return None
    heads, j = read
    titles = [" ".join(text for text, _ in head) for head in heads]
    fields = [trailers.field_of(title) for title in titles]
    people = "task" in fields and any(rules("duties").pattern(f"{name}_column").match(t) for name in ("person", "both") for t in titles)
    if len(heads) < 3 or not (people or GIVES & {f or "" for f in fields}):
        return None
    j = _past_column_numbers(lines, j, len(heads))
    if fields[0] == "number":
        return _numbered(lines, j, heads, fields)
    return _counted(lines, j, heads, fields) if "task" in fields and "time" in fields else None


def _headings(lines: Sequence[Line], i: int) -> tuple[Row, int] | None:
    """Column headings from ``i`` on: down to the first row's number, or as long as the lines name fields."""
    counted = trailers.field_of(lines[i].text) == "number"
    heads: Row = []
    for j in range(i, min(i + 2 * COLUMNS, len(lines))):
        text = lines[j].text
        if len(heads) > 2 and (_LONE_NUMBER.fullmatch(text) or _LONE_ROMAN.fullmatch(text) or (counted and _opens_group(lines, j))):
            return heads, j
        if len(text) > HEADING or text[-1] in ".:;" or labels.find(text):
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
    for at in range(j, min(j + ROW, len(lines))):
        line = lines[at]
        number = _LONE_NUMBER.fullmatch(line.text)
        if cells >= min(wide, 2) and number and int(number.group(1)) == following:
            return at
        if _group(lines, at) or below(line):
            return at
        goes_on = line.text[0].islower() or line.text[0] in "-+("
        if cells and not goes_on and not _row_follows(lines, at, following):
            closed = fields[-1] == "time" and is_time(lines[at - 1].text)
            apart = line.blank_before and not spaced and not (is_time(line.text) or _is_body(line.text))
            if cells >= wide or closed or apart:
                return at
        cells += not goes_on
    return min(j + ROW, len(lines))


def _row_follows(lines: Sequence[Line], at: int, following: int) -> bool:
    """The next row's number stands a few lines below ``at``."""
    numbers = (_LONE_NUMBER.fullmatch(line.text) for line in lines[at : at + ROW])
    return any(n is not None and int(n.group(1)) == following for n in numbers)


def below(line: Line) -> bool:
    """What no cell says: a numbered heading, the recipients, the close, a sentence that opens the next part."""
    text = line.text
    label = labels.find(text)
    if label and label[0].style in {"roman", "upper", "article", "chapter", "part", "annex", "number", "dotted"}:
        return label[1] < len(text)
    book = rules("unwrap")
    return bool(book.pattern("recipients").match(text) or book.pattern("after_table").match(text)) or len(text) > CELL


def is_time(text: str) -> bool:
    return rules("unwrap").pattern("time_cell").match(text) is not None


def _is_body(text: str) -> bool:
    found = find_units(text)
    return bool(found) and found[0].start == 0


def _placed(lines: Sequence[Line], fields: Sequence[trailers.Field | None], spaced: bool) -> Row:
    """The lines of a row in its columns, in order: each where what it says fits best, small letters behind what they continue."""
    goes_on = [n > 0 and cell_goes_on(lines[n - 1].text, line.text) for n, line in enumerate(lines)]
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


def cell_goes_on(before: str, text: str) -> bool:
    """A line that goes on in the cell of the line before: small letters, or that line is not finished («Trước ngày | 31/12/2025»)."""
    if rules("duties").pattern("ditto").match(text):
        return False
    if text[0].islower() or before[-1] in ",:-":
        return True
    return text[0].isdigit() and rules("unwrap").pattern("number_follows").search(before) is not None


def _bulleted(before: str, text: str) -> bool:
    return text[0] in "-+•" and before[0] == text[0]


def _fits(text: str, fields: Sequence[trailers.Field | None]) -> list[float]:
    """How well a line fits each column: times and bodies are known by their words."""
    text = text.lstrip("-+• ") or text
    time = is_time(text)
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
        if not is_time(some[when].text) or any(below(line) or line.text[0].islower() for line in some):
            break
        rows.append([[(line.text, line.block)] for line in some])
        j += wide
    return (rows, j) if len(rows) > 2 else None

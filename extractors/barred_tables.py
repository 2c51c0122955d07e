"""Tables whose cells stand between lines that hold one pipe each, as copies of web pages print them.

A pipe closes every cell and one more closes the row, so that two pipes with nothing between them end a row or hold an empty cell: the
count of the columns, which the headings tell, decides. A row with one cell alone names the group below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors import trailers
from extractors.loose_lines import COLUMNS, GIVES, HEADING, ROW, Line, Row
from extractors.side_by_side import STARS

_PIPE = "|"


def barred(lines: Sequence[Line], i: int) -> tuple[list[Row], int] | None:
    """Rows of such a table that begins at line ``i``, and where it ends; None where none does."""
    if lines[i].text != _PIPE:
        return None
    heads, j = _cells(lines, i + 1, COLUMNS + 1)
    titles = [" ".join(text for text, _ in cell) for cell in heads]
    fields = {trailers.field_of(title) for title in titles}
    if not 3 <= len(heads) <= COLUMNS or any(len(title) > HEADING for title in titles):
        return None
    if "task" not in fields or not fields & GIVES:
        return None
    rows: list[Row] = [heads]
    numbered = trailers.field_of(titles[0]) == "number"
    while (row := _row(lines, j, len(heads))) is not None:
        rows.append(_under_number(row[0]) if numbered else row[0])
        j = row[1]
    filled = [row for row in rows if any(row)]
    return (filled, _past_pipes(lines, j)) if len(filled) > 1 else None


def _cells(lines: Sequence[Line], j: int, most: int) -> tuple[Row, int]:
    """The cells from line ``j`` on, each up to its pipe, until a pipe follows a pipe, and the line behind the last."""
    cells: Row = []
    while j < len(lines) and len(cells) < most:
        end = next((k for k in range(j, min(j + ROW, len(lines))) if lines[k].text == _PIPE), 0)
        if end <= j:
            break
        cells.append([(STARS.sub("", line.text), line.block) for line in lines[j:end]])
        j = end + 1
    return cells, j


def _row(lines: Sequence[Line], j: int, count: int) -> tuple[Row, int] | None:
    """The row of ``count`` cells behind the pipe at line ``j``; empty cells make up for what is missing where the next cells fit."""
    if j >= len(lines) or lines[j].text != _PIPE:
        return None
    cells, end = _cells(lines, j + 1, count)
    if not cells:
        return None
    while len(cells) < count and len(cells) > 1 and end < len(lines) and lines[end].text == _PIPE:
        more, behind = _cells(lines, end + 1, count - len(cells))
        alone = not more or trailers.field_of(more[0][0][0]) == "number" or more[0][0][0].strip(".() ").isdigit()
        if alone or len(cells) + 1 + len(more) > count or (behind < len(lines) and lines[behind].text != _PIPE):
            break
        cells += [[], *more]
        end = behind
    while len(cells) < count and lines[end + 1 : end + 2] and lines[end].text == lines[end + 1].text == _PIPE:
        cells.append([])  # an empty cell at the end, and then the pipe that closes the row
        end += 1
    return [*cells, *([] for _ in range(count - len(cells)))], end


def _under_number(row: Row) -> Row:
    """The row with an empty cell in front where the number's cell holds work and a cell behind it: the number above is of both rows."""
    first = " ".join(text for text, _ in row[0])
    goes_on = len(first.split()) > _NUMBER and not row[-1] and any(row[1:])
    return [[], *row[:-1]] if goes_on else row


_NUMBER = 6
"""Words that a number or the label of a group in its place has at most."""


def _past_pipes(lines: Sequence[Line], j: int) -> int:
    """The line behind the empty rows that close a table."""
    while j < len(lines) and lines[j].text == _PIPE:
        j += 1
    return j


__all__ = ["barred"]

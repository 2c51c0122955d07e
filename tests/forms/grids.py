"""Tables for composed plans, written into plain text, Word, PDF and HTML: one grid, many forms.

A cell is its text, lines apart by "\\n"; ``None`` is joined with the cell on its left, ``UP`` with the one above.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Sequence

from tests.forms import make_word
from tests.forms.composed import HEAD, TAIL, File
from tests.forms.make_pdf import A4, Sheet, flow, width_of, wrap, write_pdf

UP = "^"
Row = list[str | None]
Grid = list[Row]
PART = "II. NHIỆM VỤ"
_SHOWN = {"●": "x", "✓": "x", "○": "o"}
"""Signs that a font which is not embedded does not show."""


def _flat(grid: Grid, glue: str = "") -> list[list[str]]:
    """The cells as text without grid has them: joined ones are empty, lines run on."""
    rows = [["" if cell in (None, UP) else str(cell) for cell in row] for row in grid]
    return [[cell.replace("\n", glue or " ") if glue or not n else _run_on(cell) for cell in row] for n, row in enumerate(rows)]


def _run_on(cell: str) -> str:
    """The lines of a cell as one: where no sign parts them, a comma does."""
    first, *more = cell.split("\n")
    return first + "".join(f" {line}" if first[-1:] in ".;:," or line[:1] in "-+" else f", {line}" for line in more)


def pipes(grid: Grid, rng: random.Random) -> str:
    """Between pipes, as Markdown with or without the outer ones."""
    rows = _flat(grid, rng.choice(("", "<br>", "<br/>")))
    if rng.random() < 0.6:
        lines = [f"| {' | '.join(row)} |" for row in rows]
        bar = "|" + "|".join(rng.choice(("---", ":---:")) for _ in rows[0]) + "|"
        return "\n".join([lines[0], bar, *lines[1:]])
    return "\n".join(" | ".join(row) for row in rows)


def tabs(grid: Grid, rng: random.Random) -> str:
    """As a table copied out of Word or Excel."""
    return "\n".join("\t".join(row) for row in _flat(grid))


def spaces(grid: Grid, rng: random.Random) -> str:
    """Columns set apart by spaces, cells wrapped at the width of their column."""
    whole = [row for row in grid if any(cell is not None for cell in row[1:])]  # a title over all columns has none to itself
    sizes = [max(len(cell) for cell in column) for column in zip(*_flat(whole), strict=True)]
    widths = [min(size, 5 if size < 6 else 34 if size > 40 else rng.choice((18, 22, 26))) for size in sizes]
    blank = rng.random() < 0.3
    out = []
    for row in grid:
        if row not in whole:
            out.append(str(row[0]))
            continue
        cells = [
            [part for line in ("" if c in (None, UP) else str(c)).split("\n") for part in _cut(line, w)]
            for c, w in zip(row, widths, strict=True)
        ]
        for n in range(max(map(len, cells))):
            out.append("  ".join((c[n] if n < len(c) else "").ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip())
        if blank:
            out.append("")
    return "\n".join(out)


def _cut(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def spans_of(grid: Grid, r: int, c: int) -> tuple[int, int]:
    """Columns and rows that a cell reaches over."""
    wide = next((n for n in range(c + 1, len(grid[r])) if grid[r][n] is not None), len(grid[r])) - c
    high = next((n for n in range(r + 1, len(grid)) if grid[n][c] != UP), len(grid)) - r
    return wide, high


def word(grid: Grid, rng: random.Random, heads: int = 1, *, above: str = HEAD, below: str = TAIL, part: str = PART) -> File:
    """A Word file whose plan has the table; order numbers may be automatic, the head may be declared or only bold."""
    bold, declared, broken = rng.random() < 0.8, rng.random() < 0.4, rng.random() < 0.2
    counted = rng.random() < 0.3 and [row[0] for row in grid[heads:]] == [str(n) for n in range(1, len(grid) - heads + 1)]

    def cell(r: int, c: int) -> str:
        text = grid[r][c]
        wide = spans_of(grid, r, c)[0]
        if text == UP:
            return make_word.tc("<w:p/>", span=wide, merge="continue")
        merge = "restart" if r + 1 < len(grid) and grid[r + 1][c] == UP else ""
        if counted and r >= heads and c == 0:
            return make_word.tc(make_word.p(num=(2, 0)))
        lines = str(text).split("\n")
        if broken:
            inner = "<w:r><w:br/></w:r>".join(make_word.r(line, bold=bold and r < heads) for line in lines)
            return make_word.tc(make_word.p(inner), span=wide, merge=merge)
        return make_word.tc("".join(make_word.p(make_word.r(line, bold=bold and r < heads)) for line in lines), span=wide, merge=merge)

    rows = [[cell(r, c) for c, text in enumerate(row) if text is not None] for r, row in enumerate(grid)]
    body = _paragraphs(above) + (make_word.p(make_word.r(part, bold=True)) if part else "")
    body += make_word.tbl(rows, head=declared) + _paragraphs(below)
    lists = make_word.numbering({2: make_word.level(0, "decimal", "%1")}, {2: 2})
    return File(".docx", lambda path: make_word.docx(path, body, numbering=lists))


def _paragraphs(text: str) -> str:
    return "".join(make_word.p(line) for line in text.strip().split("\n")) if text.strip() else ""


def web(grid: Grid, rng: random.Random, heads: int = 1) -> File:
    """A page with the table, as portals show plans."""
    head, rows = rng.choice(("th", "td")), []
    for r, row in enumerate(grid):
        cells = ""
        for c, text in enumerate(row):
            if text is None or text == UP:
                continue
            wide, high = spans_of(grid, r, c)
            tag = head if r < heads else "td"
            spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
            inner = html.escape(text).replace("\n", "<br/>")
            cells += f"<{tag}{spans}>{f'<b>{inner}</b>' if r < heads else inner}</{tag}>"
        rows.append(f"<tr>{cells}</tr>")
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in f"{HEAD}{PART}".strip().split("\n"))
    ends = "".join(f"<p>{html.escape(line)}</p>" for line in TAIL.strip().split("\n"))
    page = f"<html><head><meta charset='utf-8'></head><body>{lines}<table border='1'>{''.join(rows)}</table>{ends}</body></html>"
    return File(".html", lambda path: path.write_text(page, encoding="utf-8"))


def pdf(grid: Grid, rng: random.Random, heads: int = 1, *, shares: Sequence[float] = (), cuts: bool = True) -> File:
    """A PDF whose plan has the table, ruled; it goes on over pages, with or without its head again, rows cut where ``cuts``."""
    high, wide = A4 if rng.random() < 0.4 else (A4[1], A4[0])
    size = rng.choice((11.0, 12.0, 13.0))
    grid = [[_SHOWN.get(cell, cell) if cell else cell for cell in row] for row in grid]
    again, cuts = rng.random() < 0.5, cuts and rng.random() < 0.6
    return File(".pdf", lambda path: write_pdf(path, _Ruled(grid, heads, (high, wide), size, again=again, cuts=cuts).sheets(shares)))


class _Ruled:
    """Sets a plan with one table on pages."""

    def __init__(self, grid: Grid, heads: int, size: tuple[float, float], font: float, *, again: bool, cuts: bool) -> None:
        self.grid, self.heads, self.size, self.font, self.again, self.cuts = grid, heads, size, font, again, cuts
        self.left, self.right, self.top, self.bottom = 70.0, size[0] - 45, 60.0, size[1] - 55
        self.step = font * 1.25
        self.pages = [Sheet(size)]

    def sheets(self, shares: Sequence[float]) -> list[Sheet]:
        y = self._text("\n".join([*HEAD.strip().split("\n")[8:], PART]), self._head(self.top))
        y = self._table(y + 4, self._columns(shares))
        self._text(TAIL, y + 20)
        return self.pages

    def _head(self, y: float) -> float:
        """The letterhead in two columns, the kind and title in the middle, as offices set them."""
        lines, sheet, wide = HEAD.strip().split("\n"), self.pages[-1], self.right - self.left
        for n, (left, right) in enumerate(zip(lines[:3], lines[3:6], strict=True)):
            sheet.centre(self.left + 0.2 * wide, y + 18 * n, left, 12, "TimesNewRoman-Bold" if n < 2 else "TimesNewRoman")
            sheet.centre(self.left + 0.72 * wide, y + 18 * n, right, 12, "TimesNewRoman-Bold" if n < 2 else "TimesNewRoman")
        for n, title in enumerate(lines[6:8]):
            sheet.centre((self.left + self.right) / 2, y + 80 + 19 * n, title, 13, "TimesNewRoman-Bold")
        return y + 130

    def _text(self, text: str, y: float) -> float:
        for line in text.strip().split("\n"):
            if y > self.bottom - 30:
                self.pages.append(Sheet(self.size))
                y = self.top
            font = "TimesNewRoman-Bold" if line.isupper() else "TimesNewRoman"
            y = flow(self.pages[-1], y, line, left=self.left, right=self.right, first=28, size=13, font=font)
        return y

    def _columns(self, shares: Sequence[float]) -> list[float]:
        """Left ends of the columns and the right end of the last."""
        rows = _flat(self.grid)
        longest = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
        parts = list(shares) or [min(max(n, 4), 60) ** 0.6 for n in longest]
        parts = [part if n > 4 else min(parts) * 0.8 for part, n in zip(parts, longest, strict=True)]
        xs, room = [self.left], self.right - self.left
        least = [max(width_of(w, self.font) for row in rows for w in ["", *row[c].split()]) + 10 for c in range(len(parts))]
        for part, own in zip(parts, least, strict=True):
            xs.append(xs[-1] + own + (room - sum(least)) * part / sum(parts))
        return xs

    def _lines(self, xs: Sequence[float], r: int, c: int) -> list[str]:
        wide = spans_of(self.grid, r, c)[0]
        room = xs[c + wide] - xs[c] - 9
        return [part for line in str(self.grid[r][c]).split("\n") for part in wrap(line, room, 0, self.font)]

    def _table(self, y: float, xs: Sequence[float]) -> float:
        """Rows one below the other; the words of a cell merged downwards run on beside the rows below it."""
        left: dict[int, list[str]] = {}
        r, begun = 0, False
        while r < len(self.grid):
            row = self.grid[r]
            if not begun:
                left |= {c: self._lines(xs, r, c) for c, cell in enumerate(row) if cell is not None and cell != UP}
            need = max([1, *(len(left.get(c, ())) for c, cell in enumerate(row) if self._ends(r, c) and cell is not None)])
            fits = int((self.bottom - y - 6) // self.step)
            if fits < need and (not self.cuts or fits < 2 or r < self.heads):
                y = self._next(xs, r, y)
                fits = int((self.bottom - y - 6) // self.step)
            drawn = min(need, max(fits, 1))
            low = y + drawn * self.step + 6
            self._draw(xs, r, y, low, left, drawn, top=not begun or y < self.top + 4 * self.step)
            y, begun = low, drawn < need
            if begun:
                y = self._next(xs, r, y)
            else:
                r += 1
        return y

    def _ends(self, r: int, c: int) -> bool:
        return r + 1 >= len(self.grid) or self.grid[r + 1][c] != UP

    def _next(self, xs: Sequence[float], r: int, low: float) -> float:
        """A new page, with the head printed again where the table does so."""
        self.pages[-1].line(xs[0], low, xs[-1], low)
        self.pages.append(Sheet(self.size))
        y = self.top
        if self.again and r >= self.heads:
            for h in range(self.heads):
                lines = {c: self._lines(xs, h, c) for c, cell in enumerate(self.grid[h]) if cell is not None and cell != UP}
                count = max(map(len, lines.values()))
                self._draw(xs, h, y, y + count * self.step + 6, lines, count, top=True)
                y += count * self.step + 6
        return y

    def _draw(self, xs: Sequence[float], r: int, y: float, low: float, left: dict[int, list[str]], count: int, *, top: bool) -> None:
        sheet, font = self.pages[-1], "TimesNewRoman-Bold" if r < self.heads else "TimesNewRoman"
        for c, cell in enumerate(self.grid[r]):
            if (cell != UP or y == self.top) and top:
                sheet.line(xs[c], y, xs[c + 1], y)
            if cell is None:
                continue
            sheet.line(xs[c], y, xs[c], low)
            if self._ends(r, c):
                sheet.line(xs[c], low, xs[c + spans_of(self.grid, r, c)[0]], low)
            for n, line in enumerate(left.get(c, [])[:count]):
                sheet.text(xs[c] + 4, y + self.step * (n + 0.8) + 1, line, self.font, font)
            left[c] = left.get(c, [])[count:]
        sheet.line(xs[-1], y, xs[-1], low)


Writer = Callable[[Grid, random.Random, int], File]
FILES: tuple[Writer, ...] = (word, pdf, web)


def written(grid: Grid, rng: random.Random, heads: int = 1) -> File:
    """The grid in one of the files that keep joined cells."""
    return rng.choice(FILES)(grid, rng, heads)

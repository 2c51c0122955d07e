"""Excel sheets as offices use them: frozen header, filter, wrapped rows of a fitting height, A4 landscape, no formulas from text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from schemas.errors import UsageError


@dataclass(frozen=True, slots=True)
class Rolling:
    """A day that moves on with the calendar: the first of ``days`` that is not over on the day the book is opened. The file itself
    has no clock: programs that do not reckon read the first day."""

    days: tuple[date, ...]

    def formula(self) -> str:
        """``=LOOKUP(TODAY()-1,{0,d1,d2},{d1,d2,d3})``: the last day stays when all are over."""
        numbers = [(day - _EPOCH).days for day in self.days]
        return f"=LOOKUP(TODAY()-1,{{{','.join(map(str, [0, *numbers[:-1]]))}}},{{{','.join(map(str, numbers))}}})"


Cell = str | int | float | date | Rolling | None

FONT, SIZE = "Times New Roman", 11
_EPOCH = date(1899, 12, 30)  # day 0 of the spreadsheet's calendar
_LINE = 15.0  # points a line of 11 point type takes
_TALLEST = 409.0  # points: the tallest row Excel draws
_MOST = 1_048_575  # rows below the header that a sheet of Excel holds
_LONGEST = 32_000  # characters: Excel refuses a cell above 32,767
_FITS = 1.08  # letters of Times New Roman that a column holds per unit of width, measured on rendered registers
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
# The workbook says when it was made; a fixed day keeps the bytes of equal content equal.
CREATED = datetime(2000, 1, 1)

TINTS = {"doubt": "#FFF2CC", "bad": "#F8D7DA", "good": "#DDF0DD", "part": "#FFE8C7", "ask": "#FFF2CC", "off": "#EDEDED", "clerk": "#EAF3FB"}
"""Fills by what they mean; each also has its word in the cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` in characters; ``clerk``: filled in by hand; ``hint``: note on the header."""

    title: str
    width: float
    centre: bool = False
    clerk: bool = False
    hint: str = ""


class Book:
    """One workbook under way; ``close`` writes it, replacing an older file only when all is written. Text is always written as
    text, whatever it starts with."""

    def __init__(self, path: Path, *, title: str, full: str = "…") -> None:
        """``full`` stands in the last row that Excel can hold, where a sheet has more to say."""
        self._path, self._unfinished, self.full = path, path.with_name(path.name + ".part"), full
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        # Widths of columns are counted in digits of the default font, so it must be the font of the cells.
        face = {"font_name": FONT, "font_size": SIZE, "font_scheme": None}
        self._book = xlsxwriter.Workbook(str(self._unfinished), {**options, "default_format_properties": face})
        self._book.set_properties({"title": title, "created": CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def close(self) -> None:
        """Writes the file. Raises ``UsageError`` where it cannot be written."""
        try:
            self._book.close()
            self._unfinished.replace(self._path)
        except (FileCreateError, OSError) as error:
            raise UsageError(f"Không ghi được {self._path}: {error}.", remedy="Đóng tệp này trong Excel rồi chạy lại.") from error

    def format(self, **wanted: Any) -> Any:
        """A cell format, made once for each wish."""
        base = {"font_name": FONT, "font_size": SIZE, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        key = tuple(sorted((base | wanted).items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(key))
        return self._formats[key]

    def conditional(self, **wanted: Any) -> Any:
        """A format for conditions: only what it changes."""
        return self._book.add_format(wanted)

    def sheet(self, name: str, columns: Sequence[Column], *, heading: str, foot: str, printed: int | None = None, keep: int = 0) -> Sheet:
        """A sheet with its header row. ``printed``: columns on paper, from the left; ``keep``: columns that stay on screen."""
        return Sheet(self, self._book.add_worksheet(name), columns, heading, foot, printed or len(columns), keep)


class Sheet:
    """Rows of one sheet. Row 1 is the header, so that other programs read the sheet as a table."""

    def __init__(self, book: Book, sheet: Any, columns: Sequence[Column], heading: str, foot: str, printed: int, keep: int) -> None:
        self.book, self.raw, self.columns, self._printed = book, sheet, columns, printed
        self.row = 0
        head = book.format(bold=True, bg_color="#1F3864", font_color="#FFFFFF", align="center", valign="vcenter")
        own = book.format(bold=True, bg_color="#2E75B6", font_color="#FFFFFF", align="center", valign="vcenter")
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, own if column.clerk else head)
            if column.hint:
                sheet.write_comment(0, at, column.hint, {"x_scale": 1.6, "y_scale": 0.9, "font_name": FONT, "font_size": 10})
        sheet.set_row(0, _LINE * max(2, max(_lines(c.title, c.width * 0.85) for c in columns)) + 3)
        sheet.freeze_panes(1, keep)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f'&C&"{FONT},Bold"&13{heading.replace("&", "&&")}')
        sheet.set_footer(f'&R&"{FONT},Regular"&9{foot}')

    def add(self, cells: Sequence[Cell], tint: str | None = None, tints: Mapping[int, str | None] | None = None) -> int:
        """Writes a row and returns its number. ``tint`` names the fill of all cells, ``tints`` those of single columns."""
        if self.row >= _MOST:
            return self.row
        self.row += 1
        if self.row == _MOST:
            cells = [self.book.full, *[None] * (len(self.columns) - 1)]
        tall = 1
        for at, (cell, column) in enumerate(zip(cells, self.columns, strict=True)):
            fill = (tints or {}).get(at) or tint or ("clerk" if column.clerk else None)
            self._write(at, cell, column, fill)
            if isinstance(cell, str):
                tall = max(tall, _lines(cell, column.width))
        self.raw.set_row(self.row, min(_TALLEST, _LINE * tall + 3))
        return self.row

    def _write(self, at: int, cell: Cell, column: Column, fill: str | None) -> None:
        look: dict[str, Any] = {"bg_color": TINTS[fill]} if fill else {}
        if column.centre:
            look["align"] = "center"
        if isinstance(cell, date):
            look |= {"num_format": "dd/mm/yyyy", "align": "center"}
            self.raw.write_datetime(self.row, at, datetime(cell.year, cell.month, cell.day), self.book.format(**look))
        elif isinstance(cell, Rolling):
            look |= {"num_format": "dd/mm/yyyy", "align": "center"}
            self.raw.write_formula(self.row, at, cell.formula(), self.book.format(**look), (cell.days[0] - _EPOCH).days)
        elif isinstance(cell, (int, float)):
            self.raw.write_number(self.row, at, cell, self.book.format(**(look | {"align": "center"})))
        elif cell:
            # A text that looks like a formula keeps its mark as text even when a person edits the cell.
            if cell.startswith(_ACTIVE):
                look["quote_prefix"] = True
            self.raw.write_string(self.row, at, cell[:_LONGEST], self.book.format(**look))
        else:
            self.raw.write_blank(self.row, at, None, self.book.format(**look))

    def finish(self, *, empty: str = "") -> None:
        """Filter and print area; ``empty`` stands in a sheet without rows."""
        if not self.row and empty:
            self.add([empty, *[None] * (len(self.columns) - 1)])
        self.raw.autofilter(0, 0, max(self.row, 1), len(self.columns) - 1)
        self.raw.print_area(0, 0, max(self.row, 1), self._printed - 1)


def _lines(text: str, width: float) -> int:
    """Lines that a wrapped text takes, broken between words as a spreadsheet breaks it."""
    room = max(1.0, width * _FITS)
    count = 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, 1
        for word in paragraph.split(" "):
            need = len(word)
            if used and used + 1 + need > room:
                lines, used = lines + 1, 0.0
            if need > room:  # a word wider than the column is cut
                lines += math.ceil(need / room) - 1
                need = need % math.ceil(room) or need
            used += need + (1 if used else 0)
        count += lines
    return count

"""What a clerk typed into the register, read back so that another run does not lose it (ghi chép của văn thư)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.report.texts import LANGUAGES, Texts, texts


@dataclass(frozen=True, slots=True)
class Typed:
    """The clerk's columns of one row, with the words that say which row it was."""

    code: str
    document: str
    duty: str
    status: str
    result: str


def read_typed(path: Path) -> dict[str, Typed]:
    """Rows of an earlier register in which somebody wrote something, by code; none where there is no register to read."""
    if not path.is_file():
        return {}
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError):
        return {}
    found: dict[str, Typed] = {}
    try:
        for t in map(texts, LANGUAGES):
            for name in (t("sheet.register"), t("sheet.kept")):
                if name in book.sheetnames:
                    found |= {row.code: row for row in _rows(book[name].iter_rows(values_only=True), t)}
    finally:
        book.close()
    return found


def _rows(rows: Iterable[Sequence[Any]], t: Texts) -> Iterable[Typed]:
    lines = iter(rows)
    head = [str(cell) for cell in next(lines, ())]
    wanted = [t(f"register.{key}") for key in ("code", "document", "duty", "status", "result")]
    if not all(title in head for title in wanted):
        return
    places = [head.index(title) for title in wanted]
    for line in lines:
        row = Typed(*(_said(line[at]) if at < len(line) else "" for at in places))
        if row.code and (row.result or row.status not in ("", t("status.todo"))):
            yield row


def _said(cell: Any) -> str:
    """A cell as the clerk reads it."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


def status_in(status: str, t: Texts) -> str:
    """A status in the language of the register, whatever language it was chosen in; words of the clerk's own stay."""
    for other in map(texts, LANGUAGES):
        for key, word in other.section("status").items():
            if status == word:
                return t(f"status.{key}")
    return status or t("status.todo")

"""Markdown that no document can break: text from plans stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\`*\[\]<|~]|(?<!\w)_|_(?!\w)|^[#>])")  # an underscore inside a word marks nothing: file names stay as they are
_LINE_START = re.compile(r"^([-+]|\d+[.)])(?=\s)")


def escape(text: object) -> str:
    """One line of plain text, marks of Markdown and HTML taken as themselves."""
    flat = " ".join(str(text).split())
    return _LINE_START.sub(lambda m: m[0][:-1] + "\\" + m[0][-1], _MARKS.sub(r"\\\1", flat))


def clip(text: str, size: int = 220) -> str:
    """At most ``size`` characters, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= size else flat[: size - 1].rsplit(" ", 1)[0] + "…"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> list[str]:
    """A table; columns in ``right`` hold figures."""
    figures = set(right)
    rule = ["---:" if at in figures else "---" for at in range(len(head))]
    lines = [_row(head), "|" + "|".join(rule) + "|"]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(escape(c) if c not in (None, "") else "–" for c in cells) + " |"

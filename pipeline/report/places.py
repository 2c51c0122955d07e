"""Where in a file a piece of text stands, in words: section, page, line, or paragraph of a Word file."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.report.texts import Texts
from schemas.record import Record

_STEP = re.compile(r"(tbl|r|c|p)\[(\d+)\]")


def section_at(record: Record, offset: int) -> str:
    """Id of the innermost numbered section that holds the character, "" outside of all."""
    around = [s for s in record.sections if s.start <= offset < s.end]
    return max(around, key=lambda s: (s.start, s.level)).id if around else ""


class Spots:
    """Places of one record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._regions = sorted((r for r in record.regions if r.line is not None or r.path), key=lambda r: (r.start, r.end))

    def words(self, offset: int, t: Texts, *, section: str | None = None) -> str:
        """«mục II.1, trang 3, dòng 12»; in a Word file «mục II.1, đoạn 37». ``section``: its id where it is known."""
        name = section_at(self._record, offset) if section is None else section
        found = [t("summary.section", section=name)] if name else []
        page = self._record.page_at(offset)
        found += [t("summary.page", page=page)] if page else []
        at = bisect_right(self._regions, offset, key=lambda r: r.start) - 1
        if at >= 0 and self._regions[at].start <= offset < self._regions[at].end:
            own = self._regions[at]
            found += [t("place.line", n=own.line)] if own.line is not None else []
            found += [t(f"place.{step}", n=n) for step, n in _STEP.findall(own.path or "")] if own.line is None else []
        return ", ".join(found)

"""What the readers of time expressions share: the text under reading and what they found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from extractors.rulebook import Rule, lexicon, rules
from schemas.record import DeadlineKind

WINDOW = 90
"""Characters looked at to the left of an expression: one long noun phrase."""
LONG_WINDOW = 180
"""Characters looked at for a noun phrase that holds a list («kế hoạch … về A, B, C hằng năm»)."""
_BLANK = " \t\u00a0*"
_OPENING = "\n\t.;:(-+•*–)"


class Spans:
    """Spans, overlapping ones joined, with a fast test."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                start, end = self._spans[-1][0], max(end, self._spans.pop()[1])
            self._spans.append((start, end))
        self._starts = [s for s, _ in self._spans]

    def covering(self, at: int) -> tuple[int, int] | None:
        i = bisect_right(self._starts, at) - 1
        return self._spans[i] if i >= 0 and at < self._spans[i][1] else None

    def touches(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start) - 1
        if i >= 0 and self._spans[i][1] > start:
            return True
        return i + 1 < len(self._spans) and self._starts[i + 1] < end


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, the day it was issued, citation masks and the spans of time fields (trailers, time columns)."""

    text: str
    issued: date | None
    masks: Spans
    fields: Spans
    exact: bool = True  # the day of issue is known, not only its month
    bans: Spans = field(default_factory=lambda: Spans([]))  # items of lists that forbid

    def left(self, at: int, reach: int = WINDOW) -> str:
        """The words before ``at`` in its paragraph, at most ``reach`` characters, cut at a semicolon."""
        chunk = self.text[max(0, at - reach) : at]
        cut = max(chunk.rfind(c) for c in "\n\t;")
        return chunk[cut + 1 :]

    def opens_clause(self, at: int) -> bool:
        """Whether only blanks and marks stand between ``at`` and the start of its clause."""
        i = at - 1
        while i >= 0 and self.text[i] in _BLANK:
            i -= 1
        return i < 0 or (self.text[i] in _OPENING and not (self.text[i] == ")" and self._remark(i)))

    def _remark(self, at: int) -> bool:
        """Whether the bracket that closes at ``at`` is a remark inside a clause («báo cáo Thành ủy (qua Văn phòng) | trong 03 ngày»), no
        label («a) …», «(1) …»)."""
        opened = self.text.rfind("(", max(0, at - WINDOW), at)
        before = self.text[max(0, opened - 2) : opened] if opened > 0 else ""
        return before.strip(_BLANK)[-1:].isalnum() and "\n" not in self.text[opened:at]

    def closes_clause(self, at: int) -> bool:
        i = at
        while i < len(self.text) and self.text[i] in " \u00a0":
            i += 1
        return i >= len(self.text) or self.text[i] in ".;)\n\t:,"


@dataclass(slots=True)
class Found:
    """One expression before it becomes a ``Deadline``; fields as there. ``days`` are year-less days that a recurrence
    earlier in the sentence may claim; ``plain`` marks a bare recurrence that a following date refines."""

    start: int
    end: int
    kind: DeadlineKind
    rule: str
    confidence: float = 0.95
    start_on: str | None = None
    due: str | None = None
    inclusive: bool = True
    rrule: str | None = None
    rrules: tuple[str, ...] = ()
    side: str | None = None
    grain: str | None = None
    anchor: str | None = None
    working_days: bool = False
    review: tuple[str, ...] = ()
    days: tuple[tuple[int, int], ...] = ()


@cache
def _by_first(book: str) -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in rules(book).values():
        for letter in rule.value.get("first", ""):
            table.setdefault(letter, []).append(rule)
    return {letter: tuple(found) for letter, found in table.items()}


def rules_at(book: str, text: str, at: int) -> tuple[Rule, ...]:
    """The rules of a book that can begin with the character at ``at``, in file order."""
    letter = text[at : at + 1].lower()
    return _by_first(book).get("0" if letter.isdigit() else letter, ())


@cache
def unit_table() -> dict[str, dict[str, str]]:
    """Rows of ``time_units.csv`` by word."""
    return {row["text"]: dict(row) for row in lexicon("time_units")}


@cache
def numbers() -> dict[str, int]:
    """Numbers written in words."""
    return {row["text"]: int(row["value"]) for row in lexicon("time_numbers")}


def number(written: str) -> int:
    """A number in digits or words, a remark in brackets ignored; 0 where it is none."""
    word = written.split("(")[0].strip().lower()
    return int(word) if word.isdigit() else numbers().get(word, 0)


def matches_left(book: str, name: str, left: str) -> bool:
    """Whether a rule that ends in ``$`` matches the words before an expression."""
    return rules(book)[name].pattern.search(left) is not None


def _each_year(reading: Reading, start: int, end: int, left: str) -> bool:
    """«làm căn cứ đánh giá, xếp loại đảng viên | hằng năm», «vào chương trình giám sát | hằng năm | của Đảng ủy», «xây dựng kế hoạch mua
    sắm | hằng năm | của Sở»: a rating, a control or a plan that is made each year says how often, whatever it serves and whosever it is."""
    book = rules("deadlines")
    if not book.pattern("yearly").fullmatch(reading.text, start, end):
        return False
    if book["left_yearly_rating"].pattern.search(left) or book["left_made_plan"].pattern.search(left):
        return True
    # where a line below says when («Thời gian: thường xuyên»), the owner tells which programme is meant
    return book["left_into_control"].pattern.search(left) is not None and not reading.fields.touches(end, end + LONG_WINDOW)


def qualifies_noun(reading: Reading, start: int, end: int) -> bool:
    """Whether what recurs at ``text[start:end]`` describes the noun before it: "kế hoạch công tác hằng năm của ngành", "phong trào đọc
    sách thường xuyên, sâu rộng", "nâng cao khả năng cập nhật thường xuyên"."""
    if reading.opens_clause(start) or reading.fields.covering(start):
        return False
    book, left = rules("deadlines"), reading.left(start)
    if _each_year(reading, start, end, left):
        return False
    long_left = re.split(r"[.;\n\t]", reading.text[max(0, start - LONG_WINDOW) : start])[-1]
    each = reading.text[start:end].lower().startswith("mỗi")  # «10% số người kê khai | mỗi năm»: each year so many
    declared = not each and book["left_declared"].pattern.search(left) and not book["right_yearless"].pattern.match(reading.text, end)
    if declared or book["left_trait"].pattern.search(long_left):
        return True
    if reading.text[start : start + 1] in "hH" and book["left_pay"].pattern.search(left):
        return True  # «chế độ trợ cấp | hằng tháng»; what is done «định kỳ» is done then
    if book["right_of_body"].pattern.match(reading.text, end) and book["left_thing_listed"].pattern.search(left):
        return True
    if not book["left_thing"].pattern.search(left) or book["left_pair"].pattern.search(left):
        return False
    if book["right_of_body"].pattern.match(reading.text, end) or book["right_of_plan"].pattern.match(reading.text, end):
        return True
    second = book["right_quality"].pattern
    return bool(second.match(reading.text, end) or second.search(reading.text, start, end))

"""Continuous duties (thường xuyên, liên tục): what is to be kept up, not what a thing or a person is like."""

from __future__ import annotations

import regex

from extractors.rulebook import Rule, rules, word_class
from extractors.time_found import Found, Reading, matches_left, qualifies_noun
from extractors.unit_names import list_names
from extractors.unit_words import Words

BOOK = "deadlines_events"
_SUBJECT = 160
"""Characters that the subject of a clause may take."""
_CLAUSE_MARKS = ".;:\n\t)"


def _of_doer(reading: Reading, at: int, end: int) -> bool:
    """«Báo tỉnh, Đài Phát thanh | thường xuyên | có tin, bài …»: the bodies or persons that open the clause do so, and no modal behind
    makes their habit tell which of them are meant («Người thường xuyên tiếp xúc với hóa chất | phải khám …»)."""
    text = reading.text
    start = max((text.rfind(mark, max(0, at - _SUBJECT), at) for mark in _CLAUSE_MARKS), default=-1) + 1
    words = Words(text, start, at)
    first = next((i for i in range(len(words)) if words.word(i).isalpha() and len(words.word(i)) > 1), len(words))
    named = list_names(words, first)
    if not named[0] or named[1] != len(words) or text[named[0][0].start : named[0][0].end].lower() in _ANYBODY:
        return False
    return rules(BOOK)["right_bound"].pattern.match(text, end) is None


_ANYBODY = word_class("time_grammar", "anybody")
"""Who is only told by what they do."""


def _attribute(reading: Reading, at: int, end: int) -> bool:
    """Whether the words behind tell a habit («nơi thường xuyên xảy ra …», «người thường xuyên tiếp xúc …»), no act of a doer."""
    found = rules(BOOK)["right_attribute"].pattern.match(reading.text, end)
    return found is not None and not (found["acts"] and _of_doer(reading, at, end))


def _kept_up(reading: Reading, at: int, end: int, left: str) -> bool:
    """ "trực liên tục", "tuần tra 24/24 giờ": what is watched or kept up without a break, not how something works ("đường dây nóng
    24/7")."""
    if reading.text[at] == "2":
        within = rules(BOOK)["right_period"].pattern.match(reading.text, end)
        return within is None and matches_left(BOOK, "left_guard", left)
    return reading.text[at] in "lL" and matches_left(BOOK, "left_watch", left)


def read_continuous(reading: Reading, rule: Rule, match: regex.Match[str]) -> Found | None:
    """«thường xuyên», «liên tục», «24/24 giờ»: a duty that is to be kept up; an attribute of a thing or a person is none."""
    at, end = match.start(), match.end()
    in_field = reading.fields.covering(at) is not None
    left = reading.left(at)
    if not in_field and matches_left(BOOK, "left_kept_running", left):
        return Found(at, end, "continuous", f"continuous.{rule.name}", 0.85)
    if not in_field:
        if matches_left(BOOK, "left_attribute", left) or matches_left("deadlines_recurring", "left_test", left):
            return None
        if rules(BOOK)["right_pupils"].pattern.match(reading.text, end) and left.lower().endswith(("kiểm tra ", "đánh giá ")):
            return None
        if rules(BOOK)["right_state"].pattern.match(reading.text, end) and matches_left(BOOK, "left_described", left):
            return None
        if _attribute(reading, at, end) or qualifies_noun(reading, at, end):
            return None
        if rule.value["read"] == "unceasing" and not (reading.opens_clause(at) or _kept_up(reading, at, end, left)):
            return None
    elif left.lower().rstrip().endswith(("không", "chưa")):
        return None
    return Found(at, end, "continuous", f"continuous.{rule.name}", 0.97 if in_field or reading.opens_clause(at) else 0.9)

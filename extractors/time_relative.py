"""Terms counted from an event: ``trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản`` (ISO 8601 durations)."""

from __future__ import annotations

import re

import regex

from extractors.rulebook import Rule, rules, word_class
from extractors.time_clauses import clause_end
from extractors.time_found import Found, Reading, matches_left, number, rules_at, unit_table
from extractors.time_points import read_sequence

BOOK = "deadlines_relative"
_EXPECTED = "dự kiến "
_OF_REPORT = (*(f"{word} " for word in word_class("time_grammar", "report-term")), "(")
_LONG = frozenset({"tháng", "quý", "quí", "năm"})
NO_ANCHOR = "không nêu thời điểm bắt đầu tính"


def duration(count: int, unit: str) -> str:
    """``P10D``, ``PT48H``, ``P3M``: the ISO duration of so many units (a quarter is three months)."""
    row = unit_table()["giờ" if unit.lower() == "h" else unit.lower()]
    size = count * int(row["scale"])
    code = row["iso"]
    return f"PT{size}{code[1:]}" if code.startswith("T") else f"P{size}{code}"


def _before_range(text: str, at: int, *, dated: bool = False) -> bool:
    """Whether from … to …, or with ``dated`` any date, stands at ``at``, behind a comma, a colon or a bracket."""
    while text[at : at + 1] in (" ", ",", ":", "("):
        at += 1
    if dated and text.startswith(_EXPECTED, at):
        at += len(_EXPECTED)
    sequence = read_sequence(text, at, in_field=True)
    return sequence is not None and (sequence.ranged or dated)


def _allowed(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """Whether the words make a term: lengths of service, history and thresholds are none."""
    opening, anchored = rule.value["open"], bool(match.groupdict().get("from"))
    unit, text = match.group("u").lower(), reading.text
    if not anchored and rules(BOOK)["right_history"].pattern.match(text, match.end()):
        return False
    if opening == "field":
        if reading.left(match.start()).lower().endswith(_OF_REPORT):
            return False  # «trước ngày 15/6 đối với báo cáo 6 tháng»
        return reading.fields.covering(match.start()) is not None and not _before_range(text, match.end(), dated=True)
    left = reading.left(match.start())
    if opening == "same":
        return matches_left(BOOK, "left_passed_on", left)
    if (opening == "from" or (not anchored and opening == "loose")) and matches_left(BOOK, "left_threshold", left):
        return False
    if rule.name == "after_event":
        if unit not in ("ngày", "giờ", "h", "tuần") or reading.left(match.start()).rstrip().endswith(("trước", "và")):
            return False
        return bool(match.group("bound") or match.group("work")) or not matches_left(BOOK, "event_lasting", match.group("event"))
    if rule.name == "first_days" and left.rstrip()[-1:] in "0123456789%":
        return False  # "đạt 5.000 lượt trong 03 tháng đầu phát hành": an amount is measured over the time
    if anchored:
        source = match.group("from").lower().strip()
        if "từ" in source and _before_range(text, match.start("from")):
            return False  # "02 tháng, từ ngày 01/6 đến ngày 31/7" is a range and its length
        if source == "trước" and re.match(r"ngày\s{0,3}\d", text[match.end() : match.end() + 12], re.I):
            return False  # "báo cáo 6 tháng trước ngày 15/6" is a date
        counted = "từ" in source or "khi" in source or opening != "from"
        # "5 năm sau" alone is history; "05 ngày làm việc sau ngày họp" is a term.
        return counted or bool(match.group("work")) or text[match.end() : match.end() + 4].lower() == "ngày"
    if opening == "firm" and not anchored and "nhất" not in match.group().lower() and matches_left(BOOK, "left_length", left):
        return False
    if not anchored and unit in _LONG and matches_left(BOOK, "left_refrained", left):
        return False
    if opening == "firm":
        return unit != "năm" and not (unit in ("tháng", "quý", "quí") and "quá" in match.group().lower())
    if opening == "loose":
        answered = unit in ("ngày", "phút") and reading.closes_clause(match.end()) and matches_left(BOOK, "left_answer", left)
        return bool(match.group("work")) or unit in ("giờ", "h") or answered
    if opening == "before" and unit in ("giờ", "h"):
        return False  # "trước 15 giờ" is an hour of the day
    return opening in ("before", "event") and unit in ("ngày", "giờ", "h", "tuần", "tháng")


def _anchor_end(reading: Reading, rule: Rule, match: regex.Match[str]) -> tuple[int, str | None]:
    text = reading.text
    if rule.value["open"] == "event":
        return match.end(), match.group("event").strip()
    if not match.groupdict().get("from"):
        event = rules(BOOK)["right_event"].pattern.match(text, match.end()) if rule.value["open"] == "before" else None
        if event is None:
            return match.end(), None
        end = clause_end(text, event.end(), fronted=reading.opens_clause(match.start()))
        return end, text[event.end() : end].strip()
    pointed = rules(BOOK)["right_pointed"].pattern.match(text, match.end())
    end = pointed.end() if pointed else clause_end(text, match.end(), fronted=reading.opens_clause(match.start()))
    source = match.group("from").lower()
    begin = match.start("from") if source.endswith("khi") else match.end()
    anchor = text[begin:end].strip()
    return max(end, match.end()), anchor or None


def read_relative(reading: Reading, at: int) -> Found | None:
    """The term that begins at ``at``; ``due`` is its duration, ``side`` within, after or before its anchor."""
    best: tuple[int, Rule, regex.Match[str]] | None = None
    for rule in rules_at(BOOK, reading.text, at):
        match = rule.pattern.match(reading.text, at)
        if match and _allowed(reading, rule, match) and (best is None or match.end() > best[0]):
            best = (match.end(), rule, match)
    if best is None:
        return None
    _, rule, match = best
    count = number(match.group("n") or match.group("nw") or rule.value.get("count", ""))
    if not count:
        return None
    end, anchor = _anchor_end(reading, rule, match)
    return Found(
        at, end, "relative", f"relative.{rule.name}", 0.95 if anchor else 0.75, due=duration(count, match.group("u")),
        side=str(rule.value["side"]), anchor=anchor, working_days=bool(match.group("work")),
        review=() if anchor else (NO_ANCHOR,),
    )  # fmt: skip

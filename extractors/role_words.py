"""Roles told behind names («Phòng A, B và C (ABC) chủ trì; các đội phối hợp, tổng hợp; xong trước ngày 30/6»). Source: domain.md 4.5.

Where a phrase says nothing else, whatever stands before the word of a role is names, however they are worded.
"""

from __future__ import annotations

import re
from typing import Literal

from extractors.rulebook import rules
from extractors.unit_names import list_names
from extractors.unit_words import Words

_SIGNS = ("chủ trì", "phối hợp", "đầu mối", "thực hiện", "phụ trách", "đảm n", "hỗ trợ", "tham gia", "chịu trách nhiệm")
"""One of them stands in every word of a role: a cheap look before the pattern."""


Spans = list[tuple[Literal["lead", "support", "time"], int, int]]


def by_roles(text: str, start: int, end: int) -> Spans:
    """Spans of who leads, who helps and when in ``text[start:end]``; empty where the phrase says more than that."""
    if not any(text.find(sign, start, end) >= 0 for sign in _SIGNS):
        return []
    out: Spans = []
    at = start
    for role in rules("duties").pattern("role_of_names").finditer(text, start, end):
        if not rules("duties").pattern("names_before_role").match(text[at : role.start()]):
            return []
        out.append(("support" if role["support"] else "lead", at, role.start()))
        at = role.end()
    if not out or not text[at:end].strip(" .;,"):
        return out
    time = rules("duties").pattern("behind_roles").match(text[at:end])
    return [*out, ("time", at + time.start("when"), at + time.end("when"))] if time else []


_GROUP = re.compile(r"[Cc]ác\s[^\W\d_]+(?:\s[^\W\d_]+)?:\s")
"""The one colon that names hold: «các Sở: Tài chính, Xây dựng»."""
_MOST = 500
"""Characters of the longest line that says nothing but who does what stands above it, and when."""


def line_of_roles(text: str, start: int, end: int) -> Spans:
    """«Sở A chủ trì, phối hợp với các Sở: B, C; hoàn thành trong quý III.», with brackets around or without: who leads, who helps and
    when; empty where the line says more, as the work that follows «phối hợp với B | rà soát …»."""
    if end - start > _MOST or not any(text.find(sign, start, end) >= 0 for sign in _SIGNS):
        return []
    line = text[start:end].rstrip(" .;")
    at = start
    if line.startswith("(") and line.endswith(")"):
        line, at = line[1:-1], start + 1
    when = rules("duties").pattern("time_behind_roles").search(line)
    if when and closes_with_time(when["when"]):
        line = line[: when.start()]
    else:
        when = None
    found = rules("duties").pattern("line_of_roles").fullmatch(line.rstrip(" .;"))
    if found is None:
        return []
    told: Spans = [("lead", *found.span("lead"))]
    told += [("support", *found.span(name)) for name in ("with", "support") if found[name]]
    if not (when or len(told) > 1) or not all(_names(line[a:b]) for _, a, b in told):
        return []
    if when:
        told.append(("time", *when.span("when")))
    return [(role, at + a, at + b) for role, a, b in told]


def _names(said: str) -> bool:
    """Whether nothing but names stands there: the grammar reads them all, or at least no act among them."""
    if ":" in _GROUP.sub("", said):
        return False
    words = Words(said)
    i = 0
    while i < len(words):
        found, j = list_names(words, i)
        if not found and not words.cap(i) and words.hit(i, "verb", "modal") and words.word(i - 1) not in ("", ",", "và"):
            return False
        if not found and i == 0 and not (words.cap(0) or words.hit(0, "determiner")):
            return False
        i = j if found else i + 1
    return bool(len(words))


def tells_when(words: str) -> bool:
    """«trước ngày 30/6/2026», «trong quý III», «hằng năm»: «đến các thôn» is no time."""
    return any(c.isdigit() for c in words) or rules("duties").pattern("dated_in_words").search(words) is not None


def closes_with_time(words: str) -> bool:
    """The same behind those who do it, where «thường xuyên» tells when too."""
    return tells_when(words) or "thường xuyên" in words.lower()

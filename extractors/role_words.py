"""Roles told behind names («Phòng A, B và C (ABC) chủ trì; các đội phối hợp, tổng hợp; xong trước ngày 30/6»). Source: domain.md 4.5.

Where a phrase says nothing else, whatever stands before the word of a role is names, however they are worded.
"""

from __future__ import annotations

from typing import Literal

from extractors.rulebook import rules, word_class
from extractors.signs import any_in

_SIGNS = word_class("unit_grammar", "role-sign")
"""One of them stands in every word of a role: a cheap look before anything is cut."""

Spans = list[tuple[Literal["lead", "support", "time"], int, int]]


def signs(said: str) -> bool:
    """Whether the word of a role stands there at all."""
    return any_in(said, _SIGNS)


def by_roles(text: str, start: int, end: int) -> Spans:
    """Spans of who leads, who helps and when in ``text[start:end]``; empty where the phrase says more than that."""
    if not signs(text[start:end]):
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


def tells_when(words: str) -> bool:
    """«trước ngày 30/6/2026», «trong quý III», «hằng năm»: «đến các thôn» is no time."""
    return any(c.isdigit() for c in words) or rules("duties").pattern("dated_in_words").search(words) is not None


def closes_with_time(words: str) -> bool:
    """The same behind those who do it, where «thường xuyên» tells when too."""
    return tells_when(words) or "thường xuyên" in words.lower()

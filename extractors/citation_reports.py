"""Sentences of the opening that tell what others did or left undone: no document is carried out or followed there by this one."""

from __future__ import annotations

import re

from extractors.rulebook import rules

_END = re.compile(r"\.\s|\n|\./|\Z")


def looks_back(text: str, start: int, cue: int) -> bool:
    """«Sau 8 năm triển khai thực hiện Nghị quyết A, … đã …», «đã tổ chức quán triệt Nghị quyết A»: what was done is told.

    ``start``: of the sentence, ``cue``: of the word that governs the mention."""
    return rules("relations").pattern("looks_back").search(text, start, cue) is not None


def others_did(text: str, start: int, after: int) -> bool:
    """«Thực hiện Nghị quyết A, các bộ đã tập trung triển khai …»: the main clause behind the mention, which ends at ``after``, is
    about others; the issuer launches nothing in it."""
    end = _sentence_end(text, after)
    told = rules("relations").pattern("others_did").search(text, after, end)
    return told is not None and "," in text[after : told.start()] and not _launches(text, start, end)


def fell_short(text: str, start: int, cue: int, at: int) -> bool:
    """«Tuy nhiên, nhiều đơn vị chưa báo cáo theo yêu cầu của Nghị quyết A.»: a sentence that weighs the state of things says what was
    not done as the mention at ``at`` wants it."""
    book = rules("relations")
    if book.pattern("reports").match(text, start) is None or book.pattern("left_undone").search(text, start, cue) is None:
        return False
    return not _launches(text, start, _sentence_end(text, at))


def _sentence_end(text: str, at: int) -> int:
    found = _END.search(text, at)
    return found.start() if found else len(text)


def _launches(text: str, start: int, end: int) -> bool:
    return rules("relations").pattern("own_launch").search(text, start, end + 1) is not None

"""Clauses in front that only tell, and those behind in which somebody is to act because of them: «Công tác lưu trữ có ý nghĩa quan trọng,
do vậy | các phòng | phải …», «Sở A đã ban hành hướng dẫn; vì thế, | các xã | …».

Where the clause in front is a command itself, the whole is its doer's. Source: domain.md 4.4.
"""

from __future__ import annotations

from regex import Match

from extractors.rulebook import rules, word_class
from extractors.signs import each
from extractors.unit_names import Name
from extractors.unit_predicates import begins_act
from extractors.unit_words import Words

_MANY = ("các ", "những ", "mọi ", "mỗi ", "từng ", "một số ", "nhiều ")
"""What opens a name of several, whom «đã …» may just describe («Các xã | đã đạt chuẩn | tiếp tục duy trì …»)."""


def past_clause(text: str, found: list[Name], end: int) -> Match[str] | None:
    """The predicate in which a body has done something («Sở A | đã ban hành hướng dẫn|, do đó …»): it is told and nobody is to act in it.
    Of several in general only where a review stands in front («Qua kiểm tra, các đoàn | đã kiến nghị …»)."""
    book = rules("units")
    told = book.pattern("has_done").match(text, found[-1].end, end)
    if told is None:
        return None
    front = text[max(text.rfind("\n", 0, found[0].start) + 1, found[0].start - _FRONT) : found[0].start]
    return told if not found[0].name.lower().startswith(_MANY) or book.pattern("looks_back").search(front) else None


_FRONT = 160
"""Characters of the longest review in front of a subject."""


_REASON = 400
"""Characters of the longest reason."""
_OF_THINGS = word_class("unit_grammar", "of-thing")


def reason_end(text: str, start: int, end: int) -> int:
    """Where the clause begins that a reason in front leads to («…, do vậy | Sở A cần …»), 0 where no reason opens ``text[start:end]``."""
    book = rules("units")
    joint = next(each(book["hence"], text, start, min(end, start + _REASON)), None)
    if joint is None:
        return 0
    reason = Words(text, start, joint.start())
    acts = begins_act(reason) and not _is_thing(reason) and book.pattern("clause_opener").match(text, start, end) is None
    return 0 if acts else joint.end()


def _is_thing(words: Words) -> bool:
    """«Giám sát | có vai trò phòng ngừa», «Nhận thức | của cán bộ còn hạn chế»: a verb of which something is told."""
    verb = words.hit(0, "verb")
    return verb is not None and any(words.word(k) in _OF_THINGS for k in (verb[0], verb[0] + 1))


__all__ = ["past_clause", "reason_end"]

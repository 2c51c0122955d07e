"""Common nouns told apart by a whole clause up to their act: «cơ quan | có người được trưng tập | tạo điều kiện …», «chủ rừng | là hộ gia
đình | tu sửa …», «cấp ủy | nơi được kiểm tra | chuẩn bị …».

Asked where the grammar of names finds no subject, or «là» behind one: the first act that nothing makes a noun or a passive is the
predicate.
Source: domain.md 4.4.
"""

from __future__ import annotations

from extractors.rulebook import rules
from extractors.unit_binding import binds, in_one_line
from extractors.unit_names import Name, parse_list
from extractors.unit_qualifiers import CLAUSE, NOMINAL
from extractors.unit_words import Words

_PASSIVE = ("được", "bị", "không", "chưa", "đã", "đang", "để")
"""Words behind which a verb still describes («người | được | trưng tập»)."""


def told_far(words: Words) -> list[Name]:
    """The noun that opens the words, with what tells which is meant, as one name; none where no sure act follows it."""
    found = parse_list(words, 0)
    if not found or found[-1].proper or found[-1].title or found[-1].last >= len(words):
        return []
    last = found[-1].last
    told = rules("units").pattern("told_far").match(words.text, words.start(last), words.end(len(words)))
    since = words.from_offset(told.end(), last) if told else 0
    for k in range(since, min(len(words), last + CLAUSE)) if told else ():
        if not in_one_line(words, k):
            return []
        verb = words.hit(k, "verb")
        again = verb is not None and words.low[k - 1] not in _PASSIVE and words.low[k - 1] not in NOMINAL
        if binds(words, k) or (again and verb is not None and verb[0] - k > 1 and words.word(verb[0]).isalnum()):
            start, end = words.start(0), words.end(k)
            return [Name(start, end, words.text[start:end])]
    return []


__all__ = ["told_far"]

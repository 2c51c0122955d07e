"""Who acts behind a case that is told of others: «Công dân có đơn tố cáo | thì | thủ trưởng cơ quan | thụ lý …».

The clause in front begins with a body or persons, but it only says what is the case; no «nếu», «khi» opens it. Source: domain.md 4.4.
"""

from __future__ import annotations

from extractors.rulebook import rules
from extractors.unit_endings import LONGEST, body_ends
from extractors.unit_names import Name, list_names, parse_list
from extractors.unit_predicates import predicate_follows
from extractors.unit_qualifiers import acts_surely
from extractors.unit_words import Words

_CASE = 60
"""Words of the longest case."""
_STATES = ("có", "bị", "được", "không", "chưa")
"""Words that open what is the case with somebody, and no work of theirs."""
_REACH = 60
"""Words behind it in which those who act are named and a predicate follows."""


def behind_case(words: Words) -> list[Name]:
    """The names behind the case that opens the clause, where a predicate follows them; [] where the clause opens with no case. They take
    the same descriptions as at the head of a sentence («thì | cơ quan tiếp nhận | phải …»)."""
    mark = _case_end(words)
    if not mark or mark + 1 >= len(words):
        return []
    at, text = words.start(mark + 1), words.text
    clause = Words(text[at].upper() + text[at + 1 : words.end(min(len(words), mark + _REACH))])
    found, j = list_names(clause, 0)
    if not found or found[0].start or not predicate_follows(clause, 0, j):
        return []
    return [Name(at + n.start, at + n.end, text[at + n.start : at + n.end]) for n in found]


def behind_state(words: Words) -> list[Name]:
    """The names behind the state of a paper or an affair that opens the clause: «Hồ sơ không đủ điều kiện, | Phòng Một cửa | trả lại …»,
    «Vụ việc có dấu hiệu tội phạm, | Thanh tra Bộ | chuyển …». No «nếu», «trường hợp» opens it; a body that ends at the comma may go on
    with a list."""
    if not words.low:
        return []
    text, end = words.text, words.end(len(words))
    told = rules("units").pattern("thing_in_state").match(text, words.start(0), end)
    if told is None:
        return []
    since = words.from_offset(told.end())
    for mark in range(since, min(len(words), _CASE)):
        opens = words.word(mark) == "," and (words.cap(mark + 1) or words.hit(mark + 1, "determiner") is not None)
        if not opens or body_ends(words, mark, range(max(since, mark - LONGEST), mark)):
            continue
        found, j = list_names(words, mark + 1)
        if found and words.word(j) != "được" and predicate_follows(words, mark + 1, j):
            return found
    return []


def set_to_work(words: Words) -> int:
    """The word behind those who are picked in the clause in front: «Khi lựa chọn | trưởng đoàn, thành viên đoàn | phải xem xét …» tells of
    who picks them, whom it does not name; anybody else behind the comma («Khi phân công kiểm soát viên, | trưởng phòng phải …») acts
    himself."""
    cue = rules("units").pattern("picks").match(words.text, words.start(0), words.end(len(words))) if words.word(0) in _WHEN else None
    if cue is None:
        return 0
    first = words.from_offset(cue.end())
    picked = parse_list(words, first)
    if len(picked) < 2 or picked[-1].kind not in _PICKED or any(words.cap(np.first) for np in picked):
        return 0
    return picked[-1].last if all(np.kind in _PICKED or np.kind == "title" for np in picked) else 0


_WHEN = ("khi", "trước", "sau")
_PICKED = frozenset({"team-head", "team-member", "staff", "member"})
"""Kinds of persons who are picked for a work."""


def _case_end(words: Words) -> int:
    """«thì» behind a case that opens the clause; 0 where the clause opens with none."""
    if "thì" not in words.low or words.hit(0, "head", "role", "determiner", "name") is None:
        return 0
    mark = words.low.index("thì")
    told = words.text[words.start(0) : words.end(mark)]
    if mark > _CASE or rules("units").pattern("case_of_its_own").search(told):
        return 0  # «Sở A rà soát, nếu trùng lặp thì tổ soạn thảo …»: the case stands inside what the subject does
    behind = list_names(words, 0)[1]
    if words.word(behind) in _STATES or "có" in words.low[:behind]:
        return mark  # «Công dân có đơn | tố cáo thì …»
    works = any(words.word(j) == "," or words.hit(j, "adverb") is not None for j in range(behind, mark))
    return 0 if works or acts_surely(words, behind) else mark  # «Sở A gửi danh sách, đến hạn thì phòng tổng hợp …»

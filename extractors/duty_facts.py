"""Facts set down in an item of their own: who sits on a board, what a thing is made of, how something is done, what it costs.

Such a line has the form of an item but tells nobody to act («Hiệu trưởng: Trưởng ban», «Môn thi: Bơi», «Việc chấm điểm được tiến hành
trên máy»). What says by when, or names who does it, stays a duty.
"""

from __future__ import annotations

import re

from extractors.actions import begins_with_act
from extractors.rulebook import rules
from extractors.signs import first, held, search
from extractors.unit_names import list_names
from extractors.unit_roles import assignment_of
from extractors.unit_subjects import subject_of
from extractors.unit_words import Words
from extractors.units import find_units

_LABEL = 60
"""Characters of the longest label before a statement («Hội Nông dân: Thành phần dự họp gồm …»)."""
_LONGEST = 900
"""Characters of the longest item that is asked: a fact is a line or two."""
_PARTS = re.compile(r"[,;]\s+")


def is_fact(text: str) -> bool:
    """Whether an item tells of members, parts, amounts or of how something is done, and commands nobody."""
    if len(text) > _LONGEST:
        return False
    book, low = rules("duties"), text.lower()
    if book.pattern("assembly_acts").match(text):
        return False  # «Hội nghị bầu Ban Kiểm phiếu gồm 03 người»
    label, colon, rest = text.partition(":")
    if colon and (_member(label, rest, text) or _amount(label, rest)):
        return True
    if told := first(book, ("member_named", "led_by", "fact_funds"), text, low):
        return told.re is not book.pattern("led_by") or subject_of(text) is None
    if _of_event(text, low):
        return True
    if not (held(book["fact_composed"], low) or held(book["fact_passive"], low)) or book.pattern("fact_commands").search(text):
        return False
    titled = colon and len(label) <= _LABEL and (not begins_with_act(label) or find_units(label))
    return _told(text) or bool(titled and _told(rest.strip()))


def funded_by(text: str) -> bool:
    """«Kinh phí thực hiện được | Phòng Tài vụ | cân đối trong dự toán và hướng dẫn …»: money that a body is told to find; what a body has
    allotted («Kinh phí được UBND tỉnh giao …») tells of money alone."""
    found = search(rules("duties")["funds_by"], text)
    if found is None:
        return False
    named = list_names(Words(text, found.end(), len(text)), 0)[0]
    return bool(named) and named[0].start == found.end() and _funds(text[named[-1].end :])


def _funds(words: str) -> bool:
    return begins_with_act(words) and not rules("duties").pattern("allots").match(words)


def _of_event(text: str, low: str) -> bool:
    """«Hội thi diễn ra trong 02 ngày tại sân vận động», «Bài dự thi chấm theo thang điểm 100»: when and where an event is, by which rules
    a contest goes. What is told to a body behind it («…, các phòng cử người dự»), or due by a day, stays a duty."""
    book = rules("duties")
    for name in ("event_happens", "contest_rule"):
        found = book.pattern(name).match(text) if held(book[name], low) else None
        if found and not book.pattern("event_ordered").search(text, found.end()):
            others = _PARTS.split(text[found.end() :])[1:]
            acts = any(begins_with_act(part) or subject_of(part) for part in others)
            return not acts and (name == "contest_rule" or not assignment_of(text).lead_names)
    return False


def _member(label: str, rest: str, text: str) -> bool:
    """«Kế toán: Ủy viên», «Thư ký: Công chức văn hóa xã»: an office of a board beside the one who holds it."""
    book = rules("duties")
    if book.pattern("member_office").match(rest):
        return not begins_with_act(label)
    return bool(book.pattern("office_held").match(text)) and not _acts(rest)


def _amount(label: str, rest: str) -> bool:
    """«Môn thi: Bơi», «Tổng kinh phí: 20 triệu đồng», «Phần đọc: 10 câu»: a label of a fact, or a number of things, and no act."""
    book = rules("duties")
    if book.pattern("fact_label").match(label):
        return not _acts(rest) and not book.pattern("modal").search(rest)
    if told := book.pattern("told_label").match(label):
        acts = _tells_somebody(rest) if told["plain"] else _acts(rest)
        return not acts and not book.pattern("fact_commands").search(rest)
    if book.pattern("trait_label").match(label) and book.pattern("trait_value").match(rest):
        return book.pattern("modal").search(rest) is None  # «Độ tuổi: Công dân nam từ đủ 18 tuổi …»: who may be chosen
    if not book.pattern("fact_value").match(rest) or begins_with_act(label):
        return False
    return not find_units(label) and not _acts(rest) and not book.pattern("fact_commands").search(rest)


def _acts(words: str) -> bool:
    return begins_with_act(words) or bool(subject_of(words)) or bool(rules("units").pattern("office_verb").search(words))


def _tells_somebody(words: str) -> bool:
    """Whether a body or person is told to act in one of the clauses."""
    return any(subject_of(part) or assignment_of(part).lead_names for part in words.split("; "))


def _told(text: str) -> bool:
    """«Hồ sơ gồm đơn và sơ yếu lý lịch», «Việc bình xét được tiến hành ở thôn»: neither a body nor persons are the subject."""
    book = rules("duties")
    composed = book.pattern("fact_composed").match(text)
    named = composed is not None and (composed.group("thing") or composed.group("paper"))
    if not named and (begins_with_act(text) or book.pattern("forbids").match(text)):
        return False
    if composed:
        before = text[: composed.end()]
        parts = composed.group("parts")  # «Sổ gồm các thông tin về: người thực hiện, kết quả»: parts of a thing, whatever acts they name
        if composed.group("thing") is None and rules("units").pattern("office_verb").search(before) and subject_of(before):
            return False  # «Mỗi đơn vị cử 01 đội gồm 05 người»
        whole = composed.group("thing") or parts or not rules("units").pattern("office_verb").search(text, composed.end())
        first, *others = text[composed.end() :].split("; ")
        return bool(whole) and not (composed.group("thing") is None and subject_of(first)) and not any(map(subject_of, others))
    if not book.pattern("fact_passive").match(text) or book.pattern("offender").match(text):
        return False
    return not subject_of(text) and not assignment_of(text, 0, len(text)).lead_names


__all__ = ["funded_by", "is_fact"]

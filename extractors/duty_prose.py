"""Prose that is no command, and titles that run into the sentence below them: what a paragraph is before it is read as a duty."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors import modality
from extractors.actions import begins_with_act
from extractors.casing import is_caps
from extractors.duty_reading import CLAUSE_MARK, SENTENCE, TITLE
from extractors.rulebook import rules
from extractors.signs import first
from extractors.unit_hence import past_clause
from extractors.unit_passive import task_of_one
from extractors.unit_subjects import strip_span, subject_list, subject_of
from extractors.units import find_units
from schemas.record import Citation


def is_statement(text: str) -> bool:
    """Tells of goals, money, scope, annexes or how things stand, or itself approves and issues, instead of commanding."""
    book = rules("duties")
    if book.pattern("statement").match(text) or book.pattern("performative").match(text):
        return True
    low = text.lower()
    if first(book, _TELL, text, low):
        return True
    if first(book, ("points_on", "looks_back"), text, low):
        return not _hands_on(text)
    if first(book, ("in_spite",), text, low):
        return not (_somebody_behind(text) or _hands_on(text) or book.pattern("binds_inside").search(text))
    if first(book, ("reviews", "ranks"), text, low):
        return not (subject_of(text) or task_of_one(text)) or "cho thấy" in low
    if (timed := book.pattern("timetable").match(text)) and not subject_of(text, timed.end()):
        return True
    if first(book, _OF_NATURE, text, low):
        return not _told_beside(text)
    if was_done(text) or (first(book, ("principle",), text, low) and not subject_of(text)):
        return True
    if first(book, ("found_wanting",), text, low):
        return not begins_with_act(text) and not _told_later(text)
    if first(book, ("tends",), text, low):
        return not begins_with_act(text) and not subject_of(text)
    if first(book, _SO_IT_IS, text, low):
        return not begins_with_act(text) and not _acts_behind(text) and not _hands_on(text)
    if first(book, ("stands_so",), text, low):
        return not (begins_with_act(text) or subject_of(text) or _acts_behind(text) or _hands_on(text))
    if first(book, ("meant_to", "aims", "term_is"), text, low):
        return not _somebody_behind(text) and not _hands_on(text)  # an act behind a comma is one more aim
    if first(book, ("defines",), text, low):
        return not _somebody_behind(text)
    for name in ("has_done", "scores"):
        if (done := first(book, (name,), text, low)) and (done["who"].startswith(_ALL) or _is_name(text, *done.span("who"))):
            return True
    turned = first(book, ("turned_out",), text, low)
    if turned is not None and (turned["noun"] or not begins_with_act(text)) and not subject_of(text) and not _somebody_behind(text):
        return True
    described = first(book, ("describes",), text, low)
    return described is not None and not begins_with_act(text) and not subject_of(text)


_ALL = ("toàn ", "cả ")
"""«Trong năm 2025, | toàn tỉnh | đã …»: nobody in particular."""
_SO_IT_IS = ("shown_at", "foreseen", "has_now")
"""Rules of sentences that say where something is shown, what is foreseen, how many there are."""
_OF_NATURE = ("kind_of_work", "led_over", "term_of")
"""Rules of sentences that say of what nature something is, under whom it stands, how long it lasts."""
_WAS = " đã "


def _told_later(text: str) -> bool:
    """«Hiện nay, nhiều hồ sơ còn tồn đọng, | Phòng Kinh tế giải quyết dứt điểm»: behind what is wanting somebody acts."""
    behind = [text[m.end() :] for m in re.finditer(r",\s+", text)]
    return any(subject_of(said) and not rules("duties").pattern("still_so").search(said) for said in behind)


def _acts_behind(text: str) -> bool:
    """Whether behind a comma somebody acts or an act is commanded; «…, sinh hoạt tại 410 chi bộ» counts on."""
    commanded = any(begins_with_act(part) and not _COUNTED.search(part) for part in text.split(", ")[1:])
    return commanded or _somebody_behind(text)


def _somebody_behind(text: str) -> bool:
    """Whether behind a comma somebody acts («Góp phần giảm nghèo, | Hội Nông dân dạy nghề …»)."""
    return any(subject_of(part) for part in text.split(", ")[1:])


def _hands_on(text: str) -> bool:
    """Whether a sentence that says what something is, or is for, gives work to somebody besides («… nêu tại Phụ lục I | giao Phòng A theo
    dõi», «…, | do Tổ chuyên môn chủ trì»)."""
    return rules("duties").pattern("hands_on").search(text) is not None


_COUNTED = re.compile(r"(?<![\d/])\d[\d.]*\s+(?!giờ|ngày|tháng|năm|lần)[^\W\d]")


def _told_beside(text: str) -> bool:
    """Whether a body acts in the sentence or a clause of it is a command («Đây là việc khó, | các phòng cử người»); what has been done
    is none («…; kết luận kiểm toán đã nêu 05 tồn tại»)."""
    said = [part for part in CLAUSE_MARK.split(text) if _WAS not in part]
    acts = any(begins_with_act(part) for part in said[1:])
    return acts or any(subject_of(part) for clause in said for part in (clause, *clause.split(", ")[1:]))


def was_done(text: str) -> bool:
    """One sentence that tells what a body has done («Sở Y tế đã cấp thuốc cho các trạm.»)."""
    if _WAS not in text or ";" in text.rstrip(" ;"):
        return False
    if modality.of_text(text)[0] == "sanction":
        return False  # «Người đã nghỉ hưu vẫn bị xử lý …»
    start, end = strip_span(text, 0, len(text))
    who = subject_list(text, start, end)
    told = past_clause(text, who, end) if who else None
    return told is not None and not told["hence"]


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` are one body and nothing else."""
    return any((unit.start, unit.end) == (start, end) for unit in find_units(text, start, end))


def only_tells(text: str) -> bool:
    """A first sentence that commands nobody: a statement, or only where means come from («Từ nguồn ngân sách phường.»)."""
    if rules("duties").pattern("done_by_rule").match(text) and not subject_of(text):
        return True  # «Việc kê khai thực hiện theo nghị định; | Phòng A công khai …», «Quy trình thẩm định; | Sở A trình …»
    return is_statement(text) or text.lower().startswith(("từ nguồn ", "từ ngân sách ")) or _says_what(text)


def _says_what(text: str) -> bool:
    """«Kho tư liệu là tài sản chung.»: what a thing is; a body that is something («Sở A là cơ quan thường trực») takes a part."""
    if not rules("duties").pattern("says_what").match(text) or begins_with_act(text):
        return False
    return not any(unit.start == 0 for unit in find_units(text))


_TELL = (
    "thanks", "judges", "pays_from", "falls_short", "of_amounts", "budget_line", "of_this_plan", "to_fill", "such_a_year",
    "of_which", "contacts", "no_longer", "all_the_more", "is_whom",
)  # fmt: skip
"""Rules of sentences that tell of something and tell nobody to act."""
_BRACKETS = re.compile(r"\([^()]*\)")


def is_thing(text: str) -> bool:
    """A noun phrase without a verb of work («Cầu Rạch Gốc.», «Đại diện lãnh đạo Phòng A;»): a member of a list, no command."""
    plain = _BRACKETS.sub(" ", text)
    if rules("duties").pattern("abstract_noun").match(plain):
        return True
    if rules("duties").pattern("forbids").match(text):
        return False  # «4. Đối tượng kiểm toán | - Không đưa hối lộ; không cản trở đoàn.»
    named = find_units(plain)
    for unit in reversed(named):
        plain = plain[: unit.start] + " " * (unit.end - unit.start) + plain[unit.end :]
    opens_with_name = bool(named) and not plain[: named[0].end].strip()
    return (opens_with_name or not begins_with_act(text)) and not rules("units").pattern("office_verb").search(plain)


def only_refers(text: str, start: int, end: int, citations: Iterable[Citation]) -> bool:
    """Nothing but a reference («Theo khoản 2 Điều 3 Luật …») or a word on a cited document («Quy định số … được áp dụng»)."""
    inside = [c for c in citations if start <= c.start and c.end <= end]
    if not inside:
        return False
    words = list(text[start:end])
    for citation in inside:
        words[citation.start - start : citation.end - start] = ["§"] + [" "] * (citation.end - citation.start - 1)
    return bool(rules("duties").pattern("reference_only").match("".join(words)))


_RUN_IN = 4
"""Words of the longest title that ends in a full stop before the sentence («Kiểm tra, giám sát. Công an xã kiểm tra …»)."""


def behind_run_in(text: str, start: int, end: int) -> int | None:
    """Where the sentence behind a run-in title begins, None without one."""
    cut = SENTENCE.search(text, start, min(end, start + TITLE))
    if cut is None or text[cut.start()] != "." or len(text[start : cut.start()].split()) > _RUN_IN:
        return None
    return None if find_units(text[start : cut.start()]) or not subject_of(text, cut.end(), end) else cut.end()


_CAPS_TITLE = re.compile(r"[A-ZĐÀ-Ỹ][^:.;\n]{5,70}:[^\S\n]+(?=\S)")


def title_end(text: str, start: int, end: int) -> int:
    """Offset where the sentence begins that a title runs into without any mark («Trách nhiệm của trưởng ca | Các trưởng ca phải …»),
    or a title in capitals with a colon («TỔ CHỨC THỰC HIỆN: | Phòng A chủ trì; …»)."""
    if (titled := _CAPS_TITLE.match(text, start, end)) and is_caps(titled.group()):
        return titled.end()
    if not rules("duties").pattern("opens_inside").search(text, start, min(end, start + TITLE + 12)):
        return start
    for found in rules("duties").pattern("after_title").finditer(text, start, min(end, start + TITLE)):
        at = found.end()
        title = text[start : found.start()]
        if any(mark in title for mark in ".;:") or subject_of(text, start, found.start()):
            break
        if any(start + m.start < found.start() < start + m.end for m in find_units(text[start : min(end, start + 2 * TITLE)])):
            continue  # «Phòng | Người có công lập …», «Công đoàn | Viên chức tỉnh rà soát …»: one name
        if found.group("fronted") or subject_of(text, at, end):
            return at
    return start


__all__ = ["behind_run_in", "is_statement", "is_thing", "only_refers", "only_tells", "title_end"]

"""Where the duty goes on behind a trigger or a term that is complete: its next act, its object, to whom it hands a thing."""

from __future__ import annotations

import re
from functools import cache

import regex

from extractors.rulebook import rules, word_class
from extractors.unit_names import list_names
from extractors.unit_qualifiers import NOUNS
from extractors.unit_subjects import subject_of, trigger_closed
from extractors.unit_words import Words

STRUCK = 60
"""Characters that «khi xảy ra …» with the name of what happened may take."""
_BY_ACT = tuple(f" {word} " for word in sorted(word_class("time_grammar", "by-act")))


@cache
def firsts(name: str) -> tuple[str, ...]:
    """The words behind a blank with which a rule of ``deadlines_events`` begins: a look cheaper than its pattern."""
    return tuple(f" {word} " for word in rules("deadlines_events")[name].value["firsts"])


def after_term(text: str, at: int, anchors: tuple[str, ...]) -> bool:
    """"trong vòng 02 ngày sau khi kết thúc đợt thiên tai | phải thống kê …": a modal and a verb, or what is to be had, behind a term and
    what it counts from."""
    book, left = rules("deadlines_events"), text[max(0, at - _TERM) : at]
    told = book["must_term"].pattern.match(text, at)
    if told is None or not any(book[name].pattern.search(left) for name in anchors):
        return False
    return told["has"] is not None or Words(text, told.end(), min(len(text), at + STRUCK)).hit(0, "verb") is not None


_TERM = 120
"""Characters that a term and what it counts from may take."""


def act_follows(text: str, at: int) -> bool:
    """The act begins without a comma behind a complete anchor: "kể từ ngày nhận hồ sơ | ban hành quyết định"."""
    book, left = rules("deadlines_events"), text[max(0, at - STRUCK * 2) : at]
    acts = text.startswith(firsts("acts_at_once"), at) and book["acts_at_once"].pattern.match(text, at)
    if acts and book["left_ended"].pattern.search(left):
        return True
    if not text.startswith(firsts("anchor_done"), at):
        return False
    if book["anchor_done"].pattern.match(text, at) is None:
        return False
    return any(book[name].pattern.search(left) is not None for name in ("left_anchor_done", "left_in_force"))


_AND_NOT = (" và không ", " và tuyệt đối không ")
_MATTER = (" việc ", " công tác ", " tình hình ")
"""What is checked, as a noun."""


def _object_behind(text: str, at: int, begin: int) -> bool:
    """"kiểm tra đột xuất khi có phản ánh của Nhân dân | việc chấp hành …": the verb before the trigger still wants its object."""
    book, opens = rules("deadlines_events"), text.rfind("khi", max(0, begin - _OPENED), begin)
    if opens < 0 or book["voiced_by"].pattern.search(text, begin, at) is None:
        return False
    return book["left_checking"].pattern.search(text[max(0, opens - STRUCK) : opens]) is not None


def leaves(text: str, at: int, begin: int) -> bool:
    """Behind the verb of the duty the clause ends before what its doer refrains from ("báo cáo khi có người thân dự thầu | và không
    ký …") and before those whom a procedure meets ("kiểm tra khi có dấu hiệu vi phạm | đối với tổ chức đảng, …") or for
    whom it is done ("kiểm thử trước khi sử dụng | đối với máy cũ")."""
    if text.startswith(_AND_NOT, at):
        name = "and_refrains_then" if counts_from(text, begin) else "and_refrains"
        return rules("deadlines_events")[name].pattern.match(text, at) is not None
    if text.startswith(_MATTER, at):
        return _object_behind(text, at, begin)
    if not text.startswith(" đối với ", at):
        return False
    book = rules("deadlines_events")
    if book["left_suspected"].pattern.search(text, begin, at) is not None:
        return True
    return book["left_bare_step"].pattern.search(text, max(0, begin - _OPENED), at) is not None


def by_act(text: str, at: int) -> bool:
    """«… khi tiếp nhận | theo Nghị định số 118/2025/NĐ-CP»: the act that the duty follows, behind its verb; it belongs to a paper or a
    lack right before it."""
    if not text.startswith(_BY_ACT, at):
        return False
    left, book = text[max(0, at - 40) : at], rules("deadlines")
    return book.pattern("left_short_of").search(left) is None and book.pattern("left_form").search(left) is None


_OPENED = 12
"""Characters that the word of a trigger may take («ngay sau khi»)."""


def body_acts(text: str, at: int, begin: int, limit: int) -> bool:
    """«Khi có mưa lớn | Ban Chỉ huy xã trực …», «Sau khi nước rút | Trạm Y tế tổ chức …»: a named body and its act behind a trigger that
    is complete; elsewhere the body is the owner or object of what stands before it."""
    if not text[at + 1 : at + 2].isupper() or not trigger_closed(text, max(0, begin - _OPENED), at):
        return False
    ends = [found for mark in ("\n", ". ", ";") if (found := text.find(mark, at, limit)) >= 0]
    who = subject_of(text, at + 1, min([limit, *ends]))
    return who is not None and who[0] == at + 1


_JOINTS = (", ", " và ")
"""What joins the next act of the duty to a trigger behind its verb."""


def _happened(text: str, begin: int, at: int) -> regex.Match[str] | None:
    """«có kết luận», «nhận được quyết định của Chánh án», «phát hiện»: the trigger ``text[begin:at]``, its verb and a bare object
    that holds no clause, so that a verb behind it belongs to the duty («phát hiện nhân viên | nhận quà» has one)."""
    verb = rules("deadlines_events")["trigger_verb"].pattern.match(text, begin, at)
    if verb is None:
        return None
    words = Words(text, verb.end(), at)
    # the name of a voice is its object («có | yêu cầu», «nhận được | kiến nghị»), what is over or begun are acts («kết thúc | kiểm tra»)
    voice = words.hit(0, "verb") if verb["comes"] and len(words) else None
    i = voice[0] if voice and voice[1]["word"] in NOUNS else 0
    while i < len(words):
        told = words.hit(i, "verb", "modal") and not {words.word(i), words.word(i - 1)} & _SUFFERS
        if (i and not words.adjacent(i)) or words.word(i) in _MARKS or told:
            return None
        i += 1
        if words.word(i - 1) == "của":
            i = max(i, list_names(words, i)[1])
    return verb


_MARKS = frozenset(",;:.(")
_SUFFERS = frozenset({"được", "bị"})
"""Words behind which a verb describes whom it befalls («đơn của người được | thi hành án»)."""
_NO_OBJECT = word_class("time_grammar", "no-object")


def _next_act(text: str, at: int, *, whole: bool, listed: bool) -> bool:
    """Whether at ``at`` stands what the doer is to do or, behind a comma (``listed``), must not do: a verb and, unless the trigger is
    ``whole``, no second verb of the same object («tiếp nhận, | giải quyết hồ sơ»). One more thing that comes in («và đề nghị | của cử
    tri») or comes about («và phát hiện …») is none."""
    words = Words(text, at, min(len(text), at + STRUCK))
    first = 1 if words.word(0) == "không" else 0
    manner = words.hit(first, "adverb")
    verb = words.hit(manner[0] if manner else first, "verb")
    if verb is None:
        held = words.hit(0, "modal")
        return whole and held is not None and held[1]["word"] == "chịu"
    if first:
        # «và không | tự giải quyết được» tells one more thing that the trigger wants
        able = any(words.word(i) == "được" for i in range(verb[0], min(len(words), verb[0] + 3)))
        return words.word(1) not in _STATES and (listed or (whole and not able))
    person = words.hit(0, "role", "head")
    if not whole or (person and person[0] > verb[0]):
        return False
    told = verb[0] < len(words) and words.word(verb[0]).isalpha() and words.word(verb[0]) not in _NO_OBJECT
    return told and rules("deadlines_events")["comes_about"].pattern.match(text, at) is None


_STATES = word_class("time_grammar", "state-verb")


def acts_next(text: str, at: int, begin: int) -> bool:
    """«… kể từ khi nhận được quyết định của Chánh án | , ghi vào sổ», «khi có yêu cầu | và giải trình …»: behind a whole trigger the duty
    goes on with its next act."""
    joint = next((j for j in _JOINTS if text.startswith(j, at)), "")
    verb = _happened(text, begin, at) if joint else None
    if verb is None:
        return False
    whole = verb.end() < at or verb["whole"] is not None or verb.group().endswith("được")
    return _next_act(text, at + len(joint), whole=whole, listed=joint == ", ")


_RECIPIENT = (" cho ", " về ", " đến ", " tới ")


def handed_to(text: str, at: int, begin: int) -> bool:
    """«Gửi kết luận trong 05 ngày kể từ ngày ký | cho đối tượng», «nộp hồ sơ … kể từ ngày kết thúc đợt kiểm toán | về Vụ Tổng hợp»: to whom
    the duty's verb hands a thing; what is over or found has nobody to whom."""
    if not text.startswith(_RECIPIENT, at):
        return False
    name = text.index(" ", at + 1) + 1
    if not (text[name : name + 1].isupper() or text.startswith(" cho ", at)):
        return False
    verb = _happened(text, begin, at)
    return verb is not None and verb["whole"] is not None and (verb.end() >= at or text[name].isupper())


def counts_from(text: str, begin: int) -> bool:
    """Whether what begins at ``begin`` is the anchor of a term («kể từ | ngày nhận hồ sơ», «kể từ ngày | nhận hồ sơ»)."""
    return _COUNTED.search(text, max(0, begin - _OPENED), begin) is not None


_COUNTED = re.compile(r"\btừ\s{1,3}(?:(?:ngày|khi|lúc|thời điểm)\s{1,3})?$", re.I)


def bound_next(text: str, at: int, begin: int) -> bool:
    """«… kể từ ngày nhận dự thảo | và có quyền đề nghị …»: a right opens the next act, behind a term any modal; «được …» alone where
    the duty is a right itself («Được giải trình trong … | và được mời luật sư»), else it may befall the anchor («được ký và được gửi»)."""
    book = rules("deadlines_events")
    if not text.startswith(firsts("and_bound"), at):
        return False
    bound = book["and_bound"].pattern.match(text, at)
    if bound is None or not (bound["entitled"] or counts_from(text, begin)):
        return False
    if Words(text, bound.end(), min(len(text), at + STRUCK)).hit(0, "verb", "modal") is None:
        return False
    return bound["right"] is None or book["left_right"].pattern.search(text[max(0, begin - _SENTENCE) : begin]) is not None


_SENTENCE = 200
"""Characters from the right of the doer to the anchor of its term."""

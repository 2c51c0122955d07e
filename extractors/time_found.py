"""What the readers of time expressions share: the text under reading and what they found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from extractors.rulebook import Rule, alternation, lexicon, rules, word_class
from extractors.unit_names import list_names
from extractors.unit_qualifiers import NOUNS
from extractors.unit_subjects import subject_of, trigger_closed
from extractors.unit_words import Words
from schemas.record import DeadlineKind

WINDOW = 90
"""Characters looked at to the left of an expression: one long noun phrase."""
LONG_WINDOW = 180
"""Characters looked at for a noun phrase that holds a list («kế hoạch … về A, B, C hằng năm»)."""
CLAUSE = 600
"""Longest clause of a trigger or anchor."""
_BLANK = " \t\u00a0*"
_STRUCK = 60
"""Characters that «khi xảy ra …» with the name of what happened may take."""
_COMPLETE = 3
"""Syllables from which a time clause can be complete before a comma."""
_BY_RULE = tuple(f" {word}" for word in sorted(word_class("time_grammar", "by-rule")))
_BY_FORM = tuple(f" {word}" for word in sorted(word_class("time_grammar", "by-form")))
_BY_PAPER = tuple(f" {word}" for word in sorted(word_class("time_grammar", "by-paper")))
_BY_ACT = tuple(f" {word} " for word in sorted(word_class("time_grammar", "by-act")))
_STOPS = (*_BY_RULE, *_BY_FORM, *_BY_PAPER, *(f" {word} " for word in sorted(word_class("time_grammar", "manner"))))
"""Words that open manner or purpose of the duty."""
_BOUND = frozenset("nblkcthđsvp")
"""First letters of the doers that a modal binds behind a time clause."""
_PERSONS = word_class("time_grammar", "person-end")
"""Last words of persons and bodies, behind which a comma goes on with a list of them."""
_OPENING = "\n\t.;:(-+•*–)"


class Spans:
    """Spans, overlapping ones joined, with a fast test."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                start, end = self._spans[-1][0], max(end, self._spans.pop()[1])
            self._spans.append((start, end))
        self._starts = [s for s, _ in self._spans]

    def covering(self, at: int) -> tuple[int, int] | None:
        i = bisect_right(self._starts, at) - 1
        return self._spans[i] if i >= 0 and at < self._spans[i][1] else None

    def touches(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start) - 1
        if i >= 0 and self._spans[i][1] > start:
            return True
        return i + 1 < len(self._spans) and self._starts[i + 1] < end


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, the day it was issued, citation masks and the spans of time fields (trailers, time columns)."""

    text: str
    issued: date | None
    masks: Spans
    fields: Spans
    exact: bool = True  # the day of issue is known, not only its month

    def left(self, at: int) -> str:
        """The words before ``at`` in its paragraph, at most ``WINDOW`` characters, cut at a semicolon."""
        chunk = self.text[max(0, at - WINDOW) : at]
        cut = max(chunk.rfind(c) for c in "\n\t;")
        return chunk[cut + 1 :]

    def opens_clause(self, at: int) -> bool:
        """Whether only blanks and marks stand between ``at`` and the start of its clause."""
        i = at - 1
        while i >= 0 and self.text[i] in _BLANK:
            i -= 1
        return i < 0 or (self.text[i] in _OPENING and not (self.text[i] == ")" and self._remark(i)))

    def _remark(self, at: int) -> bool:
        """Whether the bracket that closes at ``at`` is a remark inside a clause («báo cáo Thành ủy (qua Văn phòng) | trong 03 ngày»), no
        label («a) …», «(1) …»)."""
        opened = self.text.rfind("(", max(0, at - WINDOW), at)
        before = self.text[max(0, opened - 2) : opened] if opened > 0 else ""
        return before.strip(_BLANK)[-1:].isalnum() and "\n" not in self.text[opened:at]

    def closes_clause(self, at: int) -> bool:
        i = at
        while i < len(self.text) and self.text[i] in " \u00a0":
            i += 1
        return i >= len(self.text) or self.text[i] in ".;)\n\t:,"


@dataclass(slots=True)
class Found:
    """One expression before it becomes a ``Deadline``; fields as there. ``days`` are year-less days that a recurrence
    earlier in the sentence may claim; ``plain`` marks a bare recurrence that a following date refines."""

    start: int
    end: int
    kind: DeadlineKind
    rule: str
    confidence: float = 0.95
    start_on: str | None = None
    due: str | None = None
    inclusive: bool = True
    rrule: str | None = None
    rrules: tuple[str, ...] = ()
    side: str | None = None
    grain: str | None = None
    anchor: str | None = None
    working_days: bool = False
    review: tuple[str, ...] = ()
    days: tuple[tuple[int, int], ...] = ()


@cache
def _openers() -> dict[str, re.Pattern[str]]:
    table: dict[str, re.Pattern[str]] = {}
    for name in ("subject", "verb", "act", "link", "deed"):
        words = alternation([row["text"] for row in lexicon("time_openers") if row["class"] == name])
        table[name] = re.compile(rf"{words}(?!\w)", re.I)
    table["act_word"] = re.compile(rf"(?<!\w){table['act'].pattern}", re.I)
    table["any_verb"] = re.compile(rf"(?<!\w)(?:{table['verb'].pattern}|{table['act'].pattern})", re.I)
    return table


@cache
def _firsts(name: str) -> tuple[str, ...]:
    """The words behind a blank with which a rule of ``deadlines_events`` begins: a look cheaper than its pattern."""
    return tuple(f" {word} " for word in rules("deadlines_events")[name].value["firsts"])


_TALES = tuple("pktđybglmcnrvxsq")
"""First letters of complaints, passives and changes."""


def _goes_on(text: str, at: int) -> bool:
    """Whether a word that could be a command is one more thing that comes in, or one more passive: "khi có đơn thư, | phản ánh của cử
    tri", "khi được bổ nhiệm, | điều động sang vị trí mới"."""
    if not text.startswith(_TALES, at):
        return False
    book, left = rules("deadlines_events"), text[max(0, at - _STRUCK) : at]
    if book["noun_of_telling"].pattern.match(text, at):
        return True
    if book["complaint"].pattern.match(text, at) and book["left_letter"].pattern.search(left):
        return True
    pairs = (("passive_on", "left_passive"), ("moved_on", "left_moved"))
    return any(book[on].pattern.match(text, at) and book[before].pattern.search(left) for on, before in pairs)


def _opens_main_clause(text: str, at: int, limit: int, verbs: bool, said: int) -> bool:
    """Whether the words after a comma begin the main clause rather than go on with the time clause, of which ``said`` syllables
    are read: "khi tiếp nhận, giải quyết hồ sơ" lists verbs, "khi nhận được tin báo, cử người" is complete."""
    openers = _openers()
    if openers["link"].match(text, at) or rules("deadlines_events")["own_term"].pattern.match(text, at):
        return True
    if verbs and (openers["verb"].match(text, at) or openers["act"].match(text, at)):
        return True
    if verbs and said >= _COMPLETE and openers["deed"].match(text, at):
        return True
    if text[at : at + 1] in _BOUND and rules("deadlines_events")["bound_subject"].pattern.match(text, at):
        return text[max(0, at - 20) : at].rstrip(" ,").rsplit(" ", 1)[-1].lower() not in _PERSONS
    named = text[at : at + 1].isupper() or openers["subject"].match(text, at) is not None
    if not named:
        return False
    stops = (found for mark in ("\n", ". ", "; ") if (found := text.find(mark, at, limit)) >= 0)
    return openers["any_verb"].search(text, at, min(limit, at + 240, *stops)) is not None


def _of_trigger(text: str, at: int) -> bool:
    """Whether the modal at ``at`` is part of what may happen and commands nothing: «nếu có vướng mắc | hoặc cần sửa đổi», «… hoặc có nội
    dung | cần bổ sung»."""
    book, left = rules("deadlines_events"), text[max(0, at - 24) : at].rstrip()
    if book["needs"].pattern.match(text, at) is None:
        return False
    return left.endswith((" hoặc", " và")) or book["left_must_noun"].pattern.search(left) is not None


def _joins_duty(text: str, at: int) -> bool:
    """`` và báo cáo …``, `` và thường xuyên``: the duty goes on, or another time, not the trigger."""
    if not text.startswith(" và ", at):
        return False
    if _of_trigger(text, at + 4):
        return False
    as_often = rules("deadlines_events")["goes_on_as_often"].pattern
    return _openers()["act"].match(text, at + 4) is not None or as_often.match(text, at + 4) is not None


def _asks(text: str, at: int) -> bool:
    """`` đề nghị các cơ quan …``, `` đề nghị Sở Y tế …``: who is asked stands behind, so the request is no part of the trouble."""
    found = rules("deadlines_events")["asks"].pattern.match(text, at)
    return found is not None and (text[found.end()].isupper() or _openers()["subject"].match(text, found.end()) is not None)


def _addressed(text: str, at: int) -> bool:
    """The command begins without a comma: "nếu có vướng mắc | các đơn vị báo cáo về Sở", "khi xảy ra tai nạn | cử lực lượng …"."""
    book = rules("deadlines_events")
    if book["struck_deed"].pattern.match(text, at):
        return book["left_struck"].pattern.search(text[max(0, at - _STRUCK) : at]) is not None
    if book["body_tells"].pattern.match(text, at):
        return book["left_hindrance"].pattern.search(text[max(0, at - 40) : at]) is not None
    return False


def _commands(text: str, at: int) -> bool:
    """`` phải báo cáo …`` without a comma before it; "vụ việc phải xin ý kiến" goes on with the noun. So does a verb of telling
    behind what happened: "khi gặp vướng mắc phản hồi về Phòng"."""
    if text.startswith(_firsts("tells"), at):
        book = rules("deadlines_events")
        told = book["left_trouble"].pattern.search(text[max(0, at - 24) : at])
        if told is not None and (book["tells"].pattern.match(text, at) is not None or _asks(text, at)):
            return True
    if _addressed(text, at):
        return True
    if not text.startswith((*_firsts("must"), *_firsts("must_term")), at):
        return False
    book = rules("deadlines_events")
    if book["left_must_noun"].pattern.search(text[max(0, at - 24) : at]) is not None:
        return _after_term(text, at, ("left_anchor_done",))  # «kể từ khi nhận hồ sơ | không được yêu cầu bổ sung»
    return book["must"].pattern.match(text, at) is not None or _after_term(text, at, ("left_since", "left_anchor_done"))


def _after_term(text: str, at: int, anchors: tuple[str, ...]) -> bool:
    """"trong vòng 02 ngày sau khi kết thúc đợt thiên tai | phải thống kê …": a modal and a verb, or what is to be had, behind a term and
    what it counts from."""
    book, left = rules("deadlines_events"), text[max(0, at - _TERM) : at]
    told = book["must_term"].pattern.match(text, at)
    if told is None or not any(book[name].pattern.search(left) for name in anchors):
        return False
    return told["has"] is not None or Words(text, told.end(), min(len(text), at + _STRUCK)).hit(0, "verb") is not None


_TERM = 120
"""Characters that a term and what it counts from may take."""


def _act_follows(text: str, at: int) -> bool:
    """The act begins without a comma behind a complete anchor: "kể từ ngày nhận hồ sơ | ban hành quyết định"."""
    book, left = rules("deadlines_events"), text[max(0, at - _STRUCK * 2) : at]
    acts = text.startswith(_firsts("acts_at_once"), at) and book["acts_at_once"].pattern.match(text, at)
    if acts and book["left_ended"].pattern.search(left):
        return True
    if not text.startswith(_firsts("anchor_done"), at):
        return False
    if book["anchor_done"].pattern.match(text, at) is None:
        return False
    return any(book[name].pattern.search(left) is not None for name in ("left_anchor_done", "left_in_force"))


_AS_TASK = tuple(f" là {what} " for what in sorted(word_class("time_grammar", "task-noun")))
"""«Công khai kết luận trong 10 ngày kể từ ngày ký | là trách nhiệm của …»: what the whole sentence is, behind its time."""

_MATTER = (" việc ", " công tác ", " tình hình ")
"""What is checked, as a noun."""


def _object_behind(text: str, at: int, begin: int) -> bool:
    """"kiểm tra đột xuất khi có phản ánh của Nhân dân | việc chấp hành …": the verb before the trigger still wants its object."""
    book, opens = rules("deadlines_events"), text.rfind("khi", max(0, begin - _OPENED), begin)
    if opens < 0 or book["voiced_by"].pattern.search(text, begin, at) is None:
        return False
    return book["left_checking"].pattern.search(text[max(0, opens - _STRUCK) : opens]) is not None


def _leaves(text: str, at: int, begin: int) -> bool:
    """Behind the verb of the duty the clause ends before what its doer refrains from ("báo cáo khi có người thân dự thầu | và không
    ký …") and before those whom a procedure meets ("kiểm tra khi có dấu hiệu vi phạm | đối với tổ chức đảng, …")."""
    if text.startswith(_firsts("and_refrains"), at):
        return rules("deadlines_events")["and_refrains"].pattern.match(text, at) is not None
    if text.startswith(_MATTER, at):
        return _object_behind(text, at, begin)
    if not text.startswith(" đối với ", at):
        return False
    return rules("deadlines_events")["left_suspected"].pattern.search(text, begin, at) is not None


def _stops(text: str, at: int) -> bool:
    """Whether manner or purpose of the duty begins at the blank at ``at``: "… kể từ ngày bế mạc theo mẫu tại Phụ lục I"."""
    if not text.startswith(_STOPS, at) or rules("deadlines").pattern("asks_which").match(text, at):
        return False
    if text.startswith(_BY_RULE, at) and rules("deadlines").pattern("left_short_of").search(text[max(0, at - 40) : at]):
        return False
    return not (text.startswith(_BY_FORM, at) and rules("deadlines").pattern("left_form").search(text[max(0, at - 12) : at]))


def _by_act(text: str, at: int) -> bool:
    """«… khi tiếp nhận | theo Nghị định số 118/2025/NĐ-CP»: the act that the duty follows, behind its verb; it belongs to a paper or a
    lack right before it."""
    if not text.startswith(_BY_ACT, at):
        return False
    left, book = text[max(0, at - 40) : at], rules("deadlines")
    return book.pattern("left_short_of").search(left) is None and book.pattern("left_form").search(left) is None


_OPENED = 12
"""Characters that the word of a trigger may take («ngay sau khi»)."""


def _body_acts(text: str, at: int, begin: int, limit: int) -> bool:
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
    words = Words(text, at, min(len(text), at + _STRUCK))
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


def _acts_next(text: str, at: int, begin: int) -> bool:
    """«… kể từ khi nhận được quyết định của Chánh án | , ghi vào sổ», «khi có yêu cầu | và giải trình …»: behind a whole trigger the duty
    goes on with its next act."""
    joint = next((j for j in _JOINTS if text.startswith(j, at)), "")
    verb = _happened(text, begin, at) if joint else None
    if verb is None:
        return False
    whole = verb.end() < at or verb["whole"] is not None or verb.group().endswith("được")
    return _next_act(text, at + len(joint), whole=whole, listed=joint == ", ")


_RECIPIENT = (" cho ", " về ", " đến ", " tới ")


def _handed_to(text: str, at: int, begin: int) -> bool:
    """«Gửi kết luận trong 05 ngày kể từ ngày ký | cho đối tượng», «nộp hồ sơ … kể từ ngày kết thúc đợt kiểm toán | về Vụ Tổng hợp»: to whom
    the duty's verb hands a thing; what is over or found has nobody to whom."""
    if not text.startswith(_RECIPIENT, at):
        return False
    name = text.index(" ", at + 1) + 1
    if not (text[name : name + 1].isupper() or text.startswith(" cho ", at)):
        return False
    verb = _happened(text, begin, at)
    return verb is not None and verb["whole"] is not None and (verb.end() >= at or text[name].isupper())


def _leads_on(text: str, at: int, begin: int, *, fronted: bool) -> bool:
    """Whether the words behind the blank at ``at`` belong to the duty: its manner, its second act, its act behind the term."""
    if text.startswith(_AS_TASK, at):
        return True
    if not fronted and (_by_act(text, at) or _leaves(text, at, begin) or _acts_next(text, at, begin) or _handed_to(text, at, begin)):
        return True
    return _stops(text, at) or _joins_duty(text, at) or _act_follows(text, at)


def _told_behind(text: str, comma: int, end: int, limit: int) -> bool:
    """Whether the main clause begins at ``comma``: a command stands before ``end``, or who acts right behind the comma ("Khi gia đình đề
    nghị, | bệnh viện cung cấp …"), unless that goes on with the persons and bodies before it ("Khi cơ quan, | đơn vị yêu cầu …")."""
    if any(not _of_trigger(text, found.start()) for found in _openers()["act_word"].finditer(text, comma, end)):
        return True
    return _doer_behind(text, comma, limit)


def _doer_behind(text: str, comma: int, limit: int) -> bool:
    """Whether who acts stands right behind ``comma`` and does not go on with persons listed before it."""
    if text[max(0, comma - 20) : comma].rsplit(" ", 1)[-1].lower() in _PERSONS:
        return False
    who = subject_of(text, comma + 1, limit)
    # «…, người nộp thuế liên quan | đến việc …» tells of whom, and nobody acts there
    return who is not None and not text[comma + 1 : who[0]].strip() and not text.startswith((" đến ", " tới "), who[1])


def _noted_doer(text: str, comma: int, limit: int) -> bool:
    """«…, | chi ủy (nơi không có chi ủy thì bí thư chi bộ) xác minh»: who acts, with a remark that stands between him and his act."""
    mark = text.find("(", comma, min(limit, comma + _STRUCK))
    if mark < 0 or any(c in text[comma + 1 : mark] for c in ",.;:\n"):
        return False
    return _doer_behind(text, comma, limit)


def clause_end(text: str, begin: int, *, fronted: bool, verbs: bool = True, listed: bool = False) -> int:
    """End of the clause whose words begin at ``begin``.

    It runs to the end of the sentence (``;`` does not end it where ``listed``: "khi: a; b"), or to the comma after which
    the main clause begins. A fronted clause must end at a comma: where no opener is known, the first one.
    """
    stop = min(len(text), begin + CLAUSE)
    hard = ".\n\t)" if listed else ".;\n\t):"
    end = begin
    first_comma = body = None
    named = False
    while end < stop:
        char = text[end]
        if char in hard and not (char == "." and end + 1 < len(text) and (text[end + 1].isalnum())):
            break
        if char == "(":
            close = text.find(")", end, min(stop, end + 120))
            end = close if close > 0 else end
        elif char == ",":
            word = end + 1
            while word < stop and text[word] == " ":
                word += 1
            listed_on = _goes_on(text, word)
            behind = verbs and not fronted and not listed_on and _acts_next(text, end, begin)
            if behind or (not listed_on and _opens_main_clause(text, word, stop, verbs, text.count(" ", begin, end) + 1)):
                named = subject_of(text, word, stop) is not None if body else False
                break
            if first_comma is not None and fronted and not listed_on and _noted_doer(text, end, stop):
                break
            first_comma = end if first_comma is None and not listed_on else first_comma
        elif char == " " and (_leads_on(text, end, begin, fronted=fronted) or (verbs and _commands(text, end))):
            break
        elif char == " " and fronted and body is None and _body_acts(text, end, begin, stop):
            body = end
        end += 1
    else:
        end = stop
    if body is not None and not named:
        return body
    reached_end = end >= stop or text[end] in hard
    if fronted and not reached_end and first_comma is not None and _told_behind(text, first_comma, end, stop):
        end = first_comma  # "Khi xảy ra cháy, chủ hộ phải báo tin, cử người …": the command stands before the comma that stopped
    if fronted and reached_end and first_comma is not None:
        end = first_comma
    while end > begin and text[end - 1] in " ,\u00a0*":
        end -= 1
    return end


@cache
def _by_first(book: str) -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in rules(book).values():
        for letter in rule.value.get("first", ""):
            table.setdefault(letter, []).append(rule)
    return {letter: tuple(found) for letter, found in table.items()}


def rules_at(book: str, text: str, at: int) -> tuple[Rule, ...]:
    """The rules of a book that can begin with the character at ``at``, in file order."""
    letter = text[at : at + 1].lower()
    return _by_first(book).get("0" if letter.isdigit() else letter, ())


@cache
def unit_table() -> dict[str, dict[str, str]]:
    """Rows of ``time_units.csv`` by word."""
    return {row["text"]: dict(row) for row in lexicon("time_units")}


@cache
def numbers() -> dict[str, int]:
    """Numbers written in words."""
    return {row["text"]: int(row["value"]) for row in lexicon("time_numbers")}


def number(written: str) -> int:
    """A number in digits or words, a remark in brackets ignored; 0 where it is none."""
    word = written.split("(")[0].strip().lower()
    return int(word) if word.isdigit() else numbers().get(word, 0)


def matches_left(book: str, name: str, left: str) -> bool:
    """Whether a rule that ends in ``$`` matches the words before an expression."""
    return rules(book)[name].pattern.search(left) is not None


def qualifies_noun(reading: Reading, start: int, end: int) -> bool:
    """Whether what recurs at ``text[start:end]`` describes the noun before it: "kế hoạch công tác hằng năm của ngành", "phong trào đọc
    sách thường xuyên, sâu rộng", "nâng cao khả năng cập nhật thường xuyên"."""
    if reading.opens_clause(start) or reading.fields.covering(start):
        return False
    book, left = rules("deadlines"), reading.left(start)
    long_left = re.split(r"[.;\n\t]", reading.text[max(0, start - LONG_WINDOW) : start])[-1]
    declared = book["left_declared"].pattern.search(left) and not book["right_yearless"].pattern.match(reading.text, end)
    if declared or book["left_trait"].pattern.search(long_left):
        return True
    if book["right_of_body"].pattern.match(reading.text, end) and book["left_thing_listed"].pattern.search(left):
        return True
    if not book["left_thing"].pattern.search(left) or book["left_pair"].pattern.search(left):
        return False
    if book["right_of_body"].pattern.match(reading.text, end) or book["right_of_plan"].pattern.match(reading.text, end):
        return True
    second = book["right_quality"].pattern
    return bool(second.match(reading.text, end) or second.search(reading.text, start, end))

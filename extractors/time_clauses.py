"""Where the clause of a trigger or an anchor ends: before the main clause, manner and purpose of the duty, its next act."""

from __future__ import annotations

import re
from functools import cache

from extractors.rulebook import alternation, lexicon, rules, word_class
from extractors.time_next_acts import (
    STRUCK,
    act_follows,
    acts_next,
    after_term,
    body_acts,
    bound_next,
    by_act,
    counts_from,
    firsts,
    handed_to,
    leaves,
)
from extractors.unit_names import list_names
from extractors.unit_subjects import CASES, names_open, subject_of
from extractors.unit_words import Words

CLAUSE = 600
"""Longest clause of a trigger or anchor."""
_COMPLETE = 3
"""Syllables from which a time clause can be complete before a comma."""
_BY_RULE = tuple(f" {word}" for word in sorted(word_class("time_grammar", "by-rule")))
_BY_FORM = tuple(f" {word}" for word in sorted(word_class("time_grammar", "by-form")))
_BY_PAPER = tuple(f" {word}" for word in sorted(word_class("time_grammar", "by-paper")))
_STOPS = (*_BY_RULE, *_BY_FORM, *_BY_PAPER, *(f" {word} " for word in sorted(word_class("time_grammar", "manner"))))
"""Words that open manner or purpose of the duty."""
_BOUND = frozenset("nblkcthđsvp")
"""First letters of the doers that a modal binds behind a time clause."""
_PERSONS = word_class("time_grammar", "person-end")
"""Last words of persons and bodies, behind which a comma goes on with a list of them."""


@cache
def _openers() -> dict[str, re.Pattern[str]]:
    table: dict[str, re.Pattern[str]] = {}
    for name in ("subject", "verb", "act", "link", "deed"):
        words = alternation([row["text"] for row in lexicon("time_openers") if row["class"] == name])
        table[name] = re.compile(rf"{words}(?!\w)", re.I)
    table["act_word"] = re.compile(rf"(?<!\w){table['act'].pattern}", re.I)
    table["any_verb"] = re.compile(rf"(?<!\w)(?:{table['verb'].pattern}|{table['act'].pattern})", re.I)
    return table


_TALES = tuple("pktđybglmcnrvxsq")
"""First letters of complaints, passives and changes."""


def commands(words: str) -> bool:
    """Whether words begin with a command."""
    return _openers()["act"].match(words.lstrip(" -+*•–")) is not None


def commands_behind(words: str, *kinds: str) -> bool:
    """Whether a command of one of the kinds begins behind a comma in ``words``."""
    return any(_openers()[kind].match(part.lstrip()) for part in words.split(",")[1:] for kind in kinds)


def _goes_on(text: str, at: int) -> bool:
    """Whether a word that could be a command is one more thing that comes in, or one more passive: "khi có đơn thư, | phản ánh của cử
    tri", "khi được bổ nhiệm, | điều động sang vị trí mới"."""
    if not text.startswith(_TALES, at):
        return False
    book, left = rules("deadlines_events"), text[max(0, at - STRUCK) : at]
    if book["noun_of_telling"].pattern.match(text, at):
        return True
    if book["sign_goes_on"].pattern.match(text, at) and book["left_sign"].pattern.search(left):
        return True
    if book["complaint"].pattern.match(text, at) and book["left_letter"].pattern.search(left):
        return True
    pairs = (("passive_on", "left_passive"), ("moved_on", "left_moved"))
    return any(book[on].pattern.match(text, at) and book[before].pattern.search(left) for on, before in pairs)


def _opens_main_clause(text: str, at: int, limit: int, verbs: bool, said: int) -> bool:
    """Whether the words after a comma begin the main clause rather than go on with the time clause, of which ``said`` syllables
    are read: "khi tiếp nhận, giải quyết hồ sơ" lists verbs, "khi nhận được tin báo, cử người" is complete."""
    openers = _openers()
    book = rules("deadlines_events")
    if openers["link"].match(text, at) or book["own_term"].pattern.match(text, at) or book["all_of_whom"].pattern.match(text, at):
        return True
    if verbs and (openers["verb"].match(text, at) or openers["act"].match(text, at)):
        return True
    if verbs and said >= _COMPLETE and openers["deed"].match(text, at):
        return True
    if text[at : at + 1] in _BOUND and book["bound_subject"].pattern.match(text, at):
        return not _behind_person(text, at)
    named = text[at : at + 1].isupper() or openers["subject"].match(text, at) is not None
    if not named:
        return _each_acts(text, at, limit)
    stops = (found for mark in ("\n", ". ", "; ") if (found := text.find(mark, at, limit)) >= 0)
    return openers["any_verb"].search(text, at, min(limit, at + 240, *stops)) is not None


def _each_acts(text: str, at: int, limit: int) -> bool:
    """«ngay khi bàn giao, | mỗi bên giữ 01 bản»: each of those who act, whatever he does."""
    if not text.startswith(_EACH, at) or _behind_person(text, at):
        return False
    who = subject_of(text, at, limit)
    if who is not None:
        return who[0] == at
    words = Words(text, at, min(limit, at + STRUCK))  # «mỗi người giữ một liên»
    return any(words.hit(i, "verb") for i in (2, 3))


_EACH = tuple(f"{word} " for word in sorted(word_class("time_grammar", "each")))


def _behind_person(text: str, at: int) -> bool:
    """Whether the last word before ``at`` names persons or bodies, so that a comma there goes on with a list of them."""
    return text[max(0, at - 20) : at].rstrip(" ,").rsplit(" ", 1)[-1].lower() in _PERSONS


def _own_time(text: str, at: int, begin: int) -> bool:
    """Whether behind a comma another time of the duty begins: «trong 05 ngày kể từ ngày nhận việc, | khi có thay đổi thì …»; triggers
    listed one behind the other are one event until «thì» closes the last of them."""
    book = rules("deadlines_events")
    if counts_from(text, begin):
        return book["own_trigger"].pattern.match(text, at) is not None
    return book["own_case"].pattern.match(text, at) is not None


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
    if _asks(text, at + 3):
        return True  # «khi có căn cứ cho rằng mình không vô tư | và đề nghị Chánh án …»
    return _openers()["act"].match(text, at + 4) is not None or as_often.match(text, at + 4) is not None


def _asks(text: str, at: int) -> bool:
    """`` đề nghị các cơ quan …``, `` đề nghị Sở Y tế …``: who is asked stands behind, so the request is no part of the trouble."""
    found = rules("deadlines_events")["asks"].pattern.match(text, at)
    return found is not None and (text[found.end()].isupper() or _openers()["subject"].match(text, found.end()) is not None)


def _addressed(text: str, at: int) -> bool:
    """The command begins without a comma: "nếu có vướng mắc | các đơn vị báo cáo về Sở", "khi xảy ra tai nạn | cử lực lượng …"."""
    book = rules("deadlines_events")
    if book["struck_deed"].pattern.match(text, at):
        return book["left_struck"].pattern.search(text[max(0, at - STRUCK) : at]) is not None
    if book["body_tells"].pattern.match(text, at):
        return book["left_hindrance"].pattern.search(text[max(0, at - 40) : at]) is not None
    return False


def _commands(text: str, at: int) -> bool:
    """`` phải báo cáo …`` without a comma before it; "vụ việc phải xin ý kiến" goes on with the noun. So does a verb of telling
    behind what happened: "khi gặp vướng mắc phản hồi về Phòng"."""
    if text.startswith(firsts("tells"), at):
        book = rules("deadlines_events")
        told = book["left_trouble"].pattern.search(text[max(0, at - 24) : at])
        if told is not None and (book["tells"].pattern.match(text, at) is not None or _asks(text, at)):
            return True
    if _addressed(text, at):
        return True
    if not text.startswith((*firsts("must"), *firsts("must_term")), at):
        return False
    book = rules("deadlines_events")
    if book["left_must_noun"].pattern.search(text[max(0, at - 24) : at]) is not None:
        return after_term(text, at, ("left_anchor_done",))  # «kể từ khi nhận hồ sơ | không được yêu cầu bổ sung»
    return book["must"].pattern.match(text, at) is not None or after_term(text, at, ("left_since", "left_anchor_done"))


_AS_TASK = tuple(f" là {what} " for what in sorted(word_class("time_grammar", "task-noun")))
"""«Công khai kết luận trong 10 ngày kể từ ngày ký | là trách nhiệm của …»: what the whole sentence is, behind its time."""


_OR_ON_CALL = tuple(f" hoặc {word} " for word in sorted(word_class("time_grammar", "or-on-call")))
"""«báo cáo khi xảy ra sự cố | hoặc theo yêu cầu của …», «… nếu thấy cần | hoặc khi …»: on whose word, on what occasion besides."""


def _stops(text: str, at: int) -> bool:
    """Whether manner or purpose of the duty begins at the blank at ``at``: "… kể từ ngày bế mạc theo mẫu tại Phụ lục I"."""
    if not text.startswith(_STOPS, at) or rules("deadlines").pattern("asks_which").match(text, at):
        return False
    if text.startswith(_BY_RULE, at) and rules("deadlines").pattern("left_short_of").search(text[max(0, at - 40) : at]):
        return False
    return not (text.startswith(_BY_FORM, at) and rules("deadlines").pattern("left_form").search(text[max(0, at - 12) : at]))


def _leads_on(text: str, at: int, begin: int, *, fronted: bool) -> bool:
    """Whether the words behind the blank at ``at`` belong to the duty: its manner, its second act, its act behind the term."""
    if text.startswith(_AS_TASK, at) or (not fronted and text.startswith(_OR_ON_CALL, at)):
        return True
    if not fronted and (by_act(text, at) or leaves(text, at, begin) or acts_next(text, at, begin) or handed_to(text, at, begin)):
        return True
    if not fronted and (bound_next(text, at, begin) or _manner_next(text, at, begin)):
        return True
    return _stops(text, at) or _joins_duty(text, at) or act_follows(text, at)


def _manner_next(text: str, at: int, begin: int) -> bool:
    """«… khi có thông báo | chủ động bố trí lực lượng», «khi có sự cố | kịp thời xử lý»: how the duty is done and its act, behind a
    complete clause."""
    if not text.startswith(_MANNERS, at) or text.count(" ", begin, at) < _COMPLETE - 1 or text.endswith(_NO_END, begin, at):
        return False
    words = Words(text, at, min(len(text), at + STRUCK))
    manner = words.hit(0, "adverb")
    return manner is not None and words.hit(manner[0], "verb") is not None


_MANNERS = tuple(f" {word} " for word in ("chủ động", "kịp thời", "nhanh chóng", "khẩn trương"))
_NO_END = tuple(f" {word}" for word in ("không", "chưa", "cần", "để", "và", "phải", "được", "đã", "phối hợp", "hoặc"))
"""Words that tell of the clause itself what stands behind them."""


def _told_behind(text: str, comma: int, end: int, limit: int) -> bool:
    """Whether the main clause begins at ``comma``: a command stands before ``end``, or who acts right behind the comma ("Khi gia đình đề
    nghị, | bệnh viện cung cấp …"), unless that goes on with the persons and bodies before it ("Khi cơ quan, | đơn vị yêu cầu …")."""
    if any(not _of_trigger(text, found.start()) for found in _openers()["act_word"].finditer(text, comma, end)):
        return True
    if _doer_behind(text, comma, limit):
        return True
    later = text.find(",", comma + 1, limit)  # «Khi đổi địa chỉ, tự kê khai sai, | người nộp thuế phải …»
    return _acts_at_once(text, comma + 1, end) and not (later >= 0 and _doer_behind(text, later, limit))


def _acts_at_once(text: str, at: int, end: int) -> bool:
    """«Khi nhận được tin báo, | trực tiếp chỉ đạo xử lý và …», «khi có dịch, | thông báo ngay cho …»: an act told with its manner begins
    the main clause."""
    words = Words(text, at, end)
    manner = words.hit(0, "adverb")
    verb = words.hit(manner[0] if manner else 0, "verb")
    return verb is not None and (manner is not None or words.word(verb[0]) == "ngay")


def _doer_behind(text: str, comma: int, limit: int) -> bool:
    """Whether who acts stands right behind ``comma`` and does not go on with persons listed before it."""
    if _behind_person(text, comma):
        return False
    who = subject_of(text, comma + 1, limit)
    # «…, người nộp thuế liên quan | đến việc …» tells of whom, and nobody acts there
    return who is not None and not text[comma + 1 : who[0]].strip() and not text.startswith((" đến ", " tới "), who[1])


def _noted_doer(text: str, comma: int, limit: int) -> bool:
    """«…, | chi ủy (nơi không có chi ủy thì bí thư chi bộ) xác minh»: who acts, with a remark that stands between him and his act."""
    mark = text.find("(", comma, min(limit, comma + STRUCK))
    if mark < 0 or any(c in text[comma + 1 : mark] for c in ",.;:\n"):
        return False
    return _doer_behind(text, comma, limit)


_TELLING = frozenset({"có", "được", "bị"})
"""Words that tell something of those named."""
_CASES = tuple(f"{word} " for word in CASES)


def _names_alone(text: str, begin: int, comma: int) -> bool:
    """«khi các cơ quan, | tổ chức có thẩm quyền yêu cầu»: so far only those are named to whom or by whom something comes about."""
    if comma - begin > STRUCK or not text[max(0, begin - 4) : begin].lower().endswith(_CASES):
        return False
    words = Words(text, begin, comma)
    return names_open(words, 0) and _TELLING.isdisjoint(words.low) and list_names(words, 0)[1] == len(words)


def before_doer(text: str, begin: int, end: int) -> int:
    """End of the clause ``text[begin:end]`` that a comma opens («Vì vậy, | trước khi nghiệm thu, | chủ đầu tư lấy ý kiến …»): the first
    comma behind which who acts in the main clause stands."""
    comma = text.find(",", begin, end)
    while comma >= 0:
        if _doer_behind(text, comma, min(len(text), begin + CLAUSE)):
            return comma
        comma = text.find(",", comma + 1, end)
    return end


def before_act(text: str, begin: int, end: int) -> int:
    """End of the clause ``text[begin:end]`` set off behind its subject («Sở Y tế, trước khi cử viên chức đi học|, lấy ý kiến …»): the first
    comma behind which an act stands, where the act of the clause has its object, else the last one: the subject still wants its act."""
    words = Words(text, begin, end)
    verb = words.hit(0, "verb")
    if verb is None or text.startswith(",", end):
        return end  # the act stands behind that comma
    last, done = end, words.end(verb[0])
    comma = text.find(",", done, end)
    while comma >= 0:
        if Words(text, comma + 1, end).hit(0, "verb"):
            last = comma
            if text[done:comma].strip():
                break
        comma = text.find(",", comma + 1, end)
    return last


def clause_end(text: str, begin: int, *, fronted: bool, verbs: bool = True, listed: bool = False) -> int:
    """End of the clause whose words begin at ``begin``.

    It runs to the end of the sentence (``;`` does not end it where ``listed``: "khi: a; b"), or to the comma after which
    the main clause begins. A fronted clause must end at a comma: where no opener is known, the first one.
    """
    stop = min(len(text), begin + CLAUSE)
    hard = ".\n\t)" if listed else ".;\n\t):"
    end = named_to = begin
    first_comma = body = None
    named = False
    while end < stop:
        char = text[end]
        if char in hard and not (char == "." and end + 1 < len(text) and (text[end + 1].isalnum())):
            break
        if char == "(":
            close = text.find(")", end, min(stop, end + 120))
            end = close if close > 0 else end
        elif char == "," and text.startswith("…", end + 1):
            break  # «khi có sốt, ho, khó thở|,… theo hướng dẫn»
        elif char == ",":
            word = end + 1
            while word < stop and text[word] == " ":
                word += 1
            if _own_time(text, word, begin):
                break
            if _names_alone(text, begin, end):
                end = named_to = end + 1
                continue
            listed_on = _goes_on(text, word)
            behind = verbs and not fronted and not listed_on and acts_next(text, end, begin)
            if behind or (not listed_on and _opens_main_clause(text, word, stop, verbs, text.count(" ", begin, end) + 1)):
                named = subject_of(text, word, stop) is not None if body else False
                break
            if first_comma is not None and fronted and not listed_on and _noted_doer(text, end, stop):
                break
            first_comma = end if first_comma is None and not listed_on else first_comma
        elif char == " " and (_leads_on(text, end, begin, fronted=fronted) or (verbs and _commands(text, end))):
            break
        elif char == " " and fronted and body is None and body_acts(text, end, begin, stop):
            body = end
        end += 1
    else:
        end = stop
    if body is not None and not named:
        return body
    reached_end = end >= stop or text[end] in hard
    if fronted and not reached_end and first_comma is not None and _told_behind(text, first_comma, end, stop):
        end = first_comma  # "Khi xảy ra cháy, chủ hộ phải báo tin, cử người …": the command stands before the comma that stopped
    elif fronted and not reached_end and (comma := text.rfind(",", named_to, end)) >= 0 and _doer_behind(text, comma, stop):
        end = comma  # «Khi bị gây sức ép, đe dọa, | thành viên tổ phải …»: who is bound stands before the modal that stopped
    if fronted and reached_end and first_comma is not None:
        end = first_comma
    while end > begin and text[end - 1] in " ,\u00a0*":
        end -= 1
    return end

"""The subject of a clause: the bodies and persons that begin it and are told to act.

The grammar of names (``unit_names``) says whether a name stands there and where it ends; a predicate must follow it. Offsets are
those of the text that was given. Source: domain.md 3.3, 4.4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.rulebook import Row, rules, word_class
from extractors.unit_asides import aside_at
from extractors.unit_binding import binds
from extractors.unit_cases import behind_case, behind_state, set_to_work
from extractors.unit_endings import LONGEST, body_ends
from extractors.unit_far_told import told_far
from extractors.unit_names import Name, list_names, parse_list
from extractors.unit_persons import persons
from extractors.unit_predicates import acts_behind, predicate_follows
from extractors.unit_restrictions import fields_end
from extractors.unit_set_off import acts_behind_ground, behind_help, taking_in, without_head
from extractors.unit_stands import SET_UP
from extractors.unit_towards import own_work_follows
from extractors.unit_until import until_bound
from extractors.unit_words import Words, closes_short

Span = tuple[int, int]

CACHED = 2048
"""Answers kept: one heading is asked for each of its items, one item several times; a plan has a few hundred of both."""

_MARKS = re.compile(r"[\n.;]")
FILLER = " \t\n*_“”\"'"
"""Marks around a clause that are no part of it."""
REACH = 900
"""Characters behind a cue in which a list of names may stand."""


def spans_of(found: Sequence[Name]) -> tuple[Span, ...]:
    return tuple((n.start, n.end) for n in found)


def labels_of(found: Sequence[Name]) -> tuple[str, ...]:
    return tuple(n.name for n in found)


def window(text: str, start: int, end: int) -> Words:
    """Words after a cue: a list of names never runs further, so that many cues cost no more than their text."""
    return Words(text, start, min(end, start + REACH))


class Listed(NamedTuple):
    """The list of names that a stretch of text begins with, and the word behind it."""

    words: Words
    names: list[Name]
    behind: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Listed:
        words = Words(text, start, end)
        return cls(words, *list_names(words, 0))


def strip_span(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in FILLER:
        start += 1
    while end > start and text[end - 1] in FILLER + ".:;,":
        end -= 1
    return start, end


@lru_cache(maxsize=CACHED)
def subject_of(text: str, start: int = 0, end: int | None = None) -> Span | None:
    """The addressee phrase that begins the clause ``text[start:end]`` as its subject, None where the clause has none.

    A subject needs a predicate after it (a verb, a modal, an adverb, «theo …», «trong phạm vi …»). Fronted adverbials
    («Hằng năm, …», «Căn cứ …, …») are passed over; a clause about «Việc …» has no body as subject.
    """
    start, end = strip_span(text, start, len(text) if end is None else end)
    found = subject_list(text, start, end)
    return (found[0].start, found[-1].end) if found else None


def subject_names(text: str, start: int = 0, end: int | None = None) -> tuple[str, ...]:
    """Names in the subject of the clause, as an auditor lists them."""
    start, end = strip_span(text, start, len(text) if end is None else end)
    return labels_of(subject_list(text, start, end))


def subject_list(text: str, start: int, end: int, *, listed_only: bool = False, known: Listed | None = None) -> list[Name]:
    """``listed_only``: the predicate must be a listed one, since a heading may just describe («Chính quyền | điện tử»); ``known``: what
    was already read at the head of ``text[start:end]``."""
    if start >= end:
        return []
    book = rules("units")
    if book.pattern("no_body_subject").match(text, start, end):
        return []
    if own := _own_person(text, start, end):
        return own
    if "%" in text[start : start + _SHARE] and (share := book.pattern("all_of_them").match(text, start, end)):
        return _all_of(text, share.start("all"), share.end(), end)
    stop = first_sentence(text, start, end)
    words, found, j = known if known and stop == end else Listed.of(text, start, stop)
    if not listed_only and (cased := behind_case(words)):
        return cased
    if not listed_only and (told := _up_to_bound(words, j)):
        return told
    if found and j >= len(words) and text[found[-1].end : found[-1].end + 1] == ";" and not listed_only:
        words = Words(text, start, min(end, start + REACH))  # «Giám đốc các sở; Chủ tịch UBND các xã | chịu trách nhiệm …»
        found, j = list_names(words, 0)
    found, j = without_head(words, found, j)
    named = persons(text, start, min(end, start + REACH))
    if named and not (found and named[-1].end < found[-1].end):  # «Đồng chí Trưởng phòng Kinh | tế»: an office is no given name
        behind = Words(text, named[-1].end, min(end, start + REACH))
        return named if predicate_follows(behind, 0, 0) else []
    joined = found and words.word(j) in (",", "và") and j + 1 < len(words) and not aside_at(words, j, "made_up_of")
    if joined and (also := persons(text, words.start(j + 1), min(end, start + REACH))):
        behind = Words(text, also[-1].end, min(end, start + REACH))  # «Phòng Kinh tế, | ông Lê Văn Hùng rà soát …»
        return [*found, *also] if predicate_follows(behind, 0, 0) else []
    if found and (aside := book.pattern("named_among").match(text, found[-1].end, end)) and not listed_only:
        return found if acts_behind(words, aside.end(), plain=aside["plain"] is not None) else []
    if found and (with_more := taking_in(words, found)) and not listed_only:
        return with_more
    if found and words.word(j) == "là" and not listed_only and (far := told_far(words)):
        return far  # «Chủ rừng | là hộ gia đình | dọn vật liệu cháy»
    found, j = _without_post(words, found, j)
    j = behind_help(words, j) if found else j
    if found and (predicate_follows(words, 0, j) or acts_behind_ground(words, j)):
        plain = words.hit(j, "verb", "modal", "adverb", "adjunct")
        return found if not listed_only or (plain and plain[1]["word"] not in ("không", "trong")) else []
    if book.pattern("clause_opener").match(text, start, end):
        return after_opener(words)
    return [] if listed_only else behind_state(words) or _everyone(words, 0) or _after_matter(words) or told_far(words)


def _up_to_bound(words: Words, j: int) -> list[Name]:
    """«Chi bộ còn dưới 03 đảng viên | phải …»: what stands up to the word that binds, where the grammar of names ends at word
    ``j`` before it."""
    told = until_bound(words)
    if told is None or j >= told.end or any(np.title for np in parse_list(words, 0)):
        return []
    return [Name(words.start(a), words.end(b), words.text[words.start(a) : words.end(b)]) for a, b in told.parts]


def _own_person(text: str, start: int, end: int) -> list[Name]:
    """«Bản thân | rà soát …», «hai bên | luân phiên …»: the writer, or those who sign a plan together; «Hai bên | đường» is a place."""
    own = rules("units").pattern("own_person").match(text, start, end)
    acts = own is not None and predicate_follows(Words(text, own.end(), end), 0, 0)
    return [Name(own.start(), own.end(), own.group())] if own and acts else []


def _after_matter(words: Words) -> list[Name]:
    """«Đối với hồ sơ trễ hạn, | Sở A | đôn đốc …»: the subject behind the matter. Where bodies alone stand behind «Đối với» up to the
    comma, nothing tells whether the next name goes on with them."""
    if words.low[:2] != ["đối", "với"] or ":" in words.low:
        return []
    met, j = list_names(words, 2)
    if not met or (j < len(words) and words.word(j) != "," and not predicate_follows(words, 2, j)):
        return after_opener(words)
    return met if own_work_follows(words, met, j) else []


def _everyone(words: Words, i: int) -> list[Name]:
    """«Mọi cá nhân giữ chức vụ và tham gia Đoàn kiểm toán | còn phải …»: whoever is told by what he holds or does, up to what binds him."""
    told = rules("units").pattern("everyone").match(words.text, words.start(i), words.end(len(words))) if i < len(words) else None
    return [Name(told.start(), told.end(), told.group())] if told else []


def _behind_time(words: Words, i: int = 0) -> list[int]:
    """The word behind a whole time that opens a clause without a comma («Trước ngày 25 hằng tháng | UBND các xã …»)."""
    told = rules("units").pattern("said_when").match(words.text, words.start(i), words.end(len(words))) if i < len(words) else None
    return [k for k in range(i + 1, len(words)) if words.start(k) == told.end()] if told else []


def _behind_joint(words: Words) -> list[int]:
    """The word behind a joint of reason and consequence that opens a clause without a comma («Vì vậy | các phòng phải …»)."""
    joint = rules("units").pattern("hence").match(words.text, words.start(0)) if words.word(0) in _REASONS else None
    return [k for k in range(2, min(len(words), 5)) if words.start(k) == joint.end()] if joint else []


_REASONS = frozenset(said.split()[0] for said in rules("units")["hence"].opens)


_TRIGGER = 120
"""Characters of a trigger before its end that tell whether it is complete."""


def trigger_closed(text: str, begin: int, at: int) -> bool:
    """Whether the trigger that opens a clause at ``begin`` is complete before ``at``: «Khi có mưa lớn |», «Sau khi nước rút |»."""
    left, book = text[max(begin, at - _TRIGGER) : at], rules("deadlines_events")
    return any(book.pattern(name).search(left) is not None for name in ("left_complete", "left_ended"))


_OPEN_TRIGGER = word_class("unit_grammar", "opens-trigger")


def _behind_trigger(words: Words) -> list[int]:
    """Words that may begin a body right behind a complete trigger without a comma («Khi có mưa lớn | Ban Chỉ huy xã trực …»)."""
    if not words.low or words.low[0] not in _OPEN_TRIGGER:
        return []
    text, begin = words.text, words.start(0)
    return [j for j in range(3, len(words)) if words.cap(j) and trigger_closed(text, begin, words.end(j))]


_SHARE = 64
"""Characters in which «100%» opens a subject, behind a time in front of it at most."""


_SEVERAL = "các "
"""A kind takes the same description behind «100%» as behind «các» («100% | doanh nghiệp vận tải»)."""


def _all_of(text: str, start: int, behind: int, end: int) -> list[Name]:
    """«100% cơ sở giáo dục | tổ chức ký cam kết»: all of a kind who act; what is told of them («được kiểm tra», «đạt chuẩn») is no duty."""
    clause = _SEVERAL + text[behind : first_sentence(text, behind, end)]
    words, shift = Words(clause), behind - len(_SEVERAL)
    found, j = list_names(words, 0)
    if not found or not predicate_follows(words, 0, j) or rules("units").pattern("only_reached").match(clause, found[-1].end):
        return []
    first, *others = (Name(n.start + shift, n.end + shift, n.name) for n in found)
    return [Name(start, first.end, text[start : first.end]), *others]


def of_posts(found: list[Name]) -> list[Name]:
    """The names without a second one that only says what the first is: «Sở A, | cơ quan thường trực Ban Chỉ đạo»."""
    told = len(found) == 2 and rules("units").pattern("post_of_body").match(found[1].name) is not None
    return found[:1] if told else found


def _without_post(words: Words, found: list[Name], j: int) -> tuple[list[Name], int]:
    """The names and the word behind what their body is: «Sở A, cơ quan thường trực, | rà soát …», «Sở A - đơn vị đầu mối - | …», «Sở A
    với vai trò là cơ quan thường trực, | …»."""
    if len(found) != 1 or words.word(j) not in ("-", "–", "với"):
        return (of_posts(found), j) if len(found) == 2 else (found, j)
    opened = rules("units").pattern("opens_post").match(words.text, words.start(j), words.end(len(words)))
    first = next((k for k in range(j, min(len(words), j + 6)) if words.start(k) >= opened.end()), len(words)) if opened else len(words)
    post, k = list_names(words, first)
    if len(post) != 1 or rules("units").pattern("post_of_body").match(post[0].name) is None:
        return found, j
    return found, k + (words.word(k) in ("-", "–", ","))


def first_sentence(text: str, start: int, end: int) -> int:
    """End of the first sentence: a line break, a semicolon, or a full stop that closes no abbreviation; a colon does not end it."""
    for mark in _MARKS.finditer(text, start, end):
        i = mark.start()
        short = text[max(start, i - 3) : i].isupper() or closes_short(text, i)
        if text[i] == "\n" or ((i + 1 >= end or text[i + 1].isspace()) and not short):
            return i
    return end


_TROUBLES = dict(word.split()[::-1] for word in word_class("unit_grammar", "trouble"))
"""What ends the clause «nếu có …»: the command may begin behind it without a comma («nếu có vướng mắc | các phòng báo cáo …»)."""


def after_opener(words: Words) -> list[Name]:
    """The first body with a predicate after a fronted adverbial; before any comma only right behind a time adverb."""
    opener = words.hit(0, "adverb")
    candidates = [opener[0]] if opener else [1] if words.word(0) == "riêng" else []
    candidates += _behind_time(words) + _behind_joint(words)
    candidates += [j for j in range(2, len(words)) if _TROUBLES.get(words.low[j - 1]) == words.low[j - 2] and words.hit(j, "determiner")]
    candidates += [j + 1 for j in range(1, len(words)) if words.word(j) in (",", ":", "thì")]
    candidates += _behind_trigger(words)  # what a comma closes goes first: «Khi nước rút Trạm Y tế thông báo, | Sở A …»
    told, listed = (picked := set_to_work(words)), _of_case(words)
    for i in candidates[:_MOST]:
        if i < max(told, listed):
            continue  # one of those whom «chỉ đạo …» directs, or who are only listed
        told = _directed(words, i)
        i += words.word(i) in (",", "thì")
        i = next(iter(_behind_time(words, i)), i) if words.word(i - 1) in (",", ":") else i
        adverb = words.hit(i, "adverb")
        if adverb and words.hit(adverb[0], "determiner", "head", "name", "role"):
            i = adverb[0]
        if described := _described_at(words, i, closed=picked == i - 1) or _party_at(words, i) or _everyone_at(words, i):
            return described
        found, j = list_names(words, i)
        j = behind_help(words, j) if found else j
        if len(found) > 1 and _closes_ground(words, i, found):
            continue  # «Căn cứ điều kiện của địa phương, | đơn vị, Sở A rà soát …»
        if found and _closes_list(words, i, j):
            listed = j
            continue
        bound = words.hit(j, "modal") and not _ends_in_noun(words, i - 1)
        alone = len(found) == 1 and words.word(i - 1) == "," and not _continues_list(words, i, found) and acts_behind_ground(words, j)
        if alone:
            return found  # «Trên cơ sở kết quả rà soát, | Trưởng phòng|, sau khi họp phòng, lập …»
        after_condition = words.word(i - 1) == "thì"  # «Nếu có sai sót thì | đơn vị kiểm tra lại»
        set_apart = words.word(j) == "," and words.word(j + 1) in _BEARS and words.hit(j + 1, "modal") is not None
        if found and set_apart and not _continues_list(words, i, found):
            return found  # «Hằng năm, Sở Tài chính, | có trách nhiệm …»: a comma too many
        if found and predicate_follows(words, i, j) and (bound or after_condition or not _continues_list(words, i, found)):
            if _inside_list(words, i) or _sent_to(words, i, j):
                continue
            return found
    return []


CASES = ("khi", "nếu")
"""Words behind which what is the case begins, with those of whom it is told."""


def names_open(words: Words, i: int) -> bool:
    """A body or person stands at word ``i``, no act of the same or more words."""
    named, verb = words.hit(i, "head", "name", "role", "determiner"), words.hit(i, "verb")
    return named is not None and (verb is None or verb[0] < named[0])


def _of_case(words: Words) -> int:
    """The word behind those whom «khi …» names first: «Khi | cơ quan, tổ chức, cá nhân có yêu cầu|, các phòng cung cấp …», «Khi | Sở A,
    Sở B| đề nghị, các phòng …» tells of them, and who acts stands behind a later comma."""
    first = next((i + 1 for i in range(min(2, len(words))) if words.word(i) in CASES), 0)
    if not first or not names_open(words, first):
        return 0  # «Khi thanh tra, | trưởng đoàn công bố …»
    found, j = list_names(words, first)
    if not found or "," not in words.low[j:]:
        j = words.from_offset(found[0].end) if found else 0
        return j if found and "," in words.low[first:j] and words.word(j) == "," else 0
    return j


_MOST = 60
"""Places behind commas at which a subject is looked for: each costs the reading of what may be listed from there on."""
_PROPOSES = word_class("time_grammar", "request") | {"đề xuất", "kiến nghị"}
"""Acts whose object are those who are to act («đề xuất | các bộ, ngành sửa đổi …»)."""
_BEFORE = 10
"""Words before a comma in which the list begins that goes on behind it."""


def _inside_list(words: Words, i: int) -> bool:
    """«… đề xuất các bộ, | ban, ngành Trung ương, Chính phủ sửa đổi quy định»: a list that began before the comma goes on behind it, right
    behind a verb whose object it is."""
    if words.word(i - 1) != ",":
        return False
    several = (k for k in range(max(1, i - _BEFORE), i - 1) if words.hit(k, "determiner"))
    objects = (k for k in several if " ".join(words.low[k - 2 : k]) in _PROPOSES)
    return any(list_names(words, k)[1] > i for k in objects)


def _sent_to(words: Words, i: int, j: int) -> bool:
    """«…, gửi biên bản đến Thường trực HĐND, | UBND, Ủy ban MTTQ | chậm nhất ngày …»: those to whom something goes are listed up to word
    ``j``, where only a time stands."""
    if words.word(i - 1) != "," or words.hit(j, "verb", "modal") or words.word(j) not in _TIMES:
        return False
    starts = (k for k in range(max(1, i - 3 * _BEFORE), i - 1) if words.low[k - 1] in _TOWARDS)
    return any(list_names(words, k)[1] >= j for k in starts)


_BEARS = frozenset({"có", "chịu", "phải"})
"""First words of what binds somebody."""
_TOWARDS = frozenset({"đến", "tới", "cho", "về", "gửi"})
_TIMES = frozenset({"chậm", "muộn", "trước", "trong", "sau", "vào", "ngay"})
"""First words of when something is done."""


def _everyone_at(words: Words, i: int) -> list[Name]:
    """The same behind a comma, where the grammar of names reads nobody whom a predicate follows."""
    found, j = list_names(words, i)
    return [] if found and predicate_follows(words, i, j) else _everyone(words, i)


def _closes_list(words: Words, i: int, j: int) -> bool:
    """«Hằng năm, rà soát kiến nghị của Thanh tra tỉnh, | Kiểm toán nhà nước|, lập bảng …»: between commas behind another body stands the
    last of a list of those whom the act concerns."""
    if words.word(i - 1) != "," or words.word(j) != ",":
        return False
    return body_ends(words, i - 1, (b for b in range(max(1, i - LONGEST), i - 1) if words.word(b - 1) not in (",", ":", "thì")))


def _described_at(words: Words, i: int, *, closed: bool) -> list[Name]:
    """«Khi có sự cố, | đơn vị quản lý máy trạm | phải …»: behind a clause in front a common noun takes the same description as at the
    head of a sentence, where a modal follows, or an adverb and its verb. ``closed``: those whom the clause in front names end before
    the comma."""
    opens = words.word(i - 1) == "," and not words.cap(i)
    noun = words.hit(i, "head", "role") if opens else None
    anyone = opens and words.word(i) == "người"
    if not (noun or anyone) or (not closed and _ends_in_noun(words, i - 1) and not (anyone and _told_apart(words, i - 1))):
        return []
    at, end = words.start(i), words.end(len(words))
    clause = Words(words.text[at].upper() + words.text[at + 1 : end])
    found, j = list_names(clause, 0)
    timed = _of_time(words, i)
    described = (anyone and (timed or fields_end(clause, 0) == j)) or any(np.open for np in parse_list(clause, 0)[-1:])
    manner = clause.hit(j, "adverb") if timed else None
    told = binds(clause, j) or (manner is not None and clause.hit(manner[0], "verb") is not None)
    told = told or (described and predicate_follows(clause, 0, j))
    bound = _up_to_bound(clause, j) if _acts_alone(clause, j) else []
    if not bound and (len(found) != 1 or j <= (noun[0] - i if noun else 1) or not told):
        return []
    return [Name(at + n.start, at + n.end, words.text[at + n.start : at + n.end]) for n in bound or found]


def _acts_alone(words: Words, j: int) -> bool:
    """«các cơ quan | đang quản lý, sử dụng | phải …», «đơn vị | phát hiện | phải …»: acts alone up to the word that binds."""
    k = j + (words.word(j) in ("đang", "đã"))
    while (verb := words.hit(k, "verb")) is not None:
        k = verb[0] + (words.word(verb[0]) in (",", "và"))
    return k > j + 1 and binds(words, k)


def _told_apart(words: Words, j: int) -> bool:
    """«Khi làm việc với đoàn thanh tra, | người …»: behind a body set up for a work, or the name of an act, persons are no more of it."""
    noun = _noun_before(words, j)
    return _of_event(words, j) or (noun is not None and noun[1].get("kind") in SET_UP)


def _of_event(words: Words, j: int) -> bool:
    """«Trong từng cuộc | thanh tra |, …»: a noun that only tells which act it is ends before word ``j``."""
    return any(words.low[k] in _EVENTS for k in range(max(0, j - 3), j))


_EVENTS = word_class("unit_grammar", "event")


def _party_at(words: Words, i: int) -> list[Name]:
    """«Khi có vụ việc phức tạp, | hai bên | họp đột xuất»: those who sign a plan together, behind what stands in front."""
    stands = i < len(words) and rules("units").pattern("parties").match(words.text, words.start(i)) is not None
    return _own_person(words.text, words.start(i), words.end(len(words))) if stands else []


def _directed(words: Words, i: int) -> int:
    """The word after the bodies that «…, | chỉ đạo các sở, các trường …» directs: none of them is the subject of the clause."""
    cue = rules("units").pattern("directs").match(words.text, words.start(i)) if i < len(words) else None
    if cue is None:
        return 0
    first = words.from_offset(cue.end(), i)
    found, j = list_names(words, first)
    return j if found else 0


def _ends_in_noun(words: Words, j: int) -> bool:
    """Whether a body or role ends right before word ``j`` («… của cơ quan | , đơn vị»)."""
    begins = range(max(0, j - 4), j)
    noun = _noun_before(words, j)
    if noun is None or _names_act(words, *noun):
        return False
    longer = (words.hit(i, "verb", "adverb", "not") for i in begins if i < noun[0])
    return not any(hit is not None and hit[0] == j for hit in longer)  # «đồng | bộ» is no body


def _noun_before(words: Words, j: int) -> tuple[int, Row] | None:
    """The body or role that ends right before word ``j``: where it begins, and its row."""
    hits = ((i, words.hit(i, "head", "role")) for i in range(max(0, j - 4), j))
    return next(((i, hit[1]) for i, hit in hits if hit is not None and hit[0] == j), None)


_TAKES_BODY = word_class("unit_grammar", "takes-body")
"""Words behind which a noun that is a verb too is a body («của | thanh tra», «cơ quan | kiểm tra»)."""


def _names_act(words: Words, i: int, row: Row) -> bool:
    """«… phục vụ | thanh tra |, cơ quan …», «quyết định | thanh tra |, người …»: in small letters behind another noun or a verb, a noun
    that is a verb too says which act is meant."""
    verbal = i > 1 and "v" in row.get("traits", "") and not words.cap(i)
    return verbal and words.adjacent(i) and words.word(i - 1).isalpha() and words.low[i - 1] not in _TAKES_BODY


_PERSONS = {"staff", "public", "person", "member"}
"""Kinds of persons that stand in lists in small letters («… đến cán bộ | , đảng viên trong sinh hoạt …»)."""


def _continues_list(words: Words, i: int, found: list[Name]) -> bool:
    """A bare noun after a comma goes on with what stood before it («… của ngành, đơn vị theo quy định») and is no subject."""
    first = words.hit(i, "determiner", "name", "role")
    bare_role = first is not None and first[1].get("kind") in _PERSONS and words.word(i - 1) == "," and _ends_in_noun(words, i - 1)
    case = words.low[:2] == ["trường", "hợp"] and "thì" not in words.low[i:]  # «Trường hợp A, | cơ quan B đề nghị mà … thì C …»
    named = words.hit(0, "head", "role", "determiner") is not None and not case
    fronted = first is None and not named and not _ends_in_noun(words, i - 1)
    if words.cap(i) or words.word(i - 1) == ":" or _moved(words, i) or _of_a_body(words, i):
        return False
    if _says_again(words, i):
        return True
    if len(found) == 1 and "," not in found[0].name and _behind_persons(words, i):
        return False
    if len(found) == 1 and (first is None or first[1].get("kind") in _PERSONS) and _of_cases(words, i):
        return True
    return (first is None or bare_role) and len(found) == 1 and not (fronted and _of_time(words, i))


def _behind_persons(words: Words, i: int) -> bool:
    """«Căn cứ nhu cầu, nguyện vọng của học sinh, | nhà trường | lựa chọn …»: behind a ground or a time that ends in persons, a body that
    acts by itself is no more of their list."""
    opened = words.low[:2] in _GROUNDS or "khi" in words.low[:2]
    before = _noun_before(words, i - 1) if opened and words.word(i - 1) == "," else None
    body = words.hit(i, "head")
    persons = before is not None and before[1].get("kind") in _PERSONS
    return persons and body is not None and words.hit(i, "role") is None and "v" not in body[1].get("traits", "")


_GROUNDS = (["căn", "cứ"], ["trên", "cơ"])
"""First words of what stands in front as ground."""


def _of_a_body(words: Words, i: int) -> bool:
    """«Khi giải quyết chế độ cho người có công, | cán bộ Trung tâm Y tế xã | hướng dẫn»: persons of a named body go on with nobody."""
    who = parse_list(words, i)[:1] if words.hit(i, "role") is not None else []
    return any(np.inner and (words.cap(i + 1) or words.cap(i + 2)) for np in who)


def _says_again(words: Words, i: int) -> bool:
    """«Thí điểm tại khoa Nhi, | khoa Mắt và khoa Sản từ ngày …»: the head of the body that ends before the comma is said again."""
    if words.word(i - 1) != "," or words.hit(i, "head") is None:
        return False
    return body_ends(words, i - 1, (b for b in range(max(1, i - LONGEST), i - 1) if words.low[b] == words.low[i]))


_WHERE = frozenset({"trong", "với", "tại", "ở", "sau", "trước", "qua", "từ", "theo", "khi", "căn", "cứ", "về", ""})
"""Words before «các», «những» that make of the things behind them where or when something is done."""


def _of_cases(words: Words, i: int) -> bool:
    """«nêu tên trên loa những trường hợp, | cá nhân vi phạm …»: several things are told of, and persons without «các» go on with them."""
    if words.word(i - 1) != ",":
        return False
    opens = next((k for k in range(i - 2, max(i - 5, 0), -1) if words.word(k) in ("những", "các")), 0)
    return opens > 1 and words.word(opens - 1) not in _WHERE


def _moved(words: Words, i: int) -> bool:
    """«Khi học viên chuyển trường, | nhà trường bàn giao …»: what a change of place ends in is no body that a list goes on with."""
    text, book = words.text, rules("deadlines_events")
    if words.word(0) != "khi" or words.word(i - 1) != "," or book.pattern("moved_on").match(text, words.start(i)):
        return False
    return book.pattern("left_moved").search(text, words.start(0), words.start(i)) is not None


def _closes_ground(words: Words, i: int, found: list[Name]) -> bool:
    """A bare noun in small letters goes on with the list that ends in a noun before it, where a name in capitals follows."""
    plain = words.hit(i, "determiner", "name", "role") is None and not words.cap(i) and words.word(i - 1) == ","
    return plain and found[1].name[:1].isupper() and _ends_in_noun(words, i - 1)


def _of_time(words: Words, i: int) -> bool:
    """The clause in front says when or on what ground («Sau mỗi đợt kiểm kê, thư viện …»): what follows its comma is the subject."""
    if words.low[:2] == ["căn", "cứ"] and "," not in words.low[2 : i - 1]:
        return True  # «Căn cứ phương án đã duyệt, công ty …»: one ground, no list
    if words.word(0) in ("tại", "ở") and "," not in words.low[1 : i - 1]:
        return True  # «Tại các cảng cá, tổ kiểm tra …»: one place
    return rules("units").pattern("time_clause").match(words.text, words.start(0)) is not None

"""Who does what is told of a thing: «Hồ sơ phải được Phòng A kiểm tra», «Công tác … được giao cho X», «Tài liệu … do X biên soạn», «Đối
chiếu sổ sách là việc của X».

The grammatical subject is a paper or an affair; whoever stands behind «được», «giao», «do» does the work. What a superior decides on, and
what an act or a decision has already settled, gives nobody the work. Source: domain.md 4.5.
"""

from __future__ import annotations

import re
from itertools import islice

from extractors.rulebook import rules
from extractors.signs import each
from extractors.unit_names import Name, list_names
from extractors.unit_np import parse_one
from extractors.unit_predicates import NO_VERB, begins_act
from extractors.unit_subjects import first_sentence, subject_list, window
from extractors.unit_words import Words

_LONG = 320
"""Characters of the longest description of a thing in front of «được X»."""


def has_to_be(text: str, start: int, end: int) -> list[Name]:
    """X of «Mọi phản ánh của người dân, doanh nghiệp gửi qua … đều phải được X ghi nhận», «Trước khi mở đoàn, bản cam kết phải được X ký»:
    who has to do it, however the thing is described, and also behind a clause in front."""
    stop = first_sentence(text, start, end)
    cue = next(each(rules("units")["has_to_be"], text, start, stop), None)
    if cue is None:
        return _told_plainly(text, start, stop, end)
    if not _of_thing(text, start, cue.start()):
        return []
    words = window(text, cue.end(), end)
    noun, act = words.hit(0, "determiner", "head", "role", "name"), words.hit(0, "verb")
    listed, j = list_names(words, 0) if act is None or words.cap(0) or (noun and noun[0] > act[0]) else ([], 0)
    if not listed or rules("units").pattern("decides").match(text, listed[-1].end, end):
        return []
    word = words.word(j)
    return listed if word.isalpha() and word not in NO_VERB and not words.cap(j) and words.hit(j, "modal") is None else []


def _told_plainly(text: str, start: int, stop: int, end: int) -> list[Name]:
    """X of «Danh mục vị trí …, quy trình … được X rà soát», however the papers are described: X is named in capitals and works on them,
    alone or with the help of others told between («được X, với sự phối hợp của Y, rà soát»)."""
    book = rules("units")
    if book.pattern("affair").match(text, start, stop) is None:
        return []
    for cue in each(book["told_plainly"], text, start, stop):
        listed, _ = list_names(window(text, cue.end(), end), 0)
        if listed:
            helped = book.pattern("helped_between").match(text, listed[-1].end, end)
            works = book.pattern("makes").match(text, helped.end() if helped else listed[-1].end, end)
            settled = book.pattern("settled_in").match(text, listed[-1].end, end)
            return listed if works and not settled else []
    return []


def _of_thing(text: str, start: int, cue: int) -> bool:
    """Whether a paper or an affair is what has to be treated: it opens the sentence, or stands behind the comma of a clause in front."""
    book = rules("units")
    if "%" in text[start:cue] and book.pattern("all_of_them").match(text, start, cue):
        return True  # «Đến hết năm 2026, 100% công chức | phải được Sở A bồi dưỡng»
    words = Words(text, start, cue)
    if book.pattern("clause_opener").match(text, start, cue) is not None:
        commas = (k for k in range(len(words)) if words.word(k) == ",")
        return any(book.pattern("affair").match(text, words.start(k + 1), cue) for k in commas if k + 1 < len(words))
    if book.pattern("affair").match(text, start, cue) is not None:
        return True
    return not (":" in words.low or begins_act(words) or list_names(words, 0)[0])


def passive(text: str, start: int, end: int) -> list[Name]:
    """Who does what is told of a thing: by the forms that say it with few words, else whoever stands behind «do», «được» and acts."""
    return _passive(text, start, end) or _agent(text, start, end)


def _passive(text: str, start: int, end: int) -> list[Name]:
    """X of «Công tác … được giao cho X», «Nhiệm vụ … được A giao X chủ trì», «Danh sách … phải được X niêm yết», «Việc … thuộc về X»,
    «Tài liệu … do X biên soạn», «Đối chiếu sổ sách là việc của X»."""
    fronted = rules("units").pattern("affair_fronted").match(text, start, min(end, start + 200))
    at = fronted.end() if fronted else start
    made = rules("units").pattern("made_by").match(text, at, min(end, at + 200))
    if made is not None:
        listed, _ = list_names(window(text, made.end(), end), 0)
        if listed and (rules("units").pattern("makes").match(text, listed[-1].end, end) or (fronted and _does(text, listed[-1].end, end))):
            return listed
    if plain := _given_plainly(text, start, end) or _task_of(text, start, end) or _allots(text, start, end):
        return plain
    cue = rules("units").pattern("done_by").match(text, start, min(end, start + _LONG))
    if cue is None:
        return _given(text, start, end)
    words = window(text, cue.end(), end)
    listed, j = list_names(words, 0)
    if not listed:
        return []
    given = rules("units").pattern("gives").match(text, listed[-1].end, end)
    if cue["agent"] is None:
        return listed  # «được giao cho X», «thuộc về X»
    if given is not None:
        return list_names(window(text, given.end(), end), 0)[0]
    settled = any(rules("units").pattern(name).match(text, listed[-1].end, end) for name in ("decides", "settled_in", "more_is_said"))
    return listed if words.hit(j, "verb") is not None and not settled else []


def _agent(text: str, start: int, end: int) -> list[Name]:
    """X of «Đề án nhân sự do X thẩm định, báo cáo …», «Kết quả … được X đưa vào …», «Sau khi được Y thông qua, nghị quyết được X hướng dẫn
    thực hiện», however the thing is described; not where «do X ban hành», «được X phê duyệt» says which thing, or more is said of it."""
    book = rules("units")
    stop = first_sentence(text, start, min(end, start + _SENTENCE))
    begin = _behind_front(text, start, stop)
    for cue in each(book["agent_cue"], text, begin, stop):
        if book.pattern("agent_too_late").search(text, begin, cue.start()):
            return []
        listed, _ = list_names(window(text, cue.end(), end), 0)
        if listed:
            bare = begin == start and text[cue.start()] in "dD" and begins_act(Words(text, begin, cue.start()))  # «Báo cáo tin do X lập»
            made = book.pattern("made_by").match(text, begin, cue.end())
            known = made or (book.pattern("affair").match(text, begin, cue.start()) and not bare)
            return listed if (known or _is_thing(text, begin, cue.start())) and _works(text, listed[-1].end, stop) else []
    return []


def _behind_front(text: str, start: int, stop: int) -> int:
    """Where the thing begins behind a clause in front («Sau khi được Y thông qua, | nghị quyết …»), else ``start``."""
    book = rules("units")
    if book.pattern("clause_opener").match(text, start, stop) is None:
        return start
    commas = (m.end() for m in _COMMA.finditer(text, start, min(stop, start + _LONG)))
    return next((at for at in commas if book.pattern("affair").match(text, at, stop)), start)


_COMMA = re.compile(r",\s+")
_SENTENCE, _CLAUSES = 600, 6
"""Characters of a sentence, clauses behind its commas, that are asked at most."""


def _is_thing(text: str, start: int, cue: int) -> bool:
    """Words in front of «do», «được» that name neither a body nor an act nor when something is done."""
    words = Words(text, start, cue)
    if rules("units").pattern("clause_opener").match(text, start, cue) or not words.low or begins_act(words):
        return False
    np = parse_one(words, 0, inside=True)
    named = np is not None and not (np.cls == "level" and np.bare)  # «Bản đồ ngập lụt» is no hamlet
    return "," not in words.low and words.hit(0, "determiner") is None and not named


def _works(text: str, at: int, stop: int) -> bool:
    """Whether the words behind a name are what it does to the thing, and the last that is said of it; nobody else acts behind a comma."""
    book = rules("units")
    words = Words(text, at, stop)
    manner = words.hit(0, "adverb")
    k = manner[0] if manner else 0
    told = any(book.pattern(name).match(text, at, stop) for name in ("only_which", "more_is_said", "settled_in"))
    if told or words.hit(k, "verb", "activity") is None:
        return False
    commas = (m.end() for m in islice(_COMMA.finditer(text, at, stop), _CLAUSES))
    return not any(subject_list(text, comma, stop) for comma in commas)


def described_doer(text: str, at: int, end: int) -> list[Name]:
    """X of «Việc giám sát … do | lãnh đạo Ủy ban Kiểm tra phụ trách địa bàn | trực tiếp thực hiện, …», with what tells which X is meant."""
    book = rules("units")
    words = window(text, at, end)
    np = parse_one(words, 0, inside=True)
    carried = book.pattern("carried_alone").match(text, words.end(np.last), end) if np else None
    if np is None or carried is None:
        return []
    if carried["which"] is None:
        return list_names(words, 0)[0]
    if np.proper or book.pattern("which_doer").match(text, words.end(np.last), end) is None:
        return []
    until = carried.end("which")
    return [Name(at, until, text[at:until])]


def _task_of(text: str, start: int, end: int) -> list[Name]:
    """X of «Công khai kết luận … là trách nhiệm của X.», «Đối chiếu sổ sách là việc X trực tiếp làm»."""
    stop = first_sentence(text, start, end)
    cue = rules("units").pattern("task_of").search(text, start, stop) if " là " in text[start:stop] else None
    if cue is None:
        return []
    listed, _ = list_names(window(text, cue.end(), stop), 0)
    ends = listed and (listed[-1].end >= stop or rules("units").pattern("task_told").match(text, listed[-1].end, stop))
    return listed if ends else []


def task_of_one(text: str) -> bool:
    """«Cập nhật sổ mốc giới là nhiệm vụ thường xuyên của Chi cục Kiểm lâm.»: one body by its name has the work; «… của cả hệ thống chính
    trị», «… của các cấp ủy» only says how much it matters."""
    found = _task_of(text, 0, len(text))
    np = parse_one(Words(found[0].name), 0) if len(found) == 1 else None
    return np is not None and np.proper and not (np.determiner or np.plural)


def _allots(text: str, start: int, end: int) -> list[Name]:
    """X of «Chỉ tiêu thu ngân sách được X giao cho từng xã»: who shares it out; nobody else is told to do anything yet."""
    cue = rules("units").pattern("allotted").match(text, start, min(end, start + _LONG))
    listed = list_names(window(text, cue.end(), end), 0)[0] if cue else []
    if not listed or rules("units").pattern("allots_each").match(text, listed[-1].end, end) is None:
        return []
    return [] if rules("units").pattern("settled_in").match(text, listed[-1].end, end) else listed


def _given_plainly(text: str, start: int, end: int) -> list[Name]:
    """X of «Nhiệm vụ thông tin liên lạc giao X chủ trì», «Công tác hậu cần giao cho X.»"""
    cue = rules("units").pattern("given_plain").match(text, start, min(end, start + 240))
    if cue is None:
        return []
    listed, _ = list_names(window(text, cue.end(), end), 0)
    if not listed or listed[-1].end >= end:
        return listed
    return listed if text[listed[-1].end] in ".;,(" or _does(text, listed[-1].end, end) else []


def _given(text: str, start: int, end: int) -> list[Name]:
    """X of «Việc rà soát, cập nhật danh mục … được giao (cho) X chủ trì», however long the work and its lists are."""
    book = rules("units")
    if book.pattern("no_body_subject").match(text, start, end) is None:
        return []
    for cue in each(book["given_to"], text, start, end):
        if cue.start() > first_sentence(text, start, end) or book.pattern("said_before").search(text, start, cue.start()):
            return []
        listed, _ = list_names(window(text, cue.end(), end), 0)
        behind = text[listed[-1].end : end].lstrip()[:1] if listed else "-"
        if listed and (behind in ("", *".;,(") or _does(text, listed[-1].end, end)):
            return listed
    return []


def _does(text: str, at: int, end: int) -> bool:
    return any(rules("units").pattern(name).match(text, at, end) is not None for name in ("lead_predicate", "carried_out"))

"""Attributes that begin with a verb: «Công chức | tiếp nhận hồ sơ | phải …», «Cơ quan | đề nghị xây dựng văn bản | có trách nhiệm …».

What staff do, or what an office is asked for, tells one from another; the predicate stands behind it without a comma. Only a modal,
an adverb of manner with its verb, or a verb that describes no noun shows that the first verb was no predicate. Source: domain.md 4.4.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import tells_others
from extractors.unit_clauses import opens_list
from extractors.unit_qualifiers import NOMINAL, Np, acts, acts_surely, makes_paper
from extractors.unit_words import Hit, Words

_PERSONS = {"staff", "member", "person", "public"}
_RANKS = {"i", "ii", "iii", "1", "2", "3"}
_REACH = 14
"""Words that such an attribute may have."""


def _listed(kind: str) -> frozenset[str]:
    """Entries of a class of ``lexicons/unit_attributes.csv``."""
    return word_class("unit_attributes", kind)


def attribute(words: Words, np: Np) -> bool:
    """Takes the attribute that begins at the end of ``np`` into it, where the predicate surely follows."""
    if not np.bare or np.closed or np.open or np.title or np.proper:
        return False
    if not (np.kind in _PERSONS if np.cls == "role" else np.row.get("word") in _listed("office")):
        return False
    if not opens_list(words, np):
        return False
    k = np.last
    manner = words.hit(k, "adverb")
    start = manner[0] if manner and manner[1]["word"] == "trực tiếp" else k
    job, joint = words.hit(start, "verb"), words.hit(start, "link")
    if joint is not None and job is not None and joint[0] > job[0]:
        return False  # «đơn vị | trực thuộc»
    if job is not None and job[1]["word"] in _listed("whole") and (end := _of_rank(words, job[0])):
        np.last, np.bare, np.closed = end, False, True
        return True
    if job is None or job[1]["word"] not in _listed("job") or words.hit(job[0], "name", "determiner") is not None:
        return False  # «Cơ quan | đề nghị Sở Tư pháp thẩm định»
    told = _bound_at(words, job[0])  # «Viên chức trực tiếp khám bệnh | chịu trách nhiệm …», «Đơn vị thu gom | được quyền …»
    end = job[0] if told or _alone(words, np, job) else _predicate(words, job[0], k + _REACH, listed=job[1]["word"] == "tham gia")
    if not end:
        return False
    np.describe(end)
    return True


def _bound_at(words: Words, j: int) -> bool:
    """A modal that binds, or a right, stands at word ``j``."""
    modal = words.hit(j, "modal")
    if modal is not None and modal[1]["word"] in _listed("binds"):
        return True
    return words.word(j) == "được" and words.word(j + 1) in _listed("right")


_SUFFERS = frozenset({"được", "bị", "đã", "đang", "mới"})
"""Words between «người» and what was done to him or what he does."""
_NEVER = frozenset({"để", "khi", "nếu", "mà", "thì", "bị", "là", "do"})
"""Words that never stand between «người», with what he does, and his predicate."""
_INSIDE = frozenset({"và", "theo", "trong", "cùng"})
"""Words that may: of others they tell nothing here."""


def whoever(words: Words, k: int) -> int:
    """«Người | phát hiện sự cố | phải báo …», «Người | được cấp chữ ký số | đổi mật khẩu …»: the word at which the predicate begins behind
    what «người» does or was given; 0 where none does. Up to a modal commas may stand in it («Người nuôi chó, mèo | phải …»)."""
    if words.word(k) != "người" or words.hit(k, "role") or words.cap(k + 1) or not words.adjacent(k + 1):
        return 0
    passive = words.word(k + 1) in _SUFFERS
    verb = words.hit(k + 1 + passive, "verb")
    since = verb[0] if verb else k + 2
    act = whole = 0
    for j in range(since, min(len(words), since + _REACH)):
        word, noun = words.word(j), words.hit(j, "field")
        if j < whole:
            continue  # «thiết | bị»
        whole = noun[0] if noun else j
        if not (word.isalnum() or word == ",") or not words.adjacent(j) or word in _NEVER:
            break
        if _bound_at(words, j):
            return act or (0 if j > since and tells_others(words, since, j, _INSIDE) else j)
        if word == "," and (act or words.hit(j + 1, "head", "role", "determiner", "name")):
            break
        act = act or (j if verb and j >= since + (not passive) and _acts_at(words, j) else 0)
    return act


def _acts_at(words: Words, j: int) -> bool:
    """A verb that is no noun, or an adverb with its verb, that describes nothing before it."""
    manner = words.hit(j, "adverb")
    if words.low[j - 1] in NOMINAL or words.low[j - 1] in _INSIDE or words.low[j - 1] == "," or _in_compound(words, j):
        return False
    return bool(manner and acts(words, manner[0])) or acts_surely(words, j) or _main_verb(words, j)


def _alone(words: Words, np: Np, job: Hit) -> bool:
    """«Công nhân vận hành | kiểm tra máy bơm», «Nhân viên trực | kịp thời báo cáo»: a person's work that nothing is done to, before what
    he is to do."""
    j = job[0]
    if np.cls != "role":
        return job[1]["word"] in _listed("office-alone") and _main_verb(words, j)  # «Đơn vị vận hành | kiểm tra trạm bơm»
    if job[1]["word"] not in _listed("job-alone") or np.row["word"].startswith("chủ "):
        return False  # «Chủ hồ chứa | vận hành xả lũ»: what owners do is no job
    manner, verb = words.hit(j, "adverb"), words.hit(j, "verb")
    if manner is not None:
        return acts(words, manner[0])
    return verb is not None and (acts_surely(words, j) or (words.adjacent(verb[0]) and words.word(verb[0]).isalnum()))


def _of_rank(words: Words, j: int) -> int:
    """The predicate behind «đơn vị dự toán (cấp II)», 0 where what is estimated stands there («dự toán kinh phí»)."""
    j += 2 if words.word(j) == "cấp" and words.word(j + 1) in _RANKS else 0
    if words.word(j) in ("", ":", ".", ";", ","):
        return 0
    if (manner := words.hit(j, "adverb")) and acts(words, manner[0]):
        return j
    return j if words.hit(j, "modal") or _main_verb(words, j) or acts_surely(words, j) else 0


def _predicate(words: Words, since: int, until: int, *, listed: bool) -> int:
    """The word at which the predicate begins, 0 where none surely does. ``listed``: bodies may be listed («tổ chuyên gia, tổ …»)."""
    whole = since
    for j in range(since, min(len(words), until)):
        if j < whole:
            continue  # «đăng | ký»
        if listed and words.word(j) == "," and (more := words.hit(j + 1, "head")) and more[1]["kind"] in ("team", "council", "board"):
            continue
        if not (words.word(j).isalpha() and words.adjacent(j)) or words.word(j) in ("để", "và", "khi", "nếu", "theo"):
            return 0
        modal, manner = words.hit(j, "modal"), words.hit(j, "adverb")
        given = words.word(j) == "được" and words.word(j + 1) in _listed("right")  # «được | hưởng phụ cấp»
        refrains = words.word(j) == "không" and words.hit(j + 1, "verb") is not None  # «… | không yêu cầu người dân nộp bản sao»
        if j > since and (given or refrains or (modal and modal[1]["word"] in _listed("binds"))):
            return j
        if j > since and manner and words.low[j - 1] not in NOMINAL and acts(words, manner[0]):
            return j
        if j > since and _main_verb(words, j):
            return j
        verb = words.hit(j, "verb")
        whole = verb[0] if verb else j
    return 0


def _main_verb(words: Words, j: int) -> bool:
    """A verb with its object that does not describe the noun before it."""
    verb = words.hit(j, "verb")
    if verb is None or _in_compound(words, j) or words.low[j - 1] in NOMINAL:
        return False
    if not (words.word(verb[0]).isalnum() and words.adjacent(verb[0])):
        return False  # nothing is done to anything
    said = verb[1]["word"]
    return said in _listed("plain") or (said in _listed("paper-act") and words.low[j - 1] not in _listed("paper"))


_OBJECT = 9
"""Words that such an object may have."""


_HALVES = {"trình": "half", "ký": "half-sign"}
"""Second halves of nouns that are verbs alone, with the class of the first halves."""


def _in_compound(words: Words, j: int) -> bool:
    """«công | trình», «chương | trình», «chữ | ký»: half a noun."""
    half = _HALVES.get(words.word(j))
    return half is not None and words.word(j - 1) in _listed(half)


def verb_tail(words: Words, first: int, last: int, *, known: bool) -> int:
    """Where the name ends whose capitalised tail is ``[first, last)``: «Cục Kinh tế | xây dựng | rà soát …», «Cục Quản lý | xây dựng công
    trình | lập hồ sơ». A verb in small letters belongs to it only where another verb is the predicate. ``known``: the registry lists it."""
    if not words.adjacent(last) or words.cap(last):
        return last
    builds = words.low[last : last + 2] == ["xây", "dựng"] and not makes_paper(words, last + 2)
    after = words.hit(last + 2, "verb") if builds and words.adjacent(last + 2) and not known else None
    if after and acts_surely(words, last + 2) and after[1]["word"] not in _listed("with-build"):
        return last + 2
    named = words.hit(first, "verb")
    if named is None or named[0] != last or named[1]["word"] not in _listed("needs") or ("verb" in words.at(last) and not builds):
        return last
    for j in range(last, min(len(words), last + _OBJECT)):
        if not (words.word(j).isalpha() and words.adjacent(j)) or words.word(j) in ("để", "và", "khi", "nếu", "theo", "của", "cho"):
            return last
        if j < last + 2:
            if not builds and any(kind in words.at(j) for kind in ("verb", "modal", "adverb", "adjunct", "level", "link")):
                return last
            continue
        modal, manner, verb = words.hit(j, "modal"), words.hit(j, "adverb"), words.hit(j, "verb")
        if (modal and modal[1]["word"] in _listed("binds")) or (manner and acts(words, manner[0])):
            return j
        noun = words.low[j - 1] in NOMINAL and words.low[j - 2 : j] != ["công", "trình"]
        if verb and not noun and not _in_compound(words, j) and (acts_surely(words, j) or words.word(j) in _listed("short")):
            return j
    return last

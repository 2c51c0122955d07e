"""Names that hold an act: «Phòng Đăng ký | kinh doanh | tổng hợp …», «Trung tâm Tư vấn | phát triển công nghiệp | lập …».

A field of work is often a verb elsewhere. In small letters behind the capital it belongs to the name where it does nothing to
anything and another predicate stands right behind it, or where the word before is an act that takes one («Hỗ trợ», «Nghiên cứu»).
Source: domain.md 4.4, 6.2.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_own import own_end
from extractors.unit_qualifiers import NOMINAL, acts, acts_surely, makes_paper
from extractors.unit_stands import verb_head
from extractors.unit_tails import capital_run, fields_run, inspects, place_run, predicates, run_on
from extractors.unit_words import Hit, Words

_FIELDS, _UNDER, _OVER = (word_class("unit_attributes", kind) for kind in ("field-act", "under-act", "over-act"))
_PEERS, _JOINED, _NEEDS, _SHORT = (word_class("unit_attributes", kind) for kind in ("peer-act", "joined-act", "needs", "short"))
_OBJECT = 7
"""Words that what such an act is done to may have («… xử lý | vi phạm hành chính»)."""
_NO_OBJECT = ("stop", "determiner", "role", "link", "open", "qualifier")
_NO_NOUN = word_class("unit_grammar", "object-ends")
_HAS_SUBJECT = word_class("unit_grammar", "has-subject")
_USERS = word_class("unit_grammar", "uses")
_MORE = 3
"""Fields that hold an act one name may have."""


def acts_run(words: Words, first: int, last: int) -> int:
    """The end of the name whose capitalised tail is ``[first, last)``, over the acts in small letters that belong to it."""
    for _ in range(_MORE):
        if not words.adjacent(last) or words.cap(last):
            break
        end = _act_behind(words, first, last)
        if end == last:
            break
        last = run_on(words, end, 1) if words.word(end) in ("và", "-") and words.cap(end + 1) else end
    return last


def known_tail(words: Words, k: int) -> Hit | None:
    """A tail that the registry lists, unless a longer field of work begins there («Phòng | Xây dựng cơ bản»)."""
    known, field = words.hit(k, "tail"), words.hit(k, "field", "pair")
    return known if known is None or field is None or field[0] <= known[0] else None


def known_office(words: Words, first: int, name: Hit) -> bool:
    """Whether a listed name of an office stands there: one that goes on with an act in small letters («Hội đồng | ra đề thi») could be a
    clause, unless a predicate or the next body follows."""
    last, row = name
    second = first + len(row["head"].split())
    act = None if words.cap(second) else words.hit(second, "verb", "activity")
    if act is None:
        return True
    return _alone(words, first, last) if act[1]["word"] == "tổng hợp" and act[0] == last else _closed(words, last)


FRESH = word_class("unit_grammar", "fresh-act")
"""Acts that hardly describe the name in front of them."""
LONE = FRESH - word_class("unit_grammar", "serial-act")
"""Those of them that follow no other act without a comma («rà soát hồ sơ | tổng hợp gửi Sở» has one that does)."""


def _alone(words: Words, first: int, last: int) -> bool:
    """«Văn phòng tổng hợp» as a name: it is more often a clause («Văn phòng tổng hợp trình Giám đốc»), so that only a line of its own, what
    stands behind a colon or «với», and a predicate that has nothing but its subject in front make it one."""
    if words.hit(last, "modal") or words.word(last) == "là" or " ".join(words.low[last : last + 2]) in _HAS_SUBJECT:
        return True
    if (next_act := words.hit(last, "verb")) is not None and next_act[1]["word"] in LONE:
        return True  # «Văn phòng tổng hợp | phân công trực»: no clause goes on so without a comma
    if _next_body(words, last) and words.word(last) == "và":
        return True
    before = words.text[max(0, words.start(first) - 6) : words.start(first)].rstrip(" \t*_“")
    behind = words.word(last) in ("", ".", ";", ":", ",", ")", "(") or not words.adjacent(last)
    if behind and (before[-1:] == ":" or before.endswith(" với")):
        return True
    after = words.text[words.end(last) : words.end(last) + 4].lstrip(" \t*_")[:1]
    return after in ("", "\n", ":") and words.word(last) in ("", ":") and (not before or before[-1] in "\n.-–+•")


def named_run(words: Words, first: int, last: int) -> int:
    """The end of a name of the registry that goes on here: «Phòng Kinh tế | đối ngoại», «Phòng Kinh tế | , Hạ tầng và Đô thị»."""
    field = words.hit(last, "field")
    if words.word(last) in ("và", ","):
        last = fields_run(words, last)
    elif (act := words.hit(last, "verb")) and act[1]["word"] in _FIELDS and not makes_paper(words, act[0]):
        last = act[0] if _closed(words, act[0]) else last  # «Phòng Quản lý chất lượng | giáo dục | là …»
    elif field and words.adjacent(last) and not words.cap(last) and words.hit(last, "verb", "adjunct", "qualifier", "level") is None:
        last = field[0] if _closed(words, field[0]) else last
    return own_end(words, first, last)


def offices_run(words: Words, last: int) -> int:
    """How far the listed name of a division goes on at ``last``: «Phòng Tổ chức - Cán bộ | , Thanh tra và Pháp chế», «Phòng Hành chính -
    Tổng hợp | , Quản trị». Behind a comma, names of other divisions are a list of their own («…, Nội vụ và Tư pháp»)."""
    k = last + 1
    if words.word(last) not in ("và", "-", ",") or not words.cap(k):
        return last
    if words.word(last) != ",":
        return run_on(words, last, 1)
    second = words.word(k + 1)
    if words.cap(k + 1) or not second.isalpha() or second == "và" or words.text[words.start(k) : words.end(k + 1)].isupper():
        return last
    if inspects(words, k):
        return run_on(words, last, 1)
    if words.hit(k, "head", "name", "role", "tail", "level", "determiner", "place", "adverb", "modal"):
        return last
    end = capital_run(words, k, listed=True)
    return end if words.word(end) in ("", ".", ":") or (words.word(end) not in (",", "và") and predicates(words, end)) else last


_DOUBLED = frozenset({"team", "board", "council"})
_GOES_ON = frozenset({"council", "mass-organisation", "agency-unit", "team", "board", "steering-committee", "institute", "office"})
"""Kinds of bodies whose listed name may have a second half behind «và»."""


def listed_run(words: Words, first: int, last: int, kind: str) -> int:
    """The end of a name whose head the lexicon lists: «Phòng Thanh tra | - Pháp chế», «Tổ | nghiệm thu | nghiệm thu …» (an act said twice
    in a row is first the name, then what is done)."""
    if words.low[first:last] == ["đơn", "vị"] and " ".join(words.low[last : last + 2]) in _USERS and _bound(words, last + 2):
        return last + 2  # «đơn vị | sử dụng | phải báo …»: whoever uses it
    if not words.cap(first):
        return last
    if kind == "division":
        whole = words.cap(first + 1) and not words.text[words.start(first) : words.end(first + 2)].isupper()
        return offices_run(words, last) if whole else last
    named = kind in _GOES_ON and any(words.cap(k) for k in range(first + 1, last))
    if named and words.word(last) in ("và", "-") and _half(words, last + 1):
        return run_on(words, last, 1)  # «Hội đồng Khoa học | và Công nghệ tỉnh», «Hội Khuyến học | và Cựu giáo chức»
    act = words.hit(last, "verb") if kind in _DOUBLED and not words.cap(last) else None
    if act is not None and act[1]["word"] in _FIELDS and _closed(words, act[0]) and not makes_paper(words, act[0]):
        return act[0]  # «Tổ chuyên gia | đấu thầu | rà soát …»
    act = act if last - first < 3 else None
    if act is None or words.low[act[0] : 2 * act[0] - last] != words.low[last : act[0]] or words.low[last : act[0]] == ["tổ", "chức"]:
        return last
    return act[0]


def _bound(words: Words, j: int) -> bool:
    """A modal that has nothing but its subject in front stands at ``j``."""
    modal = words.hit(j, "modal")
    bare = modal is not None and words.word(j) in ("được", "không") and words.low[j : j + 2] != ["không", "được"]
    return words.adjacent(j) and modal is not None and not bare


def half_end(words: Words, last: int) -> int:
    """The end of a name that goes on with a second half behind «và»: «Trung tâm Phục hồi chức năng | và Giáo dục trẻ khuyết tật»."""
    while words.word(last) == "và" and _half(words, last + 1) and (end := run_on(words, last, 1)) > last:
        last = fields_run(words, end, named=True)
    return last


def _half(words: Words, k: int) -> bool:
    """The second half of a name and no body of its own begins at ``k``: a word with one capital and a second syllable."""
    if not words.cap(k) or words.cap(k + 1) or not words.word(k + 1).isalpha() or words.text[words.start(k) : words.end(k + 1)].isupper():
        return False
    return words.hit(k, "head", "name", "role", "level", "determiner", "place") is None


def _act_behind(words: Words, first: int, last: int) -> int:
    """The end of the act that goes on with the name at ``last``, else ``last``."""
    if words.word(last) == ",":
        return _peer_behind(words, first, last)
    act = words.hit(last, "verb")
    if act is None:
        return last
    said = act[1]["word"]
    if said in _FIELDS and not makes_paper(words, act[0]) and _closed(words, act[0]):
        return act[0]
    if said in _UNDER | _JOINED and predicate_at(words, act[0]) and not words.cap(act[0]):
        return act[0]  # «Viện Chiến lược | phát triển | rà soát …»: nothing is done to anything
    if said in _UNDER and _act_before(words, first, last) in _OVER:
        return _object_end(words, act[0]) or last
    return last


def _peer_behind(words: Words, first: int, last: int) -> int:
    return peer_end(words, last, _act_before(words, first, last))


def peer_end(words: Words, last: int, before: str) -> int:
    """«Cục Quản lý | , giám sát bảo hiểm | lập …», behind the act ``before``: no predicate follows its subject behind a comma."""
    act = words.hit(last + 1, "verb") if before and words.adjacent(last + 1) and not words.cap(last + 1) else None
    if act is None or act[1]["word"] not in _PEERS:
        return last
    end = act[0]
    if words.word(end) == "và" and (more := words.hit(end + 1, "verb")) and more[1]["word"] in _PEERS | _UNDER:
        end = more[0]  # «…, thẩm định | và giám sát đầu tư»
    end = _object_end(words, end, last=True) or (end if predicate_at(words, end) else 0)
    listed_on = (words.word(end) == "và" and words.cap(end + 1)) or words.word(end) == "để"  # «…, phổ biến pháp luật | và Sở Tư pháp»
    listed_on = listed_on or _next_body(words, end)
    return end if end and (before in _NEEDS or listed_on or predicate_at(words, end)) else last


def _act_before(words: Words, first: int, last: int) -> str:
    """The act with a capital that ends at ``last`` («Trung tâm Khuyến công và | Tư vấn | phát triển …»), empty where none does."""
    for m in range(last - 1, max(first, last - 4) - 1, -1):
        if words.cap(m):
            act = words.hit(m, "verb", "activity")
            return act[1]["word"] if act and act[0] == last else ""
    return ""


def _closed(words: Words, j: int) -> bool:
    """Whether nothing is done to anything at ``j``: a predicate, the end, or the next body of a list stands there."""
    word = words.word(j)
    if word in ("", ".", ";", ":", ")") or not words.adjacent(j) or (word in (",", "và", "-") and words.cap(j + 1)):
        return True
    if word in ("để", "trước"):
        return True  # «báo cáo về Phòng Đăng ký kinh doanh | để tổng hợp»
    owner = word in ("của", "thuộc") or words.hit(j, "level") or (words.cap(j) and words.hit(j, "head", "name"))
    return bool(owner) or _next_body(words, j) or predicate_at(words, j)


def _next_body(words: Words, j: int) -> bool:
    """«… | và Sở Y tế», «… | , các đơn vị»."""
    det = words.hit(j + 1, "determiner") if words.word(j) in (",", "và") else None
    at = det[0] if det else j + 1
    return words.word(j) in (",", "và") and (det is not None or words.cap(at)) and words.hit(at, "head", "role", "name") is not None


def predicate_at(words: Words, j: int, *, noun: bool = True) -> bool:
    """A modal, an adverb with its verb, or a verb that does not go on with the act before stands at ``j``. ``noun``: the word before
    ends a known field, so that it makes no noun of the verb («hải quan | vận hành»)."""
    manner, verb, modal = words.hit(j, "adverb"), words.hit(j, "verb"), words.hit(j, "modal")
    bare = modal is not None and modal[1]["word"] in ("không", "được")  # «tuyển sinh | không quá chỉ tiêu», «đầu tư | được 3 trạm»
    if (modal and not bare) or (manner and acts(words, manner[0])):
        return True
    if verb is None or (not noun and words.low[j - 1] in NOMINAL) or verb[1]["word"] in _JOINED:
        return False
    return acts_surely(words, j) or words.word(j) in _SHORT or (words.low[j : j + 2] == ["tổ", "chức"] and verb_head(words, j, j + 2))


def _object_end(words: Words, since: int, *, last: bool = False) -> int:
    """The word behind what the act is done to, where a predicate or the next body surely follows; 0 where none does. ``last``: the
    sentence or the bracket may end there."""
    j, whole = since, 0
    while j < min(len(words) + last, since + _OBJECT):
        if last and j > since and words.word(j) in ("", ".", ";", ":", ")", "để"):
            return j
        if j > since and (predicate_at(words, j, noun=whole == j) or _next_body(words, j)):
            return j
        if whole == j and j > since and words.cap(j) and words.adjacent(j) and words.hit(j, "head", "name", "role") is None:
            j = place_run(words, j)  # «… hạ tầng khu công nghiệp | Quang Châu»
            return j if predicate_at(words, j) or _next_body(words, j) else 0
        if not (words.word(j).isalpha() and words.adjacent(j)) or words.cap(j) or words.word(j) in _NO_NOUN:
            return 0
        field = words.hit(j, "field", "pair")
        if field is None and j == since and (act := words.hit(j, "verb")) and act[1]["word"] in _FIELDS:
            field = act  # «giám sát | đầu tư»
        if field is None and any(kind in words.at(j) for kind in (*_NO_OBJECT, "verb", "adverb", "adjunct", "modal")):
            return 0
        j = field[0] if field else j + 1
        whole = j if field else whole
    return 0

"""Restrictions that tell which persons or which of several units are meant: «Người | được cử tham gia đoàn | tự giác báo cáo …», «Ủy viên
hội đồng | có quan hệ gia đình với đối tượng | không biểu quyết», «phòng | phụ trách địa bàn | rà soát …».

A restriction is what they were charged with, what they do or what ties them to somebody, with its objects; the predicate stands behind
it without a comma. Acts of a chain («được giao | theo dõi») and acts that complete the paper or the team before them («quyết định |
thành lập», «tổ | xác minh») are no predicate. ``Np`` is the conjunct under construction. Source: domain.md 4.4, 6.2; GUIDE: as the text
names it.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import binding_word, binds, commits, in_one_line, misdeed
from extractors.unit_bound import breaks
from extractors.unit_clauses import opens_list
from extractors.unit_qualifiers import NOMINAL, NOUNS, OFFICE_ACTS, SET_IN_TIME, Np, acts, acts_surely
from extractors.unit_words import Hit, Words

_REACH = 20
"""Words that a restriction may have."""
_PERSONS = frozenset({"staff", "member", "person", "public", "team-member", "team-head", "head"})
_LEADERS = ["lãnh", "đạo"]
"""How those begin who lead a body together, one of whom may be in charge of a field («Lãnh đạo Sở | phụ trách lĩnh vực thanh tra»)."""
_UNITS = word_class("unit_grammar", "restricted-unit")
_CHARGED = word_class("unit_grammar", "charged-with")
_DOES = word_class("unit_grammar", "restricting-act")
_ANYONE_DOES = _DOES | word_class("unit_grammar", "act-of-anyone")
_ANY_DOER = ("người", "người có thẩm quyền", "bộ phận")
_CALLED_BY = word_class("unit_grammar", "called-by")
"""Acts that say nothing without the field of work behind them («người | tiến hành thanh tra»)."""
_ON_DUTY = word_class("unit_grammar", "on-duty")
"""Words for doing one's work, behind which the work is told («viên chức | làm nhiệm vụ tiếp công dân»)."""
_FIRST = {said.split()[0] for said in _ANYONE_DOES | _CALLED_BY | _ON_DUTY}
OPENS_RESTRICTION = frozenset({"được", "có", "là", "đã", "đang", "dự"} | _FIRST)
"""Words with which a restriction begins."""
_TIES = word_class("unit_grammar", "tie")
_PLANNED = ["dự", "kiến"]
_COMPLEMENTED = word_class("unit_grammar", "complemented")
_FAULTS = word_class("unit_grammar", "fault-act")
_MOVES_OTHERS = word_class("unit_grammar", "moves-others")
_ASKING = word_class("time_grammar", "request")
_REPORTED = word_class("unit_grammar", "behind-noun-act")
_PAPERS_ASKING = ("đơn", "thư")
_TEAMS = frozenset({"tổ", "đoàn", "ban", "đội", "nhóm", "đồng"})
"""Last words of heads that the act behind them names («tổ | xác minh»)."""
_TEAM_ACTS, _MOVED = word_class("unit_grammar", "team-act"), word_class("unit_grammar", "moved")
_HANDS = word_class("unit_grammar", "hands-on")
_PARTS = word_class("unit_grammar", "part-taken")
_DONE_OF = word_class("unit_grammar", "done-of")
"""Nouns that a verb completes («kết quả | thực hiện»)."""
_JOINTS = (",", "và")
_CLOSES = ("", ":", ";", ".", *_JOINTS)
_FIELDS = [said.split() for said in _TEAM_ACTS]
_PETITIONS = [said.split() for said in word_class("unit_grammar", "petition")]
_IN_ROWS = (_FIELDS, _PETITIONS)
"""Acts that are listed behind the noun that they complete."""
_WHOLE, _CHARGES = word_class("unit_grammar", "whole-noun"), word_class("unit_grammar", "charge")
_PLAIN = word_class("unit_attributes", "plain")
SHORT = word_class("unit_attributes", "short") | OFFICE_ACTS | {"giữ", "chuyển", "dự"}
_NO_DENIAL = word_class("unit_grammar", "no-denial")
"""Words behind «không» where it denies what something is, not what somebody does."""


def restricted(words: Words, np: Np) -> bool:
    """Takes the restriction that begins at the end of ``np`` into it, where the predicate follows."""
    k = _since(words, np)
    if k and np.cls == "head" and opens_list(words, np) and (bound := fields_end(words, k - 1)) and _bound(words, bound):
        np.describe(bound)
        return True  # «Cơ quan | ra quyết định thanh tra, kiểm tra | phải …»
    opened = _opener(words, np, k) if k and words.adjacent(k) else None
    if opened is None or not (opens_list(words, np) or _behind_front(words, np) or _led(words, np)):
        return False
    end = opened[0] if _complete(words, *opened) else _end(words, *opened) or _part_taken(words, *opened)
    if not end:
        return False
    np.describe(end)
    return True


def _complete(words: Words, since: int, sort: str) -> bool:
    """«Cán bộ được trưng tập | , …», «Cơ quan đang thụ lý | chuyển hồ sơ …»: nothing that the charge or act is done to follows."""
    if sort == "charge":
        return " ".join(words.low[since - 2 : since]) in _MOVED and words.word(since) in _CLOSES
    verb = words.hit(since, "verb") if sort == "act" else None
    return verb is not None and verb[1]["word"] in _HANDS and words.word(verb[0]).isalnum()


def _part_taken(words: Words, since: int, sort: str) -> int:
    """«Các đơn vị được giao chủ trì | báo cáo kết quả …»: the act behind the part that they were given in any work, if no other follows."""
    acting = sort == "charge" and " ".join(words.low[since : since + 2]) in _PARTS and words.hit(since + 2, "verb") is not None
    return since + 2 if acting else 0


def whose_end(words: Words, k: int) -> int:
    """The predicate behind «người» at ``k`` and what he was charged with, does or is tied to; 0 where none surely stands there."""
    anyone = Np(k, k + 1, kind="person", cls="role", row={"word": "người"})
    opened = _opener(words, anyone, k + 1) if words.adjacent(k + 1) else None
    return _end(words, *opened, closes=True) if opened else 0


def fields_end(words: Words, k: int) -> int:
    """«người | thực hiện giám sát, thẩm định», «Người | ra quyết định thanh tra, kiểm tra»: the word behind the fields of work by which
    «người» at ``k`` is called; 0 where they may be what somebody does («người thực hiện kiểm tra | sổ sách»)."""
    size = next((n for n in (3, 2, 1) if " ".join(words.low[k + 1 : k + 1 + n]) in _CALLED_BY), 0)
    j = k + 1 + size
    if not size or words.low[j : j + 2] not in _FIELDS or not all(words.adjacent(m) for m in range(k + 1, j + 2)):
        return 0
    j += 2
    while words.word(j) in (*_JOINTS, "hoặc") and words.low[j + 1 : j + 3] in _FIELDS:
        j += 3
    timed = words.low[j : j + 2] in SET_IN_TIME  # «Người ra quyết định thanh tra | trước khi công bố … | yêu cầu …»
    return j if words.word(j) in _ENDS or timed or _another_person(words, j) or (in_one_line(words, j) and _bound(words, j)) else 0


_ENDS = ("", ":", ";", ".", ")")


def _since(words: Words, np: Np) -> int:
    """Where a restriction of ``np`` may begin, 0 where it takes none: a name or a closed collective is told apart already."""
    if np.open or np.elided:
        return 0
    if np.cls == "role":
        return np.last if np.kind in _PERSONS else 0
    if np.cls == "name" and words.low[np.first : np.first + 2] == _LEADERS:
        return np.last
    unit = words.low[np.first + np.determiner] in _UNITS or np.row.get("word") == "bộ phận"
    common = np.cls == "head" and not np.proper and not np.closed and unit
    return np.last if common else 0


def _behind_front(words: Words, np: Np) -> bool:
    """«Trước khi trình hồ sơ, | phòng phụ trách địa bàn | …»: behind the comma of what stands in front of the clause."""
    return words.word(np.first - 1) == "," and words.hit(0, "head", "role", "determiner", "name") is None


def _led(words: Words, np: Np) -> bool:
    """«Thủ trưởng | đơn vị có người được cử đi học | …»: the body whose head opens the clause."""
    head = words.hit(0, "role")
    return head is not None and head[0] == np.first and head[1]["kind"] == "head"


def _opener(words: Words, np: Np, k: int) -> tuple[int, str] | None:
    """The word behind what opens a restriction at ``k``, and what it is: a charge, an act or a tie."""
    k += words.word(k) in ("đã", "đang")
    k += 2 * (words.low[k : k + 2] == _PLANNED)  # «người | dự kiến | được giao giám sát»
    planned = 2 * (words.low[k + 1 : k + 3] == _PLANNED)
    if planned and words.word(k) == "được":
        k += planned  # «người được | dự kiến | cử tham gia đoàn»
        size = next((n for n in (2, 1) if " ".join(words.low[k + 1 : k + 1 + n]) in _CHARGED), 0)
        return (k + 1 + size, "charge") if size else None
    pair = " ".join(words.low[k + 1 : k + 3])
    if words.word(k) == "được":
        size = 2 if pair in _CHARGED else 1 if words.word(k + 1) in _CHARGED else 0
        asks = " ".join(words.low[k + 1 : k + 1 + size]) in _MOVES_OTHERS & _ASKING
        whom = words.word(k + 1 + size) == "người" or words.hit(k + 1 + size, "determiner", "head", "role", "name")
        if asks and whom:
            return None  # «Cơ quan thanh tra | được yêu cầu đơn vị cung cấp …»: their right
        return (k + 1 + size, "charge") if size else None
    size = 2 if pair in _TIES else 1 if words.word(k + 1) in _TIES else 0
    if words.word(k) == "có" and size and np.cls == "role":
        return k + 1 + size, "tie"
    if words.word(k) == "có" and np.cls == "head" and (fault := _has_person(words, k + 1)):
        return fault, "act"
    if words.word(k) == "là" and words.word(k + 1) == "người" and np.cls == "role":
        return k + 2, "tie"
    duty = next((n for n in (4, 3, 2) if " ".join(words.low[k : k + n]) in _ON_DUTY), 0) if np.cls == "role" else 0
    if duty:
        return k + duty, "duty"
    does = _ANYONE_DOES if np.row.get("word") in _ANY_DOER else _DOES
    size = next((n for n in (4, 3, 2, 1) if " ".join(words.low[k : k + n]) in does), 0)
    return (k + size, "act") if size else None


_HAD = frozenset({"staff", "member", "person", "public"})
_STATES = ("bị", "được", "vi", "đã", "đang", "thuộc", "tham")
"""Words with which begins what somebody is or suffers whom a body has («đơn vị có người | bị kỷ luật»)."""


def _has_person(words: Words, k: int) -> int:
    """«Cơ quan có công chức | bị kết luận vi phạm | công khai …»: the word behind the persons at ``k`` by whom a body is told, where it is
    said what they are; 0 where none stand there."""
    while True:
        role = words.hit(k, "role")
        behind = role[0] if role is not None and role[1]["kind"] in _HAD else k + 1 if words.word(k) == "người" else 0
        if not behind or words.word(behind) not in _JOINTS:
            return behind if behind and words.word(behind) in _STATES else 0
        k = behind + 1


def _end(words: Words, since: int, sort: str, *, closes: bool = False) -> int:
    """The word at which the predicate begins behind the opener that ends at ``since``; 0 where none surely does. ``closes``: the phrase
    may also end there («Nghiêm cấm …, người tham gia quy trình bổ nhiệm |:»), as a list of fields of work always may, since headings do."""
    at_it = words.word(since - 3) == "đang"  # «cơ quan đang thụ lý | chuyển hồ sơ»: nothing need be named
    told = (sort == "charge" or at_it) and not words.word(since).isdigit()
    listed = suffers = False
    j, done = since, 0  # ``done``: where an act ended that nothing is done to yet
    while j < min(len(words), since + _REACH):
        if told and (j > since or " ".join(words.low[j - 2 : j]) in _MOVED) and (misdeed(words, j) or commits(words, j)):
            return j
        if words.word(j) == "," and j == done and sort in ("charge", "duty") and (more := _next_act(words, j + 1)):
            j = done = more  # «được giao tiếp nhận, | xử lý đơn»
            continue
        if words.word(j) in ("được", "bị") and (state := words.hit(j, "qualifier")):
            told, suffers, j = True, False, state[0]  # «có công chức bị kỷ luật | báo cáo …»
            continue
        if words.word(j) == "bị" and in_one_line(words, j + 2) and not _known(words, j + 1):
            told, suffers, j = True, False, j + 3  # «có người bị kết luận | vi phạm»: a verb that no lexicon holds
            continue
        if words.word(j) in ("được", "bị") and not _bound(words, j):
            suffers, told, j = True, False, j + 1  # «đối tượng được kiểm tra», «nền tảng được nhà trường cho phép»
            continue
        if words.word(j) == "," and sort == "charge" and told and _lists_thing(words, j + 1):
            listed, j = True, j + 1
            continue
        if words.word(j) == "," and sort == "charge" and told and j > since and (bound := _bound_ahead(words, j)):
            return bound
        if words.word(j) in _JOINTS and told and any(words.low[j - 2 : j] in w and words.low[j + 1 : j + 3] in w for w in _IN_ROWS):
            j += 3  # «quyết định thanh tra, | kiểm tra», «đơn khiếu nại, | tố cáo»
            if j == len(words):
                return j  # a heading ends with it
            continue
        if words.word(j) == "cùng" and words.hit(j + 1, "verb", "modal") is not None:
            return j  # «hộ dân và người phụ trách | cùng ký biên bản»
        if not in_one_line(words, j) or _breaks(words, j):
            return 0
        if ((told or j > since) and _bound(words, j)) or (sort == "act" and j == since and binds(words, j)):
            return j  # «người phụ trách kho | phải …», «người thẩm định | phải …»
        verb = words.hit(j, "verb")
        if j == done and _organises(words, j):
            return j
        if told and not listed and (j > since or _moved(words, j, verb)) and tells_act(words, j, verb, sort):
            return j
        if verb is None:
            told, noun = not suffers, _noun(words, j)
            j = noun[0] if noun else j + 1
        else:
            whole = (sort == "duty" and j == since) or verb[1]["word"] in _FAULTS
            told = suffers or whole or _is_thing(words, j, verb, first=j == since and sort == "charge")
            j, done, suffers = verb[0], verb[0], False
        if closes and told and (j == len(words) or words.word(j) == ":" or _another_person(words, j)):
            return j
    return 0


def _organises(words: Words, j: int) -> bool:
    """«được giao thẩm định | tổ chức xem xét hồ sơ»: behind an act that is a field of work, what they hold."""
    return words.low[j : j + 2] == ["tổ", "chức"] and words.low[j - 2 : j] in _FIELDS and words.hit(j + 2, "verb") is not None


def _next_act(words: Words, j: int) -> int:
    """The word behind the next of several acts that one charge holds; 0 where none stands at ``j``, or one that tells others what to do."""
    act = words.hit(j, "verb")
    return act[0] if act is not None and words.adjacent(j) and act[1]["word"] not in _MOVES_OTHERS else 0


def _another_person(words: Words, j: int) -> bool:
    """«Người ra quyết định, | trưởng đoàn | không được …»: the next of those who are told to act."""
    return words.word(j) in _JOINTS and (words.word(j + 1) == "người" or words.hit(j + 1, "role", "determiner") is not None)


def _bound_ahead(words: Words, comma: int) -> int:
    """«được giao giữ đề, in sao đề, | làm phách | phải …»: the word that binds behind the other acts of one charge; 0 where none does, or
    it stands behind a mark or «và» of its own and so goes on with acts that are no charge («…, ghi sổ, báo cáo | và phải …»)."""
    bound = binding_word(words, comma + 1, _REACH, lambda j: words.word(j) in _JOINTS or (in_one_line(words, j) and not _breaks(words, j)))
    return 0 if words.word(bound - 1) in _JOINTS else bound


def _known(words: Words, j: int) -> bool:
    """A verb, or somebody by whom something is done, begins at word ``j``."""
    return words.hit(j, "verb", "role", "head", "name", "determiner", "qualifier") is not None


def _is_thing(words: Words, j: int, verb: Hit, *, first: bool) -> bool:
    """A verb that is what the act before it is done to («ra | quyết định»), or completes its name («tổ | xác minh»)."""
    said, before = verb[1]["word"], words.low[j - 1]
    if before in _PAPERS_ASKING and words.low[j : verb[0]] in _PETITIONS:
        return True  # «đơn | tố cáo»
    return (said in NOUNS and not first) or (said in _TEAM_ACTS and (before in _TEAMS or before in _COMPLEMENTED))


def _moved(words: Words, j: int, verb: Hit | None) -> bool:
    """«Cán bộ được trưng tập | chấp hành …»: right behind, what they do and not what they were sent for («trưng tập | tham gia đoàn»)."""
    return verb is not None and " ".join(words.low[j - 2 : j]) in _MOVED and verb[1]["word"] not in _CHARGES


def _breaks(words: Words, j: int) -> bool:
    """A word that no restriction holds: it opens a clause of its own, or tells others what to do, or what for."""
    second_act = words.word(j) == "và" and words.hit(j + 1, "verb") is not None
    return second_act or breaks(words, j)


def _lists_thing(words: Words, j: int) -> bool:
    """Another thing in a list of objects («quy chế, | quy trình nêu trên»), no person, body or act."""
    return not words.cap(j) and words.hit(j, "verb", "role", "determiner", "modal", "adverb", "adjunct") is None


def _bound(words: Words, j: int) -> bool:
    """A modal that binds, «không» with what must not be done, how often, or an adverb of manner with its verb."""
    if binds(words, j) or words.low[j : j + 2] == ["chịu", "sự"]:
        return True
    if words.word(j) == "không":
        return refrains(words, j)
    manner = words.hit(j, "adverb")
    often = words.word(j) in ("mỗi", "hằng", "hàng")
    return manner is not None and words.low[j - 1] not in NOMINAL and (often or acts(words, manner[0]))


def refrains(words: Words, j: int) -> bool:
    """«không» at ``j`` with what must not be done («| không biểu quyết»), where it denies no state («| không chuyên trách»)."""
    return words.word(j + 1) not in _NO_DENIAL and words.word(j + 1).isalpha() and words.hit(j + 1, "role", "head") is None


def _noun(words: Words, j: int) -> Hit | None:
    """A noun of several words, in which a verb would be found («chủ | đầu tư»)."""
    noun = words.hit(j, "head", "role", "field", "not")
    return noun if noun is not None and noun[0] - j > 1 and words.word(j) not in _TEAMS else None


def tells_act(words: Words, j: int, verb: Hit | None, sort: str) -> bool:
    """A verb at ``j`` that describes nothing before it; behind a tie only what hardly describes anything."""
    before = words.low[j - 1]
    if verb is None or verb[1]["word"] in _FAULTS or (before in _CHARGED and verb[1]["word"] in _CHARGES):
        return False  # «có người được cử | tham gia đoàn»
    if " ".join(words.low[j - 2 : j]) in _DONE_OF:
        return False
    said, reports = verb[1]["word"], _reports(words, verb)
    if said == "báo cáo" and reports:
        return before not in _COMPLEMENTED
    if sort == "tie":
        return said in _PLAIN
    free = before in _TEAMS or " ".join(words.low[j - 2 : j]) in _WHOLE
    if said in _PLAIN or (said in SHORT and words.word(verb[0]).isalnum() and (free or before not in NOMINAL)):
        return True
    names = said in _TEAM_ACTS and words.word(verb[0]) != "việc"  # «tham gia đoàn | kiểm tra», «phụ trách lĩnh vực | thanh tra»
    if names if free else (before in NOMINAL or before in _COMPLEMENTED):
        return False
    return acts_surely(words, j) or (said in NOUNS and reports)


def _reports(words: Words, verb: Hit) -> bool:
    """What stands behind a verb that is a noun too, where it is the verb: whom, with what, by what it is done («báo cáo | Chánh Thanh tra»,
    «phân công | bộ phận …»)."""
    behind = verb[0] + (words.word(verb[0]) == ",")
    more = (behind > verb[0] or verb[1]["word"] == "tổ chức") and words.hit(behind, "verb") is not None  # «chỉ đạo, đôn đốc»
    return more or words.word(verb[0]) in _REPORTED or words.hit(verb[0], "determiner", "role", "head", "name", "adverb") is not None


__all__ = ["OPENS_RESTRICTION", "SHORT", "fields_end", "refrains", "restricted", "tells_act", "whose_end"]

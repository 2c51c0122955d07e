"""Whether what was read as a name may stand as one: no verb in disguise, no longer word that is no unit, no bare head that needs more."""

from __future__ import annotations

from extractors.rulebook import rules, word_class
from extractors.unit_qualifiers import NOUNS, Np, is_verb, makes_paper
from extractors.unit_words import Words

# Heads of one syllable that stand for the issuer's own body when capitalised.
_SHORT = word_class("unit_grammar", "short-body")
# Words behind a noun that is a verb too, where it is the verb («tổ chức | việc …», «lãnh đạo | tốt …»).
_OBJECTS = word_class("unit_grammar", "verb-object")
# First words of what is held («tổ chức | đối thoại với doanh nghiệp»).
_HELD = word_class("unit_grammar", "held")
# What counts the events behind «tổ chức» («tổ chức | ít nhất 01 buổi»).
_AMOUNTS = {tuple(words.split()) for words in word_class("unit_grammar", "amount")}
_SITES = word_class("unit_grammar", "site")
"""Places that do something only among bodies and by their own name («các trường học, | chợ Đông Bình»)."""
_FACILITIES = word_class("unit_grammar", "facility")
"""Works with a crew, which are told to act («Trạm bơm | chuẩn bị nhiên liệu») or told of («Trạm bơm | được sửa chữa»)."""
_OF_THINGS = word_class("unit_grammar", "of-things") | {":", ""}
"""Words behind the name of a thing that only say how it is or what is done to it."""
_CHARGED = word_class("unit_grammar", "restricted-unit")
# Whom «lãnh đạo» as a noun is usually the leadership of; before other bodies the word is rather the verb.
_LEAD_NOUNS = {
    "division", "agency", "agency-unit", "department", "office", "ministry", "inspectorate", "party-inspection", "board",
    "enterprise", "school", "organisation", "sector", "party-office", "locality", "party-committee",
    "enforcement", "tax", "treasury", "customs",
}  # fmt: skip

# Bodies set up for a task: one behind another is a body of its own.
SET_UP = {"council", "team", "board", "steering-committee", "community"}
# Kinds of bodies after which another common noun may stand without a link («cấp ủy | đảng bộ», «cơ quan | ủy ban kiểm tra»).
_HOSTS = {
    "party-committee", "party-cell", "party-organisation", "mass-organisation", "party-inspection", "agency", "team", "inspectorate",
    "board", "people-inspection", "council",
}  # fmt: skip


def blocked(words: Words, i: int, last: int) -> bool:
    """True where a longer word sequence that is no unit begins («phòng, chống», «ban hành»)."""
    no = words.hit(i, "not")
    if no is None or no[0] < last:
        return False
    yes = words.hit(i, "name")
    return yes is None or yes[0] < no[0] or not words.cap(i)


def holds_event(words: Words, at: int) -> bool:
    """«Ban | tổ chức đối thoại», «Sở | tổ chức hội nghị»: what is held stands behind «tổ chức»."""
    event = words.hit(at, "not")
    return (event is not None and event[1]["why"] == "sự kiện") or words.word(at).isdigit() or words.word(at) in _HELD


def verb_head(words: Words, i: int, last: int) -> bool:
    """A head that is also a verb (tổ chức, thanh tra, lãnh đạo) stands here as a verb: its object or another verb follows."""
    following = words.word(last)
    if words.low[i:last] == ["tổ", "chức"] and (event := words.hit(last, "not")) and event[1]["why"] == "sự kiện":
        return True  # «Cán bộ tư pháp | tổ chức hội nghị»
    if words.low[max(0, i - 3) : i] == ["cơ", "quan", ","] and words.low[i:last] == ["tổ", "chức"]:
        return False  # «cơ quan, tổ chức | rà soát»: a fixed pair of nouns
    counted = following.isdigit() or tuple(words.low[last : last + 2]) in _AMOUNTS
    if words.low[i:last] == ["tổ", "chức"] and counted:
        return True  # «Mỗi giáo viên | tổ chức ít nhất 01 buổi»
    if following in _OBJECTS:
        return True
    verb = words.hit(last, "verb")
    if verb:
        act = words.hit(last, "activity")
        return not (act and words.word(i) == "tổ" and words.word(act[0]) in ("", ",", "và", ":", ".", ";"))
    if following == "," and is_verb(words, last + 1):
        return words.hit(last + 1, "head", "role", "level") is None or words.hit(last + 1, "activity") is not None
    return False


def verb_in_name(words: Words, k: int, last: int) -> bool:
    """«các đơn vị thuộc Bộ | xây dựng kế hoạch»: in small letters and before a paper, the rest of the name is the predicate."""
    verb = None if last - k < 2 or words.cap(k + 1) else words.hit(k + 1, "verb")
    return verb is not None and verb[0] == last and makes_paper(words, last)


def last_of_branches(words: Words, np: Np) -> bool:
    """«các sở, ban, ngành | kiểm tra việc …»: the last of a list is no branch of government named after the act behind it."""
    return np.row.get("word") == "ngành" and not words.cap(np.first) and words.word(np.first - 1) in (",", "và")


def stands(words: Words, np: Np, k: int, inside: bool) -> bool:
    """Whether what was read may stand as a unit, after the traits of its head."""
    traits, head = np.row.get("traits", ""), np.row.get("word")
    grown = not np.bare or np.inner
    if head in _SITES:
        return _site(words, np, k, inside)
    if head in _FACILITIES and not inside and words.word(np.last) in _OF_THINGS and words.hit(np.last, "open") is None:
        return False
    if np.cls == "role" and "v" in traits and head != "lãnh đạo":
        return _guards(words, np, k, inside)
    if np.cls == "name" or np.determiner:
        return not (head == "thanh tra" and not grown and verb_head(words, k, np.last))
    if "v" in traits:
        first = words.hit(k, "head", "role", "level")
        if first and head == "tổ chức" and not inside and verb_head(words, k, first[0]):
            return False  # «Tổ chức | kiểm tra liên ngành tại các xã»
        if first and not grown and _leads(words, k, first[0]):
            return True
        if first and not grown and (verb_head(words, k, first[0]) or not (inside or words.word(np.last) in ("", ",", "và"))):
            return False
        if head == "lãnh đạo":
            return np.open or _lead_is_noun(words, np, first[0] if first else np.last)
        ranked = np.closed and words.low[np.last - 1] in ("cấp", "trên", "dưới")
        listed = inside and words.cap(k) and words.word(np.last) in ("", ",", "và", ";", ".")
        listed = listed or (np.inner and words.cap(k) and in_sentence(words, k))
        if head != "thanh tra" or np.level or np.proper or ranked or listed or _leads(words, k, np.last):
            return True
        return among_inspectorates(words, k)
    if np.cls == "level":
        return np.level or inside or (np.open and np.first == 0)  # «Xã có rừng | bố trí …»: any of them
    if head in ("sở", "bộ", "ban") and not grown and words.low[np.last : np.last + 2] in ([",", "ban"], [",", "ngành"]):
        return True  # «phối hợp với | sở, ban, ngành», without «các»
    if head == "lực lượng":
        return grown  # «Lực lượng phải đủ»: men in general
    if "c" in traits and not (grown if inside else np.level or np.proper or np.inner or _restricted(words, np)):
        return inside or (words.cap(k) and (np.last - k > 1 or words.low[k] in _SHORT))
    return True


def _site(words: Words, np: Np, k: int, inside: bool) -> bool:
    """A place where people trade or travel («chợ», «bến xe»): with a name or determiner in a list, or among those who open the clause
    («Trường học, chợ, | siêu thị | phải …», «Các chợ | bố trí …»)."""
    joined = words.word(k - 1) in (",", "và", ";", "cùng")
    if inside and (np.named or np.determiner) and joined:
        return True
    opens = joined and words.hit(0, "head", "role", "determiner") is not None and not any(words.hit(m, "verb", "modal") for m in range(k))
    goes_on = words.word(np.last) in (",", "và") or words.hit(np.last, "verb", "modal", "adverb") is not None
    return goes_on and (opens if inside else np.first == 0 and np.determiner)


def in_sentence(words: Words, k: int) -> bool:
    """Whether other words stand right before word ``k``, so that its capital is that of a name («Đề nghị | Thanh tra các sở …»)."""
    at = words.start(k)
    return words.text[max(0, at - 2) : at].rstrip(" ")[-1:].isalnum()


def _restricted(words: Words, np: Np) -> bool:
    """«phòng | được giao chủ trì | rà soát …»: what it was charged with tells which is meant."""
    return np.open and words.low[np.first + np.determiner] in _CHARGED


def among_inspectorates(words: Words, k: int) -> bool:
    """«Thanh tra các sở; | thanh tra các huyện»: inspectorates of several levels in a row at the head of the words, and then the predicate
    or the end. As acts they would have something else behind them («Thanh tra các sở, thanh tra các huyện | về việc …»)."""
    if words.low[:2] != ["thanh", "tra"] or words.low[k : k + 2] != ["thanh", "tra"]:
        return False
    row = rules("units").pattern("inspectorates").match(words.text, words.start(0), words.end(len(words)))
    if row is None or words.start(k) > row.end():
        return False
    j = words.from_offset(row.end())
    return words.word(j) in ("", ".", ":", "(", ";") or words.hit(j, "verb", "modal", "adverb") is not None


def _leads(words: Words, k: int, j: int) -> bool:
    """«Thanh tra | chủ trì …», «…, Thanh tra | phối hợp»: what leads or helps others is a body."""
    return words.cap(k) and words.low[k:j] == ["thanh", "tra"] and words.low[j : j + 2] in (["chủ", "trì"], ["phối", "hợp"])


def _guards(words: Words, np: Np, k: int, inside: bool) -> bool:
    """«Bảo vệ | trực cổng», «Đội cờ đỏ, | bảo vệ» (persons) against «Bảo vệ môi trường», «Trực ban tác chiến 24/24 giờ» (what is done):
    a verb that is no noun or a duty follows, or the word stands in a list of bodies and persons."""
    following, verb = words.word(np.last), words.hit(np.last, "verb")
    acts = verb is not None and verb[1]["word"] not in NOUNS and words.hit(np.last, "trade") is None
    if np.last - k == 2 and np.row["word"] == "bảo vệ":
        acts = np.last < len(words) and bool(rules("units").pattern("guard_acts").match(words.text, words.start(np.last)))
    if np.determiner or words.hit(np.last, "modal") or acts:
        return k == 0 or inside or np.determiner or words.word(k - 1) in (";", ".", ":", ",")
    if following in (",", "và") and words.hit(np.last + 1, "role", "name") and (inside or k == 0):
        return words.hit(np.last + 1, "verb") is None
    return inside and following in ("", ".", ";", ")", ":")


def _lead_is_noun(words: Words, np: Np, j: int) -> bool:
    """«Lãnh đạo các phòng …» (persons) against «Lãnh đạo các đoàn thể …» (verb): decided by who is led."""
    if not np.inner or words.word(np.last) in ("", ":", ";", ",", "(") or _asked(words, np.first):
        return True
    det = words.hit(j, "determiner")
    at = det[0] if det else j
    head = words.hit(at, "head", "name", "role", "level")
    if head is None:
        return True
    return head[1].get("kind", "") in _LEAD_NOUNS or words.hit(np.last, "modal") is not None


_ASKS = ("yêu cầu", "đề nghị", "giao", "kính mời", "phân công")
_ASK = 12
"""Characters right in front of «lãnh đạo» in which somebody is asked to act."""


def _asked(words: Words, i: int) -> bool:
    """«Yêu cầu | lãnh đạo Kho bạc …»: whom something is asked of is no act."""
    at = words.start(i)
    return words.text[max(0, at - _ASK) : at].lower().rstrip().endswith(_ASKS)


def role_may_nest(words: Words, np: Np, j: int) -> bool:
    """«Đồng chí | Bí thư chi bộ», «Đồng chí | trưởng phòng»: an office behind a form of address, in small letters one that has a holder."""
    office = words.hit(j, "role")
    if np.row["kind"] not in ("head", "member") or office is None:
        return False
    return words.cap(j) or (np.row["word"] == "đồng chí" and "t" in office[1]["traits"])


def nestable(words: Words, np: Np, j: int, determined: bool) -> bool:
    hit = words.hit(j, "head", "level", "name", "role")
    if hit is None or np.row.get("word") == "báo" or blocked(words, j, hit[0]):
        return False
    head = words.at(j).get("head")
    if head and "v" in head[1]["traits"] and head[0] == hit[0]:  # tổ chức, thanh tra: noun only after a role or with a capital
        if words.cap(j):
            verb = words.hit(j, "verb")
            return (verb is not None and verb[0] < head[0]) or not verb_head(words, j, head[0])  # «Công đoàn | Thanh tra Bộ»
        return np.cls == "role" and not np.title and not verb_head(words, j, head[0])
    if np.cls == "role" or words.cap(j) or determined:
        return not (np.cls == "role" and np.row["kind"] in ("public", "person") and not words.cap(j))
    if np.cls == "level":
        return False
    if head is None or np.row.get("kind") not in _HOSTS:
        return False
    traits = head[1]["traits"]
    return "g" in traits and "v" not in traits and head[1]["kind"] not in ("agency", "organisation", "enterprise")


def written_out(words: Words, np: Np) -> bool:
    """One body with the capital of a name and three words at least, in a text that is not all in capitals."""
    long = np.cls in ("head", "name") and not np.determiner and words.cap(np.first) and np.last - np.first > 2
    return long and not words.text[words.start(np.first) : words.end(np.last)].isupper()


def ends_in_level(words: Words, last: int) -> bool:
    return words.low[last - 1] in word_class("unit_grammar", "own-end")

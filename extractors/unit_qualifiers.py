"""What may follow the head of a name and needs no other name: qualifiers, fields of work, relative clauses.

«các cơ quan | liên quan», «cơ quan | kiểm tra, thanh tra», «đơn vị | được giao chủ trì cuộc thanh tra». The trap is the predicate:
many fields of work are verbs too. ``Np`` is the conjunct under construction. Source: domain.md 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.rulebook import Row, lexicon, rules, word_class
from extractors.unit_binding import misdeed
from extractors.unit_tails import run_on, whole_name
from extractors.unit_words import Words

# Fields of work that name a kind of authority when they follow «cơ quan», even before a verb («cơ quan thanh tra thực hiện …»).
_NOUNLIKE_ACTS = {"inspect", "justice", "press", "bank", "state"}
# Words that turn the verb after them into a noun («cuộc | thanh tra», «công tác | tham mưu», «nhiệm vụ | giám sát»).
NOMINAL = word_class("unit_grammar", "nominal")
# Last words of the heads that a field of work may qualify («cơ quan | kiểm tra», «lãnh đạo cơ quan | thanh tra»).
_ACTING = word_class("unit_grammar", "acting")
# Words behind a field of work that show it as the predicate («cơ quan kiểm tra | việc …»).
_OBJECTS = word_class("unit_grammar", "act-object")
# Those who are inspected, named after that («đối tượng kiểm tra | , giám sát»).
_SUBJECTED = "đối tượng "
# Qualifiers after which a description may go on («tổ chức chính trị - xã hội | tỉnh»).
_OPEN_QUALIFIERS = {"mass", "state", "sector", "own-units", "public-service", "school", "elected"}


@dataclass(slots=True)
class Np:
    """One conjunct over words ``[first, last)``. ``bare``: ends in a common noun without any description, so that a list can go
    on; ``proper``: names one body; ``named``: a capitalised tail was just read, its owner may follow; ``title``: names one office
    holder; ``elided``: the head to restore before the words."""

    first: int
    last: int
    determiner: bool = False
    kind: str = ""
    cls: str = ""
    row: Row = field(default_factory=dict)
    bare: bool = True
    proper: bool = False
    title: bool = False
    inner: bool = False
    plural: bool = False
    level: bool = False
    closed: bool = False
    open: bool = False
    named: bool = False
    elided: str = ""
    listed: bool = False  # it stands inside a list or another name
    tail: int = 0
    aside: int = 0  # where a clause begins that says who heads or makes up the team, and is no part of its name
    traded: bool = False  # a trade ends it, and behind a colon stands what is to be done

    def describe(self, end: int) -> None:
        """Takes the words up to ``end`` as a clause that describes the conjunct, with which no list goes on."""
        self.last, self.bare, self.open, self.closed = end, False, True, True


def is_verb(words: Words, i: int) -> bool:
    return words.hit(i, "verb") is not None


def qualifier(words: Words, np: Np) -> bool:
    """«liên quan», «các cấp», «trực thuộc quản lý»: a closed description, unless a longer link, field or clause begins there."""
    hit = words.hit(np.last, "qualifier")
    told = hit is not None and (hit[1]["members"] in ("locality", "related") or (np.listed and hit[1]["word"].startswith("mới ")))
    if hit is None or (np.cls == "level" and not np.determiner and not told):
        return False
    if (verb := words.hit(np.last, "verb")) and verb[0] > hit[0]:
        return False  # «Phòng Kinh tế | xã hội hóa …»
    if hit[1]["word"] == "theo thẩm quyền" and (np.proper or np.title) and not np.determiner:
        return False  # «Sở Y tế | theo thẩm quyền xử lý …»: how one body acts, not which is meant
    other = words.hit(np.last, "link", "open", "activity")
    if other and other[0] > hit[0]:
        return False
    own = hit[1]["word"] == "chức năng" and (np.kind == "division" or words.cap(hit[0]))  # «các phòng chức năng | Công an tỉnh»
    hosted = np.kind in _HOSTED and words.adjacent(hit[0]) and words.cap(hit[0]) and words.hit(hit[0], "head", "name") is not None
    own = own or (hosted and hit[1]["word"].endswith(_HOSTS_OF))  # «Chi bộ cơ sở | Thanh tra Bộ», «cấp ủy trong Đảng bộ | Tổng công ty»
    np.last, np.bare, np.closed = hit[0], False, not own and hit[1]["members"] not in _OPEN_QUALIFIERS
    return True


def activity(words: Words, np: Np) -> bool:
    """«cơ quan | kiểm tra, thanh tra»: a list of fields of work, unless it is the predicate."""
    k = np.last
    if np.cls == "role" and np.kind == "staff" and np.bare and _of_staff(words, np):
        return True
    if words.word(k) == "," and np.cls == "head" and words.hit(k - 2, "activity") and np.row["kind"] in ("team", "inspectorate", "press"):
        k += 1  # «đoàn kiểm tra, giám sát»: the head itself ends in the first field of work
    elif words.hit(k, "verb") and (words.low[k - 1] not in _ACTING or whole_name(words, np.first, k, np.kind)):
        return False  # «Ban Tổ chức | chủ trì»
    if words.word(k) == "," and np.cls == "role" and np.row["word"].startswith(_SUBJECTED) and (last := _more_fields(words, k)) > k:
        np.last, np.bare, np.closed = last, False, True
        return True
    hit = words.hit(k, "activity")
    if hit and np.cls == "role" and np.kind in ("team-head", "team-member") and not np.closed:
        return _of_team(words, np, hit[0])
    led = hit is not None and hit[1]["members"] == "lead" and (np.kind in _LEADS or not np.bare)  # «Văn phòng | chủ trì, Phòng A phối hợp»
    advises = hit is not None and hit[1]["members"] == "staff" and np.kind in _PARTS and not np.determiner
    led = led or advises  # «Văn phòng | tham mưu quy chế»
    if hit is None or led or np.closed or np.proper or np.cls in ("level", "name") or (np.cls == "role" and np.row["traits"] != "g"):
        return False
    if np.cls == "role" and np.row["kind"] not in ("head", "member", "person") and not np.inner and words.word(k) != "chuyên":
        return False
    j, last_hit = hit[0], hit
    while j + 1 < len(words) and words.word(j) in (",", "và"):
        more = words.hit(j + 1, "activity")
        if more is None or _is_noun_phrase_start(words, more[0]):
            break
        j, last_hit = more[0], more
    staff = last_hit[1]["members"] == "staff" and (j > hit[0] or hit[0] - k > 2)  # «cơ quan tham mưu, giúp việc | Tỉnh ủy»
    if not staff and _acts_as_verb(words, np, k, j, last_hit):
        return False
    np.last, np.bare = j, False
    return True


SET_IN_TIME = (["trước", "khi"], ["sau", "khi"])
"""What sets an act in time behind those who do it."""


def _of_team(words: Words, np: Np, last: int) -> bool:
    """«thành viên đoàn | giám sát | gửi báo cáo»: what the team is for, where the predicate or the end follows."""
    closes = words.word(last) in ("", ".", ":", ";", ",", "và", ")") or words.low[last : last + 2] in SET_IN_TIME
    if not closes and words.hit(last, "verb", "modal", "adverb", "open", "link") is None and not misdeed(words, last):
        return False
    np.last, np.bare, np.closed = _more_fields(words, last), False, True
    return True


def _of_staff(words: Words, np: Np) -> bool:
    """«công chức | thanh tra | không được …», «cán bộ | kiểm tra, giám sát | phải …»: the field of work of persons, where a modal shows
    that it is not what they do."""
    hit = words.hit(np.last, "activity")
    if hit is None or hit[1]["members"] not in _STAFF_FIELDS:
        return False
    last = _more_fields(words, hit[0])
    others = words.word(last) in (",", "và") and words.hit(last + 1, "role") is not None  # «công chức thanh tra, | trưởng đoàn | phải …»
    reach = range(last + 1, last + _OTHER_PERSONS) if others else (last,)
    each = words.low[np.first] in _EACH and words.word(last) in OFFICE_ACTS  # «Mỗi công chức thanh tra | ký cam kết»
    if not any(words.hit(j, "modal") for j in reach) and not misdeed(words, last) and not each:
        return False
    np.last, np.bare, np.closed = last, False, True
    return True


_EACH = ("mỗi", "từng", "các")
_OTHER_PERSONS = 12
"""Words within which the modal stands behind the persons who are listed next."""
_STAFF_FIELDS = {"inspect", "justice"}
"""Fields of work by which persons are told apart."""


def _more_fields(words: Words, last: int) -> int:
    """«trưởng đoàn thanh tra | , kiểm tra | phân công …»: the other fields of work of one team; in «trưởng đoàn thanh tra | , giám sát chặt
    chẽ …» and «…, kiểm tra, đôn đốc các đơn vị» the second is what somebody does."""
    j = last
    while words.word(j) in (",", "và") and (more := words.hit(j + 1, "activity")) and more[1]["members"] == "inspect":
        verb = words.hit(j + 1, "verb")
        if verb is not None and verb[0] > more[0]:
            return last
        j = more[0]
    if j == last or words.word(j) in ("", ".", ":", ";", ")", "(") or words.hit(j, "modal", "adverb"):
        return j
    behind = words.word(j)
    if behind in (",", "và"):
        return j if words.hit(j + 1, "modal", "adverb", "role", "head", "determiner") and not is_verb(words, j + 1) else last
    return j if is_verb(words, j) or behind in ("có", "không") or misdeed(words, j) else last


def _is_noun_phrase_start(words: Words, j: int) -> bool:
    if _of_levels(words, j):
        return False
    return words.word(j) in ("việc", "các", "những", "nội") or (words.word(j) not in ("", ",", "và", ";", ":", ".") and is_verb(words, j))


def _of_levels(words: Words, j: int) -> bool:
    """«cơ quan kiểm tra, thanh tra | các cấp | không can thiệp»: of which levels they are, before the predicate."""
    ranks = words.hit(j, "qualifier")
    return ranks is not None and ranks[1]["members"] == "levels" and words.hit(ranks[0], "modal", "adverb", "verb") is not None


def _acts_as_verb(words: Words, np: Np, k: int, j: int, hit: tuple[int, Row]) -> bool:
    if words.hit(k, "verb") is None:
        return False
    following = words.word(j)
    if following in _OBJECTS:
        return not _of_levels(words, j)
    if np.first == 0 and _of_object(words, j):
        return True
    noun_like = hit[1]["members"] in _NOUNLIKE_ACTS and words.low[k - 1] in ("quan", "chức", "đoàn", "ban")
    if following == "," and is_verb(words, j + 1):
        return words.hit(j + 1, "head", "role") is None
    if is_verb(words, j) or words.hit(j, "head", "role", "name"):
        return not noun_like
    return False


def _of_object(words: Words, j: int) -> bool:
    """«Các đơn vị kiểm tra | hình thức, nội dung bản kê khai»: a noun that no lexicon holds, in small letters, stands at ``j`` and a
    mark behind it before any word that could tell of those who act."""
    if not words.adjacent(j) or words.cap(j) or not words.word(j).isalpha() or words.at(j):
        return False
    end = next((k for k in range(j + 1, len(words)) if not words.word(k).isalpha()), len(words))
    return words.word(end) == "," and not any(words.at(k) for k in range(j, end))


def acts(words: Words, j: int) -> bool:
    """What follows an adverb of manner: the verb, or «, khẩn trương | rà soát»."""
    if words.word(j) in (",", "và") and (more := words.hit(j + 1, "adverb")):
        j = more[0]
    elif more := words.hit(j, "adverb"):
        j = more[0]  # «định kỳ hằng quý | làm việc»
    return is_verb(words, j)


_HOSTS_OF = ("cơ sở", "đảng bộ")
"""Last words of the qualifiers behind which the body stands in which an organisation of the Party is."""
_HOSTED = {"party-cell", "party-organisation", "party-committee", "mass-organisation"}
"""Kinds of organisations that are called by the body in which they are."""
_PARTS = {"office", "division"}
_LEADS = {"office", "council", "team", "board", "steering-committee"}
# Verbs of one syllable that are surely a predicate; others also stand inside compounds («nước | đóng chai»).
OFFICE_ACTS = word_class("unit_grammar", "office-act")
_NOUN_TOO = {row["word"] for name in ("verbs", "field_verbs") for row in lexicon(name) if row["noun"] == "1"}
NOUNS = _NOUN_TOO | word_class("unit_grammar", "noun-act")
"""Verbs that are nouns too, what a business may deal in («doanh nghiệp xây dựng | quy định»)."""


_OTHER_FIELDS = [w.split() for w in sorted(word_class("unit_grammar", "field-label"))]
"""What else a line may say behind a dash («Tổ chuyên môn - Thời gian: …»)."""


def joined(words: Words, np: Np) -> bool:
    """The second half of a name whose first half is a known head: «Ban Tổ chức | - Nhân sự», «Tổ Hành chính | - Quản trị»."""
    k = np.last
    if words.low[k : k + 3] == ["-", "chi", "nhánh"] and np.kind in ("bank", "enterprise") and words.cap(k + 1):
        np.last, np.bare, np.closed, np.level = k + 3, False, True, False  # «Ngân hàng … Việt Nam | - Chi nhánh tỉnh»
        return True
    staff = np.cls == "role" and np.kind == "staff" and words.word(k) == "-" and words.adjacent(k + 1) and words.cap(k + 1)
    named = staff and any(words.cap(j) for j in range(np.first + 1, k))
    if named and words.hit(k + 1, "name", "role", "level", "determiner", "head") is None:
        np.last, np.bare, np.closed = run_on(words, k, 1), False, True  # «công chức Địa chính | - Nông nghiệp - Môi trường»
        return True
    if words.word(k) != "-" or np.cls != "head" or np.closed or not any(words.cap(j) for j in range(np.first + 1, k)):
        return False
    other = not words.adjacent(k + 1) or not words.cap(k + 1) or words.hit(k + 1, "name", "role", "level", "determiner")
    if other or ((head := words.hit(k + 1, "head")) and "v" not in head[1].get("traits", "")):
        return False  # «Ban Tổ chức - Trưởng ban», «Ban Dân vận - Mặt trận Tổ quốc»
    if words.text[words.start(np.first) : words.end(k)].isupper() or words.low[k + 1 : k + 3] in _OTHER_FIELDS:
        return False
    np.last = run_on(words, k, 1)
    np.bare, np.proper, np.closed, np.named = False, True, True, True
    return True


def acts_surely(words: Words, j: int) -> bool:
    """A verb of two syllables or more that is no noun as well begins at ``j``."""
    verb = words.hit(j, "verb")
    return verb is not None and verb[0] - j > 1 and verb[1]["word"] not in NOUNS


def makes_paper(words: Words, j: int) -> bool:
    """The name of a paper stands at ``j``, as the object of «xây dựng»."""
    return j < len(words) and rules("units").pattern("makes_paper").match(words.text, words.start(j)) is not None


CLAUSE = 14
"""Words that a clause between a noun and its modal may have at most."""

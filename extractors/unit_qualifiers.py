"""What may follow the head of a name and needs no other name: qualifiers, fields of work, relative clauses.

«các cơ quan | liên quan», «cơ quan | kiểm tra, thanh tra», «đơn vị | được giao chủ trì cuộc thanh tra». The trap is the predicate:
many fields of work are verbs too. ``Np`` is the conjunct under construction. Source: domain.md 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.rulebook import Row, lexicon, rules, word_class
from extractors.unit_tails import run_on, sends, whole_name
from extractors.unit_words import Hit, Words

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
# Relative clauses that describe persons alone; after a body they are its predicate.
_POSTS = tuple(sorted(word_class("unit_grammar", "post")))
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


def is_verb(words: Words, i: int) -> bool:
    return words.hit(i, "verb") is not None


def qualifier(words: Words, np: Np) -> bool:
    """«liên quan», «các cấp», «trực thuộc quản lý»: a closed description, unless a longer link, field or clause begins there."""
    hit = words.hit(np.last, "qualifier")
    if hit is None or (np.cls == "level" and not np.determiner and hit[1]["members"] not in ("locality", "related")):
        return False
    if (verb := words.hit(np.last, "verb")) and verb[0] > hit[0]:
        return False  # «Phòng Kinh tế | xã hội hóa …»
    if hit[1]["word"] == "theo thẩm quyền" and (np.proper or np.title) and not np.determiner:
        return False  # «Sở Y tế | theo thẩm quyền xử lý …»: how one body acts, not which is meant
    other = words.hit(np.last, "link", "open", "activity")
    if other and other[0] > hit[0]:
        return False
    np.last, np.bare, np.closed = hit[0], False, hit[1]["members"] not in _OPEN_QUALIFIERS
    return True


def activity(words: Words, np: Np) -> bool:
    """«cơ quan | kiểm tra, thanh tra»: a list of fields of work, unless it is the predicate."""
    k = np.last
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


def _of_team(words: Words, np: Np, last: int) -> bool:
    """«thành viên đoàn | giám sát | gửi báo cáo»: what the team is for, where the predicate or the end follows."""
    if words.word(last) not in ("", ".", ":", ";", ",", "và", ")") and words.hit(last, "verb", "modal", "adverb", "open", "link") is None:
        return False
    np.last, np.bare, np.closed = _more_fields(words, last), False, True
    return True


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
    return j if is_verb(words, j) or behind in ("có", "không") else last


def _is_noun_phrase_start(words: Words, j: int) -> bool:
    return words.word(j) in ("việc", "các", "những", "nội") or (words.word(j) not in ("", ",", "và", ";", ":", ".") and is_verb(words, j))


def _acts_as_verb(words: Words, np: Np, k: int, j: int, hit: tuple[int, Row]) -> bool:
    if words.hit(k, "verb") is None:
        return False
    following = words.word(j)
    if following in _OBJECTS:
        return True
    noun_like = hit[1]["members"] in _NOUNLIKE_ACTS and words.low[k - 1] in ("quan", "chức", "đoàn", "ban")
    if following == "," and is_verb(words, j + 1):
        return words.hit(j + 1, "head", "role") is None
    if is_verb(words, j) or words.hit(j, "head", "role", "name"):
        return not noun_like
    return False


_GIVEN = word_class("unit_grammar", "given")
_BINDS = word_class("unit_attributes", "binds")
_MANAGES = word_class("unit_grammar", "manages")
_MEASURES, _RUNS = word_class("unit_grammar", "measures"), word_class("unit_grammar", "runs")


def _bound_behind(words: Words, j: int) -> bool:
    """«… được giao chủ trì | có trách nhiệm …»: another predicate follows in the same clause."""
    for m in range(j, min(len(words), j + CLAUSE)):
        if words.word(m) in (",", ";", ".", ":"):
            return False
        modal = words.hit(m, "modal")
        if modal is not None and modal[1]["word"] != "được":
            return True
    return False


def open_clause(words: Words, np: Np) -> bool:
    """«được giao chủ trì cuộc thanh tra», «là đối tượng kiểm tra»: runs on until the predicate or the end of the clause."""
    hit = words.hit(np.last, "open")
    has = hit is not None and hit[1]["word"].endswith("có")
    if hit is None or (np.cls == "level" and not ((np.determiner or np.listed) and has)):
        return False
    if (hit[1]["word"] == "tham gia" or hit[1]["word"] in _GIVEN) and words.word(hit[0]) in ("", ",", ".", ";", ":"):
        return False
    if hit[1]["word"] in _GIVEN and np.proper and np.cls != "role" and not np.determiner and not _bound_behind(words, hit[0]):
        return False  # «Công ty Thủy lợi | được giao vận hành …»: one body, what it is told to do
    if hit[1]["word"] in _GIVEN and np.cls == "role" and _often(words, hit[0]):
        np.last, np.bare, np.open, np.closed = hit[0], False, True, True
        return True  # «Thành viên được phân công | mỗi tuần ít nhất 01 lần làm việc …»
    if hit[1]["word"] in _GIVEN and words.low[hit[0] : hit[0] + 2] == ["nhiệm", "vụ"] and words.hit(hit[0] + 2, "verb", "adverb"):
        np.last, np.bare, np.open, np.closed = hit[0] + 2, False, True, True
        return True  # «Các đơn vị được giao nhiệm vụ | chủ trì, phối hợp …»
    post = hit[1]["word"].startswith(_POSTS)
    if post and (np.cls != "role" or words.word(hit[0]) == "việc"):
        return False
    charged = hit[1]["word"] in _MANAGES
    if charged and (behind := _in_charge(words, np, hit[0])):
        np.last, np.bare, np.open, np.closed = behind, False, True, True
        return True
    if charged and not (np.determiner and np.cls == "head"):
        return False
    owned = hit[1]["word"] == "có"
    if owned and np.plural and np.cls == "head" and (held := _owning(words, hit[0])):
        np.last, np.bare, np.open, np.closed = held, False, True, True
        return True
    grouped = (np.determiner and np.cls != "level") or np.cls == "role"
    several = grouped or np.plural or np.determiner or np.cls == "level"
    if owned and (words.hit(np.last, "modal", "verb") or sends(words, hit[0]) or not several):
        return False
    if has and several and (bound := _bound_at(words, hit[0])):
        np.last, np.bare, np.open, np.closed = bound, False, True, True
        return True
    if owned and is_to_have(words, hit[0]):
        return False  # «Các đơn vị | có phương án bảo vệ kho»
    j, rewarded = hit[0], hit[1]["members"] == "rewarded"
    last = min(len(words), hit[0] + _MERIT) if rewarded else len(words)
    while j < last and words.adjacent(j) and not _open_ends(words, j, hit[0]) and not (rewarded and words.word(j) == "được"):
        if has and j == hit[0] and (thing := _thing_end(words, j)):
            j = thing
            break
        whom = words.hit(j, "head") if charged else None
        whole = whom or words.hit(j, "not") or _whole_noun(words, j)
        j = whole[0] if whole else j + 1  # «cơ sở lưu trú», «chương trình» hold no verb
    listed = words.word(j) in (",", "và") and words.hit(j + 1, "role", "determiner") is not None
    if post and np.inner and (j - hit[0] > _FIELD or words.hit(j, "verb", "modal", "adverb") is None):
        return False  # «Chủ tịch UBND xã | phụ trách chung», against «Phó Chủ tịch UBND xã phụ trách kinh tế | chủ trì …»
    if (j == hit[0] and not rewarded) or (post and np.determiner and not listed and words.hit(j, "verb", "modal", "adverb") is None):
        return False  # «các thầy thuốc | phụ trách trạm, …» tells what they do
    if hit[1]["word"] == "tham gia" and rules("units").pattern("course_of").match(words.text, words.start(hit[0])):
        return False  # «Viên chức | tham gia lớp bồi dưỡng theo kế hoạch»: what they do
    last_verb = words.hit(j, "verb") if hit[1]["word"] == "tham gia" and words.hit(j, "modal", "adverb") is None else None
    if last_verb and words.word(last_verb[0]) in ("", ".", ";", ","):
        return False  # «Viên chức | tham gia lớp tập huấn.»
    if charged and words.hit(j, "verb", "modal", "adverb") is None:
        return False  # «Các đơn vị | trực tiếp quản lý kho sách.»: what they do
    if rewarded and words.word(j) != "được":
        return False  # «Cán bộ, chiến sĩ | lập công dâng Đảng»: what they do
    does = owned and (words.hit(hit[0], "verb", "open") or rules("units").pattern("place_has").match(words.text, words.start(hit[0])))
    if owned and not grouped and not does and words.hit(j, "modal") is None:
        return False  # «Ban Công tác Mặt trận các ấp | có sổ theo dõi»
    np.last, np.bare, np.open, np.closed = j, False, True, True
    return True


def _in_charge(words: Words, np: Np, j: int) -> int:
    """«Chi cục Thuế | quản lý trực tiếp | lập bộ …»: the predicate right behind; 0 where what it is in charge of follows."""
    if np.cls == "level" or not words.adjacent(j):
        return 0
    verb, modal, manner = words.hit(j, "verb"), words.hit(j, "modal"), words.hit(j, "adverb")
    told = verb is not None and (words.word(j) in OFFICE_ACTS or acts_surely(words, j))
    return j if told or (modal and modal[1]["word"] in _BINDS) or (manner and acts(words, manner[0])) else 0


def is_to_have(words: Words, at: int) -> bool:
    """With what somebody is to have in order to act («có | phương án», «có | văn bản»), «có» is the predicate."""
    return at < len(words) and rules("units").pattern("to_have").match(words.text, words.start(at)) is not None


def _bound_at(words: Words, since: int) -> int:
    """The word that binds behind «có …»: «Các trường có bếp ăn bán trú | phải lưu mẫu …»; 0 where none does, or it binds others."""
    for j in range(since + 1, min(len(words), since + CLAUSE)):
        if not (words.word(j).isalnum() and words.adjacent(j)):
            return 0
        modal = words.hit(j, "modal")
        if modal and modal[1]["word"] in _BINDS:
            others = rules("units").pattern("tells_others").search(words.text, words.start(since), words.end(j + 1))
            return 0 if others else j
    return 0


def _thing_end(words: Words, since: int) -> int:
    """The predicate right behind what a place has («… có rừng | lập phương án», «… nơi có chợ | kiểm tra …»), 0 where none stands there."""
    thing = rules("units").pattern("place_has").match(words.text, words.start(since))
    if thing is None:
        return 0
    j = next((k for k in range(since, min(len(words), since + CLAUSE)) if words.start(k) >= thing.end()), 0)
    if not j or not words.adjacent(j) or words.hit(j, "trade", "field", "not") or words.low[j - 1] in NOMINAL:
        return 0
    verb = words.hit(j, "verb")
    alone = verb is not None and (verb[0] - j > 1 or words.word(j) in OFFICE_ACTS)
    return j if alone and words.word(verb[0] if verb else j).isalnum() else 0


def _whole_noun(words: Words, j: int) -> Hit | None:
    """A noun of several words in which a verb or a preposition would be found («chủ | đầu tư», «nước | ngoài»)."""
    noun = words.hit(j, "head", "field")
    if noun is None or noun[0] - j < 2 or "v" in noun[1].get("traits", "") or words.hit(j, "verb", "adverb", "modal", "adjunct"):
        return None
    return noun


def _often(words: Words, j: int) -> bool:
    """«mỗi tuần», «hằng quý»: how often, between who acts and the act."""
    return words.word(j) in _EVERY and words.hit(j, "adverb") is not None


def _open_ends(words: Words, j: int, since: int) -> bool:
    word = words.word(j)
    if word in (";", ":", ".", "("):
        return True
    number = words.word(j + 1)[:1].isdigit()
    if number and (word in _MEASURES or (word == "," and words.word(j - 1).isdigit())):
        return False  # «có chiều dài | từ 6 mét», «có điểm | trên 8,5»
    if word in (",", "và"):
        return words.hit(j + 1, "activity") is None or words.hit(j + 1, "role", "determiner") is not None
    along = words.low[j - 1] in _RUNS or _lies_at(words, j)  # «có tuyến đường | đi qua», «có nhà | trong vùng sạt lở»
    if words.hit(j, "stop") or (words.hit(j, "adjunct") and not along) or (words.hit(j, "modal") and word != "được"):
        return True
    manner = words.hit(j, "adverb")
    if manner and j > since and (word == "mỗi" or acts(words, manner[0])):
        return True
    verb, noun = words.hit(j, "verb"), words.hit(j, "head", "role", "qualifier")
    if verb and noun and noun[0] > verb[0]:
        return False  # «phụ trách | chi bộ»
    if word == "được" and j - since >= 1 and words.hit(j + 1, "verb"):
        return True
    decides = verb is not None and verb[1]["word"] in _DECIDES  # «phụ trách lĩnh vực | phê duyệt»
    sure = decides or (acts_surely(words, j) and not is_verb(words, j - 1))
    least = 1 if words.hit(j - 1, "level") or sure else 2  # «phụ trách thôn | dự họp», «phụ trách lớp | rà soát»
    return bool(verb and j - since >= least and (decides or words.low[j - 1] not in NOMINAL or word in OFFICE_ACTS))


def _lies_at(words: Words, j: int) -> bool:
    """Where what somebody has lies stands at ``j``."""
    return words.hit(j, "adjunct") is not None and rules("units").pattern("lies_where").match(words.text, words.start(j)) is not None


def acts(words: Words, j: int) -> bool:
    """What follows an adverb of manner: the verb, or «, khẩn trương | rà soát»."""
    if words.word(j) in (",", "và") and (more := words.hit(j + 1, "adverb")):
        j = more[0]
    elif more := words.hit(j, "adverb"):
        j = more[0]  # «định kỳ hằng quý | làm việc»
    return is_verb(words, j)


_DECIDES = word_class("unit_grammar", "no-field")
"""Acts of those in charge that are nobody's field of work."""
_LEADS = {"office", "council", "team", "board", "steering-committee"}
_FIELD = 4  # words that the field of a post behind a body may take
_EVERY = ("mỗi", "hằng", "hàng")
_MERIT = 12
"""Words that a merit may take at most («đạt thành tích xuất sắc trong công tác khuyến học | được …»)."""
# Verbs of one syllable that are surely a predicate; others also stand inside compounds («nước | đóng chai»).
OFFICE_ACTS = word_class("unit_grammar", "office-act")
NOUNS = {row["word"] for row in lexicon("verbs") if row["noun"] == "1"} | word_class("unit_grammar", "noun-act")
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


def _owning(words: Words, since: int) -> int:
    """The end of «có nông sản xuất khẩu | thường xuyên cập nhật …» behind «các địa phương»: what a place has, up to an adverb and its verb;
    0 where it has means («có biện pháp chủ động …»), which is its predicate."""
    if rules("units").pattern("has_means").match(words.text, words.start(since) if since < len(words) else len(words.text)):
        return 0
    for j in range(since, min(len(words), since + CLAUSE)):
        if not (words.word(j).isalpha() and words.adjacent(j)):
            return 0
        manner = words.hit(j, "adverb")
        if manner and j > since and acts(words, manner[0]):
            return j
        traded = words.hit(j, "trade", "not") or (j > since and words.hit(j - 1, "trade", "verb"))
        if words.hit(j, "modal", "determiner") or (words.hit(j, "verb") and not traded):
            return 0
    return 0

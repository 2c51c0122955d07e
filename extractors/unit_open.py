"""Relative clauses without a relative word: «các đơn vị | được giao chủ trì cuộc thanh tra | báo cáo …», «cá nhân | đạt thành tích … |
được …», «các xã | có rừng | lập phương án».

Such a clause opens with a word of the class ``open`` (given, had, in charge, taking part) and runs on to the predicate; often it is the
predicate itself. ``Np`` is the conjunct under construction. Source: domain.md 4.4, 6.2.
"""

from __future__ import annotations

from extractors.rulebook import rules, word_class
from extractors.unit_binding import banned, binding_word, binds, in_one_line, tells_others
from extractors.unit_having import had_end, owed
from extractors.unit_qualifiers import CLAUSE, NOMINAL, OFFICE_ACTS, Np, acts, acts_surely, is_verb
from extractors.unit_tails import sends
from extractors.unit_words import Hit, Words

_POSTS = tuple(sorted(word_class("unit_grammar", "post")))
"""Clauses that describe persons alone; after a body they are its predicate."""
_GIVEN, _MANAGES = word_class("unit_grammar", "given"), word_class("unit_grammar", "manages")
_DECIDES = word_class("unit_grammar", "no-field")
"""Acts of those in charge that are nobody's field of work."""
_MEASURES, _RUNS = word_class("unit_grammar", "measures"), word_class("unit_grammar", "runs")
_ANY_ONE = word_class("unit_grammar", "any-one")
_FIELD = 4
"""Words that the field of a post behind a body may take."""
_EVERY = ("mỗi", "hằng", "hàng")
_EACH = ("mỗi", "từng")
"""Words before those who must each have something («Mỗi thôn | có một tổ …»)."""
_MERIT = 12
"""Words that a merit may take at most («đạt thành tích xuất sắc trong công tác khuyến học | được …»)."""


def open_clause(words: Words, np: Np) -> bool:
    """Takes the clause that begins at the end of ``np`` into it, where the predicate or the end of the clause follows."""
    hit = words.hit(np.last, "open")
    end = _Clause(words, np, hit).end() if hit is not None else 0
    if not end or (words.word(end) in ("", ".", ";") and banned(words) and words.text[words.end(end) :].lstrip()[:1] != ":"):
        return False  # «Nghiêm cấm đảng viên | tham gia các hội nhóm …»: what is forbidden, not who is
    np.describe(end)
    return True


class _Clause:
    """The clause behind a noun: the word it opens with, and where what it says begins (``since``)."""

    def __init__(self, words: Words, np: Np, hit: Hit) -> None:
        self.words, self.np, self.since, self.said = words, np, hit[0], hit[1]["word"]
        self.has, self.owned = self.said.endswith("có"), self.said == "có"
        self.given, self.charged = self.said in _GIVEN, self.said in _MANAGES
        self.post = self.said.startswith(_POSTS)
        self.rewarded = hit[1]["members"] == "rewarded"
        self.grouped = (np.determiner and np.cls != "level") or np.cls == "role"

    def end(self) -> int:
        """The word behind the clause, 0 where none describes the noun."""
        np, words = self.np, self.words
        if self._is_predicate():
            return 0
        if self.given and (end := self._task()):
            return end
        if self.post and (np.cls != "role" or words.word(self.since) == "việc"):
            return 0
        if self.charged and (behind := _in_charge(words, np, self.since)):
            return behind
        if self.charged and not (np.determiner and np.cls == "head"):
            return 0
        had = self._had() if self.has else None
        if had is not None:
            return had
        if self.has and (predicate := had_end(words, self.since, person=np.cls == "role")):
            return predicate
        j = self._run()
        return 0 if self._tells_act(j) or self._tells_having(j) else j

    def _is_predicate(self) -> bool:
        """What the opener itself shows to be no description."""
        np, words = self.np, self.words
        if np.cls == "level" and not (self.has and (np.determiner or np.listed or self._any_place())):
            return True
        if (self.given or self.said == "tham gia") and words.word(self.since) in ("", ",", ".", ";", ":"):
            return True
        # «Công ty Thủy lợi | được giao vận hành …»: one body, what it is told to do
        return self.given and np.proper and np.cls != "role" and not np.determiner and not _bound_behind(words, self.since)

    def _task(self) -> int:
        """«Thành viên được phân công | mỗi tuần ít nhất 01 lần làm việc …», «Các đơn vị được giao nhiệm vụ | chủ trì, phối hợp …»."""
        words, since = self.words, self.since
        if self.np.cls == "role" and _often(words, since):
            return since
        task = words.low[since : since + 2] == ["nhiệm", "vụ"]
        return since + 2 if task and words.hit(since + 2, "verb", "adverb") else 0

    def _had(self) -> int | None:
        """Where «có …» ends up to what surely is the predicate; 0 where it is the predicate, None where neither shows."""
        words, np, since = self.words, self.np, self.since
        if self.owned and np.plural and np.cls == "head" and (held := _owning(words, since)):
            return held
        listed = np.listed and words.word(np.first - 1) in (",", "và")  # «các sở, | ngành tỉnh có kiến nghị …»
        several = self.grouped or np.plural or np.determiner or listed or np.cls == "level"
        if self.owned and (words.hit(np.last, "modal", "verb") or sends(words, since) or words.word(np.first) in _EACH):
            return 0
        if self.owned and not several:
            return had_end(words, since) if self._any_place() and not is_to_have(words, since) else 0
        if several and (bound := _bound_at(words, since)):
            return bound
        return 0 if self.owned and is_to_have(words, since) else None  # «Các đơn vị | có phương án bảo vệ kho»

    def _any_place(self) -> bool:
        """«Đơn vị | có …», «Xã | có rừng …» at the head of the clause: any of them."""
        np = self.np
        return np.first == 0 and not np.proper and not np.closed and (np.cls == "level" or np.row.get("word") in _ANY_ONE)

    def _run(self) -> int:
        """Where the words of the clause end."""
        words, j = self.words, self.since
        last = min(len(words), j + _MERIT) if self.rewarded else len(words)
        while j < last and words.adjacent(j) and not _open_ends(words, j, self.since) and not (self.rewarded and words.word(j) == "được"):
            if self.has and j == self.since and (thing := _thing_end(words, j)):
                return thing
            whom = words.hit(j, "head") if self.charged else None
            whole = whom or words.hit(j, "not") or _whole_noun(words, j)
            j = whole[0] if whole else j + 1  # «cơ sở lưu trú», «chương trình» hold no verb
        return j

    def _tells_act(self, j: int) -> bool:
        """The clause up to ``j`` is what they do."""
        words, np = self.words, self.np
        told = words.hit(j, "verb", "modal", "adverb") is not None
        size = sum(words.word(m).isalpha() for m in range(self.since, j))  # «văn hóa - xã hội» has four words
        if self.post and np.inner and (size > _FIELD or not told):
            return True  # «Chủ tịch UBND xã | phụ trách chung», against «Phó Chủ tịch UBND xã phụ trách kinh tế | chủ trì …»
        listed = words.word(j) in (",", "và") and words.hit(j + 1, "role", "determiner") is not None
        if (j == self.since and not self.rewarded) or (self.post and np.determiner and not listed and not told):
            return True  # «các thầy thuốc | phụ trách trạm, …»
        if self.said == "tham gia" and rules("units").pattern("course_of").match(words.text, words.start(self.since)):
            return True  # «Viên chức | tham gia lớp bồi dưỡng theo kế hoạch»
        ends = words.word(j) in ("", ".", ";", ",")
        if self.said == "tham gia" and np.listed and ends and np.row.get("kind") == "public" and words.hit(self.since, "verb"):
            return True  # «Trưởng thôn và người có uy tín | tham gia hòa giải, giữ gìn đoàn kết»
        last_verb = words.hit(j, "verb") if self.said == "tham gia" and words.hit(j, "modal", "adverb") is None else None
        if last_verb and words.word(last_verb[0]) in ("", ".", ";", ","):
            return True  # «Viên chức | tham gia lớp tập huấn.»
        # «Các đơn vị | trực tiếp quản lý kho sách.», «Cán bộ, chiến sĩ | lập công dâng Đảng»
        return (self.charged and not told) or (self.rewarded and words.word(j) != "được")

    def _tells_having(self, j: int) -> bool:
        """«Ban Công tác Mặt trận các ấp | có sổ theo dõi»."""
        if not self.owned or self.grouped or self.words.hit(j, "modal") is not None:
            return False
        place = rules("units").pattern("place_has").match(self.words.text, self.words.start(self.since))
        return not (self.words.hit(self.since, "verb", "open") or place)


def _bound_behind(words: Words, j: int) -> bool:
    """«… được giao chủ trì | có trách nhiệm …»: another predicate follows in the same clause."""
    for m in range(j, min(len(words), j + CLAUSE)):
        if words.word(m) in (",", ";", ".", ":"):
            return False
        modal = words.hit(m, "modal")
        if modal is not None and modal[1]["word"] != "được":
            return True
    return False


def _in_charge(words: Words, np: Np, j: int) -> int:
    """«Chi cục Thuế | quản lý trực tiếp | lập bộ …»: the predicate right behind; 0 where what it is in charge of follows."""
    if np.cls == "level" or not words.adjacent(j):
        return 0
    verb, manner = words.hit(j, "verb"), words.hit(j, "adverb")
    told = verb is not None and (words.word(j) in OFFICE_ACTS or acts_surely(words, j))
    return j if told or binds(words, j) or (manner and acts(words, manner[0])) else 0


def is_to_have(words: Words, at: int) -> bool:
    """With what somebody is to have in order to act («có | phương án», «có | văn bản»), «có» is the predicate."""
    if at >= len(words):
        return False
    if rules("units").pattern("to_have").match(words.text, words.start(at)) is not None:
        return True
    return rules("units").pattern("to_keep").match(words.text, words.start(at)) is not None and not had_end(words, at)


def _bound_at(words: Words, since: int) -> int:
    """The word that binds behind «có …»: «Các trường có bếp ăn bán trú | phải lưu mẫu …»; 0 where none does, or it binds others."""
    bound = binding_word(words, since + 1, CLAUSE - 1, lambda j: in_one_line(words, j))
    if bound and owed(words, bound):
        return 0  # «có số tiền | phải thu hồi | xây dựng lộ trình …»
    return bound if bound and not tells_others(words, since, bound + 1) else 0


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

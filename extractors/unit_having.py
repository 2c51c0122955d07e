"""Where what somebody has ends and the predicate begins: «Các đơn vị có cán bộ nghỉ hưu trong năm | lập hồ sơ …», «Các địa phương có tỷ lệ
giải ngân thấp | kiểm điểm …», «Trường có bếp ăn bán trú | lưu mẫu …».

Verbs inside the description are what the thing is for («nhu cầu | tuyển dụng»), what it undergoes or is in («viên chức | được cử đi học»,
«dự án | hoàn thành») or its trade; the first other verb is the predicate. Source: domain.md 4.4, 6.2; GUIDE: as the text names it.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import binds, in_one_line
from extractors.unit_qualifiers import NOMINAL, NOUNS, OFFICE_ACTS, Np, acts
from extractors.unit_words import Hit, Words

_REACH = 22
"""Words that the description may have."""
_FOR = word_class("unit_grammar", "thing-for")
_STATES = word_class("unit_grammar", "thing-state")
_OPENS_STATE = word_class("unit_grammar", "opens-state")
_OWED, _FAULTS = word_class("unit_grammar", "owed-thing"), word_class("unit_grammar", "fault-thing")
_GRANTED = word_class("unit_grammar", "granted")
_LONGEST = max(len(said.split()) for said in _FOR | _STATES)
"""Words that a state or a thing of the lexicon may have."""
_LIES = frozenset({"trong", "ở", "tại", "ven", "trên", "từ", "dưới", "gần"})
"""Words with which begins where the thing lies («nhà | trong vùng sạt lở»)."""
_JOINTS = (",", "và", "hoặc")
_ENDS = frozenset({"và", "hoặc", "rồi", "để", "nhằm", "mà", "thì", "nên", "khi", "nếu"})
"""Words behind which something else than the thing is told."""
_BEFORE_NOUN = frozenset({"sau", "trước", "theo", "của", "về", "do", "từ", "với", "cho", "bằng"})
"""Words behind which a verb that is a noun too is the noun («bị xử lý theo | quy định»)."""


def had_end(words: Words, since: int, *, person: bool = False) -> int:
    """The word at which the predicate begins behind «có» and what is had from word ``since`` on; 0 where none surely does. ``person``: a
    person has it, whose own right or punishment «được», «bị» then tell."""
    if not in_one_line(words, since) or words.hit(since, "modal") is not None:
        return 0
    return _Description(words, since, person).end()


class _Description:
    """What is said of a thing that somebody has, read word by word up to the predicate."""

    def __init__(self, words: Words, since: int, person: bool) -> None:
        self.words, self.since, self.person = words, since, person
        self.at = since
        self.stated = False
        """A state of the thing was told, so that where and when may follow."""
        self.waits = False
        """A word opened a state («được», «chưa»), and the verb behind it still tells of the thing."""
        self.told = since
        """The word behind the last verb or state that was told of the thing."""
        self.acted = 0
        """The word behind the last verb alone."""

    def end(self) -> int:
        words = self.words
        while self.at < min(len(words), self.since + _REACH):
            j = self.at
            if j > self.since and _more_things(words, j):
                self.at += 1
                continue
            if not in_one_line(words, j) or words.word(j) in _ENDS:
                return 0
            if self._of_owner(j):
                return 0 if self.person or j == self.since else j
            if owed(words, j):
                self.at, self.waits = j + 1, True
                continue
            if binds(words, j):
                return j if j > self.since else 0
            if self._takes_state(j):
                continue
            if self._is_predicate(j):
                return j
            if not (self._takes_verb(j) or self._takes_word(j)):
                return 0
        return 0

    def _of_owner(self, j: int) -> bool:
        """«Tổ chức có vi phạm | bị xử lý», «Doanh nghiệp có dự án | được hưởng ưu đãi»: what becomes of those who have it."""
        word = self.words.word(j)
        if word not in ("bị", "được") or self._behind_person(j):
            return False
        if self.person:
            return True
        if word == "bị":
            return _ends_in(self.words, j, _FAULTS)
        agent = self.words.hit(j + 1, "name", "head", "determiner") is not None
        return agent or any(" ".join(self.words.low[j + 1 : j + 1 + n]) in _GRANTED for n in (1, 2, 3))

    def _behind_person(self, j: int) -> bool:
        """«… có viên chức | được cử đi học», «… quan hệ gia đình với người | bị xem xét»: somebody else stands right before word ``j``."""
        words = self.words
        roles = (words.hit(k, "role") for k in range(max(self.since, j - _LONGEST), j))
        return words.word(j - 1) == "người" or any(role is not None and role[0] == j for role in roles)

    def _takes_state(self, j: int) -> bool:
        size = _state(self.words, j)
        if size and " ".join(self.words.low[j : j + size]) in _FOR and j == self.since:
            return False  # «có hoạt động | khai thác …»
        if size:
            self.stated, self.waits = True, size == 1 and self.words.word(j) in _OPENS_STATE
            self.at = self.told = j + size
        return size > 0

    def _takes_verb(self, j: int) -> bool:
        """Takes a verb that is no predicate, and so is told of the thing."""
        verb = self.words.hit(j, "verb")
        if verb is None or _noun(self.words, j) is not None:
            return False
        self.at = self.told = self.acted = verb[0]
        self.waits = False
        return True

    def _takes_word(self, j: int) -> bool:
        words, noun = self.words, _noun(self.words, j)
        adjunct = words.hit(j, "adjunct") is not None and not self.stated and words.word(j) not in _LIES
        if words.hit(j, "stop", "determiner") or adjunct:
            return False
        self.at, self.waits = (noun[0] if noun else j + 1), self.waits and noun is None
        return True

    def _is_predicate(self, j: int) -> bool:
        """An adverb and its verb, or a verb with its object, that no word before it makes part of the description."""
        words = self.words
        verb, manner = words.hit(j, "verb"), words.hit(j, "adverb")
        if self.waits or j == self.since:
            return False
        if verb is None or _noun(words, j) is not None:
            return manner is not None and acts(words, manner[0])
        whom = words.hit(verb[0], "determiner", "role", "head", "name")
        if j == self.acted and verb[1]["word"] in NOUNS and whom is None:
            return False  # «bị xem xét | kỷ luật»
        return not self._of_thing(j) and _has_object(words, verb) and words.low[j - 1] not in _BEFORE_NOUN

    def _of_thing(self, j: int) -> bool:
        """What stands before word ``j`` makes a noun of the verb there («nhu cầu | tuyển dụng», «công tác | quản lý»; «vay vốn | đăng ký»
        does not, nor does any thing of an act that offices do)."""
        words = self.words
        if words.word(j) in OFFICE_ACTS:
            return False
        if words.word(j - 1) in _COUNTS:
            return True  # «có nhiều | đóng góp»
        if any(self._is_thing(j - n, j) for n in range(1, _LONGEST + 1)):
            return True
        return j > self.told and words.low[j - 1] in NOMINAL and words.low[j - 2 : j] not in _PLAIN_NOUNS

    def _is_thing(self, first: int, j: int) -> bool:
        """A thing that is for something stands in ``[first, j)``, with nothing but «có», a number or «các» before it («dân tộc thiểu số |
        tăng cường», «đối tượng chính sách | tổ chức …» are no such things)."""
        if " ".join(self.words.low[first:j]) not in _FOR:
            return False
        count = self.words.word(first - 1)
        return first == self.since or (first >= self.told and (count in _COUNTS or count.isdigit()))


_COUNTS = frozenset({"các", "những", "nhiều", "một", "mọi", "từng"})
"""Words that say how many there are of what follows."""


def wanting(words: Words, np: Np, phrase: Hit) -> bool:
    """«Người dân có nhu cầu | vay vốn | đăng ký …»: takes more than the set phrase, where the act behind it says for what."""
    end = 0 if phrase[1]["word"] in _POWERS else had_end(words, np.last + 1, person=np.cls == "role")
    if end <= phrase[0]:
        return False
    np.describe(end)
    return True


_POWERS = frozenset({"có thẩm quyền", "có liên quan"})
"""What says of no thing for what it is: «cơ quan có thẩm quyền | xem xét, quyết định»."""


def _more_things(words: Words, j: int) -> bool:
    """«có rừng, | đất lâm nghiệp», «nông sản và | thủy sản»: a joint before another thing."""
    if words.word(j) not in _JOINTS or not words.adjacent(j + 1) or not words.word(j + 1).isalnum():
        return False
    return not words.cap(j + 1) and words.hit(j + 1, "verb", "modal", "adverb", "adjunct", "determiner", "role", "head") is None


def _state(words: Words, j: int) -> int:
    """How many words of a state stand at ``j``."""
    for n in range(_LONGEST, 0, -1):
        if (said := " ".join(words.low[j : j + n])) in _STATES or (n == 1 and said in _OPENS_STATE):
            longer = words.hit(j, "verb", "not", "head", "role", "adverb")
            return 0 if longer is not None and longer[0] - j > n else n
    return 0


def _ends_in(words: Words, j: int, said: frozenset[str]) -> bool:
    """One of the words or phrases stands right before word ``j``."""
    return any(" ".join(words.low[j - n : j]) in said for n in range(1, min(j, _LONGEST) + 1))


def owed(words: Words, j: int) -> bool:
    """«số tiền | phải | nộp»: what must be done with the thing, and binds nobody."""
    return words.word(j) == "phải" and _ends_in(words, j, _OWED)


_PLAIN_NOUNS = (["viên", "chức"], ["học", "đường"], ["lao", "động"], ["biến", "động"], ["vận", "động"])
"""Nouns and states whose last word makes a noun of a verb elsewhere («hoạt động | kiểm tra»)."""


def _noun(words: Words, j: int) -> Hit | None:
    """A noun of several words at ``j`` that is longer than a verb there («nhà văn hóa»)."""
    noun, verb = words.hit(j, "head", "role", "field", "name", "trade", "not"), words.hit(j, "verb")
    return noun if noun is not None and noun[0] - j > 1 and (verb is None or noun[0] > verb[0]) else None


def _has_object(words: Words, verb: Hit) -> bool:
    """The verb is of two words or one that offices do, and has an object or another verb behind it, as what somebody is to do has."""
    behind, first = words.word(verb[0]), verb[0] - len(verb[1]["word"].split())
    joined = behind in (",", "và") and words.hit(verb[0] + 1, "verb", "head", "role", "name", "determiner") is not None
    return (behind.isalnum() or joined) and (verb[0] - first > 1 or words.word(first) in OFFICE_ACTS)


__all__ = ["had_end", "owed", "wanting"]

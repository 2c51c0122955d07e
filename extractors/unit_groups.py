"""What tells one of a common kind apart: the levels of schools, the classes of a teacher, the part of a unit, the members of a team, what
boards look after.

«Các trường | mầm non, tiểu học», «Giáo viên chủ nhiệm | các lớp 6A, 7B», «đơn vị | chủ trì», «Tổ giúp việc | gồm …». ``Np`` is the conjunct
under construction. Source: domain.md 6.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from extractors.rulebook import rules, word_class
from extractors.unit_qualifiers import Np, acts, acts_surely
from extractors.unit_stands import holds_event
from extractors.unit_tails import OWNERS, fields_run
from extractors.unit_words import Hit, Words

_MANAGERS = frozenset({"board", "council", "party-office"})
"""Kinds of bodies of which every market, site, building or festival has one."""


@cache
def _schools() -> tuple[list[str], ...]:
    """Levels of schools, word by word."""
    return tuple(word.split() for word in sorted(word_class("unit_attributes", "school-level")))


def school_levels(words: Words, np: Np) -> bool:
    """«Các trường mầm non | , tiểu học, trung học cơ sở»: schools of several levels share one head, also inside the name of those who
    lead them («Hiệu trưởng các trường mầm non | , tiểu học»)."""
    if not (np.kind == "school" and np.determiner and not np.proper) and not _of_schools(words, np):
        return False
    k = np.last + (words.word(np.last) in (",", "và"))
    k += words.word(k) == "và"
    level = next((w for w in _schools() if words.low[k : k + len(w)] == w), None)
    if level is None:
        return False
    np.last, np.plural = k + len(level), True
    return True


def _of_schools(words: Words, np: Np) -> bool:
    """The name ends in a level of several schools («Ban Giám hiệu các trường tiểu học»)."""
    if not [w for w in _schools() if w[-1] == words.low[np.last - 1] and words.low[np.last - len(w) : np.last] == w]:
        return False
    return any(words.low[i - 1 : i + 1] == ["các", "trường"] for i in range(np.first + 1, np.last))


def charged(words: Words, np: Np) -> bool:
    """«đơn vị | chủ trì | gửi báo cáo»: the one unit that leads, where another predicate follows at once."""
    k = np.last
    bare = not np.determiner and k - np.first == 2  # «các đơn vị thuộc Sở | chủ trì mở …» act
    if not bare or np.row.get("word") not in ("đơn vị", "cơ quan") or words.low[k : k + 2] not in (["chủ", "trì"], ["phối", "hợp"]):
        return False
    if words.hit(k + 2, "verb", "modal") is None or not words.adjacent(k + 2):
        return False
    np.last, np.bare, np.closed = k + 2, False, True
    return True


_OF_SCHOOLS = frozenset({"council", "community", "division", "team", "mass-organisation", "board", "office", "steering-committee"})


def own_school(words: Words, np: Np) -> bool:
    """«Hội đồng thi đua khen thưởng | nhà trường»: the school that a body belongs to."""
    k = np.last
    if words.low[k : k + 2] != ["nhà", "trường"] or words.cap(k) or np.cls not in ("head", "name"):
        return False
    if np.kind not in _OF_SCHOOLS or np.inner:
        return False
    np.last, np.bare, np.closed, np.inner = k + 2, False, True, True
    return True


def researches(words: Words, np: Np) -> bool:
    """«viện | nghiên cứu, trường đại học»: institutes in general, where nothing is said of what is studied."""
    k = np.last
    if np.row.get("word") != "viện" or not np.bare or words.low[k : k + 2] != ["nghiên", "cứu"] or words.cap(k):
        return False
    ends = words.word(k + 2) in ("", ",", ";", "và", ".", ")") or words.hit(k + 2, "verb", "modal")
    if not ends or (words.cap(np.first) and not np.determiner):
        return False
    np.last, np.bare, np.closed, np.row = k + 2, False, True, {**np.row, "traits": "g"}
    return True


_CLASS = re.compile(r"\d{1,2}[a-zđ]?\d{0,2}|[a-zđ]\d{1,2}")


def classes(words: Words, np: Np) -> bool:
    """«Giáo viên chủ nhiệm | các lớp 6A, 7B»: the classes that a teacher has."""
    k = np.last + (words.word(np.last) == "các")
    if np.kind != "staff" or words.word(k) != "lớp":
        return False
    if not _CLASS.fullmatch(words.word(k + 1)):
        if k == np.last or words.hit(k + 1, "verb", "modal") is None:
            return False
        np.last, np.bare, np.closed = k + 1, False, True  # «giáo viên chủ nhiệm | các lớp | báo cáo»
        return True
    j = k + 2
    while words.word(j) in (",", "và", "-") and _CLASS.fullmatch(words.word(j + 1)):
        j += 2
    np.last, np.bare, np.closed = j, False, True
    return True


_TEACHERS = ("giáo viên", "giảng viên", "nhóm giáo viên", "nhóm giảng viên")


def subject_taught(words: Words, np: Np) -> bool:
    """«Giáo viên | Giáo dục thể chất | trực tiếp dạy bơi», «giáo viên | môn Toán»; «dạy môn Toán» only where another act follows."""
    if np.row.get("word") not in _TEACHERS or np.closed:
        return False
    told = rules("units").pattern("teaches").match(words.text, words.start(np.last), words.end(len(words)))
    last = next((k for k in range(np.last, len(words) + 1) if told and words.end(k) >= told.end()), 0)
    if not last or (told and told["act"] and words.hit(last, "verb", "modal", "adverb") is None):
        return False
    np.last, np.bare, np.closed = last, False, True
    return True


def made_up(words: Words, np: Np, parse_one: Callable[..., Np | None]) -> bool:
    """«Tổ giúp việc | gồm Phòng Kinh tế, Công an xã | có nhiệm vụ …»: up to the modal, in one clause."""
    for m in range(np.last + 1, min(len(words), np.last + 40)):
        modal = words.hit(m, "modal")
        if modal is not None and modal[1]["word"] in word_class("unit_grammar", "charge"):
            np.last, np.bare, np.closed, np.aside = m, False, True, np.last
            return True
        if words.word(m) in (";", ".", ":"):
            break
    return _members_act(words, np, parse_one)


def _members_act(words: Words, np: Np, parse_one: Callable[..., Np | None]) -> bool:
    """«Tổ công tác | gồm đại diện Thanh tra tỉnh và Công an tỉnh | kiểm tra …»: up to the act behind the names of its members."""
    if not words.cap(np.first):
        return False  # «do tổ kiểm kê gồm kế toán và thủ kho | thực hiện»: told by its members
    j = np.last + 1 + 2 * (words.low[np.last + 1 : np.last + 3] == _DELEGATES)
    listed = False
    while (member := parse_one(words, j, inside=True)) is not None:
        listed, j = True, member.last
        if words.word(j) not in (",", "và"):
            break
        j += 1
    manner = words.hit(j, "adverb")
    if not listed or not words.adjacent(j) or not (acts_surely(words, j) or (manner is not None and acts(words, manner[0]))):
        return False
    np.last, np.bare, np.closed, np.aside = j, False, True, np.last
    return True


_DELEGATES = ["đại", "diện"]


def sector(words: Words, np: Np) -> bool:
    """«Ngành | giáo dục và đào tạo»: a branch of government in small letters; a trade («ngành | hàng cá tra») is none."""
    known = words.hit(np.last - 1, "qualifier")
    if known is None or known[1]["members"] != "sector" or known[0] <= np.last or np.closed:
        return False
    np.last, np.bare, np.closed, np.proper = known[0], False, True, True
    return True


def managed(words: Words, np: Np) -> bool:
    """«Ban Quản lý | các chợ», «Ban Quản trị | các tòa nhà chung cư»: the things that several boards of a kind look after."""
    if np.kind not in _MANAGERS or np.plural or np.level or np.determiner or not words.cap(np.first):
        return False
    if words.low[np.last - 2 : np.last] == ["xây", "dựng"]:
        return False  # one board that builds «các công trình giao thông»
    found = rules("units").pattern("managed_things").match(words.text, words.start(np.last))
    j = np.last
    while found and j < len(words) and words.end(j + 1) <= found.end():
        j += 1
    if j - np.last < 2:
        return False
    np.last, np.bare, np.closed, np.plural = j, False, True, True
    return True


_FLAWS = word_class("unit_grammar", "flaw")
_TOLD = word_class("unit_grammar", "found-by")
"""Words behind a flaw that say who found it («khuyết điểm | được chỉ ra»)."""
_CLAUSE = 9
"""Words that such a clause may have behind the flaws."""


def flawed(words: Words, np: Np) -> bool:
    """«Đơn vị | có hạn chế, khuyết điểm được chỉ ra | khắc phục …»: nobody is told to have faults, so that they describe."""
    j = np.last + 1
    j += words.word(j) in ("những", "các", "nhiều")
    if np.proper or " ".join(words.low[j : j + 2]) not in _FLAWS:
        return False
    j += 2
    while words.word(j) in (",", "và", "hoặc") and " ".join(words.low[j + 1 : j + 3]) in _FLAWS:
        j += 3
    since = j
    while j < len(words) and j - since < _CLAUSE and words.adjacent(j) and words.word(j).isalnum():
        modal, manner = words.hit(j, "modal"), words.hit(j, "adverb")
        told = words.word(j) in _TOLD or words.low[j - 1] in _TOLD
        if not told and (modal or (manner and acts(words, manner[0])) or acts_surely(words, j)):
            break
        verb = words.hit(j, "verb")
        j = verb[0] if verb and told else j + 1
    np.describe(j)
    return True


def over_field(words: Words, np: Np) -> bool:
    """«cơ quan quản lý nhà nước | về xây dựng»: the field that an authority looks after."""
    if words.low[max(0, np.last - 4) : np.last] != ["quản", "lý", "nhà", "nước"] or (last := fields_run(words, np.last)) == np.last:
        return False
    np.last, np.bare, np.closed = last, False, True
    return True


_DIRECTED = word_class("unit_grammar", "directed")


def head_of_board(words: Words, head: Hit) -> Hit:
    """«Trưởng ban | chỉ đạo chung», «Phó Trưởng ban | tổ chức các cuộc họp»: what the head of a board does is no part of the board's name,
    where what is directed or held stands behind it."""
    last = head[0]
    if last < 3 or words.low[last - 3] != "ban" or words.cap(last - 2):
        return head  # «Trưởng ban Chỉ đạo»
    if words.low[last - 2 : last] == ["tổ", "chức"]:
        acts = holds_event(words, last)
    elif words.low[last - 2 : last] == ["chỉ", "đạo"]:
        listed = words.word(last) == "," and words.hit(last + 1, "verb") is not None  # «Trưởng ban | chỉ đạo, điều hành …»
        acts = listed or words.word(last) in _DIRECTED
    else:
        return head
    return (last - 2, {**head[1], "word": "trưởng ban"}) if acts else head


def owner_at(words: Words, first: int, last: int) -> int:
    """The word where the body begins whose part the office is at the head of («Trưởng Ban Dân tộc | HĐND tỉnh»); 0 without one."""
    for k in range(first, min(last + 1, len(words))):
        body = words.hit(k, "name", "head") if words.cap(k) and words.adjacent(k) else None
        if body is not None and body[1]["kind"] in _HOSTS and "v" not in body[1].get("traits", ""):
            return k
    return 0


_HOSTS = OWNERS | {"people-council", "people-committee", "party-committee", "department", "office", "party-office", "hospital"}
"""Kinds of bodies that have divisions."""

"""Who is told apart by whatever stands up to the word that binds: «Cơ quan cấp phép sai do công chức thiếu trách nhiệm | phải …», «Chi bộ
còn dưới 03 đảng viên | phải …», «Công chức đo đạc, lập bản đồ | chịu trách nhiệm …».

A bare common noun that opens a clause says nothing by itself: up to the word that binds stands which are meant, in any words. What opens a
state («đã», «được», «để xảy ra») or is no act may go on with commas and name others; an act does so only where nobody else, and nothing
that is bound, stands before the word that binds («Đơn vị thống kê | các khoản phải nộp»). Where no word binds, a right («được …») or what
several do together («cùng …») ends it. Source: domain.md 4.4, 6.2; GUIDE: as the text
names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.rulebook import word_class
from extractors.unit_binding import binds, in_one_line, tells_others
from extractors.unit_dwelling import dwelling_end
from extractors.unit_qualifiers import NOMINAL, Np
from extractors.unit_stands import SET_UP, blocked
from extractors.unit_words import Words

_REACH = 40
"""Words that such a description may have."""
_STATES = word_class("unit_grammar", "state-opener")
_NO_STATE = word_class("unit_grammar", "no-description")
_LET = word_class("unit_grammar", "let-happen")
_HOLDS = word_class("unit_grammar", "holds-bound")
_BOTH = word_class("unit_grammar", "binds-all-alike")
_RIGHTS = word_class("unit_attributes", "right")
_TELLS = word_class("unit_grammar", "tells-whom")
_INSIDE = word_class("unit_grammar", "of-act") | word_class("unit_grammar", "of-state")
_DIRECTLY = ["trực", "tiếp"]
_SOME, _NO_NOUN = word_class("unit_grammar", "some-of"), word_class("unit_grammar", "no-level-noun")
_JOINTS = (",", "và", "hoặc")
_MAY, _STAYS = word_class("unit_grammar", "may-do"), word_class("unit_grammar", "stays")
_NO_OBJECT = word_class("unit_grammar", "no-object")
_PICKED = word_class("unit_grammar", "picked")
_ALIKE = ("cùng", "đều")
_NEED = 8
"""Words that «cần …» may have inside such a description."""
_THINGS = frozenset({"phải", "cần"})
"""Words that bind things as well as those who act («các khoản | phải nộp»)."""
_DOERS = frozenset({"cơ quan", "đơn vị", "tổ chức", "cá nhân", "tập thể"})
"""Nouns that open the next of several who are told apart."""


class Bound(NamedTuple):
    """The first and the last word of each who is told apart, and the word at which the predicate begins."""

    parts: Sequence[tuple[int, int]]
    end: int


def until_bound(words: Words) -> Bound | None:
    """The bodies or persons that open the words, with what tells them apart up to the word that binds; None where no word binds them."""
    nouns = _nouns(words)
    since = nouns[-1][1] if nouns else 0
    if not since or not words.adjacent(since) or not words.word(since).isalnum() or binds(words, since) or _no_state(words, since):
        return None
    if words.word(since) == "được" and words.word(since + 1) in _RIGHTS:
        return None  # «Hộ nghèo | được cấp giống và phải …»
    bound = _binding(words, since)
    if bound and bound - since < 2 and words.hit(since, "verb"):
        return None
    if not bound:
        placed = dwelling_end(words, nouns[-1][0], since)
        return _granted(words, nouns, since) or _together(words, nouns, since) or (_parted(nouns, [], placed) if placed else None)
    cuts = _cuts(words, since, bound, {words.low[a] for a, _ in nouns})
    one = words.hit(nouns[-1][0], "name") is not None  # «Tỉnh đoàn | rà soát danh mục phải …»
    if cuts is None or not (_of_state(words, since, bound) or (not one and _of_job(words, cuts[-1] + 3 if cuts else since, bound))):
        return None
    return _parted(nouns, cuts, bound)


def _parted(nouns: list[tuple[int, int]], cuts: list[int], end: int) -> Bound:
    edges = [nouns[0][0], *(cut + 1 for cut in cuts)]
    return Bound(tuple(zip(edges, [*cuts, end], strict=True)), end)


def _granted(words: Words, nouns: list[tuple[int, int]], since: int) -> Bound | None:
    """«Giáo viên biệt phái | được hưởng nguyên lương», «Người ra quyết định kiểm tra | được tạm dừng việc …»: what persons have a right to,
    or may do to something, behind what they are or do; «Cán bộ rà soát hồ sơ được chuyển đến» only tells which papers."""
    firsts = {words.low[a] for a, _ in nouns}
    if words.word(since) == "không":
        return None  # «Kiểm soát viên | không đồng ý được bảo lưu ý kiến»: in which case
    person = words.hit(nouns[-1][0], "role") is not None or words.word(nouns[-1][0]) == "người"
    first = field[0] if (field := words.hit(since, "field")) else since  # «Viên chức | y tế | tự nguyện …»
    stays = person and (words.word(first) in _STAYS or " ".join(words.low[first : first + 2]) in _STAYS)
    for j in range(since + 1, min(len(words), since + _REACH)):
        if not (words.word(j).isalnum() or words.word(j) in (",", "-")) or words.word(j) in ("thì", "rằng"):
            return None
        if words.word(j) != "được" or words.word(j + 1) in _PICKED:
            continue
        act = words.hit(j + 1, "verb") if words.word(j - 1) not in _JOINTS else None
        may = next((n for n in (3, 2, 1) if " ".join(words.low[j + 1 : j + 1 + n]) in _MAY), 0)
        if act is None and not may and words.word(j + 1) not in _RIGHTS:
            continue
        behind = j + 1 + may if may else act[0] if act else j + 2
        done = words.word(behind).isalnum() and words.adjacent(behind) and words.word(behind) not in _NO_OBJECT
        cuts = _cuts(words, since, j, firsts)
        alone = not (set(_JOINTS) & set(words.low[since:j]) or tells_others(words, since, j, _INSIDE))
        others = any(_another(words, m, j) or _moves(words, m) for m in range(since, j))  # «Chi bộ rà soát đảng viên | được miễn …»
        if done and cuts == [] and (stays or (may and alone and not others)):
            return _parted(nouns, cuts, j)
    return None


def _together(words: Words, nouns: list[tuple[int, int]], since: int) -> Bound | None:
    """«Đơn vị bàn giao hồ sơ và đơn vị nhận bàn giao | cùng ký …»: several who are told apart, up to what they do together."""
    for j in range(since + 1, min(len(words), since + _REACH)):
        if not (words.word(j).isalnum() or words.word(j) in _JOINTS):
            return None
        if words.word(j) in _ALIKE and words.word(j - 1) not in _JOINTS and words.hit(j + 1, "verb") is not None:
            cuts = _cuts(words, since, j, {words.low[a] for a, _ in nouns})
            return _parted(nouns, cuts, j) if cuts else None
    return None


def _nouns(words: Words) -> list[tuple[int, int]]:
    """The bare common nouns in a row with which the words begin («Cán bộ, công chức», «Các cơ quan, đơn vị»)."""
    several = words.hit(0, "determiner")
    k = several[0] if several else 0
    if words.word(0) in _SOME:
        return []  # «Một số đơn vị | còn chậm báo cáo …» tells how things are
    found: list[tuple[int, int]] = []
    while k < len(words):
        noun = words.hit(k, "head", "role") or (words.hit(k, "level") if k == 0 else None)
        end = noun[0] if noun else k + 1 if words.word(k) == "người" else 0
        if noun and (noun[1].get("kind") == "title" or blocked(words, k, end) or words.word(k) in _NO_NOUN):
            break
        if not end:
            break
        if any(words.cap(m) for m in range(k + (not found), end + 1)):
            return []  # «Sở | Y tế»
        found.append((k, end))
        if words.word(end) not in (",", "và"):
            break
        k = end + 1
    return [(0, found[0][1]), *found[1:]] if found else []


def _no_state(words: Words, k: int) -> bool:
    """What begins at ``k`` says when, how or what for they act."""
    if words.word(k) == "để":
        return words.word(k + 1) not in _LET
    return (
        words.word(k) in _NO_STATE
        or " ".join(words.low[k : k + 2]) in _NO_STATE
        or (words.hit(k, "adverb") is not None and words.low[k : k + 2] != _DIRECTLY)
    )


def _binding(words: Words, since: int) -> int:
    """The word at which the predicate begins; 0 where none binds, or it goes on with another predicate («… và phải»)."""
    for j in range(since, min(len(words), since + _REACH)):
        word = words.word(j)
        if not (word.isalnum() or word in (",", "-", "/", "%")) or (j > since and not words.adjacent(j) and word.isalnum()):
            return 0
        if word in ("thì", "rằng") or words.low[j : j + 2] == ["đồng", "thời"]:
            return 0
        held = words.word(j - 1) == "không" or words.word(j - 1) in _HOLDS or " ".join(words.low[j - 2 : j]) in _HOLDS
        if held or not binds(words, j) or _needed(words, j):
            continue
        k = j - (words.word(j - 1) in _BOTH)
        return 0 if k <= since or words.word(k - 1) in _JOINTS else k
    return 0


def _needed(words: Words, j: int) -> bool:
    """«người bệnh cần chuyển tuyến | phải …»: what somebody needs, before the word that binds."""
    more = (m for m in range(j + 2, min(len(words), j + _NEED)) if binds(words, m))
    ends = next((m for m in range(j + 1, min(len(words), j + _NEED)) if words.word(m) in _JOINTS), j + _NEED)
    return words.word(j) == "cần" and next(more, ends) < ends


def _of_state(words: Words, since: int, bound: int) -> bool:
    """«đã cấp phép sai …», «địa bàn còn thôn chưa có điện …»: a state comes before any act, and nobody is told what to do behind a mark
    («Cơ quan đã nhắc, | yêu cầu các hộ phải …»)."""
    j = since
    while j < bound and not (words.word(j) in _STATES or " ".join(words.low[j : j + 2]) in _STATES):
        noun = words.hit(j, "head", "role", "field", "not")
        verb = words.hit(j, "verb")
        if verb is not None and words.low[j - 1] not in NOMINAL and (noun is None or noun[0] <= verb[0]):
            return False
        j = max(noun[0] if noun else j + 1, verb[0] if verb else 0)
    joined = (m for m in range(j, bound) if words.word(m - 1) in _JOINTS)
    return j < bound and not any(words.word(m) in _TELLS or " ".join(words.low[m : m + 2]) in _TELLS for m in joined)


def _of_job(words: Words, since: int, bound: int) -> bool:
    """Whether what they do, or are, tells them apart: nobody is told to act, and nothing bound or nobody else stands right before the word
    that binds."""
    if tells_others(words, since, bound + 1, _INSIDE):
        return False
    if words.word(bound) == "được" and any(_moves(words, m) for m in range(since, bound)):
        return False  # «Tổ bảo vệ hướng dẫn khách | được phép ra vào»
    things = any(words.word(m) in _THINGS for m in (bound, bound + 1))
    if things and any(words.hit(m, "determiner") or words.word(m) in _HOLDS for m in range(since, bound)):
        return False
    return not any(words.cap(m) or _another(words, m, bound) for m in range(since, bound))


_MOVES = word_class("unit_grammar", "moves-others")


def _moves(words: Words, m: int) -> bool:
    """An act that makes others act stands at ``m``: what follows is theirs («Tổ bảo vệ | hướng dẫn khách | được phép ra vào»)."""
    verb = words.hit(m, "verb")
    return verb is not None and verb[1]["word"] in _MOVES


def _another(words: Words, m: int, bound: int) -> bool:
    """Somebody else, whom the word at ``bound`` binds, stands right before it."""
    nouns = (words.hit(m, kind) for kind in ("head", "role"))
    ends = any(noun is not None and noun[0] == bound and "v" not in noun[1].get("traits", "") for noun in nouns)
    return ends and words.low[m - 1] not in NOMINAL


def _cuts(words: Words, since: int, bound: int, firsts: set[str]) -> list[int] | None:
    """The joints between several who are told apart; None where somebody else stands behind one."""
    cuts: list[int] = []
    for m in range(since, bound):
        if words.word(m) not in _JOINTS or m + 1 >= bound:
            continue
        if words.word(m + 1) == "còn":
            return None  # «Chi đoàn khảo sát nhu cầu, | còn Phòng A phải …»
        noun = words.hit(m + 1, "head", "role")
        anew = " ".join(words.low[m + 1 : m + 3]) in _DOERS or words.word(m + 1) == "người"
        if words.hit(m + 1, "determiner", "name") or (words.cap(m + 1) and noun):
            return None
        if anew or (noun is not None and words.low[m + 1] in firsts):
            if noun is None or noun[0] >= bound or not words.word(noun[0]).isalnum():
                return None
            cuts.append(m)
    return cuts


_TASK = 9
"""Words that the task of a team may have."""


def task_named(words: Words, np: Np) -> bool:
    """«Tổ rà soát thủ tục hành chính |, gồm công chức của …», «Hội đồng xử lý sau thanh tra |, do …»: behind a comma is told who makes up
    the team or heads it, so that what stands before it is its name; «Tổ rà soát hồ sơ, gồm hồ sơ đất đai» tells its work."""
    k = np.last
    if np.cls != "head" or np.kind not in SET_UP or not np.bare or np.closed or np.determiner or not words.cap(np.first):
        return False
    comma = next((m for m in range(k + 1, min(len(words), k + _TASK)) if not in_one_line(words, m)), 0)
    told = words.word(comma) == "," and words.word(comma + 1) in ("gồm", "do")
    if not told or any(words.hit(m, "modal", "determiner") for m in range(k, comma)):
        return False
    if words.hit(comma + 2, "head", "role", "name") is None and words.low[comma + 2 : comma + 4] != ["đại", "diện"]:
        return False
    ends = (m for m in range(comma + 3, min(len(words), comma + _REACH)) if words.word(m) == ",")
    closing = next((m for m in ends if words.hit(m + 1, "verb", "adverb") and words.hit(m + 1, "head", "role", "name") is None), 0)
    if not closing:
        return False
    np.last, np.bare, np.closed, np.open, np.aside = closing, False, True, True, comma
    return True


__all__ = ["Bound", "task_named", "until_bound"]

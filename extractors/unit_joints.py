"""What stands between the names of a list (joints, brackets, closing marks) and what keeps two of them apart. Source: domain.md 6.2."""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_qualifiers import Np
from extractors.unit_stands import among_inspectorates
from extractors.unit_words import Words

JOINTS = {",", "và", "&", "/", "cùng"}
"""Joints behind which a name may begin where the one before ends in unknown words."""
_CLOSING = (".", ",", ":", ";", "/")


def after_parenthesis(words: Words, j: int) -> int:
    for m in range(j + 1, min(len(words), j + 25)):
        if words.word(m) == ")":
            return m + 1
    return j


def behind(words: Words, j: int) -> int:
    """The word behind the joint at ``j``: «cùng | với» has two words, «, | và» a mark and a word."""
    return j + 1 + (words.word(j + 1) == {"cùng": "với", ",": "và"}.get(words.word(j)))


def trim(words: Words, i: int, j: int) -> int:
    """``j`` without closing punctuation and a trailing parenthesis."""
    while j > i + 1 and words.word(j - 1) in _CLOSING:
        j -= 1
    if words.word(j - 1) == ")":
        for m in range(j - 1, i, -1):
            if words.word(m) == "(":
                return m
        while j > i + 1 and words.word(j - 1) in (*_CLOSING, ")"):
            j -= 1  # «(…; phối hợp: Sở B|)»: opened before these names
    return j


def skip_separators(words: Words, i: int) -> int:
    while i < len(words):
        word = words.word(i)
        if word == "(":
            j = after_parenthesis(words, i)
            if j == i:
                return len(words)
            i = j
        elif word in (",", ";", ".", ":", "/", "-", "+", ")", "&", "và", "hoặc"):
            i += 1
        elif word == "cùng":
            i = behind(words, i)
        else:
            return i
    return i


_SAID_AGAIN = {"division", "team", "inspectorate"}
"""Parts of a body, and inspectorates: their head is said again only to tell one from the other («Tổ chuyên môn, | tổ Văn phòng»)."""


def told_apart(words: Words, left: Np, right: Np) -> bool:
    """«giáo viên chủ nhiệm | và giáo viên bộ môn», «Các tổ chuyên môn | và Tổ Văn phòng», «Học sinh | và cha mẹ học sinh»: the second
    says the head of the first again with another description, so that two are told apart and no collective goes on."""
    staff = next((np for np in (left, right) if np.kind == "staff"), None)
    if staff is not None and left.cls == right.cls == "role" and "public" in (left.kind, right.kind) and not left.determiner:
        told = staff.inner or staff.last - staff.first > len(staff.row["word"].split())
        return told or "j" in staff.row["traits"]  # «Giáo viên bộ môn | , cha mẹ học sinh»: one kind of teachers, and who is no staff
    if _parties(words, left, right):
        return True
    if left.cls != right.cls or left.cls not in ("head", "role"):
        return False
    one, two = words.low[left.first + left.determiner : left.last], words.low[right.first : right.last]
    if one == two or len(one) < 2:
        return False
    if left.kind in _SAID_AGAIN and right.kind in _SAID_AGAIN and one[0] == two[0] and not (left.determiner or right.determiner):
        return True
    if words.word(left.last) != "và":
        return False
    if left.cls == "head":
        return one[0] == two[0] and words.cap(right.first) and words.cap(right.first + 1)
    same = one[:2] == two[:2] and min(len(one), len(two)) > 2
    return same or (len(two) > len(one) and two[-len(one) :] == one)


def _parties(words: Words, left: Np, right: Np) -> bool:
    """«cha mẹ học sinh | và chính quyền địa phương»: a public and who governs it; «các tổ chuyên môn | và giáo viên»: parts of a body, and
    its staff by what they are. «cấp ủy, tổ chức đảng và đảng viên» stay one."""
    if words.word(left.last) != "và":
        return False
    sides = {left.kind: left.cls, right.kind: right.cls}
    if sides.get("public") == "role" and sides.get("people-committee") == "head":
        return not (left.determiner or right.determiner)
    return left.cls == "head" and left.kind in _SAID_AGAIN and right.kind == "staff" and right.row["word"] in _TEACH


_TEACH = word_class("unit_grammar", "teachers")
"""Those who teach or treat, told from the divisions of their house."""
_DOERS = {"staff", "person", "head"}
"""Kinds of persons told by what each of them does («người giám sát, | người thẩm định»)."""
_TEAM = {"team-head", "team-member"}
_ANYBODY = word_class("unit_grammar", "any-staff") | {"đảng viên"}
"""Words for staff and members in general."""


def _other_office(words: Words, left: Np, right: Np) -> bool:
    """«Kiểm sát viên, | Kiểm tra viên | và công chức khác», «chấp hành viên, | kế toán»: offices of their own; «viên chức quản lý, | người
    tham gia quy trình …»; «tổ viên tổ xác minh, | cán bộ giúp việc»: of the team, and who is not."""
    if left.kind == "staff" and left.row["word"] not in _ANYBODY and words.low[right.first : right.first + 3] == ["thành", "viên", "khác"]:
        return True  # «Thư ký phiên họp | và thành viên khác của Hội đồng»
    listed = words.word(left.first - 1) in (",", "và") and words.cap(left.first)
    told = not right.bare and right.row["word"] in _ANYBODY | {"thành viên"}  # «kiểm sát viên | và công chức giúp việc kiểm sát viên»
    if "p" in left.row.get("traits", "") and words.word(left.last) == "," and _same_field(words, left, right):
        return False  # «thanh tra viên, | công chức thanh tra»
    if "p" in left.row.get("traits", "") and (listed or told or words.cap(right.first) or "j" in right.row.get("traits", "")):
        return True
    staff = left.kind == "staff" and not (left.bare and left.row["word"] in _ANYBODY)  # «công chức, người tiến hành thanh tra» are one
    other = right.row.get("word") == "người" and (staff or left.row.get("word") == "người")
    begin = left.first + left.determiner
    other = other or (words.low[begin] == words.low[right.first] == "người" and {left.kind, right.kind} <= _DOERS)
    member = left.kind == "member" and right.row.get("word") in _ANYBODY and _of_team(words, left)
    return other or member or (left.kind in _TEAM and right.kind not in _TEAM)


def _same_field(words: Words, left: Np, right: Np) -> bool:
    """The second are staff of the field that gives the office of the first its name."""
    said = words.low[left.first : left.last]
    field = words.low[right.first + len(right.row["word"].split()) : right.last]
    return right.row["word"] in _ANYBODY and len(field) > 1 and said[: len(field)] == field and len(said) == len(field) + 1


def _of_team(words: Words, np: Np) -> bool:
    """«thành viên | các đoàn thanh tra», «thành viên | tổ thẩm định»: of a body set up for a work, against members of a committee."""
    heads = (words.hit(k, "head") for k in range(np.first + 1, np.last)) if np.inner else ()
    return next((head[1]["kind"] == "team" for head in heads if head is not None), False)


COMMITTEES = word_class("unit_grammar", "committee")
"""Committees that share the head named before them."""
_BRANCH = word_class("unit_grammar", "branch")


def given_too(words: Words, left: Np, right: Np) -> bool:
    """«Người được giao làm trưởng đoàn, | tổ trưởng tổ xác minh»: the offices that somebody is given are listed, nobody else is named."""
    if left.cls != "role" or words.word(left.last) != ",":
        return False
    given = next((k for k in range(left.first + 1, left.last - 1) if words.low[k] == "làm"), 0)
    return bool(given) and right.cls == "role" and not right.determiner and words.hit(given + 1, "role") is not None


_HEADS = word_class("unit_grammar", "head-of-bodies")
_NOT_HEADED = frozenset({"community", "collective", "assembly", "mass-organisation"})
"""Kinds that nobody is the head of, and those that stand beside the bodies whose head is meant («Lãnh đạo Sở | và công đoàn cơ sở»)."""


def headed_too(words: Words, group: list[Np], right: Np) -> bool:
    """«Người đứng đầu các phòng thuộc Sở, | đơn vị trực thuộc», «Lãnh đạo các ban chuyên môn | và trạm trực thuộc», «Người đứng đầu cấp ủy,
    | chính quyền các xã»: common nouns without «các» of their own go on with the bodies whose head is meant."""
    head = group[0]
    if head.row.get("word") not in _HEADS or not head.inner or right.cls != "head" or right.determiner or right.elided:
        return False
    if words.word(group[-1].last) not in (",", "và") or group[-1].open:
        return False
    if head.bare and words.low[right.first : right.first + 2] == ["chính", "quyền"]:
        return True
    small = not any(words.cap(k) for k in range(right.first, min(right.last, right.first + 2)))
    set_up = words.low[right.first] == "đoàn" and right.kind == "team"  # «lãnh đạo các phòng, | đoàn kiểm tra»
    several = head.plural or "các" in words.low[head.first + 1 : head.last]
    return several and small and not (right.proper or set_up or right.kind in _NOT_HEADED)


def heads_of_board(words: Words, out: list[list[Np]], np: Np) -> int:
    """«Chủ nhiệm, Phó Chủ nhiệm, | Ủy viên Ủy ban Kiểm tra»: how many of the last names head the board whose members ``np`` means, a
    deputy the last of them; offices of one body are one string."""
    if np.row.get("word") != "ủy viên" or not np.inner or not out or not out[-1][-1].row.get("word", "").startswith("phó "):
        return 0
    bare = [all(said.title and said.bare and not said.inner and words.word(said.last) in (",", "và") for said in group) for group in out]
    return next((n for n, alone in enumerate(reversed(bare)) if not alone), len(bare))


def any_agency(words: Words, left: Np, right: Np) -> bool:
    """«cơ quan, | đơn vị tiếp nhận»: two words for an agency whatever it is, the second with what tells which ones are meant."""
    small = not any(words.cap(k) for k in range(right.first, right.last))
    return left.bare and left.kind == right.kind == "agency" and words.word(left.last) == "," and small


def by_their_words(words: Words, left: Np, right: Np) -> bool | None:
    """Whether two go together that their own words tell of; None where those tell nothing."""
    small = not words.cap(right.first) and words.word(left.last) == ","
    if left.cls == right.cls == "role" and _other_office(words, left, right):
        return False
    if small and left.title and left.inner and right.row.get("word") in _BRANCH:
        return True  # «giám đốc các xí nghiệp, chi nhánh»
    if words.word(left.last) == "và" and left.cls == right.cls == "head" and words.low[right.last - 2 : right.last] == ["cùng", "cấp"]:
        # «ban thường vụ cấp ủy | và ủy ban kiểm tra cùng cấp»
        return False if left.kind != right.kind and (left.inner or left.closed) else None
    committees = " ".join(words.low[left.last - 2 : left.last]) in COMMITTEES and right.row.get("word") in COMMITTEES
    shared = (left.inner and left.plural) or (left.level and left.last - left.first > 2 and not words.cap(left.last - 2))
    if small and committees and shared and not right.proper:
        return True  # «ủy ban kiểm tra các huyện ủy, thành ủy, | đảng ủy trực thuộc Tỉnh ủy», «ban thường vụ huyện ủy, | thành ủy»
    if left.inner and left.plural and not (right.proper or right.determiner or words.cap(right.first)) and _of_such(words, left, right):
        return True
    if not left.determiner or not words.cap(right.first) or left.cls != "head" or right.cls != "head":
        return None
    plain = not words.cap(left.first + 1)
    if plain and right.kind == "office":
        return False  # «các phòng nghiệp vụ, | Văn phòng»
    short = left.last - left.first == 2 and " " not in right.row["word"] and not right.proper and not right.named
    return True if short and not plain and words.word(left.last) == "," else None  # «các Vụ, Cục | liên quan»


def _of_such(words: Words, left: Np, right: Np) -> bool:
    """«Cấp ủy các cơ quan tố tụng, | cơ quan thi hành án»: the bodies in the complement are listed, the second by the same common noun."""
    several = range(left.first + 1, left.last - 1)
    return right.cls == "head" and any(words.low[k] == "các" and words.low[k + 1] == words.low[right.first] for k in several)


def named_again(words: Words, left: Np, right: Np) -> bool:
    """«Thanh tra tỉnh, | thanh tra huyện»: a noun that is a verb too says the head before it again, each with what it belongs to."""
    same = words.low[left.first] == words.low[right.first] and left.kind == right.kind
    return same and (not (left.determiner or left.bare or right.bare) or among_inspectorates(words, right.first))


_PARTY = "party-"
"""How the kinds of bodies of the Party begin."""


def again(words: Words, group: list[Np], right: Np) -> bool:
    """The same head once more after a described one opens a name: «Công đoàn các xã, phường, | công đoàn cơ sở», «Các đảng ủy xã,
    phường, | đảng ủy trực thuộc»."""
    first = group[0]
    one, two = first.row.get("word", ""), right.row.get("word", "")
    if first.kind.startswith(_PARTY) and right.kind.startswith(_PARTY) and not (one.startswith(two) or two.startswith(one)):
        return False  # «các ban đảng, đảng đoàn, | ban cán sự đảng»: other bodies whose names begin alike
    at = first.first + first.determiner
    told = first.inner or (len(group) > 1 and all(words.low[np.first] != words.low[at] for np in group[1:]))  # «các cơ sở A, cơ sở B»
    said = min(2, len(one.split()))  # «cơ quan, đơn vị, | cơ sở lưu trú» begin alike and are others
    same = words.low[at : at + said] == words.low[right.first : right.first + said]
    return told and right.cls == "head" and first.cls == "head" and same


def of_these(words: Words, group: list[Np], right: Np) -> bool:
    """«cấp ủy | và người đứng đầu cấp ủy», «cơ quan, đơn vị | và thủ trưởng cơ quan, đơn vị»: a person told by the bodies just named is
    none of them."""
    word = group[0].row.get("word", "").split()
    said = words.low[right.first + 1 : right.last]
    again = any(said[k : k + len(word)] == word for k in range(len(said)))
    return right.cls == "role" and not right.determiner and all(np.cls == "head" for np in group) and bool(word) and again


def other_heads(words: Words, group: list[Np], right: Np) -> bool:
    """«trưởng các phòng, chi cục | và thủ trưởng các đơn vị trực thuộc»: who heads other bodies, with «các» of their own."""
    first = group[0]
    heads = all(np.cls == "role" and np.inner and (np.title or np.row.get("word") in _HEADS) for np in (first, right))
    apart = heads and not (right.determiner or first.determiner) and words.low[first.first] != words.low[right.first]
    return apart and len(group) > 1 and "các" in words.low[first.first : first.last] and "các" in words.low[right.first : right.last]


_PLACED = {"people-committee", "people-council", "police", "military", "front"}
"""Kinds of bodies of which every place has one and nothing else has."""
_INSTITUTIONS = {"school", "institute", "agency-unit", "press"}


def of_other_kind(group: list[Np], right: Np) -> bool:
    """«UBND các xã, phường, | doanh nghiệp»: what is no place goes on with no list of them; «cơ sở đào tạo, | doanh nghiệp»: two common
    nouns that no «các» holds together."""
    first = group[0]
    if right.cls != "head" or right.determiner or right.kind == first.kind:
        return False
    if len(group) > 1:
        return first.kind in _PLACED and first.cls == "head" and first.plural and group[-1].cls == "level"
    both = first.cls == "head" and first.kind in _INSTITUTIONS and right.kind in _INSTITUTIONS | {"enterprise"}
    return both and first.bare and not (first.determiner or first.proper)

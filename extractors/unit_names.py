"""Lists of names: where a list of bodies is one collective and where it is several names.

Conjuncts (``unit_np``) are joined by comma, ``và``, ``;``. A boundary splits where the right side opens a name of its own (a
determiner, a proper body, a title) or the left side is already described to its end; bare common nouns pile up into one
collective («các cấp ủy, tổ chức đảng, cơ quan, đơn vị»). Source: domain.md 6.2 and the annotation guide's rule for leads.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.rulebook import rules, word_class
from extractors.unit_elided import elided, elided_head
from extractors.unit_joints import (
    COMMITTEES,
    JOINTS,
    after_parenthesis,
    again,
    any_agency,
    behind,
    by_their_words,
    given_too,
    headed_too,
    heads_of_board,
    named_again,
    of_other_kind,
    of_these,
    other_heads,
    skip_separators,
    told_apart,
    trim,
)
from extractors.unit_np import parse_one
from extractors.unit_qualifiers import Np
from extractors.unit_several import NEXT_PLACE, each_of, head_of_several, next_school, placed, shared_head
from extractors.unit_stands import SET_UP, verb_head, written_out
from extractors.unit_tails import second_office
from extractors.unit_words import Words

_SEPARATORS = {",", ";", "và", "&", "hoặc", "/", "cùng"}
# Parts of an agency that a capital alone names.
_OFFICES = {"office", "inspectorate", "party-office", "board", "mass-organisation"}
# Bodies of one level that a plan lists with one place: «Đảng ủy, HĐND, UBND các xã, phường».
_GOVERNMENT = {"people-committee", "people-council", "party-committee", "front", "government"}


# Marks between levels that are one («quận - huyện»), and how many of them one name may hold.
_DASHES, _JOINED = ("-", "–"), 6
# Conjuncts of the longest list that is read: many times what a plan lists, so that no text is read over and over.
_LONGEST_LIST = 120
# Parts that may be named with the body they belong to behind a comma, and these bodies.
_PARTS = {"division", "agency", "team", "forest-control"}
_PARENTS = {"police", "military", "department", "ministry", "treasury", "bank", "tax", "social-insurance", "customs"}


class Name(NamedTuple):
    """A name in a list: offsets in the text, and the name with an elided head restored («Bộ» Tài chính)."""

    start: int
    end: int
    name: str


def parse_list(words: Words, i: int) -> list[Np]:
    """The list of conjuncts that begins at word ``i``; empty where none does. Stops before the predicate."""
    found: list[Np] = []
    np = parse_one(words, i)
    if np is None:
        return found
    found.append(np)
    shared_word = elided_head(words, np)
    while len(found) < _LONGEST_LIST:
        if words.cap(found[-1].last) or words.word(found[-1].last)[:1] in NEXT_PLACE:
            placed(words, found)
        if shared_word and (more := elided(words, found, shared_word)):
            found.append(more)
            continue
        listed = words.word(found[-1].last) in (",", "và")
        if listed and (shared := shared_head(words, found[-1]) or next_school(words, found[-1])):
            found.append(shared)
            continue
        nxt = _next(words, found)
        if nxt is None:
            return found
        if _is_parent(words, found[-1], nxt):
            found[-1].last, found[-1].level, found[-1].inner, found[-1].closed = nxt.last, nxt.level, True, True
            continue
        found.append(nxt)
        shared_word = elided_head(words, nxt) or ("" if nxt.cls != "level" else shared_word)
    return found


def _has_parent(np: Np) -> bool:
    """A part of some body, by its kind, of which nothing says yet whose it is."""
    return np.cls != "role" and np.kind in _PARTS and not (np.level or np.determiner)


def _is_parent(words: Words, left: Np, right: Np) -> bool:
    """«Phòng Cảnh sát giao thông, | Công an tỉnh», «Chi cục Dân số, | Sở Y tế»: the second is what the first, a part by its field of work,
    belongs to."""
    if words.word(left.last) not in (",", "-") or not _has_parent(left) or right.kind not in _PARENTS or right.determiner:
        return False
    if words.word(left.last) == "-":
        return right.cls == "name" or right.proper
    return rules("units").pattern("part_and_parent").match(words.text, words.start(left.first), words.end(right.last)) is not None


def _next(words: Words, found: list[Np]) -> Np | None:
    last = found[-1]
    j = last.last
    if j >= len(words) or (last.open and words.word(j) not in (",", ";", "và", "cùng")):
        return None
    if words.word(j) == "(":
        j = after_parenthesis(words, j)
    word = words.word(j)
    if word in _SEPARATORS:
        k = j + 1
        if word == "cùng":
            k += words.word(k) == "với"
        if word in (",", ";") and words.word(k) in ("và", "hoặc"):
            k += 1
        nxt = parse_one(words, k, inside=True) if k < len(words) and words.word(k) != "mỗi" else None
        if nxt is None or (word != ";" and _verb_start(words, nxt, k) and not named_again(words, last, nxt)):
            return None
        told = nxt.proper or nxt.determiner or nxt.title or words.cap(k) or (nxt.cls == "role" and "j" in nxt.row["traits"])
        if word == "cùng" and k == j + 1 and not told:
            return None  # «Công an xã | cùng dân quân tuần tra»: who goes along
        return nxt
    if word == "kiêm" and last.cls == "role":
        nxt = parse_one(words, j + 1, inside=True)  # «Bí thư chi bộ | kiêm trưởng thôn»
        return nxt if nxt and nxt.cls == "role" and not nxt.determiner else None
    if word in _DASHES and len(found) < _JOINED and words.hit(j - 1, "level") and words.hit(j + 1, "level") and not words.cap(j + 1):
        nxt = parse_one(words, j + 1, inside=True)  # «UBND quận | - huyện», «phường - xã, thị trấn»
        return nxt if nxt and nxt.cls == "level" and not nxt.proper else None
    if word == "-" and words.adjacent(j) and _has_parent(last):
        nxt = parse_one(words, j + 1, inside=True)  # «Phòng Giao dịch số 5 | - Kho bạc Nhà nước khu vực XII»
        return nxt if nxt and _is_parent(words, last, nxt) else None
    if word == "-" and (last.title or _comrade(words, last)) and not last.plural and second_office(words, j + 1):
        nxt = parse_one(words, j + 1, inside=True)  # «Chủ tịch UBND xã | - Trưởng Ban Chỉ đạo»: one person
        return nxt if nxt and nxt.cls == "role" and not nxt.plural else None
    if last.level and not last.inner and words.adjacent(j) and words.hit(j, "determiner") and word != "mỗi":
        nxt = parse_one(words, j)  # a lost comma: «… tỉnh các tổ chức thành viên»
        return nxt if nxt and nxt.cls in ("head", "role") else None
    return None


def _comrade(words: Words, np: Np) -> bool:
    """«Đồng chí | Trưởng phòng Kinh tế»: one office holder behind a form of address."""
    return np.cls == "role" and np.inner and not np.determiner and np.row.get("word") == "đồng chí"


_DESCRIBES = word_class("unit_grammar", "describes")
"""First words of a description, so that «tổ chức» before them is a noun."""


def _verb_start(words: Words, np: Np, k: int) -> bool:
    """The next conjunct is the predicate in disguise: «…, tổ chức triển khai», «…, kiểm tra»."""
    verb = words.hit(k, "verb")
    if verb is None or np.determiner or ((np.proper or np.inner) and words.cap(k)):
        return False
    if np.row.get("word") == "tổ chức" and np.closed and words.word(k + 2) in _DESCRIBES:
        return False  # «các cơ quan, | tổ chức có liên quan | rà soát …»
    if np.cls in ("head", "role") and "v" in np.row["traits"]:
        led = np.row["word"] == "lãnh đạo" and np.inner and words.word(k - 1) == ","
        if led and words.hit(np.last, "verb", "modal", "adverb"):
            return False  # «cấp ủy, lãnh đạo các cơ quan | tạo điều kiện»: no predicate follows its subject behind a comma
        return verb_head(words, k, np.last)
    return np.bare and verb[0] >= np.last


def _joins(words: Words, left: Np, right: Np) -> bool:
    """Whether ``right`` goes on with the collective of ``left`` instead of opening a name."""
    if given_too(words, left, right):
        return True
    if words.word(left.last) == ";" or right.determiner or right.elided or left.open or right.first == left.last:
        return False
    if (told := by_their_words(words, left, right)) is not None:
        return told
    opened = words.hit(0, "role")
    persons = right.row.get("word", "").startswith("người ") and opened is not None and opened[1]["kind"] == "title"
    if left.cls == "level" and persons:
        return False  # «Bí thư các xã, phường | và người có uy tín …»
    places = (left.plural and left.inner) or (left.cls == "level" and not left.proper)
    if right.cls == "level" and (not right.proper or (places and words.word(left.last) == ",")):
        return left.level or left.cls == "level" or words.hit(left.last - 1, "level") is not None  # «các huyện, | thành phố Tân An»
    if left.title and left.inner and right.row.get("word") in COMMITTEES and right.bare and words.word(left.last) == ",":
        return True  # «Bí thư Tỉnh ủy, | Thành ủy»
    if left.kind == "team" and not left.determiner and right.kind in ("police", "military") and words.low[left.first] == "lực":
        return False  # «lực lượng quân đội | , công an»
    if words.word(left.last) in ("-", "kiêm") and left.cls == right.cls == "role":
        return True
    if right.title and left.cls == "role" and _one_person(words.text[words.start(left.first) : words.end(right.last)]):
        return True
    if left.determiner and left.title and right.title and not (words.cap(right.first) or right.inner or left.inner):
        return True  # «các trưởng thôn | , tổ trưởng tổ dân phố»
    if right.title:
        peers = left.determiner and left.cls == "role" and left.row["kind"] == right.row["kind"] == "member"
        shared = right.last - right.first > left.last - left.first + 1  # «Giám đốc, | Phó Giám đốc Sở», not «Cục trưởng, | Phó Cục trưởng»
        return left.title and left.bare and (peers or (words.word(right.first) == "phó" and (left.determiner or shared)))
    if left.title and right.cls == "role":
        return False  # «Tổ trưởng các tổ | , giáo viên chủ nhiệm»
    if right.cls == "role" and "j" in right.row["traits"] and (left.cls == "head" or "j" in left.row.get("traits", "")):
        return False  # «tổ chuyên môn | và giáo viên bộ môn», «văn thư | , thủ quỹ»
    if left.cls == right.cls == "role" and left.row["kind"] == "member" and right.row["kind"] == "head" and right.inner and right.plural:
        return False  # «các đồng chí Đảng ủy viên | , người đứng đầu các cơ quan»: of a committee, and of bodies of their own
    if right.cls == "role" and left.cls == "role" and left.bare and not left.title:
        return True
    spelt = right.cls == "head" and words.cap(right.first) and right.last - right.first > 1 and words.cap(right.first + 1)
    if spelt and left.cls == "role" and not (left.determiner or left.inner) and words.word(left.last) in (",", "và"):
        return False  # «Nhân viên y tế | , Tổ Văn phòng»
    if {left.kind, right.kind} <= _OFFICES and words.cap(left.first) and words.cap(right.first):
        return False
    again = not left.determiner and words.low[left.first] == words.low[right.first]  # «Khoa Nội tổng hợp | , Khoa Phẫu thuật»
    lone = not words.cap(left.first) or again
    if right.cls == left.cls == "head" and words.cap(right.first) and right.last - right.first > 2 and lone:
        return False  # «vườn quốc gia | và Hạt Kiểm lâm»
    if words.word(left.last) in ("cùng", "/", "&") and words.cap(right.first):
        return False  # «Tổ thẩm định | cùng Ban Giám hiệu»
    if right.cls == "head" and written_out(words, right) and (left.cls == "level" or right.kind in SET_UP or written_out(words, left)):
        return False  # «các trường học | , Hội đồng nghiệm thu đề tài», «UBND các xã, phường | và Khoa Khám bệnh»
    if right.cls == "role" and written_out(words, left) and any(words.cap(k) for k in range(left.first + 1, left.last)):
        return False  # «Phòng Công tác học sinh, sinh viên | , giáo viên chủ nhiệm»
    if left.kind in SET_UP and left.cls == "head" and written_out(words, left) and left.last - left.first > 3:
        return False  # «Hội đồng sáng kiến | , tổ chuyên môn»
    common = left.inner and left.plural and words.low[left.last - 1] in ("quan", "vị") and words.word(left.last) == ","
    if common and right.bare and right.cls == "head":
        return True  # «Công đoàn cơ sở các cơ quan, | doanh nghiệp»
    if left.title and left.inner and left.plural and words.word(left.last) == "," and right.bare and not words.cap(right.first):
        return right.cls == "head"  # «Bí thư chi bộ các ấp, | cơ quan, trường học»
    if left.determiner and words.word(left.last) == "và" and right.kind in ("division", "team") and right.last - right.first > 2:
        return False  # «các tổ chuyên môn | và bộ phận văn phòng»
    if any_agency(words, left, right):
        return True
    if right.proper or (right.kind in _GOVERNMENT and right.level and left.kind not in _GOVERNMENT):
        return False
    return left.bare or (left.determiner and left.row.get("word") == "phòng chuyên môn" and _own_part(words, right))


_PARTS_OF_ONE = word_class("unit_grammar", "own-part")


def _own_part(words: Words, np: Np) -> bool:
    """«các phòng chuyên môn, | chi cục trực thuộc», «…, | đơn vị sự nghiệp»: other parts of the same agency, in small letters and called by
    nothing but whose they are («trung tâm y tế» is told apart)."""
    word = np.row.get("word", "")
    own = np.bare or words.word(np.first + len(word.split())) in ("trực", "thuộc")
    return word.startswith("đơn vị") or (not words.cap(np.first) and word in _PARTS_OF_ONE and own)


def _one_person(words: str) -> bool:
    """«Đồng chí Ủy viên Ban Thường vụ Đảng ủy, Chủ tịch UBND xã»: one comrade, with an office of the Party and one of state or front;
    «Chủ tịch UBND xã, Trưởng ban Chỉ đạo»: an office, and the charge of a body set up for the work."""
    if words[:1] in "đĐ" and rules("units").pattern("two_offices").match(words) is not None:
        return True
    return rules("units").pattern("office_and_charge").match(" ".join(words.split())) is not None


def _goes_on(words: Words, group: list[Np], right: Np) -> bool:
    """Whether ``right`` is one more member of the collective that ``group`` makes up."""
    if right.cls == "role" and right.inner and group[0].title and group[-1].cls != "role":
        return False  # «Giám đốc các sở, ban, ngành | , thủ trưởng cơ quan thuộc UBND tỉnh»
    return headed_too(words, group, right) or (_joins(words, group[-1], right) and not again(words, group, right))


def groups(words: Words, found: list[Np]) -> list[list[Np]]:
    """Conjuncts put together into the names that an auditor lists."""
    out: list[list[Np]] = []
    for np in found:
        one = bool(out) and all(words.word(said.last) == "/" for said in out[-1][:-1])  # «cha mẹ/người giám hộ» are one party
        apart = bool(out) and (
            (one and told_apart(words, out[-1][-1], np))
            or of_other_kind(out[-1], np)
            or of_these(words, out[-1], np)
            or other_heads(words, out[-1], np)
        )
        if board := heads_of_board(words, out, np):
            out[-board:] = [[*(said for group in out[-board:] for said in group), np]]
        elif out and not apart and _goes_on(words, out[-1], np):
            out[-1].append(np)
        else:
            out.append([np])
    return out


def _name(words: Words, first: int, last: int, elided: str) -> Name:
    start, end = words.start(first), words.end(last)
    written = words.text[start:end]
    return Name(start, end, f"{elided} {written}" if elided else written)


def list_names(words: Words, i: int) -> tuple[list[Name], int]:
    """Names of the list that begins at word ``i`` and the word after it; no names where no unit begins there."""
    found = parse_list(words, i)
    if not found:
        return [], i
    out: list[Name] = []
    before = ""
    for g in groups(words, found):
        shared = head_of_several(before) if g[0].cls == "level" and not g[0].determiner else ""
        one = _name(words, g[0].first, g[-1].aside or g[-1].last, g[0].elided or shared)
        out.extend(each for part in _titles_apart(one) for each in _each(part))
        before = one.name
    return out, found[-1].last


def _each(name: Name) -> list[Name]:
    """The bodies that one head tells apart by places or numbers: «UBND các xã: An Lạc, Tân Hòa», «các Đội số 2, 3»."""
    parts = each_of(name.name) if name.end - name.start == len(name.name) else []
    return [Name(name.start + a, name.start + b, said) for a, b, said in parts] or [name]


def _titles_apart(name: Name) -> list[Name]:
    """Titles with a capital of their own are persons of their own: «Giám đốc các sở, | Thủ trưởng các ban, ngành»."""
    cuts = list(rules("units").pattern("next_office").finditer(name.name))
    if not cuts or len(name.name) != name.end - name.start or _one_person(name.name):
        return [name]
    edges = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(name.name)]
    return [Name(name.start + a, name.start + b, name.name[a:b]) for a, b in zip(edges, ends, strict=True)]


def names(phrase: str) -> list[Name]:
    """The names in an addressee phrase (a trailer, a table cell, a heading without its frame), in order.

    Unknown words are kept with the name that they follow; a trailing parenthesis («(theo thẩm quyền)») is dropped; a leading
    «đề nghị», «giao», «đối với» is skipped. Never empty for a phrase with words.
    """
    words = Words(phrase)
    i = _skip_frame(words, 0)
    out: list[Name] = []
    while i < len(words):
        listed, j = list_names(words, i)
        if not listed and _lone_initials(words, i):
            out.append(_name(words, i, i + 1, ""))
            i = skip_separators(words, i + 1)
            continue
        if not listed:
            j = _next_boundary(words, i + 1)
            if words.word(j - 1) != ")" or j - 1 > i:
                listed = [_name(words, i, trim(words, i, j), "")]
        rest = _next_boundary(words, j) if j < len(words) and not _unknown_next(words, i, j) else j
        if rest > j and listed and words.word(j) not in (";", "(", ")", ".", ":"):
            kept = listed[-1]
            end = words.end(trim(words, j, rest))
            if told := rules("units").pattern("role_beside").match(f"{phrase[:end]} ", kept.end):
                end = told.start()
            elif rules("units").pattern("whole_body").match(kept.name) and (
                verb := rules("units").pattern("office_verb").search(f"{phrase[:end]} ", kept.end)
            ):
                end = len(phrase[: verb.start()].rstrip())
            listed[-1] = Name(kept.start, end, kept.name + phrase[kept.end : end])
        out.extend(part for name in listed for part in _each(name))
        i = skip_separators(words, rest)
    return out


def _unknown_next(words: Words, i: int, j: int) -> bool:
    """«Sở Nội vụ | , Tàu kiểm ngư»: behind a name that is whole, a comma and a capital open one more, though no lexicon has its head."""
    if words.word(j) != "," or not words.cap(j + 1) or words.text[words.start(i) : words.end(j)].isupper():
        return False
    found = parse_list(words, i)
    last = found[-1] if found and found[-1].last == j else None
    whole = last is not None and last.cls != "role" and (last.cls == "name" or (last.level and last.proper))
    other = words.hit(j + 1, "tail", "place", "field", "pair", "verb")
    return whole and other is None and words.word(j + 2).isalpha() and not words.cap(j + 2)


_INITIALS = re.compile(r"[A-ZĐ]{3,10}")


def _lone_initials(words: Words, i: int) -> bool:
    """«VTV | , VOV, báo tỉnh»: initials between separators are a body of their own, but for those of fields of work (PCTN)."""
    written = words.text[words.start(i) : words.end(i + 1)]
    if not _INITIALS.fullmatch(written) or words.hit(i, "not", "field", "pair"):
        return False
    return words.word(i + 1) in ("", ",", ";", "/", "và")


def split_names(phrase: str) -> list[tuple[int, int]]:
    """Offsets of ``names(phrase)``."""
    return [(n.start, n.end) for n in names(phrase)]


_FRAMES = tuple(tuple(f.split()) for f in sorted(word_class("unit_grammar", "frame") | set("-+:*•"), key=lambda f: (-len(f), f)))
"""Words and marks before a name, longest first («giao cho» before «giao»)."""


def _skip_frame(words: Words, i: int) -> int:
    again = True
    while again:
        again = False
        for frame in _FRAMES:
            if tuple(words.low[i : i + len(frame)]) == frame:
                i, again = i + len(frame), True
                break
    return i


def _next_boundary(words: Words, i: int) -> int:
    """The next word at or after ``i`` that separates: ``;`` always, others where a name begins after them."""
    depth = 0
    for j in range(i, len(words)):
        word = words.word(j)
        depth += (word == "(") - (word == ")")
        if depth > 0:
            continue
        if word == ";" or "\n" in words.text[words.spans[j - 1][1] : words.start(j)]:
            return j
        np = parse_one(words, k) if word in JOINTS and (k := behind(words, j)) else None
        if np is not None and (np.determiner or np.proper or np.title or (word not in (",", "và") and (words.cap(k) or np.cls == "role"))):
            return j
    return len(words)

"""Numbers, regions and dates that tell like bodies apart: «Đội | 2», «Tòa án nhân dân | khu vực 5», «Trường Mầm non | 19/5».

``Np`` is the conjunct under construction. Source: domain.md 6.2, 6.3.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_qualifiers import Np
from extractors.unit_tails import COUNTED, place_run, roman
from extractors.unit_words import Words

# Bodies called by a telephone number of two words before it («Trung tâm Cấp cứu | 115»).
_CALLED = word_class("unit_grammar", "called-number")
_CALLED_BY_NUMBER = {"agency-unit", "enterprise", "school", "institute", "division"}


def numbered(words: Words, np: Np) -> bool:
    """«Đoàn giám sát | số 2», «Tòa án nhân dân | khu vực 5», «Thuế | cơ sở 4»."""
    k = np.last
    if np.cls == "role":
        return False
    here, before = words.word(k), words.low[k - 1]
    figure = here.isdigit()
    if here == "số" and words.word(k + 1).isdigit():
        np.last, np.bare, np.proper = k + 2, False, True
        return True
    if figure and np.kind == "school" and words.word(k + 1) == "/" and words.word(k + 2).isdigit() and words.word(k + 3) != "/":
        np.last, np.bare, np.proper = k + 3, False, True  # «Trường Mầm non | 19/5»
        return True
    if (figure and _tells_apart(words, np, k)) or (np.bare and not np.determiner and words.cap(np.first) and roman(words, k)):
        of_all = np.kind == "steering-committee" and words.low[k + 1 : k + 3] in _OF_ALL  # «Ban Chỉ đạo | 389 quốc gia»
        np.last, np.bare, np.proper = k + (3 if of_all else 1), False, True  # «Tiểu đoàn | 4», «Phân xưởng | 3», «Phòng Nghiệp vụ | II»
        return True
    if here not in ("khu", "cơ", "vùng") and before not in ("vực", "sở"):
        return False
    region = k if before in ("vực", "sở") else k + (1 if here == "vùng" else 2)
    told = here == "vùng" or (words.word(region - 2), words.word(region - 1)) in (("khu", "vực"), ("cơ", "sở"))
    if not told or np.determiner or not _ordinal(words, region):
        return False
    np.last, np.bare, np.proper, np.closed = region + 1, False, True, True
    if words.word(region + 1) == "-" and words.adjacent(region + 1):
        np.last = place_run(words, region + 2)  # «Ban Chỉ huy Phòng thủ khu vực 1 | - Mỹ Hào»
    return True


_OF_ALL = (["quốc", "gia"], ["trung", "ương"])


def _tells_apart(words: Words, np: Np, k: int) -> bool:
    """Whether the number at ``k`` names one of several like bodies: «Đội | 2»; «Tổ | 3 người» counts."""
    if np.kind == "military":
        return (k - np.first == 2 or (np.cls == "head" and not np.determiner)) and words.hit(k + 1, "level") is None
    digits = {"steering-committee": 4, "team": 3}.get(np.kind, 2)  # «Ban Chỉ đạo | 389 tỉnh»
    if " ".join(words.low[k - 2 : k + 1]) in _CALLED:
        return True
    school = np.kind == "school" and np.cls == "head" and not np.determiner and words.cap(np.first) and len(words.low[k]) == 1
    if school and words.cap(k + 1) and words.hit(k + 1, "head", "name", "role") is None:
        return True  # «Trường Tiểu học | 2 Viên An»
    if np.named and np.kind in ("team", "steering-committee", "board") and len(words.low[k]) == 2:
        return words.low[k].startswith("0")  # «Tổ Đề án | 06»
    if np.named and np.kind in _CALLED_BY_NUMBER and not np.determiner and len(words.low[k]) < 4:
        body = words.word(k + 1) in (",", "và", "cùng", ";") and words.hit(k + 2, "head", "name", "role", "determiner")
        alone = words.word(k + 1) in ("", ":", ")", ".") and words.cap(k - 1)  # «Trường Trung học phổ thông Hồng Ngự | 2»
        return alone or bool(body) or words.hit(k + 1, "verb", "modal", "level", "adjunct") is not None  # «Bệnh viện Quân y | 110 | khám …»
    tailed = np.kind == "division" or "t" in np.row.get("traits", "")
    if np.cls != "head" or not np.bare or np.determiner or not tailed or len(words.low[k]) > digits:
        return False
    aside = words.word(k + 1) == "(" and words.cap(k + 2) and words.hit(k + 2, "head", "name") is not None  # «Phòng Nghiệp vụ | 4 (…)»
    ends = aside or words.word(k + 1) in ("", ":", ",", ";") or words.hit(k + 1, "verb", "modal", "adverb", "adjunct", "level") is not None
    owner = words.hit(k + 1, "head") if digits == 4 else None  # «Ban Chỉ đạo | 35 Đảng ủy xã»
    ends = ends or (words.word(k + 1) == "và" and words.cap(k + 2) and words.hit(k + 2, "head", "name") is not None)  # «Đội | 2 và Đội 3»
    ends = ends or (owner is not None and owner[1]["kind"] == "party-committee") or words.low[k + 1 : k + 3] in _OF_ALL
    return ends and words.cap(np.first)


def _ordinal(words: Words, j: int) -> bool:
    """«khu vực | 5», «khu vực | XII», «cơ sở | 4»: regions of courts, taxes, treasuries (domain.md 6.3); «cơ sở | 5 năm» is none."""
    if not words.adjacent(j):
        return False
    written = words.text[words.start(j) : words.end(j + 1)]
    named = words.word(j + 1) == "-" and words.adjacent(j + 1) and words.cap(j + 2) and words.hit(j + 2, "head", "name", "role") is None
    number = written.isdigit() and len(written) <= 2 and (named or words.word(j + 1) not in COUNTED)
    return number or (written.isupper() and set(written) <= set("IVX"))

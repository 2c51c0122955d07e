"""Places and levels in a name: «tỉnh», «các xã, phường», «Thành phố Hồ Chí Minh», «135 xã», «ấp 5». Source: domain.md 6.2."""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_qualifiers import Np
from extractors.unit_stands import blocked
from extractors.unit_tails import committees, hamlet, place_run
from extractors.unit_words import Words

# Bodies that every commune has.
_EVERYWHERE = {"people-committee", "people-council", "party-committee", "police", "military", "front"}
# Last words of levels, after which a place is named.
_LEVEL_ENDS = word_class("unit_grammar", "level-end") | {"."}
# Kinds that stay a group though a level follows («ngành tỉnh», «các cơ quan tỉnh»).
_GROUP_KINDS = {"agency", "sector", "organisation", "locality", "department", "board", "division", "enterprise", "agency-unit"}


def place_or_level(words: Words, np: Np) -> bool:
    """Level words and place names: «tỉnh», «các xã, phường», «Thành phố Hồ Chí Minh»."""
    k = np.last
    branch = words.low[k - 1] == "nhánh" and words.hit(k, "level") is not None and not words.cap(k)  # «chi nhánh | tỉnh Cà Mau»
    if np.closed and np.level and not branch:
        return place(words, np, k)
    det = words.hit(k, "determiner")
    j = det[0] if det else k
    level = words.hit(j, "level")
    if level is None or (det and not words.adjacent(j)) or (np.cls == "role" and np.row["kind"] in ("staff", "public", "person")):
        return place(words, np, k)
    other = words.hit(j, "head", "name")
    if blocked(words, j, level[0]) or (other and other[0] > level[0] and words.cap(j)):
        return False
    np.last, np.level, np.bare, np.closed = level[0] + (words.word(level[0]) == "ủy"), True, False, True  # «các huyện | ủy»
    group = np.kind in _GROUP_KINDS or (np.kind == "mass-organisation" and np.row.get("traits") == "g")  # «đoàn thể | phường»
    np.proper = np.proper or (det is None and not np.determiner and np.cls in ("head", "name") and not group)
    np.inner = np.inner or det is not None
    np.plural = np.plural or det is not None
    place(words, np, np.last)
    return True


def counted(words: Words, np: Np) -> bool:
    """«UBND | 135 xã, phường»: a number in the place of «các»."""
    k = np.last
    level = words.hit(k + 1, "level")
    if level is None or not words.word(k).isdigit() or not words.adjacent(k + 1) or np.level or np.closed or np.kind not in _EVERYWHERE:
        return False
    np.last, np.level, np.bare, np.closed, np.inner, np.plural = level[0], True, False, True, True, True
    return True


def place(words: Words, np: Np, k: int) -> bool:
    """A capitalised place after a level word, or a known province after a body; the number of a hamlet («Ban nhân dân ấp | 5»)."""
    if not np.determiner and not np.plural and hamlet(words, k):
        np.last, np.level, np.bare, np.proper = k + 1, True, False, True
        return True
    if not (words.adjacent(k) and words.cap(k)):
        return False
    after_level = k > 0 and words.low[k - 1] in _LEVEL_ENDS
    after_level = after_level or (k > 1 and (words.low[k - 2], words.low[k - 1]) in (("cơ", "sở"), ("khu", "vực")))
    known = words.hit(k, "place")
    if known is None and (not after_level or words.hit(k, "head", "name", "role", "verb")):
        return False
    np.last, np.level, np.bare = place_run(words, k), True, False
    np.proper = np.proper or np.cls in ("head", "level", "name")
    return True


_REGIONAL = frozenset({
    "court", "procuracy", "tax", "treasury", "customs", "forest-control", "enforcement", "social-insurance", "inspectorate",
})  # fmt: skip


def regions(words: Words, np: Np) -> bool:
    """«TAND | các khu vực», «Thuế | các cơ sở», «Chánh án TAND | các khu vực 1, 2, 3 - Hà Tĩnh»: bodies that are told apart by regions."""
    k = np.last + 3
    if words.low[np.last : k] not in (["các", "khu", "vực"], ["các", "cơ", "sở"]) or not words.adjacent(np.last):
        return False
    if not (np.kind in _REGIONAL or np.cls == "role") or np.determiner or np.plural:
        return False
    if words.word(k).isdigit():
        if np.cls != "role":
            return False  # each of them is a name of its own
        while words.word(k).isdigit() or (words.word(k) in (",", "và") and words.word(k + 1).isdigit()):
            k += 1
        k = place_run(words, k + 1) if words.word(k) == "-" and words.cap(k + 1) else k
    np.last, np.bare, np.closed, np.inner, np.plural = k, False, True, True, True
    return True


def committee_list(words: Words, np: Np) -> bool:
    """«ban thường vụ các huyện, | thành, thị ủy», «các quận, | huyện ủy»: one collective."""
    levels = np.cls == "level" or np.level or np.inner
    if not levels or not (np.determiner or np.plural) or (end := committees(words, np.last)) == np.last:
        return False
    np.last, np.bare, np.closed = end, False, True
    return True

"""Names held against each other: whether one is the issuer, one of its like, a part of it, or a body of another place.

Names are compared as words without the standing organ and the person that act for a body. Source: domain.md 6.1, 6.2.
"""

from __future__ import annotations

from extractors.registry import spell_out
from extractors.rulebook import lexicon, word_class
from extractors.unit_words import Words, key_of

_STANDING = tuple(tuple(word.split()) for word in sorted(word_class("unit_grammar", "standing")))


def core_of(name: str) -> tuple[str, ...]:
    """Words of a name without the standing organ that acts for the body (Ban Thường vụ Tỉnh ủy → tỉnh ủy)."""
    key = key_of(spell_out(name))
    for standing in _STANDING:
        if key[: len(standing)] == standing and len(key) > len(standing):
            return key[len(standing) :]
    return key


def acting_for(issuer: str) -> str:
    """The body behind a standing organ: «Ban Thường vụ Đảng ủy xã» → «Đảng ủy xã»."""
    skipped = len(key_of(issuer)) - len(core_of(issuer))
    return " ".join(issuer.split()[skipped:]) if skipped else issuer


_PLACES = {tuple(row["word"].split()): row["level"] for row in lexicon("place_words") if row["class"] in ("place", "area")}


def _level_at(core: tuple[str, ...], i: int) -> tuple[int, str]:
    """Length and rank of the level word at ``i``; a noun of another kind («khu kinh tế») stands for itself."""
    for size in (2, 1):
        level = _PLACES.get(core[i : i + size])
        if level:
            return size, level
    return 0, ""


def plural_of(core: tuple[str, ...], mine: tuple[str, ...]) -> bool:
    """Whether a name with a plural place («Sở Y tế các tỉnh», «Ban Quản lý các khu kinh tế») means the issuer among others: the
    same body, and at its end a place of that rank («tỉnh Sơn Hải») or none."""
    core, mine = _plain(core), _plain(mine)
    at = core.index("các") if "các" in core[1:] else len(core)
    stem, places = core[:at], core[at + 1 :]
    if not places:
        size, _ = next(((n, lv) for n in (2, 1) if (lv := _PLACES.get(core[-n:]))), (0, ""))
        stem, places = (core[:-size], core[-size:]) if size and len(core) > size else (core, ())
    rest = mine[len(stem) :]
    if not places or mine[: len(stem)] != stem or not stem:
        return False
    size, level = _level_at(places, 0)
    if not rest:
        return bool(level)
    return _level_at(rest, 0)[1] == level if level else rest[: len(places)] == places


def _plain(core: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a name without «Việt Nam», which comes and goes in the names of the Front and the unions."""
    at = next((i for i in range(len(core) - 1) if core[i : i + 2] == ("việt", "nam")), None)
    return core if at is None else core[:at] + core[at + 2 :]


def elsewhere(core: tuple[str, ...], mine: tuple[str, ...]) -> bool:
    """Whether two names of one kind of body say different places («Sở Y tế tỉnh An Hòa», «Sở Y tế tỉnh Sơn Hải»)."""
    ends = []
    for name in (core, mine):
        at = next((i for i in range(len(name) - 1, 0, -1) if _level_at(name, i)[0]), None)
        size = _level_at(name, at)[0] if at is not None else 0
        ends.append(name[at + size :] if at is not None else ())
    return bool(ends[0] and ends[1]) and ends[0] != ends[1]


def may_own(core: tuple[str, ...], mine: tuple[str, ...]) -> bool:
    """«Văn phòng Bộ» belongs to a ministry, «Thanh tra Sở» to a department, «Văn phòng Đảng ủy» to a Party committee."""
    if len(core) > 1 and core[-1] in ("bộ", "sở") and core[-2:] not in (("chi", "bộ"), ("đảng", "bộ"), ("cán", "bộ"), ("nội", "bộ")):
        return core[-1] in mine[:3]
    return core[-2:] != ("đảng", "ủy") or len(core) == 2 or "ủy" in mine


def without_role(name: str) -> str:
    """The body that a person heads or belongs to: «Giám đốc | Sở Y tế»."""
    words = Words(name)
    i = 0
    while i < len(words):
        hit = words.hit(i, "head", "name")
        role = words.hit(i, "role")
        if hit and (role is None or hit[0] >= role[0]):
            return name[words.start(i) :]
        i = role[0] if role else i + 1
    return name


def has_place(name: str) -> bool:
    """A proper place or school name follows the level word («phường Bến Gỗ», «Trường THPT Nguyễn Huệ»)."""
    words = Words(name)
    return len(words) > 2 and words.cap(len(words) - 1)

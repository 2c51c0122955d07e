"""Persons named in a plan: «đồng chí Trần Văn Bảy - Phó Trưởng phòng Tư pháp», «Cô Phó Hiệu trưởng Lê Thị Mai».

A form of address, then the office, the name or both; the office may follow the name behind a dash or a comma. Without a form of address
a name is no addressee here (it would take in places and bodies). Source: domain.md 6.2; the annotation guide: one string per addressee.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extractors.role_words import signs
from extractors.rulebook import alternation, lexicon, rules, word_class
from extractors.unit_names import Name, list_names, names
from extractors.unit_np import parse_one
from extractors.unit_words import Words

_REACH = 260
_SHARED = 64
"""Phrases remembered: the rows of a table and the parts of a duty name the same bodies, one after the other."""

_WORD = r"\p{Lu}\p{Ll}*(?:['’ʼ‘]\p{L}\p{Ll}*)?"
"""A syllable of a name; in names of the Central Highlands an apostrophe stands in it («H'Yim», «K’Mák»)."""
_GIVEN = word_class("unit_grammar", "given-name")
_SURNAMES = word_class("unit_grammar", "surname")
"""First words of bodies and offices that are surnames too."""


@cache
def _person() -> regex.Pattern[str]:
    titles = alternation([row["word"] for row in lexicon("roles") if row["kind"] in ("title", "team-head")])
    first = {row["word"].split()[0] for row in (*lexicon("roles"), *lexicon("body_kinds"))} - _SURNAMES - _GIVEN
    bodies = alternation(sorted(first | {word.replace("ủy", "uỷ").replace("òa", "oà") for word in first}))  # «Uỷ ban», «Toà án»
    called = "|".join(r"\s+".join(map(regex.escape, word.split())) for word in sorted(_CALLED))
    ranks = "|".join(word.replace(" ", r"\s+") for word in sorted(_RANKS))
    return regex.compile(
        rf"(?:(?i:các\s+)?(?i:{called})\s*:?\s+(?:(?i:{ranks})\s+)?|(?i:{ranks})\s+)(?:(?i:phó\s+)?(?i:{titles})\s+)?(?!(?i:{bodies})(?!\w))"
        rf"(?P<name>(?:{_WORD}\s+){{0,4}}(?=\p{{Lu}}['’ʼ‘]?\p{{L}}){_WORD})(?!\w)"
    )


def _is_office(text: str, at: int, end: int) -> bool:
    """«đ/c | Thanh tra viên», «đồng chí | Trung đội trưởng»: a given name that opens offices and bodies too, and one of these here."""
    words = Words(text, at, min(end, at + _REACH))
    return words.word(0) in _GIVEN and words.hit(0, "head", "role", "name", "level") is not None


_CALLED = word_class("unit_grammar", "comrade") | word_class("unit_grammar", "form-of-address")
_RANKS = word_class("unit_grammar", "rank")
_NO_POST = word_class("unit_grammar", "no-post") | word_class("unit_grammar", "tells-more")
_FIRST = frozenset(letter for word in ("các", *_CALLED, *_RANKS) for letter in (word[0], word[0].upper()))
"""Letters with which a form of address begins."""
_OFFICE = regex.compile(r"\s*(?:[-–—]|,)\s*(?=\p{L})")
_BRACKET = regex.compile(r"\s*\((?P<office>\p{Lu}[^()]{2,80})\)")
_POST = regex.compile(r"\s*\((?P<post>\p{L}[\p{L} /.-]{1,38})\)")
"""What a person of a small body is there, behind a given name: «(bảo vệ)», «(Tổ Toán)», «(PHT)»."""


def ends_in_person(text: str, start: int, at: int) -> bool:
    """Whether a person by name ends at ``at``: what follows its comma is the office («ông Lê Văn Hùng, | Phó Chủ tịch xã rà soát …»)."""
    since = max(start, at - _NAMED)
    return any(m.end() == at for m in _person().finditer(text, since, at))


_NAMED = 48
"""Characters of the longest form of address with its name."""


def persons(text: str, start: int, end: int) -> list[Name]:
    """Persons listed at ``start``, each with the office behind the name; [] where none stands there."""
    out: list[Name] = []
    at = start
    if text[start : start + 1] not in _FIRST:
        return out
    while (found := _person().match(text, at, min(end, at + _REACH))) and not _is_office(text, found.start("name"), end):
        last = _with_office(text, found.end(), end)
        out.append(Name(at, last, text[at:last]))
        also = rules("units").pattern("also_person").match(text, last, end)
        if also is None:
            break
        at = also.end()
    return out


@lru_cache(maxsize=_SHARED)
def addressed(phrase: str) -> tuple[Name, ...]:
    """The addressees in a cell or trailer: persons each for themselves («đ/c Hùng, đ/c Lan», «Nguyễn Văn Hùng, Trần Thị Lan»), then bodies
    as ``names`` reads them. Offsets are those of ``phrase``."""
    if alone := bare_persons(phrase.strip()):
        return tuple(alone)
    first = persons(phrase, 0, len(phrase))
    joints = rules("units").pattern("joint_before_person")
    if not first and (among := _person().search(phrase)) and (joint := joints.search(phrase, 0, among.start())) and "(" not in phrase:
        behind = addressed(phrase[among.start() :])  # «Sở Tài chính; | ông Nguyễn Văn Hùng, Phó Giám đốc Sở Y tế»
        return (*names(phrase[: joint.start()]), *(Name(n.start + among.start(), n.end + among.start(), n.name) for n in behind))
    if not first:
        return tuple(names(phrase))
    rest = rules("units").pattern("also_person").match(phrase, first[-1].end)
    if rest is None:
        return tuple(first if not phrase[first[-1].end :].strip(" .;") else names(phrase))
    return (*first, *(Name(n.start + rest.end(), n.end + rest.end(), n.name) for n in addressed(phrase[rest.end() :])))


def _with_office(text: str, at: int, end: int) -> int:
    """End of «… - Phó Bí thư Đảng ủy, Trưởng Ban Chỉ đạo», «… (Phó Hiệu trưởng)» behind a name, ``at`` where no office stands there."""
    while (joint := _OFFICE.match(text, at, end)) and (last := _office_end(text, joint.end(), end)):
        if "," in joint.group() and _person().match(text, joint.end(), end):
            break  # «Đ/c Lan, | Đ/c Hùng»: the next person
        at = last
    bracket = _BRACKET.match(text, at, end)
    if bracket and _office_end(text, *bracket.span("office")):
        return bracket.end()
    post = _POST.match(text, at, end)
    return post.end() if post and not _tells_part(post["post"]) else at


def _tells_part(said: str) -> bool:
    """«đ/c Lan (chủ trì)», «đ/c Hùng (nếu rảnh)»: what a bracket says of the work and not of the person."""
    low = said.lower()
    return signs(low) or any(word in _NO_POST for word in low.split())


def _office_end(text: str, at: int, end: int) -> int:
    """End of the office at ``at``. In small letters it is a title («phó trưởng phòng») or a job («công chức tư pháp»), unless others are
    listed there («bà Lan, | giáo viên chủ nhiệm và học sinh»)."""
    words = Words(text, at, min(end, at + _REACH))
    np = parse_one(words, 0)
    if np is None or np.cls != "role":
        return 0
    if words.cap(0):
        return list_names(words, 0)[0][0].end
    job = (np.title or (np.kind == "staff" and np.last > 2)) and not (np.determiner or np.plural)
    others = words.word(np.last) in (",", "và") and words.hit(np.last + 1, "role") is not None
    return words.end(np.last) if job and not others else 0


@cache
def _full_name() -> regex.Pattern[str]:
    surnames = alternation([row["name"] for row in lexicon("surnames")])
    return regex.compile(rf"(?:{surnames}|\p{{Lu}}\p{{Ll}}*['’ʼ‘]\p{{Lu}}\p{{Ll}}*)(?:\s+{_WORD}){{1,4}}(?!\w)")


def person_with_office(text: str, start: int, end: int) -> Name | None:
    """A title that is a full name without a form of address, with the office behind a dash or comma («Nguyễn Văn Hùng - Trưởng phòng»)."""
    found = _full_name().match(text, start, end)
    return Name(start, end, text[start:end]) if found and _office_title().match(text, found.end(), end) else None


@cache
def _office_title() -> regex.Pattern[str]:
    titles = alternation([row["word"] for row in lexicon("roles") if row["kind"] in ("title", "team-head", "staff", "role")])
    return regex.compile(rf"\s*(?:[-–—,]|\()\s*(?i:(?:quyền\s+|phó\s+)?(?:{titles}))(?!\w)[^.;:]{{0,60}}$")


def bare_persons(text: str) -> list[Name]:
    """Persons in a cell that holds nothing but their names: «Nguyễn Văn Hùng, Trần Thị Lan»; [] where anything else stands there."""
    out: list[Name] = []
    at = 0
    while found := _full_name().match(text, at):
        out.append(Name(found.start(), found.end(), found.group()))
        if not text[found.end() :].strip(" ."):
            return out
        also = rules("units").pattern("also_person").match(text, found.end())
        if also is None:
            return []
        at = also.end()
    return []

"""The issuer inside a citation: the noun phrase after "của" (cơ quan ban hành).

A small grammar over syllables: capitals go on, small syllables go on only inside a known compound ("Chính phủ", "nhân dân")
or as a level ("tỉnh", "phường 5"); commas and "và" go on only inside a name ("Văn hóa, Thể thao và Du lịch"). It finds the
span; identity is the business of the register of bodies.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from extractors.keys import fold, kind_names
from extractors.labels import roman_value
from extractors.rulebook import lexicon, rules, word_class

_SYLLABLE = re.compile(r"[^\W_]+")
_NEXT = re.compile(r"([ \n\xa0]{1,3})([^\W_]+)")
"""A blank and the syllable behind it; a tab ends the cell and with it the name."""
_AND = re.compile(r"\s{1,2}(?:và|VÀ)\s{1,2}(?=[^\W\d_])")
_AMPERSAND = re.compile(r"\s?&\s?(?=[A-ZĐ])")
_POINT = re.compile(r"\.\s?(?=[A-ZĐ0-9])")  # "TP. Hồ Chí Minh"
_SHORT_LEVELS = frozenset({"tp", "tx", "tt"})
_DASH = re.compile(r"\s?[-–]\s?(?=[^\W\d_])")
_COMMA = re.compile(r",\s{1,2}(?=[^\W\d_])")
_JOINT = re.compile(r"\s?[&–-]|[.,]|\s{1,2}(?:và|VÀ)\s")
"""What one of the five begins with."""
_NUMBERED = frozenset(map(fold, word_class("citation_grammar", "level-by-number")))
_TWO_WORDS = re.compile(r"[^\W\d_]+\s[^\W\d_]{2,}\b|[^\W\d_]{2,}\s[^\W\d_]+\b")
_BEHIND_LABEL = frozenset(".)-–/:")
_LIMIT = 26


@cache
def _words() -> tuple[frozenset[tuple[str, str]], frozenset[str], dict[str, tuple[str, ...]], frozenset[str]]:
    """Pairs of neighbouring syllables in names; levels; heads by first syllable; words that follow a comma in a name."""
    pairs: set[tuple[str, str]] = set()
    levels: set[str] = set()
    heads: dict[str, list[str]] = {}
    listed: set[str] = set()
    for row in lexicon("issuer_words"):
        words = fold(row["words"]).split()
        pairs.update(pairwise(words))
        if row["role"] == "level":
            levels.add(words[0])
        elif row["role"] == "head":
            heads.setdefault(words[0], []).append(" ".join(words))
        elif row["role"] == "list":
            listed.add(" ".join(words[:2]))
    return frozenset(pairs), frozenset(levels), {k: tuple(v) for k, v in heads.items()}, frozenset(listed)


@cache
def _kinds() -> frozenset[tuple[str, ...]]:
    """First two syllables of kinds."""
    return frozenset(tuple(kind.split()[:2]) for kind in kind_names())


_ACTS = frozenset(tuple(fold(act).split()) for act in word_class("citation_grammar", "act-behind-name"))
_ACT_FIRSTS = frozenset(act[0] for act in _ACTS)


def _act(text: str, at: int, word: str) -> bool:
    """Whether the subject of the document begins behind the name («của Bộ Y tế | Ban hành Kế hoạch»)."""
    return word in _ACT_FIRSTS and tuple(_ahead(text, at, 2)) in _ACTS


@cache
def _kind_firsts() -> frozenset[str]:
    """First syllables of kinds: elsewhere nothing is looked up ahead."""
    return frozenset(kind[0] for kind in _kinds())


def _ahead(text: str, at: int, count: int = 6) -> list[str]:
    """The next folded syllables."""
    return _SYLLABLE.findall(fold(text[at : at + 9 * count]))[:count]


def is_head(text: str, at: int) -> bool:
    """A name of a body begins here."""
    heads = _words()[2]
    found = _SYLLABLE.match(text, at)
    if not found:
        return False
    options = heads.get(fold(found.group()))
    if not options:
        return False
    ahead = " ".join(_ahead(text, at))
    if any(ahead == o or ahead.startswith(o + " ") for o in options):
        return True
    return any(o.startswith(ahead + " ") and " ".join(_ahead(text, at, o.count(" ") + 1)) == o for o in options)


_ORGAN = 30
"""Characters of the longest name of an organ of the state or the Party that is whole."""


def _joins(text: str, end: int, head: str) -> int | None:
    """Where a name goes on after "và", a dash or a comma; None where it ends."""
    if not _JOINT.match(text, end):
        return None
    pairs, _, _, listed = _words()
    if found := _AMPERSAND.match(text, end):
        return found.end()
    if (found := _POINT.match(text, end)) and fold(text[max(0, end - 2) : end].strip()) in _SHORT_LEVELS:
        return found.end()
    if found := _AND.match(text, end):
        at = found.end()
        ahead = _ahead(text, at, 4)
        office = head == "văn"
        if text[at].islower() and rules("citations").pattern("whole_organ").search(text, max(0, end - _ORGAN), end):
            return None
        if rules("citations").pattern("not_in_issuer").match(text, at) or tuple(ahead[:2]) in _kinds() or len(ahead) < 1:
            return None
        if is_head(text, at) and not office:
            return None
        word = _SYLLABLE.match(text, at)
        short = word is not None and word.group().isupper() and 2 <= len(word.group()) <= 5 and head in _MINISTRIES
        inside = short or (len(ahead) > 1 and (ahead[0], ahead[1]) in pairs)
        return at if inside or office else None
    if found := _DASH.match(text, end):
        at = found.end()
        ahead = _ahead(text, at, 3)
        spaced = text[end] in " \n"
        named = head in _MINISTRIES and not (ahead[2:] and (ahead[2] in _NUMBERING or ahead[2].isdigit()))
        kind = tuple(ahead[:2]) in _kinds() and not named
        if not text[at].isupper() or is_head(text, at) or kind or (spaced and text[at - 1] not in " \n"):
            return None
        return at
    if (found := _COMMA.match(text, end)) and " ".join(_ahead(text, found.end(), 2)) in listed:
        return found.end()
    return None


def _plain(prev: str, word: str, raw: str) -> bool:
    """A small syllable that belongs to the name."""
    pairs, levels, _, _ = _words()
    return (prev, word) in pairs or word in levels or (raw.isdigit() and prev in _NUMBERED)


_BLOC_ENDS = ("khối", " các", "g bộ")
"""How the name of a bloc's party committee ends before what stands in small letters."""


def _goes_on(text: str, start: int, end: int) -> int | None:
    """Where an open name goes on in small letters to its level or place («Hội đồng | tuyển sinh xã Tân Lập», «Đảng ủy Khối | doanh nghiệp
    tỉnh»)."""
    book = rules("citations")
    if text[end - 4 : end].lower() in _BLOC_ENDS and (bloc := book.pattern("bloc_committee").match(text[start : end + 120])):
        return start + bloc.end() if start + bloc.end() > end else None
    if end - start > 60 or text[end : end + 1] != " " or not book.pattern("open_body").match(text[start:end]):
        return None
    found = book.pattern("name_goes_on").match(text[end : end + 160])
    return end + found.end() if found else None


def issuer_at(text: str, start: int) -> int | None:
    """End of the name of a body that begins at ``start``, None where none does."""
    if conference := rules("citations").pattern("conference_name").match(text, start):
        start = conference.end()
    first = _SYLLABLE.match(text, start)
    if first is None or not _opens(text, first):
        return None
    name = _Name(text, first)
    for _ in range(_LIMIT):
        if not name.grows():
            break
    return _finish(text, start, name.end, name.head)


def _opens(text: str, first: re.Match[str]) -> bool:
    """Whether a name of a body begins with the syllable: a capital, a known head or a level, but no kind of document."""
    word = fold(first.group())
    named = first.group()[0].isupper() or is_head(text, first.start()) or (word in _words()[1] and word != _COMMUNE)
    return named and not (word in _kind_firsts() and tuple(_ahead(text, first.start(), 2)) in _kinds())


class _Name:
    """The name of a body, read syllable by syllable: ``end`` so far, the last two syllables folded, whether it stands in capitals."""

    __slots__ = ("caps", "earlier", "end", "head", "prev", "start", "text")

    def __init__(self, text: str, first: re.Match[str]) -> None:
        self.text, self.start, self.end = text, first.start(), first.end()
        said = first.group()
        self.caps = said.isupper() and len(said) > 1 and bool(_CAPS_BEHIND.match(text[self.end : self.end + 8]))
        self.head = self.prev = fold(said)
        self.earlier = ""

    def grows(self) -> bool:
        """Takes the next piece into the name; false where the name ends."""
        following = _NEXT.match(self.text, self.end)
        if following is not None:
            at, stop, raw = following.start(2), following.end(), following[2]
            if raw[-1].isnumeric() and (figure := rules("unwrap").pattern("note_figure").search(self.text, at, stop)):
                raw, stop = self.text[at : figure.start()], figure.start()
            word = fold(raw)
            if raw.isdigit() and self.text.startswith("/CP", following.end()):  # «Ban Chỉ đạo 138/CP»
                return self._take(word, following.end() + 3)
            broken = "\n" in following[1]
            if self.text.startswith("/", following.end()) or self._ends_before(at, raw, word, broken):  # "V/v"
                return False
            if self._holds(at, raw, word, broken):
                return self._take(word, stop)
        return self._goes_on()

    def _take(self, word: str, end: int) -> bool:
        self.earlier, self.prev, self.end = self.prev, word, end
        return True

    def _ends_before(self, at: int, raw: str, word: str, broken: bool) -> bool:
        text = self.text
        if broken and text[at + len(raw) : at + len(raw) + 1] in _BEHIND_LABEL and (len(raw) == 1 or roman_value(raw)):
            return True  # the number of the heading below («của Bộ Chính trị | I. MỤC ĐÍCH»)
        if broken and not self.caps and (two := _TWO_WORDS.match(text, at)) and two.group().isupper():
            return True  # a line of capitals under a name in small letters is another thing
        if broken and self.caps and _ahead(text, at, 2) == _ahead(text, self.start, 2):
            return True  # the line below names the body again, in whose name this document is issued
        return raw[0].isupper() and _act(text, at, word)

    def _holds(self, at: int, raw: str, word: str, broken: bool) -> bool:
        """Whether a syllable belongs to the name; in a new line a capital opens a paragraph."""
        prev, known = self.prev, (self.prev, word) in _words()[0]
        if broken and not raw.isupper():
            return _plain(prev, word, raw)
        if self.caps and raw.isupper():
            return known or word in _words()[1] or _place(self.text, prev, at)
        if raw[0].isupper():
            return known or not (raw in _NO_NAME or (word in _kind_firsts() and tuple(_ahead(self.text, at, 2)) in _kinds()))
        return _plain(prev, word, raw) and not (word == "ban" and self.earlier in _COMMITTEES)

    def _goes_on(self) -> bool:
        """Behind a joint, or in small letters up to its level."""
        joined = _joins(self.text, self.end, self.head)
        if joined is not None and (found := _SYLLABLE.match(self.text, joined)):
            return self._take(fold(found.group()), found.end())
        on = _goes_on(self.text, self.start, self.end)
        if on is None:
            return False
        self.earlier, self.prev, self.end = "", "", on
        return True


_CAPS_BEHIND = re.compile(r"\s[^\W\d_]*[A-ZĐ][^\W\d_a-z]+")
"""A blank and a word in capitals."""
_COMMUNE = fold("xã")
_STOP_CAPS = frozenset(map(fold, word_class("citation_grammar", "past-name")))
_NO_NAME = frozenset({"Về", "Căn", "Trên"})
_COMMITTEES = frozenset(map(fold, word_class("citation_grammar", "committee-level")))  # "Thành ủy | ban hành", not "ủy ban"
_MINISTRIES = frozenset(map(fold, word_class("citation_grammar", "body-head")))
_NUMBERING = frozenset(map(fold, word_class("citation_grammar", "numbering")))  # «Phòng Tài chính - Kế hoạch», not «… - Kế hoạch số 5»
_COMPLETE = frozenset(map(fold, word_class("citation_grammar", "name-end")))


_CONFERENCE = fold("Hội")


def _place(text: str, prev: str, at: int) -> bool:
    """In a line of capitals: names of places follow a level ("TỈNH CÀ MAU VỀ")."""
    word = fold(_SYLLABLE.match(text, at).group()) if _SYLLABLE.match(text, at) else ""  # type: ignore[union-attr]
    return word not in _STOP_CAPS and tuple(_ahead(text, at, 2)) not in _kinds() and prev not in _COMPLETE


def _finish(text: str, start: int, end: int, head: str) -> int:
    """The topic of a steering committee and the term of an assembly belong to the name."""
    committee = text[start : start + 3].casefold() in ("ban", "bcđ") and "đạo" in text[start:end].casefold()
    if committee and (topic := rules("citations").pattern("committee_topic").match(text, end)):
        end = topic.end()
    if head == _CONFERENCE and (number := rules("citations").pattern("conference_number").match(text, end)):
        end = number.end()
    if term := rules("citations").pattern("term").match(text, end):
        end = term.end()
    return end


def joint_end(text: str, end: int, others: int = 20) -> int:
    """Where a list of issuing bodies ends ("Bộ Y tế và Bộ Giáo dục và Đào tạo"), for joint documents; ``others``: how many at most may
    stand behind the first."""
    joined = rules("citations").pattern("issuers_joined")
    while others > 0 and (link := joined.match(text[end : end + 5])) and is_head(text, end + link.end()):
        following = issuer_at(text, end + link.end())
        if following is None:
            break
        end, others = following, others - 1
    return end


def issuer_name(text: str, start: int, end: int) -> str:
    """The body alone: "Hội nghị lần thứ sáu Ban Chấp hành Trung ương" is the Ban Chấp hành."""
    if text.startswith(("Hội nghị", "hội nghị"), start) and (found := rules("citations").pattern("conference_name").match(text, start)):
        start = found.end()
    return " ".join(text[start:end].split())

"""The word that binds («phải», «có trách nhiệm», «không được»): where what tells persons or bodies apart ends at the latest.

It binds those in front only where nothing between them and it tells somebody else what to do («nhắc học sinh | phải …»).
Source: domain.md 4.4, 6.2.
"""

from __future__ import annotations

from collections.abc import Callable, Container

from extractors.rulebook import rules, word_class
from extractors.unit_words import Words

_BINDS = word_class("unit_attributes", "binds")


def binds(words: Words, j: int) -> bool:
    """A modal that binds stands at word ``j``."""
    modal = words.hit(j, "modal")
    return modal is not None and modal[1]["word"] in _BINDS


def commits(words: Words, j: int) -> bool:
    """«Nghiêm cấm công chức quản lý kho | thực hiện các hành vi …»: at word ``j`` begins what is forbidden, which is nobody's job."""
    if words.word(j) not in _COMMITS or not banned(words):
        return False
    found = rules("units").pattern("commits").match(words.text, words.start(j), words.end(min(len(words), j + _COMMITTED)))
    return found is not None


def banned(words: Words) -> bool:
    """«Nghiêm cấm | viên chức …»: a ban stands right in front of the words."""
    start = words.start(0)
    return words.text[max(0, start - _BAN) : start].rstrip().lower().endswith("cấm")


def misdeed(words: Words, j: int) -> bool:
    """«Nghiêm cấm công chức làm nhiệm vụ thanh tra | nhận quà …»: behind a ban, what it forbids begins at word ``j``."""
    said = words.word(j) in _MISDEEDS or " ".join(words.low[j : j + 2]) in _MISDEEDS
    return said and words.adjacent(j) and banned(words)


_MISDEEDS = word_class("unit_grammar", "misdeed")
_COMMITS = frozenset({"thực", "có", "làm", "vi", "tiến"})
"""First words of «thực hiện», «có», «làm», «vi phạm», «tiến hành»."""
_COMMITTED, _BAN = 8, 6
"""Words in which it shows what somebody does; characters of the ban right in front of those banned."""


def binding_word(words: Words, since: int, reach: int, goes_on: Callable[[int], bool]) -> int:
    """The first word that binds, or with which what a ban forbids begins, within ``reach`` words from ``since`` on; 0 where none does or
    where a word before it does not go on."""
    for j in range(since, min(len(words), since + reach)):
        if binds(words, j) or commits(words, j):
            return j if in_one_line(words, j) else 0
        if not goes_on(j):
            return 0
    return 0


def in_one_line(words: Words, j: int) -> bool:
    """Word ``j`` is no mark and follows the word before it in the same paragraph."""
    return words.word(j).isalnum() and words.adjacent(j)


def tells_others(words: Words, since: int, until: int, but: Container[str] = ()) -> bool:
    """Something from word ``since`` up to ``until`` says that somebody else is told or meant; words of ``but`` do not."""
    found = rules("units").pattern("tells_others").finditer(words.text, words.start(since), words.end(until))
    told = [m for m in found if " ".join(m.group().lower().split()) not in but]
    if not told:
        return False
    longer = {words.start(j): words.end(hit[0]) for j in range(since, until) if (hit := words.hit(j, "verb"))}
    return any(longer.get(m.start(), 0) <= m.end() for m in told)  # «coi | thi», «giao | dịch» tell nobody anything

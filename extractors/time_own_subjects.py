"""Triggers whose clause has a subject of its own: «khi | Giám đốc Sở | triệu tập», «khi | vụ việc | phức tạp, kéo dài», «Trường hợp |
người học | xin thôi học, …», «trong quá trình | đoàn kiểm tra | làm việc», and «nếu | trong 05 năm gần nhất | đã …»."""

from __future__ import annotations

from extractors.rulebook import rules, word_class
from extractors.unit_names import list_names
from extractors.unit_words import Words

BOOK = "deadlines_events"
_CLAUSE = 160
"""Characters in which a subject and the beginning of its predicate stand."""
_CONSEQUENCE = 300
"""Characters of a condition and its main clause that are asked for a sanction."""
_THINGS = sorted(word_class("time_grammar", "comes-about"), key=lambda said: (-len(said), said))
_NO_PREDICATE = word_class("time_grammar", "no-predicate")


def subject_end(text: str, begin: int) -> int:
    """Where the subject of the clause at ``begin`` ends: persons, a body or a thing that comes about, with a predicate right behind it; 0
    where no such subject opens the clause. What is lacking, was so or is a fault makes no occasion («khi đơn vị | chưa có thuyết minh»)."""
    words = Words(text, begin, min(len(text), begin + _CLAUSE))
    named, at = list_names(words, 0)
    if not named or named[0].start != begin:
        thing = next((t for t in _THINGS if text.startswith(t + " ", begin) or text.startswith(t.capitalize() + " ", begin)), "")
        at = len(thing.split())
        at = _behind_place(words, at) if at else 0
    if at and rules(BOOK)["voice_ends"].pattern.match(text, words.end(at)):
        return words.end(at)
    if not at or at >= len(words) or not words.adjacent(at) or not words.word(at).isalpha() or words.word(at) in _NO_PREDICATE:
        return 0
    return words.end(at)


def _behind_place(words: Words, at: int) -> int:
    """Behind where the thing comes about («dịch bệnh | trên đàn gia súc | lan rộng»); ``at`` where no place stands there."""
    if words.word(at) not in _PLACED:
        return at
    verbs = (j for j in range(at + 2, min(len(words), at + _PLACE)) if words.hit(j, "verb", "adverb") and words.adjacent(j))
    return next(verbs, at)


_PLACED = word_class("time_grammar", "where-it-is")
_PLACE = 6
"""Words that such a place has at most."""


def happens(text: str, begin: int) -> bool:
    """Whether a subject of its own and what it does or meets stand at ``begin``."""
    end = subject_end(text, begin)
    return end > 0 and rules(BOOK)["of_liability"].pattern.match(text[end : end + _CLAUSE].lstrip()) is None and not _fault(text, end)


def acts_meanwhile(text: str, begin: int) -> bool:
    """«trong quá trình | đoàn kiểm tra | làm việc»: those who act in the meantime, with their act or what befalls them."""
    end = subject_end(text, begin)
    if not end or rules(BOOK)["of_liability"].pattern.match(text[end : end + _CLAUSE].lstrip()):
        return False
    return Words(text, end, min(len(text), end + _CLAUSE)).hit(0, "verb", "modal", "adverb") is not None


def met(text: str, begin: int, *, fronted: bool) -> bool:
    """Whether the condition at ``begin`` is met by what somebody does or by what comes about, and no sanction is what follows from it."""
    book, end = rules(BOOK), subject_end(text, begin)
    if end and book["case_of_fault"].pattern.match(text[end : end + _CLAUSE].lstrip()):
        return False
    if not happens(text, begin) and book["in_past_years"].pattern.match(text, begin) is None:
        return False
    ends = [at for mark in (". ", ";", "\n") if (at := text.find(mark, begin, begin + _CONSEQUENCE)) >= 0]
    return not fronted or book["sanction_follows"].pattern.search(text, begin, min([len(text), begin + _CONSEQUENCE, *ends])) is None


def _fault(text: str, at: int) -> bool:
    return rules(BOOK)["own_fault"].pattern.match(text, at) is not None


__all__ = ["acts_meanwhile", "happens", "met", "subject_end"]

"""Persons called by what they do, right before when they do something else: «Cán bộ tiếp dân | khi nhận đơn tố cáo phải ghi sổ», «Thành
viên đoàn kiểm tra | khi làm việc với đối tượng phải …».

A clause of time behind the act, and then the word that binds, show that the act only tells who is bound. ``Np`` is the conjunct under
construction. Source: domain.md 4.4, 6.2; GUIDE: as the text names it.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import binding_word
from extractors.unit_clauses import opens_list
from extractors.unit_qualifiers import Np
from extractors.unit_words import Words

_PERSONS = frozenset({"staff", "member", "team-member", "person"})
_WHEN = word_class("unit_grammar", "when")
_OBJECT, _REACH = 3, 24
"""Words that the act may be done to; words of the clause of time at most."""


def work_before_when(words: Words, np: Np) -> bool:
    """Takes the act that begins at the end of ``np`` into it, where a clause of time and a word that binds follow."""
    k = np.last
    if np.cls != "role" or np.kind not in _PERSONS or np.title or np.open or not words.adjacent(k) or words.cap(k):
        return False
    if not opens_list(words, np):
        return False
    act = words.hit(k, "verb", "activity")
    if act is None:
        return False
    end = next((j for j in range(act[0], min(len(words), act[0] + _OBJECT + 1)) if _when(words, j)), 0)
    if not end or any(words.hit(j, "verb", "modal", "adverb", "adjunct") or not words.adjacent(j) for j in range(act[0], end)):
        return False
    bound = binding_word(words, end, _REACH, lambda j: words.word(j).isalnum())
    if not bound or bound < end + 2 or words.word(bound - 1) == "và":
        return False
    np.last, np.bare, np.closed = end, False, True
    return True


def _when(words: Words, j: int) -> bool:
    return words.adjacent(j) and (words.word(j) in _WHEN or " ".join(words.low[j : j + 2]) in _WHEN)


__all__ = ["work_before_when"]

"""«Đối với ủy ban kiểm tra các cấp, | thường xuyên nắm tình hình …»: the bodies behind «Đối với» are those who act, where the work behind
the comma has an object of its own and nobody else is named to do it.

What is done to bodies («Đối với các xã biên giới, | thường xuyên kiểm tra»), and to those who are told apart by what they have done or are
(«các đơn vị có vi phạm»), makes nobody of them act. Source: domain.md 3.3; GUIDE: the addressee of «Đối với …».
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.rulebook import word_class
from extractors.unit_names import Name, parse_list
from extractors.unit_words import Words

_OFFICES = word_class("unit_grammar", "acts-for-itself")
"""Kinds of bodies and office holders that a plan gives work to."""
_OVER = word_class("unit_grammar", "done-to-others")
"""Acts that those behind «Đối với» may just suffer."""
_SERVES = word_class("unit_grammar", "serves-above")
"""Acts that a body does for the one above it, so that it is no body that they are done to."""
_OWN_MANNER = word_class("unit_grammar", "manner-of-work")


def own_work_follows(words: Words, met: Sequence[Name], j: int) -> bool:
    """Whether the work behind the comma at word ``j`` is that of the bodies ``met`` behind «Đối với»."""
    bodies = parse_list(words, 2)
    if words.word(j) != "," or len(bodies) == 0 or any(np.open or np.kind not in _OFFICES for np in bodies):
        return False
    k, manner = j + 1, False
    while (hit := words.hit(k, "adverb")) is not None and hit[1]["word"] in _OWN_MANNER:
        k, manner = hit[0], True
        k += words.word(k) == "," and words.hit(k + 1, "adverb") is not None
    verb = words.hit(k, "verb")
    if verb is None or verb[1]["word"] in _OVER:
        return False
    if verb[1]["word"] in _SERVES:
        return True
    return manner and words.word(verb[0]).isalpha() and words.adjacent(verb[0])


__all__ = ["own_work_follows"]

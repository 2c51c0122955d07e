"""Parts of a body in small letters, called by what they do: «bộ phận | pháp chế của Sở Tư pháp», «tổ | kiểm soát nội bộ của Bệnh viện».

Behind such a noun an act may be the predicate («bộ phận rà soát hồ sơ của Sở A»); it belongs to the name where it is done to nothing but a
field of work, the body follows with «của», and a predicate or the end behind that. Source: domain.md 6.2.
"""

from __future__ import annotations

from collections.abc import Callable

from extractors.rulebook import word_class
from extractors.unit_qualifiers import Np
from extractors.unit_words import Words

SECTIONS = word_class("unit_grammar", "section")
"""Parts of a body that are called by their work."""
_LONG = 8
"""Words that the work of such a part may have."""


def section_of(words: Words, np: Np, parse_one: Callable[..., Np | None]) -> bool:
    """Takes the work of a part and the body it belongs to into ``np``."""
    if np.cls != "head" or not np.bare or np.determiner or np.closed or words.cap(np.first):
        return False
    end = _work_end(words, np.last)
    body = parse_one(words, end + 1, inside=True) if end and words.adjacent(end + 1) else None
    if body is None or body.open or body.cls not in ("head", "name"):
        return False
    if words.word(body.last).isalpha() and words.hit(body.last, "verb", "modal", "adverb", "adjunct") is None:
        return False
    np.last, np.bare, np.closed, np.inner = body.last, False, True, True
    return True


def _work_end(words: Words, since: int) -> int:
    """«của» behind fields of work and acts that are done to nothing else; 0 where other words stand there."""
    j = since
    while j < min(len(words), since + _LONG) and words.adjacent(j) and not words.cap(j):
        if words.word(j) == "của":
            return j if j > since else 0
        joint = words.word(j) in (",", "và", "-") and j > since
        hits = [hit[0] for cls in ("field", "activity", "verb", "pair", "tail") if (hit := words.hit(j + joint, cls)) is not None]
        if not hits or words.hit(j + joint, "modal", "adverb", "determiner"):
            return 0
        j = max(hits)
    return 0


__all__ = ["SECTIONS", "section_of"]

"""Whether the name of a body ends right before a word, so that a list of bodies may go on there.

Source: domain.md 6.2.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.unit_np import parse_one
from extractors.unit_words import Words

LONGEST = 9
"""Words of the longest body that is looked for."""


def body_ends(words: Words, at: int, starts: Iterable[int]) -> bool:
    """«… chỉ đạo | Phòng Tư pháp |, Công an huyện phối hợp …»: a body that begins at one of ``starts`` ends right before word ``at``."""
    return any((np := parse_one(words, b)) is not None and np.last == at for b in starts)


__all__ = ["LONGEST", "body_ends"]

"""Whether letters of a symbol are the initials of the body that the text names («TTT» of «Chánh Thanh tra tỉnh», «TTTP» of
«Thanh tra thành phố»): such letters are right, listed or not. Source: domain.md 1.6, initials of the content words, joints dropped."""

from __future__ import annotations

import re
import unicodedata

from extractors.rulebook import lexicon, word_class

_WORD = re.compile(r"[^\W\d_]+")
_JOINTS = word_class("citation_grammar", "unlettered-word")
_PLACES = frozenset(row["word"] for row in lexicon("place_words") if row["class"] == "place")
_LEVELS = _PLACES | word_class("citation_grammar", "level-lettered")
"""Words behind which letters may end before the name does: «Thanh tra tỉnh | An Hòa», «Thanh tra Sở | Xây dựng»."""


_OFFICE = 3
"""Words at most before the name of the body: «Chánh | Thanh tra tỉnh», «Chủ tịch | Ủy ban nhân dân»."""


def spelled_by(letters: str, issuer: str) -> bool:
    """Whether ``letters`` are the initials of ``issuer`` from a word in capitals on, to its end or up to, or with, its level."""
    words = _WORD.findall(issuer)
    wanted = letters.upper()
    return len(letters) > 1 and any(_from(wanted, words[i:]) for i, word in enumerate(words[:_OFFICE]) if word[0].isupper())


def _from(wanted: str, words: list[str]) -> bool:
    said = ""
    for i, word in enumerate(words):
        if word.lower() not in _JOINTS:
            said += word if len(word) > 1 and word.isupper() else _letter(word[0])
        if not wanted.startswith(said):
            return False
        if said == wanted:
            return _whole([w.lower() for w in words], i)
    return False


def _letter(first: str) -> str:
    """The letter that stands for a word: without marks, «Đ» as it is («UB» of «Ủy ban»)."""
    capital = first.upper()
    return capital if capital == "Đ" else unicodedata.normalize("NFD", capital)[0]


def _whole(low: list[str], last: int) -> bool:
    """Whether the name is whole with the word at ``last``: it ends there, that word tells its level, or the next one does."""
    if last + 1 == len(low) or low[last] in _LEVELS:
        return True
    return any(" ".join(low[i:j]) in _PLACES for i, j in ((last - 1, last + 1), (last + 1, last + 2), (last + 1, last + 3)) if i >= 0)

"""Bodies called by initials or by letters and a number alone: «Sở Tài chính, VNPT An Hòa», «P4 chủ trì», «Giao PC07, PC10 …».

No lexicon lists them; what stands beside them tells. Source: domain.md 6.2; practice of the police, the army and power companies.
"""

from __future__ import annotations

from extractors.rulebook import rules
from extractors.unit_qualifiers import Np, acts_surely
from extractors.unit_tails import place_run
from extractors.unit_words import Hit, Words, fold

_AFTER = frozenset({"determiner", "level", "verb", "modal", "adverb", "adjunct", "qualifier", "link", "place", "stop"})
"""Classes of words that may follow a body known by its initials alone."""
_JOINTS = (",", ";", "và")


_LETTERS = 4
"""Letters from which a short form is no syllable."""


def listed_name(words: Words, k: int) -> Hit | None:
    """The name of the registry at ``k``; none at «Tu | sửa», a plain syllable that in capitals is a short form («TU», Tỉnh ủy)."""
    hit = words.hit(k, "name")
    if hit is None or hit[0] != k + 1:
        return hit
    written = _written(words, k)
    return None if len(written) < _LETTERS and not written.isupper() and fold(hit[1]["name"]) != words.low[k] else hit


def code(words: Words, k: int, *, inside: bool) -> Np | None:
    """«P4 | chủ trì», «Giao PC07, PC10 | lập …»: an office called by letters and a number, where a predicate or another one follows, or
    ``inside`` a list."""
    if k >= len(words) or not words.low[k][-1:].isdigit() or words.at(k):
        return None
    is_code = rules("units").pattern("office_code").fullmatch
    if not is_code(_written(words, k)):
        return None
    modal = words.hit(k + 1, "modal")
    told = acts_surely(words, k + 1) or (modal is not None and modal[1]["word"] != "là") or words.low[k + 1 : k + 3] == ["làm", "đầu"]
    listed = words.word(k + 1) in (*_JOINTS, "") and inside
    if not listed and words.word(k + 1) in _JOINTS and k + 2 < len(words):
        listed = is_code(_written(words, k + 2)) is not None
    if not listed and not (told and words.adjacent(k + 1)):
        return None
    row = {"word": words.low[k], "traits": "g", "level": "", "regime": ""}
    return Np(k, k + 1, kind="division", cls="head", row=row, bare=False, proper=True)


def _written(words: Words, k: int) -> str:
    return words.text[words.start(k) : words.end(k + 1)]


def acronym(words: Words, k: int) -> Np | None:
    """Inside a list, an unknown word in capitals is a body of its own («Sở Tài chính, VNPT An Hòa»)."""
    if k >= len(words) or words.at(k):
        return None
    written = _written(words, k)
    if not (written.isalpha() and written.isupper() and 3 <= len(written) <= 10) or words.text.isupper():
        return None
    last = place_run(words, k + 1) if words.adjacent(k + 1) and words.cap(k + 1) else k + 1
    if last == k + 1 and words.word(last).isalpha() and _AFTER.isdisjoint(words.at(last)) and words.word(last) not in ("và", "hoặc"):
        return None  # «BHYT | điện tử»: a field of work
    row = {"word": words.low[k], "traits": "g", "level": "", "regime": ""}
    return Np(k, last, kind="agency", cls="head", row=row, bare=False, proper=True)

"""Which cue governs a mention: the nearest one before it in its sentence (domain.md 2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import cast

from extractors.rulebook import standard, word_class

_REACH = 240
_WORDS_BETWEEN = 12
BOUNDARIES = ";:()"
_STUDIES = word_class("citation_grammar", "studies")
_MAKES_KNOWN = word_class("citation_grammar", "makes-known")
_POINTS = word_class("citation_grammar", "points")
_AT = " tại "
_STOPS = ("\n", ". ", ".\u201d ", "! ", "? ", "\u2026 ")


_pattern = partial(standard, "relations")


@dataclass(slots=True)
class Cue:
    """A cue before a mention: its class and offset; ``own``: this document itself is said to act."""

    name: str
    start: int
    own: bool = False


def sentence_start(text: str, at: int) -> int:
    """Offset of the first character of the sentence, at most 900 characters back."""
    base = max(0, at - 900)
    for stop in _STOPS:  # each search ends where the one before it found something later
        if (found := text.rfind(stop, base, at)) >= 0:
            base = found + len(stop)
    return base


def nearest_cue(text: str, start: int, at: int) -> Cue | None:
    """The cue that governs a mention at ``at``: the last one after ``start`` with few words and no clause boundary between."""
    base = max(start, at - _REACH)
    clause = max(text.rfind(mark, base, at) for mark in BOUNDARIES) + 1
    best: re.Match[str] | None = None
    for found in _pattern("cue").finditer(text, max(base, clause), at):
        if best is None or not _of_contents(text, best, found):
            best = found
    gap = text[best.end() : at] if best else ""
    if (pointed := _pattern("points_into").search(gap)) is not None:
        gap = _pattern("contents").sub(" ", gap[: pointed.start()])
    elif gap.endswith(_AT):
        gap = _pattern("given_by").sub(" ", gap.removesuffix(_AT))  # «các nhiệm vụ | Chính phủ giao Bộ | tại Nghị quyết …»
    if best is None or len(gap.split()) > _WORDS_BETWEEN:
        return None
    name = cast(str, best.lastgroup)
    spread = _pattern("spread").search(text[max(base, best.start() - 32) : best.start()])
    if spread and best.group().lower() in _STUDIES and not _commanded(text, base, best.start()):
        name = "neutral"
    if name == "neutral" and best.group().lower() in _MAKES_KNOWN:
        name = "implements" if _pattern("studied").search(text[max(base, best.start() - 80) : best.start()]) else name
    if name == "guides" and not best.group().lower().startswith(("quy định", "hướng dẫn")):
        name = "implements" if "thi hành" in best.group() else name
    return Cue(name, best.start())


def _commanded(text: str, base: int, at: int) -> bool:
    """«trực tiếp chỉ đạo việc phổ biến, | quán triệt …»: the work is given to somebody, not just named."""
    return _pattern("spread_commanded").search(text[max(base, at - 80) : at]) is not None


def _of_contents(text: str, carried: re.Match[str], pointer: re.Match[str]) -> bool:
    """«Thực hiện nghiêm các mục tiêu | nêu | trong Chỉ thị …»: where the contents that are carried out stand is no word of its own; nor is,
    at the head of a line, who set them («Triển khai các nhiệm vụ | được giao | tại Kế hoạch …»), else others are told to do theirs."""
    if carried.lastgroup != "implements" or pointer.group() not in _POINTS:
        return False
    between = text[carried.end() : pointer.start()]
    said = between
    if _pattern("line_head").fullmatch(text, text.rfind("\n", 0, carried.start()) + 1, carried.start()):
        said = _pattern("pointed").sub(" ", _pattern("given_by").sub(" ", said))
    said = _pattern("contents").sub(" ", said).replace("nêu", " ")
    return bool(between.strip()) and not said.strip()

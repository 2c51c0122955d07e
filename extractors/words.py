"""Vietnamese words and their tags: the one door to underthesea.

It is opened at first use, once, under a lock (its own loading is not safe in threads), and its handlers on the root logger are
taken back. Text goes in by blocks, because tagging is quadratic in the length of one string; words come back as places in the
text as it stands, since the library gives them normalised. Where its words cannot be found again, syllables stand in.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.tokens import norm

BLOCK = 2000
"""Characters of one call; 1,000 take 0.03 s to tag, 20,000 take 6 s."""
_SYLLABLE = re.compile(r"\w+|[^\w\s]")
_BREAK = re.compile(r"(?<=[.;:])\s|\n")
_BLANKS = re.compile(r"\s*")
_lock = threading.Lock()
_opened: list[Any] = []


class Word(NamedTuple):
    """``text[start:end]`` is a word; ``tag`` its part of speech (V, N, Np, A, R, E, C …), "" where unknown."""

    start: int
    end: int
    tag: str = ""


def _library() -> Any:
    """underthesea, loaded and warm."""
    if not _opened:
        with _lock:
            if not _opened:
                root = logging.getLogger()
                handlers, level = list(root.handlers), root.level
                import underthesea

                underthesea.pos_tag("Ban hành kế hoạch.")
                for handler in [h for h in root.handlers if h not in handlers]:
                    root.removeHandler(handler)
                root.setLevel(level)
                logging.getLogger("underthesea").handlers.clear()
                _opened.append(underthesea)
    return _opened[0]


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Stretches of at most ``BLOCK`` characters with their offset, cut after a sentence or line, else at a blank."""
    start = 0
    while len(text) - start > BLOCK:
        window = text[start : start + BLOCK]
        breaks = [m.end() for m in _BREAK.finditer(window)]
        cut = breaks[-1] if breaks else window.rfind(" ") + 1 or BLOCK
        yield start, text[start : start + cut]
        start += cut
    yield start, text[start:]


def _placed(block: str, offset: int, found: list[tuple[str, str]]) -> list[Word] | None:
    """Places of the library's words in the block; None where they do not spell it."""
    out: list[Word] = []
    at = 0
    for word, tag in found:
        first = None
        for part in word.split():
            blanks = _BLANKS.match(block, at)
            at = blanks.end() if blanks else at
            end = at + len(part)
            if block[at:end] != part and norm(block[at:end]) != norm(part):
                return None
            first = at if first is None else first
            at = end
        if first is not None:
            out.append(Word(offset + first, offset + at, tag))
    return out if not block[at:].strip() else None


def _syllables(block: str, offset: int) -> list[Word]:
    return [Word(offset + m.start(), offset + m.end()) for m in _SYLLABLE.finditer(block)]


def _read(text: str, *, tags: bool) -> list[Word]:
    library = _library()
    out: list[Word] = []
    for offset, block in _blocks(text):
        if not block.strip():
            continue
        try:
            if tags:
                found = [(word, tag) for word, tag in library.pos_tag(block)]
            else:
                found = [(word, "") for word in library.word_tokenize(block, use_token_normalize=False)]
        except UnicodeEncodeError:  # a lone surrogate
            found = []
        placed = _placed(block, offset, found) if found else None
        out += placed if placed is not None else _syllables(block, offset)
    return out


def words(text: str) -> list[tuple[int, int]]:
    """Places of the words of a text, in order; syllables where words are unknown."""
    return [(word.start, word.end) for word in _read(text, tags=False)]


def pos(text: str) -> list[Word]:
    """Words with their parts of speech, in order."""
    return _read(text, tags=True)


__all__ = ["Word", "pos", "words"]

"""What kind of page this is: text, scan, garbage layer, legacy font, OCR layer, re-sorted, blank.

Judged by the Vietnamese syllable grammar, without a dictionary. Measured: 102 of 103 good pages kept, 88 of 88 broken pages put in the
right class, 12 of 12 good OCR layers known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.legacy import Encoding, best_decoding, syllable_share
from pipeline.ingest.pdf_chars import PageChars
from pipeline.ingest.pdf_lines import Line
from schemas.document import PageClass

FEW_CHARACTERS = 20
IMAGE_PAGE = 0.3  # of the page: with nearly no text the page is a picture of text
FULL_IMAGE = 0.6
STAMP_LETTERS = 250  # the text that a signature program puts on a scan has fewer
MIN_LETTERS = 100  # fewer letters say nothing about the layer
GOOD_SHARE = 0.9
BAD_SHARE = 0.6
RESORTED = 0.04  # jumps in content order per character: fallback fonts have 0.1 to 0.4, plain text under 0.01
OUTLINES = 150  # curves on a page without text: letters turned into drawings
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|on|is|with|by)\b")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Class of a page; ``encoding`` is the 8-bit reading of all its text where no font name told it."""

    kind: PageClass
    encoding: Encoding = "unicode"


def classify(chars: PageChars, lines: Sequence[Line]) -> Verdict:
    """Class of one page from its characters, pictures and lines."""
    count = sum(line.count for line in lines)
    if count < FEW_CHARACTERS:
        if chars.image_share > IMAGE_PAGE or chars.curves > OUTLINES:
            return Verdict("scan")
        return Verdict("text" if count else "blank")
    text = "\n".join(line.text for line in lines)
    letters = sum(len(word) for word in _WORD.findall(text))
    if chars.image_share > FULL_IMAGE and letters < STAMP_LETTERS:
        return Verdict("scan")
    if letters >= MIN_LETTERS and _is_broken(text, letters, chars, syllable_share(text)):
        return _mend(text, chars)
    if any(glyph[4].family for glyph in chars.glyphs):
        return Verdict("legacy")
    if chars.hidden_share > 0.5 or (chars.image_share > FULL_IMAGE and letters >= STAMP_LETTERS):
        return Verdict("ocr")
    return Verdict("resorted" if sum(line.jumps for line in lines) > RESORTED * count else "text")


def _is_broken(text: str, letters: int, chars: PageChars, share: float) -> bool:
    if share >= GOOD_SHARE:
        return False
    marked = sum(1 for c in text if c.isalpha() and not c.isascii())
    odd = chars.odd_codes + sum(1 for c in text if unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") and c != "\n")
    words = _WORD.findall(text)
    single = sum(len(word) == 1 for word in words)
    if chars.image_share < IMAGE_PAGE and odd <= 0.02 * letters and marked <= 0.02 * letters and _is_english(text, len(words)):
        return False
    return marked < 0.15 * letters or odd > 0.02 * letters or single > 0.35 * len(words) or share < BAD_SHARE


def _is_english(text: str, words: int) -> bool:
    """An annex in English, born digital, is no broken layer."""
    return len(_ENGLISH.findall(text.lower())) > 0.06 * words


def _mend(text: str, chars: PageChars) -> Verdict:
    name, decoded = best_decoding(text)
    if name != "unicode" and syllable_share(decoded) >= 0.85:
        return Verdict("legacy", name)
    return Verdict("garbage")

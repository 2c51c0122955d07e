"""Tokens are syllables; document numbers, dates and dotted labels stay whole.

Matching runs on NORM: NFC, lower case, one placement of tone marks, so that «Uỷ ban», «UỶ BAN» and «Ủy ban» are one pattern.
Syllables are the finest stable unit: word boundaries depend on context and a pattern then misses its own text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.tones import new_tones

_TOKEN = re.compile(
    r"(\d+(?:[./\-]\d+)*(?:[\-/][A-ZĐƯ][\w&]*(?:[.&]\w+)*(?:[\-/][\w&]+(?:[.&]\w+)*)*)?"  # 131-QĐ/TW, 27/10/2023, 4.3.1, 870/TTCP-C.IV
    r"|[^\W_]+|\S"
    r"|[^\S ]+|(?<=[ \t\n]) +|^ +)"  # line breaks and extra blanks are tokens of their own: the text stays exact
    r"((?<![ \t\n]) )?"
)
"""A token, and the blank behind it that it takes along."""


def norm(text: str) -> str:
    """Comparison form of a token: NFC, lower case, tone mark on the first vowel of an open oa, oe, uy («uỷ» → «ủy»)."""
    return new_tones(unicodedata.normalize("NFC", text).lower())


class SyllableTokenizer:
    """``SyllableTokenizer(vocab)(text) -> Doc`` with ``doc.text == text`` for any text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found = _TOKEN.findall(text)
        return Doc(self.vocab, words=[word for word, _ in found], spaces=[blank != "" for _, blank in found])

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Vocab]]:
        return SyllableTokenizer, (self.vocab,)

    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **__: object) -> SyllableTokenizer:
        return self

    def to_disk(self, _path: object, **__: object) -> None:
        """Nothing to keep: the tokenizer has no state."""

    def from_disk(self, _path: object, **__: object) -> SyllableTokenizer:
        return self

"""Characters of a file as a reader reads them (chuẩn hóa ký tự): look-alikes, odd blanks, signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata

_FOLD = {
    0x00D0: "Đ", 0x0189: "Đ", 0x00A0: " ", 0x2011: "-", 0x2010: "-", 0x00AD: None, 0x200B: None, 0x200C: None, 0x200D: None,
    0xFEFF: None, 0x2060: None, 0x2028: " ", 0x2029: " ", 0x000B: " ", 0x000C: " ", 0x2044: "/", 0x2215: "/", 0x202F: " ", 0x2009: " ",
    0x2007: " ", 0x2002: " ", 0x2003: " ", 0x3000: " ", 0x0085: " ", 0x001F: None, 0x001E: "-",
}  # fmt: skip
_SPECIAL = re.compile("[" + "".join(map(chr, _FOLD)) + "]")


def clean(text: str) -> str:
    """Characters as a reader reads them: NFC, look-alike Đ folded, invisible signs out, blanks plain (not collapsed)."""
    if not text.isascii():
        if _SPECIAL.search(text):  # invisible signs first: one between a letter and its mark keeps them from composing
            text = text.translate(_FOLD)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
    return text

"""Tells tables that only place text side by side from tables of data, where the format has no borders to go by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from schemas.document import RawCell

# Fixed wording of letterhead and signature: Decree 30/2020/NĐ-CP annex I (quốc hiệu, nơi nhận), Guideline 36-HD/VPTW (tiêu đề).
_LETTERHEAD = re.compile(
    r"cộng (?:hòa|hoà) xã hội chủ nghĩa|đảng cộng sản việt nam$|^\W*nơi nhận\b|^số\s*(?::[\d…._\s]*|[\d…._]+\s*)[-/]", re.I | re.M
)
MAX_ROWS = 6  # issuer, number, place and date, title: letterheads typed as one table have up to six rows


def is_letterhead(cells: Sequence[RawCell]) -> bool:
    """True for the header or signature table of an official document: at most three columns, few rows, its fixed wording."""
    if not cells or max(c.column for c in cells) > 2 or max(c.row for c in cells) >= MAX_ROWS:
        return False
    text = "\n".join(" ".join(p.text for p in block.pieces) for cell in cells for block in cell.paragraphs)
    return _LETTERHEAD.search(unicodedata.normalize("NFC", text)) is not None

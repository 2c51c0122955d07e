"""The foot of a text in loose lines (phần ký): recipients and who signs, when both stand in one row with a bar between.

Portals and converters write the table of the foot as one line, the cells run together:

    | *Nơi nhận:* - Như trên; - Lưu: VT. | KT. BỘ TRƯỞNG THỨ TRƯỞNG     Trần Văn Nam |

It becomes the lines that were printed: «Nơi nhận:», each recipient, then authority, office and name. Source: Nghị định 30/2020/NĐ-CP,
Phụ lục I, II.7–II.9.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.loose_lines import BAR, BREAK, Line
from extractors.rulebook import rules
from extractors.side_by_side import line_of

_SPACES = re.compile(r"\s{2,}")
_ITEM = re.compile(r"(?:(?<=[;.:,])|^)\s*[-–+]\s+")
_LONGEST = 8000
"""Characters of the longest such row."""
_BEHIND = 2
"""Lines behind such a row to which its signature may go on."""


def foot(lines: list[Line]) -> list[Line]:
    """The lines with rows of recipients and signature taken apart; the rest as it was."""
    if not any("|" in line.text for line in lines):
        return lines
    out: list[Line] = []
    left = 0
    for line in lines:
        row = _row(line.text)
        if row:
            out += [line_of(line, part) for part in row]
            left = _BEHIND
            continue
        if left and BAR.fullmatch(line.text):
            continue
        parts = _signed(line.text) if left else []
        out += [line_of(line, part) for part in parts] if len(parts) > 1 else [line]
        left = max(0, left - 1)
    return out


def _row(text: str) -> list[str]:
    """The parts of a row that begins with the recipients and goes on with who signs; none of another line."""
    cells = text.split("|") if len(text) < _LONGEST else []
    left, *right = [cell for cell in (c.strip(" *_") for c in cells) if cell] or [""]
    left = left.replace("*", "")
    if not right or (said := rules("structure").pattern("recipients").match(left)) is None:
        return []
    signed = [part for cell in right for part in _signed(cell)]
    if not any(rules("structure").pattern(name).match(part) for part in signed for name in ("authority", "position")):
        return []
    listed = BREAK.split(left[said.end() :])
    items = (item.strip() for run in listed for item in _ITEM.split(run.strip()))
    return [said.group().strip(), *(f"- {item}" for item in items if item), *signed]


def _signed(text: str) -> list[str]:
    """Authority, office and name of a signature, one by one; the whole where it shows no parts."""
    out: list[str] = []
    for part in (p.strip(" *_") for run in BREAK.split(text) for p in _SPACES.split(run)):
        if mark := rules("structure").pattern("signed_by").search(part):
            out += [*_offices(part[: mark.start()].strip()), mark["name"]]  # «CHỦ TỊCH (Đã ký) Lê Văn Bình»
            continue
        words = part.split()
        first = next((k for k, word in enumerate(words) if not word.isupper()), len(words))
        name = " ".join(words[first:])
        if first == len(words) or (first and rules("identity").pattern("person").match(name)):
            out += [*_offices(" ".join(words[:first])), *([name] if name else [])]
        else:
            out.append(part)
    return out


def _offices(text: str) -> list[str]:
    """«TM. ỦY BAN NHÂN DÂN | KT. CHỦ TỊCH | PHÓ CHỦ TỊCH»: for whom, and in which office."""
    starts = [at for at in (m.start() for m in re.finditer(r"\S+", text)) if _authority(text[at:])]
    cuts = sorted({0, *starts, len(text)})
    out: list[str] = []
    for a, b in pairwise(cuts):
        piece = text[a:b].strip()
        words = piece.split()
        own = 2 if _authority(piece) else len(words)
        behind = next((k for k in range(own, len(words)) if rules("structure").pattern("position").match(" ".join(words[k:]))), None)
        out += [piece] if behind is None else [" ".join(words[:behind]), " ".join(words[behind:])]
    return [piece for piece in out if piece]


def _authority(text: str) -> bool:
    return rules("structure").pattern("authority").match(text) is not None


__all__ = ["foot"]

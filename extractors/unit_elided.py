"""Heads that are written once for several names: «Các Bộ: Công Thương, Tài chính», «Sở Tài chính, Nội vụ», «Các Khoa: Nội, Ngoại».

What stands behind the head, or behind its colon, is the rest of each name, a field or a place; the name is spelt out with its head.
Source: domain.md 6.2.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_np import parse_one
from extractors.unit_qualifiers import Np
from extractors.unit_tails import capital_run
from extractors.unit_words import Words

_UNIT_TAILS = word_class("unit_grammar", "shared-head")
_LISTED = word_class("unit_grammar", "listed-head")
HOSTING = word_class("unit_grammar", "hosting-head")
"""Organisations that are called by the body in which they are («Đảng ủy | Công an tỉnh»)."""
_HOSTS = tuple(sorted(HOSTING))
_NAMED_BY_TRADE = word_class("unit_grammar", "named-by-trade")
_OWN_HEADS = word_class("unit_grammar", "own-head")


def elided_head(words: Words, np: Np) -> str:
    """The head that a following tail may borrow: «Các Bộ: Công Thương, Tài chính», «Sở Tài chính, Nội vụ», «Giám đốc các sở: Y tế»."""
    if np.title and words.word(np.last) == ":" and words.low[np.last - 2] == "các" and words.low[np.last - 1] in _UNIT_TAILS:
        office = words.text[words.start(np.first) : words.end(np.last - 2)]
        return f"{office} {words.low[np.last - 1].capitalize()}"
    if np.cls == "head" and words.word(np.last) == ":" and np.row["word"] in HOSTING and (np.determiner or np.plural):
        if np.determiner and not np.inner:
            return str(np.row["word"])  # «Các đảng ủy: Công an tỉnh, Quân sự tỉnh»
        if words.low[np.last - 2] == "các" and words.low[np.last - 1] in _UNIT_TAILS | _NAMED_BY_TRADE:
            return f"{np.row['word']} {words.low[np.last - 1].capitalize()}"  # «Đảng ủy các Cục: Đường bộ Việt Nam»
    if np.cls == "head" and np.determiner and np.bare and words.word(np.last) == ":" and np.row["word"] in _LISTED:
        return str(np.row["word"])  # «Các Khoa: Nội, Ngoại», «các Chi cục: Kiểm lâm, Thủy lợi»
    if np.cls == "name":
        head = words.low[np.first]
        return head if head in _UNIT_TAILS else ""
    if np.cls == "head" and np.row["word"] in _UNIT_TAILS:
        return str(np.row["word"])
    return ""


def elided(words: Words, found: list[Np], head: str) -> Np | None:
    last = found[-1]
    j = last.last
    word = words.word(j)
    hosts = head.startswith(_HOSTS)
    opens = (last.determiner or last.title or (hosts and last.plural)) and last.bare and not last.elided
    if head in HOSTING and (hosted := _hosted(words, found, head)):
        return hosted
    if opens and word == ":":
        j += 1
        if not _is_field(words, j, head) and words.hit(j, "head", "role", "name") and (own := parse_one(words, j)):
            found.pop()  # «Các đơn vị: Phòng A, Phòng B»
            return own
    elif word in (",", "và", ";") and not opens:
        j += 1
        j += words.word(j) == "và"
    elif not (opens and words.cap(j)):
        return None
    tail = words.hit(j, "tail")
    other = words.hit(j, "head", "role")
    known = tail and other and (tail[0] > other[0] or (head == "bộ" and tail[0] == other[0]))
    after_colon = opens or any(np.elided and words.word(np.first - 1) == ":" for np in found)
    if (tail and known and not words.hit(tail[0], "level", "head", "name")) or (after_colon and _is_field(words, j, head)):
        other = None  # «Các Bộ: Y tế; Công an», «Các Sở: Công Thương, Khoa học và Công nghệ»
    if not words.cap(j) or other or (tail is None and not (opens or last.elided)):
        return None
    if opens:
        found.pop()  # «Các Bộ:» announces the names and is none of them
    elif last.determiner and last.tail and not last.elided:
        last.first, last.elided, last.determiner = last.tail, head.capitalize(), False
    until = tail[0] if tail else capital_run(words, j)
    if (hosts or (after_colon and not _by_semicolons(words, j))) and tail is None:
        until = next((k for k in range(j, until) if words.word(k) == ","), until)  # «Hàng hải Việt Nam, | Đăng kiểm Việt Nam»
    return Np(j, until, False, last.kind, "head", last.row, bare=False, proper=True, closed=True, elided=head[0].upper() + head[1:])


def _is_field(words: Words, j: int, head: str) -> bool:
    """«Các Ban: | Tổ chức, | Nội chính», «Các Chi cục: | Kiểm lâm»: behind one head for several, a field that is a body or verb elsewhere
    tells which one is meant; «Các phòng: | Văn phòng, | Thanh tra» have heads of their own."""
    if head not in _LISTED | _UNIT_TAILS or not words.cap(j):
        return False
    own = next((size for size in (3, 2, 1) if " ".join(words.low[j : j + size]) in _OWN_HEADS), 0)
    field = words.hit(j, "tail", "field", "activity", "verb")
    return not own or (field is not None and field[0] - j > own)  # «Khoa học», «Tổ chức»


def _by_semicolons(words: Words, j: int) -> bool:
    """Whether the names listed from word ``j`` on are parted by semicolons, so that their commas are their own."""
    ends = next((m for m in range(j, len(words)) if words.word(m) in (";", ".", ":")), len(words))
    return words.word(ends) == ";"


def _hosted(words: Words, found: list[Np], head: str) -> Np | None:
    """«Các đảng ủy: | Công an tỉnh, | Quân sự tỉnh»: the next of the bodies whose organisations share one head, which is said once."""
    last = found[-1]
    j = last.last + 1
    if not last.elided and words.word(last.last) != ":":
        return None
    j += words.word(last.last) == "," and words.word(j) == "và"
    own = parse_one(words, j, inside=True) if words.word(last.last) in (":", ",", "và", ";") and words.cap(j) else None
    again = own is not None and words.low[own.first : own.first + len(head.split())] == head.split()  # «Các đảng ủy: | Đảng ủy xã Tân Hòa»
    if own is None or again or own.determiner or own.cls not in ("head", "name"):
        return None
    if not last.elided:
        found.pop()
    own.elided, own.proper, own.bare, own.closed = head[0].upper() + head[1:], True, False, True
    return own


__all__ = ["HOSTING", "elided", "elided_head"]

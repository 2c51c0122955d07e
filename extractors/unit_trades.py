"""Bodies and persons told apart by the business they do: «các doanh nghiệp | kinh doanh vận tải | ký cam kết».

The trap is the business that is the predicate («doanh nghiệp | xây dựng kế hoạch»). Source: domain.md 6.2.
"""

from __future__ import annotations

from extractors.rulebook import Row, word_class
from extractors.unit_binding import binds
from extractors.unit_qualifiers import NOUNS, OFFICE_ACTS, Np, is_verb, makes_paper
from extractors.unit_words import Words

# Who does business: the class of body or person that a trade may describe.
TRADERS = {"enterprise", "public", "person", "community", "organisation", "agency-unit", "collective"}
_GIVEN = word_class("unit_grammar", "given")
_TRADE = 9
"""Words that the description of a trade may have at most («kinh doanh vận tải hành khách bằng xe ô tô» has eight)."""
_LISTED = 16
"""The same where lexicons hold all of it («cung cấp giải pháp hóa đơn điện tử, phần mềm bán hàng»)."""


def trade(words: Words, np: Np) -> bool:
    """«các doanh nghiệp | kinh doanh vận tải | ký cam kết»: the business describes only where another predicate follows it."""
    hit = None if np.closed or np.kind not in TRADERS else words.hit(np.last, "trade") or _trade_in_head(words, np)
    if hit is None:
        return False
    j = hit[0]
    if hit[1]["word"] in NOUNS and makes_paper(words, j):
        return False  # «Doanh nghiệp | xây dựng kế hoạch ứng phó»: what they do
    if _told_behind(words, j):
        np.last, np.bare, np.closed, np.traded = j, False, True, True
        return True
    if j > np.last and hit[1]["word"].startswith(" ".join(words.low[np.last - 2 : np.last])) and np.cls == "head":
        if words.hit(j, "verb", "modal", "adverb") is None:
            return False
        np.last, np.bare, np.closed = j, False, True  # «nhà cung cấp | dịch vụ | thông báo …»: the head opens the trade
        return True
    given = words.hit(j, "open")
    if binds(words, j) or (given is not None and given[1]["word"] in _GIVEN):
        np.last, np.bare, np.closed = j, False, True  # «các chủ đầu tư, nhà thầu thi công | phải …»
        return True
    listed = not (np.determiner or np.cls == "role" or words.cap(np.first))  # in small letters only a colon shows where it ends
    if (not listed or np.first == 0) and j - np.last > 1 and _another_predicate(words, j):
        np.last, np.bare, np.closed = j, False, True
        return True
    passed = False  # words that no lexicon holds stand behind the trade
    while j < len(words) and j - np.last <= (_TRADE if passed else _LISTED) and words.adjacent(j):
        longer = words.hit(j, "field", "trade")
        kinds = words.at(j)
        acts = kinds.get("verb")
        makes = acts is not None and j > hit[0] and makes_paper(words, acts[0])
        if longer and not makes and not (acts and acts[0] > longer[0]):
            j = longer[0]
            continue
        if words.word(j) in (",", "và") and words.hit(j + 1, "trade", "field") and words.hit(j + 1, "head", "role") is None:
            j += 1
            continue
        named = words.hit(j + 1, "determiner") or (words.cap(j + 1) and words.hit(j + 1, "head", "name", "role"))
        body = bool(named) or words.word(j + 1) == "người"
        if words.word(j) in (",", "và", "cùng") and body:
            if listed or not np.determiner or passed:
                return False  # «Trạm Y tế | xây dựng hồ sơ, Công an xã …»
            np.last, np.bare, np.closed = j, False, True  # «các hộ kinh doanh | và Công an tỉnh»
            return True
        verb = kinds.get("verb")
        full = verb is not None and verb[1]["word"] != "phục vụ" and (verb[0] - j > 1 or words.word(j) in OFFICE_ACTS)
        if (full or any(kind in kinds for kind in ("modal", "adverb", "link"))) and j > hit[0]:
            if listed:
                return False
            np.last, np.bare, np.closed = j, False, True
            return True
        if _told_behind(words, j):
            np.last, np.bare, np.closed, np.traded = j, False, True, True
            return True
        if not words.word(j).isalpha() or words.word(j) == "đúng":
            return False  # «Nhà thầu thi công | đúng thiết kế»
        j, passed = j + 1, True
    return False


def _another_predicate(words: Words, j: int) -> bool:
    """Right behind the trade a modal, an adverb and its verb, or a verb that is no noun: «doanh nghiệp vận tải | phải …»."""
    manner, verb = words.hit(j, "adverb"), words.hit(j, "verb")
    if words.hit(j, "modal") or (manner and is_verb(words, manner[0])):
        return True
    full = verb is not None and (verb[0] - j > 1 or words.word(j) in OFFICE_ACTS)
    return verb is not None and full and verb[1]["word"] not in NOUNS and words.hit(j, "trade", "field") is None


def _told_behind(words: Words, j: int) -> bool:
    """«doanh nghiệp xuất khẩu | : xây dựng kế hoạch …»: what is to be done stands behind a colon."""
    return words.word(j) == ":" and words.hit(j + 1, "verb", "adverb") is not None


def _trade_in_head(words: Words, np: Np) -> tuple[int, Row] | None:
    """«Các cơ sở sản xuất | nước đóng chai»: the head itself ends in the trade; what it makes may follow."""
    ends = next((hit for i in (2, 1) if (hit := words.hit(np.last - i, "trade")) and hit[0] >= np.last), None)
    return None if ends is None or words.hit(np.last, "verb", "modal", "adverb", "adjunct", "link", "qualifier") else ends

"""Whether a predicate stands behind a name, so that the name is the subject of a clause (domain.md 4.4)."""

from __future__ import annotations

from functools import cache

from extractors.rulebook import lexicon, rules, word_class
from extractors.unit_binding import binds
from extractors.unit_names import list_names, parse_list
from extractors.unit_np import parse_one
from extractors.unit_open import is_to_have
from extractors.unit_words import Words

_SINCE = 25
"""Words that «sau khi …» may take between a subject and what binds it."""
_PICKED = 60
"""Words of the longest list that «nhất là …» picks out of a subject («… vùng biên giới, hải đảo, vùng sâu, vùng xa»)."""


def acts_behind(words: Words, at: int, *, plain: bool = False) -> bool:
    """Whether a predicate follows somewhere behind the bodies that «nhất là …» picks out of the subject. Behind a bare noun (``plain``)
    only what surely is one: «…, nhất là đội ngũ thủ kho | phải …», «…, nhất là trạm vùng cao, | duy trì …»."""
    begin = words.from_offset(at)
    found, j = list_names(words, begin)
    behind = range(j, min(len(words), j + _PICKED))
    if not plain:
        return any(words.hit(k, "modal", "adverb", "verb") for k in behind)
    if found and predicate_follows(words, begin, j):
        return True
    comma = next((k for k in range(begin, min(len(words), begin + _PICKED)) if words.word(k) == ","), 0)
    bound = any(binds(words, k) for k in behind if not comma or k < comma)
    acts = comma > 0 and words.word(comma + 1) != "được"  # «…, nhất là trạm vùng sâu, | được hỗ trợ xe» tells nobody to act
    return bound or (acts and words.hit(comma + 1, "modal", "adverb", "verb") is not None)


def begins_act(words: Words) -> bool:
    """Whether the words begin with what somebody is told to do: «phải rà soát …», «kịp thời công khai …», «mở chuyên mục …»."""
    hit = words.hit(0, "verb", "modal", "adverb")
    return hit is not None and hit[1]["word"] != "không"


def predicate_follows(words: Words, first: int, j: int) -> bool:
    """A predicate stands at word ``j``, and what stands before it is not a verb in disguise."""
    if j >= len(words):
        return False
    word = words.word(j)
    if word == ":":
        return words.hit(j + 1, "adjunct", "modal") is not None or any(np.traded and np.last == j for np in parse_list(words, first))
    if word == "(":
        while j < len(words) and words.word(j) != ")":
            j += 1
        j += 1
        word = words.word(j)
    if words.low[j : j + 2] == ["sau", "khi"]:
        return any(binds(words, k) for k in range(j + 2, min(len(words), j + _SINCE)))  # «Trưởng đoàn | sau khi kết thúc đợt phải …»
    each = _each(words, j)
    if word == "," or each > j:
        j = max(j + (word == ","), each)
        word = "" if each > j else word
    if j >= len(words):
        return False
    hit = words.hit(j, "verb", "modal", "adverb", "adjunct")
    if hit is None:
        if word == "có" and is_to_have(words, j + 1):
            return True
        if word == "chỉ" and rules("units").pattern("only_does").match(words.text, words.start(j)):
            return True
        return word != "," and (_lets(words, j) if word == "cho" else _any_verb(words, first, j))
    timed = hit[1]["word"] == "trước" and (words.word(j + 1) in _TIMED or words.word(j + 1)[:1].isdigit())
    return timed or not (hit[1]["word"] in ("với", "bằng", "trước") and word != ",")


_TIMED = word_class("unit_grammar", "timed")
"""What «trước» stands before where it says when and not before whom."""


def _each(words: Words, j: int) -> int:
    """The word behind «mỗi phòng», «, mỗi bên» at ``j``, which says that each of the bodies named acts; ``j`` where none stands there."""
    at = j + (words.word(j) == ",")
    if words.word(at) != "mỗi" or words.hit(at, "adverb"):
        return j
    one = words.hit(at + 1, "head", "level", "role")
    return one[0] if one else at + 2 if words.word(at + 1) in _ONES else j


_ONES = word_class("unit_grammar", "one-of-them")
_LET = word_class("unit_grammar", "let")


def _lets(words: Words, j: int) -> bool:
    """«… | cho học sinh nghỉ học»: after «cho» a person or body, then what it does; «trường học cho trẻ em» only describes."""
    det = words.hit(j + 1, "determiner")
    whom = words.hit(det[0] if det else j + 1, "role", "head")
    if whom is None:
        return False
    others = words.word(whom[0]) in ("và", ",") and words.hit(whom[0] + 1, "role", "head")
    behind = others[0] if others else whom[0]  # «cho học sinh | và phụ huynh | ký cam kết»
    return any(words.word(k) in _LET or words.hit(k, "verb") is not None for k in (behind, behind + 1))


NO_VERB = word_class("unit_grammar", "no-verb")


def _any_verb(words: Words, first: int, j: int) -> bool:
    """No list of verbs is complete: after a name that can only be one (a proper body, a title, «các …» with a description) any
    lower-case word begins the predicate, but for words that cannot."""
    np = parse_one(words, first)
    word = words.word(j)
    if np is None or not word.isalpha() or words.cap(j) or word in NO_VERB or not words.adjacent(j) or words.hit(j, "not"):
        return False
    if np.determiner and "c" in np.row.get("traits", ""):
        return not np.bare or " " in np.row["word"] or _list_acts(words, first, j)  # «Các cấp bộ Đoàn | duyệt …»
    return np.proper or np.title or (words.cap(first) and (np.determiner or (np.closed and np.cls == "head")))


@cache
def _acts() -> frozenset[tuple[str, ...]]:
    """Verbs with which a task begins, syllable by syllable."""
    return frozenset(tuple(row["word"].split()) for row in lexicon("verbs") if row["class"] == "act")


def _list_acts(words: Words, first: int, j: int) -> bool:
    """«các sở, ban, ngành | cải tạo hồ nước»: behind a list of common nouns a verb of work and what it is done to are the predicate."""
    size = next((n for n in (3, 2, 1) if tuple(words.low[j : j + n]) in _acts()), 0)
    told = size > 0 and words.word(j + size).isalpha() and words.hit(j + size, "modal") is None
    return told and len(parse_list(words, first)) > 1

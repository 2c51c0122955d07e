"""Words of a text and what the lexicons say about them: the reading glass of the grammar of units.

``Words`` cuts a stretch of text into words and looks each up in one trie over all unit lexicons. Old tone marks (``uỷ``),
look-alike letters (``Ð``) and dashes are folded without changing the length, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Container
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.remembered import Remembered
from extractors.rulebook import Row, lexicon, rules, word_class
from extractors.tones import new_tones
from extractors.unit_entries import entries

_WORD = re.compile(r"[^\W_]+(?:[&.][^\W_]+)*|[^\w\s]")
_LETTERS = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "–": "-", "—": "-", "‑": "-", "‐": "-", "\u00a0": " "}
_ODD = re.compile("[" + "".join(_LETTERS) + "]")

Hit = tuple[int, Row]
"""Index after the last word of a match, and the lexicon row."""
_NOTHING: dict[str, Hit] = {}
_NO_NAMES: dict[str, Row] = {}


def fold(text: str) -> str:
    """Lower case, new tone marks, plain Đ and dashes; as long as ``text``."""
    return _short[text] if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    plain = text
    for odd, usual in _LETTERS.items() if _ODD.search(text) else ():
        plain = plain.replace(odd, usual)  # a good deal faster than translate, which looks every letter up
    low = plain.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    return new_tones(low)


_SHORT = 64
_short = Remembered(_fold, 8192)
"""Names come again and again, stretches of text do not."""


@lru_cache(maxsize=4096)
def key_of(words: str) -> tuple[str, ...]:
    """The trie key of a lexicon entry: its words, folded."""
    return tuple(_WORD.findall(fold(words)))


Node = tuple[dict[str, "Node"], dict[str, Row]]
"""A place in the trie: what follows, and the entries that end here, by class."""


_NO_NODE: Node = ({}, {})


@cache
def _trie() -> dict[str, Node]:
    root: Node = ({}, {})
    for words, kind, row in entries():
        node = root
        for word in key_of(words):
            node = node[0].setdefault(word, ({}, {}))
        node[1].setdefault(kind, row)
    return root[0]


def first_words(classes: Container[str]) -> frozenset[str]:
    """First words of all entries of these classes."""
    return frozenset(key[0] for words, kind, _ in entries() if kind in classes and (key := key_of(words)))


def beginnings(classes: Container[str]) -> dict[str, frozenset[str] | None]:
    """First words of all entries of these classes with the second words that may follow, None where one word is an entry."""
    found: dict[str, set[str]] = {}
    whole: set[str] = set()
    for words, kind, _ in entries():
        key = key_of(words)
        if kind in classes and key:
            found.setdefault(key[0], set()).update(key[1:2])
            whole.update(key if len(key) == 1 else ())
    return {first: None if first in whole else frozenset(seconds) for first, seconds in found.items()}


WHOLE = 400
"""Characters from which a text is cut once and its stretches share the words: a plan is asked for hundreds of stretches."""


POINTED = frozenset(
    form for word in (*(row["word"] for row in lexicon("place_words") if row["word"].endswith(".")), *word_class("unit_grammar", "pointed"))
    for form in (word.upper(), word.capitalize())
)  # fmt: skip
"""Levels and offices cut short with a point: «TP. | Hồ Chí Minh», «VP. | UBND tỉnh»."""
_LETTERS_SHORT = {short.capitalize(): full for short, full in (word.split() for word in word_class("unit_grammar", "letter"))}
"""Levels and «phòng» cut short to a letter with a point, with the word that they stand for."""
_HOSTS = word_class("unit_grammar", "letter-host")
"""Words behind which a letter is a level («UBND | P. Hòa Bình»), not an office («Văn phòng, | P. Kinh tế»)."""
_BEFORE_OFFICE = word_class("unit_grammar", "letter-joint") | set(".,;:-+(/")
_NO_PLACE = first_words(("determiner",))
_CUT_SHORT = re.compile("(?:" + "|".join(map(re.escape, sorted(POINTED | _LETTERS_SHORT.keys()))) + ")(?![^ ])")
"""Any of these forms before a blank or the end."""


def _letter(written: str, low: list[str], text: str, at: int, end: int) -> str:
    """The word that a letter with a point stands for («P. | Hòa Bình», «Q. | 1», «P. | Kinh tế»); "" where it is none."""
    host = low[-1] if low else ""
    if host not in _HOSTS:
        office = written == "P." and (not low or host in _BEFORE_OFFICE) and _names_place(text, at, end)
        return "phòng" if office else ""
    named = _names_place(text, at, end) or (text[at : at + 1].isdigit() and written != "X.")
    return _LETTERS_SHORT[written] if named else ""


def _names_place(text: str, at: int, end: int) -> bool:
    """Whether a name begins there, and no sentence: «trên địa bàn TP. | Các sở …»."""
    found = _WORD.match(text, at, end)
    return found is not None and found.group()[0].isupper() and fold(found.group()) not in _NO_PLACE


def closes_short(text: str, at: int) -> bool:
    """Whether the full stop at ``at`` closes a short form («UBND TP. | Huế», «Công an P. | Đa Mai») and no sentence."""
    first = text.rfind(" ", 0, at) + 1
    written = text[first : at + 1]
    if written not in _LETTERS_SHORT:
        return written in POINTED
    return _letter(written, _WORD.findall(fold(text[max(0, first - 12) : first])), text, at + 2, len(text)) != ""


class Cut(NamedTuple):
    """A stretch of text cut into words: their spans and folded forms in parallel."""

    spans: list[tuple[int, int]]
    low: list[str]


def cut(text: str, start: int, end: int) -> Cut:
    """The words of ``text[start:end]``."""
    written = text[start:end]
    folded = fold(written)
    spans: list[tuple[int, int]] = []
    low: list[str] = []
    done = 0
    for short in _CUT_SHORT.finditer(written):
        first, last = short.span()
        if first and written[first - 1] != " ":
            continue
        _cut_into(spans, low, folded, done, first)
        done = first
        if full := _spelt_out(short.group(), low, written, last + 1):
            low.append(full)
            spans.append((first, last))
            done = last
    _cut_into(spans, low, folded, done, len(folded))
    return Cut([(start + a, start + b) for a, b in spans] if start else spans, low)


def _cut_into(spans: list[tuple[int, int]], low: list[str], folded: str, start: int, end: int) -> None:
    words = list(_WORD.finditer(folded, start, end))
    low += [word[0] for word in words]
    spans += [word.span() for word in words]


def _spelt_out(written: str, low: list[str], text: str, at: int) -> str:
    """The word that a form cut short stands for behind the words ``low`` and before ``text[at:]``; "" where it ends a sentence."""
    if written in POINTED and _names_place(text, at, len(text)):
        return fold(written[:-1])
    return _letter(written, low, text, at, len(text)) if written in _LETTERS_SHORT else ""


_FIGURED = re.compile(r"[\d¹²³⁴-⁹⁰\[](?:(?<!\[)|(?=\d))(?<=[^\W\d_].)")
"""A figure, or one in brackets, that hangs on a letter; figures first, which are fewer."""


def _without_figures(text: str, start: int, end: int) -> Cut:
    """The words of ``text[start:end]`` without the figures of notes that hang on them («tỉnh¹», «Sở Y tế1, …»)."""
    words = cut(text, start, end)
    if _FIGURED.search(text, start + 1, end) is None:
        return words
    spans: list[tuple[int, int]] = []
    low: list[str] = []
    done = 0
    for figure in rules("unwrap").pattern("note_figure").finditer(text, start, end):
        first, last = figure.span()
        upto = bisect_left(words.spans, (first,), done)
        spans += words.spans[done:upto]
        low += words.low[done:upto]
        if spans and spans[-1][1] > first:
            begin = spans[-1][0]
            spans[-1], low[-1] = (begin, first), low[-1][: first - begin]
        done = bisect_left(words.spans, (last,), upto)
    return Cut(spans + words.spans[done:], low + words.low[done:])


@lru_cache(maxsize=4)
def whole(text: str) -> tuple[Cut, list[int]]:
    """A whole text cut into words, and where each word starts: one pass for all who ask what words a plan has."""
    words = _without_figures(text, 0, len(text))
    return words, [a for a, _ in words.spans]


def _stretch(text: str, start: int, end: int) -> Cut:
    """Words of ``text[start:end]``; of a long text, a slice of its words where the ends cut none in two."""
    if len(text) < WHOLE or (start == 0 and end == len(text)):
        return _without_figures(text, start, end)  # nothing to share: and the words of a plan stay at hand
    (spans, low), starts = whole(text)
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    if (first and spans[first - 1][1] > start) or (last and spans[last - 1][1] > end):
        return _without_figures(text, start, end)
    return Cut(spans[first:last], low[first:last])


_BEFORE = 160
"""Characters in which a name stands before its initials."""
_UNSAID = word_class("unit_grammar", "unsaid") | {"-", ","}
"""Words of a name that its initials leave out."""


def _spelt(words: Words, i: int, letters: str) -> bool:
    """Whether the name that begins at word ``i`` has these initials, its level, place and owner apart: «Ban Thường vụ | Đảng ủy xã A»."""
    said = 0
    while said < len(letters) and i < len(words):
        if unicodedata.normalize("NFD", words.low[i])[0] == letters[said]:
            said += 1
        elif words.low[i] not in _UNSAID:
            return False
        i += 1
    return said == len(letters) and (i == len(words) or words.word(i) == "của" or words.hit(i, "level", "place", "name") is not None)


@lru_cache(maxsize=4)
def own_names(text: str) -> dict[str, Row]:
    """Bodies that a text calls by initials of its own («Ban Thường vụ Đảng ủy xã A (BTVĐU)»), by the folded initials."""
    found: dict[str, Row] = {}
    for said in rules("units").pattern("short_name").finditer(text):
        short = fold(said[1])
        known = _trie().get(short, _NO_NODE)[1]
        if short in found or not known.keys() <= {"head"} or any("c" not in row["traits"] for row in known.values()):
            continue
        line = max(text.rfind("\n", 0, said.start()) + 1, said.start() - _BEFORE)
        words = Words(text[line : said.start()])
        letters = unicodedata.normalize("NFD", short)
        letters = "".join(c for c in letters if c.isalpha())
        for i in range(len(words) - 1, -1, -1):
            hit = words.hit(i, "head", "name") if words.cap(i) else None
            if hit is None or "v" in hit[1].get("traits", "") or not _spelt(words, i, letters):
                continue
            if (other := words.hit(i, "not")) is None or other[0] < hit[0]:
                like = {key: hit[1][key] for key in ("kind", "regime", "level")}
                found[short] = {"name": said[1], "word": short, "traits": "", **like}
            break
    return found


class _Hits(dict[int, dict[str, Hit]]):
    """The longest match of each class at a word, by its index: looked up when first asked for."""

    def __init__(self, text: str, cut: Cut) -> None:
        self._text, (self._spans, self._low) = text, cut
        self._count, self._root = len(self._low), _trie()
        self._own = own_names(text) if len(text) >= WHOLE else _NO_NAMES

    def __missing__(self, i: int) -> dict[str, Hit]:
        self[i] = found = self._walk(i) if 0 <= i < self._count else _NOTHING
        return found

    def _walk(self, i: int) -> dict[str, Hit]:
        low, last = self._low, self._count
        if self._own and low[i] in self._own and self._text[slice(*self._spans[i])].isupper():
            return {"name": (i + 1, self._own[low[i]])}
        if low[i] not in self._root:
            return _NOTHING
        following, ends = self._root[low[i]]
        j, slipped = i + 1, False
        if not ends and (j >= last or low[j] not in following):
            return _NOTHING  # most words begin some entry and go on in another way
        hits: dict[str, Hit] = {}
        for kind in ends:
            hits[kind] = (j, ends[kind])
        while following and j < last:
            if low[j] not in following:
                if low[j] != "," or j - i < 4 or slipped or j + 1 >= last or low[j + 1] not in following:
                    break
                j, slipped = j + 1, True  # a comma that slipped into a name: «Đoàn Thanh niên Cộng sản, Hồ Chí Minh xã»
            (following, ends), j = following[low[j]], j + 1
            for kind in ends:
                if not slipped or kind == "name":
                    hits[kind] = (j, ends[kind])
        return hits


class Words:
    """The words of ``text[start:end]``: ``spans``, folded forms ``low`` and whether each begins with a capital."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        cut = _stretch(text, start, len(text) if end is None else end)
        self.text = text
        self.spans, self.low = cut
        self.depth = 0  # how many names are being read inside one another
        self._count = len(self.low)
        self._hits = _Hits(text, cut)

    def __len__(self) -> int:
        return self._count

    def cap(self, i: int) -> bool:
        return i < self._count and self.text[self.spans[i][0]].isupper()

    def word(self, i: int) -> str:
        """Folded word at ``i``, empty past the end."""
        return self.low[i] if 0 <= i < self._count else ""

    def at(self, i: int) -> dict[str, Hit]:
        """Longest match of each class at word ``i``."""
        return self._hits[i]

    def hit(self, i: int, *kinds: str) -> Hit | None:
        """The longest match of any of these classes at word ``i``."""
        here = self._hits[i]
        best: Hit | None = None
        for kind in kinds:
            if kind in here and (best is None or here[kind][0] > best[0]):
                best = here[kind]
        return best

    def start(self, i: int) -> int:
        return self.spans[i][0]

    def end(self, i: int) -> int:
        """Offset after word ``i - 1``: the end of a stretch of words that stops before ``i``."""
        return self.spans[i - 1][1]

    def from_offset(self, offset: int, since: int = 0) -> int:
        """The first word from ``since`` on that begins at ``offset`` of the text or behind it."""
        return bisect_left(self.spans, (offset,), since)

    def adjacent(self, i: int) -> bool:
        """True where word ``i`` follows the word before it in the same paragraph and table cell."""
        if not 0 < i < self._count:
            return False
        gap = self.text[self.spans[i - 1][1] : self.spans[i][0]]
        return gap in ("", " ") or ("\n" not in gap and "\t" not in gap)

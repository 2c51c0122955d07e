"""Repairs of what recognition confuses (QĐĐ, Ð, §, 1/I/l, ó/6), by the rules of ``ocr.toml``; the reading is kept beside each.

A repair never looks at what the document should say, only at what a number, a symbol or a label can be: by pattern, by the closed list
of symbols, by other mentions of the same number, and by the strokes in the picture for Roman figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from extractors.rulebook import Rule, lexicon, rules
from pipeline.ingest.scan_ocr import Word

Row = list[Word]  # words of one stretch of a printed line, from left to right
SURE = 90.0  # confidence from which 96 of 100 words are right
UNSURE = 80.0  # 87 to 100 % of the wrong numbers are below
_ROMAN = {1: "I", 2: "II", 3: "III"}
_PARTS = re.compile(r"[-/.\s]+")
_TRAIL = '.,;:)”"'


@dataclass(frozen=True, slots=True)
class Repairs:
    """Rules by where they apply, in file order."""

    line: tuple[Rule, ...]
    cell: tuple[Rule, ...]


@cache
def repairs() -> Repairs:
    """Rules that mend, those of whole cells apart."""
    mending = [rule for rule in rules("ocr").values() if "to" in rule.value or "map" in rule.value]
    cell = tuple(rule for rule in mending if rule.value.get("scope") == "cell")
    return Repairs(tuple(rule for rule in mending if rule not in cell), cell)


def mend_row(row: Row, stems: Mapping[int, int]) -> None:
    """Apply the rules of lines to one stretch, in place. ``stems``: upright strokes at the head of a word, by ``id``."""
    for rule in repairs().line:
        _apply(rule, row, stems)


def mend_cell(words: Row) -> None:
    """Apply the rules of whole cells; ``words`` are all words of a cell of a numbering column."""
    for rule in repairs().cell:
        _apply(rule, words, {})


def _apply(rule: Rule, row: Row, stems: Mapping[int, int]) -> None:
    text = " ".join(word.text for word in row)
    for found in reversed(list(rule.pattern.finditer(text))):
        named = "fix" in found.re.groupindex
        start, end = found.span("fix") if named else found.span()
        first, last = _covered(row, start, end)
        new = _mapped(rule, found["fix"], row[first], stems) if named else found.expand(rule.value["to"])
        offset = _offset(row, first)
        whole = " ".join(word.text for word in row[first : last + 1])
        _put(rule, row, first, last, whole[: start - offset] + new + whole[end - offset :])


def _covered(row: Row, start: int, end: int) -> tuple[int, int]:
    """First and last word that share characters ``[start, end)`` of the row's text."""
    at, covered = 0, []
    for n, word in enumerate(row):
        if at < max(end, start + 1) and at + len(word.text) > start:
            covered.append(n)
        at += len(word.text) + 1
    return (covered[0], covered[-1]) if covered else (len(row) - 1, len(row) - 1)


def _offset(row: Row, first: int) -> int:
    return sum(len(word.text) + 1 for word in row[:first])


def _mapped(rule: Rule, text: str, word: Word, stems: Mapping[int, int]) -> str:
    table: Mapping[str, str] = rule.value["map"]
    new = "".join(table.get(sign, sign) for sign in text)
    if not rule.value.get("roman") or new.endswith("V"):
        return new
    # The strokes of the picture decide between II and III; letters alone are wrong without a sign of it.
    counted = stems.get(id(word), 0)
    return _ROMAN.get(counted) or _ROMAN.get(len(new)) or "III"


def _put(rule: Rule, row: Row, first: int, last: int, new: str) -> None:
    """Give the words ``first`` to ``last`` the repaired text: one to one, else split by length, else as one."""
    old = row[first : last + 1]
    tokens = new.split()
    if not tokens or " ".join(word.text for word in old) == new:
        return
    if len(tokens) == len(old):
        for word, token in zip(old, tokens, strict=True):
            if word.text != token:
                relabel(word, token, rule.name)
    elif len(old) == 1:
        row[first : last + 1] = _parted(old[0], tokens, rule.name)
    else:
        relabel(old[0], new, rule.name, " ".join(word.raw or word.text for word in old))
        old[0].x1, old[0].confidence = old[-1].x1, min(word.confidence for word in old)
        del row[first + 1 : last + 1]


def relabel(word: Word, text: str, rule: str, raw: str | None = None) -> None:
    """Give a word a repaired text; what was read first is kept."""
    word.raw = raw or word.raw or word.text
    word.text, word.repair = text, rule if word.repair in (None, rule) else f"{word.repair}+{rule}"


def _parted(word: Word, tokens: Sequence[str], rule: str) -> list[Word]:
    """A word in whose middle a blank was missed, as several; each gets its share of the width."""
    total, left, out = sum(map(len, tokens)), word.x0, []
    for token in tokens:
        right = left + (word.x1 - word.x0) * len(token) / total
        out.append(Word(token, left, word.y0, right, word.y1, word.confidence, word.line, token, rule, word.bold))
        left = right
    out[0].raw = word.raw or word.text
    return out


@dataclass(slots=True)
class _Mention:
    """A document number in one word: figures, what stands between (year, hyphen), symbol."""

    word: Word
    digits: str
    joint: str
    symbol: str
    tail: str

    def put(self, digits: str, symbol: str, rule: str) -> None:
        relabel(self.word, digits + self.joint + symbol + self.tail, rule)
        self.digits, self.symbol = digits, symbol


_NUMBER = re.compile(
    r"(?P<digits>\d{1,5}[a-zđ]?)(?P<joint>(?:/(?:19|20)\d\d)?[-/])(?P<symbol>[A-ZĐƯÔ][\w&.]*(?:[-/][A-ZĐƯÔ][\w&.]*)*)(?P<tail>\W*)"
)


def agree(words: Iterable[Word]) -> None:
    """Mend document numbers against the list of symbols and against each other, over the whole document."""
    mentions = [_mention(word) for word in words if "/" in word.text or "-" in word.text]
    found = [mention for mention in mentions if mention is not None]
    for mention in found:
        if mention.word.confidence < SURE and not known_symbol(mention.symbol):
            symbol = _closest(mention, found)
            if symbol is not None:
                mention.put(mention.digits, symbol, "known_symbol")
    for mention in found:
        if mention.word.confidence < UNSURE:
            digits = _seen_digits(mention, found)
            if digits is not None:
                mention.put(digits, mention.symbol, "agreement")


def _mention(word: Word) -> _Mention | None:
    match = _NUMBER.fullmatch(word.text.lstrip('(“"'))
    if match is None or word.text[:1] in '(“"':
        return None
    symbol = match["symbol"].rstrip(".")
    return _Mention(word, match["digits"], match["joint"], symbol, match["symbol"][len(symbol) :] + match["tail"])


@cache
def _symbols() -> frozenset[str]:
    kinds = {row["abbr"] for row in lexicon("kinds") if row["abbr"]}
    return frozenset(kinds | {row["symbol"] for row in lexicon("symbols")})


@cache
def _confused() -> frozenset[frozenset[str]]:
    return frozenset(frozenset((row["one"], row["other"])) for row in lexicon("ocr_confusions"))


def known_symbol(symbol: str) -> bool:
    """Whether every part of a symbol stands in the closed lists (a session of the Assembly: QH15)."""
    return all(part in _symbols() or re.fullmatch(r"QH\d{1,2}|[IVX]+|\d+", part) for part in _PARTS.split(symbol) if part)


def _closest(mention: _Mention, others: Sequence[_Mention]) -> str | None:
    """The symbol meant: each unknown part as the document has it elsewhere, well read, one sign away; else the only listed one it could be
    taken for."""
    seen = {part for m in others if m is not mention and m.word.confidence >= SURE for part in _PARTS.split(m.symbol)}
    parts = re.split(r"([-/.])", mention.symbol)
    for n, part in enumerate(parts[::2]):
        if not part or part in seen or known_symbol(part):
            continue
        if len(part) == 1:
            return None  # cut at the end of its line
        meant = {other for other in seen if len(other) > 1 and Levenshtein.distance(other, part) == 1}
        meant = meant or {symbol for symbol in _symbols() if _one_confused(part, symbol)}
        if len(meant) != 1:
            return None
        parts[2 * n] = meant.pop()
    return "".join(parts)


def _one_confused(read: str, meant: str) -> bool:
    """Whether the two differ in exactly one sign that recognition confuses."""
    if len(read) != len(meant) or len(read) < 2:
        return False
    apart = [frozenset(pair) for pair in zip(read, meant, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and apart[0] in _confused()


def _seen_digits(mention: _Mention, others: Sequence[_Mention]) -> str | None:
    """Figures of a well-read mention of the same symbol that differ in one confused figure; None where there are several or none."""
    same = [m for m in others if m is not mention and m.symbol == mention.symbol and m.joint == mention.joint]
    if any(m.digits == mention.digits and m.word.confidence >= UNSURE for m in same):
        return None
    near = {m.digits for m in same if m.word.confidence >= SURE and _one_confused(mention.digits, m.digits)}
    return near.pop() if len(near) == 1 else None


def is_sure(word: Word) -> bool:
    """Whether nothing was done to a word that could change what it says."""
    return word.repair is None or all(name in _sure_rules() for name in word.repair.split("+"))


@cache
def _sure_rules() -> frozenset[str]:
    return frozenset(rule.name for rule in rules("ocr").values() if rule.value.get("sure"))

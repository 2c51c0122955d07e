"""Typed labels at the start of a paragraph: section numbers, letters and bullets (nhãn mục, dấu đầu dòng)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.alternatives import Alternatives
from extractors.rulebook import Rule, rules

BULLETS = frozenset({"dash", "plus", "dot"})
_WORD = re.compile(r"\w+")
_DASHED = re.compile(r"[-–+•](?:\s|(?=[^\W\d_]))")
LETTERS = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"]
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SMALL = {word: n for n, word in enumerate(["ii", "iii", "iv", "", "vi", "vii", "viii", "ix", "", "xi", "xii", "xiii"], 2) if word}
_COUNTED = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_ORDINALS = _SMALL | {w: n for n, w in enumerate(_COUNTED, 1)} | {"một": 1, "bốn": 4}


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` as displayed, ``style`` its class, ``path`` its values: ``("2", "1")`` of "2.1.", ``("đ",)`` of "đ)"."""

    text: str
    style: str
    path: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        return self.style not in BULLETS and self.style != ""


@cache
def _table() -> tuple[tuple[Rule, str], ...]:
    return tuple((rule, str(rule.value["style"])) for rule in rules("labels").values() if "style" in rule.value)


def dashed(text: str) -> bool:
    """A line of a cell with a bullet before it: «- Sở A», «-Sở A»."""
    return _DASHED.match(text) is not None


def roman_value(text: str) -> int | None:
    """Value of a Roman numeral in capitals, None where it is none."""
    total = 0
    for here, after in zip(text, text[1:] + " ", strict=True):
        if here not in _ROMAN:
            return None
        total += -_ROMAN[here] if after in _ROMAN and _ROMAN[after] > _ROMAN[here] else _ROMAN[here]
    return total or None


def ordinal(value: str) -> int | None:
    """Position in its series: "III" → 3, "đ" → 5, "B" → 2, "C" → 3 (no paper has a hundred parts), "12" → 12; None where it has none."""
    if value.isdigit():
        return int(value)
    if value.isupper() and value not in {"C", "L"} and (found := roman_value(value)):
        return found
    lowered = value.lower()
    if lowered in _ORDINALS:
        return _ORDINALS[lowered]
    return LETTERS.index(lowered) + 1 if lowered in LETTERS else None


def _path(text: str, style: str) -> tuple[str, ...]:
    if style in BULLETS:
        return ()
    if style == "dotted":
        return tuple(_WORD.findall(text))
    words = _WORD.findall(text)
    if style == "task":
        return (words[-1],)
    if style in {"annex", "part", "chapter", "subsection", "article"}:
        tail = [w for w in words[1:] if w.lower() not in {"thứ", "số", "lục"}]
        return (tail[0],) if tail else ()
    return (words[0],) if words else ()


@lru_cache(maxsize=1024)
def parse(label: str) -> Label:
    """The label a reader displays, as its class; style "" where it is none of ours (then it counts as a bullet)."""
    text = label.strip()
    for rule, style in _table():
        found = rule.pattern.match(text + " x" if style in BULLETS else text)
        if found:
            return Label(text, style, _path(text, style))
    return Label(text, "dot" if text else "", ())


@cache
def _grammar() -> Alternatives:
    return Alternatives(rule for rule, _ in _table())


def find(text: str) -> tuple[Label, int] | None:
    """Label typed at the start of ``text`` and the offset where the words begin; None without label."""
    if not rules("labels").pattern("candidate").match(text):
        return None  # a cheap look at the first characters decides whether the label grammar runs at all
    told = _grammar().match(text)
    if told is None:
        return None
    rule, found = told
    written, style = found.group(), str(rule.value["style"])
    shown = written.split()[-1][-1] if style == "plus" and rule.name == "double" else written.strip()
    end = found.end()
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    return Label(shown, style, _path(written, style)), end

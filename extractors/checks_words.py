"""Checks of words: spelling, tone placement, abbreviations (chính tả, dấu thanh, chữ viết tắt)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

import regex

from extractors.casing import is_caps
from extractors.checks import Check, finding
from extractors.plan import Plan
from extractors.remembered import Remembered
from extractors.rulebook import alternation, lexicon, rules
from extractors.signs import starts
from schemas.record import Finding

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE = re.compile(r"(?<![^\W_])[^\W\d_]{2,7}(?![^\W_])")
_RUN = re.compile(r"[^\W_]+")
_CAPS_WORD = re.compile(r"[A-ZĐƯÂÊÔƠĂ](?<![\w/.&-].)[A-ZĐƯÂÊÔƠĂ]{1,9}(?:&[A-ZĐ]{2,6})?(?![\w/&-])")
"""What stands before the word is asked behind its first letter: the search then goes from capital to capital."""
_ROMAN = re.compile(r"[IVXLC]+")
_BARE_ALIAS = re.compile(r"\(([A-ZĐƯ][A-ZĐƯ&]{1,9})\)")


@cache
def _typos() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = {row["wrong"]: row["right"] for row in lexicon("typos")}
    return re.compile(r"(?<!\w)" + alternation(list(rows)) + r"(?!\w)", re.I), rows


@cache
def _runs_of_typos() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Slips with their runs of letters, and all those runs: only slips whose runs a text has all are looked for in it."""
    runs = {wrong: frozenset(_RUN.findall(wrong)) for wrong in _typos()[1]}
    return runs, frozenset().union(*runs.values())


def _signs(written: str) -> tuple[tuple[str, str], ...]:
    """Which checks of words the words between two blanks are of interest to; a plan says the words of other plans."""
    book, slips = rules("checks"), _runs_of_typos()[1]
    out: list[tuple[str, str]] = []
    for word in _RUN.findall(written):
        out += [(name, word) for name in ("tone_first", "tone_last") if book.pattern(name).fullmatch(word)]
        out += [("slip", word)] if word.lower() in slips else []
        out += [("impossible", word)] if impossible(word) else []
    return tuple(out)


_known_signs = Remembered(_signs)


@lru_cache(maxsize=4)
def _marked(text: str) -> dict[str, set[str]]:
    """Words of a text by sign; what stands between blanks is looked at once."""
    out: dict[str, set[str]] = {"tone_first": set(), "tone_last": set(), "slip": set(), "impossible": set()}
    for signs in filter(None, map(_known_signs.__getitem__, set(text.split()))):
        for sign, word in signs:
            out[sign].add(word)
    return out


def _places(pattern: Any, text: str, words: Iterable[str], within: str | None = None) -> Iterator[Any]:
    """Matches of ``pattern`` in ``text`` that begin where one of ``words`` stands, in order, not overlapping. ``within``: the text
    to look the words up in, as long as ``text``."""
    after = 0
    for at in starts(text if within is None else within, words):
        found = pattern.match(text, at) if at >= after else None
        if found:
            after = found.end()
            yield found


def _typed(text: str) -> list[re.Match[str]]:
    """Slips of the lexicon in the order of the text."""
    pattern = _typos()[0]
    low = text.lower()
    if len(low) != len(text):
        return list(pattern.finditer(text))
    have = {word.lower() for word in _marked(text)["slip"]}
    return list(_places(pattern, text, [wrong for wrong, runs in _runs_of_typos()[0].items() if runs <= have and wrong in low], low))


def _in_words(name: str, text: str) -> list[regex.Match[str]]:
    """What ``finditer`` gives for a rule that matches whole words and looks at nothing beside them."""
    return list(_places(rules("checks").pattern(name), text, _marked(text)[name]))


def typo_lexicon(plan: Plan) -> Iterator[Finding]:
    """TYPO-LEXICON: slips of the lexicon, and syllables that Vietnamese cannot have ("rãc": a stop with a falling tone)."""
    right = _typos()[1]
    spans = []
    for found in _typed(plan.text):
        spans.append(found.span())
        good = right[found.group().lower()]
        yield finding(plan, "TYPO-LEXICON", found.start(), found.end(), f"“{found.group()}”: có lẽ là “{good}”. Sửa chính tả.")
    for word in _places(_SYLLABLE, plan.text, _marked(plan.text)["impossible"]):
        if not any(a <= word.start() < b for a, b in spans):
            message = f"“{word.group()}” không phải âm tiết tiếng Việt: vần tận cùng c, ch, p, t chỉ mang dấu sắc hoặc nặng. Sửa chính tả."
            yield finding(plan, "TYPO-LEXICON", word.start(), word.end(), message, confidence=0.9)


def impossible(syllable: str) -> bool:
    """A small-letter syllable with Vietnamese marks that ends in c, ch, p or t and carries no or a wrong tone."""
    if syllable.isascii() or not syllable.islower() or not syllable.endswith(("c", "p", "t", "ch")):
        return False
    marks = unicodedata.normalize("NFD", syllable)
    tones = [c for c in marks if c in _TONES]
    if set(marks) - _TONES - set("abcdeghiklmnopqrstuvxyđ\u0302\u0306\u031b"):
        return False
    return not tones or tones[0] not in "\u0301\u0323" or len(tones) > 1


def ortho_tone(plan: Plan) -> Iterator[Finding]:
    """ORTHO-TONE, once: "uỷ" beside "ủy"; the rarer way is marked at its first place."""
    old = _in_words("tone_first", plan.text)
    new = _in_words("tone_last", plan.text)
    if not old or not new:
        return
    rare, usual = (new, old) if len(new) <= len(old) else (old, new)
    words = ", ".join(w for w, _ in Counter(m.group().lower() for m in rare).most_common(3))
    message = f"Dấu thanh đặt hai kiểu: {len(rare)} chỗ ({words}) khác {len(usual)} chỗ (như “{usual[0].group()}”). Thống nhất một kiểu."
    yield finding(plan, "ORTHO-TONE", rare[0].start(), rare[0].end(), message)


@lru_cache(maxsize=4)
def _introduced(text: str) -> tuple[tuple[tuple[str, tuple[int, int]], ...], tuple[tuple[str, tuple[int, int]], ...]]:
    """Short forms that a text introduces, in words («sau đây gọi là …») and bare («(PCTN)»), with their places."""
    told = [(" ".join(m["alias"].split()).strip("“”\"' "), m.span()) for m in rules("identity").pattern("alias").finditer(text)]
    bare = [(m[1], m.span()) for m in _BARE_ALIAS.finditer(text) if not _ROMAN.fullmatch(m[1])]
    return tuple(one for one in told if not re.search(r"\d", one[0])), tuple(bare)


def _aliases(plan: Plan) -> dict[str, tuple[int, int]]:
    """Short forms this text introduces, with the place of the definition."""
    out: dict[str, tuple[int, int]] = {}
    told, bare = _introduced(plan.text)
    for alias, span in told:
        out.setdefault(alias, span)
    for alias, span in bare:
        if plan.zone_at(span[0]) not in ("recipients", "signature", "header"):
            out.setdefault(alias, span)
    return out


def alias_unused(plan: Plan) -> Iterator[Finding]:
    """ALIAS-UNUSED: introduced, then never used."""
    for alias, (start, end) in _aliases(plan).items():
        if len(alias) < 2 or len(alias.split()) > 8:
            continue
        again = re.compile(r"(?<!\w)" + re.escape(alias) + r"(?!\w)", 0 if alias.isupper() else re.I)
        if not again.search(plan.text, end):
            yield finding(plan, "ALIAS-UNUSED", start, end, f"Đặt tên tắt “{alias}” nhưng sau đó không dùng. Bỏ phần đặt tên tắt.")


def alias_undefined(plan: Plan) -> Iterator[Finding]:
    """ALIAS-UNDEFINED: capitals in running text that this text never spells out; each at its first place."""
    known = {w.upper() for alias in (*_aliases(plan), *plan.document.abbreviations) for w in (alias, *alias.split())}
    spans = [(c.start, c.end) for c in plan.citations if c.form != "self"]
    seen: set[str] = set()
    ordinary = rules("checks").pattern("known_capitals")
    for found in _CAPS_WORD.finditer(plan.text):
        word = found.group()
        parts = word.split("&") if "&" in word else []
        if len(parts) > 1 and all(len(p) > 1 and (p in seen or p in known or ordinary.match(p)) for p in parts):
            continue
        if word in seen or word in known or ordinary.match(word) or _ROMAN.fullmatch(word) or _shouting(plan, found):
            continue
        index = plan.paragraph_at(found.start())
        paragraph = plan.paragraphs[index]
        if plan.zones[index] in ("header", "title", "recipients", "signature") or is_caps(plan.words(paragraph)):
            continue
        if found.start() < paragraph.body or any(a <= found.start() < b for a, b in spans):
            continue
        seen.add(word)
        yield finding(plan, "ALIAS-UNDEFINED", found.start(), found.end(), f"Chữ tắt “{word}” chưa được giải thích. Viết đủ ở lần đầu.")


def _shouting(plan: Plan, found: re.Match[str]) -> bool:
    """A word inside a run of capitals ("KẾ HOẠCH", a heading in a cell) is no abbreviation."""
    around = plan.text[max(0, found.start() - 12) : found.start()].split()[-1:] + plan.text[found.end() : found.end() + 12].split()[:1]
    return any(w.isupper() and len(w) > 1 and not w.strip(".,;:()").isdigit() for w in around)


def alias_overload(plan: Plan) -> Iterator[Finding]:
    """ALIAS-OVERLOAD: a common noun made a short form."""
    for alias, (start, end) in _aliases(plan).items():
        if rules("checks").pattern("common_noun").match(alias):
            message = f"Tên tắt “{alias}” trùng từ thông dụng, các chỗ khác sẽ hiểu hai nghĩa. Chọn tên tắt riêng."
            yield finding(plan, "ALIAS-OVERLOAD", start, end, message)


CHECKS: tuple[Check, ...] = (typo_lexicon, ortho_tone, alias_unused, alias_undefined, alias_overload)

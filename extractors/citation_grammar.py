"""The parts of a citation around a number: kind before it, number itself, date and issuer after it.

Each function looks at a short stretch around an offset, so the cost of a text follows its hits. Patterns stand in
``rules/citations.toml``, kinds in ``lexicons/kinds.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

from extractors.casing import proper
from extractors.citation_initials import spelled_by
from extractors.citation_issuers import is_head, issuer_at, issuer_name, joint_end
from extractors.keys import Key, fold, kind_table, known_symbols, normal_key
from extractors.rulebook import lexicon, standard

_BLANK_BEFORE = re.compile(r"[/…_.]\s{0,3}$")
_KIND_LETTERS = re.compile(r"\d+[a-zđ]?(?:/\d{4})?[-/](?P<kind>[A-ZĐ]{2,4})(?=[-/])")
RUN = re.compile(r"[^\W_]+")
_DIGITS = "0123456789"
_WHITE = " \t\n\xa0"


pattern = partial(standard, "citations")
"""A pattern of ``rules/citations.toml``, all of them compiled with the standard engine."""


@dataclass(slots=True)
class Number:
    """A number as it stands: ``raw = text[start:end]``."""

    start: int
    end: int
    raw: str
    sure: bool  # its form alone says that it is a document number


@dataclass(slots=True)
class Tail:
    """What follows a number: ``issued_on`` ISO or None, ``issuer`` as written or None, ``end`` of the last of them."""

    end: int
    issued_on: str | None = None
    issuer: str | None = None
    bad_date: bool = False


def number_at(text: str, slash: int) -> Number | None:
    """The document number that has its first slash at ``slash``; None for dates, fractions, alternatives, blank numbers."""
    right = pattern("number_right").match(text, slash + 1)
    if not right:
        return None
    window = text[max(0, slash - 16) : slash]
    base = max(0, slash - 16)
    last = window.rstrip()[-2:]  # a digit, or a digit and a letter, before it: of the State; letters of a kind: of the Party
    left = pattern("number_left").search(window) if last[:1].isdigit() or last[-1:].isdigit() else None
    party = None if left or not last[-1:].isalpha() else pattern("number_left_party").search(window)
    found = left or party
    if not found:
        return None
    start = base + found.start()
    if _BLANK_BEFORE.search(text[max(0, start - 4) : start]):
        return None
    end = right.end()
    symbol = right["symbol"]
    if party:
        cut = _party_end(text, start, right, party["kind"])
        if cut is None:
            return None
        end = cut
    elif len(symbol) < 2 or (symbol.islower() and right["year"] is None and "-" not in symbol):
        return None
    raw = text[start:end]
    return Number(start, end, raw, _is_sure(raw, bool(party), right["year"] is not None))


def _named_number(text: str, at: int) -> bool:
    """A kind word and "số" stand before: what follows is a number, whatever its letters."""
    return kind_before(text, at).kind is not None and _SO.search(text[max(0, at - 8) : at]) is not None


def _party_end(text: str, start: int, right: re.Match[str], kind: str) -> int | None:
    """The issuer of a party number takes no spaced hyphen; the kind must be one of the list, or the number at ``start`` be named as
    one and lead to a known issuer ("Nghị quyết số 12-QN/TW")."""
    if right["year"] or (kind.upper() not in kind_table() and not (kind.isupper() and _mistyped(text, start, right, kind))):
        return None
    spaced = re.search(r"\s+[-–]|[-–]\s", right["symbol"])
    return right.start("symbol") + spaced.start() if spaced else right.end()


def _mistyped(text: str, start: int, right: re.Match[str], kind: str) -> bool:
    return normal_key(f"1-{kind}/{right['symbol']}").issuer_symbol in known_symbols() and _named_number(text, start)


def _is_sure(raw: str, party: bool, year: bool) -> bool:
    key = normal_key(raw)
    if key.kind_abbr and (party or year or key.issuer_symbol):
        return True
    if year:
        return key.symbol[5:].startswith(("QH", "UBTVQH"))
    return "-" in key.symbol and len(key.issuer_symbol) >= 2 and key.issuer_symbol[:2].isupper() and not raw[-1].islower()


@cache
def _kind_words() -> tuple[dict[str, str], re.Pattern[str]]:
    """Kinds by their small letters, and the pattern that finds one at the end of a stretch."""
    words = {row["kind"].lower(): row["kind"] for row in lexicon("kinds")}
    words |= {k.replace("quy ", "qui "): v for k, v in words.items() if k.startswith("quy ")}
    abbrs = {row["abbr"] for row in lexicon("kinds") if row["abbr"]} | {"CV"}
    names = sorted(words, key=lambda w: (-len(w), w))
    spaced = "|".join(r"\s{1,2}".join(re.escape(s) for s in name.split()) for name in names)
    short = "|".join(sorted(map(re.escape, abbrs), key=lambda w: (-len(w), w)))
    mixed = rf"(?<![^\W_])(?P<kind>(?i:{spaced})|(?-i:{short}))"
    return words, re.compile(mixed + r"(?:\s(?:h[ỏo][ảa]\stốc|mật|khẩn|thượng khẩn|liên ngành|liên tịch|cá biệt))?" + pattern("so").pattern)


@cache
def kind_firsts() -> frozenset[str]:
    """Small first syllables of all kinds: the long pattern is tried where one stands, or one that «số» was glued to."""
    words, _ = _kind_words()
    return frozenset(RUN.findall(kind)[0].lower() for kind in (*words, *(row["abbr"] for row in lexicon("kinds") if row["abbr"]), "CV"))


@dataclass(slots=True)
class Head:
    """The kind word before a number; ``kind`` None where there is none. ``cue`` is true with a kind or "số"."""

    start: int
    kind: str | None
    cue: bool


_SO = re.compile(r"(?:[Ss]ố|SỐ)\s{0,2}:?\s{0,3}$")


@cache
def _kinds_by_end() -> dict[str, tuple[str, ...]]:
    """Kinds in small letters by their last syllable; left out are those that a longer kind ends with («Thông báo kết luận»)."""
    kinds = _kind_words()[0]
    whole = [kind for kind in kinds if not any(other.endswith(" " + kind) for other in kinds)]
    return {last: tuple(k for k in whole if k.split()[-1] == last) for last in {kind.split()[-1] for kind in whole}}


def _plain_kind(window: str) -> int | None:
    """Where «Quyết định số » begins that ends ``window``, with one blank each, as most numbers have it; None where the pattern must
    read what stands there."""
    if not window.endswith((" số ", " Số ")):
        return None
    low = window[:-4].lower()
    for kind in _kinds_by_end().get(low[low.rfind(" ") + 1 :], ()):
        start = len(window) - 4 - len(kind)
        if low.endswith(kind) and not (start and window[start - 1].isalnum()):
            return start
    return None


def _any_kind(window: str) -> re.Match[str] | None:
    """The kind, with «số» or without, that ends ``window``, as the pattern reads it."""
    firsts, kinds = kind_firsts(), _kind_words()[1]
    for word in RUN.finditer(window):
        first = word.group().lower()
        if (first in firsts or first.endswith("số")) and (found := kinds.match(window, word.start())):
            return found
    return None


def kind_before(text: str, at: int) -> Head:
    """The kind word whose number begins at ``at``."""
    base = max(0, at - 40)
    window = text[base:at]
    if (start := _plain_kind(window)) is not None:
        return Head(base + start, window[start:-4], True)
    if found := _any_kind(window):
        return Head(base + found.start("kind"), " ".join(found["kind"].split()), True)
    return Head(at, None, bool(_SO.search(window)))


_UNLETTERED = [row["word"] for row in lexicon("citation_grammar") if row["class"] == "unlettered"]
"""What a number without kind letters may be called, in the order in which it is tried («Văn bản hướng dẫn» is a Văn bản)."""


def kind_with_subject(text: str, at: int, abbr: str | None) -> Head | None:
    """ "Kế hoạch phát triển nhà trường số |12/KH-THPT": the kind that the number's letters confirm, its subject before "số"."""
    base = max(0, at - 70)
    window = text[base:at]
    named = sorted({row["kind"] for row in lexicon("kinds") if abbr and row["abbr"] == abbr}, key=lambda k: (-len(k), k))
    for kind in named or _UNLETTERED:
        for name in (kind, kind.lower()):
            place = window.rfind(name)
            whole = place >= 0 and (place == 0 or not window[place - 1].isalnum())
            if whole and pattern("kind_with_subject").match(window[place + len(name) :]):
                return Head(base + place, kind, True)
    return None


def is_form_number(text: str, at: int) -> bool:
    """The number of a form ("Mẫu số 02/BC-NV"), no document's."""
    return pattern("form_number").search(text[max(0, at - 90) : at]) is not None


def issuer_before(text: str, at: int) -> tuple[Head, str] | None:
    """ "Công văn của Bộ Nội vụ số |12/BNV-TL": kind and issuer where the issuer stands before the number."""
    base = max(0, at - 110)
    so = _SO.search(text[base:at])
    if so is None:
        return None
    close = base + so.start()
    for of in reversed(list(pattern("kind_of_issuer").finditer(text, base, close))):
        end = issuer_at(text, of.end())
        end = joint_end(text, end) if end is not None and of["among"] else end
        head = kind_before(text, of.start())
        if end is not None and head.kind and not text[end:close].strip(" ,:"):
            return Head(head.start, head.kind, True), issuer_name(text, of.end(), end)
    return None


def _iso(found: re.Match[str]) -> tuple[str | None, bool]:
    day, month, year = (found["d"] or found["d2"]), (found["m"] or found["m2"]), (found["y"] or found["y2"])
    if not day:
        return None, False
    try:
        return date(int(year), int(month), int(day)).isoformat(), False
    except ValueError:
        return None, True


def tail_after(text: str, at: int, others: int = 0) -> Tail:
    """Date and issuer directly after a number or a law's name, in either order; ``others``: so many more issuers may follow."""
    tail = Tail(at)
    _date(text, tail)
    of = pattern("of").match(text, tail.end) or pattern("conference").match(text, tail.end)
    if of:
        end = issuer_at(text, of.end())
        if end is not None:
            end = joint_end(text, end, others) if others else end
            name = issuer_name(text, of.end(), end)
            tail.issuer, tail.end = proper(name) if of.group().strip(" ,\n") == "CỦA" else name, end
            if tail.issued_on is None and not tail.bad_date:
                _date(text, tail)
    elif (among := pattern("between_bodies").match(text, tail.end)) and (first := issuer_at(text, among.end())) is not None:
        if (end := joint_end(text, first)) > first:
            tail.issuer, tail.end = issuer_name(text, among.end(), end), end
    elif tail.issued_on and text[tail.end : tail.end + 1] == " " and is_head(text, tail.end + 1):
        end = issuer_at(text, tail.end + 1)
        if end is not None and pattern("after_bare_issuer").match(text, end):
            tail.issuer, tail.end = issuer_name(text, tail.end + 1, end), end
    return tail


def _date(text: str, tail: Tail) -> None:
    if text[tail.end : tail.end + 1] not in _WHITE and text[tail.end : tail.end + 1] not in ",nN":
        return
    if found := pattern("date_after").match(text, tail.end):
        tail.issued_on, tail.bad_date = _iso(found)
        tail.end = found.end()


def shared_before(text: str, at: int) -> list[tuple[int, int]]:
    """Spans of bare numbers before ``at`` that share its symbol: "số 12, 13 và |14/QĐ-UBND"."""
    base = max(0, at - 90)
    found = pattern("shared_numbers").search(text[base:at])
    if not found:
        return []
    offset = base + found.start("list")
    return [(offset + m.start(), offset + m.end()) for m in re.finditer(r"\d{1,5}", found["list"])]


def corrected_symbol(raw: str, issuer: str | None, kind: str | None = None) -> str | None:
    """The key with its issuer symbol corrected, where the symbol is unknown, one letter away from a known one, and the issuer
    named in the text confirms it ("29/QĐ-TTTP … của Tổng Thanh tra Chính phủ" → 29/QĐ-TTCP; "Chỉ thị số 27/CTTg" → 27/CT-TTg)."""
    key = normal_key(raw)
    if not issuer or not key.issuer_symbol or key.issuer_symbol.rstrip(_DIGITS) in known_symbols():  # «HĐND7»: of the 7th term
        return None
    if spelled_by(key.issuer_symbol.rstrip(_DIGITS), issuer):  # «TTT» of «Chánh Thanh tra tỉnh»: organs write letters that no list has
        return None
    named = issuer.casefold()
    letters = "" if key.kind_abbr else next((row["abbr"] for row in lexicon("kinds") if kind and fold(row["kind"]) == fold(kind)), "")
    for good, names, run_in in _meant(key.symbol, key.issuer_symbol, letters):
        if any(name in named for name in names):
            head, _, tail = key.key.rpartition(key.issuer_symbol)
            return f"{key.number}/{letters}-{good}" if run_in else head + good + tail
    return None


@lru_cache(maxsize=1024)
def _meant(symbol: str, issuer_symbol: str, letters: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Known symbols that an unknown one may be meant for, with the names of their issuers and whether the kind's letters and the
    dash ran in. An office writes its symbol on all it issues."""
    out: list[tuple[str, tuple[str, ...], bool]] = []
    for row in lexicon("symbols"):
        good, names = row["symbol"], tuple(row["names"].casefold().split("|"))
        if letters and symbol != good and _one_apart(symbol, letters + good):
            out.append((good, names, True))
        if good[1:] == issuer_symbol:  # a body's letters without the one of its level, as letters often have them
            break
        if _one_apart(issuer_symbol, good):
            out.append((good, names, False))
    return tuple(out)


def spelled_kind(kind: str | None, key: Key) -> str | None:
    """The kind as the lexicon writes it, whatever its case; its letters («NĐ 12/2025/NĐ-CP») in words, by the number's regime."""
    if not kind or (listed := _kind_words()[0].get(kind.lower())):
        return listed if kind else None
    regime = "norm" if key.year is not None else key.regime
    rows = [r for r in lexicon("kinds") if r["abbr"] == kind]
    fitting = [r["kind"] for r in rows if r["regime"] == regime] or [r["kind"] for r in rows]
    return fitting[0] if fitting else kind


def corrected_kind(raw: str, kind: str | None) -> str | None:
    """The key with its kind letters put in order, where no kind has them and the kind word has the same ones ("Nghị quyết số
    12-QN/TW" → 12-NQ/TW)."""
    if not kind:
        return None
    found = _KIND_LETTERS.match(raw)
    if not found or found["kind"].upper() in kind_table():
        return None
    fitting = {row["abbr"] for row in lexicon("kinds") if fold(row["kind"]) == fold(kind) and sorted(row["abbr"]) == sorted(found["kind"])}
    if len(fitting) != 1:
        return None
    key = normal_key(raw[: found.start("kind")] + fitting.pop() + raw[found.end("kind") :])
    return key.key if key.issuer_symbol in known_symbols() else None


def is_slip_of(wrong: Key, good: Key) -> bool:
    """Same number and kind, and either an unknown issuer symbol one letter off a known one, the parts of the issuer exchanged
    ("16/KH-BTT-MTTQ"), or the same issuer with the separators of the other regime ("33-KH/UBND" beside 33/KH-UBND)."""
    if wrong.kind_abbr != good.kind_abbr or wrong.year != good.year:
        return False
    known = known_symbols()
    if wrong.issuer_symbol != good.issuer_symbol:
        if _exchanged(wrong, good):
            return True
        if wrong.issuer_symbol in known or wrong.issuer_symbol == good.issuer_symbol[1:]:
            return False
        return good.issuer_symbol in known and _one_apart(wrong.issuer_symbol, good.issuer_symbol)
    native = next((row["regime"] for row in lexicon("symbols") if row["symbol"] == good.issuer_symbol), "")
    return wrong.regime != good.regime and native == good.regime


def _exchanged(wrong: Key, good: Key) -> bool:
    """The same parts in another order, of which only the right one begins with a body that is known."""
    if good.issuer_symbol not in known_symbols() or wrong.issuer_symbol in known_symbols():
        return False
    return sorted(wrong.symbol.split("-")) == sorted(good.symbol.split("-"))


def _one_apart(left: str, right: str) -> bool:
    """One letter replaced, dropped, added, or two neighbours exchanged; symbols of three letters and more."""
    if min(len(left), len(right)) < 3 or abs(len(left) - len(right)) > 1 or left == right:
        return False
    if len(left) == len(right):
        apart = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and left[apart[0]] == right[apart[1]] and left[apart[1]] == right[apart[0]]
        return len(apart) == 1 or swapped
    short, long = sorted((left, right), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))

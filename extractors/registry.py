"""The dated registry of bodies (danh mục cơ quan): from a name as written to an identity, at a date, seen from an issuer.

Data: ``lexicons/bodies.csv`` (one line per body and period), ``lexicons/places.csv``. A body without a place stands for every
province, district, commune or agency of its level; the place is read from the name or from the issuer. Source: domain.md 1.6, 6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.rulebook import Row, lexicon, word_class
from extractors.unit_np import parse_one
from extractors.unit_qualifiers import Np
from extractors.unit_words import Words, fold, key_of

_DEICTIC_HEADS = word_class("unit_grammar", "deictic-head")
_LEVELS = {row["word"]: row["level"] for row in lexicon("place_words") if row["class"] in ("place", "rank")}
_MAIN = {row["level"]: row["word"] for row in lexicon("place_words") if row["main"] == "1"}
"""The common word of a level: «xã» for phường, thị trấn, đặc khu."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a name resolves to. ``body``: id in the registry (None where only the kind is known); ``how``: ``name``, ``level``,
    ``deictic``, ``kind``; ``candidates``: all ids that the name may stand for, at any date, in registry order; ``place``: id of the
    province the name or its issuer gives."""

    body: str | None
    name: str
    kind: str
    regime: str
    level: str
    how: str
    candidates: tuple[str, ...] = ()
    place: str | None = None


@cache
def _by_name() -> dict[tuple[str, ...], tuple[Row, ...]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in lexicon("bodies"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            rows = found.setdefault(key_of(name), [])
            if row not in rows:
                rows.append(row)
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _by_id() -> dict[str, Row]:
    return {row["id"]: row for row in lexicon("bodies")}


@cache
def _places() -> dict[tuple[str, ...], tuple[Row, ...]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in lexicon("places"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.setdefault(key_of(name), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _abbreviations() -> dict[str, str]:
    return {row["word"]: row["full"] for row in lexicon("body_kinds") if row["full"]}


_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITALS = regex.compile(r"(?:(?!\p{Ll})[^\W\d_]){2}")
"""Two letters side by side that are not small: without them there is no abbreviation."""


def spell_out(name: str, own: Mapping[str, str] | None = None) -> str:
    """``name`` with abbreviations in capitals spelt out («UBND các xã» → «Ủy ban nhân dân các xã»): those every office uses, and
    those the text introduces (``own``: folded short form → long form)."""

    if not _CAPITALS.search(name):
        return name

    def full(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < 2 or not word.isupper():
            return word
        known = (own or {}).get(fold(word)) or _abbreviations().get(fold(word))
        return known[0].upper() + known[1:] if known else word

    return _LETTERS.sub(full, name)


def valid(row: Row, on: str | None) -> bool:
    """Whether a registry line holds on the ISO date ``on``; without a date it is taken to."""
    return on is None or ((not row["valid_from"] or row["valid_from"] <= on) and (not row["valid_to"] or on <= row["valid_to"]))


@cache
def _place_words() -> frozenset[str]:
    """First words of places: few words of a name are one, and only there a place is looked for."""
    return frozenset(key[0] for key in _places())


@lru_cache(maxsize=4096)
def place_of(name: str, on: str | None = None) -> str | None:
    """Id of the province or city named in ``name`` at that date, the longest name first."""
    words = key_of(name)
    first = _place_words()
    begins = [i for i, word in enumerate(words) if word in first]
    if not begins:
        return None
    places = _places()
    for size in range(min(6, len(words)), 0, -1):
        for i in begins:
            rows = places.get(words[i : i + size], ()) if i + size <= len(words) else ()
            fitting = [row for row in rows if valid(row, on)] or list(rows)
            if fitting and _capitalised(name, fitting[0]):
                return fitting[0]["id"]
    return None


def _capitalised(name: str, row: Row) -> bool:
    """The place stands in the name with its capital («Hà Giang», not «hòa bình»), unless the whole name is in capitals."""
    at = fold(name).find(fold(row["name"]))
    return at < 0 or name[at].isupper()


_DETERMINERS = re.compile(r"^(?:các|những|mọi)\s+")
_LAST_LEVEL = re.compile(r"\s+(?:thành phố|tỉnh)$")
_SIBLINGS = tuple(
    (row["word"], re.compile(rf"\b{re.escape(row['word'])}(?!\w)"), _MAIN[row["level"]])
    for row in lexicon("place_words")
    if row["class"] in ("place", "short") and row["main"] == "0"
)
_LEVEL_WORD = _MAIN | {"agency": _MAIN["province"]}


@lru_cache(maxsize=4096)
def _keys(name: str, level: str = "province") -> tuple[tuple[str, ...], ...]:
    """Keys to try for a name: as written, without its place, with the sibling level word («thành phố» for «tỉnh»), with the
    level of the issuer («Công an» in a plan of a commune is «Công an xã»)."""
    folded = _DETERMINERS.sub("", fold(name).strip())
    out = [key_of(folded)]
    bare = _without_place(name)
    if bare != folded:
        out.append(key_of(bare))
        out.append(key_of(_LAST_LEVEL.sub("", bare)))
    for one, whole, other in _SIBLINGS:
        if one in bare and whole.search(bare):
            out.append(key_of(whole.sub(other, bare)))
    for key in list(out):
        if key and key[-1] not in _MAIN.values() and level in _LEVEL_WORD:
            out.append((*key, _LEVEL_WORD[level]))
    return tuple(key for key in dict.fromkeys(out) if key)


def _without_place(name: str) -> str:
    folded = fold(name).strip()
    words = Words(name)
    for i in range(1, len(words)):
        if not words.cap(i):
            continue
        hit = words.hit(i, "place")
        if hit:
            start, end = words.start(i), words.end(hit[0])
            return fold(name[:start] + name[end:]).strip()
        level = words.word(i - 1) in word_class("unit_grammar", "place-follows")
        if level and not words.hit(i, "name", "head", "role", "tail"):
            return fold(name[: words.start(i)]).strip()
    return folded


@lru_cache(maxsize=4096)
def resolve(name: str, *, on: str | None = None, issuer: str | None = None) -> Match | None:
    """The body that ``name`` stands for in a document of ``issuer`` dated ``on`` (ISO); None where it names no body.

    A name that survives a reform resolves to the body of the date; without a date, to the newest line, with all candidates.
    «Sở», «Đảng ủy», «Tỉnh ủy» and the like resolve to the issuer where the issuer is one.
    """
    deictic = deictic_of(name, on=on, issuer=issuer)
    if deictic:
        return deictic
    place = _place(name, on, issuer)
    own = resolve(issuer, on=on) if issuer and issuer != name else None
    for n, key in enumerate(_keys(name, own.level if own and own.level else "province")):
        rows = _by_name().get(key)
        if rows:
            return _match(rows, on, "name" if n == 0 else "level", place, name)
    return _kind_only(name, place)


def _match(rows: tuple[Row, ...], on: str | None, how: str, place: str | None, name: str) -> Match:
    fitting = [row for row in rows if valid(row, on)]
    row = (fitting or list(rows))[-1]
    body = row["id"] if fitting else None
    return Match(body, row["name"], row["kind"], row["regime"], row["level"], how, tuple(r["id"] for r in rows), place)


def _place(name: str, on: str | None, issuer: str | None) -> str | None:
    return place_of(name, on) or (place_of(issuer, on) if issuer else None)


def deictic_of(name: str, *, on: str | None = None, issuer: str | None = None) -> Match | None:
    """«Sở» in a plan of a Sở is that Sở; «cơ quan, đơn vị mình» stays with the bearer and is not resolved here."""
    key = key_of(name)
    if issuer is None or " ".join(key) not in _DEICTIC_HEADS:
        return None
    own = key_of(issuer)
    if key == own or (own[: len(key)] != key and not (key[-1] == "trường" and own[0] == "trường")):
        return None
    found = resolve(issuer, on=on)
    if found is None:
        return None
    place = _place(name, on, issuer)
    return Match(found.body, issuer, found.kind, found.regime, found.level, "deictic", found.candidates, place)


def _kind_only(name: str, place: str | None) -> Match | None:
    """Kind, regime and level by grammar where the registry has no line: «Trường THPT Nguyễn Huệ», «Đảng ủy xã Tân Phú»."""
    said = _said(name)
    return Match(None, name, *said, "kind", (), place) if said else None


@lru_cache(maxsize=4096)
def _said(name: str) -> tuple[str, str, str] | None:
    """Kind, regime and level that the grammar reads in a name, whatever the document; None where it reads no body."""
    words = Words(name)
    np = parse_one(words, 0, inside=True)
    if np is None or np.cls not in ("head", "name") or np.last < min(len(words), 1):
        return None
    row = np.row
    return row.get("kind", "collective"), row.get("regime", ""), level_of(words, np) or row.get("level", "")


def level_of(words: Words, np: Np) -> str:
    """Level said inside the name: the last level word («… các xã, phường» → commune), ``agency`` for «… Sở», «… Bộ»."""
    found = ""
    for i in range(np.first + 1, np.last):
        for size in (2, 1):
            level = _LEVELS.get(" ".join(words.low[i : i + size]))
            if level and i + size <= np.last:
                found = level
                break
    if not found and words.low[np.last - 1] in ("sở", "bộ", "ủy") and np.last - np.first > 1 and not np.determiner:
        found = {"sở": "agency", "bộ": "agency"}.get(words.low[np.last - 1], "")
        if words.low[np.last - 2 : np.last] in (["tỉnh", "ủy"], ["thành", "ủy"]):
            found = "province"
    return found


def existed(name: str, on: str) -> bool | None:
    """Whether the registry knows a body of this name on the ISO date; None where it does not know the name at all."""
    for key in _keys(name):
        rows = _by_name().get(key)
        if rows:
            return any(valid(row, on) for row in rows)
    return None


def successors(name: str, on: str | None = None) -> tuple[str, ...]:
    """Ids of the bodies that took over from ``name`` (a registry id or a name), followed to those that still stand on ``on``.

    A body that was split has several successors; one that still stands has none.
    """
    rows = [_by_id()[name]] if name in _by_id() else []
    for key in _keys(name) if not rows else ():
        if key in _by_name():
            rows = list(_by_name()[key])
            break
    out: list[str] = []
    queue = [s for row in rows for s in row["successors"].split("|") if s]
    seen: set[str] = set()
    while queue:
        current = queue.pop(0)
        if current in seen or current not in _by_id():
            continue
        seen.add(current)
        row = _by_id()[current]
        later = [s for s in row["successors"].split("|") if s]
        if later and not valid(row, on or "9999-12-31"):
            queue.extend(later)
        else:
            out.append(current)
    return tuple(out)


def name_of(body: str) -> str | None:
    """Full name of a registry id."""
    row = _by_id().get(body)
    return row["name"] if row else None


__all__ = ["Match", "deictic_of", "existed", "level_of", "name_of", "place_of", "resolve", "spell_out", "successors", "valid"]

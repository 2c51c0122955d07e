"""Laws cited by name (luật, bộ luật, pháp lệnh, Hiến pháp; the statutes of Party, Front and unions): names and short names from
``lexicons/laws.csv``.

A name is looked up syllable by syllable with tone placement, case and commas folded. The year comes from the mention, else
from the first mention of that law in the text, else from the law in force on the document's date, else from the only law of
that name; where all fail the key is the bare name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.citation_grammar import Tail, pattern, tail_after
from extractors.keys import clean_number, fold
from extractors.rulebook import Row, lexicon, rules, word_class

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?")
_BETWEEN = re.compile(r"\s?\(|[,\s]{1,4}|\s?-\s?|,|/")
_LISTED_ONLY = word_class("citation_grammar", "listed-only")
"""Kinds that have no name outside the lexicon: any company has a điều lệ."""
_END = ""
_NO_LAW = tuple(sorted(word_class("citation_grammar", "no-law")))
"""Before a small «luật»: law as such, discipline; «Pháp Luật» and «PHÁP LUẬT» are that too."""
_NO_LAW_TITLES = tuple(word for word in _NO_LAW if word[0].isupper())
_NO_LAW_CAPITALS = tuple(word.upper() for word in _NO_LAW)
_AFTER_KIND = re.compile(r"\s{1,3}")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")

_AMENDING = "sửa đổi, bổ sung một số điều của"
_AMENDED_REACH = 600
"""Characters that the laws of one amending law's name may take: nine laws at most were amended together."""

Trie = dict[str, "Trie | str"]


@dataclass(slots=True)
class Law:
    """A law mention: ``name`` in the lexicon's spelling where known, ``rows`` its versions, ``year``/``number`` as written."""

    start: int
    end: int
    kind: str
    name: str
    rows: tuple[Row, ...]
    year: int | None
    number: str | None
    tail: Tail
    name_end: int


def _initials(name: str) -> str:
    return "".join(w[0] for w in _WORD.findall(name)).upper()


@cache
def _trie() -> Trie:
    root: Trie = {}
    seen: dict[tuple[str, str], str] = {}

    def put(kind: str, words: str, name: str) -> None:
        node = root
        for word in [fold(w) for w in _WORD.findall(words)]:
            child = node.setdefault(word, {})
            if not isinstance(child, dict):
                return
            node = child
        node.setdefault(_END, f"{kind}|{name}")

    for row in lexicon("laws"):
        put(row["kind"], f"{row['kind']} {row['name']}", row["name"])
        for alias in filter(None, row["alias"].split("|")):
            put(row["kind"], f"{row['kind']} {alias}", row["name"])
        short = _initials(row["name"])
        if len(short) >= 3 and len(row["name"]) < 60:
            seen[(row["kind"], short)] = "" if seen.get((row["kind"], short), row["name"]) != row["name"] else row["name"]
    for (kind, short), name in seen.items():
        if name:
            put(kind, f"{kind} {short}", name)
    return root


@cache
def _versions(kind: str, name: str) -> tuple[Row, ...]:
    return tuple(row for row in lexicon("laws") if row["kind"] == kind and row["name"] == name)


@cache
def by_number() -> dict[str, Row]:
    """Laws of the lexicon by their number."""
    return {row["number"]: row for row in lexicon("laws") if row["number"]}


def _longest(text: str, start: int) -> tuple[int, str, str] | None:
    """The longest name of the lexicon at ``start``: end, kind, name."""
    node: Trie = _trie()
    best: tuple[int, str, str] | None = None
    at = start
    for _ in range(30):
        found = _WORD.match(text, at)
        if not found:
            break
        child = node.get(fold(found.group()))
        if not isinstance(child, dict):
            break
        node = child
        leaf = node.get(_END)
        if isinstance(leaf, str):
            kind, _, name = leaf.partition("|")
            closed = text[found.end() : found.end() + 1] == ")" and "(" in text[start : found.end()]  # «… ở người (HIV/AIDS)»
            best = (found.end() + closed, kind, name)
        gap = _BETWEEN.match(text, found.end())
        if not gap:
            break
        at = gap.end()
    return best


def _kind_start(text: str, at: int) -> tuple[int, str] | None:
    """Where the kind word begins, "Bộ" before "luật" included, and the kind; None where "Luật" is part of something else."""
    opens = pattern("law_opens").match(text, at)
    if opens is None or (at and text[at - 1].isalnum()):
        return None
    word = opens.group()
    kind = word.capitalize()
    if word.lower() == "luật" and text[max(0, at - 3) : at].casefold() == "bộ ":
        return at - 3, "Bộ luật"
    return at, kind


def _no_law(text: str, at: int) -> bool:
    """Whether «luật» at ``at`` is the second syllable of a word that is no act («pháp luật», «kỷ luật»), also over a line break."""
    words = _NO_LAW if text[at].islower() else _NO_LAW_CAPITALS if text.startswith("LUẬT", at) else _NO_LAW_TITLES
    before = text[max(0, at - 8) : at]
    return before[-1:].isspace() and before.rstrip().endswith(words)


def law_at(text: str, at: int, meaning: Callable[[str], str | None]) -> Law | None:
    """The law named at ``at``, where "Luật", "Pháp lệnh" or "Hiến pháp" stands. ``meaning`` tells what an
    abbreviation stands for that the text introduces ("PCTN": "phòng, chống tham nhũng")."""
    if _no_law(text, at):
        return None
    opened = _kind_start(text, at)
    if opened is None:
        return None
    start, kind = opened
    before = text[max(0, start - 16) : start]
    small = text[at].islower() and start == at
    if pattern("no_law").search(before):
        return None
    found = _longest(text, start)
    numbered = None if small or kind in _LISTED_ONLY else pattern("named_and_numbered").match(text, at + len(kind.split()[-1]))
    if numbered and numbered.end() > (found[0] if found else start):
        name = " ".join(numbered.group().split())
        return _finish(text, start, numbered.end(), kind, name if found is None or fold(name) != fold(found[2]) else found[2])
    if found:
        return _finish(text, start, found[0], found[1], found[2])
    return None if small else _unlisted(text, start, kind, at, meaning)


def is_bill(text: str, law: Law, beside: int, on: str | None) -> bool:
    """A law still to be drafted or passed: «xây dựng Luật A», «hoàn thiện Luật A trình Quốc hội», «Dự án Luật A (sửa đổi)», or one
    of a name that was first passed after ``on``, the text's own date. ``beside``: where the bill before it ends, for lists."""
    if law.year or law.number or law.tail.issued_on:
        return False
    before = text[max(0, law.start - 70) : law.start]
    if on and law.rows and all(row["passed"] > on for row in law.rows) and not pattern("law_ground").search(before):
        return True
    if 0 < beside <= law.start and rules("citations").pattern("next_law").fullmatch(text, beside, law.start):
        return True
    if pattern("bill").search(before):
        return True
    ahead = pattern("bill_goes_on").match(text, law.end)
    opens = not before.rsplit("\n", 1)[-1].rsplit("\t", 1)[-1].strip(" -+•*|")
    return bool(ahead and (pattern("bill_work").search(before) or (ahead["revised"] and opens)))


def _unlisted(text: str, start: int, kind: str, at: int, meaning: Callable[[str], str | None]) -> Law | None:
    """A law outside the lexicon: "Luật số N", a name with year, date or number, an abbreviation of this text, a plain name."""
    after = _AFTER_KIND.match(text, at + len(kind.split()[-1] if kind == "Bộ luật" else kind))
    if not after or kind in _LISTED_ONLY:
        return None
    if amending := pattern("amending_law").match(text, after.start()):
        inner = law_at(text, _opener(text, amending.end()), meaning)
        if inner:
            inner = _last_amended(text, inner, meaning)
            known = _longest(f"{kind} {_AMENDING} {text[amending.end() : inner.name_end]}", 0)  # «Luật sửa đổi, bổ sung Luật A»
            name = known[2] if known else " ".join(text[after.end() : inner.name_end].split())
            return _finish(text, start, inner.name_end, kind, name)
    if number := pattern("law_number").match(text, after.start()):
        law = _finish(text, start, after.start(), kind, "")
        return law if law.number and number else None
    found = pattern("unknown_law").match(text, after.end())
    if not found:
        return None
    if longer := pattern("named_and_dated").match(text, after.end()):  # «Luật A, B tại C năm 2029»
        return _finish(text, start, longer.end(), kind, " ".join(longer.group().split()))
    short = found.group().split()[0]
    if short.isupper() and len(short) >= 3:
        meant = meaning(short)
        known = _longest(f"{kind} {meant}", 0) if meant else None
        end = after.end() + len(short)
        return _finish(text, start, end, kind, known[2] if known else short)
    if not _is_name(text, found):
        return None
    return _finish(text, start, found.end(), kind, " ".join(found.group().split()))


def _opener(text: str, at: int) -> int:
    """Where the word stands that opens the name of an act at ``at``: «Bộ | luật», «| Luật», «| Pháp lệnh»."""
    return at + 3 if text[at : at + 3].casefold() == "bộ " else at


def _last_amended(text: str, first: Law, meaning: Callable[[str], str | None]) -> Law:
    """Of "Luật sửa đổi … của Luật A, Luật B và Luật C số N" the law that ends the name: the last one listed, where number, date or
    year after it is not its own; else the first."""
    last = first
    while not (last.number or last.year or last.tail.issued_on) and (joint := pattern("next_amended").match(text, last.name_end)):
        beside = law_at(text, _opener(text, joint.end()), meaning)
        if beside is None or beside.name_end > first.end + _AMENDED_REACH:
            break
        last = beside
    own = any(r["number"] == last.number or r["passed"] == last.tail.issued_on or r["year"] == str(last.year) for r in last.rows)
    told = last.number or last.year or last.tail.issued_on
    return last if told and not own else first


def _is_name(text: str, found: re.Match[str]) -> bool:
    """A plain capital word after "Luật" is a name; one of any length that goes on to a year, number or date surely is."""
    sure = any(pattern(told).match(text, found.end()) for told in ("law_year", "law_number", "date_after"))
    return sure or len(found.group().split()) <= 8


def _finish(text: str, start: int, end: int, kind: str, name: str) -> Law:
    year: int | None = None
    number: str | None = None
    name_end = end
    for _ in range(2):
        if year is None and (found := pattern("law_year").match(text, end)):
            year, end = int(found["year"]), found.end()
        elif number is None and (found := pattern("law_number").match(text, end)):
            number, end = clean_number(found["number"]), found.end()
    tail = tail_after(text, end)
    if number is None and tail.issuer and (found := pattern("law_number").match(text, tail.end)):  # "Luật Giá của Quốc hội số …"
        number, issuer = clean_number(found["number"]), tail.issuer
        tail = tail_after(text, found.end())
        tail.issuer = tail.issuer or issuer
    end = tail.end
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    return Law(start, end, kind, name, _versions(kind, name), year, number, tail, name_end)


def year_of(number: str | None) -> int | None:
    """The year inside the number of a law («74/2025/QH15»); ``years`` of a text is kept from it as from a year that is written."""
    found = _YEAR.search(number or "")
    return int(found[1]) if found else None


def resolve(law: Law, years: Mapping[str, int], on: str | None, own: bool = False) -> tuple[str, float]:
    """Key and confidence. ``years``: year of each law's dated mentions in this text; ``on``: ISO date of the document (``own``), or
    the latest that it cites. A name whose versions were all passed after the document is an older law outside the lexicon."""
    title = f"{law.kind} {law.name}".strip()
    if law.number:
        return law.number, 0.99
    rows = law.rows
    if law.tail.issued_on and (dated := [r for r in rows if r["passed"] == law.tail.issued_on]):
        return _key(dated[0]), 0.98
    year = law.year or (int(law.tail.issued_on[:4]) if law.tail.issued_on else None) or years.get(fold(title))
    sure = 0.97 if law.year else 0.93
    if year is not None:
        match = [r for r in rows if r["year"] == str(year)]
        if len(match) == 1:
            return _key(match[0]), sure
        if len(match) > 1 and (force := _in_force(match, on)):
            return _key(force[-1]), 0.7
        return f"{title} {year}", 0.9
    if own and rows and all(row["passed"] > str(on) for row in rows):
        return title, 0.6
    if len(rows) == 1:
        return _key(rows[0]), 0.85
    if force := _in_force(list(rows), on):
        return _key(force[-1]), 0.75
    known = [r for r in rows if on is not None and r["passed"] <= on] or rows  # passed, not yet in force: «khi Luật A có hiệu lực»
    return (_key(max(known, key=lambda r: r["valid_from"])), 0.6) if rows else (title, 0.6)


def _in_force(rows: list[Row], on: str | None) -> list[Row]:
    if on is None:
        return []
    return [r for r in rows if r["valid_from"] <= on and (not r["valid_to"] or on <= r["valid_to"])]


def _key(row: Row) -> str:
    return row["number"] or " ".join(filter(None, (row["kind"], row["name"], row["year"])))

"""Several files of one document (các bản của một văn bản): the Word draft beside the signed scan.

Two records are one document where number, date and issuer agree, or where one has no number yet and issuer and duties agree: most
duties under one title, nearly all of a longer plan under any. A place or a signer that contradicts makes them two: communes with one
number and one form of words are no versions of each other. The fuller one speaks for the document; what another says differently is
listed, and its duties are counted once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.keys import fold
from pipeline.graph.names import compatible, core
from schemas.record import Duty, Record

SAME = 0.5
"""Share of the smaller plan's duties that copies of one number have in common at least."""
SURE = 0.8
"""The same for files of which one has no number."""
SAME_TEXT, LONG = 0.95, 8
"""Share of the longer plan's duties that two files of different titles have in common, and how many each has at least: nobody copies
that much of another plan without changing who does what."""
_PROBES = 3
_FIGURE = re.compile(r"\d+")
_FIELDS = ("key", "issued_on", "issuer", "title", "signer")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a copy says differently: ``field`` of the document, or ``duty``; "" where one of the two says nothing."""

    field: str
    main: str
    copy: str


@dataclass(frozen=True, slots=True)
class Copy:
    """``record`` is another version of ``main``."""

    record: Record
    main: Record
    differences: tuple[Difference, ...]


def copies_of(records: Sequence[Record]) -> tuple[Copy, ...]:
    """Records that are copies of another one given, in the order given."""
    named: dict[str, list[Record]] = {}
    found: dict[int, Record] = {}
    order = {id(r): i for i, r in enumerate(records)}
    for record in sorted(records, key=lambda r: (_rank(r), order[id(r)])):
        names = _names(record)
        main = next((m for n in names for m in named.get(n, ()) if _one_document(m, record)), None)
        if main is not None:
            found[id(record)] = main
            continue
        for name in names:
            named.setdefault(name, []).append(record)
    return tuple(Copy(r, found[id(r)], _differences(found[id(r)], r)) for r in records if id(r) in found)


def _names(record: Record) -> list[str]:
    """Under what a version of this document may be met: number, title, the longest duties of a longer plan."""
    own = [fold(n) for n in (record.document.key, record.document.title) if n]
    if len(record.duties) >= LONG:
        own += sorted({_words(d) for d in record.duties}, key=lambda w: (-len(w), w))[:_PROBES]
    return list(dict.fromkeys(own))


def without(records: Iterable[Record], copies: Iterable[Copy]) -> list[Record]:
    """The records that speak for their document."""
    gone = {id(c.record) for c in copies}
    return [r for r in records if id(r) not in gone]


def _rank(record: Record) -> tuple[bool, bool, bool, str]:
    """Best first: with a number, not recognised from an image, Word before the rest, then by name."""
    word = "officedocument" in record.source.media_type
    return record.document.key is None, bool(record.source.ocr_pages), not word, record.source.name


def _one_document(main: Record, other: Record) -> bool:
    a, b = main.document, other.document
    if main.source.name == other.source.name or not _agree(a.issued_on, b.issued_on) or _contradict(main, other):
        return False
    if a.key and b.key:
        return a.key == b.key and compatible(core(a.issuer), core(b.issuer)) and _shared(main, other) >= SAME
    if not (a.issuer and b.issuer and compatible(core(a.issuer), core(b.issuer)) and main.duties and other.duties):
        return False
    # Plans of one form of words for many communes differ in the body alone, so that one title asks for one name of the body.
    titled = a.title and b.title and fold(a.title) == fold(b.title) and _agree(a.issuer, b.issuer)
    return bool(titled and _shared(main, other) >= SURE) or _one_text(main, other)


def _one_text(main: Record, other: Record) -> bool:
    """Two longer plans that give the same duties in the same words, and no year of one title against the other's."""
    figures = [frozenset(_FIGURE.findall(r.document.title or "")) for r in (main, other)]
    if not compatible(*figures):
        return False
    least, most = sorted((len(main.duties), len(other.duties)))
    return least >= LONG and least >= SAME_TEXT * most and _shared(main, other) * least >= SAME_TEXT * most


def _contradict(main: Record, other: Record) -> bool:
    """Whether the files name two places, or two persons as signers without one place both name. A name read from an image may have a
    wrong letter."""
    a, b = main.document, other.document
    scanned = bool(main.source.ocr_pages or other.source.ocr_pages)
    if not _one_name(a.place, b.place, scanned):
        return True
    return not _one_name(a.signer, b.signer, scanned) and not (a.place and b.place)


def _one_name(left: str | None, right: str | None, scanned: bool) -> bool:
    """Whether two names can be one: one may say more than the other («TP. Hòa Bình», «Hòa Bình»)."""
    if not left or not right:
        return True
    a, b = (" ".join(fold(name).replace(".", " ").split()) for name in (left, right))
    if compatible(frozenset(a.split()), frozenset(b.split())):
        return True
    return scanned and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SURE


def _agree(left: str | None, right: str | None) -> bool:
    return not left or not right or fold(left) == fold(right)


def _words(duty: Duty) -> str:
    return "".join(c for c in fold(duty.text) if c.isalnum())


def _shared(left: Record, right: Record) -> float:
    """Share of the smaller plan's duties that the other has in the same words; 1.0 where one has none."""
    a, b = Counter(map(_words, left.duties)), Counter(map(_words, right.duties))
    least = min(a.total(), b.total())
    return (a & b).total() / least if least else 1.0


def _differences(main: Record, copy: Record) -> tuple[Difference, ...]:
    out = [
        Difference(name, str(a or ""), str(b or ""))
        for name in _FIELDS
        if fold(str((a := getattr(main.document, name)) or "")) != fold(str((b := getattr(copy.document, name)) or ""))
    ]
    here, there = Counter(map(_words, main.duties)), Counter(map(_words, copy.duties))
    out += [Difference("duty", d.text, "") for d in main.duties if _words(d) not in there]
    out += [Difference("duty", "", d.text) for d in copy.duties if _words(d) not in here]
    return tuple(out)


__all__ = ["Copy", "Difference", "copies_of", "without"]

"""What the graph keeps of each record, fed one record at a time: mentions, links and the document's own identity.

A record's text is not kept; evidence carries its quote. What recurs across a corpus is kept once: strings, and all that a mention
says, which is what its neighbours say. A build walks over everything again and again, and slows down as it outgrows the caches.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from pipeline.graph.keys import fold_key, parts
from pipeline.graph.names import core
from schemas.record import Citation, Edge, Link, Record


class Mention(NamedTuple):
    """What one citation that can point at another document says; one for all that say the same. Where it stands is the document's
    to know."""

    rule: str
    confidence: float
    key: str
    fold: str
    kind: str | None
    issued_on: str | None
    issuer: str | None
    core: frozenset[str]
    subject: str | None
    relation: str
    pinpoints: tuple[str, ...]


class LinkFacts(NamedTuple):
    """A link of the record: ``at`` are positions in the mentions it rests on."""

    fold: str
    relation: str
    parent: bool
    at: tuple[int, ...]
    confidence: float
    rule: str


class EdgeFacts(NamedTuple):
    """What the document says about a relation between two others."""

    source: str
    target: str
    relation: str
    at: tuple[int, ...]
    confidence: float
    rule: str


class DutyFacts(NamedTuple):
    """A duty as far as the graph needs it. ``at`` are positions of the mentions it cites."""

    id: str
    start: int
    end: int
    text: str
    section: str
    modality: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    at: tuple[int, ...]
    due: str | None
    rule: str
    confidence: float


@dataclass(slots=True)
class DocumentFacts:
    """One document in hand. ``spans`` holds start and end of each mention one after the other, ``quotes`` their words, where they
    are kept. ``targets`` runs parallel to ``mentions`` once resolved: the identity each one means. ``places`` are the positions of
    the mentions of each number."""

    id: str
    sha256: str
    names: list[str]
    key: str | None
    fold: str | None
    kind: str | None
    regime: str | None
    issued_on: str | None
    latest: str | None
    issuer: str | None
    place: str | None
    title: str | None
    core: frozenset[str]
    mentions: list[Mention]
    spans: array[int]
    quotes: list[str]
    links: list[LinkFacts]
    edges: list[EdgeFacts]
    duties: list[DutyFacts]
    targets: list[str | None] = field(default_factory=list)
    node: str = ""
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = self.places or places_of(self.mentions)

    @property
    def label(self) -> str:
        return self.names[0]

    def start(self, at: int) -> int:
        """Where a mention begins."""
        return self.spans[2 * at]

    def quote(self, at: int) -> str:
        """The words of a mention; "" where they are not kept."""
        return self.quotes[at] if self.quotes else ""

    def strip(self, *, targets: bool) -> None:
        """Gives up all that only resolution and links need, and what mentions mean where that is not asked for either."""
        self.mentions, self.spans, self.quotes, self.links, self.edges, self.duties = [], _NO_SPANS, [], [], [], []
        self.places = {}
        if targets:
            self.targets = []


_NO_SPANS = array("l")


def places_of(mentions: Iterable[Mention]) -> dict[str, tuple[int, ...]]:
    """Positions of the mentions of each number."""
    found: dict[str, list[int]] = {}
    for at, mention in enumerate(mentions):
        found.setdefault(mention.fold, []).append(at)
    return {fold: tuple(at) for fold, at in found.items()}


def _text(value: str | None) -> str | None:
    return intern(value) if value else None


class Shared:
    """What mentions and links have said so far, to be kept once."""

    __slots__ = ("mentions", "numbers")

    def __init__(self) -> None:
        self.mentions: dict[tuple[object, ...], Mention] = {}
        self.numbers: dict[float, float] = {}

    def mention(self, said: Citation, own: str | None) -> Mention | None:
        """None for references that stay inside the document."""
        key = said.key
        if not key or key == "self" or said.form in ("self", "anaphora"):
            return None
        words = (key, said.kind, said.issued_on, said.issuer, said.subject, said.relation, said.rule, said.confidence, said.pinpoints)
        found = self.mentions.get(words)
        if found is None:
            found = self.mentions[words] = Mention(
                intern(said.rule),
                self.number(said.confidence),
                intern(key),
                intern(fold_key(key)),
                _text(said.kind),
                _text(said.issued_on),
                _text(said.issuer),
                core(said.issuer),
                _text(said.subject),
                said.relation,
                said.pinpoints,
            )
        return found if found.fold != own else None

    def number(self, value: float) -> float:
        """One object for all that are equal."""
        return self.numbers.setdefault(value, value)


class _Folds(dict[str, str]):
    """Folded numbers of one record, which names few of them often."""

    def __missing__(self, key: str) -> str:
        fold = self[key] = intern(fold_key(key))
        return fold


def _unquoted(record: Record, own: str | None, quoted: set[str], folds: _Folds) -> list[Mention]:
    """Mentions without a place for keys that stand only in links and edges: the link still means some document."""
    named: dict[str, str] = {}
    for key in [k.target for k in record.links] + [k for e in record.edges for k in (e.source, e.target)]:
        fold = folds[key]
        if fold not in quoted and fold != own and key != "self":
            named.setdefault(fold, intern(key))
    return [
        Mention("graph.unquoted", 0.5, key, fold, None, None, None, frozenset(), None, "cites", ()) for fold, key in sorted(named.items())
    ]


def document_id(record: Record) -> str:
    """Content-derived: the file's hash, and the part where one file holds several documents."""
    return record.source.sha256 + (f":{record.source.part}" if record.source.part else "")


class _Reader:
    """Facts out of one record; what it has read already lies in ``shared``."""

    def __init__(self, record: Record, shared: Shared) -> None:
        self.record, self.shared, self.folds = record, shared, _Folds()
        self.own = self.folds[record.document.key] if record.document.key else None
        self.cited = [(c, m) for c in record.citations if (m := shared.mention(c, self.own)) is not None]
        quoted = [m for _, m in self.cited]
        self.mentions = quoted + _unquoted(record, self.own, {m.fold for m in quoted}, self.folds)
        self.places = places_of(self.mentions)
        self._place = {c.id: i for i, (c, _) in enumerate(self.cited)}

    def at(self, ids: tuple[str, ...]) -> tuple[int, ...]:
        """Positions of citations in the mentions."""
        return tuple([self._place[i] for i in ids if i in self._place])

    @property
    def _without_place(self) -> int:
        return len(self.mentions) - len(self.cited)

    def spans(self) -> array[int]:
        return array("l", [n for c, _ in self.cited for n in (c.start, c.end)] + [0, 0] * self._without_place)

    def quotes(self) -> list[str]:
        return [c.text for c, _ in self.cited] + [""] * self._without_place

    def links(self) -> list[LinkFacts]:
        return list(map(self._link, self.record.links))

    def _link(self, said: Link) -> LinkFacts:
        fold, where = self.folds[said.target], self.at(said.citations)
        if where == (known := self.places.get(fold)):  # mostly it rests on all mentions of its number
            where = known
        return LinkFacts(fold, said.relation, said.parent, where, self.shared.number(said.confidence), intern(said.rule))

    def edges(self) -> list[EdgeFacts]:
        return list(map(self._edge, self.record.edges))

    def _edge(self, said: Edge) -> EdgeFacts:
        ends = self.folds[said.source], self.folds[said.target]
        return EdgeFacts(*ends, said.relation, self.at(said.citations), self.shared.number(said.confidence), intern(said.rule))

    def duties(self, *, quotes: bool) -> list[DutyFacts]:
        due = {d.id: d.due for d in self.record.deadlines}
        return [
            DutyFacts(
                d.id, d.start, d.end, d.text if quotes else "", d.section, d.modality, d.lead, d.support, self.at(d.citations),
                next((due[i] for i in d.deadlines if due.get(i)), None), intern(d.rule), d.confidence,
            )
            for d in self.record.duties
        ]  # fmt: skip


def facts_of(record: Record, *, duties: bool = True, quotes: bool = True, shared: Shared | None = None) -> DocumentFacts:
    """The graph's view of one record; with ``quotes`` False without its words, and so without evidence."""
    document, reader = record.document, _Reader(record, shared or Shared())
    return DocumentFacts(
        id=document_id(record),
        sha256=record.source.sha256,
        names=[record.source.name],
        key=document.key,
        fold=reader.own,
        kind=document.kind,
        regime=document.regime or (parts(reader.own).regime if reader.own else None),
        issued_on=document.issued_on,
        latest=document.issued_between[1] if document.issued_between else None,
        issuer=document.issuer,
        place=document.place,
        title=document.title,
        core=core(document.issuer),
        mentions=reader.mentions,
        spans=reader.spans(),
        quotes=reader.quotes() if quotes else [],
        links=reader.links(),
        edges=reader.edges(),
        duties=reader.duties(quotes=quotes) if duties else [],
        places=reader.places,
    )

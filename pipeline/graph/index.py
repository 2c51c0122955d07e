"""What the graph keeps of each record, fed one record at a time: mentions, links and the document's own identity.

A record's text is not kept; evidence carries its quote. What recurs across a corpus is kept once: strings, and all that a mention
says, which is what its neighbours say. A build walks over everything again and again, and slows down as it outgrows the caches.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from pipeline.graph.keys import fold_key, parts
from pipeline.graph.names import core
from schemas.record import Citation, Record


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


def facts_of(record: Record, *, duties: bool = True, quotes: bool = True, shared: Shared | None = None) -> DocumentFacts:
    """The graph's view of one record; with ``quotes`` False without its words, and so without evidence."""
    document = record.document
    folds = _Folds()
    own = folds[document.key] if document.key else None
    shared = shared or Shared()
    cited = [(c, m) for c in record.citations if (m := shared.mention(c, own)) is not None]
    mentions = [m for _, m in cited]
    more = _unquoted(record, own, {m.fold for m in mentions}, folds)
    mentions += more
    spans = array("l", [n for c, _ in cited for n in (c.start, c.end)] + [0, 0] * len(more))
    places = places_of(mentions)
    place = {c.id: i for i, (c, _) in enumerate(cited)}
    due = {d.id: d.due for d in record.deadlines}

    def at(ids: tuple[str, ...]) -> tuple[int, ...]:
        return tuple([place[i] for i in ids if i in place])

    def link(target: str, relation: str, parent: bool, citations: tuple[str, ...], confidence: float, rule: str) -> LinkFacts:
        fold, where = folds[target], at(citations)
        if where == (known := places.get(fold)):  # mostly it rests on all mentions of its number
            where = known
        return LinkFacts(fold, relation, parent, where, shared.number(confidence), intern(rule))

    links = [link(k.target, k.relation, k.parent, k.citations, k.confidence, k.rule) for k in record.links]
    edges = [
        EdgeFacts(
            folds[e.source],
            folds[e.target],
            e.relation,
            at(e.citations),
            shared.number(e.confidence),
            intern(e.rule),
        )
        for e in record.edges
    ]
    works = (
        [
            DutyFacts(
                d.id,
                d.start,
                d.end,
                d.text if quotes else "",
                d.section,
                d.modality,
                d.lead,
                d.support,
                at(d.citations),
                next((due[i] for i in d.deadlines if due.get(i)), None),
                intern(d.rule),
                d.confidence,
            )
            for d in record.duties
        ]
        if duties
        else []
    )
    regime = document.regime or (parts(own).regime if own else None)
    latest = document.issued_between[1] if document.issued_between else None
    return DocumentFacts(
        document_id(record),
        record.source.sha256,
        [record.source.name],
        document.key,
        own,
        document.kind,
        regime,
        document.issued_on,
        latest,
        document.issuer,
        document.place,
        document.title,
        core(document.issuer),
        mentions,
        spans,
        [c.text for c, _ in cited] + [""] * len(more) if quotes else [],
        links,
        edges,
        works,
        places=places,
    )


class GraphIndex:
    """Facts of all documents and, per number, who has or cites it. Feed it in any order; results do not depend on it.
    ``duties=False`` forgets the duties, which are most of a record, where no question needs them; ``quotes=False`` the words of
    duties and mentions, which only evidence shows."""

    def __init__(self, records: Iterable[Record] = (), *, duties: bool = True, quotes: bool = True) -> None:
        self.documents: dict[str, DocumentFacts] = {}
        self.citing: dict[str, list[str]] = {}  # in the order of arrival, in which documents lie in memory
        self.holders: dict[str, set[str]] = {}
        self.vocabularies: dict[str, frozenset[str]] = {}  # filled by resolution, forgotten with the document
        self.keeps_duties, self.keeps_quotes = duties, quotes
        self._shared = Shared()
        for record in records:
            self.add(record)
        self._shared = Shared()  # what it has made lives on in the documents

    def __len__(self) -> int:
        return len(self.documents)

    def add(self, record: Record) -> str:
        """Takes in one record and returns its document id. The same file under a second name adds the name only; a new
        reading of a known file replaces the old one."""
        name, known = record.source.name, self.documents.get(document_id(record))
        names = sorted({name, *known.names}) if known else [name]
        if known:
            self.remove(known.id)
        facts = facts_of(record, duties=self.keeps_duties, quotes=self.keeps_quotes, shared=self._shared)
        facts.names = names
        self.documents[facts.id] = facts
        if facts.fold:
            self.holders.setdefault(facts.fold, set()).add(facts.id)
        for fold in facts.places:
            self.citing.setdefault(fold, []).append(facts.id)
        return facts.id

    def remove(self, document: str) -> None:
        """Forgets a document; unknown ids are ignored."""
        facts = self.documents.pop(document, None)
        self.vocabularies.pop(document, None)
        if facts is None:
            return
        if facts.fold:
            self.holders[facts.fold].discard(document)
            if not self.holders[facts.fold]:
                del self.holders[facts.fold]
        for fold in facts.places:
            self.citing[fold].remove(document)
            if not self.citing[fold]:
                del self.citing[fold]

    def in_order(self) -> list[DocumentFacts]:
        """All documents by name, as a store gives them: what is read together lies together in memory, and a corpus that
        outgrows the processor's cache is walked along, not across."""
        return sorted(self.documents.values(), key=lambda facts: (facts.names, facts.id))


def numbers_of(documents: Iterable[DocumentFacts]) -> Iterator[str]:
    """All numbers had or cited, each once, as the documents name them."""
    seen: set[str] = set()
    for facts in documents:
        for fold in (facts.fold, *facts.places):
            if fold and fold not in seen:
                seen.add(fold)
                yield fold

"""What the graph keeps of each record, fed one record at a time: mentions, links and the document's own identity.

A record's text is not kept; evidence carries its quote. Strings that recur across a corpus are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from pipeline.graph.keys import fold_key, parts
from pipeline.graph.names import core
from schemas.record import Citation, Record


class Mention(NamedTuple):
    """One citation that can point at another document."""

    id: str
    start: int
    end: int
    text: str
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
    """One document in hand. ``targets`` runs parallel to ``mentions`` once resolved: the identity each one means. ``places`` are
    the positions of the mentions of each number."""

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
    links: list[LinkFacts]
    edges: list[EdgeFacts]
    duties: list[DutyFacts]
    targets: list[str | None] = field(default_factory=list)
    node: str = ""
    places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {}
        for at, mention in enumerate(self.mentions):
            self.places.setdefault(mention.fold, []).append(at)

    @property
    def label(self) -> str:
        return self.names[0]


def _text(value: str | None) -> str | None:
    return intern(value) if value else None


def _mention(citation: Citation, own: str | None, quotes: bool) -> Mention | None:
    """None for references that stay inside the document."""
    key = citation.key
    if not key or key == "self" or citation.form in ("self", "anaphora"):
        return None
    fold = intern(fold_key(key))
    if fold == own:
        return None
    return Mention(
        intern(citation.id),
        citation.start,
        citation.end,
        intern(citation.text) if quotes else "",
        intern(citation.rule),
        citation.confidence,
        intern(key),
        fold,
        _text(citation.kind),
        _text(citation.issued_on),
        _text(citation.issuer),
        core(citation.issuer),
        _text(citation.subject),
        citation.relation,
        citation.pinpoints,
    )


def _unquoted(record: Record, own: str | None, quoted: set[str]) -> list[Mention]:
    """Mentions without a place for keys that stand only in links and edges: the link still means some document."""
    named: dict[str, str] = {}
    for key in [k.target for k in record.links] + [k for e in record.edges for k in (e.source, e.target)]:
        fold = fold_key(key)
        if fold not in quoted and fold != own and key != "self":
            named.setdefault(intern(fold), intern(key))
    return [
        Mention("", 0, 0, "", "graph.unquoted", 0.5, key, fold, None, None, None, frozenset(), None, "cites", ())
        for fold, key in sorted(named.items())
    ]


def document_id(record: Record) -> str:
    """Content-derived: the file's hash, and the part where one file holds several documents."""
    return record.source.sha256 + (f":{record.source.part}" if record.source.part else "")


def facts_of(record: Record, *, duties: bool = True, quotes: bool = True) -> DocumentFacts:
    """The graph's view of one record; with ``quotes`` False without its words, and so without evidence."""
    document = record.document
    own = intern(fold_key(document.key)) if document.key else None
    mentions = [m for c in record.citations if (m := _mention(c, own, quotes)) is not None]
    mentions += _unquoted(record, own, {m.fold for m in mentions})
    place = {m.id: i for i, m in enumerate(mentions) if m.id}
    due = {d.id: d.due for d in record.deadlines}

    def at(ids: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(place[i] for i in ids if i in place)

    links = [
        LinkFacts(intern(fold_key(k.target)), k.relation, k.parent, at(k.citations), k.confidence, intern(k.rule)) for k in record.links
    ]
    edges = [
        EdgeFacts(intern(fold_key(e.source)), intern(fold_key(e.target)), e.relation, at(e.citations), e.confidence, intern(e.rule))
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
        links,
        edges,
        works,
    )


class GraphIndex:
    """Facts of all documents and, per number, who has or cites it. Feed it in any order; results do not depend on it.
    ``duties=False`` forgets the duties, which are most of a record, where no question needs them; ``quotes=False`` the words of
    duties and mentions, which only evidence shows."""

    def __init__(self, records: Iterable[Record] = (), *, duties: bool = True, quotes: bool = True) -> None:
        self.documents: dict[str, DocumentFacts] = {}
        self.citing: dict[str, set[str]] = {}
        self.holders: dict[str, set[str]] = {}
        self.vocabularies: dict[str, frozenset[str]] = {}  # filled by resolution, forgotten with the document
        self.keeps_duties, self.keeps_quotes = duties, quotes
        for record in records:
            self.add(record)

    def __len__(self) -> int:
        return len(self.documents)

    def add(self, record: Record) -> str:
        """Takes in one record and returns its document id. The same file under a second name adds the name only; a new
        reading of a known file replaces the old one."""
        name, known = record.source.name, self.documents.get(document_id(record))
        names = sorted({name, *known.names}) if known else [name]
        if known:
            self.remove(known.id)
        facts = facts_of(record, duties=self.keeps_duties, quotes=self.keeps_quotes)
        facts.names = names
        self.documents[facts.id] = facts
        if facts.fold:
            self.holders.setdefault(facts.fold, set()).add(facts.id)
        for fold in facts.places:
            self.citing.setdefault(fold, set()).add(facts.id)
        return facts.id

    def remove(self, document: str) -> None:
        """Forgets a document; unknown ids are ignored."""
        facts = self.documents.pop(document, None)
        self.vocabularies.pop(document, None)
        if facts is None:
            return
        for table, folds in ((self.holders, {facts.fold}), (self.citing, facts.places)):
            for fold in folds:
                if fold in table:
                    table[fold].discard(document)
                    if not table[fold]:
                        del table[fold]

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

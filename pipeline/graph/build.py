"""Records → graph: ``build(records)`` gives a networkx MultiDiGraph whose edges run from child to parent.

``graph.graph`` carries ``findings`` (what is wrong between documents), ``candidates`` (documents without a number and what
they may be), ``options`` (which optional nodes were asked for) and ``schema``. Edge keys are the relations, so two
documents have at most one edge of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from extractors.collector import paused
from pipeline.graph import checks
from pipeline.graph.candidates import CandidateFinder
from pipeline.graph.decisions import OPEN, Decisions, open_node
from pipeline.graph.extras import add_bodies, add_duties, add_provisions
from pipeline.graph.facts import DocumentFacts
from pipeline.graph.index import GraphIndex, numbers_of
from pipeline.graph.keys import parts
from pipeline.graph.links import Draft, LinkReader, Place, merge
from pipeline.graph.names import level_of, rank
from pipeline.graph.resolve import Identity, KeyResolver, KeyResult
from pipeline.graph.shape import Graph, edge_data, node_data
from pipeline.graph.slips import SlipFinder, apply
from schemas.graph import GRAPH_SCHEMA, Candidate, Decision, GraphFinding
from schemas.record import Record

# Two texts that name a level and the one above it as their orders suggest, not say, that one carries out the other.
BY_LEVEL = 0.5


class Builder:
    """One pass over an index. Kept apart from ``build`` so that each step can be looked at."""

    def __init__(self, index: GraphIndex, decisions: Iterable[Decision]) -> None:
        self.index = index
        self.decisions = Decisions(decisions)
        self.identities: dict[str, Identity] = {}
        self.findings: list[GraphFinding] = []
        self.moved: dict[tuple[str, int], str] = {}
        self.drafts: dict[Place, Draft] = {}
        self.candidates: list[Candidate] = []
        self.graph: Graph = Graph()

    @cached_property
    def documents(self) -> list[DocumentFacts]:
        """All documents in their order, sorted once: every step walks along them."""
        return self.index.in_order()

    def run(self) -> Graph:
        self.resolve()
        self.name_documents()
        self.link()
        self.infer_by_level()
        self.propose()
        self.assemble()
        self.findings += self.decisions.apply_edges(self.graph)
        checks.reduce_parents(self.graph)  # after the decisions: where a parent is refused, the next one up may be it
        self.findings += checks.run(self.graph)
        self.graph.graph["findings"] = tuple(sorted(self.findings, key=lambda f: (f.code, f.nodes, f.message)))
        self.graph.graph["candidates"] = tuple(self.candidates)
        self.graph.graph["schema"] = GRAPH_SCHEMA
        return self.graph

    def resolve(self) -> None:
        """Mentions to identities, then what people decided on them, then numbers that are slips of others: a document that a
        person has found in hand is no slip."""
        for facts in self.index.documents.values():
            facts.targets = [None] * len(facts.mentions)
            facts.node = ""
        for fold in numbers_of(self.documents):
            result = KeyResolver(self.index, fold).run()
            self.take(result)
        self.findings += self.decisions.apply_identities(self.index, self.identities)
        slips = SlipFinder(self.index, self.identities)
        slips.run()
        self.moved = apply(self.index, self.identities, slips.folds)
        self.findings += slips.findings

    def take(self, result: KeyResult) -> None:
        """Keeps what one number came to."""
        self.findings += result.findings
        for identity in result.identities:
            self.identities[identity.id] = identity
        for doc, at, identity in result.targets:
            self.index.documents[doc].targets[at] = identity.id

    def name_documents(self) -> None:
        """Node of each document in hand: its identity, or one of its own while it is open."""
        for name, identity in self.identities.items():
            for doc in identity.holders:
                self.index.documents[doc].node = name
        for doc, facts in self.index.documents.items():
            facts.node = facts.node or open_node(doc)

    def link(self) -> None:
        dates = {name: identity.issued_on for name, identity in self.identities.items()}
        for facts in self.documents:
            for place, draft in LinkReader(facts, self.moved, dates).edges():
                merge(self.drafts, place, draft)

    def infer_by_level(self) -> None:
        """A plan that carries out a superior's plan and, above it, the centre's regulation, says by level that the one
        carries out the other, where neither text is in hand to say it."""
        own: dict[str, dict[str, Draft]] = {}
        for (source, target, relation), draft in self.drafts.items():
            if relation == "implements":
                own.setdefault(source, {})[target] = draft
        # those with a parent that is nowhere to speak for itself, and something else above: sorting all grows faster than the graph
        unheard = {t for drafts in own.values() for t, d in drafts.items() if d.parent and t not in own}
        for child in sorted(c for c, drafts in own.items() if len(drafts) > 1 and not unheard.isdisjoint(drafts)):
            nearest = [t for t in sorted(own[child]) if own[child][t].parent]
            others = [t for t in sorted(own[child]) if not own[child][t].parent]
            for parent in nearest:
                identity = self.identities.get(parent)
                if identity is None or identity.holders or parent in own:
                    continue
                for root in others:
                    if self._above(root, parent):
                        inferred = Draft(rule="graph.by_level", confidence=BY_LEVEL, parent=True, inferred=True)
                        inferred.evidence = own[child][parent].evidence[:1] + own[child][root].evidence[:1]
                        merge(self.drafts, (parent, root, "implements"), inferred)

    def _above(self, upper: str, lower: str) -> bool:
        high, low = self.identities.get(upper), self.identities.get(lower)
        return high is not None and low is not None and above((high.key, high.issuer, high.issued_on), (low.key, low.issuer, low.issued_on))

    def propose(self) -> None:
        """Candidates for every document in hand that has no number."""
        parents: dict[str, set[str]] = {}
        for source, target, relation in self.drafts:
            if relation == "implements" and ((cited := self.identities.get(source)) is None or not cited.holders):
                parents.setdefault(source, set()).add(target)
        mine = {d: parents.get(f.node, set()) for d, f in self.index.documents.items() if f.node.startswith(OPEN)}
        finder = CandidateFinder(self.index, self.identities, parents, mine, self.decisions.refused_identities)
        for doc in sorted(mine):
            facts = self.index.documents[doc]
            found = [Candidate(facts.node, c.identity, c.score, c.reasons) for c in finder.candidates(facts)]
            self.candidates += found
            if found:
                best = found[0]
                score = f"{best.score:.2f}".replace(".", ",")
                key = self.identities[best.identity].key
                text = f"{facts.label} chưa có số, có thể là {key} (điểm {score}): {'; '.join(best.reasons)}."
                self.findings.append(GraphFinding("GRAPH-CANDIDATE", "note", text, (facts.node, best.identity)))

    def assemble(self) -> None:
        for name, identity in self.identities.items():
            self.graph.add_node(name, **self._identity_node(identity))
        for facts in self.documents:
            if facts.node.startswith(OPEN):
                self.graph.add_node(facts.node, **open_data(facts))
        leading: dict[str, list[Place]] = {}
        for place in self.drafts:
            leading.setdefault(place[0], []).append(place)
        for source in list(leading):  # many short sorts: one of all edges grows faster than the graph
            for place in sorted(leading.pop(source)):
                draft = self.drafts.pop(place)  # given up as the graph grows: half the peak of memory
                if source in self.graph and place[1] in self.graph:
                    self.graph.add_edge(source, place[1], key=place[2], **_edge(place[2], draft))
        for candidate in self.candidates:
            known = edge_data("may_be", inferred=True, confidence=candidate.score, rule="graph.candidate", reasons=candidate.reasons)
            self.graph.add_edge(candidate.document, candidate.identity, key="may_be", **known)

    def _identity_node(self, identity: Identity) -> dict[str, Any]:
        holders = [self.index.documents[d] for d in identity.holders]
        if len(holders) > 1:
            names = ", ".join(sorted(n for h in holders for n in h.names))
            text = f"{identity.key}: nhiều tệp cùng một số và ngày ({names})."
            self.findings.append(GraphFinding("GRAPH-DUPLICATE", "note", text, (identity.id,)))
        return identity_data(identity, holders)


def above(upper: tuple[str, str | None, str | None], lower: tuple[str, str | None, str | None]) -> bool:
    """Whether one document can command another by level and time; each as (key, issuer, ISO date)."""
    (level, sure), (level_low, sure_low) = level_of(*upper[:2]), level_of(*lower[:2])
    in_time = not upper[2] or not lower[2] or upper[2] <= lower[2]
    return sure and sure_low and -1 < rank(level) < rank(level_low) and in_time


def identity_data(identity: Identity, holders: Sequence[DocumentFacts]) -> dict[str, Any]:
    """Attributes of the node of an identity; ``holders`` are the documents in hand that are it, the first one speaks."""
    first = holders[0] if holders else None
    issuer = (first.issuer if first else None) or identity.issuer
    subject = min(identity.subjects, key=lambda s: (-identity.subjects[s], s)) if identity.subjects else None
    level, sure = level_of(identity.key, issuer)
    return node_data(
        key=identity.key,
        name=identity.key,
        kind=identity.kind,
        regime=(first.regime if first else None) or parts(identity.fold).regime,
        level=level,
        level_sure=sure,
        issuer=issuer,
        issued_on=identity.issued_on,
        latest=first.latest if first else None,
        title=(first.title if first else None) or subject,
        in_hand=bool(holders),
        files=tuple(sorted(n for h in holders for n in h.names)),
        sha256=first.sha256 if first else None,
        citing=len(identity.citing),
        mentions=identity.mentions,
        notes=tuple(dict.fromkeys(identity.notes)),
    )


def open_data(facts: DocumentFacts) -> dict[str, Any]:
    """Attributes of the node of a document in hand without a number."""
    level, sure = level_of(facts.key, facts.issuer)
    return node_data(
        name=facts.label,
        kind=facts.kind,
        regime=facts.regime,
        level=level,
        level_sure=sure,
        issuer=facts.issuer,
        issued_on=facts.issued_on,
        latest=facts.latest,
        title=facts.title,
        in_hand=True,
        files=tuple(facts.names),
        sha256=facts.sha256,
        notes=("chưa có số",),
    )


def _edge(relation: str, draft: Draft) -> dict[str, Any]:
    return edge_data(
        relation,
        evidence=tuple(sorted(draft.evidence, key=lambda e: (e.document, e.start, e.end))),
        parent=draft.parent,
        confidence=draft.confidence,
        inferred=draft.inferred,
        flags=("GRAPH-NUMBER-SLIP",) if draft.slipped else (),
        status="suspect" if draft.slipped else "proposed",
        conflicts=tuple(sorted(draft.conflicts)),
        rule=draft.rule,
    )


def build(
    records: Iterable[Record] | GraphIndex,
    *,
    decisions: Iterable[Decision] = (),
    provisions: bool = False,
    bodies: bool = False,
    duties: bool = False,
) -> Graph:
    """The directive graph of some records, or of an index fed before. ``provisions``, ``bodies`` and ``duties`` add nodes of
    those types. The same records in any order give the same graph."""
    with paused():  # many small objects, no cycles: the collector's walks cost a quarter of the time at 10,000 documents
        index = records if isinstance(records, GraphIndex) else GraphIndex(records, duties=duties)
        graph = Builder(index, decisions).run()
        graph.graph["options"] = {"provisions": provisions, "bodies": bodies or duties, "duties": duties and index.keeps_duties}
        if provisions:
            add_provisions(graph, index)
        if bodies or duties:
            add_bodies(graph, index)
        if duties:
            add_duties(graph, index)
    return graph


__all__ = ["Builder", "build"]

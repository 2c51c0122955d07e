"""From one document's resolved mentions to its edges: what it does to others, and what it says of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.graph.facts import DocumentFacts, EdgeFacts, LinkFacts
from pipeline.graph.resolve import evidence_of, most_common
from schemas.graph import Evidence
from schemas.record import RELATIONS

_STRENGTH: dict[str, int] = {relation: place for place, relation in enumerate(RELATIONS)}


@dataclass(slots=True)
class Draft:
    """An edge being gathered from several texts. ``conflicts`` are dates of the target written otherwise than believed."""

    evidence: list[Evidence] = field(default_factory=list)
    confidence: float = 0.0
    parent: bool = False
    inferred: bool = False
    slipped: bool = False
    rule: str = ""
    conflicts: frozenset[str] = frozenset()  # one for all: hardly an edge has any


Place = tuple[str, str, str]
"""(source node, target node, relation)"""


def strongest(relations: Iterable[str]) -> str:
    """The strongest relation in the order of the record's list; ``cites`` for none."""
    return min(relations, key=lambda r: _STRENGTH.get(r, len(_STRENGTH)), default="cites")


class LinkReader:
    """Edges of one document. ``moved`` holds the mentions whose number was taken for a slip."""

    def __init__(self, facts: DocumentFacts, moved: Container[tuple[str, int]], dates: dict[str, str | None]) -> None:
        self.facts, self.moved, self.dates = facts, moved, dates
        self.at: dict[str, list[int]] = {}
        for i, target in enumerate(facts.targets):
            if target and target != facts.node:
                self.at.setdefault(target, []).append(i)

    def edges(self) -> Iterator[tuple[Place, Draft]]:
        """The document's own edges first, then those it states between others."""
        relations: dict[str, str] = {}
        parents: set[str] = set()
        rules: dict[str, tuple[str, float]] = {}
        for link in self.facts.links:
            target = self._link_target(link)
            if target is None:
                continue
            relations[target] = strongest([link.relation, relations.get(target, link.relation)])
            rules.setdefault(target, (link.rule, link.confidence))
            if link.parent:
                parents.add(target)
        for target, at in self.at.items():
            relation = relations.get(target) or strongest(self.facts.mentions[i].relation for i in at)
            rule, confidence = rules.get(target, ("graph.strongest", 1.0))
            draft = self._draft(target, at, rule, confidence)
            draft.parent = target in parents and relation == "implements"
            yield (self.facts.node, target, relation), draft
        for stated in self.facts.edges:
            yield from self._stated(stated)

    def _link_target(self, link: LinkFacts) -> str | None:
        return self._majority(link.at or self.facts.places.get(link.fold, ()))

    def _majority(self, at: Iterable[int]) -> str | None:
        counts = Counter(t for i in at if (t := self.facts.targets[i]) and t != self.facts.node)
        return most_common(list(counts.elements()))

    def _stated(self, stated: EdgeFacts) -> Iterator[tuple[Place, Draft]]:
        source = self._end(stated.source, stated.at)
        target = self._end(stated.target, stated.at)
        if source and target and source != target:
            named = [i for i in stated.at if self.facts.targets[i] in (source, target)]
            draft = self._draft(target, named or self.facts.places.get(stated.source, ()), stated.rule, stated.confidence)
            draft.parent = stated.relation == "implements"
            yield (source, target, stated.relation), draft

    def _end(self, fold: str, at: tuple[int, ...]) -> str | None:
        here = [i for i in at if self.facts.mentions[i].fold == fold]
        return self._majority(here or self.facts.places.get(fold, ()))

    def _draft(self, target: str, at: Iterable[int], rule: str, confidence: float) -> Draft:
        draft = Draft(rule=rule)
        places = list(at)
        best = 0.0
        for i in places:
            mention = self.facts.mentions[i]
            best = max(best, mention.confidence)
            if self.facts.quote(i):
                draft.evidence.append(evidence_of(self.facts, i))
            # evidence may name the lower document too; what is said of its date is no matter of the one it points at
            believed = self.dates.get(target) if self.facts.targets[i] == target else None
            if mention.issued_on and believed and mention.issued_on != believed:
                draft.conflicts |= {mention.issued_on}
        draft.confidence = round(min(best, confidence), 4)
        draft.slipped = bool(places) and all((self.facts.id, i) in self.moved for i in places)
        return draft


def merge(drafts: dict[Place, Draft], place: Place, draft: Draft) -> None:
    """Adds what one text says to what others said of the same edge."""
    known = drafts.get(place)
    if known is None:
        drafts[place] = draft
        return
    known.evidence.extend(draft.evidence)
    known.confidence = max(known.confidence, draft.confidence)
    known.parent |= draft.parent
    known.inferred &= draft.inferred
    known.slipped &= draft.slipped
    known.conflicts |= draft.conflicts

"""Documents in hand without a number, and the cited identities each may be. Candidates are proposed to a person, with
score and reasons; nothing here merges anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from pipeline.graph.index import DocumentFacts, GraphIndex
from pipeline.graph.keys import parts
from pipeline.graph.names import compatible, fold_name, level_of
from pipeline.graph.resolve import Identity, vn_date
from schemas.graph import Candidate

# Weights of what speaks for a candidate, 1.0 in all. What is unknown gives nothing and still counts half in the sum it is
# measured against, so that a match on little is never a high score.
_WEIGHTS = {"issuer": 0.35, "parents": 0.25, "subject": 0.2, "dates": 0.1, "kind": 0.1}
_LEAST = 0.5
_SUREST = 0.99  # only a person makes it certain
MOST = 5  # offered to one document
TITLES = 20  # of those that cite an identity, looked at where none says its subject
_COMMON = frozenset(
    fold_name(
        "kế hoạch thực hiện triển khai quy định quyết định nghị quyết chỉ thị kết luận số ngày tháng năm của về và các trong công tác"
    ).split()
)


class CandidateFinder:
    """``parents``: for every identity the identities it is said to implement; for every open document those it implements."""

    def __init__(
        self,
        index: GraphIndex,
        identities: Mapping[str, Identity],
        parents: Mapping[str, set[str]],
        document_parents: Mapping[str, set[str]],
        refused: Iterable[tuple[str, str]],
    ) -> None:
        self.index, self.identities = index, identities
        self.parents, self.document_parents = parents, document_parents
        self.refused = set(refused)
        self._cited: list[str] = []  # dates of what the document in question cites
        self._words: dict[str, frozenset[str]] = {}
        self._by_parent: dict[str, list[str]] = {}
        self._by_body: dict[frozenset[str], list[tuple[str, str]]] = {}
        for name in sorted(identities):
            if not identities[name].holders:
                for parent in sorted(parents.get(name, ())):
                    self._by_parent.setdefault(parent, []).append(name)
                if identities[name].core:
                    self._by_body.setdefault(identities[name].core, []).append((identities[name].issued_on or "", name))
        for listed in self._by_body.values():
            listed.sort()

    def candidates(self, facts: DocumentFacts) -> list[Candidate]:
        """Best first, at most five, none below 0.5."""
        own_targets = {t for t in facts.targets if t}
        self._cited = sorted(d for t in own_targets if t in self.identities and (d := self.identities[t].issued_on))
        pool = self._of_body(facts)
        for parent in self.document_parents.get(facts.id, ()):
            pool.update(self._by_parent.get(parent, ()))
        found = []
        for name in sorted(pool - own_targets):
            if (facts.id, name) not in self.refused:
                scored = self._score(facts, self.identities[name])
                if scored and scored[0] >= _LEAST:
                    found.append(Candidate(facts.id, name, scored[0], scored[1]))
        return sorted(found, key=lambda c: (-c.score, c.identity))[:MOST]

    def _of_body(self, facts: DocumentFacts) -> set[str]:
        """Identities of the same body that are not older than what the document cites (but for one date, which may be a
        slip): a body of ten years has thousands of documents, a plan few that it can be."""
        listed = self._by_body.get(facts.core, [])
        floor = self._cited[-2] if len(self._cited) > 1 else ""
        start = bisect_left(listed, (floor, ""))
        undated = bisect_left(listed, ("0", ""))
        return {name for _, name in listed[:undated]} | {name for _, name in listed[start:]}

    def _score(self, facts: DocumentFacts, identity: Identity) -> tuple[float, tuple[str, ...]] | None:
        """None where something speaks against it: another regime, kind, body, level, or an impossible date."""
        if self._against(facts, identity):
            return None
        reasons: list[str] = []
        known = {
            "issuer": self._issuer(facts, identity, reasons),
            "parents": self._parents(facts, identity, reasons),
            "subject": self._subject(facts, identity, reasons),
            "dates": self._dates(facts, identity, reasons),
            "kind": self._kind(facts, identity, reasons),
        }
        top = sum(_WEIGHTS[name] * (1 if value is not None else 0.5) for name, value in known.items())
        got = sum(_WEIGHTS[name] * value for name, value in known.items() if value is not None)
        return round(min(got / top, _SUREST), 3), tuple(reasons)

    def _against(self, facts: DocumentFacts, identity: Identity) -> bool:
        regime = parts(identity.fold).regime
        if facts.regime and regime and facts.regime != regime and {facts.regime, regime} == {"party", "state"}:
            return True
        if facts.kind and identity.kind and fold_name(facts.kind) != fold_name(identity.kind):
            return True
        if not compatible(facts.core, identity.core):
            return True
        here, sure = level_of(facts.key, facts.issuer)
        there, sure_too = level_of(identity.key, identity.issuer)
        if here and there and here != there and sure and sure_too:
            return True
        # it cannot have been issued before what it cites; one later date may be a slip, two are not
        when = identity.issued_on
        later = len(self._cited) - bisect_right(self._cited, when) if when else 0
        return later > 1 or bool(facts.issued_on and when and facts.issued_on != when)

    def _issuer(self, facts: DocumentFacts, identity: Identity, reasons: list[str]) -> float | None:
        if not facts.core or not identity.core:
            return None
        shared = len(facts.core & identity.core) / len(facts.core | identity.core)
        same = fold_name(facts.issuer or "") == fold_name(identity.issuer or "")
        reasons.append(f"cùng cơ quan ban hành: {identity.issuer}" if same else f"cơ quan tương hợp: {facts.issuer} – {identity.issuer}")
        return 1.0 if same else 0.5 + 0.4 * shared

    def _parents(self, facts: DocumentFacts, identity: Identity, reasons: list[str]) -> float | None:
        ours, theirs = self.document_parents.get(facts.id, set()), self.parents.get(identity.id, set())
        if not theirs:
            return None
        shared = ours & theirs
        if shared:
            names = ", ".join(sorted(self.identities[s].key for s in shared if s in self.identities))
            reasons.append(f"cùng thực hiện {names}")
        return len(shared) / len(ours | theirs) if shared else 0.0

    def _subject(self, facts: DocumentFacts, identity: Identity, reasons: list[str]) -> float | None:
        """Words of the title against the subject under which others cite the identity, or else against their own titles."""
        title = set(fold_name(facts.title or "").split()) - _COMMON
        words = self._words_of(identity)
        if not title or not words:
            return None
        shared = title & words
        value = len(shared) / min(len(title), len(words))
        if value >= 0.5:
            reasons.append(f"trích yếu trùng {round(100 * value)} % số từ")
        return value

    def _words_of(self, identity: Identity) -> frozenset[str]:
        """Computed once: many documents of one body are held against the same identity."""
        if identity.id not in self._words:
            texts = list(identity.subjects) or [self.index.documents[d].title or "" for d in sorted(identity.citing)[:TITLES]]
            self._words[identity.id] = frozenset(w for t in texts for w in fold_name(t).split()) - _COMMON
        return self._words[identity.id]

    def _dates(self, facts: DocumentFacts, identity: Identity, reasons: list[str]) -> float | None:
        """A document is dated after all it cites and before all that cite it."""
        when = facts.issued_on or identity.issued_on
        if not when:
            return None
        after = self._cited[-1] if self._cited else None
        if after and when < after:
            return 0.0
        reasons.append(f"ngày {vn_date(when)} sau mọi văn bản nó dẫn" + (f" (muộn nhất {vn_date(after)})" if after else ""))
        return 1.0

    def _kind(self, facts: DocumentFacts, identity: Identity, reasons: list[str]) -> float | None:
        if not facts.kind or not identity.kind:
            return None
        reasons.append(f"cùng là {in_sentence(facts.kind)}")
        return 1.0


def in_sentence(kind: str) -> str:
    """«Kế hoạch» inside a sentence."""
    return kind[:1].lower() + kind[1:]

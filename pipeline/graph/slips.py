"""Numbers written wrong: an identity that only one text knows, one slip of the hand from one that the same text, or
others, know well. Folding it needs evidence; every fold leaves a finding, every doubt a note.
"""

from __future__ import annotations

from collections import Counter

from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import one_slip, parts, strip_marks
from pipeline.graph.names import compatible
from pipeline.graph.resolve import Identity, evidence_of
from schemas.graph import GraphFinding

# Numbers that one body gives on one day lie close together: so near a neighbour, an odd number may well be another document.
_SAME_DAY_RUN = 9


class SlipFinder:
    """Looks over all identities once. ``fold`` is the result: odd identity → the one meant."""

    def __init__(self, index: GraphIndex, identities: dict[str, Identity]) -> None:
        self.index, self.identities = index, identities
        self.findings: list[GraphFinding] = []
        self.fold: dict[str, str] = {}
        self.doubtful: set[tuple[str, str]] = set()
        self._by_symbol_date: dict[tuple[str, str], list[str]] = {}
        for name in sorted(identities):
            identity = identities[name]
            if identity.issued_on:
                self._by_symbol_date.setdefault((_symbol(identity), identity.issued_on), []).append(name)

    def run(self) -> None:
        for name in sorted(self.identities):
            odd = self.identities[name]
            if not odd.holders and len(odd.citing) == 1:
                self._judge(odd)

    def _judge(self, odd: Identity) -> None:
        doc = next(iter(odd.citing))
        local = Counter(t for t in self.index.documents[doc].targets if t)
        near = [(self.identities[t], local[t]) for t in sorted(local) if t in self.identities and t != odd.id]
        if odd.issued_on:
            near += [
                (self.identities[t], 0)
                for t in self._by_symbol_date[(_symbol(odd), odd.issued_on)]
                if t not in local and (self.identities[t].holders or len(self.identities[t].citing) > 1)
            ]
        verdicts = [(meant, self._verdict(odd, local[odd.id], meant, times)) for meant, times in near]
        certain = [meant for meant, verdict in verdicts if verdict == "slip"]
        if len(certain) == 1:
            self._note(odd, certain[0], doc)
        elif certain or any(v == "doubt" for _, v in verdicts):
            others = certain or [m for m, v in verdicts if v == "doubt"]
            text = f"{odd.key} chỉ được dẫn ở một văn bản và gần giống {', '.join(m.key for m in others)}: cần xem có ghi nhầm số không."
            self.findings.append(GraphFinding("GRAPH-NUMBER-NEAR", "note", text, (odd.id, *(m.id for m in others))))

    def _verdict(self, odd: Identity, times: int, meant: Identity, meant_times: int) -> str | None:
        """*slip*, *doubt* or None. ``times``: how often the one text cites each; ``meant_times`` 0: only others cite it."""
        if odd.fold == meant.fold or _symbol(odd) != _symbol(meant) or meant.id in self.fold:
            return None
        if odd.issued_on and odd.issued_on != meant.issued_on:
            return None
        a, b = parts(odd.fold), parts(meant.fold)
        if a.number is None or b.number is None or not compatible(odd.core, meant.core):
            return None
        if a.number == b.number:  # the symbol alone lost its marks: QD for QĐ
            bare = a.rest == strip_marks(a.rest).upper() and b.rest != a.rest
            return "slip" if bare else None
        if a.rest != b.rest or not one_slip(str(a.number), str(b.number)):
            return None
        far = abs(a.number - b.number) > _SAME_DAY_RUN
        outvoted = meant_times > times or (meant_times == 0 and (bool(meant.holders) or len(meant.citing) > 2))
        # a number without a date was introduced before, in full (Nghị định 30, phụ lục I); one never introduced was not meant
        introduced = odd.issued_on is not None
        if outvoted and (far or (not introduced and abs(a.number - b.number) > 1)):
            return "slip"
        return "doubt"

    def _note(self, odd: Identity, meant: Identity, doc: str) -> None:
        facts = self.index.documents[doc]
        self.fold[odd.id] = meant.id
        spans = tuple(evidence_of(facts, m) for m, t in zip(facts.mentions, facts.targets, strict=True) if t == odd.id)
        text = f"{odd.key} trong {facts.label} có lẽ ghi nhầm của {meant.key}; đã nối vào {meant.key}, cần người xem lại."
        self.findings.append(GraphFinding("GRAPH-NUMBER-SLIP", "warning", text, (meant.id,), spans))


def _symbol(identity: Identity) -> str:
    return strip_marks(parts(identity.fold).rest)


def apply(index: GraphIndex, identities: dict[str, Identity], folds: dict[str, str]) -> set[tuple[str, int]]:
    """Moves mentions of folded identities to the ones meant; returns the mentions moved."""
    moved: set[tuple[str, int]] = set()
    for odd_id in sorted(folds):
        odd, meant = identities.pop(odd_id), identities[folds[odd_id]]
        for doc in sorted(odd.citing):
            targets = index.documents[doc].targets
            for at, target in enumerate(targets):
                if target == odd_id:
                    targets[at] = meant.id
                    moved.add((doc, at))
        meant.citing |= odd.citing
        meant.mentions += odd.mentions
        meant.subjects.update(odd.subjects)
    return moved

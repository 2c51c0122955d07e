"""Numbers written wrong: in one text, a number one slip of the hand from another that the text, or others, know well.

Nghị định 30 has a text introduce a document in full (number, date, issuer, subject) and then use its number alone. So a
number that was never introduced, beside one that was, is a slip; one introduced in full is another document unless date and
subject say that it is the same. Every fold leaves a finding, every doubt a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from operator import itemgetter

from extractors.rulebook import lexicon
from pipeline.graph.facts import DocumentFacts, Mention
from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import KeyParts, bare_symbol, fold_key, near_number, parts
from pipeline.graph.names import compatible, fold_name
from pipeline.graph.resolve import Identity, evidence_of
from schemas.graph import GraphFinding

# Numbers that one body gives on one day lie close together: so near a neighbour, an odd number may well be another document.
_SAME_DAY_RUN = 9
# A number that more texts agree on is nobody's slip.
FEW = 3


class _Said:
    """One text's numbers: how often each is cited, those of one symbol together, and those introduced: with date and issuer, or date
    and subject, at least once."""

    __slots__ = ("by_symbol", "facts", "introduced", "named", "times")

    def __init__(self, facts: DocumentFacts, identities: dict[str, Identity]) -> None:
        self.facts = facts
        self.times = Counter(t for t in facts.targets if t)
        self.named = {name: identities[name] for name in sorted(self.times)}
        self.introduced = {t for m, t in zip(facts.mentions, facts.targets, strict=True) if m.issued_on and (m.issuer or m.subject)}
        self.by_symbol: dict[str, list[str]] = {}
        for name, identity in self.named.items():
            self.by_symbol.setdefault(_symbol(identity), []).append(name)


class SlipFinder:
    """Looks over all documents once. ``folds``: (document, odd identity) → the identity meant."""

    def __init__(self, index: GraphIndex, identities: dict[str, Identity]) -> None:
        self.index, self.identities = index, identities
        self.findings: list[GraphFinding] = []
        self.folds: dict[tuple[str, str], str] = {}
        self._by_symbol_date: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for name, identity in identities.items():
            number = parts(identity.fold).number
            if identity.issued_on and number is not None and not _uncertain(identity):
                self._by_symbol_date.setdefault((_symbol(identity), identity.issued_on), []).append((number, name))
        for listed in self._by_symbol_date.values():  # many short sorts: one of all names grows faster than they do
            if len(listed) > 1:
                listed.sort(key=itemgetter(1))

    def run(self) -> None:
        for facts in self.index.documents.values():
            said = _Said(facts, self.identities)
            # weakest first: what is cited least, here and anywhere, is the slip, not what was meant
            order = sorted(said.times, key=lambda n: (len(said.named[n].citing), n in said.introduced, said.times[n], n))
            meant: set[str | None] = set()
            for name in order:
                odd = said.named[name]
                if name not in meant and not self._shown(said, odd) and not odd.holders and not _well_known(odd):
                    self._judge(said, odd)
                meant.add(self.folds.get((facts.id, name)))

    def _shown(self, said: _Said, odd: Identity) -> bool:
        """Whether the text itself shows a slip, however well known the document is that has the number as written: another
        document that it cites has a number one slip away, and the date that stands here or the body that this text names."""
        facts, number = said.facts, parts(odd.fold)
        beside = [said.named[name] for name in said.by_symbol[_symbol(odd)] if name != odd.id and (facts.id, name) not in self.folds]
        near = [other for other in beside if _one_slip(number, parts(other.fold))]
        if not near:
            return False
        here = [m for m, t in zip(facts.mentions, facts.targets, strict=True) if t == odd.id]
        meant = [m for m in near if _redated(odd, here, m) or (_stray(odd, here, m) and said.times[m.id] > said.times[odd.id])]
        meant = [m for m in meant if _redated(odd, here, m) or (m.id in said.introduced and _follows(facts, odd.id, m))]
        if len(meant) == 1:
            self._note(facts, odd, meant[0])
        return len(meant) == 1

    def _judge(self, said: _Said, odd: Identity) -> None:
        # a number taken for a slip cannot be what another slip meant
        near = [m for m in self._near(said, odd) if (said.facts.id, m.id) not in self.folds]
        verdicts = [(meant, self._verdict(said, odd, meant)) for meant in near]
        certain = [meant for meant, verdict in verdicts if verdict == "slip"]
        if len(certain) == 1:
            self._note(said.facts, odd, certain[0])
            return
        others = certain or [meant for meant, verdict in verdicts if verdict == "doubt"]
        if others:
            names = ", ".join(m.key for m in others)
            text = f"{said.facts.label} dẫn {odd.key}, gần giống {names}: cần xem có ghi nhầm số không."
            self.findings.append(GraphFinding("GRAPH-NUMBER-NEAR", "note", text, (odd.id, *(m.id for m in others))))

    def _near(self, said: _Said, odd: Identity) -> Iterator[Identity]:
        """What the text may have meant: what it cites elsewhere under the same symbol, and what others cite under the same
        symbol and date."""
        for name in said.by_symbol[_symbol(odd)]:
            if name != odd.id:
                yield said.named[name]
        mine = parts(odd.fold).number
        if odd.issued_on and mine is not None and len(odd.citing) <= FEW:
            # the number first: of a symbol that all communes share, a day has dozens
            for number, name in self._by_symbol_date.get((_symbol(odd), odd.issued_on), ()):
                if (number == mine or near_number(number, mine)) and name not in said.times:
                    yield self.identities[name]

    @staticmethod
    def _verdict(said: _Said, odd: Identity, meant: Identity) -> str | None:
        """*slip*, *doubt* or None."""
        facts, a, b = said.facts, parts(odd.fold), parts(meant.fold)
        if a.number is None or b.number is None or odd.fold == meant.fold or not compatible(odd.core, meant.core):
            return None
        if (odd.issued_on and odd.issued_on != meant.issued_on) or len(odd.citing) > len(meant.citing):
            return None  # what more texts cite is not the slip
        if a.number == b.number:  # the symbol alone lost its marks: QD for QĐ
            return "slip" if a.rest == bare_symbol(odd.fold).upper() != b.rest else None
        if not _one_slip(a, b):
            return None
        gap = abs(a.number - b.number)
        known_here, times = meant.id in said.introduced, said.times[meant.id]
        stronger = bool(meant.holders) or times > said.times[odd.id] or len(meant.citing) >= 3 * len(odd.citing)
        if odd.id not in said.introduced:
            if (known_here or (stronger and times)) and (gap > 1 or odd.issued_on) and _follows(facts, odd.id, meant):
                return "slip"
        elif stronger and (gap > _SAME_DAY_RUN or _same_subject(facts, odd.id, meant)):
            return "slip"
        return "doubt" if stronger else None

    def _note(self, facts: DocumentFacts, odd: Identity, meant: Identity) -> None:
        self.folds[facts.id, odd.id] = meant.id
        spans = tuple(evidence_of(facts, at) for at, target in enumerate(facts.targets) if target == odd.id)
        text = f"{odd.key} trong {facts.label} có lẽ ghi nhầm của {meant.key}; đã nối vào {meant.key}, cần người xem lại."
        self.findings.append(GraphFinding("GRAPH-NUMBER-SLIP", "warning", text, (meant.id,), spans))


@cache
def _known_acts() -> frozenset[tuple[str, str]]:
    """Number and date of the acts of the centre that ``acts.csv`` holds."""
    return frozenset((fold_key(row["key"]), row["issued_on"]) for row in lexicon("acts"))


def _well_known(identity: Identity) -> bool:
    """An act of the centre, cited with its own date: no slip for the next number of that day (131 and 132-QĐ/TW)."""
    return (identity.fold, identity.issued_on) in _known_acts()


def _uncertain(identity: Identity) -> bool:
    """Cited once in the world and not in hand: nothing to correct others by."""
    return not identity.holders and len(identity.citing) < 2


def _redated(odd: Identity, here: list[Mention], meant: Identity) -> bool:
    """A number of one document with the date of another: it is the number that is wrong."""
    dates = {m.issued_on for m in here if m.issued_on}
    return odd.issued_on not in (None, *dates) and dates == {meant.issued_on} and all(compatible(m.core, meant.core) for m in here)


def _stray(odd: Identity, here: list[Mention], meant: Identity) -> bool:
    """A bare number that only a document of another body has."""
    bare = not any(m.issued_on or m.core for m in here)
    return bare and abs((parts(odd.fold).number or 0) - (parts(meant.fold).number or 0)) > 1 and not compatible(odd.core, meant.core)


def _one_slip(a: KeyParts, b: KeyParts) -> bool:
    """Whether two numbers differ by one slip of the hand and their symbols in nothing."""
    return a.number is not None and b.number is not None and a.rest == b.rest and near_number(a.number, b.number)


def _symbol(identity: Identity) -> str:
    return bare_symbol(identity.fold)


def _follows(facts: DocumentFacts, name: str, meant: Identity) -> bool:
    """Whether the odd number comes only after the one meant, under the same kind word: a second document that a text
    merely names would do neither reliably."""
    first = min((facts.start(at) for at, target in enumerate(facts.targets) if target == meant.id), default=None)
    odd = [at for at, target in enumerate(facts.targets) if target == name]
    if first is None or any(facts.start(at) <= first for at in odd):
        return False
    kinds = {fold_name(kind) for at in odd if (kind := facts.mentions[at].kind)}
    return not kinds or not meant.kind or kinds == {fold_name(meant.kind)}


def _same_subject(facts: DocumentFacts, name: str, meant: Identity) -> bool:
    """One body does not issue two documents on one subject on one day."""
    said = {fold_name(m.subject) for m, t in zip(facts.mentions, facts.targets, strict=True) if t == name and m.subject}
    return bool(said & {fold_name(s) for s in meant.subjects})


def apply(index: GraphIndex, identities: dict[str, Identity], folds: dict[tuple[str, str], str]) -> dict[tuple[str, int], str]:
    """Moves mentions to the identities meant and drops identities that nobody cites any more; returns the mentions moved,
    each with the identity of the number as written."""
    moved: dict[tuple[str, int], str] = {}
    lost: dict[str, set[str]] = {}
    gained: dict[str, list[str]] = {}
    for doc, odd_id in sorted(folds):
        meant_id = folds[doc, odd_id]
        odd, meant = identities[odd_id], identities[meant_id]
        targets = index.documents[doc].targets
        for at, target in enumerate(targets):
            if target == odd_id:
                targets[at] = meant_id
                moved[doc, at] = odd_id
                odd.mentions -= 1
                meant.mentions += 1
        lost.setdefault(odd_id, set()).add(doc)
        gained.setdefault(meant_id, []).append(doc)
    for name, docs in lost.items():
        identities[name].citing = [doc for doc in identities[name].citing if doc not in docs]
    for name, more in gained.items():
        identities[name].citing = list(dict.fromkeys([*identities[name].citing, *more]))
    for odd_id in lost:
        if not identities[odd_id].citing and not identities[odd_id].holders:
            del identities[odd_id]
    return moved

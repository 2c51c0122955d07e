"""Mention → identity: which document in the world each citation means.

One number may name several documents: issued by different bodies that share a symbol, or in different years or terms. One
document may be cited with a wrong date. ``resolve_key`` tells these apart with what all documents together say; every
choice that a person might see otherwise leaves a finding. Nothing is merged silently.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from extractors.rulebook import word_class
from pipeline.graph.facts import DocumentFacts, Mention
from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import changed_parts, parts, period_of, same_period, symbol_level
from pipeline.graph.names import compatible, core, fold_name
from schemas.graph import Evidence, GraphFinding

# Words that every body of a kind shares; what is left of a name tells one body from another.
_GENERIC = frozenset(word for name in word_class("graph_grammar", "common-in-bodies") for word in core(name))


@dataclass(slots=True)
class Identity:
    """A document of the world. ``dates`` counts the documents that give each date; ``issued_on`` is the one believed."""

    id: str
    key: str
    fold: str
    issued_on: str | None
    kind: str | None = None
    issuer: str | None = None
    core: frozenset[str] = frozenset()
    holders: list[str] = field(default_factory=list)
    citing: list[str] = field(default_factory=list)  # each once
    mentions: int = 0
    dates: Counter[str] = field(default_factory=Counter)
    subjects: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


class Claim:
    """One mention of the key at hand: which document, its position there, what it says."""

    __slots__ = ("at", "date", "doc", "mention", "scope")

    def __init__(self, doc: str, at: int, mention: Mention) -> None:
        self.doc, self.at, self.mention, self.date = doc, at, mention, mention.issued_on
        self.scope = -1


@dataclass(slots=True)
class KeyResult:
    """Identities of one number, the mentions assigned to them, those of one text together, and what had to be decided on the way.
    ``spoken`` runs parallel to ``targets``: what each mention says."""

    identities: list[Identity]
    targets: list[tuple[str, int, Identity]]
    spoken: list[Mention]
    findings: list[GraphFinding]


def evidence_of(facts: DocumentFacts, at: int) -> Evidence:
    mention = facts.mentions[at]
    return Evidence(facts.id, facts.spans[2 * at], facts.spans[2 * at + 1], facts.quote(at), mention.rule, mention.confidence)


class KeyResolver:
    """Resolves all mentions and holders of one folded key. One use per key."""

    def __init__(self, index: GraphIndex, fold: str) -> None:
        self.index, self.fold = index, fold
        self.docs = index.documents
        self.unique = symbol_level(parts(fold).issuer)[2] or not parts(fold).recurs
        self.holders = [self.docs[d] for d in sorted(index.holders.get(fold, ()))]
        self.by_doc: dict[str, list[Claim]] = {}
        for doc in index.citing.get(fold, ()):  # as they lie in memory: nothing below depends on their order
            facts = self.docs[doc]
            self.by_doc[doc] = [Claim(doc, at, facts.mentions[at]) for at in facts.places[fold]]
        self.claims = list(chain.from_iterable(self.by_doc.values()))
        self.holder_scope: dict[str, int] = {}
        self.findings: list[GraphFinding] = []
        self.conflicts: list[tuple[tuple[int, str], str, list[Claim]]] = []
        self.identities: dict[tuple[int, str], Identity] = {}
        self.targets: list[tuple[str, int, Identity]] = []
        self.spoken: list[Mention] = []

    def run(self) -> KeyResult:
        self._scopes()
        by_scope: dict[int, tuple[list[Claim], list[DocumentFacts]]] = {}
        for claim in self.claims:
            by_scope.setdefault(claim.scope, ([], []))[0].append(claim)
        for holder in self.holders:
            by_scope.setdefault(self.holder_scope[holder.id], ([], []))[1].append(holder)
        for scope in sorted(by_scope):
            self._resolve_scope(scope, *by_scope[scope])
        identities = list(self.identities.values())
        spoken: dict[int, list[Mention]] = {}
        for (_, _, identity), mention in zip(self.targets, self.spoken, strict=True):
            spoken.setdefault(id(identity), []).append(mention)
        for identity in identities:
            self._describe(identity, spoken.get(id(identity), []))
        self._name(identities)
        for place, date, claims in self.conflicts:
            self._note_conflict(self.identities[place], date, claims)
        identities.sort(key=lambda i: i.id)
        self._note_reuse(identities)
        return KeyResult(identities, self.targets, self.spoken, self.findings)

    # --- which body -------------------------------------------------------------------------------------------------

    def _scopes(self) -> None:
        """Parts claims and holders by issuing body where a symbol is shared by bodies; -1 where nothing tells."""
        cores = {c.mention.core for c in self.claims if c.mention.core} | {h.core for h in self.holders if h.core}
        if self.unique or not cores:
            for claim in self.claims:
                claim.scope = 0
            self.holder_scope = {h.id: 0 for h in self.holders}
            return
        heads: list[frozenset[str]] = []
        fits: dict[frozenset[str], int] = {}
        for words in sorted(cores, key=lambda c: (-len(c), sorted(c))):
            homes = [i for i, head in enumerate(heads) if compatible(words, head)]
            if not homes:
                heads.append(words)
            fits[words] = (len(heads) - 1) if not homes else homes[0] if len(homes) == 1 else -1
        self._join_contradictions(fits)
        for claim in self.claims:
            claim.scope = fits.get(claim.mention.core, -1)
        self.holder_scope = {h.id: fits.get(h.core, -1) for h in self.holders}
        self._place_unsaid()

    def _join_contradictions(self, fits: dict[frozenset[str], int]) -> None:
        """One text that gives one number and one date to two bodies contradicts itself; it does not cite two documents."""
        for doc in sorted(self.by_doc):
            seen: dict[str | None, int] = {}
            for claim in self.by_doc[doc]:
                scope = fits.get(claim.mention.core, -1)
                first = seen.setdefault(claim.date, scope) if claim.date and scope >= 0 else scope
                if first != scope:
                    for words, home in fits.items():
                        if home == scope:
                            fits[words] = first

    def _place_unsaid(self) -> None:
        """Claims that name no telling body: as the same text says elsewhere, as the date says, or the only body there is."""
        scopes = {c.scope for c in self.claims if c.scope >= 0} | {s for s in self.holder_scope.values() if s >= 0}
        by_date: dict[str, set[int]] = {}
        for claim in self.claims:
            if claim.scope >= 0 and claim.date:
                by_date.setdefault(claim.date, set()).add(claim.scope)
        for holder in self.holders:
            if holder.issued_on and self.holder_scope[holder.id] >= 0:
                by_date.setdefault(holder.issued_on, set()).add(self.holder_scope[holder.id])
        named = self._named_in(self._telling_words())
        for claim in self.claims:
            if claim.scope < 0:
                choice = by_date.get(claim.date, set()) if claim.date else set()
                if len(choice) != 1:
                    choice = {c.scope for c in self.by_doc[claim.doc] if c.mention.core and c.scope >= 0}
                if len(choice) != 1:
                    choice = named(self._vocabulary(claim.doc))
                if len(choice) == 1:
                    claim.scope = next(iter(choice))
        for doc, scope in self.holder_scope.items():
            if scope < 0 and len(scopes) == 1:
                self.holder_scope[doc] = next(iter(scopes))

    def _telling_words(self) -> dict[int, frozenset[str]]:
        """Per scope the words of its body that not every body of this number has: place names above all."""
        names: dict[int, set[frozenset[str]]] = {}
        for claim in self.claims:
            if claim.scope >= 0 and claim.mention.core:
                names.setdefault(claim.scope, set()).add(claim.mention.core)
        for holder in self.holders:
            if self.holder_scope[holder.id] >= 0 and holder.core:
                names.setdefault(self.holder_scope[holder.id], set()).add(holder.core)
        fullest_names = {scope: max(cores, key=lambda c: (len(c), sorted(c))) for scope, cores in names.items()}
        shared = frozenset.intersection(*fullest_names.values()) if len(fullest_names) > 1 else frozenset(_GENERIC)
        return {scope: words - shared - _GENERIC for scope, words in fullest_names.items()}

    @staticmethod
    def _named_in(told: dict[int, frozenset[str]]) -> Callable[[frozenset[str]], set[int]]:
        """The scopes all of whose telling words a vocabulary has; looked up by one word each, since a number such as 12 of
        a common symbol belongs to hundreds of bodies."""
        plain = {scope for scope, words in told.items() if not words}
        by_word: dict[str, list[int]] = {}
        for scope, words in told.items():
            if words:
                by_word.setdefault(min(words), []).append(scope)

        def named(vocabulary: frozenset[str]) -> set[int]:
            near = (scope for word in by_word.keys() & vocabulary for scope in by_word[word])
            return plain | {scope for scope in near if told[scope] <= vocabulary}

        return named

    def _vocabulary(self, doc: str) -> frozenset[str]:
        """Words of all bodies a text names: its own issuer, place, and issuers it cites."""
        if doc not in self.index.vocabularies:
            facts = self.docs[doc]
            cores = [facts.core, core(facts.place), *(m.core for m in facts.mentions)]
            self.index.vocabularies[doc] = frozenset().union(*cores)
        return self.index.vocabularies[doc]

    # --- which date -------------------------------------------------------------------------------------------------

    def _resolve_scope(self, scope: int, claims: list[Claim], holders: list[DocumentFacts]) -> None:
        believed = self._dates(scope, claims, {h.issued_on for h in holders if h.issued_on})
        heads = sorted(set(believed.values()))
        for holder in holders:
            self._hold(scope, holder, heads)
        for claim in claims:
            date = believed[claim.date] if claim.date else self._undated(claim, believed, heads)
            identity = self._identity(scope, date)
            self.targets.append((claim.doc, claim.at, identity))
            self.spoken.append(claim.mention)
            self._count(identity, claim)

    def _dates(self, scope: int, claims: list[Claim], anchored: set[str]) -> dict[str, str]:
        """Each written date → the date believed. Dates of documents in hand stand; a date that cannot be a second
        document's is taken for a slip of the date it stands nearest to."""
        docs: dict[str, Counter[str]] = {d: Counter() for d in sorted(anchored)}
        for claim in claims:
            if claim.date:
                docs.setdefault(claim.date, Counter())[claim.doc] += 1
        order = sorted(docs, key=lambda d: (d not in anchored, -len(docs[d]), -docs[d].total(), d))
        believed: dict[str, str] = {}
        heads: list[str] = []
        for date in order:
            head = None if date in anchored else next((h for h in heads if self._is_slip(date, h, docs)), None)
            believed[date] = head or date
            if head is None:
                heads.append(date)
            else:
                self.conflicts.append(((scope, head), date, [c for c in claims if c.date == date]))
        return believed

    def _is_slip(self, date: str, head: str, docs: dict[str, Counter[str]]) -> bool:
        shared = docs[date].keys() & docs[head].keys()
        weak = len(docs[date]) == 1 or (changed_parts(date, head) == 1 and self._ahead(date, docs[date]))
        if same_period(self.fold, date, head):
            return bool(self.unique or shared or (weak and changed_parts(date, head) == 1))
        outvoted = weak and all(docs[date][d] < docs[head][d] for d in docs[date])
        return weak and (changed_parts(date, head) == 1 or (outvoted and self._copied(date, next(iter(docs[date])))))

    def _ahead(self, date: str, said_by: Iterable[str]) -> bool:
        """Whether all texts that give this date are older than it: nobody cites what is not yet there."""
        limits = [self.docs[doc].issued_on or self.docs[doc].latest for doc in said_by]
        return all(limit and limit < date for limit in limits)

    def _copied(self, date: str, doc: str) -> bool:
        """Whether the text gives this date to another number too: the hand slipped to a neighbour's date."""
        return any(m.issued_on == date and m.fold != self.fold for m in self.docs[doc].mentions)

    def _undated(self, claim: Claim, believed: dict[str, str], heads: list[str]) -> str | None:
        """The date a mention without one stands for: as the nearest mention of the same text, else the only one there is."""
        local = [c for c in self.by_doc[claim.doc] if c.date and c.scope == claim.scope]
        if local:
            facts = self.docs[claim.doc]
            before = [c for c in local if facts.start(c.at) <= facts.start(claim.at)]
            near = before[-1] if before else local[0]
            return believed[near.date] if near.date else None
        limit = self.docs[claim.doc].issued_on or self.docs[claim.doc].latest
        possible = [h for h in heads if not limit or h <= limit]
        return possible[0] if len(possible) == 1 else None

    def _hold(self, scope: int, holder: DocumentFacts, heads: list[str]) -> None:
        date = holder.issued_on or (heads[0] if len(heads) == 1 else None)
        identity = self._identity(scope, date)
        if identity.holders and not _alike(self.docs[identity.holders[0]], holder):
            # two files with one number but different matters are two documents, whatever their headers say
            identity = self._identity(scope, f"{date or ''}~{holder.sha256[:8]}")
            identity.issued_on = date
        identity.holders.append(holder.id)
        if date and not holder.issued_on:
            identity.notes.append("ngày ban hành lấy từ văn bản dẫn chiếu")

    def _identity(self, scope: int, date: str | None) -> Identity:
        place = (scope, date or "")
        if place not in self.identities:
            self.identities[place] = Identity("", "", self.fold, date)
        return self.identities[place]

    # --- what is known of it ----------------------------------------------------------------------------------------

    def _count(self, identity: Identity, claim: Claim) -> None:
        if not identity.citing or identity.citing[-1] != claim.doc:  # claims of one text stand together
            identity.citing.append(claim.doc)
        identity.mentions += 1
        if claim.date:
            identity.dates[claim.date] += 1
        if claim.mention.subject:
            identity.subjects[claim.mention.subject] += 1

    def _describe(self, identity: Identity, mentions: list[Mention]) -> None:
        holder = self.docs[identity.holders[0]] if identity.holders else None
        identity.key = (holder.key if holder else None) or most_common([m.key for m in mentions]) or self.fold
        identity.kind = (holder.kind if holder else None) or most_common([m.kind for m in mentions if m.kind])
        issuers = [m.issuer for m in mentions if m.issuer]
        identity.issuer = (holder.issuer if holder else None) or fullest(issuers)
        identity.core = max((m.core for m in mentions), key=lambda c: (len(c), sorted(c)), default=frozenset())
        if holder and holder.core:
            identity.core = holder.core

    def _name(self, identities: list[Identity]) -> None:
        """The key itself where it names one document; with period, then body, then date where it names several."""
        base = most_common([i.key for i in identities]) or self.fold  # «06/KH-UBND» and «6/KH-UBND» are one number
        for identity in identities:
            identity.id = base
        for suffix in (_by_period, _by_body, _by_date):
            taken = Counter(i.id for i in identities)
            for identity in identities:
                if taken[identity.id] > 1:
                    identity.id += suffix(identity)

    # --- what a person should see -----------------------------------------------------------------------------------

    def _note_conflict(self, identity: Identity, date: str, claims: list[Claim]) -> None:
        head = vn_date(identity.issued_on)
        spans = tuple(evidence_of(self.docs[c.doc], c.at) for c in sorted(claims, key=lambda c: (c.doc, c.at)))
        text = f"Cùng một số {identity.key} nhưng ghi hai ngày: {head} và {vn_date(date)}; lấy ngày {head}."
        self.findings.append(GraphFinding("CIT-DATE-CONFLICT", "error", text, (identity.id,), spans))

    def _note_reuse(self, identities: list[Identity]) -> None:
        if len(identities) < 2:
            return
        open_ones = [i for i in identities if i.issued_on is None and not i.holders]
        dated = [i for i in identities if i.issued_on]
        for identity in open_ones:
            if len(dated) > 1:
                identity.notes.append("số được dùng lại; không rõ dẫn văn bản nào")
                text = f"Số {identity.key} có ở {len(dated)} văn bản khác nhau; chỗ dẫn không ghi ngày nên chưa xác định được."
                self.findings.append(GraphFinding("CIT-NUMBER-REUSED", "warning", text, tuple(i.id for i in identities)))
        if len(dated) > 1:
            text = f"Một số {dated[0].key}, {len(dated)} văn bản: " + "; ".join(
                f"{vn_date(i.issued_on)}{' của ' + i.issuer if i.issuer else ''}" for i in sorted(dated, key=lambda i: i.id)
            )
            self.findings.append(GraphFinding("GRAPH-NUMBER-SHARED", "note", text + ".", tuple(sorted(i.id for i in dated))))


def _by_period(identity: Identity) -> str:
    period = period_of(identity.fold, identity.issued_on)
    return f"@{period or 'không-rõ-ngày'}"


def _by_body(identity: Identity) -> str:
    return f"#{fold_name(identity.issuer).replace(' ', '-')}" if identity.issuer else ""


def _by_date(identity: Identity) -> str:
    """Date and a stamp of who has or cites it: the last resort, and never the same twice."""
    who = identity.holders[0] if identity.holders else " ".join([*sorted(identity.core), *sorted(identity.citing)])
    stamp = hashlib.sha256(who.encode()).hexdigest()[:8]
    return "~" + "-".join(x for x in (identity.issued_on, stamp) if x)


def _alike(first: DocumentFacts, second: DocumentFacts) -> bool:
    """Whether two files of one number can be two copies of one document, by their titles."""
    a, b = set(fold_name(first.title or "").split()), set(fold_name(second.title or "").split())
    return not a or not b or len(a & b) >= 0.5 * min(len(a), len(b))


def most_common(values: Iterable[str] | Mapping[str, int]) -> str | None:
    """The most frequent, the first in order among equals."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def fullest(names: Iterable[str] | Mapping[str, int]) -> str | None:
    """The name that says most and is said most: the longest of those that at least one text uses, frequency first."""
    counts = Counter(names)
    return min(counts, key=lambda v: (-len(set(fold_name(v).split())), -counts[v], v)) if counts else None


def vn_date(iso: str | None) -> str:
    """27/3/2024 for 2024-03-27 as plans write it (days and months below 10 padded where Decree 30 asks for it)."""
    if not iso or len(iso) != 10:
        return iso or "không rõ ngày"
    year, month, day = iso.split("-")
    return f"{day}/{month if month in ('01', '02') else str(int(month))}/{year}"

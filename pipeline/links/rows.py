"""Rows of the graph's tables: documents as resolution sees them, identities with what mentions say of them."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.graph.decisions import BY_HAND
from pipeline.graph.facts import DocumentFacts, EdgeFacts, LinkFacts, Mention
from pipeline.graph.keys import bare_symbol, fold_key, parts, strip_marks
from pipeline.graph.links import Draft, Place, merge
from pipeline.graph.names import core
from pipeline.graph.resolve import Identity, KeyResult

Row = dict[str, Any]
SAID = ("key", "kind", "issuer", "issued_on", "subject")
"""What mentions say of an identity, counted."""
TEXTS = "texts"


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)  # made once: every row has some


def to_json(value: object) -> str:
    return _ENCODER.encode(value)


def pack(facts: DocumentFacts) -> str:
    """A document as resolution sees it, without quotes and duties: what a later resolution of its numbers needs. What several of
    its mentions say stands there once: of twenty a handful differ."""
    said: dict[tuple[object, ...], int] = {}
    known: dict[int, int] = {}  # by the object: one for all that say the same
    which = []
    for m in facts.mentions:
        place = known.get(id(m))
        if place is None:
            words = (m.confidence, m.key, m.kind, m.issued_on, m.issuer, m.subject, m.relation)
            place = known[id(m)] = said.setdefault(words, len(said))
        which.append(place)
    own = facts.places
    # a link that rests on all mentions of its number need not say on which
    links = [(k.fold, k.relation, k.parent, None if k.at == own.get(k.fold) else k.at, k.confidence, k.rule) for k in facts.links]
    head = [facts.key, facts.kind, facts.regime, facts.issued_on, facts.latest, facts.issuer, facts.place, facts.title]
    return to_json([facts.id, facts.sha256, facts.names, *head, list(said), which, list(facts.spans), links, facts.edges])


def unpack(text: str) -> DocumentFacts:
    """The other way round; quotes are empty, which only evidence shows."""
    name, sha256, names, key, kind, regime, issued_on, latest, issuer, place, title, said, which, spans, links, edges = json.loads(text)
    mentions = [Mention("", m[0], m[1], fold_key(m[1]), m[2], m[3], m[4], core(m[4]), m[5], m[6], ()) for m in said]
    facts = DocumentFacts(
        name, sha256, names, key, fold_key(key) if key else None, kind, regime, issued_on, latest, issuer, place, title, core(issuer),
        [mentions[n] for n in which],
        array("l", spans),
        [],
        [],
        [EdgeFacts(e[0], e[1], e[2], tuple(e[3]), e[4], e[5]) for e in edges],
        [],
    )  # fmt: skip
    own = facts.places
    facts.links = [LinkFacts(k[0], k[1], k[2], own[k[0]] if k[3] is None else tuple(k[3]), k[4], k[5]) for k in links]
    return facts


def document_row(n: int, facts: DocumentFacts, node: int, *, is_open: bool) -> Row:
    return {"n": n, "id": facts.id, "node": node, "open": is_open, "fold": facts.fold, "core": join_core(facts.core)}


def facts_row(n: int, facts: DocumentFacts) -> Row:
    return {"document": n, "facts": pack(facts)}


def mention_rows(n: int, raw: Sequence[int], target: Sequence[int], duties: Sequence[str]) -> list[Row]:
    """The lists run parallel to the document's mentions; ``duties``: ids, one a line."""
    places = enumerate(zip(raw, target, duties, strict=True))
    return [{"document": n, "at": at, "raw": r, "target": t, "duties": d} for at, (r, t, d) in places]


def duties_at(facts: DocumentFacts) -> list[str]:
    """Per mention the duties that cite it."""
    if not facts.duties:
        return [""] * len(facts.mentions)
    found: list[list[str]] = [[] for _ in facts.mentions]
    for duty in facts.duties:
        for at in duty.at:
            found[at].append(duty.id)
    return ["\n".join(dict.fromkeys(ids)) for ids in found]


def join_core(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


class Said:
    """What mentions say of one identity, and under ``texts`` how many documents give each date."""

    __slots__ = ("counts",)

    def __init__(self, counts: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self.counts: dict[str, dict[str, int]] = {field: dict(counts.get(field, {})) if counts else {} for field in (*SAID, TEXTS)}

    def add(self, mentions: Sequence[Mention], by: int = 1) -> None:
        """Adds all that one document says, or takes it back with ``by`` -1."""
        for mention in mentions:
            self.count(mention, by)
        for date in {m.issued_on for m in mentions if m.issued_on}:
            self._count(TEXTS, date, by)

    def count(self, mention: Mention, times: int) -> None:
        """Adds what so many mentions say."""
        for field in SAID:
            value = getattr(mention, field)
            if value:
                self._count(field, value, times)

    def add_text(self, date: str) -> None:
        """Adds a document that gives this date."""
        self._count(TEXTS, date, 1)

    def _count(self, field: str, value: str, by: int) -> None:
        counts = self.counts[field]
        counts[value] = counts.get(value, 0) + by
        if not counts[value]:
            del counts[value]

    def to_json(self) -> str:
        return to_json(self.counts)


def said_of(result: KeyResult) -> dict[str, Said]:
    """What the mentions of one number say of each identity: those that say the same are counted together."""
    said = {identity.id: Said() for identity in result.identities}
    told = [(identity.id, id(mention)) for (_, _, identity), mention in zip(result.targets, result.spoken, strict=True)]
    mentions = {id(mention): mention for mention in result.spoken}
    for (name, which), times in Counter(told).items():
        said[name].count(mentions[which], times)
    dated = {(n, d, doc) for (doc, _, i), m in zip(result.targets, result.spoken, strict=True) if (d := m.issued_on) and (n := i.id)}
    for name, date, _ in dated:
        said[name].add_text(date)
    return said


def by_document(result: KeyResult) -> dict[tuple[str, str], list[int]]:
    """(document, identity) → positions of its mentions that name it."""
    found: dict[tuple[str, str], list[int]] = {}
    for doc, at, identity in result.targets:
        found.setdefault((doc, identity.id), []).append(at)
    return found


def node_row(n: int, name: str, data: Mapping[str, Any], *, identity: Identity | None, said: str, raw_citing: int) -> Row:
    """Row of an identity, or with ``identity`` None of a document in hand without a number; ``data`` as the graph has it, ``said``
    as JSON."""
    fold = identity.fold if identity else None
    return {
        "n": n, "name": name, "fold": fold, "symbol": bare_symbol(fold) if fold else None, "number": parts(fold).number if fold else None,
        "flat": strip_marks(data["key"]).replace(" ", "") if data["key"] else None, "key": data["key"], "label": data["name"],
        "kind": data["kind"], "level": data["level"], "level_sure": data["level_sure"], "issuer": data["issuer"],
        "issued_on": data["issued_on"], "latest": data["latest"], "title": data["title"], "in_hand": data["in_hand"],
        "files": to_json(list(data["files"])), "sha256": data["sha256"], "holders": to_json(identity.holders if identity else []),
        "core": join_core(identity.core) if identity else "", "said": said, "raw_citing": raw_citing, "citing": data["citing"],
    }  # fmt: skip


def claims_of(edges: Iterable[tuple[Place, Draft]]) -> dict[Place, Draft]:
    """What one document says of each edge."""
    found: dict[Place, Draft] = {}
    for place, draft in edges:
        merge(found, place, draft)
    return found


def claim_row(n: int, place: tuple[int, int, str], draft: Draft) -> Row:
    source, target, relation = place
    told = {"parent": draft.parent, "slipped": draft.slipped, "confidence": draft.confidence}
    return {"document": n, "source": source, "target": target, "relation": relation, **told}


def edge_row(source: int, target: int, relation: str, *, claimed: bool, data: Mapping[str, Any], status: str = "") -> Row:
    """``data`` as the graph has it; ``claimed``: made a parent before parents were reduced to immediate ones; ``status`` where a
    person decided on an edge that no text says, and whose stamp therefore says nothing."""
    flags = [f for f in data["flags"] if f != "GRAPH-NUMBER-SLIP"]
    return {
        "source": source, "target": target, "relation": relation, "claimed": claimed, "parent": data["parent"],
        "inferred": data["inferred"], "slipped": "GRAPH-NUMBER-SLIP" in data["flags"], "confidence": data["confidence"],
        "flags": "\n".join(flags), "status": status, "stamp": "", "by_hand": data["rule"] == BY_HAND,
    }  # fmt: skip


def draft_row(source: int, target: int, relation: str, draft: Draft, checked: Mapping[str, Any] | None) -> Row:
    """Of an edge that texts say; ``checked``: what is known of it since, where checks look at such edges."""
    return {
        "source": source, "target": target, "relation": relation, "claimed": draft.parent,
        "parent": checked["parent"] if checked else draft.parent, "inferred": draft.inferred, "slipped": draft.slipped,
        "confidence": draft.confidence, "flags": "\n".join(checked["flags"]) if checked else "", "status": "", "stamp": "",
        "by_hand": False,
    }  # fmt: skip

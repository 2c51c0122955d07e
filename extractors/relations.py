"""The graph's raw material: what a document does to others (links) and what it says about others (edges).

Links carry the strongest relation of all mentions of a document; ``parent`` marks the immediate parents after the annotation
guide: in a chain the nearest, side by side those whose issuer is closest in its line of command. Identity of documents is not
decided here: a target is a key as this text gives it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from extractors.citation_nesting import PROGRAMMES, edge_relation, is_passive
from extractors.citation_ranks import issuer_rank, level_of, tier
from extractors.keys import fold, normal_key
from extractors.plan import Plan
from extractors.registry import spell_out
from extractors.rulebook import rules, word_class
from schemas.record import RELATIONS, Citation, Document, Edge, Link, Relation

_AGREED = "phối hợp"
_COUNTED = ("full", "name", "short")


def _line(key: str, issuer: str | None, mass: bool = False) -> str:
    """Party or state line of command; fronts and unions stand in the party's. ``mass``: seen from a union or a front, whose own
    superiors are a line of their own."""
    if mass and issuer and rules("relations").pattern("mass_body").search(issuer.lower()):
        return "mass"
    if issuer and rules("relations").pattern("party_body").search(issuer.lower()):
        return "party"
    regime = normal_key(key).regime
    return "state" if regime == "state" else "party"


def _id(key: str) -> str:
    return normal_key(key).key if key[:1].isdigit() else fold(key)


def edges_of(text: str, citations: Sequence[Citation], own: str | None = None) -> tuple[Edge, ...]:
    """Relations between two other documents than the one with the key ``own``: a mention inside the subject of another, or an act that
    changed another."""
    itself = _id(own) if own else None
    by_id = {c.id: c for c in citations}
    inside = _by_outer(citations)
    begins = _lists_begin(text, inside)
    dated = {c.key: c.issued_on for c in citations if c.key and c.issued_on}
    found: dict[tuple[str, str, Relation], list[str]] = {}
    for citation in citations:
        outer = by_id.get(citation.within or "")
        if outer is None or not outer.key or not citation.key or _id(outer.key) == _id(citation.key):
            continue
        if outer.form == "self" or itself in (_id(outer.key), _id(citation.key)):
            continue
        if citation.relation == "implements":  # the plan that its paper proposes is this document
            continue
        gap = text[outer.end : begins[citation.id]]
        passive = is_passive(gap) or is_passive(text[_ended(inside[outer.id], outer, begins[citation.id]) : begins[citation.id]])
        relation = passive or edge_relation(gap)
        if relation is None:
            continue
        source, target = (citation, outer) if passive else (outer, citation)
        shares = relation == "implements" and not passive
        fellow = _fellow(text, inside[outer.within], outer, citation, {} if outer.within else dated) if shares else None
        for each in (source, fellow):
            if each is not None:
                ids = found.setdefault((each.key or "", target.key or "", relation), [])
                ids.extend(i for i in (each.id, target.id) if i not in ids)
    return tuple(
        Edge(source=s, target=t, relation=r, citations=tuple(ids), confidence=0.95 if r in ("implements", "guides") else 0.85)
        for (s, t, r), ids in found.items()
    )  # fmt: skip


def _ended(mates: Iterable[Citation], outer: Citation, at: int) -> int:
    """Where the last mention before ``at`` in the subject of ``outer`` ends: «Nghị định A quy định chi tiết Luật B|, sửa đổi bởi …»."""
    return max((mate.end for mate in mates if mate.end <= at), default=outer.end)


def _by_outer(citations: Sequence[Citation]) -> dict[str | None, list[Citation]]:
    """Mentions by the mention in whose subject they stand (None: in no subject), in reading order."""
    out: dict[str | None, list[Citation]] = {}
    for citation in citations:
        out.setdefault(citation.within, []).append(citation)
    return out


def _lists_begin(text: str, inside: dict[str | None, list[Citation]]) -> dict[str, int]:
    """For each mention in the subject of another where the list begins in which it stands: what the first member is said to suffer,
    they all are."""
    out: dict[str, int] = {}
    member = rules("relations").pattern("member")
    for outer, mates in inside.items():
        before: Citation | None = None
        for mate in mates if outer else ():
            listed = before is not None and before.end <= mate.start and member.search(text[before.end : mate.start])
            out[mate.id] = out[before.id] if before is not None and listed else mate.start
            before = mate
    return out


def _fellow(
    text: str, beside: Sequence[Citation], outer: Citation, target: Citation, dated: Mapping[str, str]
) -> Citation | None:
    """The document that shares the subject of ``outer``: in «Nghị quyết A và Kế hoạch B về thực hiện Nghị quyết C» A carries C out
    too, unless it is older than C or of somebody who stands above C's issuer. ``beside``: mentions that
    stand where ``outer`` does; ``dated``: dates that the text gives anywhere, where an undated target may take its own from."""
    earlier = beside[: bisect_left(beside, outer.start, key=lambda c: c.start)]
    first = next((c for c in reversed(earlier) if c.end <= outer.start and c.form in ("full", "short")), None)
    if first is None or not rules("relations").pattern("and_then").fullmatch(text, first.end, outer.start):
        return None
    if not first.key or _id(first.key) in (_id(target.key or ""), _id(outer.key or "")) or first.kind not in PROGRAMMES:
        return None
    younger, older = first.issued_on, target.issued_on or dated.get(target.key or "")
    if not (younger and older) or younger < older:
        return None
    low, high = issuer_rank(first.issuer, first.key), issuer_rank(target.issuer, target.key)
    return first if low is not None and high is not None and low <= high else None


def links_of(
    citations: Sequence[Citation], edges: Iterable[Edge], document: Document | None = None, carried: Iterable[str] = ()
) -> tuple[Link, ...]:
    """One link for each document cited, strongest relation first in ``RELATIONS``, in order of first mention. ``carried``: keys that
    this document carries out though no mention says so by itself."""
    itself = _id(document.key) if document and document.key else None
    mentions: dict[str, list[Citation]] = {}
    for citation in citations:
        if citation.form in _COUNTED and citation.key and _id(citation.key) != itself:
            mentions.setdefault(citation.key, []).append(citation)
    strongest = {key: min((c.relation for c in found), key=RELATIONS.index) for key, found in mentions.items()}
    strongest |= dict.fromkeys((key for key in carried if strongest.get(key) == "based_on"), "implements")
    parents = _parents({k: v for k, v in mentions.items() if strongest[k] == "implements"}, tuple(edges), document)
    return tuple(
        Link(
            target=key, relation=strongest[key], parent=key in parents, citations=tuple(c.id for c in found),
            confidence=round(min(0.97, max((c.confidence for c in found if c.relation == strongest[key]), default=_LAUNCHED)), 2),
        )
        for key, found in mentions.items()
    )  # fmt: skip


def _parents(implemented: dict[str, list[Citation]], edges: tuple[Edge, ...], document: Document | None) -> set[str]:
    """Implemented documents that no other implemented one stands below; of several side by side the closest issuers'."""
    below = {_id(e.source): set[str]() for e in edges}
    for edge in edges:
        if edge.relation == "implements":
            below[_id(edge.source)].add(_id(edge.target))
    ids = {key: _id(key) for key in implemented}
    covered = {t for key in implemented for t in _reach(below, ids[key]) if t != ids[key]}
    left = [key for key in implemented if ids[key] not in covered] or list(implemented)
    return set(_closest(left, implemented, document))


def _reach(below: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        for target in below.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def _closest(keys: list[str], mentions: dict[str, list[Citation]], document: Document | None) -> list[str]:
    """Those of the lowest issuer in their line. A document of the other line stays only where it stands lower than the
    closest of the own line: a province's committee beside a ministry, not the Politburo beside the Government. Of one level the
    issuer's own plan comes first."""
    if len(keys) < 2:
        return keys
    above = [k for k in keys if not any(_AGREED in (c.kind or "").lower() for c in mentions[k])]  # two bodies agreed; neither ordered
    keys = above or keys
    issuers = {k: next((c.issuer for c in mentions[k] if c.issuer), None) for k in keys}
    ranks = {k: r for k in keys if (r := issuer_rank(issuers[k], k) or _branch_rank(issuers[k], document)) is not None}
    if len(ranks) < len(keys):
        return keys
    regime = document.regime if document is not None else None
    mass = regime in ("union", "front")
    lines = {k: _line(k, issuers[k], mass) for k in keys}
    own = "state" if regime == "state" else "mass" if mass and "mass" in lines.values() else "party" if regime else ""
    keys = _without_advisers(keys, ranks, document)
    lowest = {line: min(ranks[k] for k in keys if lines[k] == line) for line in set(lines.values())}
    kept = [k for k in keys if ranks[k] == lowest[lines[k]]]
    if own in lowest:
        kept = [k for k in kept if lines[k] == own or tier(ranks[k]) < tier(lowest[own])]
        if own == "party":
            kept = [k for k in kept if lines[k] == own]
    name = fold(document.issuer) if document is not None and document.issuer else ""
    return [k for k in kept if name and fold(issuers[k] or "") == name] or kept


def _branch_rank(issuer: str | None, document: Document | None) -> int | None:
    """«Cục Thuế» above «Thuế tỉnh …», «Cục Thống kê» above «Thống kê tỉnh …»: the head of a branch stands under its ministry and right
    above the bodies that bear its name; for all others it is no link of the line."""
    branch = rules("relations").pattern("branch_head").fullmatch(issuer or "")
    own = f" {fold(document.issuer)} " if document is not None and document.issuer else ""
    return _BRANCH if branch and f" {fold(branch['of'])} " in own else None


def _without_advisers(keys: list[str], ranks: dict[str, int], document: Document | None) -> list[str]:
    """A commune stands below the province's committee, not below its departments: their letters and guidance beside the committee's own
    plan are no parents, unless the title names one."""
    rank = issuer_rank(document.issuer) if document is not None else None
    if rank is None or level_of(rank) != "commune" or not any(level_of(ranks[k]) == "province" for k in keys):
        return keys
    title = fold(document.title or "") if document is not None else ""
    return [k for k in keys if level_of(ranks[k]) != "department" or fold(k) in title]


_BRANCH = 49
"""Height of the head of a branch in the line of command: below its ministry (50)."""
_LAUNCHED = 0.75
"""Confidence of a link that only the launch clause makes: «Căn cứ Kế hoạch A …; B ban hành Kế hoạch thực hiện như sau»."""


def carried_by_launch(plan: Plan) -> tuple[str, ...]:
    """Keys of the directives named as ground where the plan says that it carries out what stands above, without a name: «…; Ủy ban
    ban hành Kế hoạch triển khai thực hiện như sau», or its purposes name one by kind and issuer («thực hiện Kế hoạch của tỉnh»)."""
    if any(c.relation == "implements" for c in plan.citations):
        return ()
    book, zoned = rules("relations"), list(zip(plan.paragraphs, plan.zones, strict=True))
    opening = [p for p, zone in zoned if zone == "opening"]
    purposes = [p for p, zone in zoned if zone == "purpose"]
    based = [c for c in plan.citations if c.key and c.relation == "based_on" and c.within is None and c.kind in _DIRECTIVES]
    grounds = [c for c in based if any(p.start <= c.start < p.end for p in opening)]
    if not grounds:
        return ()
    if any(book.pattern("launch_carries_out").search(plan.text, p.body, p.end) for p in opening):
        return tuple(dict.fromkeys(c.key for c in grounds if c.key))
    found: dict[str, None] = {}
    for paragraph in purposes:
        for said in book.pattern("purpose_carries_out").finditer(plan.text, paragraph.body, paragraph.end):
            meant = [c for c in grounds if c.kind and fold(c.kind) == fold(said["kind"]) and _same_issuer(said["issuer"], c.issuer)]
            if len({c.key for c in meant}) == 1 and meant[0].key:
                found[meant[0].key] = None
    return tuple(found)


_DIRECTIVES = word_class("citation_grammar", "directive")
"""Kinds that order work; laws, decrees and acts on functions stay a ground."""


def _same_issuer(said: str, issuer: str | None) -> bool:
    if not issuer:
        return False
    short, whole = fold(spell_out(said, {})), fold(spell_out(issuer, {}))
    return short == whole or whole.startswith(short + " ") or short.startswith(whole + " ")


def extract_links(plan: Plan) -> tuple[tuple[Link, ...], tuple[Edge, ...]]:
    """Links and edges of a plan whose citations are known."""
    edges = edges_of(plan.text, plan.citations, plan.document.key)
    return links_of(plan.citations, edges, plan.document, carried_by_launch(plan)), edges

"""Papers copied without their head, under a line that names them as others cite them (dòng tên văn bản).

Sites and circulars print «Kế hoạch số 12/KH-UBND ngày 05/3/2026 của UBND xã An Hòa về trồng cây» over the text and leave the head out.
That line is the head: kind, number, date, issuer and subject stand in it as in a citation, and are read as one.
"""

from __future__ import annotations

from extractors.citations import find_citations
from extractors.identity_issuer import field_source, zone
from extractors.keys import normal_key
from extractors.plan import Plan
from extractors.rulebook import rules

_CONFIDENCE = 0.85


def named_by_title(plan: Plan) -> dict[str, object]:
    """What the line above the text names of kind, key, number, symbol, date, issuer and title; empty where no such line is the title."""
    line = next(iter(zone(plan, "title")), None)
    words = plan.text[line.start : line.end] if line else ""
    if line is None or not rules("structure").pattern("named_title").fullmatch(words):
        return {}
    named = next(iter(find_citations(words)), None)
    if named is None or named.form != "full" or not named.key or named.start > len(words) - len(words.lstrip(" *_#")):
        return {}
    parts, whole = normal_key(named.key), (named.start, named.end)
    number = rules("identity").pattern("named_number").search(words, *whole)
    numbered = number.span() if number else whole
    issuer = words.rfind(named.issuer, *whole) if named.issuer else -1
    told = {
        "kind": (named.kind, whole),
        "key": (named.key, numbered),
        "number": (parts.number, numbered),
        "symbol": (parts.symbol, numbered),
        "issued_on": (named.issued_on, whole),
        "issuer": (named.issuer, (issuer, issuer + len(named.issuer or "")) if issuer >= 0 else whole),
        "title": (words[named.end :].strip(" ,.:*_-–"), (named.end, len(words))),
    }
    told = {name: (value, span) for name, (value, span) in told.items() if value}
    at = line.start
    sources = {n: field_source(plan, at + a, at + b, "identity.named_title", _CONFIDENCE) for n, (_, (a, b)) in told.items()}
    return {name: value for name, (value, _) in told.items()} | {"provenance": sources}

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
    """Kind, key, number, symbol, date, issuer and title as the line above the text names them, None where it does not; empty where no
    such line is the title."""
    line = next(iter(zone(plan, "title")), None)
    if line is None or not rules("structure").pattern("named_title").fullmatch(plan.text[line.start : line.end]):
        return {}
    words = plan.text[line.start : line.end]
    named = next(iter(find_citations(words)), None)
    if named is None or named.form != "full" or not named.key or named.start > len(words) - len(words.lstrip(" *_#")):
        return {}
    parts = normal_key(named.key)
    number = rules("identity").pattern("named_number").search(words, named.start, named.end)
    issuer = words.rfind(named.issuer, named.start, named.end) if named.issuer else -1
    spans = {
        "key": number.span() if number else None,
        "issuer": (issuer, issuer + len(named.issuer)) if named.issuer and issuer >= 0 else None,
        "title": (named.end, len(words)),
    }
    spans["number"] = spans["symbol"] = spans["key"]
    found = {
        "kind": named.kind, "key": named.key, "number": parts.number, "symbol": parts.symbol, "issued_on": named.issued_on,
        "issuer": named.issuer, "title": words[named.end :].strip(" ,.:*_-–") or None,
    }  # fmt: skip
    fields: dict[str, object] = dict(found)
    sources = {}
    for name, value in found.items():
        start, end = spans.get(name) or (named.start, named.end)
        if value:
            sources[name] = field_source(plan, line.start + start, line.start + end, "identity.named_title", _CONFIDENCE)
    return {**fields, "provenance": sources}

"""From annotated sources to gold: one record a document, coverage pairs, and the graph that all of them make."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from markup import Source, SourceError

STRENGTH = ["implements", "based_on", "amends", "replaces", "repeals", "guides", "promulgates", "cites"]


def links(source: Source) -> list[dict[str, Any]]:
    """One link per cited document, the strongest relation of its mentions, in order of first mention."""
    found: dict[str, dict[str, Any]] = {}
    parents = source.head.get("parents", [])
    for cited in source.citations:
        key = cited["key"][0]
        if key == "self":
            continue
        link = found.setdefault(key, {"target": [], "relation": cited["relation"], "parent": key in parents})
        link["target"] += [k for k in cited["key"] if k not in link["target"]]
        link["relation"] = min(link["relation"], cited["relation"], key=STRENGTH.index)
    missing = [p for p in parents if p not in found]
    if missing:
        raise SourceError(f"{source.id}: parents that are not cited: {missing}")
    return list(found.values())


def record(source: Source) -> dict[str, Any]:
    """Gold of one document, in the form the scorer reads."""
    head = source.head
    alternatives = {link["target"][0]: link["target"] for link in links(source)}
    return {
        "id": source.id,
        "document": {
            "kind": head["kind"], "key": head.get("key"), "issued_on": head.get("issued_on"), "regime": head["regime"],
            "issuer": head["issuer"], "title": source.title, "signer": head.get("signer"), "signer_position": head.get("signer_position"),
        },
        "links": links(source),
        "edges": [
            {"source": alternatives.get(s, [s]), "target": alternatives.get(t, [t]), "relation": relation}
            for s, relation, t in head.get("edges", [])
        ],
        "citations": source.citations,
        "deadlines": source.deadlines,
        "duties": [
            {"text": d.text, "section": d.section, "modality": d.modality, "lead": d.lead, "support": d.support, "deadlines": d.deadlines}
            for d in source.duties
        ],
        "findings": [{"rule": rule, "text": text} for rule, text in head.get("findings", [])],
    }


def coverage(path: Path, sources: dict[str, Source]) -> dict[str, Any]:
    """Resolve a judged pair: every parent duty is judged once, children are named by their ids (``II.1#2``)."""
    pair = tomllib.loads(path.read_text(encoding="utf-8"))
    parent, child = ({d.id: d for d in sources[pair[side]].duties} for side in ("parent", "child"))
    rows, judged = [], pair["rows"] + [[duty, "not_applicable", [], reason] for duty, reason in pair.get("not_applicable", {}).items()]
    for duty, verdict, children, reason in sorted(judged, key=lambda row: list(parent).index(row[0])):
        try:
            texts = [child[c].text for c in children]
        except KeyError as error:
            raise SourceError(f"{path.name}: no duty {error} in the child") from error
        rows.append({"text": parent[duty].text, "section": parent[duty].section, "verdict": verdict, "children": texts, "reason": reason})
    if sorted(row[0] for row in judged) != sorted(parent):
        raise SourceError(f"{path.name}: rows differ from the parent's duties: {sorted({row[0] for row in judged} ^ set(parent))}")
    return {"parent": pair["parent"], "child": pair["child"], "rows": rows}


def graph(sources: list[Source]) -> dict[str, Any]:
    """Nodes (in hand or cited only), edges and parents. A document without a number is known by its sample's name."""
    nodes: dict[str, dict[str, Any]] = {}
    edges: set[tuple[str, str, str]] = set()
    parents: dict[str, list[str]] = {}
    for source in sources:
        key = source.head.get("key") or source.id
        nodes[key] = {"key": key, "aliases": [], "kind": source.head["kind"], "in_hand": True, "sample": source.id}
        parents[key] = source.head.get("parents", [])
    for source in sources:
        own = source.head.get("key") or source.id
        kinds = {c["key"][0]: c["kind"] for c in reversed(source.citations)}
        for link in links(source):
            target, *aliases = link["target"]
            nodes.setdefault(target, {"key": target, "aliases": aliases, "kind": kinds[target], "in_hand": False, "sample": None})
            edges.add((own, target, link["relation"]))
        edges |= {(s, t, relation) for s, relation, t in source.head.get("edges", [])}
    return {
        "nodes": [nodes[k] for k in sorted(nodes)],
        "edges": [{"source": s, "target": t, "relation": r} for s, t, r in sorted(edges)],
        "parents": {k: parents[k] for k in sorted(parents)},
    }


def faults(sources: list[Source]) -> list[dict[str, str]]:
    """What was planted: the findings of the records, and beside them faults that gold records do not hold (GUIDE, findings)."""
    return [
        {"sample": source.id, "rule": rule, "text": text}
        for source in sources
        for rule, text in [*source.head.get("findings", []), *source.head.get("planted", [])]
    ]


def card(sources: list[Source]) -> str:
    """The table of the data card: one row a sample, counts of its gold, and their sum."""
    names = "| Tệp | Cấp, nhánh | Dạng trình bày | Lỗi đã cài | Nhiệm vụ | Viện dẫn | Thời hạn | Phát hiện |"
    lines = [names, "|---|---|---|---|---:|---:|---:|---:|"]
    total = [0, 0, 0, 0]
    for source in sources:
        head = source.head
        counts = [len(source.duties), len(source.citations), len(source.deadlines), len(head.get("findings", []))]
        total = [a + b for a, b in zip(total, counts, strict=True)]
        rules = sorted({rule for rule, _ in [*head.get("findings", []), *head.get("planted", [])]})
        cells = [f"`{source.id}.{head['format']}`", head["level"], head["layout"], ", ".join(rules) or "–", *map(str, counts)]
        lines.append("| " + " | ".join(cells) + " |")
    lines.append("| Cộng | | | | " + " | ".join(map(str, total)) + " |")
    return "\n".join(lines)


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

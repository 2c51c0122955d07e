"""JSON-LD with an inline context: ELI and schema.org for documents and their relations, ORG for bodies, RDF and PROV for what
is stated and where it comes from. A plan under a plan has no ready word in these vocabularies (``eli:implements`` and
``eli:applies`` speak of legislation): ``tk:carriesOut`` is our own, declared under ``eli:related_to``. Where a vocabulary wants
a thing (an agent, a type, an activity), a thing stands there, with its name, never a bare string.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from pipeline.graph.shape import Graph

_NAMESPACE = "urn:trienkhai:vocab#"
_BASE = "urn:trienkhai:"

_CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "tk": _NAMESPACE,
    "eli": "http://data.europa.eu/eli/ontology#",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "name": "schema:name",
    "title": "schema:headline",  # eli:title belongs to an expression, not to the resource
    "identifier": "eli:id_local",
    "kind": "eli:type_document",
    "issuedOn": {"@id": "eli:date_document", "@type": "xsd:date"},
    "issuer": {"@id": "eli:passed_by", "@type": "@id"},
    "inHand": {"@id": "tk:inHand", "@type": "xsd:boolean"},
    "level": "tk:level",
    "regime": "tk:regime",
    "carriesOut": {"@id": "tk:carriesOut", "@type": "@id"},
    "mayBe": {"@id": "tk:mayBe", "@type": "@id"},
    "basedOn": {"@id": "eli:based_on", "@type": "@id"},
    "amends": {"@id": "eli:amends", "@type": "@id"},
    "replaces": {"@id": "tk:replaces", "@type": "@id"},
    "repeals": {"@id": "eli:repeals", "@type": "@id"},
    "guides": {"@id": "eli:ensures_implementation_of", "@type": "@id"},
    "promulgates": {"@id": "tk:promulgates", "@type": "@id"},
    "cites": {"@id": "eli:cites", "@type": "@id"},
    "partOf": {"@id": "eli:is_part_of", "@type": "@id"},
    "issuedBy": {"@id": "eli:passed_by", "@type": "@id"},
    "assigns": {"@id": "tk:assigns", "@type": "@id"},
    "ledBy": {"@id": "tk:ledBy", "@type": "@id"},
    "supportedBy": {"@id": "tk:supportedBy", "@type": "@id"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "object": {"@id": "rdf:object", "@type": "@id"},
    "relation": {"@id": "rdf:predicate", "@type": "@id"},
    "status": "tk:status",
    "confidence": {"@id": "tk:confidence", "@type": "xsd:double"},
    "quote": "prov:value",
    "start": {"@id": "tk:start", "@type": "xsd:integer"},
    "end": {"@id": "tk:end", "@type": "xsd:integer"},
}

_TERMS = {
    "implements": "carriesOut",
    "based_on": "basedOn",
    "part_of": "partOf",
    "issued_by": "issuedBy",
    "led_by": "ledBy",
    "supported_by": "supportedBy",
    "may_be": "mayBe",
}
_CLASSES: dict[str, str | list[str]] = {
    "document": ["eli:LegalResource", "schema:Legislation"],
    "provision": "eli:LegalResourceSubdivision",
    "body": "org:Organization",
    "duty": "tk:Duty",
}
# (our property, its superproperty, Vietnamese label)
_PROPERTIES = (
    ("tk:carriesOut", "eli:related_to", "triển khai thực hiện"),
    ("tk:replaces", "eli:changes", "thay thế"),
    ("tk:promulgates", "eli:related_to", "ban hành kèm theo"),
    ("tk:mayBe", "eli:related_to", "có thể là"),
    ("tk:assigns", "schema:mentions", "giao nhiệm vụ"),
)


def iri(node: str) -> str:
    """The node's id as an IRI."""
    return _BASE + "node:" + quote(node, safe="")


def to_jsonld(graph: Graph) -> bytes:
    """One ``@graph``: our properties, the nodes with their plain relations, and a statement per edge with its evidence.
    Refused edges stand only as statements."""
    nodes = [_node(graph, name) for name in sorted(graph)]
    statements = [_statement(graph, u, v, d) for u, v, _, d in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3])]
    properties = [
        {"@id": name, "@type": "rdf:Property", "rdfs:subPropertyOf": {"@id": upper}, "rdfs:label": {"@value": label, "@language": "vi"}}
        for name, upper, label in _PROPERTIES
    ]
    whole = {"@context": _CONTEXT, "@graph": [*properties, *nodes, *statements]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _node(graph: Graph, name: str) -> dict[str, Any]:
    data = graph.nodes[name]
    out: dict[str, Any] = {"@id": iri(name), "@type": _CLASSES[data["type"]], "name": data["name"]}
    for term, key in (
        ("identifier", "key"),
        ("title", "title"),
        ("level", "level"),
        ("regime", "regime"),
    ):
        if data[key]:
            out[term] = data[key]
    if data["type"] == "document":
        out |= _document(data, named=any("issued_by" in edges for edges in graph.succ[name].values()))
    for target in sorted(graph.succ[name]):
        for relation, edge in sorted(graph.succ[name][target].items()):
            if edge["status"] != "refused":
                out.setdefault(_TERMS.get(relation, relation), []).append(iri(target))
    return out


def _document(data: dict[str, Any], *, named: bool) -> dict[str, Any]:
    """``named``: its body is a node of the graph."""
    out: dict[str, Any] = {"inHand": data["in_hand"]}
    if data["kind"]:
        out["kind"] = {"@id": f"{_BASE}kind:{quote(data['kind'], safe='')}", "@type": "eli:ResourceType", "name": data["kind"]}
    if data["issued_on"]:
        out["issuedOn"] = data["issued_on"]
    if data["issuer"] and not named:
        out["issuer"] = {"@type": "org:Organization", "name": data["issuer"]}
    return out


def _statement(graph: Graph, source: str, target: str, data: dict[str, Any]) -> dict[str, Any]:
    relation = data["relation"]
    term = _CONTEXT[_TERMS.get(relation, relation)]["@id"]
    out: dict[str, Any] = {
        "@id": f"{_BASE}statement:{quote(source, safe='')}/{relation}/{quote(target, safe='')}",
        "@type": ["rdf:Statement", "prov:Entity"],
        "subject": iri(source),
        "relation": term,
        "object": iri(target),
        "status": data["status"],
        "confidence": data["confidence"],
    }
    if data["rule"]:
        out["generatedBy"] = {"@id": f"{_BASE}rule:{quote(data['rule'], safe='')}", "@type": "prov:Activity"}
    if data["evidence"]:
        out["derivedFrom"] = [
            {"@id": f"{_BASE}span:{e.document}:{e.start}-{e.end}", "@type": "prov:Entity", "quote": e.quote, "start": e.start, "end": e.end}
            for e in data["evidence"]
        ]
    return out

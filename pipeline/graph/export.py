"""The graph in the forms that other tools read. Every form is made from one None-free pair of tables, in sorted order, so
the same graph gives the same bytes.

``write(graph, path)`` chooses by suffix: ``.graphml``, ``.gexf``, ``.json`` (node-link), ``.csv`` and ``.parquet`` (edge
list), ``.jsonld``, ``.dot``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

from pipeline.graph.decisions import edge_stamp
from pipeline.graph.jsonld import to_jsonld
from pipeline.graph.shape import Graph, edge_data, node_data
from schemas.errors import UsageError
from schemas.graph import GraphEdge, GraphNode, GraphTables

_XML_UNSAFE = {c: None for c in range(32) if c not in (9, 10, 13)}


def tables(graph: Graph) -> GraphTables:
    """Nodes by id and edges by (source, target, relation), without None or lists."""
    nodes = tuple(_node_row(name, graph.nodes[name]) for name in sorted(graph))
    edges = tuple(_edge_row(u, v, d) for u, v, _, d in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3]))
    return GraphTables(nodes=nodes, edges=edges)


def _node_row(name: str, data: dict[str, Any]) -> GraphNode:
    plain = {key: data[key] or "" for key in ("key", "kind", "regime", "level", "issuer", "issued_on", "title", "sha256")}
    joined = {"files": "; ".join(data["files"]), "notes": "; ".join(data["notes"])}
    counts = {"citing": data["citing"], "mentions": data["mentions"]}
    sure = {"id": name, "type": data["type"], "name": data["name"], "in_hand": data["in_hand"]}
    return GraphNode.model_validate(sure | plain | joined | counts)


def _edge_row(source: str, target: str, data: dict[str, Any]) -> GraphEdge:
    evidence = data["evidence"]
    known: dict[str, Any] = {k: data[k] for k in ("relation", "parent", "status", "confidence", "inferred", "rule")}
    if evidence:
        first = evidence[0]
        known |= {"document": first.document, "start": first.start, "end": first.end, "quote": first.quote}
    joined = {"flags": "; ".join(data["flags"]), "conflicts": "; ".join(data["conflicts"])}
    counted = {"source": source, "target": target, "evidence": len(evidence), "stamp": edge_stamp(data)}
    return GraphEdge.model_validate(known | joined | counted)


def plain_graph(graph: Graph) -> Graph:
    """The same graph with the tables' attributes: what GraphML and GEXF can hold. Control characters are left out."""
    rows, plain = tables(graph), Graph()
    for node in rows.nodes:
        plain.add_node(node.id, **{k: _clean(v) for k, v in node.model_dump(exclude={"id"}).items()})
    for edge in rows.edges:
        data = {k: _clean(v) for k, v in edge.model_dump(exclude={"source", "target"}).items()}
        plain.add_edge(edge.source, edge.target, key=edge.relation, **data)
    return plain


def _clean(value: Any) -> Any:
    return value.translate(_XML_UNSAFE) if isinstance(value, str) else value


def to_graphml(graph: Graph) -> bytes:
    """GraphML; read back with ``nx.read_graphml(path, force_multigraph=True)``."""
    out = io.BytesIO()
    nx.write_graphml_xml(plain_graph(graph), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def to_gexf(graph: Graph) -> bytes:
    """GEXF 1.2 for Gephi, without the date of writing that networkx would put in."""
    plain = plain_graph(graph)
    for number, (*_, data) in enumerate(plain.edges(keys=True, data=True)):
        data["id"] = str(number)
        data["span_start"], data["span_end"] = data.pop("start"), data.pop("end")  # in GEXF these two would be times
    for _, data in plain.nodes(data=True):
        data["label"] = data["name"]
        data["node_type"] = data.pop("type")  # GEXF knows no attribute of this name on nodes
    text = "\n".join(nx.generate_gexf(plain, version="1.2draft"))
    lines = [line for line in text.splitlines() if "lastmodifieddate" not in line and not line.strip().startswith("</meta")]
    kept = [line for line in lines if "<creator>" not in line]
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(kept) + "\n").encode()


def to_node_link(graph: Graph) -> bytes:
    """Node-link JSON of networkx with every evidence span; ``from_node_link`` reads it back without loss."""
    nodes = [{"id": n, **_jsonable(graph.nodes[n])} for n in sorted(graph)]
    edges = [
        {"source": u, "target": v, "key": k, **_jsonable(d)}
        for u, v, k, d in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3])
    ]
    head = {
        "schema": graph.graph.get("schema"),
        "options": graph.graph.get("options", {}),
        "findings": [_jsonable(_slots(f)) for f in graph.graph.get("findings", ())],
        "candidates": [_jsonable(_slots(c)) for c in graph.graph.get("candidates", ())],
    }
    whole = {"directed": True, "multigraph": True, "graph": head, "nodes": nodes, "edges": edges}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _slots(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _jsonable(data: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, tuple):
            return [plain(v) for v in value]
        return {k: plain(v) for k, v in _slots(value).items()} if hasattr(value, "__dataclass_fields__") else value

    return {key: plain(value) for key, value in data.items()}


def from_node_link(data: bytes) -> Graph:
    """The graph that ``to_node_link`` wrote."""
    from schemas.graph import Candidate, Evidence, GraphFinding

    def spans(raw: list[dict[str, Any]]) -> tuple[Evidence, ...]:
        return tuple(Evidence(**e) for e in raw)

    def tupled(raw: dict[str, Any]) -> dict[str, Any]:
        return {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}

    whole = json.loads(data)
    graph = Graph()
    for node in whole["nodes"]:
        graph.add_node(node.pop("id"), **node_data(**tupled(node)))
    for edge in whole["edges"]:
        edge["evidence"] = spans(edge["evidence"])
        source, target, key = edge.pop("source"), edge.pop("target"), edge.pop("key")
        graph.add_edge(source, target, key=key, **edge_data(edge.pop("relation"), **tupled(edge)))
    head = whole["graph"]
    graph.graph["findings"] = tuple(GraphFinding(**tupled(f | {"evidence": spans(f["evidence"])})) for f in head["findings"])
    graph.graph["candidates"] = tuple(Candidate(**tupled(c)) for c in head["candidates"])
    graph.graph["schema"], graph.graph["options"] = head["schema"], head["options"]
    return graph


def to_csv(graph: Graph) -> bytes:
    """Edge list, UTF-8 with a mark so that spreadsheets read the accents; one row per edge."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(GraphEdge.model_fields), lineterminator="\r\n")
    writer.writeheader()
    for edge in tables(graph).edges:
        writer.writerow({k: _inert(v) for k, v in edge.model_dump().items()})
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(value: Any) -> Any:
    """A cell that starts like a formula is kept from running when the file is opened in a spreadsheet."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def to_parquet(graph: Graph) -> bytes:
    """Edge list as Parquet; needs the ``research`` extra."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError("Xuất Parquet cần gói pyarrow.", remedy="Cài thêm: pip install 'trienkhai[research]'") from error
    kinds = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}
    like = GraphEdge(source="", target="", relation="").model_dump()
    schema = pa.schema([(name, kinds.get(type(value).__name__, pa.string())) for name, value in like.items()])
    out = io.BytesIO()
    rows = pa.Table.from_pylist([e.model_dump() for e in tables(graph).edges], schema=schema)
    pq.write_table(rows, out, compression="zstd")
    return out.getvalue()


_DOT_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def _quoted(text: str) -> str:
    return '"' + text.translate(_DOT_ESCAPES) + '"'


def to_dot(graph: Graph) -> bytes:
    """Graphviz DOT: documents not in hand dashed, edges from child to parent, doubtful ones dotted."""
    lines = ["digraph trienkhai {", "  rankdir=BT;", '  node [shape=box, fontname="DejaVu Sans"];']
    rows = tables(graph)
    for node in rows.nodes:
        style = "solid" if node.in_hand else "dashed"
        lines.append(f"  {_quoted(node.id)} [label={_quoted(node.name)}, style={style}];")
    for edge in rows.edges:
        style = "dotted" if edge.status in ("suspect", "refused") or edge.relation == "may_be" else "dashed" if edge.inferred else "solid"
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.relation)}, style={style}];")
    return ("\n".join([*lines, "}"]) + "\n").encode()


FORMATS: dict[str, Callable[[Graph], bytes]] = {
    ".graphml": to_graphml,
    ".gexf": to_gexf,
    ".json": to_node_link,
    ".csv": to_csv,
    ".parquet": to_parquet,
    ".jsonld": to_jsonld,
    ".dot": to_dot,
}
"""Suffix → writer."""


def dump(graph: Graph, suffix: str) -> bytes:
    """The graph in the form of a suffix; ``UsageError`` for one that is not known."""
    writer = FORMATS.get(suffix.lower())
    if writer is None:
        raise UsageError(f"Không có dạng xuất “{suffix}”.", remedy=f"Dùng một trong: {', '.join(FORMATS)}.")
    return writer(graph)


def write(graph: Graph, path: str | Path) -> None:
    """Writes the file in the form its suffix names."""
    target = Path(path)
    target.write_bytes(dump(graph, target.suffix))

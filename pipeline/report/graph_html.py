"""The graph as one HTML file for the browser: no network, no third-party script, a strict content security policy.

Overview by level first; a click or a search shows one document's chain, with facts and evidence beside it. Without
scripts the static picture and the table remain.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import jinja2

from pipeline.graph.checks import parents_of
from pipeline.graph.names import rank
from pipeline.graph.picture import LANES, display_name, lane_of, shown_documents, to_svg
from pipeline.graph.questions import LEVEL_NAMES
from pipeline.graph.resolve import vn_date
from pipeline.graph.shape import Graph
from pipeline.report.pages import TEMPLATES, source_hash
from schemas.graph import LEVELS

_QUOTES = 3

RELATION_NAMES = {
    "implements": "thực hiện",
    "based_on": "căn cứ",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "guides": "hướng dẫn",
    "promulgates": "ban hành kèm theo",
    "cites": "dẫn chiếu",
    "may_be": "có thể là",
}
"""Relations as a user reads them."""

STATUS_NAMES = {"proposed": "máy đề xuất", "confirmed": "đã xác nhận", "refused": "đã bác", "suspect": "cần xem lại"}
"""States of an edge as a user reads them."""


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined)


def graph_data(graph: Graph, *, focus: str | None = None) -> dict[str, Any]:
    """What the page draws: documents and the relations between them, with at most three quotes each."""
    nodes = shown_documents(graph)
    inside = set(nodes)
    files = {d["sha256"]: "; ".join(d["files"]) for _, d in graph.nodes(data=True) if d["sha256"]}
    edges = sorted((u, v, k) for u, v, k in graph.edges(keys=True) if u in inside and v in inside and k in RELATION_NAMES)
    found = [f for f in graph.graph.get("findings", ()) if not f.nodes or inside & set(f.nodes)]
    return {
        "nodes": [_node(graph, n) for n in nodes],
        "edges": [_edge(graph, u, v, k, files) for u, v, k in edges],
        "findings": [{"code": f.code, "severity": f.severity, "message": f.message, "nodes": list(f.nodes)} for f in found],
        "levels": [*(LEVEL_NAMES[level] for level in LEVELS), "Chưa rõ cấp"],
        "lanes": [name for _, name in LANES],
        "laneClass": [name for name, _ in LANES],
        "relations": RELATION_NAMES,
        "statuses": STATUS_NAMES,
        "focus": focus,
    }


def _node(graph: Graph, name: str) -> dict[str, Any]:
    data = graph.nodes[name]
    level = rank(data["level"])
    return {
        "id": name,
        "name": display_name(data),
        "numbered": bool(data["key"]),
        "kind": data["kind"] or "",
        "title": data["title"] or "",
        "issuer": data["issuer"] or "",
        "issued": data["issued_on"] or "",
        "date": vn_date(data["issued_on"]) if data["issued_on"] else "",
        "level": level if level >= 0 else len(LEVELS),
        "lane": [lane for lane, _ in LANES].index(lane_of(data)),
        "held": data["in_hand"],
        "files": "; ".join(data["files"]),
        "citing": data["citing"],
        "notes": "; ".join(data["notes"]),
        "parents": ", ".join(display_name(graph.nodes[p]) for p in parents_of(graph, name)),
    }


def _edge(graph: Graph, source: str, target: str, relation: str, files: dict[str, str]) -> dict[str, Any]:
    data = graph.edges[source, target, relation]
    return {
        "source": source,
        "target": target,
        "relation": relation,
        "parent": data["parent"],
        "status": data["status"],
        "confidence": data["confidence"],
        "inferred": data["inferred"],
        "flags": ", ".join(data["flags"]),
        "conflicts": ", ".join(vn_date(day) for day in data["conflicts"]),
        "reasons": "; ".join(data["reasons"]),
        "evidence": len(data["evidence"]),
        "quotes": [[e.quote, files.get(e.document.split(":")[0], "")] for e in data["evidence"][:_QUOTES]],
    }


def _script_safe(data: dict[str, Any]) -> str:
    """JSON that cannot end its script element, whatever a document's title says."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def to_html(graph: Graph, *, title: str = "Đồ thị văn bản chỉ đạo", focus: str | None = None) -> str:
    """The whole page. ``focus``: node id to open at. Same graph, same bytes."""
    data = graph_data(graph, focus=focus)
    picture = to_svg(graph, focus=focus).strip()
    drawn = re.search(r"<style>(.*?)</style>", picture, re.S)
    script = (TEMPLATES / "graph.js").read_text(encoding="utf-8")
    style = (TEMPLATES / "graph.css").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template("graph.html.j2")
        .render(
            title=title,
            nodes=data["nodes"],
            levels=data["levels"],
            data=_script_safe(data),
            script=script,
            style=style,
            picture=picture,
            script_hash=source_hash(script),
            style_hash=source_hash(style),
            picture_hash=source_hash(drawn.group(1) if drawn else ""),
        )
    )

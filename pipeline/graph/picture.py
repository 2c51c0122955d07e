"""A static picture of the graph for reports: SVG without any outside tool.

Levels are layers from the centre down, party and state are lanes. Documents only cited are hollow, doubtful edges red and
marked. Above 60 documents the picture becomes an overview: one square per document, lines between groups.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipeline.graph.checks import live, parents_of
from pipeline.graph.names import is_mass, rank
from pipeline.graph.questions import LEVEL_NAMES
from pipeline.graph.resolve import vn_date
from pipeline.graph.routes import BOX_H, BOX_W, GAP_X, GAP_Y, LINE_GAP, Router, Spot
from pipeline.graph.shape import Graph
from schemas.graph import LEVELS

LANES = (("party", "Đảng"), ("state", "Nhà nước"), ("other", "Mặt trận, đoàn thể, chưa rõ"))
"""Lanes from the left, with the names a user reads."""

_LABEL_W, _HEAD_H, _MOST, _WRAP, _PER_ROW = 120, 34, 60, 30, 4
_SQUARE, _SQUARES_PER_ROW = 13, 24
_MATTER = 48  # characters of a title that stand for it in a name

_STYLE = """
.b{stroke-width:1.4;fill:#fff}.party{stroke:#a3271b}.state{stroke:#1b4f9c}.other{stroke:#5c5c5c}
.held.party{fill:#fbe9e6}.held.state{fill:#e6eefb}.held.other{fill:#efefef}.cited{stroke-dasharray:5 3}
.here{stroke-width:3}.e{fill:none;stroke:#555;stroke-width:1.3}.inferred{stroke-dasharray:6 4;stroke:#888}
.suspect{stroke:#c4160a;stroke-width:2}.maybe{stroke-dasharray:1.5 4;stroke:#7a3fa0;stroke-width:1.8}
.k{font:bold 12.5px 'DejaVu Sans',Arial,sans-serif;fill:#111}.s{font:10.5px 'DejaVu Sans',Arial,sans-serif;fill:#333}
.h{font:bold 12.5px 'DejaVu Sans',Arial,sans-serif;fill:#444}.lane{fill:#f7f7f5}.rule{stroke:#ddd}
.bang{font:bold 13px sans-serif;fill:#c4160a}
"""


def lane_of(data: Mapping[str, Any]) -> str:
    """Lane of a document: its regime says how its number is written, and mass organisations write theirs in both ways."""
    regime = data["regime"]
    return str(regime) if regime in ("party", "state") and not is_mass(data["issuer"]) else "other"


def display_name(data: Mapping[str, Any]) -> str:
    """How a person calls a document: its number, or where it has none its kind, matter and body; a file's name says nothing."""
    if data["key"] or not (data["title"] or data["issuer"]):
        return str(data["key"] or data["name"])
    kind = data["kind"] or "Văn bản"
    matter = re.sub(rf"^{re.escape(kind)}\s+", "", data["title"] or "", flags=re.I)
    short = textwrap.shorten(matter, _MATTER, placeholder=" …")
    words = [kind, short[:1].lower() + short[1:], f"của {data['issuer']}" if data["issuer"] else ""]
    return " ".join(word for word in words if word) + ", chưa có số"


def shown_documents(graph: Graph) -> list[str]:
    """Documents in hand and those that implement or are implemented; laws cited in passing are left out."""
    kept = {n for n, d in graph.nodes(data=True) if d["type"] == "document" and d["in_hand"]}
    for source, target, relation, data in graph.edges(keys=True, data=True):
        if relation == "implements" and live(data):
            kept |= {source, target}
    return sorted(kept)


def rows_of(graph: Graph, nodes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(level, steps below the first document of the same level): a plan of the province's board under a plan of the
    province's committee stands one step lower in the same layer. Unknown levels follow their parents."""
    inside = set(nodes)
    rows: dict[str, tuple[int, int]] = {}
    busy: set[str] = set()

    def place(node: str) -> tuple[int, int]:
        if node in rows or node in busy:
            return rows.get(node, (len(LEVELS), 0))
        busy.add(node)
        own = rank(graph.nodes[node]["level"])
        above = [place(p) for p in parents_of(graph, node) if p in inside]
        level = own if own >= 0 else max((r[0] for r in above), default=len(LEVELS))
        step = max((r[1] + 1 for r in above if r[0] == level), default=0)
        busy.discard(node)
        rows[node] = (level, step)
        return rows[node]

    for node in sorted(inside):
        place(node)
    return rows


def layout(graph: Graph, nodes: list[str]) -> tuple[list[Spot], dict[str, tuple[float, float]], float, float]:
    """(spots, lanes as {lane: (x, width)}, width, height). Within a cell documents stand under their parents."""
    rows = rows_of(graph, nodes)
    cells: dict[tuple[tuple[int, int], str], list[str]] = {}
    for node in nodes:
        cells.setdefault((rows[node], lane_of(graph.nodes[node])), []).append(node)
    lanes: dict[str, tuple[float, float]] = {}
    x = float(_LABEL_W)
    for lane, _ in LANES:
        widest = max((min(_PER_ROW, len(v)) for (_, at), v in cells.items() if at == lane), default=0)
        if widest:
            lanes[lane] = (x, widest * (BOX_W + GAP_X) + GAP_X)
            x += lanes[lane][1] + 10
    spots: dict[str, Spot] = {}
    y = float(_HEAD_H + 16)
    for row in sorted(set(rows.values())):
        height = 0
        for lane, (left, width) in lanes.items():
            inside = _ordered(graph, cells.get((row, lane), []), spots)
            for i, node in enumerate(inside):
                line, column = divmod(i, _PER_ROW)
                count = min(_PER_ROW, len(inside) - line * _PER_ROW)
                start = left + (width - count * (BOX_W + GAP_X) + GAP_X) / 2
                spots[node] = Spot(node, row, lane, start + column * (BOX_W + GAP_X), y + line * (BOX_H + LINE_GAP))
            height = max(height, -(-len(inside) // _PER_ROW))
        y += height * (BOX_H + LINE_GAP) - LINE_GAP + GAP_Y
    return [spots[n] for n in nodes], lanes, x, y


def _ordered(graph: Graph, nodes: list[str], spots: dict[str, Spot]) -> list[str]:
    def middle(node: str) -> float:
        places = [spots[p].x for p in parents_of(graph, node) if p in spots]
        return sum(places) / len(places) if places else 0.0

    return sorted(nodes, key=lambda n: (middle(n), graph.nodes[n]["issued_on"] or "9", n))


def to_svg(graph: Graph, *, focus: str | None = None) -> str:
    """The picture as SVG text. ``focus``: node to mark. More than 60 documents give the overview."""
    nodes = shown_documents(graph)
    return _overview(graph, nodes) if len(nodes) > _MOST else _boxes(graph, nodes, focus)


def _boxes(graph: Graph, nodes: list[str], focus: str | None) -> str:
    spots, lanes, width, height = layout(graph, nodes)
    by_node = {s.node: s for s in spots}
    parts = _frame(lanes, {s.row[0]: s.y for s in sorted(spots, key=lambda s: s.y, reverse=True)}, width, height)
    drawn = [(u, v, k) for u, v, k in sorted(graph.edges(keys=True)) if u in by_node and v in by_node and _drawn(graph.edges[u, v, k])]
    routes = Router(by_node).routes((u, v) for u, v, _ in drawn)
    parts += [_edge(graph, by_node, (u, v, k), routes[u, v]) for u, v, k in drawn]
    parts += [_box(graph, spot, spot.node == focus) for spot in spots]
    return _document(parts, width, height + 30)


def _frame(lanes: dict[str, tuple[float, float]], levels: dict[int, float], width: float, height: float) -> list[str]:
    names = dict(LANES)
    parts = []
    for lane, (left, wide) in lanes.items():
        parts.append(f'<rect class="lane" x="{left:g}" y="4" width="{wide:g}" height="{height - 20:g}" rx="6"/>')
        parts.append(f'<text class="h" x="{left + wide / 2:g}" y="24" text-anchor="middle">{escape(names[lane])}</text>')
    for level, top in sorted(levels.items()):
        name = LEVEL_NAMES[LEVELS[level]] if level < len(LEVELS) else "Chưa rõ cấp"
        if top > _HEAD_H + 20:
            parts.append(f'<line class="rule" x1="0" x2="{width:g}" y1="{top - GAP_Y / 2:g}" y2="{top - GAP_Y / 2:g}"/>')
        for i, line in enumerate(textwrap.wrap(name, 14)):
            parts.append(f'<text class="h" x="6" y="{top + 18 + 16 * i:g}">{escape(line)}</text>')
    return parts


def _box(graph: Graph, spot: Spot, here: bool) -> str:
    data = graph.nodes[spot.node]
    look = " ".join(["b", spot.lane, "held" if data["in_hand"] else "cited", "here" if here else ""]).strip()
    name = data["key"] or f"{data['kind'] or 'Văn bản'} chưa có số"
    if data["key"]:
        about = textwrap.wrap(data["issuer"] or data["kind"] or "", _WRAP)[:2]
    else:
        about = [textwrap.shorten(part, _WRAP, placeholder="…") for part in (data["title"] or data["name"], data["issuer"]) if part]
    third = vn_date(data["issued_on"]) if data["issued_on"] else "chưa rõ ngày"
    hold = ", ".join(data["files"]) if data["in_hand"] else "chỉ được dẫn"
    lines = [*about, _cut(f"{third} · {hold}")]
    text = [f'<text class="k" x="{spot.x + 8:g}" y="{spot.y + 18:g}">{escape(textwrap.shorten(name, 26, placeholder="…"))}</text>']
    for i, line in enumerate(lines):
        text.append(f'<text class="s" x="{spot.x + 8:g}" y="{spot.y + 35 + 15 * i:g}">{escape(line)}</text>')
    box = f'<rect class="{look}" x="{spot.x:g}" y="{spot.y:g}" width="{BOX_W}" height="{BOX_H}" rx="5"/>'
    return f"<g><title>{escape(data['title'] or display_name(data))}</title>{box}{''.join(text)}</g>"


def _cut(words: str) -> str:
    return words if len(words) <= _WRAP + 2 else words[: _WRAP + 1].rstrip() + "…"


def _drawn(data: dict[str, Any]) -> bool:
    return live(data) and bool(data["relation"] == "may_be" or (data["relation"] == "implements" and data["parent"]))


def _edge(graph: Graph, spots: dict[str, Spot], edge: tuple[str, str, str], way: str) -> str:
    """A line from the child's upper side to the parent's lower side."""
    source, target, relation = edge
    data = graph.edges[edge]
    look = "maybe" if relation == "may_be" else "suspect" if data["status"] == "suspect" else "inferred" if data["inferred"] else ""
    a, b = spots[source], spots[target]
    x1, y1, x2, y2 = a.x + BOX_W / 2, a.y, b.x + BOX_W / 2, b.y + BOX_H
    curve = f'<path class="e {look}" marker-end="url(#to)" d="{way}"/>'
    if look == "suspect":
        why = escape(", ".join(data["flags"]) or "quyết định cần xem lại")
        curve += f'<text class="bang" x="{(x1 + x2) / 2 + 5:g}" y="{(y1 + y2) / 2 + 4:g}">!<title>{why}</title></text>'
    return curve


def _overview(graph: Graph, nodes: list[str]) -> str:
    rows = {n: (lvl if (lvl := rank(graph.nodes[n]["level"])) >= 0 else len(LEVELS)) for n in nodes}
    cells: dict[tuple[int, str], list[str]] = {}
    for node in nodes:
        cells.setdefault((rows[node], lane_of(graph.nodes[node])), []).append(node)
    wide = _SQUARES_PER_ROW * (_SQUARE + 3) + 30
    used = [name for name, _ in LANES if any(c[1] == name for c in cells)]
    lanes = {lane: (float(_LABEL_W + 10 + i * (wide + 12)), float(wide)) for i, lane in enumerate(used)}
    y, tops, parts = float(_HEAD_H + 16), {}, []
    centres: dict[tuple[int, str], tuple[float, float]] = {}
    for level in sorted({c[0] for c in cells}):
        tops[level] = y
        tallest = 0.0
        for lane, (left, _) in lanes.items():
            inside = cells.get((level, lane), [])
            if inside:
                drawn, tall = _squares(graph, inside, left + 14, y)
                parts += drawn
                centres[level, lane] = (left + wide / 2, y + tall / 2)
                tallest = max(tallest, tall)
        y += max(tallest, 44) + GAP_Y
    frame = _frame(lanes, tops, _LABEL_W + 10 + len(lanes) * (wide + 12), y)
    return _document([*frame, *_bundles(graph, rows, centres), *parts], _LABEL_W + 10 + len(lanes) * (wide + 12), y + 20)


def _squares(graph: Graph, nodes: list[str], x: float, y: float) -> tuple[list[str], float]:
    """Squares of one group with a line that counts and names the most followed; (parts, height)."""
    followed = sorted(nodes, key=lambda n: (-graph.in_degree(n), n))
    held = sum(graph.nodes[n]["in_hand"] for n in nodes)
    names = ", ".join(display_name(graph.nodes[n]) for n in followed[:3])
    head = textwrap.shorten(f"{len(nodes)} văn bản, {held} có trong tay: {names} …", 62, placeholder=" …")
    parts = [f'<text class="s" x="{x:g}" y="{y + 10:g}">{escape(head)}</text>']
    for i, node in enumerate(followed):
        line, column = divmod(i, _SQUARES_PER_ROW)
        data = graph.nodes[node]
        look = f"b {lane_of(data)} {'held' if data['in_hand'] else 'cited'}"
        at = f'x="{x + column * (_SQUARE + 3):g}" y="{y + 18 + line * (_SQUARE + 3):g}" width="{_SQUARE}" height="{_SQUARE}"'
        parts.append(f"<rect class={quoteattr(look)} {at}><title>{escape(display_name(data))}</title></rect>")
    return parts, 18 + -(-len(nodes) // _SQUARES_PER_ROW) * (_SQUARE + 3)


def _bundles(graph: Graph, rows: dict[str, int], centres: dict[tuple[int, str], tuple[float, float]]) -> list[str]:
    """One line per pair of groups, as thick as the number of edges between them asks for."""
    counts: dict[tuple[tuple[int, str], tuple[int, str]], int] = {}
    for source, target, relation, data in graph.edges(keys=True, data=True):
        if relation == "implements" and live(data) and data["parent"] and source in rows and target in rows:
            pair = tuple((rows[n], lane_of(graph.nodes[n])) for n in (source, target))
            if pair[0] != pair[1]:
                counts[pair[0], pair[1]] = counts.get((pair[0], pair[1]), 0) + 1
    parts = []
    for (low, high), count in sorted(counts.items()):
        (x1, y1), (x2, y2) = centres[low], centres[high]
        thick = min(14.0, 1 + count**0.5)
        parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="#bbb" stroke-opacity="0.6" stroke-width="{thick:.1f}">'
            f"<title>{count} văn bản</title></line>"
        )
    return parts


_LEGEND = (
    '<rect class="b other held" width="14" height="10" y="-9"/><text class="s" x="20">có trong tay</text>'
    '<rect class="b other cited" x="110" width="14" height="10" y="-9"/><text class="s" x="130">chỉ được dẫn</text>'
    '<path class="e" d="M225-4h26"/><text class="s" x="257">thực hiện</text>'
    '<path class="e inferred" d="M330-4h26"/><text class="s" x="362">suy ra theo cấp</text>'
    '<path class="e suspect" d="M465-4h26"/><text class="s" x="497">cần xem lại</text>'
    '<path class="e maybe" d="M580-4h26"/><text class="s" x="612">có thể là</text>'
)
_MARKER = (
    '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>'
)


def _document(parts: list[str], width: float, height: float) -> str:
    wide = max(width, 700)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {height:g}" width="{wide:g}" height="{height:g}" role="img">'
    legend = f'<g transform="translate(8 {height - 14:g})">{_LEGEND}</g>'
    return f"{head}<title>Đồ thị văn bản chỉ đạo</title><style>{_STYLE}</style>{_MARKER}{''.join(p for p in parts if p)}{legend}</svg>\n"

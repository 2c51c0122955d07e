"""Chains of directives as an indented list: from the root down, one step in for each level."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.graph.checks import ancestors_of, children_of, parents_of
from pipeline.graph.questions import chain
from pipeline.graph.shape import Graph
from pipeline.report.markdown import escape
from pipeline.report.texts import Texts


def outline(graph: Graph, t: Texts) -> list[str]:
    """Lines of a nested Markdown list. A document under several parents is spelt out under the first and pointed to after; a
    circle is entered at its first document by name."""
    documents = sorted(n for n, d in graph.nodes(data=True) if d["type"] == "document")
    linked = [n for n in documents if any(True for _ in children_of(graph, n)) or any(True for _ in parents_of(graph, n))]
    roots = [n for n in linked if not any(True for _ in parents_of(graph, n))]
    seen: set[str] = set()
    lines = [line for root in roots for line in _below(graph, root, None, 0, seen, t)]
    for node in linked:  # members of circles hang below no root
        if node not in seen and _circles(graph, node):
            lines += _below(graph, node, None, 0, seen, t)
    return lines


def _circles(graph: Graph, node: str) -> bool:
    """Whether a document implements itself over others."""
    return any(parent == node or node in ancestors_of(graph, parent) for parent in parents_of(graph, node))


def _below(graph: Graph, node: str, parent: str | None, depth: int, seen: set[str], t: Texts) -> Iterator[str]:
    again = node in seen
    seen.add(node)
    yield f"{'  ' * depth}- {_name(graph, node, t)}{_notes(graph, node, parent, again, t)}"
    if not again:
        for child in children_of(graph, node):
            yield from _below(graph, child, node, depth + 1, seen, t)


def _name(graph: Graph, node: str, t: Texts) -> str:
    data = graph.nodes[node]
    title = data["key"] or f"{data['issuer'] or ''} ({t('summary.no_number')})".strip()
    held = "; ".join(data["files"]) if data["in_hand"] else t("summary.only_cited")
    return f"**{escape(title)}** ({escape(held)})"


def _notes(graph: Graph, node: str, parent: str | None, again: bool, t: Texts) -> str:
    notes: list[str] = []
    if parent is not None:
        edge = graph.edges[node, parent, "implements"]
        if edge["inferred"]:
            notes.append(t("summary.inferred"))
        if edge["flags"]:
            notes.append(t("summary.flagged", codes=", ".join(edge["flags"])))
    if again:
        notes.append(t("summary.seen"))
    elif graph.nodes[node]["in_hand"] and not any(True for _ in children_of(graph, node)):
        levels = chain(graph, node).missing_levels
        if levels:
            notes.append(t("summary.skipped_levels", levels=", ".join(t.of("level", level) for level in levels)))
    return f"; {escape('; '.join(notes))}" if notes else ""

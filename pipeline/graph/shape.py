"""The form of the graph: its type, and the attributes that every node and edge has, whatever its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from schemas.graph import Evidence

if TYPE_CHECKING:
    Graph: TypeAlias = nx.MultiDiGraph[str]
    Simple: TypeAlias = nx.DiGraph[str]
else:  # networkx takes type arguments in its stubs only
    Graph = nx.MultiDiGraph
    Simple = nx.DiGraph

_NODE: dict[str, Any] = {
    "type": "document",
    "key": None,
    "name": "",
    "kind": None,
    "regime": None,
    "level": None,
    "level_sure": False,
    "issuer": None,
    "issued_on": None,
    "latest": None,
    "title": None,
    "in_hand": False,
    "files": (),
    "sha256": None,
    "citing": 0,
    "mentions": 0,
    "notes": (),
}


def node_data(**known: Any) -> dict[str, Any]:
    """Attributes of a node. ``latest`` bounds the date of an undated document; ``level_sure`` is False where the level was
    read from a name that two levels share; ``citing`` counts documents, ``mentions`` their citations."""
    return _NODE | known


def edge_data(relation: str, *, evidence: tuple[Evidence, ...] = (), **known: Any) -> dict[str, Any]:
    """Attributes of an edge. ``parent``: the target is the immediate parent. ``flags``: codes of failed checks.
    ``conflicts``: dates of the target written otherwise than believed. ``inferred``: no text says it in so many words."""
    base: dict[str, Any] = {
        "relation": relation,
        "parent": False,
        "status": "proposed",
        "confidence": 1.0,
        "inferred": False,
        "evidence": evidence,
        "flags": (),
        "conflicts": (),
        "rule": "",
        "reasons": (),
    }
    return base | known

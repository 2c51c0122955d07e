"""The graph kept in the store: questions answered without building it, kept up to date document by document.

``ask`` answers, ``update`` takes in one document, ``bulk`` writes the whole graph once, ``deciding`` lays over it what people
decided. Store and graph know nothing of each
other; they meet here.
"""

from pipeline.links.ask import chain_from_store, impact_from_store, others_from_store
from pipeline.links.bulk import rebuild_graph
from pipeline.links.decide import decide_edge
from pipeline.links.deciding import graph_decisions, keep_decision
from pipeline.links.update import sync_graph, update_graph

__all__ = [
    "chain_from_store",
    "decide_edge",
    "graph_decisions",
    "impact_from_store",
    "keep_decision",
    "others_from_store",
    "rebuild_graph",
    "sync_graph",
    "update_graph",
]

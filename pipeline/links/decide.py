"""A person's word on an edge between two documents of the store, bound to what the edge rests on now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from pipeline.graph.decisions import source_stamp, target_stamp
from pipeline.links.ask import find
from pipeline.links.deciding import evidence_of, keep_decision
from pipeline.links.update import sync_graph
from pipeline.store import Decision as Kept
from pipeline.store import graph_tables as tables
from schemas.errors import UsageError
from schemas.graph import Decision
from schemas.record import RELATIONS

if TYPE_CHECKING:
    from pipeline.store import Store


def decide_edge(
    store: Store, child: str, parent: str, verdict: str, *, who: str, at: str, relation: str = "implements", note: str = ""
) -> Kept:
    """Keep that ``child`` carries out ``parent`` (or stands in another relation to it), or that it does not; both as a user
    names them. Raises ``UsageError`` for an unknown name, verdict or relation, and where there is nothing to refuse."""
    held: Literal["confirmed", "refused"] | None = "confirmed" if verdict == "confirmed" else "refused" if verdict == "refused" else None
    if held is None:
        raise UsageError(f"Không có quyết định “{verdict}”.", remedy="Dùng một trong: confirmed, refused")
    if relation not in RELATIONS:
        raise UsageError(f"Không có quan hệ “{relation}”.", remedy="Dùng một trong: " + ", ".join(RELATIONS))
    sync_graph(store)
    e, n = tables.edges.c, tables.nodes.c
    with store.transaction() as connection:
        place = (find(connection, child), find(connection, parent), relation)
        if place[0] == place[1]:
            raise UsageError("Hai tên chỉ cùng một văn bản.")
        names = {row.n: row for row in connection.execute(select(n.n, n.name, n.sha256).where(n.n.in_(place[:2])))}
        at_place = (e.source == place[0], e.target == place[1], e.relation == relation)
        edge = connection.execute(select(e.inferred, e.by_hand).where(*at_place)).first()
        if edge is None and verdict == "refused":
            raise UsageError(f"Không có quan hệ “{relation}” giữa hai văn bản này để bác.", remedy="Xem quan hệ bằng «trienkhai chain».")
        said = edge is not None and not edge.by_hand
        evidence = evidence_of(connection, place) if edge is not None and said and not edge.inferred else []
    upper = target_stamp({"sha256": names[place[1]].sha256})
    decision = Decision(
        kind="edge", source=names[place[0]].name, target=names[place[1]].name, relation=relation, verdict=held, by=who, note=note,
        source_stamp=source_stamp(evidence) if said else "", target_stamp=upper,
    )  # fmt: skip
    words = "\n".join(dict.fromkeys(" ".join(one.quote.split()) for one in evidence))
    return keep_decision(store, decision, at, words)

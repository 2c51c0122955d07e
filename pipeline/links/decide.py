"""A person's word on an edge between two documents of the store, bound to what the edge rests on now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from pipeline.graph.decisions import open_node, source_stamp, target_stamp
from pipeline.links.ask import find
from pipeline.links.deciding import evidence_of, keep_decision
from pipeline.links.update import sync_graph
from pipeline.store import Decision as Kept
from pipeline.store import graph_tables as tables
from schemas.errors import UsageError
from schemas.graph import Decision
from schemas.record import RELATIONS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.store import Store


def decide_edge(
    store: Store, child: str, parent: str, verdict: str, *, who: str, at: str, relation: str = "implements", note: str = ""
) -> Kept:
    """Keep that ``child`` carries out ``parent`` (or stands in another relation to it), or that it does not; both as a user
    names them. With the relation ``may_be``: that the file ``child``, which has no number, is the cited ``parent``, or is not.
    Raises ``UsageError`` for an unknown name, verdict or relation, and where there is nothing to refuse."""
    held: Literal["confirmed", "refused"] | None = "confirmed" if verdict == "confirmed" else "refused" if verdict == "refused" else None
    if held is None:
        raise UsageError(f"Không có quyết định “{verdict}”.", remedy="Dùng một trong: confirmed, refused")
    if relation not in (*RELATIONS, tables.MAY_BE):
        raise UsageError(f"Không có quan hệ “{relation}”.", remedy="Dùng một trong: " + ", ".join((*RELATIONS, tables.MAY_BE)))
    sync_graph(store)
    with store.transaction() as connection:
        ends = (find(connection, child), find(connection, parent))
        draft = _identity(connection, *ends) if relation == tables.MAY_BE else _edge(connection, *ends, relation, held)
    decision = draft.decision.model_copy(update={"verdict": held, "by": who, "note": note})
    return keep_decision(store, decision, at, draft.words)


@dataclass(frozen=True, slots=True)
class _Draft:
    decision: Decision
    words: str = ""


def _edge(connection: Connection, source: int, target: int, relation: str, verdict: Literal["confirmed", "refused"]) -> _Draft:
    if source == target:
        raise UsageError("Hai tên chỉ cùng một văn bản.")
    e, n = tables.edges.c, tables.nodes.c
    at_place = (e.source == source, e.target == target, e.relation == relation)
    edge = connection.execute(select(e.inferred, e.by_hand).where(*at_place)).first()
    if edge is None and verdict == "refused":
        raise UsageError(f"Không có quan hệ “{relation}” giữa hai văn bản này để bác.", remedy="Xem quan hệ bằng «trienkhai chain».")
    said = edge is not None and not edge.by_hand
    evidence = evidence_of(connection, (source, target, relation)) if edge is not None and said and not edge.inferred else []
    names = {row.n: row for row in connection.execute(select(n.n, n.name, n.sha256).where(n.n.in_((source, target))))}
    decision = Decision(
        kind="edge", source=names[source].name, target=names[target].name, relation=relation, verdict=verdict,
        source_stamp=source_stamp(evidence) if said else "", target_stamp=target_stamp({"sha256": names[target].sha256}),
    )  # fmt: skip
    return _Draft(decision, "\n".join(dict.fromkeys(" ".join(one.quote.split()) for one in evidence)))


def _identity(connection: Connection, file: int, cited: int) -> _Draft:
    """Where the two are one already, by an earlier word, the file is found by its document, so that the word can be taken back."""
    d, n = tables.documents.c, tables.nodes.c
    rows = {row.n: row for row in connection.execute(select(n.n, n.name, n.label, n.fold, n.in_hand).where(n.n.in_((file, cited))))}
    unnumbered = connection.scalars(select(d.id).where(d.node == file, d.fold.is_(None))).all()
    if len(unnumbered) != 1:
        raise UsageError(f"{rows[file].label} đã có số nên không thể là văn bản khác.", remedy="Nêu một tệp chưa có số.")
    if rows[cited].fold is None or (rows[cited].in_hand and file != cited):
        raise UsageError(f"{rows[cited].label} đã có trong tay.", remedy="Nêu một văn bản mới chỉ được dẫn.")
    ends = {"source": open_node(unnumbered[0]), "target": rows[cited].name, "relation": tables.MAY_BE}
    return _Draft(Decision(kind="identity", verdict="confirmed", **ends))

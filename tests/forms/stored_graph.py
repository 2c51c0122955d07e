"""What tests of the stored graph share: a store filled, and its graph as rows to compare."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from pipeline.store import Store
from pipeline.store import graph_tables as kept
from schemas.record import Record

Rows = dict[str, list[Any]]


def fill(store: Store, records: list[Record]) -> None:
    for record in records:
        store.put(record)


def rows_of(store: Store) -> Rows:
    """All rows with names for numbers: numbers depend on the order of arrival, nothing else may."""
    with store.transaction() as c:
        node = {r.n: r.name for r in c.execute(select(kept.nodes))}
        doc = {r.n: r.id for r in c.execute(select(kept.documents))}
        ends = {"node": node, "raw": node, "target": node, "source": node, "identity": node}
        out: Rows = {}
        for table in kept.GRAPH:
            by = node if table is kept.candidates else doc
            names = {**ends, "document": by}
            found = [{k: names[k][v] if k in names else v for k, v in r.items() if k != "n"} for r in c.execute(select(table)).mappings()]
            for row in found:
                if "flags" in row:
                    row["flags"] = sorted(row["flags"].split())
            out[table.name] = sorted(found, key=repr)
        return out

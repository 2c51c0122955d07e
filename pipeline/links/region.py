"""The part of the stored graph that one change touches, loaded as it is asked for and written back where it changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import delete, func, insert, select, update

from pipeline.graph.facts import DocumentFacts
from pipeline.graph.resolve import Identity
from pipeline.links import rows
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

T = TypeVar("T", int, str, tuple[str, str])
PAGE = 10_000  # values in one list of a query: SQLite takes 32,766


@dataclass(slots=True)
class Held:
    """A document in hand: ``raw`` and ``target`` are the nodes of its mentions, as written and as meant."""

    n: int
    facts: DocumentFacts
    node: int
    open: bool
    raw: list[int]
    target: list[int]
    duties: list[str]
    was: frozenset[int]  # nodes meant before the change


class Region:
    """Documents and nodes by number, as the current transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.documents: dict[int, Held] = {}
        self.rows: dict[int, Row] = {}
        self.before: dict[int, Row | None] = {}
        self._next: dict[str, int] = {}

    # --- documents --------------------------------------------------------------------------------------------------

    def number_of(self, document: str) -> int | None:
        """Number of a document by its id."""
        c = tables.documents.c
        found: int | None = self.connection.scalar(select(c.n).where(c.id == document))
        return found

    def next_number(self, table: str) -> int:
        """A number no row of ``documents`` or ``nodes`` has."""
        if table not in self._next:
            column = tables.documents.c.n if table == "documents" else tables.nodes.c.n
            self._next[table] = self.connection.scalar(select(func.max(column))) or 0
        self._next[table] += 1
        return self._next[table]

    def load(self, numbers: Iterable[int]) -> None:
        """Documents by number, with their mentions."""
        wanted = sorted(set(numbers) - self.documents.keys())
        d, m, f = tables.documents.c, tables.mentions.c, tables.facts.c
        packed = select(d.n, d.node, d.open, f.facts).join(tables.facts, f.document == d.n)
        for page in pages(wanted):
            for row in self.connection.execute(packed.where(d.n.in_(page))):
                self.documents[row.n] = Held(row.n, rows.unpack(row.facts), row.node, row.open, [], [], [], frozenset())
            for row in self.connection.execute(select(tables.mentions).where(m.document.in_(page)).order_by(m.document, m.at)):
                held = self.documents[row.document]
                held.raw.append(row.raw)
                held.target.append(row.target)
                held.duties.append(row.duties)
            for n in page:
                if n in self.documents:
                    self.documents[n].was = frozenset(self.documents[n].target)

    def with_number(self, fold: str) -> list[int]:
        """Documents that have or cite a number; one whose mentions are yet to be resolved does not count as citing."""
        d, m = tables.documents.c, tables.mentions.c
        citing = select(m.document).join(tables.nodes, tables.nodes.c.n == m.raw).where(tables.nodes.c.fold == fold)
        return sorted(set(self.connection.scalars(citing.union(select(d.n).where(d.fold == fold)))))

    def citing(self, node: int, *, raw: bool = False) -> set[int]:
        """Documents that mean a node, or with ``raw`` that name it as written."""
        m = tables.mentions.c
        return set(self.connection.scalars(select(m.document).where((m.raw if raw else m.target) == node)))

    # --- nodes ------------------------------------------------------------------------------------------------------

    def nodes(self, where: ColumnElement[bool]) -> list[Row]:
        """Nodes that meet a condition, as this change has left them."""
        found = self.connection.execute(select(tables.nodes).where(where)).mappings().all()
        return [row for n in [self._keep(dict(row)) for row in found] if (row := self.rows.get(n)) is not None]

    def node(self, n: int) -> Row:
        """One node."""
        if n not in self.rows:
            self.load_nodes([n])
        return self.rows[n]

    def load_nodes(self, numbers: Collection[int]) -> None:
        for page in pages(sorted(set(numbers) - self.rows.keys())):
            self.nodes(tables.nodes.c.n.in_(page))

    def _keep(self, row: Row) -> int:
        n: int = row["n"]
        if n not in self.before:
            self.before[n] = dict(row)
            self.rows[n] = row
        return n

    def put_node(self, row: Row) -> None:
        """New state of a node: written at once, so that queries see it."""
        n = row["n"]
        known = n in self.before or bool(self.nodes(tables.nodes.c.n == n))
        if known and self.rows.get(n) == row:
            return
        if known and n in self.rows:
            self.connection.execute(update(tables.nodes).where(tables.nodes.c.n == n).values(**row))
        else:
            self.before.setdefault(n, None)
            self.connection.execute(insert(tables.nodes), row)
        old = self.rows.get(n)
        self.rows[n] = row
        if (old["files"] if old else "[]") != row["files"]:
            self.connection.execute(delete(tables.files).where(tables.files.c.node == n))
            found = [{"name": name, "node": n} for name in sorted(set(json.loads(row["files"])))]
            if found:
                self.connection.execute(insert(tables.files), found)

    def drop_node(self, n: int) -> None:
        self.node(n)
        self.connection.execute(delete(tables.nodes).where(tables.nodes.c.n == n))
        self.connection.execute(delete(tables.files).where(tables.files.c.node == n))
        del self.rows[n]

    def changed(self, *fields: str) -> list[int]:
        """Nodes that are new, gone, or have another value in one of the fields."""
        return [
            n
            for n, old in sorted(self.before.items())
            if (new := self.rows.get(n)) is not old and (old is None or new is None or any(old[f] != new[f] for f in fields))
        ]

    def states(self, n: int) -> list[Row]:
        """A node before and after the change, where it was or is."""
        return [row for row in (self.before.get(n), self.rows.get(n)) if row is not None]


def identity_of(row: Row) -> Identity:
    """A node as resolution sees it; ``citing`` has the right length only."""
    said = json.loads(row["said"])
    return Identity(
        row["name"], row["key"], row["fold"], row["issued_on"], row["kind"], row["issuer"], frozenset(row["core"].split()),
        json.loads(row["holders"]), cast("list[str]", range(row["raw_citing"])), 0, Counter(said["issued_on"]), Counter(said["subject"]),
    )  # fmt: skip


def pages(values: Collection[T]) -> Iterable[list[T]]:
    """Lists no longer than a query takes."""
    listed = sorted(values)
    return (listed[i : i + PAGE] for i in range(0, len(listed), PAGE))

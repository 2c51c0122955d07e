"""The store: records of documents, failures, and human decisions apart from both (kho dữ liệu).

One writer at a time, any number of readers. Everything but decisions can be rebuilt from the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, or_, select, tuple_

from pipeline.store import tables
from pipeline.store.database import columns_of, connect, note_changes, prepare, renew_graph, transaction, upsert
from pipeline.store.decisions import Decision, read_lines, write_lines
from pipeline.store.graph_tables import AS_IDENTITY, DECISION, DECISIONS, IDENTITIES, changes
from pipeline.store.rows import document_id, document_row, fact_rows
from pipeline.store.tables import FACTS, decisions, documents, failures
from schemas.errors import ReadError, StoreError
from schemas.record import Record

PAGE = 100  # records read at once: a long reader never holds a transaction open against the writer
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, as the last run found it."""

    name: str
    sha256: str | None
    code: str
    message: str
    remedy: str


class Store:
    """Open with ``Store.open``; close, or use as a context manager. Every error is a ``StoreError``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str | Path, *, any_version: bool = False) -> Store:
        """Open or create the store at a path or database URL.

        A store written with another schema version is refused with a remedy; ``any_version`` opens it all the same, to export
        its decisions.
        """
        engine = connect(str(url))
        prepare(engine, any_version=any_version)
        if not any_version:
            renew_graph(engine)
        return cls(engine)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- facts ---------------------------------------------------------------------------------------------------------

    def put(self, record: Record, *, stamp: str = "") -> bool:
        """Store one record; True where something changed. See ``put_file``."""
        return self._put([record], stamp, whole=False)

    def put_file(self, records: Sequence[Record], *, stamp: str = "") -> bool:
        """Store all records of one file in one transaction; True where something changed.

        A file of the same name and other content is replaced with all its facts, as are parts this file no longer has, and the
        failure noted for the name. ``stamp`` says what extracted them (see ``known``).
        """
        if len({(r.source.name, r.source.sha256) for r in records}) != 1:
            raise ValueError("records of one file share name and sha256")
        return self._put(records, stamp, whole=True)

    def put_failure(self, name: str, error: ReadError, *, sha256: str | None = None) -> None:
        """Note that a file could not be read. Facts of another content under the same name are gone with that content; facts of
        the same content stay (a time-out says nothing about them)."""
        row = {"name": name, "sha256": sha256, "code": error.code, "message": error.message, "remedy": error.remedy}
        with transaction(self._engine, writes=True) as connection:
            self._drop(connection, and_(documents.c.name == name, documents.c.sha256 != (sha256 or "")))
            connection.execute(upsert(self._engine, failures), row)

    def known(self, sha256: str, *, stamp: str | None = None) -> bool:
        """Whether a file of this content is stored; with ``stamp``, whether that very extraction is."""
        return self.name_of(sha256, stamp=stamp) is not None

    def name_of(self, sha256: str, *, stamp: str | None = None) -> str | None:
        """Name under which this content is stored."""
        query = select(documents.c.name).where(documents.c.sha256 == sha256)
        if stamp is not None:
            query = query.where(documents.c.stamp == stamp)
        with transaction(self._engine) as connection:
            return connection.scalar(query.order_by(documents.c.name).limit(1))

    def records(self) -> Iterator[Record]:
        """All records, ordered by name, part and content."""
        order = (documents.c.name, documents.c.part, documents.c.id)
        last: tuple[str, str, str] | None = None
        while True:
            query = select(*order, documents.c.record).order_by(*order).limit(PAGE)
            if last is not None:
                query = query.where(tuple_(*order) > tuple_(*last))
            with transaction(self._engine) as connection:
                page = connection.execute(query).all()
            for row in page:
                yield Record.model_validate_json(row.record)
            if len(page) < PAGE:
                return
            last = (page[-1].name, page[-1].part, page[-1].id)

    def find(self, reference: str) -> list[Record]:
        """Records a person may mean by a sha256, a document key (``84-KH/ĐU``) or a name (whole, or its last part)."""
        if _SHA256.fullmatch(reference):
            where = documents.c.sha256 == reference
        else:
            tail = "%/" + re.sub(r"([\\%_])", r"\\\1", reference)
            where = or_(documents.c.key == reference, documents.c.name == reference, documents.c.name.like(tail, escape="\\"))
        query = select(documents.c.record).where(where).order_by(documents.c.name, documents.c.part, documents.c.id)
        with transaction(self._engine) as connection:
            found = connection.scalars(query).all()
        return [Record.model_validate_json(text) for text in found]

    def record(self, reference: str) -> Record | None:
        """The first of ``find``, None where there is none."""
        found = self.find(reference)
        return found[0] if found else None

    def failures(self) -> list[Failure]:
        """Files that could not be read, by name."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(failures).order_by(failures.c.name)).all()
        return [Failure(*row) for row in rows]

    def forget(self, name: str) -> bool:
        """Remove the facts and the failure of a file that is no longer delivered; True where there were any."""
        with transaction(self._engine, writes=True) as connection:
            gone = self._drop(connection, documents.c.name == name)
            return gone + connection.execute(delete(failures).where(failures.c.name == name)).rowcount > 0

    def counts(self) -> dict[str, int]:
        """Number of rows of each table."""
        from sqlalchemy import func

        with transaction(self._engine) as connection:
            return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in (documents, *FACTS, failures, decisions)}

    def _put(self, records: Sequence[Record], stamp: str, *, whole: bool) -> bool:
        rows = [document_row(record, stamp) for record in records]
        name, sha256 = records[0].source.name, records[0].source.sha256
        with transaction(self._engine, writes=True) as connection:
            stale = and_(documents.c.name == name, documents.c.sha256 != sha256)
            if whole:
                ids = [row["id"] for row in rows]
                stale = and_(or_(documents.c.name == name, documents.c.sha256 == sha256), documents.c.id.not_in(ids))
            changed = self._drop(connection, stale) > 0
            connection.execute(delete(failures).where(failures.c.name == name))
            for record, row in zip(records, rows, strict=True):
                changed |= self._put_one(connection, record, row)
        return changed

    def _put_one(self, connection: Connection, record: Record, row: dict[str, object]) -> bool:
        before = connection.execute(select(documents).where(documents.c.id == row["id"])).mappings().first()
        if before is not None and dict(before) == row:
            return False
        connection.execute(upsert(self._engine, documents), row)
        owner = document_id(record)
        connection.execute(note_changes(self._engine, documents.c.id == owner))
        for table in FACTS:
            connection.execute(delete(table).where(table.c.document == owner))
        for table, facts in fact_rows(record):
            if facts:
                connection.execute(insert(table), facts)
        return True

    def _drop(self, connection: Connection, which: ColumnElement[bool]) -> int:
        """Remove documents with their facts; their number. The graph hears of it."""
        connection.execute(note_changes(self._engine, which))
        return connection.execute(delete(documents).where(which)).rowcount

    def transaction(self, *, writes: bool = False) -> AbstractContextManager[Connection]:
        """One transaction for what is kept beside the records (the graph's tables). Errors come out as ``StoreError``."""
        return transaction(self._engine, writes=writes)

    # --- decisions -----------------------------------------------------------------------------------------------------

    def decide(self, decision: Decision) -> None:
        """Keep a decision. Earlier ones on the same id stay as its history."""
        self._keep([decision])

    def decisions(self) -> Iterator[Decision]:
        """All decisions with their history, by id, time and person."""
        order = (decisions.c.id, decisions.c.at, decisions.c.who)
        with transaction(self._engine) as connection:
            have = columns_of(connection, decisions)  # a store opened whatever its version may lack the later ones
            wanted = [column for column in decisions.c if column.name in have]
            rows = connection.execute(select(*wanted).order_by(*order)).mappings().all()
        for row in rows:
            yield Decision(**row)

    def latest(self) -> dict[str, Decision]:
        """The decision in force for each id: the last by time."""
        return {decision.id: decision for decision in self.decisions()}

    def export_decisions(self, path: Path) -> int:
        """Write all decisions as JSON lines, always in the same order; their number."""
        return write_lines(path, self.decisions())

    def import_decisions(self, path: Path) -> int:
        """Take decisions from JSON lines: all or, where a line is broken, none; the number read. Known ones are not doubled."""
        found = list(read_lines(path))
        self._keep(found)
        return len(found)

    def _keep(self, found: Iterable[Decision]) -> None:
        rows = [decision.model_dump() for decision in found]
        if rows:
            with transaction(self._engine, writes=True) as connection:
                connection.execute(upsert(self._engine, decisions), rows)
                ours = [row["id"] for row in rows if row["id"].startswith(DECISION)]
                for mark in sorted({IDENTITIES if AS_IDENTITY in name else DECISIONS for name in ours}):
                    connection.execute(upsert(self._engine, changes, replace=False), {"document": mark})


__all__ = ["Decision", "Failure", "Store", "StoreError", "tables"]

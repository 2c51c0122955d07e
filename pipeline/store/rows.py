"""A record as rows of the tables."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Table

from pipeline.store.tables import citations, duties, edges, links
from schemas.record import Record

Row = dict[str, Any]
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def document_id(record: Record) -> str:
    """Content-derived: the file's sha256, with the part where one file holds several documents."""
    return f"{record.source.sha256}#{record.source.part}" if record.source.part else record.source.sha256


def document_row(record: Record, stamp: str) -> Row:
    source, document = record.source, record.document
    return {
        "id": document_id(record), "sha256": source.sha256, "part": source.part or "", "name": source.name, "key": document.key,
        "kind": document.kind, "regime": document.regime, "issuer": document.issuer, "issued_on": document.issued_on,
        "title": document.title, "media_type": source.media_type, "pages": source.pages, "stamp": stamp, "record": record.to_json(),
    }  # fmt: skip


def fact_rows(record: Record) -> list[tuple[Table, list[Row]]]:
    """Rows of every fact table in the order of the record; ``n`` is the place there."""
    dues = {d.id: d.due for d in record.deadlines if d.due and _DATE.fullmatch(d.due)}
    duty_rows = [
        {
            "id": d.id, "section": d.section, "modality": d.modality, "start": d.start, "end": d.end, "text": d.text,
            "lead": "\n".join(d.lead), "support": "\n".join(d.support), "confidence": d.confidence,
            "due": min((dues[i] for i in d.deadlines if i in dues), default=None),
        }
        for d in record.duties
    ]  # fmt: skip
    wanted = {"id", "form", "key", "kind", "issued_on", "issuer", "relation", "start", "end", "text"}
    citation_rows = [c.model_dump(include=wanted) for c in record.citations]
    link_rows = [{"target": link.target, "relation": link.relation, "parent": link.parent} for link in record.links]
    edge_rows = [{"source": e.source, "target": e.target, "relation": e.relation} for e in record.edges]
    owner = document_id(record)
    return [
        (table, [{"document": owner, "n": n, **row} for n, row in enumerate(rows)])
        for table, rows in ((duties, duty_rows), (citations, citation_rows), (links, link_rows), (edges, edge_rows))
    ]

"""Tables of the store. Facts hang on ``documents`` and go with it; human decisions hang on nothing and are never deleted by a run.

The same statements serve SQLite and PostgreSQL; only the ``insert`` that knows ``on_conflict_do_update`` is taken by dialect.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text
from sqlalchemy.dialects import postgresql

SCHEMA_VERSION = 3  # raised with every change below; 1 lacks the graph's tables, 2 the words of decisions: both are brought up

metadata = MetaData()

# Compared and sorted by code point on both engines, so that the order of records does not depend on a server's locale.
Name = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _document() -> Column[str]:
    return Column("document", Name, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False)


meta = Table("meta", metadata, Column("key", Name, primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", Name, primary_key=True),  # sha256 of the file, and the part where a file holds several documents
    Column("sha256", Name, nullable=False),
    Column("part", Name, nullable=False),  # "" for a whole file
    Column("name", Name, nullable=False),  # place in its delivery
    Column("key", Name),
    Column("kind", Text),
    Column("regime", Text),
    Column("issuer", Text),
    Column("issued_on", Text),  # ISO date
    Column("title", Text),
    Column("media_type", Text, nullable=False),
    Column("pages", Integer),
    Column("stamp", Text, nullable=False),  # what extracted it (version of program and rulebook), as the caller says
    Column("record", Text, nullable=False),  # the whole record as JSON; all other columns are copies to search by
    Index("ix_documents_name", "name", "part", "id"),
    Index("ix_documents_sha256", "sha256"),
    Index("ix_documents_key", "key"),
)

duties = Table(
    "duties",
    metadata,
    _document(),
    Column("n", Integer, nullable=False),
    Column("id", Name, nullable=False),
    Column("section", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("lead", Text, nullable=False),  # names, one a line
    Column("support", Text, nullable=False),
    Column("due", Text),  # earliest ISO date among its deadlines
    Column("confidence", Float, nullable=False),
    PrimaryKeyConstraint("document", "n"),
    Index("ix_duties_lead_due", "lead", "due"),
)

citations = Table(
    "citations",
    metadata,
    _document(),
    Column("n", Integer, nullable=False),
    Column("id", Name, nullable=False),
    Column("form", Text, nullable=False),
    Column("key", Name),
    Column("kind", Text),
    Column("issued_on", Text),
    Column("issuer", Text),
    Column("relation", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("document", "n"),
    Index("ix_citations_key", "key"),
)

links = Table(
    "links",
    metadata,
    _document(),
    Column("n", Integer, nullable=False),
    Column("target", Name, nullable=False),
    Column("relation", Text, nullable=False),
    Column("parent", Boolean, nullable=False),
    PrimaryKeyConstraint("document", "n"),
    Index("ix_links_target", "target"),
)

edges = Table(
    "edges",
    metadata,
    _document(),
    Column("n", Integer, nullable=False),
    Column("source", Name, nullable=False),
    Column("target", Name, nullable=False),
    Column("relation", Text, nullable=False),
    PrimaryKeyConstraint("document", "n"),
    Index("ix_edges_source", "source"),
    Index("ix_edges_target", "target"),
)

failures = Table(
    "failures",
    metadata,
    Column("name", Name, primary_key=True),
    Column("sha256", Name),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Name, nullable=False),  # what was decided on, derived from content by the caller
    Column("at", Name, nullable=False),  # ISO time, given by the caller
    Column("who", Name, nullable=False),
    Column("parent_stamp", Text, nullable=False),
    Column("child_stamp", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("parent_words", Text, nullable=False, server_default=""),  # what was decided on, one piece a line: the ground of a diff
    Column("child_words", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("id", "at", "who"),
)

FACTS = (duties, citations, links, edges)

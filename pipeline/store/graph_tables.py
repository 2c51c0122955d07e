"""Tables of the graph: what resolution made of all records, kept so that questions need no rebuild.

Everything here can be computed again from ``documents``. Nodes are whole numbers that outlive a change of name: a number
used by one body is named by itself until a second body uses it, and the edges stay as they are. Layers: mentions (what
each citation means, before and after slips), claims (what one document says of an edge), edges (what all say together).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from pipeline.store.tables import Name, metadata

GRAPH_VERSION = 7  # raised with every change below: tables of another version are made anew from the documents
# Spelled out, since an index over a part of the rows serves only a query that says the same.
DECIDED = text("status <> ''")
IN_DUTIES = text("duties <> ''")

nodes = Table(
    "graph_nodes",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("name", Name, nullable=False),  # id in the graph
    Column("fold", Name),  # None for a document in hand without a number
    Column("symbol", Name),  # what follows the number, without marks
    Column("number", Integer),
    Column("flat", Name),  # number and symbol without marks and blanks, to find by
    Column("key", Text),
    Column("label", Text, nullable=False),
    Column("kind", Text),
    Column("level", Text),
    Column("level_sure", Boolean, nullable=False),
    Column("issuer", Text),
    Column("issued_on", Text),
    Column("latest", Text),
    Column("title", Text),
    Column("in_hand", Boolean, nullable=False),
    Column("files", Text, nullable=False),  # JSON list; again in graph_files, to find by
    Column("sha256", Name),
    Column("holders", Text, nullable=False),  # JSON list of document ids
    Column("core", Name, nullable=False),  # words that tell the issuing body from others, in order
    Column("said", Text, nullable=False),  # JSON: how often mentions give each key, kind, issuer, date, subject; texts per date
    Column("raw_citing", Integer, nullable=False),  # documents that cite it as written
    Column("citing", Integer, nullable=False),  # documents that mean it, slips folded in; hidden where 0 and not in hand
    Index("ix_graph_nodes_name", "name"),
    Index("ix_graph_nodes_fold", "fold"),
    Index("ix_graph_nodes_flat", "flat"),
    Index("ix_graph_nodes_near", "symbol", "number"),
    Index("ix_graph_nodes_day", "symbol", "issued_on"),
    Index("ix_graph_nodes_core", "core"),
    Index("ix_graph_nodes_sha256", "sha256"),
)

files = Table(
    "graph_files",
    metadata,
    Column("name", Name, nullable=False),
    Column("node", Integer, nullable=False),
    PrimaryKeyConstraint("name", "node"),
    Index("ix_graph_files_node", "node"),
    sqlite_with_rowid=False,
)

documents = Table(
    "graph_documents",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("id", Name, nullable=False),
    Column("node", Integer, nullable=False),
    Column("open", Boolean, nullable=False),  # in hand without a number
    Column("fold", Name),
    Column("core", Name, nullable=False),
    Index("ix_graph_documents_id", "id", unique=True),
    Index("ix_graph_documents_node", "node"),
    Index("ix_graph_documents_fold", "fold"),
    Index("ix_graph_documents_open", "open", "core"),
)

facts = Table(  # apart from the documents: the long rows of a big corpus are never read to sort the short ones
    "graph_facts",
    metadata,
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("facts", Text, nullable=False),  # JSON: the document as resolution sees it
)

mentions = Table(
    "graph_mentions",
    metadata,
    Column("document", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("raw", Integer, nullable=False),  # node of the number as written, which is the node's
    Column("target", Integer, nullable=False),  # node meant
    Column("duties", Text, nullable=False),  # ids of duties that cite here, one a line
    PrimaryKeyConstraint("document", "at"),
    Index("ix_graph_mentions_raw", "raw", "document"),
    Index("ix_graph_mentions_target", "target", "document"),
    Index("ix_graph_mentions_duties", "target", "document", "duties", sqlite_where=IN_DUTIES, postgresql_where=IN_DUTIES),
    sqlite_with_rowid=False,
)

claims = Table(
    "graph_claims",
    metadata,
    Column("document", Integer, nullable=False),
    Column("source", Integer, nullable=False),
    Column("target", Integer, nullable=False),
    Column("relation", Name, nullable=False),
    Column("parent", Boolean, nullable=False),
    Column("slipped", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    PrimaryKeyConstraint("document", "source", "target", "relation"),
    Index("ix_graph_claims_place", "source", "target", "relation"),
    sqlite_with_rowid=False,
)

edges = Table(
    "graph_edges",
    metadata,
    Column("source", Integer, nullable=False),
    Column("target", Integer, nullable=False),
    Column("relation", Name, nullable=False),
    Column("claimed", Boolean, nullable=False),  # some text makes it a parent
    Column("parent", Boolean, nullable=False),  # and no other parent stands between
    Column("inferred", Boolean, nullable=False),
    Column("slipped", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("flags", Text, nullable=False),  # codes of failed checks, one a line
    Column("status", Name, nullable=False),  # what people decided: confirmed, refused, suspect; "" where nobody did
    Column("stamp", Name, nullable=False),  # of the words it rests on, where somebody decided
    Column("by_hand", Boolean, nullable=False),  # no text says it, a person does
    PrimaryKeyConstraint("source", "target", "relation"),
    Index("ix_graph_edges_decided", "target", "status", sqlite_where=DECIDED, postgresql_where=DECIDED),
    Index("ix_graph_edges_target", "target", "relation"),
    sqlite_with_rowid=False,  # the index by target then holds the source: a law's tens of thousands are counted in it alone
)

candidates = Table(
    "graph_candidates",
    metadata,
    Column("document", Integer, nullable=False),
    Column("place", Integer, nullable=False),  # best first
    Column("identity", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),
    PrimaryKeyConstraint("document", "place"),
    Index("ix_graph_candidates_identity", "identity"),
    sqlite_with_rowid=False,
)

changes = Table("graph_changes", metadata, Column("document", Name, primary_key=True))
"""Documents stored or removed since the graph was brought up to date, and ``DECISIONS`` or ``IDENTITIES`` where somebody has
decided since on an edge, or on which document a file without a number is."""

DECISIONS = "decisions"
IDENTITIES = "identities"
DECISION = "graph:"
"""How the ids of decisions on the graph begin."""
MAY_BE = "may_be"
"""Relation of a document without a number to what it may be; a decision on it is one on its identity."""
AS_IDENTITY = f" -{MAY_BE}-> "
"""What stands in the id of such a decision, between the names of the two."""

GRAPH = (nodes, files, documents, facts, mentions, claims, edges, candidates)

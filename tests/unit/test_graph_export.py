"""Exports of the graph: the same bytes twice, and back again where the format allows it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from pipeline.graph import build
from pipeline.graph.export import FORMATS, dump, from_node_link, tables, to_node_link, write
from pipeline.graph.shape import Graph
from pipeline.graph.synthetic import Generator, Said
from pipeline.graph.synthetic import write as record
from schemas.errors import UsageError
from schemas.graph import NodeLink
from schemas.record import Document


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build(Generator(seed=4, noise=0.1).records(40), bodies=True)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_same_bytes_from_run_to_run(graph: Graph, suffix: str) -> None:
    again = build(Generator(seed=4, noise=0.1).records(40), bodies=True)
    assert dump(graph, suffix) == dump(again, suffix)


def edge_set(graph: Graph) -> set[tuple[str, str, str]]:
    return {(u, v, d["relation"]) for u, v, d in graph.edges(data=True)}


def test_graphml_round_trip(graph: Graph, tmp_path: Path) -> None:
    write(graph, tmp_path / "g.graphml")
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(back) == set(graph)
    assert edge_set(back) == edge_set(graph)
    for name, data in back.nodes(data=True):
        assert {"key", "name", "kind", "in_hand"} <= set(data)
        assert data["in_hand"] is graph.nodes[name]["in_hand"]
        assert data["key"] == (graph.nodes[name]["key"] or "")


def test_gexf_round_trip(graph: Graph, tmp_path: Path) -> None:
    write(graph, tmp_path / "g.gexf")
    back = nx.read_gexf(tmp_path / "g.gexf")
    assert set(back) == set(graph)
    assert edge_set(back) == edge_set(graph)
    row = next(e for e in tables(graph).edges if e.quote)
    assert (
        next(d for u, v, d in back.edges(data=True) if (u, v, d["relation"]) == (row.source, row.target, row.relation))["span_end"]
        == row.end
    )


def test_node_link_round_trip_is_exact(graph: Graph) -> None:
    back = from_node_link(to_node_link(graph))
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    order = {(u, v, k): d for u, v, k, d in graph.edges(keys=True, data=True)}
    assert {(u, v, k): d for u, v, k, d in back.edges(keys=True, data=True)} == order
    assert back.graph == graph.graph
    assert to_node_link(back) == to_node_link(graph)


@pytest.mark.parametrize("options", [{}, {"provisions": True, "bodies": True, "duties": True}])
def test_node_link_keeps_to_its_published_schema(options: dict[str, bool]) -> None:
    made = build(Generator(seed=5, noise=0.3, unnumbered=0.3).records(60), **options)
    assert made.graph["findings"]
    assert made.graph["candidates"]
    read = NodeLink.model_validate_json(to_node_link(made))
    assert json.loads(read.model_dump_json(by_alias=True)) == json.loads(to_node_link(made))


def test_tables_hold_no_none(graph: Graph) -> None:
    rows = tables(graph)
    assert len(rows.nodes) == len(graph)
    assert len(rows.edges) == graph.number_of_edges()
    assert all(value is not None for row in (*rows.nodes, *rows.edges) for value in row.model_dump().values())


def test_csv_rows(graph: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(dump(graph, ".csv").decode("utf-8-sig"))))
    assert len(rows) == graph.number_of_edges()
    assert {r["relation"] for r in rows} >= {"implements", "issued_by"}


def test_csv_cells_are_no_formulas() -> None:
    evil = record("=cmd.txt", Document(key=None, kind="Kế hoạch", issuer="Sở Y tế"), [Said("1-CT/TW", '=HYPERLINK("x")')])
    text = dump(build([evil]), ".csv").decode("utf-8-sig")
    assert not any(cell.startswith(("=", "@")) for row in csv.reader(io.StringIO(text)) for cell in row)


def test_parquet_round_trip(graph: Graph, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="cần pyarrow")
    write(graph, tmp_path / "g.parquet")
    rows = parquet.read_table(tmp_path / "g.parquet").to_pylist()
    assert rows == [e.model_dump() for e in tables(graph).edges]


ELI, SCHEMA, ORG = "http://data.europa.eu/eli/ontology", "https://schema.org/", "https://www.w3.org/TR/vocab-org/"
PROV, RDF = "https://www.w3.org/TR/prov-o/", "https://www.w3.org/TR/rdf-schema/"
# Every word taken from a published vocabulary, where it is defined, and what stands at its other end.
PUBLISHED = {
    "eli:LegalResource": (ELI, "class"),
    "eli:LegalResourceSubdivision": (ELI, "class"),
    "eli:ResourceType": (ELI, "class"),
    "eli:id_local": (ELI, "literal"),
    "eli:date_document": (ELI, "literal"),
    "eli:type_document": (ELI, "thing"),
    "eli:passed_by": (ELI, "thing"),
    "eli:based_on": (ELI, "thing"),
    "eli:amends": (ELI, "thing"),
    "eli:changes": (ELI, "thing"),
    "eli:repeals": (ELI, "thing"),
    "eli:ensures_implementation_of": (ELI, "thing"),
    "eli:cites": (ELI, "thing"),
    "eli:is_part_of": (ELI, "thing"),
    "eli:related_to": (ELI, "thing"),
    "schema:Legislation": (SCHEMA + "Legislation", "class"),
    "schema:name": (SCHEMA + "name", "literal"),
    "schema:headline": (SCHEMA + "headline", "literal"),
    "schema:mentions": (SCHEMA + "mentions", "thing"),
    "org:Organization": (ORG, "class"),
    "prov:Entity": (PROV, "class"),
    "prov:Activity": (PROV, "class"),
    "prov:wasDerivedFrom": (PROV, "thing"),
    "prov:wasGeneratedBy": (PROV, "thing"),
    "prov:value": (PROV, "literal"),
    "rdf:Property": (RDF, "class"),
    "rdf:Statement": (RDF, "class"),
    "rdf:subject": (RDF, "thing"),
    "rdf:predicate": (RDF, "thing"),
    "rdf:object": (RDF, "thing"),
    "rdfs:subPropertyOf": (RDF, "thing"),
    "rdfs:label": (RDF, "literal"),
    "xsd:boolean": ("https://www.w3.org/TR/xmlschema11-2/", "class"),
    "xsd:date": ("https://www.w3.org/TR/xmlschema11-2/", "class"),
    "xsd:double": ("https://www.w3.org/TR/xmlschema11-2/", "class"),
    "xsd:integer": ("https://www.w3.org/TR/xmlschema11-2/", "class"),
}


@pytest.fixture(scope="module")
def linked() -> Any:
    full = build(Generator(seed=4, noise=0.1, unnumbered=0.3).records(40), provisions=True, bodies=True, duties=True)
    plain = build(Generator(seed=4, noise=0.1).records(40))
    return [json.loads(dump(graph, ".jsonld")) for graph in (full, plain)]


def walk(item: Any) -> Iterator[tuple[str, Any]]:
    """(key, value) of everything inside."""
    for part in item if isinstance(item, list) else [item]:
        if isinstance(part, dict):
            for key, value in part.items():
                yield key, value
                yield from walk(value)


def meaning(words: Any, key: str) -> str:
    term = words.get(key, key)
    return term["@id"] if isinstance(term, dict) else term


def test_jsonld_uses_only_words_that_are_published_or_our_own(linked: Any) -> None:
    for data in linked:
        words = data["@context"]
        used = {meaning(words, key) for key, _ in walk(data["@graph"]) if not key.startswith("@")}
        used |= {
            name
            for key, value in walk([data["@graph"], words])
            if key == "@type"
            for name in ([value] if isinstance(value, str) else value)
        }
        used |= {value["@id"] for key, value in walk(data["@graph"]) if key == "rdfs:subPropertyOf"}
        used |= {value for key, value in walk(data["@graph"]) if key == "relation"}
        used |= {
            meaning(words, term)
            for term, value in words.items()
            if isinstance(value, dict) or (":" in str(value) and "//" not in str(value))
        }
        foreign = {name for name in used if not name.startswith(("tk:", "@", "urn:trienkhai:"))}
        assert foreign <= PUBLISHED.keys()
        assert {name.partition(":")[0] for name in foreign} <= words.keys()


def test_jsonld_puts_things_where_things_belong(linked: Any) -> None:
    for data in linked:
        words = data["@context"]
        for key, value in walk(data["@graph"]):
            end = PUBLISHED.get(meaning(words, key), ("", ""))[1]
            by_id = isinstance(words.get(key), dict) and words[key].get("@type") == "@id"
            for one in value if isinstance(value, list) else [value]:
                if end == "thing":
                    assert isinstance(one, dict) or by_id, key
                if end == "literal":
                    assert not isinstance(one, dict) or "@value" in one, key


def test_jsonld_relations_lead_to_nodes(linked: Any) -> None:
    for data in linked:
        ids = {item["@id"] for item in data["@graph"]}
        ours = next(i for i in data["@graph"] if i["@id"] == "tk:carriesOut")
        assert ours["rdfs:subPropertyOf"] == {"@id": "eli:related_to"}
        assert any("carriesOut" in item for item in data["@graph"])
        for item in data["@graph"]:
            assert all(target in ids for target in item.get("carriesOut", []))


def test_dot_is_quoted(tmp_path: Path) -> None:
    odd = record('a"b\\.txt', Document(kind="Kế hoạch", issuer="Sở Y tế"), [Said("1-CT/TW", "Chỉ thị")])
    text = dump(build([odd]), ".dot").decode()
    assert '[label="a\\"b\\\\.txt", style=solid]' in text


def test_control_characters_do_not_break_xml(tmp_path: Path) -> None:
    odd = record("a\x0b.txt", Document(kind="Kế hoạch", issuer="Sở Y tế\x01"), [Said("1-CT/TW", "Chỉ thị")])
    graph = build([odd])
    write(graph, tmp_path / "g.graphml")
    assert len(nx.read_graphml(tmp_path / "g.graphml")) == 2


def test_unknown_form_is_a_usage_error(graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"\.svgz"):
        dump(graph, ".svgz")

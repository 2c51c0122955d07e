"""The shipped corpus: samples and gold say the same, the data card counts right, the build gives the committed bytes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
CORPUS, SHARED = ROOT / "corpus", ROOT.parent / "shared"
GOLD = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "gold" / "records").glob("*.json"))}
PAIRS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "gold" / "coverage").glob("*.json"))}
SAMPLES = {path.stem: path for path in sorted((CORPUS / "samples").iterdir())}
GRAPH = json.loads((CORPUS / "gold" / "graph.json").read_text(encoding="utf-8"))
FAULTS = json.loads((CORPUS / "gold" / "faults.json").read_text(encoding="utf-8"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VERDICTS = {"covered", "partial", "contradicted", "not_covered", "not_applicable"}


def word_text(path: Path) -> str:
    """Body and footnotes in the final view: insertions in, deletions (``w:delText``) out."""
    with zipfile.ZipFile(path) as package:
        parts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in package.namelist()]
        trees = [etree.fromstring(package.read(name)) for name in parts]
    return "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for tree in trees for p in tree.iter(W + "p"))


def pdf_text(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(re.sub(rf"^\s*{number}\s*$", "", page, flags=re.M) for number, page in enumerate(pages, 1))


def squeezed(text: str) -> str:
    """NFC without any white space: independent of wrapping, of cells and of breaks inside numbers."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).replace("**", "")


def sample_text(name: str) -> str:
    path = SAMPLES[name]
    readers = {".docx": word_text, ".pdf": pdf_text}
    return squeezed(readers.get(path.suffix, lambda p: p.read_text(encoding="utf-8"))(path))


def test_each_sample_has_gold() -> None:
    assert set(SAMPLES) == set(GOLD)
    assert len(GOLD) >= 14
    assert {path.suffix for path in SAMPLES.values()} == {".docx", ".pdf", ".txt", ".md"}
    assert {gold["document"]["regime"] for gold in GOLD.values()} == {"party", "state", "union", "front"}


@pytest.mark.parametrize("name", GOLD)
def test_gold_texts_stand_in_the_sample(name: str) -> None:
    gold, text = GOLD[name], sample_text(name)
    quotes = [gold["document"]["title"], *(item["text"] for part in ("citations", "deadlines", "duties") for item in gold[part])]
    quotes += [finding["text"] for finding in gold["findings"]]
    quotes += [fault["text"] for fault in FAULTS if fault["sample"] == name and fault["rule"] != "COVER-MISSING"]
    assert [quote for quote in quotes if squeezed(quote) not in text] == []


@pytest.mark.parametrize("name", GOLD)
@pytest.mark.parametrize("part", ["citations", "deadlines", "duties"])
def test_gold_runs_in_reading_order(name: str, part: str) -> None:
    text, position = sample_text(name), 0
    for item in GOLD[name][part]:
        found = text.find(squeezed(item["text"]), position)
        if found < 0 and SAMPLES[name].suffix == ".docx":
            assert squeezed(item["text"]) in text[text.rfind("DANHMỤC") :] or part != "citations", item["text"]
            continue  # a footnote: it stands in a part of its own
        assert found >= 0, item["text"]
        position = found + 1


@pytest.mark.parametrize("name", GOLD)
def test_fields_are_of_the_closed_lists(name: str) -> None:
    gold = GOLD[name]
    own = [d["text"] for d in gold["deadlines"]]
    for duty in gold["duties"]:
        assert duty["modality"] in {"obligation", "prohibition", "permission", "sanction", "request"}
        assert all(due in own for due in duty["deadlines"])
        assert all(body and squeezed(body).lower() in sample_text(name).lower() for body in duty["lead"] + duty["support"])
    for due in gold["deadlines"]:
        assert due["kind"] in {"date", "range", "recurring", "continuous", "relative", "event"}
        assert (due["due"] is not None) == (due["kind"] in {"date", "range", "relative"})
    linked = {key for link in gold["links"] for key in link["target"]}
    assert {key for cited in gold["citations"] for key in cited["key"]} - {"self"} == linked


@pytest.mark.parametrize(
    "name, rule",
    [
        ("a04_kh77sgddt", "DL-AFTER-PARENT"), ("a04_kh77sgddt", "DL-BEFORE-ISSUE"), ("a05_kh118syt", "CIT-DATE-CONFLICT"),
        ("a05_kh118syt", "COVER-MISSING"), ("a06_kh33ubnd", "STR-SECTION-DUP"), ("a06_kh33ubnd", "REF-SELF-AMBIGUOUS"),
        ("a07_khthanhloc", "DOC-NUMBER-BLANK"), ("a07_khthanhloc", "STR-SECTION-GAP"), ("a07_khthanhloc", "REF-SELF-UNRESOLVED"),
        ("a08_kh26thcs", "ORG-OBSOLETE"), ("a08_kh26thcs", "CIT-REGIME-MIX"), ("a09_kh06bcd", "DATE-CHILD-BEFORE-PARENT"),
        ("a11_kh14du", "REF-DEICTIC-KIND"), ("b02_kh15du", "CIT-DATE-IMPOSSIBLE"), ("b03_kh92stc", "CIT-KIND-MISMATCH"),
        ("b03_kh92stc", "DOC-HEADER-MISSING"), ("b03_kh92stc", "DOC-SIGNATURE-MISSING"), ("c01_kh2210bnv", "DUTY-TIME-CONFLICT"),
        ("c02_kh61snv", "CIT-ISSUER-SYMBOL"), ("c02_kh61snv", "CIT-SYMBOL-UNKNOWN"),
    ],
)
def test_faults_are_planted(name: str, rule: str) -> None:
    assert [fault["text"] for fault in FAULTS if (fault["sample"], fault["rule"]) == (name, rule)]


def found(gold: dict[str, Any], rule: str) -> int:
    return sum(finding["rule"] == rule for finding in gold["findings"])


@pytest.mark.parametrize("name", GOLD)
def test_no_dated_fault_beside_the_planted_ones(name: str) -> None:
    """What dates alone can show is marked in gold, no more and no less."""
    gold = GOLD[name]
    issued, dates = gold["document"]["issued_on"], {}
    for cited in gold["citations"]:
        dates.setdefault(cited["key"][0], set()).update({cited["issued_on"]} - {None})
    assert found(gold, "CIT-DATE-CONFLICT") == sum(len(of_one) > 1 for of_one in dates.values())
    if issued:
        later = [c for c in gold["citations"] if c["issued_on"] and c["issued_on"] > issued]
        assert found(gold, "DATE-CHILD-BEFORE-PARENT") == len(later)
        early = [d for d in gold["deadlines"] if d["kind"] in {"date", "range"} and d["due"] < issued]
        assert found(gold, "DL-BEFORE-ISSUE") == len(early)


@pytest.mark.parametrize("pair", PAIRS)
def test_coverage_judges_every_parent_duty(pair: str) -> None:
    gold = PAIRS[pair]
    assert pair == f"{gold['parent']}-{gold['child']}"
    assert [row["text"] for row in gold["rows"]] == [duty["text"] for duty in GOLD[gold["parent"]]["duties"]]
    children = {duty["text"] for duty in GOLD[gold["child"]]["duties"]}
    for row in gold["rows"]:
        assert row["verdict"] in VERDICTS
        assert row["reason"].strip()
        assert set(row["children"]) <= children
        assert not row["children"] or row["verdict"] in {"covered", "partial", "contradicted"}


def test_coverage_has_every_verdict() -> None:
    assert len(PAIRS) >= 4
    assert {row["verdict"] for pair in PAIRS.values() for row in pair["rows"]} == VERDICTS


def test_graph_joins_what_the_records_say() -> None:
    nodes = {node["key"]: node for node in GRAPH["nodes"]}
    assert {node["sample"] for node in nodes.values() if node["in_hand"]} == set(GOLD)
    assert all(edge["source"] in nodes and edge["target"] in nodes for edge in GRAPH["edges"])
    for key, parents in GRAPH["parents"].items():
        assert all({"source": key, "target": parent, "relation": "implements"} in GRAPH["edges"] for parent in parents)


def card_rows() -> dict[str, list[str]]:
    lines = (CORPUS / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip(" `") for cell in line.strip("| ").split("|")] for line in lines if re.match(r"\| (`[a-e]\d\d_|Cộng)", line)]
    return {row[0]: row[-4:] for row in cells}


def counts(gold: dict[str, Any]) -> list[int]:
    return [len(gold[part]) for part in ("duties", "citations", "deadlines", "findings")]


def test_data_card_counts() -> None:
    rows = card_rows()
    total = [sum(column) for column in zip(*map(counts, GOLD.values()), strict=True)]
    expected = {SAMPLES[name].name: counts(gold) for name, gold in GOLD.items()} | {"Cộng": total}
    assert {name: [int(n) for n in row] for name, row in rows.items()} == expected


def contents(path: Path) -> dict[str, bytes]:
    """A Word file by its parts (packing differs between builds of zlib), any other file as it is."""
    if path.suffix != ".docx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_build_gives_what_is_committed(tmp_path: Path) -> None:
    """PDFs are compared through the digests kept beside the sources; LibreOffice is not needed."""
    command = [sys.executable, str(CORPUS / "build" / "build.py"), "--no-pdf", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    kept = [path for part in ("samples", "gold") for path in (CORPUS / part).rglob("*")]
    committed = sorted(path.relative_to(CORPUS) for path in kept if path.is_file() and path.suffix != ".pdf")
    assert made == committed
    assert [str(path) for path in made if contents(tmp_path / path) != contents(CORPUS / path)] == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared scorer is not beside the checkout")
def test_scorer_reads_the_gold(tmp_path: Path) -> None:
    """Against no records at all every gold item is counted as missed, none is unreadable."""
    done = subprocess.run(
        [sys.executable, str(SHARED / "gold" / "score.py"), str(CORPUS / "gold" / "records"), str(tmp_path), "--json"],
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    totals = json.loads(done.stdout)["totals"]
    assert totals["duties"]["gold"] == sum(len(gold["duties"]) for gold in GOLD.values())
    assert totals["deadlines"]["found"] == 0

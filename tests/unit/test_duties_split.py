"""Items that give work to several bodies, doers behind other clauses, and sentences that tell nobody to act
(``tests/tables/duties_split.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractors import load, read_source
from extractors.normalize import from_text
from tests.unit.test_duties import HEAD, as_line, expected

TABLE = Path(__file__).parents[1] / "tables" / "duties_split.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def nlp():
    return load(spans=False)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_duties_of_a_passage(nlp, case: dict[str, str]) -> None:
    record = read_source(nlp, from_text(HEAD + case["body"].strip() + "\n"))
    wanted = [expected(line) for line in case["duties"].strip().splitlines()]
    starts = [line[-1] for line in wanted] + [""] * len(record.duties)
    assert [as_line(d, record, s) for d, s in zip(record.duties, starts, strict=False)] == wanted

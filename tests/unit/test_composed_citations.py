"""Citations composed from parts say what their parts say, wherever they stand, and do to the plan what its words say."""

from __future__ import annotations

import pytest

from tests.forms import composed_citations, composed_relations

SEEDS, PLANS = 30, 4


@pytest.mark.parametrize("name", composed_citations.FRAMES)
def test_a_mention_says_what_its_parts_say(name: str) -> None:
    assert [said for seed in range(SEEDS) for said in composed_citations.tried(name, seed)] == []


@pytest.mark.parametrize("name", composed_relations.COMPOSERS)
def test_a_plan_does_to_a_document_what_its_words_say(name: str) -> None:
    assert [said for seed in range(PLANS) for said in composed_relations.tried(name, seed)] == []

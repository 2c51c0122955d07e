"""A record straight from words in a test, step by step and without the language pipeline."""

from __future__ import annotations

from dataclasses import replace

from extractors.citations import extract_citations
from extractors.deadlines import extract_deadlines
from extractors.duties import extract_duties
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.record import to_record
from extractors.relations import extract_links
from extractors.structure import outline
from schemas.record import Record


def read(text: str, name: str) -> Record:
    plan = with_identity(outline(Plan(from_text(text, name))))
    plan = replace(plan, citations=extract_citations(plan))
    plan = replace(plan, deadlines=extract_deadlines(plan))
    links, edges = extract_links(plan)
    plan = replace(plan, links=links, edges=edges)
    return to_record(replace(plan, duties=extract_duties(plan)))

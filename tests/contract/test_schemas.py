"""The published JSON Schemas are what the models say; a record survives the way to JSON and back."""

from __future__ import annotations

from pipeline.publish import TARGET, published
from schemas.record import Duty, Record, Source


def test_published_schemas_are_fresh():
    for name, text in published().items():
        assert (TARGET / name).read_text(encoding="utf-8") == text, f"{name} is stale: run make schemas"


def test_record_round_trip():
    duty = Duty(id="I.1#1", start=0, end=4, text="Thử.", rule="duties.item", section="I.1", modality="obligation")
    record = Record(source=Source(name="a.txt", sha256="0", media_type="text/plain"), text="Thử.", duties=(duty,))
    text = record.to_json()
    assert '"schema":"trienkhai/record/1"' in text
    assert Record.model_validate_json(text) == record
    assert Record.model_validate_json(text).to_json() == text

"""Offsets under random edits: whatever is done to a text, every item is the text at its place; harmless edits change no fact.

Harmless is what a reader does not see: decomposed letters, the old placement of tone marks, blanks of other kinds and numbers,
carriage returns, lines wrapped anew. Noise is what a bad scan or a careless hand does; there offsets alone must hold.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.normalize import from_text
from pipeline.process import language, process_file
from pipeline.scoring import SETS
from schemas.record import Item, Record

FILES = SETS[0].files()
NAMES = sorted(FILES)
pytestmark = pytest.mark.slow
CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
seeds = st.integers(0, 2**32 - 1)


@cache
def plain(name: str) -> str:
    """Canonical text of a sample."""
    return process_file(FILES[name])[0].text


def extract(text: str) -> Record:
    from extractors import read_source

    return read_source(language(), from_text(text))


def spans(record: Record) -> Iterable[Item]:
    yield from record.citations
    yield from record.units
    yield from record.deadlines
    yield from record.duties


def check(record: Record) -> None:
    """Everything a record says about places and about its own parts."""
    text, size = record.text, len(record.text)
    for item in (*spans(record), *record.findings, *record.document.provenance.values()):
        assert 0 <= item.start <= item.end <= size
        assert text[item.start : item.end] == item.text, f"{item.rule} [{item.start}:{item.end}]"
    for item in spans(record):
        assert item.start < item.end
        assert item.rule
        assert 0 <= item.confidence <= 1
    ids = {kind: [i.id for i in getattr(record, kind)] for kind in ("citations", "units", "deadlines", "duties")}
    for kind, found in ids.items():
        assert len(set(found)) == len(found), f"{kind}: an id twice"
    for duty in record.duties:
        assert set(duty.deadlines) <= set(ids["deadlines"])
        assert set(duty.citations) <= set(ids["citations"])
        assert {r.unit for r in duty.roles} - {None} <= set(ids["units"])
    for citation in record.citations:
        assert {citation.within, citation.antecedent} - {None} <= {*ids["citations"], *_keys(record)}
    for relation in (*record.links, *record.edges):
        assert set(relation.citations) <= set(ids["citations"])
    for section in record.sections:
        assert 0 <= section.start <= section.end <= size
        assert section.parent is None or section.parent in {s.id for s in record.sections}
    edges = [0, *(r.start for r in record.regions)]
    assert edges == sorted(edges)
    assert all(r.start <= r.end <= size for r in record.regions)


def _keys(record: Record) -> set[str]:
    return {c.key for c in record.citations if c.key}


def facts(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Keys and dates: what the edits must not change."""
    return {
        "document": [(record.document.key, record.document.issued_on, record.document.kind)],
        "citations": [(c.form, c.key, c.issued_on, c.pinpoints) for c in record.citations],
        "deadlines": [(d.kind, d.start_on, d.due, d.inclusive, d.rrule) for d in record.deadlines],
    }


OLD_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
             "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip
_OPEN = re.compile("(?<![qQ])(?:" + "|".join(OLD_TONES) + r")(?!\w)", re.I)
_BASE = re.compile(r"[^\W\d_](?![\u0300-\u036f])")  # a letter that no mark follows: between the two no sign can stand
_ANYWHERE, _INSIDE = re.compile(" "), re.compile(r" (?=[a-zà-ỹđ])")
_BLANK = re.compile(r"(?<=[^\s]) (?=[^\s])")


def decomposed(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def half_decomposed(text: str, chance: random.Random) -> str:
    return "".join(unicodedata.normalize("NFD", c) if chance.random() < 0.5 else c for c in text)


def old_tones(text: str, chance: random.Random) -> str:
    def turn(found: re.Match[str]) -> str:
        new = found.group()
        old = OLD_TONES[new.lower()]
        cased = "".join(o.upper() if n.isupper() else o for o, n in zip(old, new, strict=True))
        return new if chance.random() < 0.3 else cased

    return _OPEN.sub(turn, text)


def other_blanks(text: str, chance: random.Random) -> str:
    return _BLANK.sub(lambda _: chance.choice([" ", " ", " ", "\u00a0", "\u2009"]), text)


def more_blanks(text: str, chance: random.Random) -> str:
    return _BLANK.sub(lambda _: " " * chance.choice([1, 1, 1, 2, 3]), text)


def blank_ends(text: str, chance: random.Random) -> str:
    return "\n".join(line + " " * chance.randrange(3) for line in text.split("\n"))


def carriage_returns(text: str, _: random.Random) -> str:
    return text.replace("\n", "\r\n")


def invisible(text: str, chance: random.Random) -> str:
    return _BASE.sub(lambda m: m.group() + chance.choice(["\u200b", "\u00ad", "\ufeff"]) if chance.random() < 0.02 else m.group(), text)


def wrapped(text: str, chance: random.Random, place: re.Pattern[str] = _INSIDE) -> str:
    """Paragraphs in lines of one width, as a text copied from a printed page; table rows stay whole.

    Lines are broken before small letters: before a capital, a number or a dash the line alone cannot tell an item from a rest.
    """
    width = chance.randrange(60, 100)
    return "\n".join(line if "\t" in line else _wrap(line, width, place) for line in text.split("\n"))


def _wrap(line: str, width: int, place: re.Pattern[str]) -> str:
    out, rest = [], line
    while len(rest) > width and (places := [m.start() for m in place.finditer(rest, 0, width)]):
        out.append(rest[: places[-1]])
        rest = rest[places[-1] + 1 :]
    return "\n".join([*out, rest])


HARMLESS = (decomposed, half_decomposed, old_tones, other_blanks, more_blanks, blank_ends, carriage_returns, invisible, wrapped)


def substituted(text: str, chance: random.Random) -> str:
    """Letters read as their neighbours of form, as recognition does."""
    alike = {"0": "O", "1": "l", "5": "S", "/": "l", "Đ": "D", "đ": "d", "ư": "u", "ơ": "o", "-": "–", ".": ",", "l": "1", "I": "l"}
    return "".join(alike[c] if c in alike and chance.random() < 0.15 else c for c in text)


def dropped(text: str, chance: random.Random) -> str:
    return "".join(c for c in text if chance.random() > 0.03)


def strewn(text: str, chance: random.Random) -> str:
    dirt = ["\n", "\t", " ", "\u0301", "\u0323", "|", "•", "(", ")", "“", "\x0c", "\u2028", "\U0001f4dd", "\x00", ":", "/", "…"]
    return "".join(c + chance.choice(dirt) if chance.random() < 0.02 else c for c in text)


def lost_blanks(text: str, chance: random.Random) -> str:
    return _BLANK.sub(lambda m: "" if chance.random() < 0.1 else m.group(), text)


def broken_lines(text: str, chance: random.Random) -> str:
    return _BLANK.sub(lambda m: "\n" if chance.random() < 0.07 else m.group(), text)


def shuffled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


NOISE = (substituted, dropped, strewn, lost_blanks, broken_lines, shuffled)


def named(edits: Iterable[Callable[[str, random.Random], str]]) -> list[object]:
    return [pytest.param(edit, id=edit.__name__) for edit in edits]


@pytest.mark.parametrize("name", NAMES)
def test_every_item_is_the_text_at_its_place(name):
    for record in process_file(FILES[name]):
        check(record)


@pytest.mark.parametrize("edit", named(HARMLESS))
@settings(CALM, max_examples=12)
@given(name=st.sampled_from(NAMES), seed=seeds)
def test_harmless_edits_change_no_key_and_no_date(edit, name, seed):
    text = plain(name)
    edited = extract(edit(text, random.Random(seed)))
    check(edited)
    assert facts(edited) == facts(extract(text))


@CALM
@given(name=st.sampled_from(NAMES), seed=seeds, edits=st.lists(st.sampled_from(HARMLESS), min_size=2, max_size=4, unique=True))
def test_harmless_edits_together_change_no_key_and_no_date(name, seed, edits):
    chance, text = random.Random(seed), plain(name)
    for edit in edits:
        text = edit(text, chance)
    edited = extract(text)
    check(edited)
    assert facts(edited) == facts(extract(plain(name)))


def test_lines_broken_anywhere_keep_keys_and_dates_in_most_plans():
    """A line that goes on with "06 tháng", "IV/2027" or "- 2028" looks like an item; one plan in ten may suffer from it."""
    cases = [(name, seed) for name in NAMES for seed in (1, 2)]
    kept = 0
    for name, seed in cases:
        edited = extract(wrapped(plain(name), random.Random(seed), _ANYWHERE))
        check(edited)
        kept += facts(edited) == facts(extract(plain(name)))
    assert kept / len(cases) >= 0.9


@settings(CALM, max_examples=80)
@given(name=st.sampled_from(NAMES), seed=seeds, edits=st.lists(st.sampled_from(NOISE + HARMLESS), min_size=1, max_size=4))
def test_offsets_hold_under_noise(name, seed, edits):
    chance, text = random.Random(seed), plain(name)
    for edit in edits:
        text = edit(text, chance)
    check(extract(text))


@settings(CALM, max_examples=60)
@given(st.text(max_size=400))
def test_offsets_hold_on_any_text(text):
    if text.strip():
        check(extract(text))


@CALM
@given(name=st.sampled_from(NAMES), seed=seeds)
def test_the_same_text_gives_the_same_bytes(name, seed):
    text = strewn(plain(name), random.Random(seed))
    assert extract(text).to_json() == extract(text).to_json()

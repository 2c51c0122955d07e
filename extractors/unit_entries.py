"""Every word of the lexicons that the grammar of units knows, with its class. Source: domain.md 6.1, 6.2."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.rulebook import Row, lexicon


def entries() -> Iterable[tuple[str, str, Row]]:
    """(words, class, row) of every lexicon of this part."""
    for row in lexicon("bodies"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield name, "name", row
        head, _, tail = row["name"].partition(" ")
        if tail and head in ("Bộ", "Sở", "Phòng") and row["kind"] in ("ministry", "department", "division"):
            yield tail, "tail", row
            for alias in filter(None, row["aliases"].split("|")):
                if alias.startswith(head + " "):
                    yield alias.partition(" ")[2], "tail", row
    for row in lexicon("body_kinds"):
        yield row["word"], "level" if "p" in row["traits"] else "head", row
    for row in lexicon("roles"):
        yield row["word"], "role", row
    yield from _heads()
    yield from _offices()
    for row in lexicon("collectives"):
        yield row["word"], row["class"], row
    for row in lexicon("not_units"):
        yield row["word"], "not", row
    for row in lexicon("unit_predicates"):
        yield row["word"], row["class"], row
    for row in lexicon("field_verbs"):
        yield row["word"], "verb", row
    for row in lexicon("places"):
        yield row["name"], "place", row


_HEADED = frozenset({"phòng", "khoa", "trạm", "đội", "hạt", "đồn"})
"""Kinds of bodies whose head is called by their name in small letters («Trưởng | trạm y tế»)."""


def _heads() -> Iterable[tuple[str, str, Row]]:
    """Heads of the bodies that the lexicon knows by a longer name: «Trưởng trạm y tế», «Phó trưởng khoa nhi»."""
    for kind in lexicon("body_kinds"):
        if " " in kind["word"] and kind["word"].split()[0] in _HEADED:
            for head in (f"trưởng {kind['word']}", f"phó trưởng {kind['word']}"):  # what the lexicon of roles says of one goes first
                yield head, "role", {"word": head, "kind": "title", "regime": kind["regime"], "traits": "t", "source": kind["source"]}


def _offices() -> Iterable[tuple[str, str, Row]]:
    """Names of offices that hold a verb or another body, with the kind that their head tells; divisions also by their name alone, as
    «Trưởng phòng» takes it."""
    kinds = {row["word"]: row for row in lexicon("body_kinds")}
    for office in lexicon("office_names"):
        for head in office["heads"].split("|"):
            name, kind = f"{head.capitalize()} {office['name']}", kinds[head]
            row = {"name": name, "kind": kind["kind"], "regime": kind["regime"], "level": "", "head": head}
            yield row["name"], "name", row
            if head == "phòng":
                yield office["name"], "tail", row

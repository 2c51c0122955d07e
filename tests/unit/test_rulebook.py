"""Every rule finds its own examples and leaves its counter-examples; every lexicon line is whole."""

from __future__ import annotations

import csv
import io
import re

import pytest

from extractors.rulebook import LEXICONS, all_lexicons, all_rules, parse_lexicon, parse_rules, rules, word_class
from schemas.errors import RulebookError

ROOT = LEXICONS.parents[1]
RULES = [(name, rule) for name, ruleset in all_rules().items() for rule in ruleset.values()]


@pytest.mark.parametrize(("file", "rule"), RULES, ids=[f"{f}:{r.name}" for f, r in RULES])
def test_examples(file, rule):
    assert rule.source
    for example in rule.match:
        found = rule.pattern.search(example.text)
        assert found, f"{rule.file}:{rule.line} {rule.name} does not find {example.text!r}"
        if example.found is not None:
            assert example.found in (found.group(), found.group().strip()), f"{rule.name} finds {found.group()!r} in {example.text!r}"
    for text in rule.reject:
        found = rule.pattern.match(text) if file == "labels" else rule.pattern.search(text)
        assert not found, f"{rule.file}:{rule.line} {rule.name} wrongly finds {found.group()!r} in {text!r}"


@pytest.mark.parametrize("name", sorted(all_lexicons()))
def test_lexicons_are_whole(name):
    rows = all_lexicons()[name]
    assert rows, f"{name}.csv is empty"
    assert len({tuple(sorted(r.items())) for r in rows}) == len(rows), f"{name}.csv repeats a line"


@pytest.mark.parametrize("name", sorted(all_lexicons()))
def test_a_spreadsheet_may_save_a_lexicon(name):
    cells = list(csv.reader((LEXICONS / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    saved = io.StringIO()
    csv.writer(saved).writerows([*row, *[""] * (max(map(len, cells)) - len(row))] for row in cells)
    assert parse_lexicon(saved.getvalue(), name) == all_lexicons()[name]


@pytest.mark.parametrize("name", sorted(all_lexicons()))
def test_a_lexicon_says_what_it_holds(name):
    assert (LEXICONS / f"{name}.csv").read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("name", [name for name, rows in sorted(all_lexicons().items()) if "class" in rows[0]])
def test_classes_are_told_in_the_remarks(name):
    remarks = " ".join(line for line in (LEXICONS / f"{name}.csv").read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert not {row["class"] for row in all_lexicons()[name]} - set(re.findall(r"[a-z]+(?:-[a-z]+)*", remarks))


@pytest.mark.parametrize("name", [name for name in sorted(all_lexicons()) if name.endswith("_grammar")])
def test_classes_of_grammar_are_asked_for(name):
    code = " ".join(path.read_text(encoding="utf-8") for folder in ("extractors", "pipeline") for path in (ROOT / folder).rglob("*.py"))
    asked = set(re.findall(rf'"{name}", "([a-z-]+)"', code)) | set(re.findall(r'row\["class"\] == "([a-z-]+)"', code))
    assert {row["class"] for row in all_lexicons()[name]} <= asked
    assert set(re.findall(rf'"{name}", "([a-z-]+)"', code)) <= {row["class"] for row in all_lexicons()[name]}


def test_kinds_of_a_class_are_kinds():
    kinds = {row["kind"] for row in all_lexicons()["kinds"]}
    words = {row["word"] for row in all_lexicons()["citation_grammar"] if row["word"][:1].isupper() and row["class"] not in ("inner-part", "no-law")}
    assert words <= kinds


def test_every_label_passes_the_first_look():
    candidate = rules("labels").pattern("candidate")
    for rule in rules("labels").values():
        assert [e.text for e in rule.match if not candidate.match(e.text)] == []


def test_a_class_without_words_is_named():
    with pytest.raises(RulebookError, match=r"unit_grammar\.csv"):
        word_class("unit_grammar", "không có")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('[[rule]]\nname="a"\npattern="("\nsource="x"', "luật “a”"),
        ('[[rule]]\nname="a"\npattern="x"', "thiếu"),
        ('[[rule]]\nname="a"\npattern="<<nope>>"\nsource="x"', "mảnh mẫu"),
        ('[[rule]]\nname="a"\npattern="x"\nsource="x"\n[[rule]]\nname="a"\npattern="x"\nsource="x"', "trùng"),
    ],
)
def test_a_broken_rule_is_named(toml, words):
    with pytest.raises(RulebookError) as error:
        [rule.pattern for rule in parse_rules(toml, "thử").values()]
    assert "thử.toml" in str(error.value)
    assert words in str(error.value)

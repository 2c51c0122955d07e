"""Every rule finds its own examples and leaves its counter-examples; every lexicon line is whole."""

from __future__ import annotations

import pytest

from extractors.rulebook import all_lexicons, all_rules, parse_rules
from schemas.errors import RulebookError

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

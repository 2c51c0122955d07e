"""Short cuts of the checks answer what the whole rule answers: on its own examples, on broken marks, on random text."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import lead_ends, signs, trailers
from extractors.alternatives import Alternatives
from extractors.casing import is_caps
from extractors.checks_citations import _exists, _number_in, _odd_dates
from extractors.checks_duty_form import _ends, _tokens, ambiguous_time
from extractors.checks_layout import doubled_marks
from extractors.checks_words import _in_words, _typed, _typos
from extractors.citation_grammar import _any_kind, _plain_kind
from extractors.citation_shorts import _INNER, _inner_starts, all_places
from extractors.deadlines import _hits
from extractors.normalize import from_text
from extractors.places import Places
from extractors.plan import Plan
from extractors.remembered import Remembered
from extractors.rulebook import Rule, all_rules, rules, standard
from extractors.signs import each
from extractors.time_next_acts import firsts
from extractors.unit_own import _again
from extractors.unit_words import _WORD, Words, cut, fold
from extractors.units import _BEGINNERS, _starts
from schemas.errors import RulebookError

_MARKS = st.text(alphabet="aủĐ9_ ,;:.…/\n\u0301", max_size=40)
_WORDS = st.lists(st.sampled_from(["ủy", "uỷ", "Uỷ", "hoà", "HÒA", "quý", "bổ xung", "Sử lý", "rà", "1", "-", "(", ",", "\n"]), max_size=30)


def _examples() -> list[str]:
    return [e.text for rule in rules("checks").values() for e in rule.match] + [r for rule in rules("checks").values() for r in rule.reject]


@pytest.mark.parametrize("text", [*_examples(), " ,,", "a ,b", "a  , b", "x.. y", "x... y", "a,,;;b", "....", "năm ;\nhết", "a . , 5"])
def test_doubled_marks_are_those_of_the_rule(text: str) -> None:
    whole = rules("checks").pattern("doubled_mark").finditer(text)
    assert [m.span() for m in doubled_marks(text)] == [m.span() for m in whole]


@given(_MARKS)
def test_doubled_marks_of_any_text(text: str) -> None:
    whole = rules("checks").pattern("doubled_mark").finditer(text)
    assert [m.span() for m in doubled_marks(text)] == [m.span() for m in whole]


@given(_WORDS, st.sampled_from(["", " ", "  "]))
def test_rules_of_single_words_of_any_text(words: list[str], glue: str) -> None:
    text = glue.join(words)
    for name in ("tone_first", "tone_last"):
        rule = rules("checks").pattern(name)
        assert [m.span() for m in _in_words(name, text)] == [m.span() for m in rule.finditer(text)]
    assert [m.span() for m in _typed(text)] == [m.span() for m in _typos()[0].finditer(text)]


_DATES = ["ngày", "Ngày", " ", "  ", "31", "29", "30", "2", "02", "13", "4", "112", "/", ".", "-", "tháng", "năm", "2023", "2024", "giờ", "%"]


@given(st.lists(st.sampled_from(_DATES), max_size=14))
def test_odd_dates_of_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for name in ("calendar_date", "long_date", "short_date"):
        rule = rules("checks").pattern(name)
        odd = {m.span() for m in rule.finditer(text) if not _exists(int(m["d"]), int(m["m"]), 2023)}
        assert odd <= {m.span() for m in _odd_dates(text) if m.re is rule}


_CYCLES = ["6", "06", "12", " ", "tháng", "quý", "/", "năm", "n", ", ", "nămx", "06 tháng/năm", "quý / năm", "\n"]


@given(st.lists(st.sampled_from(_CYCLES), max_size=14))
def test_cycles_with_a_slash_of_any_text(pieces: list[str]) -> None:
    plan = Plan(from_text("".join(pieces)))
    whole = rules("checks").pattern("slash_cycle").finditer(plan.text)
    assert [(f.start, f.end) for f in ambiguous_time(plan)] == [m.span() for m in whole]


@given(st.lists(st.sampled_from(["1", "2", "/", "-", " ", "\n", "\u00a0", "KH", "kh", "U", "İ", "."]), max_size=16), st.sampled_from(["1/KH", "12-U", "", "2 /kh"]))
def test_numbers_in_a_mention_however_spaced(pieces: list[str], number: str) -> None:
    text = "".join(pieces)
    found = re.search(r"\s*".join(map(re.escape, "".join(number.split()))), text, re.I)
    assert _number_in(text, number) == (found.span() if found else (0, len(text)))


def _opened() -> list[Rule]:
    return [rule for book in all_rules().values() for rule in book.values() if rule.opens]


@pytest.mark.parametrize("rule", _opened(), ids=lambda rule: rule.name)
@given(data=st.data())
def test_rules_with_opening_words_match_only_there(rule: Rule, data: st.DataObject) -> None:
    words = [*rule.opens, *(word for example in rule.match for word in example.text.split()), *"xx , . và với cho quá bàn".split()]
    said = data.draw(st.lists(st.sampled_from(words), max_size=20))
    text = "".join(word + data.draw(st.sampled_from([" ", " ", "  ", "\n", "", ", "])) for word in said)
    text = data.draw(st.sampled_from([text, text.upper(), text.title()]))
    start = data.draw(st.integers(0, 12))
    end = len(text) - data.draw(st.integers(0, 6))
    assert [m.span() for m in each(rule, text, start, end)] == [m.span() for m in rule.pattern.finditer(text, start, end)]
    assert all(any(signs.lowered(m.group()).startswith(word) for word in rule.opens) for m in rule.pattern.finditer(text))


_TIMES = [*rules("deadlines")["scan"].value["firsts"], "24/7", "T10", "t.5", "Q1", "A&2026", "v.khi", "_5", "15/6", "2026", "khoá", "mười lăm"]

_BEHIND = "khi xuyên tục suốt hợp ngày tháng quý đầu cuối thứ hai lần giờ năm học gian đoạn nhất quá muộn cuộc trình được sau báo cáo".split()


@given(st.lists(st.tuples(st.sampled_from([*_TIMES, *_BEHIND]), st.sampled_from([" ", " ", " ", "", "  ", ", ", "\n", "("])), max_size=24))
def test_times_begin_at_the_words_that_the_scan_names(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + blank for word, blank in pieces)
    for said in (text, text.title(), text.upper()):
        scan = rules("deadlines")["scan"].pattern.finditer(signs.lowered(said))
        assert [(m.span(), m.lastgroup) for m in _hits(said)] == [(m.span(), m.lastgroup) for m in scan]


@pytest.mark.parametrize("book", [name for name in all_rules() if name.startswith("deadlines")])
def test_times_of_the_rules_begin_at_the_words_that_the_scan_names(book: str) -> None:
    for text in (text for rule in rules(book).values() for text in (*(e.text for e in rule.match), *rule.reject)):
        scan = rules("deadlines")["scan"].pattern.finditer(signs.lowered(text))
        assert [m.span() for m in _hits(text)] == [m.span() for m in scan]


@given(st.lists(st.sampled_from(["UBND", "tỉnh", "Tỉnh", "tỉnhx", "An", "_An", "(An)", "ubnd"]), max_size=12), st.sampled_from([" ", "  ", "\n"]))
def test_names_in_any_case_of_any_text(words: list[str], blank: str) -> None:
    text = blank.join(words)
    for name in (["UBND", "TỈNH", "AN"], ["tỉnh"], ["(An)"]):
        loose = r"\s+".join(map(re.escape, name))
        assert list(signs.spoken(text, name)) == [m.span() for m in re.finditer(rf"(?<!\w){loose}(?!\w)", text, re.I)]


_TOGETHER = [
    [rule for rule in rules("labels").values() if "style" in rule.value],
    [rule for rule in rules("trailers").values() if not rule.value.get("line")],
]


@pytest.mark.parametrize("several", _TOGETHER, ids=["labels", "trailers"])
def test_rules_asked_together_answer_as_one_by_one(several: list[Rule]) -> None:
    together = Alternatives(several)
    examples = [text for rule in several for text in (*(e.text for e in rule.match), *rule.reject)]
    assert len(examples) > len(several)
    for text in (said for example in examples for said in (example, example.upper(), example.title(), f"{example} Sở", example[1:])):
        found = next(((rule.name, m.span()) for rule in several if (m := rule.pattern.search(text)) and m.start() == 0), None)
        told = together.match(text)
        assert (told and (told[0].name, told[1].span())) == found


@pytest.mark.parametrize(
    "expression",
    [r"(\w+) và \1", r"(Sở)? (?(1)x|y)", "(?P<who>Sở) chủ trì", "(?P<rule0>Sở)"],
    ids=["by number", "on a group", "a name taken", "a name of ours"],
)
def test_rules_that_cannot_stand_in_one_pattern_are_refused(expression: str) -> None:
    others = [Rule("a", "(?P<who>Ban) phối hợp", "x.toml", 3), Rule("b", r"(?P<whom>\\1)", "x.toml", 5)]
    assert Alternatives(others).match("Ban phối hợp")
    with pytest.raises(RulebookError, match=r"x.toml:7.*“c”"):
        Alternatives([*others, Rule("c", expression, "x.toml", 7)])


def test_a_rule_of_the_other_engine_is_no_standard_one() -> None:
    other = next(rule for rule in rules("units").values() if rule.engine != "re")
    with pytest.raises(RulebookError, match=f"{other.file}:{other.line}.*{other.name}"):
        standard("units", other.name)


_NEEDY = [rule for book in all_rules().values() for rule in book.values() if rule.needs]


@pytest.mark.parametrize("rule", _NEEDY, ids=lambda rule: rule.name)
def test_rules_that_need_signs_match_nothing_without_them(rule: Rule) -> None:
    for example in rule.match:
        low = example.text.lower()
        assert signs.held(rule, low)
        for sign in rule.needs:
            low = low.replace(sign, "x")
        assert rule.pattern.search(low) is None


def test_what_is_remembered_of_words_is_bounded_and_right() -> None:
    asked: list[str] = []

    def upper(word: str) -> str:
        asked.append(word)
        return word.upper()

    known = Remembered(upper, most=3)
    assert [known[word] for word in "abcabcda"] == list("ABCABCDA")
    assert asked == list("abcda")  # the fourth word made it forget the three before
    assert len(known) <= 3


_PIECES = ["Sở", "Tư pháp", "hoà", "quỹ", "thuỷ", "uỷ", "qu", "ỳ", "_", "-", "–", "Ð", ".", "&", " ", "\u00a0", "\n", "12", "İ", "\u0301"]


@given(st.lists(st.sampled_from(_PIECES), max_size=16), st.integers(0, 3))
def test_words_folded_one_by_one_are_those_of_the_folded_text(pieces: list[str], start: int) -> None:
    text = "".join(pieces)
    low = " " * start + fold(text[start:])
    whole = list(_WORD.finditer(low, start))
    assert cut(text, start, len(text)) == ([m.span() for m in whole], [m.group() for m in whole])


@pytest.mark.parametrize("text", ["Kiểm soát viên, công chức và Ủy ban kiểm tra", "hiện nay các sở, ban, ngành phòng, chống dịch"])
def test_every_beginning_of_a_unit_passes_the_filter(text: str) -> None:
    words, starts = Words(text), _starts()
    for i, word in enumerate(words.low):
        if (_BEGINNERS | {"not"}) & set(words.at(i)):
            seconds = starts[word]
            assert seconds is None or words.word(i + 1) in seconds


@given(st.text(alphabet="aĐ BỦủ1.\u00aa\u24d0", max_size=200))
def test_capitals_need_only_a_part_of_the_text(text: str) -> None:
    letters = [c for c in text if c.isalpha()]
    assert is_caps(text) == (len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.85 * len(letters))


@given(st.lists(st.sampled_from(["đảm", "bảo", "phòng,", "chống", "qui", "hoà", "-", "a/b", "2026", "tổ"]), max_size=60))
def test_ends_of_a_duty_are_those_of_its_folded_words(words: list[str]) -> None:
    text = " ".join(words)
    tokens = _tokens(text)
    assert _ends(text) == ((("<", *tokens[:5]), (">", *tokens[-5:])) if len(tokens) >= 8 else None)
    assert all(re.fullmatch(r"\w+", token) for token in tokens)


@dataclass(frozen=True)
class _Thing:
    id: str
    start: int
    end: int


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=12), st.integers(0, 20), st.integers(0, 12))
def test_things_inside_a_stretch(spans: list[tuple[int, int]], start: int, size: int) -> None:
    things = [_Thing(str(n), a, a + length) for n, (a, length) in enumerate(spans)]
    inside = [t.id for t in things if start <= t.start and t.end <= start + size]
    assert Places(things).inside(start, start + size) == inside


@pytest.mark.parametrize("rule", [rule for rule in rules("deadlines_events").values() if "firsts" in rule.value], ids=lambda rule: rule.name)
def test_what_goes_on_begins_with_the_words_that_its_rule_names(rule: Rule) -> None:
    assert all(example.text.startswith(firsts(rule.name)) for example in rule.match)


_KINDS = ["Quyết định", "kết luận", "Thông báo", "Thông báo kết luận", "BỘ LUẬT", "luật", "Qui chế", "CV", "Nghị quyết liên tịch"]
_BEFORE = st.sampled_from([*_KINDS, *_KINDS, " ", " ", " ", "\n", "  ", "_", "(", "İ", "liên tịch", "số", "Số", " số ", ": "])


@given(st.lists(_BEFORE, max_size=7), st.sampled_from([" số ", " Số ", " SỐ ", "\nsố ", " số", " "]))
def test_the_usual_kind_before_a_number_is_what_the_pattern_reads(parts: list[str], so: str) -> None:
    window = ("".join(parts) + so)[-40:]
    start = _plain_kind(window)
    if start is not None:
        found = _any_kind(window)
        assert found is not None
        assert (found.start("kind"), found["kind"]) == (start, window[start:-4])


@given(st.lists(st.sampled_from(["Mục ", "mục ", "Phụ lục ", "phụ lục ", "Phần ", "danh mục ", "tục ", "M", "phụ l", "ục ", " 1"])))
def test_places_in_a_document_are_found_by_their_ends(parts: list[str]) -> None:
    text = "".join(parts)
    assert _inner_starts(text) == sorted(i for word in _INNER for i in all_places(text, word))


_LONE = ["Phòng Ab", "Phòng Ab Phòng", "Phòng Ab Phòng Ab", "Ban Cd", "Ban Cd ef"]
_PLAIN_HEAD = re.compile(r"\s*(?:(?:=+>|-+>|→|⇒|➔)\s*)?[(\[]?\s*([^\W\d_](?:[^:：.;\n]|\.(?=\d)){1,58}?)\s*[:：]\s*")
_LABELS = st.lists(st.sampled_from(["Chủ trì", "a", " ", " ", "\n", ":", "：", ".", "4.1", ";", "(", "[", "=>", "→", "x" * 30]), max_size=12)


@given(_LABELS)
def test_a_label_is_found_whatever_stands_before_its_colon(parts: list[str]) -> None:
    text = "".join(parts)
    found, plain = trailers._HEAD.match(text), _PLAIN_HEAD.match(text)
    assert (found and (found.span(), found[1])) == (plain and (plain.span(), plain[1]))


_PLAIN_MARK = re.compile(r"\s(?:=+>|-+>|→|⇒|➔|➜)\s*|\s(?P<dash>[-–—])\s+(?=\w)|(?P<colon>:)\s+(?=\w)|[,;]\s+(?:do|giao)\s+(?=\w)")
_SIGNS = ["-", " - ", "–", ":", ": ", ", do ", "; giao", ", giao ", "→", " =>", " ==> ", "->", " --> ", "=", ">"]


@given(st.lists(st.tuples(st.sampled_from(["sổ", "do", " Phòng", "họp ", "xã\n"]), st.sampled_from(_SIGNS)), max_size=6))
def test_marks_before_who_does_it_are_found_from_sign_to_sign(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + sign for word, sign in parts) + "tổ"
    found = [(m.end(), bool(m["dash"]), bool(m["colon"])) for m in lead_ends._MARK.finditer(text)]
    assert found == [(m.end(), bool(m["dash"]), bool(m["colon"])) for m in _PLAIN_MARK.finditer(text)]


@given(st.lists(st.sampled_from(["Phòng Ab", "Phòng Ab Phòng Ab", "Ban Cd", "Ban Cd ef", " ", "\n", "x"])), st.sets(st.sampled_from(_LONE)))
def test_names_said_again_are_those_that_a_count_finds(parts: list[str], names: set[str]) -> None:
    text = "".join(parts)
    assert _again(text, names) == {name for name in names if text.count(name) > 1}

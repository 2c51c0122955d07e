"""Triggers that say when nothing is due: in an exception, a sanction, the name of a procedure, or as the end of what is followed;
and where a trigger ends that names what is ordered or picked."""

from __future__ import annotations

import regex

from extractors.rulebook import Rule, rules, word_class
from extractors.time_found import LONG_WINDOW, Reading, matches_left
from extractors.unit_names import list_names
from extractors.unit_words import Words

BOOK = "deadlines_events"
_SENTENCE = 600
"""Characters of a sentence in which the sanction before its condition stands."""
_NAME = 100
"""Characters that the name of those who are picked may take."""


def _before(text: str, at: int, length: int, marks: tuple[str, ...]) -> str:
    """The words before ``at``, at most ``length`` characters, cut at the last of ``marks``."""
    chunk = text[max(0, at - length) : at]
    return chunk[max(chunk.rfind(mark) for mark in marks) + 1 :]


def _of_liability(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«Cán bộ vi phạm bị xử lý kỷ luật; | nếu có dấu hiệu tội phạm thì chuyển cơ quan điều tra»: a sanction goes on to the graver case."""
    if rule.name not in ("if", "case") or rules(BOOK)["of_crime"].pattern.match(reading.text, match.end()) is None:
        return False
    return matches_left(BOOK, "left_punished", _before(reading.text, match.start(), _SENTENCE, (". ", "\n", "\t")))


def _of_kind(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«rà soát quy trình kiểm tra | khi có dấu hiệu vi phạm, quy trình …», «ban hành phiếu lấy ý kiến | sau khi kết thúc thanh tra»."""
    if rule.name != "when" or reading.opens_clause(match.start()):
        return False
    left = _before(reading.text, match.start(), LONG_WINDOW, (".", ";", "\n", "\t"))
    if not matches_left(BOOK, "left_kind", left):
        return False
    if rules(BOOK)["kinds_go_on"].pattern.match(reading.text, match.end()):
        return True
    occasion = rules(BOOK)["occasion_of_kind"].pattern.match(reading.text, match.end())
    return occasion is not None and matches_left(BOOK, "left_kind_drawn_up", left)


def _of_named_act(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«Mọi cuộc kiểm tra | khi có dấu hiệu vi phạm | đều phải …»: which acts are meant; nothing is said of them yet."""
    if rule.name != "when":
        return False
    left = _before(reading.text, match.start(), LONG_WINDOW, (".", ";", ":", "\n", "\t"))
    return rules(BOOK)["left_act_named"].pattern.fullmatch(left) is not None


def _of_followed(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«theo dõi việc khắc phục | đến khi kết thúc»."""
    if rule.name != "until" or rules(BOOK)["right_own_end"].pattern.match(reading.text, match.end()) is None:
        return False
    return matches_left(BOOK, "left_followed", reading.left(match.start()))


def _of_account(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«Sau khi hợp nhất hai sở, | một số quy chế vẫn chưa thống nhất», «Thời gian qua, một số nơi chưa báo cáo | khi có biến động»: tells
    how things were or stand, and nobody is told to act."""
    text, at, book = reading.text, match.start(), rules(BOOK)
    end = _sentence_end(text, at)
    if rule.name == "when" and reading.opens_clause(at):
        return rules("duties").pattern("found_wanting").match(text[at:end]) is not None
    begin = at - len(_before(text, at, _SENTENCE, (". ", "\n", "\t")))
    if book["tale_opens"].pattern.match(text, begin, end) is None:
        return False
    return book["tale_commands"].pattern.search(text, begin, end) is None


def _sentence_end(text: str, at: int) -> int:
    stops = (found for mark in (". ", "\n", "\t") if (found := text.find(mark, at, at + _SENTENCE)) >= 0)
    return min(stops, default=min(len(text), at + _SENTENCE))


def _of_early_stage(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«ngăn chặn | ngay từ khi mới manh nha»: how early, no event."""
    return rule.name == "when" and rules(BOOK)["early_stage"].pattern.match(reading.text, match.start()) is not None


def says_no_time(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """Whether the trigger that ``match`` opens limits, sanctions or names a thing and does not say when the duty is due."""
    if reading.fields.covering(match.start()):
        return False
    if matches_left(BOOK, "left_excepted", reading.left(match.start())):
        return True
    if rule.name == "when" and matches_left(BOOK, "left_guilty_told", reading.left(match.start(), LONG_WINDOW)):
        return True
    return any(told(reading, rule, match) for told in (_of_liability, _of_kind, _of_named_act, _of_followed, _of_account, _of_early_stage))


def bound_behind(text: str, begin: int, end: int) -> int:
    """Where in ``text[begin:end]`` a modal opens the command behind a step that is named in full; 0 where it belongs to a noun («văn bản
    phải thẩm định») or no modal stands there."""
    told = rules(BOOK)["bound_act"].pattern.search(text, begin, end)
    if told is None or rules(BOOK)["left_must_noun"].pattern.search(text, begin, told.start()):
        return 0
    return told.start()


def picks(reading: Reading, at: int, begin: int) -> bool:
    """«Khi lựa chọn trưởng đoàn, Giám đốc | phải xem xét …»: who picks persons for a task is bound to do something then."""
    return reading.opens_clause(at) and rules(BOOK)["picks"].pattern.match(reading.text, begin) is not None


def picked_end(text: str, begin: int, end: int) -> int:
    """Where the persons end that are picked: «Khi cử trưởng đoàn, thư ký|, Giám đốc phải …», «…|, ngoài tiêu chuẩn …, Giám đốc …»; a name
    that a comma follows goes on with the list, one that an act follows is who acts."""
    if told := rules(BOOK)["besides"].pattern.search(text, begin, end):
        end = told.start()
    while text.startswith(", ", end) and text[end + 2 : end + 3].islower():
        named, _ = list_names(Words(text, end + 2, min(len(text), end + _NAME)), 0)
        first = named[0] if named else None
        if first is None or first.start != end + 2 or text[first.end : first.end + 1] != ",":
            break
        end = first.end
    return end


AND_AFTER = tuple(f"{word} " for word in word_class("time_grammar", "and-after"))
_NOT_AFTER = (
    ("deadlines", "left_came_after"), (BOOK, "left_came_about"), (BOOK, "left_earlier"), (BOOK, "left_procedure"), (BOOK, "left_only"),
    (BOOK, "left_forbidden"),
)  # fmt: skip


def comes_after(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """«chia sẻ dữ liệu | sau khi đã khử nhận dạng», «Kinh phí, | sau khi được phân bổ, phải …»: what is over before the duty; what came
    about then («quy chế ban hành | sau khi sáp nhập») tells which things are meant, and what is forbidden then («không tiêu hủy bản gốc |
    sau khi số hóa») is so at all times."""
    left = reading.left(match.start())
    if rule.name != "when" or not match.group().lower().startswith("sau") or left.lower().endswith(AND_AFTER):
        return False
    return not any(matches_left(book, name, left) for book, name in _NOT_AFTER)

"""The head of a text in loose lines (phần đầu văn bản): columns set apart, and put together what a line break cut.

A head has a closed grammar; portals, scans and copying break its parts anywhere and mix its two columns, but add none:

    head    = { name | motto | number | date | rule }, [ kind, subject, [ who decides ] ]
    name    = superior or issuer in capitals; several lines
    motto   = «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM», «Độc lập - Tự do - Hạnh phúc», «ĐẢNG CỘNG SẢN VIỆT NAM»
    number  = «Số: 12/KH-UBND»
    date    = «An Hòa, ngày 5 tháng 3 năm 2026»
    kind    = «KẾ HOẠCH»; some copies leave it out above «VỀ VIỆC …»
    subject = lines in capitals up to who decides, a base, a heading or a sentence; one in small letters is left to ``unwrap``
    who     = «BỘ TRƯỞNG BỘ Y TẾ» above the bases of a decision

So lines are one part where together they are one and no part alone; a line is several where it begins with one and goes on with others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors import labels
from extractors.casing import is_caps, proper
from extractors.citation_issuers import issuer_at
from extractors.loose_lines import BREAK, Line, unfinished
from extractors.rulebook import rules, standard
from extractors.side_by_side import columns, line_of

_HEAD = 45
"""Lines from the top in which a head stands."""
_PARTS, _SUBJECT, _DECIDES = 4, 12, 3
"""Lines over which one part, a subject, who decides are broken at most."""
_NAME, _PIECE = 100, 60
"""Characters of a name on one line; of a line that is a piece of a part."""
_WORDS = 30
"""Words at the end of what is in capitals among which who decides is looked for."""
_RUN = 4000
"""Characters of a line that is run together in which its head is looked for."""
_TITLE = 700
"""Characters of a subject in small letters within which its first base must stand."""
_BREAKS_OFF, _GOES_ON = re.compile(r"\S[-/]$"), re.compile(r"[-/]\w")
"""A number breaks off behind its sign, or goes on with it."""
_SYMBOL = re.compile(r"\d[\w.]*[-/]\S+")


def _rule(name: str, book: str = "header") -> re.Pattern[str]:
    return standard(book, name)


def head(lines: list[Line]) -> list[Line]:
    """The lines with those of the head whole and apart; the rest as it was."""
    bare = list(map(_unmarked, lines[:_HEAD]))
    stop = next((i for i, line in enumerate(bare) if _rule("base").match(line.text) or _labelled(line.text)), None)
    above, end = (lines[:_HEAD], _HEAD) if stop is None else (bare[:stop] + lines[stop : stop + 1], stop + 1)
    out: list[Line] = []
    for group in _cells(above):
        out += _put_together([part for line in group for part in _apart(line)])
    return out + lines[end:]


def _unmarked(line: Line) -> Line:
    """A line of the head without the marks of slanted words around it: «*An Hòa, ngày 5 tháng 3 năm 2026*»."""
    words = line.text
    return line_of(line, words.strip("*_ ")) if words[0] in "*_" and words[-1] == words[0] and words.strip("*_ ") else line


def _labelled(text: str) -> bool:
    """A number of a section begins the line: no number of a document, no date that a break brought to its beginning."""
    label = labels.find(text)
    return label is not None and label[0].numbered and not _SYMBOL.match(text)


_SLANTED = re.compile(r"(?<=\S)\*+ +\*+(?=\S)")
"""Marks between two runs of slanted words: «*An Hòa, ngày 02 tháng* *5 năm 2026*»."""


def _bare(text: str) -> str:
    """Words without the rules around them."""
    return _SLANTED.sub(" ", _rule("rule_line").sub("", text)).strip(" -–—_=*~★☆─━═#")


# Columns apart


def _cells(lines: list[Line]) -> list[list[Line]]:
    """Lines in groups that a bar sets apart. Bars between the columns of a head stand above the kind and beside its fixed parts;
    others are those of a table."""
    kind = next((i for i, line in enumerate(lines) if _kind_ends(line.text.strip(" |")) is not None), len(lines))
    above = lines[:kind]
    bare = [_bare(part) for line in above for cell in line.text.split("|") for part in BREAK.split(cell)]
    if not any("|" in line.text for line in above) or not any(_fixed(" ".join(bare[i : i + n])) for i in range(len(bare)) for n in (1, 2)):
        return [lines]
    groups: list[list[Line]] = [[]]
    for line in above:
        for n, cell in enumerate(line.text.split("|")):
            groups += [[]] if n else []
            parts = map(_bare, BREAK.split(cell))
            groups[-1] += [line if part == line.text else line_of(line, part) for part in parts if any(map(str.isalnum, part))]
    return [*filter(None, groups), lines[kind:]]


def _fixed(text: str) -> bool:
    """A motto, a number or a date and nothing else."""
    number = _rule("number_line", "identity").fullmatch(text)
    return number is not None or _rule("motto").fullmatch(text) is not None or _dated(text)


def _dated(text: str) -> bool:
    return _rule("place_date_line", "structure").fullmatch(text) is not None


def _apart(line: Line) -> list[Line]:
    """The parts of a head that stand on one line, one blank between its columns or all of it run together."""
    if "\t" in line.text or columns(line):
        return [line]
    if (bare := _rule("rule_line").sub("", line.text).strip()) != line.text and _fixed(bare):
        return [line_of(line, bare)]
    cuts = [0, *_cuts(line.text), len(line.text)]
    parts = [_bare(line.text[a:b]) for a, b in pairwise(cuts)]
    return [line_of(line, part) for part in parts if any(map(str.isalnum, part))] if len(cuts) > 2 else [line]


def _cuts(text: str) -> list[int]:
    """Where the parts on this line meet; none where it does not begin as a head does."""
    spans = list(_spans(text[:_RUN]))
    at, cuts = 0, list[int]()
    for start, end in spans:
        between = _bare(text[at:start])
        if between and not (len(between) <= _NAME and between.isupper()):
            break  # further down another head, a number cited
        cuts += [start, end]
        at = end
    rest = text[at:].strip() if cuts else ""
    if rest:
        behind = _cuts_behind(text, at)
        if not behind and not rest.isupper() and _bare(rest):
            return []
        cuts += behind
    return sorted({cut for cut in cuts if 0 < cut < len(text)})


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Mottoes and numbers on a line, and the date behind each, in order. A number alone is on many lines."""
    mottoes = [m.span() for m in _rule("motto").finditer(text)]
    found = list(mottoes)
    for said in re.finditer(r"(?<!\S)(?:[Ss][ốỐ]\s*:|Số\s*(?=\d))", text):
        if number := _rule("number_line", "identity").match(text[said.start() :]):
            found.append((said.start(), said.start() + number.end()))
    for _, end in tuple(found):
        if dated := rules("identity").pattern("place_date").match(text[end:]):
            found.append((end, end + dated.end()))
    yield from sorted(found) if len(found) > 1 or (mottoes and _bare(text[: mottoes[0][0]]).isupper()) else ()


def _cuts_behind(text: str, at: int) -> list[int]:
    """Where kind, subject, who decides and the first base meet behind the fixed parts of a head that is run together."""
    at += len(text[at:]) - len(text[at:].lstrip())
    said = _kind_ends(text[at:])
    base = _rule("base_inside").search(text, at)
    if said is None:
        return [base.start()] if base and _rule("subject_line", "structure").match(text[at:]) else []
    cuts, kind = [at, at + said], at + said
    end = _capitals_end(text, kind)
    if end == kind:
        return [*cuts, base.start()] if base and base.start() - kind < _TITLE else cuts
    decides = _decides_at(text[kind:end]) if _rule("decided").match(text, at) and _rule("base").match(text[end:]) else None
    return [*cuts, *([kind + decides] if decides else []), end]


def _capitals_end(text: str, start: int) -> int:
    """Behind the words in capitals from ``start``; a number may have small letters («524/QĐ-TTg»)."""
    end = start
    for word in re.finditer(r"\S+", text[start:]):
        if any(map(str.islower, word.group())) and not _SYMBOL.match(word.group()):
            break
        end = start + word.end()
    return end


def _decides_at(subject: str) -> int | None:
    """Where at the end of the words in capitals who decides is named."""
    words = list(re.finditer(r"\S+", subject))[-_WORDS:]
    for before, word in pairwise(words):
        if _names_body(subject[word.start() :].strip()) and not unfinished(subject[: before.end()]):
            return word.start()
    return None


def _names_body(text: str) -> bool:
    """A body, or its head, and nothing else: «ỦY BAN NHÂN DÂN TỈNH AN HÒA», «BỘ TRƯỞNG BỘ Y TẾ»."""
    named = _rule("officer").match(text) or _rule("header_head", "identity").match(text)
    if not named or _rule("name_open").fullmatch(text):
        return False
    name = proper(_rule("session").sub("", text))
    return issuer_at(name, 0) == len(name)


# Broken lines put together


def _put_together(lines: list[Line]) -> list[Line]:
    out: list[Line] = []
    i = 0
    while i < len(lines):
        if (kind := _kind(lines, i)) or _subject_alone(lines[i].text):
            return out + _titled(lines, i, kind)
        size = _part(lines, i)
        out.append(_joined(lines[i : i + (size or _name(lines, i))], whole=size > 0))
        i += max(size, 1) if size else _name(lines, i)
    return out


def _text(lines: Sequence[Line]) -> str:
    """Words of lines as one; nothing stands between the halves of a broken number."""
    out = ""
    for line in lines:
        tight = _BREAKS_OFF.search(out) or (out[-1:].isalnum() and _GOES_ON.match(line.text))
        out += ("" if not out or tight else " ") + line.text
    return out


def _joined(lines: Sequence[Line], *, whole: bool) -> Line:
    first = lines[0]
    if len(lines) == 1:
        return replace(first, whole=True) if whole else first
    pieces = tuple(piece for line in lines for piece in line.block.pieces)
    return replace(first, text=_text(lines), block=replace(first.block, pieces=pieces), whole=whole)


def _part(lines: Sequence[Line], i: int) -> int:
    """How many lines from ``i`` are one motto, number or date; 0 where none begins."""
    if _fixed(lines[i].text) and not (i + 1 < len(lines) and _GOES_ON.match(lines[i + 1].text) and _number(lines[i : i + 2])):
        return 1
    if len(lines[i].text) > _PIECE:
        return 0
    for size in range(2, min(_PARTS, len(lines) - i) + 1):
        text = _text(lines[i : i + size])
        if len(text) > 2 * _PIECE:
            break
        if _rule("motto").fullmatch(text) or _number(lines[i : i + size]) or (_opens_date(lines[i].text) and _dated(text)):
            return size
    return 0


def _number(lines: Sequence[Line]) -> bool:
    return _rule("number_line", "identity").fullmatch(_text(lines)) is not None


def _opens_date(text: str) -> bool:
    """A line with which the place and date may begin: no name in capitals above them, no body."""
    return not is_caps(text) and not rules("identity").pattern("launch_head").match(text) and ("," in text or len(text.split()) <= 3)


def _name(lines: Sequence[Line], i: int) -> int:
    """How many lines from ``i`` go on the name that a break left without its end; 1 where it has one."""
    size = 1
    while (
        i + size < len(lines)
        and size < _PARTS
        and _rule("name_open").fullmatch(_text(lines[i : i + size]))
        and lines[i + size].text.isupper()
        and not _part(lines, i + size)
        and not _kind(lines, i + size)
    ):
        size += 1
    return size


def _kind_ends(text: str) -> int | None:
    """End of the word of the kind with which a line in capitals, or one that is cut here, begins."""
    found = _rule("kind_line", "structure").match(text)
    return found.end("kind") if found else None


def _kind(lines: Sequence[Line], i: int) -> int:
    """How many lines from ``i`` the word of the kind takes; 0 where it does not begin here."""
    for size in (1, 2, 3):
        text = _text(lines[i : i + size])
        if i + size > len(lines) or not text.isupper():
            return 0
        end = _kind_ends(text)
        if end is not None and (size == 1 or end > len(_text(lines[i : i + size - 1]))):
            return size
    return 0


def _subject_alone(text: str) -> bool:
    """«VỀ VIỆC …» in a copy that leaves out the word of the kind."""
    return text.isupper() and _rule("subject_line", "structure").match(text) is not None


def _titled(lines: list[Line], i: int, kind: int) -> list[Line]:
    """Kind (of ``kind`` lines, or none), subject and who decides from line ``i``, each in one line, and what comes below."""
    text = _text(lines[i : i + kind])
    alone = kind > 0 and _rule("kind_line", "structure").fullmatch(text) is not None
    start = i + kind if alone else i
    end = i + max(kind, 1)
    while end < len(lines) and end - start < _SUBJECT and _subject_goes_on(lines, end, first=end == start):
        end += 1
    below = next((n for n in range(end, len(lines)) if _rule("base").match(lines[n].text)), None)
    decides = base = end if below is None else below
    if below is not None and (not kind or _rule("decided").match(text)):
        decides = _first_decider(lines, max(start + 1, below - _DECIDES), below)
    out = [_joined(lines[i : i + kind], whole=kind > 1)] if alone else []
    end = min(end, decides)
    out += [_joined(lines[start:end], whole=end - start > 1)] if end > start else []
    out += lines[end:decides]
    out += [_joined(lines[decides:base], whole=True)] if base > decides else []
    return out + lines[base:]


def _subject_goes_on(lines: Sequence[Line], i: int, *, first: bool) -> bool:
    """Whether line ``i`` in capitals belongs to the subject: the first below the kind, or the next with nothing between."""
    line, before = lines[i], lines[i - 1].text
    if any(map(str.islower, _SYMBOL.sub("", line.text))) or _labelled(line.text) or labels.dashed(line.text):
        return False
    book = rules("structure")
    headings = (book.pattern(name) for name in ("no_duty_heading", "work_title", "bases_heading", "annex_heading"))
    if line.text.endswith(":") or book.pattern("attached_note").match(line.text) or any(rule.match(line.text) for rule in headings):
        return False
    return first or not line.blank_before or unfinished(before)


def _first_decider(lines: Sequence[Line], start: int, end: int) -> int:
    """The first line from ``start`` with which who decides begins; ``end`` where nobody is named."""
    for at in range(start, end):
        if is_caps(_text(lines[at:end])) and _names_body(_text(lines[at:end])) and not unfinished(lines[at - 1].text):
            return at
    return end

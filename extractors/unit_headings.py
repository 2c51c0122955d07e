"""Whom a heading addresses: «Đối với X», «Trách nhiệm của X», «Giao X», or the name alone (domain.md 3.3).

A heading is short and its name may be one no lexicon knows («Tổ cấp dưỡng», «Trưởng tòa nhà»): where a head noun of bodies or
persons opens it and nothing after is a predicate, the whole heading is the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.rulebook import rules, word_class
from extractors.signs import any_in, held
from extractors.unit_names import Name, list_names
from extractors.unit_np import parse_one
from extractors.unit_persons import bare_persons, person_with_office, persons
from extractors.unit_roles import is_object, passed_on
from extractors.unit_subjects import CACHED, REACH, Listed, Span, labels_of, spans_of, strip_span, subject_list, window
from extractors.unit_words import Words


@dataclass(frozen=True, slots=True)
class HeadingAddressee:
    """Whom a heading addresses: spans and names in parallel, and the rule that decided."""

    spans: tuple[Span, ...]
    names: tuple[str, ...]
    rule: str


@lru_cache(maxsize=CACHED)
def heading_of(text: str, start: int = 0, end: int | None = None) -> HeadingAddressee | None:
    """Whom the heading ``text[start:end]`` (without its number) addresses; None for headings of topics."""
    end = len(text) if end is None else end
    colon = text[start:end].rstrip().endswith(":")
    start, end = strip_span(text, start, end)
    if start >= end:
        return None
    found = _addressee(text, start, end, colon=colon)
    inside = text.find(":", start, min(end, start + GROUP))
    if inside < 0 or (found is not None and found.spans[-1][1] > inside):
        return found
    return behind_group(text, start, inside, end) or found


def behind_group(text: str, start: int, colon: int, end: int) -> HeadingAddressee | None:
    """«Các phòng chuyên môn: | Phòng Kinh tế, Công an xã»: the bodies behind the colon, for whom the group before it stands."""
    if not _of_several(text[start:colon]):
        return None
    at = strip_span(text, colon + 1, end)[0]
    if rules("units").pattern("comrades_all").fullmatch(text, start, colon) and (called := bare_persons(text[at:end])):
        return HeadingAddressee(tuple((at + n.start, at + n.end) for n in called), labels_of(called), "heading_name")
    group = heading_of(text, start, colon)
    if group is None or group.rule not in _GROUPS or len(group.names) != 1 or group.spans[0][1] < colon or not _of_several(group.names[0]):
        return None
    named = heading_of(text, at, end)
    if named is not None:
        return replace(named, rule=group.rule) if named.rule == "heading_name" else None
    pieces = list(rules("units").pattern("name_piece").finditer(text, at, end))
    if len(pieces) < 2 or rules("units").pattern("listed_pieces").fullmatch(text, at, end) is None:
        return None
    first = parse_one(Words(group.names[0]), 0)
    head = first.row.get("word", "").removesuffix(" chuyên môn") if first else ""
    head = head if head in _SHARED else ""
    said = [f"{head.capitalize()} {m.group()}" if head and not list_names(Words(m.group()), 0)[0] else m.group() for m in pieces]
    return HeadingAddressee(tuple(m.span() for m in pieces), tuple(said), group.rule)


def _addressee(text: str, start: int, end: int, *, colon: bool) -> HeadingAddressee | None:
    book = rules("units")
    if listed := book.pattern("codes_listed").fullmatch(text, start, end):
        codes = [Name(m.start(), m.end(), m.group()) for m in _CODE.finditer(text, listed.start("codes"), end)]
        return HeadingAddressee(spans_of(codes), labels_of(codes), "heading_name")
    if book.pattern("holds_event").match(text, start, end):
        return None
    for aside in _ASIDES if end - start < _LONGEST else ():
        behind = book.pattern(aside).search(text, start, end)
        if behind and text.count("(", start, behind.start()) == text.count(")", start, behind.start()):
            end, colon = behind.start(), colon or aside == "heading_headed"
    if start >= end:
        return None
    if banned := _banned(text, start, end, colon=colon):
        return banned
    if colon and end - start < 6 and book.pattern("office_code").fullmatch(text, start, end):
        return HeadingAddressee(((start, end),), (text[start:end],), "heading_name")
    for name in ("heading_for", "heading_responsibility", "heading_strengthen", "heading_forbid"):
        frame = book.pattern(name).match(text, start, end)
        if frame:
            named = persons(text, frame.end(), end)
            if named and not text[named[-1].end : end].strip(" .;:"):
                return HeadingAddressee(spans_of(named), labels_of(named), name)
            found, _ = _heading_list(text, frame.end(), end)
            if name != "heading_strengthen" or not found:
                found = _whole(text, frame.end(), end, found, framed=name != "heading_strengthen")
            return HeadingAddressee(spans_of(found), labels_of(found), name) if found else None
    if asks := book.pattern("heading_asks").match(text, start, end):
        found, alone = _heading_list(text, asks.end(), end)
        if alone:
            return HeadingAddressee(spans_of(found), labels_of(found), "heading_for")
    if frame := book.pattern("heading_duty_of").match(text, start, end):
        found, alone = _heading_list(text, frame.end(), end)
        if alone:
            return HeadingAddressee(spans_of(found), labels_of(found), "heading_responsibility")
    if done_by := book.pattern("heading_done_by").fullmatch(text, start, end):
        found, alone = _heading_list(text, *done_by.span("who"))
        if alone:
            return HeadingAddressee(spans_of(found), labels_of(found), "heading_responsibility")
    if book.pattern("heading_of_work").match(text, start, end):
        return None
    frame = book.pattern("assign").match(text, start, end)
    if frame and not is_object(text, frame.start(), frame.end()):
        found, _ = list_names(window(text, frame.end(), end), 0)
        return HeadingAddressee(spans_of(found), labels_of(found), "assign") if found else None
    if (post := book.pattern("post_named").match(text, start, end)) and post.end() < end:
        held = heading_of(text, post.end(), end - (text[end - 1] == ")" and text[post.end() - 1] == "("))
        if held is not None and held.rule == "heading_name":
            return held
    known = Listed.of(text, start, end)
    writer = known.names and not known.names[-1].name.lower().startswith(_APPLY)
    if writer and (asked := _asked_at_end(text, known.names[-1].end, end)):
        return HeadingAddressee(spans_of(asked), labels_of(asked), "heading_subject")
    if text[end : end + 1] != "." and (described := _restricted(text, start, end, known, colon=colon)):
        return HeadingAddressee(spans_of(described), labels_of(described), "heading_name")
    named = persons(text, start, end)
    if len(named) == 1:
        office = named[0].end - text[start : named[0].end].endswith(("-", "–"))
        named = [Name(start, end, text[start:end])] if book.pattern("office_follows").match(text, office, end) else named
    if not named and text[start].isupper() and (one := person_with_office(text, start, end)):
        named = [one]
    if named and (not text[named[-1].end : end].strip(" .;:") or book.pattern("person_looks_after").match(text, named[-1].end, end)):
        return HeadingAddressee(spans_of(named), labels_of(named), "heading_name")
    if post := book.pattern("post_in_charge").fullmatch(text, start, end):
        name = post.group().rstrip(" :")
        return HeadingAddressee(((start, start + len(name)),), (name,), "heading_name")
    found, alone = _heading_names(known)
    if alone:
        return HeadingAddressee(spans_of(found), labels_of(found), "heading_name")
    if len(found) == 1 and rules("units").pattern("places_listed").fullmatch(text, found[0].end, end):
        return HeadingAddressee(((start, end),), (text[start:end],), "heading_name")
    if found and _of_several(found[-1].name) and book.pattern("heading_described").fullmatch(text, found[-1].end, end):
        last = Name(found[-1].start, end, text[found[-1].start : end])  # «UBND các xã, phường | có dự án», «các hộ | hoạt động trong …»
        found = [*found[:-1], last]
        return HeadingAddressee(spans_of(found), labels_of(found), "heading_name")
    if len(found) == 1 and not colon and book.pattern("heading_two_jobs").fullmatch(text, found[0].start, end):
        return HeadingAddressee(((start, end),), (text[start:end],), "heading_name")  # «… được giao quản lý, | sử dụng …»
    if len(found) > 1 and (more := _members(text, found, end)):
        return HeadingAddressee(spans_of(more), labels_of(more), "heading_name")
    if found and _goes_to_end(text, found[-1], end):
        found = [*found[:-1], Name(found[-1].start, end, text[found[-1].start : end])]
        return HeadingAddressee(spans_of(found), labels_of(found), "heading_name")
    whole = _whole(text, start, end, found, framed=False, colon=colon)
    if whole:
        return HeadingAddressee(spans_of(whole), labels_of(whole), "heading_name")
    subject = subject_list(text, start, end, listed_only=True, known=known)
    if not subject and book.pattern("heading_modal").search(text, start, end):
        subject = _bound_at_end(text, start, end)
    if not subject and colon and book.pattern("clause_opener").match(text, start, end):
        return _behind_opener(text, start, end)
    if subject and colon and (told := passed_on(text, subject[-1].end, end)):
        subject = list(told)  # «Giám đốc Sở yêu cầu | các phòng | thực hiện:»: the list below is theirs
    return HeadingAddressee(spans_of(subject), labels_of(subject), "heading_subject") if subject else None


_APPLY = ("cá nhân", "công dân", "người ", "tổ chức", "các cá nhân", "các tổ chức", "doanh nghiệp", "hộ ")
"""Those who ask an office for something, and act themselves."""


def _asked_at_end(text: str, start: int, end: int) -> list[Name]:
    """«Giám đốc Sở yêu cầu | các phòng», «UBND tỉnh đề nghị | các sở, ngành | theo chức năng …»: whom the writer asks for what is listed
    below, where the heading ends with them."""
    book = rules("units")
    cue = book.pattern("passes_on").match(text, start, end)
    found = list_names(window(text, cue.end(), end), 0)[0] if cue else []
    rest = text[found[-1].end : end] if found else "x"
    return found if not rest.strip(" .:;") or book.pattern("by_their_powers").fullmatch(rest) else []


_IN_WORK = tuple(f" {word} " for word in sorted(word_class("unit_grammar", "in-work")))


def _goes_to_end(text: str, last: Name, end: int) -> bool:
    """«Người ra quyết định | kiểm tra, giám sát», «Công chức làm công tác tham mưu | , tổng hợp», «Thành viên tổ xác minh | do Chủ tịch
    UBND xã thành lập»: the rest of the heading tells which persons are meant."""
    low = last.name.lower()
    goes_on = {"fields_decided": low.endswith(_DECIDES), "heading_fields_on": any_in(f" {low} ", _IN_WORK), "heading_set_up": True}
    return any(asked and rules("units").pattern(name).fullmatch(text, last.end, end) for name, asked in goes_on.items())


_ANY_ACT = " thực hiện"
"""What stands for the list below a heading that ends in the word that binds."""


def _bound_at_end(text: str, start: int, end: int) -> list[Name]:
    """«Cấp ủy các cấp trong Đảng bộ Tổng công ty | có trách nhiệm:»: the subject of what is listed below."""
    said = text[start:end] + _ANY_ACT
    return [Name(n.start + start, n.end + start, n.name) for n in subject_list(said, 0, len(said))]


def _banned(text: str, start: int, end: int, *, colon: bool) -> HeadingAddressee | None:
    """«Nghiêm cấm | trưởng đoàn, thành viên đoàn | thực hiện các hành vi sau:», «Ngoài …, nghiêm cấm | kiểm toán viên:»."""
    book = rules("units")
    if not held(book["forbidden_whom"], text[start:end].lower()):
        return None
    front = book.pattern("ban_behind").match(text, start, end) if colon else None
    ban = book.pattern("forbidden_whom").match(text, front.end() if front else start, end)
    if ban is None:
        return None
    told = book.pattern("acts_forbidden").search(text, ban.end(), end)
    out: list[Name] = []
    at, last = ban.end(), told.start() if told else end
    for piece in text[at:last].split(";"):
        a, b = strip_span(text, at, at + len(piece))
        out.extend(_whole(text, a, b, _heading_list(text, a, b)[0], framed=True))
        at += len(piece) + 1
    return HeadingAddressee(spans_of(out), labels_of(out), "heading_forbid") if out else None


def _restricted(text: str, start: int, end: int, known: Listed, *, colon: bool) -> list[Name]:
    """«Công chức | được giao thẩm định dự thảo», «Hội viên | là đối tượng và người có liên quan không được:»: those named, with what they
    were charged with or are, to the end of the heading or up to the modal that binds them. Over a colon without a modal the last act may
    be their predicate («… được giao phụ trách kho | sắp xếp hàng:»), so that only a charge without any act yet is drawn out."""
    book = rules("units")
    found = known.names if end - start <= REACH else list_names(window(text, start, end), 0)[0]
    for n, name in enumerate(found):
        if n + 1 < len(found) and text[name.end : found[n + 1].start].strip() == "và":
            continue  # «Thành viên đoàn | và công chức làm nhiệm vụ tuần tra»: of the second
        since = book.pattern("charge_named").search(text, name.start, end)
        at = since.start() if since else name.end
        said = book.pattern("heading_restriction").fullmatch(text, at, end) if at <= name.end else None
        if said is None:
            continue
        if said["bound"] is None and colon and (since is None or name.end > since.end()):
            return []
        whole = Name(name.start, said.end("said"), text[name.start : said.end("said")])
        other = [Name(*said.span("other"), said["other"])] if said["other"] else []
        return [*found[:n], whole, *other]
    return []


def _behind_opener(text: str, start: int, end: int) -> HeadingAddressee | None:
    """«Theo chức năng, nhiệm vụ được giao, | Sở Y tế:»: names alone behind a clause in front."""
    for comma in rules("units").pattern("comma_before_name").finditer(text, start, end):
        named = heading_of(text, comma.end(), end)
        if named is not None and named.rule == "heading_name":
            return named
    return None


_DECIDES = "ra quyết định"
"""What wants to be told what is decided."""
_ASIDES = ("heading_code", "heading_headed", "heading_time", "heading_aside")
"""What may stand behind the name in a heading and is no part of it."""
_LONGEST = 240
"""Characters of the longest heading that has such an end."""
GROUP = 120
"""Characters before the colon behind which a heading lists its bodies."""
_GROUPS = frozenset({"heading_for", "heading_responsibility", "heading_name", "assign"})
_SHARED = word_class("unit_grammar", "listed-head") | word_class("unit_grammar", "shared-head") - {"ngành"}
"""Heads written once for what is listed («Các trường: | Mầm non Hoa Sen, Tiểu học An Hòa»)."""
_CODE = re.compile(r"[A-ZĐ]{1,4}\d{1,3}")


def _of_several(name: str) -> bool:
    return " các " in f" {name.lower()}" or " một số " in f" {name.lower()}" or " những " in f" {name.lower()}"


def heading_addressee(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Spans of ``heading_of``, empty where the heading assigns to nobody."""
    found = heading_of(text, start, end)
    return found.spans if found else ()


_WORDS, _WORDS_OF_SEVERAL = 12, 16
"""Words of the longest heading that is a name alone, of one body and of several («Các chủ đầu tư dự án hạ tầng kỹ thuật khu, cụm …»)."""


def _whole(text: str, start: int, end: int, found: list[Name], *, framed: bool, colon: bool = False) -> list[Name]:
    """``found`` with its last name drawn out over the rest of the phrase, or the whole phrase as one name; [] where the rest of an
    unframed heading is a predicate or a topic. A framed phrase («Đối với X») ends before «trong phạm vi …», «có trách nhiệm» …"""
    book = rules("units")
    stop = book.pattern("heading_boundary").search(text, found[-1].end if found else start, end)
    last = stop.start() if stop else end
    while last > start and text[last - 1] in " ,:;.\n":
        last -= 1
    rest = text[found[-1].end : last] if found else text[start:last]
    bound = stop is not None and book.pattern("heading_modal").match(stop.group().strip(" ,")) is not None
    if not framed and (
        (stop and not (bound and book.pattern("heading_person").match(text, start)))
        or len(text[start:last].split()) > (_WORDS_OF_SEVERAL if found and _of_several(found[0].name) else _WORDS)
        or any(c in rest for c in ".;:")
    ):
        return []
    if found and framed and not rest.strip():
        return found
    short = len(rest.split()) <= 2 and bool(book.pattern("heading_member").match(text, start))
    short = short or (colon and len(found) == 1 and len(rest.split()) <= 5)  # «Liên đội | nhà trường:», «Đoàn | - Đội thiếu niên:»
    goes_on = bool(found) and (short or _may_go_on(text, start, found)) and not _predicate(text, found[-1].end, last)
    open_name = bool(found) and (framed or goes_on)
    if found and open_name and len(rest.split()) <= 14 and "(" not in rest:
        tail = found[-1]
        if len(found) > 1 and (more := _members(text, found, last)):
            return more
        if len(apart := _persons_apart(text, tail.start, last)) > 1:
            return [*found[:-1], *apart]
        return [*found[:-1], Name(tail.start, last, tail.name + text[tail.end : last])]
    if found:
        return found if framed else []
    if framed and (place := (words := Words(text, start, last)).hit(0, "place")) and place[0] == len(words) and words.cap(0):
        return [Name(start, last, text[start:last])]  # «Đối với | Hà Nội»
    if framed and book.pattern("level_alone").fullmatch(text, start, last):
        return [Name(start, last, text[start:last])]  # «Đối với | cấp xã»
    opener = book.pattern("heading_person").match(text, start, last)
    if opener and (framed or colon or not _predicate(text, opener.end(), last)) and len(rest.split()) <= 12:
        return _persons_apart(text, start, last)
    return []


def _persons_apart(text: str, start: int, end: int) -> list[Name]:
    """«người giám sát | , người thẩm định», «Người kê khai | và người xác minh»: «người» said again with other words is somebody else, and
    so are «những người …» behind anybody."""
    again, anyone = rules("units").pattern("another_person"), text[start : start + _ANYONE].lower() == "người "
    cuts = [m for m in again.finditer(text, start, end) if anyone or m["several"]]
    edges = zip([start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), end], strict=True)
    return [Name(a, b, text[a:b]) for a, b in edges]


_ANYONE = 6
"""Characters of «người» and the blank behind it."""


def _members(text: str, found: list[Name], end: int) -> list[Name]:
    """``found`` and the last of a list of bodies, a noun in small letters with a name («Trạm Y tế, các trường học | , chợ Đông Bình»)."""
    if rules("units").pattern("members_behind").fullmatch(text, found[-1].end, end) is None:
        return []
    return [*found, *(Name(m.start(1), m.end(1), m[1]) for m in rules("units").pattern("member_behind").finditer(text, found[-1].end, end))]


def _may_go_on(text: str, start: int, found: list[Name]) -> bool:
    """Whether small letters after the name may still belong to it: it has a proper tail («Chi cục An toàn | vệ sinh thực phẩm»), a
    determiner («Các bệnh viện | đa khoa»), or a head that always wants one («Tổ | cấp dưỡng»); «Chính phủ | số» is a topic."""
    name = text[found[-1].start : found[-1].end]
    capital_inside = any(w[:1].isupper() for w in name.split()[1:])
    determined = name.lower().startswith(("các ", "những ", "mỗi ", "từng "))
    return capital_inside or determined or bool(rules("units").pattern("heading_person").match(text, start))


def _predicate(text: str, start: int, end: int) -> bool:
    """Whether the rest of an unframed heading begins with a verb that office language uses as a predicate."""
    named = rules("units").pattern("capital_next").match(text, start, end) is not None  # «Bộ phận Hành chính | , Tổng hợp»
    return not named and bool(rules("units").pattern("heading_predicate").match(text, start, end))


def _heading_list(text: str, start: int, end: int) -> tuple[list[Name], bool]:
    return _heading_names(Listed.of(text, start, end))


def _heading_names(known: Listed) -> tuple[list[Name], bool]:
    """Names at the beginning of a heading, and whether nothing but names stands there, or names and a relative clause
    («Tổ chức đảng | lãnh đạo, chỉ đạo hoạt động thanh tra»), which then belongs to the name."""
    words, found, j = known
    if not found:
        return [], False
    if _restrictive(words, j):
        last = found[-1]
        stop = words.spans[-1][1]
        return [*found[:-1], Name(last.start, stop, last.name + words.text[last.end : stop])], True
    rest = words.word(j)
    return found, rest == "" or (rest == "(" and words.word(len(words) - 1) == ")")


_FIELDS = tuple(sorted(word_class("unit_grammar", "relative-field")))
_NOUN_LEAD = word_class("unit_grammar", "relative-verb")


def _restrictive(words: Words, j: int) -> bool:
    """A relative clause without «mà»: short, verbs first, then «hoạt động», «công tác» … to the end of the heading."""
    if j >= len(words) or len(words) - j > 12 or words.word(j) not in _NOUN_LEAD:
        return False
    k = j
    while k < len(words):
        verb = words.hit(k, "verb")
        if verb is None:
            break
        k = verb[0] + (words.word(verb[0]) in (",", "và"))
    tail = " ".join(words.low[k:])
    return k > j and tail.startswith(_FIELDS) and "." not in tail and ";" not in tail and " việc " not in f" {tail} "

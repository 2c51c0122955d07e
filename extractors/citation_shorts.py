"""Mentions without a full number: short forms ("Quy định 131"), places in this document ("Mục II.3"), "Quy định này"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from extractors import pinpoints
from extractors.citation_draft import CitationContext, Draft
from extractors.citation_grammar import RUN, kind_firsts, pattern, tail_after
from extractors.keys import fold, kind_names, normal_key
from extractors.rulebook import lexicon, word_class

_NUMBER = r"(?P<number>\d{1,4}[a-zđ]?)(?P<year>/(?:19|20)\d\d)?(?P<old>\s?-\s?(?:CP|TTg|CT|HĐBT)(?![^\W_]|[-/]))?"
_NUMBER += r"(?![^\W_]|\s{0,2}[-–/]\s{0,2}[^\W_]|[.,]\d)"
_DEICTIC = tuple(f" {word}" for word in sorted(word_class("citation_grammar", "deictic")))
_ABBREVIATED = {row["abbr"]: row["kind"] for row in lexicon("kinds") if row["kind"] in word_class("citation_grammar", "abbreviated")}
"""QĐ stands for a quy định of the Party too: what the text cites under the number decides."""
_OLD_KINDS = word_class("citation_grammar", "old-number")
_BLANK_DIGIT = re.compile(" [0-9]")
_RUN_ON = re.compile(r"[0-9](?<=[^\W\d_][0-9])[0-9]{1,3}(?![^\W_]|[-–/])")
"""A number whose blank is lost («Quy định131»); what stands before it is asked behind its first digit, so that only digits cost."""
_BARE = re.compile(_NUMBER)
_NEXT_NUMBER = re.compile(rf"(?:[,;]\s?|,?\s(?:và|hoặc)\s)(?:số\s)?{_NUMBER}")
"""The next of several numbers that share their kind."""
_DIGITS = re.compile(r"\d+")
_COUNTED = 16
"""Characters behind a number that tell what is counted («Kế hoạch 5 | năm»)."""
_LOOK_BACK = 24
Order = dict[str, tuple[list[int], list[Draft]]]
_INNER = tuple(f"{word} " for word in sorted(word_class("citation_grammar", "inner-part")))


def _either(names: Iterable[str]) -> str:
    """A pattern of one of several names, with any blank between their words."""
    return "|".join(r"\s".join(map(re.escape, name.split())) for name in names)


@cache
def _shorts() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of "KIND [số] N" and what a folded kind allows: yes, alias, no."""
    allowed = {fold(row["kind"]): row["short"] for row in lexicon("kinds")}
    names = sorted({row["kind"] for row in lexicon("kinds") if row["short"] != "no"}, key=lambda n: (-len(n), n))
    kinds, small, capitals = (_either(map(written, names)) for written in (str, str.lower, str.upper))
    abbreviated = "|".join(_ABBREVIATED)
    return re.compile(
        rf"(?:(?P<kind>{kinds}|(?<![^\W_])(?:{capitals}))\s{{0,2}}(?P<so>(?:[Ss]ố|SỐ)\s{{0,2}}:?\s{{0,2}})?|(?<![^\W_])(?P<abbr>{abbreviated})\s?(?:số\s)?){_NUMBER}"
    ), allowed | {"": small}


@cache
def _capital_kinds() -> dict[str, str]:
    return {row["kind"].upper(): row["kind"] for row in lexicon("kinds")}


@cache
def _small() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?P<kind>{_shorts()[1]['']})\s{{1,2}}số\s{{1,2}}{_NUMBER}")


@cache
def _acts() -> dict[str, tuple[str, str]]:
    """Well-known acts by folded short name: key and date."""
    return {fold(alias): (row["key"], row["issued_on"]) for row in lexicon("acts") for alias in row["alias"].split("|")}


@cache
def _kind_at_end() -> re.Pattern[str]:
    names = sorted({row["kind"] for row in lexicon("kinds")}, key=lambda n: (-len(n), n))
    return re.compile(r"(?<![^\W_])(?P<kind>(?i:" + _either(names) + "))$")


def _kind_ending(window: str) -> re.Match[str] | None:
    """The kind that ends with ``window``; the long pattern is tried only where the first syllable of a kind stands."""
    firsts, kinds = kind_firsts(), _kind_at_end()
    starts = (word.start() for word in RUN.finditer(window) if word.group().lower() in firsts)
    return next((found for start in starts if (found := kinds.match(window, start))), None)


class Covered:
    """Which stretches of the text already belong to a mention."""

    def __init__(self, drafts: list[Draft]) -> None:
        spans = sorted((d.start, d.end) for d in drafts)
        self.starts = [s for s, _ in spans]
        self.ends = [e for _, e in spans]

    def holds(self, start: int, end: int) -> bool:
        i = bisect_right(self.starts, start) - 1
        return (i >= 0 and self.ends[i] > start) or (i + 1 < len(self.starts) and self.starts[i + 1] < end)

    def before(self, at: int) -> int:
        """End of the last mention that ends at or before ``at``."""
        i = bisect_right(self.starts, at) - 1
        return self.ends[i] if i >= 0 and self.ends[i] <= at else 0


def _number_of(key: str) -> str:
    found = _DIGITS.match(key)
    return found.group().lstrip("0") if found else ""


def short_forms(text: str, drafts: list[Draft]) -> list[Draft]:
    """ "Quy định số 131", "NQ 57": resolved by what this text cites in full, else by the list of well-known acts."""
    covered, out = Covered(drafts), []
    full: dict[str, list[Draft]] = {}
    for known in drafts:
        if known.key and known.form == "full":
            full.setdefault(_number_of(known.key), []).append(known)
    aliases: dict[tuple[str, str], str] = {}
    for found in _hits(text):
        if covered.holds(found.start(), found.end()):
            continue
        if draft := _short(text, found, full, aliases):
            pin = pinpoints.pinpoints_before(text, draft.core, covered.before(draft.core))
            if pin:
                draft.start, draft.pinpoints = pin.start, pin.labels
            out.append(draft)
            out.extend(_listed(text, draft, full))
    return out


def _listed(text: str, first: Draft, full: dict[str, list[Draft]]) -> Iterator[Draft]:
    """ "các Nghị quyết 57, 59 và 66": the numbers behind a short form, as long as each is an act of its kind that is known."""
    end, kind = first.end, fold(first.kind or "")
    while first.form == "short" and (found := _NEXT_NUMBER.match(text, end)) and not pattern("counted").match(text, found.end()):
        number = found["number"].lstrip("0")
        same = [d.key for d in full.get(number, ())[:_LOOK_BACK] if d.kind and fold(d.kind) == kind]
        act = _acts().get(f"{kind} {found['number']}")
        key = same[-1] if same else act[0] if act else None
        if key is None:
            return
        at = found.start("number")
        tail = tail_after(text, found.end())
        yield Draft(
            at, at, tail.end, "short", "citations.short", 0.7, kind=first.kind, key=key, issued_on=tail.issued_on, issuer=tail.issuer
        )
        end = tail.end


@cache
def _before_digit() -> tuple[re.Pattern[str], frozenset[str]]:
    """A kind, with or without "số", at the end of a stretch; the last syllables such a stretch can have."""
    kinds = _shorts()[1][""]
    names = [row["kind"] for row in lexicon("kinds") if row["short"] != "no"]
    capitals = {name.upper() for name in names}
    last = {name.split()[-1] for name in (*names, *capitals)} | {name.split()[-1].lower() for name in names}
    last |= set(_ABBREVIATED) | {"số", "Số", "số:", "SỐ"}
    upper = _either(sorted({*names, *capitals}, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<![^\W_])(?:{upper}|{kinds}|{'|'.join(_ABBREVIATED)})(?:\s{{0,2}}(?:[Ss]ố|SỐ)\s?:?)?$"), frozenset(last)


def _hits(text: str) -> list[re.Match[str]]:
    """Where a kind stands before a bare number, found from the digits."""
    ending, last = _before_digit()
    glued = [i for word in ("NQ", "NĐ", "QĐ") for i in all_places(text, word) if text[i + 2 : i + 3].isdigit()]
    out: list[re.Match[str]] = []
    blanks = [blank.start() for blank in _BLANK_DIGIT.finditer(text)]
    for at in (*blanks, *(digit.start() for digit in _RUN_ON.finditer(text))):
        before = text[max(0, at - 8) : at].rsplit(None, 1)[-1:]
        if not before or before[0] not in last or not _BARE.match(text, at + text[at].isspace()):
            continue
        base = max(0, at - 30)
        if kind := ending.search(text[base:at]):
            start = base + kind.start()
            found = _shorts()[0].match(text, start) or _small().match(text, start)
            if found:
                out.append(found)
    out.extend(found for i in glued if (found := _shorts()[0].match(text, i)))
    return sorted({m.start(): m for m in out}.values(), key=lambda m: m.start())


def _short(text: str, found: re.Match[str], full: dict[str, list[Draft]], aliases: dict[tuple[str, str], str]) -> Draft | None:
    groups = found.groupdict()
    kind = " ".join((groups["kind"] or _ABBREVIATED[groups["abbr"]]).split())
    capitals = kind.isupper() and groups["kind"] is not None
    kind = _capital_kinds()[kind] if capitals else kind
    number = found["number"].lstrip("0")
    behind = text[found.end() : found.end() + _COUNTED]
    if not number or pattern("counted").match(behind.lower() if capitals else behind):
        return None
    if groups.get("old"):
        return _old(text, found, kind)
    if groups.get("abbr") == "QĐ" and any(d.kind == "Quy định" for d in full.get(number, [])):
        kind = "Quy định"
    folded = fold(kind)
    allowed = _shorts()[1].get(folded, "no")
    known = full.get(number, [])
    at = bisect_right(known, found.start(), key=lambda d: d.start)
    before = known[max(0, at - _LOOK_BACK) : at]
    introduced = pattern("alias_opener").search(text, max(0, found.start() - 60), found.start())
    if introduced and introduced.end() == found.start() and before:
        aliases[(folded, number)] = before[-1].key or ""
    key = aliases.get((folded, number))
    same = [d for d in (before or known[:_LOOK_BACK]) if d.kind and fold(d.kind) == folded]
    if key is None and same and not groups.get("year"):
        key = same[-1].key
    if key is None and groups["kind"] and text[found.start("number") - 1].isalpha():
        return None  # «Nghị quyết12»: the mark of a footnote; «Quy định131» only where Quy định số 131-QĐ/TW is named
    if key is None and (act := _acts().get(f"{folded} {found['number']}")) and not groups.get("year"):
        key = act[0]
        same = []
    if key is None and (named := _of_the_act_behind(text, found.end(), known[at : at + 1])):
        key, same = named, known[at : at + 1]
        aliases[(folded, number)] = named
    tail = tail_after(text, found.end(), 20 if "liên" in kind.casefold() else 0)
    if key:
        return Draft(
            found.start(), found.start(), tail.end, "short", "citations.short", 0.9 if same or (folded, number) in aliases else 0.7,
            kind=kind, key=key, issued_on=tail.issued_on, issuer=tail.issuer,
        )  # fmt: skip
    said = bool(groups.get("so")) or (found.re is _small())
    if capitals:
        return None  # a heading in capitals names what the text cites elsewhere
    if allowed == "yes" and ((said and (tail.issuer or tail.issued_on)) or (groups.get("year") and (said or groups["kind"]))):
        raw = found["number"] + (groups.get("year") or "")
        return Draft(
            found.start(), found.start(), tail.end, "full", "citations.number_alone", 0.6, kind=kind, key=raw, raw_key=raw,
            issued_on=tail.issued_on, issuer=tail.issuer, review=("Số văn bản thiếu ký hiệu",),
        )  # fmt: skip
    return None


def _old(text: str, found: re.Match[str], kind: str) -> Draft | None:
    """ "Nghị định số 64-CP", "Quyết định số 327-CT": acts of the Government before 1997, without a slash in their number."""
    if kind not in _OLD_KINDS:
        return None
    raw = "".join((found["number"] + found["old"]).split())
    tail = tail_after(text, found.end())
    return Draft(
        found.start(), found.start(), tail.end, "full", "citations.number", 0.9, kind=kind, key=normal_key(raw).key, raw_key=raw,
        issued_on=tail.issued_on, issuer=tail.issuer,
    )  # fmt: skip


def _of_the_act_behind(text: str, at: int, behind: list[Draft]) -> str | None:
    """ "Đề án 939 (Quyết định số 939/QĐ-TTg …)": named by the number of the act in the parenthesis right behind it."""
    if text[at : at + 2] != " (" or not behind or not pattern("act_in_parenthesis").fullmatch(text, at, behind[0].core):
        return None
    return behind[0].key


def deictics(text: str, drafts: list[Draft], context: CitationContext) -> list[Draft]:
    """ "điểm a Mục II.3.1 Kế hoạch này" (this document, with a place) and "Quy định này" (a document named before, or none)."""
    covered, out = Covered(drafts), []
    order = _by_kind(drafts)
    own, annexed = fold(context.kind), _annexed(text)
    for word in _DEICTIC:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            found = None if text[end : end + 1].isalnum() else _kind_ending(text[max(0, at - 26) : at])
            if found:
                start = max(0, at - 26) + found.start()
                pin = pinpoints.pinpoints_before(text, start, covered.before(start))
                kind = " ".join(found["kind"].split())
                first = pin.start if pin else start
                if covered.holds(first, end):
                    pass
                elif fold(kind) == own or annexed.get(fold(kind), first) < first:
                    if pin:
                        out.append(Draft(first, start, end, "self", "citations.self", 0.97, kind=kind, pinpoints=pin.labels))
                elif text[start].isupper() or pin:
                    before = {} if _is_ours(text, start, end) else order
                    out.append(_anaphor(before, first, start, end, kind, pin.labels if pin else ()))
            at = text.find(word, end)
    return out


_LINES_ABOVE = 6
"""Lines of the title of an annexed plan, from the name of its kind to «(Ban hành kèm theo …)», at most."""


def _annexed(text: str) -> dict[str, int]:
    """Folded kinds of what a decision lays down in its annex («KẾ HOẠCH | Thực hiện … | (Ban hành kèm theo Quyết định số …)»), with the
    place of their titles: below, «Kế hoạch này» is the annex itself."""
    out: dict[str, int] = {}
    lines = {text.rfind("\n", 0, at) + 1 for word in ("èm", "ÈM") for at in all_places(text, word)}
    for end in sorted(lines):
        if not pattern("annexed_to").match(text, end):
            continue
        for _ in range(_LINES_ABOVE):
            start = text.rfind("\n", 0, max(0, end - 1)) + 1
            kind = fold(text[start:end].strip(" *#\n"))
            if kind in kind_names():
                out.setdefault(kind, start)
                break
            end = start
    return out


def _is_ours(text: str, start: int, end: int) -> bool:
    """«kèm theo Quyết định này», «Quyết định này có hiệu lực», «chịu trách nhiệm thi hành Quyết định này»: no document named before,
    also where the kind of this one is not known."""
    return bool(pattern("ours_before").search(text, max(0, start - 40), start) or pattern("ours_after").match(text, end))


def _by_kind(drafts: list[Draft]) -> Order:
    """Mentions with a key by folded kind, with their ends, in reading order."""
    out: Order = {}
    for draft in drafts:
        if draft.key and draft.kind:
            ends, same = out.setdefault(fold(draft.kind), ([], []))
            ends.append(draft.end)
            same.append(draft)
    return out


def _anaphor(order: Order, first: int, start: int, end: int, kind: str, labels: tuple[str, ...]) -> Draft:
    """The last document of the same kind before is meant; with none there is no answer."""
    draft = Draft(first, start, end, "anaphora", "citations.anaphora", 0.6, kind=kind, pinpoints=labels)
    ends, same = order.get(fold(kind), ([], []))
    i = bisect_right(ends, first) - 1
    if i >= 0:
        draft.key, draft.host = same[i].key, same[i].start
    return draft


def inner_places(text: str, drafts: list[Draft]) -> list[Draft]:
    """ "Mục 4.3.1", "Phụ lục I kèm theo": a place in this document named without the document."""
    covered, out = Covered(drafts), []
    taken = 0
    for at in _inner_starts(text):
        if at < taken or (at and text[at - 1].isalnum()):
            continue
        here = pinpoints.pinpoints_from(text, at)
        if here is None or covered.holds(here.start, here.end):
            continue
        pin = pinpoints.pinpoints_before(text, here.end, max(covered.before(at), taken)) or here
        if _is_inner(text, at, pin.start, here.end):
            taken = pin.end
            out.append(Draft(pin.start, pin.start, pin.end, "self", "citations.self_place", 0.9, pinpoints=pin.labels))
    return out


@cache
def _inner_ends() -> dict[str, tuple[str, ...]]:
    """Names of inner parts by what is searched for: the end that several share («ục »), else the name."""
    by_end: dict[str, list[str]] = {}
    for word in _INNER:
        by_end.setdefault(word[-3:], []).append(word)
    return {end if len(words) > 1 else words[0]: tuple(words) for end, words in by_end.items()}


def _inner_starts(text: str) -> list[int]:
    """Where names of inner parts begin. A search through the text costs more than the few places where something else ends so."""
    out: list[int] = []
    for end, words in _inner_ends().items():
        for at in all_places(text, end):
            stop = at + len(end)
            out.extend(stop - len(word) for word in words if text.endswith(word, 0, stop))
    return sorted(out)


def all_places(text: str, word: str) -> list[int]:
    out, at = [], text.find(word)
    while at >= 0:
        out.append(at)
        at = text.find(word, at + len(word))
    return out


_HEADLINE = re.compile(r"\s*(?:[.:–-]|\n|$)")


def _is_inner(text: str, at: int, start: int, end: int) -> bool:
    """Not a heading of its own and not a place in a document named next."""
    line = start == 0 or text[start - 1] in "\n\t"
    if line and _HEADLINE.match(text, end):
        return False
    other = pattern("other_document").match(text, end)
    kinds = _shorts()[1]
    if other and other["words"][0].isupper() and "\n" not in other.group() and fold(other["words"]) != fold("Kế hoạch"):
        named = fold(other["words"]) in kinds or other["words"].startswith(("Luật", "Bộ ", "Danh mục"))
        if named:
            return False
    cue = bool(pattern("self_cue").search(text[max(0, start - 24) : start]))
    unit = text[at : at + 4]
    if unit in ("Phụ ", "phụ "):
        return bool(pinpoints.annexed(text, end)) or (cue and not line)
    return cue or (unit == "Mục " and not line)

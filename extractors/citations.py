"""Citations (viện dẫn): one mention of one document each, with number, date, issuer, pinpoints, relation.

``find_citations`` reads a text; cheap searches ("/", "Luật", "này", "Mục") decide where the grammar runs, so the cost follows
the hits. ``extract_citations`` does the same for a plan and uses its zones and identity. The annotation guide settles spans:
from the first pinpoint, the kind word or the number to the end of number, date and issuer.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from extractors import citation_shorts as shorts
from extractors.citation_cues import Relater
from extractors.citation_draft import CitationContext, Draft
from extractors.citation_grammar import (
    Head,
    Number,
    corrected_kind,
    corrected_symbol,
    is_form_number,
    is_slip_of,
    issuer_before,
    kind_before,
    kind_with_subject,
    number_at,
    pattern,
    shared_before,
    spelled_kind,
    tail_after,
)
from extractors.citation_laws import is_bill, law_at, resolve, year_of
from extractors.citation_notes import note_places
from extractors.keys import Key, fold, known_symbols, normal_key
from extractors.pinpoints import pinpoints_before
from extractors.plan import Plan, Zone
from extractors.registry import spell_out
from extractors.rulebook import lexicon, rules
from schemas.record import Citation

_LAW_WORDS = ("Luật", "luật ", "LUẬT", "Pháp lệnh", "Hiến pháp", "Điều lệ")
_SYMBOL_DASH = re.compile(r"\s?[-\u2010-\u2015]\s?")
_HEAD_REACH = 1500
_MANY = 40  # documents of one number, laws of one text, that are held against each other; more are a list


def find_citations(text: str, *, context: CitationContext | None = None) -> tuple[Citation, ...]:
    """All mentions in canonical text, in reading order; offsets count characters of ``text``. Pure and deterministic."""
    context = context or CitationContext()
    if not unicodedata.is_normalized("NFC", text):
        return _decomposed(text, context)
    drafts = _laws(text, context)
    drafts += _numbers(text, drafts)
    drafts.sort(key=lambda d: d.start)
    drafts = _once(text, drafts)
    _keys(drafts, context)
    drafts += shorts.short_forms(text, drafts)
    drafts.sort(key=lambda d: d.start)
    _of_this_plan(text, drafts, context)
    drafts += shorts.deictics(text, drafts, context)
    drafts += shorts.inner_places(text, drafts)
    drafts.sort(key=lambda d: (d.start, d.end))
    _link_anaphora(drafts)
    Relater(text, context.zone_at or _guess(text), context.notes).run(drafts)
    for draft in drafts:
        if draft.form == "self" and draft.raw_key and not draft.pinpoints and draft.start >= context.head_end:
            draft.form = "full"  # «(Ban hành kèm theo Quyết định số 5/QĐ-BYT)» in that very decision: a mention by number as any other
    return tuple(draft.citation(i, text) for i, draft in enumerate(drafts))


def extract_citations(plan: Plan) -> tuple[Citation, ...]:
    """Mentions of a plan. Zones, kind, number, date and abbreviations are used where the plan has them."""
    document = plan.document
    context = CitationContext(
        kind=document.kind or "Kế hoạch", key=normal_key(document.key).key if document.key else None, issued_on=document.issued_on,
        issuer=document.issuer, abbreviations=dict(document.abbreviations), zone_at=plan.zone_at if plan.zones else None,
        notes=note_places(plan), head_end=document.provenance["key"].end if "key" in document.provenance else 0,
    )  # fmt: skip
    return find_citations(plan.text, context=context)


def _decomposed(text: str, context: CitationContext) -> tuple[Citation, ...]:
    """Text that is not composed is read composed, cluster by cluster, and the offsets led back."""
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for cluster in re.findall(r"(?s).[\u0300-\u036f\u1dc0-\u1dff]*", text):
        composed = unicodedata.normalize("NFC", cluster)
        parts.append(composed)
        origin.extend([at] * len(composed))
        at += len(cluster)
    origin.append(at)
    zone_at = context.zone_at
    inner = replace(context, zone_at=(lambda i: zone_at(origin[i])) if zone_at else None, notes={})
    found = find_citations("".join(parts), context=inner)
    moved = []
    for c in found:
        start, end = origin[c.start], origin[c.end]
        moved.append(c.model_copy(update={"start": start, "end": end, "text": text[start:end]}))
    return tuple(moved)


def _laws(text: str, context: CitationContext) -> list[Draft]:
    places = sorted(i for word in _LAW_WORDS for i in shorts.all_places(text, word))
    if not places:
        return []

    def meaning(short: str) -> str | None:
        return context.abbreviations.get(short) or _introduced(text, short)

    out: list[Draft] = []
    end = bill = 0
    for at in places:
        if at < end:
            continue
        law = law_at(text, at, meaning)
        if law is None or law.start < end:
            continue
        if is_bill(text, law, bill, context.issued_on):
            bill = end = law.end
            continue
        pin = pinpoints_before(text, law.start, end)
        end = law.end
        draft = Draft(pin.start if pin else law.start, law.start, law.end, "name", "citations.law_name", 0.9, kind=law.kind, law=law)
        draft.issued_on, draft.issuer, draft.pinpoints = law.tail.issued_on, law.tail.issuer, pin.labels if pin else ()
        out.append(draft)
    return out


def _introduced(text: str, short: str) -> str | None:
    """What stands before "(PCTN)" where the text introduces an abbreviation: as many words as it has letters."""
    at = text.find(short + ")")
    opened = text.rfind("(", max(0, at - 40), at) if at >= 0 else -1
    if opened < 0 or not rules("citations").pattern("short_name").match(text, opened):
        return None
    words = re.findall(r"[^\W_]+,?", text[max(0, opened - 120) : opened])
    return " ".join(words[-len(short) :]).rstrip(",")


def _numbers(text: str, laws: list[Draft]) -> list[Draft]:
    covered = shorts.Covered(laws)
    out: list[Draft] = []
    end = 0
    find = text.find
    slash = find("/")
    while slash >= 0:
        number = None
        following = text[slash + 1 : slash + 3]
        if slash >= end and following and (following in ("19", "20") or not following[0].isdigit()):
            number = number_at(text, slash)
        if number and not covered.holds(number.start, number.end) and number.start >= end:
            made = _mention(text, number, out, end)
            for draft in made:  # «Luật NĐ 30/2019/…»: words run together, of which a law's name has taken the kind
                if covered.holds(draft.start, draft.end):
                    draft.start = draft.core = number.start
            made = [draft for draft in made if draft.start < draft.end and not covered.holds(draft.start, draft.end)]
            if made:
                out.extend(made)
                end = made[-1].end
        slash = find("/", max(slash + 1, number.end if number else 0))
    return out


def _of_several(number: str) -> bool:
    """A symbol that names two issuing bodies or more after its kind («KH-BCA-BNNMT»), not a body and its department."""
    bodies = _SYMBOL_DASH.split(number.rsplit("/", 1)[-1])[1:]
    return len(bodies) > 1 and all(body.replace("&", "") in known_symbols() for body in bodies)  # «BNN&MT»


_MANY = 20
"""Issuers of a joint document whose number names none of them."""


def _other_issuers(kind: str | None, number: str) -> int:
    """How many bodies may have issued a document beside the first."""
    low = (kind or "").casefold()
    told = len(_SYMBOL_DASH.split(number.rsplit("/", 1)[-1])) - 2
    if "liên" in low or _of_several(number):
        return told if told > 0 else _MANY  # «KHPH-BCA-BYT … của Bộ Công an và Bộ Y tế, | Ban Tổ chức xây dựng …»
    return told if low.endswith("phối hợp") else 0


def _mention(text: str, number: Number, before: list[Draft], floor: int) -> list[Draft]:
    """The mention around a number, together with the bare numbers before it that share its symbol."""
    head = kind_before(text, number.start)
    if head.kind is None and is_form_number(text, number.start):
        return []
    if not (number.sure or head.cue) or (head.kind is None and _is_own_line(text, number.start)):
        return []
    shared = shared_before(text, number.start) if head.kind is None else []
    shared = [s for s in shared if s[0] >= floor]
    out: list[Draft] = []
    if shared:
        first = kind_before(text, shared[0][0])
        separator = re.search(r"[-/\s]", number.raw)
        symbol = number.raw[separator.start() :] if separator else ""
        for start, stop in shared:
            core = first.start if start == shared[0][0] else start
            raw = text[start:stop] + symbol
            out.append(Draft(core, core, stop, "full", "citations.shared_symbol", 0.85, kind=first.kind, raw_key=raw))
        head = Head(number.start, first.kind, True)
    elif head.kind is None and before and before[-1].kind and number.start - before[-1].end < 16:
        fellow = pattern("between").fullmatch(text, before[-1].end, number.start)
        head = Head(number.start, before[-1].kind, True) if fellow else head
    tail = tail_after(text, number.end, _other_issuers(head.kind, number.raw))
    if head.kind is None and head.cue and (wide := kind_with_subject(text, number.start, normal_key(number.raw).kind_abbr)):
        head = wide if wide.start >= floor else head
    if head.kind is None and head.cue and before and (kind := _kind_of_list(text, number, before[-1])):
        head = Head(number.start, kind, True)
    if head.kind is None and (named := issuer_before(text, number.start)) and named[0].start >= floor:
        head, tail.issuer = named[0], tail.issuer or named[1]
    draft = Draft(
        head.start, head.start, tail.end, "full", "citations.number", 0.99 if head.kind else 0.9, kind=head.kind, raw_key=number.raw,
        issued_on=tail.issued_on, issuer=tail.issuer, review=("Ngày ban hành không có thật",) if tail.bad_date else (),
    )  # fmt: skip
    out.append(draft)
    lead = out[0]
    if pin := pinpoints_before(text, lead.core, floor):
        lead.start, lead.pinpoints = pin.start, pin.labels
    return out


def _kind_of_list(text: str, number: Number, before: Draft) -> str | None:
    """ "các Quyết định của Thủ tướng Chính phủ: số A …; |số B …": the kind that opens a list whose members have subjects of their own;
    the letters of both numbers must agree on it."""
    if not (before.raw_key and before.kind and pattern("next_of_list").fullmatch(text, before.end, number.start)):
        return None
    letters = normal_key(number.raw).kind_abbr
    return before.kind if letters and letters == normal_key(before.raw_key).kind_abbr else None


def _is_own_line(text: str, at: int) -> bool:
    """The document's own number: "Số: 12/KH-UBND" at the beginning of a line or cell of the head."""
    return at < _HEAD_REACH and bool(rules("citations").pattern("own_line").search(text[max(0, at - 60) : at]))


def _keys(drafts: list[Draft], context: CitationContext) -> None:
    """Normal keys; symbols with a slip corrected once the issuer confirms, then everywhere; laws by name resolved."""
    slips: dict[str, str] = {}
    years: dict[str, int] = {}
    named: dict[str, str] = {}
    dates = [d.issued_on for d in drafts if d.issued_on]
    for draft in drafts:
        if draft.raw_key:
            draft.raw_key = "".join(draft.raw_key.split())
            parts = normal_key(draft.raw_key)
            draft.key, draft.kind = parts.key, spelled_kind(draft.kind, parts)
            if good := corrected_symbol(draft.raw_key, draft.issuer, draft.kind) or corrected_kind(draft.raw_key, draft.kind):
                slips[draft.key] = good
        elif draft.law and (year := draft.law.year or year_of(draft.law.number)):
            title = fold(f"{draft.law.kind} {draft.law.name}")
            years.setdefault(title, year)
            if draft.law.number and draft.law.name:
                named.setdefault(f"{title} {year}", draft.law.number)
    numbers = {d.key for d in drafts if d.key and d.raw_key} - set(slips)
    slips |= _against_each_other(numbers) | _cut_short(numbers)
    on = context.issued_on or max(dates, default=None)
    for draft in drafts:
        if draft.key in slips:
            draft.key, draft.confidence, draft.rule = slips[draft.key], 0.85, "citations.symbol_slip"
        if draft.law:
            draft.key, draft.confidence = resolve(draft.law, years, on, own=context.issued_on is not None)
            draft.key = named.get(fold(draft.key), draft.key)  # a law outside the lexicon whose number the text gives elsewhere
        if draft.key is not None and draft.key == context.key:
            draft.form = "self"
    _short_law_names(drafts)


_SUBJECT = re.compile(r"\s+về(?:\s+việc\s+ban\s+hành)?\s+")
"""What stands between the number of a law and its name, where both are given."""


def _once(text: str, drafts: list[Draft]) -> list[Draft]:
    """Without the name of a law that is the subject of its own number: «Luật số 102/2016/QH13 của Quốc hội về | Luật Trẻ em» is one
    mention; a bare name alone, since one with a number or a year of its own is another law."""
    again: set[int] = set()
    for i, (law, name) in enumerate(itertools.pairwise(drafts), 1):
        numbered = text[law.start : law.end].lower().startswith(("luật", "bộ luật")) and (law.law is None or law.law.number)
        bare = name.law is not None and not (name.law.number or name.law.year or name.law.tail.issued_on or name.pinpoints)
        if numbered and bare and _SUBJECT.fullmatch(text, law.end, name.start):
            again.add(i)
    return [draft for i, draft in enumerate(drafts) if i not in again]


def _of_this_plan(text: str, drafts: list[Draft], context: CitationContext) -> None:
    """«Trên đây là Kế hoạch thực hiện Quy định số 178-QĐ/TW, Kế hoạch số 12 | của Bộ Y tế»: whose plan it is, where the last of the
    documents that it carries out is not that body's."""
    issued = [(d, fold(spell_out(d.issuer))) for d in drafts if d.issuer and d.key]
    own = fold(context.issuer or "")
    others = {d.key for d, issuer in issued if not own.startswith(issuer)}
    ours = [
        draft
        for draft, issuer in issued
        if (
            not any(name in issuer or issuer in name for name in _centre())
            if str(draft.key).endswith("/TW")
            else draft.key in others and own.startswith(issuer)
        )
    ]
    first = _lists_begin(text, drafts) if ours else {}
    for draft in ours:
        begin = first[draft.start]
        if rules("citations").pattern("plan_carries_out").search(text[max(0, begin - 60) : begin]):
            of = text.rfind(" của ", draft.core, draft.end)
            draft.end, draft.issuer = of if of > 0 else draft.end, None


def _lists_begin(text: str, drafts: list[Draft]) -> dict[int, int]:
    """For each mention where the list of documents begins in which it stands, apart by nothing but commas and «và»."""
    listed, first, end, begin = rules("relations").pattern("listed"), dict[int, int](), 0, 0
    for draft in drafts:
        begin = begin if first and listed.fullmatch(text, end, draft.start) else draft.start
        first[draft.start], end = begin, draft.end
    return first


@cache
def _centre() -> tuple[str, ...]:
    """Folded names of the bodies that sign with TW."""
    return tuple(fold(name) for row in lexicon("symbols") if row["symbol"] == "TW" for name in row["names"].split("|"))


def _cut_short(keys: set[str]) -> dict[str, str]:
    """A number that leaves out its issuers ("12/2025/NQLT") beside the whole one: the same document."""
    out: dict[str, str] = {}
    listed = sorted(keys)
    for key in listed:
        parts = normal_key(key)
        if parts.kind_abbr and not parts.issuer_symbol:
            whole = listed[bisect_left(listed, key + "-") : bisect_left(listed, key + "0")]  # what goes on with "-" or "/"
            if len(whole) == 1:
                out[key] = whole[0]
    return out


def _short_law_names(drafts: list[Draft]) -> None:
    """ "Luật Bảo hiểm" after "Luật Bảo hiểm xã hội": a name outside the lexicon that begins one law named above is that law."""
    above: dict[str, str] = {}
    for draft in drafts:
        if not draft.law or not draft.key:
            continue
        title = fold(f"{draft.law.kind} {draft.law.name}")
        if draft.law.rows or draft.law.number or draft.law.year or draft.law.tail.issued_on:
            above[title] = draft.key
            continue
        longer = {key for name, key in list(above.items())[:_MANY] if name.startswith((title + " ", title + ","))}
        if len(longer) == 1:
            draft.key, draft.confidence = longer.pop(), 0.8


def _against_each_other(keys: set[str]) -> dict[str, str]:
    """Slips that the text itself shows: a symbol one letter off, or separators exchanged, beside the right one."""
    by_number: dict[str, list[Key]] = {}
    for key in sorted(keys):
        parts = normal_key(key)
        by_number.setdefault(parts.number, []).append(parts)
    out: dict[str, str] = {}
    for same in by_number.values():
        for wrong in same if len(same) <= _MANY else ():
            for good in same:
                if wrong is not good and good.key not in out and is_slip_of(wrong, good):
                    out[wrong.key] = good.key
    return out


def _link_anaphora(drafts: list[Draft]) -> None:
    starts = {d.start: i for i, d in enumerate(drafts)}
    for draft in drafts:
        if draft.form == "anaphora" and draft.host is not None:
            draft.antecedent, draft.host = starts.get(draft.host), None


_NEXT = re.compile(r"^\s*\**(?:II|B)\s?[.\-–]", re.M)


def _guess(text: str) -> Callable[[int], Zone]:
    """Zones of a text of which nothing else is known: title, opening, purposes, body, from the line that names the kind."""
    book = rules("citations")
    head = book.pattern("kind_line").search(text, 0, 4000)
    section = rules("citations").pattern("first_section").search(text, head.end() if head else 0, 12000)
    if not section:
        return lambda offset: "body"
    begin = head.end() if head else 0
    opens = [m.start() for m in book.pattern("opening_line").finditer(text, begin, section.start())]
    title_end = (opens[1] if len(opens) > 1 and head else opens[0] if opens and not head else begin) if opens else section.start()
    heading = text[section.start() : section.start() + 60].upper()
    purpose_end = section.start()
    if book.pattern("purpose_heading").search(heading):
        following = _NEXT.search(text, section.end())
        purpose_end = following.start() if following else len(text)

    def zone_at(offset: int) -> Zone:
        if offset < begin:
            return "header"
        if offset < title_end:
            return "title"
        return "opening" if offset < section.start() else "purpose" if offset < purpose_end else "body"

    return zone_at

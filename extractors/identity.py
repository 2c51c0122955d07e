"""Who issued the document, under which number, when, about what, signed by whom (nhận dạng văn bản).

Every field comes from where the drafting rules put it: number line, place-and-date line, title, launch clause, signature.
What is missing or blank stays null; nothing is carried over from citations.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

import regex

from extractors.casing import is_caps, proper
from extractors.identity_issuer import cased, decider, field_source, issuer_of, zone
from extractors.identity_named import named_by_title
from extractors.keys import fold, normal_key
from extractors.plan import Plan
from extractors.rulebook import lexicon, rules
from extractors.undated import header_bounds
from schemas.record import Document, FieldSource, Regime

_BASES = 60
"""Paragraphs below the header in which a decision has come to what it decides."""


def _number(plan: Plan) -> dict[str, object]:
    """Number line of the header: number, symbol and key; a blank number keeps the symbol."""
    rule = rules("identity").pattern("number_line")
    for paragraph in zone(plan, "header", "opening")[:30]:
        found = rule.match(plan.text[paragraph.start : paragraph.end])
        if not found:
            continue
        symbol = re.sub(r"\s+", "", found["symbol"]).replace("–", "-")
        number = found["number"]
        out: dict[str, object] = {"symbol": symbol[1:], "provenance": {}}
        where = field_source(plan, paragraph.start, paragraph.start + found.end(), "identity.number_line", 0.98)
        out["provenance"] = {"symbol": where}
        if number and not found["blank"].strip(" \t"):
            out |= {"number": number, "key": number + symbol}
            out["provenance"] = {"key": where, "number": where, "symbol": where}
        return out
    return {}


def _place_date(plan: Plan) -> dict[str, object]:
    book = rules("identity")
    rule = book.pattern("place_date")
    zones = zone(plan, "header") + zone(plan, "signature")[:3]
    for paragraph, below in zip_longest(zones, zones[1:]):
        broken = below is not None and book.pattern("date_breaks_off").search(plan.text, paragraph.start, paragraph.end)
        end = below.end if below and broken and book.pattern("date_goes_on").match(plan.text, below.start, below.end) else paragraph.end
        found = rule.search(plan.text[paragraph.start : end])
        if not found:
            continue
        where = field_source(plan, paragraph.start + found.start(), paragraph.start + found.end(), "identity.place_date", 0.97)
        out: dict[str, object] = {"place": found["place"].strip(" ,."), "provenance": {"place": where}}
        if found["day"] and found["month"] and found["year"]:
            day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                out["issued_on"] = f"{year:04d}-{month:02d}-{day:02d}"
                out["provenance"] = {"place": where, "issued_on": where}
        elif found["year"] and (found["month"] is None or 1 <= int(found["month"]) <= 12):
            out["issued_between"] = header_bounds(int(found["year"]), int(found["month"]) if found["month"] else None)
            out["provenance"] = {"place": where, "issued_between": where}
        return out
    return _date_alone(plan)


def _date_alone(plan: Plan) -> dict[str, object]:
    """A line of the header that is a date and nothing else (the place was forgotten), or has it behind the number or the place."""
    number, dated = rules("identity").pattern("number_line"), rules("identity").pattern("date_line")
    for paragraph in zone(plan, "header"):
        words = plan.text[paragraph.start : paragraph.end]
        found = dated.search(words)
        before = words[: found.start()].strip(" ,–-") if found else ""
        numbered = number.match(words) if before else None
        named = all(word[0].isupper() for word in before.split()) and before.replace(" ", "").replace(".", "").isalpha()
        if found and (not before or named or (numbered and numbered.end() >= len(before))):
            where = field_source(plan, paragraph.start + found.start(), paragraph.start + found.end(), "identity.date_line", 0.9)
            return {
                "issued_on": f"{found['year']}-{int(found['month']):02d}-{int(found['day']):02d}", "provenance": {"issued_on": where},
            }  # fmt: skip
    return {}


def _kind_at(words: str, *, first: bool) -> regex.Match[str] | None:
    """The word of the kind at the head of a title, in capitals or, on its first line where a copy has none, in small letters."""
    found = rules("structure").pattern("kind_line").match(words)
    return found or (rules("structure").pattern("small_kind_line").match(words) if first else None)


def _kind(plan: Plan) -> dict[str, object]:
    for place, paragraph in enumerate(zone(plan, "title")):
        if found := _kind_at(plan.words(paragraph), first=place == 0):
            words = " ".join(found["kind"].split()).lower()
            where = field_source(plan, paragraph.body, paragraph.body + found.end("kind"), "identity.kind_line", 0.99)
            return {"kind": words[0].upper() + words[1:], "provenance": {"kind": where}}
    if any(rules("structure").pattern("addressed_to").match(plan.words(p)) for p in zone(plan, "header")):
        return {"kind": "Công văn"}
    return _kind_decided(plan)


def _kind_decided(plan: Plan) -> dict[str, object]:
    """A copy without title keeps the words with which a decision or resolution decides: «QUYẾT ĐỊNH:» over «Điều 1», «QUYẾT NGHỊ:»."""
    rule = rules("identity").pattern("decides")
    for paragraph in zone(plan, "opening", "body")[:_BASES]:
        if found := rule.fullmatch(plan.words(paragraph)):
            where = field_source(plan, paragraph.body, paragraph.body + found.end("words"), "identity.decides", 0.9)
            return {"kind": "Nghị quyết" if found["words"].endswith("NGHỊ") else "Quyết định", "provenance": {"kind": where}}
    return {}


def _kind_launched(plan: Plan) -> str | None:
    """A copy without title says what it is in the launch clause: «Ủy ban nhân dân xã ban hành Kế hoạch trồng cây như sau:»."""
    rule, ends = rules("identity").pattern("launched_kind"), rules("structure").pattern("opening_end")
    opening = [words for words in map(plan.words, zone(plan, "opening")) if ends.search(words)]
    said = [found["kind"].lower() for words in opening for found in rule.finditer(words)]
    return said[-1][0].upper() + said[-1][1:] if said else None


def _kind_of_symbol(key: str) -> str | None:
    """The kind whose letters the number carries; None where two kinds share them («QĐ» of the Party)."""
    parts = normal_key(key)
    rows = [row["kind"] for row in lexicon("kinds") if row["abbr"] == parts.kind_abbr and row["regime"] == parts.regime]
    shortest = min(rows, key=len, default=None)
    return shortest if shortest and all(kind.startswith(shortest) for kind in rows) else None


def _behind_marks(text: str, start: int, end: int) -> int:
    """The first letter from ``start`` on, behind dashes, colons and stars."""
    while start < end and text[start] in " -–:_*\n":
        start += 1
    return start


def _title(plan: Plan) -> dict[str, object]:
    """The subject (trích yếu) without the word that names the kind; «(Kèm theo …)» lines stay out."""
    parts: list[tuple[int, int]] = []
    kind = ""
    attached, whose = rules("structure").pattern("attached_line"), rules("structure").pattern("issuer_in_title")
    decides = decider(plan)
    for place, paragraph in enumerate(zone(plan, "title")):
        if parts and decides and decides[1].start == paragraph.body:
            continue  # «CHÍNH PHỦ» between the title and the bases
        start = paragraph.body
        found = _kind_at(plan.words(paragraph), first=place == 0) if not parts else None
        if found and kind not in {"", fold(found["kind"])}:
            found = None  # «THÔNG TƯ» over «QUY ĐỊNH CHI TIẾT …»
        kind = fold(found["kind"]) if found else kind
        start += found.end("kind" if "subject" in found.re.groupindex else 0) if found else 0
        named = whose.match(plan.text[start : paragraph.end].strip()) if not parts else None
        if named and named.group().isupper():  # «CHỈ THỊ | CỦA BAN THƯỜNG VỤ TỈNH ỦY | về …»
            start = plan.text.index(named.group(), start) + named.end()
        start = _behind_marks(plan.text, start, paragraph.end)
        if not parts and (about := rules("structure").pattern("about").match(plan.text, start, paragraph.end)):
            start = _behind_marks(plan.text, about.end(), paragraph.end)
        if start < paragraph.end and not attached.match(plan.text[start : paragraph.end]):
            parts.append((start, paragraph.end))
    if not parts:
        return {}
    start, end = parts[-1]
    if note := rules("structure").pattern("attached_note").search(plan.text, start, end):
        parts[-1] = (start, start + len(plan.text[start : note.start()].rstrip(" -–")))
    where = field_source(plan, parts[0][0], parts[-1][1], "identity.title", 0.97)
    return {"title": " ".join(plan.text[a:b] for a, b in parts), "provenance": {"title": where}}


def _signature_lines(plan: Plan) -> list[tuple[int, int]]:
    """Lines of the signature block; a line in capitals that begins nothing of its own goes on the one before."""
    begins = [rules("structure").pattern(n) for n in ("authority", "position", "kind_line")]
    lines: list[tuple[int, int]] = []
    for paragraph in zone(plan, "signature"):
        words = plan.words(paragraph).strip()
        before = plan.text[lines[-1][0] : lines[-1][1]] if lines else ""
        if before and is_caps(words) and is_caps(before) and len(words.split()) <= 3 and not any(p.match(words) for p in begins):
            lines[-1] = (lines[-1][0], paragraph.end)
        elif signed := rules("structure").pattern("signed_by").search(plan.text, paragraph.body, paragraph.end):
            lines += [(paragraph.body, signed.start()), (signed.start("name"), paragraph.end)]
        else:
            lines.append((paragraph.body, paragraph.end))
    return lines


def _signature(plan: Plan) -> dict[str, object]:
    """Authority (TM., T/M …), position and name of the signer, as the signature block gives them."""
    authority, position = rules("structure").pattern("authority"), rules("structure").pattern("position")
    person, longer, role = (rules("identity").pattern(n) for n in ("person", "position_of", "signing_role"))
    opened = adjacent = False
    out: dict[str, str] = {}
    sources: dict[str, FieldSource] = {}
    for start, end in _signature_lines(plan):
        words = rules("structure").pattern("signed").sub("", " ".join(plan.text[start:end].split()))
        where = field_source(plan, start, end, "identity.signature", 0.95)
        if found := authority.match(words):
            out.setdefault("signing_authority", f"{found.group().strip()} {proper(words[found.end() :])}".strip())
            sources.setdefault("signing_authority", where)
        elif position.match(words):
            # «TRƯỞNG BAN» over «PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ»: who signs holds the second office elsewhere; only «CHỦ TỊCH» over
            # «PHÓ CHỦ TỊCH» is the head for whom the deputy signs, without «KT.».
            if not adjacent or fold(words).startswith(fold(f"Phó {out['signer_position']}")):
                out["signer_position"], sources["signer_position"] = proper(words), where
            adjacent = True
            continue
        elif is_caps(words) and (found := longer.match(words)):
            if adjacent:
                continue
            out["signer_position"] = f"{proper(found['office'])} {cased(plan, found['body'])}".replace("rưởng Phòng ", "rưởng phòng ")
            sources["signer_position"] = where
        elif role.match(words):
            opened = True
        elif (out or opened) and (found := person.match(words)) and not is_caps(words.replace(" ", "")):
            out["signer"], sources["signer"] = found["name"], where
        adjacent = False
    held = out.get("signing_authority", "")
    title = re.sub(r"^\S+\s*", "", held)
    if "signer_position" not in out and title and position.match(title.upper()):
        out["signer_position"] = title
    return {**out, "provenance": sources} if out else {}


def _recipients(plan: Plan) -> tuple[str, ...]:
    out: list[str] = []
    code = rules("identity").pattern("recipient_code")
    for paragraph in zone(plan, "recipients"):
        words = plan.words(paragraph).strip()
        if rules("structure").pattern("recipients").match(words) and len(words) < 14:
            continue
        words = re.sub(r"^Nơi nhận\s*:?\s*", "", words, flags=re.I)
        for part in re.split(r";\s*(?:-\s*)?", words):
            part = code.sub("", part).strip(" ;,.-–")
            if part and not rules("identity").pattern("no_recipient").match(part):
                out.append(part)
    return tuple(out)


def _initials(alias: str, before: str) -> str | None:
    """The words before a bare alias whose initials it is: «phòng, chống tham nhũng (PCTN)»."""
    words = list(re.finditer(r"[^\W\d_]+", before))
    wanted = [c for c in alias.lower() if c.isalpha()]
    for size in range(len(wanted), min(len(words), len(wanted) + 4) + 1):
        tail = words[-size:]
        letters = [w.group()[0].lower() for w in tail]
        kept = [c for c, w in zip(letters, tail, strict=True) if w.group().lower() not in {"và", "của", "về", "các", "cho", "trong"}]
        if letters == wanted or kept == wanted:
            return before[tail[0].start() :].strip()
    return None


def abbreviations(text: str) -> dict[str, str]:
    """Short forms that this text introduces, with what they stand for; in reading order, first definition wins."""
    out: dict[str, str] = {}
    for found in rules("identity").pattern("bare_alias").finditer(text):
        alias = found["alias"]
        long = _initials(alias, text[max(0, found.start() - 140) : found.start()].rsplit("\n", 1)[-1])
        if long and alias not in out:
            out[alias] = long
    for found in rules("identity").pattern("alias").finditer(text):
        alias = " ".join(found["alias"].split())
        before = text[max(0, found.start() - 200) : found.start()].rsplit("\n", 1)[-1]
        if re.search(r"\d", alias) or len(alias) > 60 or alias in out:
            continue
        long = _initials(alias, before) if alias.isupper() else rules("identity").pattern("before_long_name").split(before)[-1].strip()
        if long:
            out[alias] = " ".join(long.split())
    return out


def _regime(plan: Plan, document: Document) -> Regime | None:
    """Majority of the marks: separators of the number, issuer, motto, signature prefix."""
    votes: dict[Regime, float] = {"party": 0, "state": 0, "front": 0, "union": 0}
    key, issuer = document.key or "", (document.issuer or "").lower()
    symbol = (document.symbol or "").upper()
    if key:
        votes["party" if re.match(r"\d+[a-zđ]?-", key) else "state"] += 2
    elif symbol:
        votes["party" if re.match(r"[A-ZĐ]+/", symbol) else "state"] += 1
    head = plan.text[:1500]
    votes["state"] += 2 * bool(rules("structure").pattern("state_motto").search(head))
    votes["party"] += 2 * bool(rules("structure").pattern("party_motto").search(head))
    for row in lexicon("issuer_regimes"):
        if re.search(row["pattern"], issuer):
            votes[row["regime"]] += float(row["weight"])  # type: ignore[index]
            break
    votes["union"] += 3 * bool(rules("structure").pattern("union_motto").search(head))
    authority = document.signing_authority or ""
    if not issuer and not any(votes.values()):  # «CHỦ TỊCH UBND PHƯỜNG» under a text without header
        office = (document.signer_position or "").lower()
        votes |= {row["regime"]: 1.0 for row in lexicon("issuer_regimes") if re.search(row["pattern"], office)}  # type: ignore[misc]
    votes["party"] += authority.startswith(("T/M", "K/T", "T/L"))
    votes["state"] += authority.startswith(("TM.", "KT.", "TL."))
    best = max(votes, key=lambda k: votes[k])
    return best if votes[best] > 0 else None


def is_letter(key: str) -> bool:
    """A number without kind letters is that of a letter (công văn): «967/UBND-VX»; laws and resolutions of the Assembly aside."""
    parts = normal_key(key)
    return parts.kind_abbr is None and parts.year is None and parts.regime == "state" and "-" in parts.symbol


def identify(plan: Plan) -> Document:
    """The identity of the plan; fields that the text does not give are None."""
    fields: dict[str, object] = {}
    provenance: dict[str, FieldSource] = {}
    short = abbreviations(plan.text)
    named = named_by_title(plan)
    title = {} if named else _title(plan)
    for part in (_kind(plan), _number(plan), _place_date(plan), title, issuer_of(plan, short), named, _signature(plan)):
        sources = part.pop("provenance", {})
        if isinstance(sources, dict):
            provenance.update(sources)
        fields |= part
    fields |= {"recipients": _recipients(plan), "abbreviations": short, "provenance": provenance}
    document = Document.model_validate(fields)
    if document.kind is None and document.title and document.key and is_letter(document.key):
        document = document.model_copy(update={"kind": "Công văn"})
    if document.kind is None:
        kind = (_kind_of_symbol(document.key) if document.key else None) or _kind_launched(plan)
        document = document.model_copy(update={"kind": kind})
    return document.model_copy(update={"regime": _regime(plan, document)})


def with_identity(plan: Plan) -> Plan:
    return replace(plan, document=identify(plan))

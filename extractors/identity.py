"""Who issued the document, under which number, when, about what, signed by whom (nhận dạng văn bản).

Every field comes from where the drafting rules put it: number line, place-and-date line, title, launch clause, signature.
What is missing or blank stays null; nothing is carried over from citations.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.casing import proper
from extractors.citation_issuers import issuer_at
from extractors.keys import normal_key
from extractors.plan import Plan
from extractors.rulebook import lexicon, rules
from extractors.zones import is_caps
from schemas.document import Paragraph
from schemas.record import Document, FieldSource, Regime

_CODE = re.compile(r"^\s*(?:Lưu|LƯU)\b|^\s*(?:-\s*)?Như\s+(?:trên|Điều|kính gửi)", re.I)
_BOARD = re.compile(r"ban (?:thường (?:trực|vụ)|chấp hành)|thường trực")
_WORD = re.compile(r"\w+")
_GROUP = re.compile(r"[.:(]\s|\b(?:của|cho|đối với|gồm|giao)\s")


def _source(plan: Plan, start: int, end: int, rule: str, confidence: float) -> FieldSource:
    return FieldSource(start=start, end=end, text=plan.text[start:end], rule=rule, confidence=confidence)


def _zone(plan: Plan, *names: str) -> list[Paragraph]:
    return [p for p, z in zip(plan.paragraphs, plan.zones, strict=True) if z in names]


def _number(plan: Plan) -> dict[str, object]:
    """Number line of the header: number, symbol and key; a blank number keeps the symbol."""
    rule = rules("identity").pattern("number_line")
    for paragraph in _zone(plan, "header", "opening")[:30]:
        found = rule.match(plan.text[paragraph.start : paragraph.end])
        if not found:
            continue
        symbol = re.sub(r"\s+", "", found["symbol"]).replace("–", "-")
        number = found["number"]
        out: dict[str, object] = {"symbol": symbol[1:], "provenance": {}}
        where = _source(plan, paragraph.start, paragraph.start + found.end(), "identity.number_line", 0.98)
        out["provenance"] = {"symbol": where}
        if number and not found["blank"].strip(" \t"):
            out |= {"number": number, "key": number + symbol}
            out["provenance"] = {"key": where, "number": where, "symbol": where}
        return out
    return {}


def _place_date(plan: Plan) -> dict[str, object]:
    rule = rules("identity").pattern("place_date")
    zones = _zone(plan, "header") + _zone(plan, "signature")[:3]
    for paragraph in zones:
        found = rule.search(plan.text[paragraph.start : paragraph.end])
        if not found:
            continue
        where = _source(plan, paragraph.start + found.start(), paragraph.start + found.end(), "identity.place_date", 0.97)
        out: dict[str, object] = {"place": found["place"].strip(" ,."), "provenance": {"place": where}}
        if found["day"] and found["month"] and found["year"]:
            day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                out["issued_on"] = f"{year:04d}-{month:02d}-{day:02d}"
                out["provenance"] = {"place": where, "issued_on": where}
        return out
    return {}


def _kind(plan: Plan) -> dict[str, object]:
    rule = rules("structure").pattern("kind_line")
    for paragraph in _zone(plan, "title"):
        found = rule.match(plan.words(paragraph))
        if found:
            words = " ".join(found.group().split()).lower()
            where = _source(plan, paragraph.body, paragraph.body + found.end(), "identity.kind_line", 0.99)
            return {"kind": words[0].upper() + words[1:], "provenance": {"kind": where}}
    if any(rules("structure").pattern("addressed_to").match(plan.words(p)) for p in _zone(plan, "header")):
        return {"kind": "Công văn"}
    return {}


def _title(plan: Plan) -> dict[str, object]:
    """The subject (trích yếu) without the word that names the kind; «(Kèm theo …)» lines stay out."""
    parts: list[tuple[int, int]] = []
    rule, attached = rules("structure").pattern("kind_line"), rules("structure").pattern("attached_line")
    for paragraph in _zone(plan, "title"):
        start = paragraph.body
        found = rule.match(plan.words(paragraph)) if not parts else None
        start += found.end() if found else 0
        while start < paragraph.end and plan.text[start] in " -–:_*\n":
            start += 1
        if start < paragraph.end and not attached.match(plan.text[start : paragraph.end]):
            parts.append((start, paragraph.end))
    if not parts:
        return {}
    where = _source(plan, parts[0][0], parts[-1][1], "identity.title", 0.97)
    return {"title": " ".join(plan.text[a:b] for a, b in parts), "provenance": {"title": where}}


def _launch(plan: Plan) -> tuple[int, int] | None:
    """Span of the grammatical subject of the launch clause, the last one of the opening."""
    rule, form, best = rules("identity").pattern("launch"), rules("identity").pattern("launch_form"), None
    opening = _zone(plan, "opening")
    opened = any(rule.search(plan.words(p)) for p in opening)
    for paragraph in opening if opened else _zone(plan, "purpose", "body")[:20]:
        base, words = paragraph.body, plan.words(paragraph)
        for found in rule.finditer(words, overlapped=False):
            start, end = found.span("subject")
            clause = max(words.rfind(". ", 0, end), words.rfind("; ", 0, end), words.rfind(": ", 0, end))
            start = _last_body(words, max(start, clause + 1), end)
            end = _before_note(words, start, end)
            if _is_subject(words, start, end) and (opened or form.search(words, end)):
                best = (base + start, base + end)
    return best


def _is_subject(words: str, start: int, end: int) -> bool:
    """The name acts itself: it hangs on no «của», no «về việc» follows it, and its paragraph is no member of a list of bases."""
    rule = rules("identity").pattern("no_subject")
    return not rule.search(words[:start]) and not rule.search(words[start:end]) and not words.rstrip().endswith(";")


def _before_note(words: str, start: int, end: int) -> int:
    """End of the name itself: before «(sau đây gọi là …)», before «thống nhất với …»."""
    cut = re.search(r"\s*\(|\s+(?:thống nhất|phối hợp|cùng)\s+(?:với|cùng)\s", words[start:end])
    return start + cut.start() if cut else end


def _last_body(words: str, start: int, end: int) -> int:
    """Start of the last body named before the verb: «…, Kế hoạch 5 của Thành ủy, Đảng ủy Sở A | xây dựng» → Đảng ủy Sở A."""
    head = rules("identity").pattern("launch_head")
    places = [m.start() for m in head.finditer(words, start, end)]
    chosen = places[-1] if places else start
    for place in reversed(places[:-1]):
        between = words[place:chosen]
        # A further head noun inside one name («Đảng ủy Sở A», «Ban Thường vụ Tỉnh ủy») stands without a comma before it.
        if re.search(r"(?:thống nhất|phối hợp|cùng)\s+(?:với|cùng)\s+$", between):
            chosen = place
            continue
        if re.search(r"[,;]\s*$", between) or (re.search(r"\b(?:của|và|với|tại|theo)\s+$", between) and not _begins(words, place)):
            break
        chosen = place
    while chosen < end and words[chosen] in " ,":
        chosen += 1
    return chosen


def _begins(words: str, place: int) -> bool:
    """A clause begins here: what follows «và», «của» belongs to its subject («Tiểu ban lễ hội Chùa Bà và Hội đua ghe | xây dựng»)."""
    return not words[:place].strip() or words[:place].rstrip()[-1] in ",;:."


def _header_issuer(plan: Plan) -> tuple[str | None, str | None, FieldSource | None]:
    """Issuer and superior as the left header column prints them, in proper case."""
    motto = [rules("structure").pattern(n) for n in ("state_motto", "party_motto", "union_motto")]
    lines: list[Paragraph] = []
    for paragraph in _zone(plan, "header"):
        words = plan.words(paragraph).strip()
        if paragraph.side == 2 or any(m.search(words) for m in motto) or rules("identity").pattern("number_line").match(words):
            continue
        if is_caps(words) and not words.startswith(("*", "-")) and len(words) < 120:
            lines.append(paragraph)
    names = _join_lines([plan.words(p).strip() for p in lines])
    if not names:
        return None, None, None
    where = _source(plan, lines[0].start, lines[-1].end, "identity.header", 0.9)
    return _cased(plan, names[-1]), (_cased(plan, names[-2]) if len(names) > 1 else None), where


def _cased(plan: Plan, name: str) -> str:
    """A name in capitals as the running text writes it, else by the lexicon, with the place of the date line in its own capitals."""
    loose = r"\s+".join(map(re.escape, name.split()))
    for found in re.finditer(rf"(?<!\w){loose}(?!\w)", plan.text, re.I):
        written = " ".join(found.group().split())
        if not is_caps(written) and written[:1].isupper():
            return written
    place = str(_place_date(plan).get("place", ""))
    return re.sub(rf"(?<!\w){re.escape(place)}(?!\w)", place, proper(name), flags=re.I) if len(place) > 3 else proper(name)


def _join_lines(lines: list[str]) -> list[str]:
    """Header lines to names: a line goes on the one before when it cannot begin a name («VÀ XÃ HỘI», «TỈNH AN HÒA»)."""
    head = rules("identity").pattern("header_head")
    names: list[str] = []
    for line in lines:
        if names and (not head.match(line) or re.search(r"(?:\bVÀ|[-–,&]|\bCỦA)$", names[-1])):
            names[-1] += " " + line
        else:
            names.append(line)
    return [n.strip(" *-–_") for n in names if n.strip(" *-–_")]


def _issuer(plan: Plan) -> dict[str, object]:
    header, superior, where = _header_issuer(plan)
    span = _launch(plan)
    subject = plan.text[span[0] : span[1]] if span else None
    out: dict[str, object] = {"superior": superior} if superior else {}
    if header and superior and _BOARD.fullmatch(header.lower().replace("uỷ", "ủy")):
        # A board of the body printed above it: «ỦY BAN MẶT TRẬN … TỈNH X» over «BAN THƯỜNG TRỰC».
        whole = f"{header} {superior}"
        header = whole if not subject or _extends(whole, subject) else header
    if subject and span:
        longer = header and (_extends(header, subject) or _spells_out(header, subject))
        if not longer and (closing := _closing_issuer(plan, subject)):
            out["issuer"] = plan.text[closing[0] : closing[1]]
            out["provenance"] = {"issuer": _source(plan, *closing, "identity.closing", 0.9)}
            return out
        out["issuer"] = header if longer else subject
        out["provenance"] = {"issuer": where if longer and where else _source(plan, *span, "identity.launch", 0.95)}
        return out
    if header and where:
        return out | {"issuer": header, "provenance": {"issuer": where}}
    return out | (_signing_body(plan) or _attached_to(plan))


def _closing_issuer(plan: Plan, subject: str) -> tuple[int, int] | None:
    """«Trên đây là Kế hoạch … của <cơ quan>»: the same body with the place that the launch clause leaves out."""
    for paragraph in _zone(plan, "closing"):
        words = plan.words(paragraph)
        at = words.find(subject)
        end = issuer_at(words, at) if at >= 0 else None
        if end is not None and _extends(words[at:end], subject):
            return paragraph.body + at, paragraph.body + end
    return None


def _attached_to(plan: Plan) -> dict[str, object]:
    """An annex on its own names the issuer of its plan: «(Kèm theo Kế hoạch số … của Ủy ban nhân dân phường X)»."""
    for paragraph in _zone(plan, "title"):
        words = plan.words(paragraph)
        found = re.search(r"\bcủa\s+([A-ZĐỦƯ][^()]{3,90}?)\s*\)?\s*$", words)
        if found and rules("structure").pattern("attached_line").match(words):
            where = _source(plan, paragraph.body + found.start(1), paragraph.body + found.end(1), "identity.attached_line", 0.85)
            return {"issuer": found.group(1), "provenance": {"issuer": where}}
    return {}


def _name_words(name: str) -> list[str]:
    """Words of a name for comparison: lower case, one tone placement, «UBND», «MTTQ» spelt out."""
    lowered = name.lower().replace("uỷ", "ủy").replace("ubnd", "ủy ban nhân dân")
    lowered = lowered.replace("ubmttq", "ủy ban mttq").replace("mttq", "mặt trận tổ quốc")
    return _WORD.findall(lowered)


def _extends(header: str, subject: str) -> bool:
    """The header says the same body in more words: «Ủy ban nhân dân tỉnh An Hòa» for «Ủy ban nhân dân tỉnh»."""
    long, small = _name_words(header), _name_words(subject)
    return len(long) > len(small) and long[: len(small)] == small


def _spells_out(header: str, subject: str) -> bool:
    """The header says the same words where the launch clause abbreviates: «Ủy ban nhân dân tỉnh Sông Lam» for «UBND tỉnh Sông Lam»."""
    return len(header) > len(subject) and _name_words(header) == _name_words(subject)


def _signing_body(plan: Plan) -> dict[str, object]:
    rule = rules("structure").pattern("authority")
    for paragraph in _zone(plan, "signature"):
        words = plan.words(paragraph)
        found = rule.match(words)
        if found and re.match(r"\s*(?:TM|T/M)", words):
            where = _source(plan, paragraph.body + found.end(), paragraph.end, "identity.signature", 0.7)
            return {"issuer": proper(words[found.end() :]), "provenance": {"issuer": where}}
    return {}


def _signature_lines(plan: Plan) -> list[tuple[int, int]]:
    """Lines of the signature block; a line in capitals that begins nothing of its own goes on the one before."""
    begins = [rules("structure").pattern(n) for n in ("authority", "position", "kind_line")]
    lines: list[tuple[int, int]] = []
    for paragraph in _zone(plan, "signature"):
        words = plan.words(paragraph).strip()
        before = plan.text[lines[-1][0] : lines[-1][1]] if lines else ""
        if before and is_caps(words) and is_caps(before) and len(words.split()) <= 3 and not any(p.match(words) for p in begins):
            lines[-1] = (lines[-1][0], paragraph.end)
        else:
            lines.append((paragraph.body, paragraph.end))
    return lines


def _signature(plan: Plan) -> dict[str, object]:
    """Authority (TM., T/M …), position and name of the signer, as the signature block gives them."""
    authority, position = rules("structure").pattern("authority"), rules("structure").pattern("position")
    person = rules("identity").pattern("person")
    out: dict[str, str] = {}
    sources: dict[str, FieldSource] = {}
    for start, end in _signature_lines(plan):
        words = " ".join(plan.text[start:end].split())
        where = _source(plan, start, end, "identity.signature", 0.95)
        if found := authority.match(words):
            out.setdefault("signing_authority", f"{found.group().strip()} {proper(words[found.end() :])}".strip())
            sources.setdefault("signing_authority", where)
        elif position.match(words):
            out["signer_position"], sources["signer_position"] = proper(words), where
        elif out and (found := person.match(words)) and not is_caps(words.replace(" ", "")):
            out["signer"], sources["signer"] = found["name"], where
    held = out.get("signing_authority", "")
    title = re.sub(r"^\S+\s*", "", held)
    if "signer_position" not in out and title and position.match(title.upper()):
        out["signer_position"] = title
    return {**out, "provenance": sources} if out else {}


def _recipients(plan: Plan) -> tuple[str, ...]:
    out: list[str] = []
    code = rules("identity").pattern("recipient_code")
    for paragraph in _zone(plan, "recipients"):
        words = plan.words(paragraph).strip()
        if rules("structure").pattern("recipients").match(words) and len(words) < 14:
            continue
        words = re.sub(r"^Nơi nhận\s*:?\s*", "", words, flags=re.I)
        for part in re.split(r";\s*(?:-\s*)?", words):
            part = code.sub("", part).strip(" ;,.-–")
            if part and not _CODE.match(part):
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
        long = _initials(alias, before) if alias.isupper() else _GROUP.split(before)[-1].strip()
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
    for part in (_kind(plan), _number(plan), _place_date(plan), _title(plan), _issuer(plan), _signature(plan)):
        sources = part.pop("provenance", {})
        if isinstance(sources, dict):
            provenance.update(sources)
        fields |= part
    fields |= {"recipients": _recipients(plan), "abbreviations": abbreviations(plan.text), "provenance": provenance}
    document = Document.model_validate(fields)
    if document.kind is None and document.title and document.key and is_letter(document.key):
        document = document.model_copy(update={"kind": "Công văn"})
    return document.model_copy(update={"regime": _regime(plan, document)})


def with_identity(plan: Plan) -> Plan:
    return replace(plan, document=identify(plan))

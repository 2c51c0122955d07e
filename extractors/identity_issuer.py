"""In whose name a document is issued (cơ quan ban hành): launch clause, header, closing, signature, in this order of trust.

The launch clause names the body as its subject; the header names it in capitals over its superior, and may spell out or lengthen
what the launch clause says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise, zip_longest

from extractors.casing import is_caps, proper
from extractors.citation_issuers import issuer_at
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.signs import spoken
from schemas.document import Paragraph
from schemas.record import FieldSource

_SIGNED = frozenset({"recipients", "signature"})
_BEHIND = _SIGNED | {"annex", "footnote"}
"""Zones that stand behind the signature by right."""
_WORD = re.compile(r"\w+")


def field_source(plan: Plan, start: int, end: int, rule: str, confidence: float) -> FieldSource:
    """Where a field stands in the text, by which rule, how sure."""
    return FieldSource(start=start, end=end, text=plan.text[start:end], rule=rule, confidence=confidence)


def zone(plan: Plan, *names: str) -> list[Paragraph]:
    """Paragraphs of these zones in reading order, those before the signature: what is printed behind it has an opening of its own."""
    out: list[Paragraph] = []
    signed = False
    for paragraph, here in zip(plan.paragraphs, plan.zones, strict=True):
        signed = signed or here in _SIGNED
        if here in names and (not signed or here in _BEHIND):
            out.append(paragraph)
    return out


def _launch(plan: Plan, header: str | None) -> tuple[int, int] | None:
    """Span of the grammatical subject of the launch clause, the last one of the opening. Below the opening somebody else may speak
    («… kết luận như sau:»): there nothing is looked for where the letterhead names the issuer."""
    rule, form, best = rules("identity").pattern("launch"), rules("identity").pattern("launch_form"), None
    opening = zone(plan, "opening")
    launches = [list(rule.finditer(plan.words(p))) for p in opening]
    opened = any(launches)
    if not opened:
        opening = [] if header else zone(plan, "purpose", "body")[:20]
        launches = [list(rule.finditer(plan.words(p))) for p in opening]
    for paragraph, here in zip(opening, launches, strict=True):
        base, words = paragraph.body, plan.words(paragraph)
        ordered = -1
        for found in here:
            start, end = found.span("subject")
            if ordered >= 0 and not re.search(r"[.;]\s", words[ordered:start]):
                continue  # «UBND tỉnh yêu cầu các sở và UBND các xã triển khai …»: those are told
            if told := rules("identity").pattern("commands").search(words, start, end):
                end = told.start()
            clause = max(words.rfind(". ", 0, end), words.rfind("; ", 0, end), words.rfind(": ", 0, end))
            start = _last_body(words, max(start, clause + 1), end)
            end = _before_note(words, start, end)
            speaks = header and found.group().endswith("kết luận") and not _concludes(plan)
            if not speaks and _is_subject(words, start, end) and (opened or form.search(words, end)):
                best = (base + start, base + end)
                ordered = end if rules("identity").pattern("orders_others").match(words[end:]) else -1
    return best


def _concludes(plan: Plan) -> bool:
    """The document is a conclusion itself; in the notice of a meeting «Chủ tịch … kết luận như sau:» is said of who spoke."""
    return any(re.match(r"KẾT\s+LUẬN", plan.words(p)) for p in zone(plan, "title")[:1])


def _is_subject(words: str, start: int, end: int) -> bool:
    """The name acts itself: it hangs on no «của», no «về việc» follows it, and its paragraph is no member of a list of bases."""
    rule = rules("identity").pattern("no_subject")
    return not rule.search(words[:start]) and not rule.search(words[start:end]) and not words.rstrip().endswith(";")


def _before_note(words: str, start: int, end: int) -> int:
    """End of the name itself: before «(sau đây gọi là …)», before «thống nhất với …»."""
    cut = rules("identity").pattern("note_behind_name").search(words[start:end])
    return start + cut.start() if cut else end


def _last_body(words: str, start: int, end: int) -> int:
    """Start of the last body named before the verb: «…, Kế hoạch 5 của Thành ủy, Đảng ủy Sở A | xây dựng» → Đảng ủy Sở A."""
    head = rules("identity").pattern("launch_head")
    places = [m.start() for m in head.finditer(words, start, end)]
    chosen, book = places[-1] if places else start, rules("identity")
    for place in reversed(places[:-1]):
        between = words[place:chosen]
        # A further head noun inside one name («Đảng ủy Sở A», «Ban Thường vụ Tỉnh ủy») stands without a comma before it.
        if book.pattern("left_together").search(between):
            chosen = place
            continue
        listed = re.search(r",\s*$", between) and book.pattern("and_inside").search(words[chosen:end]) and _begins(words, place)
        if listed:  # «Sở A, Sở B và Sở C | ban hành»
            chosen = place
            continue
        if re.search(r"[,;]\s*$", between) or (book.pattern("owned_or_aside").search(between) and not _begins(words, place)):
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
    header = zone(plan, "header")
    for paragraph, below in zip_longest(header, header[1:]):
        words = plan.words(paragraph).strip()
        if below and rules("identity").pattern("arrival").match(plan.words(below)):
            continue  # the stamp of who received it
        if paragraph.side == 2 or any(m.search(words) for m in motto) or rules("identity").pattern("number_line").match(words):
            continue
        if is_caps(words) and not words.startswith(("*", "-")) and len(words) < 120:
            lines.append(paragraph)
    names = _join_lines([plan.words(p).strip() for p in lines])
    if not names:
        return None, None, None
    where = field_source(plan, lines[0].start, lines[-1].end, "identity.header", 0.9)
    return cased(plan, names[-1]), (cased(plan, names[-2]) if len(names) > 1 else None), where


def cased(plan: Plan, name: str) -> str:
    """A name in capitals as the running text writes it, else by the lexicon, with the place of the date line in its own capitals."""
    for start, end in spoken(plan.text, name.split()):
        written = " ".join(plan.text[start:end].split())
        if not is_caps(written) and written[:1].isupper():
            return written
    dated = (rules("identity").pattern("place_date").search(plan.text[p.start : p.end]) for p in zone(plan, "header"))
    place = next((found["place"].strip(" ,.") for found in dated if found), "")
    return re.sub(rf"(?<!\w){re.escape(place)}(?!\w)", place, proper(name), flags=re.I) if len(place) > 3 else proper(name)


def _join_lines(lines: list[str]) -> list[str]:
    """Header lines to names: a line goes on the one before when it cannot begin a name («VÀ XÃ HỘI», «TỈNH AN HÒA»)."""
    head = rules("identity").pattern("header_head")
    names: list[str] = []
    for line in lines:
        repeats = names and line.startswith(f"{names[-1]} ")  # «KIỂM TOÁN NHÀ NƯỚC» over «KIỂM TOÁN NHÀ NƯỚC KHU VỰC IX»
        unfinished = names and rules("identity").pattern("name_unfinished").search(names[-1])
        if names and not repeats and (unfinished or not head.match(line)):
            names[-1] += " " + line
        else:
            names.append(line)
    return [n.strip(" *-–_") for n in names if n.strip(" *-–_")]


def issuer_of(plan: Plan, short: Mapping[str, str] | None = None) -> dict[str, object]:
    """Issuer and superior with their sources; ``short``: the short forms that the text introduces."""
    header, superior, where = _header_issuer(plan)
    if header and (line := decider(plan)) and (fuller := _fuller(header, line[0])):
        header, where = fuller, line[1]
    span = _launch(plan, header)
    subject = plan.text[span[0] : span[1]] if span else None
    if header and subject and (rules("identity").pattern("management").match(subject) or _heads(subject, header)):
        subject = span = None
    elif header and subject and span and (fuller := _fuller(header, subject)) not in {None, subject}:
        # «Chủ tịch UBND tỉnh yêu cầu …» under «ỦY BAN NHÂN DÂN»: the committee, with the level that its head names
        header, where = fuller, field_source(plan, span[1] - len(str(fuller)), span[1], "identity.launch", 0.9)
        subject = span = None
    out: dict[str, object] = {"superior": superior} if superior else {}
    bare = header.lower().replace("uỷ", "ủy") if header else ""
    board = rules("identity").pattern("standing_board").fullmatch(bare)
    organ = rules("identity").pattern("common_organ").fullmatch(bare)
    if header and superior and (board or (organ and not re.match(r"Đảng bộ\b", superior))):
        # A board or an organ of the body printed above it: «ỦY BAN MẶT TRẬN … TỈNH X» over «BAN THƯỜNG TRỰC», «TỈNH ỦY X» over
        # «VĂN PHÒNG».
        whole = f"{header} {superior}"
        header = whole if not subject or _extends(whole, subject) else header
    elif header and superior and bare.startswith("thường trực ") and superior.lower().startswith(bare[len("thường trực ") :]):
        whole = f"Thường trực {superior}"  # «HỘI ĐỒNG NHÂN DÂN XÃ X» over «THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN»
        header = whole if not subject or _extends(whole, subject) else header
    if subject and span:
        header = _with_board(subject, header) if header else header
        longer = header and (
            _extends(header, subject) or _spells_out(header, subject) or _says_in_full(header, subject, short or {})
        )
        if not longer and (closing := _closing_issuer(plan, subject)):
            out["issuer"] = plan.text[closing[0] : closing[1]]
            out["provenance"] = {"issuer": field_source(plan, *closing, "identity.closing", 0.9)}
            return out
        out["issuer"] = header if longer else subject
        out["provenance"] = {"issuer": where if longer and where else field_source(plan, *span, "identity.launch", 0.95)}
        return out
    if header and where:
        if closing := _closing_issuer(plan, header):
            name = plan.text[closing[0] : closing[1]]
            return out | {"issuer": name, "provenance": {"issuer": field_source(plan, *closing, "identity.closing", 0.9)}}
        return out | {"issuer": header, "provenance": {"issuer": where}}
    return out | (_wired_by(plan) or _above_bases(plan) or _signing_body(plan) or _attached_to(plan))


def _wired_by(plan: Plan) -> dict[str, object]:
    """«THỦ TƯỚNG CHÍNH PHỦ điện:» in a telegram without letterhead."""
    rule = rules("identity").pattern("wires")
    for paragraph in plan.paragraphs[:8]:
        found = rule.match(plan.words(paragraph))
        if found and is_caps(found["issuer"]):
            where = field_source(plan, paragraph.body + found.start(1), paragraph.body + found.end(1), "identity.wires", 0.9)
            return {"issuer": cased(plan, " ".join(found["issuer"].split())), "provenance": {"issuer": where}}
    return {}


def _above_bases(plan: Plan) -> dict[str, object]:
    """The issuer as the line above the bases names it, in a decision without letterhead."""
    found = decider(plan)
    return {"issuer": found[0], "provenance": {"issuer": found[1]}} if found else {}


def decider(plan: Plan) -> tuple[str, FieldSource] | None:
    """A decision names who decides in a line of its own above its bases: «ỦY BAN NHÂN DÂN TỈNH» over «Căn cứ Luật …»."""
    for line, below in pairwise(zone(plan, "header", "title", "opening")):
        words = rules("header").pattern("session").sub("", plan.words(line)).strip()
        if is_caps(words) and plan.words(below).lstrip("*_ ").startswith("Căn cứ"):
            name = cased(plan, words)
            if issuer_at(name, 0) == len(name):
                return name, field_source(plan, line.body, line.end, "identity.header", 0.85)
    return None


def _fuller(header: str, decides: str) -> str | None:
    """The letterhead's name as who decides is named above the bases, with the place that the letterhead leaves out («ỦY BAN NHÂN DÂN»
    over «CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HÒA») or with the blanks that a copy lost («BỘTƯ PHÁP»)."""
    body = rules("identity").pattern("head_of_body").sub("", decides)
    lost = body.count(" ") > header.count(" ") and _letters(body) == _letters(header)
    return body if lost or _extends(body, header) else None


def _letters(name: str) -> str:
    return "".join(_name_words(name))


def _closing_issuer(plan: Plan, subject: str) -> tuple[int, int] | None:
    """«Trên đây là Kế hoạch … của <cơ quan>»: the same body with the place that the launch clause leaves out."""
    for paragraph in zone(plan, "closing"):
        words = plan.words(paragraph)
        at = words.find(subject)
        end = issuer_at(words, at) if at >= 0 else None
        if end is not None and _extends(words[at:end], subject):
            return paragraph.body + at, paragraph.body + end
    return None


def _attached_to(plan: Plan) -> dict[str, object]:
    """An annex on its own names the issuer of its plan: «(Kèm theo Kế hoạch số … của Ủy ban nhân dân phường X)»."""
    for paragraph in zone(plan, "title"):
        words = plan.words(paragraph)
        found = rules("identity").pattern("attached_by").search(words)
        if found and rules("structure").pattern("attached_line").match(words):
            where = field_source(plan, paragraph.body + found.start(1), paragraph.body + found.end(1), "identity.attached_line", 0.85)
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


def _heads(subject: str, header: str) -> bool:
    """«Chủ tịch Ủy ban nhân dân tỉnh yêu cầu …» under the letterhead of that committee: it issues, its head speaks."""
    body = rules("identity").pattern("head_of_body").sub("", subject)
    return body != subject and (_name_words(header) == _name_words(body) or _extends(header, body))


def _with_board(subject: str, header: str) -> str:
    """The letterhead's name for the body whose board speaks in short: «Ban Thường vụ Đảng ủy xã» under «ĐẢNG ỦY XÃ TÂN LẬP» is the
    board of that commune. Without the place plans of two communes with one number look like one plan."""
    board = rules("identity").pattern("standing_board").match(subject.lower().replace("uỷ", "ủy"))
    rest = subject[board.end() :].strip() if board else ""
    return f"{subject[: board.end()]} {header}" if board and rest and _extends(header, rest) else header


def _spells_out(header: str, subject: str) -> bool:
    """The header says the same words where the launch clause abbreviates: «Ủy ban nhân dân tỉnh Sông Lam» for «UBND tỉnh Sông Lam»."""
    return len(header) > len(subject) and (_name_words(header) == _name_words(subject) or abbreviates(subject, header))


def _says_in_full(header: str, subject: str, short: Mapping[str, str]) -> bool:
    """The launch clause drops a word or calls the body by its short name: «Ủy ban nhân tỉnh» under «Ủy ban nhân dân tỉnh An Hòa»,
    «Ban Chỉ đạo 389» or «Ban Chỉ đạo 389 tỉnh» under «Ban Chỉ đạo phòng, chống buôn lậu tỉnh An Hòa»."""
    long = _name_words(header)
    if _name_words(short.get(" ".join(subject.split()), "")) == long:
        return True
    said = _name_words(" ".join(w for w in subject.split() if not w.isdigit() and not (w.isupper() and _name_words(w) == [w.lower()])))
    if len(long) <= len(said) or len(said) < 3 or said[:2] != long[:2]:
        return False
    rest = iter(long)
    return all(word in rest for word in said)


def abbreviates(subject: str, header: str) -> bool:
    """The launch clause gives the name by its letters: «Bộ GDĐT» for «Bộ Giáo dục và Đào tạo»."""
    short, long = subject.split(), [w for w in re.findall(r"[^\W\d_]+", header) if w.lower() != "và"]
    if len(short) < 2:
        return False
    level, letters = short[:-1], short[-1].replace("&", "")
    if len(letters) < 3 or not letters.isupper() or [w.lower() for w in long[: len(level)]] != [w.lower() for w in level]:
        return False
    return "".join(w[0] for w in long[len(level) :]).upper() == letters


def _signing_body(plan: Plan) -> dict[str, object]:
    rule = rules("structure").pattern("authority")
    for paragraph in zone(plan, "signature"):
        words = plan.words(paragraph)
        found = rule.match(words)
        if found and re.match(r"\s*(?:TM|T/M)", words):
            where = field_source(plan, paragraph.body + found.end(), paragraph.end, "identity.signature", 0.7)
            return {"issuer": proper(words[found.end() :]), "provenance": {"issuer": where}}
    return {}

"""Who acts on a duty (chủ trì, phối hợp), in the order of the field: trailer or table column, own subject (``duty_own``), nearest
heading that addresses somebody, launch clause. Every answer carries the rule that gave it; nothing is guessed beyond these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors import trailers
from extractors.actions import begins_with_act
from extractors.duty_lead_ins import commands_itself
from extractors.duty_over import over_headings
from extractors.duty_own import own_lead, topic_of
from extractors.duty_reading import SENTENCE, Draft, Fields, Reading, Who, span_of
from extractors.duty_sanctions import imposed_until, imposer_behind
from extractors.duty_views import says_view
from extractors.field_acts import by_acts
from extractors.lead_ends import behind_topic, beside_doer, by_heading_roles, in_heading_brackets, marked, of_heading
from extractors.plan import Node, Plan
from extractors.rulebook import rules
from extractors.signs import search
from extractors.unit_headings import heading_of
from extractors.unit_names import Name, list_names
from extractors.unit_np import parse_one
from extractors.unit_persons import addressed
from extractors.unit_roles import Assignment, assignment_of, directs_whom
from extractors.unit_subjects import FILLER
from extractors.unit_support import goes_along
from extractors.unit_words import Words, fold
from schemas.record import Modality


def _names(plan: Plan, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    out: list[str] = []
    for start, end in spans:
        value = plan.text[start:end]
        asked = rules("duties").pattern("asks_first").match(value)
        value = value[asked.end() :] if asked else value
        for extra in ("manner_behind_names", "role_behind_name"):
            value = rules("duties").pattern(extra).sub("", value)
        added = rules("duties").pattern("added_up").split(value) if "+" in value or "&" in value else [value]
        for part in map(_names_alone, added):  # «Văn phòng + Thanh tra»
            found = [n.name for n in addressed(part)] or ([part.strip(" .;,-")] if part.strip(" .;,-") else [])
            out.extend(n for n in found if n not in out)
    return tuple(out)


def _names_alone(value: str) -> str:
    """«Ban A; Sở B | ; ban hành hướng dẫn trong tháng 3»: the names without what is to be done, said behind them."""
    parts = value.split("; ")
    kept = next((n for n, part in enumerate(parts) if n and begins_with_act(part) and not list_names(Words(part), 0)[0]), len(parts))
    return "; ".join(parts[:kept])


def _unfold(plan: Plan, fields: Fields) -> None:
    """A cell that itself holds labelled fields («Chủ trì: Sở A; phối hợp: Sở B») gives each to its own column."""
    for column in (fields.lead, fields.support):
        for span in list(column):
            home: trailers.Field = "lead" if column is fields.lead else "support"
            inner = trailers.parse(plan.text, *span) or trailers.joined(plan.text, *span, home)
            if inner:
                column.remove(span)
                for part in inner:
                    fields.add(part.field, (part.start, part.end))
            elif column is fields.lead and (told := trailers.told_by_roles(plan.text, *span)) and told[0].field == home:
                column.remove(span)
                for part in told:
                    fields.add(part.field, (part.start, part.end))
            elif acts := by_acts(plan.text, *span, "lead" if column is fields.lead else "support"):
                column.remove(span)
                for role, a, b in acts:
                    fields.add(role, (a, b))
            elif column is fields.lead and (helpers := rules("duties").pattern("helps_after").search(plan.text, *span)):
                column[column.index(span)] = (span[0], helpers.start())  # «Phòng A; các phòng liên quan phối hợp»
                fields.add("support", helpers.span("who"))
            elif column is fields.lead and (beside := beside_doer(plan.text, *span)):
                column[column.index(span)] = beside.span("lead")  # «Phòng Kinh tế cùng Công an xã»
                fields.add("support", beside.span("who"))


def _from_fields(plan: Plan, draft: Draft) -> Who:
    if not draft.fields.lead and not draft.fields.support:
        return Who()
    _unfold(plan, draft.fields)
    asked = any(rules("duties").pattern("asks_first").match(plan.text[a:b]) for a, b in draft.fields.lead)
    lead, support = _names(plan, draft.fields.lead), _names(plan, draft.fields.support)
    role = rules("duties").pattern("role_in_cell")
    inner = [assignment_of(plan.text, a, b) for a, b in draft.fields.lead if role.search(plan.text, a, b)]
    for a, b in draft.fields.lead:
        if told := marked(plan.text[a:b]):
            lead, support = told[0], (*support, *(s for s in told[1] if s not in support))
            inner = []
    for found in inner:
        if found.lead_names:
            lead, support = found.lead_names, (*support, *(s for s in found.support_names if s not in support))
    return Who(lead, support, rule="lead.column" if draft.in_table else "lead.trailer", request=asked)


def _lent(plan: Plan, start: int, end: int, found: Assignment) -> tuple[str, ...]:
    """Support that a lead-in hands down; one that is a duty itself keeps its own."""
    return () if found.support_names and commands_itself(plan.text[start:end]) else found.support_names


def inherited(plan: Reading, draft: Draft) -> Who:
    """Addressee of the nearest heading or lead-in above that names one."""
    node = plan.nodes[draft.index]
    if plan.zones[draft.index] == "footnote" and node.parent is not None:
        own = assignment_of(plan.text, *span_of(plan, plan.nodes[node.parent]))
        if own.lead_names:
            return Who(own.lead_names, rule="lead.host")
    up = node.parent
    if up is not None and node.role == "text" and plan.nodes[up].role == "item" and (item := _of_item(plan, plan.nodes[up])).lead:
        return item
    while up is not None:
        above = plan.nodes[up]
        start, end = span_of(plan, above)
        if over := over_headings(plan, up, draft.index):
            return over
        if told := by_heading_roles(plan.text, start, end):
            return told
        if above.lead_in and says_view(plan, up):
            up = above.parent
            continue
        if above.lead_in and (later := _in_last_sentence(plan, up)):
            return Who(later.lead_names, rule=f"lead.lead_in.{later.rule}")
        found = heading_of(plan.text, start, end)
        if found and found.names:
            extra = assignment_of(plan.text, start, end) if found.rule in {"assign", "heading_subject"} else Assignment()
            return Who(found.names, _lent(plan, start, end, extra), rule=f"lead.{found.rule}")
        if above.lead_in and (own := assignment_of(plan.text, start, end)).lead_names:
            return Who(own.lead_names, _lent(plan, start, end, own), rule=f"lead.lead_in.{own.rule}")
        if above.lead_in and (topic := topic_of(plan, Draft(up, start, end, above.section))):  # «Sở A: Chủ trì kiểm tra …, cụ thể:»
            return Who(topic[0], rule=f"lead.{topic[1]}")
        if above.role == "heading" and (told := in_heading_brackets(plan.text, start, end) or behind_topic(plan.text, start, end)):
            return told
        if ended := of_heading(plan, start, end):
            return replace(ended, rule=f"lead.{ended.rule}")
        up = above.parent
    return _beside(plan, node.index) or _issues(plan, node) or plan.launched


_PAPERS = 200
"""Characters of the longest title over a list of papers."""


def _issues(plan: Reading, node: Node) -> Who | None:
    """The body whose papers are listed, where no heading says who does it: «Ban hành các nghị quyết của HĐND tỉnh về:» over «- Mức thu
    phí chợ;», «3. Các chỉ thị của Tỉnh ủy» over «a) Chỉ thị về bảo vệ rừng»."""
    up, book = node.parent, rules("duties")
    while up is not None:
        words = plan.words(plan.paragraphs[up])
        title = book.pattern("papers_of").match(words) if len(words) < _PAPERS else None
        named = list_names(Words(words, title.end(), len(words)), 0)[0] if title else []
        if named and book.pattern("papers_follow").match(words[named[-1].end :]):
            return Who(tuple(n.name for n in named), rule="lead.issues")
        up = plan.nodes[up].parent
    return None


def _of_item(plan: Reading, item: Node) -> Who:
    """Who acts in an item that a paragraph without a number goes on with («2. Sở A lập kế hoạch.» | «Định kỳ kiểm tra …»)."""
    own = own_lead(plan, Draft(item.index, *span_of(plan, item), item.section))[0]
    return Who(own.lead, rule=own.rule)


def _in_last_sentence(plan: Reading, index: int) -> Assignment | None:
    """Whose the items below a lead-in are, where a second sentence of it says so («Thư ký đọc báo cáo. Người chủ trì có trách nhiệm:»);
    read once for all of them."""
    if index not in plan.last_sentences:
        start, end = span_of(plan, plan.nodes[index])
        stops = [m.end() for m in SENTENCE.finditer(plan.text, start, end) if plan.text[m.start()] == "."]
        last = assignment_of(plan.text, stops[-1], end) if stops else Assignment()
        asked = heading_of(plan.text, stops[-1], end) if last.rule == "subject" else None
        if asked and asked.rule == "heading_subject":
            doers = (Name(a, b, name) for (a, b), name in zip(asked.spans, asked.names, strict=True))
            last = Assignment("assign", tuple(doers))  # «HĐND tỉnh thống nhất. HĐND tỉnh đề nghị | UBND tỉnh | …:»
        plan.last_sentences[index] = last if last.rule in {"subject", "assign"} and last.lead_names else None
    return plan.last_sentences[index]


def _beside(plan: Reading, index: int) -> Who | None:
    """Who acts in the lead-in beside an item or beside what it stands under («- Ban A giám sát …. Cụ thể:» | «- Việc niêm yết …;»)."""
    up: int | None = index
    while up is not None and up not in plan.particulars:
        up = plan.nodes[up].parent
    own = assignment_of(plan.text, *span_of(plan, plan.nodes[plan.particulars[up]])) if up is not None else Assignment()
    return Who(own.lead_names, rule=f"lead.lead_in.{own.rule}") if own.lead_names else None


def who_does(plan: Reading, draft: Draft, force: Modality, own: Who) -> Who:
    given = _from_fields(plan, draft)
    hands_over = own.rule == "lead.assign" and not draft.in_table and plan.text[draft.start : draft.start + 4].lower() == "giao"
    if given.lead and hands_over and set(own.lead).isdisjoint(given.lead):
        others = dict.fromkeys((*own.support, *given.support, *given.lead))
        return replace(own, support=tuple(others), overruled=True)
    if given.lead:
        others = dict.fromkeys((*own.support, *given.support))  # the item's own «phối hợp với …» stands beside the field line
        return replace(own, lead=given.lead, support=tuple(others), rule=given.rule, request=given.request)
    if force == "sanction":
        return _sanction_lead(plan, draft, own)
    post = _opens_with_post(plan.text, draft)
    if goes_along(plan.text, draft.start, draft.end, own.lead) and (above := inherited(plan, draft)).rule in _BODY_ABOVE:
        return Who(above.lead, given.support or (*own.support, *own.lead), own.report_to, own.advise_to, above.rule)
    if _leads_others(plan, draft, own) and (above := inherited(plan, draft)).rule in _BODY_ABOVE and _of_party(above):
        return Who(above.lead, given.support or own.support, own.report_to, own.advise_to, above.rule)
    if not own.lead or post or _doubtful(plan, draft, own):
        above = inherited(plan, draft)
        if not (own.lead or above.lead) and (directed := directs_whom(plan.text, draft.start, draft.end)):
            return replace(own, lead=directed, rule="lead.directed")
        if not own.lead and (called := _called_again(plan.text, draft, above)):
            return replace(own, lead=called, rule="lead.heading_name")
        if not own.lead or (_holds_post(above) if post else _outweighs(above, own)):
            return Who(above.lead, given.support or own.support or above.support, own.report_to, own.advise_to, above.rule)
    return replace(own, support=given.support) if given.support else own


_CALLED = 60
"""Characters of a name before the colon of an item."""


def _called_again(text: str, draft: Draft, above: Who) -> tuple[str, ...]:
    """«7. Kế toán, nhân viên y tế, bảo vệ» | «+ Bảo vệ: mở cổng …»: one of those whom the heading names, called before the colon."""
    colon = text.find(":", draft.start, min(draft.end, draft.start + _CALLED))
    said = text[draft.start : colon].strip(FILLER) if colon > 0 and len(above.lead) > 1 else ""
    return (said,) if said and fold(said) in map(fold, above.lead) else ()


_PARTY = frozenset({"party-committee", "party-cell", "party-organisation"})
"""Kinds of bodies whose work it is to lead others."""
_LEADS = "Lãnh đạo "


def _leads_others(plan: Reading, draft: Draft, own: Who) -> bool:
    """«Lãnh đạo Thanh tra tỉnh, Sở Tư pháp công khai …»: the item begins with whom somebody may lead, no office of the Party itself."""
    opens = own.rule == "lead.subject" and bool(own.lead) and own.lead[0].startswith(_LEADS)
    if not opens or not plan.text.startswith(_LEADS, draft.start):
        return False
    led = [parse_one(Words(name.removeprefix(_LEADS)), 0) for name in own.lead]
    return all(np is not None and not np.kind.startswith("party") for np in led)


def _of_party(above: Who) -> bool:
    """The heading is that of Party committees or cells: below it «lãnh đạo» is their act and no persons («Đảng ủy Sở: | Lãnh đạo Văn phòng
    Sở công khai …»)."""
    named = [parse_one(Words(name), 0) for name in above.lead]
    return bool(named) and all(np is not None and np.kind in _PARTY for np in named)


_ASKED = frozenset({"lead.assign", "lead.encourages"})
"""Rules by which an item names those of whom it is asked."""
_BODY_ABOVE = frozenset({"lead.heading_name", "lead.heading_for", "lead.heading_responsibility"})
"""Rules by which a heading is a body's own."""


def _doubtful(plan: Reading, draft: Draft, own: Who) -> bool:
    """Whether the words of an item leave open that a heading above tells who acts: what is asked of a group («Yêu cầu các đơn vị …») or
    shared out among it («Phân công nhiệm vụ cho các tổ …»),
    and names alone in brackets at its end («… người ứng cử (Quốc hội, HĐND tỉnh)»)."""
    book, words = rules("duties"), plan.text[draft.start : draft.end]
    if own.rule in _ASKED:
        closes = words.rstrip().endswith("./.")  # the closing words of the plan
        below = any(book.pattern(name).match(plan.text, draft.start, draft.end) for name in ("asks_group", "shares_out"))
        return not closes and (own.rule != "lead.assign" or below)
    at = words.rfind("(") if own.rule == "lead.brackets" else -1
    return at >= 0 and not book.pattern("bracket_assigns").match(words[at + 1 :].rstrip(" .;)"))


def _outweighs(above: Who, own: Who) -> bool:
    """Whether a heading that is a body's goes before the names in a doubtful item: «6. Sở A: | Yêu cầu các đơn vị bảo trì …» is for the
    heading's body to require of those whom it looks after, but what is asked of the body itself («Các phòng: | Yêu cầu các phòng …»)
    comes from the issuer; several others in brackets explain what stands before them and give nobody the work."""
    if own.rule in _ASKED:
        asked = own.lead[0].lower()
        return above.rule in _BODY_ABOVE and not any(asked in name.lower() or name.lower() in asked for name in above.lead)
    return above.rule == "lead.heading_name" and len(own.lead) > 1 and set(above.lead).isdisjoint(own.lead)


def _opens_with_post(text: str, draft: Draft) -> bool:
    """«Ủy viên Ban Chỉ đạo, | tham mưu bố trí kinh phí»: a post before a comma, and then its work."""
    post = rules("duties").pattern("post_first").match(text, draft.start, draft.end)
    return post is not None and (begins_with_act(text[post.end() : draft.end]) or post["answers"] is not None)


_BOARDS = frozenset({"team", "steering-committee", "council", "board"})
"""Kinds of bodies whose own members are listed below their name."""


def _holds_post(above: Who) -> bool:
    """«1. Hiệu trưởng | - Trưởng Ban Chỉ đạo, chịu trách nhiệm …»: the one whom the heading names holds that post; below «Hội đồng thi»
    the posts are those of its members."""
    if above.rule != "lead.heading_name" or len(above.lead) != 1:
        return False
    named = parse_one(Words(above.lead[0]), 0)
    return named is None or not (named.kind in _BOARDS or named.plural or named.determiner)


def _imposer(plan: Reading, above: Node) -> tuple[str, ...]:
    """The one body or office holder that the heading consists of: «2. Ủy ban Kiểm tra: | - Xem xét, thi hành kỷ luật …»; a heading
    «Đối với …» names whom it meets."""
    start, end = span_of(plan, above)
    found = heading_of(plan.text, start, end)
    said = plan.text[start:end].strip(" :.*\t")
    return found.names if found and list(found.names) == [said] and rules("duties").pattern("imposer").match(said) else ()


def _blamed(plan: Reading, draft: Draft, text: str) -> tuple[str, ...]:
    """Whom a heading «Đối với X» makes answerable, where the item is about X («Người đứng đầu để xảy ra … thì bị …»)."""
    up = plan.nodes[draft.index].parent
    found = heading_of(plan.text, *span_of(plan, plan.nodes[up])) if up is not None else None
    if found is None or found.rule != "heading_for":
        return ()
    about = text.lower().startswith(tuple(name.lower() for name in found.names)) or rules("duties").pattern("at_fault").match(text)
    return found.names if about else ()


_SUFFERS = ("is_punished", "spared", "offender_punished", "merit_denied", "put_aside", "fault_punished")
"""Rules of what is done to the subject of a sanction, who therefore imposes nothing."""


def _sanction_lead(plan: Reading, draft: Draft, own: Who) -> Who:
    """Who imposes it, else nobody; a heading that names the liable or exempted body stays (GUIDE, cases settled)."""
    text = plan.text[draft.start : draft.end]
    book = rules("duties")
    liable = book.pattern("liable").match(text) or book.pattern("exempts").match(text)
    node = plan.nodes[draft.index]
    above = plan.nodes[node.parent] if node.parent is not None else None
    spared = above is not None and book.pattern("exempts").search(plan.text[slice(*span_of(plan, above))])
    if liable or spared:
        found = inherited(plan, draft)
        return replace(own, lead=found.lead, rule=found.rule)
    if imposed := search(book["imposed_by"], text):  # «Đảng viên vi phạm thì | Chi ủy | gợi ý kiểm điểm»
        by = list_names(Words(text, *imposed.span("who")), 0)[0]
        return replace(own, lead=tuple(n.name for n in by), rule="lead.imposer" if by else "")
    if later := imposer_behind(plan.text, draft.start, draft.end):
        return replace(own, lead=later, rule="lead.imposer")
    if not own.lead and book.pattern("imposes").match(text) and above is not None and (who := _imposer(plan, above)):
        return replace(own, lead=who, rule="lead.imposer")
    imposed_in = plan.text[draft.start : imposed_until(plan.text, draft.start, draft.end)] if own.lead else text
    suffers = any(book.pattern(name).search(imposed_in) for name in _SUFFERS)
    if own.lead and not suffers:
        return own
    if suffers and (blamed := _blamed(plan, draft, text)):
        return replace(own, lead=blamed, rule="lead.heading_for")
    return replace(own, lead=(), rule="")

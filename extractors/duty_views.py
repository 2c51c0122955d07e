"""What the issuer finds, agrees to or notes itself («Thường trực Đảng ủy cơ bản nhất trí với báo cáo»), and the results it counts up.

Conclusions of a meeting tell of these before they give work to anybody: they are no duties, and the one who speaks is nobody's addressee.
Source: domain.md 4.1.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import labels
from extractors.duty_prose import is_statement
from extractors.duty_reading import LEAD_IN, SENTENCE, Draft, Reading, span_of
from extractors.identity_issuer import abbreviates
from extractors.plan import Plan
from extractors.registry import spell_out
from extractors.rulebook import rules
from extractors.signs import held
from extractors.unit_roles import assignment_of
from extractors.unit_words import fold

_STOP = re.compile(r"\.\s+")
_LONGEST = 1500
"""Characters of the longest paragraph that is asked."""


def issues(plan: Plan, name: str) -> bool:
    """Whether ``name`` is the issuer of the plan, in short or by its standing organ («UBND thành phố», «Ban Thường trực …»)."""
    if plan.document.issuer and abbreviates(name, plan.document.issuer):
        return True
    if rules("duties").pattern("those_met").fullmatch(name):
        return True
    issuer, own = (" ".join(spell_out(n, {}).lower().split()) for n in (plan.document.issuer or "", name))
    standing = rules("units").pattern("standing_organ")
    own, issuer = standing.sub("", fold(own), count=1), fold(issuer)
    return bool(issuer) and (not own or issuer.startswith(own) or standing.sub("", issuer, count=1).startswith(own))


def only_views(plan: Reading, words: str) -> bool:
    """Whether a paragraph holds nothing but views of the issuer and statements."""
    if len(words) > _LONGEST or not held(rules("duties")["views"], words.lower()):
        return False
    said = SENTENCE.split(words)
    if any(": " in part and (_is_view(plan, part) or _goes_on(part)) for part in said):
        said = _STOP.split(words)  # «… ghi nhận nỗ lực của các sở: Tài chính; Nội vụ; Công an tỉnh trong việc trả lời …»
    views = [_is_view(plan, part) for part in said]
    return any(views) and all(view or _goes_on(part) or is_statement(part) for view, part in zip(views, said, strict=True))


def behind_views(plan: Plan, draft: Draft) -> Draft:
    """The draft from where its first sentence ends, if that is a view («Ban Thường vụ nhất trí với tờ trình. | Giao Văn phòng …»), or
    from the order behind the matter («Về quy chế làm việc của Đảng ủy: | Giao Văn phòng …»)."""
    if not draft.in_table and (matter := rules("duties").pattern("matter_then_order").match(plan.text, draft.start, draft.end)):
        return replace(draft, start=matter.end())
    stop = SENTENCE.search(plan.text, draft.start, min(draft.end, draft.start + _LONGEST))
    if draft.in_table or stop is None or not _is_view(plan, plan.text[draft.start : stop.start()]):
        return draft
    return replace(draft, start=stop.end())


def says_view(plan: Reading, index: int) -> bool:
    """Whether the last sentence of a lead-in is the issuer's own («…; Ban Thường vụ lưu ý:»): it names nobody for what follows."""
    last = SENTENCE.split(plan.text[slice(*span_of(plan, plan.nodes[index]))][-LEAD_IN:])[-1]
    return _is_view(plan, last) or _goes_on(last)


def _is_view(plan: Plan, said: str) -> bool:
    rule = rules("duties")["views"]
    found = rule.pattern.match(said) if held(rule, said.lower()) else None
    return found is not None and issues(plan, found["who"]) and assignment_of(said).rule != "assign"


def _goes_on(said: str) -> bool:
    """«Đồng thời, ghi nhận sự nỗ lực …», «lưu ý một số nội dung sau:» behind a view."""
    return rules("duties").pattern("views_go_on").match(said) is not None and assignment_of(said).rule != "assign"


def in_review(plan: Reading) -> frozenset[int]:
    """Nodes that count up results or shortcomings under a lead-in that says so («…, thể hiện trên các mặt:»); bullets of another kind
    beside them do not."""
    rule, glyph, found = rules("duties").pattern("results_follow"), dict[int, str](), set[int]()
    for node in plan.nodes:
        up = node.parent
        if up is None:
            continue
        style, above = labels.parse(plan.paragraphs[node.index].label).style, plan.paragraphs[up]
        told = plan.nodes[up].lead_in and rule.search(plan.words(above)[-LEAD_IN:])
        if up in found or (told and glyph.setdefault(up, style) == style):
            found.add(node.index)
    return frozenset(i for i in found if assignment_of(plan.text, *span_of(plan, plan.nodes[i])).rule != "assign")

"""Answers of the graph as lines a person reads: no codes of the program, dates as offices write them; Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.graph.gaps import Gap, Gaps
from pipeline.graph.questions import LEVEL_NAMES, Group, Impact, Step, Timeline
from pipeline.report.markdown import clip
from pipeline.report.texts import number, texts, vn_date

LIMIT = 40
"""Duties shown one by one; the rest are counted."""

_VI = {
    "none": "Không có.", "only_cited": "chỉ được dẫn", "no_way": "Không có đường nối hai văn bản này.", "document": "Văn bản",
    "changed_by": "Bị sửa đổi, thay thế, bãi bỏ bởi", "plans": "Kế hoạch bên dưới", "others": "Văn bản khác có dẫn", "bodies": "Cơ quan",
    "duties_citing": "Nhiệm vụ dẫn trực tiếp văn bản này", "duties": "Nhiệm vụ của các kế hoạch bên dưới",
    "more": "… và {n} nhiệm vụ nữa; danh sách đủ ở register.xlsx.", "owed": "Nơi được giao ban hành kế hoạch",
    "more_documents": "… và {n} văn bản nữa ({counts}); xem đủ bằng --all.",
    "nobody": "Văn bản này không giao nơi nào ban hành kế hoạch (theo những nhiệm vụ đọc được).", "in_hand": "đã có kế hoạch",
    "missing": "chưa thấy kế hoạch", "members_unknown": "chưa rõ gồm những nơi nào, cần người đối chiếu với các kế hoạch bên dưới",
    "duty": "Nhiệm vụ", "below": "Kế hoạch của nơi không được giao trong văn bản",
    "unknown": "Văn bản này chưa có trong tay (chỉ được dẫn), nên không biết nó giao nhiệm vụ cho ai: chưa kết luận được nơi nào còn thiếu "
    "kế hoạch. Hãy bổ sung văn bản rồi chạy lại.",
    "held_below": "Kế hoạch bên dưới đang có trong tay", "undated": "chưa rõ số ngày", "days": "{n} ngày từ văn bản gốc",
    "own_days": "{n} ngày từ cấp trên trực tiếp", "median": "Theo cấp (trung vị số ngày từ văn bản gốc)",
    "level": "{level}: {n} văn bản, {days} ngày", "no_level": "chưa rõ cấp", "same_number": "Một số, nhiều tệp",
    "same_title": "Trùng trích yếu và nơi ban hành", "candidate": "Có thể là một văn bản", "files": "tệp",
}  # fmt: skip
_EN = {
    "none": "None.", "only_cited": "only cited", "no_way": "Nothing joins these two documents.", "document": "Document",
    "changed_by": "Amended, replaced or repealed by", "plans": "Plans below", "others": "Other documents that refer to it",
    "bodies": "Bodies", "duties_citing": "Duties that cite this document", "duties": "Duties of the plans below",
    "more": "… and {n} more duties; all are in register.xlsx.", "owed": "Bodies that owe a plan",
    "more_documents": "… and {n} more documents ({counts}); all of them by --all.",
    "nobody": "This document obliges nobody to issue a plan (as far as its duties were read).", "in_hand": "plan in hand",
    "missing": "no plan seen", "members_unknown": "members not known, to be compared with the plans below by a person", "duty": "Duty",
    "below": "Plans of bodies the document does not oblige",
    "unknown": "This document is not in hand (only cited): whom it obliges is unknown, so nothing can be said of missing plans.",
    "held_below": "Plans in hand below it", "undated": "days unknown", "days": "{n} days from the root",
    "own_days": "{n} days from its own parent", "median": "By level (median days from the root)",
    "level": "{level}: {n} documents, {days} days", "no_level": "level unknown", "same_number": "One number, several files",
    "same_title": "Same title and issuer", "candidate": "May be one document", "files": "files",
}  # fmt: skip
_LEVELS_EN = {
    "central": "Central", "ministry": "Ministry", "province": "Province", "department": "Department", "district": "District",
    "commune": "Commune", "unit": "Unit",
}  # fmt: skip

Words = Mapping[str, tuple[str, str]]


def _words(language: str) -> dict[str, str]:
    return _EN if language == "en" else _VI


def _step(step: Step, w: Mapping[str, str]) -> str:
    held = ", ".join(step.files) if step.in_hand else w["only_cited"]
    return f"{step.name} ({held})" + (f", {vn_date(step.issued_on)}" if step.issued_on else "")


def _list(head: str, lines: Sequence[str], w: Mapping[str, str]) -> list[str]:
    return [f"{head}:", *(f"  - {line}" for line in lines)] if lines else [f"{head}: {w['none'].rstrip('.').lower()}"]


def steps(answer: Sequence[Step], language: str = "vi", *, way: bool = False) -> str:
    """Documents, one a line; ``way``: they are the way between two documents."""
    w = _words(language)
    return "\n".join(f"- {_step(s, w)}" for s in answer) or w["no_way" if way else "none"]


def impact(answer: Impact, words: Words, language: str = "vi") -> str:
    """What hangs on a document. ``words``: document and text of each duty by id."""
    w, t = _words(language), texts(language)
    lines = [f"{w['document']}: {_step(answer.document, w)}"]
    for head, found, number_of in (("changed_by", answer.changed_by, 0), ("others", answer.others, sum(n for _, n in answer.citing))):
        lines += _list(w[head], [f"{t(f'relation.{relation}')}: {_step(s, w)}" for relation, s in found], w)
        if number_of > len(found):
            counts = "; ".join(f"{t(f'relation.{relation}')}: {n}" for relation, n in answer.citing)
            lines.append(f"  {w['more_documents'].format(n=number_of - len(found), counts=counts)}")
    lines += _list(w["plans"], [_step(s, w) for s in answer.plans], w)
    lines += _list(w["bodies"], answer.bodies, w)
    for head, ids in (("duties_citing", answer.duties_citing), ("duties", answer.duties)):
        if ids is not None:
            count = max(len(ids), answer.duties_citing_count or 0) if head == "duties_citing" else len(ids)
            lines += _list(f"{w[head]} ({count})" if ids else w[head], [_duty(d, words) for d in ids[:LIMIT]], w)
            lines += [f"  {w['more'].format(n=count - LIMIT)}"] if count > LIMIT else []
    return "\n".join(lines)


def _duty(name: str, words: Words) -> str:
    """A duty by its document, section and words; ids are the program's own."""
    node, _, own = name.split("::", 2) if name.count("::") >= 2 else (name, "", "")
    document, text = words.get(name, (node, ""))
    section = own.partition("#")[0]
    return ", ".join(x for x in (document, section) if x) + (f": {clip(text, 140)}" if text else "")


def gaps(answer: Gaps, language: str = "vi") -> str:
    """Who owes a plan and whether one is in hand; where the document is not in hand, that nobody can say."""
    w = _words(language)
    lines = [f"{w['document']}: {_step(answer.directive, w)}"]
    if not answer.known:
        return "\n".join([*lines, w["unknown"], *_list(w["held_below"], [_step(s, w) for s in answer.without_duty], w)])
    if not answer.rows:
        lines.append(w["nobody"])
    else:
        lines.append(f"{w['owed']}:")
        for row in answer.rows:
            lines += _gap(row, w)
    below = w["below" if answer.rows else "held_below"]
    return "\n".join([*lines, *_list(below, [_step(s, w) for s in answer.without_duty], w)])


def _gap(row: Gap, w: Mapping[str, str]) -> list[str]:
    plans = [f"      + {_step(s, w)}" for s in row.plans]
    return [f"  - {row.body}: {w[row.state]}", f"      {w['duty']}: {clip(row.text, 160)}", *plans]


def timeline(answer: Timeline, language: str = "vi") -> str:
    """Days from a directive to each document below, then the median of each level."""
    w = _words(language)
    lines = [f"{w['document']}: {_step(answer.directive, w)}"]
    for moment in answer.moments:
        after = [w["undated"] if moment.days is None else w["days"].format(n=moment.days)]
        after += [] if moment.days_from_parent is None else [w["own_days"].format(n=moment.days_from_parent)]
        lines.append(f"{'  ' * moment.depth}- {_step(moment.document, w)}: {'; '.join(after)}")
    names = _LEVELS_EN if language == "en" else LEVEL_NAMES
    levels = [w["level"].format(level=names.get(k, w["no_level"]), n=n, days=number(d, language)) for k, n, d in answer.by_level]
    return "\n".join([*lines, *(_list(w["median"], levels, w) if levels else [])] if answer.moments else [*lines, w["none"]])


def duplicates(answer: Sequence[Group], language: str = "vi") -> str:
    """Documents that look like one, with their files."""
    w = _words(language)
    return "\n".join(f"- {w[g.reason]}: {', '.join(g.nodes)} ({w['files']}: {', '.join(g.files)})" for g in answer) or w["none"]

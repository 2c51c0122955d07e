"""Answers of the graph as lines a person reads: no codes of the program, dates as offices write them; Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.graph.gaps import Gap, Gaps
from pipeline.graph.questions import Group, Impact, Step, Timeline
from pipeline.report.markdown import clip
from pipeline.report.texts import number, texts, vn_date

LIMIT = 40
"""Duties shown one by one; the rest are counted."""

Words = Mapping[str, tuple[str, str]]


def _step(step: Step, w: Mapping[str, str]) -> str:
    held = ", ".join(step.files) if step.in_hand else w["only_cited"]
    return f"{step.name} ({held})" + (f", {vn_date(step.issued_on)}" if step.issued_on else "")


def _list(head: str, lines: Sequence[str], w: Mapping[str, str]) -> list[str]:
    return [f"{head}:", *(f"  - {line}" for line in lines)] if lines else [f"{head}: {w['none'].rstrip('.').lower()}"]


def steps(answer: Sequence[Step], language: str = "vi", *, way: bool = False) -> str:
    """Documents, one a line; ``way``: they are the way between two documents."""
    w = texts(language).section("answers")
    return "\n".join(f"- {_step(s, w)}" for s in answer) or w["no_way" if way else "none"]


def impact(answer: Impact, words: Words, language: str = "vi") -> str:
    """What hangs on a document. ``words``: document and text of each duty by id."""
    t = texts(language)
    w = t.section("answers")
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
    w = texts(language).section("answers")
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
    w = texts(language).section("answers")
    lines = [f"{w['document']}: {_step(answer.directive, w)}"]
    for moment in answer.moments:
        after = [w["undated"] if moment.days is None else w["days"].format(n=moment.days)]
        after += [] if moment.days_from_parent is None else [w["own_days"].format(n=moment.days_from_parent)]
        lines.append(f"{'  ' * moment.depth}- {_step(moment.document, w)}: {'; '.join(after)}")
    names = texts(language).section("level")
    levels = [w["level"].format(level=names.get(k, w["no_level"]), n=n, days=number(d, language)) for k, n, d in answer.by_level]
    return "\n".join([*lines, *(_list(w["median"], levels, w) if levels else [])] if answer.moments else [*lines, w["none"]])


def duplicates(answer: Sequence[Group], language: str = "vi") -> str:
    """Documents that look like one, with their files."""
    w = texts(language).section("answers")
    return "\n".join(f"- {w[g.reason]}: {', '.join(g.nodes)} ({w['files']}: {', '.join(g.files)})" for g in answer) or w["none"]

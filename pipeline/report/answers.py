"""Answers of the graph as lines a person reads: no codes of the program, dates as offices write them; Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.graph.gaps import Gap, Gaps
from pipeline.graph.questions import Group, Impact, Moment, Step, Timeline
from pipeline.graph.ways import Link, Way
from pipeline.report.markdown import clip
from pipeline.report.texts import number, texts, vn_date

LIMIT = 40
"""Duties shown one by one; the rest are counted."""

Words = Mapping[str, tuple[str, str]]


def _name(step: Step, w: Mapping[str, str]) -> str:
    """How a person calls a document; one without a number by its kind and body, since its file's name stands beside it."""
    if step.key or not step.in_hand:
        return step.name
    of = w["of"].format(issuer=step.issuer) if step.issuer else ""
    return " ".join(x for x in (step.kind or w["document"], of) if x) + w["unnumbered"]


def _step(step: Step, w: Mapping[str, str]) -> str:
    held = ", ".join(step.files) if step.in_hand else w["only_cited"]
    return f"{_name(step, w)} ({held})" + (f", {vn_date(step.issued_on)}" if step.issued_on else "")


def _list(head: str, lines: Sequence[str], w: Mapping[str, str]) -> list[str]:
    return [f"{head}:", *(f"  - {line}" for line in lines)] if lines else [f"{head}: {w['none'].rstrip('.').lower()}"]


def steps(answer: Sequence[Step], language: str = "vi") -> str:
    """Documents, one a line."""
    w = texts(language).section("answers")
    return "\n".join(f"- {_step(s, w)}" for s in answer) or w["none"]


def way(answer: Way, language: str = "vi") -> str:
    """The way between two documents: each document, and between two the relation that joins them."""
    t = texts(language)
    w = t.section("answers")
    if not answer.steps:
        return w["no_way"]
    lines = [f"- {_step(answer.steps[0], w)}"]
    for link, at in zip(answer.links, answer.steps[1:], strict=True):
        lines += [f"    {_link(link, t.of('relation', link.relation), w)}", f"- {_step(at, w)}"]
    return "\n".join([*lines, *([] if all(link.commands for link in answer.links) else [w["beside"]])])


def _link(link: Link, relation: str, w: Mapping[str, str]) -> str:
    notes = [w[note] for note, so in (("inferred", link.inferred), ("suspect", link.suspect)) if so]
    return f"{_name(link.source, w)} {relation} {_name(link.target, w)}" + (f" ({', '.join(notes)})" if notes else "")


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
    """Documents below a directive in order of time, each with its days and its own parent; then the median of each level."""
    w = texts(language).section("answers")
    lines = [f"{w['document']}: {_step(answer.directive, w)}"]
    if not answer.moments:
        return "\n".join([*lines, w["none"]])
    lines += _list(w["in_time"], [f"{_step(m.document, w)}: {_days(m, w)}" for m in answer.moments], w)
    names = texts(language).section("level")
    levels = [w["level"].format(level=names.get(k, w["no_level"]), n=n, days=number(d, language)) for k, n, d in answer.by_level]
    return "\n".join([*lines, *(_list(w["median"], levels, w) if levels else [])])


def _days(moment: Moment, w: Mapping[str, str]) -> str:
    """Days after the directive and after the own parent. An earlier date is said to be one: a number or a relation is wrong."""
    said = [w["undated"] if moment.days is None else _after(moment.days, "days", "early", w)]
    if moment.depth > 1:
        own, parent = moment.days_from_parent, _name(moment.parent, w)
        said.append((w["own_parent"] if own is None else _after(own, "own_days", "own_early", w)).format(parent=parent))
    return "; ".join(said)


def _after(days: int, later: str, earlier: str, w: Mapping[str, str]) -> str:
    return w[later if days >= 0 else earlier].replace("{n}", str(abs(days)))


def duplicates(answer: Sequence[Group], language: str = "vi") -> str:
    """Documents that look like one, each with its files."""
    w = texts(language).section("answers")
    return "\n".join(f"- {w[g.reason]}: {'; '.join(_step(s, w) for s in g.documents)}" for g in answer) or w["none"]

"""Who owes a plan: bodies that a directive in hand obliges to issue one, and whether one of theirs is in hand below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.addressee import applies
from extractors.rulebook import rules
from pipeline.graph.names import compatible, core, fold_name
from pipeline.graph.questions import Step, children, find, step
from pipeline.graph.shape import Graph
from schemas.errors import UsageError

GapState = Literal["in_hand", "missing", "members_unknown"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One body and the duty that obliges it. ``plans`` are its documents in hand below the directive; for a collective
    whose members nobody has listed, the plans in hand below of bodies that it can mean."""

    body: str
    duty: str
    text: str
    state: GapState
    plans: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """``known`` is False where the directive itself is not in hand: nobody can say whom it obliges."""

    directive: Step
    known: bool
    rows: tuple[Gap, ...]
    without_duty: tuple[Step, ...]

    @property
    def missing(self) -> tuple[Gap, ...]:
        return tuple(row for row in self.rows if row.state == "missing")


def gaps(graph: Graph, name: str, rosters: Mapping[str, Sequence[str]] | None = None) -> Gaps:
    """``rosters`` lists the members of collectives by the name the directive gives them («các sở, ban, ngành tỉnh»); needs a
    graph built with duties. ``without_duty``: plans in hand below the directive that answer no such duty."""
    start = find(graph, name)
    directive = step(graph, start)
    if not graph.graph["options"]["duties"]:
        raise UsageError("Đồ thị chưa có nhiệm vụ nên không biết ai phải ban hành kế hoạch.", remedy="Dựng lại đồ thị kèm nhiệm vụ.")
    plans = [s for s in children(graph, start, deep=True) if s.in_hand]
    if not directive.in_hand:
        return Gaps(directive, False, (), tuple(plans))
    members = {fold_name(k): tuple(v) for k, v in (rosters or {}).items()}
    rows: dict[str, Gap] = {}
    for duty in _obliging(graph, start):
        for body in _leads(graph, duty):
            for member in members.get(fold_name(body), (body,)):
                rows.setdefault(fold_name(member), _gap(graph, member, duty, plans))
    found = {p.id for row in rows.values() for p in row.plans}
    return Gaps(directive, True, tuple(rows[k] for k in sorted(rows)), tuple(p for p in plans if p.id not in found))


def _obliging(graph: Graph, node: str) -> list[str]:
    pattern = rules("followup").pattern("issue_plan")
    duties = (v for _, v, k in graph.out_edges(node, keys=True) if k == "assigns")
    return sorted(d for d in duties if graph.nodes[d]["kind"] != "prohibition" and pattern.search(graph.nodes[d]["title"] or ""))


def _leads(graph: Graph, duty: str) -> list[str]:
    return sorted(graph.nodes[v]["name"] for _, v, k in graph.out_edges(duty, keys=True) if k == "led_by")


def _gap(graph: Graph, body: str, duty: str, plans: Sequence[Step]) -> Gap:
    text = graph.nodes[duty]["title"] or ""
    if rules("followup").pattern("collective").search(body):
        return Gap(body, duty, text, "members_unknown", tuple(p for p in plans if _meant(body, p)))
    words = core(body)
    own = tuple(p for p in plans if p.issuer and core(p.issuer) and compatible(core(p.issuer), words))
    return Gap(body, duty, text, "in_hand" if own else "missing", own)


# A plan of the body above («các phòng thuộc Sở» for the department) is not the one that its units were told to issue.
_NOT_ITSELF = frozenset(["own_unit"])


def _meant(body: str, plan: Step) -> bool:
    """Whether a collective can mean the issuer of a plan; one whose issuer nobody knows can always be meant."""
    if not plan.issuer:
        return True
    found = applies(body, plan.issuer, on=plan.issued_on)
    return found.verdict != "does_not" and found.rule not in _NOT_ITSELF

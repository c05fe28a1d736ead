"""From a case to facts: who holds which role towards a task, who is excluded, and who stands in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from engine.facts import Facts
from workflows.rectification.facts import ClockFact, CriterionFact, MeasureFact, ReportFact, TaskFacts
from workflows.rectification.records import Case, PositionRecord
from workflows.rectification.vocabulary import Relation, Role

OFFICES = (
    Role.PERFORMANCE_OFFICE,
    Role.PERFORMANCE_OFFICE_HEAD,
    Role.VERIFICATION_GROUP,
    Role.INSPECTOR,
)
"""Roles that watch over a task: nobody of its lead department holds them towards it."""

SINGLE_SEATS = (
    Role.PERFORMANCE_LEADER,
    Role.PUBLICITY_OFFICE,
    Role.CONFIDENTIALITY_REVIEWER,
)
"""Further roles held for the whole organisation."""

APART: dict[str, tuple[str, ...]] = dict.fromkeys(
    (*OFFICES, Role.PERFORMANCE_LEADER), (Relation.LEAD_DEPARTMENT, Relation.RESPONSIBLE_LEADER)
)
"""What keeps somebody from signing in the place of whoever watches over a task (委托签批)."""

SUBSTITUTE = "substitute."
"""What the name of a setting begins with that names, by role, the person who stands in."""


def gather(case: Case, today: date) -> Facts:
    """Give the facts of a task.

    Args:
        case: The task as storage hands it over.
        today: The calendar day in the organisation's time zone.
    """
    return Facts(
        subject=f"task:{case.task.task}",
        organisation=case.task.organisation,
        state=case.task.state,
        version=case.task.version,
        round=case.task.round,
        holders=holders(case),
        substitutes=_standing_in(case),
        relations=relations(case),
        apart=APART,
        delegations=case.delegations,
        parts=_parts(case),
        evidence=case.evidence,
        proposal=case.proposal,
        latest=case.task.latest,
        details=_details(case, today),
    )


def substitutes(settings: Mapping[str, str]) -> dict[str, int]:
    """Give the people whom the settings name to stand in, by role."""
    return {
        name.removeprefix(SUBSTITUTE): int(value)
        for name, value in settings.items()
        if name.startswith(SUBSTITUTE) and value.isdecimal()
    }


def _standing_in(case: Case) -> dict[str, int]:
    """Whoever may not watch over the task may not stand in for somebody who does either."""
    named = substitutes(case.settings).items()
    return {role: person for role, person in named if not _excluded(case, role, person)}


def holders(case: Case) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Give for each role the groups that hold it towards the task.

    The head of each lead department and each responsible leader owe a signature of their own. An office that
    leads the task itself, or sits or sat in a department that does or did, does not watch over it: its
    substitute does.
    """
    found: dict[str, tuple[tuple[int, ...], ...]] = {
        Role.HANDLER: _people(case, Role.HANDLER, case.lead_departments),
        Role.DEPARTMENT_HEAD: tuple(
            # A department without a head keeps its seat: vacant, which is said, or signed by a substitute.
            next(iter(_people(case, Role.DEPARTMENT_HEAD, (department,))), ())
            for department in case.lead_departments
        ),
        Role.RESPONSIBLE_LEADER: tuple((leader,) for leader in case.leaders),
    }
    standing_in = _standing_in(case)
    for role in (*OFFICES, *SINGLE_SEATS):
        people = [p for p in _of_role(case, role) if not _excluded(case, role, p)]
        if not people and role in standing_in and any(_of_role(case, role)):
            people = [standing_in[role]]
        found[role] = (tuple(people),) if people else ()
    return found


def _people(case: Case, role: Role, departments: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    people = tuple(
        dict.fromkeys(p.person for p in case.positions if p.role == role and p.department in departments)
    )
    return (people,) if people else ()


def _of_role(case: Case, role: Role) -> tuple[int, ...]:
    return tuple(dict.fromkeys(p.person for p in case.positions if p.role == role))


def _excluded(case: Case, role: str, person: int) -> bool:
    if role in OFFICES:
        return person in _ever_in(case, (*case.lead_departments, *case.former_lead_departments))
    return role == Role.PERFORMANCE_LEADER and person in case.leaders


def _ever_in(case: Case, departments: tuple[int, ...]) -> frozenset[int]:
    """Whoever belongs to the departments or did since the task was created; leaving one does not help."""
    return _members((*case.positions, *case.former), departments)


def _members(positions: tuple[PositionRecord, ...], departments: Collection[int]) -> frozenset[int]:
    return frozenset(p.person for p in positions if p.department in departments)


def relations(case: Case) -> dict[str, frozenset[int]]:
    """Give for each relation the people who have it to the task (回避)."""
    leading = (*case.lead_departments, *case.former_lead_departments)
    supporting = (*case.supporting_departments, *case.former_supporting_departments)
    in_charge = {p for p in case.positions if p.role == Role.RESPONSIBLE_LEADER and p.person in case.leaders}
    return {
        Relation.EVIDENCE_SUBMITTER: case.submitters,
        Relation.LEAD_DEPARTMENT: _ever_in(case, leading),
        Relation.SUPPORTING_DEPARTMENT: _ever_in(case, supporting),
        Relation.RESPONSIBLE_LEADER: frozenset(case.leaders),
        Relation.SAME_LEADER: _members(case.positions, {position.department for position in in_charge}),
    }


def _parts(case: Case) -> frozenset[str]:
    measures = (f"measure:{part.identifier}" for part in case.measures)
    return frozenset((*measures, *(f"criterion:{part.identifier}" for part in case.criteria)))


def _details(case: Case, today: date) -> TaskFacts:
    task = case.task
    return TaskFacts(
        task=task.task,
        plan=task.plan,
        kind=task.kind,
        due_on=task.due_on,
        review_on=task.review_on,
        today=today,
        acknowledged=task.acknowledged,
        suspended_from=task.suspended_from,
        measures=tuple(MeasureFact(part.identifier, part.number) for part in case.measures),
        criteria=tuple(CriterionFact(part.identifier, part.number, part.target) for part in case.criteria),
        reports=tuple(ReportFact(r.report, r.kind, r.round, r.received, r.returned) for r in case.reports),
        clocks=tuple(
            ClockFact(c.kind, c.due_on, c.original_due_on, c.state == "held", c.visit)
            for c in case.clocks
            if c.open
        ),
    )

"""What is wrong with where people can go: subjects locked in, things done alone, needs gone without."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checking import place_of
from engine.definition import Definition
from engine.exploring.company import Company
from engine.exploring.findings import Act, Finding, deeds, deeds_of
from engine.exploring.ground import Ground, Situation
from engine.exploring.people import PEOPLE, Holders
from engine.exploring.walking import Walked, Walker
from engine.promises import Need
from engine.reasons import deny


def hopeful(ground: Ground, walked: Walked) -> bool:
    """Say whether the people could bring a subject from its beginning to an end."""
    return any(situation.state in ground.ends for situation in walked.arrivals)


def locked_in(ground: Ground, walked: Walked) -> Iterator[Finding]:
    """Find states from which no end can be reached any more; what follows from there is not told again."""
    leading = walked.leading_to({s for s in walked.arrivals if s.state in ground.ends})
    for situation, made in walked.arrivals.items():
        if situation not in leading and (made is None or made.origin in leading):
            reason = deny("locked_in", place=f"state {situation.state}")
            yield Finding(reason, deeds_of(ground.definition, walked.path(situation)))


def gone_without(ground: Ground, walked: Walked) -> Iterator[Finding]:
    """Find states that are entered without what is promised; what follows from there is not told again."""
    for situation, made in walked.arrivals.items():
        for number, need in enumerate(ground.needs):
            if not _lacks(situation, number, need) or (made and _lacks(made.origin, number, need)):
                continue
            place = f"state {situation.state}"
            if need.guard:
                reason = deny("reached_without_guard", place=place, guard=need.guard)
            else:
                reason = deny("reached_without_signature", place=place, role=need.signed_by)
            yield Finding(reason, deeds_of(ground.definition, walked.path(situation)))


def _lacks(situation: Situation, number: int, need: Need) -> bool:
    return situation.state in need.states and number not in situation.fulfilled


def done_alone(ground: Ground, walker: Walker, walked: Walked) -> Iterator[Finding]:
    """Find what one person alone can do although nobody should."""
    for promise in ground.definition.promises.never_alone:
        starts = [situation for situation in walked.arrivals if situation.state == promise.origin]
        for person in PEOPLE:
            further = walker.walk(starts, alone=person)
            for situation in further.arrivals:
                if situation.state == promise.target:
                    place = "promises, never_alone"
                    reason = deny(
                        "one_person_alone", place=place, origin=promise.origin, target=promise.target
                    )
                    path = further.path(situation)
                    before = walked.path(path[0].origin if path else situation)
                    yield Finding(reason, deeds_of(ground.definition, (*before, *path)))


def left_unsigned(definition: Definition, company: Company, holders: Holders) -> Iterator[Finding]:
    """Find moves that can be proposed and never be signed to the end."""
    for number, transition in enumerate(definition.transitions):
        for way in company.ways(company.kind_of[number], holders).stuck:
            reason = deny("proposal_cannot_be_signed", place=place_of(number + 1, transition.trigger))
            yield Finding(reason, deeds(transition.trigger, way, Act.PROPOSE))

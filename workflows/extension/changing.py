"""What a decision about an extension comes to: its own row, and the task's new day where it is granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.decision import Decision, ProposalOpened, ProposalRevised
from engine.definition import Definition
from engine.facts import Facts
from workflows.extension.facts import ExtensionFacts, extension_facts
from workflows.extension.gathering import is_extension
from workflows.extension.guards import CATEGORY, NEW_DAY, PRESENT_DAY
from workflows.extension.vocabulary import State, Trigger
from workflows.rectification.records import ExtensionAsked, ExtensionPatch


@dataclass(frozen=True, slots=True)
class Granted:
    """What an extension that is now granted gives its task: the new day, and by how many calendar days."""

    due_on: date
    days: int


def extension_patch(definition: Definition, facts: Facts, decision: Decision) -> ExtensionPatch | None:
    """Give an extension's row after a decision; None where the decision is about something else."""
    if not is_extension(facts.subject):
        return None
    details, moved = extension_facts(facts), decision.moved
    state = moved.state if moved else facts.state
    return ExtensionPatch(
        number=details.number,
        state=state,
        version=moved.version if moved else facts.version,
        ended=moved is not None,
        asked=_asked(decision, details),
        definition=definition,
    )


def granted_by(facts: Facts, decision: Decision) -> Granted | None:
    """Give what a decision grants; None where it grants nothing."""
    moved = decision.moved
    if moved is None or not is_extension(facts.subject) or moved.state != State.GRANTED:
        return None
    before, after = moved.bundle.day(PRESENT_DAY), moved.bundle.day(NEW_DAY)
    return Granted(after, (after - before).days) if before and after else None


def _asked(decision: Decision, details: ExtensionFacts) -> ExtensionAsked | None:
    for effect in decision.effects:
        if isinstance(effect, ProposalOpened | ProposalRevised) and effect.bundle.trigger == Trigger.GRANT:
            bundle = effect.bundle
            before, after = bundle.day(PRESENT_DAY), bundle.day(NEW_DAY)
            if before and after:
                return ExtensionAsked(before, after, bundle.reference(CATEGORY), details.today > before)
    return None

"""The only place that knows the ``transitions`` library: one compiled machine per definition.

The machine is shared by threads; nothing is ever bound to it. A throw-away subject carries the state and the
attempt carries what the guards said, so that a refusal has its reasons.
"""

from __future__ import annotations

from collections.abc import Callable

from transitions import EventData, Machine

from engine.definition import Definition, GuardUse, Moment, Transition
from engine.guards import GuardRegistry, Question
from engine.reasons import Reason, deny


class _Subject:
    """What the machine moves; thrown away afterwards."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class _Attempt:
    """One try of a trigger: which transition was picked, and why it may not happen."""

    __slots__ = ("moment", "picked", "question", "reasons")

    def __init__(self, question: Question, moment: Moment) -> None:
        self.question = question
        self.moment = moment
        self.picked: Transition | None = None
        self.reasons: tuple[Reason, ...] = ()


class Workflow:
    """A definition ready to run: its guards resolved and its machine built once."""

    def __init__(self, definition: Definition, guards: GuardRegistry) -> None:
        self.definition = definition
        self._guards = guards
        self._machine = Machine(
            model=None,
            states=[state.name for state in definition.states],
            initial=definition.initial,
            auto_transitions=False,
            queued=False,
            send_event=True,
        )
        for transition in definition.transitions:
            self._machine.add_transition(
                transition.trigger,
                list(transition.origins),
                transition.target,
                conditions=[self._condition(transition)],
            )

    def attempt(
        self, trigger: str, question: Question, moment: Moment
    ) -> tuple[Transition | None, tuple[Reason, ...]]:
        """Try a trigger from the facts' state.

        Args:
            trigger: A trigger that leaves from the facts' state.
            question: What the guards are asked.
            moment: Which guards are asked.

        Returns:
            The transition that was picked and the reasons against it; no reason means that it may happen.
            Where no transition applies, None and the reason.
        """
        attempt = _Attempt(question, moment)
        # The library looks an enum's member up by its name; states are known by their values.
        subject = _Subject(str(question.facts.state))
        if self._machine.events[trigger].trigger(subject, attempt=attempt):
            return attempt.picked, ()
        if attempt.picked is None:
            return None, (deny("not_applicable", trigger=trigger),)
        return attempt.picked, attempt.reasons

    def applying(self, trigger: str, question: Question) -> Transition | None:
        """Give the transition that a trigger takes from the facts' state, whatever its guards say."""
        leaving = self.definition.leaving(trigger, question.facts.state)
        return next((t for t in leaving if t.when is None or not self._ask(t.when, question)), None)

    def _condition(self, transition: Transition) -> Callable[[EventData], bool]:
        def admits(event: EventData) -> bool:
            attempt: _Attempt = event.kwargs["attempt"]
            if attempt.picked is not None:
                return False
            if transition.when and self._ask(transition.when, attempt.question):
                return False
            attempt.picked = transition
            attempt.reasons = self._reasons(transition, attempt)
            return not attempt.reasons

        return admits

    def _reasons(self, transition: Transition, attempt: _Attempt) -> tuple[Reason, ...]:
        bundle = attempt.question.bundle
        missing: tuple[Reason, ...] = ()
        if bundle is not None:
            kinds = {claim.kind for claim in bundle.evidence}
            missing = tuple(deny("evidence_missing", kind=k) for k in transition.evidence if k not in kinds)
        return missing + tuple(
            reason
            for use in transition.guards
            if use.at.covers(attempt.moment)
            for reason in self._ask(use, attempt.question)
        )

    def _ask(self, use: GuardUse, question: Question) -> tuple[Reason, ...]:
        return self._guards[use.name](Question(question.facts, question.bundle, question.actor, use.values))

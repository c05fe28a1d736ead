"""What somebody may do with a task now, as buttons; and why not the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import url_for

from engine.actor import Actor
from engine.options import Option, options, proposal_options
from web.language import gettext as _
from web.permissions import Permission
from web.reading.task import TaskReading
from web.wording import Wording
from workflows.extension.vocabulary import Trigger


@dataclass(frozen=True, slots=True)
class Action:
    """A button: possible with an address, or impossible with the sentences that say why.

    Attributes:
        name: The move, or what is done with the proposal.
        label: What stands on the button.
        href: Where it leads.
        possible: Whether it can be done now.
        concerns: Whether it is this person's to do at all.
        sentences: Why not.
        kind: How the button looks.
        near: Whether it belongs before this person now: theirs to do, and leaving from the present state.
    """

    name: str
    label: str
    href: str
    possible: bool
    concerns: bool
    sentences: tuple[str, ...] = ()
    kind: str = "outline-primary"
    near: bool = True


def task_actions(
    reading: TaskReading, actor: Actor, words: Wording, *, may_propose: bool, due: str | None = None
) -> list[Action]:
    """Give one action per move of the definition, those for this person first.

    Args:
        reading: The task.
        actor: Who looks.
        words: Says the reasons.
        may_propose: Whether the person's roles let them propose at all.
        due: The kind of the clock that runs out first; the move that ends it is the one to do next.
    """
    found = [
        Action(
            name=option.trigger,
            label=words.word("trigger", option.trigger),
            href=url_for("propose.form", task=reading.head.task, trigger=option.trigger),
            possible=option.possible and may_propose,
            concerns=option.concerns and may_propose,
            sentences=tuple(words.reason(reason) for reason in option.reasons),
            near=option.concerns and may_propose and option.transition is not None and not _waits(option),
        )
        for option in options(reading.workflow, reading.facts, actor)
    ]
    answers = {
        name
        for name in (action.name for action in found)
        if due is not None and due in reading.workflow.definition.stopped_through(name)
    }
    ordered = sorted(
        found, key=lambda action: (not action.possible, not action.concerns, action.name not in answers)
    )
    first = next((a for a in ordered if a.possible and a.near and a.name in answers), None)
    return [replace(action, kind="primary") if action is first else action for action in ordered]


def extension_actions(
    reading: TaskReading, actor: Actor, words: Wording, *, may_propose: bool
) -> list[Action]:
    """Give what this person may do about more time, and why not; what is not theirs at all is left out."""
    found = task_actions(reading.of_extension(), actor, words, may_propose=may_propose)
    labels = {Trigger.GRANT.value: _("申请延期")}
    return [replace(a, label=labels.get(a.name, a.label)) for a in found if a.near and a.concerns]


def _waits(option: Option) -> bool:
    """Whether there is nothing to do but wait: it is done, not asked for, or shown above as open."""
    return any(
        reason.code in {"proposal_open", "already_acknowledged", "no_finding", *_NOTHING_TO_EXTEND}
        for reason in option.reasons
    )


def proposal_actions(
    reading: TaskReading, actor: Actor, words: Wording, permissions: frozenset[Permission]
) -> list[Action]:
    """Give what may be done with the open proposal; empty where there is none."""
    proposal = reading.facts.proposal
    if proposal is None:
        return []
    number = proposal.identifier
    places = {
        "sign": (_("签批"), url_for("sign.selection", proposal=number), Permission.PROPOSAL_SIGN),
        "send_back": (
            _("退回"),
            url_for("proposals.page", proposal=number, _anchor="send-back"),
            Permission.PROPOSAL_SIGN,
        ),
        "revise": (_("修改提请"), url_for("propose.revision", proposal=number), Permission.PROPOSAL_PROPOSE),
        "withdraw": (
            _("撤回"),
            url_for("proposals.page", proposal=number, _anchor="withdraw"),
            Permission.PROPOSAL_PROPOSE,
        ),
    }
    return [
        Action(
            name=option.action,
            label=places[option.action][0],
            href=places[option.action][1],
            possible=option.possible and places[option.action][2] in permissions,
            concerns=not any(reason.code in _FOREIGN for reason in option.reasons),
            sentences=tuple(words.reason(reason) for reason in option.reasons),
            kind="primary" if option.action == "sign" else "outline-primary",
        )
        for option in proposal_options(reading.workflow, reading.facts, actor)
    ]


_NOTHING_TO_EXTEND = frozenset(
    {"extension_not_asked", "extension_not_late", "extension_too_late_for_state", "extension_without_day"}
)
"""Reasons for which nothing about an extension is before anybody now."""

_FOREIGN = frozenset({"not_a_signer", "not_your_proposal", "own_proposal"})
"""Reasons for which an action is not shown to somebody at all."""

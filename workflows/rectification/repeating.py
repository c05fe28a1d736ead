"""Requests that come again: a form sent twice, a page gone back to, an answer lost with the process.

A proposal bears the key of its form. What is done to an open proposal needs none: the record of operations
knows who did what to which revision, so a request that would be refused now is looked for there before it is.
Must not know how requests are made, nor where the record is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actor import Actor
from engine.commands import Command, Propose, Revise, SendBack, Sign, Withdraw
from engine.reasons import Refusal, deny
from workflows.rectification.ports import TaskWork
from workflows.rectification.records import Receipt, Recorded

_ACTIONS: Mapping[type, str] = {
    Revise: "revise",
    Sign: "sign",
    SendBack: "send_back",
    Withdraw: "withdraw",
}
"""Under which action the record keeps what was done to an open proposal."""

OnProposal = Revise | Sign | SendBack | Withdraw


def keyed(work: TaskWork, command: Command, actor: Actor) -> Receipt | Refusal | None:
    """Answer a proposal that was made before under the same key; refuse a key that meant something else."""
    if not isinstance(command, Propose):
        return None
    earlier = work.earlier(command.key)
    if earlier is None:
        return None
    reused = Refusal((deny("key_reused"),))
    if earlier.digest != command.bundle.digest or actor.person is None:
        return reused
    if earlier.receipt.moved:
        return earlier.receipt
    mine = work.recorded("propose", actor.person)
    entry = next((entry for entry in mine if _refers(entry, "key") == command.key), None)
    return reused if entry is None else _receipt(entry, work, earlier.receipt.proposal)


def done_before(work: TaskWork, command: Command, actor: Actor) -> Receipt | None:
    """Give the answer that the same request of the same person got before; None where it was never made.

    Args:
        work: The unit of work in which the command was refused.
        command: What is asked.
        actor: Who asks.
    """
    if not isinstance(command, OnProposal) or actor.person is None:
        return None
    for entry in work.recorded(_ACTIONS[type(command)], actor.person):
        if _same(entry, command):
            return _receipt(entry, work, command.proposal)
    return None


def _same(entry: Recorded, command: OnProposal) -> bool:
    """Say whether an entry is about this very request: the revision as it was shown, and what was said."""
    facts = entry.body["facts"]["proposal"]
    if facts is None or (facts["id"], facts["revision"]) != (command.proposal, command.revision):
        return False
    if isinstance(command, Sign | SendBack) and command.returned not in {None, facts["returned"]}:
        return False
    match command:
        case Revise():
            return bool(entry.body["digest"] == command.bundle.digest)
        case Sign():
            signer = entry.body["actor"] if command.signer is None else command.signer
            given = (entry.body["digest"], _refers(entry, "signer"), _refers(entry, "signed_for"))
            said = entry.words.get("opinion", "")
            return given == (command.digest, signer, command.on_behalf_of) and said == command.opinion
        case SendBack():
            said = entry.words.get("reason", "")
            return (_refers(entry, "stage"), said) == (command.to_stage, command.reason.strip())
    return True


def _receipt(entry: Recorded, work: TaskWork, proposal: int | None) -> Receipt:
    """Give the first answer again: where the task stood after it, whatever happened since."""
    task, body = work.case.task, entry.body
    moved = body["to"] is not None
    if _refers(entry, "subject") is not None:
        # An extension went a step; where its task stood then is not told, and nothing rests on it.
        return Receipt(task.task, proposal, task.state, task.version, moved=moved, repeated=True)
    state = body["to"] if moved else body["from"]
    version = _refers(entry, "version") if moved else body["facts"]["version"]
    return Receipt(task.task, proposal, str(state), int(version), moved=moved, repeated=True)


def _refers(entry: Recorded, name: str) -> Any:  # noqa: ANN401  # Plain data of the record.
    return entry.body["references"].get(name)

"""Open proposals that counted on somebody who lost a role, an account or a substitution: who signs instead.

Owns that each task is looked at on its own, and that a look which changes nothing leaves no trace. Must not
know how the proposals concerned were found.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.actor import Actor, system
from engine.commands import Reseat
from workflows.rectification.ports import PositionStore, TaskStore
from workflows.rectification.records import PositionChanged, Receipt
from workflows.rectification.service import Rules, answer
from workflows.rounds import each_alone

_REQUEST = "sweep"


def resolve_again(
    store: TaskStore, rules: Rules, waiting: Iterable[tuple[int, int]], actor: Actor, now: datetime
) -> int:
    """Let open proposals look again for who signs, one task per transaction.

    Args:
        store: Opens the units of work.
        rules: Calendar and ladders.
        waiting: The proposals concerned, each as task and proposal.
        actor: The system, which sees every task; whoever keeps accounts and positions sees none.
        now: The moment of asking.

    Returns:
        How many now wait for somebody else; one that somebody of the same seat can still sign stands as it
        is, and so does one that was closed meanwhile.
    """
    resolved = 0
    for task, proposal in waiting:
        with store.work(task, actor, now) as work:
            resolved += isinstance(answer(work, rules, Reseat(proposal), actor, now), Receipt)
    return resolved


def run_positions(
    positions: PositionStore, tasks: TaskStore, rules: Rules, now: datetime, limit: int = 500
) -> int:
    """Draw the consequences of positions that began or ended since they were last looked at.

    Whoever dies in between, or is overtaken by another process, has done nothing that would be done twice:
    seats that stand stay as they are, and a position is noted as looked at last.

    Args:
        positions: Finds them.
        tasks: Opens the units of work over the tasks concerned.
        rules: Calendar with its time zone, and ladders.
        now: The moment of the sweep.
        limit: How many positions are looked at at most; the rest wait for the next tick.

    Returns:
        How many positions were looked at.

    Raises:
        SurroundingsError: The database failed; what was settled before stands.
        ExceptionGroup: Some positions could not be settled, and each says why; all others were.
    """

    def work(change: PositionChanged) -> int:
        actor = system(change.organisation, _REQUEST)
        resolve_again(tasks, rules, positions.waiting(change), actor, now)
        positions.settle(change, now)
        return 1

    return each_alone(positions.changed(now, limit), work, "position")

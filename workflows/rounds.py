"""A round over many things of which none may keep the others waiting. Must not know what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from engine.errors import SurroundingsError

Item = TypeVar("Item")


def each_alone(items: Iterable[Item], work: Callable[[Item], int], what: str) -> int:
    """Do one piece of work after the other; one that fails for reasons of its own does not stop the round.

    Args:
        items: What is worked on.
        work: Works on one, in a unit of work of its own, and says how much it did.
        what: What one of them is called in the log.

    Returns:
        How much was done.

    Raises:
        SurroundingsError: The database failed, and would fail the rest too; what was done before stands.
        ExceptionGroup: Some could not be done, each with a note saying which; all others were.
    """
    done, failed = 0, []
    for item in items:
        try:
            done += work(item)
        except SurroundingsError:
            raise
        # Whatever is wrong with one of them, those behind it in the queue must not wait for ever.
        except Exception as error:  # noqa: BLE001
            error.add_note(f"while {what} {item} was worked on")
            failed.append(error)
    if failed:
        message = f"{what}s that could not be worked on"
        raise ExceptionGroup(message, failed)
    return done

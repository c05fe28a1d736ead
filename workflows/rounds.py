"""Many things done one after the other, each on its own: none keeps the others waiting.

Must not know what they are, nor who waits for the answer: a sweep, or somebody at a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.errors import SurroundingsError

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Item, Result]):
    """What came of one of many.

    Attributes:
        item: What was worked on.
        result: What the work gave; None where it failed or was not tried.
        error: Why it failed.
        tried: Whether it was tried at all: after the surroundings have failed nothing more is.
    """

    item: Item
    result: Result | None = None
    error: Exception | None = None
    tried: bool = True


def one_by_one(items: Iterable[Item], work: Callable[[Item], Result]) -> tuple[Attempt[Item, Result], ...]:
    """Do one piece of work after the other, whatever comes of each; what was done before a failure stands.

    Args:
        items: What is worked on.
        work: Works on one, in a unit of work of its own.
    """
    found: list[Attempt[Item, Result]] = []
    for item in items:
        if found and (isinstance(found[-1].error, SurroundingsError) or not found[-1].tried):
            found.append(Attempt(item, tried=False))
            continue
        try:
            found.append(Attempt(item, work(item)))
        # Whatever is wrong with one of them, those behind it in the queue must not wait for ever.
        except Exception as error:  # noqa: BLE001
            found.append(Attempt(item, error=error))
    return tuple(found)


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
    attempts = one_by_one(items, work)
    failed = []
    for attempt in attempts:
        if isinstance(attempt.error, SurroundingsError):
            raise attempt.error
        if attempt.error is not None:
            attempt.error.add_note(f"while {what} {attempt.item} was worked on")
            failed.append(attempt.error)
    if failed:
        message = f"{what}s that could not be worked on"
        raise ExceptionGroup(message, failed)
    return sum(attempt.result or 0 for attempt in attempts)

"""A proposal as people read it: every revision with its seats, who signed, who is next, who fell away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.queries.task.history import RevisionRow, SeatRow, SignatureRow
from web.reading.bundles import Around, BundleView, bundle_view


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat with what was signed on it.

    Attributes:
        seat: The seat.
        signature: The signature that counts.
        void: Signatures given on it before that no longer count.
        turn: Whether it is this seat's turn.
        people: Who may still give it; whoever signed in another seat of the proposal is done.
    """

    seat: SeatRow
    signature: SignatureRow | None
    void: tuple[SignatureRow, ...]
    turn: bool
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision of a proposal with its content and seats."""

    row: RevisionRow
    content: BundleView
    seats: tuple[SeatView, ...]

    @property
    def open(self) -> bool:
        """Whether it waits for signatures."""
        return self.row.state == "open" and self.row.newest


def revision_view(
    row: RevisionRow, seats: Sequence[SeatRow], signatures: Sequence[SignatureRow], around: Around
) -> RevisionView:
    """Put one revision into shape."""
    own = [seat for seat in seats if (seat.proposal, seat.revision) == (row.proposal, row.revision)]
    given = [each for each in signatures if each.seat in {seat.seat for seat in own}]
    signed = {each.seat: each for each in given if each.voided_at is None}
    done = {each.person for each in signed.values()}
    owed = [seat.stage for seat in own if seat.fell_away is None and seat.seat not in signed]
    waits = row.state == "open" and row.newest
    stage = min(owed, default=None) if waits else None
    return RevisionView(
        row=row,
        content=bundle_view(row.bundle, around),
        seats=tuple(
            SeatView(
                seat,
                signed.get(seat.seat),
                tuple(each for each in given if each.seat == seat.seat and each.voided_at is not None),
                turn=seat.stage == stage and seat.fell_away is None and seat.seat not in signed,
                people=tuple(person for person in seat.candidates if person not in done),
            )
            for seat in own
        ),
    )

"""A proposal as people read it: every revision with its seats, who signed, who is next, who fell away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.queries.task.history import RevisionRow, SeatRow, SignatureRow
from web.reading.bundles import Around, BundleView, bundle_view


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat with the signature given on it, and whether it is this seat's turn."""

    seat: SeatRow
    signature: SignatureRow | None
    turn: bool


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
    signed = {signature.seat: signature for signature in signatures}
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
                turn=seat.stage == stage and seat.fell_away is None and seat.seat not in signed,
            )
            for seat in own
        ),
    )

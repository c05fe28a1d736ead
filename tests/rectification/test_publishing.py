"""What the public can read is where the publication says, however much is attached to it."""

from __future__ import annotations

import pytest

from engine.bundle import Claim
from tests.contract.court import NOW, RULES, case
from tests.rectification.world import facts
from tests.rectification.year import Year
from workflows.rectification.clocks import Clocks
from workflows.rectification.consequences import consequences
from workflows.rectification.records import Published
from workflows.rectification.vocabulary import Role

_IN_THE_ARCHIVE = Claim("publication", "Notice", document_number="1", place="Archive", custodian="Somebody")
_ON_THE_WEB = Claim("publication", "Page", address="https://court.example/notice")
_SCANNED = Claim("publication", "Scan", sha256="d" * 64, size=9, file_name="scan.pdf")


def _published(*evidence: Claim) -> Published:
    year = Year()
    year.facts = facts("verified")
    signers = (Role.DEPARTMENT_HEAD, Role.CONFIDENTIALITY_REVIEWER, Role.RESPONSIBLE_LEADER)
    year.move("publicize", Role.PUBLICITY_OFFICE, *signers, evidence=evidence)
    (found,) = consequences(year.steps[-1], Clocks(case(), RULES.timetable, RULES.ladders, NOW))
    assert isinstance(found, Published)
    return found


@pytest.mark.parametrize("piece", [_ON_THE_WEB, _SCANNED], ids=["address", "scan"])
def test_a_publication_is_where_it_can_be_read_and_not_where_a_copy_is_filed(piece: Claim) -> None:
    found = _published(_IN_THE_ARCHIVE, piece)
    assert (found.address, found.scan_digest) == (piece.address, piece.sha256)


def test_the_same_text_at_the_same_place_is_one_publication_whatever_is_filed_with_it() -> None:
    assert _published(_ON_THE_WEB).digest == _published(_IN_THE_ARCHIVE, _ON_THE_WEB).digest
    assert _published(_ON_THE_WEB).digest != _published(_SCANNED).digest

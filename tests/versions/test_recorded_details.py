"""The facts that a workflow's own guards read come back from the record as they were."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.canonical import canonical
from engine.reviving import revive
from workflows.versions.known import KINDS, Kind


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@given(data=st.data())
def test_a_workflows_own_facts_come_back_as_they_were(kind: Kind, data: st.DataObject) -> None:
    facts = data.draw(st.from_type(kind.details))
    assert revive(kind.details, json.loads(canonical(facts))) == facts

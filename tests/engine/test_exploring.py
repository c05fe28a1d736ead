"""Each definition that loads and must not be published is refused with the deeds that show why."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.definition import Definition
from engine.exploring import Act, Deed, Finding, examine
from engine.loading import load_definition
from tests.engine.zoo import GUARDS, HERE

DEEP = sorted((HERE / "broken" / "deep").glob("*.toml"))
_VERBS = {Act.MAKE: "makes", Act.PROPOSE: "proposes", Act.SIGN: "signs"}


def _header(path: Path, name: str) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"# {name}: ") for line in lines if line.startswith(f"# {name}: ")]


def _loaded(path: Path) -> Definition:
    return load_definition(path.read_text(encoding="utf-8"), GUARDS)


def _said(deed: Deed) -> str:
    return f"{deed.role} {'?ABCD'[deed.person]} {_VERBS[deed.act]} {deed.trigger}"


@pytest.mark.parametrize("path", DEEP, ids=lambda path: path.stem)
def test_a_broken_definition_is_found_with_a_counter_example(path: Path) -> None:
    findings = examine(_loaded(path)).findings
    found = [f"{finding.reason.code}: {finding.reason.values()['place']}" for finding in findings]
    assert found == _header(path, "finds")
    shown = [_shown(finding) for finding in findings if finding.people]
    assert shown == _header(path, "shows")


def _shown(finding: Finding) -> str:
    people = ", ".join(f"{n} {' '.join(roles)}" for n, roles in zip("ABCD", finding.people, strict=False))
    return f"{people} | {'; '.join(map(_said, finding.deeds))}"

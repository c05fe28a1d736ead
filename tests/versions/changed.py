"""The built-in definition as somebody would change it."""

from __future__ import annotations

from workflows.rectification.definition import built_in_text

_START = 'signed_by = [{ role = "department_head", reports = true }, "responsible_leader"]'


def changed(*replacements: tuple[str, str], version: int = 2) -> str:
    """Give the built-in text as another version, each first place of a text replaced.

    Raises:
        AssertionError: There is no such place, so that a test would change nothing.
    """
    text = built_in_text().replace("version = 1", f"version = {version}", 1)
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def more_signers() -> str:
    """Starting needs the head of the performance office, too."""
    return changed(
        (_START, _START.replace('"responsible_leader"', '"performance_office_head", "responsible_leader"'))
    )


def without_leader() -> str:
    """Starting is signed by the department's head alone."""
    return changed((_START, 'signed_by = [{ role = "department_head", reports = true }]'))


def only_leader() -> str:
    """Starting is signed by the leader alone, who then reports."""
    return changed((_START, 'signed_by = [{ role = "responsible_leader", reports = true }]'))


def unsound() -> str:
    """A task is completed without the leader."""
    first = _of("complete")
    return changed((first, first.replace(', "responsible_leader"]', "]")))


def straight_to_report() -> str:
    """Starting leads to another state."""
    first = _of("start")
    return changed((first, first.replace('to = "in_progress"', 'to = "mid_term_reported"')))


def more_evidence() -> str:
    """Starting asks for a document that nobody handed in."""
    first = _of("start")
    return changed((first, first.replace('evidence = ["work_plan"]', 'evidence = ["work_plan", "basis"]')))


def without_acknowledging() -> str:
    """Nobody acknowledges: starting is possible at once, and there is no clock for it."""
    text = changed(("[[transitions]]" + _of("acknowledge"), ""))
    for gone in (
        '    { yes = "acknowledged", no = "not_acknowledged" },\n',
        '    { guard = "acknowledged", triggers = ["acknowledge"] },\n',
        '[[deadlines]]\nkind = "acknowledge"\nstarted_by = ["created"]\n',
        '"acknowledged", ',
    ):
        assert gone in text, gone
        text = text.replace(gone, "")
    return text


def without_suspension() -> str:
    """Nobody suspends: the state is gone with everything that leads there and back."""
    kept = [part for part in changed().split("[[transitions]]") if 'to = "suspended"' not in part]
    text = "[[transitions]]".join(part for part in kept if 'trigger = "resume"' not in part)
    for gone in (
        '    { name = "suspended" },\n',
        ', "suspended"',
        ', "suspend", "resume"',
        '[[deadlines]]\nkind = "suspension"\n',
    ):
        assert gone in text, gone
        text = text.replace(gone, "")
    parts = text.split("[[transitions]]")
    return "[[transitions]]".join(part for part in parts if 'from = ["suspended"]' not in part)


def with_another_clock() -> str:
    """The days until completion are counted again from the start."""
    first = _of("start")
    return changed(
        (first, first.replace('stops = ["work_plan"]', 'stops = ["work_plan"]\nstarts = ["verification"]'))
    )


def _of(trigger: str) -> str:
    parts = built_in_text().split("[[transitions]]")
    return next(part for part in parts if f'trigger = "{trigger}"' in part)

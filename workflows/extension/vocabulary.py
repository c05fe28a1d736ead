"""The closed vocabularies of an extension. What people read for them stands in the catalogues."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an extension stands."""

    ASKED = "asked"
    """已申请: asked for; waits for signatures, or was sent back and may be proposed again."""
    GRANTED = "granted"
    """已同意: the task has a new day."""
    REFUSED = "refused"
    """不同意: the task's day stands."""
    GIVEN_UP = "given_up"
    """已放弃: the department needs it no longer."""


class Trigger(StrEnum):
    """What may happen to an extension."""

    GRANT = "grant"
    """延期申请: asking is proposing it; signed by everybody it is granted."""
    REFUSE = "refuse"
    """不同意延期."""
    GIVE_UP = "give_up"
    """放弃延期申请."""


class Category(StrEnum):
    """Why more time is needed."""

    OUTSIDERS = "outsiders"
    """外部单位: it depends on somebody outside the house."""
    PROCUREMENT = "procurement"
    """采购招标: a tender or purchase takes its own time."""
    FUNDS = "funds"
    """经费: money is not there yet."""
    RULES = "rules"
    """政策调整: a rule that it rests on changed or is being changed."""
    STAFF = "staff"
    """人员变动: the people who do it changed."""
    OTHER = "other"
    """其他, told in words."""

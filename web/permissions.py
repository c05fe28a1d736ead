"""Who may open which page: permissions, the roles that have them, and the declaration every route makes.

A permission opens a page; which rows it shows is for the read queries to decide, and whether a command may
happen for the engine. Must not know any route by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from workflows.rectification.vocabulary import Role

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "zhenggai_permission"


class Permission(StrEnum):
    """What may be done, as ``<scope>:<resource>:<action>``; in the order of the alphabet."""

    ACCOUNT_MANAGE = "organisation:account:manage"
    """Create, disable and reset accounts."""
    DIRECTORY_MANAGE = "organisation:directory:manage"
    """Change departments, people and positions."""
    DIRECTORY_READ = "organisation:directory:read"
    """Look up departments and people."""
    INSTRUCTION_ANSWER = "organisation:instruction:answer"
    """Answer a conclusion one was charged with."""
    INSTRUCTION_RECORD = "organisation:instruction:record"
    """Record a leader's instruction or meeting."""
    LEDGER_EXPORT = "organisation:ledger:export"
    """Take the ledger or a summary away as a file."""
    LEDGER_READ = "organisation:ledger:read"
    """Read the ledger, limited to one's own tasks unless the role reads everything."""
    MATTER_RAISE = "organisation:matter:raise"
    """Raise to a leader what needs coordination."""
    MILESTONE_MANAGE = "organisation:milestone:manage"
    """See who has handed in what, urge, receive and return."""
    PAPER_CONFIRM = "organisation:paper:confirm"
    """Confirm a signature given on paper that somebody else registered."""
    PAPER_REGISTER = "organisation:paper:register"
    """Register a signature given on paper."""
    PLAN_IMPORT = "organisation:plan:import"
    """Read a plan document and create its tasks."""
    PROPOSAL_PROPOSE = "organisation:proposal:propose"
    """Propose, revise and withdraw."""
    PROPOSAL_SIGN = "organisation:proposal:sign"
    """Sign and send back."""
    RECORD_READ = "organisation:record:read"
    """Read the record of operations and check it."""
    SETTING_MANAGE = "organisation:setting:manage"
    """Change the organisation's settings."""
    TASK_READ = "organisation:task:read"
    """Read tasks, limited to one's own unless the role reads everything."""
    TO_DO_DECIDE = "organisation:to_do:decide"
    """Decide what the ladder leaves to the performance office."""
    PUBLIC = "public:page:read"
    """Nobody needs to be logged in."""
    ACCOUNT_USE = "self:account:use"
    """Whoever is logged in: own password, language, logging out."""
    DELEGATION_USE = "self:delegation:use"
    """Whoever is logged in: letting others sign for oneself, or for whoever allowed it; what one may sign."""
    INBOX_READ = "self:inbox:read"
    """One's own inbox boxes and first screen."""
    SYSTEM_READ = "system:status:read"
    """Scheduler, queue, disk and calendar."""


EVERYBODY = frozenset(
    {Permission.PUBLIC, Permission.ACCOUNT_USE, Permission.DELEGATION_USE, Permission.DIRECTORY_READ}
)
"""What every logged-in person may do, whatever their role."""

_READS = {Permission.TASK_READ, Permission.LEDGER_READ, Permission.INBOX_READ}
_TAKES_PART = _READS | {
    Permission.INSTRUCTION_ANSWER,
    # Whoever stands in for the performance office keeps the minutes of its meetings, whatever their role.
    Permission.INSTRUCTION_RECORD,
    Permission.LEDGER_EXPORT,
    Permission.PROPOSAL_PROPOSE,
    Permission.PROPOSAL_SIGN,
}
_OFFICE = _TAKES_PART | {
    Permission.MILESTONE_MANAGE,
    Permission.PAPER_CONFIRM,
    Permission.PAPER_REGISTER,
    Permission.PLAN_IMPORT,
    Permission.TO_DO_DECIDE,
}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.HANDLER: frozenset(_TAKES_PART | {Permission.MATTER_RAISE, Permission.PAPER_REGISTER}),
    Role.DEPARTMENT_HEAD: frozenset(
        _TAKES_PART | {Permission.MATTER_RAISE, Permission.PAPER_CONFIRM, Permission.PAPER_REGISTER}
    ),
    Role.RESPONSIBLE_LEADER: frozenset(_TAKES_PART),
    Role.PERFORMANCE_OFFICE: frozenset(_OFFICE),
    Role.PERFORMANCE_OFFICE_HEAD: frozenset(_OFFICE | {Permission.SETTING_MANAGE}),
    Role.PERFORMANCE_LEADER: frozenset(_TAKES_PART),
    Role.VERIFICATION_GROUP: frozenset(_TAKES_PART),
    Role.PUBLICITY_OFFICE: frozenset(_TAKES_PART),
    Role.CONFIDENTIALITY_REVIEWER: frozenset(_TAKES_PART),
    Role.INSPECTOR: frozenset(_READS | {Permission.LEDGER_EXPORT, Permission.RECORD_READ}),
    Role.PRESIDENT: frozenset(_TAKES_PART),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_MANAGE,
            Permission.DIRECTORY_MANAGE,
            Permission.SETTING_MANAGE,
            Permission.SYSTEM_READ,
        }
    ),
}
"""Every role with its permissions. The inspector reads and takes no part; the administrator keeps accounts
and machine and sees no task."""


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Give what somebody with these roles may do; an unknown role adds nothing."""
    found = set(EVERYBODY)
    for role in roles:
        found |= ROLE_PERMISSIONS.get(Role(role), frozenset()) if role in set(Role) else frozenset()
    return frozenset(found)


def permitted(permission: Permission) -> Callable[[View], View]:
    """Declare what a view asks for; serves as a decorator below the route's."""

    def declare(view: View) -> View:
        setattr(view, _MARK, permission)
        return view

    return declare


def declared(view: Callable[..., Any] | None) -> Permission | None:
    """Give the permission a view declared; None where it did not, and then nobody may open it."""
    return getattr(view, _MARK, None)

"""Whether what somebody saw still stands: versions, revisions and digests, and who was faster.

Every answer names who changed the subject and when, so that a person with a stale page learns it.
"""

from __future__ import annotations

from datetime import datetime

from engine.commands import Sign
from engine.facts import Facts, OpenProposal
from engine.reasons import Reason, deny


def unless_fresh(facts: Facts, version: int) -> tuple[Reason, ...]:
    """Say why a page about the subject is out of date: it has moved since."""
    if version == facts.version:
        return ()
    latest = facts.latest
    if latest is None:
        return (deny("stale_without_trace"),)
    return (deny("stale", person=latest.person, at=latest.at, action=latest.action),)


def unless_current(facts: Facts, proposal: int, revision: int) -> tuple[Reason, ...]:
    """Say why a page about a proposal is out of date: it ended, or has a newer revision."""
    current = facts.proposal
    if current is None or current.identifier != proposal:
        latest = facts.latest
        if latest is None:
            return (deny("proposal_unknown"),)
        return (deny("proposal_closed", person=latest.person, at=latest.at, action=latest.action),)
    if current.revision == revision:
        return ()
    at = _changed_at(facts, current)
    return (deny("revision_changed", revision=current.revision, person=current.proposer, at=at),)


def unless_shown(facts: Facts, proposal: OpenProposal, command: Sign) -> tuple[Reason, ...]:
    """Say why a signature does not cover the proposal: another text was shown, or it was not selected."""
    if command.digest != proposal.bundle.digest:
        at = _changed_at(facts, proposal)
        return (deny("digest_changed", person=proposal.proposer, at=at),)
    if command.digest not in command.proof.challenge:
        return (deny("not_in_selection"),)
    return unless_returned(facts, command.returned)


def unless_returned(facts: Facts, returned: int | None) -> tuple[Reason, ...]:
    """Say why a page about a proposal is out of date though its text stands: it went back a stage since."""
    proposal, latest = facts.proposal, facts.latest
    if proposal is None or returned is None or returned == proposal.returned:
        return ()
    return (deny("proposal_returned", at=latest.at if latest else proposal.proposed_at),)


def _changed_at(facts: Facts, proposal: OpenProposal) -> datetime:
    """When the proposal became what it is: its proposer's latest change, else when it was proposed."""
    latest = facts.latest
    return latest.at if latest is not None and latest.person == proposal.proposer else proposal.proposed_at

"""Grants and withdraws delegations, and lets a secretary do so for a leader.

Owns who may. Must not know what becomes of a signature given by a delegate: the engine decides that anew each
time, for the task it is about.
"""

from __future__ import annotations

from datetime import date, datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.reasons import Reason, Refusal, RefusedError, deny
from workflows.delegations.ports import DelegationStore
from workflows.delegations.records import (
    APART_ROLES,
    DELEGATING_ROLES,
    LONGEST,
    NEW,
    Mandate,
    MandateChange,
    Party,
    Scope,
    Terms,
)
from workflows.notices.records import NoticeKind
from workflows.rectification.records import NoticeDraft


def grant(store: DelegationStore, terms: Terms, actor: Actor, now: datetime, today: date) -> int:
    """Let somebody sign for a principal.

    Returns:
        The delegation's number.

    Raises:
        RefusedError: It may not be granted; carries every reason.
        NotFoundError: There is no such principal.
    """
    about = (terms.scope, terms.about)
    with store.work(terms.principal, actor, now, today, terms.delegate, about) as work:
        reasons = unless_grantable(work.mandate, terms, actor, today)
        if reasons:
            raise RefusedError(Refusal(reasons))
        return work.grant(terms, _granted(terms, actor))


def withdraw(store: DelegationStore, delegation: int, actor: Actor, now: datetime, today: date) -> None:
    """End a delegation at once.

    Raises:
        RefusedError: ``not_permitted``, or ``delegation_over``: it was withdrawn or has run out.
        NotFoundError: There is no such delegation.
    """
    terms = store.find(delegation, actor).terms
    with store.work(terms.principal, actor, now, today) as work:
        reasons = _unless_acting_for(work.mandate, actor)
        if not reasons and delegation not in {found.delegation for found in work.mandate.standing}:
            reasons = (deny("delegation_over"),)
        if reasons:
            raise RefusedError(Refusal(reasons))
        work.withdraw(delegation, _withdrawn(delegation, terms, actor))


def allow_secretary(store: DelegationStore, secretary: int, actor: Actor, now: datetime, today: date) -> None:
    """Let a secretary delegate on the actor's own behalf.

    Raises:
        RefusedError: Carries every reason.
    """
    with store.work(actor.person or 0, actor, now, today, secretary) as work:
        reasons = _unless_allowable(work.mandate, secretary, actor)
        if reasons:
            raise RefusedError(Refusal(reasons))
        work.allow(secretary, _secretary("allow_secretary", secretary, actor))


def disallow_secretary(
    store: DelegationStore, secretary: int, actor: Actor, now: datetime, today: date
) -> None:
    """Take back that a secretary may delegate; what they granted before stands until it is withdrawn.

    Raises:
        RefusedError: ``secretary_not_allowed``: this person may not delegate for the actor.
    """
    with store.work(actor.person or 0, actor, now, today, secretary) as work:
        if secretary not in work.mandate.secretaries:
            raise RefusedError(Refusal((deny("secretary_not_allowed"),)))
        work.disallow(secretary, _secretary("disallow_secretary", secretary, actor))


def unless_grantable(mandate: Mandate, terms: Terms, actor: Actor, today: date) -> tuple[Reason, ...]:
    """Say why a delegation could not be granted."""
    foreign = _unless_acting_for(mandate, actor)
    if foreign:
        return foreign
    return (
        *_unless_signer(mandate.principal),
        *_unless_able(mandate.other, terms, actor),
        *_unless_period(terms, today),
        *(() if mandate.exists else (deny("delegation_scope_unknown"),)),
        *_unless_granted(mandate, terms),
    )


def _unless_acting_for(mandate: Mandate, actor: Actor) -> tuple[Reason, ...]:
    own = actor.person is not None and actor.person == mandate.principal.person
    return () if own or actor.person in mandate.secretaries else (deny("not_permitted"),)


def _unless_signer(principal: Party) -> tuple[Reason, ...]:
    signs = not principal.roles.isdisjoint(DELEGATING_ROLES)
    return () if signs else (deny("nothing_to_delegate", person=principal.person),)


def _unless_able(delegate: Party | None, terms: Terms, actor: Actor) -> tuple[Reason, ...]:
    if delegate is None:
        return (deny("delegate_missing"),)
    if delegate.person == terms.principal:
        return (deny("delegate_is_principal"),)
    # A secretary arranges who signs while the leader is away, and is not to become the leader's hand.
    if delegate.person == actor.person:
        return (deny("delegate_is_secretary"),)
    if delegate.roles <= frozenset(APART_ROLES):
        return (deny("delegate_takes_no_part", person=delegate.person),)
    return ()


def _unless_period(terms: Terms, today: date) -> tuple[Reason, ...]:
    if terms.until_on < terms.from_on:
        return (deny("delegation_ends_before_it_begins"),)
    if terms.until_on < today:
        return (deny("delegation_in_the_past"),)
    too_long = (terms.until_on - terms.from_on).days >= LONGEST
    return (deny("delegation_too_long", days=LONGEST),) if too_long else ()


def _unless_granted(mandate: Mandate, terms: Terms) -> tuple[Reason, ...]:
    """The same again would only make its withdrawal doubtful."""
    same = (
        found
        for found in mandate.standing
        if (found.terms.delegate, found.terms.scope, found.terms.about)
        == (terms.delegate, terms.scope, terms.about)
        and found.terms.from_on <= terms.until_on
        and terms.from_on <= found.terms.until_on
    )
    return tuple(
        deny("delegation_exists", from_on=found.terms.from_on, until_on=found.terms.until_on)
        for found in list(same)[:1]
    )


def _unless_allowable(mandate: Mandate, secretary: int, actor: Actor) -> tuple[Reason, ...]:
    if mandate.other is None:
        return (deny("secretary_missing"),)
    if secretary == actor.person:
        return (deny("secretary_is_principal"),)
    if secretary in mandate.secretaries:
        return (deny("secretary_allowed_already"),)
    return _unless_signer(mandate.principal)


def _granted(terms: Terms, actor: Actor) -> MandateChange:
    params = _period(terms)
    cause = f"delegation:{NEW}"
    told = [_notice(terms.delegate, NoticeKind.DELEGATED, cause, terms.principal, params)]
    if actor.person != terms.principal:
        named = (*params, ("delegate", str(terms.delegate)))
        told.append(_notice(terms.principal, NoticeKind.DELEGATED_FOR_YOU, cause, actor.person or 0, named))
    return MandateChange(tuple(told), _audit("delegate", f"delegation:{NEW}", terms, actor))


def _withdrawn(delegation: int, terms: Terms, actor: Actor) -> MandateChange:
    params = _period(terms)
    cause = f"delegation:{delegation}:withdrawn"
    told = [_notice(terms.delegate, NoticeKind.DELEGATION_ENDED, cause, terms.principal, params)]
    if actor.person != terms.principal:
        named = (*params, ("delegate", str(terms.delegate)))
        kind = NoticeKind.DELEGATION_ENDED_FOR_YOU
        told.append(_notice(terms.principal, kind, cause, actor.person or 0, named))
    audit = _audit("withdraw_delegation", f"delegation:{delegation}", terms, actor)
    return MandateChange(tuple(told), audit)


def _secretary(action: str, secretary: int, actor: Actor) -> MandateChange:
    """Recorded with the principal: it is they whose signature is arranged from now on by somebody else."""
    audit = AuditDraft(f"person:{actor.person}", action, references={"secretary": secretary})
    return MandateChange((), audit)


def _notice(
    person: int, kind: NoticeKind, cause: str, by: int, params: tuple[tuple[str, str], ...]
) -> NoticeDraft:
    return NoticeDraft(person, kind, cause, urgent=True, params=(("by", str(by)), *params))


def _period(terms: Terms) -> tuple[tuple[str, str], ...]:
    return (("from_on", terms.from_on.isoformat()), ("until_on", terms.until_on.isoformat()))


def _audit(action: str, stream: str, terms: Terms, actor: Actor) -> AuditDraft:
    about = {} if terms.scope is Scope.ALL else {terms.scope.value: terms.about}
    references = {
        "principal": terms.principal,
        "delegate": terms.delegate,
        "from_on": terms.from_on,
        "until_on": terms.until_on,
        "scope": terms.scope,
        "by_secretary": actor.person != terms.principal,
        **about,
    }
    return AuditDraft(stream, action, references=references)

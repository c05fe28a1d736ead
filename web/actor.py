"""From who is logged in to the engine's actor, which services and queries are handed."""

from __future__ import annotations

from flask import g, has_request_context, request
from flask_login import current_user

from engine.actor import Actor
from engine.errors import NotFoundError


def actor_or_none() -> Actor | None:
    """Give the actor of this request; None where nobody is logged in."""
    if not has_request_context() or not current_user.is_authenticated:
        return None
    return Actor(
        person=current_user.person,
        organisation=current_user.organisation,
        holdings=current_user.holdings,
        session=current_user.session,
        address=request.remote_addr,
        request_id=g.get("request_id", ""),
        mandates=current_user.mandates,
    )


def actor() -> Actor:
    """Give the actor of this request.

    Raises:
        NotFoundError: Nobody is logged in; the gate lets no such request reach a page that asks.
    """
    found = actor_or_none()
    if found is None:
        raise NotFoundError("not_logged_in")
    return found

"""The public page: what was publicized of each plan, for anybody, from an allow-list of fields."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request, url_for

from storage.queries.public import PlanKey, PublicTask, public_plan, public_plans, public_tasks
from web.context import config
from web.numbers import IDENTIFIER, SMALL, number_in
from web.permissions import Permission, permitted

blueprint = Blueprint("public", __name__, url_prefix="/public")

PAGE = 20
"""Tasks, or plans, of one page."""


@blueprint.get("/")
@permitted(Permission.PUBLIC)
def index() -> str:
    """Show the plans of which something was publicized."""
    with config().database.read() as connection:
        plans, following = public_plans(connection, _plan_key(request.args.get("after", "")), PAGE)
    return render_template(
        "public/index.html",
        plans=plans,
        first=url_for("public.index") if request.args.get("after") else None,
        following=url_for("public.index", after=f"{following.year}-{following.plan}") if following else None,
    )


@blueprint.get("/<int:plan>")
@permitted(Permission.PUBLIC)
def page(plan: int) -> str:
    """Show what was publicized of a plan."""
    after = number_in(request.args.get("after"), SMALL) or 0
    with config().database.read() as connection:
        found = public_plan(connection, plan)
        tasks = public_tasks(connection, plan, after, PAGE)
    return render_template(
        "public/plan.html",
        plan=found,
        rows=[(task, _day(task), _linked(task)) for task in tasks.tasks],
        first=url_for("public.page", plan=plan) if after else None,
        following=url_for("public.page", plan=plan, after=tasks.following) if tasks.following else None,
    )


def _day(task: PublicTask) -> date:
    return config().rules.timetable.local_day(task.publicized_at)


def _linked(task: PublicTask) -> bool:
    """Say whether the address may be a link: the forms take nothing else, an import might."""
    return task.address is not None and task.address.startswith(("https://", "http://"))


def _plan_key(value: str) -> PlanKey | None:
    year, _, plan = value.partition("-")
    match number_in(year, SMALL), number_in(plan, IDENTIFIER):
        case int(of_year), int(behind):
            return PlanKey(of_year, behind)
    return None

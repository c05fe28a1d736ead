"""``zhenggai user``: accounts. A password is never an argument; a new one is printed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli import output
from cli.errors import Unusable
from cli.installation import organisation_option
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from cli.installation import Installation
    from storage.account_keeping import OneTime

_LOGIN = click.argument("login")


@click.group(help=pick("管理账号。", "Manage accounts."))
def user() -> None:
    """Holds the commands about accounts."""


@user.command(
    help=pick(
        "新建人员和账号，一次性口令只显示这一次。",
        "Add a person with an account; the one-time password is shown this once.",
    )
)
@_LOGIN
@click.option("--name", required=True, help=pick("姓名。", "The person's name."))
@click.option("--email", default="", help=pick("邮件地址。", "The mail address."))
@click.option("--department", required=True, help=pick("所在部门。", "The department."))
@click.option(
    "--new-department",
    is_flag=True,
    help=pick("没有这个部门时新建。", "Create the department where there is none of this name."),
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help=pick("角色，可重复。", "A role; may be given several times."),
)
@organisation_option
@output.format_option
def add(
    login: str,
    name: str,
    email: str,
    department: str,
    roles: tuple[str, ...],
    organisation: str | None,
    output_format: str,
    *,
    new_department: bool,
) -> None:
    """Adds a person with positions and an account.

    Raises:
        Unusable: a role or department is unknown.
        ZhenggaiError: the login is taken or malformed.
    """
    from cli.installation import opened
    from storage import account_keeping, directory

    known = _roles(roles)
    password = account_keeping.one_time()
    with opened(organisation, "user add") as at:
        place = _department(at, department, create=new_department)
        with at.database.write() as connection:
            place = place or directory.add_department(connection, department, at.actor, at.now)
            person = directory.add_person(connection, name, at.actor, at.now, email=email)
            for role in known:
                directory.add_position(connection, person, place, role, at.today, at.actor, at.now)
            account_keeping.add_account(connection, person, login, password, at.actor, at.now)
    _show(login, password, output_format)


@user.command("list", help=pick("列出账号。", "List the accounts."))
@organisation_option
@output.format_option
def list_(organisation: str | None, output_format: str) -> None:
    """Lists the accounts of an organisation."""
    from cli.installation import opened
    from storage.account_keeping import accounts

    with opened(organisation, "user list") as at, at.database.read() as connection:
        found = accounts(connection, at.actor, at.today)
    heads = {
        "login": pick("登录名", "Login"),
        "name": pick("姓名", "Name"),
        "roles": pick("角色", "Roles"),
        "email": pick("邮件", "Mail"),
        "disabled_at": pick("停用时间", "Disabled"),
    }
    rows = [
        {
            "login": one.login,
            "name": one.name,
            "roles": one.roles if output_format == "json" else [_role_name(role) for role in one.roles],
            "email": one.email,
            "must_change": one.must_change,
            "created_at": one.created_at,
            "disabled_at": one.disabled_at,
        }
        for one in found
    ]
    output.rows(rows, output_format, heads)


@user.command(help=pick("停用账号，其会话立即结束。", "Close an account; its sessions end at once."))
@_LOGIN
@organisation_option
def disable(login: str, organisation: str | None) -> None:
    """Closes an account, and lets the seats that counted on its owner be resolved again.

    Raises:
        ZhenggaiError: there is no such login, or it is closed already.
    """
    from cli.installation import opened
    from storage import account_keeping

    with opened(organisation, "user disable") as at:
        with at.database.write() as connection:
            person = account_keeping.disable(connection, login, at.actor, at.now)
        resolved = _resolve_seats(at, person)
    output.note(pick(f"已停用 {login}，其会话已结束。", f"{login} is disabled; its sessions have ended."))
    if resolved:
        output.note(
            pick(f"{resolved} 项提请已另定签批人。", f"{resolved} proposals now wait for somebody else.")
        )


@user.command(help=pick("重新启用账号。", "Open a closed account again."))
@_LOGIN
@organisation_option
def enable(login: str, organisation: str | None) -> None:
    """Opens a closed account again.

    Raises:
        ZhenggaiError: there is no such login, or it is open.
    """
    from cli.installation import opened
    from storage import account_keeping

    with opened(organisation, "user enable") as at, at.database.write() as connection:
        account_keeping.enable(connection, login, at.actor, at.now)
    output.note(pick(f"已启用 {login}。", f"{login} is enabled."))


@user.command(help=pick("重设一次性口令，只显示这一次。", "Give a new one-time password, shown this once."))
@_LOGIN
@organisation_option
@output.format_option
def reset(login: str, organisation: str | None, output_format: str) -> None:
    """Replaces a password by a one-time one.

    Raises:
        ZhenggaiError: there is no such login.
    """
    from cli.installation import opened
    from storage import account_keeping

    password = account_keeping.one_time()
    with opened(organisation, "user reset") as at, at.database.write() as connection:
        account_keeping.reset_password(connection, login, password, at.actor, at.now)
    _show(login, password, output_format)


def _show(login: str, password: OneTime, output_format: str) -> None:
    heads = {"login": pick("登录名", "Login"), "password": pick("一次性口令", "One-time password")}
    output.rows([{"login": login, "password": password.password}], output_format, heads)


def _roles(names: tuple[str, ...]) -> tuple[str, ...]:
    from workflows.rectification.vocabulary import Role

    unknown = [name for name in names if name not in set(Role)]
    if unknown:
        known = ", ".join(Role)
        raise Unusable(
            pick(
                f"没有角色“{unknown[0]}”，可用：{known}。",
                f"There is no role {unknown[0]}; there are {known}.",
            )
        )
    return tuple(dict.fromkeys(names))


def _role_name(role: str) -> str:
    from workflows.catalogue import sentence

    return sentence(f"role.{role}", {}, terminal_locale())


def _department(at: Installation, name: str, *, create: bool) -> int | None:
    """Gives the department; None where it is to be created."""
    from storage.queries.plan_directory import directory_of

    with at.database.read() as connection:
        departments = directory_of(connection, at.actor, at.today).departments
    known = {entry.name: entry.department for entry in departments}
    if name in known or create:
        return known.get(name)
    names = pick("、", ", ").join(known)
    raise Unusable(
        pick(
            f"没有部门“{name}”（现有：{names}）；要新建请加 --new-department。",
            f"There is no department {name} (there are: {names}); --new-department creates it.",
        )
    )


def _resolve_seats(at: Installation, person: int) -> int:
    """Lets every open proposal that counted on a person find somebody else."""
    from cli.surroundings import rules
    from storage.queries.seats import open_proposals_of
    from storage.task_store import SqlTaskStore
    from workflows.rectification.reseating import resolve_again

    with at.database.read() as connection:
        waiting = open_proposals_of(connection, person, at.actor)
    store = SqlTaskStore(at.database, at.settings.timezone)
    return resolve_again(store, rules(at.settings), waiting, at.actor, at.now)

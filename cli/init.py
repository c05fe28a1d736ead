"""``zhenggai init``: creates or upgrades the database, and the first administrator.

The one-time password is printed once and kept nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from cli import output
from cli.language import pick

if TYPE_CHECKING:
    from datetime import datetime

    from cli.settings import Settings
    from storage.account_keeping import OneTime
    from storage.database import Database

_REQUEST: Final = "init"
_DEPARTMENT: Final = "系统管理"
_PERSON: Final = "系统管理员"


@click.command(
    help=pick(
        "建立或升级数据库；首次运行时建立本单位和第一个管理员，其一次性口令只显示这一次。",
        "Create or upgrade the database; the first run creates the organisation and the first administrator,"
        " whose one-time password is shown this once.",
    )
)
@click.option(
    "--organisation",
    default="本院",
    show_default=True,
    help=pick("本单位名称，仅首次运行时使用。", "The organisation's name; used by the first run alone."),
)
@click.option(
    "--login",
    default="admin",
    show_default=True,
    help=pick("管理员登录名，仅首次运行时使用。", "The administrator's login; used by the first run alone."),
)
@output.format_option
def init(organisation: str, login: str, output_format: str) -> None:
    """Creates or upgrades an installation.

    Raises:
        SurroundingsError: database or data directory cannot be written.
    """
    from datetime import UTC, datetime

    from cli import secret, settings, surroundings
    from storage.account_keeping import one_time
    from storage.database import Database

    given = settings.read()
    database = Database(given.database_url)
    try:
        database.migrate()
        surroundings.open_blobs(given)
        secret.secret_key(given)
        password = one_time()
        if not _create_first(database, given, organisation.strip(), login, password, datetime.now(UTC)):
            output.note(
                pick("数据库已是最新，本单位已建立。", "The database is up to date; nothing else to do.")
            )
            return
    finally:
        database.close()
    output.note(
        pick(
            "已建立数据库和第一个管理员。口令只显示这一次，首次登录时须更改。",
            "Database and first administrator created. The password is shown this once and has to be changed"
            " at the first login.",
        )
    )
    row = {"organisation": organisation.strip(), "login": login, "password": password.password}
    heads = {"organisation": pick("单位", "Organisation"), "login": pick("登录名", "Login")}
    output.rows([row], output_format, heads | {"password": pick("一次性口令", "One-time password")})


def _create_first(
    database: Database, given: Settings, name: str, login: str, password: OneTime, now: datetime
) -> bool:
    """Creates organisation and administrator; does nothing where there is an organisation."""
    from engine.actor import system
    from storage import account_keeping, directory
    from workflows.rectification.vocabulary import Role

    with database.write() as connection:
        if directory.organisations(connection):
            return False
        number = directory.add_organisation(connection, name, now, request_id=_REQUEST)
        actor = system(number, _REQUEST)
        department = directory.add_department(connection, _DEPARTMENT, actor, now)
        person = directory.add_person(connection, _PERSON, actor, now)
        today = now.astimezone(given.timezone).date()
        directory.add_position(connection, person, department, Role.ADMINISTRATOR, today, actor, now)
        account_keeping.add_account(connection, person, login, password, actor, now)
    return True

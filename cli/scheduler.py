"""``zhenggai scheduler``: builds what the deadline process works with and hands its options on.

The options and the jobs are ``scheduler.py``'s own; this reads the settings, which that must not know.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from cli import output
from cli.language import pick
from cli.settings import Settings
from cli.signals import told_to_end

if TYPE_CHECKING:
    from scheduler import Surroundings
    from storage.database import Database
    from workflows.rectification.service import Rules


@click.command(
    help=pick("启动时限进程：提醒、催办、发信。", "Start the deadline process: reminders, escalation, mail."),
    # The process reads its own options, its --help among them.
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def scheduler(arguments: tuple[str, ...]) -> None:
    """Runs the deadline process until it is told to end, or one round of it.

    Raises:
        ZhenggaiError: the clock may not be set, or a job of a single round failed.
        SurroundingsError: the database cannot be reached or is not migrated.
    """
    import logging

    import scheduler as process
    from cli import settings, surroundings

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    process.parser().parse_args(arguments)
    given = settings.read()
    with ExitStack() as stack:
        database = surroundings.open_database(given)
        stack.callback(database.close)
        if not given.smtp_url:
            output.note(
                pick(
                    "未设置 ZHENGGAI_SMTP_URL：邮件只排队，不发出。",
                    "ZHENGGAI_SMTP_URL is not set: mail waits in the queue.",
                )
            )
        done = process.main(arguments, around(given, database, surroundings.rules(given)), told_to_end)
    if done is None:
        output.note(pick("时限进程已停止。", "The deadline process has ended."))
    else:
        heads = {"job": pick("作业", "Job"), "done": pick("办理数", "Done")}
        output.rows([{"job": name, "done": count} for name, count in done.items()], "table", heads)


def around(settings: Settings, database: Database, rules: Rules) -> Surroundings:
    """What the process works with, for these settings."""
    import scheduler as process
    from storage.job_runs import JobRuns
    from storage.outbox_store import SqlOutboxStore
    from storage.position_store import SqlPositionStore
    from storage.reminder_store import SqlReminderStore
    from storage.sweep_store import SqlSweepStore
    from storage.task_store import SqlTaskStore

    mail_from = settings.mail_from or "zhenggai@localhost"
    return process.Surroundings(
        positions=SqlPositionStore(database, settings.timezone),
        tasks=SqlTaskStore(database, settings.timezone),
        sweeps=SqlSweepStore(database, settings.timezone),
        reminders=SqlReminderStore(database),
        outbox=SqlOutboxStore(database),
        runs=JobRuns(database),
        ladders=rules.ladders,
        timetable=rules.timetable,
        sender=process.sender_for(settings.smtp_url),
        mail_from=mail_from,
        base_url=settings.base_url,
        allow_clock=settings.allow_clock,
    )

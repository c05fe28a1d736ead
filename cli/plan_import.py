"""``zhenggai plan import``: reads a plan, shows what was understood, asks what is to be decided.

Tasks are created only once a person agreed. What is understood and created is decided in
``workflows.plans``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output, plan_asking, plan_showing
from cli.errors import Unusable
from cli.installation import opened, organisation_option
from cli.language import pick

if TYPE_CHECKING:
    from cli.installation import Installation
    from storage.plan_store import SqlPlanStore
    from workflows.plans.keeping import Kept
    from workflows.plans.records import Created


@click.command(
    "import",
    help=pick(
        "读取方案，显示读懂了什么，询问须由人决定的事项，确认后创建任务。",
        "Read a plan, show what was understood, ask what a person must decide, and create its tasks.",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--year",
    type=click.IntRange(1990, 2100),
    help=pick("没有写年份的日期按这一年读。", "The year of dates that name none."),
)
@click.option(
    "--yes",
    is_flag=True,
    help=pick(
        "不提问，直接创建；还有问题时拒绝并逐条列出。",
        "Ask nothing and create the tasks; refuses where questions remain, naming them.",
    ),
)
@organisation_option
def import_plan(file: Path, year: int | None, organisation: str | None, *, yes: bool) -> None:
    """Imports a plan.

    Raises:
        Unusable: with ``--yes`` questions remain.
        ZhenggaiError: the document cannot be read or stored, or its plan exists already.
    """
    from workflows.plans.handing_in import take_in
    from workflows.plans.sources.kinds import MOST_BYTES

    with file.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    name, kept = take_in(file.name, data, year)
    plan_showing.show(kept.reading)
    with opened(organisation, "plan import") as installation:
        _import(installation, data, name, kept, yes=yes)


def at_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def _import(installation: Installation, data: bytes, name: str, kept: Kept, *, yes: bool) -> None:
    from storage.plan_store import SqlPlanStore

    store = SqlPlanStore(installation.database)
    if yes:
        _refuse_open(store, installation, kept)
    draft = _draft(store, installation, data, name, kept)
    if not yes and at_terminal():
        plan_asking.ask(store, draft, installation)
    created = _confirmed(store, draft, installation, yes=yes)
    if created is None:
        address = f"{installation.settings.base_url}/plans/drafts/{draft}"
        output.note(
            pick(
                f"没有创建任务。导入已保存，可在浏览器中继续：{address}",
                f"No task was created. The import is kept; go on in the browser: {address}",
            )
        )
        return
    count = len(created.tasks)
    click.echo(
        pick(f"已创建方案{created.plan}的{count}项任务。", f"Created {count} tasks of plan {created.plan}.")
    )


def _refuse_open(store: SqlPlanStore, installation: Installation, kept: Kept) -> None:
    from workflows.plans.fields import doubts, read_fields
    from workflows.plans.sheet import corrected
    from workflows.plans.understanding import understand

    directory = store.directory(installation.actor, installation.today)
    found = understand(corrected(read_fields(kept), {}), directory, doubts(kept.reading))
    if found.questions:
        lines = "\n".join(f"  {plan_asking.line(question)}" for question in found.questions)
        raise Unusable(
            pick(
                f"还有须由人决定的问题，没有导入：\n{lines}",
                f"Questions remain that a person must decide; nothing was imported:\n{lines}",
            )
        )


def _draft(store: SqlPlanStore, installation: Installation, data: bytes, name: str, kept: Kept) -> int:
    """Keeps the file and the reading; the same file again goes on where it was left."""
    import io

    from cli.surroundings import open_blobs
    from storage.blob_index import keep_blob
    from workflows.plans import confirming

    stored = open_blobs(installation.settings).put(io.BytesIO(data), len(data))
    for earlier in store.earlier(stored.digest, installation.actor):
        if earlier.plan is not None:
            output.note(
                pick(
                    f"注意：同一份文件已导入为方案《{earlier.title}》。",
                    f"Note: the same file was imported as the plan “{earlier.title}”.",
                )
            )
        elif earlier.draft is not None:
            output.note(pick("继续上次没有确认的导入。", "Going on with the import that was left."))
            return earlier.draft
    with installation.database.write() as connection:
        keep_blob(connection, stored, installation.now)
    return confirming.begin(store, (stored.digest, name), kept, installation.actor, installation.now)


def _confirmed(store: SqlPlanStore, draft: int, installation: Installation, *, yes: bool) -> Created | None:
    from cli.surroundings import rules
    from workflows.plans import confirming

    found = confirming.look(store, draft, installation.actor, installation.today)
    plan = found.understanding.plan
    if plan is None:
        return None
    question = pick(f"创建{len(plan.tasks)}项任务？", f"Create {len(plan.tasks)} tasks?")
    if not yes and not (at_terminal() and click.confirm(question, err=True)):
        return None
    return confirming.confirm(
        store, rules(installation.settings), draft, found.record.version, installation.actor, installation.now
    )

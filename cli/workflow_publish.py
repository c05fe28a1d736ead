"""``zhenggai workflow publish`` and ``migrate``: a new version of a definition, and tasks that move to it.

What may be published and what may move is decided in ``workflows.versions``; nothing moves before a person
has seen what it would change.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output
from cli.installation import opened, organisation_option
from cli.language import pick
from cli.workflow_check import loaded, refuse, text_of

if TYPE_CHECKING:
    from cli.installation import Installation
    from cli.workflow_words import Words
    from storage.migration_store import SqlMigrationStore
    from workflows.versions.migrating import Prospect
    from workflows.versions.records import Published


@click.command(
    help=pick(
        "检查流程定义并发布为新版本；新任务使用最新版本，正在办理的任务仍用原版本。",
        "Check a definition and publish it as the next version; new tasks start on the newest version, "
        "running tasks stay on theirs.",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@organisation_option
def publish(file: Path, organisation: str | None) -> None:
    """Publishes a definition.

    Raises:
        FoundWrong: it must not be used.
        RefusedError: it is not the next version, or this version was published with another text.
    """
    from storage.definition_store import SqlVersionStore
    from workflows.versions import publishing

    text = text_of(file)
    loaded(file, text, "table")
    with opened(organisation, "workflow publish") as installation:
        store = SqlVersionStore(installation.database)
        try:
            done = publishing.publish(store, text, installation.actor, installation.now)
        except publishing.UnsoundError as error:
            refuse(error.findings)
            raise
    name, version = done.definition.name, done.definition.version
    if done.new:
        click.echo(
            pick(
                f"已发布流程“{name}”第{version}版，新任务从此使用这一版。",
                f"Published version {version} of “{name}”; new tasks start on it from now on.",
            )
        )
    else:
        output.note(
            pick(
                f"流程“{name}”第{version}版已经发布，内容相同，没有改动。",
                f"Version {version} of “{name}” is published already with this text; nothing changed.",
            )
        )


@click.command(
    help=pick(
        "把正在办理的任务迁移到已发布的另一版本：先逐项显示变化，确认后每项单独迁移；可以中断，再运行即可继续。",
        "Move running tasks to another published version: shows first, task by task, what would change, "
        "asks, and moves each by itself; can be stopped, and run again to go on.",
    )
)
@click.argument("name")
@click.option("--to", "version", type=int, required=True, help=pick("迁移到第几版。", "The version."))
@click.option("--yes", is_flag=True, help=pick("不提问，直接迁移。", "Ask nothing and move the tasks."))
@organisation_option
@output.format_option
def migrate(name: str, version: int, organisation: str | None, output_format: str, *, yes: bool) -> None:
    """Moves tasks to another version.

    Raises:
        FoundWrong: some tasks may not move; the others did, where somebody agreed.
        NotFoundError: there is no such workflow, or no such published version.
    """
    from cli import surroundings
    from cli.errors import FoundWrong
    from cli.workflow_words import Words
    from storage.migration_store import SqlMigrationStore
    from workflows.versions.migrating import prospects

    with opened(organisation, "workflow migrate") as installation:
        to = _target(installation, name, version)
        rules = surroundings.rules(installation.settings)
        store = SqlMigrationStore(installation.database, installation.settings.timezone)
        label = pick("逐项比较", "Comparing")
        found = prospects(store, to, rules, installation.actor, installation.now)
        with output.progress(found, label, store.size(installation.actor)) as seen:
            listed = [one for one in seen if one is not None]
        words = Words(installation)
        moved, tried = frozenset[int](), 0
        if output_format == "table":
            _show(listed, words)
        movable = [one.standing.task for one in listed if not one.against]
        if movable and (yes or _agreed(len(movable), version)):
            moved, tried = _move(installation, store, movable, to), len(movable)
        if output_format == "json":
            output.as_json(
                {"name": name, "to": version, "tasks": [_data(one, words, moved) for one in listed]}
            )
    # What was shown may have changed before somebody agreed.
    staying = sum(bool(one.against) for one in listed) + tried - len(moved)
    _tell(len(movable), len(moved), version)
    if staying:
        message = pick(f"{staying}项任务不能迁移。", f"{staying} tasks may not move.")
        raise FoundWrong(message)


def _target(installation: Installation, name: str, version: int) -> Published:
    from engine.errors import NotFoundError
    from storage.definition_store import SqlVersionStore
    from workflows.versions.known import TASKS, kind_of

    if kind_of(name).name != TASKS:
        raise NotFoundError("version_not_migrated", name=name)
    versions = SqlVersionStore(installation.database).versions(installation.actor, name)
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        known = ", ".join(str(one.version) for one in versions) or "-"
        raise NotFoundError("version_unknown", name=name, version=version, known=known)
    return found


def _agreed(count: int, version: int) -> bool:
    from cli.plan_import import at_terminal

    question = pick(f"把{count}项任务迁移到第{version}版？", f"Move {count} tasks to version {version}?")
    return at_terminal() and click.confirm(question, err=True)


def _move(
    installation: Installation, store: SqlMigrationStore, tasks: list[int], to: Published
) -> frozenset[int]:
    """Moves one task after the other; whoever stops in between runs the command again."""
    from cli import surroundings
    from cli.signals import ends_like_ctrl_c
    from workflows.versions.migrating import migrate as migrate_one

    rules, moved = surroundings.rules(installation.settings), set[int]()
    try:
        with ends_like_ctrl_c(), output.progress(tasks, pick("迁移", "Moving"), len(tasks)) as listed:
            for task in listed:
                if not migrate_one(store, task, to, rules, installation.actor, installation.now):
                    moved.add(task)
    except KeyboardInterrupt:
        output.note(
            pick(
                f"已中断：迁移了{len(moved)}项，余下的没有改动；再运行一次即可继续。",
                f"Stopped: {len(moved)} tasks have moved, the others are as they were; run it again.",
            )
        )
        raise
    return frozenset(moved)


def _show(listed: list[Prospect], words: Words) -> None:
    heads = {
        "number": pick("任务", "task"),
        "plan": pick("方案", "plan"),
        "state": pick("状态（不变）", "state (kept)"),
        "version": pick("现版本", "version"),
        "moves": pick("可迁移", "may move"),
        "changes": pick("变化或不能迁移的原因", "what changes, or why it may not move"),
    }
    rows = [
        {
            "number": one.standing.number,
            "plan": one.standing.plan,
            "state": words.word("state", one.state),
            "version": one.standing.version,
            "moves": not one.against,
            "changes": pick("；", "; ").join(_said(one, words)) or pick("无变化", "nothing changes"),
        }
        for one in listed
    ]
    if rows:
        output.rows(rows, "table", heads)


def _said(one: Prospect, words: Words) -> list[str]:
    """Why a task may not move comes first; a missing state is said once."""
    return list(dict.fromkeys((*words.all(one.against), *words.all(one.changes))))


def _data(one: Prospect, words: Words, moved: frozenset[int]) -> dict[str, object]:
    return {
        "task": one.standing.task,
        "plan": one.standing.plan,
        "number": one.standing.number,
        "state": one.state,
        "version": one.standing.version,
        "against": words.data(one.against),
        "changes": words.data(one.changes),
        "moved": one.standing.task in moved,
    }


def _tell(movable: int, moved: int, version: int) -> None:
    if not movable:
        output.note(pick("没有可迁移的任务。", "There is no task to move."))
    elif moved:
        output.note(
            pick(f"{moved}项任务已迁移到第{version}版。", f"{moved} tasks now run on version {version}.")
        )
    else:
        output.note(pick("没有迁移任何任务。", "No task was moved."))

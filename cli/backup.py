"""``zhenggai backup`` and ``zhenggai restore``: a consistent copy of database and evidence, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output
from cli.errors import FoundWrong
from cli.language import pick

if TYPE_CHECKING:
    from storage.backup import Summary
    from workflows.evidence.records import Blob

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))


@click.command(
    help=pick(
        "把数据库和全部佐证材料备份到空文件夹 DIR，并逐件核对；备份时系统可照常运行。",
        "Copy database and all evidence into the empty folder DIR, each file checked; everything may run on.",
    )
)
@_FOLDER
def backup(folder: Path) -> None:
    """Makes a backup.

    Raises:
        FoundWrong: evidence is missing or damaged; everything else was copied.
        ZhenggaiError: the folder is not empty.
        SurroundingsError: database or disk failed.
    """
    from datetime import UTC, datetime

    from cli import settings, surroundings
    from storage.backup import back_up

    given = settings.read()
    database = surroundings.open_database(given)
    try:
        watch = _watch(pick("备份佐证材料", "Copying evidence"))
        summary = back_up(database, surroundings.open_blobs(given), folder, datetime.now(UTC), watch)
    finally:
        database.close()
    _tell(summary, pick(f"已备份到 {folder}", f"Copied to {folder}"))


@click.command(
    help=pick(
        "把备份 DIR 恢复到空的安装，并逐件核对；恢复时系统不得运行。",
        "Put the backup DIR back into an empty installation, each file checked; nothing may run meanwhile.",
    )
)
@_FOLDER
def restore(folder: Path) -> None:
    """Puts a backup back and checks the record of operations.

    Raises:
        FoundWrong: the backup was made with damaged evidence, or its record does not fit.
        ZhenggaiError: it is no whole backup, or the installation is not empty.
        SurroundingsError: database or disk failed.
    """
    from cli import settings, surroundings
    from storage.audit_check import verify
    from storage.backup import restore as put_back
    from storage.database import Database

    given = settings.read()
    database = Database(given.database_url)
    try:
        watch = _watch(pick("恢复佐证材料", "Putting evidence back"))
        summary = put_back(folder, database, surroundings.open_blobs(given), watch)
        checked = verify(database)
    finally:
        database.close()
    if checked.findings:
        count = len(checked.findings)
        raise FoundWrong(
            pick(
                f"已恢复，但操作记录有 {count} 处不符：请运行 zhenggai audit verify。",
                f"Restored, but the record does not fit in {count} places: run zhenggai audit verify.",
            )
        )
    entries = checked.entries
    _tell(
        summary, pick(f"已恢复，{entries} 条操作记录相符", f"Restored; {entries} entries of the record fit")
    )


def _watch(label: str) -> Callable[[Iterable[Blob], int], Iterable[Blob]]:
    def watch(blobs: Iterable[Blob], total: int) -> Iterable[Blob]:
        with output.progress(blobs, label, total) as watched:
            yield from watched

    return watch


def _tell(summary: Summary, done: str) -> None:
    from workflows.evidence.records import readable_size

    size = readable_size(summary.size)
    output.note(
        pick(f"{done}；佐证材料 {summary.blobs} 件，{size}。", f"{done}; {summary.blobs} files, {size}.")
    )
    if summary.damaged:
        listed = ", ".join(summary.damaged)
        raise FoundWrong(
            pick(
                f"有 {len(summary.damaged)} 件佐证材料缺失或已损坏，不在其中：{listed}。",
                f"{len(summary.damaged)} files were missing or damaged and are not in it: {listed}.",
            )
        )

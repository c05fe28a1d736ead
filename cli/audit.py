"""``zhenggai audit``: the record of operations, checked anew and given out as it was hashed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from cli import output
from cli.errors import FoundWrong
from cli.language import pick

if TYPE_CHECKING:
    from storage.audit_check import Checked, Finding

_KINDS = {
    "missing": ("此前缺少记录", "an entry before it is missing"),
    "changed": ("内容被改动", "its text was changed"),
    "foreign": ("内容不属于此处", "its text speaks of another place"),
    "broken": ("与前一条不衔接", "it does not follow the entry before it"),
    "disagrees": ("索引列与内容不一致", "a column disagrees with its text"),
    "text_changed": ("附带文字被改动", "the words beside it were changed"),
    "lost": ("记录已丢失", "the entry is gone"),
}


@click.group(help=pick("核对和导出操作记录。", "Verify and export the audit log."))
def audit() -> None:
    """Holds the commands about the record."""


@audit.command(
    help=pick(
        "重新计算每条记录链，指出第一条不符的记录；不符时以状态 1 结束。",
        "Compute every chain again and name the first entry that does not fit; if any, end with 1.",
    )
)
@output.format_option
def verify(output_format: str) -> None:
    """Checks the whole record.

    Raises:
        FoundWrong: an entry does not fit.
    """
    from cli import settings, surroundings
    from storage import audit_check

    database = surroundings.open_database(settings.read())
    try:
        total = audit_check.count_entries(database)
        label = pick("核对操作记录", "Checking the record")
        with output.progress(audit_check.read_log(database), label, total) as lines:
            checked = audit_check.check_log(iter(lines))
        lost = audit_check.lost_entries(database)
    finally:
        database.close()
    _show(checked, lost, output_format)


def _show(checked: Checked, lost: tuple[Finding, ...], output_format: str) -> None:
    findings = [
        {"stream": one.stream, "seq": one.seq, "entry": one.entry, "kind": one.kind}
        for one in (*checked.findings, *lost)
    ]
    if output_format == "json":
        output.as_json({"entries": checked.entries, "streams": checked.streams, "findings": findings})
    elif findings:
        heads = {
            "stream": pick("记录链", "Chain"),
            "seq": pick("序号", "No."),
            "entry": pick("编号", "Entry"),
            "kind": pick("问题", "What is wrong"),
        }
        shown = [row | {"kind": pick(*_KINDS[str(row["kind"])])} for row in findings]
        output.rows(shown, output_format, heads)
    if findings:
        count = len(findings)
        raise FoundWrong(pick(f"操作记录有 {count} 处不符。", f"The record does not fit in {count} places."))
    output.note(
        pick(
            f"操作记录完整：{checked.streams} 条链，{checked.entries} 条记录全部相符。",
            f"The record is whole: {checked.entries} entries in {checked.streams} chains, all fit.",
        )
    )


@audit.command(
    help=pick(
        "导出全部操作记录，每行一条 JSON，内容与计算摘要时完全相同。",
        "Give out the whole record, one JSON object a line, with the text exactly as it was hashed.",
    )
)
def export() -> None:
    """Prints every entry."""
    from cli import settings, surroundings
    from storage import audit_check

    database = surroundings.open_database(settings.read())
    try:
        for line in audit_check.read_log(database):
            text = json.dumps(audit_check.export_line(line), ensure_ascii=False)
            click.echo(f"{text}\n".encode(), nl=False)
    finally:
        database.close()

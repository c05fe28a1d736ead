"""``zhenggai workflow rehearse``: what a change of the rules would have meant, and what it would mean now.

What differs is decided in ``workflows.versions``. Findings are kept in a file while the bar runs, so that a
long record takes no more memory than a short one, and bar and findings do not mix on a terminal.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from cli import output
from cli.installation import opened, organisation_option
from cli.language import pick
from cli.workflow_check import loaded, text_of

if TYPE_CHECKING:
    from cli.installation import Installation
    from cli.workflow_words import Words
    from engine.definition import Definition
    from workflows.versions.rehearsing import Otherwise, Replayed

_IN_MEMORY: Final = 1 << 20


@click.command(
    help=pick(
        "预演规则修改：用修改后的定义重新判断记录中的每次提请和签批，列出会被拒绝或走向不同的，"
        "以及现状会不同的任务；不改动任何内容。",
        "Rehearse a change of the rules: decide every recorded proposal and signature once more by the "
        "changed definition, list what would have been refused or gone elsewhere, and which open tasks "
        "would stand differently. Changes nothing.",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@organisation_option
@output.format_option
def rehearse(file: Path, organisation: str | None, output_format: str) -> None:
    """Rehearses a definition.

    Raises:
        FoundWrong: it must not load.
    """
    definition = loaded(file, text_of(file), output_format)
    with (
        opened(organisation, "workflow rehearse") as installation,
        tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as steps,
        tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as tasks,
    ):
        rehearsal = _Rehearsal(installation, definition, as_json=output_format == "json")
        counts = {**rehearsal.replay(steps), **rehearsal.compare(tasks)}
        if output_format == "json":
            _print_json(definition, counts, steps, tasks)
        else:
            _print_lines((steps, tasks))
    _sum_up(counts)


class _Rehearsal:
    """One run: findings go into files, one JSON object or sentence a line."""

    def __init__(self, installation: Installation, definition: Definition, *, as_json: bool) -> None:
        from cli.workflow_words import Words
        from storage.record_source import SqlRecordSource
        from workflows.versions.known import kind_of

        self._installation = installation
        self._kind = kind_of(definition.name)
        self._after = self._kind.compiled(definition.text)
        self._source = SqlRecordSource(installation.database)
        self._words = Words(installation)
        self._as_json = as_json

    def replay(self, file: IO[str]) -> dict[str, int]:
        """Decides the record once more, and says how much was looked at and how much differs."""
        from storage.definition_store import SqlVersionStore
        from workflows.versions.rehearsing import replays

        actor = self._installation.actor
        versions = SqlVersionStore(self._installation.database).versions(actor, self._kind.name)
        counts = Counter[str]({"steps": 0})
        found = replays(self._source, self._kind, versions, self._after, actor)
        label = pick("重新判断提请和签批", "Deciding proposals and signatures again")
        with output.progress(found, label, self._source.count(actor)) as seen:
            for one in seen:
                counts["steps"] += one.concerns
                counts.update(difference.verdict for difference in one.differences)
                self._write(file, _step_data(one, self._words) if self._as_json else _step(one, self._words))
        return dict(counts)

    def compare(self, file: IO[str]) -> dict[str, int]:
        """Compares the tasks as they stand, and says how many were looked at and how many differ."""
        from workflows.versions.rehearsing import otherwise

        actor, seen, different = self._installation.actor, 0, 0
        found = otherwise(self._source, self._kind, self._after, actor, self._installation.today)
        label = pick("比较任务现状", "Comparing the tasks as they stand")
        with output.progress(found, label, self._source.size(actor)) as listed:
            for one in listed:
                seen += 1
                if one is not None:
                    different += 1
                    self._write(
                        file, [_task_data(one, self._words) if self._as_json else _task(one, self._words)]
                    )
        return {"tasks": seen, "tasks_different": different}

    def _write(self, file: IO[str], items: Sequence[object]) -> None:
        for item in items:
            text = item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
            file.write(f"{text}\n")


def _step(one: Replayed, words: Words) -> list[str]:
    if not one.differences:
        return []
    place = pick(
        f"任务{one.number}（{one.stream}，第{one.seq}条）",
        f"task {one.number} ({one.stream}, entry {one.seq})",
    )
    what = f"{words.word('action', one.action)} {words.word('trigger', one.trigger)}"
    day = words.day(one.at)
    return [
        f"{day} {place} {what} — {words.word('rehearsal', each.verdict)}"
        + "".join(
            pick("：", ": ") + pick("；", "; ").join(said) for said in [words.all(each.reasons)] if said
        )
        for each in one.differences
    ]


def _step_data(one: Replayed, words: Words) -> list[dict[str, object]]:
    return [
        {
            "entry": one.entry,
            "stream": one.stream,
            "seq": one.seq,
            "number": one.number,
            "at": one.at,
            "action": one.action,
            "trigger": one.trigger,
            "definition": one.definition,
            "verdict": each.verdict,
            "reasons": words.data(each.reasons),
        }
        for each in one.differences
    ]


def _task(one: Otherwise, words: Words) -> str:
    place = pick(
        f"《{one.standing.plan}》任务{one.standing.number}",
        f"“{one.standing.plan}” task {one.standing.number}",
    )
    return f"{place} {words.word('state', one.state)} — {pick('；', '; ').join(words.all(one.changes))}"


def _task_data(one: Otherwise, words: Words) -> dict[str, object]:
    return {
        "task": one.standing.task,
        "plan": one.standing.plan,
        "number": one.standing.number,
        "state": one.state,
        "version": one.standing.version,
        "changes": words.data(one.changes),
    }


def _print_lines(files: tuple[IO[str], ...]) -> None:
    for file in files:
        file.seek(0)
        for line in file:
            click.echo(line, nl=False)


def _print_json(definition: Definition, counts: dict[str, int], steps: IO[str], tasks: IO[str]) -> None:
    head = json.dumps(
        {"name": definition.name, "version": definition.version, "counts": counts}, ensure_ascii=False
    )
    _raw(head[:-1])
    for name, file in (("steps", steps), ("tasks", tasks)):
        _raw(f', "{name}": [')
        for line in _separated(file):
            _raw(line)
        _raw("]")
    _raw("}\n")


def _separated(file: IO[str]) -> Iterator[str]:
    file.seek(0)
    for number, line in enumerate(file):
        yield f"{',' if number else ''}\n{line.rstrip()}"


def _raw(text: str) -> None:
    """Prints in UTF-8, whatever the terminal's own encoding is."""
    click.echo(text.encode(), nl=False)


def _sum_up(counts: dict[str, int]) -> None:
    from workflows.versions.replaying import Verdict

    different = sum(counts.get(verdict, 0) for verdict in Verdict)
    refused, unclear = counts.get(Verdict.REFUSED, 0), counts.get(Verdict.UNCLEAR, 0)
    output.note(
        pick(
            f"重新判断了{counts['steps']}次提请和签批：{different}处不同，其中{refused}处会被拒绝、{unclear}处无法判断。"
            f"比较了{counts['tasks']}项任务，{counts['tasks_different']}项现状会不同。",
            f"Decided {counts['steps']} proposals and signatures again: {different} differences, {refused} "
            f"of them refusals, {unclear} that cannot be told. Compared {counts['tasks']} tasks: "
            f"{counts['tasks_different']} would stand differently.",
        )
    )

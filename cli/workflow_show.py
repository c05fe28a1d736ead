"""``zhenggai workflow list``, ``show`` and ``diagram``: what the definitions say.

They need no database; where there is one, what was published there is shown too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from cli import output
from cli.installation import organisation_option
from cli.language import pick, terminal_locale
from cli.workflow_sources import Source, newest_of, sources

if TYPE_CHECKING:
    from engine.definition import Definition, GuardUse, Stage, Transition
    from engine.diagram import Labels


_VERSION = click.option(
    "--version", type=int, help=pick("第几版；不写时为最新版。", "The version; the newest one where absent.")
)


@click.command(
    "list",
    help=pick(
        "列出流程定义：已发布的各版本，和还没有发布的自带版本。",
        "List the definitions: the published versions, and those of the product that are not published yet.",
    ),
)
@organisation_option
@output.format_option
def list_(organisation: str | None, output_format: str) -> None:
    """Lists the definitions."""
    found = sources(organisation)
    rows = [_listed(source, newest=source is newest_of(found, source.definition.name)) for source in found]
    output.rows(rows, output_format, _heads())


@click.command(help=pick("显示一个流程定义的各项操作。", "Show the moves of a definition."))
@click.argument("name")
@_VERSION
@organisation_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "toml"]),
    default="table",
    show_default=True,
    help=pick("输出格式；toml 为定义原文。", "How to print the result; toml is the definition's own text."),
)
def show(name: str, version: int | None, organisation: str | None, output_format: str) -> None:
    """Shows what a definition says of each move, or its text, which can be changed and published."""
    definition = _named(name, version, organisation)
    if output_format == "toml":
        click.echo(definition.text.encode(), nl=False)
        return
    if output_format == "json":
        output.as_json(
            {
                **_summary(definition),
                "states": [{"name": state.name, "end": state.end} for state in definition.states],
                "transitions": [_move(transition) for transition in definition.transitions],
                "deadlines": list(definition.deadlines),
            }
        )
        return
    heads = {
        "trigger": pick("操作", "move"),
        "from": pick("从", "from"),
        "to": pick("到", "to"),
        "proposed_by": pick("提请", "proposed by"),
        "signed_by": pick("签批", "signed by"),
        "evidence": pick("材料", "evidence"),
        "guards": pick("条件", "guards"),
    }
    output.rows([_in_words(move, definition) for move in definition.transitions], output_format, heads)


@click.command(help=pick("画出一个流程定义的状态图。", "Draw the state diagram of a definition."))
@click.argument("name")
@_VERSION
@organisation_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["svg", "mermaid"]),
    default="svg",
    show_default=True,
    help=pick("输出格式。", "How to print the result."),
)
def diagram(name: str, version: int | None, organisation: str | None, output_format: str) -> None:
    """Prints the state diagram of a definition, in the terminal's language and always in UTF-8."""
    from engine.diagram import mermaid, svg

    definition = _named(name, version, organisation)
    draw = svg if output_format == "svg" else mermaid
    text = draw(definition, _labels(definition)).rstrip("\n")
    click.echo(f"{text}\n".encode(), nl=False)


def _named(name: str, version: int | None, organisation: str | None) -> Definition:
    from engine.errors import NotFoundError
    from workflows.versions.known import kind_of

    kind_of(name)
    found = sources(organisation)
    mine = [source for source in found if source.definition.name == name]
    if version is None:
        return newest_of(found, name).definition
    for source in mine:
        if source.definition.version == version:
            return source.definition
    known = ", ".join(str(source.definition.version) for source in mine)
    raise NotFoundError("version_unknown", name=name, version=version, known=known)


def _listed(source: Source, *, newest: bool) -> dict[str, object]:
    return {
        **_summary(source.definition),
        "published_at": source.published_at,
        "tasks": source.tasks,
        "newest": newest,
    }


def _heads() -> dict[str, str]:
    return {
        "name": pick("名称", "name"),
        "version": pick("版本", "version"),
        "digest": pick("摘要", "digest"),
        "states": pick("状态数", "states"),
        "transitions": pick("操作数", "transitions"),
        "published_at": pick("发布时间", "published"),
        "tasks": pick("任务数", "tasks"),
        "newest": pick("新任务使用", "for new tasks"),
    }


def _summary(definition: Definition) -> dict[str, object]:
    return {
        "name": definition.name,
        "version": definition.version,
        "digest": definition.digest,
        "states": len(definition.states),
        "transitions": len(definition.transitions),
    }


def _move(transition: Transition) -> dict[str, object]:
    return {
        "trigger": transition.trigger,
        "from": list(transition.origins),
        "to": transition.target,
        "when": _use(transition.when) if transition.when else None,
        "proposed_by": list(transition.proposed_by),
        "signed_by": [stage.role for stage in transition.stages],
        "reports": next((stage.role for stage in transition.stages if stage.reports), None),
        "stages": [_stage(stage) for stage in transition.stages],
        "evidence": list(transition.evidence),
        "guards": [_use(use) for use in transition.guards],
        "independent_of": list(transition.independent_of),
        "independent_unless_alone": list(transition.independent_unless_alone),
        "supersedes": transition.supersedes,
        "beside": transition.beside,
        "new_round": transition.new_round,
        "starts": list(transition.starts),
        "stops": list(transition.stops),
        "stops_all": transition.stops_all,
        "tells": list(transition.tells),
    }


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "role": stage.role,
        "rule": stage.rule,
        "need": stage.need,
        "within": stage.within,
        "reports": stage.reports,
        "independent_of": list(stage.independent_of),
    }


def signers_in_words(stage: Stage, words: Mapping[str, str]) -> str:
    """Say who signs in a stage, how many of them, and within how many working days where it says so.

    Args:
        stage: The stage.
        words: The catalogue of the reader's language.
    """
    from engine.definition import Rule

    rules = {
        Rule.ANY: pick("任一人", "any one"),
        Rule.ONE: pick("仅一人", "one alone"),
        Rule.SOME: pick(f"其中{stage.need}人", f"{stage.need} of them"),
    }
    days = pick(f"限{stage.within}个工作日", f"within {stage.within} working days") if stage.within else ""
    remarks = [remark for remark in (rules.get(stage.rule, ""), days) if remark]
    role = words.get(f"role.{stage.role}", stage.role)
    if not remarks:
        return role
    return pick(f"{role}（{'，'.join(remarks)}）", f"{role} ({', '.join(remarks)})")


def _use(use: GuardUse) -> dict[str, object]:
    return {"name": use.name, "at": use.at, **dict(use.values)}


def _labels(definition: Definition) -> Labels:
    from engine.diagram import Labels
    from workflows.catalogue import messages

    words = messages(terminal_locale())
    return Labels(
        title=pick(f"流程 {definition.reference} 的状态图", f"The states of {definition.reference}"),
        states={s.name: words.get(f"state.{s.name}", s.name) for s in definition.states},
        triggers={trigger: words.get(f"trigger.{trigger}", trigger) for trigger in definition.triggers},
    )


def _in_words(transition: Transition, definition: Definition) -> dict[str, object]:
    """A move as a line of the table, in the reader's words; guards keep the names a definition gives them."""
    from workflows.catalogue import messages

    words, labels = messages(terminal_locale()), _labels(definition)

    def named(vocabulary: str, names: Iterable[str]) -> list[str]:
        return [words.get(f"{vocabulary}.{name}", name) for name in names]

    everywhere = len(transition.origins) == len(definition.states)
    return {
        "trigger": labels.move(transition.trigger),
        "from": pick("任何状态", "any state") if everywhere else named("state", transition.origins),
        "to": labels.state(transition.target) if transition.target else pick("不变", "unchanged"),
        "proposed_by": named("role", transition.proposed_by),
        "signed_by": [signers_in_words(stage, words) for stage in transition.stages],
        "evidence": named("evidence", transition.evidence),
        "guards": [
            *([transition.when.name] if transition.when else []),
            *(u.name for u in transition.guards),
        ],
    }

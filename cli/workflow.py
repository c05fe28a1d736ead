"""``zhenggai workflow``: checks, shows and draws workflow definitions; needs no database.

It prints what the engine says of a definition; it judges none itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from cli import output
from cli.language import pick, terminal_locale
from cli.workflow_check import check

if TYPE_CHECKING:
    from engine.definition import Definition, GuardUse, Transition
    from engine.diagram import Labels


@click.group(help=pick("检查和查看流程定义。", "Check and show workflow definitions."))
def workflow() -> None:
    """Holds the commands about definitions."""


workflow.add_command(check)


@workflow.command(
    "list", help=pick("列出自带的流程定义。", "List the definitions that come with the product.")
)
@output.format_option
def list_(output_format: str) -> None:
    """Lists the built-in definitions."""
    output.rows([_summary(definition) for definition in _built_in().values()], output_format, _heads())


@workflow.command(help=pick("显示一个流程定义的各项操作。", "Show the moves of a definition."))
@click.argument("name")
@output.format_option
def show(name: str, output_format: str) -> None:
    """Shows what a definition says of each move."""
    definition = _named(name)
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


@workflow.command(help=pick("画出一个流程定义的状态图。", "Draw the state diagram of a definition."))
@click.argument("name")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["svg", "mermaid"]),
    default="svg",
    show_default=True,
    help=pick("输出格式。", "How to print the result."),
)
def diagram(name: str, output_format: str) -> None:
    """Prints the state diagram of a definition, in the terminal's language and always in UTF-8."""
    from engine.diagram import mermaid, svg

    definition = _named(name)
    draw = svg if output_format == "svg" else mermaid
    text = draw(definition, _labels(definition)).rstrip("\n")
    click.echo(f"{text}\n".encode(), nl=False)


def _built_in() -> dict[str, Definition]:
    from workflows.rectification.definition import built_in

    found = [built_in().definition]
    return {definition.name: definition for definition in found}


def _named(name: str) -> Definition:
    from engine.errors import NotFoundError

    known = _built_in()
    if name not in known:
        raise NotFoundError("definition_unknown", name=name, known=", ".join(known))
    return known[name]


def _heads() -> dict[str, str]:
    return {
        "name": pick("名称", "name"),
        "version": pick("版本", "version"),
        "digest": pick("摘要", "digest"),
        "states": pick("状态数", "states"),
        "transitions": pick("操作数", "transitions"),
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
        "evidence": list(transition.evidence),
        "guards": [_use(use) for use in transition.guards],
        "independent_of": list(transition.independent_of),
        "supersedes": transition.supersedes,
        "beside": transition.beside,
        "new_round": transition.new_round,
        "starts": list(transition.starts),
        "stops": list(transition.stops),
        "stops_all": transition.stops_all,
        "tells": list(transition.tells),
    }


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
        "signed_by": named("role", (stage.role for stage in transition.stages)),
        "evidence": named("evidence", transition.evidence),
        "guards": [
            *([transition.when.name] if transition.when else []),
            *(u.name for u in transition.guards),
        ],
    }

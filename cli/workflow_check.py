"""``zhenggai workflow check``: whether a definition may be published, and if not, how it can be broken.

It prints what the engine found; it judges nothing itself. It needs no database: what a definition has to keep
is measured on the one that comes with the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from engine.definition import Definition
    from engine.exploring import Finding, Report


@click.command(
    help=pick(
        "检查流程定义能否使用；不写文件时检查所有自带的流程。",
        "Check whether a definition may be used; without a file, every one that comes with the product.",
    )
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@output.format_option
def check(file: Path | None, output_format: str) -> None:
    """Checks a definition file, or the built-in definitions.

    Raises:
        FoundWrong: it must not be used; the sentences say where it is wrong, and how that comes about.
        Unusable: it is no text, or no TOML.
    """
    from engine.exploring import examine
    from workflows.versions.known import KINDS, kind_of

    texts = [kind.text() for kind in KINDS.values()] if file is None else [text_of(file)]
    found: list[tuple[Definition, Report]] = []
    for text in texts:
        definition = loaded(file, text, output_format)
        kind = kind_of(definition.name)
        found.append((definition, examine(definition, kind.compiled(kind.text()).definition)))
    if output_format == "json":
        shown = [_as_data(file, definition, report) for definition, report in found]
        output.as_json(shown if file is None else shown[0])
    refuse(finding for _, report in found for finding in report.findings)
    if output_format == "table":
        output.rows([_row(definition, report) for definition, report in found], output_format, _heads())


def refuse(findings: Iterable[Finding]) -> None:
    """Says everything that was found, each with how it comes about.

    Raises:
        FoundWrong: something was found.
    """
    from cli.errors import FoundWrong

    lines = [line for finding in findings for line in lines_of(finding)]
    if lines:
        raise FoundWrong("\n".join(lines))


def text_of(file: Path) -> str:
    """Reads a definition file.

    Raises:
        Unusable: it is no text.
    """
    from cli.errors import Unusable

    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = pick(f"“{file}”不是 UTF-8 文本。", f"{file} is no UTF-8 text.")
        raise Unusable(message) from error


def loaded(file: Path | None, text: str, output_format: str) -> Definition:
    """Loads a definition; for a script it prints why it must not load.

    Raises:
        FoundWrong: it must not load; the sentence says where it is wrong.
        Unusable: it is no TOML.
    """
    from cli.errors import FoundWrong, Unusable
    from engine.errors import DefinitionError
    from workflows.catalogue import sentence
    from workflows.versions.known import load

    try:
        return load(text)
    except DefinitionError as error:
        said = sentence(error.code, error.params, terminal_locale())
        if output_format == "json":
            output.as_json({"file": file, "loads": False, "code": error.code, **error.params, "says": said})
        raise (Unusable if error.code == "definition_unreadable" else FoundWrong)(said) from error


def _as_data(file: Path | None, definition: Definition, report: Report) -> dict[str, object]:
    return {
        "file": file,
        "loads": True,
        **_row(definition, report),
        "hopeless": report.hopeless,
        "situations": report.situations,
        "findings": [_fault(finding) for finding in report.findings],
    }


def _fault(finding: Finding) -> dict[str, object]:
    from workflows.counterexample import people, steps, told

    locale = terminal_locale()
    return {
        "code": finding.reason.code,
        **finding.reason.values(),
        "says": told(finding, locale),
        "people": people(finding, locale),
        "steps": steps(finding, locale),
    }


def lines_of(finding: Finding) -> list[str]:
    """A finding as lines for the terminal: its sentence, who holds what, and what they do one by one."""
    from workflows.counterexample import people, steps, told

    locale = terminal_locale()
    return [
        told(finding, locale),
        *(f"    {line}" for line in people(finding, locale)),
        *(f"    {number}. {step}" for number, step in enumerate(steps(finding, locale), 1)),
    ]


def _row(definition: Definition, report: Report) -> dict[str, object]:
    return {
        "name": definition.name,
        "version": definition.version,
        "digest": definition.digest,
        "states": len(definition.states),
        "transitions": len(definition.transitions),
        "assignments": report.assignments,
    }


def _heads() -> dict[str, str]:
    return {
        "name": pick("名称", "name"),
        "version": pick("版本", "version"),
        "digest": pick("摘要", "digest"),
        "states": pick("状态数", "states"),
        "transitions": pick("操作数", "transitions"),
        "assignments": pick("试过的分工", "assignments tried"),
    }

"""Turns an expected failure into one sentence and an exit status; anything else keeps its traceback.

It knows the status of each kind of error; the sentences of codes stand in the catalogues.
"""

from __future__ import annotations

from typing import IO, Any, ClassVar

import click

from cli.language import pick, terminal_locale


class Failure(click.ClickException):
    """One sentence for the person at the terminal; each kind ends with a status of its own."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Writes the sentence to standard error."""
        click.echo(pick("错误：", "Error: ") + self.format_message(), file=file, err=file is None)


class FoundWrong(Failure):
    """The command looked and found something wrong: a contradiction, a broken log."""

    exit_code: ClassVar[int] = 1


class Unusable(Failure):
    """Wrong usage, or input that cannot be used."""

    exit_code: ClassVar[int] = 2


class SurroundingsFailed(Failure):
    """The surroundings failed: database, disk or mail."""

    exit_code: ClassVar[int] = 3


def explain(error: Exception) -> Failure | None:
    """What to tell about ``error``; ``None`` where nobody foresaw it or click knows better."""
    from engine.errors import SurroundingsError, ZhenggaiError

    if isinstance(error, ZhenggaiError):
        from workflows.catalogue import sentence

        kind = SurroundingsFailed if isinstance(error, SurroundingsError) else Unusable
        return kind(sentence(error.code, error.params, terminal_locale()))
    # Whoever reads our output through a pipe may stop reading; click ends quietly then.
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        return SurroundingsFailed(_of_the_machine(error))
    return None


def _of_the_machine(error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.filename is None:
        return reason
    return pick(f"无法使用“{error.filename}”：{reason}。", f"{error.filename} cannot be used: {reason}.")

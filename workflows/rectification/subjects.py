"""What a command is about: the task itself, or the extension that is asked for.

Owns how a command is told apart: a proposal of its own number, a bundle of its own subject. Whatever decides,
signs or shows a proposal asks here for facts and definition, and is one code for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands import Command, Propose
from engine.facts import Facts
from engine.machine import Workflow
from workflows.extension import definition as extension
from workflows.extension.gathering import gather_extension, is_extension, open_extension
from workflows.rectification import definition as rectification
from workflows.rectification.gathering import gather
from workflows.rectification.records import Case


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as it stands: the definition it runs on, and its facts."""

    workflow: Workflow
    facts: Facts


def task_of(case: Case, today: date) -> Subject:
    """Give the task as a subject."""
    return Subject(rectification.compiled(case.definition_text), gather(case, today))


def extension_of(case: Case, today: date) -> Subject:
    """Give the task's open extension as a subject, or the one that may be asked for next."""
    record = open_extension(case)
    newest = case.extension_text or extension.built_in_text()
    workflow = extension.compiled(record.definition_text if record else newest)
    return Subject(workflow, gather_extension(case, today))


def subject_of(case: Case, command: Command, today: date) -> Subject:
    """Give what a command is about; what is about neither is taken to the task, which refuses it."""
    if isinstance(command, Propose):
        of_extension = is_extension(command.bundle.subject)
    else:
        waiting = case.extension_proposal
        of_extension = waiting is not None and waiting.identifier == command.proposal
    return extension_of(case, today) if of_extension else task_of(case, today)

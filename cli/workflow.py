"""``zhenggai workflow``: workflow definitions and their versions.

It prints what the engine says of a definition; it judges none itself.
"""

from __future__ import annotations

import click

from cli.language import pick
from cli.workflow_check import check
from cli.workflow_publish import migrate, publish
from cli.workflow_rehearse import rehearse
from cli.workflow_show import diagram, list_, show


@click.group(
    help=pick("检查、查看、发布和预演流程定义。", "Check, show, publish and rehearse workflow definitions.")
)
def workflow() -> None:
    """Holds the commands about definitions."""


for _command in (list_, show, diagram, check, rehearse, publish, migrate):
    workflow.add_command(_command)

"""The table of commands: where each is found and what it is for.

It imports no command, so that ``zhenggai --help`` costs nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cli.lazy import Target

COMMANDS: Final = MappingProxyType(
    {
        "demo": Target(
            "cli.demo:demo",
            "一条命令启动完整的演示法院。",
            "Start a whole demonstration court in one command.",
        ),
        "init": Target(
            "cli.init:init",
            "建立或升级数据库，首次运行时给出管理员的一次性口令。",
            "Create or upgrade the database; the first administrator's one-time password is printed once.",
        ),
        "serve": Target("cli.serve:serve", "启动网页服务。", "Start the web server."),
        "scheduler": Target(
            "cli.scheduler:scheduler",
            "启动时限进程：提醒、催办、发信。",
            "Start the deadline process: reminders, escalation, mail.",
        ),
        "plan": Target("cli.plan:plan", "读取和导入整改方案。", "Read and import rectification plans."),
        "workflow": Target(
            "cli.workflow:workflow", "检查和查看流程定义。", "Check and show workflow definitions."
        ),
        "user": Target("cli.user:user", "管理账号。", "Manage accounts."),
        "audit": Target("cli.audit:audit", "核对和导出操作记录。", "Verify and export the audit log."),
        "backup": Target(
            "cli.backup:backup",
            "备份数据库和佐证材料，并核对备份。",
            "Copy database and evidence consistently, and verify the copy.",
        ),
        "restore": Target("cli.backup:restore", "从备份恢复。", "Put a backup back."),
        "doctor": Target(
            "cli.doctor:doctor",
            "检查运行环境，说明该怎么办。",
            "Check the surroundings and say what to do.",
        ),
    }
)

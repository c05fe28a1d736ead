"""What is printed when the demonstration is ready: the address, the mailbox, and one login for each role."""

from __future__ import annotations

from typing import Final

import click

from cli import output
from cli.demo import court
from cli.language import pick, terminal_locale
from workflows.catalogue import sentence
from workflows.rectification.vocabulary import Role

_LOGINS: Final = (
    (Role.HANDLER, "bailizhi", "刚分来的任务：从签收办起", "a task just assigned: acknowledge it first"),
    (Role.HANDLER, "huangfushan", "一项逾期的任务", "a task that is overdue"),
    (Role.HANDLER, "tantailiu", "退回重办的任务，本周到期", "a task sent back into work, due this week"),
    (
        Role.DEPARTMENT_HEAD,
        "dongguoai",
        "本部门的任务和要审核的事项",
        "the department's tasks and what to check",
    ),
    (
        Role.RESPONSIBLE_LEADER,
        "shangguanmei",
        "出差一周：一件待签已委托，一项需协调",
        "on a journey: one to sign is delegated, one matter raised",
    ),
    (
        Role.RESPONSIBLE_LEADER,
        "ouyangbai",
        "受上官梅委托，有一件可以代签",
        "may sign one in the place of 上官梅",
    ),
    (
        Role.PERFORMANCE_OFFICE,
        "chanyunan",
        "各节点报送情况，一份待接收",
        "reports by milestone, one to receive",
    ),
    (Role.PERFORMANCE_OFFICE_HEAD, "shentuchun", "一项延期申请待签", "one extension waits for a signature"),
    (
        Role.PERFORMANCE_LEADER,
        "zhugelan",
        "分管绩效，也是一项任务的责任领导",
        "in charge, and leads one task herself",
    ),
    (Role.VERIFICATION_GROUP, "xiahoutan", "待核验的任务", "tasks to verify"),
    (Role.PUBLICITY_OFFICE, "wenrentang", "一项待公开的任务", "one task to make public"),
    (Role.CONFIDENTIALITY_REVIEWER, "taishumian", "公开前的审查", "texts to review before publication"),
    (Role.INSPECTOR, "zongzhenggui", "全部任务和操作记录", "every task and the record of operations"),
    (Role.PRESIDENT, "simasong", "全院任务的总体情况", "how the whole court stands"),
    (
        Role.ADMINISTRATOR,
        "xuanyuandi",
        "账号、机构人员和系统状态",
        "accounts, directory, state of the system",
    ),
)
_STANDS_IN: Final = (
    "zhonglizhang",
    "代院绩效办核验机关党委的任务",
    "verifies for the performance office what its own department did",
)


def greet(base_url: str, mailbox_url: str) -> None:
    """Print it."""
    names = {member.login: member.name for member in court.MEMBERS}
    click.echo(f"{court.COURT}  {base_url}")
    click.echo(f"{pick('演示邮箱', 'Mailbox')}  {base_url}{mailbox_url}")
    click.echo(f"{pick('所有人的口令', 'Password of everybody')}  {court.PASSWORD}\n")
    rows = [
        {
            "role": sentence(f"role.{role}", {}, terminal_locale()),
            "login": login,
            "name": names[login],
            "sees": pick(zh, en),
        }
        for role, login, zh, en in _LOGINS
    ]
    login, zh, en = _STANDS_IN
    rows.append(
        {"role": pick("代行人", "Substitute"), "login": login, "name": names[login], "sees": pick(zh, en)}
    )
    heads = {
        "role": pick("角色", "Role"),
        "login": pick("登录名", "Login"),
        "name": pick("姓名", "Name"),
        "sees": pick("进去看到", "Finds"),
    }
    output.rows(rows, "table", heads)

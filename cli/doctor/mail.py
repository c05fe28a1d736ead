"""Looks at the mail server: goes as far as mail could be handed over, and hands nothing over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.doctor.finding import Finding, Level
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from cli.settings import Settings


def look_at_mail(given: Settings) -> Finding:
    """Looks at the mail server of the settings."""
    from engine.errors import ZhenggaiError
    from workflows.catalogue import sentence
    from workflows.notices.records import Delivery
    from workflows.notices.senders.smtp import SmtpSender
    from workflows.notices.senders.target import smtp_target

    title = pick("邮件", "Mail")
    if given.smtp_url is None:
        advice = pick("需要发信时设置 ZHENGGAI_SMTP_URL。", "Set ZHENGGAI_SMTP_URL if mail is to leave.")
        detail = pick("未设置，邮件只排队", "Not set: mail waits in the queue")
        return Finding("mail", title, Level.MIND, detail, advice)
    advice = pick("检查 ZHENGGAI_SMTP_URL 和邮件服务器。", "Check ZHENGGAI_SMTP_URL and the mail server.")
    try:
        found = SmtpSender(smtp_target(given.smtp_url)).check()
    except ZhenggaiError as error:
        detail = sentence(error.code, error.params, terminal_locale())
        return Finding("mail", title, Level.BAD, detail, advice)
    if found.delivery is Delivery.SENT:
        return Finding("mail", title, Level.GOOD, pick("服务器可用", "The server lets us in"))
    said = f"{found.stage}: {found.code or ''} {found.detail}".strip()
    return Finding("mail", title, Level.BAD, said, advice)

"""The demonstration's court at the beginning of a year, with seven new tasks and a clock that is set.

Everything is done through the product's pages; who handed in what is counted as the requests come in. It
knows the court and the plan, and not what a page says.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cli.demo.settling import Settled, settle
from storage.blobs.memory import MemoryBlobStore
from storage.database import Database
from storage.sessions import open_session
from tests.support.seed import Clock
from tests.web.driving import fields, sentences
from web import WebConfig, create_app
from web.login import COOKIE
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.timetable import Timetable
from workflows.rectification.service import Rules

LEADER: Final = "欧阳柏"
TASKS: Final = (
    ("审判质量", "统一类案裁判尺度", "审判管理办公室"),
    ("审判效率", "清理久拖未结案件", "审判管理办公室"),
    ("少年审判", "让法治教育离青少年更近", "刑事审判第三庭"),
    ("少年审判指导", "加强对基层少年审判的指导", "刑事审判第三庭"),
    ("人民法庭建设", "改善人民法庭的办案条件", "行装处"),
    ("审判执行监督", "加强对审判执行权的监督", "督察室"),
    ("定点帮扶", "把联系村的急事难事办实", "机关党委"),
)
"""Section, objective and lead department; the offices that inspect and that judge lead one each."""


def plan_text() -> str:
    """Give the plan: one leader for all, the same dates for everybody."""
    tasks = (
        f"（{numeral}）{section}\n整改目标（意见建议）：{objective}。\n"
        "整改措施：一是逐项列出清单并按月通报。二是修订有关工作规定。\n"
        "核验标准：一是清单所列事项全部办结；二是修订后的规定印发施行。\n"
        f"责任领导：{LEADER}\n责任部门：{department}\n完成时限：2026年12月15日前"
        for numeral, (section, objective, department) in zip("一二三四五六七", TASKS, strict=True)
    )
    return "\n".join(
        (
            "云岭省高级人民法院（演示）2025年度群众意见建议整改工作方案",
            "一、整改任务",
            *tasks,
            "二、工作要求",
            "各牵头部门应当分别于2026年8月15日和11月30日前，将中期整改进度、全年整改完成情况报院绩效办。",
            "云岭省高级人民法院（演示）",
            "2026年5月28日",
        )
    )


@dataclass
class WholeYear:
    """The court, and a count of what was handed in.

    Attributes:
        forms: By login and task: the forms that proposed or did something.
        signings: By login: the pages on which something was signed with one proof.
    """

    app: Flask
    database: Database
    clock: Clock
    settled: Settled
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    signings: Counter[str] = field(default_factory=Counter)
    _clients: dict[str, FlaskClient] = field(default_factory=dict)

    def go_to(self, day: date) -> None:
        """Let time pass; nobody is still logged in from before."""
        self.clock.go_to(day)
        self._clients.clear()

    def get(self, login: str, path: str) -> str:
        """Give a page as somebody sees it."""
        answer = self._client(login).get(path)
        assert answer.status_code == 200, sentences(answer.text)
        return answer.text

    def post(self, login: str, path: str, data: dict[str, object]) -> TestResponse:
        """Hand in a form as somebody, and count it."""
        proposed = re.fullmatch(r"/tasks/(\d+)/propose/\w+", path)
        if proposed:
            self.forms[login, proposed[1]] += 1
        if path == "/sign":
            self.signings[login] += 1
        client = self._client(login)
        return client.post(path, data=data, content_type="multipart/form-data")

    def begin_with(self, login: str, path: str) -> dict[str, object]:
        """Give what a form begins with."""
        return dict(fields(self.get(login, path)))

    def _client(self, login: str) -> FlaskClient:
        if login not in self._clients:
            person = self.settled.people[login]
            with self.database.write() as connection:
                token = open_session(
                    connection, person, self.settled.organisation, "127.0.0.1", self.clock.now
                )
            self._clients[login] = self.app.test_client()
            self._clients[login].set_cookie(COOKIE, token)
        return self._clients[login]


def whole_year(url: str) -> WholeYear:
    """Make the court in an empty database."""
    database, clock = Database(url), Clock()
    database.migrate()
    rules = Rules(Timetable(WorkingCalendar()), standard_ladders())
    config = WebConfig(
        database=database,
        blobs=MemoryBlobStore(),
        rules=rules,
        secret_key="a key for tests that nobody guesses",
        base_url="http://127.0.0.1:8000",
        clock=clock,
    )
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    return WholeYear(app, database, clock, settle(database, rules.timetable, clock()))


def paper(name: str, text: str = "详见附件。") -> tuple[io.BytesIO, str]:
    """Give a text file as a browser sends it."""
    return io.BytesIO(text.encode()), f"{name}.txt"

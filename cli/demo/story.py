"""The months before the day of the demonstration, task by task.

Each function plays one task with distances in working days from today. What has to be true on the day itself
stands in its docstring. Must not know how anything is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from cli.demo import forms, tales
from cli.demo.script import AFTERNOON, MIDDAY, MORNING, NOON, Script
from cli.demo.stage import Form, Stage
from cli.demo.tales import Tale
from workflows.extension.vocabulary import Category
from workflows.rectification.vocabulary import ReportKind

OFFICER, OFFICE_HEAD = "chanyunan", "shentuchun"
_STAND_IN, _DEPUTY = "zhonglizhang", "ouyangbai"
_PUBLICIST, _REVIEWER = "wenrentang", "taishumian"
FormAt = Callable[[datetime], Form]


@dataclass(frozen=True, slots=True)
class Scene:
    """One task on the stage."""

    script: Script
    stage: Stage
    task: int
    tale: Tale

    def propose(self, day: int, login: str, trigger: str, form: FormAt, hour: int = MORNING) -> None:
        """Let somebody propose a move."""
        self.script.at(day, hour, lambda now: self.stage.propose(login, self.task, trigger, form(now), now))

    def sign(
        self, day: int, login: str, opinion: str = "同意。", hour: int = AFTERNOON, principal: str = ""
    ) -> None:
        """Let somebody sign, perhaps in a principal's place."""
        self.script.at(day, hour, lambda now: self.stage.sign(login, self.task, opinion, now, principal))

    def travel(self, day: int, delegate: str, first: int, last: int) -> None:
        """Let the leader delegate to another leader for a journey."""
        days = (self.script.days.working(first), self.script.days.working(last))
        leader = self.tale.leader
        self.script.at(day, AFTERNOON, lambda now: self.stage.delegate(leader, delegate, days, now))

    def report(self, day: int, trigger: str, form: FormAt, delegate: str = "") -> None:
        """Let the handler report, and head and leader, or the leader's delegate, sign on the days after."""
        self.propose(day, self.tale.handler, trigger, form)
        self.sign(day + 1, self.tale.head, "情况属实。", NOON)
        leader = self.tale.leader
        self.sign(day + 2, delegate or leader, principal=leader if delegate else "")

    def begin(self, day: int) -> None:
        """Acknowledge the task and start it a week later."""
        self.propose(day, self.tale.handler, "acknowledge", lambda _: forms.nothing)
        self.report(day + 5, "start", lambda now: forms.work_plan(self.stage, self.tale, now))

    def receive(self, day: int, kind: ReportKind, login: str = OFFICER) -> None:
        """Let the performance office receive a report."""
        self.propose(day, login, "receive_report", lambda _: forms.receipt(kind), MIDDAY)

    def mid_term(self, day: int, delegate: str = "") -> None:
        """Let the department report at mid-term."""
        self.report(day, "report_mid_term", lambda now: forms.mid_term(self.stage, self.tale, now), delegate)

    def complete(self, day: int) -> None:
        """Let the department report the end."""
        self.report(day, "complete", self.ending)

    def ask_for_time(self, day: int, reason: str, days: int, category: Category) -> None:
        """Let the handler ask for so many days more, and the head agree on the day after."""
        self.propose(
            day,
            self.tale.handler,
            "grant",
            lambda now: forms.extension(self.stage, reason, days, category, now),
        )
        self.agree(day + 1, self.tale.head, "情况属实。", NOON)

    def agree(self, day: int, login: str, opinion: str = "同意延期。", hour: int = AFTERNOON) -> None:
        """Let somebody sign the extension."""
        self.script.at(
            day,
            hour,
            lambda now: self.stage.sign(login, self.task, opinion, now, of_extension=True),
        )

    def raise_matter(self, day: int, text: str) -> None:
        """Let the handler raise a matter to the leader."""
        self.script.at(
            day, MORNING, lambda now: self.stage.raise_matter(self.tale.handler, self.task, text, now)
        )

    def instruct(self, day: int, text: str, charge: str, until: date) -> None:
        """Let the leader give an instruction with a conclusion for the handler."""
        whose = (charge, self.tale.handler, until)
        self.script.at(
            day, AFTERNOON, lambda now: self.stage.instruct(self.tale.leader, self.task, text, whose, now)
        )

    def ending(self, now: datetime) -> Form:
        """Give the report of the end."""
        return forms.completion(self.stage, self.tale, self.tale.papers, now)

    def hasty_ending(self, now: datetime) -> Form:
        """Give a first report of the end, which will be sent back."""
        return forms.completion(self.stage, self.tale, self.tale.hasty, now)

    def verify(self, day: int, login: str) -> None:
        """Let somebody verify, and the office's head and the leader sign on the two days after."""
        self.propose(day, login, "verify", lambda now: forms.verification(self.stage, now), MIDDAY)
        self.sign(day + 1, OFFICE_HEAD, "审定通过。", MIDDAY)
        self.sign(day + 2, self.tale.leader)


def quality(scene: Scene) -> None:
    """Verified, waiting to be made public."""
    scene.begin(-73)
    scene.complete(-24)
    scene.receive(-21, ReportKind.MID_TERM)
    scene.receive(-21, ReportKind.YEAR_END)
    scene.verify(-17, OFFICER)


def efficiency(scene: Scene) -> None:
    """Suspended, its mid-term report received; before that it was granted more time."""
    scene.begin(-72)
    scene.mid_term(-16)
    scene.receive(-11, ReportKind.MID_TERM)
    scene.ask_for_time(
        -14, "二十三件案件等待外部鉴定机构出具意见，鉴定机构来函说明要顺延。", 25, Category.OUTSIDERS
    )
    scene.agree(-13, OFFICE_HEAD, "同意，原时限在台账中保留。", MIDDAY)
    scene.agree(-12, scene.tale.leader)
    reason = "案件管理系统正在升级，数据迁移期间台账无法核对，申请暂缓到迁移完成。"
    until = scene.script.days.working(20)
    scene.propose(-8, scene.tale.handler, "suspend", lambda _: forms.suspension(reason, until))
    scene.sign(-7, scene.tale.head, "情况属实。", NOON)
    scene.sign(-6, OFFICE_HEAD, "同意暂缓，报送义务不变。", MIDDAY)
    scene.sign(-5, scene.tale.leader)


def young(scene: Scene) -> None:
    """Sent back once by the leader, proposed again, and waiting for the same leader's signature."""
    scene.begin(-73)
    scene.mid_term(-15)
    scene.receive(-11, ReportKind.MID_TERM)
    scene.propose(-6, scene.tale.handler, "complete", scene.hasty_ending)
    scene.sign(-6, scene.tale.head, "情况属实。", NOON)
    reason = "公众开放日的记录没有写明参加人数，请补充后再报。"
    scene.script.at(
        -5, AFTERNOON, lambda now: scene.stage.send_back(scene.tale.leader, scene.task, reason, now)
    )
    scene.propose(-3, scene.tale.handler, "complete", scene.ending)
    scene.sign(-2, scene.tale.head, "已补充参加人数，情况属实。", NOON)


def buildings(scene: Scene) -> None:
    """Overdue; its mid-term report was returned, filed again, and waits to be received.

    Its leader is on a journey this week, and another leader signed the report in her place.

    One matter was taken up by an instruction whose conclusion is still to be answered, another one waits.
    """
    scene.begin(-72)
    scene.mid_term(-14)
    reason = "设备更换进度没有写明已经完成的人民法庭名称，请补充。"
    scene.propose(
        -10,
        OFFICER,
        "return_report",
        lambda _: forms.returned(ReportKind.MID_TERM, reason, scene.script.days.working(-2)),
        MIDDAY,
    )
    scene.travel(-4, _DEPUTY, -3, 3)
    scene.mid_term(-5, _DEPUTY)
    scene.raise_matter(
        -9, "供货单位延期交货，三个人民法庭的设备装不上。请协调督促供货，或者同意改由备选单位供货。"
    )
    scene.instruct(
        -8,
        "请约谈供货单位，要有书面的到货日期；再逾期就改由备选单位供货。",
        "约谈供货单位，取得书面到货日期；再逾期的，改由备选单位供货。",
        scene.script.days.working(3),
    )
    scene.raise_matter(-1, "柳河人民法庭的线路改造要停电两天，请协调供电单位和当天的开庭安排。")


def supervision(scene: Scene) -> None:
    """In its second round, due within this week; its own leader's substitute signed the finding.

    More time was asked for and waits for the performance office.
    """
    scene.begin(-73)
    scene.complete(-21)
    scene.receive(-18, ReportKind.MID_TERM)
    scene.receive(-18, ReportKind.YEAR_END)
    unmet = {1: "回访报告只有十六件，未达到二十件的标准，请补足后再报。"}
    new_day = scene.script.days.this_week
    scene.propose(
        -11, "xiahoutan", "rework", lambda now: forms.rework(scene.stage, now, new_day, unmet), MIDDAY
    )
    scene.sign(-10, OFFICE_HEAD, "同意核验意见。", MIDDAY)
    scene.sign(-9, _DEPUTY)
    scene.ask_for_time(-2, "还有四件案件的当事人在外地，回访时间已经约定在下月上旬。", 20, Category.OUTSIDERS)


def village(scene: Scene) -> None:
    """Reported as done by the performance office's own department; its substitute has to verify."""
    scene.begin(-72)
    scene.mid_term(-16)
    scene.receive(-11, ReportKind.MID_TERM, _STAND_IN)
    scene.complete(-7)


def service(scene: Scene) -> None:
    """An immediate task: completed straight from planned, verified, made public."""
    scene.propose(-74, scene.tale.handler, "acknowledge", lambda _: forms.nothing)
    scene.complete(-70)
    scene.receive(-67, ReportKind.MID_TERM)
    scene.receive(-67, ReportKind.YEAR_END)
    scene.verify(-62, "helianzhen")
    text = "立案庭已经公布一次性告知清单，开通电话和网上预约立案，当事人可少跑路、少等候。"
    address = "https://yunling.example.test/zhenggai/susongfuwu"
    scene.propose(-52, _PUBLICIST, "publicize", lambda _: forms.publication(address, text), MIDDAY)
    scene.sign(-51, scene.tale.head, "事实无误。", NOON)
    scene.sign(-50, _REVIEWER, "经审查，可以公开。", MIDDAY)
    scene.sign(-49, scene.tale.leader)


SCENES = (
    (quality, tales.QUALITY),
    (efficiency, tales.EFFICIENCY),
    (young, tales.YOUNG),
    (buildings, tales.BUILDINGS),
    (supervision, tales.SUPERVISION),
    (village, tales.VILLAGE),
    (service, tales.SERVICE),
)
"""The scenes in the order of the plan's tasks."""

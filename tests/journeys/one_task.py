"""One task on its way from planned to publicized, by seven people, every step with a file and signatures.

It knows who does what in which order, and what each hands in. The court is whichever it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import expect

from cli.demo.papers.pdf import pdf
from cli.demo.papers.png import shelves
from tests.journeys.people import Crowd, Named, Somebody

PLACE = "https://court.example.test/zhenggai/1"
PUBLISHED = "三个家事调解室已经挂牌，社区调解员名册可以在诉讼服务中心查阅。"
FILES: dict[str, Named] = {
    "work plan": ("推进计划.pdf", pdf("推进计划", ["五月底前完成选址", "六月底前挂牌运行"])),
    "first proof": ("挂牌照片.png", shelves(3)),
    "second proof": ("名册.pdf", pdf("社区调解员名册", ["共二十四人", "已在诉讼服务中心公布"])),
    "verification": ("核验记录.pdf", pdf("核验记录", ["到三个调解室现场查看", "抽查调解记录十二份"])),
    "publication": ("公开页面.pdf", pdf("公开页面截图", ["本院网站整改专栏"])),
}
"""What is handed in on the way, by what it is."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in it.

    Attributes:
        people: The people of the court by login.
        objective: The task's.
        logins: The logins of ``handler``, ``head``, ``leader``, ``office``, ``office_head``, ``publicity``,
            ``reviewer`` and ``inspector``.
    """

    people: Crowd
    objective: str
    logins: Mapping[str, str]

    def person(self, part: str) -> Somebody:
        """Give whoever plays a part."""
        return self.people[self.logins[part]]


def acknowledge_and_start(cast: Cast) -> None:
    """The handler acknowledges and plans; head and leader sign the work plan."""
    handler = cast.person("handler")
    handler.begin(cast.objective, "签收")
    handler.submit("签收", "“签收”已办理。")
    handler.begin(cast.objective, "启动整改")
    handler.fill({"工作安排": "由民一庭牵头，逐个法庭落实"}, handler.part("措施1"))
    handler.hand_in("上传自己的文件", FILES["work plan"])
    handler.submit("提请签批", "已提请“启动整改”，等待签批。")
    cast.person("head").sign(cast.objective, "安排可行", inside=["推进计划.pdf", "逐个法庭落实"])
    cast.person("leader").sign(cast.objective, "抓紧办", inside=["推进计划.pdf"])


def complete(cast: Cast) -> None:
    """The handler proves every criterion; head and leader sign."""
    handler = cast.person("handler")
    handler.begin(cast.objective, "报请核验")
    handler.fill({"进展": "三个调解室已经挂牌"}, handler.part("措施1"))
    handler.fill({"进展": "已邀请社区调解员二十四名"}, handler.part("措施2"))
    for number, name in ((1, "first proof"), (2, "second proof")):
        handler.hand_in("上传佐证材料", FILES[name], within=handler.part(f"核验标准{number}"))
    handler.submit("提请签批", "已提请“报请核验”，等待签批。")
    expect(handler.page.get_by_text("正在签批：报请核验")).to_be_visible()
    cast.person("head").sign(cast.objective, "情况属实", inside=["挂牌照片.png", "名册.pdf", ".docx"])
    cast.person("leader").sign(cast.objective, "", inside=["二十四名"])


def receive_and_verify(cast: Cast) -> None:
    """The performance office receives the report and verifies; its head and the leader sign."""
    office = cast.person("office")
    office.begin(cast.objective, "接收")
    office.page.get_by_role("radio").first.check()
    office.submit("接收", "“接收”已办理。")
    office.begin(cast.objective, "核验销号")
    for number in (1, 2):
        part = office.part(f"核验标准{number}")
        part.get_by_role("radio", name="达到", exact=True).check()
        office.fill({"核验说明": "现场查看，与材料一致"}, part)
    office.hand_in("上传自己的文件", FILES["verification"])
    office.submit("提请签批", "已提请“核验销号”，等待签批。")
    cast.person("office_head").sign(cast.objective, "审定通过", inside=["核验记录.pdf", "现场查看"])
    cast.person("leader").sign(cast.objective, "", opinion="已阅")


def publicize(cast: Cast) -> None:
    """The publicity office publicizes; head, reviewer and leader sign."""
    publicity = cast.person("publicity")
    publicity.begin(cast.objective, "公开")
    publicity.fill({"公开的内容": PUBLISHED, "网址": PLACE})
    publicity.hand_in("上传文件", FILES["publication"])
    publicity.submit("提请签批", "已提请“公开”，等待签批。")
    cast.person("head").sign(cast.objective, "事实无误", inside=[PUBLISHED])
    cast.person("reviewer").sign(cast.objective, "可以公开", inside=[PLACE, "公开页面.pdf"])
    cast.person("leader").sign(cast.objective, "")

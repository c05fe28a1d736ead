"""One task goes from planned to publicized by seven people; then the inspector and the public see it."""

from __future__ import annotations

import hashlib

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import one_task
from tests.journeys.demonstration import Demonstration
from tests.journeys.one_task import FILES, PLACE, PUBLISHED, Cast
from tests.journeys.people import Crowd
from tests.journeys.served import Served
from tests.support.seed import PASSWORD
from tests.support.visitors import Visitors

pytestmark = pytest.mark.browser

_DEMO = {
    "handler": "bailizhi",
    "head": "dongguoai",
    "leader": "shangguanmei",
    "office": "chanyunan",
    "office_head": "shentuchun",
    "publicity": "wenrentang",
    "reviewer": "taishumian",
    "inspector": "zongzhenggui",
}
_SIGNATURES = 2 + 2 + 2 + 3
_MOVES = ("签收", "启动整改", "报请核验", "接收", "核验销号", "公开")


def _play(cast: Cast) -> None:
    one_task.acknowledge_and_start(cast)
    one_task.complete(cast)
    one_task.receive_and_verify(cast)
    one_task.publicize(cast)
    assert len(cast.people) == 7


def _inspect(cast: Cast) -> None:
    """The inspector reads the task: state, every move, every file as it was handed in; then the record."""
    inspector = cast.person("inspector")
    inspector.open_task(cast.objective)
    page = inspector.page
    expect(page.locator(".task-marks")).to_contain_text("已公开")
    timeline = page.locator(".timeline")
    for move in _MOVES:
        expect(timeline).to_contain_text(move)
    for opinion in ("安排可行", "抓紧办", "情况属实", "审定通过", "事实无误", "可以公开"):
        expect(timeline).to_contain_text(opinion)
    for name, data in FILES.values():
        claim = page.locator(".claim").filter(has_text=name).first
        claim.locator("xpath=ancestor::details[not(@open)]").evaluate_all(
            "all => all.map(d => d.open = true)"
        )
        with page.expect_download() as download:
            claim.get_by_role("link").first.click()
        found = download.value.path().read_bytes()
        assert hashlib.sha256(found).hexdigest() == hashlib.sha256(data).hexdigest(), name
    _read_the_record(page)


def _read_the_record(page: Page) -> None:
    """Every signature stands in the record, each entry under its own fingerprint; all chains are whole."""
    page.locator("main").get_by_role("link", name="操作记录", exact=True).click()
    rows = page.locator("tbody tr")
    assert rows.filter(has_text="签批").count() == _SIGNATURES
    for action in ("创建", "提请", "签批"):
        expect(rows.filter(has_text=action).first).to_be_visible()
    rows.first.get_by_role("link").first.click()
    body = page.locator("pre").inner_text()
    expect(page.locator("main")).to_contain_text(hashlib.sha256(body.encode()).hexdigest())
    page.get_by_role("link", name="首页").click()
    expect(page.locator("main")).to_contain_text("全部相符")


def _public(cast: Cast) -> None:
    """Anybody reads what was publicized, without logging in."""
    page = cast.people.window()
    page.goto(f"{cast.people.address}/public/")
    page.locator("main").get_by_role("link").first.click()
    main = page.locator("main")
    expect(main).to_contain_text(cast.objective)
    expect(main).to_contain_text(PUBLISHED)
    expect(main.get_by_role("link").filter(has_text=PLACE)).to_be_visible()


def test_in_a_fresh_demonstration_seven_people_bring_a_task_to_the_public(
    demo: Demonstration, visitors: Visitors
) -> None:
    objective = "让邻里、家事纠纷多一些调解，少一些对立"
    cast = Cast(Crowd(demo.address, demo.password, visitors.open), objective, _DEMO)
    _play(cast)
    _inspect(cast)
    _public(cast)


def test_the_same_journey_without_javascript_on_postgresql(
    court_on_postgresql: Served, visitors: Visitors
) -> None:
    people = Crowd(court_on_postgresql.address, PASSWORD, lambda: visitors.open(scripts=False))
    cast = Cast(people, "缩短长期未结案件的办理周期", {part: part for part in _DEMO})
    _play(cast)
    _inspect(cast)
    _public(cast)

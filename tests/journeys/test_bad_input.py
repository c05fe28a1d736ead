"""What people do wrong, or too late: one clear sentence, the right status, and nothing they gave is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cli.demo.papers.pdf import pdf
from tests.journeys.people import Crowd, Named
from tests.support.seed import MEMBERS, PASSWORD
from web.login import COOKIE

pytestmark = pytest.mark.browser

TASK = "缩短长期未结案件的办理周期"
OTHER = "压降鉴定环节的平均用时"
GOOD: Named = ("推进计划.pdf", pdf("推进计划", ["逐件清理"]))
HEAD = MEMBERS["head"][0]


def _acknowledged(people: Crowd, objective: str = TASK) -> None:
    people["handler"].begin(objective, "签收")
    people["handler"].submit("签收", "“签收”已办理。")


def test_on_a_stale_page_one_reads_who_was_faster_and_when(people: Crowd) -> None:
    handler, head = people["handler"], people["head"]
    handler.begin(TASK, "签收")
    handler.fill({"对任务分工的异议": "建议增加一个配合部门"})
    head.begin(TASK, "签收")
    head.submit("签收", "“签收”已办理。")
    assert handler.press("签收") == 409
    expect(handler.refused().first).to_have_text(
        re.compile(rf"{HEAD}已于2026年6月1日.*\d\d:\d\d先办了“签收”")
    )
    expect(handler.page.get_by_label("对任务分工的异议")).to_have_value("建议增加一个配合部门")


def test_on_a_stale_page_in_english_one_reads_it_in_english(people: Crowd) -> None:
    handler, head = people["handler"], people["head"]
    handler.page.locator("details.menu.wide summary").click()
    handler.page.get_by_role("button", name="English").first.click()
    handler.page.get_by_role("link", name=TASK).first.click()
    handler.page.get_by_role("link", name=re.compile("^acknowledge$", re.IGNORECASE)).click()
    head.begin(TASK, "签收")
    head.submit("签收", "“签收”已办理。")
    assert handler.press("acknowledge") == 409
    said = handler.refused().first
    expect(said).to_contain_text(HEAD)
    expect(said).to_have_text(re.compile(r"1 Jun(e)? 2026|Jun(e)? 1, 2026|2026-06-01"))
    assert not re.search("[一-鿿]", said.inner_text().replace(HEAD, ""))


def test_after_the_log_in_ended_a_form_is_handed_in_again_by_reloading(people: Crowd) -> None:
    handler = people["handler"]
    handler.begin(TASK, "签收")
    handler.fill({"对任务分工的异议": "建议增加一个配合部门"})
    handler.page.context.clear_cookies(name=COOKIE)
    assert handler.press("签收") == 401
    expect(handler.page.get_by_text("刚才填写的内容没有丢")).to_be_visible()
    with handler.page.context.expect_page() as opened:
        handler.page.get_by_role("link", name="在新窗口登录").click()
    opened.value.get_by_label("登录名").fill("handler")
    opened.value.get_by_label("口令").fill(PASSWORD)
    opened.value.get_by_role("button", name="登录").click()
    expect(opened.value.get_by_role("button", name="登录")).to_have_count(0)
    handler.page.reload()
    expect(handler.page.get_by_text("“签收”已办理。")).to_be_visible()
    expect(handler.page.get_by_text("建议增加一个配合部门").first).to_be_attached()


def test_a_refused_file_leaves_everything_else_on_the_page(people: Crowd) -> None:
    handler = people["handler"]
    _acknowledged(people)
    handler.begin(TASK, "启动整改")
    words = "先清理三年以上的案件"
    handler.fill({"工作安排": words}, handler.part("措施1"))
    handler.hand_in("上传文件", GOOD)
    bad: list[tuple[Named, str]] = [
        (("空白.txt", b""), "“空白.txt”是空的"),
        (("程序.exe", b"MZ"), "“程序.exe”的类型不在允许之列"),
        (("假的.pdf", b"not a pdf at all"), "“假的.pdf”的内容不是有效的 pdf 文件"),
        (("通知.txt", "秘密★一年\n关于清理案件的通知".encode()), "“通知.txt”标有“秘密★"),
        (("很大.txt", b"a" * ((1 << 20) + 1)), "“很大.txt”超过 1 MB 的上限"),
    ]
    for file, told in bad:
        handler.hand_in("上传自己的文件", file)
        assert handler.press("提请签批") == 422, told
        expect(handler.refused()).to_have_count(1)
        expect(handler.refused()).to_contain_text(told)
        expect(handler.part("措施1").get_by_label("工作安排")).to_have_value(words)
        expect(handler.page.get_by_role("link", name="推进计划.pdf")).to_have_count(1)
    handler.submit("提请签批", "已提请“启动整改”，等待签批。")
    expect(handler.page.get_by_text("正在签批：启动整改")).to_be_visible()


def test_more_than_a_request_may_hold_is_refused_with_its_limit(people: Crowd) -> None:
    handler = people["handler"]
    _acknowledged(people)
    handler.begin(TASK, "启动整改")
    handler.hand_in("上传文件", *((f"{n}.txt", b"a" * (1 << 20)) for n in range(9)))
    assert handler.press("提请签批") == 413
    expect(handler.page.get_by_text("一次上传的内容超过 8 MB 的上限")).to_be_visible()
    handler.page.go_back()
    handler.hand_in("上传文件", GOOD)
    handler.submit("提请签批", "已提请“启动整改”，等待签批。")


def test_a_signature_needs_a_password_the_right_one_and_something_to_sign(
    people: Crowd,
) -> None:
    for objective in (TASK, OTHER):
        _acknowledged(people, objective)
        people["handler"].begin(objective, "启动整改")
        people["handler"].submit("提请签批", "等待签批")
    head = people["head"]
    head.choose(TASK, OTHER)
    head.page.get_by_role("radio", name="已阅").check()
    head.page.get_by_label("其他意见（可不填）").fill("注意进度")
    assert head.press("签批所选事项", unchecked=True) == 403
    expect(head.refused()).to_have_text("口令不对，没有办理。")
    head.page.get_by_label(re.compile("再次输入口令")).fill("not the password")
    assert head.press("签批所选事项") == 403
    expect(head.refused()).to_have_text("口令不对，没有办理。")
    expect(head.page.get_by_label("其他意见（可不填）")).to_have_value("注意进度")
    expect(head.page.get_by_role("radio", name="已阅")).to_be_checked()
    expect(head.page.locator(".sign-item")).to_have_count(2)
    for box in head.page.locator(".sign-item").get_by_role("checkbox").all():
        box.uncheck()
    head.page.get_by_label(re.compile("再次输入口令")).fill(PASSWORD)
    assert head.press("签批所选事项") == 422
    expect(head.refused()).to_have_text("请至少选择一项。")
    expect(head.page.get_by_label("其他意见（可不填）")).to_have_value("注意进度")
    head.page.get_by_label(re.compile("再次输入口令")).fill(PASSWORD)
    assert head.press("签批所选事项") == 200
    expect(head.page.get_by_text("已签批2项，共2项。")).to_be_visible()


def test_what_was_revised_meanwhile_is_not_signed_and_the_rest_is(people: Crowd) -> None:
    handler, head = people["handler"], people["head"]
    for objective in (TASK, OTHER):
        _acknowledged(people, objective)
        handler.begin(objective, "启动整改")
        handler.submit("提请签批", "等待签批")
    head.choose(TASK, OTHER)
    handler.open_task(TASK)
    handler.page.get_by_role("link", name="修改提请", exact=True).click()
    handler.fill({"补充说明": "改了一处"})
    handler.submit("提交修改", "等待签批")
    head.page.get_by_label(re.compile("再次输入口令")).fill(PASSWORD)
    head.press("签批所选事项")
    expect(head.page.get_by_text("已签批1项，共2项。")).to_be_visible()
    expect(head.page.get_by_text(f"{MEMBERS['handler'][0]}于2026年6月1日")).to_be_visible()
    head.sign(TASK, "看过改动", inside=["改了一处"])


def test_an_address_typed_by_hand_is_answered_with_a_sentence(people: Crowd) -> None:
    handler = people["handler"]
    handler.open_task(TASK)
    task = handler.page.url
    for path, status, told in (
        (f"{task}/propose/nonsense", 404, "没有“nonsense”这个操作。"),
        (f"{task}/propose/complete", 422, "待启动"),
        (f"{task}/propose/verify", 403, ""),
        (f"{task}999", 404, ""),
    ):
        answer = handler.page.goto(path)
        assert answer is not None
        assert answer.status == status, path
        expect(handler.page.locator("main")).to_contain_text(told)
        expect(handler.page.get_by_role("link", name=re.compile("回到"))).to_be_visible()

"""Where each role lands after logging in, and what stands there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.seed import Court
from tests.web.driving import completed, criteria, propose, sentences, sign, started, upload
from tests.web_home.people import also_holds, stands_in

LANDINGS = {
    "leader": "/leader/",
    "performance_leader": "/leader/",
    "president": "/leader/",
    "head": "/department/",
    "handler": "/handler/",
    "office": "/milestones/",
    "office_head": "/milestones/",
    "verifier": "/verification/",
    "publicity": "/publicity/",
    "reviewer": "/reviewer/",
    "inspector": "/inspector/",
    "administrator": "/admin/",
}


def seen(court: Court, login: str, path: str = "/") -> str:
    """The words of a page, wherever it leads."""
    answer = court.visitor(login).get(path, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return sentences(answer.text)


@pytest.mark.parametrize(("login", "path"), LANDINGS.items())
def test_each_role_lands_on_its_own_first_screen(seeded: Court, login: str, path: str) -> None:
    answer = seeded.visitor(login).get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == path
    assert seeded.visitor(login).get(path).status_code == 200


def test_the_handler_sees_the_next_date_and_one_button(seeded: Court) -> None:
    page = seeded.visitor("handler").get("/handler/").text

    assert "2026年6月8日（周一）" in sentences(page)
    assert page.count("btn btn-primary btn-lg") == 1
    assert f'href="/tasks/{seeded.tasks[0]}/propose/acknowledge"' in page


def test_the_handler_sees_what_is_missing_for_the_next_date(seeded: Court) -> None:
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    for task in seeded.tasks[1:]:
        propose(seeded, "handler", task, "acknowledge")

    words = seen(seeded, "handler")
    assert "还差" in words
    assert "措施1没有写起止日期。" in words


def test_what_waits_for_others_is_not_asked_of_the_handler_again(seeded: Court) -> None:
    for task in seeded.tasks:
        propose(seeded, "handler", task, "acknowledge")
        propose(seeded, "handler", task, "start")

    words = seen(seeded, "handler")
    assert "“启动整改”已提请，待部门负责人签批：宇文兰" in words
    assert "现在没有要您办理的事项。" in words


def test_somebody_of_another_department_sees_none_of_it(seeded: Court) -> None:
    words = seen(seeded, "stranger", "/handler/")

    assert "现在没有要您办理的事项。" in words
    assert "缩短长期未结案件的办理周期" not in words


def test_a_supporting_department_is_not_asked_to_act(seeded: Court) -> None:
    assert "缩短长期未结案件的办理周期" not in seen(seeded, "supporter", "/handler/")


def test_the_leader_reads_three_lines_of_each_thing_to_sign(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    proofs: dict[str, object] = {f"proof_{number}": upload() for number in criteria(seeded, task)}
    propose(seeded, "handler", task, "complete", {"text": "全部办结。", **proofs})
    sign(seeded, "head")

    words = seen(seeded, "leader")
    assert "报请核验 任务1" in words
    assert "全部办结；材料" in words
    assert "缺口 没有报告缺口" in words
    assert "还有3天 · 慕容竹提请于" in words


def test_what_needs_the_leader_is_what_is_overdue(seeded: Court) -> None:
    seeded.go_to(date(2026, 6, 20))

    words = seen(seeded, "leader")
    assert "需要您过问 4" in words
    assert "已逾期12天" in words


def test_a_leader_sees_the_lights_of_own_tasks_alone(seeded: Court) -> None:
    assert "没有未办结的任务。" in seen(seeded, "other_leader")
    assert "黄灯 4" in seen(seeded, "leader")


def test_the_president_sees_every_light(seeded: Court) -> None:
    assert "黄灯 4" in seen(seeded, "president")


def test_whoever_leads_the_whole_house_reads_all_tasks_under_their_right_name(seeded: Court) -> None:
    for login in ("president", "performance_leader"):
        words = seen(seeded, login)
        assert "全院任务" in words
        assert "我负责的任务" not in words
    assert "我负责的任务" in seen(seeded, "leader")


def test_no_closing_mark_stands_beside_the_mark_that_joins(seeded: Court) -> None:
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    words = "长" * 58 + "。" + "后面还有很多话。"
    propose(seeded, "handler", seeded.tasks[0], "start", {"text": words})

    page = seen(seeded, "head")
    assert "长…；材料1份" in page
    assert "。；" not in page


def test_a_department_head_signs_and_sees_the_department(seeded: Court) -> None:
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")

    words = seen(seeded, "head")
    assert "本部门的审核和任务" in words
    assert "待签 1" in words


def test_verifiers_publicity_and_reviewer_see_a_task_as_it_comes_to_them(seeded: Court) -> None:
    task = seeded.tasks[0]
    assert "没有等待核验的任务。" in seen(seeded, "verifier")
    assert "没有等待公开的任务。" in seen(seeded, "publicity")
    started(seeded, task)
    completed(seeded, task)

    assert "待核验 1" in seen(seeded, "verifier")
    assert "缩短长期未结案件的办理周期" not in seen(seeded, "publicity")
    assert "缩短长期未结案件的办理周期" not in seen(seeded, "reviewer")


def test_whoever_stands_in_finds_what_waits_for_them_on_their_first_screen(seeded: Court) -> None:
    task = seeded.tasks[0]
    assert "由您代行职责的任务" not in seen(seeded, "stranger")
    stands_in(seeded, "stranger")

    words = seen(seeded, "stranger")
    assert "由您代行职责的任务 承担" in words
    assert "代行：院绩效办" in words
    assert "现在没有要您办理的事项。" in words

    started(seeded, task)
    completed(seeded, task)

    page = seeded.visitor("stranger").get("/handler/").text
    assert "由您代行职责的任务 1" in sentences(page)
    for trigger in ("verify", "rework", "receive_report"):
        assert f'href="/tasks/{task}/propose/{trigger}"' in page
    assert '<p class="lead-sentence">' not in page
    assert "代行" not in seen(seeded, "handler")


def test_unseen_news_stand_on_the_first_screen_until_they_are_opened(seeded: Court) -> None:
    client = seeded.visitor("handler")
    page = client.get("/handler/").text
    assert "贵部门承担一项新的整改任务" in sentences(page)

    for number in range(1, 20):
        client.get(f"/inbox/notices/{number}")

    assert "贵部门承担一项新的整改任务" not in sentences(client.get("/handler/").text)


def test_nobody_opens_anothers_notice(seeded: Court) -> None:
    assert seeded.visitor("stranger").get("/inbox/notices/1").status_code == 404


def test_somebody_with_several_roles_gets_a_switch(seeded: Court) -> None:
    assert "切换身份" not in seeded.visitor("leader").get("/leader/").text
    also_holds(seeded, "leader", "审判管理办公室", "handler")

    page = seeded.visitor("leader").get("/leader/").text
    assert "切换身份" in page
    assert 'href="/handler/"' in page

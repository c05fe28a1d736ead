from __future__ import annotations

from tests.support.seed import Court
from tests.web.driving import completed, criteria, propose, sentences, sign, started


def test_a_task_goes_from_planned_to_publicized_by_seven_people(seeded_both: Court) -> None:
    court, task = seeded_both, seeded_both.tasks[0]
    started(court, task)
    page = court.visitor("inspector").get(f"/tasks/{task}").text
    assert "整改中" in page
    completed(court, task)
    verdicts = {f"c{number}_verdict": "met" for number in criteria(court, task)}
    answer = propose(court, "verifier", task, "verify", verdicts)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("office_head", "leader"):
        assert sign(court, login, "情况属实").status_code == 200
    published = {"text": "长期未结案件已清理完毕。", "add_address": "https://court.example/news/1"}
    answer = propose(court, "publicity", task, "publicize", published)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("head", "reviewer", "leader"):
        assert sign(court, login).status_code == 200
    page = court.visitor("inspector").get(f"/tasks/{task}").text
    assert "已公开" in page

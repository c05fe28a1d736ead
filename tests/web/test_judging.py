"""The forms of those who take over: what a verifier sees beside a criterion, how public a publication is."""

from __future__ import annotations

import re

from storage.queries.task.evidence import evidence_of
from tests.support.seed import Court
from tests.web.driving import completed, criteria, propose, sentences, sign, started, upload


def handed(court: Court) -> int:
    """Bring a task to where it waits for verification, with words and evidence for each criterion."""
    task = court.tasks[0]
    started(court, task)
    typed: dict[str, object] = {}
    for number in criteria(court, task):
        typed |= {f"proof_{number}": upload(f"佐证{number}.txt"), f"c{number}_note": f"自述{number}"}
    assert propose(court, "handler", task, "complete", typed).status_code == 303
    for login in ("head", "leader"):
        assert sign(court, login).status_code == 200
    return task


def parts(page: str) -> list[str]:
    return re.findall(
        r"<fieldset class=\"part\">(.*?)</fieldset>\s*(?=<fieldset class=\"part\">|</section>)",
        page,
        re.DOTALL,
    )


def test_a_verifier_sees_beside_each_criterion_what_was_handed_in_and_said(seeded: Court) -> None:
    task = handed(seeded)
    with seeded.database.read() as connection:
        stored = {
            part: row.evidence
            for row in evidence_of(connection, seeded.actor("office"), task)
            for part in row.proves
        }
    for trigger in ("verify", "rework"):
        page = seeded.visitor("verifier").get(f"/tasks/{task}/propose/{trigger}")
        assert page.status_code == 200
        found = parts(page.text)
        numbers = criteria(seeded, task)
        assert len(found) == len(numbers)
        for number, part in zip(numbers, found, strict=True):
            assert f'href="/evidence/{stored[f"criterion:{number}"]}"' in part
            words = sentences(part)
            assert f"佐证{number}.txt" in words
            assert re.search("部门自评 已?达到", words)
            assert f"自述{number}" in words


def test_what_a_publication_is_made_of_is_public_unless_said_otherwise(seeded: Court) -> None:
    task = handed(seeded)
    judged = {f"c{number}_verdict": "met" for number in criteria(seeded, task)}
    assert propose(seeded, "verifier", task, "verify", judged).status_code == 303
    for login in ("office_head", "performance_leader", "leader"):
        sign(seeded, login)

    page = seeded.visitor("publicity").get(f"/tasks/{task}/propose/publicize").text
    assert re.search(r'<option value="public" selected>', page)
    other = seeded.visitor("office").get(f"/tasks/{task}/propose/cancel").text
    assert not re.search(r'<option value="public" selected>', other)


def test_what_a_verifier_did_not_examine_is_shown_as_such_to_signers_and_in_the_next_round(
    seeded: Court,
) -> None:
    task = handed(seeded)
    first, *_ = criteria(seeded, task)
    page = parts(seeded.visitor("verifier").get(f"/tasks/{task}/propose/rework").text)
    assert all("未核验" in sentences(part) and "required" not in part for part in page)
    said = {f"c{first}_verdict": "not_met", f"c{first}_note": "只有三天", "text": "请补足。"}
    assert propose(seeded, "verifier", task, "rework", said).status_code == 303
    shown = sentences(seeded.visitor("office_head").get("/sign").text)
    assert re.search("核验标准1 .*? 未达到 .*? 核验标准2 .*? 未核验", shown)
    for login in ("office_head", "performance_leader"):
        assert sign(seeded, login).status_code == 200
    completed(seeded, task)
    again = parts(seeded.visitor("verifier").get(f"/tasks/{task}/propose/verify").text)
    assert "上一轮核验结论 未达到 只有三天" in sentences(again[0])
    assert "上一轮核验结论 未核验" in sentences(again[1])


def test_a_cancellation_needs_the_decision_and_no_further_words(seeded: Court) -> None:
    task = seeded.tasks[0]
    refused = propose(seeded, "office", task, "cancel")
    assert "会议纪要或决定" in sentences(refused.text)
    answer = propose(seeded, "office", task, "cancel", {"attached": upload("决定.txt")})
    assert answer.status_code == 303, sentences(answer.text)

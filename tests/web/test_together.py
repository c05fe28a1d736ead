"""Eight people press the same button at once: one step, and seven learn who was first and when."""

from __future__ import annotations

import re
import threading
from datetime import date

from sqlalchemy import func, insert, select
from werkzeug.test import TestResponse

from storage.tables import position, step
from tests.support.seed import MEMBERS, Court
from tests.web.driving import fields, sentences

EIGHT = (*("handler", "supporter", "stranger", "nobody", "verifier", "publicity", "reviewer", "president"),)


def test_one_of_eight_makes_the_step_and_seven_learn_who_it_was(seeded_both: Court) -> None:
    court, task = seeded_both, seeded_both.tasks[0]
    with court.database.write() as connection:
        for login in EIGHT[1:]:
            connection.execute(
                insert(position).values(
                    organisation_id=court.organisation,
                    person_id=court.people[login],
                    department_id=court.departments["审判管理办公室"],
                    role="handler",
                    from_on=date(2026, 1, 1),
                )
            )
    url = f"/tasks/{task}/propose/acknowledge"
    typed = {login: fields(court.visitor(login).get(url).text) for login in EIGHT}
    answers: dict[str, TestResponse] = {}
    together = threading.Barrier(len(EIGHT))

    def press(login: str) -> None:
        together.wait()
        answers[login] = court.visitor(login).post(url, data={**typed[login], "action": "submit"})

    threads = [threading.Thread(target=press, args=(login,)) for login in EIGHT]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = [login for login, answer in answers.items() if answer.status_code == 303]
    assert len(first) == 1
    name = MEMBERS[first[0]][0]
    for login in set(EIGHT) - set(first):
        assert answers[login].status_code == 409
        said = sentences(answers[login].text)
        assert re.search(rf"页面已过时：{name}已于2026年6月1日 10:\d\d先办了“签收”", said), said
    with court.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(step)).scalar_one() == 1

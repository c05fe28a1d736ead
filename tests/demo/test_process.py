"""The demonstration as a process: it answers, on this machine alone, and its mailbox fills."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from cli.demo import court
from storage.database import Database
from tests.support.surroundings import ROOT

_COMMAND = (sys.executable, "-m", "cli", "demo")
_ENVIRONMENT = os.environ | {"PYTHONUNBUFFERED": "1", "LC_ALL": "zh_CN.UTF-8"}
_PATIENCE = 120
_VISITOR = urllib.request.build_opener()


@dataclass
class Running:
    """A demonstration that runs."""

    process: subprocess.Popen[str]
    folder: Path
    started: datetime
    greeting: str = ""

    @property
    def address(self) -> str:
        """What its pages' addresses begin with."""
        found = re.search(r"http://\S+", self.greeting)
        assert found is not None
        return found[0]

    def wait(self) -> None:
        """Wait for the greeting."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.greeting += line
            if line.startswith("代行人"):
                return
        raise AssertionError(f"it ended before it was ready: {self.process.communicate()}")

    def get(self, path: str) -> str:
        """Give a page."""
        with _VISITOR.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def end(self, told: signal.Signals) -> str:
        """Tell it to end and give what it said on the way."""
        self.process.send_signal(told)
        _, said = self.process.communicate(timeout=60)
        return said


def _start(folder: Path, *arguments: str) -> Running:
    process = subprocess.Popen(
        [*_COMMAND, "--port", "0", "--data-dir", str(folder), *arguments],
        cwd=ROOT,
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return Running(process, folder, datetime.now(UTC))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "court"


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Running]:
    running = _start(folder)
    try:
        running.wait()
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def test_it_answers_and_prints_an_address_a_mailbox_and_a_login_for_every_role(demo: Running) -> None:
    assert json.loads(demo.get("/healthz"))["status"] == "ok"
    assert f"{demo.address}/demo/mailbox" in demo.greeting
    assert court.PASSWORD in demo.greeting
    logins = {member.login for member in court.MEMBERS if member.login in demo.greeting}
    roles = {role for member in court.MEMBERS if member.login in logins for role in member.roles}
    assert roles == {role for member in court.MEMBERS for role in member.roles}


def test_everybody_who_is_printed_can_log_in(demo: Running) -> None:
    for login in re.findall(r"^\S+ +([a-z]+) ", demo.greeting, re.MULTILINE):
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = visitor.open(f"{demo.address}/login").read().decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        fields = {"csrf_token": token[1], "login": login, "password": court.PASSWORD}
        answer = visitor.open(f"{demo.address}/login", urllib.parse.urlencode(fields).encode())
        name = next(member.name for member in court.MEMBERS if member.login == login)
        assert name in answer.read().decode()


def test_its_mailbox_receives_a_mail_through_its_mail_server(demo: Running) -> None:
    database = Database(f"sqlite:///{demo.folder / 'zhenggai.db'}")
    started = demo.started.strftime("%Y-%m-%d %H:%M:%S")
    wanted = "SELECT count(*) FROM outbox WHERE state = 'sent' AND sent_at >= ?"
    try:
        until = time.monotonic() + _PATIENCE
        sent = 0
        while not sent and time.monotonic() < until:
            time.sleep(0.2)
            with database.read() as connection:
                sent = connection.exec_driver_sql(wanted, (started,)).scalar_one()
    finally:
        database.close()
    assert sent > 0
    listed = demo.get("/demo/mailbox")
    number = re.search(r"/demo/mailbox/(\d+)", listed)
    assert number is not None
    letter = demo.get(f"/demo/mailbox/{number[1]}")
    assert "@example.test" in letter
    assert demo.get(f"/demo/mailbox/{number[1]}.eml").startswith("From: ")


def test_the_list_of_mails_is_filtered_by_recipient(demo: Running) -> None:
    listed = demo.get("/demo/mailbox?to=shangguanmei%40example.test&page=1")
    shown = set(re.findall(r"<td>([^<]{3})</td>", listed))
    assert shown == {"上官梅"}


@pytest.mark.parametrize("path", ["/demo/mailbox/999999", "/demo/mailbox/999999.eml"])
def test_a_mail_that_is_not_there_is_not_found(demo: Running, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        demo.get(path)
    assert refused.value.code == 404
    refused.value.close()


def test_the_mailbox_stands_under_the_same_strict_headers(demo: Running) -> None:
    with _VISITOR.open(f"{demo.address}/demo/mailbox", timeout=30) as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Server"] == "zhenggai"


def test_only_this_machine_can_reach_it(demo: Running) -> None:
    inodes = set()
    for descriptor in Path(f"/proc/{demo.process.pid}/fd").iterdir():
        target = re.fullmatch(r"socket:\[(\d+)\]", str(descriptor.readlink()))
        inodes |= {target[1]} if target else set()
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{demo.process.pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes and fields[3] == "0A":
                listening.add(fields[1].partition(":")[0])
    assert listening == {"0100007F"}


def test_a_second_one_in_the_same_folder_is_refused(demo: Running) -> None:
    done = subprocess.run(
        [*_COMMAND, "--port", "0", "--data-dir", str(demo.folder), "--fresh"],
        cwd=ROOT,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert "另一个演示正在" in done.stderr
    assert json.loads(demo.get("/healthz"))["status"] == "ok"


def test_ctrl_c_ends_it_and_the_next_start_goes_on_where_it_was(demo: Running, folder: Path) -> None:
    said = demo.end(signal.SIGINT)
    assert demo.process.returncode == 0
    assert "演示已结束" in said
    assert "Traceback" not in said
    before = (folder / "zhenggai.db").stat().st_ino
    again = _start(folder)
    try:
        again.wait()
        assert (folder / "zhenggai.db").stat().st_ino == before
        said = again.end(signal.SIGTERM)
    finally:
        again.process.kill()
        again.process.communicate()
    assert again.process.returncode == 0
    assert "正在准备" not in said


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "zhenggai.db").write_text("somebody's", encoding="utf-8")
    running = _start(tmp_path, "--fresh")
    _, said = running.process.communicate(timeout=_PATIENCE)
    assert running.process.returncode == 2
    assert "--data-dir" in said
    assert (tmp_path / "zhenggai.db").read_text(encoding="utf-8") == "somebody's"


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*_COMMAND, "--port", str(port), "--data-dir", str(tmp_path / "court")],
            cwd=ROOT,
            env=_ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    assert done.returncode == 3
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr

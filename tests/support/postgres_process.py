"""A PostgreSQL server's processes: started in a folder of their own, and stopped with whoever started them.

It knows no database; ``postgres.py`` does.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.postgres_binaries import Account
from tests.support.surroundings import SurroundingsError

_READY_WITHIN: Final = 60.0
_MODEST: Final = {
    "max_connections": "100",
    "shared_buffers": "64MB",
    # A container's /dev/shm may hold no more than 64 MB.
    "dynamic_shared_memory_type": "mmap",
    # A socket in a folder of our own can neither collide with another server nor be reached from outside.
    "listen_addresses": "",
}
# Nothing of a test outlives a power cut, so the server need not wait for the disk.
_HASTY: Final = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Process:
    """A server that was started, perhaps not yet ready.

    Attributes:
        sockets: the folder of its socket.
    """

    sockets: Path
    popen: subprocess.Popen[bytes]
    log: Path

    def wait(self, answers: Callable[[], bool]) -> None:
        """Returns as soon as ``answers`` says so.

        Raises:
            SurroundingsError: the server ended, or took longer than a minute.
        """
        give_up = time.monotonic() + _READY_WITHIN
        while time.monotonic() < give_up and self.popen.poll() is None:
            if answers():
                return
            time.sleep(0.05)
        raise SurroundingsError(f"PostgreSQL did not start: {self.log.read_text(errors='replace')[-500:]}")


@contextlib.contextmanager
def started(programs: Path, room: Path, runs_as: Account, *, durable: bool) -> Iterator[Process]:
    """A new server with its data in ``room``, stopped when the ``with`` block is left.

    Raises:
        SurroundingsError: its data cannot be laid out.
    """
    data = room / "data"
    data.mkdir(mode=0o700)
    runs_as.own(data)
    log = room / "log"
    log.write_bytes(_initialised(programs, data, runs_as))
    settings = _MODEST if durable else _MODEST | _HASTY
    options = [f"--{key}={value}" for key, value in settings.items()]
    # Where this process is killed, its server must not live on: setpriv sees to that.
    leash = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    with log.open("ab") as output:
        popen = subprocess.Popen(
            [*leash, programs / "postgres", "-D", data, "-k", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=data,
            user=runs_as.uid,
            group=runs_as.gid,
            extra_groups=runs_as.groups,
            # A Ctrl-C meant for the tests must not stop the server before they are done with it.
            start_new_session=True,
        )
    try:
        yield Process(data, popen, log)
    finally:
        _stop(popen)


def _initialised(programs: Path, data: Path, runs_as: Account) -> bytes:
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--no-sync",
    ]
    done = subprocess.run(
        [*command, "--encoding=UTF8", "--no-locale"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=data,
        user=runs_as.uid,
        group=runs_as.gid,
        extra_groups=runs_as.groups,
        check=False,
    )
    if done.returncode != 0:
        raise SurroundingsError(f"initdb failed: {done.stdout.decode(errors='replace')[-500:]}")
    return done.stdout


def _stop(popen: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        popen.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            popen.wait(20)
            return

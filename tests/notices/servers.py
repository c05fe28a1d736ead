"""Mail servers to talk to: a real one that refuses where it is told to, and one that misbehaves."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATES = Path(__file__).parent / "certificates"
"""A certificate for ``localhost`` with its key, made for these tests and trusted by nothing else."""


def server_tls() -> ssl.SSLContext:
    """Give the server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "certificate.pem", CERTIFICATES / "key.pem")
    return context


def client_tls() -> ssl.SSLContext:
    """Give a client's side of TLS that believes the certificate of these tests."""
    return ssl.create_default_context(cafile=str(CERTIFICATES / "certificate.pem"))


class Postbox:
    """An aiosmtpd handler that keeps what it takes and refuses what it is told to refuse.

    Attributes:
        refuse: For ``MAIL``, ``DATA`` or a recipient's address the reply to give instead of taking it.
        taken: The envelopes taken.
    """

    def __init__(self, refuse: Mapping[str, str] | None = None) -> None:
        self.refuse = dict(refuse or {})
        self.taken: list[Envelope] = []
        self.sessions: list[Session] = []

    async def handle_MAIL(  # noqa: N802  # aiosmtpd finds its hooks by these names.
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a sender."""
        if "MAIL" in self.refuse:
            return self.refuse["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd finds its hooks by these names.
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd finds its hooks by these names.
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse the whole mail."""
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        self.taken.append(envelope)
        self.sessions.append(session)
        return "250 taken"


class _Controller(Controller):
    """A controller on a port of the system's choice."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined] # asyncio.Server has it.
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd does not annotate it.


@contextlib.contextmanager
def real_server(postbox: Postbox, **options: Any) -> Iterator[int]:  # noqa: ANN401  # Handed on as they are.
    """Run aiosmtpd and give its port; ``options`` are those of its controller."""
    controller = _Controller(postbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def only(user: str, password: str) -> Any:  # noqa: ANN401  # aiosmtpd's type for it is private.
    """Give an authenticator that lets one user in."""

    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: LoginPassword
    ) -> AuthResult:
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, handled=False)

    return authenticate


class BadServer:
    """Speaks just enough SMTP to misbehave at one stage.

    Args:
        stage: ``greeting``, ``ehlo``, ``mail``, ``rcpt``, ``data``, ``body`` or ``end``.
        action: A reply line, or ``drop``, ``stall``, ``garbage``, ``dribble``, ``flood``,
            or ``half`` with the beginning of a reply.
    """

    GOOD: Mapping[str, bytes] = {
        "greeting": b"220 here\r\n",
        "ehlo": b"250 here\r\n",
        "mail": b"250 OK\r\n",
        "rcpt": b"250 OK\r\n",
        "data": b"354 go on\r\n",
        "end": b"250 taken\r\n",
    }

    def __init__(self, stage: str, action: str) -> None:
        self.stage = stage
        self.action = action
        self.received = b""
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._listener.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            with connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: Any) -> None:  # noqa: ANN401  # A buffered socket.
        if not self._answer(connection, "greeting"):
            return
        for line in lines:
            verb = line.split()[0].lower().decode()
            stage = {"helo": "ehlo"}.get(verb, verb)
            if stage == "quit" or not self._answer(connection, stage):
                return
            if stage == "data" != self.stage and not self._body(connection, lines):
                return

    def _body(self, connection: socket.socket, lines: Any) -> bool:  # noqa: ANN401  # A buffered socket.
        if self.stage == "body":
            lines.readline()
            return self._act(connection)
        for line in lines:
            if line == b".\r\n":
                return self._answer(connection, "end")
            self.received += line
        return False

    def _answer(self, connection: socket.socket, stage: str) -> bool:
        if stage == self.stage:
            return self._act(connection)
        connection.sendall(self.GOOD[stage])
        return True

    def _act(self, connection: socket.socket) -> bool:
        """Misbehave; say whether the talk goes on."""
        if self.action == "drop":
            return False
        if self.action == "stall":
            self._stop.wait(30)
            return False
        if self.action == "dribble":
            while not self._stop.wait(0.02):
                connection.sendall(b"2")
        if self.action == "flood":
            while not self._stop.is_set():
                connection.sendall(b"250-more\r\n" * 100)
        if self.action.startswith("half "):
            connection.sendall(self.action.removeprefix("half ").encode())
            return False
        if self.action == "garbage":
            connection.sendall(b"\xff\xfe<html>\r\n")
            return True
        connection.sendall(f"{self.action}\r\n".encode())
        return True

"""The line to a mail server: sockets, encryption, and a limit that no stalling server outlasts.

Knows the network and smtplib's reading and writing of lines, nothing of mails.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_REPLY = re.compile(rb"([2-5][0-9][0-9])(?:([ -])(.*?))?\r?\n", re.DOTALL)
_LONGEST_LINE = 2048
_MOST_LINES = 100
NO_CODE = -1
"""Stands for the code of a line that is no reply."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may take, in seconds.

    Attributes:
        connect: To be reached.
        command: To answer a command.
        end: To answer the closing dot; long, because giving up early sends the mail twice
            (RFC 5321 §4.5.3.2.6 asks for ten minutes).
        whole: For the whole talk, however it dribbles. The outbox's lease must last longer.
    """

    connect: float = 30
    command: float = 120
    end: float = 600
    whole: float = 900


class _Client(smtplib.SMTP):
    """smtplib's client with a stricter ear.

    The library's own takes a reply that was broken off for a whole one, so that half an answer could count
    as "sent", and listens to a reply without an end for ever.
    """

    def getreply(self) -> tuple[int, bytes]:
        """Read one whole reply; a line that is none comes back with :data:`NO_CODE`.

        Raises:
            OSError: The line broke or nothing came in time.
            smtplib.SMTPServerDisconnected: The reply was broken off, or has no end.
        """
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        if self.file is None:
            self.file = self.sock.makefile("rb")
        said: list[bytes] = []
        for _ in range(_MOST_LINES):
            line: bytes = self.file.readline(_LONGEST_LINE)
            if not line.endswith(b"\n"):
                self.close()
                raise smtplib.SMTPServerDisconnected(
                    "the server broke off" if said or line else "the server left"
                )
            reply = _REPLY.fullmatch(line)
            if reply is None:
                return NO_CODE, line
            code, more, text = reply.groups()
            said.append(text or b"")
            if more != b"-":
                return int(code), b"\n".join(said)
        self.close()
        raise smtplib.SMTPServerDisconnected("the server's reply has no end")


class Line:
    """An open talk with a mail server; leaving it closes the socket.

    A limit for each read lets a server that sends a byte now and then hold a thread for ever; so a watch cuts
    the socket when the whole limit is over.
    """

    def __init__(self, host: str, limits: Limits, tls: ssl.SSLContext, hello: str) -> None:
        self._host = host
        self._limits = limits
        self._tls = tls
        self._socket: socket.socket | None = None
        self._watch = threading.Timer(limits.whole, self._cut)
        self._watch.daemon = True
        self.smtp = _Client(local_hostname=hello, timeout=limits.command)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        self.smtp.close()
        if self._socket is not None:
            self._socket.close()

    def open(self, port: int, *, encrypted: bool) -> None:
        """Reach the server, and encrypt the line where it is to be encrypted from the first byte.

        Raises:
            OSError: It cannot be reached, or the handshake failed.
        """
        self._use(socket.create_connection((self._host, port), self._limits.connect))
        if encrypted:
            self.encrypt()

    def encrypt(self) -> None:
        """Encrypt the line and forget everything heard on it before, for nobody vouches for that.

        Raises:
            OSError: The handshake failed, or the certificate is not the host's.
        """
        if self._socket is None:
            raise OSError("not connected")
        plain = self._socket
        self._use(self._tls.wrap_socket(plain, server_hostname=self._host, do_handshake_on_connect=False))
        if isinstance(self._socket, ssl.SSLSocket):
            self._socket.do_handshake()

    def allow(self, seconds: float) -> None:
        """Let each further read and write take up to ``seconds``."""
        if self._socket is not None:
            self._socket.settimeout(seconds)

    def _use(self, sock: socket.socket) -> None:
        sock.settimeout(self._limits.command)
        self._socket = sock
        self.smtp.sock = sock
        # What smtplib has read and learnt belongs to the line before.
        self.smtp.file = None
        self.smtp.helo_resp = None
        self.smtp.ehlo_resp = None
        self.smtp.esmtp_features = {}
        self.smtp.does_esmtp = False

    def _cut(self) -> None:
        sock = self._socket
        if sock is not None:
            # The plain socket's method: the encrypted one's would take the cipher away from a reading thread.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

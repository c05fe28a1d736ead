"""``zhenggai serve``: the web server, for a proxy with TLS in front of it or for this machine alone."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cli import output
from cli.errors import SurroundingsFailed, Unusable
from cli.language import pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.settings import Settings

_PORT: Final = 8000
_LOOPBACK: Final = "127.0.0.1"
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  # Recognised, not listened on.
_THREADS: Final = 8
_WAITING: Final = 128
_GRACE: Final = 30
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # gunicorn makes a file of its own inside.


@click.command(help=pick("启动网页服务。", "Start the web server."))
@click.option("--host", default=_LOOPBACK, show_default=True, help=pick("监听地址。", "Where it listens."))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help=pick("端口；0 为任意空闲端口。", "The port; 0 takes any free one."),
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help=pick("工作进程数。", "How many processes answer."),
)
def serve(host: str, port: int, workers: int) -> None:
    """Serves the pages until it is told to end.

    Raises:
        Unusable: pages would go to other machines without TLS, and nobody said that this is meant.
        SurroundingsFailed: the address cannot be listened on.
        SurroundingsError: the database cannot be reached or is not migrated.
    """
    from cli import secret, settings, surroundings

    given = settings.read()
    open_line = _is_open(host, given)
    # What would fail in every worker fails here, with a sentence.
    surroundings.open_database(given).close()
    surroundings.open_blobs(given)
    key = secret.secret_key(given)
    line = _listening(host, port)
    here = _address(host, line.getsockname()[1])
    url = given.base_url if given.base_url != settings.DEFAULT_BASE_URL else here
    output.note(pick(f"网页服务：{here}", f"Serving {here}"))
    if open_line:
        output.note(
            pick("注意：线路未加密，每页都会提示。", "Mind: the line is open, and every page says so.")
        )
    # gunicorn takes the descriptor over and closes it.
    _run(lambda: _application(given, key, url, open_line=open_line), line.detach(), workers)


def _is_open(host: str, given: Settings) -> bool:
    """Whether pages go to other machines without TLS, which somebody must have allowed."""
    from cli.setting_values import is_loopback

    if given.uses_tls or is_loopback(host):
        return False
    if not given.allow_http:
        raise Unusable(
            pick(
                f"监听 {host} 会把网页不加密地发往其他机器：请设置 https 的 ZHENGGAI_BASE_URL 并在前面放 TLS"
                " 代理；确需明文请设 ZHENGGAI_ALLOW_HTTP=1。",
                f"Listening on {host} sends pages to other machines without TLS: set an https"
                " ZHENGGAI_BASE_URL and put a TLS proxy in front, or, if that is meant,"
                " ZHENGGAI_ALLOW_HTTP=1.",
            )
        )
    return True


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Unusable(pick(f"没有地址“{host}”。", f"There is no address {host}.")) from error
    line = socket.socket(family, kind, protocol)
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind(address)
        line.listen(_WAITING)
    except OSError as error:
        line.close()
        why = error.strerror or str(error)
        raise SurroundingsFailed(
            pick(f"无法监听 {host}:{port}：{why}。", f"{host}:{port} cannot be listened on: {why}.")
        ) from error
    return line


def _address(host: str, port: int) -> str:
    """Where a browser finds this server."""
    if host in _EVERYWHERE:
        host = socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _application(given: Settings, key: str, url: str, *, open_line: bool) -> object:
    """The pages, put together in the worker that serves them: connections do not survive a fork."""
    from datetime import UTC, datetime

    from cli import surroundings
    from web import WebConfig, create_app

    return create_app(
        WebConfig(
            database=surroundings.open_database(given),
            blobs=surroundings.open_blobs(given),
            rules=surroundings.rules(given),
            secret_key=key,
            base_url=url,
            clock=lambda: datetime.now(UTC),
            open_line=open_line,
            # TLS ends at a proxy: this server has none of its own.
            proxies=1 if given.uses_tls else 0,
            data_dir=given.data_dir,
        )
    )


def _run(build: Callable[[], object], descriptor: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    options: dict[str, Any] = {
        "bind": f"fd://{descriptor}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "graceful_timeout": _GRACE,
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "loglevel": "warning",
        "proc_name": "zhenggai",
    }

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn comes without types.
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            return build()

    Server().run()

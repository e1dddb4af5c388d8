"""Running the server: its socket, its first line, its temporary folder, its end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

import uvicorn

from assistant.batch.spool import spool_folder
from assistant.errors import AssistantError, reason
from assistant.web.access import Doors, is_loopback
from assistant.web.app import application
from assistant.web.site import Site

__all__ = ["serve"]

_SHORTEST_PASSWORD = 8
_MOST_CONNECTIONS = 200  # pages keep one open each for progress
_ENDS_WITHIN = 2  # seconds, for answers that are under way


def serve(library: Path, host: str, port: int, password: str | None, *, open_page: bool) -> None:
    """Serve until Ctrl-C. The first line on stdout is the address with its token.

    Raises:
        AssistantError: the address cannot be taken, or another than loopback was asked for without a password.
    """
    secret = "" if is_loopback(host) else _password(host, password)
    with _listening(host, port) as listener, _temporary() as folder:
        doors = Doors(host, listener.getsockname()[1], secret)
        site = Site(library, folder)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{doors.port}"
        server = _Server(
            uvicorn.Config(
                application(site, doors),
                log_level="critical",
                access_log=False,
                lifespan="off",
                server_header=False,
                limit_concurrency=_MOST_CONNECTIONS,
                timeout_graceful_shutdown=_ENDS_WITHIN,
                loop="asyncio",
                http="h11",
                ws="none",
            )
        )
        print(f"{address}/enter?token={doors.token}", flush=True)
        _tell(doors, address)
        if open_page:
            threading.Thread(
                target=webbrowser.open, args=(f"{address}/enter?token={doors.ticket()}",), daemon=True
            ).start()
        try:
            server.run(sockets=[listener])
        finally:
            site.close()
    print("已停止；上传的文件都已删去，复核的决定在资料库文件夹里。", file=sys.stderr)


class _Server(uvicorn.Server):
    """Ends in order at Ctrl-C and when it is told to end; uvicorn's own would send itself the signal once more, and
    leave the temporary folder behind."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _tell(doors: Doors, address: str) -> None:
    """What a person has to know, beside the address."""
    lines = [
        "在浏览器里打开上面的地址（只能用一次，之后浏览器记得你）；停下按 Ctrl-C。",
        f"程序调用：{address}/api/openapi.json，请求头 Authorization: Bearer {doors.token}",
    ]
    if doors.asks_password:
        lines.append(f"别的机器请打开 {address}/login 输入密码。连接没有加密：跨网络使用，前面要有 HTTPS 反向代理。")
    print("\n".join(lines), file=sys.stderr, flush=True)


def _password(host: str, given: str | None) -> str:
    """The password that others have to know.

    Raises:
        AssistantError: there is none, or it is too short.
    """
    secret = given or (getpass("给这个页面设一个密码：") if sys.stdin.isatty() else "")
    if len(secret) < _SHORTEST_PASSWORD:
        raise AssistantError(
            "本机以外也能访问，需要密码" if not secret else "密码太短",
            where=f"--host {host}",
            help=f"请设置环境变量 ASSISTANT_SERVE_PASSWORD（至少{_SHORTEST_PASSWORD}个字符），"
            "或在终端里运行、按提示输入。",
        )
    return secret


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, number)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        raise AssistantError(
            f"不能在这个地址上提供网页（{reason(error)}）",
            where=f"{host}:{port}",
            help="端口被占用的，换一个 --port，或不写（自动挑选）；--host 应是本机的地址。",
        ) from error
    with listener:
        yield listener


@contextmanager
def _temporary() -> Iterator[Path]:
    """A folder for this server alone, also for what the framework and matplotlib (its list of fonts) put aside; gone at
    the end."""
    with spool_folder() as folder:
        before, tempfile.tempdir = tempfile.tempdir, str(folder)
        os.environ.setdefault("MPLCONFIGDIR", str(folder))
        try:
            yield folder
        finally:
            tempfile.tempdir = before
